//! Entities over the whole archive: which articles' entities are one row.
//!
//! Follows the rule of [`crate::resolve::archive`]. It is a function of the articles in the archive alone,
//! so every write brings it up to date for the names it touches, and for those only: a new full name may
//! take the surnames that stood alone, and a second bearer of a surname sets them free again.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, named_params};

use super::{entities, namesakes, surnames};
use crate::correct::EntityName;
use crate::finding::{EntityKind, Place};
use crate::resolve::LinkKey;
use crate::resolve::namesakes::is_surname_company;

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
    SELECT n.kind, n.key, n.name, n.surname, n.is_full, n.entity_id, n.name = e.name OR n.place IS NOT NULL
    FROM article_entities n
    JOIN entities e ON e.id = n.entity_id
    WHERE n.article_id = ?1";

const SELECT_NAMED: &str = "
    SELECT kind, key, name, surname, is_full FROM article_entities WHERE article_id = ?1";

/// An entity row, and how it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub entity: i64,
    pub linked_by: &'static str,
}

/// What an article names: of this it depends whom its surnames mean, and those of others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    kind: String,
    key: String,
    name: String,
    surname: Option<String>,
    is_full: bool,
}

impl Named {
    fn of(row: &Row<'_>) -> rusqlite::Result<Named> {
        Ok(Named {
            kind: row.get(0)?,
            key: row.get(1)?,
            name: row.get(2)?,
            surname: row.get(3)?,
            is_full: row.get(4)?,
        })
    }

    /// The surname that somebody bears in full, or that stands alone.
    fn surname(&self, is_full: bool) -> Option<&str> {
        self.surname.as_deref().filter(|_| self.is_full == is_full)
    }

    /// Whether it can tell whom a surname means.
    fn is_company(&self) -> bool {
        EntityName::kind(&self.kind).is_some_and(|kind| is_surname_company(kind, &self.name, self.is_full))
    }
}

/// The links of one article while its rows are written.
///
/// Before its entities are rewritten, [`Links::release`] them; then [`Links::link`] each new one, full names
/// before short ones; then [`Links::settle`].
#[derive(Debug)]
pub(super) struct Links {
    article: i64,
    /// What the article named.
    before: BTreeSet<Named>,
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
            before: BTreeSet::new(),
            surnames: BTreeSet::new(),
            full: BTreeSet::new(),
            released: BTreeSet::new(),
            stale: BTreeSet::new(),
        }
    }

    /// Notes what the article names, before its entities are deleted.
    pub fn release(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(SELECT_LINKED)?;
        let mut rows = statement.query([self.article])?;
        while let Some(row) = rows.next()? {
            let named = Named::of(row)?;
            let entity = row.get(5)?;
            self.released.insert(entity);
            if row.get(6)? {
                self.stale.insert(entity);
            }
            if named.is_full && named.kind == PERSON {
                self.full.insert(named.key.clone());
            }
            self.before.insert(named);
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
        let (entity, is_new) = entities::own_row(connection, name, key, place)?;
        if is_new && key.full {
            self.surnames.extend(key.surname.clone());
        }
        Ok(Link { entity, linked_by: "key" })
    }

    /// Brings the touched names up to date, once the article's rows are written.
    pub fn settle(mut self, connection: &Connection) -> rusqlite::Result<()> {
        let moved = self.settle_full(connection)?;
        self.settle_surnames(connection)?;
        for entity in &self.released {
            connection.prepare_cached(DELETE_UNNAMED)?.execute([entity])?;
        }
        for &entity in self.stale.difference(&moved) {
            entities::refresh_after(connection, entity, self.article)?;
        }
        for &entity in &moved {
            entities::refresh(connection, entity)?;
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
        let after: BTreeSet<Named> = connection
            .prepare_cached(SELECT_NAMED)?
            .query_map([self.article], Named::of)?
            .collect::<rusqlite::Result<_>>()?;
        let surnames = |is_full| {
            let all = self.before.iter().chain(&after);
            all.filter_map(|named| named.surname(is_full)).collect::<BTreeSet<&str>>()
        };
        let mut changed = std::mem::take(&mut self.surnames);
        // One that the article named and names no more may be nobody's by now.
        changed.extend(self.before.difference(&after).filter_map(|n| n.surname(true)).map(str::to_owned));
        // Of one bearer a surname is his whatever the company, and was linked so.
        let is_shared = |surname: &str| Ok::<_, rusqlite::Error>(bearers(connection, surname)?.len() != 1);
        for surname in surnames(true) {
            let company = company_changed(surname, &self.before, &after);
            if !changed.contains(surname)
                && !company.is_empty()
                && is_shared(surname)?
                && !surnames::tell_near(connection, surname, &company)?
            {
                changed.insert(surname.to_owned());
            }
        }
        for surname in surnames(false) {
            let had = self.before.iter().filter(|named| named.surname(false) == Some(surname)).count();
            if !changed.contains(surname)
                && is_shared(surname)?
                && !surnames::tell_in(connection, surname, self.article, had)?
            {
                changed.insert(surname.to_owned());
            }
        }
        changed.iter().try_for_each(|surname| relink(connection, surname))
    }
}

/// Keys of the company that the bearers of a surname keep in an article by what it names now, or kept by what it
/// named before, and not by both.
fn company_changed(surname: &str, before: &BTreeSet<Named>, after: &BTreeSet<Named>) -> BTreeSet<String> {
    let company = |names: &BTreeSet<Named>| -> BTreeSet<(String, String)> {
        let bearers = names.iter().filter(|named| named.surname(true) == Some(surname));
        let others = names.iter().filter(|named| named.surname.as_deref() != Some(surname));
        let company: Vec<&String> =
            others.filter(|named| named.is_company()).map(|named| &named.key).collect();
        bearers.flat_map(|b| company.iter().map(|c| (b.key.clone(), (*c).clone()))).collect()
    };
    company(before).symmetric_difference(&company(after)).map(|(_, company)| company.clone()).collect()
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
    } else if !surnames::tell(connection, surname)? {
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
    entities::refresh_name(connection, entity)
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
            SELECT_LINKED,
            SELECT_NAMED,
        ];
        assert_narrow(archive.connection(), &all);
    }
}
