//! Imports killed for real, at many moments: the archive opens, holds only whole articles, and the next
//! import completes it to what an undisturbed one leaves. `COPYDESK_KILLS` sets how many moments.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use rusqlite::Connection;
use serde_json::json;

use crate::archive::{Folder, program};
use crate::articles::article;
use crate::content::{articles, assert_same, content};

/// Moments of an import of changes that are tried, spread over its length and jittered; of a first import, half
/// as many.
fn moments() -> u32 {
    std::env::var("COPYDESK_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(30)
}

/// What is imported: a folder, and the files of records in it.
fn asked(folder: &Folder) -> Vec<PathBuf> {
    let files = fs::read_dir(folder.path("in")).expect("there").map(|entry| entry.expect("an entry").path());
    let mut records: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl")).collect();
    records.sort();
    let records = records.iter().map(|path| Path::new("in").join(path.file_name().expect("a name")));
    std::iter::once(PathBuf::from("in")).chain(records).collect()
}

fn start(folder: &Folder, archive: &Path) -> Child {
    Command::new(program())
        .current_dir(folder.path(""))
        .args(["import", "--archive"])
        .arg(archive)
        .args(asked(folder))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

fn complete(folder: &Folder, archive: &Path) -> Duration {
    let began = Instant::now();
    let status = start(folder, archive).wait().expect("ends");
    assert!(status.success(), "{status}");
    began.elapsed()
}

/// A moment in the `n`th part of `length`, differing from one test run to the next.
fn moment(n: u32, of: u32, length: Duration) -> Duration {
    let jitter = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").subsec_nanos();
    length.mul_f64((f64::from(n) + f64::from(jitter % 1000) / 1000.0) / f64::from(of))
}

fn kill(mut child: Child, after: Duration) {
    std::thread::sleep(after);
    // It may have finished by then; the moments before are what counts.
    child.kill().ok();
    child.wait().expect("ends");
}

#[track_caller]
fn is_sound(archive: &Path) {
    let connection = Connection::open(archive).expect("opens");
    let word: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a word");
    assert_eq!(word, "ok");
    let broken: i64 = connection
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
        .expect("a number");
    assert_eq!(broken, 0);
}

/// What waits for the next import is told as that: nothing is broken.
#[track_caller]
fn promises_hold(folder: &Folder, archive: &Path) {
    let said = folder.copydesk(["check", "--archive"]).arg(archive).output().expect("runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
}

/// Kills imports of `in` into copies of `before` (or into nothing), and compares what the next one leaves.
fn killed_anywhere(folder: &Folder, before: Option<&Path>, rounds: u32) {
    let lay = |name: &str| {
        let archive = folder.path(name);
        if let Some(before) = before {
            fs::copy(before, &archive).expect("copied");
        }
        archive
    };
    let whole = lay("whole.db");
    let length = complete(folder, &whole);
    let expected = content(&whole);
    let finals: BTreeMap<_, _> = articles(&whole).into_iter().collect();
    let firsts: BTreeMap<_, _> =
        before.map(|before| articles(before).into_iter().collect()).unwrap_or_default();
    let mut cut_short = 0;
    for round in 0..rounds {
        let archive = lay(&format!("killed-{round}.db"));
        kill(start(folder, &archive), moment(round, rounds, length));
        if archive.exists() {
            is_sound(&archive);
            let made = fs::metadata(&archive).expect("there").len() > 0
                && Connection::open(&archive).expect("opens").query_row(
                    "SELECT count(*) FROM sqlite_schema WHERE name = 'articles'",
                    [],
                    |r| r.get(0),
                ) == Ok(1);
            let partial = if made { articles(&archive) } else { Vec::new() };
            if !partial.is_empty() {
                promises_hold(folder, &archive);
            }
            cut_short += u32::from(!partial.is_empty() && content(&archive) != expected);
            for (source, rows) in &partial {
                let is_whole = finals.get(source) == Some(rows) || firsts.get(source) == Some(rows);
                assert!(is_whole, "round {round}: {source} is there by half");
            }
        }
        complete(folder, &archive);
        is_sound(&archive);
        assert_same(&expected, &content(&archive), &format!("killed in round {round}, then completed"));
        fs::remove_file(&archive).expect("there");
    }
    assert!(cut_short > 0, "no import was cut short: the moments are wrong, and nothing was tested");
}

#[test]
fn a_killed_first_import_is_completed_by_the_next() {
    let folder = Folder::new();
    for n in 0..120 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    killed_anywhere(&folder, None, moments().div_ceil(2));
}

#[test]
fn a_killed_import_of_changes_is_completed_by_the_next() {
    let folder = Folder::new();
    for n in 0..120 {
        folder.write(&format!("in/{n}.txt"), article(n - n % 2));
    }
    let before = folder.path("before.db");
    complete(&folder, &before);
    for n in (0..120).step_by(3) {
        folder.write(&format!("in/{n}.txt"), article(n + 500));
    }
    for n in 120..150 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    killed_anywhere(&folder, Some(&before), moments());
}

#[test]
fn a_killed_import_of_records_is_completed_by_the_next() {
    let folder = Folder::new();
    folder.write("in/beside.txt", article(900));
    let lay = |file: &str, records: &[(usize, usize)]| {
        let line = |(id, text): &(usize, usize)| {
            json!({"url": format!("e.org/{id}"), "text": article(*text)}).to_string()
        };
        folder.write(&format!("in/{file}.jsonl"), records.iter().map(line).collect::<Vec<_>>().join("\n"));
    };
    // Some records stand in both files, and the later file says otherwise.
    lay("a", &(0..50).map(|n| (n, n)).collect::<Vec<_>>());
    lay("b", &(35..80).map(|n| (n % 80, n + 200)).collect::<Vec<_>>());
    let before = folder.path("before.db");
    complete(&folder, &before);
    // The first loses some, others change; the later one loses some that the first still has, and gains some.
    lay("a", &(10..50).map(|n| (n, n + 500 * (n % 2))).collect::<Vec<_>>());
    lay("b", &(45..100).map(|n| (n, n + 200)).collect::<Vec<_>>());
    killed_anywhere(&folder, Some(&before), moments().div_ceil(2));
}

#[test]
fn a_killed_correction_is_kept_and_done_by_the_next_or_was_never_made() {
    let folder = Folder::new();
    for n in 0..150 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    let before = folder.path("before.db");
    complete(&folder, &before);
    // Made at a known moment, so that every archive may keep it alike.
    folder.write(
        "c.csv",
        "subject,source,anchor,occurrence,field,value,author,made_at\n\
         entity,,person:Ruth Okonjo,1,name,Ruth Vale,ada,2026-01-01T00:00:00Z\n\
         entity,,place:Lima,1,drop,,ada,2026-01-01T00:00:01Z\n",
    );
    let start = |archive: &Path| {
        Command::new(program())
            .current_dir(folder.path(""))
            .args(["corrections", "import", "c.csv", "--archive"])
            .arg(archive)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts")
    };
    let complete = |archive: &Path| assert!(start(archive).wait().expect("ends").success());
    let whole = folder.path("whole.db");
    fs::copy(&before, &whole).expect("copied");
    let began = Instant::now();
    complete(&whole);
    let length = began.elapsed();
    let (firsts, finals): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (articles(&before).into_iter().collect(), articles(&whole).into_iter().collect());
    let mut cut_short = 0;
    for round in 0..moments() {
        let archive = folder.path(&format!("killed-{round}.db"));
        fs::copy(&before, &archive).expect("copied");
        kill(start(&archive), moment(round, moments(), length));
        is_sound(&archive);
        let waiting: i64 = Connection::open(&archive)
            .expect("opens")
            .query_row("SELECT count(*) FROM pending_corrections", [], |row| row.get(0))
            .expect("a number");
        cut_short += u32::from(waiting > 0);
        promises_hold(&folder, &archive);
        for (source, rows) in articles(&archive) {
            let is_whole = finals.get(&source) == Some(&rows) || firsts.get(&source) == Some(&rows);
            assert!(is_whole, "round {round}: {source} is corrected by half");
        }
        complete(&archive);
        is_sound(&archive);
        assert_same(
            &content(&whole),
            &content(&archive),
            &format!("killed in round {round}, then completed"),
        );
        fs::remove_file(&archive).expect("there");
    }
    assert!(cut_short > 0, "no correction was cut short: the moments are wrong, and nothing was tested");
}

#[test]
fn two_imports_at_once_wait_or_leave() {
    let folder = Folder::new();
    for n in 0..60 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    let alone = folder.path("alone.db");
    complete(&folder, &alone);
    let archive = folder.archive();
    let lock = copydesk::store::ImportLock::take(&archive, || false).expect("free");
    let left = folder.copydesk(["import", "--no-wait", "in"]).assert().code(75).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&left).contains("another import is writing"), "{left:?}");
    let waiting = [start(&folder, &archive), start(&folder, &archive)];
    std::thread::sleep(Duration::from_millis(300));
    assert!(content(&archive).is_empty(), "it did not wait");
    drop(lock);
    for mut child in waiting {
        assert!(child.wait().expect("ends").success());
    }
    assert_same(&content(&alone), &content(&archive), "two imports at once");
}

#[test]
fn a_reader_is_not_in_the_way() {
    let folder = Folder::new();
    for n in 0..60 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    folder.copydesk(["import", "in/1.txt"]).assert().success();
    let reader = copydesk::store::Archive::open_read_only(&folder.archive()).expect("opens");
    let count = || -> i64 {
        reader
            .connection()
            .query_row("SELECT count(*) FROM articles", [], |row| row.get(0))
            .expect("a number")
    };
    reader.connection().execute_batch("BEGIN").expect("begins");
    assert_eq!(count(), 1);
    folder.copydesk(["import", "in"]).assert().success();
    assert_eq!(count(), 1, "what a reader began to read stays as it is");
    reader.connection().execute_batch("COMMIT").expect("ends");
    assert_eq!(count(), 60);
}
