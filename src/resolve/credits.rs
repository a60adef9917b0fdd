//! Credits: outlets and agencies that what was set aside of a page names as whose a picture or a text is.
//!
//! Such lines are no journalism, and their names are no mentions; but that a paper's pictures are an agency's
//! is a fact about the article. Only outlets that reference data knows are read, and only where the words
//! around say what is credited.

use super::reference;
use crate::article::Block;
use crate::finding::{Credit, Entity, EntityKind};
use crate::lexicon::outlets;
use crate::span::{CharMap, Span};

/// Words of the longest outlet's name looked for.
const WORDS: usize = 4;
/// Bytes of a block that are looked at; credits are short lines.
const LOOKED_AT: usize = 2_000;

/// The credits of an article's set-aside blocks. Outlets that the text does not name become entities without
/// mentions.
pub fn credits(blocks: &[Block], entities: &mut Vec<Entity>) -> Vec<Credit> {
    let mut out: Vec<Credit> = Vec::new();
    for (block, aside) in blocks.iter().enumerate().filter(|(_, b)| b.span.is_none()) {
        let mut map = None;
        for (span, name, rule) in credited(&aside.text) {
            let entity = entity(name, span.of(&aside.text), rule, entities);
            let (start, end) = map.get_or_insert_with(|| CharMap::new(&aside.text)).chars(span);
            out.push(Credit { entity, block, start, end, text: span.of(&aside.text).to_owned(), rule });
        }
    }
    out
}

/// The entity of a credited outlet, added where the article has none.
fn entity(name: &str, surface: &str, rule: &'static str, entities: &mut Vec<Entity>) -> usize {
    let kind = EntityKind::Organization;
    let key = reference::key(kind, name);
    let is_it =
        |e: &Entity| e.kind == kind && (e.key == key || e.aliases.iter().any(|a| a == surface || a == name));
    if let Some(at) = entities.iter().position(is_it) {
        return at;
    }
    entities.push(Entity {
        name: name.to_owned(),
        kind,
        key,
        aliases: vec![surface.to_owned()],
        mentions: Vec::new(),
        evidence: vec![rule],
        place: None,
    });
    entities.len() - 1
}

/// Where a block credits an outlet, the outlet's name, and the rule that read it.
fn credited(text: &str) -> Vec<(Span, &'static str, &'static str)> {
    let mut out = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut from = 0;
    let looked_at = text.char_indices().map(|(i, _)| i).take_while(|&i| i <= LOOKED_AT).last().unwrap_or(0);
    while let Some(start) = next_capital(text, from).filter(|&start| start <= looked_at) {
        ends.clear();
        ends.extend(word_ends(text, start).take(WORDS));
        from = ends.first().copied().unwrap_or(text.len());
        let known = ends.iter().rev().find_map(|&end| {
            let outlet = outlets::known(&text[start..end])?;
            Some((end, outlet.name, rule_of(&text[..start], &text[end..])?))
        });
        if let Some((end, name, rule)) = known {
            out.push((Span::new(start, end), name, rule));
            from = end;
        }
    }
    out
}

/// The next word that begins with a capital.
fn next_capital(text: &str, from: usize) -> Option<usize> {
    let mut inside = text[..from].chars().next_back().is_some_and(char::is_alphanumeric);
    text[from..].char_indices().find_map(|(i, c)| {
        let begins = !inside && c.is_uppercase();
        inside = c.is_alphanumeric();
        begins.then_some(from + i)
    })
}

/// Where the words from `start` end, one after another on one line.
fn word_ends(text: &str, start: usize) -> impl Iterator<Item = usize> + '_ {
    let line = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = &text[at..line];
        let word = rest.trim_start_matches(' ');
        let length =
            word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '&')).unwrap_or(word.len());
        (length > 0).then(|| {
            at += rest.len() - word.len() + length;
            at
        })
    })
}

/// What the words around an outlet's name credit it with.
fn rule_of(before: &str, after: &str) -> Option<&'static str> {
    let line = before.rsplit('\n').next().unwrap_or("").to_lowercase();
    let head = line.trim_end_matches(|c: char| c.is_numeric() || matches!(c, ' ' | ',' | '-' | '–'));
    let after = after.trim_start_matches(' ');
    let of_picture =
        |s: &str| ["photo", "picture", "image", "video", "handout"].iter().any(|word| s.starts_with(word));
    let by = ["photo:", "photo by", "picture:", "image:", "photograph:", "credit:", "courtesy of", "source:"];
    let rights = head.ends_with('©') || head.ends_with("(c)") || head.ends_with("copyright");
    let bracketed = line.ends_with('(') && after.starts_with(')');
    let last = line.ends_with('/') && ["photo", "image", "getty"].iter().any(|word| line.contains(word));
    let site = after.trim_start_matches(['\'', '’']).strip_prefix("s website").is_some();
    if rights {
        Some("copyright line")
    } else if of_picture(&after.to_lowercase()) || bracketed || last || by.iter().any(|b| head.ends_with(b)) {
        Some("picture credit")
    } else {
        site.then_some("notice of the site")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_read_where_the_words_around_say_so() {
        for (text, want) in [
            ("Guests arrive in Tarn on Sunday. (EPA photo)", vec![("EPA", "picture credit")]),
            ("(Photo: Ann Reed/AFP)", vec![("AFP", "picture credit")]),
            ("Guests arrive in Tarn (Reuters)", vec![("Reuters", "picture credit")]),
            ("© 2031 Newsmax. All rights reserved.", vec![("Newsmax", "copyright line")]),
            ("Copyright 2029-2031 The Associated Press", vec![("The Associated Press", "copyright line")]),
            ("Press TV’s website can be reached at", vec![("Press TV", "notice of the site")]),
            ("Guests of the BBC arrive in Tarn", vec![]),
            ("© 2031 Lakeside Grapevine", vec![]),
            ("It is time. People say so.", vec![]),
        ] {
            let found = credited(text);
            let got: Vec<(&str, &str)> = found.iter().map(|(span, _, rule)| (span.of(text), *rule)).collect();
            assert_eq!(got, want, "{text}");
        }
    }
}
