//! Which of an article's persons are spoken of as "he", which as "she".
//!
//! What the article says (a title or role beside the name) comes before what given names are mostly
//! borne by; where both are silent, nothing is assumed.

use crate::annotate::Annotation;
use crate::finding::{Entity, EntityKind, Mention};
use crate::lexicon::gender;
use crate::lexicon::names::{self, Sex};
use crate::span::Span;

/// How many mentions of an entity are looked at.
const LOOKED_AT: usize = 12;

/// The sex of each entity, as far as the text tells.
pub fn genders(
    text: &str,
    annotation: &Annotation,
    mentions: &[Mention],
    entities: &[Entity],
) -> Vec<Option<Sex>> {
    entities.iter().map(|e| of_entity(text, annotation, mentions, e)).collect()
}

/// The women whom the article calls by a given name alone: never a "he". A lone man's name is too often a
/// family's ("Clinton", "Thomas").
pub fn women_by_given_name(entities: &[Entity]) -> Vec<bool> {
    let lone = |e: &Entity| {
        let one = |name: &str| !name.contains(char::is_whitespace);
        e.kind == EntityKind::Person && one(&e.name) && e.aliases.iter().take(LOOKED_AT).all(|a| one(a))
    };
    let female = |e: &Entity| {
        let name = e.name.to_lowercase();
        names::sex(&name) == Some(Sex::Female)
            && !names::is_family_too(&name)
            && !names::is_family_first(&name)
    };
    entities.iter().map(|e| lone(e) && female(e)).collect()
}

fn of_entity(text: &str, annotation: &Annotation, mentions: &[Mention], entity: &Entity) -> Option<Sex> {
    if entity.kind != EntityKind::Person {
        return None;
    }
    let spans = entity.mentions.iter().take(LOOKED_AT).filter_map(|&m| mentions.get(m)).map(|m| m.span);
    let titled = spans.into_iter().find_map(|span| beside(text, annotation, span));
    // A lone word may be a family name: "Kelly said".
    let given = |name: &str| {
        let mut words = name.split_whitespace();
        let first = words.next()?;
        words.next()?;
        names::sex(&first.to_lowercase())
    };
    titled
        .or_else(|| given(&entity.name))
        .or_else(|| entity.aliases.iter().take(LOOKED_AT).find_map(|a| given(a)))
}

/// What the word right before a name, or its first, tells: "Mrs. Smith", "spokesman Jones".
fn beside(text: &str, annotation: &Annotation, span: Span) -> Option<Sex> {
    let first = annotation.token_at(span.start);
    let of = |word: &str| gender::of_noun(&word.to_lowercase());
    let inside = annotation.tokens.get(first).filter(|t| t.span.start < span.end).map(|t| t.span.of(text));
    let before = annotation.tokens[..first].iter().rev().map(|t| t.span.of(text)).find(|w| *w != ".");
    inside.and_then(of).or_else(|| before.and_then(of))
}
