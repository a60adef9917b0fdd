//! What an archive says, without the row ids, runs and times that one import may have otherwise than
//! another: two archives of the same input have the same content, line for line.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// A table, what its rows belong to, and words in the place of the ids they hold.
struct Subject {
    table: &'static str,
    joins: &'static str,
    keys: &'static [&'static str],
}

const OF_ARTICLE: &str = "JOIN articles a ON a.id = t.article_id";

const SUBJECTS: &[Subject] = &[
    Subject {
        table: "articles",
        joins: "JOIN documents d ON d.id = t.document_id LEFT JOIN outlets o ON o.id = t.outlet_id",
        keys: &["t.source", "d.hash", "o.key", "t.vanished_run_id IS NULL"],
    },
    Subject { table: "evidence", joins: OF_ARTICLE, keys: &["a.source"] },
    Subject { table: "blocks", joins: OF_ARTICLE, keys: &["a.source"] },
    Subject {
        table: "mentions",
        joins: "JOIN articles a ON a.id = t.article_id JOIN article_entities n ON n.id = t.article_entity_id",
        keys: &["a.source", "n.key"],
    },
    Subject {
        table: "descriptions",
        joins: "JOIN articles a ON a.id = t.article_id JOIN article_entities n ON n.id = t.article_entity_id",
        keys: &["a.source", "n.key"],
    },
    Subject {
        table: "credits",
        joins: "JOIN articles a ON a.id = t.article_id JOIN article_entities n ON n.id = t.article_entity_id",
        keys: &["a.source", "n.key"],
    },
    Subject {
        table: "quotes",
        joins: "JOIN articles a ON a.id = t.article_id LEFT JOIN article_entities n ON n.id = t.speaker_id",
        keys: &["a.source", "n.kind", "n.key"],
    },
    Subject {
        table: "quote_spans",
        joins: "JOIN quotes q ON q.id = t.quote_id JOIN articles a ON a.id = q.article_id",
        keys: &["a.source", "q.start", "q.end"],
    },
    Subject {
        table: "figures",
        joins: "JOIN articles a ON a.id = t.article_id LEFT JOIN quotes q ON q.id = t.quote_id",
        keys: &["a.source", "q.start", "q.end"],
    },
    Subject { table: "sentences", joins: OF_ARTICLE, keys: &["a.source"] },
    Subject { table: "dates", joins: OF_ARTICLE, keys: &["a.source"] },
    Subject {
        table: "other_readings",
        joins: "JOIN articles a ON a.id = t.article_id LEFT JOIN figures f ON f.id = t.figure_id",
        keys: &["a.source", "f.start", "f.end"],
    },
    Subject { table: "refused", joins: OF_ARTICLE, keys: &["a.source"] },
    Subject {
        table: "past_articles",
        joins: "JOIN articles a ON a.id = t.article_id JOIN documents d ON d.id = t.document_id",
        keys: &["a.source", "d.hash"],
    },
    Subject { table: "past_findings", joins: OF_ARTICLE, keys: &["a.source"] },
    Subject { table: "changes", joins: OF_ARTICLE, keys: &["a.source"] },
    // What follows depends on all articles.
    Subject {
        table: "article_entities",
        joins: "JOIN articles a ON a.id = t.article_id JOIN entities e ON e.id = t.entity_id",
        keys: &["a.source", "e.kind", "e.key"],
    },
    Subject { table: "entities", joins: "", keys: &[] },
    Subject {
        table: "utterances",
        joins: "JOIN wordings w ON w.id = t.wording_id LEFT JOIN entities e ON e.id = t.speaker_entity_id",
        keys: &["w.said", "w.speaker_key", "e.kind", "e.key"],
    },
    Subject {
        table: "wordings",
        joins: "LEFT JOIN wordings f ON f.id = t.fullest_id",
        keys: &["f.said", "f.speaker_key"],
    },
    Subject {
        table: "quote_wordings",
        joins: "JOIN quotes q ON q.id = t.quote_id JOIN articles a ON a.id = q.article_id
                JOIN wordings w ON w.id = t.wording_id",
        keys: &["a.source", "q.start", "q.end", "w.said", "w.speaker_key"],
    },
    Subject {
        table: "wording_traces",
        joins: "JOIN wordings w ON w.id = t.wording_id",
        keys: &["w.said", "w.speaker_key"],
    },
    Subject { table: "utterance_queue", joins: "", keys: &["t.quote_id"] },
    Subject { table: "utterance_rules", joins: "", keys: &[] },
    Subject { table: "outlets", joins: "", keys: &[] },
    Subject { table: "documents", joins: "", keys: &[] },
    Subject {
        table: "sources",
        joins: "JOIN articles a ON a.id = t.article_id JOIN documents d ON d.id = t.document_id",
        keys: &["a.source", "d.hash", "t.vanished_run_id IS NULL"],
    },
    Subject {
        table: "records",
        joins: "JOIN record_files f ON f.id = t.file_id JOIN documents d ON d.id = t.document_id",
        keys: &["f.file", "d.hash"],
    },
    Subject { table: "record_files", joins: "", keys: &[] },
    Subject { table: "corrections", joins: "", keys: &[] },
    Subject {
        table: "applied_corrections",
        joins: "JOIN articles a ON a.id = t.article_id JOIN corrections c ON c.id = t.correction_id",
        keys: &["a.source", "c.anchor", "c.field", "c.value"],
    },
    Subject {
        table: "traits",
        joins: "JOIN article_entities n ON n.id = t.article_entity_id JOIN articles a ON a.id = n.article_id",
        keys: &["a.source"],
    },
    Subject {
        table: "senses",
        joins: "JOIN article_entities n ON n.id = t.article_entity_id JOIN articles a ON a.id = n.article_id",
        keys: &["a.source", "n.key"],
    },
    Subject {
        table: "namesakes",
        joins: "JOIN entities e ON e.id = t.entity_id JOIN entities o ON o.id = t.other_id",
        keys: &["e.key", "o.key"],
    },
    Subject { table: "pending_corrections", joins: OF_ARTICLE, keys: &["a.source"] },
];

