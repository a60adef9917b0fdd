//! Who spoke: the entity of every quote's speaker, with the steps that led there, or why none did.
//!
//! A name leads to the entity of its mention; a pronoun to the nearest person who fits; a definite
//! description ("the president") to the only person the article calls so, or, where it says of what
//! ("the US president"), to the only one named who held that office. Everything else stays
//! what the text says: a group, a document, an official without a name.

use super::genders::genders;
use super::offices::Offices;
use super::references::References;
use super::roles::Roles;
use crate::annotate::Annotation;
use crate::finding::{Entity, EntityKind, Mention, Quote, QuoteKind, Speaker, SpeakerForm};
use crate::lexicon::gender;
use crate::lexicon::names::Sex;
use crate::span::Span;

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
    let known = Known {
        text,
        annotation,
        entities,
        entity_of: entity_of(mentions, entities),
        genders: genders(text, annotation, mentions, entities),
        references: References::new(text, annotation, mentions, entities, &quoted),
        roles: Roles::new(text, annotation, mentions, entities),
        offices: Offices::new(entities, published),
    };
    // In the order in which the speakers are named, so that a pronoun can follow from the one before.
    let mut order: Vec<usize> = (0..quotes.len()).filter(|&i| quotes[i].speaker.is_some()).collect();
    order.sort_by_key(|&i| quotes[i].speaker.as_ref().map(|s| s.span.start));
    let mut speaking = None;
    for i in order {
        let marked = if quotes[i].kind == QuoteKind::Direct { quotes[i].spans.as_slice() } else { &[] };
        let mut others = known.references.named_in(text, marked, &quotes[i].content);
        others.extend(known.interrupted(mentions, &quotes[i]));
        let Some(speaker) = quotes[i].speaker.as_mut() else { continue };
        known.resolve(speaker, speaking, &others);
        if let Some(entity) = speaker.entity {
            speaking = Some((entity, speaker.span.start));
        }
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

/// What resolving a speaker asks.
struct Known<'a> {
    text: &'a str,
    annotation: &'a Annotation,
    entities: &'a [Entity],
    entity_of: Vec<Option<usize>>,
    genders: Vec<Option<Sex>>,
    references: References,
    roles: Roles,
    offices: Offices,
}

