//! Namesakes over the archive: the rows of people who bear one name.
//!
//! Follows [`crate::resolve::namesakes`]. It is a function of the articles that name somebody so, and is
//! computed anew, for that name alone, whenever one of them is written; what nearly always is all there is to
//! see is that nothing said of the name's bearers conflicts, or ever did, which looks at indexes tell. Row ids stay
//! with the people: when a name parts, each part keeps the row that most of its articles had.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::correct::EntityName;
use crate::finding::EntityKind;
use crate::resolve::namesakes::{self, Bearer, Traits};

/// A name that more articles bear is one person's, unless a person says otherwise: the cost of an import must
/// not grow with the archive, and of somebody so often named something odd is always said somewhere.
const MOST: i64 = 200;

const INSERT_TRAITS: &str = "
    INSERT INTO traits (article_entity_id, key, walks, nations, seats)
    SELECT id, key, :walks, :nations, :seats FROM article_entities
    WHERE id = :id AND kind = 'person' AND is_full = 1";
const COUNT_BEARERS: &str = "
    SELECT count(*) FROM (SELECT 1 FROM article_entities WHERE kind = 'person' AND key = ?1 LIMIT ?2)";
const SELECT_TRAITS: &str = "SELECT DISTINCT walks, nations, seats FROM traits WHERE key = ?1";
const SELECT_IS_APART: &str = "
    SELECT (SELECT min(entity_id) FROM article_entities WHERE kind = 'person' AND key = ?1)
        <> (SELECT max(entity_id) FROM article_entities WHERE kind = 'person' AND key = ?1)";
const SELECT_IS_LEFT: &str = "
    SELECT EXISTS (
        SELECT 1 FROM article_entities n JOIN entities e ON e.id = n.entity_id
        WHERE n.kind = 'person' AND n.key = ?1 AND n.is_full = 1 AND n.linked_by = 'key' AND e.key <> ?1
    ) OR EXISTS (
        SELECT 1 FROM article_entities n JOIN senses s ON s.article_entity_id = n.id
        WHERE n.kind = 'person' AND n.key = ?1 AND n.is_full = 1)";
const SELECT_MERGED: &str = "
    SELECT value FROM corrections
    WHERE key = 'person:' || ?1 AND source IS NULL AND retired_at IS NULL AND field = 'merge' AND subject = 'entity'";
const SELECT_MEMBERS: &str = "
    SELECT n.id, n.entity_id, n.article_id, n.surname, n.name,
           coalesce(t.walks, ''), coalesce(t.nations, ''), coalesce(t.seats, '')
    FROM article_entities n
    JOIN articles a ON a.id = n.article_id
    JOIN documents d ON d.id = a.document_id
    LEFT JOIN traits t ON t.article_entity_id = n.id
    WHERE n.kind = 'person' AND n.key = ?1
    ORDER BY d.hash";
const SELECT_COMPANY: &str = "
    SELECT kind, key, name, is_full FROM article_entities
    WHERE article_id = ?1 AND id <> ?2 AND kind IN ('person', 'organization', 'place') AND surname IS NOT ?3";
const SELECT_ROW: &str = "SELECT id FROM entities WHERE kind = 'person' AND key = ?1";
const SET_KEY: &str = "UPDATE entities SET key = ?2 WHERE id = ?1";
const SELECT_KEY: &str = "SELECT key FROM entities WHERE id = ?1";
const RESTORE_KEY: &str = "
    UPDATE entities SET key = ?2
    WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM entities WHERE kind = 'person' AND key = ?2)";
const INSERT_ROW: &str = "
    INSERT INTO entities (kind, name, key, surname, is_full) VALUES ('person', ?1, ?2, ?3, 1)";
const MOVE: &str = "UPDATE article_entities SET entity_id = ?2 WHERE id = ?1 AND entity_id <> ?2";
const DELETE_WHY: &str = "DELETE FROM senses WHERE article_entity_id = ?1";
const INSERT_WHY: &str = "INSERT INTO senses (article_entity_id, why) VALUES (?1, ?2)";
const DELETE_APART: &str = "DELETE FROM namesakes WHERE entity_id = ?1 OR other_id = ?1";
const INSERT_APART: &str = "INSERT OR REPLACE INTO namesakes (entity_id, other_id, why) VALUES (?1, ?2, ?3)";
const SELECT_CONFLICTING: &str = "
    SELECT key FROM traits GROUP BY key HAVING count(DISTINCT walks || '/' || nations || '/' || seats) > 1
    UNION SELECT n.key FROM senses s JOIN article_entities n ON n.id = s.article_entity_id WHERE n.is_full = 1";

/// Notes what an article says a person is.
pub(super) fn note(
    connection: &Connection,
    article_entity: i64,
    descriptions: &[&str],
) -> rusqlite::Result<()> {
    let traits = Traits::read(descriptions.iter().copied());
    if traits.is_empty() {
        return Ok(());
    }
    connection.prepare_cached(INSERT_TRAITS)?.execute(named_params! {
        ":id": article_entity,
        ":walks": joined(&traits.walks),
        ":nations": joined(&traits.nations),
        ":seats": joined(&traits.seats),
    })?;
    Ok(())
}

