//! Sources that are gone and articles that no source holds: marked, never deleted, and the same when they
//! come back.
//!
//! An article without any source at all is one whose file now holds another article's bytes. It keeps its
//! row, under the name of that source with " (gone)" behind it, and takes the source back when the source
//! says something that no article says. What turns out to be an older version of the article that took its
//! place becomes that one's past, at the end of the import: by then a file that swapped its bytes with
//! another has found them again.

use rusqlite::{Connection, OptionalExtension};

use super::changes::{self, Facts, is_another_story};
use super::{articles, revisions, sources};

/// What stands behind the name of an article that lost its last source.
const GONE: &str = " (gone)";

const TURN: &str = "
    UPDATE sources SET vanished_run_id = CASE WHEN ?3 THEN ?2 END
    WHERE source = ?1 AND (vanished_run_id IS NULL) = ?3
    RETURNING article_id";
const SETTLE: &str = "
    UPDATE articles
    SET vanished_run_id = CASE
        WHEN EXISTS (SELECT 1 FROM sources WHERE article_id = ?1 AND vanished_run_id IS NULL) THEN NULL
        ELSE coalesce(vanished_run_id, ?2) END
    WHERE id = ?1";
const RENAME: &str = "UPDATE articles SET source = source || ?2 WHERE id = ?1";
const SELECT_OF_HOME: &str = "
    SELECT id FROM articles
    WHERE source = ?1 AND NOT EXISTS (SELECT 1 FROM sources WHERE article_id = articles.id)";
// Those of imports that were killed are settled by the next. CROSS: from the few runs to the few articles.
const SELECT_HOMELESS: &str = "
    SELECT a.id, s.article_id, s.source
    FROM runs r
    CROSS JOIN articles a INDEXED BY articles_vanished ON a.vanished_run_id = r.id
    CROSS JOIN sources s ON s.source = substr(a.source, 1, length(a.source) - length(?1))
    WHERE r.finished_at IS NULL
      AND a.source = s.source || ?1
      AND NOT EXISTS (SELECT 1 FROM sources o WHERE o.article_id = a.id)
    ORDER BY a.source";

/// Marks a source as gone; says whether that is news.
pub(super) fn mark(connection: &Connection, run: i64, source: &str) -> rusqlite::Result<bool> {
    turn(connection, run, source, true)
}

/// Takes the mark from a source that is back; says whether that is news.
pub(super) fn unmark(connection: &Connection, run: i64, source: &str) -> rusqlite::Result<bool> {
    turn(connection, run, source, false)
}

fn turn(connection: &Connection, run: i64, source: &str, is_gone: bool) -> rusqlite::Result<bool> {
    let article: Option<i64> =
        connection.prepare_cached(TURN)?.query_row((source, run, is_gone), |row| row.get(0)).optional()?;
    let Some(article) = article else { return Ok(false) };
    settle(connection, article, run)?;
    let what = if is_gone { "vanished" } else { "returned" };
    changes::note_source(connection, (article, run), what, source)?;
    Ok(true)
}

/// Brings the mark of an article up to date with those of its sources.
pub(super) fn settle(connection: &Connection, article: i64, run: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(SETTLE)?.execute((article, run))?;
    Ok(())
}

/// An article that `source` has just left for another: it is named anew, or kept as gone if it was the last.
pub(super) fn left_by(connection: &Connection, article: i64, source: &str, run: i64) -> rusqlite::Result<()> {
    if sources::count(connection, article)? > 0 {
        sources::name_article(connection, article)?;
        return settle(connection, article, run);
    }
    settle(connection, article, run)?;
    connection.prepare_cached(RENAME)?.execute((article, GONE))?;
    changes::note_source(connection, (article, run), "vanished", source)
}

/// The article that lost this source as its last, if there is one.
pub(super) fn at_home(connection: &Connection, source: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(SELECT_OF_HOME)?
        .query_row([format!("{source}{GONE}")], |row| row.get(0))
        .optional()
}

/// At the end of an import: what lost its last source to a newer version of itself becomes its past.
pub(super) fn merge_versions(connection: &Connection, run: i64) -> rusqlite::Result<()> {
    let homeless: Vec<(i64, i64, String)> = connection
        .prepare_cached(SELECT_HOMELESS)?
        .query_map([GONE], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (from, into, _) in homeless {
        let (before, after) = (Facts::stored(connection, from)?, Facts::stored(connection, into)?);
        if is_another_story(&before.text, &after.text) {
            continue;
        }
        // Copies that a page's furniture parted for a moment said the same all along.
        let says_the_same =
            articles::Sayings::stored(connection, from)? == articles::Sayings::stored(connection, into)?;
        let (was, is) = revisions::merge(connection, (from, into), run, says_the_same)?;
        // A copy that went the same way later said the same before.
        if !changes::is_told(connection, into, (was, is))? {
            changes::record(connection, changes::Place { article: into, run, from: was, to: is }, &before)?;
        }
    }
    Ok(())
}
