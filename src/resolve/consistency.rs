//! Consistency: mentions repaired by reference data and by what the rest of the article says.
//!
//! Step by step, each one rule: boundaries are cut where no name can go on; who is addressed is a person;
//! persons' names go on over their particles; names that reference data knows are made whole; acronyms in
//! brackets are what the name before them is; bodies of two places are one, and one of a place's people
//! is no person; clubs named by their city are told from it; headline runs
//! are taken apart by the names of the body; names found once are found everywhere; and a mention whose
//! entity is clearly of another kind takes that kind.

use foldhash::HashSet;

use super::entities::entities;
use super::names_in_text::{Dictionary, REFERENCE};
use super::{addressed, boundaries, bracketed, clubs, forces, inhabitants, particles};
use crate::annotate::{Annotation, Sentence};
use crate::finding::{Entity, EntityKind, FoundBy, Mention};
use crate::lexicon::known::known;
use crate::lexicon::{roles, words};
use crate::span::Span;

/// How sure a mention is that only reference data found.
const BY_GAZETTEER: f32 = 0.8;

/// A name seen with less than this is not looked for elsewhere.
const SURE: f32 = 0.6;

/// Adds mentions that were found elsewhere in the article and missed here, and sets kinds that their
/// entity's other mentions outvote. Keeps text order; mentions never overlap. Gives the entities with them,
/// which it must find anyway.
pub fn consistency(
    text: &str,
    annotation: &Annotation,
    mentions: Vec<Mention>,
) -> (Vec<Mention>, Vec<Entity>) {
    let headlines: Vec<Headline> =
        annotation.sentences.iter().map(|s| is_headline(text, annotation, s)).collect();
    let mentions = boundaries::cut(text, annotation, mentions);
    let people = addressed::addressed(text, annotation);
    let mentions =
        merge(mentions, people, |old, new| old.kind != EntityKind::Person && new.span.contains(old.span));
    let mut mentions = particles::joined(text, annotation, mentions);
    mentions.iter_mut().for_each(|m| boundaries::strip_address(text, m));
    let mentions = widen(text, annotation, &headlines, mentions);
    let brackets = bracketed::brackets(text, annotation, &mentions);
    let found = brackets.found.clone();
    let mut mentions = merge(mentions, found, |old, new| old.span == new.span && old.kind != new.kind);
    mentions.retain_mut(|m| brackets.settle(text, m));
    let mut mentions = forces::joined(text, mentions);
    inhabitants::told_apart(text, &mut mentions);
    clubs::tell_clubs(text, annotation, &mut mentions);
    let mentions = split_headlines(text, annotation, &headlines, mentions);
    let mut mentions = spread(text, annotation, mentions);
    mentions.retain(|m| !boundaries::is_no_name(text, m));
    settle_kinds(text, annotation, mentions)
}

/// Makes the names that reference data knows whole ("Group" of "Group of 20"), and adds those missed.
fn widen(
    text: &str,
    annotation: &Annotation,
    headlines: &[Headline],
    mentions: Vec<Mention>,
) -> Vec<Mention> {
    let tokens = &annotation.tokens;
    let mut found: Vec<Mention> = Vec::new();
    for (sentence, headline) in annotation.sentences.iter().zip(headlines) {
        let shouted = *headline == Headline::Capitals;
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let name = REFERENCE.longest(text, tokens, at, sentence.tokens.end);
            match name.filter(|(r, _)| !(shouted && r.len() == 1)) {
                Some((range, kind)) => {
                    let span = tokens[range.start].span.cover(tokens[range.end - 1].span);
                    found.push(Mention {
                        span,
                        kind,
                        found_by: FoundBy::Gazetteer,
                        confidence: BY_GAZETTEER,
                    });
                    at = range.end;
                }
                None => at += 1,
            }
        }
    }
    merge(mentions, found, |old, new| new.span.contains(old.span) && new.span != old.span)
}

/// Merges new mentions into old ones, both in text order: a new one replaces the old ones it overlaps
/// where `replaces` allows it for each of them, else it is dropped.
fn merge(
    old: Vec<Mention>,
    new: Vec<Mention>,
    replaces: impl Fn(&Mention, &Mention) -> bool,
) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(old.len() + new.len());
    let mut old = old.into_iter().peekable();
    for candidate in new {
        while old.peek().is_some_and(|m| m.span.end <= candidate.span.start) {
            out.extend(old.next());
        }
        // A kept mention may reach over several new ones.
        if out.last().is_some_and(|m| m.span.end > candidate.span.start) {
            continue;
        }
        let mut overlapped = Vec::new();
        while old.peek().is_some_and(|m| m.span.start < candidate.span.end) {
            overlapped.extend(old.next());
        }
        if overlapped.iter().all(|m| replaces(m, &candidate)) {
            out.push(candidate);
        } else {
            out.extend(overlapped);
        }
    }
    out.extend(old);
    out
}