/// What a name's rows are after it was brought up to date.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Rows whose name may be another now.
    pub touched: BTreeSet<i64>,
    /// Rows that may have lost their last article.
    pub left: BTreeSet<i64>,
}

/// Brings the rows of a full name up to date; `None` where they are as they should be.
pub(super) fn settle(connection: &Connection, key: &str) -> rusqlite::Result<Option<Settled>> {
    let parted = conflicts(connection, key)?;
    let is_apart: Option<bool> =
        connection.prepare_cached(SELECT_IS_APART)?.query_row([key], |row| row.get(0))?;
    if !parted && is_apart != Some(true) && !is_left(connection, key)? {
        return Ok(None);
    }
    let group = Group::read(connection, key)?;
    let senses = if parted { namesakes::senses(&group.bearers) } else { vec![group.one()] };
    group.write(connection, key, &senses).map(Some)
}

/// Whether those who bear a name were apart before the others went. Of more than are told apart none was.
fn is_left(connection: &Connection, key: &str) -> rusqlite::Result<bool> {
    Ok(count(connection, key)? <= MOST
        && connection.prepare_cached(SELECT_IS_LEFT)?.query_row([key], |row| row.get(0))?)
}

/// How many bear a name, one more than [`MOST`] at most.
fn count(connection: &Connection, key: &str) -> rusqlite::Result<i64> {
    connection.prepare_cached(COUNT_BEARERS)?.query_row((key, MOST + 1), |row| row.get(0))
}

/// The names whose bearers are not where they should be, for `check`.
pub(super) fn misplaced(connection: &Connection) -> rusqlite::Result<(i64, Vec<String>)> {
    let keys: Vec<String> = connection
        .prepare(SELECT_CONFLICTING)?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut wrong = Vec::new();
    for key in &keys {
        let group = Group::read(connection, key)?;
        let parted = conflicts(connection, key)?;
        let senses = if parted { namesakes::senses(&group.bearers) } else { vec![group.one()] };
        let mut rows = BTreeMap::new();
        let mut fits = parted || !is_left(connection, key)?;
        for sense in &senses {
            let wanted: Option<i64> = connection
                .prepare_cached(SELECT_ROW)?
                .query_row([labelled(key, sense.label.as_deref())], |row| row.get(0))
                .optional()?;
            for (member, _) in &sense.members {
                fits &= wanted == Some(group.members[*member].entity);
                rows.insert(group.members[*member].entity, ());
            }
        }
        if !fits || rows.len() != senses.iter().filter(|sense| !sense.members.is_empty()).count() {
            wrong.push(key.clone());
        }
    }
    Ok((i64::try_from(keys.len()).unwrap_or(i64::MAX), wrong))
}

