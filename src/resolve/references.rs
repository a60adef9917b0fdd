//! References: where in an article its persons are named, and how prominently, for tracing pronouns.

use super::genders::{genders, women_by_given_name};
use crate::annotate::{Annotation, Pos};
use crate::finding::{Entity, EntityKind, Mention};
use crate::lexicon::names::{self, Sex};
use crate::span::Span;

/// How many references back an antecedent is looked for.
const REACH: usize = 60;
/// How many sentences back.
const SENTENCES: usize = 12;

/// How many sentences back the only person in focus is looked for.
const FOCUS: usize = 2;

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
    genders: Vec<Option<Sex>>,
    /// Whether only a woman's given name names the entity.
    women: Vec<bool>,
    /// For every reference, the last one up to it to a woman, to a man, and to somebody who may be either.
    latest: Vec<[Option<usize>; 3]>,
    /// For every reference, the only person named up to it.
    only: Vec<Option<usize>>,
}

/// Where in [`References::latest`] a person stands.
fn slot(sex: Option<Sex>) -> usize {
    match sex {
        Some(Sex::Female) => 0,
        Some(Sex::Male) => 1,
        None => 2,
    }
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
        let kinds: Vec<EntityKind> = entities.iter().map(|e| e.kind).collect();
        let genders = genders(text, annotation, mentions, entities);
        let mut latest = Vec::with_capacity(all.len());
        let mut only = Vec::with_capacity(all.len());
        let mut last = [None; 3];
        let mut persons = (None, false);
        for (i, r) in all.iter().enumerate() {
            if kinds[r.entity] == EntityKind::Person {
                persons.1 |= persons.0.is_some_and(|first| first != r.entity);
                persons.0.get_or_insert(r.entity);
                if !r.quoted {
                    last[slot(genders[r.entity])] = Some(i);
                }
            }
            latest.push(last);
            only.push(persons.0.filter(|_| !persons.1));
        }
        References { all, kinds, genders, women: women_by_given_name(entities), latest, only }
    }

    /// Whether what the article says of a person allows the sex.
    pub fn may_be(&self, entity: usize, sex: Option<Sex>) -> bool {
        let known = self.genders.get(entity).copied().flatten();
        known.zip(sex).is_none_or(|(a, b)| a == b) && !(sex == Some(Sex::Male) && self.women[entity])
    }

    /// The only person that the sentences before byte `at` name, with who spoke there, if one of them is about
    /// him or credits him.
    pub fn alone(
        &self,
        annotation: &Annotation,
        at: usize,
        speaking: Option<(usize, usize)>,
    ) -> Option<usize> {
        let sentence = sentence_of(annotation, at);
        let end = self.all.partition_point(|r| r.at < at);
        let near = |s: usize| s + FOCUS >= sentence;
        let person = |e: usize| self.kinds.get(e) == Some(&EntityKind::Person);
        let spoke = speaking.filter(|&(e, at)| person(e) && near(sentence_of(annotation, at)));
        let named = self.all[..end].iter().rev().take(REACH).take_while(|r| near(r.sentence));
        let mut persons = named
            .filter(|r| person(r.entity) && !r.quoted)
            .map(|r| (r.entity, r.subject))
            .chain(spoke.map(|(e, _)| (e, true)));
        let (first, mut prominent) = persons.next()?;
        let alone = persons.all(|(e, subject)| {
            prominent |= subject;
            e == first
        });
        (alone && prominent).then_some(first)
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
    /// someone named only in another's words or as a possessor comes behind. Where nobody near fits, the last
    /// one who does is meant, however far back. None of `others` is meant.
    pub fn antecedent(
        &self,
        annotation: &Annotation,
        gender: Sex,
        at: usize,
        speaking: Option<(usize, usize)>,
        others: &[usize],
    ) -> Option<usize> {
        self.near(annotation, gender, at, speaking, others).or_else(|| self.last_of(gender, at, others))
    }

    /// The last person of this sex before byte `at`, where nobody of unknown sex came after; or the only person
    /// named at all.
    fn last_of(&self, gender: Sex, at: usize, others: &[usize]) -> Option<usize> {
        let last = self.all.partition_point(|r| r.at < at).checked_sub(1)?;
        let latest = self.latest[last];
        let surely = latest[slot(Some(gender))];
        let found = surely.filter(|i| latest[slot(None)].is_none_or(|other| other < *i));
        let found = found.or(latest[slot(None)].filter(|_| self.only[last].is_some()));
        let entity = self.all[found?].entity;
        (self.may_be(entity, Some(gender)) && !others.contains(&entity)).then_some(entity)
    }

    fn near(
        &self,
        annotation: &Annotation,
        gender: Sex,
        at: usize,
        speaking: Option<(usize, usize)>,
        others: &[usize],
    ) -> Option<usize> {
        let genders = &self.genders;
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
            if self.kinds[r.entity] != EntityKind::Person || !self.may_be(r.entity, Some(gender)) {
                continue;
            }
            // Whom only somebody's words name, and not as a man or a woman, is hardly who speaks.
            if r.quoted && genders[r.entity].is_none() {
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
            && self.may_be(entity, Some(gender))
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
