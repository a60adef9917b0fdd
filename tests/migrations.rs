//! The schema's migrations: named, numbered and kept as they were released.
//!
//! A released migration that changes makes every archive in the world refuse to open, and one that ends
//! its own transaction leaves half a schema behind. Neither shows before it is too late.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use copydesk::store;
use rusqlite::Connection;

fn files() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    fs::read_dir(folder)
        .expect("migrations/ is there")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("UTF-8"))
        })
        .collect()
}

/// Version and name of a well-named file.
fn parse(file: &str) -> Option<(usize, &str)> {
    let (version, name) = file.strip_prefix('V')?.strip_suffix(".sql")?.split_once("__")?;
    let tidy =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    tidy.then_some((version.parse().ok()?, name))
}

#[test]
fn names_are_tidy_and_numbers_have_no_gap() {
    let files = files();
    let mut numbers: Vec<usize> = files
        .keys()
        .map(|file| parse(file).unwrap_or_else(|| panic!("{file}: not V<number>__<lower_case_name>.sql")).0)
        .collect();
    numbers.sort_unstable();
    let expected: Vec<usize> = (1..=files.len()).collect();
    assert_eq!(numbers, expected, "migrations are numbered 1, 2, 3 ... without a gap and without a twin");
}

#[test]
fn the_program_holds_every_migration() {
    let compiled: Vec<String> =
        store::migrations().iter().map(|m| format!("V{}__{}.sql", m.version(), m.name())).collect();
    let mut files: Vec<String> = files().into_keys().collect();
    files.sort_by_key(|file| parse(file).map(|(version, _)| version));
    assert_eq!(compiled, files);
}

/// The list is appended to by hand, once for each migration, when it lands.
#[test]
fn released_migrations_are_never_edited() {
    let listed: Vec<(String, String)> = include_str!("migrations.csv")
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').expect("migration,checksum"))
        .map(|(name, checksum)| (name.to_owned(), checksum.to_owned()))
        .collect();
    let compiled: Vec<(String, String)> =
        store::migrations().iter().map(|m| (m.to_string(), m.checksum().to_string())).collect();
    assert_eq!(
        compiled, listed,
        "a released migration was edited (undo that, and add a new one), or a new one is not yet in tests/migrations.csv"
    );
}

#[test]
fn no_migration_leaves_the_transaction_it_runs_in() {
    const FORBIDDEN: &[&str] = &[
        "begin",
        "commit",
        "end transaction",
        "rollback",
        "savepoint",
        "release",
        "pragma",
        "attach",
        "vacuum",
    ];
    for (file, sql) in files() {
        for (n, line) in sql.lines().enumerate() {
            let line = line.trim_start().to_lowercase();
            let forbidden = FORBIDDEN.iter().find(|word| line.starts_with(**word));
            assert!(forbidden.is_none(), "{file}, line {}: {}", n + 1, forbidden.expect("found"));
        }
    }
}

#[test]
fn every_migration_opens_with_why_and_whom_it_serves() {
    for (file, sql) in files() {
        assert!(sql.starts_with("-- "), "{file} does not open with a comment that says why");
        let head: Vec<&str> = sql.lines().take_while(|line| line.starts_with("--")).collect();
        assert!(head.iter().any(|line| line.contains("Serves:")), "{file} does not say whom it serves");
    }
}

/// An archive of the first schema keeps its quotes, their stretches and their figures; each says what it
/// reports, and thoughts are told from speech.
#[test]
fn quotes_of_the_first_schema_get_their_content() {
    let files = files();
    let archive = Connection::open_in_memory().expect("opens");
    archive.execute_batch(&files["V1__archive.sql"]).expect("the first schema");
    archive
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO articles (id, source, text, words, document_id, extractor_version, first_run_id, run_id)
             VALUES (1, 'a', 'Roe said the ferry was “late”. Roe hopes it sinks.', 9, 1, 1, 1, 1);
             INSERT INTO quotes (id, article_id, kind, start, end, text, said, content_start, content_end, cue,
                                 cue_start, cue_end, cue_lemma, cue_kind, is_closed, rule)
             VALUES (1, 1, 'mixed', 24, 28, 'late', 'late', 9, 29, 'said', 4, 8, 'say', 'neutral', 1, 'r'),
                    (2, 1, 'indirect', 41, 49, 'it sinks', 'it sinks', 41, 49, 'hopes', 35, 40, 'hope', 'thinking', 1, 'r');
             INSERT INTO quote_spans VALUES (1, 0, 24, 28, 'late');
             PRAGMA foreign_keys = ON;",
        )
        .expect("rows");
    let mut later: Vec<(usize, &String)> =
        files.iter().filter_map(|(name, sql)| Some((parse(name)?.0, sql))).filter(|(v, _)| *v > 1).collect();
    later.sort_unstable();
    for (version, sql) in later {
        archive.execute_batch(sql).unwrap_or_else(|e| panic!("V{version}: {e}"));
    }
    let mut statement = archive.prepare("SELECT kind, content FROM quotes_full ORDER BY id").expect("a view");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>().expect("rows");
    let want = [("mixed", "the ferry was “late”"), ("thought", "it sinks")];
    assert_eq!(rows, want.map(|(kind, content)| (kind.to_owned(), content.to_owned())));
    let count = |sql: &str| archive.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    assert_eq!(count("SELECT count(*) FROM quote_spans"), 1);
    assert_eq!(
        count("SELECT count(content) FROM quotes"),
        1,
        "what is the quote's own text is not stored twice"
    );
}
