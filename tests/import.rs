//! `copydesk import`: what it takes, what it tells, and that order and threads do not show.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::archive::Folder;
use crate::articles::article;
use crate::content::{assert_same, content};

/// Imports and returns the report.
#[track_caller]
pub fn report(folder: &Folder, args: &[&str]) -> Value {
    let output = folder.copydesk(["import", "--json"]).args(args).output().expect("runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    serde_json::from_str(&text)
        .unwrap_or_else(|_| panic!("no report: {text}{}", String::from_utf8_lossy(&output.stderr)))
}

/// The counts of a report that are not zero.
#[track_caller]
pub fn counts(report: &Value) -> BTreeMap<&'static str, u64> {
    let words = ["found", "new", "changed", "unchanged", "duplicate", "refused", "failed", "passed_over"];
    let all = words.map(|word| (word, report[word].as_u64().unwrap_or_else(|| panic!("{word} in {report}"))));
    let sum: u64 = all[1..7].iter().map(|(_, count)| count).sum();
    assert_eq!(all[0].1, sum, "the report does not add up: {report}");
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

#[test]
fn every_document_is_accounted_for() {
    let folder = Folder::new();
    folder.write("in/a.txt", article(1));
    folder.write("in/b.txt", article(2));
    folder.write("in/deep/copy of a.txt", article(1));
    folder.write("in/empty.txt", "");
    folder.write("in/latin.txt", b"caf\xE9 au lait");
    folder.write("in/table.csv", "1,2");
    let report = report(&folder, &["in", "missing.txt"]);
    let expected = BTreeMap::from([
        ("found", 6),
        ("new", 2),
        ("duplicate", 1),
        ("refused", 2),
        ("failed", 1),
        ("passed_over", 1),
    ]);
    assert_eq!(counts(&report), expected);
    let problems = report["problems"].as_array().expect("a list");
    let told: Vec<&str> = problems.iter().map(|p| p["source"].as_str().expect("a name")).collect();
    assert_eq!(told, ["in/empty.txt", "in/latin.txt", "missing.txt"]);
    let archive = copydesk::store::Archive::open_read_only(&folder.archive()).expect("opens");
    let stored: i64 = archive
        .connection()
        .query_row("SELECT count(*) FROM problems", [], |row| row.get(0))
        .expect("a number");
    assert_eq!(stored, 3);
}

#[test]
fn the_exit_code_tells_what_was_left_out() {
    let folder = Folder::new();
    folder.write("good.txt", article(1));
    folder.write("bad.txt", b"\xFF\xFF");
    folder.copydesk(["import", "good.txt"]).assert().code(0);
    let told = folder.copydesk(["import", "bad.txt"]).assert().code(3).get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&told).contains("bad.txt: not UTF-8"), "{told:?}");
}

#[test]
fn what_is_no_archive_is_told_of_and_left_alone() {
    let folder = Folder::new();
    folder.write("in/a.txt", article(1));
    folder.write("notes.db", "My notes, in a file with an unlucky name.");
    let told =
        folder.copydesk(["import", "-a", "notes.db", "in"]).assert().code(1).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&told).contains("notes.db: not a copydesk archive"), "{told:?}");
    assert_eq!(std::fs::read_to_string(folder.path("notes.db")).expect("there").len(), 41);
    assert!(!folder.path("notes.db-lock").exists());
}

#[test]
fn neither_order_nor_threads_show_in_the_content() {
    let folder = Folder::new();
    for n in 0..120 {
        folder.write(&format!("{}/{n}.txt", ["x", "y", "z"][n % 3]), article(n));
    }
    // Copies, so that an article has several sources.
    for n in 0..10 {
        folder.write(&format!("z/copy {n}.txt"), article(n));
    }
    let mut contents = Vec::new();
    for (threads, paths) in
        [("1", ["x", "y", "z"]), ("4", ["x", "y", "z"]), ("2", ["z", "y", "x"]), ("3", ["y", "z", "x"])]
    {
        let name = format!("{threads}{}.db", paths.concat());
        folder
            .copydesk(["import", "-a", &name])
            .args(paths)
            .env("RAYON_NUM_THREADS", threads)
            .assert()
            .success();
        contents.push(content(&folder.path(&name)));
    }
    assert!(contents[0].len() > 2000, "hardly anything to compare: {}", contents[0].len());
    for other in &contents[1..] {
        assert_same(&contents[0], other, "the same files in another order, on other threads");
    }
}

#[test]
fn the_same_order_gives_the_same_row_ids() {
    let folder = Folder::new();
    for n in 0..150 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    let dumps = ["1", "4"].map(|threads| {
        let name = format!("{threads}.db");
        folder.copydesk(["import", "-a", &name, "in"]).env("RAYON_NUM_THREADS", threads).assert().success();
        let archive = copydesk::store::Archive::open_read_only(&folder.path(&name)).expect("opens");
        let mut statement = archive
            .connection()
            .prepare(
                "SELECT 'article', id, source FROM articles
                 UNION ALL SELECT 'entity', id, kind || key FROM entities
                 UNION ALL SELECT 'quote', id, article_id || said FROM quotes
                 UNION ALL SELECT 'figure', id, article_id || text FROM figures
                 ORDER BY 1, 2",
            )
            .expect("good SQL");
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        });
        rows.expect("rows").map(|row| row.expect("a row")).collect::<Vec<_>>()
    });
    assert!(dumps[0].len() > 500);
    assert!(dumps[0] == dumps[1], "row ids depend on the number of threads");
}

#[test]
fn the_sample_articles_end_with_something_worth_seeing() {
    let folder = Folder::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles");
    let told = folder.copydesk(["import", samples]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8(told).expect("UTF-8");
    for words in ["8  new", "They do not agree", "copydesk query disagreements"] {
        assert!(told.contains(words), "{words:?} is not in\n{told}");
    }
    let again = folder.copydesk(["import", samples]).assert().success().get_output().stdout.clone();
    assert!(
        !String::from_utf8_lossy(&again).contains("They do not agree"),
        "told again though nothing changed"
    );
}

#[test]
fn what_is_not_there_ends_alike_whether_alone_or_among_others() {
    let folder = Folder::new();
    folder.write("in/a.txt", article(1));
    let told = folder.copydesk(["import", "missing"]).assert().code(3).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&told).contains("missing: no such file or folder; no archive was made"));
    assert!(!folder.archive().exists(), "a name that was mistyped made an archive");
    folder.copydesk(["import", "--dry-run", "missing"]).assert().code(3);
    folder.copydesk(["import", "in", "missing"]).assert().code(3);
    let told = report(&folder, &["missing"]);
    assert_eq!(counts(&told), BTreeMap::from([("found", 1), ("failed", 1)]));
    folder.copydesk(["import", "missing"]).assert().code(3);
    // From a configuration it is the same.
    folder.write("copydesk.toml", "[[sources]]\npath = 'missing'\n");
    folder.copydesk(["import"]).assert().code(3);
}
