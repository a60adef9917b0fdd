//! Documents and the sources that hold them: what tells a document from others across imports.

use std::sync::Arc;
use std::time::SystemTime;

use rusqlite::{Connection, OptionalExtension, named_params};

use super::shelf::Kept;
use crate::document::{Document, Given, Media};

/// What the archive knows of a source.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub article: i64,
    pub document: i64,
    pub hash: String,
    pub size: Option<i64>,
    pub modified: Option<String>,
    pub extractor_version: u32,
    pub given: Option<String>,
}

/// A file's size and time, by which one that did not change is passed over without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    pub size: i64,
    /// `None` when it cannot tell a later edit.
    pub modified: Option<String>,
}

impl Stamp {
    /// Whether a file of this size and time is the one that was read last.
    pub fn is_of(&self, kept: &Kept) -> bool {
        kept.modified.is_some() && kept.size == Some(self.size) && kept.modified == self.modified
    }

    /// `settled` is the moment from which a file's time is too fresh to be trusted: some file systems keep
    /// times of two seconds, so that an edit right after the reading would leave the time as it was.
    pub fn new(size: u64, modified: Option<SystemTime>, settled: SystemTime) -> Stamp {
        let modified = modified
            .filter(|modified| *modified < settled)
            .and_then(|modified| jiff::Timestamp::try_from(modified).ok())
            .map(|modified| format!("{modified:.9}"));
        Stamp { size: i64::try_from(size).unwrap_or(i64::MAX), modified }
    }
}

const SELECT_SOURCE: &str = "
    SELECT s.article_id, s.document_id, d.hash, s.size, s.modified, a.extractor_version,
           s.given
    FROM sources s
    JOIN documents d ON d.id = s.document_id
    JOIN articles a ON a.id = s.article_id
    WHERE s.source = ?1";

const SELECT_DOCUMENT: &str = "SELECT id FROM documents WHERE hash = ?1";

const SELECT_KEPT: &str = "SELECT media, bytes FROM documents WHERE id = ?1";

const SELECT_CURRENT: &str = "
    SELECT a.id, d.id, a.extractor_version
    FROM documents d JOIN articles a ON a.document_id = d.id
    WHERE d.hash = ?1";

const SELECT_IS_CURRENT: &str = "
    SELECT 1 FROM documents d JOIN articles a ON a.document_id = d.id
    WHERE d.hash = ?1 AND a.extractor_version >= ?2";

const INSERT_DOCUMENT: &str = "
    INSERT INTO documents (hash, media, size, bytes, first_run_id)
    VALUES (:hash, :media, length(:bytes), :bytes, :run)";

const INSERT_SOURCE: &str = "
    INSERT INTO sources (source, article_id, document_id, size, modified, given, first_run_id, run_id)
    VALUES (:source, :article, :document, :size, :modified, :given, :run, :run)";

const UPDATE_SOURCE: &str = "
    UPDATE sources
    SET article_id = :article, document_id = :document, size = :size, modified = :modified, given = :given,
        run_id = :run
    WHERE source = :source";

// Their size and time told of other bytes: a file that comes back with them is to be read.
const UPDATE_GONE: &str = "
    UPDATE sources SET document_id = ?2, size = NULL, modified = NULL
    WHERE article_id = ?1 AND vanished_run_id IS NOT NULL AND document_id <> ?2";

// An article is named after the first of its sources, so that no order of import shows.
const NAME_ARTICLE: &str = "
    UPDATE articles
    SET source = (SELECT min(source) FROM sources WHERE article_id = :article)
    WHERE id = :article AND source <> (SELECT min(source) FROM sources WHERE article_id = :article)";

const SELECT_ANY_OUTDATED: &str = "SELECT 1 FROM articles WHERE extractor_version < ?1 LIMIT 1";

const SELECT_EXTRACTOR: &str = "
    SELECT a.extractor_version FROM sources s JOIN articles a ON a.id = s.article_id WHERE s.source = ?1";

const SELECT_GIVEN: &str = "
    SELECT s.given FROM sources s JOIN articles a ON a.source = s.source WHERE a.id = ?1";

const SELECT_IS_NAMED: &str = "SELECT 1 FROM articles WHERE id = ?1 AND source = ?2";

const COUNT_SOURCES: &str = "SELECT count(*) FROM sources WHERE article_id = ?1";

/// What the archive knows of a source.
pub(super) fn known(connection: &Connection, source: &str) -> rusqlite::Result<Option<Known>> {
    connection
        .prepare_cached(SELECT_SOURCE)?
        .query_row([source], |row| {
            Ok(Known {
                article: row.get(0)?,
                document: row.get(1)?,
                hash: row.get(2)?,
                size: row.get(3)?,
                modified: row.get(4)?,
                extractor_version: row.get(5)?,
                given: row.get(6)?,
            })
        })
        .optional()
}

/// Whether older extractors read any article: otherwise no source has to be asked about.
pub(super) fn any_outdated(connection: &Connection, version: u32) -> rusqlite::Result<bool> {
    connection.prepare_cached(SELECT_ANY_OUTDATED)?.exists([version])
}

