//! `copydesk history` and what-changed: changes told as facts, and what is gone told as gone.

use std::fs;

use serde_json::Value;

use crate::archive::Folder;
use crate::articles::article;
use crate::import::{counts, report};

const TOLL: &str = "Flood in Lima\n\nAt least 12 people died in Lima, Ruth Okonjo said. The damage is $1.5 million.\n\n\
    “The river came at night and took the bridge,” Okonjo told reporters.\n";

/// Another story of the desk.
const RATE: &str = "Bank holds its rate\n\nThe central bank left its rate where it was on Monday, and shares of the two \
    largest lenders fell by 5 percent before trade was stopped in the afternoon, Piet Calloway said.\n";

fn json(folder: &Folder, args: &[&str]) -> Value {
    let output = folder.copydesk(args).arg("--json").assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).expect("JSON")
}

/// Subject, what, before, after of each change of an article.
fn changes(folder: &Folder, article: &str) -> Vec<String> {
    let history = json(folder, &["history", article]);
    let changes = history["changes"].as_array().expect("a list").clone();
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    changes
        .iter()
        .map(|c| {
            format!(
                "{} {}: {} > {}",
                word(&c["subject"]),
                word(&c["what"]),
                word(&c["before"]),
                word(&c["after"])
            )
        })
        .collect()
}

fn number(folder: &Folder, sql: &str) -> i64 {
    let archive = copydesk::store::Archive::open_read_only(&folder.archive()).expect("opens");
    archive.connection().query_row(sql, [], |row| row.get(0)).expect("a number")
}

fn check(folder: &Folder) {
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn a_rewritten_article_is_told_as_facts() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    let later = TOLL
        .replace("Flood in Lima", "Deadly flood in Lima")
        .replace("12 people", "15 people")
        .replace("$1.5", "$15")
        .replace("took the bridge", "took the old bridge");
    folder.write("in/a.txt", later);
    report(&folder, &["in"]);
    let told = changes(&folder, "in/a.txt");
    for expected in [
        "headline changed: Flood in Lima > Deadly flood in Lima",
        "figure changed: At least 12 people > At least 15 people",
        "figure changed: $1.5 million > $15 million",
        "quote changed: The river came at night and took the bridge, > The river came at night and took the old bridge,",
    ] {
        assert!(told.iter().any(|line| line == expected), "{expected:?} is not in {told:#?}");
    }
    let rows = json(&folder, &["query", "what-changed", "-p", "subject", "figure"]);
    assert_eq!(
        (&rows[0]["before"], &rows[0]["after"]),
        (&"At least 12 people".into(), &"At least 15 people".into())
    );
    let values = "SELECT before_value, after_value FROM changes WHERE subject = 'figure' ORDER BY id LIMIT 1";
    let values = json(&folder, &["sql", values]);
    assert_eq!((&values[0]["before_value"], &values[0]["after_value"]), (&12.0.into(), &15.0.into()));
    let text = folder.copydesk(["history", "1", "--diff"]).assert().success().get_output().stdout.clone();
    let text = String::from_utf8(text).expect("UTF-8");
    for words in ["2 revisions", "(12 → 15)", "[-12-]{+15+}", "{+old +}"] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    check(&folder);
}

#[test]
fn new_furniture_is_no_change_and_no_row() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    folder.write("in/a.txt", format!("{TOLL}\nShare on Facebook\n"));
    report(&folder, &["in"]);
    assert_eq!(changes(&folder, "1"), Vec::<String>::new());
}

#[test]
fn another_story_at_the_same_place_is_told_as_one() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    folder.write("in/a.txt", RATE);
    report(&folder, &["in"]);
    let told = changes(&folder, "1");
    assert_eq!(told[0], "story changed: Flood in Lima > Bank holds its rate");
    assert!(told.iter().all(|line| !line.starts_with("quote")), "{told:?}");
}

