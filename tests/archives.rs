//! Archives of every released schema open, migrate with a backup first, and keep their rows.
//!
//! `archives/v1.db` was made by the program as it was when that schema was the newest: two imports of four
//! files, one of which changed and one of which is no text. `archives/v11.db` and `v12.db` were made likewise, with a
//! copy, a document that went, corrections of every kind and an answer that was asked for what is new. Their
//! reference tables were emptied, and the later ones' pages made small, for size. Schemas between them were those of no
//! release: the first archive is brought to each, as somebody who built each would have.

use std::fs;
use std::path::Path;

use copydesk::store::{Archive, known_version, migrations};
use rusqlite::Connection;

use crate::archive::Folder;

const TABLES: &[&str] = &[
    "runs",
    "problems",
    "documents",
    "articles",
    "sources",
    "evidence",
    "blocks",
    "entities",
    "mentions",
    "quotes",
    "quote_spans",
    "figures",
    "past_articles",
    "past_findings",
];

/// What the schemas after the first added.
const LATER: &[&str] = &[
    "outlets",
    "article_entities",
    "past_articles",
    "utterances",
    "wordings",
    "corrections",
    "applied_corrections",
    "sentences",
    "dates",
    "answers",
    "answered_rows",
    "changes",
];

fn count(archive: &Path, tables: &[&'static str]) -> Vec<(&'static str, i64)> {
    let connection = Connection::open(archive).expect("opens");
    let count = |table: &&'static str| {
        let sql = format!("SELECT count(*) FROM {table}");
        (*table, connection.query_row(&sql, [], |row| row.get(0)).expect("a number"))
    };
    tables.iter().map(count).collect()
}

fn rows(archive: &Path) -> Vec<(&'static str, i64)> {
    count(archive, TABLES)
}

/// An archive of a schema, where copydesk looks for one.
fn lay(folder: &Folder, version: i32) {
    let made = format!("{}/tests/archives/v{version}.db", env!("CARGO_MANIFEST_DIR"));
    fs::copy(made, folder.archive()).expect("copied");
}

fn old(folder: &Folder) -> Vec<(&'static str, i64)> {
    lay(folder, 1);
    rows(&folder.archive())
}

#[test]
fn the_first_schema_migrates_and_keeps_its_rows() {
    let folder = Folder::new();
    let before = old(&folder);
    assert!(before.iter().all(|(_, rows)| *rows > 0), "nothing to keep: {before:?}");
    let bytes = fs::read(folder.archive()).expect("there");
    let refused = folder.copydesk(["status"]).assert().code(1).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&refused).contains("run `copydesk migrate` first"), "{refused:?}");
    assert_eq!(fs::read(folder.archive()).expect("there"), bytes, "looking changed it");
    let told = folder.copydesk(["migrate"]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8_lossy(&told).into_owned();
    assert!(told.contains("schema 1 -> "), "{told}");
    assert_eq!(rows(&folder.archive()), before);
    let backup =
        told.lines().find_map(|line| line.strip_prefix("kept as it was before: ")).expect("a backup");
    assert_eq!(rows(&folder.path(backup)), before);
    assert_eq!(version(&folder.path(backup)), 1);
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn an_import_migrates_too_and_reextract_brings_old_articles_up() {
    let folder = Folder::new();
    old(&folder);
    folder.write("in/new.txt", crate::articles::article(5));
    folder.copydesk(["import", "in/new.txt"]).assert().success();
    let archive = Archive::open_read_only(&folder.archive()).expect("opens");
    assert_eq!(archive.status().expect("told").schema, known_version());
    let outdated = archive.status().expect("told").outdated;
    assert_eq!(outdated, 2);
    drop(archive);
    let said = "SELECT group_concat(id || said) FROM (SELECT id, said FROM quotes WHERE kind = 'direct' AND article_id < 3)";
    let quotes = |archive: &Path| -> String {
        Connection::open(archive).expect("opens").query_row(said, [], |row| row.get(0)).expect("quotes")
    };
    let before = quotes(&folder.archive());
    let told = folder.copydesk(["reextract", "--json"]).assert().success().get_output().stdout.clone();
    let told: serde_json::Value = serde_json::from_slice(&told).expect("JSON");
    assert_eq!((&told["found"], &told["reextracted"]), (&2.into(), &2.into()));
    assert_eq!(quotes(&folder.archive()), before, "ids of what is still found changed");
    let again = folder.copydesk(["reextract"]).assert().success().get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&again).starts_with("0 articles read again"), "{again:?}");
    folder.copydesk(["check"]).assert().success();
}

