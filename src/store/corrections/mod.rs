//! Corrections in the archive: kept, found for the article that is written, and what became of them.
//!
//! [`make`] keeps them and brings the articles they concern up to date at once ([`rerun`]).

mod concerning;
mod make;
mod rerun;

use rusqlite::{Connection, Row, named_params};

use super::findings::Rows;
use super::{Archive, Error};
use crate::correct::{self, Correction, Outcome, State, Subject};
use crate::finding::EntityKind;
use crate::pipeline::Reading;
use crate::resolve::link_key;

pub use make::{Made, NewCorrection, Refused};
pub(super) use rerun::{catch_up, mark, write as rewrite};

const DELETE_OUTCOMES: &str = "DELETE FROM applied_corrections WHERE article_id = ?1";
const INSERT_OUTCOME: &str = "
    INSERT INTO applied_corrections (correction_id, article_id, outcome, subject, row_id, reason)
    VALUES (:correction, :article, :outcome, :subject, :row, :reason)";
const SELECT_LATER: &str = "
    SELECT 'overruled by correction ' || id || ' of ' || author || ', ' || made_at FROM corrections WHERE id = ?1";

const COUNT_UNFIT: &str = "SELECT count(*) FROM corrections_full WHERE state = 'unfit'";

impl Archive {
    /// How many corrections fit nothing that is in the archive now.
    pub fn unfit_corrections(&self) -> Result<i64, Error> {
        self.connection().query_row(COUNT_UNFIT, [], |row| row.get(0)).map_err(|source| self.error(source))
    }
}

/// Applies the corrections that concern an article to what was just read of it from `source`.
pub(super) fn apply(
    connection: &Connection,
    source: &str,
    reading: &mut Reading,
) -> rusqlite::Result<Vec<Outcome>> {
    let corrections = concerning::corrections(connection, source, reading)?;
    Ok(correct::apply(reading, &corrections))
}

/// Records what became of an article's corrections, once its rows are written.
pub(super) fn record(
    connection: &Connection,
    article: i64,
    outcomes: &[Outcome],
    rows: &Rows,
) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_OUTCOMES)?.execute([article])?;
    for outcome in outcomes {
        let row = match outcome.row {
            correct::Row::None => None,
            correct::Row::Article => Some(article),
            correct::Row::Entity(entity) => rows.entities.get(entity).copied(),
            correct::Row::Quote(quote) => rows.quotes.get(quote).copied(),
            correct::Row::Figure(figure) => rows.figures.get(figure).copied(),
        };
        let (word, reason) = match &outcome.state {
            State::Applied => ("applied", None),
            State::Overruled { by } => {
                let told: String =
                    connection.prepare_cached(SELECT_LATER)?.query_row([by], |row| row.get(0))?;
                ("overruled", Some(told))
            }
            State::Unfit(reason) => ("unfit", Some(reason.clone())),
        };
        connection.prepare_cached(INSERT_OUTCOME)?.execute(named_params! {
            ":correction": outcome.correction,
            ":article": article,
            ":outcome": word,
            ":subject": outcome.subject.as_str(),
            ":row": row,
            ":reason": reason,
        })?;
    }
    Ok(())
}

/// What archive-wide corrections of an outlet are found by.
fn outlet_key(name: &str) -> String {
    format!("outlet:{}", link_key(EntityKind::Organization, name).key)
}

/// What archive-wide corrections of an entity are found by.
fn entity_key(kind: EntityKind, key: &str) -> String {
    format!("{}:{key}", kind.as_str())
}

/// Columns that [`correction`] reads.
const COLUMNS: &str = "id, made_at, author, subject, source, anchor, occurrence, field, value, context";

fn correction(row: &Row<'_>) -> rusqlite::Result<Correction> {
    let subject: String = row.get(3)?;
    let occurrence: i64 = row.get(6)?;
    Ok(Correction {
        id: row.get(0)?,
        made_at: row.get(1)?,
        author: row.get(2)?,
        // The schema lets no other word in.
        subject: Subject::parse(&subject).unwrap_or(Subject::Article),
        source: row.get(4)?,
        anchor: row.get(5)?,
        occurrence: usize::try_from(occurrence).unwrap_or(1),
        field: row.get(7)?,
        value: row.get(8)?,
        context: row.get(9)?,
    })
}
