//! Changes: what differs between two revisions of an article, as facts rather than as lines.
//!
//! [`Facts`] are what an article says that people ask about; [`compare`] aligns two of them; the rows of
//! `changes` keep the answer, written in the transaction that made the revision.

mod compare;
mod facts;
mod likeness;

use rusqlite::{Connection, named_params};

pub use compare::{Change, compare};
pub use facts::Facts;
pub use likeness::is_another_story;

const INSERT: &str = "
    INSERT INTO changes (article_id, run_id, from_revision, revision, subject, what, about, before, after,
                         before_value, after_value, before_id, after_id)
    VALUES (:article, :run, :from, :to, :subject, :what, :about, :before, :after,
            :before_value, :after_value, :before_id, :after_id)";

const SELECT_IS_TOLD: &str = "
    SELECT 1 FROM changes
    WHERE article_id = ?1 AND from_revision = ?2 AND revision = ?3 AND subject <> 'source'";

const SELECT_REVISION: &str = "SELECT revision FROM articles WHERE id = ?1";

/// Whose changes, and between which revisions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub article: i64,
    pub run: i64,
    pub from: i64,
    pub to: i64,
}

/// Compares what an article said with what it says now, and keeps what differs; says how much that was.
pub(super) fn record(connection: &Connection, place: Place, before: &Facts) -> rusqlite::Result<usize> {
    let after = Facts::stored(connection, place.article)?;
    let changes = compare(before, &after);
    for change in &changes {
        insert(connection, place, change)?;
    }
    Ok(changes.len())
}

/// Whether it is told already what changed from one revision of an article to another.
pub(super) fn is_told(
    connection: &Connection,
    article: i64,
    (from, to): (i64, i64),
) -> rusqlite::Result<bool> {
    connection.prepare_cached(SELECT_IS_TOLD)?.exists((article, from, to))
}

/// The current revision of an article.
pub(super) fn revision(connection: &Connection, article: i64) -> rusqlite::Result<i64> {
    connection.prepare_cached(SELECT_REVISION)?.query_row([article], |row| row.get(0))
}

/// Keeps that a source of an article vanished or returned.
pub(super) fn note_source(
    connection: &Connection,
    (article, run): (i64, i64),
    what: &'static str,
    source: &str,
) -> rusqlite::Result<()> {
    let revision = revision(connection, article)?;
    let change = Change { about: Some(source.to_owned()), ..Change::new("source", what) };
    insert(connection, Place { article, run, from: revision, to: revision }, &change)
}

fn insert(connection: &Connection, place: Place, change: &Change) -> rusqlite::Result<()> {
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":article": place.article,
        ":run": place.run,
        ":from": place.from,
        ":to": place.to,
        ":subject": change.subject,
        ":what": change.what,
        ":about": change.about,
        ":before": change.before,
        ":after": change.after,
        ":before_value": change.before_value,
        ":after_value": change.after_value,
        ":before_id": change.before_id,
        ":after_id": change.after_id,
    })?;
    Ok(())
}
