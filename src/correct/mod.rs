//! Corrections: a person's last word about what the extractors found.
//!
//! A correction is anchored to text, never to a row: the article's source, the words it is about, which of
//! their occurrences and among which words; over the whole archive, an entity's or outlet's name. [`apply`] is a pure function
//! of one article's reading and of the corrections that may concern it, so that the same documents and the
//! same corrections give the same rows whatever their order, after every import and with every extractor.

mod anchor;
mod apply;
mod article;
mod context;
mod entities;
mod fields;
mod figures;
mod name;
mod quotes;

pub use anchor::{find_words, occurrence_at, same_words};
pub use apply::{Outcome, Row, State, apply};
pub use context::{among, context_of};
pub use fields::{Field, Invalid, Scope, Subject, Takes, field, fields, parse_flag};
pub use name::EntityName;

/// The rule that findings name which a person corrected.
pub const RULE: &str = "a person's correction";

/// One correction, as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its row in the archive; nothing depends on it but what is told.
    pub id: i64,
    /// When it was made, ISO 8601, UTC: the later of two that contradict each other holds.
    pub made_at: String,
    /// Who made it.
    pub author: String,
    /// What it is about.
    pub subject: Subject,
    /// The article's source; `None` over the whole archive.
    pub source: Option<String>,
    /// The words it is about: a name, a quote's or figure's text.
    pub anchor: String,
    /// Which occurrence of the words, from 1.
    pub occurrence: usize,
    /// The words around them where it was made, with a mark for their place; `None` where that is not known.
    pub context: Option<String>,
    /// What is wrong.
    pub field: String,
    /// What is right; `None` for "nothing".
    pub value: Option<String>,
}

impl Correction {
    /// Whether another of the same article (or of the archive) is about the same thing.
    fn same_anchor(&self, other: &Correction) -> bool {
        self.subject == other.subject
            && self.source.is_some() == other.source.is_some()
            && (self.subject == Subject::Article
                || (self.occurrence == other.occurrence && same_words(&self.anchor, &other.anchor)))
    }

    /// What two corrections of one thing cannot both decide.
    fn slot(&self) -> &str {
        match (self.subject, self.field.as_str()) {
            (Subject::Entity | Subject::Outlet, "name" | "merge" | "split") => "name",
            (_, field) => field,
        }
    }

    /// Whether both cannot hold.
    fn contradicts(&self, other: &Correction) -> bool {
        self.same_anchor(other)
            && (self.slot() == other.slot() || self.field == "drop" || other.field == "drop")
    }

    /// What decides between two: the time, then the words, never the row.
    fn rank(&self) -> (&str, &str, &str, Option<&str>) {
        (&self.made_at, &self.author, &self.field, self.value.as_deref())
    }
}
