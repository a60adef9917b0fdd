//! References: where in an article its persons are named, and how prominently, for tracing pronouns.

use crate::annotate::{Annotation, Pos};
use crate::finding::{Entity, EntityKind, Mention};
use crate::lexicon::names::{self, Sex};
use crate::span::Span;

/// How many references back an antecedent is looked for.
const REACH: usize = 60;
/// How many sentences back.
const SENTENCES: usize = 12;

/// What stands before a speaker's own name, in lower case.
const OWN_NAME: &[&str] = &["i am", "i'm", "i’m", "name is", "name's", "name’s", "call me", "this is", "as"];

/// A place where an entity is spoken of.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// Byte offset.
    pub at: usize,
    /// The entity.
    pub entity: usize,
    /// Its sentence.
    sentence: usize,
    /// Its paragraph.
    paragraph: usize,
    /// Whether it is the first person that its sentence names, and no preposition governs it.
    subject: bool,
    /// Whether a possessive follows: "Smith's plan".
    possessive: bool,
    /// Whether it stands in words that somebody else says.
    quoted: bool,
}

/// The references of an article in text order.
#[derive(Debug, Default)]
pub struct References {
    all: Vec<Reference>,
    kinds: Vec<EntityKind>,
}

impl References {
    /// Reads them off the mentions. `quoted` holds the spans of words in marks, sorted.
    pub fn new(
        text: &str,
        annotation: &Annotation,
        mentions: &[Mention],
        entities: &[Entity],
        quoted: &[Span],
    ) -> References {
        let mut entity_of: Vec<Option<usize>> = vec![None; mentions.len()];
        for (i, entity) in entities.iter().enumerate() {
            for &m in &entity.mentions {
                if let Some(slot) = entity_of.get_mut(m) {
                    *slot = Some(i);
                }
            }
        }
        let mut all: Vec<Reference> = Vec::with_capacity(mentions.len());
        for (m, mention) in mentions.iter().enumerate() {
            let Some(entity) = entity_of[m] else { continue };
            let sentence = sentence_of(annotation, mention.span.start);
            let paragraph = annotation.sentences.get(sentence).map_or(0, |s| s.paragraph);
            let token = annotation.token_at(mention.span.start);
            let governed = token.checked_sub(1).map(|t| annotation.tokens[t].pos) == Some(Pos::Adp);
            let first = !all
                .iter()
                .rev()
                .take_while(|r| r.sentence == sentence)
                .any(|r| entities[r.entity].kind == mention.kind);
            let after = &text[mention.span.end..];
            let block = quoted.partition_point(|s| s.end <= mention.span.start);
            all.push(Reference {
                at: mention.span.start,
                entity,
                sentence,
                paragraph,
                subject: first && !governed,
                possessive: after.starts_with("'s") || after.starts_with("’s"),
                quoted: quoted.get(block).is_some_and(|s| s.contains(mention.span)),
            });
        }
        References { all, kinds: entities.iter().map(|e| e.kind).collect() }
    }

    /// Where the entity is named last before byte `at`.
    pub fn last(&self, entity: usize, at: usize) -> Option<usize> {
        let end = self.all.partition_point(|r| r.at < at);
        self.all[..end].iter().rev().take(REACH).find(|r| r.entity == entity).map(|r| r.at)
    }

    /// The persons named in somebody's words in marks, but for who gives his own name in them ("I am Jon Reyes"),
    /// and who is the subject of what he is reported to have said: "Reyes, she said, was late".
    pub fn named_in(&self, text: &str, marked: &[Span], reported: &[Span]) -> Vec<usize> {
        let mut out = Vec::new();
        for (span, whole) in marked.iter().map(|s| (s, true)).chain(reported.iter().map(|s| (s, false))) {
            let first = self.all.partition_point(|r| r.at < span.start);
            for r in self.all[first..].iter().take_while(|r| r.at < span.end).take(REACH) {
                let before = text.get(span.start..r.at).unwrap_or_default().trim_end().to_lowercase();
                let own = OWN_NAME.iter().any(|words| before.ends_with(words));
                let subject = before
                    .split_whitespace()
                    .all(|w| w == "that" || names::is_honorific(w.trim_end_matches('.')));
                if self.kinds[r.entity] == EntityKind::Person && !own && (whole || subject) {
                    out.push(r.entity);
                }
            }
        }
        out
    }

    /// The person that a pronoun of this gender at byte `at` most likely stands for.
    ///
    /// Nearness decides, then prominence: the subject of a sentence, who spoke last (`speaking`);
    /// someone named only in another's words or as a possessor comes behind. Two that come out
    /// alike leave it open. None of `others` is meant.
    pub fn antecedent(
        &self,
        annotation: &Annotation,
        genders: &[Option<Sex>],
        gender: Sex,
        at: usize,
        speaking: Option<(usize, usize)>,
        others: &[usize],
    ) -> Option<usize> {
        let sentence = sentence_of(annotation, at);
        let paragraph = annotation.sentences.get(sentence).map_or(0, |s| s.paragraph);
        let mut best: Option<(f32, usize)> = None;
        let mut offer = |score: f32, entity: usize| match best {
            Some((top, _)) if top >= score => {}
            _ => best = Some((score, entity)),
        };
        let end = self.all.partition_point(|r| r.at < at);
        for r in self.all[..end].iter().rev().take(REACH) {
            let back = sentence - r.sentence.min(sentence);
            if back > SENTENCES {
                break;
            }
            if others.contains(&r.entity) {
                continue;
            }
            if self.kinds[r.entity] != EntityKind::Person || genders[r.entity].is_some_and(|g| g != gender) {
                continue;
            }
            let mut score = -(back as f32) - 0.5 * (paragraph - r.paragraph.min(paragraph)) as f32;
            score += if r.subject { 1.6 } else { 0.0 };
            score -= if r.possessive { 0.6 } else { 0.0 };
            score -= if r.quoted { 4.0 } else { 0.0 };
            score += if genders[r.entity].is_some() { 1.0 } else { 0.0 };
            offer(score, r.entity);
        }
        if let Some((entity, spoke_at)) = speaking
            && !others.contains(&entity)
            && genders.get(entity).copied().flatten().is_none_or(|g| g == gender)
            && self.kinds.get(entity) == Some(&EntityKind::Person)
        {
            let spoken = sentence_of(annotation, spoke_at);
            let back = sentence - spoken.min(sentence);
            let known = if genders[entity].is_some() { 1.0 } else { 0.0 };
            let apart =
                annotation.sentences.get(spoken).map_or(0, |s| paragraph - s.paragraph.min(paragraph));
            if back <= SENTENCES {
                offer(1.8 + known - back as f32 - 0.5 * apart as f32, entity);
            }
        }
        best.map(|(_, entity)| entity)
    }
}

fn sentence_of(annotation: &Annotation, at: usize) -> usize {
    annotation.sentences.partition_point(|s| s.span.start <= at).saturating_sub(1)
}