#[test]
fn what_vanishes_is_marked_and_what_returns_is_the_same() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    folder.write("in/b.txt", RATE);
    report(&folder, &["in"]);
    fs::remove_file(folder.path("in/a.txt")).expect("there");
    let gone = report(&folder, &["in"]);
    assert_eq!(gone["vanished"], 1);
    assert_eq!(report(&folder, &["in"])["vanished"], 0, "told once");
    assert_eq!(number(&folder, "SELECT count(*) FROM articles WHERE vanished_run_id = 2"), 1);
    assert_eq!(number(&folder, "SELECT count(*) FROM articles_full WHERE vanished_at IS NOT NULL"), 1);
    assert_eq!(number(&folder, "SELECT count(*) FROM articles"), 2);
    folder.write("in/a.txt", TOLL);
    let back = report(&folder, &["in"]);
    assert_eq!((&back["returned"], &back["vanished"]), (&1.into(), &0.into()));
    assert_eq!(number(&folder, "SELECT count(*) FROM articles WHERE vanished_run_id IS NOT NULL"), 0);
    assert_eq!(number(&folder, "SELECT id FROM articles WHERE source = 'in/a.txt'"), 1);
    let told = changes(&folder, "1");
    assert_eq!(told, ["source vanished: - > -", "source returned: - > -"]);
    check(&folder);
}

#[test]
fn what_was_not_looked_into_is_not_gone() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    folder.write("in/page.html", RATE);
    folder.write("in/sub/c.txt", article(3));
    folder.write("in/sub-b/d.txt", article(4));
    folder.write("other/e.txt", article(5));
    report(&folder, &["in", "in/page.html", "other"]);
    assert_eq!(number(&folder, "SELECT count(*) FROM articles"), 5);
    // Another folder, a file that only its name brings in, and a folder named for itself.
    for paths in [&["other"][..], &["in"], &["in", "in/sub"], &["in/a.txt"], &["."]] {
        assert_eq!(report(&folder, paths)["vanished"], 0, "{paths:?}");
    }
    fs::rename(folder.path("in/sub"), folder.path("in/.sub")).expect("renamed");
    assert_eq!(report(&folder, &["in"])["vanished"], 1, "a folder that was hidden is gone under its name");
    check(&folder);
}

#[test]
fn an_empty_or_missing_folder_marks_nothing_and_is_a_failure() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    folder.write("in/b.txt", RATE);
    folder.write("other/e.txt", article(5));
    report(&folder, &["in", "other"]);
    fs::rename(folder.path("in"), folder.path("away")).expect("renamed");
    fs::create_dir(folder.path("in")).expect("made");
    let told = folder.copydesk(["import", "in", "other"]).assert().code(3).get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&told).contains("is a disk not mounted?"), "{told:?}");
    fs::remove_dir(folder.path("in")).expect("empty");
    folder.copydesk(["import", "in", "other"]).assert().code(3);
    assert_eq!(number(&folder, "SELECT count(*) FROM sources WHERE vanished_run_id IS NOT NULL"), 0);
    fs::create_dir(folder.path("in")).expect("made");
    let taken = report(&folder, &["--allow-empty", "in"]);
    assert_eq!(taken["vanished"], 2);
    fs::rename(folder.path("away/a.txt"), folder.path("in/a.txt")).expect("renamed");
    assert_eq!(report(&folder, &["in"])["returned"], 1);
    check(&folder);
}

#[test]
fn files_that_swap_their_bytes_lose_nothing() {
    for (one, other) in [(TOLL.to_owned(), RATE.to_owned()), (TOLL.to_owned(), TOLL.replace("12", "15"))] {
        for order in [["in/a.txt", "in/b.txt"], ["in/b.txt", "in/a.txt"]] {
            let folder = Folder::new();
            folder.write("in/a.txt", &one);
            folder.write("in/b.txt", &other);
            report(&folder, &["in"]);
            let ids = "SELECT sum(id * length(text)) FROM articles";
            let before = number(&folder, ids);
            folder.write("in/a.txt", &other);
            folder.write("in/b.txt", &one);
            assert_eq!(counts(&report(&folder, &order))["changed"], 2);
            assert_eq!(number(&folder, "SELECT count(*) FROM articles WHERE revision = 1"), 2);
            assert_eq!(number(&folder, ids), before, "an article lost its row");
            assert_eq!(
                number(
                    &folder,
                    "SELECT count(*) FROM sources s JOIN articles a ON a.source = s.source AND a.id = s.article_id"
                ),
                2
            );
            check(&folder);
        }
    }
}

