//! Entities over the whole archive: which articles' entities are one row.
//!
//! Follows the rule of [`crate::resolve::archive`]. It is a function of the articles in the archive alone,
//! so every write brings it up to date for the names it touches, and for those only: a new full name may
//! take the surnames that stood alone, and a second bearer of a surname sets them free again.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use super::named::{Named, Part};
use super::{entities, namesakes, surnames};
use crate::finding::{EntityKind, Place};
use crate::resolve::LinkKey;

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

const IS_BEARER: &str = "
    SELECT EXISTS (SELECT 1 FROM article_entities n WHERE n.entity_id = ?1 AND n.linked_by = 'key')";

/// An entity row, and how it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub entity: i64,
    pub linked_by: &'static str,
}

/// The links of one article while its rows are written.
///
/// Before its entities are rewritten, [`Links::release`] them; then [`Links::link`] each new one, full names
/// before short ones; then [`Links::settle`].
#[derive(Debug)]
pub(super) struct Links {
    article: i64,
    /// What the article named.
    before: Vec<Named>,
    /// Surnames whose bearers may have changed.
    surnames: BTreeSet<String>,
    /// Full names whose bearers may have come to be several people, or one again.
    full: BTreeSet<String>,
    /// Entities that may have lost their last article.
    released: BTreeSet<i64>,
    /// Entities whose name or place may have come from what is gone.
    stale: BTreeSet<i64>,
}

impl Links {
    /// The links of an article of which nothing is released or linked yet.
    pub fn of(article: i64) -> Links {
        Links {
            article,
            before: Vec::new(),
            surnames: BTreeSet::new(),
            full: BTreeSet::new(),
            released: BTreeSet::new(),
            stale: BTreeSet::new(),
        }
    }

    /// Notes what the article names, before its entities are deleted.
    pub fn release(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.before = Named::by(connection, self.article)?;
        for named in &self.before {
            self.released.insert(named.entity);
            if named.shows {
                self.stale.insert(named.entity);
            }
            if named.is_full && named.is_person() {
                self.full.insert(named.key.clone());
            }
        }
        Ok(())
    }

    /// The row that one of the article's entities belongs to, made where there is none.
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
            if let [bearer] = bearers(connection, surname)?[..] {
                return Ok(Link { entity: bearer, linked_by: "surname" });
            }
        }
        if key.full && key.kind == EntityKind::Person {
            self.full.insert(key.key.clone());
        }
        let row = entities::own_row(connection, name, key, place)?;
        self.surnames.extend(row.surnames);
        Ok(Link { entity: row.id, linked_by: "key" })
    }

    /// Brings the touched names up to date, once the article's rows are written.
    pub fn settle(mut self, connection: &Connection) -> rusqlite::Result<()> {
        let moved = self.settle_full(connection)?;
        // Before the surnames, which hang on what a row is called.
        for &entity in self.stale.difference(&moved) {
            self.surnames.extend(entities::refresh_after(connection, entity, self.article)?);
        }
        for &entity in &moved {
            self.surnames.extend(entities::refresh(connection, entity)?);
        }
        self.settle_surnames(connection)?;
        for entity in &self.released {
            connection.prepare_cached(DELETE_UNNAMED)?.execute([entity])?;
        }
        Ok(())
    }

    /// Parts or joins those who bear one full name; returns the rows that articles were moved to.
    fn settle_full(&mut self, connection: &Connection) -> rusqlite::Result<BTreeSet<i64>> {
        let mut moved = BTreeSet::new();
        for key in std::mem::take(&mut self.full) {
            let Some(settled) = namesakes::settle(connection, &key)? else { continue };
            for &entity in &settled.touched {
                let surname: Option<String> =
                    connection.prepare_cached(SELECT_SURNAME)?.query_row([entity], |row| row.get(0))?;
                self.surnames.extend(surname);
            }
            moved.extend(settled.touched);
            self.released.extend(settled.left);
        }
        Ok(moved)
    }

    /// Links the surnames that the article bears on: those of its bearers, wherever they stand alone, for these
    /// may be others now or keep other company; and those that stand alone in it, there.
    fn settle_surnames(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let after = Named::by(connection, self.article)?;
        let borne = self.before.iter().chain(&after).filter_map(|named| named.bears.as_deref());
        let alone = self.before.iter().chain(&after).filter_map(Named::alone);
        let mut anew = std::mem::take(&mut self.surnames);
        for surname in borne.chain(alone).collect::<BTreeSet<&str>>() {
            let (had, has) = (Part::of(surname, &self.before), Part::of(surname, &after));
            if !anew.contains(surname) && !self.settle_surname(connection, surname, &had, &has)? {
                anew.insert(surname.to_owned());
            }
        }
        anew.iter().try_for_each(|surname| relink(connection, surname))
    }

    /// Links a surname of which the archive has the same bearers as before, as far as the article bears on it; says
    /// whether that is all there is to do.
    fn settle_surname(
        &self,
        connection: &Connection,
        surname: &str,
        had: &Part,
        has: &Part,
    ) -> rusqlite::Result<bool> {
        if had == has && has.count.alone == 0 {
            return Ok(true);
        }
        for bearer in had.bearers.difference(&has.bearers) {
            let is_bearer: bool =
                connection.prepare_cached(IS_BEARER)?.query_row([bearer], |row| row.get(0))?;
            if !is_bearer {
                return Ok(false);
            }
        }
        // Of one bearer a surname is his whatever the company, and was linked so; of none it stays apart.
        if bearers(connection, surname)?.len() < 2 {
            return Ok(true);
        }
        let (was_crowded, is_crowded) = surnames::crowded(connection, surname, had.count, has.count)?;
        if was_crowded || is_crowded {
            return Ok(was_crowded == is_crowded);
        }
        let changed: BTreeSet<String> =
            had.company.symmetric_difference(&has.company).map(|(_, company)| company.clone()).collect();
        if !changed.is_empty() {
            surnames::tell(connection, surname, surnames::Which::Near(&changed))?;
        }
        if has.count.alone > 0 {
            surnames::tell(connection, surname, surnames::Which::In(self.article))?;
        }
        Ok(true)
    }
}