/// What a sentence's capitals look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Headline {
    No,
    /// Most Words Begin With Capitals, and no full stop ends it.
    Title,
    /// ALL IN CAPITALS.
    Capitals,
}

fn is_headline(text: &str, annotation: &Annotation, sentence: &Sentence) -> Headline {
    let (mut lower, mut capital, mut shouted) = (0, 0, 0);
    for token in &annotation.tokens[sentence.tokens.clone()] {
        let word = token.span.of(text);
        if word.chars().nth(1).is_none() || !word.starts_with(char::is_alphabetic) {
            continue;
        }
        if word.starts_with(char::is_lowercase) {
            lower += usize::from(word.chars().nth(3).is_some());
        } else if word.contains(char::is_lowercase) {
            capital += 1;
        } else {
            shouted += 1;
        }
    }
    if shouted > 3 && shouted > 2 * (lower + capital) {
        Headline::Capitals
    } else if capital + shouted > 3
        && capital + shouted > 3 * lower
        && !sentence.span.of(text).trim_end_matches(['"', '”', '’', '\'', ')']).ends_with('.')
    {
        Headline::Title
    } else {
        Headline::No
    }
}

/// Takes apart a run of capitals in a headline where it holds names that the body has: "Hall Meets Reed".
fn split_headlines(
    text: &str,
    annotation: &Annotation,
    headlines: &[Headline],
    mentions: Vec<Mention>,
) -> Vec<Mention> {
    let in_headline = |m: &Mention| {
        let after = annotation.sentences.partition_point(|s| s.span.start <= m.span.start);
        after.checked_sub(1).is_some_and(|s| headlines[s] != Headline::No)
    };
    let mut body = Dictionary::new();
    let mut surnames: Vec<String> = Vec::new();
    for m in mentions.iter().filter(|m| !in_headline(m)) {
        let tokens = words_of(text, annotation, m.span);
        if m.kind == EntityKind::Person && tokens.len() > 1 {
            body.add(tokens[tokens.len() - 1..].to_vec(), m.kind);
            surnames.push(tokens[tokens.len() - 1].to_uppercase());
        }
        body.add(tokens, m.kind);
    }
    let mut out = Vec::with_capacity(mentions.len());
    for m in mentions {
        let range = annotation.tokens_in(m.span);
        if range.len() < 2 || !in_headline(&m) {
            out.push(m);
            continue;
        }
        // "REED MEETS HALL": whole names do not begin with a surname.
        let tokens = annotation.tokens[range.clone()].iter().map(|token| token.span);
        let is_surname = |span: &Span| surnames.iter().any(|surname| surname == span.of(text));
        if m.kind == EntityKind::Person && tokens.clone().next().is_some_and(|first| is_surname(&first)) {
            out.extend(tokens.filter(is_surname).map(|span| Mention { span, ..m.clone() }));
            continue;
        }
        let mut parts = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match body.longest(text, &annotation.tokens, at, range.end) {
                Some((part, kind)) => {
                    let span = annotation.tokens[part.start].span.cover(annotation.tokens[part.end - 1].span);
                    parts.push(Mention { span, kind, found_by: FoundBy::Document, confidence: SURE });
                    at = part.end;
                }
                None => at += 1,
            }
        }
        // One name in a run that the tagger is sure of may be part of a longer one; two are two, but for a
        // person's given name and surname.
        let whole = m.kind == EntityKind::Person
            && parts.iter().all(|p| p.kind == EntityKind::Person)
            && parts.iter().map(|p| annotation.tokens_in(p.span).len()).sum::<usize>() == range.len();
        let sure = m.confidence >= SURE && (parts.len() < 2 || whole);
        if parts.is_empty() || sure || parts.iter().any(|p| p.span == m.span) {
            out.push(m);
        } else {
            out.extend(parts);
        }
    }
    out
}

fn words_of<'t>(text: &'t str, annotation: &Annotation, span: Span) -> Vec<&'t str> {
    annotation.tokens[annotation.tokens_in(span)].iter().map(|t| t.span.of(text)).collect()
}

