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

#[test]
fn disagreements_tell_contradictions_from_lower_bounds() {
    let desk = Desk::ferry();
    insta::assert_snapshot!(desk.stdout(&["query", "disagreements"]), @r"
        no  verdict     thing          outlet         figure                low  high  unit  article_id  sentence
        ──  ──────────  ─────────────  ─────────────  ───────────────────  ────  ────  ────  ──────────  ───────────────────────
         1  contradict  duration       Harbour Echo   90 minutes           5400  5400  s              1  The rescue took 90
                                                                                                         minutes, said Boris
                                                                                                         Kern of the Sable Coast
                                                                                                         Guard in 2021.

         1  contradict  duration       Northern Post  two hours            7200  7200  s              2  The rescue took two
                                                                                                         hours.

         2  compatible  death, person  Coast Wire     More than 10 people    10                       3  More than 10 people
                                                                                                         died off Port Sable,
                                                                                                         Ada Vale said.

         2  compatible  death, person  Harbour Echo   At least 12 people     12                       1  At least 12 people died
                                                                                                         when the ferry Corona
                                                                                                         sank off Port Sable,
                                                                                                         Mayor Ada Vale said.

         2  compatible  death, person  Northern Post  Fifteen people         15    15                 2  Fifteen people were
                                                                                                         killed in the ferry
                                                                                                         disaster off Port
                                                                                                         Sable, the Sable Coast
                                                                                                         Guard said.
        ");
}

#[test]
fn who_said_what_reads_well() {
    let desk = Desk::ferry();
    insta::assert_snapshot!(desk.stdout(&["query", "who-said-what", "-p", "speaker", "vale"]), @r#"
        speaker   said                    cue    kind    outlet         published   title                   article_id  quote_id
        ────────  ──────────────────────  ─────  ──────  ─────────────  ──────────  ──────────────────────  ──────────  ────────
        Ada Vale  We lost neighbours      said   direct  Northern Post  2021-03-03  Port Sable mourns                2         2
                  tonight.

        Ada Vale  We lost neighbours      told   direct  Harbour Echo   2021-03-02  Ferry sinks off Port             1         1
                  tonight,                                                          Sable

        Ada Vale  We have lost our        added  direct  Coast Wire                 =HYPERLINK("x") on the           3         3
                  neighbours tonight,                                               Corona
        "#);
}

#[test]
fn shared_quotes_are_folded_and_variants_found() {
    let desk = Desk::ferry();
    let shared = desk.stdout(&["query", "shared-quotes", "--csv"]);
    assert_eq!(shared.lines().count(), 2, "{shared}");
    assert!(shared.contains("Ada Vale,Coast Wire | Harbour Echo | Northern Post,0"), "{shared}");
    let variants = desk.stdout(&["query", "quote-variants", "--nl"]);
    assert_eq!(variants.matches("We have lost our neighbours tonight").count(), 2, "{variants}");
    let cut = desk.stdout(&["query", "who-cut-what", "-p", "words", "neighbours", "--csv"]);
    assert_eq!(cut.matches("We [-have-] lost [-our-] neighbours tonight").count(), 2, "{cut}");
}

#[test]
fn the_samples_meet_over_offices_and_split_words() {
    let folder = Folder::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles");
    folder.copydesk(["import", samples]).assert().success();
    let told = |query: &[&str]| {
        let out = folder.copydesk(query).assert().success().get_output().stdout.clone();
        String::from_utf8(out).expect("UTF-8")
    };
    let variants = told(&["query", "quote-variants", "--csv"]);
    assert_eq!(variants.matches("business like").count(), 2, "the US president is Obama: {variants}");
    let disagreements = told(&["query", "disagreements", "--csv"]);
    assert!(disagreements.contains("some 35 minutes") && disagreements.contains("half an hour"));
    for none in ["two days,", "one night,", "Nine weeks,", "two sides,"] {
        assert!(!disagreements.contains(none), "{none} is no length and no count: {disagreements}");
    }
}

#[test]
fn figures_are_found_by_plural_and_by_what_befell() {
    let desk = Desk::ferry();
    for (thing, rows) in [
        ("deaths", 4),
        ("killed", 4),
        ("people", 0),
        ("person", 4),
        ("minutes", 2),
        ("min", 2),
        ("rescue", 2),
    ] {
        let csv = desk.stdout(&["query", "figures-about", "-p", "thing", thing, "--csv"]);
        assert_eq!(csv.lines().count() - 1, rows, "{thing}: {csv}");
    }
}

#[test]
fn text_is_no_pattern() {
    let desk = Desk::ferry();
    for name in ["%", "_", "*", "'", "a'--"] {
        let csv = desk.stdout(&["query", "quotes-of", "-p", "speaker", name, "--csv"]);
        assert_eq!(csv.lines().count(), 1, "{name} finds nobody: {csv}");
    }
}

#[test]
fn wrong_names_and_values_are_answered_with_the_nearest() {
    let desk = Desk::ferry();
    for (args, want) in [
        (&["query", "disagreement"][..], "did you mean disagreements?\nsaved queries: articles-by-date, "),
        (&["query", "who-said-what", "-p", "speeker", "x"], "did you mean speaker?\nparameters: speaker, "),
        (&["query", "outlets", "-p", "x", "y"], "it takes no parameters"),
        (&["query", "most-quoted", "-p", "most", "ten"], "'most' takes a whole number such as 10, not 'ten'"),
        (&["query", "articles-by-date", "-p", "since", "soon"], "takes a date such as 2016, 2016-09"),
        (&["query", "most-quoted", "-p", "most", "1", "-p", ":most", "2"], "'most' is given twice"),
    ] {
        let (complaint, code) = desk.complaint(args);
        assert!(complaint.contains(want), "{args:?}: {complaint}");
        assert_eq!(code, 2, "{args:?}: wrong usage");
    }
}

#[test]
fn ones_own_folder_stands_beside_and_before_the_built_in() {
    let desk = Desk::ferry();
    desk.folder.write("mine/long-words.sql", "-- title: Mine\nSELECT :n + 1 AS next");
    desk.folder.write("mine/places.sql", "SELECT 'no place' AS place");
    desk.folder.write("mine/notes.txt", "not a query");
    let next = desk.stdout(&["query", "long-words", "--queries", "mine", "-p", "n", "41", "--csv"]);
    assert_eq!(next, "next\r\n42\r\n");
    assert_eq!(desk.stdout(&["query", "places", "--queries", "mine", "--tsv"]), "place\nno place\n");
    assert!(desk.stdout(&["query", "--queries", "mine"]).contains("Mine (yours)"));
    let (complaint, code) = desk.complaint(&["query", "long-words", "--queries", "mine"]);
    assert!(complaint.contains("no value for :n: give each as -p NAME VALUE"), "{complaint}");
    assert_eq!(code, 2);
}

#[test]
fn sql_and_about_tell_and_do_not_run() {
    let desk = Desk::ferry();
    let sql = desk.stdout(&["query", "places", "--sql", "--archive", "missing.db"]);
    assert_eq!(sql, std::fs::read_to_string("queries/places.sql").unwrap());
    let about = desk.stdout(&["query", "places", "--about", "--archive", "missing.db"]);
    assert!(about.contains("-p country TEXT  (default '')"), "{about}");
}

#[test]
fn harm_is_shown_and_kept() {
    let desk = Desk::ferry();
    let sql = "SELECT text FROM articles WHERE id = 3";
    let table = desk.stdout(&["sql", sql]);
    assert!(table.contains("␛[2J␇<U+009B>31m<U+202E>"), "{table}");
    assert!(desk.stdout(&["sql", sql, "--csv"]).contains(crate::desk::HARM), "CSV keeps the data");
    let json: serde_json::Value = serde_json::from_str(&desk.stdout(&["sql", sql, "--json"])).unwrap();
    assert!(json[0]["text"].as_str().unwrap().contains(crate::desk::HARM), "JSON keeps the data");
}
