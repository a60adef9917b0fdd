//! Texts for SQL: functions that slice the text of an article, in time that does not grow with its length.
//!
//! SQLite's own `substr` counts characters from the start of the text for every row: in a text of a megabyte
//! with ten thousand rows that is minutes. These keep the text they were asked for last, with its characters
//! counted once.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OptionalExtension};

use crate::span::CharCounts;
use crate::store::{Archive, Error};

const SELECT_TEXT: &str = "SELECT text FROM articles WHERE id = ?1";
const SELECT_PAST: &str = "SELECT text FROM past_articles WHERE article_id = ?1 AND revision = ?2";

/// The text that was asked for last.
struct Texts {
    reader: Connection,
    /// Article and revision; 0 for the current one.
    of: Option<(i64, i64)>,
    text: String,
    counts: CharCounts,
}

impl Texts {
    fn load(&mut self, article: i64, revision: i64) -> rusqlite::Result<()> {
        if self.of == Some((article, revision)) {
            return Ok(());
        }
        let text: Option<String> = if revision == 0 {
            self.reader.prepare_cached(SELECT_TEXT)?.query_row([article], |row| row.get(0)).optional()?
        } else {
            let mut statement = self.reader.prepare_cached(SELECT_PAST)?;
            statement.query_row((article, revision), |row| row.get(0)).optional()?
        };
        self.text = text.unwrap_or_default();
        self.counts = CharCounts::new(&self.text);
        self.of = Some((article, revision));
        Ok(())
    }

    /// What `substr(text, start + 1, end - start)` gives.
    fn slice(&mut self, (article, revision): (i64, i64), start: i64, end: i64) -> rusqlite::Result<String> {
        self.load(article, revision)?;
        let at = |chars: i64| usize::try_from(chars).ok().map(|chars| self.counts.byte_at(&self.text, chars));
        let slice = at(start).zip(at(end)).and_then(|(start, end)| self.text.get(start..end));
        Ok(slice.unwrap_or_default().to_owned())
    }
}

/// Adds `text_at(article, start, end)`, `past_text_at(article, revision, start, end)` and
/// `text_length(article)` to the archive's connection.
pub(super) fn add(archive: &Archive) -> Result<(), Error> {
    let reader = Archive::open_read_only(archive.path())?.into_connection();
    let texts =
        Arc::new(Mutex::new(Texts { reader, of: None, text: String::new(), counts: CharCounts::new("") }));
    functions(archive.connection(), &texts).map_err(|source| archive.error(source))
}

fn functions(connection: &Connection, texts: &Arc<Mutex<Texts>>) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    let shared = Arc::clone(texts);
    connection.create_scalar_function("text_at", 3, flags, move |given| {
        let mut texts = shared.lock().unwrap_or_else(PoisonError::into_inner);
        texts.slice((given.get(0)?, 0), given.get(1)?, given.get(2)?)
    })?;
    let shared = Arc::clone(texts);
    connection.create_scalar_function("past_text_at", 4, flags, move |given| {
        let mut texts = shared.lock().unwrap_or_else(PoisonError::into_inner);
        texts.slice((given.get(0)?, given.get(1)?), given.get(2)?, given.get(3)?)
    })?;
    let shared = Arc::clone(texts);
    connection.create_scalar_function("text_length", 1, flags, move |given| {
        let mut texts = shared.lock().unwrap_or_else(PoisonError::into_inner);
        texts.load(given.get(0)?, 0)?;
        Ok(i64::try_from(texts.counts.characters()).unwrap_or(i64::MAX))
    })
}
