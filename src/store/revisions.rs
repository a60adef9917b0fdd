//! Revisions: what an article said before stays readable, its findings as well.

use rusqlite::{Connection, named_params};

use super::articles;
use super::changes;
use super::findings;
use super::sources;
use crate::document::Document;
use crate::pipeline::Reading;

const CLOSE_ARTICLE: &str = "
    INSERT INTO past_articles (article_id, revision, title, byline, dateline, outlet_id, published, language,
                               text, words, document_id, extractor_version, run_id, replaced_run_id)
    SELECT id, revision, title, byline, dateline, outlet_id, published, language,
           text, words, document_id, extractor_version, run_id, :run
    FROM articles
    WHERE id = :article";

const CLOSE_MENTIONS: &str = "
    INSERT INTO past_findings (article_id, revision, subject, id, start, end, text, finding)
    SELECT m.article_id, a.revision, 'mention', m.id, m.start, m.end, m.text,
           json_object('kind', m.kind, 'entity', n.name, 'found_by', m.found_by, 'confidence', m.confidence)
    FROM mentions m
    JOIN articles a ON a.id = m.article_id
    JOIN article_entities n ON n.id = m.article_entity_id
    WHERE m.article_id = ?1";

const CLOSE_QUOTES: &str = "
    INSERT INTO past_findings (article_id, revision, subject, id, start, end, text, finding)
    SELECT q.article_id, a.revision, 'quote', q.id, q.start, q.end, q.text,
           json_object('kind', q.kind, 'said', q.said, 'speaker', coalesce(n.name, q.speaker_text),
                       'speaker_text', q.speaker_text, 'speaker_form', q.speaker_form, 'cue', q.cue,
                       'cue_lemma', q.cue_lemma, 'cue_kind', q.cue_kind, 'addressee', q.addressee,
                       'occasion', q.occasion, 'content_start', q.content_start, 'content_end', q.content_end,
                       'rule', q.rule, 'unattributed', q.unattributed)
    FROM quotes q
    JOIN articles a ON a.id = q.article_id
    LEFT JOIN article_entities n ON n.id = q.speaker_id
    WHERE q.article_id = ?1";

const CLOSE_FIGURES: &str = "
    INSERT INTO past_findings (article_id, revision, subject, id, start, end, text, finding)
    SELECT f.article_id, a.revision, 'figure', f.id, f.start, f.end, f.text,
           json_object('kind', f.kind, 'value', f.value, 'low', f.low, 'high', f.high, 'bound', f.bound,
                       'direction', f.direction, 'role', f.role, 'unit', f.unit, 'unit_name', f.unit_name,
                       'base_value', f.base_value, 'base_unit', f.base_unit, 'counted', f.counted,
                       'counted_head', f.counted_head, 'event', f.event, 'holds_for', f.holds_for,
                       'place', f.place, 'whose', f.whose, 'period', f.period, 'as_of', f.as_of,
                       'as_of_date', f.as_of_date, 'cited', f.cited, 'is_vague', f.is_vague,
                       'is_hedged', f.is_hedged, 'hedge', f.hedge, 'rule', f.rule)
    FROM figures f
    JOIN articles a ON a.id = f.article_id
    WHERE f.article_id = ?1";

const NEXT_REVISION: &str = "UPDATE articles SET revision = revision + 1, run_id = ?2 WHERE id = ?1";

const SELECT_OTHER_SOURCE: &str = "
    SELECT min(source) FROM sources WHERE article_id = ?1 AND source <> ?2 AND vanished_run_id IS NULL";
// Who held it first, of those that are there; by name where one import brought several.
const SELECT_KEEPER: &str = "
    SELECT source FROM sources WHERE article_id = ?1 AND vanished_run_id IS NULL ORDER BY first_run_id, source LIMIT 1";
const RENAME_ARTICLE: &str = "UPDATE articles SET source = ?2 WHERE id = ?1";
const MOVE_SOURCES: &str = "
    UPDATE sources SET article_id = :to
    WHERE article_id = :from AND (source = :changing) = :changing_leaves";

const COPY_ORIGIN: &str = "
    UPDATE articles
    SET revision = x.revision, first_run_id = x.first_run_id, run_id = x.run_id
    FROM articles x
    WHERE x.id = :from AND articles.id = :to";
