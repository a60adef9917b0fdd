//! A small archive written by hand, and the program run on it. The event is invented: a ferry sinks, and
//! four outlets tell of it; one of them carries text that means harm.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use copydesk::store::Archive;
use rusqlite::{Connection, params};

use crate::archive::Folder;

/// An archive in a folder of its own.
pub struct Desk {
    pub folder: Folder,
}

/// Text that would move a cursor, ring, and turn its reading direction.
pub const HARM: &str = "\x1b[2J\x07\u{9b}31m\u{202e}";

impl Desk {
    /// The ferry archive.
    pub fn ferry() -> Desk {
        let folder = Folder::new();
        let mut open = Archive::open_or_create(&folder.archive()).unwrap();
        fill(open.connection());
        open.settle_utterances().unwrap();
        Desk { folder }
    }

    /// Where the archive is.
    pub fn archive(&self) -> PathBuf {
        self.folder.archive()
    }

    /// `copydesk ARGS...` in the archive's folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = self.folder.copydesk(args);
        command.env_remove("COPYDESK_QUERIES");
        command
    }

    /// Runs it.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What it prints, having ended well.
    pub fn stdout(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it complains of, and its exit code.
    pub fn complaint(&self, args: &[&str]) -> (String, i32) {
        let output = self.run(args);
        (String::from_utf8(output.stderr).unwrap(), output.status.code().unwrap())
    }

    /// Every file beside the archive with its bytes, itself and its log of changes included; without what
    /// readers share among themselves (`-shm`), and logs that hold nothing.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.folder.path(".")).unwrap().map(|entry| entry.unwrap());
        let read = |entry: std::fs::DirEntry| {
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
        };
        let is_kept = |(name, bytes): &(String, Vec<u8>)| {
            !(name.ends_with("-shm") || name.ends_with("-wal") && bytes.is_empty())
        };
        entries.map(read).filter(is_kept).collect()
    }

    /// The archive's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.archive()).unwrap()
    }
}

/// Something in an article: an article's id and the words, which must stand in its text.
fn span(connection: &Connection, article: i64, words: &str) -> (i64, i64) {
    let text: String =
        connection.query_row("SELECT text FROM articles WHERE id = ?", [article], |row| row.get(0)).unwrap();
    let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in article {article}"));
    let start = text[..at].chars().count() as i64;
    (start, start + words.chars().count() as i64)
}

fn article(connection: &Connection, id: i64, source: &str, outlet: i64, published: Option<&str>, text: &str) {
    let title = text.lines().next().unwrap();
    let hash = format!("{id:064}");
    connection
        .execute(
            "INSERT INTO documents (id, hash, media, size, bytes, first_run_id) VALUES (?, ?, 'text', ?, ?, 1)",
            params![id, hash, text.len() as i64, text.as_bytes()],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO articles (id, source, title, outlet_id, published, language, text, words, document_id,
                 extractor_version, first_run_id, run_id)
             VALUES (?, ?, ?, ?, ?, 'en', ?, ?, ?, 1, 1, 1)",
            params![id, source, title, outlet, published, text, text.split_whitespace().count() as i64, id],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO sources (source, article_id, document_id, first_run_id, run_id) VALUES (?, ?, ?, 1, 1)",
            params![source, id, id],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO evidence (article_id, field, value, words, rule)
             SELECT ?, 'outlet', name, 'by ' || name, 'copyright line' FROM outlets WHERE id = ?",
            params![id, outlet],
        )
        .unwrap();
    connection
        .execute(
            "INSERT INTO blocks (article_id, position, role, reason, document_start, document_end, start, end)
             VALUES (?, 1, 'body', 'text', 0, ?, 0, ?)",
            params![id, text.chars().count() as i64, text.chars().count() as i64],
        )
        .unwrap();
}

fn entity(connection: &Connection, id: i64, kind: &str, name: &str) {
    connection
        .execute(
            "INSERT INTO entities (id, kind, name, key, is_full) VALUES (?, ?, ?, lower(?), 1)",
            params![id, kind, name, name],
        )
        .unwrap();
}

