//! Who spoke: the entity of every quote's speaker, with the steps that led there, or why none did.
//!
//! A name leads to the entity of its mention; a pronoun to the nearest person who fits, or to the words that
//! describe somebody nearer ([`unnamed`]); "it" to the body spoken of ([`super::bodies`]); a definite
//! description ("the president") to whom a comma names behind it, to the only person the article calls so, where
//! it says of what ("the US president") to the only one named who held that office, or to the person in
//! focus ([`focus`]). Everything else stays what the text says: a group, a document, an official without a name.

use super::bodies::{Bodies, Meant};
use super::focus::{self, Focus};
use super::offices::Offices;
use super::phrases::Phrases;
use super::references::References;
use super::roles::Roles;
use super::unnamed;
use crate::annotate::Annotation;
use crate::finding::{CueKind, Entity, EntityKind, Mention, Quote, QuoteKind, Speaker, SpeakerForm};
use crate::lexicon::names::{self, Sex};
use crate::lexicon::{gender, roles};
use crate::span::Span;

/// Who was credited last.
#[derive(Debug, Clone, Copy)]
pub struct Spoke {
    /// The words that credit him.
    pub span: Span,
    /// How they do.
    pub form: SpeakerForm,
    /// Who it is, where that is known.
    pub entity: Option<usize>,
    /// The words that say who it is, where no entity does: for a pronoun, those it stands for.
    pub words: Option<Span>,
    /// Whether he asks.
    pub asks: bool,
}

/// Who is meant, and how that was found.
struct Answer {
    entity: Option<usize>,
    steps: String,
    /// The words that a pronoun stands for, where they name nobody.
    words: Option<Span>,
}

impl Answer {
    fn of(entity: Option<usize>, steps: String) -> Answer {
        Answer { entity, steps, words: None }
    }
}

/// Fills the entity of every quote's speaker, where the text tells. `published` is the article's date in
/// ISO 8601, where it is known.
pub fn speakers(
    text: &str,
    annotation: &Annotation,
    mentions: &[Mention],
    entities: &[Entity],
    quotes: &mut [Quote],
    published: Option<&str>,
) {
    let mut quoted: Vec<Span> =
        quotes.iter().filter(|q| q.kind == QuoteKind::Direct).flat_map(|q| q.spans.iter().copied()).collect();
    quoted.sort_unstable();
    let phrases = Phrases { text, annotation };
    let entity_of = entity_of(mentions, entities);
    let known = Known {
        phrases,
        mentions,
        entities,
        entity_of: &entity_of,
        references: References::new(text, annotation, mentions, entities, &quoted),
        roles: Roles::new(text, annotation, mentions, entities),
        offices: Offices::new(entities, published),
        bodies: Bodies::new(phrases, mentions, entities, &entity_of, quotes),
        focus: Focus::new(phrases, mentions, entities),
    };
    // In the order in which the speakers are named, so that a pronoun can follow from the one before.
    let mut order: Vec<usize> = (0..quotes.len()).filter(|&i| quotes[i].speaker.is_some()).collect();
    order.sort_by_key(|&i| quotes[i].speaker.as_ref().map(|s| s.span.start));
    let mut before = Before::default();
    for i in order {
        let marked = if quotes[i].kind == QuoteKind::Direct { quotes[i].spans.as_slice() } else { &[] };
        let mut others = known.references.named_in(text, marked, &quotes[i].content);
        others.extend(known.interrupted(&quotes[i]));
        let asks = quotes[i].cue.as_ref().is_some_and(|c| c.kind == CueKind::Asking);
        let Some(speaker) = quotes[i].speaker.as_mut() else { continue };
        let answer = known.resolve(speaker, &before, &others);
        before.note(speaker, &answer, asks);
        (speaker.entity, speaker.steps) = (answer.entity, answer.steps);
    }
}

fn entity_of(mentions: &[Mention], entities: &[Entity]) -> Vec<Option<usize>> {
    let mut out = vec![None; mentions.len()];
    for (i, entity) in entities.iter().enumerate() {
        for &m in &entity.mentions {
            if let Some(slot) = out.get_mut(m) {
                *slot = Some(i);
            }
        }
    }
    out
}

/// Who spoke before.
#[derive(Debug, Default)]
struct Before {
    /// The last one who is known, and where he is credited.
    known: Option<(usize, usize)>,
    /// The last one, known or not.
    last: Option<Spoke>,
}

impl Before {
    fn note(&mut self, speaker: &Speaker, answer: &Answer, asks: bool) {
        if let Some(entity) = answer.entity {
            self.known = Some((entity, speaker.span.start));
        }
        // Words carried on have the speaker of those before.
        if self.last.is_some_and(|l| l.span == speaker.span) {
            return;
        }
        let pronoun = speaker.form == SpeakerForm::Pronoun;
        let words = if pronoun { answer.words } else { answer.words.or(Some(speaker.span)) };
        let words = words.filter(|_| answer.entity.is_none());
        self.last =
            Some(Spoke { span: speaker.span, form: speaker.form, entity: answer.entity, words, asks });
    }
}

