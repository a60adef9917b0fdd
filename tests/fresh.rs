//! `copydesk query --new`: the rows that the last answer did not have, and answers that did not arrive.

use std::process::Stdio;

use crate::desk::Desk;

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
fn what_most_holds_back_is_told_of_and_does_not_make_old_rows_new() {
    let desk = Desk::ferry();
    let ask = ["query", "who-said-what", "-p", "speaker", "vale", "-p", "most", "2", "--csv", "--new"];
    let (told, code) = desk.complaint(&ask);
    assert!(told.contains("there is more than 'most' lets through, 2"), "{told}");
    assert_eq!(code, 3, "both are new, and so may be what was held back");
    let (told, code) = desk.complaint(&ask);
    assert!(told.contains("nothing new since 20"), "{told}");
    assert_eq!(code, 4);
}