/// The first words of the mentions that the article writes in lower case as well.
fn small_words<'t>(text: &'t str, annotation: &Annotation, mentions: &[Mention]) -> HashSet<&'t str> {
    let first_word =
        |m: &Mention| m.span.of(text).split(|c: char| !c.is_alphanumeric()).next().map(str::to_lowercase);
    let words: Vec<String> = mentions.iter().filter_map(first_word).collect();
    let mut first_words = Dictionary::new();
    for word in &words {
        first_words.add(vec![word], ());
    }
    let tokens = &annotation.tokens;
    let is_small = |t: &usize| first_words.longest(text, tokens, *t, t + 1).is_some();
    (0..tokens.len()).filter(is_small).map(|t| tokens[t].span.of(text)).collect()
}

/// Finds names that the tagger found once wherever else the article has them.
fn spread(text: &str, annotation: &Annotation, mentions: Vec<Mention>) -> Vec<Mention> {
    let tokens = &annotation.tokens;
    let small = small_words(text, annotation, &mentions);
    let mut names = Dictionary::new();
    let mut sorted: Vec<&Mention> = mentions.iter().filter(|m| m.confidence >= SURE).collect();
    sorted.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    for m in sorted {
        let name = words_of(text, annotation, m.span);
        let single = name.len() == 1;
        let first = name.first().copied().unwrap_or("");
        // A word that the article also writes small, or that is no name by itself, is not spread.
        if !first.starts_with(char::is_uppercase)
            || single
                && (small.contains(first.to_lowercase().as_str())
                    || words::is_function_word(first)
                    || first.chars().count() < 2
                    || roles::is_role(first))
        {
            continue;
        }
        names.add(name, (m.kind, m.confidence));
    }
    let mut found = Vec::new();
    for sentence in &annotation.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match names.longest(text, tokens, at, sentence.tokens.end) {
                Some((range, (kind, confidence))) => {
                    let span = tokens[range.start].span.cover(tokens[range.end - 1].span);
                    found.push(Mention {
                        span,
                        kind,
                        found_by: FoundBy::Document,
                        confidence: confidence * 0.75,
                    });
                    at = range.end;
                }
                None => at += 1,
            }
        }
    }
    merge(mentions, found, |_, _| false)
}

/// Gives a mention its entity's kind where that is certain.
fn settle_kinds(
    text: &str,
    annotation: &Annotation,
    mut mentions: Vec<Mention>,
) -> (Vec<Mention>, Vec<Entity>) {
    let found = entities(text, annotation, &mentions);
    let mut changed = false;
    for entity in &found {
        let certain = known(entity.kind, &entity.name).is_some_and(|k| k.kind == entity.kind);
        let all: f32 = entity.mentions.iter().map(|&m| mentions[m].confidence).sum();
        let agreed: f32 = entity
            .mentions
            .iter()
            .filter(|&&m| mentions[m].kind == entity.kind)
            .map(|&m| mentions[m].confidence)
            .sum();
        if certain || agreed * 3.0 >= all * 2.0 {
            // "Democrats" beside their party stay people.
            for &m in &entity.mentions {
                if mentions[m].kind != EntityKind::Group {
                    changed |= mentions[m].kind != entity.kind;
                    mentions[m].kind = entity.kind;
                }
            }
        }
    }
    let found = if changed { entities(text, annotation, &mentions) } else { found };
    (mentions, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::extract::mentions::mentions;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn mentions_stay_in_order_and_entities_distinct(
            text in "(Hall|Mr\\. Hall|Ann Hall|Tom Hall|US|G20 Summit|al-Reed|the Bank \\(WB\\)|World Bank|[A-Z][a-z]{0,5}|[a-z]{1,4}|\\PC|[ .,\n’\"()-]){0,60}"
        ) {
            let annotation = annotate(&text);
            let (found, entities) = consistency(&text, &annotation, mentions(&text, &annotation));
            for m in &found {
                prop_assert!(!m.span.of(&text).is_empty(), "{m:?}");
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            let keys: std::collections::HashSet<_> = entities.iter().map(|e| (e.kind, &e.key)).collect();
            prop_assert_eq!(keys.len(), entities.len());
            let mut all: Vec<usize> = entities.iter().flat_map(|e| e.mentions.clone()).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..found.len()).collect::<Vec<_>>());
        }
    }
}