/// Names an entity in an article, at each of the words given.
fn named(connection: &Connection, article: i64, entity: i64, words: &[&str]) -> i64 {
    connection
        .execute(
            "INSERT INTO article_entities (article_id, entity_id, kind, name, key, is_full, evidence, linked_by)
             SELECT ?, id, kind, name, key, 1, '[]', 'key' FROM entities WHERE id = ?",
            params![article, entity],
        )
        .unwrap();
    let id = connection.last_insert_rowid();
    for words in words {
        let (start, end) = span(connection, article, words);
        connection
            .execute(
                "INSERT INTO mentions (article_id, article_entity_id, start, end, text, kind, found_by, confidence)
                 SELECT article_id, id, ?, ?, ?, kind, 'model', 0.9 FROM article_entities WHERE id = ?",
                params![start, end, words, id],
            )
            .unwrap();
    }
    id
}

/// What a quote says and who is credited: an entity of the article, the words that name him, the cue.
struct Said<'t> {
    kind: &'t str,
    said: &'t str,
    speaker: Option<i64>,
    words: Option<&'t str>,
    cue: Option<&'t str>,
    unattributed: Option<&'t str>,
}

fn quote(connection: &Connection, article: i64, q: &Said<'_>) {
    let (start, end) = span(connection, article, q.said);
    let at = |words: Option<&str>| words.map(|words| span(connection, article, words));
    let (speaker, cue) = (at(q.words), at(q.cue));
    connection
        .execute(
            "INSERT INTO quotes (article_id, kind, start, end, text, said, content_start, content_end, speaker_id,
                 speaker_text, speaker_start, speaker_end, speaker_form, speaker_steps, cue, cue_start, cue_end,
                 cue_lemma, cue_kind, is_closed, rule, unattributed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?3, ?4, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 1,
                 'quote then cue', ?17)",
            params![
                article,
                q.kind,
                start,
                end,
                q.said,
                q.speaker,
                q.words,
                speaker.map(|s| s.0),
                speaker.map(|s| s.1),
                q.words.map(|_| if q.speaker.is_some() { "name" } else { "description" }),
                q.words.map(|words| format!("{words} before the cue")),
                q.cue,
                cue.map(|s| s.0),
                cue.map(|s| s.1),
                q.cue.map(|_| "say"),
                q.cue.map(|_| "neutral"),
                q.unattributed
            ],
        )
        .unwrap();
    let id = connection.last_insert_rowid();
    connection
        .execute(
            "INSERT INTO quote_spans (quote_id, position, start, end, text) VALUES (?, 0, ?, ?, ?)",
            params![id, start, end, q.said],
        )
        .unwrap();
}

/// A figure: its words, its sentence, kind, value, low, high, bound, head of what is counted, event.
type Counted<'t> =
    (&'t str, &'t str, &'t str, f64, Option<f64>, Option<f64>, &'t str, Option<&'t str>, Option<&'t str>);

fn figure(connection: &Connection, article: i64, figure: Counted<'_>) {
    let (words, sentence, kind, value, low, high, bound, head, event) = figure;
    let (start, end) = span(connection, article, words);
    let (from, to) = span(connection, article, sentence);
    let seconds = (kind == "duration").then_some(value * 60.0);
    connection
        .execute("INSERT OR IGNORE INTO sentences VALUES (?, ?, ?, ?)", params![article, from, to, sentence])
        .unwrap();
    connection
        .execute(
            "INSERT INTO figures (article_id, kind, start, end, text, value, low, high, bound, unit, unit_name,
                 base_value, base_unit, counted_head, event, is_vague, is_hedged, sentence_start, sentence_end, rule)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, 0, ?16, ?17, '<n> <noun>')",
            params![
                article,
                kind,
                start,
                end,
                words,
                value,
                low,
                high,
                bound,
                (kind == "duration").then_some("min"),
                if kind == "duration" { Some("minute") } else { head },
                seconds,
                (kind == "duration").then_some("s"),
                head,
                event,
                from,
                to
            ],
        )
        .unwrap();
}

