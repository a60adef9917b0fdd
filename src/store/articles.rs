//! Rows of an article itself: its text and metadata, the evidence for them, its blocks, its outlet.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::findings::characters;
use crate::article::{Article, Evidenced};
use crate::correct::RULE;
use crate::document::Document;
use crate::finding::EntityKind;
use crate::pipeline::EXTRACTOR_VERSION;
use crate::resolve::link_key;
use crate::span::CharMap;

const INSERT_ARTICLE: &str = "
    INSERT INTO articles (source, title, byline, dateline, outlet_id, published, language, text, words,
                          document_id, extractor_version, first_run_id, run_id)
    VALUES (:source, :title, :byline, :dateline, :outlet, :published, :language, :text, :words,
            :document, :extractor_version, :run, :run)";

const UPDATE_ARTICLE: &str = "
    UPDATE articles
    SET title = :title, byline = :byline, dateline = :dateline, outlet_id = :outlet, published = :published,
        language = :language, text = :text, words = :words, document_id = :document,
        extractor_version = :extractor_version
    WHERE id = :id";

const SELECT_SAYINGS: &str = "
    SELECT a.title, a.byline, a.dateline, o.key, a.published, a.language, a.text
    FROM articles a
    LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE a.id = ?1";

// A correction of what the document says nothing of has its own value for words.
const SELECT_HELD: &str = "
    SELECT field, words FROM evidence WHERE article_id = ?1 AND rule = ?2 AND words <> value ORDER BY field";

const SELECT_OUTLET_OF: &str = "SELECT outlet_id FROM articles WHERE id = ?1";
const DELETE_EVIDENCE: &str = "DELETE FROM evidence WHERE article_id = ?1";
const DELETE_BLOCKS: &str = "DELETE FROM blocks WHERE article_id = ?1";

const INSERT_EVIDENCE: &str = "
    INSERT INTO evidence (article_id, field, value, words, rule, start, end)
    VALUES (:article, :field, :value, :words, :rule, :start, :end)";

const INSERT_BLOCK: &str = "
    INSERT INTO blocks (article_id, position, role, reason, document_start, document_end, start, end, text)
    VALUES (:article, :position, :role, :reason, :document_start, :document_end, :start, :end, :text)";

const SELECT_OUTLET: &str = "SELECT id, name FROM outlets WHERE key = ?1";
const INSERT_OUTLET: &str = "INSERT INTO outlets (name, key) VALUES (?1, ?2)";
const RENAME_OUTLET: &str = "UPDATE outlets SET name = ?2 WHERE id = ?1";

// The fullest of the names that articles give it, whatever order they came in.
const REFRESH_OUTLET: &str = "
    UPDATE outlets
    SET name = (SELECT e.value FROM articles a
                JOIN evidence e ON e.article_id = a.id AND e.field = 'outlet'
                WHERE a.outlet_id = outlets.id
                ORDER BY length(e.value) DESC, e.value DESC LIMIT 1)
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM articles WHERE outlet_id = ?1)";

const DELETE_UNUSED_OUTLET: &str = "
    DELETE FROM outlets
    WHERE id = ?1
      AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet_id = ?1)
      AND NOT EXISTS (SELECT 1 FROM past_articles WHERE outlet_id = ?1)";

/// What of an article makes a revision: text and metadata, not how they were found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sayings {
    title: Option<String>,
    byline: Option<String>,
    dateline: Option<String>,
    outlet_key: Option<String>,
    published: Option<String>,
    language: Option<String>,
    text: String,
    /// The document's words for what a correction holds, by field.
    held: Vec<(String, String)>,
}

impl Sayings {
    /// What an article just read says.
    pub fn read(article: &Article) -> Sayings {
        let value = |evidenced: &Option<Evidenced>| evidenced.as_ref().map(|e| e.value.clone());
        let held = article
            .evidenced()
            .filter(|(_, said)| said.rule == RULE && said.evidence != said.value)
            .map(|(field, said)| (field.to_owned(), said.evidence.clone()))
            .collect();
        Sayings {
            held,
            title: article.title.clone(),
            byline: value(&article.byline),
            dateline: value(&article.dateline),
            outlet_key: article.outlet.as_ref().map(|outlet| outlet_key(&outlet.value)),
            published: value(&article.published),
            language: article.language.map(str::to_owned),
            text: article.text.clone(),
        }
    }

    /// All of it in a few bytes.
    pub fn digest(&self) -> blake3::Hash {
        blake3::hash(format!("{self:?}").as_bytes())
    }

