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

#[test]
fn a_statement_is_saved_with_its_head_and_answers() {
    let desk = Desk::ferry();
    let sql = "SELECT title FROM articles WHERE words > :least ORDER BY id";
    let least = "least (integer, default 20): words at least";
    let mut save = vec!["query", "save", "long-reads", sql, "--queries", "mine", "--parameter", least];
    save.extend([
        "--title",
        "Long reads",
        "--question",
        "Which articles are long?",
        "--scan",
        "every article",
    ]);
    assert_eq!(desk.stdout(&save), "mine/long-reads.sql\n");
    assert_eq!(
        std::fs::read_to_string(desk.folder.path("mine/long-reads.sql")).unwrap(),
        "-- title: Long reads\n-- question: Which articles are long?\n\
         -- param least (integer, default 20): words at least\n-- scan: every article\n\
         SELECT title FROM articles WHERE words > :least ORDER BY id\n"
    );
    let csv = desk.stdout(&["query", "long-reads", "--queries", "mine", "--csv"]);
    assert_eq!(csv.lines().count(), 4, "{csv}");
    desk.stdout(&["query", "check", "long-reads", "--queries", "mine"]);

    let (complaint, code) = desk.complaint(&save);
    assert!(complaint.contains("there already (--replace"), "{complaint}");
    assert_eq!(code, 1);
    save.push("--replace");
    desk.stdout(&save);
    for (args, want) in [
        (&["query", "save", "x", "SELECT nme", "--queries", "mine"][..], "no such column: nme"),
        (&["query", "save", "x", "SELECT :a", "--queries", "mine"], ":a is not described"),
        (&["query", "save", "x", "DELETE FROM quotes", "--queries", "mine"], "refused: it would"),
        (&["query", "save", "check", "SELECT 1", "--queries", "mine"], "choose another name"),
        (&["query", "save", "../x", "SELECT 1", "--queries", "mine"], "no name for a query"),
        (&["query", "save", "x", "SELECT 1"], "name the folder of your queries"),
    ] {
        let (complaint, code) = desk.complaint(args);
        assert!(complaint.contains(want), "{args:?}: {complaint}");
        assert_eq!(code, 1);
    }
    assert_eq!(std::fs::read_dir(desk.folder.path("mine")).unwrap().count(), 1, "what is wrong is not saved");
}

#[test]
fn a_check_tells_what_is_wrong_with_a_query() {
    let desk = Desk::ferry();
    for (name, sql, want) in [
        ("misspelt", "SELECT nme FROM outlets", "no such column: nme"),
        ("undescribed", "SELECT :a", ":a is not described"),
        (
            "unused",
            "-- param a (text, default ''): x\nSELECT 1",
            "describes a, which the statement does not use",
        ),
        ("meaningless", "-- param a (text, default ''):\nSELECT :a", "does not say what a means"),
        (
            "bad-values",
            "-- param a (text, default ''): x\n-- values a: SELECT x\nSELECT :a",
            "the values of a",
        ),
        ("no-column", "-- chart: bar x=name y=n\nSELECT name FROM outlets", "chart names the column n"),
        ("no-key", "-- key: id\nSELECT name FROM outlets", "key names the column id"),
        ("whole", "SELECT q.said FROM quotes q WHERE q.said LIKE '%x%'", "it reads all of quotes"),
        ("hidden", "SELECT 1 FROM outlets o JOIN quotes_full q ON q.outlet = o.name", "it reads all of"),
        ("writes", "DELETE FROM quotes", "refused"),
    ] {
        desk.folder.write(&format!("mine/{name}.sql"), sql);
        let output = desk.run(&["query", "check", name, "--queries", "mine"]);
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.starts_with("FAULTY") && told.contains(want), "{name}: {told}");
        assert_eq!(output.status.code(), Some(1), "{name}");
    }
    for (name, sql) in [
        ("small", "SELECT name FROM outlets"),
        ("by-index", "SELECT said FROM quotes WHERE article_id = 1"),
        ("told", "-- scan: every quote\nSELECT said FROM quotes"),
    ] {
        desk.folder.write(&format!("mine/{name}.sql"), sql);
        let told = desk.stdout(&["query", "check", name, "--queries", "mine", "--time"]);
        assert!(told.starts_with("ok") && told.contains(" rows"), "{name}: {told}");
    }
}