const COPY_PAST_ARTICLES: &str = "
    INSERT INTO past_articles (article_id, revision, title, byline, dateline, outlet_id, published, language,
                               text, words, document_id, extractor_version, run_id, replaced_run_id)
    SELECT :to, revision, title, byline, dateline, outlet_id, published, language,
           text, words, document_id, extractor_version, run_id, replaced_run_id
    FROM past_articles
    WHERE article_id = :from";
const COPY_PAST_FINDINGS: &str = "
    INSERT INTO past_findings (article_id, revision, subject, id, start, end, text, finding)
    SELECT :to, revision, subject, id, start, end, text, finding
    FROM past_findings
    WHERE article_id = :from";

// The same revision of both articles counts once. The order is that in which they ended, which is each article's
// own: bytes that came back began in a run before those that they replaced.
const SELECT_MERGED: &str = "
    SELECT min(p.article_id), p.revision
    FROM past_articles p
    JOIN documents d ON d.id = p.document_id
    WHERE p.article_id IN (:from, :into)
    GROUP BY p.run_id, p.document_id
    ORDER BY min(p.replaced_run_id), p.run_id, d.hash";
const MOVE_PAST: &str = "
    UPDATE past_articles SET article_id = :into, revision = :to
    WHERE article_id = :from AND revision = :revision";
const DELETE_UNMOVED: &str = "
    DELETE FROM past_articles WHERE article_id = ?1 AND revision > 0";
const NUMBER_MOVED: &str = "UPDATE past_articles SET revision = -revision WHERE article_id = ?1";
const NUMBER_CURRENT: &str = "
    UPDATE articles
    SET revision = 1 + (SELECT count(*) FROM past_articles WHERE article_id = ?1)
    WHERE id = ?1";

// What changed goes with the revisions it leads to; that a source went is no news of the article it went to.
const DELETE_PARTING: &str =
    "DELETE FROM changes WHERE article_id = ?1 AND run_id = ?2 AND subject = 'source'";
const MOVE_CHANGES_FROM: &str = "
    UPDATE changes SET from_revision = :to WHERE article_id = :from AND from_revision = :revision";
const MOVE_CHANGES_TO: &str = "
    UPDATE changes SET revision = :to WHERE article_id = :from AND revision = :revision";
const NUMBER_CHANGES: &str = "
    UPDATE changes
    SET article_id = :into, from_revision = abs(from_revision), revision = abs(revision)
    WHERE article_id IN (:from, :into)";
const DELETE_ORPHANED: &str = "
    DELETE FROM changes WHERE article_id IN (:from, :into) AND (from_revision > 0 OR revision > 0)";

const SELECT_OUTLETS_OF: &str = "
    SELECT outlet_id FROM articles WHERE id = ?1 AND outlet_id IS NOT NULL";
const DELETE_ARTICLE: &str = "DELETE FROM articles WHERE id = ?1";

/// Moves what an article says now to its past; its rows are then to be written over.
pub(super) fn close(connection: &Connection, article: i64, run: i64) -> rusqlite::Result<()> {
    keep_past(connection, article, run)?;
    connection.prepare_cached(NEXT_REVISION)?.execute((article, run))?;
    Ok(())
}

fn keep_past(connection: &Connection, article: i64, run: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(CLOSE_ARTICLE)?.execute(named_params! {":article": article, ":run": run})?;
    for sql in [CLOSE_MENTIONS, CLOSE_QUOTES, CLOSE_FIGURES] {
        connection.prepare_cached(sql)?.execute([article])?;
    }
    Ok(())
}

/// The source after which an article is named once `leaving` holds other bytes, of those that are there: a file that
/// was renamed is the same article, which the old name goes along with.
pub(super) fn other_source(
    connection: &Connection,
    article: i64,
    leaving: &str,
) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached(SELECT_OTHER_SOURCE)?.query_row((article, leaving), |row| row.get(0))
}

/// The source that keeps an article when its sources part: the one that has held it longest.
pub(super) fn keeper(connection: &Connection, article: i64) -> rusqlite::Result<String> {
    connection.prepare_cached(SELECT_KEEPER)?.query_row([article], |row| row.get(0))
}

