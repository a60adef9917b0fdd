//! Writing articles anew that a correction concerns: from their kept documents, each in a transaction of its
//! own. Which ones is itself kept, so that a program that was killed in between leaves nothing by half.

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::NewCorrection;
use crate::document::{Document, Given};
use crate::store::write::read_through;
use crate::store::{Archive, Error, articles, findings, sources};

/// Articles read through at once.
const BATCH: i64 = 64;

const MARK: &str = "INSERT OR IGNORE INTO pending_corrections (article_id) VALUES (?1)";
const MARK_SOURCE: &str = "
    INSERT OR IGNORE INTO pending_corrections (article_id) SELECT article_id FROM sources WHERE source = ?1";
const MARK_ENTITY: &str = "
    INSERT OR IGNORE INTO pending_corrections (article_id)
    SELECT article_id FROM article_entities
    WHERE kind = substr(?1, 1, instr(?1, ':') - 1) AND key = substr(?1, instr(?1, ':') + 1)";
const MARK_OUTLET: &str = "
    INSERT OR IGNORE INTO pending_corrections (article_id)
    SELECT a.id FROM articles a JOIN outlets o ON o.id = a.outlet_id
    WHERE o.key = substr(?1, instr(?1, ':') + 1)";
// Where earlier ones of the same name hold: they may be overruled now.
const MARK_SAME_KEY: &str = "
    INSERT OR IGNORE INTO pending_corrections (article_id)
    SELECT p.article_id FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id
    WHERE c.source IS NULL AND c.retired_at IS NULL AND c.key = ?1";
const MARK_APPLIED: &str = "
    INSERT OR IGNORE INTO pending_corrections (article_id)
    SELECT article_id FROM applied_corrections WHERE correction_id = ?1";
// CROSS: what waits comes first, so that it is not all articles that are looked through when nothing does.
const SELECT_PENDING: &str = "
    SELECT a.id, a.source, a.document_id
    FROM pending_corrections p CROSS JOIN articles a ON a.id = p.article_id
    ORDER BY p.article_id LIMIT ?1";
const SELECT_DOCUMENT: &str = "
    SELECT a.document_id FROM pending_corrections p JOIN articles a ON a.id = p.article_id
    WHERE p.article_id = ?1";
const UNMARK: &str = "DELETE FROM pending_corrections WHERE article_id = ?1";

/// Marks an article to be written anew, if there are corrections at all.
pub(in crate::store) fn mark(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    if connection.prepare_cached("SELECT 1 FROM corrections")?.exists([])? {
        connection.prepare_cached(MARK)?.execute([article])?;
    }
    Ok(())
}

/// Marks the articles that a new correction concerns.
pub(super) fn mark_concerned(
    connection: &Connection,
    new: &NewCorrection,
    key: Option<&str>,
) -> rusqlite::Result<()> {
    match (&new.source, key) {
        (Some(source), _) => {
            connection.execute(MARK_SOURCE, [source])?;
        }
        (None, Some(key)) => {
            let of_outlet = new.subject == crate::correct::Subject::Outlet;
            connection.execute(if of_outlet { MARK_OUTLET } else { MARK_ENTITY }, [key])?;
            connection.execute(MARK_SAME_KEY, [key])?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// Marks the articles that a correction had an outcome in.
pub(super) fn mark_applied(connection: &Connection, correction: i64) -> rusqlite::Result<()> {
    connection.execute(MARK_APPLIED, [correction])?;
    Ok(())
}

/// Writes all marked articles anew; says how many.
pub(in crate::store) fn catch_up(archive: &mut Archive) -> Result<u64, Error> {
    let mut done = 0;
    loop {
        let batch = pending(archive.connection()).map_err(|source| archive.error(source))?;
        if batch.is_empty() {
            return Ok(done);
        }
        let read: Vec<_> = batch
            .into_par_iter()
            .map(|(article, document, row, given)| {
                let reading = read_through(&document, &given).ok();
                (article, document, row, reading)
            })
            .collect();
        for (article, document, row, reading) in read {
            let path = archive.path().to_path_buf();
            let sql_error = |source| Error::sql(&path, source);
            let transaction = archive
                .connection_mut()
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(sql_error)?;
            let current: Option<i64> = transaction
                .query_row(SELECT_DOCUMENT, [article], |row| row.get(0))
                .optional()
                .map_err(sql_error)?;
            // Another program may have written it meanwhile, or given it other bytes.
            if current.is_some_and(|current| current != row) {
                continue;
            }
            if let (Some(mut reading), Some(_)) = (reading, current) {
                write(&transaction, article, &document, row, &mut reading).map_err(sql_error)?;
                done += 1;
            }
            transaction.execute(UNMARK, [article]).map_err(sql_error)?;
            transaction.commit().map_err(sql_error)?;
        }
    }
}

fn pending(connection: &Connection) -> rusqlite::Result<Vec<(i64, Document, i64, Given)>> {
    let mut statement = connection.prepare_cached(SELECT_PENDING)?;
    let rows: Vec<(i64, String, i64)> = statement
        .query_map([BATCH], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    rows.into_iter()
        .map(|(article, source, row)| {
            let given = sources::given_to(connection, article)?;
            Ok((article, sources::kept(connection, row, source, &given)?, row, given))
        })
        .collect()
}

/// Writes an article over its row, corrected.
pub(in crate::store) fn write(
    connection: &Connection,
    article: i64,
    document: &Document,
    row: i64,
    reading: &mut crate::pipeline::Reading,
) -> rusqlite::Result<()> {
    let outcomes = super::apply(connection, &document.source, reading)?;
    articles::update(connection, article, document, &reading.article, row)?;
    let rows = findings::replace(connection, article, &reading.article.text, &reading.findings)?;
    super::record(connection, article, &outcomes, &rows)
}