#[test]
fn values_are_told_held_and_offered() {
    let desk = Desk::ferry();
    desk.folder.write(
        "mine/kinds.sql",
        "-- param kind (text, required): of what\n-- values kind: person | place\n\
         -- param name (text, default ''): whose\n-- values name: SELECT name FROM entities ORDER BY name\n\
         SELECT name FROM entities WHERE kind = :kind AND instr(name, :name) ORDER BY name",
    );
    fn ask<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [&["query", "kinds", "--queries", "mine"], more].concat()
    }
    let about = desk.stdout(&ask(&["--describe"]));
    assert!(about.contains("one of: person, place"), "{about}");
    assert!(about.contains("such as: Ada Vale, Boris Kern, Port Sable"), "{about}");
    assert_eq!(desk.stdout(&ask(&["-p", "kind", "PLACE", "--tsv"])), "name\nPort Sable\nTarn\n");
    let (complaint, code) = desk.complaint(&ask(&["-p", "kind", "persn"]));
    assert!(
        complaint.contains("takes one of person, place, not 'persn'; did you mean person?"),
        "{complaint}"
    );
    assert_eq!(code, 2);
    let (complaint, code) = desk.complaint(&ask(&[]));
    assert!(complaint.contains("no value for :kind"), "{complaint}");
    assert_eq!(code, 2);
}

/// Adds a quote of Ada Vale's to the archive.
fn say(desk: &Desk, words: &str) {
    let connection = rusqlite::Connection::open(desk.archive()).unwrap();
    connection
        .execute(
            "INSERT INTO quotes (article_id, kind, start, end, text, said, content_start, content_end, speaker_id,
                 speaker_text, speaker_start, speaker_end, is_closed, rule)
             SELECT article_id, kind, start, end, text, ?1, content_start, content_end, speaker_id, speaker_text,
                 speaker_start, speaker_end, is_closed, rule
             FROM quotes WHERE id = 1",
            [words],
        )
        .unwrap();
}

#[test]
fn new_rows_are_those_that_the_last_answer_did_not_have() {
    let desk = Desk::ferry();
    let ask = ["query", "who-said-what", "-p", "speaker", "vale", "--csv", "--new"];
    assert_eq!(desk.stdout(&ask).lines().count(), 4, "at first all are new");
    let (complaint, code) = desk.complaint(&ask);
    assert!(complaint.contains("nothing new since 20"), "{complaint}");
    assert_eq!((code, desk.run(&ask).stdout.len()), (4, 0), "nothing is written, not even a head");
    let (_, code) = desk.complaint(&[&ask[..], &["-o", "new.csv"]].concat());
    assert_eq!((code, desk.folder.path("new.csv").exists()), (4, false));

    say(&desk, "All are safe");
    let peek = desk.stdout(&[&ask[..], &["--peek"]].concat());
    assert!(peek.lines().count() == 2 && peek.contains("All are safe"), "{peek}");
    assert_eq!(desk.stdout(&ask), peek, "a peek is not remembered");
    assert_eq!(desk.run(&ask).status.code(), Some(4));
    let others = desk.stdout(&["query", "who-said-what", "-p", "speaker", "kern", "--csv", "--new"]);
    assert_eq!(others.lines().count(), 2, "another question has an answer of its own");
    assert_eq!(desk.stdout(&ask[..6]).lines().count(), 5, "without --new all are shown");
}

#[test]
fn an_answer_that_did_not_arrive_is_not_remembered() {
    let desk = Desk::ferry();
    let sql = "-- param n (integer, default 200000): how many\n\
        WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :n) SELECT n FROM c";
    desk.folder.write("mine/count.sql", sql);
    let ask = ["query", "count", "--queries", "mine", "--csv", "--new"];
    // Cut by the clock.
    let endless = [&ask[..], &["--timeout", "1", "-p", "n", "1000000000"]].concat();
    assert_eq!(desk.run(&endless).status.code(), Some(3));
    // Its reader went away.
    let mut child = std::process::Command::new(crate::archive::program())
        .args(ask)
        .current_dir(desk.folder.path("."))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.wait().unwrap();
    // Killed while it waits for its reader.
    let mut child = std::process::Command::new(crate::archive::program())
        .args(ask)
        .current_dir(desk.folder.path("."))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut [0; 1000]).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // The place it was to go to is not there.
    assert_eq!(desk.run(&[&ask[..], &["-o", "no/such/folder.csv"]].concat()).status.code(), Some(1));

    assert_eq!(desk.stdout(&ask).lines().count(), 200_001, "all of it is new still");
    assert_eq!(desk.run(&ask).status.code(), Some(4));
}

#[test]
fn an_empty_answer_tells_of_names_that_nobody_bears() {
    let desk = Desk::ferry();
    for (args, want) in [
        (
            &["query", "who-said-what", "-p", "speaker", "vael"][..],
            "no speaker holds 'vael'; did you mean Vale?",
        ),
        (
            &["query", "articles-by-date", "-p", "outlet", "Harbor"],
            "no outlet holds 'Harbor'; did you mean Harbour",
        ),
        (&["query", "places", "-p", "country", "XX"], "no country holds 'XX'"),
    ] {
        let (told, code) = desk.complaint(args);
        assert!(told.contains(want), "{args:?}: {told}");
        assert_eq!(code, 0, "an empty answer is an answer");
    }
    let (told, _) =
        desk.complaint(&["query", "who-said-what", "-p", "speaker", "vale", "-p", "words", "xyz"]);
    assert!(!told.contains("no speaker"), "{told}");
}
