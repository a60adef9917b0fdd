//! Surnames that stand alone where several people of the archive bear them: whom an article's company tells.
//!
//! Follows rule 3 of [`crate::resolve::archive`]. It is a function of the articles that name a bearer or have
//! the surname alone, and is computed anew, for that surname, whenever one of them is written. Why a short name
//! joined somebody is kept in `senses`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::links;
use super::namesakes::company;
use crate::pipeline::EXTRACTOR_VERSION;
use crate::resolve::meant;

/// More short names than this, or more articles that name a bearer, and nobody is told by company: the cost of
/// an import must not grow with the archive.
const MOST: i64 = 200;

const SELECT_SHORT: &str = "
    SELECT n.id, n.article_id, n.entity_id, n.linked_by, n.key, n.name, s.why
    FROM article_entities n LEFT JOIN senses s ON s.article_entity_id = n.id
    WHERE n.kind = 'person' AND n.surname = ?1 AND n.is_full = 0
    LIMIT ?2";
const SELECT_BEARERS: &str = "
    SELECT e.id, n.id, n.article_id
    FROM entities e JOIN article_entities n ON n.entity_id = e.id AND n.linked_by = 'key'
    WHERE e.kind = 'person' AND e.surname = ?1 AND e.is_full = 1
    LIMIT ?2";
const IS_OUTDATED: &str = "SELECT 1 FROM articles WHERE extractor_version < ?1";
const SELECT_SHARED_SURNAMES: &str = "
    SELECT DISTINCT n.surname FROM article_entities n
    WHERE n.kind = 'person' AND n.is_full = 0 AND n.surname IS NOT NULL";
const JOIN: &str = "UPDATE article_entities SET entity_id = ?2, linked_by = 'surname' WHERE id = ?1";
const FREE: &str = "UPDATE article_entities SET entity_id = ?2, linked_by = 'key' WHERE id = ?1";
const INSERT_WHY: &str = "INSERT OR REPLACE INTO senses (article_entity_id, why) VALUES (?1, ?2)";
const DELETE_WHY: &str = "DELETE FROM senses WHERE article_entity_id = ?1";
const DELETE_WHYS: &str = "
    DELETE FROM senses WHERE article_entity_id IN (
        SELECT id FROM article_entities WHERE kind = 'person' AND surname = ?1 AND is_full = 0)";

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

/// The short names of a surname that several bear, each with whom company tells; `None` where there are too
/// many to tell.
fn shorts(connection: &Connection, surname: &str) -> rusqlite::Result<Option<Vec<Short>>> {
    let too_many = |count: usize| i64::try_from(count).is_ok_and(|count| count > MOST);
    let mut found: Vec<(Short, i64)> = connection
        .prepare_cached(SELECT_SHORT)?
        .query_map((surname, MOST + 1), |row| {
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
        })?
        .collect::<rusqlite::Result<_>>()?;
    if found.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let named: Vec<(i64, i64, i64)> = connection
        .prepare_cached(SELECT_BEARERS)?
        .query_map((surname, MOST + 1), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if too_many(found.len()) || too_many(named.len()) {
        return Ok(None);
    }
    let mut bearers: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for (bearer, own, article) in named {
        bearers.entry(bearer).or_default().extend(company(connection, article, own, Some(surname))?);
    }
    let (rows, kept): (Vec<i64>, Vec<BTreeSet<String>>) = bearers.into_iter().unzip();
    for (short, article) in &mut found {
        let company = company(connection, *article, short.id, Some(surname))?;
        short.wanted = meant(&company, &kept).map(|(bearer, why)| (rows[bearer], why));
    }
    Ok(Some(found.into_iter().map(|(short, _)| short).collect()))
}

/// Links the short names of a surname that several bear; says whether there were few enough to tell.
pub(super) fn tell(connection: &Connection, surname: &str) -> rusqlite::Result<bool> {
    let Some(shorts) = shorts(connection, surname)? else { return Ok(false) };
    for short in shorts {
        match short.wanted {
            Some((bearer, why)) => {
                if !short.joined || short.entity != bearer {
                    connection.prepare_cached(JOIN)?.execute((short.id, bearer))?;
                }
                if short.why.as_ref() != Some(&why) {
                    connection.prepare_cached(INSERT_WHY)?.execute((short.id, why))?;
                }
            }
            None if short.joined => {
                let own = links::short_row(connection, surname, &short.key, &short.name)?;
                connection.prepare_cached(FREE)?.execute((short.id, own))?;
                connection.prepare_cached(DELETE_WHY)?.execute([short.id])?;
                links::refresh_name(connection, own)?;
            }
            None => {}
        }
    }
    Ok(true)
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
        if links::bearers(connection, "person", &surname)?.len() == 1 {
            continue;
        }
        // Where there are too many to tell, `links` sees that none is joined.
        for short in shorts(connection, &surname)?.unwrap_or_default() {
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
        let all = [SELECT_SHORT, SELECT_BEARERS, JOIN, FREE, INSERT_WHY, DELETE_WHY, DELETE_WHYS];
        links::assert_narrow(archive.connection(), &all);
    }
}