const ECHO: &str = "Ferry sinks off Port Sable\n\nAt least 12 people died when the ferry Corona sank off Port \
    Sable, Mayor Ada Vale said. “We lost neighbours tonight,” Vale told reporters. The rescue took 90 minutes, \
    said Boris Kern of the Sable Coast Guard in 2021.";
const POST: &str = "Port Sable mourns\n\nFifteen people were killed in the ferry disaster off Port Sable, the \
    Sable Coast Guard said. Mayor Ada Vale said: “We lost neighbours tonight.” Boris Kern called the Corona \
    “unfit for the sea”. The rescue took two hours.";
const WIRE: &str = "=HYPERLINK(\"x\") on the Corona\n\nMore than 10 people died off Port Sable, Ada Vale said. “We \
    have lost our neighbours tonight,” she added.\n\nAn official who would not be named spoke of “the usual \
    suspects”. Boris Kern was there. 👍 \x1b[2J\x07\u{9b}31m\u{202e}";
const BUS: &str = "Eleven people died when a bus left the road near Tarn on Monday.";
const INLAND: &str = "Bus crash in Tarn\n\nEleven people died when a bus left the road near Tarn on Monday.";

fn fill(c: &Connection) {
    c.execute_batch(
        "INSERT INTO runs (id, started_at, finished_at, verb, asked, program_version, extractor_version, found, new,
             failed)
         VALUES (1, '2021-03-04T06:00:00Z', '2021-03-04T06:00:01Z', 'import', '[\"news\"]', '0.1.0', 1, 5, 4, 1);
         INSERT INTO problems (run_id, source, outcome, place, reason)
         VALUES (1, 'news/broken.txt', 'failed', 'byte 7', 'not UTF-8');
         INSERT INTO outlets (id, name, key)
         VALUES (1, 'Harbour Echo', 'harbour echo'), (2, 'Northern Post', 'northern post'),
             (3, 'Coast Wire', 'coast wire'), (4, 'Inland News', 'inland news');",
    )
    .unwrap();
    article(c, 1, "news/echo.txt", 1, Some("2021-03-02"), ECHO);
    article(c, 2, "news/post.txt", 2, Some("2021-03-03"), POST);
    article(c, 3, "news/wire.txt", 3, None, WIRE);
    article(c, 4, "news/inland.txt", 4, Some("2021-03-02"), INLAND);
    for (id, kind, name) in [
        (1, "person", "Ada Vale"),
        (2, "person", "Boris Kern"),
        (3, "place", "Port Sable"),
        (4, "organization", "Sable Coast Guard"),
        (5, "place", "Tarn"),
    ] {
        entity(c, id, kind, name);
    }
    let vale = named(c, 1, 1, &["Ada Vale"]);
    let vale_post = named(c, 2, 1, &["Ada Vale"]);
    let vale_wire = named(c, 3, 1, &["Ada Vale"]);
    let guard = named(c, 2, 4, &["Sable Coast Guard"]);
    let kern = named(c, 2, 2, &["Boris Kern"]);
    named(c, 1, 4, &["Sable Coast Guard"]);
    named(c, 1, 2, &["Boris Kern"]);
    named(c, 3, 2, &["Boris Kern"]);
    for article in [1, 2, 3] {
        named(c, article, 3, &["Port Sable"]);
    }
    named(c, 4, 5, &["Tarn"]);
    let (start, end) = span(c, 1, "Mayor");
    c.execute(
        "INSERT INTO descriptions (article_id, article_entity_id, start, end, text, rule)
         VALUES (1, ?, ?, ?, 'Mayor', 'title before name')",
        params![vale, start, end],
    )
    .unwrap();
    quotes(c, [vale, vale_post, vale_wire, guard, kern]);
    figures(c);
    c.execute(
        "INSERT INTO changes (article_id, run_id, from_revision, revision, subject, what, about, before, after,
             before_value, after_value)
         VALUES (1, 1, 1, 1, 'figure', 'changed', 'death, person', 'At least 11 people', 'At least 12 people',
             11, 12)",
        [],
    )
    .unwrap();
    let (start, end) = span(c, 1, "2021");
    c.execute(
        "INSERT INTO refused (article_id, start, end, text, reason) VALUES (1, ?, ?, '2021', 'year')",
        [start, end],
    )
    .unwrap();
    let ((start, end), (from, to)) = (span(c, 4, "Monday"), span(c, 4, BUS));
    c.execute(
        "INSERT INTO dates (article_id, kind, start, end, text, value, earliest, latest, sentence_start,
             sentence_end, rule)
         VALUES (4, 'day', ?, ?, 'Monday', '2021-03-01', '2021-03-01', '2021-03-01', ?, ?, '<weekday>')",
        [start, end, from, to],
    )
    .unwrap();
    c.execute(
        "INSERT INTO blocks (article_id, position, role, reason, document_start, document_end, text)
         VALUES (1, 2, 'furniture', 'share prompt', 900, 916, 'Share this story')",
        [],
    )
    .unwrap();
}

