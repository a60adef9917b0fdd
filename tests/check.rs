//! `copydesk check`: whole archives pass, and every promise is seen to fail when it is broken.

use std::fs;

use copydesk::store::promise_names;
use rusqlite::Connection;
use serde_json::Value;

use crate::archive::Folder;
use crate::articles::article;

/// For every promise, what breaks it.
const BREAKS: &[(&str, &str)] = &[
    ("file", "PRAGMA ignore_check_constraints = ON; UPDATE articles SET revision = -1 WHERE id = 1;"),
    ("references", "DELETE FROM runs;"),
    ("span of mentions.text", "UPDATE mentions SET start = start + 1, end = end + 1 WHERE id = 1;"),
    (
        "span of descriptions.text",
        "INSERT INTO descriptions (article_id, article_entity_id, start, end, text, rule)
         SELECT article_id, id, 0, 3, 'zzz', 'a rule' FROM article_entities LIMIT 1;",
    ),
    ("span of quotes.text", "UPDATE quotes SET text = upper(text);"),
    (
        "span of quotes.speaker_text",
        "UPDATE quotes SET speaker_text = 'Nobody' WHERE speaker_text IS NOT NULL;",
    ),
    ("span of quotes.cue", "UPDATE quotes SET cue_start = cue_start - 1 WHERE cue IS NOT NULL;"),
    (
        "span of quotes.addressee",
        "UPDATE quotes SET addressee = 'me', addressee_start = 0, addressee_end = 2;",
    ),
    ("span of quotes.occasion", "UPDATE quotes SET occasion = 'tea', occasion_start = 0, occasion_end = 3;"),
    ("span of figures.text", "UPDATE figures SET text = 'x';"),
    ("span of figures.counted", "UPDATE figures SET counted = 'cats' WHERE counted IS NOT NULL;"),
    (
        "span of figures.holds_for",
        "UPDATE figures SET holds_for = 'here', holds_for_start = 0, holds_for_end = 4;",
    ),
    ("span of figures.cited", "UPDATE figures SET cited = 'me', cited_start = 0, cited_end = 2;"),
    ("span of figures.place", "UPDATE figures SET place = 'here', place_start = 0, place_end = 4;"),
    ("span of figures.whose", "UPDATE figures SET whose = 'ours', whose_start = 0, whose_end = 4;"),
    ("span of figures.period", "UPDATE figures SET period = 'ever', period_start = 0, period_end = 4;"),
    ("span of figures.as_of", "UPDATE figures SET as_of = 'then', as_of_start = 0, as_of_end = 4;"),
    ("span of dates.text", "UPDATE dates SET text = 'x';"),
    (
        "span of other_readings.text",
        "INSERT INTO other_readings (article_id, start, end, text, read_as, other, rule)
         VALUES (1, 0, 3, '2', 'year', 'count', 'a rule');",
    ),
    ("span of sentences.text", "UPDATE sentences SET text = 'x';"),
    (
        "span of refused.text",
        "INSERT INTO refused (article_id, start, end, text, reason) VALUES (1, 0, 3, '2', 'year');",
    ),
    ("span of quote_spans.text", "UPDATE quote_spans SET end = end - 1;"),
    (
        "span of credits.text",
        "INSERT INTO credits (article_id, article_entity_id, block, start, end, text, rule)
         SELECT article_id, id, 0, 0, 3, 'zzz', 'a rule' FROM article_entities LIMIT 1;",
    ),
    (
        "span of evidence",
        "INSERT OR REPLACE INTO evidence VALUES (1, 'byline', 'Me', 'By Me', 'a rule', 0, 5);",
    ),
    ("content of quotes", "UPDATE quotes SET content_end = 1000000;"),
    ("sentence of figures", "UPDATE figures SET sentence_start = sentence_end - 1;"),
    (
        "other readings",
        "INSERT INTO other_readings (article_id, figure_id, start, end, text, read_as, other, rule)
         SELECT article_id, id, end, end + 1, 'x', 'year', 'count', 'a rule' FROM figures LIMIT 1;",
    ),
    ("stretches", "DELETE FROM quote_spans;"),
    ("figures in quotes", "UPDATE figures SET quote_id = (SELECT max(id) FROM quotes);"),
    (
        "same article",
        "UPDATE mentions SET article_entity_id = (SELECT max(id) FROM article_entities) WHERE id = 1;",
    ),
    ("links", "UPDATE article_entities SET entity_id = (SELECT max(id) FROM entities) WHERE id = 1;"),
    ("entities named", "UPDATE entities SET name = 'Nobody' WHERE id = 1;"),
    (
        "entities placed",
        "UPDATE entities SET country = 'XX' WHERE id = (SELECT min(id) FROM entities WHERE kind = 'place');",
    ),
    ("outlets used", "INSERT INTO outlets (name, key) VALUES ('The Nowhere', 'nowhere');"),
    ("outlet evidence", "UPDATE articles SET byline = 'Me' WHERE id = 1;"),
    ("sources", "DELETE FROM sources WHERE article_id = 1;"),
    ("vanished", "UPDATE articles SET vanished_run_id = 1 WHERE id = 1;"),
    ("changes", "UPDATE changes SET from_revision = revision + 1;"),
    (
        "one article a document",
        "UPDATE articles SET document_id = (SELECT document_id FROM articles WHERE id = 2) WHERE id = 1;",
    ),
    ("revisions", "UPDATE articles SET revision = revision + 1 WHERE id = 1;"),
    ("span of past_findings", "UPDATE past_findings SET start = start + 1, end = end + 1;"),
    ("runs", "PRAGMA ignore_check_constraints = ON; UPDATE runs SET found = found + 1;"),
    ("utterances", "UPDATE utterances SET wording_id = -id WHERE id = (SELECT min(id) FROM utterances);"),
    ("utterances' counts", "UPDATE utterances SET quotes = quotes + 1;"),
    ("blocks", "DELETE FROM blocks WHERE article_id = 1 AND start IS NOT NULL;"),
    ("corrections applied", "UPDATE corrections SET retired_at = '2026-01-01T00:00:00Z' WHERE id = 1;"),
    ("utterance queue", "INSERT INTO quote_wordings SELECT 1000000, min(id) FROM wordings;"),
    (
        "corrections done",
        "INSERT INTO corrections (made_at, author, subject, source, anchor, occurrence, field, value)
         SELECT '2026-01-01T00:00:00Z', 'me', 'article', min(source), '', 1, 'byline', 'Me' FROM sources;",
    ),
    ("namesakes", "DELETE FROM traits;"),
    ("surnames", "UPDATE senses SET why = 'no reason' WHERE why LIKE '%same company: harbour union%';"),
    ("documents", "UPDATE documents SET bytes = zeroblob(size) WHERE id = 1;"),
    ("texts", "UPDATE articles SET text = text || ' More.' WHERE id = 1;"),
    ("schema", "DROP TRIGGER quotes_search_delete;"),
    (
        "articles_search",
        "INSERT INTO articles_search (articles_search, rowid, title, text) VALUES ('delete', 1, 'x', 'y');",
    ),
    ("quotes_search", "DROP TRIGGER quotes_search_update; UPDATE quotes SET said = 'unsaid';"),
];

