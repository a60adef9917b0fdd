//! Rows of files of records and of the records in them.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::super::sources::Stamp;
use super::ahead::Done;

const SELECT_FILE: &str = "
    SELECT id, found, size, modified, given, root FROM record_files WHERE file = ?1";

const SELECT_BELOW: &str = "
    SELECT file FROM record_files WHERE file >= ?1 AND (?2 = '' OR file < ?2) ORDER BY file";

const SELECT_ANY_OUTDATED: &str = "
    SELECT 1
    FROM records r
    CROSS JOIN sources s ON s.source = r.source
    CROSS JOIN articles a ON a.id = s.article_id
    WHERE r.file_id = ?1 AND a.extractor_version < ?2
    LIMIT 1";

const INSERT_FILE: &str = "
    INSERT INTO record_files (file, root, given, run_id) VALUES (:file, :root, :given, :run)
    ON CONFLICT (file) DO NOTHING
    RETURNING id";

const UNSTAMP: &str =
    "UPDATE record_files SET size = NULL, modified = NULL WHERE file = ?1 AND size IS NOT NULL";

const FINISH_FILE: &str = "
    UPDATE record_files
    SET found = :found, size = :size, modified = :modified, root = :root, given = :given, run_id = :run
    WHERE file = :file";

const DELETE_FILE: &str = "DELETE FROM record_files WHERE file = ?1";

const SELECT_ROW: &str = "
    SELECT d.hash, r.line
    FROM records r JOIN documents d ON d.id = r.document_id
    WHERE r.source = ?1 AND r.file_id = ?2";

// In pages, by their names, so that a file of any size is gone through in bounded memory.
const SELECT_AFTER: &str = "
    SELECT source FROM records WHERE file_id = ?1 AND source > ?2 ORDER BY source LIMIT ?3";

const UPSERT_ROW: &str = "
    INSERT INTO records (source, file_id, line, document_id) VALUES (:source, :file, :line, :document)
    ON CONFLICT (source, file_id) DO UPDATE SET line = excluded.line, document_id = excluded.document_id";

const DELETE_ROW: &str = "DELETE FROM records WHERE source = ?1 AND file_id = ?2";

const SELECT_FILES_OF: &str = "
    SELECT f.file FROM records r JOIN record_files f ON f.id = r.file_id WHERE r.source = ?1";

const SELECT_LAST: &str = "
    SELECT f.file, f.given, r.document_id, r.line, f.root
    FROM records r JOIN record_files f ON f.id = r.file_id
    WHERE r.source = ?1
    ORDER BY f.file DESC
    LIMIT 1";

/// A file of records, as it was read last.
#[derive(Debug, Clone)]
pub(in crate::store) struct File {
    pub id: i64,
    /// Records in it.
    pub found: u64,
    size: Option<i64>,
    modified: Option<String>,
    pub given: String,
    pub root: String,
}

impl File {
    /// Whether a file of this size and time is the one that was read to its end.
    pub fn is_of(&self, stamp: &Stamp) -> bool {
        stamp.modified.is_some() && self.size == Some(stamp.size) && self.modified == stamp.modified
    }

    /// Whether older extractors read any of the records in it.
    pub fn has_outdated(&self, connection: &Connection, version: u32) -> rusqlite::Result<bool> {
        connection.prepare_cached(SELECT_ANY_OUTDATED)?.exists((self.id, version))
    }