/// Tables whose rows are of one import rather than of what was imported.
const OF_RUNS: &[&str] = &["runs", "problems", "answers", "answered_rows"];

/// Columns that hold a moment.
const MOMENTS: &[&str] = &["modified", "made_at", "retired_at"];

/// The content of an archive, sorted.
pub fn content(archive: &Path) -> Vec<String> {
    let connection = read(archive);
    let mut lines = Vec::new();
    for subject in SUBJECTS {
        lines.extend(rows(&connection, subject));
    }
    lines.sort();
    lines
}

/// For every article in the archive, the rows of its own.
pub fn articles(archive: &Path) -> Vec<(String, Vec<String>)> {
    let connection = read(archive);
    let own = SUBJECTS.iter().take_while(|subject| subject.table != "article_entities");
    let mut lines: Vec<String> = own.flat_map(|subject| rows(&connection, subject)).collect();
    lines.sort();
    let mut sources = connection.prepare("SELECT source FROM articles ORDER BY source").expect("good SQL");
    let sources = sources.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    sources
        .map(|source| {
            let source = source.expect("a name");
            let mark = format!("\u{1f}{source}\u{1f}");
            (source, lines.iter().filter(|line| line.contains(&mark)).cloned().collect())
        })
        .collect()
}

fn read(archive: &Path) -> Connection {
    Connection::open_with_flags(archive, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the archive opens")
}

fn rows(connection: &Connection, subject: &Subject) -> Vec<String> {
    let columns = columns(connection, subject.table);
    let columns = columns.iter().map(|column| format!("t.{column}"));
    let shown: Vec<String> = subject.keys.iter().map(|key| (*key).to_owned()).chain(columns).collect();
    let sql = format!("SELECT {} FROM {} t {}", shown.join(", "), subject.table, subject.joins);
    let mut statement = connection.prepare(&sql).expect("good SQL");
    let mut rows = statement.query([]).expect("rows");
    let mut lines = Vec::new();
    while let Some(row) = rows.next().expect("a row") {
        let mut line = String::from(subject.table);
        for column in 0..shown.len() {
            line.push('\u{1f}');
            line.push_str(&match row.get_ref(column).expect("a value") {
                ValueRef::Null => "NULL".to_owned(),
                ValueRef::Integer(value) => value.to_string(),
                ValueRef::Real(value) => value.to_string(),
                ValueRef::Text(value) => String::from_utf8_lossy(value).into_owned(),
                ValueRef::Blob(value) => format!("{} bytes", value.len()),
            });
        }
        line.push('\u{1f}');
        lines.push(line);
    }
    lines
}

/// A table's columns that say something by themselves.
fn columns(connection: &Connection, table: &str) -> Vec<String> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)").expect("good SQL");
    let names = statement.query_map([table], |row| row.get::<_, String>(0)).expect("rows");
    names
        .map(|name| name.expect("a name"))
        .filter(|name| name != "id" && !name.ends_with("_id") && !MOMENTS.contains(&name.as_str()))
        .collect()
}

/// Compares two contents and shows where they part.
#[track_caller]
pub fn assert_same(left: &[String], right: &[String], what: &str) {
    let (left, right): (BTreeSet<_>, BTreeSet<_>) = (left.iter().collect(), right.iter().collect());
    let show = |lines: Vec<&&String>| -> String {
        lines.iter().take(8).map(|line| format!("  {}\n", line.replace('\u{1f}', " | "))).collect()
    };
    let (only_left, only_right) =
        (show(left.difference(&right).collect()), show(right.difference(&left).collect()));
    assert!(left == right, "{what}\nonly in the first:\n{only_left}only in the second:\n{only_right}");
}

#[test]
fn every_table_has_its_place_in_the_content() {
    let folder = crate::archive::Folder::new();
    let archive = copydesk::store::Archive::open_or_create(&folder.archive()).expect("made");
    let mut statement = archive
        .connection()
        .prepare(
            "SELECT name FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'refinery_%'
               AND name NOT LIKE 'reference_%'",
        )
        .expect("good SQL");
    let tables = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    for table in tables.map(|table| table.expect("a name")) {
        let known = SUBJECTS.iter().any(|s| s.table == table) || OF_RUNS.contains(&table.as_str());
        assert!(known, "{table} is not compared by tests/content.rs");
    }
}