/// Whether what is said of a name's bearers cannot be said of one person, as far as the archive looks.
fn conflicts(connection: &Connection, key: &str) -> rusqlite::Result<bool> {
    if !(2..=MOST).contains(&count(connection, key)?) {
        return Ok(false);
    }
    let traits: Vec<Traits> = connection
        .prepare_cached(SELECT_TRAITS)?
        .query_map([key], |row| traits(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(namesakes::can_differ(&traits) && !is_merged(connection, key)?)
}

/// Whether a person said that all bearers of a name are one: merged into the same name.
fn is_merged(connection: &Connection, key: &str) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(SELECT_MERGED)?;
    let values: Vec<Option<String>> =
        statement.query_map([key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(values.iter().flatten().any(|value| EntityName::parse(value).link_key(EntityKind::Person).key == key))
}

struct Member {
    id: i64,
    entity: i64,
    surname: Option<String>,
    name: String,
}

/// All who bear a name, in an order that no import shows in.
struct Group {
    members: Vec<Member>,
    bearers: Vec<Bearer>,
}

impl Group {
    fn read(connection: &Connection, key: &str) -> rusqlite::Result<Group> {
        let mut group = Group { members: Vec::new(), bearers: Vec::new() };
        let mut statement = connection.prepare_cached(SELECT_MEMBERS)?;
        let mut rows = statement.query([key])?;
        while let Some(row) = rows.next()? {
            let member =
                Member { id: row.get(0)?, entity: row.get(1)?, surname: row.get(3)?, name: row.get(4)? };
            let company = company(connection, row.get(2)?, member.id, None)?;
            group.bearers.push(Bearer { traits: traits(row, 5)?, company });
            group.members.push(member);
        }
        Ok(group)
    }

    /// All of them as one person.
    fn one(&self) -> namesakes::Sense {
        let members = (0..self.members.len()).map(|member| (member, String::new())).collect();
        namesakes::Sense { label: None, members, apart: Vec::new() }
    }

    fn write(
        &self,
        connection: &Connection,
        key: &str,
        senses: &[namesakes::Sense],
    ) -> rusqlite::Result<Settled> {
        let rows = self.rows(connection, key, senses)?;
        let mut settled = Settled::default();
        settled.left.extend(self.members.iter().map(|member| member.entity));
        settled.touched.extend(rows.iter().copied());
        for &row in settled.left.union(&settled.touched.clone()) {
            connection.prepare_cached(DELETE_APART)?.execute([row])?;
        }
        for (sense, &row) in senses.iter().zip(&rows) {
            for (member, why) in &sense.members {
                let member = self.members[*member].id;
                connection.prepare_cached(MOVE)?.execute((member, row))?;
                connection.prepare_cached(DELETE_WHY)?.execute([member])?;
                if senses.len() > 1 {
                    connection.prepare_cached(INSERT_WHY)?.execute((member, why))?;
                }
            }
            for (other, why) in &sense.apart {
                connection.prepare_cached(INSERT_APART)?.execute((row, rows[*other], why))?;
            }
        }
        Ok(settled)
    }

    /// The row of each person: the one that most of his articles have, under the key that is his now.
    fn rows(
        &self,
        connection: &Connection,
        key: &str,
        senses: &[namesakes::Sense],
    ) -> rusqlite::Result<Vec<i64>> {
        let mut shared: BTreeMap<(usize, i64), usize> = BTreeMap::new();
        for (s, sense) in senses.iter().enumerate() {
            for (member, _) in &sense.members {
                *shared.entry((s, self.members[*member].entity)).or_default() += 1;
            }
        }
        let mut shared: Vec<((usize, i64), usize)> = shared.into_iter().collect();
        shared.sort_by_key(|((sense, entity), count)| (std::cmp::Reverse(*count), *entity, *sense));
        let mut rows: Vec<Option<i64>> = vec![None; senses.len()];
        for ((sense, entity), _) in shared {
            if rows[sense].is_none() && !rows.contains(&Some(entity)) {
                rows[sense] = Some(entity);
            }
        }
        // Out of each other's way first: two may change keys.
        let had: BTreeSet<i64> = self.members.iter().map(|member| member.entity).collect();
        let mut keys: BTreeMap<i64, String> = BTreeMap::new();
        for &row in &had {
            let key = connection.prepare_cached(SELECT_KEY)?.query_row([row], |row| row.get(0))?;
            keys.insert(row, key);
            connection.prepare_cached(SET_KEY)?.execute((row, format!("\u{1}{row}")))?;
        }
        let mut out = Vec::with_capacity(senses.len());
        for (sense, row) in senses.iter().zip(rows) {
            let wanted = labelled(key, sense.label.as_deref());
            let taken: Option<i64> =
                connection.prepare_cached(SELECT_ROW)?.query_row([&wanted], |row| row.get(0)).optional()?;
            out.push(match (taken, row) {
                // A person gave somebody this very name: it is the same one.
                (Some(taken), _) => taken,
                (None, Some(row)) => {
                    connection.prepare_cached(SET_KEY)?.execute((row, wanted))?;
                    row
                }
                (None, None) => {
                    let first = sense.members.first().map(|(member, _)| &self.members[*member]);
                    let name = first.map_or("", |member| &member.name);
                    let surname = first.and_then(|member| member.surname.as_deref());
                    connection.prepare_cached(INSERT_ROW)?.execute((name, wanted, surname))?;
                    connection.last_insert_rowid()
                }
            });
        }
        // One that nobody of this name has any more may still be somebody's whom a person named so.
        for (row, key) in keys.into_iter().filter(|(row, _)| !out.contains(row)) {
            connection.prepare_cached(RESTORE_KEY)?.execute((row, key))?;
        }
        Ok(out)
    }
}

/// Keys of the company that an article's entity keeps. Where whom a surname means is asked, the `family` is none.
pub(super) fn company(
    connection: &Connection,
    article: i64,
    own: i64,
    family: Option<&str>,
) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement = connection.prepare_cached(SELECT_COMPANY)?;
    let mut rows = statement.query((article, own, family.unwrap_or_default()))?;
    let mut company = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (kind, key, name): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let Some(kind) = EntityName::kind(&kind) else { continue };
        let counts = if family.is_some() { namesakes::is_surname_company } else { namesakes::is_company };
        if counts(kind, &name, row.get(3)?) {
            company.insert(key);
        }
    }
    Ok(company)
}

/// The key of a person's row: what tells him from his namesakes stands in brackets.
fn labelled(key: &str, label: Option<&str>) -> String {
    label.map_or_else(|| key.to_owned(), |label| format!("{key} ({label})"))
}

fn joined(words: &BTreeSet<String>) -> String {
    words.iter().map(String::as_str).collect::<Vec<_>>().join("|")
}

fn traits(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Traits> {
    let words = |column: usize| -> rusqlite::Result<BTreeSet<String>> {
        let cell: String = row.get(column)?;
        Ok(cell.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect())
    };
    Ok(Traits { walks: words(first)?, nations: words(first + 1)?, seats: words(first + 2)? })
}