#[test]
fn a_file_overwritten_with_another_article_keeps_its_own() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    folder.write("in/b.txt", RATE);
    report(&folder, &["in"]);
    folder.write("in/a.txt", RATE);
    assert_eq!(counts(&report(&folder, &["in"]))["changed"], 1);
    assert_eq!(number(&folder, "SELECT count(*) FROM articles"), 2);
    assert_eq!(number(&folder, "SELECT count(*) FROM past_articles"), 0);
    assert_eq!(
        number(&folder, "SELECT id FROM articles WHERE vanished_run_id = 2 AND source = 'in/a.txt (gone)'"),
        1
    );
    check(&folder);
    // What it says next is its own again.
    folder.write("in/a.txt", TOLL.replace("12", "19"));
    report(&folder, &["in"]);
    assert_eq!(number(&folder, "SELECT revision FROM articles WHERE id = 1 AND source = 'in/a.txt'"), 2);
    assert_eq!(number(&folder, "SELECT count(*) FROM articles WHERE vanished_run_id IS NOT NULL"), 0);
    assert!(
        changes(&folder, "1").iter().any(|line| line.contains("At least 12 people > At least 19 people"))
    );
    check(&folder);
    // And back to the very bytes it had.
    folder.write("in/a.txt", RATE);
    report(&folder, &["in"]);
    folder.write("in/a.txt", TOLL.replace("12", "19"));
    report(&folder, &["in"]);
    assert_eq!(number(&folder, "SELECT count(*) FROM articles"), 2);
    assert_eq!(number(&folder, "SELECT article_id FROM sources WHERE source = 'in/a.txt'"), 1);
    check(&folder);
}

#[test]
fn two_versions_of_a_story_that_meet_are_one_article_with_one_past() {
    let folder = Folder::new();
    let versions = ["12", "13", "14", "15"].map(|toll| TOLL.replace("12", toll));
    folder.write("in/a.txt", &versions[0]);
    folder.write("in/b.txt", &versions[1]);
    report(&folder, &["in"]);
    folder.write("in/a.txt", &versions[2]);
    report(&folder, &["in"]);
    folder.write("in/a.txt", &versions[3]);
    folder.write("in/b.txt", &versions[3]);
    report(&folder, &["in"]);
    assert_eq!(number(&folder, "SELECT count(*) FROM articles"), 1);
    assert_eq!(number(&folder, "SELECT revision FROM articles"), 4);
    let told = changes(&folder, "1");
    assert!(told.iter().any(|line| line.contains("12 people > At least 14 people")), "{told:#?}");
    assert!(told.iter().any(|line| line.contains("13 people > At least 15 people")), "{told:#?}");
    check(&folder);
}

#[test]
fn copies_that_are_rewritten_alike_tell_it_once() {
    let folder = Folder::new();
    for copy in ["in/a.txt", "in/b.txt", "in/c.txt"] {
        folder.write(copy, TOLL);
    }
    report(&folder, &["in"]);
    for copy in ["in/a.txt", "in/b.txt", "in/c.txt"] {
        folder.write(copy, TOLL.replace("12 people", "15 people"));
    }
    assert_eq!(counts(&report(&folder, &["in"]))["changed"], 3);
    let told = changes(&folder, "1");
    assert_eq!(told.iter().filter(|line| line.starts_with("figure changed")).count(), 1, "{told:#?}");
    assert_eq!(number(&folder, "SELECT max(revision) FROM articles"), 2);
    check(&folder);
}

