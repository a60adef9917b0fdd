//! Which body "it" and "the company" stand for: the one that the sentences before are about, or that spoke last.
//!
//! A person, a place and what stands in somebody's words are never meant, nor is a body that a sentence only
//! mentions: then nobody is.

use foldhash::HashMap;

use super::phrases::Phrases;
use super::speakers::Spoke;
use super::unnamed::head;
use crate::annotate::Sentence;
use crate::finding::{Entity, EntityKind, Mention, Quote, QuoteKind, SpeakerForm};
use crate::lexicon::known::known;
use crate::lexicon::{counting, outlets, reporting};
use crate::span::Span;

/// How many sentences back a body is looked for.
const SENTENCES: usize = 3;
/// How many mentions of a sentence are looked at.
const NAMES: usize = 32;
/// How many bodies of one noun are told apart.
const SAME_NOUN: usize = 16;
/// What a company is called again by, whatever its name.
const COMPANY: &[&str] = &["company", "firm"];
/// What nearly every body may be called, and so tells none apart: "the group" is rarely the one so named.
const VAGUE: &[&str] = &["group", "team", "house", "office", "panel", "site", "family", "organization"];

/// What is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// An entity, and what it is in the sentence that leads to it.
    Body(usize, &'static str),
    /// A document or a body that only these words name.
    Words(Span),
}

/// The bodies of an article.
#[derive(Debug)]
pub struct Bodies<'a> {
    phrases: Phrases<'a>,
    mentions: &'a [Mention],
    entities: &'a [Entity],
    entity_of: &'a [Option<usize>],
    /// Where somebody's words stand; sorted, none overlapping.
    told: Vec<Span>,
    /// By the nouns in their names: "ministry" is the Ministry of Fish, where it is first named.
    by_noun: HashMap<String, Vec<(usize, usize)>>,
}

