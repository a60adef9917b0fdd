//! Opening: what is an archive opens, what is none is told of in clear words and left to the byte.

use std::fs;
use std::path::Path;

use copydesk::store::{APPLICATION_ID, Archive, Error, known_version};
use rusqlite::Connection;

use crate::archive::Folder;

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).expect("a number")
}

/// Opens the file in every way there is, and checks that each refuses it alike and leaves it alone.
#[track_caller]
fn refused(path: &Path, is_expected: impl Fn(&Error) -> bool) {
    let before = fs::read(path).expect("a file");
    for open in [Archive::open_or_create, Archive::open_existing, Archive::open_read_only] {
        let error = open(path).expect_err("must be refused");
        assert!(is_expected(&error), "{error:?}");
        assert!(error.to_string().contains(&path.display().to_string()), "does not name the file: {error}");
    }
    assert_eq!(fs::read(path).expect("a file"), before, "the file was changed");
}

#[test]
fn a_new_archive_is_marked_and_whole() {
    let folder = Folder::new();
    let archive = Archive::open_or_create(&folder.archive()).expect("made");
    let connection = archive.connection();
    assert_eq!(number(connection, "PRAGMA application_id"), i64::from(APPLICATION_ID));
    assert_eq!(number(connection, "PRAGMA user_version"), i64::from(known_version()));
    assert_eq!(number(connection, "PRAGMA foreign_keys"), 1);
    assert_eq!(number(connection, "PRAGMA synchronous"), 1);
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).expect("a mode");
    assert_eq!(mode, "wal");
    assert_eq!((archive.migrated().from, archive.migrated().to), (0, known_version()));
}

#[test]
fn an_archive_opens_again_without_a_change() {
    let folder = Folder::new();
    drop(Archive::open_or_create(&folder.archive()).expect("made"));
    let before = fs::read(folder.archive()).expect("an archive");
    for open in [Archive::open_or_create, Archive::open_existing, Archive::open_read_only] {
        let archive = open(&folder.archive()).expect("opens");
        assert!(archive.migrated().applied.is_empty());
    }
    assert_eq!(fs::read(folder.archive()).expect("an archive"), before);
}

#[test]
fn an_empty_file_becomes_an_archive_but_is_none_to_read() {
    let folder = Folder::new();
    let path = folder.write("copydesk.db", "");
    assert!(matches!(Archive::open_read_only(&path), Err(Error::NotAnArchive { .. })));
    assert_eq!(Archive::open_or_create(&path).expect("made").migrated().to, known_version());
}

#[test]
fn a_missing_archive_is_missing() {
    let folder = Folder::new();
    for open in [Archive::open_existing, Archive::open_read_only] {
        assert!(matches!(open(&folder.archive()), Err(Error::Missing { .. })));
    }
    assert!(!folder.archive().exists(), "looking made one");
}

#[test]
fn what_is_no_archive_is_left_alone() {
    let is_none = |error: &Error| matches!(error, Error::NotAnArchive { .. });
    for bytes in
        [b"no".to_vec(), b"An article, by mistake.".repeat(400), (0..=255).cycle().take(9000).collect()]
    {
        let folder = Folder::new();
        refused(&folder.write("copydesk.db", bytes), is_none);
    }
    let folder = Folder::new();
    Connection::open(folder.archive()).expect("opens").execute_batch("CREATE TABLE t (x)").expect("made");
    refused(&folder.archive(), is_none);
}

#[test]
fn an_archive_of_a_newer_copydesk_is_left_alone() {
    let folder = Folder::new();
    let archive = Archive::open_or_create(&folder.archive()).expect("made");
    archive.connection().pragma_update(None, "user_version", known_version() + 1).expect("marked");
    drop(archive);
    refused(
        &folder.archive(),
        |error| matches!(error, Error::Newer { found, known, .. } if (*found, *known) == (known_version() + 1, known_version())),
    );
}

#[test]
fn a_folder_is_no_archive() {
    let folder = Folder::new();
    for open in [Archive::open_or_create, Archive::open_existing, Archive::open_read_only] {
        let error = open(folder.archive().parent().expect("the folder")).expect_err("must be refused");
        assert!(matches!(error, Error::NotAnArchive { .. }), "{error:?}");
    }
}

#[test]
fn a_folder_that_may_not_be_written_to_is_told_of() {
    let error = Archive::open_or_create(Path::new("/proc/copydesk.db")).expect_err("no files are made there");
    assert!(matches!(error, Error::NotWritable { .. }), "{error:?}");
}

#[test]
fn many_openings_at_once_make_one_archive() {
    for _ in 0..10 {
        let folder = Folder::new();
        let applied: Vec<usize> = std::thread::scope(|scope| {
            let open = || Archive::open_or_create(&folder.archive()).expect("opens").migrated().applied.len();
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|t| t.join().expect("no panic")).collect()
        });
        assert_eq!(applied.iter().filter(|n| **n > 0).count(), 1, "{applied:?}");
    }
}

#[test]
fn migrate_says_what_it_did() {
    let folder = Folder::new();
    let missing = folder.copydesk(["migrate"]).assert().code(1).get_output().stderr.clone();
    let missing = String::from_utf8_lossy(&missing).into_owned();
    assert!(missing.contains("no such archive"), "{missing}");
    drop(Archive::open_or_create(&folder.archive()).expect("made"));
    let said = folder.copydesk(["migrate"]).assert().success().get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&said).contains("up to date"), "{said:?}");
}

#[test]
fn every_table_is_strict_and_every_foreign_key_has_its_index() {
    let folder = Folder::new();
    let archive = Archive::open_or_create(&folder.archive()).expect("made");
    let names = |sql: &str| -> Vec<String> {
        let mut statement = archive.connection().prepare(sql).expect("good SQL");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("a name")).collect()
    };
    let lax = names(
        "SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND NOT strict
           AND name NOT LIKE 'sqlite_%' AND name <> 'refinery_schema_history'",
    );
    assert!(lax.is_empty(), "not STRICT: {lax:?}");
    let slow = names(
        "SELECT t.name || '.' || k.\"from\" FROM pragma_table_list t, pragma_foreign_key_list(t.name) k
         WHERE t.schema = 'main' AND k.seq = 0 AND NOT EXISTS (
             SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c
             WHERE c.seqno = 0 AND c.name = k.\"from\")",
    );
    assert!(slow.is_empty(), "foreign keys without an index that begins with them: {slow:?}");
}
