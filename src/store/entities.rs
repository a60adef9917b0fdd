//! The rows of `entities`: made, and called and placed by what their articles say.
//!
//! Which row an article's entity belongs to is decided in [`super::links`].

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::articles::fuller;
use crate::finding::{EntityKind, Place};
use crate::resolve::LinkKey;

const SELECT_ENTITY: &str = "
    SELECT id, name, country, latitude, longitude, candidates, surname, is_full FROM entities
    WHERE kind = ?1 AND key = ?2";

const INSERT_ENTITY: &str = "
    INSERT INTO entities (kind, name, key, surname, is_full, country, latitude, longitude, candidates)
    VALUES (:kind, :name, :key, :surname, :is_full, :country, :latitude, :longitude, :candidates)";

const RENAME_ENTITY: &str = "UPDATE entities SET name = ?2, surname = ?3, is_full = ?4 WHERE id = ?1";

const PLACE_ENTITY: &str = "
    UPDATE entities
    SET country = ?2 ->> 'country', latitude = ?2 ->> 'latitude', longitude = ?2 ->> 'longitude',
        candidates = ?2 ->> 'candidates'
    WHERE id = ?1";

const SELECT_FULLEST_NAME: &str = "
    SELECT e.name, e.surname, e.is_full, n.name, n.surname, n.is_full
    FROM entities e
    JOIN article_entities n ON n.entity_id = e.id AND n.linked_by = 'key'
    WHERE e.id = ?1
    ORDER BY length(n.name) DESC, n.name DESC
    LIMIT 1";

const SELECT_GREATEST_PLACE: &str = "
    SELECT max(place) FROM article_entities WHERE entity_id = ?1 AND linked_by = 'key'";

// Of somebody whom half the archive names, all names are not to be looked through for one article: as long as
// some article calls the row so, it is called rightly. The article itself comes first, because one that is
// read again mostly says what it said.
const IS_NAME_KEPT: &str = "
    SELECT EXISTS (
        SELECT 1 FROM article_entities n JOIN entities e ON e.id = n.entity_id
        WHERE n.article_id = :article AND n.entity_id = :entity AND n.linked_by = 'key' AND n.name = e.name
    ) OR EXISTS (
        SELECT 1 FROM article_entities n
        WHERE n.entity_id = :entity AND n.linked_by = 'key'
          AND n.name = (SELECT name FROM entities WHERE id = :entity))";

const IS_PLACE_KEPT: &str = "
    SELECT EXISTS (
        SELECT 1 FROM article_entities
        WHERE article_id = :article AND entity_id = :entity AND linked_by = 'key' AND place = :place
    ) OR EXISTS (
        SELECT 1 FROM article_entities
        WHERE entity_id = :entity AND linked_by = 'key' AND place = :place)";

const SELECT_PLACE: &str = "SELECT country, latitude, longitude, candidates FROM entities WHERE id = ?1";

/// A row of `entities`.
pub(super) struct Own {
    /// Its id.
    pub id: i64,
    /// Surnames that have a bearer more or less now, for it is new or goes by a name with another surname.
    pub surnames: Vec<String>,
}

/// What a row is called, and the surname of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Called {
    name: String,
    surname: Option<String>,
    is_full: bool,
}

impl Called {
    fn of(row: &Row<'_>, [name, surname, is_full]: [usize; 3]) -> rusqlite::Result<Called> {
        Ok(Called { name: row.get(name)?, surname: row.get(surname)?, is_full: row.get(is_full)? })
    }

    /// The surname of which it makes its row a bearer.
    fn bears(&self) -> Option<&String> {
        self.surname.as_ref().filter(|_| self.is_full)
    }

    /// Calls an entity that was called otherwise; returns the surnames that have a bearer more or less now.
    fn give(self, connection: &Connection, entity: i64, was: &Called) -> rusqlite::Result<Vec<String>> {
        let Called { name, surname, is_full } = &self;
        connection.prepare_cached(RENAME_ENTITY)?.execute((entity, name, surname, is_full))?;
        let changed =
            [was.bears(), self.bears()].into_iter().flatten().filter(|_| was.bears() != self.bears());
        Ok(changed.cloned().collect())
    }
}