/// What resolving a speaker asks.
struct Known<'a> {
    phrases: Phrases<'a>,
    mentions: &'a [Mention],
    entities: &'a [Entity],
    entity_of: &'a [Option<usize>],
    references: References,
    roles: Roles,
    offices: Offices,
    bodies: Bodies<'a>,
    focus: Focus<'a>,
}

impl Known<'_> {
    /// Whose clause the quote's cue is put into, as "she said" into "Reyes, she said, was late".
    fn interrupted(&self, quote: &Quote) -> Option<usize> {
        let text = self.phrases.text;
        let speaker = quote.speaker.as_ref()?.span;
        let before = text.get(..speaker.start)?.strip_suffix(", ")?.len();
        let end = quote.cue.as_ref().map_or(speaker.end, |c| c.span.end.max(speaker.end));
        let goes_on = text.get(end..).is_some_and(|rest| rest.starts_with(','));
        let named = self.mentions.partition_point(|m| m.span.end < before);
        let mention = self.mentions.get(named).filter(|m| m.span.end == before)?;
        let entity = self.entity_of.get(named).copied().flatten();
        entity.filter(|_| goes_on && mention.kind == EntityKind::Person)
    }

    fn resolve(&self, speaker: &Speaker, before: &Before, others: &[usize]) -> Answer {
        let words = speaker.span.of(self.phrases.text);
        match speaker.form {
            SpeakerForm::Name => self.name(speaker, words, before),
            SpeakerForm::Pronoun => self.pronoun(words, speaker.span, before, others),
            SpeakerForm::Description => self.description(words, speaker.span, before),
            SpeakerForm::Group => self.group(words, speaker.span, before),
            SpeakerForm::Document => Answer::of(None, "a document".to_string()),
        }
    }

    fn description(&self, words: &str, span: Span, before: &Before) -> Answer {
        let at = span.start;
        let named = |e: usize| self.entities[e].name.as_str();
        if let Some(e) = self.beside(span) {
            return Answer::of(Some(e), format!("description {words} → named beside it: {}", named(e)));
        }
        if let Some(e) = self.roles.only(words, at) {
            return Answer::of(
                Some(e),
                format!("description {words} → the only one called so: {}", named(e)),
            );
        }
        if let Some((e, office)) = self.offices.holder(words) {
            let day = self.offices.day();
            return Answer::of(
                Some(e),
                format!("description {words} → office {office} on {day} → {}", named(e)),
            );
        }
        if let Some(gender) = words.split(' ').next().and_then(|w| gender::of_pronoun(&w.to_lowercase()))
            && let Some(of) =
                self.references.antecedent(self.phrases.annotation, gender, at, before.known, &[])
            && let Some(e) = self.offices.counterpart(words, of)
        {
            return Answer::of(
                Some(e),
                format!("description {words} → counterpart of {} → {}", named(of), named(e)),
            );
        }
        self.in_focus(words, at, before).unwrap_or_else(|| {
            Answer::of(None, "description: nobody or more than one is called so".to_string())
        })
    }

    /// Who is named between commas right behind the words, with titles or without, "His wife, |Grace|, said", or before them, where they
    /// can be nobody else: "|Jane Roe|, head of the trust, said", but not "Roe, a friend said, was late".
    fn beside(&self, span: Span) -> Option<usize> {
        let text = self.phrases.text;
        let person = |m: usize| self.mentions.get(m).filter(|m| m.kind == EntityKind::Person);
        let next = self.mentions.partition_point(|m| m.span.start < span.end);
        let behind = person(next).filter(|m| {
            let led = text.get(span.end..m.span.start).and_then(|between| between.strip_prefix(", "));
            led.is_some_and(titles) && text[m.span.end..].starts_with([',', '.', ';'])
        });
        if behind.is_some() {
            return self.entity_of[next];
        }
        let before = self.mentions.partition_point(|m| m.span.end <= span.start).checked_sub(1)?;
        let led = text.get(person(before)?.span.end..span.start) == Some(", ");
        let bare = !self.phrases.is_determined(span) && span.of(text).starts_with(char::is_lowercase);
        self.entity_of[before].filter(|_| led && bare)
    }

    /// Whom "the Brazilian", "the 28-year-old" or "the striker" means.
    fn in_focus(&self, words: &str, at: usize, before: &Before) -> Option<Answer> {
        let (e, how) = self.focus.meant(words, at, &self.references, before.known)?;
        Some(Answer::of(Some(e), format!("description {words} → {how}: {}", self.entities[e].name)))
    }

    fn name(&self, speaker: &Speaker, words: &str, before: &Before) -> Answer {
        let inhabitant = || {
            let one = words.split(' ').nth(1).is_some_and(focus::is_inhabitant);
            self.in_focus(words, speaker.span.start, before).filter(|_| one)
        };
        match speaker.mention.and_then(|m| self.entity_of.get(m).copied().flatten()) {
            Some(e) if self.entities[e].kind == EntityKind::Group => inhabitant().unwrap_or_else(|| {
                Answer::of(None, format!("{words} names a group of people, not who spoke"))
            }),
            Some(e) => Answer::of(Some(e), format!("name {words} → mention → {}", self.entities[e].name)),
            None => inhabitant().unwrap_or_else(|| self.label(words)),
        }
    }

    /// "ROE:" at the head of a turn: the only person of that last name.
    fn label(&self, words: &str) -> Answer {
        let last = |name: &str| name.split_whitespace().last().map(str::to_uppercase);
        let mut of_that_name = (0..self.entities.len()).filter(|&e| {
            self.entities[e].kind == EntityKind::Person && last(&self.entities[e].name) == last(words)
        });
        let shouted =
            words.chars().filter(|c| c.is_uppercase()).count() > 1 && !words.contains(char::is_lowercase);
        match (of_that_name.next(), of_that_name.next()) {
            (Some(e), None) if shouted => {
                Answer::of(Some(e), format!("label {words} → {}", self.entities[e].name))
            }
            _ => Answer::of(None, "no mention of an entity in the speaker's words".to_string()),
        }
    }

    /// "the ministry": the only body that has the noun in its name; "the company": the one spoken of.
    fn group(&self, words: &str, span: Span, before: &Before) -> Answer {
        if let Some(e) = self.bodies.called(words, span.start) {
            let name = &self.entities[e].name;
            return Answer::of(Some(e), format!("{words} → the only one with that in its name: {name}"));
        }
        if let Some(e) = self.bodies.company(words, span.start, before.last.as_ref()) {
            let name = &self.entities[e].name;
            return Answer::of(Some(e), format!("{words} → the only one spoken of before: {name}"));
        }
        Answer::of(None, "a group".to_string())
    }

    /// `others` are named in what the pronoun is said to have said, and so are not who said it.
    fn pronoun(&self, words: &str, span: Span, before: &Before, others: &[usize]) -> Answer {
        let lower = words.to_lowercase();
        let at = span.start;
        if lower == "it" && !self.phrases.is_before_be(span) {
            return self.it(at, before);
        }
        let Some(gender) = gender::of_pronoun(&lower) else {
            return Answer::of(None, format!("pronoun {lower}: it does not say who of those named"));
        };
        let found = self.references.antecedent(self.phrases.annotation, gender, at, before.known, others);
        let described = unnamed::described(&self.phrases, gender, at, before.last.as_ref(), found.is_some());
        if let Some(words) = described.filter(|d| found.is_none_or(|e| self.is_nearer(*d, e, at, before))) {
            return self.stands_for(&lower, gender, words, before);
        }
        match found {
            Some(e) => {
                let named = self.references.last(e, at);
                let how = if named.is_some() { "mention" } else { "speaker before" };
                Answer::of(Some(e), format!("pronoun {lower} → {how} → {}", self.entities[e].name))
            }
            None => Answer::of(None, format!("pronoun {lower}: nobody named before it fits")),
        }
    }

    /// Whether words that describe somebody stand behind every naming and crediting of a person.
    fn is_nearer(&self, words: Span, person: usize, at: usize, before: &Before) -> bool {
        let named = self.references.last(person, at);
        let spoke = before.known.filter(|(e, _)| *e == person).map(|(_, at)| at);
        named.max(spoke).is_none_or(|last| last < words.end)
    }

    /// A pronoun that stands for words which describe somebody.
    fn stands_for(&self, pronoun: &str, gender: Sex, span: Span, before: &Before) -> Answer {
        let words = span.of(self.phrases.text);
        let answer = self.description(words, span, before);
        match answer.entity.filter(|&e| self.references.may_be(e, Some(gender))) {
            Some(e) => Answer::of(Some(e), format!("pronoun {pronoun} → {}", answer.steps)),
            None => Answer {
                entity: None,
                steps: format!("pronoun {pronoun} → {words}: described, not named"),
                words: Some(span),
            },
        }
    }

    fn it(&self, at: usize, before: &Before) -> Answer {
        match self.bodies.it(at, before.last.as_ref()) {
            Some(Meant::Body(e, how)) => {
                Answer::of(Some(e), format!("pronoun it → {how} → {}", self.entities[e].name))
            }
            Some(Meant::Words(span)) => Answer {
                entity: None,
                steps: format!("pronoun it → {}: not a name", span.of(self.phrases.text)),
                words: Some(span),
            },
            None => Answer::of(None, "pronoun it: it does not say who of those named".to_string()),
        }
    }
}

/// Whether nothing but what its bearer is stands before a name: "advocate ", "Senator ".
fn titles(words: &str) -> bool {
    let title = |w: &str| {
        roles::is_title(w)
            || roles::is_role(w)
            || names::is_honorific(&w.trim_end_matches('.').to_lowercase())
    };
    words.split_whitespace().take(3).count() <= 2 && words.split_whitespace().all(title)
}