fn quotes(c: &Connection, [vale, vale_post, vale_wire, guard, kern]: [i64; 5]) {
    let direct = |said, speaker, words, cue| Said {
        kind: "direct",
        said,
        speaker: Some(speaker),
        words: Some(words),
        cue: Some(cue),
        unattributed: None,
    };
    quote(c, 1, &direct("We lost neighbours tonight,", vale, "Vale", "told"));
    quote(c, 2, &direct("We lost neighbours tonight.", vale_post, "Ada Vale", "said"));
    quote(c, 3, &direct("We have lost our neighbours tonight,", vale_wire, "she", "added"));
    quote(c, 2, &Said { kind: "mixed", ..direct("unfit for the sea", kern, "Boris Kern", "called") });
    let killed = "Fifteen people were killed in the ferry disaster off Port Sable";
    quote(c, 2, &Said { kind: "indirect", ..direct(killed, guard, "Sable Coast Guard", "said") });
    quote(
        c,
        3,
        &Said {
            kind: "mixed",
            said: "the usual suspects",
            speaker: None,
            words: Some("An official who would not be named"),
            cue: Some("spoke"),
            unattributed: Some("described, not named"),
        },
    );
}

fn figures(c: &Connection) {
    let died = "At least 12 people died when the ferry Corona sank off Port Sable, Mayor Ada Vale said.";
    let death = (Some("person"), Some("death"));
    figure(c, 1, ("At least 12 people", died, "count", 12.0, Some(12.0), None, "at_least", death.0, death.1));
    let killed =
        "Fifteen people were killed in the ferry disaster off Port Sable, the Sable Coast Guard said.";
    figure(
        c,
        2,
        ("Fifteen people", killed, "count", 15.0, Some(15.0), Some(15.0), "exactly", death.0, death.1),
    );
    let more = "More than 10 people died off Port Sable, Ada Vale said.";
    figure(
        c,
        3,
        ("More than 10 people", more, "count", 10.0, Some(10.0), None, "more_than", death.0, death.1),
    );
    figure(c, 4, ("Eleven people", BUS, "count", 11.0, Some(11.0), Some(11.0), "exactly", death.0, death.1));
    let took = "The rescue took 90 minutes, said Boris Kern of the Sable Coast Guard in 2021.";
    figure(
        c,
        1,
        ("90 minutes", took, "duration", 90.0, Some(90.0), Some(90.0), "exactly", Some("rescue"), None),
    );
    c.execute(
        "UPDATE figures SET quote_id = (SELECT id FROM quotes WHERE kind = 'indirect') WHERE article_id = 2",
        [],
    )
    .unwrap();
    let hours = "The rescue took two hours.";
    figure(
        c,
        2,
        ("two hours", hours, "duration", 120.0, Some(120.0), Some(120.0), "exactly", Some("rescue"), None),
    );
}
