//! Files of records: a JSON object a line, known by address or id, whatever file it stands in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use copydesk::store::Archive;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::archive::Folder;
use crate::import::counts;

const CONFIG: &str = "archive = \"copydesk.db\"\n[[sources]]\npath = \"crawl\"\noutlet = \"Harbour Echo\"\n\
    [sources.fields]\ntext = \"body\"\ntitle = \"headline\"\nurl = \"link\"\nbyline = \"author.name\"\n\
    published = \"date\"\n";

/// What is asked of an archive: rows of text.
#[track_caller]
fn rows(folder: &Folder, sql: &str) -> Vec<String> {
    let archive = Archive::open_read_only(&folder.archive()).expect("opens");
    let mut statement = archive.connection().prepare(sql).expect("prepared");
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("asked");
    rows.collect::<Result<_, _>>().expect("text")
}

/// What an import by the configuration reports, and its exit code.
fn import(folder: &Folder, args: &[&str]) -> (Value, i32) {
    let all = ["import", "--json"].iter().chain(args);
    let output = folder.copydesk(all).output().expect("runs");
    let told = String::from_utf8_lossy(&output.stderr);
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}"));
    (report, output.status.code().expect("ended"))
}

/// The counts of a report that are not zero, what came and went with them.
#[track_caller]
fn all_counts(report: &Value) -> BTreeMap<&'static str, u64> {
    let moved = ["vanished", "returned"].map(|word| (word, report[word].as_u64().expect("a number")));
    counts(report).into_iter().chain(moved).filter(|(_, count)| *count > 0).collect()
}

/// An import counts so, and a dry run before it says that it will.
#[track_caller]
fn assert_counts(folder: &Folder, expected: &[(&'static str, u64)]) {
    let expected: BTreeMap<_, _> = expected.iter().copied().collect();
    let (preview, _) = import(folder, &["--dry-run"]);
    assert_eq!(all_counts(&preview), expected, "a dry run: {preview:#}");
    let (report, _) = import(folder, &[]);
    assert_eq!(all_counts(&report), expected, "{report:#}");
}

fn record(n: usize, dead: usize) -> String {
    json!({
        "link": format!("https://echo.example/{n}"),
        "headline": format!("Storm number {n} hits Lima"),
        "date": "2016-09-05T10:15:00Z",
        "author": {"name": "Ann Lee"},
        "body": format!("LIMA — At least {dead} people were killed in storm number {n}, Ruth Okonjo said on Monday."),
    })
    .to_string()
}

fn lay(folder: &Folder, file: &str, records: &[String]) {
    folder.write(&format!("crawl/{file}"), records.join("\n") + "\n");
    age(&folder.path(&format!("crawl/{file}")), 3600);
}

/// Sets a file's time back, so that it is old enough to be trusted.
fn age(path: &Path, seconds: u64) {
    let file = fs::File::options().append(true).open(path).expect("there");
    file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).expect("set");
}

fn configured() -> Folder {
    let folder = Folder::new();
    folder.write("copydesk.toml", CONFIG);
    folder
}

const TEXTS: &str =
    "SELECT source || ': ' || text FROM articles WHERE vanished_run_id IS NULL ORDER BY source";

#[test]
fn records_become_articles_with_what_their_fields_say() {
    let folder = configured();
    lay(&folder, "monday.jsonl", &[record(1, 12), record(2, 30)]);
    folder.write("crawl/notes.txt", "Not a record.");
    let (report, code) = import(&folder, &[]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(counts(&report), BTreeMap::from([("found", 2), ("new", 2), ("passed_over", 1)]));
    let full = "SELECT concat_ws(' | ', source, title, outlet, byline, dateline, published, words)
                FROM articles_full ORDER BY source";
    assert_eq!(
        rows(&folder, full)[0],
        "https://echo.example/1 | Storm number 1 hits Lima | Harbour Echo | Ann Lee | LIMA | 2016-09-05T10:15:00Z | 21"
    );
    let figures = "SELECT a.source || ' ' || f.text FROM figures f JOIN articles a ON a.id = f.article_id
                   WHERE f.event = 'death' ORDER BY 1";
    let expected = ["https://echo.example/1 At least 12 people", "https://echo.example/2 At least 30 people"];
    assert_eq!(rows(&folder, figures), expected);
    let standing = "SELECT f.file || ', line ' || r.line || ': ' || d.bytes FROM records r
                    JOIN record_files f ON f.id = r.file_id JOIN documents d ON d.id = r.document_id
                    ORDER BY r.source";
    assert_eq!(rows(&folder, standing)[1], format!("crawl/monday.jsonl, line 2: {}", record(2, 30)));
    folder.copydesk(["check"]).assert().success();
    // The address names the article wherever one is named.
    let shown =
        folder.copydesk(["show", "https://echo.example/2"]).assert().success().get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&shown).contains("At least 30 people"), "{shown:?}");

    assert_counts(&folder, &[("found", 2), ("unchanged", 2), ("passed_over", 1)]);
    // Touched alone: every line is looked at, and none written.
    age(&folder.path("crawl/monday.jsonl"), 1800);
    assert_counts(&folder, &[("found", 2), ("unchanged", 2), ("passed_over", 1)]);
    assert_eq!(rows(&folder, "SELECT source FROM sources WHERE run_id > 1"), [""; 0]);
}