/// Parts the sources of an article, because `changing` is about to hold other bytes: those that leave get
/// an article of their own, with the same past. Returns it.
///
/// `leaving` is the article's own document under the first name of those that leave, `stays` the first
/// name of those that do not; `changing` is one of the two.
pub(super) fn split(
    connection: &Connection,
    article: i64,
    changing: &str,
    stays: &str,
    leaving: (&Document, i64),
    reading: &Reading,
    run: i64,
) -> rusqlite::Result<i64> {
    let (document, document_id) = leaving;
    connection.prepare_cached(RENAME_ARTICLE)?.execute((article, stays))?;
    let to = articles::insert(connection, document, &reading.article, document_id, run)?;
    findings::insert(connection, to, &reading.article.text, &reading.findings)?;
    let both = named_params! {":from": article, ":to": to};
    for sql in [COPY_ORIGIN, COPY_PAST_ARTICLES, COPY_PAST_FINDINGS] {
        connection.prepare_cached(sql)?.execute(both)?;
    }
    connection.prepare_cached(MOVE_SOURCES)?.execute(named_params! {
        ":from": article, ":to": to, ":changing": changing, ":changing_leaves": document.source == changing,
    })?;
    // A source that is gone goes along, and may come first by name.
    for article in [article, to] {
        sources::name_article(connection, article)?;
    }
    Ok(to)
}

/// Ends an article that a newer version of itself took the source of: its revisions become the other's
/// past, but for the last where that says what the other says. Returns the number that its last revision has
/// there, and the number of the current one.
pub(super) fn merge(
    connection: &Connection,
    (from, into): (i64, i64),
    run: i64,
    says_the_same: bool,
) -> rusqlite::Result<(i64, i64)> {
    if !says_the_same {
        keep_past(connection, from, run)?;
    }
    connection.prepare_cached(DELETE_PARTING)?.execute((from, run))?;
    let last = changes::revision(connection, from)?;
    let current = changes::revision(connection, into)?;
    let merged: Vec<(i64, i64)> = connection
        .prepare_cached(SELECT_MERGED)?
        .query_map(named_params! {":from": from, ":into": into}, |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let next = i64::try_from(merged.len()).unwrap_or(i64::MAX - 1) + 1;
    let mut was = if says_the_same { next } else { next - 1 };
    // Below zero first, so that no new number meets an old one.
    for (n, (article, revision)) in (1_i64..).zip(merged) {
        if (article, revision) == (from, last) {
            was = n;
        }
        connection.prepare_cached(MOVE_PAST)?.execute(named_params! {
            ":into": into, ":to": -n, ":from": article, ":revision": revision,
        })?;
        move_changes(connection, article, revision, -n)?;
    }
    move_changes(connection, into, current, -next)?;
    if says_the_same {
        move_changes(connection, from, last, -next)?;
    }
    let both = named_params! {":from": from, ":into": into};
    connection.prepare_cached(DELETE_ORPHANED)?.execute(both)?;
    connection.prepare_cached(NUMBER_CHANGES)?.execute(both)?;
    connection.prepare_cached(DELETE_UNMOVED)?.execute([into])?;
    connection.prepare_cached(NUMBER_MOVED)?.execute([into])?;
    connection.prepare_cached(NUMBER_CURRENT)?.execute([into])?;
    delete(connection, from)?;
    Ok((was, next))
}

fn move_changes(connection: &Connection, from: i64, revision: i64, to: i64) -> rusqlite::Result<()> {
    for sql in [MOVE_CHANGES_FROM, MOVE_CHANGES_TO] {
        connection.prepare_cached(sql)?.execute(named_params! {
            ":from": from, ":revision": revision, ":to": to,
        })?;
    }
    Ok(())
}

fn delete(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    let outlets: Vec<i64> = connection
        .prepare_cached(SELECT_OUTLETS_OF)?
        .query_map([article], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let links = findings::delete(connection, article)?;
    connection.prepare_cached(DELETE_ARTICLE)?.execute([article])?;
    links.settle(connection)?;
    for outlet in outlets {
        articles::release_outlet(connection, outlet)?;
    }
    debug_assert_eq!(sources::count(connection, article), Ok(0));
    Ok(())
}