fn whole() -> Folder {
    let folder = Folder::new();
    for n in 0..12 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    folder.write(
        "in/described.txt",
        "Envoys meet\n\nLIMA — Russian Foreign Minister Sergey Lavrov met Ruth Okonjo, the mayor of Lima, on Monday.\n\n“It was useful,” Mr. Lavrov said.\n",
    );
    folder.write("in/footballer.txt", "Cup\n\nMidfielder Tom Hallam scored twice on Saturday.\n");
    folder.write("in/senator.txt", "Bill\n\nSenator Tom Hallam opposed the bill on Tuesday.\n");
    for (name, text) in [
        ("union", "Strike\n\nPedro Malva of the Harbour Union spoke on Sunday.\n"),
        ("bank", "Rates\n\nCarla Malva of the Tarn Savings Bank spoke on Sunday.\n"),
        ("talks", "Talks\n\nMr. Malva said on Monday that the Harbour Union would wait.\n"),
    ] {
        folder.write(&format!("in/{name}.txt"), text);
    }
    folder.copydesk(["import", "in"]).assert().success();
    // So that there are earlier revisions, and several runs.
    for n in 0..3 {
        folder.write(&format!("in/{n}.txt"), article(n + 60));
    }
    folder.copydesk(["import", "in", "missing.txt"]).assert().code(3);
    folder.copydesk(["entity", "rename", "Ruth Okonjo", "Ruth Okonjo-Vale"]).assert().success();
    folder
}