#[test]
fn a_later_file_says_what_a_record_says_now_whatever_is_read_when() {
    let folder = configured();
    lay(&folder, "1.jsonl", &[record(1, 12), record(2, 30)]);
    import(&folder, &[]);
    lay(&folder, "2.jsonl", &[record(2, 31), record(3, 5)]);
    assert_counts(&folder, &[("found", 4), ("unchanged", 2), ("changed", 1), ("new", 1)]);
    let history = folder.copydesk(["history", "https://echo.example/2"]).assert().success();
    let history = String::from_utf8_lossy(&history.get_output().stdout).into_owned();
    assert!(history.contains("30") && history.contains("31"), "{history}");
    // The older file, merely touched, or with a line more, takes nothing back.
    lay(&folder, "1.jsonl", &[record(4, 8), record(1, 12), record(2, 30)]);
    assert_counts(&folder, &[("found", 5), ("unchanged", 4), ("new", 1)]);
    assert!(rows(&folder, TEXTS)[1].contains("At least 31"), "{:?}", rows(&folder, TEXTS));

    let fresh = configured();
    for file in ["1.jsonl", "2.jsonl"] {
        fs::create_dir_all(fresh.path("crawl")).expect("made");
        fs::copy(folder.path(&format!("crawl/{file}")), fresh.path(&format!("crawl/{file}")))
            .expect("copied");
    }
    import(&fresh, &[]);
    assert_eq!(rows(&fresh, TEXTS), rows(&folder, TEXTS));
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn what_no_file_has_any_more_is_marked_and_is_the_same_article_when_it_comes_back() {
    let folder = configured();
    lay(&folder, "1.jsonl", &[record(1, 12), record(2, 30)]);
    lay(&folder, "2.jsonl", &[record(2, 31), record(3, 5)]);
    import(&folder, &[]);
    let ids = "SELECT source || ' ' || id FROM articles ORDER BY source";
    let before = rows(&folder, ids);
    let gone = "SELECT source FROM articles WHERE vanished_run_id IS NOT NULL ORDER BY source";

    // A file goes: one record with it, and of another what the older file says holds again.
    fs::remove_file(folder.path("crawl/2.jsonl")).expect("removed");
    assert_counts(&folder, &[("found", 2), ("unchanged", 2), ("vanished", 1)]);
    assert_eq!(rows(&folder, gone), ["https://echo.example/3"]);
    assert!(rows(&folder, TEXTS)[1].contains("At least 30"), "{:?}", rows(&folder, TEXTS));
    // A line goes.
    lay(&folder, "1.jsonl", &[record(2, 30)]);
    assert_counts(&folder, &[("found", 1), ("unchanged", 1), ("vanished", 1)]);
    assert_eq!(rows(&folder, gone), ["https://echo.example/1", "https://echo.example/3"]);
    // Both come back, in another file: the same articles.
    lay(&folder, "3.ndjson", &[record(3, 5), record(1, 12)]);
    assert_counts(&folder, &[("found", 3), ("unchanged", 3), ("returned", 2)]);
    assert_eq!((rows(&folder, ids), rows(&folder, gone)), (before, Vec::new()));
    // A file that goes by another name loses nothing.
    fs::rename(folder.path("crawl/3.ndjson"), folder.path("crawl/0.ndjson")).expect("renamed");
    assert_counts(&folder, &[("found", 3), ("unchanged", 1), ("duplicate", 2)]);
    // A folder without files is more likely a disk that is not there.
    fs::rename(folder.path("crawl"), folder.path("elsewhere")).expect("renamed");
    fs::create_dir(folder.path("crawl")).expect("made");
    let (report, code) = import(&folder, &[]);
    assert_eq!((code, counts(&report)["failed"]), (3, 1), "{report:#}");
    assert_eq!(rows(&folder, gone), [""; 0]);
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn a_line_that_is_no_record_is_told_of_and_costs_no_other() {
    let folder = configured();
    lay(&folder, "a.jsonl", &[record(1, 12), record(2, 30), record(3, 5)]);
    import(&folder, &[]);
    lay(
        &folder,
        "a.jsonl",
        &[record(1, 13), "{\"link\": \"https://echo.ex".to_owned(), json!({"text": "x"}).to_string()],
    );
    let (report, code) = import(&folder, &[]);
    assert_eq!(code, 3);
    assert_eq!(counts(&report), BTreeMap::from([("found", 3), ("changed", 1), ("refused", 2)]));
    let problems = "SELECT concat_ws(' | ', source, outcome, place, reason) FROM problems ORDER BY id";
    let problems = rows(&folder, problems);
    let told = folder.copydesk(["status"]).assert().get_output().stdout.clone();
    let told = String::from_utf8_lossy(&told).into_owned();
    assert!(told.contains("crawl/a.jsonl, line 2: not JSON: EOF while parsing a string"), "{told}");
    assert!(told.contains("crawl/a.jsonl, line 3: no text"), "{told}");
    assert!(problems[0].starts_with("crawl/a.jsonl | refused | line 2 | not JSON"), "{problems:?}");
    assert!(problems[1].contains("line 3") && problems[1].contains("it has text"), "{problems:?}");
    // The broken line may be a record that the archive has: nothing is called gone.
    assert_eq!(rows(&folder, "SELECT source FROM articles WHERE vanished_run_id IS NOT NULL"), [""; 0]);
    assert_counts(&folder, &[("found", 3), ("unchanged", 1), ("refused", 2)]);
    lay(&folder, "a.jsonl", &[record(1, 13), record(2, 30)]);
    assert_counts(&folder, &[("found", 2), ("unchanged", 2), ("vanished", 1)]);
    // Emptied, as a program does that begins to write it anew.
    folder.write("crawl/a.jsonl", "");
    let (report, _) = import(&folder, &[]);
    assert_eq!(counts(&report), BTreeMap::from([("found", 1), ("refused", 1)]), "{report:#}");
}

#[test]
fn of_several_lines_about_one_record_the_last_holds() {
    let folder = configured();
    lay(&folder, "a.jsonl", &[record(1, 12), record(2, 30), record(1, 15)]);
    assert_counts(&folder, &[("found", 3), ("new", 2), ("duplicate", 1)]);
    age(&folder.path("crawl/a.jsonl"), 60);
    assert_counts(&folder, &[("found", 3), ("unchanged", 2), ("duplicate", 1)]);
    assert!(rows(&folder, TEXTS)[0].contains("At least 15"));
    assert_eq!(rows(&folder, "SELECT CAST(max(revision) AS TEXT) FROM articles"), ["1"]);
}

#[test]
fn a_mapping_told_otherwise_reads_the_records_anew() {
    let folder = configured();
    let record = json!({"id": 7, "body": "A ferry ran aground off Skye on Monday with 40 people aboard.",
        "headline": "Ferry aground", "summary": "Ferry aground off Skye"});
    lay(&folder, "a.jsonl", &[record.to_string()]);
    import(&folder, &[]);
    let titles = "SELECT source || ': ' || title FROM articles";
    assert_eq!(rows(&folder, titles), ["crawl#7: Ferry aground"]);
    folder.write("copydesk.toml", CONFIG.replace("\"headline\"", "\"summary\""));
    assert_counts(&folder, &[("found", 1), ("changed", 1)]);
    assert_eq!(rows(&folder, titles), ["crawl#7: Ferry aground off Skye"]);
    folder.copydesk(["reextract", "--all"]).assert().success();
    assert_eq!(rows(&folder, titles), ["crawl#7: Ferry aground off Skye"]);
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn a_file_named_by_itself_has_fields_by_their_own_names() {
    let folder = Folder::new();
    let text = "A ferry ran aground off Skye on Monday with 40 people aboard, police said.";
    folder.write("a.jsonl", json!({"id": "x-1", "title": "Ferry aground", "text": text}).to_string());
    folder.copydesk(["import", "a.jsonl"]).assert().success();
    assert_eq!(rows(&folder, TEXTS), [format!("a.jsonl#x-1: Ferry aground\n\n{text}")]);
    let line = folder.copydesk(["extract", "a.jsonl"]).assert().success().get_output().stdout.clone();
    let line: Value = serde_json::from_slice(&line).expect("one line");
    assert_eq!((&line["title"], &line["source"]), (&json!("Ferry aground"), &json!("a.jsonl#x-1")));
    folder.write("array.jsonl", "[\n{\"text\": \"One.\"}\n]\n");
    let told = folder.copydesk(["import", "array.jsonl"]).assert().code(3).get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&told).contains("jq -c '.[]'"), "{told:?}");
}

#[test]
fn a_file_that_is_named_by_hand_holds_the_records_that_it_held() {
    let folder = configured();
    let record = |dead: usize| json!({"id": 7, "body": format!("At least {dead} people died in Lima on Monday, police said.")});
    lay(&folder, "a.jsonl", &[record(12).to_string()]);
    import(&folder, &[]);
    lay(&folder, "a.jsonl", &[record(15).to_string()]);
    let (report, _) = import(&folder, &["crawl/a.jsonl"]);
    assert_eq!(all_counts(&report), BTreeMap::from([("found", 1), ("changed", 1)]), "{report:#}");
    assert_eq!(rows(&folder, "SELECT source FROM articles"), ["crawl#7"]);
}

#[test]
fn a_file_that_holds_records_no_more_is_a_document() {
    let folder = configured();
    let config = |fields: &str| {
        let config = CONFIG.replace("outlet =", "include = [\"*.json\"]\noutlet =");
        let at = config.find("[sources.fields]").expect("there");
        folder.write("copydesk.toml", format!("{}{fields}", &config[..at]));
    };
    config("[sources.fields]\ntext = \"body\"\n");
    // Not the bytes of its one line alone: the same bytes are one document.
    let record = json!({"id": 7, "body": "At least 12 people died in Lima on Monday."});
    folder.write("crawl/a.json", format!("{record}\n"));
    assert_counts(&folder, &[("found", 1), ("new", 1)]);
    config("");
    assert_counts(&folder, &[("found", 1), ("new", 1), ("vanished", 1)]);
    assert_eq!(rows(&folder, "SELECT source FROM articles WHERE vanished_run_id IS NULL"), ["crawl/a.json"]);
}

#[test]
fn what_cannot_be_an_article_is_refused_whole_or_by_its_line() {
    let folder = configured();
    let fault = |bytes: &[u8]| {
        folder.write("crawl/a.jsonl", bytes);
        let told = folder.copydesk(["import"]).assert().code(3).get_output().stdout.clone();
        let told = String::from_utf8_lossy(&told).into_owned();
        told.lines().find(|line| line.contains("refused:")).expect("told of").trim().to_owned()
    };
    let latin = fault(b"\n{\"link\": \"https://e.org/1\", \"body\": \"caf\xE9\"}");
    assert!(latin.starts_with("refused: crawl/a.jsonl, line 2: not UTF-8: byte 0xE9"), "{latin}");
    let deep = fault(format!("{{\"body\": {}", "[".repeat(9_000)).as_bytes());
    assert!(deep.contains("line 1: not JSON: recursion limit exceeded"), "{deep}");
    let long = fault(json!({"link": "https://e.org/1", "body": "A ".repeat(9 << 20)}).to_string().as_bytes());
    assert!(long.contains("line 1: larger than 16 MiB"), "{long}");
    // A field that no record has was to tell them apart: without it, each change would be another article.
    let vain =
        fault(json!({"lnk": "https://e.org/1", "body": "At least 12 people died."}).to_string().as_bytes());
    assert!(vain.contains("no record has the field \"link\""), "{vain}");
}

/// What happens to files of records between two imports.
#[derive(Debug, Clone)]
enum Step {
    /// A file holds these records, each with a number of dead.
    Write(usize, Vec<(usize, usize)>),
    Remove(usize),
    Rename(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    let lines = proptest::collection::vec((0..4_usize, 1..4_usize), 1..5);
    prop_oneof![
        4 => (0..3_usize, lines).prop_map(|(file, lines)| Step::Write(file, lines)),
        1 => (0..3_usize).prop_map(Step::Remove),
        1 => (0..3_usize, 0..3_usize).prop_map(|(from, to)| Step::Rename(from, to)),
    ]
}

fn take(folder: &Folder, step: &Step, moment: u64) {
    let path = |file: usize| folder.path(&format!("crawl/{file}.jsonl"));
    match step {
        Step::Write(file, lines) => {
            let lines: Vec<String> = lines.iter().map(|(n, dead)| record(*n, 10 + dead)).collect();
            folder.write(&format!("crawl/{file}.jsonl"), lines.join("\n"));
            age(&path(*file), 9000 - moment);
        }
        Step::Remove(file) => drop(fs::remove_file(path(*file))),
        Step::Rename(from, to) => drop(fs::rename(path(*from), path(*to))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_files_ends_where_a_fresh_import_of_the_last_does(
        steps in proptest::collection::vec(proptest::collection::vec(step(), 1..4), 2..6)
    ) {
        let folder = configured();
        folder.write("crawl/.keep", "");
        // A file that always is, so that the folder is never empty.
        lay(&folder, "9.jsonl", &[record(99, 40)]);
        let mut moment = 0;
        for round in &steps {
            for step in round {
                moment += 1;
                take(&folder, step, moment);
            }
            let (preview, _) = import(&folder, &["--dry-run"]);
            let (report, code) = import(&folder, &[]);
            prop_assert_eq!(code, 0, "{:#}", report);
            prop_assert_eq!(all_counts(&preview), all_counts(&report), "{:#}", preview);
        }
        let (again, _) = import(&folder, &[]);
        prop_assert_eq!(&again["found"], &again["unchanged"], "{:#}", again);
        folder.copydesk(["check"]).assert().success();

        let fresh = configured();
        fs::create_dir(fresh.path("crawl")).expect("made");
        for entry in fs::read_dir(folder.path("crawl")).expect("there").flatten() {
            fs::copy(entry.path(), fresh.path("crawl").join(entry.file_name())).expect("copied");
        }
        import(&fresh, &[]);
        prop_assert_eq!(rows(&folder, TEXTS), rows(&fresh, TEXTS));
        let standing = "SELECT f.file || ' ' || r.line || ' ' || d.hash || ' ' || r.source FROM records r
                        JOIN record_files f ON f.id = r.file_id JOIN documents d ON d.id = r.document_id ORDER BY 1";
        prop_assert_eq!(rows(&folder, standing), rows(&fresh, standing));
    }
}
