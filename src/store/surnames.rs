//! Surnames that stand alone where several people of the archive bear them: whom an article's company tells.
//!
//! Follows rule 3 of [`crate::resolve::archive`]. It is a function of the articles that name a bearer or have
//! the surname alone. When one of them is written, those are told anew that it can bear on: what company it
//! lost or gained says which. Why a short name joined somebody is kept in `senses`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use super::namesakes::company;
use super::{entities, links};
use crate::pipeline::EXTRACTOR_VERSION;
use crate::resolve::meant;

/// More short names than this, or more articles that name a bearer, and nobody is told by company: the cost of
/// an import must not grow with the archive.
const MOST: usize = 200;

const SELECT_SHORT: &str = "
    SELECT n.id, n.article_id, n.entity_id, n.linked_by, n.key, n.name, s.why
    FROM article_entities n LEFT JOIN senses s ON s.article_entity_id = n.id
    WHERE n.kind = 'person' AND n.surname = ?1 AND n.is_full = 0";
const SELECT_SHORT_IN: &str = "
    SELECT n.id, n.article_id, n.entity_id, n.linked_by, n.key, n.name, s.why
    FROM article_entities n LEFT JOIN senses s ON s.article_entity_id = n.id
    WHERE n.article_id = ?2 AND n.kind = 'person' AND n.surname = ?1 AND n.is_full = 0";
const COUNT_ALONE: &str = "
    SELECT count(*) FROM (
        SELECT 1 FROM article_entities WHERE kind = 'person' AND surname = ?1 AND is_full = 0 LIMIT ?2)";
const SELECT_BEARERS: &str = "
    SELECT e.id, n.id, n.article_id
    FROM entities e JOIN article_entities n ON n.entity_id = e.id AND n.linked_by = 'key'
    WHERE e.kind = 'person' AND e.surname = ?1 AND e.is_full = 1";
const COUNT_BEARERS: &str = "
    SELECT count(*) FROM (
        SELECT 1
        FROM entities e JOIN article_entities n ON n.entity_id = e.id AND n.linked_by = 'key'
        WHERE e.kind = 'person' AND e.surname = ?1 AND e.is_full = 1
        LIMIT ?2)";
const IS_OUTDATED: &str = "SELECT 1 FROM articles WHERE extractor_version < ?1";
const SELECT_SHARED_SURNAMES: &str = "
    SELECT DISTINCT n.surname FROM article_entities n
    WHERE n.kind = 'person' AND n.is_full = 0 AND n.surname IS NOT NULL";
const SELECT_JOINED: &str = "
    SELECT id FROM article_entities
    WHERE kind = 'person' AND surname = ?1 AND is_full = 0 AND linked_by = 'surname'";
const JOIN: &str = "UPDATE article_entities SET entity_id = ?2, linked_by = 'surname' WHERE id = ?1";
const FREE: &str = "UPDATE article_entities SET entity_id = ?2, linked_by = 'key' WHERE id = ?1";
const INSERT_WHY: &str = "INSERT OR REPLACE INTO senses (article_entity_id, why) VALUES (?1, ?2)";
const DELETE_WHY: &str = "DELETE FROM senses WHERE article_entity_id = ?1";
const DELETE_WHYS: &str = "
    DELETE FROM senses WHERE article_entity_id IN (
        SELECT id FROM article_entities
        WHERE kind = 'person' AND surname = ?1 AND is_full = 0 AND linked_by = 'surname')";

/// A surname that stands alone in an article.
struct Short {
    id: i64,
    entity: i64,
    joined: bool,
    key: String,
    name: String,
    why: Option<String>,
    /// The bearer's row that it should be linked to, and why; `None` for its own.
    wanted: Option<(i64, String)>,
}

/// How often articles have a surname.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Naming somebody who bears it.
    pub bearers: usize,
    /// Where it stands alone.
    pub alone: usize,
}

impl Count {
    /// So often in the archive, as far as it matters: a part of it may be taken off again.
    fn of(connection: &Connection, surname: &str, part: Count) -> rusqlite::Result<Count> {
        let count = |sql: &str, part: usize| -> rusqlite::Result<usize> {
            let most = i64::try_from(MOST + 1 + part).unwrap_or(i64::MAX);
            let count: u32 = connection.prepare_cached(sql)?.query_row((surname, most), |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or(usize::MAX))
        };
        Ok(Count { bearers: count(COUNT_BEARERS, part.bearers)?, alone: count(COUNT_ALONE, part.alone)? })
    }

    fn is_crowd(self) -> bool {
        self.bearers > MOST || self.alone > MOST
    }
}

/// Whether a surname is had by too many to tell whom it means.
pub(super) fn is_crowded(connection: &Connection, surname: &str) -> rusqlite::Result<bool> {
    Ok(Count::of(connection, surname, Count::default())?.is_crowd())
}

/// Whether it was so before an article that `had` so many came to have as many as it `has`, and whether it is now.
pub(super) fn crowded(
    connection: &Connection,
    surname: &str,
    had: Count,
    has: Count,
) -> rusqlite::Result<(bool, bool)> {
    let now = Count::of(connection, surname, has)?;
    let before = Count {
        bearers: now.bearers.saturating_sub(has.bearers) + had.bearers,
        alone: now.alone.saturating_sub(has.alone) + had.alone,
    };
    Ok((before.is_crowd(), now.is_crowd()))
}

