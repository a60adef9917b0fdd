//! Entities over the whole archive: which articles' entities are one row.
//!
//! Follows the rule of [`crate::resolve::archive`]. It is a function of the articles in the archive alone,
//! so every write brings it up to date for the names it touches, and for those only: a new full name may
//! take the surnames that stood alone, and a second bearer of a surname sets them free again.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, named_params};

use super::articles::fuller;
use super::{namesakes, surnames};
use crate::finding::{EntityKind, Place};
use crate::resolve::LinkKey;

const SELECT_ENTITY: &str = "
    SELECT id, name, country, latitude, longitude, candidates FROM entities WHERE kind = ?1 AND key = ?2";

const INSERT_ENTITY: &str = "
    INSERT INTO entities (kind, name, key, surname, is_full, country, latitude, longitude, candidates)
    VALUES (:kind, :name, :key, :surname, :is_full, :country, :latitude, :longitude, :candidates)";

const RENAME_ENTITY: &str = "UPDATE entities SET name = ?2 WHERE id = ?1";

const PLACE_ENTITY: &str = "
    UPDATE entities
    SET country = ?2 ->> 'country', latitude = ?2 ->> 'latitude', longitude = ?2 ->> 'longitude',
        candidates = ?2 ->> 'candidates'
    WHERE id = ?1";

const REFRESH_NAME: &str = "
    UPDATE entities
    SET name = coalesce(
        (SELECT n.name FROM article_entities n
         WHERE n.entity_id = entities.id AND n.linked_by = 'key'
         ORDER BY length(n.name) DESC, n.name DESC LIMIT 1), name)
    WHERE id = ?1";

const SELECT_GREATEST_PLACE: &str = "
    SELECT max(place) FROM article_entities WHERE entity_id = ?1 AND linked_by = 'key'";

// At most two: whether there is exactly one is all that is asked. One that no article names by its own
// name any more is about to go, and counts no longer.
const SELECT_BEARERS: &str = "
    SELECT e.id FROM entities e
    WHERE e.kind = ?1 AND e.surname = ?2 AND e.is_full = 1
      AND EXISTS (SELECT 1 FROM article_entities n WHERE n.entity_id = e.id AND n.linked_by = 'key')
    LIMIT 2";

const SELECT_SHORT_KEYS: &str = "
    SELECT key, max(name) FROM article_entities
    WHERE kind = ?1 AND surname = ?2 AND is_full = 0 AND linked_by = 'surname'
    GROUP BY key
    ORDER BY key";

const JOIN_SHORT: &str = "
    UPDATE article_entities
    SET entity_id = :entity, linked_by = 'surname'
    WHERE kind = :kind AND surname = :surname AND is_full = 0 AND entity_id <> :entity";

const FREE_SHORT: &str = "
    UPDATE article_entities
    SET entity_id = :entity, linked_by = 'key'
    WHERE kind = :kind AND surname = :surname AND is_full = 0 AND key = :key";

const DELETE_UNNAMED_SHORT: &str = "
    DELETE FROM entities
    WHERE kind = ?1 AND surname = ?2 AND is_full = 0
      AND NOT EXISTS (SELECT 1 FROM article_entities n WHERE n.entity_id = entities.id)";

const DELETE_UNNAMED: &str = "
    DELETE FROM entities
    WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM article_entities WHERE entity_id = ?1)";

const SELECT_SURNAME: &str = "SELECT surname FROM entities WHERE id = ?1";

const SELECT_LINKED: &str = "
    SELECT n.entity_id, n.kind, n.surname, n.name = e.name OR n.place IS NOT NULL,
           CASE WHEN n.kind = 'person' AND n.is_full THEN n.key END
    FROM article_entities n
    JOIN entities e ON e.id = n.entity_id
    WHERE n.article_id = ?1";

/// An entity row, and how it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub entity: i64,
    pub linked_by: &'static str,
}

/// The links of one article while its rows are written.
///
/// `before` an article's entities are rewritten, [`Links::release`] them; then [`Links::link`] each new one,
/// full names before short ones; then [`Links::settle`].
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Surnames whose bearers may have changed, by kind.
    surnames: BTreeSet<(String, String)>,
    /// Surnames of people whose company may have changed.
    company: BTreeSet<String>,
    /// Full names whose bearers may have come to be several people, or one again.
    full: BTreeSet<String>,
    /// Entities that may have lost their last article.
    released: BTreeSet<i64>,
    /// Entities whose name or place may have come from what is gone.
    stale: BTreeSet<i64>,
}

