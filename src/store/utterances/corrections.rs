//! What people said of utterances: that a quote is the same as another, or an utterance of its own.
//!
//! A row of `corrections` with subject "quote" and field "utterance" is about the quote of these words
//! (`anchor`, `occurrence`, `context`) in the article of that `source`; `value` has the words of the quote that it is
//! the same utterance as, or is NULL for an utterance of its own. The last one made holds.

use std::collections::HashMap;

use rusqlite::Connection;

use super::nodes::{Node, Nodes};
use crate::correct::among;
use crate::resolve::utterances::Wording;
use crate::span::Span;

const SELECT_CORRECTIONS: &str = "
    SELECT s.article_id, c.anchor, c.occurrence, c.context, c.value
    FROM corrections c
    JOIN sources s ON s.source = c.source
    WHERE c.subject = 'quote' AND c.field = 'utterance' AND c.retired_at IS NULL
    ORDER BY c.id";
const SELECT_QUOTES: &str =
    "SELECT id, said, start, end FROM quotes WHERE article_id = ?1 ORDER BY start, id";
const SELECT_TEXT: &str = "SELECT text FROM articles WHERE id = ?1";

const SELECT_PINNED: &str = "
    SELECT id FROM wordings INDEXED BY wordings_same_as WHERE same_as IS NOT NULL ORDER BY id";
const SELECT_BY_WORDS: &str = "
    SELECT DISTINCT w.id
    FROM quotes_search s
    JOIN quote_wordings m ON m.quote_id = s.rowid
    JOIN wordings w ON w.id = m.wording_id
    WHERE quotes_search MATCH ?1 AND w.same_as IS NULL AND w.quotes > 0";
const SELECT_SAME_AS: &str = "SELECT same_as FROM wordings WHERE id = ?1";

/// What a person said: the words of the quote that it is the same as, or nothing for one of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pin(pub Option<String>);

struct Correction {
    anchor: String,
    occurrence: i64,
    context: Option<String>,
    value: Option<String>,
}

/// The corrections of utterances, by article.
pub(super) struct Corrections(HashMap<i64, Vec<Correction>>);

impl Corrections {
    pub fn read(connection: &Connection) -> rusqlite::Result<Corrections> {
        let mut found: HashMap<i64, Vec<Correction>> = HashMap::new();
        let mut statement = connection.prepare_cached(SELECT_CORRECTIONS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (anchor, occurrence) = (row.get(1)?, row.get(2)?);
            let (context, value) = (row.get(3)?, row.get(4)?);
            found.entry(row.get(0)?).or_default().push(Correction { anchor, occurrence, context, value });
        }
        Ok(Corrections(found))
    }

    /// What a person said of this quote.
    pub fn pin(
        &self,
        connection: &Connection,
        article: i64,
        quote: i64,
        wording: &Wording,
    ) -> rusqlite::Result<Option<Pin>> {
        let Some(of_article) = self.0.get(&article) else { return Ok(None) };
        let key = wording.key();
        let mut pin = None;
        for correction in of_article {
            if Wording::read(&correction.anchor).key() == key
                && meant(connection, article, &key, correction)? == Some(quote)
            {
                pin = Some(Pin(correction.value.clone()));
            }
        }
        Ok(pin)
    }
}

/// The quote of these words that a correction means: of several, the one among the words that it was made among,
/// or the one that it counts.
fn meant(
    connection: &Connection,
    article: i64,
    key: &str,
    correction: &Correction,
) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached(SELECT_QUOTES)?;
    let mut rows = statement.query([article])?;
    let mut quotes: Vec<(i64, usize, usize)> = Vec::new();
    let place = |at: i64| usize::try_from(at).unwrap_or(0);
    while let Some(row) = rows.next()? {
        let said: String = row.get(1)?;
        if Wording::read(&said).key() == key {
            quotes.push((row.get(0)?, place(row.get(2)?), place(row.get(3)?)));
        }
    }
    let counted = usize::try_from(correction.occurrence).unwrap_or(usize::MAX);
    let mut at = counted.checked_sub(1);
    if let Some(context) = correction.context.as_ref().filter(|_| (quotes.len(), counted) != (1, 1)) {
        let text: String = connection.prepare_cached(SELECT_TEXT)?.query_row([article], |row| row.get(0))?;
        let places = places(&text, &quotes);
        at = among(&text, &places, context, counted).or(at);
    }
    Ok(at.and_then(|at| quotes.get(at)).map(|&(id, ..)| id))
}

/// The quotes' places in bytes; the archive counts characters.
fn places(text: &str, quotes: &[(i64, usize, usize)]) -> Vec<Span> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let byte = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    quotes.iter().map(|&(_, start, end)| Span::new(byte(start), byte(end.max(start)))).collect()
}

/// Wordings of which a person said what they are the same as.
pub(super) fn pinned(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(SELECT_PINNED)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.collect()
}

/// The words that a person said a wording is the same as.
pub(super) fn same_as(connection: &Connection, wording: i64) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached(SELECT_SAME_AS)?.query_row([wording], |row| row.get(0))
}

/// The fullest wording of the utterance that these words are of.
pub(super) fn target(
    connection: &Connection,
    nodes: &mut Nodes<'_>,
    words: &str,
) -> rusqlite::Result<Option<i64>> {
    let key = Wording::read(words).key();
    let phrase = format!("\"{}\"", words.replace('"', " "));
    let found: Vec<i64> = {
        let mut statement = connection.prepare_cached(SELECT_BY_WORDS)?;
        let rows = statement.query_map([phrase], |row| row.get(0))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let mut best: Option<Node> = None;
    for wording in found {
        let node = nodes.get(wording)?;
        if node.wording().key() != key {
            continue;
        }
        if best.as_ref().is_none_or(|best| node.order() < best.order()) {
            best = Some(node);
        }
    }
    Ok(best.map(|node| node.fullest.unwrap_or(node.id)))
}
