//! What is in an archive: sizes, versions, the last runs.

use rusqlite::{OptionalExtension, Row};

use super::run::told_place;
use super::{Archive, Error, standing};
use crate::pipeline::EXTRACTOR_VERSION;

/// An archive at a glance.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Status {
    /// Schema version of the archive.
    pub schema: i32,
    /// Version of the extractors in this program.
    pub extractor_version: u32,
    /// Articles that older extractors read; the next import reads them again.
    pub outdated: i64,
    /// Articles.
    pub articles: i64,
    /// Earlier revisions of articles.
    pub past_revisions: i64,
    /// Sources that hold the articles' documents.
    pub sources: i64,
    /// Kept documents.
    pub documents: i64,
    /// Bytes of the kept documents.
    pub document_bytes: i64,
    /// Bytes of the archive, without its log.
    pub archive_bytes: i64,
    /// Entities.
    pub entities: i64,
    /// Quotes, of all kinds.
    pub quotes: i64,
    /// Figures.
    pub figures: i64,
    /// Outlets.
    pub outlets: i64,
    /// The first and the last date of publication.
    pub published: Option<(String, String)>,
    /// Sources that are gone from their folders.
    pub vanished_sources: i64,
    /// Articles that no source holds any more.
    pub vanished_articles: i64,
    /// Changes of facts that are kept.
    pub changes: i64,
    /// Corrections that hold.
    pub corrections: i64,
    /// Runs.
    pub runs: i64,
    /// Runs that were stopped before they ended, or are going on: those since the last one that ended, which
    /// completed what was left of those before it.
    pub unfinished_runs: i64,
    /// Seconds since the last run ended; `None` where none did. Never below zero, whatever the clock did.
    pub age_seconds: Option<i64>,
    /// The last run.
    pub last_run: Option<Run>,
    /// What the last run refused or could not read, the first twenty.
    pub problems: Vec<Trouble>,
    /// Documents that runs refused or could not read, and none since has taken or found to be gone.
    pub still_refused: usize,
    /// The first twenty of them.
    pub refused_documents: Vec<Trouble>,
}

/// A run as its row has it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[allow(missing_docs)]
pub struct Run {
    pub id: i64,
    /// "import" or "reextract".
    pub verb: String,
    pub started_at: String,
    /// `None` when it is going on, or was stopped.
    pub finished_at: Option<String>,
    pub found: i64,
    pub new: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub duplicate: i64,
    pub refused: i64,
    pub failed: i64,
    pub passed_over: i64,
    pub reextracted: i64,
    pub vanished: i64,
    pub returned: i64,
}

/// A document that a run did not take.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[allow(missing_docs)]
pub struct Trouble {
    pub source: String,
    pub outcome: String,
    /// The place in it, where there is one.
    pub place: Option<String>,
    pub reason: String,
    /// When it was met last, where that may be another run than the last.
    pub met_at: Option<String>,
}

impl Trouble {
    /// Where it is, for people: of a record, with its line.
    pub fn told_place(&self) -> String {
        told_place(&self.source, self.place.as_deref())
    }
}

/// Problems that are listed; all are counted, and are rows of the table.
const LISTED: u32 = 20;

const COUNTS: &str = "
    SELECT (SELECT user_version FROM pragma_user_version),
           (SELECT count(*) FROM articles WHERE extractor_version < ?1),
           (SELECT count(*) FROM articles),
           (SELECT count(*) FROM past_articles),
           (SELECT count(*) FROM sources),
           (SELECT count(*) FROM documents),
           (SELECT coalesce(sum(size), 0) FROM documents),
           (SELECT p.page_count * s.page_size FROM pragma_page_count p, pragma_page_size s),
           (SELECT count(*) FROM entities),
           (SELECT count(*) FROM quotes),
           (SELECT count(*) FROM figures),
           (SELECT count(*) FROM outlets),
           (SELECT min(published) FROM articles),
           (SELECT max(published) FROM articles),
           (SELECT count(*) FROM runs),
           (SELECT count(*) FROM sources WHERE vanished_run_id IS NOT NULL),
           (SELECT count(*) FROM articles WHERE vanished_run_id IS NOT NULL),
           (SELECT count(*) FROM changes),
           (SELECT count(*) FROM corrections WHERE retired_at IS NULL),
           (SELECT count(*) FROM runs
            WHERE finished_at IS NULL
              AND id > coalesce((SELECT max(id) FROM runs WHERE finished_at IS NOT NULL), 0)),
           (SELECT finished_at FROM runs WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1)";