    /// What a stored article says.
    pub fn stored(connection: &Connection, id: i64) -> rusqlite::Result<Sayings> {
        let held = connection
            .prepare_cached(SELECT_HELD)?
            .query_map((id, RULE), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        connection.prepare_cached(SELECT_SAYINGS)?.query_row([id], |row| {
            Ok(Sayings {
                held,
                title: row.get(0)?,
                byline: row.get(1)?,
                dateline: row.get(2)?,
                outlet_key: row.get(3)?,
                published: row.get(4)?,
                language: row.get(5)?,
                text: row.get(6)?,
            })
        })
    }
}

/// Writes a new article; returns its id.
pub(super) fn insert(
    connection: &Connection,
    document: &Document,
    article: &Article,
    document_id: i64,
    run: i64,
) -> rusqlite::Result<i64> {
    let outlet = outlet(connection, article)?;
    connection.prepare_cached(INSERT_ARTICLE)?.execute(named_params! {
        ":source": document.source,
        ":title": article.title,
        ":byline": value(&article.byline),
        ":dateline": value(&article.dateline),
        ":outlet": outlet,
        ":published": value(&article.published),
        ":language": article.language,
        ":text": article.text,
        ":words": words(&article.text),
        ":document": document_id,
        ":extractor_version": EXTRACTOR_VERSION,
        ":run": run,
    })?;
    let id = connection.last_insert_rowid();
    write_details(connection, id, document, article)?;
    Ok(id)
}

/// Writes an article over its row.
pub(super) fn update(
    connection: &Connection,
    id: i64,
    document: &Document,
    article: &Article,
    document_id: i64,
) -> rusqlite::Result<()> {
    let before: Option<i64> =
        connection.prepare_cached(SELECT_OUTLET_OF)?.query_row([id], |row| row.get(0))?;
    let outlet = outlet(connection, article)?;
    connection.prepare_cached(UPDATE_ARTICLE)?.execute(named_params! {
        ":id": id,
        ":title": article.title,
        ":byline": value(&article.byline),
        ":dateline": value(&article.dateline),
        ":outlet": outlet,
        ":published": value(&article.published),
        ":language": article.language,
        ":text": article.text,
        ":words": words(&article.text),
        ":document": document_id,
        ":extractor_version": EXTRACTOR_VERSION,
    })?;
    connection.prepare_cached(DELETE_EVIDENCE)?.execute([id])?;
    connection.prepare_cached(DELETE_BLOCKS)?.execute([id])?;
    write_details(connection, id, document, article)?;
    if let Some(before) = before.filter(|before| Some(*before) != outlet) {
        release_outlet(connection, before)?;
    }
    Ok(())
}

/// Looks after an outlet that an article no longer names.
pub(super) fn release_outlet(connection: &Connection, outlet: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_UNUSED_OUTLET)?.execute([outlet])?;
    connection.prepare_cached(REFRESH_OUTLET)?.execute([outlet])?;
    Ok(())
}

fn value(evidenced: &Option<Evidenced>) -> Option<&str> {
    evidenced.as_ref().map(|e| e.value.as_str())
}

/// Words of a text: what stands between white space and has a letter or digit in it.
fn words(text: &str) -> i64 {
    let count = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn write_details(
    connection: &Connection,
    id: i64,
    document: &Document,
    article: &Article,
) -> rusqlite::Result<()> {
    let map = CharMap::new(&article.text);
    for (field, evidenced) in article.evidenced() {
        let span = evidenced.span.filter(|span| !span.is_empty()).map(|span| characters(&map, span));
        connection.prepare_cached(INSERT_EVIDENCE)?.execute(named_params! {
            ":article": id,
            ":field": field,
            ":value": evidenced.value,
            ":words": evidenced.evidence,
            ":rule": evidenced.rule,
            ":start": span.map(|s| s.0),
            ":end": span.map(|s| s.1),
        })?;
    }
    let decoded = document.decoded();
    let in_document = CharMap::new(&decoded);
    let mut insert = connection.prepare_cached(INSERT_BLOCK)?;
    for (position, block) in (0_i64..).zip(&article.blocks) {
        let (document_start, document_end) = characters(&in_document, block.source);
        let span = block.span.map(|span| characters(&map, span));
        insert.execute(named_params! {
            ":article": id,
            ":position": position,
            ":role": block.role.as_str(),
            ":reason": block.reason,
            ":document_start": document_start,
            ":document_end": document_end,
            ":start": span.map(|s| s.0),
            ":end": span.map(|s| s.1),
            ":text": if span.is_none() { Some(&block.text) } else { None },
        })?;
    }
    Ok(())
}

fn outlet(connection: &Connection, article: &Article) -> rusqlite::Result<Option<i64>> {
    let Some(name) = value(&article.outlet) else { return Ok(None) };
    let key = outlet_key(name);
    let found: Option<(i64, String)> = connection
        .prepare_cached(SELECT_OUTLET)?
        .query_row([&key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((id, known)) => {
            if fuller(name, &known) {
                connection.prepare_cached(RENAME_OUTLET)?.execute((id, name))?;
            }
            Ok(Some(id))
        }
        None => {
            connection.prepare_cached(INSERT_OUTLET)?.execute([name, &key])?;
            Ok(Some(connection.last_insert_rowid()))
        }
    }
}

fn outlet_key(name: &str) -> String {
    link_key(EntityKind::Organization, name).key
}

/// Whether a name is to be preferred over another of the same key: the longer, or the later in the order
/// of characters, which puts "Obama" after "OBAMA" and "François" after "Francois".
pub(super) fn fuller(name: &str, than: &str) -> bool {
    (name.chars().count(), name) > (than.chars().count(), than)
}