#[test]
fn a_dry_run_tells_what_an_import_does_and_writes_nothing() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    folder.write("in/b.txt", RATE);
    folder.write("in/c.txt", article(3));
    let none = report(&folder, &["--dry-run", "in"]);
    assert_eq!(counts(&none)["new"], 3);
    assert!(!folder.archive().exists(), "a dry run made an archive");
    report(&folder, &["in"]);
    folder.write("in/a.txt", TOLL.replace("12", "15"));
    folder.write("in/copy of b.txt", RATE);
    folder.write("in/d.txt", article(4));
    folder.write("in/e.txt", article(4));
    folder.write("in/bad.txt", b"\xFF\xFF");
    fs::remove_file(folder.path("in/c.txt")).expect("there");
    let before = fs::read(folder.archive()).expect("there");
    let told = folder.copydesk(["import", "--dry-run", "in"]).assert().code(3).get_output().stdout.clone();
    let told = String::from_utf8(told).expect("UTF-8");
    for words in
        ["At least 12 people → At least 15 people", "would be new: in/d.txt", "gone: in/c.txt", "in/bad.txt"]
    {
        assert!(told.contains(words), "{words:?} is not in\n{told}");
    }
    let preview = report(&folder, &["--dry-run", "in"]);
    assert_eq!(fs::read(folder.archive()).expect("there"), before, "a dry run wrote to the archive");
    let done = report(&folder, &["in"]);
    assert_eq!(counts(&preview), counts(&done));
    assert_eq!(preview["vanished"], done["vanished"]);
}

#[test]
fn a_document_in_two_files_goes_by_both_names() {
    let folder = Folder::new();
    folder.write("in/a.txt", article(1));
    folder.write("in/b.txt", article(1));
    folder.write("in/c.txt", article(2));
    folder.copydesk(["import", "in"]).assert().success();
    assert_eq!(json(&folder, &["history", "in/a.txt"]), json(&folder, &["history", "in/b.txt"]));
    assert_ne!(json(&folder, &["history", "in/a.txt"]), json(&folder, &["history", "in/c.txt"]));
}

#[test]
fn white_space_alone_is_no_fact() {
    const STORY: &str = "Flood in Lima\n\nBy Ruth Okonjo\n\nLIMA — At least 12 people died in Lima on Sunday, Daniel Vale \
        said. The damage is $1.5 million.\n\n“The river came at night and took the bridge,” Daniel Vale told reporters.\n";
    for (from, to) in [
        (" ", "\u{a0}"),
        (" ", "  "),
        (" died", "\u{2009}died"),
        ("at night", "at\u{202f}night"),
        ("\n\n", "\n\n\n \n"),
    ] {
        let folder = Folder::new();
        folder.write("in/a.txt", STORY);
        report(&folder, &["in"]);
        folder.write("in/a.txt", STORY.replace(from, to));
        report(&folder, &["in"]);
        let told = changes(&folder, "1");
        assert!(told.is_empty(), "{from:?} became {to:?}: {told:#?}");
    }
    // What changes with it is told alone.
    let folder = Folder::new();
    folder.write("in/a.txt", STORY);
    report(&folder, &["in"]);
    folder.write("in/a.txt", STORY.replace(' ', "  ").replace("12  people", "15  people"));
    report(&folder, &["in"]);
    let told = changes(&folder, "1");
    let subjects: Vec<&str> = told.iter().map(|line| line.split(':').next().unwrap_or_default()).collect();
    assert_eq!(subjects, ["figure changed", "quote changed", "text changed"], "{told:#?}");
}