const HIGHEST_ARTICLE: &str = "SELECT coalesce(max(id), 0) FROM articles";

const LAST_RUN: &str = "
    SELECT id, started_at, finished_at, found, new, changed, unchanged, duplicate, refused, failed, passed_over,
           verb, reextracted, vanished, returned
    FROM runs
    ORDER BY id DESC
    LIMIT 1";

const LAST_PROBLEMS: &str = "
    SELECT source, outcome, place, reason FROM problems
    WHERE run_id = (SELECT max(id) FROM runs)
    ORDER BY id
    LIMIT ?1";

const CHANGED_BY: &str = "
    SELECT subject, what, count(*) FROM changes WHERE run_id = ?1 GROUP BY subject, what ORDER BY subject, what";

impl Archive {
    /// How many facts of each kind a run found changed: subject, what, how many.
    pub fn changed_by(&self, run: i64) -> Result<Vec<(String, String, i64)>, Error> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut statement = self.connection().prepare(CHANGED_BY)?;
            let rows = statement.query_map([run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect()
        };
        read().map_err(|source| self.error(source))
    }

    /// The highest id of an article: about how many there are, known at once in an archive of any size.
    pub fn highest_article(&self) -> Result<u64, Error> {
        self.connection()
            .query_row(HIGHEST_ARTICLE, [], |row| row.get::<_, u32>(0).map(u64::from))
            .map_err(|source| self.error(source))
    }

    /// The archive at a glance.
    pub fn status(&self) -> Result<Status, Error> {
        self.read_status().map_err(|source| self.error(source))
    }

    fn read_status(&self) -> rusqlite::Result<Status> {
        let connection = self.connection();
        let last_run = connection.query_row(LAST_RUN, [], run).optional()?;
        let mut problems = connection.prepare_cached(LAST_PROBLEMS)?;
        let problems = problems.query_map([LISTED], |row| {
            Ok(Trouble {
                source: row.get(0)?,
                outcome: row.get(1)?,
                place: row.get(2)?,
                reason: row.get(3)?,
                met_at: None,
            })
        })?;
        let problems = problems.collect::<rusqlite::Result<_>>()?;
        let mut refused_documents = standing::problems(connection)?;
        let still_refused = refused_documents.len();
        refused_documents.truncate(LISTED as usize);
        connection.query_row(COUNTS, [EXTRACTOR_VERSION], |row| {
            let published: (Option<String>, Option<String>) = (row.get(12)?, row.get(13)?);
            Ok(Status {
                schema: row.get(0)?,
                extractor_version: EXTRACTOR_VERSION,
                outdated: row.get(1)?,
                articles: row.get(2)?,
                past_revisions: row.get(3)?,
                sources: row.get(4)?,
                documents: row.get(5)?,
                document_bytes: row.get(6)?,
                archive_bytes: row.get(7)?,
                entities: row.get(8)?,
                quotes: row.get(9)?,
                figures: row.get(10)?,
                outlets: row.get(11)?,
                published: published.0.zip(published.1),
                runs: row.get(14)?,
                vanished_sources: row.get(15)?,
                vanished_articles: row.get(16)?,
                changes: row.get(17)?,
                corrections: row.get(18)?,
                unfinished_runs: row.get(19)?,
                age_seconds: age(row.get(20)?),
                last_run,
                problems,
                still_refused,
                refused_documents,
            })
        })
    }
}

/// Seconds since a moment.
fn age(since: Option<String>) -> Option<i64> {
    let since: jiff::Timestamp = since?.parse().ok()?;
    Some((jiff::Timestamp::now().as_second() - since.as_second()).max(0))
}

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: row.get(0)?,
        started_at: row.get(1)?,
        finished_at: row.get(2)?,
        found: row.get(3)?,
        new: row.get(4)?,
        changed: row.get(5)?,
        unchanged: row.get(6)?,
        duplicate: row.get(7)?,
        refused: row.get(8)?,
        failed: row.get(9)?,
        passed_over: row.get(10)?,
        verb: row.get(11)?,
        reextracted: row.get(12)?,
        vanished: row.get(13)?,
        returned: row.get(14)?,
    })
}
