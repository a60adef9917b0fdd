//! Runs: one row an import, with counts that add up, and a row for every document it could not take.

use rusqlite::{Connection, named_params};

use super::utterances;
use super::write::Became;
use crate::pipeline::EXTRACTOR_VERSION;

/// What became of the documents a run found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Documents seen.
    pub found: u64,
    /// Articles that were not there before.
    pub new: u64,
    /// Documents whose article's text or metadata changed, or that parted from copies of theirs or became one.
    pub changed: u64,
    /// Documents that say what they said before.
    pub unchanged: u64,
    /// New sources of bytes that the archive holds already.
    pub duplicate: u64,
    /// Documents that no article can be read from.
    pub refused: u64,
    /// Documents that could not be read, or not be stored.
    pub failed: u64,
    /// Files that are no documents; not part of `found`.
    pub passed_over: u64,
    /// Of the unchanged, those read again by newer extractors.
    pub reextracted: u64,
    /// Sources that are gone from a folder that could be read; not part of `found`.
    pub vanished: u64,
    /// Of the found, those that were gone and are back.
    pub returned: u64,
}

impl Counts {
    /// Counts a document that was written.
    pub(super) fn count(&mut self, became: Became) {
        self.found += 1;
        match became {
            Became::New => self.new += 1,
            Became::Changed => self.changed += 1,
            Became::Duplicate => self.duplicate += 1,
            Became::Unchanged { reextracted } => {
                self.unchanged += 1;
                self.reextracted += u64::from(reextracted);
            }
        }
    }

    /// Counts a document that was not taken.
    pub(super) fn count_problem(&mut self, problem: &Problem) {
        self.found += 1;
        if problem.outcome == "refused" {
            self.refused += 1;
        } else {
            self.failed += 1;
        }
    }

    /// Counts a document that did not change and had been gone.
    pub(super) fn count_returned(&mut self) {
        self.count(Became::Unchanged { reextracted: false });
        self.returned += 1;
    }

    /// Whether every document found is accounted for.
    pub fn add_up(&self) -> bool {
        self.found == self.new + self.changed + self.unchanged + self.duplicate + self.refused + self.failed
    }
}

/// Why a document was not taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Where it is.
    pub source: String,
    /// "refused" or "failed".
    pub outcome: &'static str,
    /// The place in it, where there is one.
    pub place: Option<String>,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl Problem {
    /// Where it is, for people: of a record, with its line.
    pub fn told_place(&self) -> String {
        told_place(&self.source, self.place.as_deref())
    }
}

/// A source and the line in it, where that is what is known of the place; all else stands in the reason.
pub(super) fn told_place(source: &str, place: Option<&str>) -> String {
    match place.filter(|place| place.starts_with("line ")) {
        Some(line) => format!("{source}, {line}"),
        None => source.to_owned(),
    }
}

const START: &str = "
    INSERT INTO runs (started_at, verb, asked, program_version, extractor_version)
    VALUES (:started_at, :verb, :asked, :program_version, :extractor_version)";

const FINISH: &str = "
    UPDATE runs
    SET finished_at = :finished_at, found = :found, new = :new, changed = :changed, unchanged = :unchanged,
        duplicate = :duplicate, refused = :refused, failed = :failed, passed_over = :passed_over,
        reextracted = :reextracted, vanished = :vanished, returned = :returned
    WHERE id = :id";

const INSERT_PROBLEM: &str = "
    INSERT INTO problems (run_id, source, outcome, place, reason)
    VALUES (:run_id, :source, :outcome, :place, :reason)";

/// Records that a run began; returns its id.
pub(super) fn start(
    connection: &Connection,
    verb: &str,
    started: jiff::Timestamp,
    asked: &[&str],
) -> rusqlite::Result<i64> {
    connection.execute(
        START,
        named_params! {
            ":started_at": moment(started),
            ":verb": verb,
            ":asked": serde_json::json!(asked).to_string(),
            ":program_version": env!("CARGO_PKG_VERSION"),
            ":extractor_version": EXTRACTOR_VERSION,
        },
    )?;
    Ok(connection.last_insert_rowid())
}

/// Records how a run ended, once the utterances are up to date with what it wrote, whatever verb it was.
pub(super) fn finish(
    connection: &Connection,
    id: i64,
    ended: jiff::Timestamp,
    counts: &Counts,
) -> rusqlite::Result<()> {
    utterances::settle_all(connection)?;
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    connection.execute(
        FINISH,
        named_params! {
            ":id": id,
            ":finished_at": moment(ended),
            ":found": number(counts.found),
            ":new": number(counts.new),
            ":changed": number(counts.changed),
            ":unchanged": number(counts.unchanged),
            ":duplicate": number(counts.duplicate),
            ":refused": number(counts.refused),
            ":failed": number(counts.failed),
            ":passed_over": number(counts.passed_over),
            ":reextracted": number(counts.reextracted),
            ":vanished": number(counts.vanished),
            ":returned": number(counts.returned),
        },
    )?;
    Ok(())
}

/// Records a document that was not taken.
pub(super) fn record(connection: &Connection, run: i64, problem: &Problem) -> rusqlite::Result<()> {
    connection.prepare_cached(INSERT_PROBLEM)?.execute(named_params! {
        ":run_id": run,
        ":source": problem.source,
        ":outcome": problem.outcome,
        ":place": problem.place,
        ":reason": problem.reason,
    })?;
    Ok(())
}

/// A moment as the archive writes it: UTC, to the second.
fn moment(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
