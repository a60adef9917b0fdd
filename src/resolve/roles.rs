//! Roles: whom "the president" means, where the article calls exactly one person so.

use foldhash::HashMap;

use crate::annotate::Annotation;
use crate::finding::{Entity, EntityKind, Mention, SpeakerForm};
use crate::lexicon::reporting;

/// The persons that the article gives a role to: "president" → Obama.
#[derive(Debug, Default)]
pub struct Roles {
    bearers: HashMap<String, Vec<(usize, usize)>>,
}

impl Roles {
    /// Reads the roles right before names ("Senator Jane Roe") and right behind ("Jane Roe, the mayor").
    pub fn new(text: &str, annotation: &Annotation, mentions: &[Mention], entities: &[Entity]) -> Roles {
        let mut roles = Roles::default();
        for (entity, e) in entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person) {
            for &m in &e.mentions {
                let Some(mention) = mentions.get(m) else { continue };
                let first = annotation.token_at(mention.span.start);
                let after = annotation.tokens.partition_point(|t| t.span.start < mention.span.end);
                let before =
                    annotation.tokens[..first].iter().rev().filter(|t| t.span.of(text) != ".").take(1);
                for token in before {
                    roles.add(&token.span.of(text).to_lowercase(), entity, mention.span.start);
                }
                roles.behind(text, annotation, after, entity);
            }
        }
        roles
    }

    /// ", the Russian foreign minister,": the nouns up to the comma, the last of which is the role.
    fn behind(&mut self, text: &str, annotation: &Annotation, after: usize, entity: usize) {
        let words: Vec<&str> = annotation.tokens[after..].iter().take(9).map(|t| t.span.of(text)).collect();
        let [",", "a" | "an" | "the", rest @ ..] = words.as_slice() else { return };
        let stop = rest.iter().position(|w| {
            matches!(*w, "," | "." | ";")
                || reporting::classes(w).preposition()
                || reporting::classes(w).relative()
        });
        let head = stop.and_then(|s| s.checked_sub(1)).and_then(|i| rest.get(i));
        if let Some(head) = head {
            let at = annotation.tokens[after].span.start;
            self.add(&head.to_lowercase(), entity, at);
        }
    }

    fn add(&mut self, noun: &str, entity: usize, at: usize) {
        let noun = match noun {
            "sen" => "senator",
            "gov" => "governor",
            "rep" => "congressman",
            "gen" => "general",
            "prof" => "professor",
            "dr" => "doctor",
            _ => noun,
        };
        if reporting::speaker_noun(noun) != Some(SpeakerForm::Description) {
            return;
        }
        let bearers = self.bearers.entry(noun.to_string()).or_default();
        if bearers.len() < 16 && !bearers.iter().any(|(e, _)| *e == entity) {
            bearers.push((entity, at));
        }
    }

    /// Whom a definite description means: the only one called so before byte `at`.
    pub fn only(&self, words: &str, at: usize) -> Option<usize> {
        let mut parts = words.split_whitespace();
        let definite = matches!(parts.next()?, "the" | "The");
        let head =
            words.split_whitespace().last()?.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let bare = words.split_whitespace().count() <= 3;
        let bearers = self.bearers.get(&head)?;
        let mut before = bearers.iter().filter(|(_, from)| *from < at);
        let (entity, _) = before.next()?;
        (definite && bare && before.next().is_none()).then_some(*entity)
    }
}