/// The row that bears a key, made where there is none; it goes by the fullest of its names.
pub(super) fn own_row(
    connection: &Connection,
    name: &str,
    key: &LinkKey,
    place: Option<&Place>,
) -> rusqlite::Result<Own> {
    let kind = key.kind.as_str();
    let found: Option<(i64, Called, Place)> = connection
        .prepare_cached(SELECT_ENTITY)?
        .query_row([kind, &key.key], |row| Ok((row.get(0)?, Called::of(row, [1, 6, 7])?, place_of(row, 2)?)))
        .optional()?;
    let called = Called { name: name.to_owned(), surname: key.surname.clone(), is_full: key.full };
    if let Some((id, known, known_place)) = found {
        let mut surnames = Vec::new();
        // Newer extractors may see another surname in the same name.
        if fuller(name, &known.name) || (name == known.name && called != known) {
            surnames = called.give(connection, id, &known)?;
        }
        // Articles may see a place differently; the greatest of what they see wins, whatever their order.
        if let Some(json) = place.map(place_json)
            && (known_place == Place::default() || json > place_json(&known_place))
        {
            connection.prepare_cached(PLACE_ENTITY)?.execute((id, json))?;
        }
        return Ok(Own { id, surnames });
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
    Ok(Own { id: connection.last_insert_rowid(), surnames: called.bears().cloned().into_iter().collect() })
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
    own_row(connection, name, &key, None).map(|row| row.id)
}

/// Calls and places an entity by what all its articles say; returns the surnames that have a bearer more or less
/// now.
pub(super) fn refresh(connection: &Connection, entity: i64) -> rusqlite::Result<Vec<String>> {
    refresh_place(connection, entity)?;
    refresh_name(connection, entity)
}

/// Calls and places an entity anew where its name or place came from what an article said before it was
/// written anew, and from nothing else; returns the surnames that have a bearer more or less now.
pub(super) fn refresh_after(
    connection: &Connection,
    entity: i64,
    article: i64,
) -> rusqlite::Result<Vec<String>> {
    if !is_place_kept(connection, entity, article)? {
        refresh_place(connection, entity)?;
    }
    if is_name_kept(connection, entity, article)? { Ok(Vec::new()) } else { refresh_name(connection, entity) }
}

/// Calls an entity by the fullest of its names.
fn refresh_name(connection: &Connection, entity: i64) -> rusqlite::Result<Vec<String>> {
    let fullest: Option<(Called, Called)> = connection
        .prepare_cached(SELECT_FULLEST_NAME)?
        .query_row([entity], |row| Ok((Called::of(row, [0, 1, 2])?, Called::of(row, [3, 4, 5])?)))
        .optional()?;
    match fullest {
        Some((was, fullest)) if was != fullest => fullest.give(connection, entity, &was),
        _ => Ok(Vec::new()),
    }
}

/// Puts a place where the greatest of what its articles see is.
fn refresh_place(connection: &Connection, entity: i64) -> rusqlite::Result<()> {
    let place: Option<String> =
        connection.prepare_cached(SELECT_GREATEST_PLACE)?.query_row([entity], |row| row.get(0))?;
    connection.prepare_cached(PLACE_ENTITY)?.execute((entity, place.as_deref().unwrap_or("{}")))?;
    Ok(())
}

/// Whether some article still calls an entity what its row does.
fn is_name_kept(connection: &Connection, entity: i64, article: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(IS_NAME_KEPT)?
        .query_row(named_params! { ":entity": entity, ":article": article }, |row| row.get(0))
}

/// Whether some article still sees an entity where its row is; of one that is nowhere nothing can be lost.
fn is_place_kept(connection: &Connection, entity: i64, article: i64) -> rusqlite::Result<bool> {
    let place: Option<Place> =
        connection.prepare_cached(SELECT_PLACE)?.query_row([entity], |row| place_of(row, 0)).optional()?;
    let Some(place) = place.filter(|place| *place != Place::default()) else { return Ok(true) };
    connection.prepare_cached(IS_PLACE_KEPT)?.query_row(
        named_params! { ":entity": entity, ":article": article, ":place": place_json(&place) },
        |row| row.get(0),
    )
}

/// A place as `article_entities.place` has it.
pub(super) fn place_json(place: &Place) -> String {
    let Place { country, latitude, longitude, candidates } = place;
    serde_json::json!({
        "candidates": candidates, "country": country, "latitude": latitude, "longitude": longitude,
    })
    .to_string()
}

/// A place from the four columns that begin at `first`.
fn place_of(row: &Row<'_>, first: usize) -> rusqlite::Result<Place> {
    Ok(Place {
        country: row.get(first)?,
        latitude: row.get(first + 1)?,
        longitude: row.get(first + 2)?,
        candidates: row.get(first + 3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Archive;
    use crate::store::links::assert_narrow;

    #[test]
    fn no_row_is_looked_for_among_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open_or_create(&folder.path().join("a.db")).expect("made");
        let all = [
            SELECT_ENTITY,
            RENAME_ENTITY,
            PLACE_ENTITY,
            SELECT_FULLEST_NAME,
            SELECT_GREATEST_PLACE,
            IS_NAME_KEPT,
            IS_PLACE_KEPT,
            SELECT_PLACE,
        ];
        assert_narrow(archive.connection(), &all);
    }
}