fn broken(folder: &Folder) -> Vec<String> {
    let output = folder.copydesk(["check", "--json"]).output().expect("runs");
    let verdicts: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let verdicts = verdicts.as_array().expect("a list");
    let named: Vec<&str> = verdicts.iter().map(|v| v["name"].as_str().expect("a name")).collect();
    assert_eq!(named, promise_names(), "not every promise was looked at");
    let broken = verdicts.iter().filter(|v| v["broken"] != 0);
    let broken: Vec<String> = broken.map(|v| v["name"].as_str().expect("a name").to_owned()).collect();
    assert_eq!(output.status.code(), Some(i32::from(!broken.is_empty())));
    broken
}

#[test]
fn a_whole_archive_keeps_every_promise() {
    let folder = whole();
    let before = fs::read(folder.archive()).expect("there");
    assert_eq!(broken(&folder), Vec::<String>::new());
    assert_eq!(fs::read(folder.archive()).expect("there"), before, "checking changed the archive");
    let told = folder.copydesk(["check"]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8(told).expect("UTF-8");
    assert_eq!(told.lines().count(), promise_names().len());
    assert!(told.lines().all(|line| line.starts_with("ok ")), "{told}");
    assert!(!told.contains("every mention's span gives back its text (0 rows)"), "{told}");
}

#[test]
fn every_promise_is_seen_to_be_broken() {
    let names: Vec<&str> = BREAKS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, promise_names(), "a promise without a way to break it, or the other way round");
    let folder = whole();
    let archive = fs::read(folder.archive()).expect("there");
    let mut unseen = Vec::new();
    for (name, sql) in BREAKS {
        fs::write(folder.archive(), &archive).expect("written");
        let connection = Connection::open(folder.archive()).expect("opens");
        connection
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        let changed = connection.total_changes() > 0 || *name == "schema";
        assert!(changed, "{name}: nothing was there to be broken");
        drop(connection);
        let broken = broken(&folder);
        if !broken.iter().any(|b| b == name) {
            unseen.push(format!("{name}, only {broken:?}"));
        }
    }
    assert!(unseen.is_empty(), "broken without being seen:\n{}", unseen.join("\n"));
}

#[test]
fn what_waits_for_the_next_import_is_pending_and_not_broken() {
    let folder = whole();
    // As an import leaves it that is going on, or was killed, and so a backup taken meanwhile.
    let connection = Connection::open(folder.archive()).expect("opens");
    connection
        .execute_batch(
            "DELETE FROM quotes WHERE id = (SELECT min(quote_id) FROM quote_wordings);
             INSERT INTO pending_corrections SELECT min(id) FROM articles;",
        )
        .expect("written");
    let count = |table: &str| -> i64 {
        connection
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
            .expect("a number")
    };
    assert_eq!((count("utterance_queue"), count("pending_corrections")), (1, 1));
    folder.copydesk(["backup", "b.db"]).assert().success();
    let told = folder.copydesk(["check", "-a", "b.db"]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8(told).expect("UTF-8");
    assert_eq!(told.matches("        1 wait; the next import completes them").count(), 2, "{told}");
    assert!(
        told.lines().all(|line| ["ok ", "pending ", "      "].iter().any(|b| line.starts_with(b))),
        "{told}"
    );
    folder.copydesk(["import", "in"]).assert().success();
    assert_eq!((count("utterance_queue"), count("pending_corrections")), (0, 0));
    assert_eq!(broken(&folder), Vec::<String>::new());
}