/// The extractors that read the article of a source.
pub(super) fn extractor_version(connection: &Connection, source: &str) -> rusqlite::Result<u32> {
    connection.prepare_cached(SELECT_EXTRACTOR)?.query_row([source], |row| row.get(0))
}

/// An article that has certain bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Current {
    pub article: i64,
    pub document: i64,
    pub extractor_version: u32,
}

/// The article that now has the bytes of this hash.
pub(super) fn current(connection: &Connection, hash: &str) -> rusqlite::Result<Option<Current>> {
    connection
        .prepare_cached(SELECT_CURRENT)?
        .query_row([hash], |row| {
            Ok(Current { article: row.get(0)?, document: row.get(1)?, extractor_version: row.get(2)? })
        })
        .optional()
}

/// A kept document, as if it had just been read from `source`, of which `given` is known.
pub(super) fn kept(
    connection: &Connection,
    id: i64,
    source: String,
    given: &Given,
) -> rusqlite::Result<Document> {
    connection.prepare_cached(SELECT_KEPT)?.query_row([id], |row| {
        let media: String = row.get(0)?;
        let media = match &given.fields {
            _ if media == Media::Plain.as_str() => Media::Plain,
            Some(fields) => Media::Record(Arc::new(fields.clone())),
            None => Media::Text,
        };
        Ok(Document { id: source.clone(), source, media, bytes: row.get(1)? })
    })
}

/// What a configuration says of an article: what it says of the source that the article is named after.
pub(super) fn given_to(connection: &Connection, article: i64) -> rusqlite::Result<Given> {
    let given: Option<Option<String>> =
        connection.prepare_cached(SELECT_GIVEN)?.query_row([article], |row| row.get(0)).optional()?;
    Ok(Given::from_json(given.flatten().as_deref()))
}

/// Whether an article has the bytes of this hash, read by these extractors or newer ones.
pub(super) fn is_current(connection: &Connection, hash: &str, version: u32) -> rusqlite::Result<bool> {
    connection.prepare_cached(SELECT_IS_CURRENT)?.exists((hash, version))
}

/// The row of a document's bytes, made where there is none.
pub(super) fn keep(
    connection: &Connection,
    document: &Document,
    hash: &str,
    run: i64,
) -> rusqlite::Result<i64> {
    let found = connection.prepare_cached(SELECT_DOCUMENT)?.query_row([hash], |row| row.get(0)).optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    connection.prepare_cached(INSERT_DOCUMENT)?.execute(named_params! {
        ":hash": hash,
        ":media": document.media.as_str(),
        ":bytes": document.bytes,
        ":run": run,
    })?;
    Ok(connection.last_insert_rowid())
}

/// Whose source, and what it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holding<'a> {
    pub source: &'a str,
    pub stamp: &'a Stamp,
    pub given: Option<&'a str>,
    pub article: i64,
    pub document: i64,
    pub run: i64,
}

/// Records a source that was not known.
pub(super) fn add(connection: &Connection, holding: Holding<'_>) -> rusqlite::Result<()> {
    write(connection, INSERT_SOURCE, holding)
}

/// Records what a known source holds now.
pub(super) fn update(connection: &Connection, holding: Holding<'_>) -> rusqlite::Result<()> {
    write(connection, UPDATE_SOURCE, holding)
}

/// Has the sources of an article that are gone go along with what it says now.
pub(super) fn update_gone(connection: &Connection, article: i64, document: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(UPDATE_GONE)?.execute((article, document))?;
    Ok(())
}

fn write(connection: &Connection, sql: &str, holding: Holding<'_>) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute(named_params! {
        ":source": holding.source,
        ":article": holding.article,
        ":document": holding.document,
        ":size": holding.stamp.size,
        ":modified": holding.stamp.modified,
        ":given": holding.given,
        ":run": holding.run,
    })?;
    Ok(())
}

/// Names an article after the first of its sources.
pub(super) fn name_article(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(NAME_ARTICLE)?.execute(named_params! {":article": article})?;
    Ok(())
}

/// Whether an article is named after a source.
pub(super) fn names(connection: &Connection, article: i64, source: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached(SELECT_IS_NAMED)?.exists((article, source))
}

/// How many sources hold an article.
pub(super) fn count(connection: &Connection, article: i64) -> rusqlite::Result<i64> {
    connection.prepare_cached(COUNT_SOURCES)?.query_row([article], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_time_too_fresh_tells_nothing() {
        let settled = SystemTime::UNIX_EPOCH + Duration::new(1_000_000, 5);
        let stamp = |modified| Stamp::new(3, Some(modified), settled).modified;
        assert_eq!(
            stamp(settled - Duration::from_nanos(1)).as_deref(),
            Some("1970-01-12T13:46:40.000000004Z")
        );
        assert_eq!(stamp(settled), None);
        assert_eq!(stamp(settled + Duration::from_secs(99)), None);
    }
}
