//! An entity told whole: its names, its articles, what they call it, and why they are one.

use std::io::{self, Write};

use super::harmless::harmless_line;
use super::paint::Look;
use super::table::Style;
use crate::query::EntityView;

/// Prints an entity for a person.
pub fn print(out: &mut impl Write, entity: &EntityView, style: Style) -> io::Result<()> {
    let country = entity.country.as_deref().map(|code| format!(", in {code}")).unwrap_or_default();
    writeln!(out, "{}", style.paint.text(Look::BOLD, &harmless_line(&entity.name)))?;
    writeln!(
        out,
        "{} {}{country}; named by {}, credited with {}",
        entity.kind,
        entity.id,
        count(entity.articles.len() as i64, "article"),
        count(entity.quotes, "quote")
    )?;
    let title = |out: &mut dyn Write, title: &str| writeln!(out, "\n{}", style.paint.text(Look::BOLD, title));
    if !entity.aliases.is_empty() {
        title(out, "Named as")?;
    }
    for alias in &entity.aliases {
        let told = format!("{}, in {}", count(alias.mentions, "time"), count(alias.articles, "article"));
        writeln!(out, "  {}  ({told})", harmless_line(&alias.text))?;
    }
    if !entity.descriptions.is_empty() {
        title(out, "Called")?;
    }
    for description in &entity.descriptions {
        writeln!(
            out,
            "  {}  ({})",
            harmless_line(&description.text),
            count(description.articles, "article")
        )?;
    }
    title(out, "Articles, and why it is one in them")?;
    for named in &entity.articles {
        let of = [named.outlet.as_deref(), named.published.as_deref()];
        let of: Vec<&str> = of.into_iter().flatten().collect();
        writeln!(
            out,
            "  {}  {} ({})",
            named.article,
            harmless_line(named.title.as_deref().unwrap_or(&named.source)),
            harmless_line(&of.join(", "))
        )?;
        let link = match named.linked_by.as_str() {
            _ if named.why.is_some() => named.why.clone().unwrap_or_default(),
            "surname" => "the only bearer of the surname in the archive".to_owned(),
            _ => format!("of the same name, key \"{}\"", entity.key),
        };
        let joined = match named.joined_by.as_slice() {
            [] => String::new(),
            rules => format!("; in the article joined by: {}", rules.join(", ")),
        };
        let why = format!("as {}, {}: {link}{joined}", named.name, count(named.mentions, "mention"));
        writeln!(out, "      {}", style.paint.text(Look::DIM, &harmless_line(&why)))?;
    }
    if !entity.namesakes.is_empty() {
        title(out, "Not the same as")?;
    }
    for other in &entity.namesakes {
        writeln!(out, "  {}  {}: {}", other.id, harmless_line(&other.key), harmless_line(&other.why))?;
    }
    if !entity.corrections.is_empty() {
        title(out, "Corrected")?;
    }
    for c in &entity.corrections {
        let value = c.value.as_deref().map(|value| format!(" → {value}")).unwrap_or_default();
        let source = c.source.as_deref().map(|source| format!(" in {source}")).unwrap_or_default();
        let note = c.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
        let told = format!(
            "{}  {} '{}'{source}{value}, by {}, {}{note}",
            c.id, c.field, c.anchor, c.author, c.made_at
        );
        writeln!(out, "  {}", harmless_line(&told))?;
    }
    Ok(())
}

fn count(n: i64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
