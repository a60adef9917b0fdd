//! `copydesk watch`: files that arrive, change, go, are still being written; another import; the end.
//!
//! Conditions are waited for, never times: the time limit is there so that a fault ends the test.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use copydesk::store::ImportLock;
use rusqlite::Connection;

use crate::archive::{Folder, program};
use crate::articles::article;
use crate::content::{assert_same, content};

/// A wait that takes longer is a fault.
const LIMIT: Duration = Duration::from_secs(120);

/// A program that watches, ended with the test.
struct Watching {
    child: Child,
    lines: Option<JoinHandle<Vec<String>>>,
    errors: Option<JoinHandle<Vec<String>>>,
}

fn listen(out: impl std::io::Read + Send + 'static) -> Option<JoinHandle<Vec<String>>> {
    Some(std::thread::spawn(move || BufReader::new(out).lines().map(|line| line.expect("UTF-8")).collect()))
}

fn watch(folder: &Folder, args: &[&str]) -> Watching {
    let mut child = Command::new(program())
        .current_dir(folder.path(""))
        .env_remove("COPYDESK_ARCHIVE")
        .env_remove("COPYDESK_CONFIG")
        .arg("watch")
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let lines = listen(child.stdout.take().expect("piped"));
    let errors = listen(child.stderr.take().expect("piped"));
    Watching { child, lines, errors }
}