/// Which short names of a surname are meant.
#[derive(Clone, Copy)]
pub(super) enum Which<'a> {
    All,
    /// Those of an article.
    In(i64),
    /// Those whose articles name any of these.
    Near(&'a BTreeSet<String>),
}

impl Which<'_> {
    /// The short names with their company.
    fn find(
        self,
        connection: &Connection,
        surname: &str,
    ) -> rusqlite::Result<Vec<(Short, BTreeSet<String>)>> {
        let read = |row: &Row<'_>| {
            let short = Short {
                id: row.get(0)?,
                entity: row.get(2)?,
                joined: row.get::<_, String>(3)? == "surname",
                key: row.get(4)?,
                name: row.get(5)?,
                why: row.get(6)?,
                wanted: None,
            };
            Ok((short, row.get(1)?))
        };
        let found: Vec<(Short, i64)> = match self {
            Which::In(article) => connection
                .prepare_cached(SELECT_SHORT_IN)?
                .query_map((surname, article), read)?
                .collect::<rusqlite::Result<_>>()?,
            Which::All | Which::Near(_) => connection
                .prepare_cached(SELECT_SHORT)?
                .query_map([surname], read)?
                .collect::<rusqlite::Result<_>>()?,
        };
        let mut kept = Vec::with_capacity(found.len());
        for (short, article) in found {
            let company = company(connection, article, short.id, Some(surname))?;
            if !matches!(self, Which::Near(keys) if keys.is_disjoint(&company)) {
                kept.push((short, company));
            }
        }
        Ok(kept)
    }
}

/// The short names of a surname that several bear, each with whom company tells.
fn shorts(connection: &Connection, surname: &str, which: Which<'_>) -> rusqlite::Result<Vec<Short>> {
    let mut found = which.find(connection, surname)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let named: Vec<(i64, i64, i64)> = connection
        .prepare_cached(SELECT_BEARERS)?
        .query_map([surname], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut bearers: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for (bearer, own, article) in named {
        bearers.entry(bearer).or_default().extend(company(connection, article, own, Some(surname))?);
    }
    let (rows, kept): (Vec<i64>, Vec<BTreeSet<String>>) = bearers.into_iter().unzip();
    for (short, company) in &mut found {
        short.wanted = meant(company, &kept).map(|(bearer, why)| (rows[bearer], why));
    }
    Ok(found.into_iter().map(|(short, _)| short).collect())
}

/// Links short names of a surname that several bear, and not too many.
pub(super) fn tell(connection: &Connection, surname: &str, which: Which<'_>) -> rusqlite::Result<()> {
    for short in shorts(connection, surname, which)? {
        match short.wanted {
            Some((bearer, why)) => {
                if !short.joined || short.entity != bearer {
                    connection.prepare_cached(JOIN)?.execute((short.id, bearer))?;
                }
                if !short.joined {
                    // It may have been called so because of this one.
                    entities::refresh(connection, short.entity)?;
                }
                if short.why.as_ref() != Some(&why) {
                    connection.prepare_cached(INSERT_WHY)?.execute((short.id, why))?;
                }
            }
            None if short.joined => {
                let own = entities::short_row(connection, surname, &short.key, &short.name)?;
                connection.prepare_cached(FREE)?.execute((short.id, own))?;
                connection.prepare_cached(DELETE_WHY)?.execute([short.id])?;
                entities::refresh(connection, own)?;
            }
            None => {}
        }
    }
    links::delete_unnamed_short(connection, surname)
}

/// Forgets why short names of a surname joined somebody: it has one bearer, or too many to tell.
pub(super) fn forget(connection: &Connection, surname: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_WHYS)?.execute([surname])?;
    Ok(())
}

/// The short names that are not linked as the rules say, for `check`, and how many there are. None while articles
/// wait to be read by this version's extractors: what older versions linked, they link anew.
pub(super) fn misplaced(connection: &Connection) -> rusqlite::Result<(i64, Vec<i64>)> {
    if connection.prepare_cached(IS_OUTDATED)?.exists([EXTRACTOR_VERSION])? {
        return Ok((0, Vec::new()));
    }
    let surnames: Vec<String> = connection
        .prepare(SELECT_SHARED_SURNAMES)?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let (mut all, mut wrong) = (0, Vec::new());
    for surname in surnames {
        if links::bearers(connection, &surname)?.len() == 1 {
            continue;
        }
        if is_crowded(connection, &surname)? {
            let joined = connection
                .prepare_cached(SELECT_JOINED)?
                .query_map([&surname], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()?;
            wrong.extend(joined);
            continue;
        }
        for short in shorts(connection, &surname, Which::All)? {
            all += 1;
            let fits = match &short.wanted {
                Some((bearer, why)) => {
                    short.joined && short.entity == *bearer && short.why.as_ref() == Some(why)
                }
                None => !short.joined && short.why.is_none(),
            };
            if !fits {
                wrong.push(short.id);
            }
        }
    }
    Ok((all, wrong))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Archive;

    #[test]
    fn no_surname_is_looked_for_among_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open_or_create(&folder.path().join("a.db")).expect("made");
        let all = [
            SELECT_SHORT,
            SELECT_SHORT_IN,
            COUNT_ALONE,
            SELECT_BEARERS,
            COUNT_BEARERS,
            SELECT_JOINED,
            JOIN,
            FREE,
            INSERT_WHY,
            DELETE_WHY,
            DELETE_WHYS,
        ];
        links::assert_narrow(archive.connection(), &all);
    }
}
