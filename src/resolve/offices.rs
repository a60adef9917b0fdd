//! Offices: whom "the US president" means, where the article names exactly one person who held that office.
//!
//! Asks public record (`seeds/reference/offices.csv`). Where the article's date is known, the holder of
//! that day is meant, and nobody who is not; "former" asks for one whose term was over.

use crate::finding::{Entity, EntityKind};
use crate::lexicon::fold::fold;
use crate::lexicon::offices::{Term, leads, terms};

/// The article's persons with their folded names, and its day.
#[derive(Debug, Default)]
pub struct Offices {
    persons: Vec<(usize, String)>,
    day: Option<String>,
}

impl Offices {
    /// `published` is the article's date in ISO 8601, where it is known.
    pub fn new(entities: &[Entity], published: Option<&str>) -> Offices {
        let persons = entities
            .iter()
            .enumerate()
            .filter(|(_, e)| e.kind == EntityKind::Person)
            .map(|(i, e)| (i, fold(&e.name)))
            .collect();
        Offices { persons, day: published.and_then(|p| p.get(..10)).map(str::to_owned) }
    }

    /// Whom a definite description of an office means, and how that is known.
    pub fn holder(&self, words: &str) -> Option<(usize, String)> {
        let words = words.trim();
        let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("The "));
        // Without the article, only what is said to be somebody's is definite: "Germany's chancellor".
        let bare = bare.or_else(|| (words.contains("'s ") || words.contains("’s ")).then_some(words))?;
        let (is_former, bare) = match bare.strip_prefix("former ") {
            Some(rest) => (true, rest),
            None => {
                (false, bare.strip_prefix("then-").or_else(|| bare.strip_prefix("then ")).unwrap_or(bare))
            }
        };
        let entity = self.only(terms(bare), is_former)?;
        Some((entity, bare.to_owned()))
    }

    /// Whom "his Russian counterpart" means, where he himself leads a country.
    pub fn counterpart(&self, words: &str, of: usize) -> Option<usize> {
        let whose = words.split_once(' ')?.1.strip_suffix(" counterpart")?;
        let (_, name) = self.persons.iter().find(|(e, _)| *e == of)?;
        if !leads(name, self.day.as_deref()) {
            return None;
        }
        self.only(terms(&format!("{whose} leader")), false).filter(|e| *e != of)
    }

    /// The only person of the article who held the office when it is spoken of.
    fn only(&self, terms: &[Term], is_former: bool) -> Option<usize> {
        let fits = |term: &&Term| match (self.day.as_deref(), is_former) {
            (Some(day), true) => term.ended_before(day),
            (Some(day), false) => term.has(day),
            (None, _) => true,
        };
        let held = |name: &str| terms.iter().filter(fits).any(|t| t.is_held_by(name));
        let mut holders = self.persons.iter().filter(|(_, name)| held(name)).map(|(e, _)| *e);
        let first = holders.next()?;
        holders.next().is_none().then_some(first)
    }

    /// The day that decided, for the evidence.
    pub fn day(&self) -> &str {
        self.day.as_deref().unwrap_or("an unknown day")
    }
}