impl Watching {
    /// Ends it as a service manager does; what it printed, and what it told.
    fn end(mut self) -> (Vec<String>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("runs").success());
        let status = self.child.wait().expect("ends");
        let lines = self.lines.take().expect("once").join().expect("read");
        let errors = self.errors.take().expect("once").join().expect("read").join("\n");
        assert_eq!(status.code(), Some(0), "{lines:?} {errors}");
        assert!(errors.ends_with("copydesk: ended"), "{errors}");
        (lines, errors)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A number from the archive; `None` where there is none yet.
fn number(folder: &Folder, sql: &str) -> Option<i64> {
    Connection::open(folder.archive()).ok()?.query_row(sql, [], |row| row.get(0)).ok()
}

#[track_caller]
fn until(folder: &Folder, sql: &str, wanted: i64) {
    let began = Instant::now();
    while number(folder, sql) != Some(wanted) {
        assert!(began.elapsed() < LIMIT, "{sql} is {:?}, not {wanted}", number(folder, sql));
        std::thread::sleep(Duration::from_millis(20));
    }
}

const ARTICLES: &str = "SELECT count(*) FROM articles WHERE vanished_run_id IS NULL";
const GONE: &str = "SELECT count(*) FROM articles WHERE vanished_run_id IS NOT NULL";
const FINISHED: &str = "SELECT count(*) FROM runs WHERE finished_at IS NOT NULL";

#[test]
fn files_are_imported_as_they_arrive_change_go_and_come_back() {
    let folder = Folder::new();
    folder.write("in/0.txt", article(0));
    let watching = watch(&folder, &["in", "--quiet", "0.1"]);
    until(&folder, FINISHED, 1);
    folder.write("in/1.txt", article(1));
    until(&folder, ARTICLES, 2);
    folder.write("in/1.txt", article(101));
    until(
        &folder,
        "SELECT count(*) > 0 FROM past_articles p JOIN articles a ON a.id = p.article_id WHERE a.source = 'in/1.txt' AND a.text LIKE '%101%'",
        1,
    );
    folder.write("in/new/deep/2.txt", article(2));
    until(&folder, ARTICLES, 3);
    // A folder that is known by now.
    folder.write("in/new/deep/3.txt", article(3));
    until(&folder, ARTICLES, 4);
    fs::remove_file(folder.path("in/0.txt")).expect("there");
    until(&folder, GONE, 1);
    folder.write("in/0.txt", article(0));
    until(&folder, GONE, 0);
    // The same article under another name, as a copy and a removal are to an import.
    fs::rename(folder.path("in/1.txt"), folder.path("in/one.txt")).expect("renamed");
    until(&folder, "SELECT count(*) FROM sources WHERE source = 'in/one.txt' AND vanished_run_id IS NULL", 1);
    until(
        &folder,
        "SELECT count(*) FROM sources WHERE source = 'in/1.txt' AND vanished_run_id IS NOT NULL",
        1,
    );
    fs::remove_dir_all(folder.path("in/new")).expect("there");
    until(&folder, GONE, 2);
    fs::rename(folder.path("in/one.txt"), folder.path("in/.one.txt")).expect("renamed");
    until(&folder, GONE, 3);
    // Neither is an article, so that neither is a run.
    let runs = number(&folder, "SELECT max(id) FROM runs");
    folder.write("in/table.csv", "1,2");
    folder.write("in/.hidden.txt", article(9));
    folder.write("in/last.txt", article(10));
    until(&folder, "SELECT count(*) FROM articles WHERE source = 'in/last.txt'", 1);
    until(&folder, "SELECT count(*) FROM runs WHERE finished_at IS NULL", 0);
    let (lines, _) = watching.end();
    assert_eq!(number(&folder, "SELECT count(*) FROM articles WHERE source GLOB '*hidden*'"), Some(0));
    let told = number(
        &folder,
        "SELECT count(*) FROM runs WHERE new + changed + duplicate + vanished + returned + refused + failed > 0",
    );
    assert_eq!(i64::try_from(lines.len()).ok(), told, "a line an import that did something: {lines:?}");
    assert!(runs < number(&folder, "SELECT max(id) FROM runs"));
    assert!(lines[0].ends_with("Z 1 new"), "{lines:?}");
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn a_file_that_is_still_being_written_waits() {
    let folder = Folder::new();
    folder.write("in/0.txt", article(0));
    let watching = watch(&folder, &["in", "--quiet", "4", "--json"]);
    until(&folder, FINISHED, 1);
    let mut file = fs::File::create(folder.path("in/1.txt")).expect("made");
    for piece in article(1).as_bytes().chunks(40) {
        file.write_all(piece).expect("written");
        file.flush().expect("written");
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(file);
    until(&folder, ARTICLES, 2);
    until(&folder, FINISHED, 2);
    let (lines, _) = watching.end();
    assert_eq!(number(&folder, "SELECT count(*) FROM past_articles"), Some(0), "it was read by half");
    let line: serde_json::Value = serde_json::from_str(&lines[1]).expect("JSON on one line");
    assert_eq!((&line["new"], &line["found"], &line["run"]), (&1.into(), &1.into(), &2.into()), "{line}");
}

#[test]
fn it_waits_for_another_import_and_may_be_ended_meanwhile() {
    let folder = Folder::new();
    folder.write("in/0.txt", article(0));
    let watching = watch(&folder, &["in", "--quiet", "0.1"]);
    until(&folder, FINISHED, 1);
    let lock = ImportLock::take_within(&folder.archive(), LIMIT, || {}).expect("free between imports");
    folder.write("in/1.txt", article(1));
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(number(&folder, "SELECT count(*) FROM runs"), Some(1), "it did not wait");
    drop(lock);
    until(&folder, ARTICLES, 2);
    let lock = ImportLock::take_within(&folder.archive(), LIMIT, || {}).expect("free between imports");
    folder.write("in/2.txt", article(2));
    std::thread::sleep(Duration::from_secs(1));
    let (_, errors) = watching.end();
    assert!(errors.contains("waiting for another import"), "{errors}");
    drop(lock);
    assert_eq!(number(&folder, ARTICLES), Some(2));
}

#[test]
fn a_configuration_is_followed_with_its_patterns_and_a_folder_that_comes_later() {
    let folder = Folder::new();
    folder.write(
        "copydesk.toml",
        "[[sources]]\npath = 'echo'\noutlet = 'Harbour Echo'\nexclude = ['drafts/**']\n\n[[sources]]\npath = 'wire'\n",
    );
    folder.write("echo/0.txt", article(0));
    let watching = watch(&folder, &["--quiet", "0.1"]);
    until(&folder, FINISHED, 1);
    folder.write("echo/drafts/secret.txt", article(90));
    folder.write("echo/1.txt", article(1));
    until(&folder, "SELECT count(*) FROM articles_full WHERE outlet = 'Harbour Echo'", 2);
    folder.write("wire/2.txt", article(2));
    until(&folder, ARTICLES, 3);
    folder.write("wire/3.txt", article(3));
    until(&folder, ARTICLES, 4);
    // All at once: more likely a disk that went than an end of all.
    fs::rename(folder.path("wire"), folder.path("elsewhere")).expect("renamed");
    until(&folder, "SELECT count(*) > 0 FROM problems WHERE source = 'wire' AND run_id > 1", 1);
    fs::rename(folder.path("elsewhere"), folder.path("wire")).expect("renamed");
    folder.write("wire/4.txt", article(4));
    until(&folder, ARTICLES, 5);
    watching.end();
    assert_eq!(number(&folder, GONE), Some(0));
    assert_eq!(number(&folder, "SELECT count(*) FROM sources WHERE source LIKE '%secret%'"), Some(0));
}

#[test]
fn ended_in_the_middle_it_leaves_whole_articles_that_the_next_import_completes() {
    let folder = Folder::new();
    for n in 0..300 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    let watching = watch(&folder, &["in"]);
    until(&folder, "SELECT count(*) > 5 FROM articles", 1);
    let (lines, _) = watching.end();
    assert!(lines.is_empty(), "the import had ended before: {lines:?}");
    let had = number(&folder, ARTICLES).expect("a number");
    assert!((5..300).contains(&had), "{had}");
    folder.copydesk(["import", "in"]).assert().success();
    folder.copydesk(["import", "in", "-a", "whole.db"]).assert().success();
    assert_same(&content(&folder.path("whole.db")), &content(&folder.archive()), "a watch that was ended");
}

#[test]
fn what_cannot_be_followed_is_told_of_at_once() {
    let folder = Folder::new();
    let said = folder.copydesk(["watch", "nowhere"]).assert().code(1).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&said).contains("nowhere: no such file or folder"), "{said:?}");
    assert!(!folder.archive().exists());
    folder.copydesk(["watch", "--quiet", "0", "in"]).assert().code(2);
    folder.write("copydesk.db", "no archive");
    folder.write("in/0.txt", article(0));
    folder.copydesk(["watch", "in"]).assert().code(1);
    assert_eq!(fs::read(folder.archive()).expect("there"), b"no archive");
}
