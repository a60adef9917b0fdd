//! What became of one article: its revisions, and what changed from one to the next.

use rusqlite::Row;
use serde::Serialize;

use super::{Error, Reader};

/// An article through time, oldest first.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // The fields are the columns of the archive, described there.
pub struct History {
    pub id: i64,
    pub source: String,
    pub title: Option<String>,
    /// Since when no source holds it; `None` while one does.
    pub vanished_at: Option<String>,
    pub revisions: Vec<Revision>,
    pub changes: Vec<ChangeView>,
    pub sources: Vec<SourceView>,
}

/// A revision, the current one among them.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Revision {
    pub revision: i64,
    pub run: i64,
    pub imported_at: String,
    pub title: Option<String>,
    pub words: i64,
    #[serde(skip)]
    pub text: String,
}

/// A fact that changed.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ChangeView {
    pub run: i64,
    pub at: String,
    pub from_revision: i64,
    pub revision: i64,
    pub subject: String,
    pub what: String,
    pub about: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub before_value: Option<f64>,
    pub after_value: Option<f64>,
    pub before_id: Option<i64>,
    pub after_id: Option<i64>,
}

/// Where the article's document was found.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct SourceView {
    pub source: String,
    pub found_at: String,
    pub vanished_at: Option<String>,
}

const ARTICLE: &str = "
    SELECT a.source, a.title, v.started_at
    FROM articles a
    LEFT JOIN runs v ON v.id = a.vanished_run_id
    WHERE a.id = ?1";

const REVISIONS: &str = "
    SELECT x.revision, x.run_id, r.started_at, x.title, x.words, x.text
    FROM (SELECT revision, run_id, title, words, text FROM past_articles WHERE article_id = ?1
          UNION ALL
          SELECT revision, run_id, title, words, text FROM articles WHERE id = ?1) x
    JOIN runs r ON r.id = x.run_id
    ORDER BY x.revision";

const CHANGES: &str = "
    SELECT c.run_id, r.started_at, c.from_revision, c.revision, c.subject, c.what, c.about, c.before, c.after,
           c.before_value, c.after_value, c.before_id, c.after_id
    FROM changes c
    JOIN runs r ON r.id = c.run_id
    WHERE c.article_id = ?1
    ORDER BY c.run_id, c.id";

const SOURCES: &str = "
    SELECT s.source, f.started_at, v.started_at
    FROM sources s
    JOIN runs f ON f.id = s.first_run_id
    LEFT JOIN runs v ON v.id = s.vanished_run_id
    WHERE s.article_id = ?1
    ORDER BY s.source";

impl Reader {
    /// What became of an article.
    pub fn history(&self, id: i64) -> Result<History, Error> {
        let (source, title, vanished_at) =
            self.connection().query_row(ARTICLE, [id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let revisions = self.of_article(REVISIONS, id, |row| {
            Ok(Revision {
                revision: row.get(0)?,
                run: row.get(1)?,
                imported_at: row.get(2)?,
                title: row.get(3)?,
                words: row.get(4)?,
                text: row.get(5)?,
            })
        })?;
        let changes = self.of_article(CHANGES, id, change)?;
        let sources = self.of_article(SOURCES, id, |row| {
            Ok(SourceView { source: row.get(0)?, found_at: row.get(1)?, vanished_at: row.get(2)? })
        })?;
        Ok(History { id, source, title, vanished_at, revisions, changes, sources })
    }

    fn of_article<T>(
        &self,
        sql: &str,
        id: i64,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.connection().prepare(sql)?;
        let rows = statement.query_map([id], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn change(row: &Row<'_>) -> rusqlite::Result<ChangeView> {
    Ok(ChangeView {
        run: row.get(0)?,
        at: row.get(1)?,
        from_revision: row.get(2)?,
        revision: row.get(3)?,
        subject: row.get(4)?,
        what: row.get(5)?,
        about: row.get(6)?,
        before: row.get(7)?,
        after: row.get(8)?,
        before_value: row.get(9)?,
        after_value: row.get(10)?,
        before_id: row.get(11)?,
        after_id: row.get(12)?,
    })
}