impl<'a> Bodies<'a> {
    /// Reads them off the mentions and quotes.
    pub fn new(
        phrases: Phrases<'a>,
        mentions: &'a [Mention],
        entities: &'a [Entity],
        entity_of: &'a [Option<usize>],
        quotes: &[Quote],
    ) -> Bodies<'a> {
        let speech =
            |q: &&Quote| !matches!(q.kind, QuoteKind::Scare | QuoteKind::Title | QuoteKind::Nickname);
        let mut all: Vec<Span> =
            quotes.iter().filter(speech).flat_map(|q| q.content.iter().copied()).collect();
        all.sort_unstable();
        let mut told: Vec<Span> = Vec::with_capacity(all.len());
        for span in all {
            match told.last_mut() {
                Some(last) if span.start < last.end => *last = last.cover(span),
                _ => told.push(span),
            }
        }
        let mut by_noun: HashMap<String, Vec<(usize, usize)>> = HashMap::default();
        for (i, e) in entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Organization) {
            let Some(first) = e.mentions.first().and_then(|&m| mentions.get(m)) else { continue };
            for noun in nouns(&e.name) {
                let of = by_noun.entry(noun).or_default();
                if of.len() < SAME_NOUN {
                    of.push((i, first.span.start));
                }
            }
        }
        Bodies { phrases, mentions, entities, entity_of, told, by_noun }
    }

    /// Which body "the ministry" at byte `at` means: the only one named before that has the noun in its name.
    pub fn called(&self, words: &str, at: usize) -> Option<usize> {
        let noun = definite(words).filter(|noun| !VAGUE.contains(noun))?;
        let mut before = self.by_noun.get(noun)?.iter().filter(|(_, first)| *first < at);
        let (entity, _) = before.next()?;
        before.next().is_none().then_some(*entity)
    }

    /// Which body "the company" at byte `at` means: the only one that the sentences before are about, where
    /// its name does not say that it is something else.
    pub fn company(&self, words: &str, at: usize, spoke: Option<&Spoke>) -> Option<usize> {
        definite(words).filter(|noun| COMPANY.contains(noun))?;
        let Some(Meant::Body(entity, _)) = self.meant(at, spoke, true) else { return None };
        let body = &self.entities[entity];
        (body.kind == EntityKind::Organization && may_be_company(&body.name)).then_some(entity)
    }

    /// What "it" at byte `at` means.
    pub fn it(&self, at: usize, spoke: Option<&Spoke>) -> Option<Meant> {
        self.meant(at, spoke, false)
    }

    /// What is spoken of last before byte `at`. `alone` asks that its sentence names no other body.
    fn meant(&self, at: usize, spoke: Option<&Spoke>, alone: bool) -> Option<Meant> {
        let sentences = &self.phrases.annotation.sentences;
        let here = sentences.partition_point(|s| s.span.start <= at).checked_sub(1)?;
        for sentence in sentences[here.saturating_sub(SENTENCES)..=here].iter().rev() {
            let bodies = self.bodies_in(sentence, at);
            let spoken = spoke.filter(|s| sentence.span.contains(s.span) && s.span.end <= at);
            let found = spoken.and_then(|s| self.speaker(s)).or_else(|| self.subject(sentence, &bodies, at));
            match found {
                Some(Meant::Words(span)) if is_company(span.of(self.phrases.text)) && bodies.is_empty() => {}
                Some(Meant::Body(entity, _)) if alone && bodies.iter().any(|&(_, e)| e != entity) => {
                    return None;
                }
                Some(meant) => return Some(meant),
                // It, or the letter, may be meant as well.
                None if !bodies.is_empty() || sentence.span.end <= at && self.names_document(sentence) => {
                    return None;
                }
                None => {}
            }
        }
        None
    }

    /// The organizations that a sentence names before byte `at`: mention and entity.
    fn bodies_in(&self, sentence: &Sentence, at: usize) -> Vec<(usize, usize)> {
        let first = self.mentions.partition_point(|m| m.span.start < sentence.span.start);
        let end = sentence.span.end.min(at);
        let inside = self.mentions[first..].iter().take(NAMES).take_while(|m| m.span.end <= end);
        let named = inside.enumerate().filter(|(_, m)| m.kind == EntityKind::Organization);
        named.filter_map(|(i, _)| Some((first + i, self.entity_of[first + i]?))).collect()
    }

    /// What spoke in a sentence, where it is no person.
    fn speaker(&self, spoke: &Spoke) -> Option<Meant> {
        if let Some(entity) = spoke.entity {
            let body = matches!(self.entities[entity].kind, EntityKind::Organization | EntityKind::Place);
            return body.then_some(Meant::Body(entity, "speaker before"));
        }
        let words = spoke.words?;
        let form = if words == spoke.span { spoke.form } else { SpeakerForm::Document };
        let last = head(words.of(self.phrases.text));
        let one = matches!(form, SpeakerForm::Document | SpeakerForm::Group) && !counting::is_plural(last);
        let person = reporting::speaker_noun(&last.to_lowercase()) == Some(SpeakerForm::Description);
        (one && !person && last != "police").then_some(Meant::Words(words))
    }

    /// What the sentence is about, where that can speak and is no person.
    fn subject(&self, sentence: &Sentence, bodies: &[(usize, usize)], at: usize) -> Option<Meant> {
        let subject = bodies.iter().find(|(m, _)| {
            let span = self.mentions[*m].span;
            !self.is_told(span) && self.phrases.is_subject(sentence, span)
        });
        if let Some(&(_, entity)) = subject {
            return Some(Meant::Body(entity, "subject before"));
        }
        let opening = self.phrases.opening(sentence).filter(|o| o.span.end <= at && !self.is_told(o.span))?;
        let head = self.phrases.annotation.tokens[opening.head].span.of(self.phrases.text);
        let form = reporting::speaker_noun(&head.to_lowercase())?;
        let one = matches!(form, SpeakerForm::Document | SpeakerForm::Group) && !counting::is_plural(head);
        let entity = || self.called(opening.span.of(self.phrases.text), opening.span.start);
        match entity() {
            Some(entity) if one => Some(Meant::Body(entity, "subject before")),
            _ => one.then_some(Meant::Words(opening.span)),
        }
    }

    fn is_told(&self, span: Span) -> bool {
        let next = self.told.partition_point(|t| t.end <= span.start);
        self.told.get(next).is_some_and(|t| t.start <= span.start)
    }

    fn names_document(&self, sentence: &Sentence) -> bool {
        self.phrases.names(sentence, |noun| reporting::speaker_noun(noun) == Some(SpeakerForm::Document))
    }
}

/// The noun of "the ministry".
fn definite(words: &str) -> Option<&str> {
    let noun = words.strip_prefix("the ").or_else(|| words.strip_prefix("The "))?;
    let group = reporting::speaker_noun(noun) == Some(SpeakerForm::Group);
    (group && !counting::is_plural(noun)).then_some(noun)
}

/// Whether a body of this name may be a company: not one whose name says what else it is ("Ministry of Fish"), that
/// reference data has for another kind of body, or that goes by its letters.
fn may_be_company(name: &str) -> bool {
    let other = nouns(name).iter().any(|n| !COMPANY.contains(&n.as_str()) && n != "group");
    let public = known(EntityKind::Organization, name).is_some() || outlets::known(name).is_some();
    !other && !public && name.contains(char::is_lowercase)
}

fn is_company(words: &str) -> bool {
    definite(words).is_some_and(|noun| COMPANY.contains(&noun))
}

/// The nouns in a body's name that say what it is: "Ministry of Fish", "Fish Agency".
fn nouns(name: &str) -> Vec<String> {
    let folded = name.to_lowercase();
    let words: Vec<&str> = folded.split(' ').collect();
    let before_of = words.iter().position(|w| matches!(*w, "of" | "for")).and_then(|of| of.checked_sub(1));
    let mut out: Vec<String> = Vec::new();
    for at in before_of.into_iter().chain(words.len().checked_sub(1)) {
        let noun = words[at];
        if reporting::speaker_noun(noun) == Some(SpeakerForm::Group) && !out.iter().any(|n| n == noun) {
            out.push(noun.to_owned());
        }
    }
    out
}