    /// The hash and the line of a record in it.
    pub fn row(&self, connection: &Connection, source: &str) -> rusqlite::Result<Option<(String, u64)>> {
        connection
            .prepare_cached(SELECT_ROW)?
            .query_row((source, self.id), |row| Ok((row.get(0)?, unsigned(row, 1)?)))
            .optional()
    }
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A file of records that the archive knows.
pub(in crate::store) fn file(connection: &Connection, file: &str) -> rusqlite::Result<Option<File>> {
    connection
        .prepare_cached(SELECT_FILE)?
        .query_row([file], |row| {
            Ok(File {
                id: row.get(0)?,
                found: unsigned(row, 1)?,
                size: row.get(2)?,
                modified: row.get(3)?,
                given: row.get(4)?,
                root: row.get(5)?,
            })
        })
        .optional()
}

/// The files of records whose names begin with `prefix`, which ends with a slash or is empty; in order.
pub(super) fn below(connection: &Connection, prefix: &str) -> rusqlite::Result<Vec<String>> {
    let end = prefix.strip_suffix('/').map(|name| format!("{name}0")).unwrap_or_default();
    let mut statement = connection.prepare_cached(SELECT_BELOW)?;
    let files: Vec<String> =
        statement.query_map((prefix, end), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    // What leads out of the current folder is not in it.
    let leads_out = |file: &str| prefix.is_empty() && (file.starts_with('/') || file.starts_with("../"));
    Ok(files.into_iter().filter(|file| !leads_out(file)).collect())
}

/// The files of records of this name, or in a folder of this name.
pub(in crate::store) fn at_or_below(connection: &Connection, source: &str) -> rusqlite::Result<Vec<String>> {
    let itself = file(connection, source)?.map(|_| source.to_owned());
    Ok(itself.into_iter().chain(below(connection, &format!("{source}/"))?).collect())
}

/// The row of a file of which a record is written or dropped, made where there is none. Until it is read to its
/// end, no size and time tell that nothing changed, and what is known of it is what was before.
pub(super) fn keep_file(
    connection: &Connection,
    (name, root): (&str, &str),
    given: &str,
    run: i64,
) -> rusqlite::Result<i64> {
    let made = connection
        .prepare_cached(INSERT_FILE)?
        .query_row(named_params! {":file": name, ":root": root, ":given": given, ":run": run}, |row| {
            row.get(0)
        })
        .optional()?;
    match made {
        Some(id) => Ok(id),
        None => {
            unstamp(connection, name)?;
            file(connection, name)?.map(|file| file.id).ok_or(rusqlite::Error::QueryReturnedNoRows)
        }
    }
}

/// Has a file read again by the next import, whatever its size and time.
pub(super) fn unstamp(connection: &Connection, file: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(UNSTAMP)?.execute([file])?;
    Ok(())
}

/// Notes that a file was read to its end.
pub(super) fn finish_file(connection: &Connection, done: &Done, run: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(FINISH_FILE)?.execute(named_params! {
        ":file": done.file,
        ":root": done.root,
        ":given": done.given,
        ":found": signed(done.found),
        ":size": done.stamp.size,
        ":modified": done.stamp.modified,
        ":run": run,
    })?;
    Ok(())
}

/// Forgets a file that holds no records any more.
pub(super) fn delete_file(connection: &Connection, file: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_FILE)?.execute([file])?;
    Ok(())
}

/// Records of a file whose names come after `last`, some of them, in order.
pub(super) fn after(
    connection: &Connection,
    file: i64,
    last: &str,
    most: usize,
) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(SELECT_AFTER)?;
    statement.query_map((file, last, most as i64), |row| row.get(0))?.collect()
}

/// Records of a file that are wanted.
pub(in crate::store) fn records_of(
    connection: &Connection,
    file: i64,
    is_wanted: impl Fn(&str) -> bool,
) -> rusqlite::Result<Vec<String>> {
    const PAGE: usize = 1024;
    let (mut wanted, mut last) = (Vec::new(), String::new());
    loop {
        let page = after(connection, file, &last, PAGE)?;
        let Some(end) = page.last() else { return Ok(wanted) };
        last.clone_from(end);
        wanted.extend(page.into_iter().filter(|source| is_wanted(source)));
    }
}

/// Where a record stands, and its bytes.
#[derive(Debug)]
pub(super) struct Last {
    pub file: String,
    pub given: String,
    pub document: i64,
    pub line: u64,
    pub root: String,
}

/// The last of the files that a record stands in.
pub(super) fn last(connection: &Connection, source: &str) -> rusqlite::Result<Option<Last>> {
    let last = |row: &Row<'_>| {
        Ok(Last {
            file: row.get(0)?,
            given: row.get(1)?,
            document: row.get(2)?,
            line: unsigned(row, 3)?,
            root: row.get(4)?,
        })
    };
    connection.prepare_cached(SELECT_LAST)?.query_row([source], last).optional()
}

/// The files that have a record.
pub(in crate::store) fn files_of(
    connection: &Connection,
    source: &str,
) -> rusqlite::Result<BTreeSet<String>> {
    connection.prepare_cached(SELECT_FILES_OF)?.query_map([source], |row| row.get(0))?.collect()
}

/// Whether the archive knows any file of records.
pub(in crate::store) fn any_file(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM record_files LIMIT 1")?.exists([])
}

/// Notes that a record stands in a file.
pub(super) fn put(
    connection: &Connection,
    source: &str,
    (file, line): (i64, u64),
    document: i64,
) -> rusqlite::Result<()> {
    connection.prepare_cached(UPSERT_ROW)?.execute(named_params! {
        ":source": source,
        ":file": file,
        ":line": signed(line),
        ":document": document,
    })?;
    Ok(())
}

/// Notes that a record does not stand in a file any more.
pub(super) fn remove(connection: &Connection, source: &str, file: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_ROW)?.execute((source, file))?;
    Ok(())
}
