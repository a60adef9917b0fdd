//! Applying corrections to what was read of one article.
//!
//! They come in the order of their making, so that each is about what those before it left; of two that
//! contradict each other the later holds. Every one gets an outcome: none is passed over silently.

use super::{Correction, Subject, article, entities, figures, quotes};
use crate::article::Article;
use crate::finding::Findings;
use crate::pipeline::Reading;

/// What became of a correction in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The correction, by its id.
    pub correction: i64,
    /// What it is about.
    pub subject: Subject,
    /// The row that it corrected.
    pub row: Row,
    /// Whether it holds.
    pub state: State,
}

/// A row of the corrected reading, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// None: it was dropped, or nothing fits.
    None,
    /// The article itself.
    Article,
    /// An entity.
    Entity(usize),
    /// A quote.
    Quote(usize),
    /// A figure.
    Figure(usize),
}

/// Whether a correction holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The row says what it wants.
    Applied,
    /// A later one contradicts it.
    Overruled {
        /// That one, by its id.
        by: i64,
    },
    /// What it is about is not there, and why.
    Unfit(String),
}

/// A reading on its way to be corrected. Rows are marked as gone first, so that places hold until the end.
pub(super) struct Work<'r> {
    pub article: &'r mut Article,
    pub findings: &'r mut Findings,
    pub gone: Gone,
    /// For each entity, the one it became part of.
    pub merged: Vec<usize>,
}

/// Which findings are to go.
#[derive(Debug, Default)]
pub(super) struct Gone {
    pub mentions: Vec<bool>,
    pub entities: Vec<bool>,
    pub quotes: Vec<bool>,
    pub figures: Vec<bool>,
}

impl Work<'_> {
    /// The entity that this one became part of, or itself.
    pub fn entity(&self, mut entity: usize) -> usize {
        while self.merged[entity] != entity {
            entity = self.merged[entity];
        }
        entity
    }
}

/// Corrects a reading. `corrections` are those that may concern the article: of its sources, and of the
/// archive; one of the archive that is about nothing in it has no outcome.
pub fn apply(reading: &mut Reading, corrections: &[Correction]) -> Vec<Outcome> {
    if corrections.is_empty() {
        return Vec::new();
    }
    let placed: Vec<Correction> = corrections.iter().map(|c| c.placed(&reading.article.text)).collect();
    let mut order: Vec<&Correction> = placed.iter().collect();
    order.sort_by_key(|c| (c.subject, c.rank()));
    let Reading { article, findings } = reading;
    let gone = Gone {
        mentions: vec![false; findings.mentions.len()],
        entities: vec![false; findings.entities.len()],
        quotes: vec![false; findings.quotes.len()],
        figures: vec![false; findings.figures.len()],
    };
    let merged = (0..findings.entities.len()).collect();
    let mut work = Work { article, findings, gone, merged };
    let mut outcomes = Vec::new();
    for correction in &order {
        let overruling = order
            .iter()
            .filter(|other| other.contradicts(correction) && other.rank() > correction.rank())
            .max_by_key(|other| other.rank());
        let found = match overruling {
            Some(by) => Some((Row::None, State::Overruled { by: by.id })),
            None => one(&mut work, correction),
        };
        if let Some((row, state)) = found {
            let Correction { id, subject, .. } = **correction;
            outcomes.push(Outcome { correction: id, subject, row, state });
        }
    }
    let places = compact(&mut work);
    for outcome in &mut outcomes {
        outcome.row = match outcome.row {
            Row::Entity(entity) => places.entities[work.entity(entity)].map_or(Row::None, Row::Entity),
            Row::Quote(quote) => places.quotes[quote].map_or(Row::None, Row::Quote),
            Row::Figure(figure) => places.figures[figure].map_or(Row::None, Row::Figure),
            row => row,
        };
    }
    outcomes
}

fn one(work: &mut Work<'_>, correction: &Correction) -> Option<(Row, State)> {
    let corrected = match correction.subject {
        Subject::Article => article::correct(work.article, correction).map(|()| Row::Article),
        Subject::Outlet => return article::correct_outlet(work.article, correction),
        Subject::Entity if correction.source.is_none() => return entities::over_archive(work, correction),
        Subject::Entity => entities::in_article(work, correction),
        Subject::Quote => quotes::correct(work, correction),
        Subject::Figure => figures::correct(work, correction),
    };
    Some(match corrected {
        Ok(row) => (row, State::Applied),
        Err(reason) => (Row::None, State::Unfit(reason)),
    })
}

/// Where each finding went; `None` for those that are gone.
struct Places {
    entities: Vec<Option<usize>>,
    quotes: Vec<Option<usize>>,
    figures: Vec<Option<usize>>,
}

/// Takes out what is gone, and lets what stays point to what stays.
fn compact(work: &mut Work<'_>) -> Places {
    let mentions = kept(&work.gone.mentions);
    let entities = kept(&work.gone.entities);
    let roots: Vec<usize> = (0..work.merged.len()).map(|entity| work.entity(entity)).collect();
    let findings = &mut *work.findings;
    retain(&mut findings.mentions, &work.gone.mentions);
    for description in &mut findings.descriptions {
        description.entity = roots[description.entity];
    }
    findings.descriptions.retain(|d| entities[d.entity].is_some());
    for description in &mut findings.descriptions {
        description.entity = entities[description.entity].expect("those of gone entities went");
    }
    for speaker in findings.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut()) {
        let entity = speaker.entity.map(|entity| roots[entity]);
        speaker.entity = entity.and_then(|entity| entities[entity]);
        if entity.is_some() && speaker.entity.is_none() {
            speaker.steps = format!("{}: whom it was traced to is none", super::RULE);
        }
        speaker.mention = speaker.mention.and_then(|mention| mentions[mention]);
    }
    retain(&mut findings.entities, &work.gone.entities);
    for entity in &mut findings.entities {
        entity.mentions = entity.mentions.iter().filter_map(|&mention| mentions[mention]).collect();
    }
    let (quotes, figures) = (kept(&work.gone.quotes), kept(&work.gone.figures));
    retain(&mut findings.quotes, &work.gone.quotes);
    retain(&mut findings.figures, &work.gone.figures);
    Places { entities, quotes, figures }
}

fn kept(gone: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0;
    gone.iter()
        .map(|gone| {
            (!gone).then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn retain<T>(items: &mut Vec<T>, gone: &[bool]) {
    let mut gone = gone.iter();
    items.retain(|_| !gone.next().copied().unwrap_or(false));
}
