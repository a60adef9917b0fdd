//! Rows as text: where a quote, a figure or an entity's name stands, so that a correction of it can find it
//! again when its row is long gone.

use rusqlite::{OptionalExtension, params};

use super::{Error, Reader};
use crate::correct::occurrence_at;

/// Words of an article, told from their other occurrences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The article's source.
    pub source: String,
    /// The words.
    pub words: String,
    /// Which occurrence of them in the article's text, from 1.
    pub occurrence: i64,
}

const QUOTE: &str = "
    SELECT a.source, a.text, q.start, q.text FROM quotes q JOIN articles a ON a.id = q.article_id WHERE q.id = ?1";
const FIGURE: &str = "
    SELECT a.source, a.text, f.start, f.text FROM figures f JOIN articles a ON a.id = f.article_id WHERE f.id = ?1";
const NAME: &str = "
    SELECT a.source, a.text, m.start, m.text
    FROM article_entities n
    JOIN mentions m ON m.article_entity_id = n.id
    JOIN articles a ON a.id = m.article_id
    WHERE n.entity_id = ?1 AND n.article_id = ?2
    ORDER BY m.start LIMIT 1";

/// What an article is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleName {
    /// Where it was found.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
}

const ARTICLE: &str = "SELECT source, title FROM articles WHERE id = ?1";
const OUTLET: &str = "
    SELECT name FROM outlets WHERE id = ?1 OR name = ?2 COLLATE NOCASE ORDER BY id = ?1 DESC LIMIT 1";

impl Reader {
    /// What an article is called.
    pub fn article_name(&self, id: i64) -> Result<ArticleName, Error> {
        let read = |row: &rusqlite::Row<'_>| Ok(ArticleName { source: row.get(0)?, title: row.get(1)? });
        Ok(self.connection().query_row(ARTICLE, [id], read)?)
    }

    /// The name of the outlet of this number or name.
    pub fn find_outlet(&self, wanted: &str) -> Result<String, Error> {
        let number = wanted.parse::<i64>().ok();
        let found =
            self.connection().query_row(OUTLET, params![number, wanted], |row| row.get(0)).optional()?;
        found.ok_or_else(|| Error::UnknownRow {
            what: "outlet",
            wanted: wanted.to_owned(),
            hint: "; `copydesk query outlets` lists them".to_owned(),
        })
    }

    /// Where a quote stands.
    pub fn quote_anchor(&self, wanted: &str) -> Result<Anchor, Error> {
        self.row_anchor("quote", QUOTE, wanted)
    }

    /// Where a figure stands.
    pub fn figure_anchor(&self, wanted: &str) -> Result<Anchor, Error> {
        self.row_anchor("figure", FIGURE, wanted)
    }

    fn row_anchor(&self, what: &'static str, sql: &str, wanted: &str) -> Result<Anchor, Error> {
        let found = match wanted.parse::<i64>() {
            Ok(id) => self.anchor(sql, params![id])?,
            Err(_) => None,
        };
        found.ok_or_else(|| Error::UnknownRow {
            what,
            wanted: wanted.to_owned(),
            hint: "; take its number (id) as `copydesk query`, `sql` or `show --json` tells it".to_owned(),
        })
    }

    /// Where an article first names an entity.
    pub fn name_anchor(&self, entity: &super::EntityRow, article: i64) -> Result<Anchor, Error> {
        self.anchor(NAME, params![entity.id, article])?
            .ok_or_else(|| Error::NotNamed { article, entity: entity.shown.clone() })
    }

    fn anchor(&self, sql: &str, values: impl rusqlite::Params) -> Result<Option<Anchor>, Error> {
        let found: Option<(String, String, i64, String)> = self
            .connection()
            .query_row(sql, values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        Ok(found.map(|(source, text, start, words)| {
            let start = usize::try_from(start).unwrap_or(0);
            let start = text.char_indices().nth(start).map_or(text.len(), |(at, _)| at);
            let occurrence = occurrence_at(&text, &words, start).unwrap_or(1);
            Anchor { source, words, occurrence: i64::try_from(occurrence).unwrap_or(1) }
        }))
    }
}