fn version(archive: &Path) -> i32 {
    let connection = Connection::open(archive).expect("opens");
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a number")
}

#[test]
fn every_schema_in_between_opens_and_keeps_the_rows() {
    for between in 2..known_version() {
        let folder = Folder::new();
        let before = old(&folder);
        let mut connection = Connection::open(folder.archive()).expect("opens");
        let some: Vec<_> =
            migrations().into_iter().filter(|migration| migration.version() <= between).collect();
        refinery_core::Runner::new(&some).run(&mut connection).expect("migrated");
        connection.pragma_update(None, "user_version", between).expect("marked");
        drop(connection);
        let told = folder.copydesk(["migrate"]).assert().success().get_output().stdout.clone();
        let told = String::from_utf8_lossy(&told).into_owned();
        assert!(told.contains(&format!("schema {between} -> ")), "{told}");
        assert_eq!(rows(&folder.archive()), before, "schema {between}");
        folder.copydesk(["check"]).assert().success();
    }
}

#[test]
fn the_later_schemas_keep_corrections_changes_and_what_was_asked() {
    for version in [11, 12] {
        keeps_corrections(version);
    }
}

fn keeps_corrections(made: i32) {
    let folder = Folder::new();
    lay(&folder, made);
    let tables = [TABLES, LATER].concat();
    let before = count(&folder.archive(), &tables);
    assert!(before.iter().all(|(_, rows)| *rows > 0), "nothing to keep: {before:?}");
    let said = "SELECT group_concat(words, '|') FROM (
        SELECT id || coalesce(speaker, '-') || said AS words FROM quotes_full
        UNION ALL SELECT id || text || coalesce(value, '-') || coalesce(bound, '-') FROM figures_full
        UNION ALL SELECT id || title || coalesce(published, '-') || (vanished_run_id IS NULL) FROM articles
        UNION ALL SELECT id || state FROM corrections_full ORDER BY 1)";
    let words = |archive: &Path| -> String {
        Connection::open(archive).expect("opens").query_row(said, [], |row| row.get(0)).expect("words")
    };
    let kept = words(&folder.archive());
    folder.copydesk(["migrate"]).assert().success();
    assert_eq!(version(&folder.archive()), known_version());
    assert_eq!(count(&folder.archive(), &tables), before);
    assert_eq!(words(&folder.archive()), kept);
    folder.copydesk(["check"]).assert().success();
    // It goes on: what is read again keeps what people corrected in it.
    folder.copydesk(["reextract", "--all"]).assert().success();
    let speaker = "SELECT speaker FROM quotes_full WHERE said LIKE 'Fog is fog%'";
    let speaker: String = Connection::open(folder.archive())
        .expect("opens")
        .query_row(speaker, [], |row| row.get(0))
        .expect("a name");
    assert_eq!(speaker, "Pedro Salas");
    assert_eq!(count(&folder.archive(), &["articles", "corrections"]), [("articles", 4), ("corrections", 6)]);
    folder.copydesk(["check"]).assert().success();
}

/// Everything in an archive but how it lies in the file: the statements that would make it anew.
fn dump(archive: &Path) -> Vec<String> {
    let connection = Connection::open(archive).expect("opens");
    let mut tables = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .expect("a statement");
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("a name")).collect();
    let mut lines = Vec::new();
    for table in std::iter::once("sqlite_schema".to_owned()).chain(tables) {
        let mut rows = connection.prepare(&format!("SELECT * FROM {table}")).expect("a statement");
        let columns: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let mut rows = rows.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells = columns.iter().enumerate().filter(|(_, name)| *name != "rootpage");
            let cells: Vec<_> =
                cells.map(|(n, _)| format!("{:?}", row.get_ref(n).expect("a cell"))).collect();
            lines.push(format!("{table} {}", cells.join(" ")));
        }
    }
    lines.sort();
    lines
}

#[test]
fn an_archive_of_an_older_schema_is_backed_up_as_it_is() {
    for schema in [1, 11] {
        let folder = Folder::new();
        lay(&folder, schema);
        let bytes = fs::read(folder.archive()).expect("there");
        folder.copydesk(["backup", "b.db"]).assert().success();
        assert_eq!(fs::read(folder.archive()).expect("there"), bytes, "a backup changed the archive");
        assert_eq!(version(&folder.path("b.db")), schema);
        assert_eq!(dump(&folder.path("b.db")), dump(&folder.archive()));
        // It is an archive: it migrates as the first would have.
        folder.copydesk(["migrate", "-a", "b.db"]).assert().success();
        folder.copydesk(["check", "-a", "b.db"]).assert().success();
    }
}
