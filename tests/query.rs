//! `copydesk query`: every saved query runs, says what it answers, and runs in the sqlite3 shell too.

use std::process::{Command, Stdio};

use copydesk::query::{Kind, Library};

use crate::archive::Folder;
use crate::desk::Desk;

fn names() -> Vec<String> {
    Library::built_in().unwrap().queries().iter().map(|q| q.name.clone()).collect()
}

#[test]
fn every_query_answers_without_a_parameter() {
    let desk = Desk::ferry();
    for name in names() {
        let csv = desk.stdout(&["query", &name, "--csv"]);
        assert!(csv.lines().count() > 1, "{name} has no answer on an archive that has one for it:\n{csv}");
    }
}

#[test]
fn every_query_says_what_it_answers() {
    for query in Library::built_in().unwrap().queries() {
        let name = &query.name;
        assert!(query.sql.starts_with("-- title: "), "{name}: the head begins with the title");
        assert!(query.description.contains('?'), "{name}: the description asks the question it answers");
        for parameter in &query.parameters {
            assert!(
                query.sql.contains(&format!(":{}", parameter.name)),
                "{name}: {} is not used",
                parameter.name
            );
            assert!(!parameter.meaning.is_empty(), "{name}: {} has no meaning", parameter.name);
        }
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}: letters and hyphens");
    }
    assert!(names().len() >= 12);
}

/// What the sqlite3 shell prints for a query, its parameters set to their defaults; `None` without a shell.
fn in_the_shell(desk: &Desk, query: &copydesk::query::SavedQuery) -> Option<String> {
    let found = Command::new("sqlite3").arg("--version").stdout(Stdio::null()).status();
    if found.is_err() {
        println!("skipped: no sqlite3 on this machine");
        return None;
    }
    let mut input = String::new();
    for parameter in &query.parameters {
        let value = match parameter.kind {
            Kind::Text | Kind::Date => format!("\"{}\"", parameter.default_text()),
            Kind::Integer | Kind::Number => parameter.default_text(),
        };
        input.push_str(&format!(".parameter set :{} {value}\n", parameter.name));
    }
    let path = desk.folder.path("query.sql");
    std::fs::write(&path, &query.sql).unwrap();
    input.push_str(".mode csv\n.headers on\n.read query.sql\n");
    let mut shell = Command::new("sqlite3")
        .arg(desk.archive())
        .current_dir(desk.folder.path("."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut shell.stdin.take().unwrap(), input.as_bytes()).unwrap();
    let output = shell.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}: {}", query.name, String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The archive's constraints must mean the same to an older SQLite: 3.40 takes `json_valid(NULL)` for 0.
#[test]
fn the_sqlite3_shell_finds_an_archive_sound() {
    let folder = Folder::new();
    folder
        .write("in/a.txt", "Ferry sinks\n\nNORHAVEN (Harbour Wire) - Ana Müller said “it sank” on Monday.\n");
    folder.copydesk(["import", "in"]).assert().success();
    let Ok(shell) = Command::new("sqlite3")
        .arg(folder.archive())
        .arg("PRAGMA integrity_check; PRAGMA foreign_key_check; SELECT count(*) > 0 FROM article_entities;")
        .output()
    else {
        println!("skipped: no sqlite3 on this machine");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&shell.stdout), "ok\n1\n");
}

/// CSV as rows of cells, numbers in one spelling: the shell prints 12.0 where copydesk prints 12.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let cell = |cell: &str| cell.strip_suffix(".0").unwrap_or(cell).to_owned();
    reader.records().map(|record| record.unwrap().iter().map(cell).collect()).collect()
}

#[test]
fn every_file_gives_the_same_rows_in_the_sqlite3_shell() {
    let desk = Desk::ferry();
    for query in Library::built_in().unwrap().queries() {
        let Some(shell) = in_the_shell(&desk, query) else { return };
        let ours = desk.stdout(&["query", &query.name, "--csv"]);
        assert_eq!(rows(&ours), rows(&shell), "{}", query.name);
    }
}

#[test]
fn every_file_runs_in_the_shell_with_nothing_set() {
    let desk = Desk::ferry();
    for query in Library::built_in().unwrap().queries() {
        let mut bare = query.clone();
        bare.parameters.clear();
        let Some(shell) = in_the_shell(&desk, &bare) else { return };
        assert!(shell.lines().count() > 1, "{}: unset parameters are NULL and mean the default", query.name);
    }
}

/// Datasette and the sqlite3 shell's `.param` know text alone, and hand over '' for what is not set.
#[test]
fn every_query_answers_the_same_when_all_that_is_set_is_text() {
    let desk = Desk::ferry();
    let reader = copydesk::query::Reader::open(&desk.archive()).unwrap();
    let rows = |query: &copydesk::query::SavedQuery, text: &dyn Fn(&copydesk::query::Parameter) -> String| {
        let mut statement = reader.connection().prepare(&query.sql).unwrap();
        for parameter in &query.parameters {
            let at = statement.parameter_index(&format!(":{}", parameter.name)).unwrap().unwrap();
            statement.raw_bind_parameter(at, text(parameter)).unwrap();
        }
        let columns = statement.column_count();
        let cell = |row: &rusqlite::Row<'_>, n| row.get::<_, rusqlite::types::Value>(n);
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|n| cell(row, n)).collect::<Result<Vec<_>, _>>();
        statement.raw_query().mapped(row).collect::<Result<Vec<_>, _>>().unwrap_or_else(|error| {
            panic!("{}: {error}", query.name);
        })
    };
    for query in Library::built_in().unwrap().queries() {
        let plain = |p: &copydesk::query::Parameter| p.default_text().trim_matches('\'').replace("none", "");
        let want = rows(query, &plain);
        assert!(!want.is_empty(), "{}: text in place of numbers finds nothing", query.name);
        assert_eq!(rows(query, &|_| String::new()), want, "{}: '' is not the default", query.name);
    }
}

#[test]
fn every_query_holds_to_its_head() {
    let desk = Desk::ferry();
    let told = desk.run(&["query", "check"]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
}

#[test]
fn the_list_shows_every_query_with_its_parameters() {
    let desk = Desk::ferry();
    let list = desk.stdout(&["query"]);
    for query in Library::built_in().unwrap().queries() {
        assert!(list.contains(&query.name) && list.contains(&query.title), "{}", query.name);
    }
    assert!(list.contains("-p speaker words outlet most"), "{list}");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&desk.stdout(&["query", "--json"])).unwrap();
    assert_eq!(rows.len(), names().len());
}
