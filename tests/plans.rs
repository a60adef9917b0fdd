//! What imports ask of the archive is found by indexes: no statement of the store's goes through a whole table
//! that grows with the articles, but those that are there to.
//!
//! A statement that does costs an import of one article as much as the archive is large, and nothing else
//! shows it: the answers are the same.

use std::fs;
use std::path::Path;

use copydesk::store::Archive;
use regex::Regex;

use crate::archive::Folder;

/// Statements that go through whole tables on purpose: of `check`, `backup` and `status`, of reading everything
/// again, and of what other rules made.
const WHOLE: &[&str] = &[
    "COUNT",
    "COUNTS",
    "COUNT_ARTICLES",
    "COUNT_QUOTES",
    "SELECT_ALL",
    "SELECT_CONFLICTING",
    "SELECT_DOCUMENTS",
    "SELECT_LAST_PROBLEMS",
    "START_ANEW",
];

/// Not statements by themselves.
const FRAGMENTS: &[&str] = &["OF_ARTICLE"];

/// Tables that hold a row a run or a correction, or what waits and is taken out: not what grows with the articles.
const SMALL: &[&str] =
    &["runs", "corrections", "pending_corrections", "answers", "utterance_rules", "utterance_queue"];

/// The named texts of the store's sources that are SQL.
fn statements() -> Vec<(String, String)> {
    let named = Regex::new(r#"(?s)const (\w+): &str = "((?:[^"\\]|\\.)*)""#).expect("a pattern");
    let verb = Regex::new(r"\b(SELECT|UPDATE|DELETE|INSERT)\b").expect("a pattern");
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(path).expect("UTF-8");
            for parts in named.captures_iter(&text) {
                let sql = parts[2].replace("\\\n", "").replace("\\\"", "\"");
                if verb.is_match(&sql) {
                    found.push((parts[1].to_owned(), sql));
                }
            }
        }
    }
    assert!(found.len() > 100, "the store's statements are not found");
    found
}

/// Tables that the plan of a statement goes through without an index to search by.
fn scanned(archive: &Archive, sql: &str) -> rusqlite::Result<Vec<String>> {
    let alias = Regex::new(r"(?i)\b(?:FROM|JOIN|,)\s+(\w+)\s+(?:AS\s+)?(\w+)").expect("a pattern");
    let mut statement = archive.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    // Parameters are left unbound: what they are does not show in the plan.
    let mut steps = statement.raw_query();
    let mut tables = Vec::new();
    while let Some(step) = steps.next()? {
        let step: String = step.get(3)?;
        let Some(name) = step.strip_prefix("SCAN ") else { continue };
        if name.contains("VIRTUAL TABLE") || name.contains("CONSTANT ROW") || name.contains("-ROW") {
            continue;
        }
        let name = name.split(' ').next().unwrap_or(name);
        let table = alias.captures_iter(sql).find(|parts| parts[2] == *name).map(|parts| parts[1].to_owned());
        tables.push(table.unwrap_or_else(|| name.to_owned()));
    }
    let is_table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    let mut is_table = archive.connection().prepare(is_table)?;
    tables.retain(|table| is_table.exists([table]).unwrap_or(true) && !SMALL.contains(&table.as_str()));
    tables.retain(|table| !table.starts_with("reference_"));
    Ok(tables)
}

#[test]
fn no_statement_of_an_import_goes_through_a_table_that_grows() {
    let folder = Folder::new();
    let archive = Archive::open_or_create(&folder.archive()).expect("made");
    let mut wrong = Vec::new();
    for (name, sql) in statements() {
        for sql in sql.split_inclusive(';').filter(|sql| sql.trim().len() > 1) {
            match scanned(&archive, sql) {
                Ok(tables) if !tables.is_empty() && !WHOLE.contains(&name.as_str()) => {
                    wrong.push(format!("{name} goes through {}", tables.join(", ")));
                }
                Err(error) if !FRAGMENTS.contains(&name.as_str()) => wrong.push(format!("{name}: {error}")),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_test_sees_a_table_that_is_gone_through() {
    let folder = Folder::new();
    let archive = Archive::open_or_create(&folder.archive()).expect("made");
    let tables = |sql| scanned(&archive, sql).expect("good SQL");
    assert_eq!(tables("SELECT count(*) FROM articles a WHERE a.text > ''"), ["articles"]);
    assert_eq!(tables("SELECT text FROM articles WHERE id = 1"), [""; 0]);
    assert_eq!(tables("SELECT id FROM runs r WHERE r.finished_at IS NULL"), [""; 0]);
}
