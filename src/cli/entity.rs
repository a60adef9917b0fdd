//! `copydesk entity`: one entity told whole, and a person's last word on who is who.

use std::io::Write;

use anyhow::{Result, bail};
use clap::Subcommand;

use super::correcting::{self, By};
use super::format::{Format, Kind};
use super::{ArchiveArgs, Outcome, Usage};
use crate::correct::{EntityName, Subject};
use crate::present::profile;
use crate::present::way::Way;
use crate::query::{EntityRow, Reader};
use crate::store::NewCorrection;

/// Show an entity; merge, split, rename, retype or drop entities.
///
/// An entity is named by its number (id) or its name: `Ada Kowal`, `place:Lima` where several kinds of thing
/// are called so, `John Smith (2)` where several people are. What is said here holds over the whole archive
/// and for articles to come, unless --in names one article; it survives re-imports and newer extractors, and
/// `copydesk corrections` lists it and takes it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk entity show 'Barack Obama'
  copydesk entity merge 'B. Obama' 'Barack Obama'
  copydesk entity split 'John Smith' --article 12 --article 15 --as 'John Smith (footballer)'
  copydesk entity rename 'Vladmir Putin' 'Vladimir Putin'
  copydesk entity kind Mercury organization --in 7
  copydesk entity drop 'Prime Minister'")]
pub struct Args {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Tell all that the archive knows of an entity: its names, articles, roles, and why they are one.
    Show {
        /// Its number or name.
        name: String,
        #[command(flatten)]
        archive: ArchiveArgs,
        #[command(flatten)]
        format: Box<Format>,
    },
    /// Say that an entity is another one; the other's name stays.
    Merge {
        /// The one that is the other: number or name.
        from: String,
        /// The other: number or name.
        into: String,
        #[command(flatten)]
        how: How,
    },
    /// Say that an entity is somebody else in some articles.
    Split {
        /// The entity: number or name.
        name: String,
        /// An article in which it is somebody else: number, source or a part of its title.
        #[arg(long = "article", value_name = "ARTICLE", required = true)]
        articles: Vec<String>,
        /// What the other one is called; NAME (2) and so on unless told.
        #[arg(long = "as", value_name = "NAME")]
        name_as: Option<String>,
        #[command(flatten)]
        by: By,
        #[command(flatten)]
        archive: ArchiveArgs,
    },
    /// Give an entity another name.
    Rename {
        /// The entity: number or name.
        name: String,
        /// What it is called.
        new: String,
        #[command(flatten)]
        how: How,
    },
    /// Say what an entity is: person, organization, place, group or event.
    Kind {
        /// The entity: number or name.
        name: String,
        /// What it is.
        kind: String,
        #[command(flatten)]
        how: How,
    },
    /// Say that an entity is none: its mentions go.
    Drop {
        /// The entity: number or name.
        name: String,
        #[command(flatten)]
        how: How,
    },
}

/// Where it holds, by whom, in which archive.
#[derive(Debug, clap::Args)]
struct How {
    /// Only in this article: number, source or a part of its title.
    #[arg(long = "in", value_name = "ARTICLE")]
    article: Option<String>,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    match &args.deed {
        Deed::Show { name, archive, format } => show(name, archive, format),
        Deed::Merge { from, into, how } => merge(from, into, how),
        Deed::Split { name, articles, name_as, by, archive } => {
            split(name, articles, name_as.as_deref(), by, archive)
        }
        Deed::Rename { name, new, how } => change(name, "name", Some(new.clone()), how),
        Deed::Kind { name, kind, how } => change(name, "kind", Some(kind.clone()), how),
        Deed::Drop { name, how } => change(name, "drop", None, how),
    }
}

