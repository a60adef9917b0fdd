//! Reading kept documents again, with better extractors than those that read them before.
//!
//! An article at a time, each in a transaction of its own: it may be stopped at any moment, and the next run
//! goes on where it stopped, because what was read again bears the newer version. Ids survive; what differs
//! becomes rows of `changes`.

use std::time::Instant;

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::ahead::{BATCH, failed};
use super::import::Report;
use super::run::{self, Counts, Problem};
use super::write::{self, Became, Stop};
use super::{Archive, Error, ImportLock, sources};
use crate::document::{Document, Given};
use crate::pipeline::{EXTRACTOR_VERSION, Reading};

/// Which articles to read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Those that older extractors read.
    Outdated,
    /// All.
    All,
    /// These.
    Articles(Vec<i64>),
}

// Without the plus, all articles are walked in their order rather than the few by their index.
const SELECT_OUTDATED: &str = "SELECT id FROM articles WHERE extractor_version < ?1 ORDER BY +id";
const SELECT_ALL: &str = "SELECT id FROM articles WHERE ?1 > 0 ORDER BY id";
const SELECT_KEPT: &str = "SELECT document_id, source FROM articles WHERE id = ?1";

/// A document to be read again.
struct Kept {
    article: i64,
    document_id: i64,
    document: Document,
    given: Given,
}

/// Reads kept documents again; `progress` is told the counts after every article.
pub fn reextract(
    archive: &mut Archive,
    _lock: &ImportLock,
    which: &Which,
    progress: &mut dyn FnMut(&Counts),
) -> Result<Report, Error> {
    let began = Instant::now();
    let path = archive.path().to_path_buf();
    let sql_error = |source| Error::sql(&path, source);
    let ids = ids(archive.connection(), which).map_err(sql_error)?;
    let asked: Vec<String> = match which {
        Which::Outdated => vec!["outdated".to_owned()],
        Which::All => vec!["all".to_owned()],
        Which::Articles(ids) => ids.iter().map(i64::to_string).collect(),
    };
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let run =
        run::start(archive.connection(), "reextract", jiff::Timestamp::now(), &asked).map_err(sql_error)?;
    let mut report = Report::of(run);
    for ids in ids.chunks(BATCH) {
        let kept = ids.iter().filter_map(|id| kept(archive.connection(), *id).transpose());
        let kept: Vec<Kept> = kept.collect::<rusqlite::Result<_>>().map_err(sql_error)?;
        let read: Vec<_> =
            kept.par_iter().map(|kept| write::read_through(&kept.document, &kept.given)).collect();
        for (kept, reading) in kept.iter().zip(read) {
            let written =
                reading.and_then(|mut reading| Ok(write(archive.connection_mut(), run, kept, &mut reading)?));
            match written {
                Ok(0) => report.counts.count(Became::Unchanged { reextracted: true }),
                Ok(_) => {
                    report.counts.count(Became::Changed);
                    report.counts.reextracted += 1;
                }
                Err(Stop::Sql(source)) => return Err(sql_error(source)),
                Err(stop) => problem(archive.connection(), &mut report, failed(&kept.document.source, &stop))
                    .map_err(sql_error)?,
            }
            progress(&report.counts);
        }
    }
    report.unfit_corrections = archive.unfit_corrections()?;
    run::finish(archive.connection(), run, jiff::Timestamp::now(), &report.counts).map_err(sql_error)?;
    report.took = began.elapsed();
    Ok(report)
}

fn ids(connection: &Connection, which: &Which) -> rusqlite::Result<Vec<i64>> {
    let sql = match which {
        Which::Outdated => SELECT_OUTDATED,
        Which::All => SELECT_ALL,
        Which::Articles(ids) => return Ok(ids.clone()),
    };
    connection.prepare(sql)?.query_map([EXTRACTOR_VERSION], |row| row.get(0))?.collect()
}

fn kept(connection: &Connection, article: i64) -> rusqlite::Result<Option<Kept>> {
    let row: Option<(i64, String)> = connection
        .prepare_cached(SELECT_KEPT)?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((document_id, source)) = row else { return Ok(None) };
    let given = sources::given_to(connection, article)?;
    let document = sources::kept(connection, document_id, source, &given)?;
    Ok(Some(Kept { article, document_id, document, given }))
}

fn write(
    connection: &mut Connection,
    run: i64,
    kept: &Kept,
    reading: &mut Reading,
) -> rusqlite::Result<usize> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let whose = (kept.article, run);
    let changed = write::read_again(&transaction, whose, (&kept.document, kept.document_id), reading)?;
    transaction.commit()?;
    Ok(changed)
}

fn problem(connection: &Connection, report: &mut Report, problem: Problem) -> rusqlite::Result<()> {
    run::record(connection, report.run, &problem)?;
    report.tell(problem);
    Ok(())
}
