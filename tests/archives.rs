//! Archives of every released schema open, migrate with a backup first, and keep their rows.
//!
//! `archives/v1.db` was made by the program as it was when that schema was the newest: two imports of four
//! files, one of which changed and one of which is no text. Its reference tables were emptied, for size.

use std::fs;
use std::path::Path;

use copydesk::store::{Archive, known_version};
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

fn rows(archive: &Path) -> Vec<(&'static str, i64)> {
    let connection = Connection::open(archive).expect("opens");
    let count = |table: &&'static str| {
        let sql = format!("SELECT count(*) FROM {table}");
        (*table, connection.query_row(&sql, [], |row| row.get(0)).expect("a number"))
    };
    TABLES.iter().map(count).collect()
}

fn old(folder: &Folder) -> Vec<(&'static str, i64)> {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/archives/v1.db");
    fs::copy(made, folder.archive()).expect("copied");
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
    let version: i32 = Connection::open(folder.path(backup))
        .expect("opens")
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("a number");
    assert_eq!(version, 1);
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