fn show(name: &str, archive: &ArchiveArgs, format: &Format) -> Result<Outcome> {
    let reader = Reader::snapshot(&archive.archive)?;
    let entity = reader.entity(&reader.find_entity(name)?)?;
    let mut out = format.open(Some(reader.path()))?;
    match format.kind() {
        Kind::Table => profile::print(&mut out, &entity, format.style())?,
        Kind::Way(Way::Json) => writeln!(out, "{:#}", serde_json::json!(entity))?,
        Kind::Way(Way::Lines) => writeln!(out, "{}", serde_json::json!(entity))?,
        Kind::Way(_) | Kind::Chart(_) => {
            bail!("an entity is no table: show it as it is, or with --json")
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn merge(from: &str, into: &str, how: &How) -> Result<Outcome> {
    let reader = Reader::snapshot(&how.archive.archive)?;
    let (from, into) = (reader.find_entity(from)?, reader.find_entity(into)?);
    let namesakes = reader.entity(&from)?.namesakes.iter().any(|other| other.id == into.id);
    if namesakes && how.article.is_none() {
        // All who bear the name are one: said of the name itself, it ends the telling apart.
        let name = EntityName { which: None, ..into.entity_name() };
        let anchor = EntityName { kind: Some(into.kind), ..name.clone() }.to_string();
        let mut new = correction(&reader, &from, "merge", Some(name.to_string()), None)?;
        new.anchor = anchor;
        drop(reader);
        return correcting::make(&how.archive, vec![how.by.sign(new)]);
    }
    if from.id == into.id {
        bail!(Usage(format!("{} is one already: number {}", from.shown, from.id)));
    }
    let name = EntityName { kind: (from.kind != into.kind).then_some(into.kind), ..into.entity_name() };
    apply(reader, &from, "merge", Some(name.to_string()), how)
}

fn change(name: &str, field: &str, value: Option<String>, how: &How) -> Result<Outcome> {
    let reader = Reader::snapshot(&how.archive.archive)?;
    let entity = reader.find_entity(name)?;
    apply(reader, &entity, field, value, how)
}

/// Corrects an entity, and over the archive the short names with it that would not follow by themselves.
fn apply(
    reader: Reader,
    entity: &EntityRow,
    field: &str,
    value: Option<String>,
    how: &How,
) -> Result<Outcome> {
    // One of several of the name has no name of his own: he is corrected where he is named.
    if how.article.is_none() && reader.is_parted(entity)? {
        let articles = reader.articles_of(entity)?;
        let news = articles.iter().map(|article| {
            let article = article.to_string();
            correction(&reader, entity, field, value.clone(), Some(&article)).map(|new| how.by.sign(new))
        });
        let news = news.collect::<Result<Vec<_>>>()?;
        drop(reader);
        return correcting::make(&how.archive, news);
    }
    let mut news = vec![correction(&reader, entity, field, value.clone(), how.article.as_deref())?];
    if how.article.is_none() && field != "kind" {
        let surname =
            value.as_deref().and_then(|value| EntityName::parse(value).link_key(entity.kind).surname);
        for short in reader.short_names(entity)?.into_iter().filter(|short| short.surname != surname) {
            let field = if field == "name" { "merge" } else { field };
            news.push(NewCorrection { anchor: short.anchor, field: field.to_owned(), ..news[0].clone() });
        }
    }
    drop(reader);
    correcting::make(&how.archive, news.into_iter().map(|new| how.by.sign(new)).collect())
}

fn split(
    name: &str,
    articles: &[String],
    name_as: Option<&str>,
    by: &By,
    archive: &ArchiveArgs,
) -> Result<Outcome> {
    let reader = Reader::snapshot(&archive.archive)?;
    let entity = reader.find_entity(name)?;
    let value = match name_as {
        Some(name) => name.to_owned(),
        None => reader.free_name(&entity)?,
    };
    let news = articles
        .iter()
        .map(|article| {
            correction(&reader, &entity, "split", Some(value.clone()), Some(article)).map(|c| by.sign(c))
        })
        .collect::<Result<Vec<_>>>()?;
    drop(reader);
    correcting::make(archive, news)
}

/// A correction of an entity: over the archive by its name, in an article by the words that first name it.
fn correction(
    reader: &Reader,
    entity: &EntityRow,
    field: &str,
    value: Option<String>,
    article: Option<&str>,
) -> Result<NewCorrection> {
    let (source, anchor, occurrence) = match article {
        Some(article) => {
            let anchor = reader.name_anchor(entity, reader.find_article(article)?)?;
            (Some(anchor.source), anchor.words, anchor.occurrence)
        }
        None => (None, entity.anchor(), 1),
    };
    Ok(NewCorrection {
        subject: Subject::Entity,
        source,
        anchor,
        occurrence,
        context: None,
        field: field.to_owned(),
        value,
        note: None,
        author: String::new(),
        editor: None,
        made_at: None,
        retired_at: None,
    })
}
