//! `copydesk status`: for people, and as JSON for monitors.

use serde_json::Value;

use crate::archive::Folder;
use crate::articles::article;

#[test]
fn status_tells_what_is_there_and_how_the_last_import_went() {
    let folder = Folder::new();
    folder.copydesk(["status"]).assert().code(1);
    assert!(!folder.archive().exists(), "asking made an archive");
    for n in 0..3 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    folder.write("in/bad.txt", b"\xFF\xFF\xFF");
    folder.copydesk(["import", "in"]).assert().code(3);
    let output = folder.copydesk(["status", "--json"]).assert().success().get_output().stdout.clone();
    let status: Value = serde_json::from_slice(&output).expect("JSON");
    assert_eq!(
        (&status["articles"], &status["documents"], &status["runs"]),
        (&3.into(), &3.into(), &1.into())
    );
    assert_eq!(status["last_run"]["refused"], 1);
    assert!(status["last_run"]["finished_at"].is_string());
    assert_eq!(status["problems"][0]["source"], "in/bad.txt");
    let told = folder.copydesk(["status"]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8(told).expect("UTF-8");
    for words in ["3 articles from 3 sources", "found 4 = 3 new", "bad.txt: not UTF-8"] {
        assert!(told.contains(words), "{words:?} is not in\n{told}");
    }
}

fn status(folder: &Folder) -> Value {
    let output = folder.copydesk(["status", "--json"]).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).expect("JSON")
}

/// Sources that are still refused, between bars.
fn refused(folder: &Folder) -> String {
    let status = status(folder);
    let named = status["refused_documents"].as_array().expect("a list").iter();
    let named: Vec<&str> = named.map(|document| document["source"].as_str().expect("a name")).collect();
    assert_eq!(status["still_refused"], named.len());
    named.join("|")
}

#[test]
fn what_is_refused_is_told_until_it_is_taken_or_gone_whatever_the_last_run_was() {
    let folder = Folder::new();
    folder.write("in/0.txt", article(0));
    folder.write("in/bad.txt", b"fine so far\n\xFF");
    folder.write("in/worse.txt", b"\xFE");
    folder.write("other/1.txt", article(1));
    folder.copydesk(["import", "in", "other", "mistyped"]).assert().code(3);
    let first = status(&folder);
    assert_eq!(first["problems"][0]["place"], "byte 12, line 2");
    assert_eq!(refused(&folder), "in/bad.txt|in/worse.txt|mistyped");
    // A run that looks elsewhere, as `watch` does, does not hide them; nobody asks for what was mistyped again.
    folder.copydesk(["import", "other"]).assert().success();
    assert_eq!(refused(&folder), "in/bad.txt|in/worse.txt");
    folder.copydesk(["import", "in/0.txt"]).assert().success();
    assert_eq!(refused(&folder), "in/bad.txt|in/worse.txt");
    assert_eq!(status(&folder)["problems"], serde_json::json!([]));
    folder.copydesk(["status", "--max-age", "3600"]).assert().code(3);
    let told = folder.copydesk(["status"]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8(told).expect("UTF-8");
    assert!(told.contains("2 documents are still refused") && told.contains("in/worse.txt: "), "{told}");
    // One is mended, one goes.
    folder.write("in/bad.txt", article(2));
    folder.copydesk(["import", "in/bad.txt"]).assert().success();
    assert_eq!(refused(&folder), "in/worse.txt");
    std::fs::remove_file(folder.path("in/worse.txt")).expect("there");
    folder.copydesk(["import", "in"]).assert().success();
    assert_eq!(refused(&folder), "");
    folder.copydesk(["status", "--max-age", "3600"]).assert().success();
}

#[test]
fn an_import_that_was_killed_alarms_nobody_once_another_has_completed_it() {
    let folder = Folder::new();
    folder.write("in/0.txt", article(0));
    folder.copydesk(["import", "in"]).assert().success();
    let connection = rusqlite::Connection::open(folder.archive()).expect("opens");
    let killed = "INSERT INTO runs (started_at, verb, asked, program_version, extractor_version)
                  SELECT started_at, verb, asked, program_version, extractor_version FROM runs LIMIT 1";
    connection.execute(killed, []).expect("written");
    assert_eq!(status(&folder)["unfinished_runs"], 1);
    folder.copydesk(["status", "--max-age", "3600"]).assert().code(3);
    folder.copydesk(["import", "in"]).assert().success();
    assert_eq!(status(&folder)["unfinished_runs"], 0);
    folder.copydesk(["status", "--max-age", "3600"]).assert().success();
}