impl Links {
    /// Notes what an article names, before its entities are deleted.
    pub fn release(&mut self, connection: &Connection, article: i64) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(SELECT_LINKED)?;
        let mut rows = statement.query([article])?;
        while let Some(row) = rows.next()? {
            let entity = row.get(0)?;
            self.released.insert(entity);
            if let Some(surname) = row.get(2)? {
                self.surnames.insert((row.get(1)?, surname));
            }
            if row.get(3)? {
                self.stale.insert(entity);
            }
            self.full.extend(row.get::<_, Option<String>>(4)?);
        }
        Ok(())
    }

    /// The row that an article's entity belongs to, made where there is none.
    pub fn link(
        &mut self,
        connection: &Connection,
        name: &str,
        key: &LinkKey,
        place: Option<&Place>,
    ) -> rusqlite::Result<Link> {
        if let (false, Some(surname)) = (key.full, &key.surname) {
            // A bearer whose last article is this one's earlier revision is still there, but settling
            // looks again.
            if let [bearer] = bearers(connection, key.kind.as_str(), surname)?[..] {
                return Ok(Link { entity: bearer, linked_by: "surname" });
            }
        }
        if key.full && key.kind == EntityKind::Person {
            self.full.insert(key.key.clone());
        }
        self.company.extend(key.surname.clone());
        let (entity, is_new) = own_row(connection, name, key, place)?;
        if let (true, true, Some(surname)) = (is_new, key.full, &key.surname) {
            self.surnames.insert((key.kind.as_str().to_owned(), surname.clone()));
        }
        Ok(Link { entity, linked_by: "key" })
    }

    /// Brings the touched names up to date, once the article's rows are written.
    pub fn settle(mut self, connection: &Connection) -> rusqlite::Result<()> {
        for key in std::mem::take(&mut self.full) {
            let Some(settled) = namesakes::settle(connection, &key)? else { continue };
            for &entity in &settled.touched {
                let surname: Option<String> =
                    connection.prepare_cached(SELECT_SURNAME)?.query_row([entity], |row| row.get(0))?;
                self.surnames.extend(surname.map(|surname| ("person".to_owned(), surname)));
            }
            self.stale.extend(settled.touched);
            self.released.extend(settled.left);
        }
        for (kind, surname) in &self.surnames {
            relink(connection, kind, surname)?;
            self.company.remove(surname);
        }
        // Of one bearer the surname is his whatever the company.
        for surname in &self.company {
            if bearers(connection, PERSON, surname)?.len() != 1 {
                relink(connection, PERSON, surname)?;
            }
        }
        for entity in &self.released {
            connection.prepare_cached(DELETE_UNNAMED)?.execute([entity])?;
        }
        for &entity in &self.stale {
            connection.prepare_cached(REFRESH_NAME)?.execute([entity])?;
            let place: Option<String> =
                connection.prepare_cached(SELECT_GREATEST_PLACE)?.query_row([entity], |row| row.get(0))?;
            connection.prepare_cached(PLACE_ENTITY)?.execute((entity, place.as_deref().unwrap_or("{}")))?;
        }
        Ok(())
    }
}

/// A place as `article_entities.place` has it.
pub(super) fn place_json(place: &Place) -> String {
    let Place { country, latitude, longitude, candidates } = place;
    serde_json::json!({
        "candidates": candidates, "country": country, "latitude": latitude, "longitude": longitude,
    })
    .to_string()
}

fn own_row(
    connection: &Connection,
    name: &str,
    key: &LinkKey,
    place: Option<&Place>,
) -> rusqlite::Result<(i64, bool)> {
    let kind = key.kind.as_str();
    let found: Option<(i64, String, Place)> = connection
        .prepare_cached(SELECT_ENTITY)?
        .query_row([kind, &key.key], |row| {
            let place = Place {
                country: row.get(2)?,
                latitude: row.get(3)?,
                longitude: row.get(4)?,
                candidates: row.get(5)?,
            };
            Ok((row.get(0)?, row.get(1)?, place))
        })
        .optional()?;
    if let Some((id, known, known_place)) = found {
        if fuller(name, &known) {
            connection.prepare_cached(RENAME_ENTITY)?.execute((id, name))?;
        }
        // Articles may see a place differently; the greatest of what they see wins, whatever their order.
        if let Some(json) = place.map(place_json)
            && (known_place == Place::default() || json > place_json(&known_place))
        {
            connection.prepare_cached(PLACE_ENTITY)?.execute((id, json))?;
        }
        return Ok((id, false));
    }
    connection.prepare_cached(INSERT_ENTITY)?.execute(named_params! {
        ":kind": kind,
        ":name": name,
        ":key": key.key,
        ":surname": key.surname,
        ":is_full": key.full,
        ":country": place.and_then(|p| p.country.as_deref()),
        ":latitude": place.and_then(|p| p.latitude),
        ":longitude": place.and_then(|p| p.longitude),
        ":candidates": place.and_then(|p| p.candidates.as_deref()),
    })?;
    Ok((connection.last_insert_rowid(), true))
}