impl Known<'_> {
    /// Whose clause the quote's cue is put into, as "she said" into "Reyes, she said, was late".
    fn interrupted(&self, mentions: &[Mention], quote: &Quote) -> Option<usize> {
        let speaker = quote.speaker.as_ref()?.span;
        let before = self.text.get(..speaker.start)?.strip_suffix(", ")?.len();
        let end = quote.cue.as_ref().map_or(speaker.end, |c| c.span.end.max(speaker.end));
        let goes_on = self.text.get(end..).is_some_and(|rest| rest.starts_with(','));
        let named = mentions.partition_point(|m| m.span.end < before);
        let mention = mentions.get(named).filter(|m| m.span.end == before)?;
        let entity = self.entity_of.get(named).copied().flatten();
        entity.filter(|_| goes_on && mention.kind == EntityKind::Person)
    }

    fn resolve(&self, speaker: &mut Speaker, speaking: Option<(usize, usize)>, others: &[usize]) {
        let words = speaker.span.of(self.text);
        let (entity, steps) = match speaker.form {
            SpeakerForm::Name => self.name(speaker.mention, words),
            SpeakerForm::Pronoun => self.pronoun(words, speaker.span.start, speaking, others),
            SpeakerForm::Description => self.description(words, speaker.span.start, speaking),
            SpeakerForm::Group => (None, "a group".to_string()),
            SpeakerForm::Document => (None, "a document".to_string()),
        };
        speaker.entity = entity;
        speaker.steps = steps;
    }

    fn description(
        &self,
        words: &str,
        at: usize,
        speaking: Option<(usize, usize)>,
    ) -> (Option<usize>, String) {
        if let Some(e) = self.roles.only(words, at) {
            return (
                Some(e),
                format!("description {words} → the only one called so: {}", self.entities[e].name),
            );
        }
        if let Some((e, office)) = self.offices.holder(words) {
            let (name, day) = (&self.entities[e].name, self.offices.day());
            return (Some(e), format!("description {words} → office {office} on {day} → {name}"));
        }
        if let Some(gender) = words.split(' ').next().and_then(|w| gender::of_pronoun(&w.to_lowercase()))
            && let Some(of) =
                self.references.antecedent(self.annotation, &self.genders, gender, at, speaking, &[])
            && let Some(e) = self.offices.counterpart(words, of)
        {
            let (name, whose) = (&self.entities[e].name, &self.entities[of].name);
            return (Some(e), format!("description {words} → counterpart of {whose} → {name}"));
        }
        (None, "description: nobody or more than one is called so".to_string())
    }

    fn name(&self, mention: Option<usize>, words: &str) -> (Option<usize>, String) {
        match mention.and_then(|m| self.entity_of.get(m).copied().flatten()) {
            Some(e) if self.entities[e].kind == EntityKind::Group => {
                (None, format!("{words} names a group of people, not who spoke"))
            }
            Some(e) => (Some(e), format!("name {words} → mention → {}", self.entities[e].name)),
            None => self.label(words),
        }
    }

    /// "ROE:" at the head of a turn: the only person of that last name.
    fn label(&self, words: &str) -> (Option<usize>, String) {
        let last = |name: &str| name.split_whitespace().last().map(str::to_uppercase);
        let mut of_that_name = (0..self.entities.len()).filter(|&e| {
            self.entities[e].kind == EntityKind::Person && last(&self.entities[e].name) == last(words)
        });
        let shouted =
            words.chars().filter(|c| c.is_uppercase()).count() > 1 && !words.contains(char::is_lowercase);
        match (of_that_name.next(), of_that_name.next()) {
            (Some(e), None) if shouted => (Some(e), format!("label {words} → {}", self.entities[e].name)),
            _ => (None, "no mention of an entity in the speaker's words".to_string()),
        }
    }

    /// `others` are named in what the pronoun is said to have said, and so are not who said it.
    fn pronoun(
        &self,
        words: &str,
        at: usize,
        speaking: Option<(usize, usize)>,
        others: &[usize],
    ) -> (Option<usize>, String) {
        let lower = words.to_lowercase();
        let Some(gender) = gender::of_pronoun(&lower) else {
            return (None, format!("pronoun {lower}: it does not say who of those named"));
        };
        match self.references.antecedent(self.annotation, &self.genders, gender, at, speaking, others) {
            Some(e) => {
                let named = self.references.last(e, at);
                let how = if named.is_some() { "mention" } else { "speaker before" };
                (Some(e), format!("pronoun {lower} → {how} → {}", self.entities[e].name))
            }
            None => (None, format!("pronoun {lower}: nobody named before it fits")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::extract::quotes::quotes;
    use crate::finding::{EntityKind, FoundBy, Mention};
    use crate::resolve::entities::entities;
    use crate::resolve::speakers;
    use crate::span::Span;

    /// The name of the last quote's speaker, in a text whose [persons] are marked.
    fn speaker_of(marked: &str, published: Option<&str>) -> (Option<String>, String) {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        let mut start = 0;
        for c in marked.chars() {
            match c {
                '[' => start = text.len(),
                ']' => mentions.push(Mention {
                    span: Span::new(start, text.len()),
                    kind: EntityKind::Person,
                    found_by: FoundBy::Model,
                    confidence: 1.0,
                }),
                c => text.push(c),
            }
        }
        let annotation = annotate(&text);
        let mut found = quotes(&text, &annotation, &mentions);
        let entities = entities(&text, &annotation, &mentions);
        speakers(&text, &annotation, &mentions, &entities, &mut found, published);
        let speaker = found.pop().and_then(|q| q.speaker).unwrap_or_else(|| panic!("no speaker in {text:?}"));
        (speaker.entity.map(|e| entities[e].name.clone()), speaker.steps)
    }

    #[test]
    fn speakers_lead_to_the_person() {
        for (text, want) in [
            ("[Ada Kowal] spoke first. “We are late,” [Kowal] said.", Some("Ada Kowal")),
            ("[Ada Kowal] met [Jon Reyes]. “We are late,” she said.", Some("Ada Kowal")),
            ("[Ada Kowal] met [Jon Reyes]. “We are late,” he said.", Some("Jon Reyes")),
            ("Mrs. [Reyes] met [Tom Bell]. He left. “We are late,” she said.", Some("Reyes")),
            ("Mayor [Ada Kowal] was tired. “We are late,” the mayor said.", Some("Ada Kowal")),
            (
                "[Ada Kowal], the harbour minister, was tired. “We are late,” the minister said.",
                Some("Ada Kowal"),
            ),
            ("Mayor [Ada Kowal] met Mayor [Jon Reyes]. “We are late,” the mayor said.", None),
            ("[Ada Kowal] met [Jon Reyes]. “We are late,” they said.", None),
            ("[Ada Kowal] left. “We are late,” an official said.", None),
            ("[Ada Kowal] left. “We are late,” he said.", None),
            // Whose critics, lawyers or friends somebody is, he is not.
            ("Critics of [Ada Kowal] said the vote was late.", None),
            ("Lawyers for Mr. [Reyes] said he was “late”.", None),
            ("Relatives of [Jon Reyes] said he was “late”.", None),
            ("Friends of Senator [Ada Kowal] said she was “late”.", None),
            ("Aides to Mayor [Ada Kowal] said she was late.", None),
            ("Sources close to [Reyes] say he is late.", None),
            ("[Ada Kowal] campaign officials said the vote was late.", None),
            ("Secretary of State [Ada Kowal] said the vote was late.", Some("Ada Kowal")),
            ("Mayor [Ada Kowal] of Ulm said the vote was late.", Some("Ada Kowal")),
            // Nobody speaks of himself by name, unless he gives it.
            ("“[Jon Reyes] is late,” he said.", None),
            ("[Tom Bell] came. “[Jon Reyes] is late,” he said.", Some("Tom Bell")),
            ("[Tom Bell] met [Jon Reyes]. [Reyes], he said, was “late as ever”.", Some("Tom Bell")),
            ("[Jon Reyes] came. “I am [Jon Reyes],” he said.", Some("Jon Reyes")),
            ("[Jon Reyes] came. “My name is [Reyes],” he said.", Some("Jon Reyes")),
        ] {
            let (name, steps) = speaker_of(text, None);
            assert_eq!(name.as_deref(), want, "{text}: {steps}");
            assert!(!steps.is_empty(), "no steps for {text}");
        }
    }

    #[test]
    fn offices_lead_to_their_holders() {
        let mut wrong = Vec::new();
        let corpus = include_str!("offices.corpus");
        for line in corpus.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (want, rest) = line.split_once(" | ").expect("a line is NAME | DAY | TEXT");
            let (day, text) = rest.split_once(" | ").expect("a line is NAME | DAY | TEXT");
            let (name, steps) = speaker_of(text, Some(day).filter(|d| *d != "-"));
            if name.as_deref().unwrap_or("!") != want {
                wrong.push(format!("{line}\n  got {name:?}: {steps}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