#[test]
fn a_headline_that_is_rewritten_under_a_correction_is_told_and_the_correction_holds() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    folder.copydesk(["correct", "article", "1", "title=The flood of Lima"]).assert().success();
    folder.write("in/a.txt", TOLL.replace("Flood in Lima", "Deadly flood in Lima"));
    let foretold = report(&folder, &["--dry-run", "in"]);
    assert_eq!(foretold["changes"][0]["facts"][0]["subject"], "headline");
    assert_eq!(counts(&report(&folder, &["in"]))["changed"], 1);
    let history = json(&folder, &["history", "1"]);
    assert_eq!(history["title"], "The flood of Lima");
    let told = &history["changes"][0];
    assert_eq!(
        (&told["subject"], &told["about"]),
        (&"headline".into(), &"in the document, where a correction holds".into())
    );
    assert_eq!((&told["before"], &told["after"]), (&"Flood in Lima".into(), &"Deadly flood in Lima".into()));
    check(&folder);
}

#[test]
fn a_byline_that_is_rewritten_under_a_correction_is_told_and_nothing_else_is() {
    let folder = Folder::new();
    let story = TOLL.replacen("\n\n", "\n\nBy Ada Roe\n\n", 1);
    folder.write("in/a.txt", &story);
    report(&folder, &["in"]);
    folder.copydesk(["correct", "article", "1", "byline=Ada M. Roe"]).assert().success();
    // The text alone changes: the byline that a correction holds did not.
    folder.write("in/a.txt", story.replace("12 people", "15 people"));
    assert_eq!(counts(&report(&folder, &["in"]))["changed"], 1);
    let told = changes(&folder, "1");
    assert!(!told.iter().any(|line| line.starts_with("byline")), "{told:#?}");
    folder.write("in/a.txt", story.replace("12 people", "15 people").replace("By Ada Roe", "By Ben Smith"));
    assert_eq!(counts(&report(&folder, &["in"]))["changed"], 1);
    let history = json(&folder, &["history", "1"]);
    let told = history["changes"].as_array().expect("changes");
    let byline: Vec<_> = told.iter().filter(|change| change["subject"] == "byline").collect();
    assert_eq!(byline.len(), 1, "{told:#?}");
    assert_eq!(byline[0]["about"], "in the document, where a correction holds");
    assert_eq!((&byline[0]["before"], &byline[0]["after"]), (&"By Ada Roe".into(), &"By Ben Smith".into()));
    assert_eq!(json(&folder, &["sql", "SELECT byline FROM articles"])[0]["byline"], "Ada M. Roe");
    check(&folder);
}

#[test]
fn a_score_is_told_by_both_of_its_numbers() {
    let folder = Folder::new();
    let match_day = "Cup\n\nReal Vardo beat Tarn United 3-1 in the cup final on Sunday. The council voted 52-48 for a new stadium, \
        and between 200 and 300 people came.\n";
    folder.write("in/a.txt", match_day);
    report(&folder, &["in"]);
    let later =
        match_day.replace("3-1", "2-1").replace("52-48", "51-49").replace("200 and 300", "200 and 400");
    folder.write("in/a.txt", later);
    report(&folder, &["in"]);
    let told = changes(&folder, "1");
    for words in ["3-1 > 2-1", "52-48 > 51-49", "between 200 and 300 people > between 200 and 400 people"] {
        assert!(told.iter().any(|line| line.contains(words)), "{words:?} is not in {told:#?}");
    }
    assert_eq!(number(&folder, "SELECT count(*) FROM changes WHERE before_value IS NOT NULL"), 0);
}

#[test]
fn what_changed_is_a_table_on_a_narrow_terminal_with_the_facts_first() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    let later = TOLL.replace("12 people", "15 people").replace("took the bridge", "took the old bridge");
    folder.write("in/a.txt", later);
    report(&folder, &["in"]);
    let told = folder.copydesk(["query", "what-changed", "--width", "100"]).assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).expect("UTF-8");
    let head: Vec<&str> = told.lines().next().unwrap_or_default().split_whitespace().collect();
    assert_eq!(
        head,
        ["subject", "what", "about", "before", "after", "title", "article_id", "day", "run"],
        "{told}"
    );
}