/// The only kind of which there are surnames.
const PERSON: &str = "person";

/// Bearers of a surname, two at most.
pub(super) fn bearers(connection: &Connection, surname: &str) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(SELECT_BEARERS)?;
    let rows = statement.query_map([PERSON, surname], |row| row.get(0))?;
    rows.collect()
}

/// Links every short name of a surname anew.
fn relink(connection: &Connection, surname: &str) -> rusqlite::Result<()> {
    if let [bearer] = bearers(connection, surname)?[..] {
        connection.prepare_cached(JOIN_SHORT)?.execute(named_params! {
            ":entity": bearer, ":kind": PERSON, ":surname": surname,
        })?;
        surnames::forget(connection, surname)?;
    } else if !surnames::is_crowded(connection, surname)? {
        surnames::tell(connection, surname, surnames::Which::All)?;
    } else {
        surnames::forget(connection, surname)?;
        let short: Vec<(String, String)> = connection
            .prepare_cached(SELECT_SHORT_KEYS)?
            .query_map([PERSON, surname], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (key, name) in short {
            free(connection, surname, &key, &name)?;
        }
    }
    delete_unnamed_short(connection, surname)
}

/// Deletes the rows of a surname by itself that no article is linked to any more.
pub(super) fn delete_unnamed_short(connection: &Connection, surname: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_UNNAMED_SHORT)?.execute([PERSON, surname])?;
    Ok(())
}

/// Gives a short name a row of its own again.
fn free(connection: &Connection, surname: &str, key: &str, name: &str) -> rusqlite::Result<()> {
    let entity = entities::short_row(connection, surname, key, name)?;
    connection.prepare_cached(FREE_SHORT)?.execute(named_params! {
        ":entity": entity, ":kind": PERSON, ":surname": surname, ":key": key,
    })?;
    entities::refresh(connection, entity)?;
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
            relink(connection, surname)?;
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
            let of_what = step.strip_prefix("SCAN ");
            let table = of_what.is_some_and(|w| w != "CONSTANT ROW" && !w.starts_with("(subquery"));
            let wide = table || step.ends_with("(kind=?)");
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
            SELECT_BEARERS,
            SELECT_SHORT_KEYS,
            JOIN_SHORT,
            FREE_SHORT,
            DELETE_UNNAMED_SHORT,
            DELETE_UNNAMED,
            SELECT_SURNAME,
            IS_BEARER,
        ];
        assert_narrow(archive.connection(), &all);
    }
}