/// The only kind of which there are surnames.
const PERSON: &str = "person";

/// Bearers of a surname, two at most.
pub(super) fn bearers(connection: &Connection, kind: &str, surname: &str) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(SELECT_BEARERS)?;
    let rows = statement.query_map([kind, surname], |row| row.get(0))?;
    rows.collect()
}

/// Links every short name of a surname anew.
fn relink(connection: &Connection, kind: &str, surname: &str) -> rusqlite::Result<()> {
    if let [bearer] = bearers(connection, kind, surname)?[..] {
        connection.prepare_cached(JOIN_SHORT)?.execute(named_params! {
            ":entity": bearer, ":kind": kind, ":surname": surname,
        })?;
        surnames::forget(connection, surname)?;
    } else if !surnames::tell(connection, surname)? {
        surnames::forget(connection, surname)?;
        let short: Vec<(String, String)> = connection
            .prepare_cached(SELECT_SHORT_KEYS)?
            .query_map([kind, surname], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (key, name) in short {
            free(connection, kind, surname, &key, &name)?;
        }
    }
    connection.prepare_cached(DELETE_UNNAMED_SHORT)?.execute([kind, surname])?;
    Ok(())
}

/// Gives a short name a row of its own again.
fn free(connection: &Connection, kind: &str, surname: &str, key: &str, name: &str) -> rusqlite::Result<()> {
    let entity = short_row(connection, surname, key, name)?;
    connection.prepare_cached(FREE_SHORT)?.execute(named_params! {
        ":entity": entity, ":kind": kind, ":surname": surname, ":key": key,
    })?;
    refresh_name(connection, entity)
}

/// The row of a short name by itself, made where there is none.
pub(super) fn short_row(
    connection: &Connection,
    surname: &str,
    key: &str,
    name: &str,
) -> rusqlite::Result<i64> {
    let key = LinkKey {
        kind: EntityKind::Person,
        key: key.to_owned(),
        surname: Some(surname.to_owned()),
        full: false,
    };
    own_row(connection, name, &key, None).map(|(row, _)| row)
}

/// Calls an entity by the fullest of its names.
pub(super) fn refresh_name(connection: &Connection, entity: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(REFRESH_NAME)?.execute([entity])?;
    Ok(())
}

const CARRY: &str = "
    UPDATE entities SET kind = :kind, key = :key, surname = :surname, is_full = :is_full, name = :name
    WHERE kind = :from_kind AND key = :from_key
      AND NOT EXISTS (SELECT 1 FROM entities WHERE kind = :kind AND key = :key)
      AND NOT EXISTS (
          SELECT 1 FROM article_entities n
          WHERE n.entity_id = entities.id AND n.linked_by = 'key'
            AND n.article_id NOT IN (SELECT article_id FROM pending_corrections))";

/// Carries a row over to the name that a person gave it, so that it keeps its id: where no other has that name,
/// and every article that names it is about to be written anew.
pub(super) fn carry(
    connection: &Connection,
    from: &LinkKey,
    to: &LinkKey,
    name: &str,
) -> rusqlite::Result<()> {
    let carried = connection.prepare_cached(CARRY)?.execute(named_params! {
        ":from_kind": from.kind.as_str(), ":from_key": from.key, ":kind": to.kind.as_str(), ":key": to.key,
        ":surname": to.surname, ":is_full": to.full, ":name": name,
    })?;
    if carried > 0 {
        for surname in from.surname.iter().chain(&to.surname) {
            relink(connection, PERSON, surname)?;
        }
    }
    Ok(())
}

/// No statement looks for a name by less than its kind and one thing more.
#[cfg(test)]
pub(super) fn assert_narrow(connection: &Connection, statements: &[&str]) {
    for sql in statements {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a statement");
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().expect("a step") {
            let step: String = row.get(3).expect("a text");
            let wide = step.starts_with("SCAN") || step.ends_with("(kind=?)");
            assert!(!wide, "{sql}\n{step}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Archive;

    /// What settling costs must not grow with the archive.
    #[test]
    fn no_name_is_looked_for_among_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open_or_create(&folder.path().join("a.db")).expect("made");
        let all = [
            SELECT_ENTITY,
            RENAME_ENTITY,
            PLACE_ENTITY,
            REFRESH_NAME,
            SELECT_GREATEST_PLACE,
            SELECT_BEARERS,
            SELECT_SHORT_KEYS,
            JOIN_SHORT,
            FREE_SHORT,
            DELETE_UNNAMED_SHORT,
            DELETE_UNNAMED,
            SELECT_SURNAME,
            SELECT_LINKED,
        ];
        assert_narrow(archive.connection(), &all);
    }
}
