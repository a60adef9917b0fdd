//! What an article names, as far as whom surnames mean depends on it.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::surnames::Count;
use crate::correct::EntityName;
use crate::finding::EntityKind;
use crate::resolve::namesakes::is_surname_company;

// The surname of a bearer is his row's: articles may write his name so that it has another.
const SELECT_NAMED: &str = "
    SELECT n.kind, n.key, n.name, n.is_full, n.surname,
           CASE WHEN n.linked_by = 'key' AND e.is_full = 1 THEN e.surname END, n.entity_id,
           n.name = e.name OR n.place IS NOT NULL
    FROM article_entities n
    JOIN entities e ON e.id = n.entity_id
    WHERE n.article_id = ?1";

/// A name in an article: of these it depends whom its surnames mean, and those of others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    kind: String,
    /// The name normalized; with the kind, what it is linked by.
    pub key: String,
    name: String,
    /// Whether the name stands for one thing by itself.
    pub is_full: bool,
    surname: Option<String>,
    /// The surname that it makes the article name a bearer of.
    pub bears: Option<String>,
    /// The row that it is linked to.
    pub entity: i64,
    /// Whether its row may be called or placed as it is because of it.
    pub shows: bool,
}

impl Named {
    /// All that an article names.
    pub fn by(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Named>> {
        let mut statement = connection.prepare_cached(SELECT_NAMED)?;
        let rows = statement.query_map([article], |row| {
            Ok(Named {
                kind: row.get(0)?,
                key: row.get(1)?,
                name: row.get(2)?,
                is_full: row.get(3)?,
                surname: row.get(4)?,
                bears: row.get(5)?,
                entity: row.get(6)?,
                shows: row.get(7)?,
            })
        })?;
        rows.collect()
    }

    /// The surname that stands alone.
    pub fn alone(&self) -> Option<&str> {
        self.surname.as_deref().filter(|_| !self.is_full)
    }

    /// Whether it names a person.
    pub fn is_person(&self) -> bool {
        EntityName::kind(&self.kind) == Some(EntityKind::Person)
    }

    /// Whether it tells whom the surname means, of anybody but itself.
    fn is_company(&self, surname: &str) -> bool {
        self.surname.as_deref() != Some(surname)
            && EntityName::kind(&self.kind)
                .is_some_and(|kind| is_surname_company(kind, &self.name, self.is_full))
    }
}

/// What an article has of a surname.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The rows of the bearers that it names.
    pub bearers: BTreeSet<i64>,
    /// Which bearer keeps which company in it.
    pub company: BTreeSet<(i64, String)>,
    /// How often it names a bearer, and how often the surname stands alone.
    pub count: Count,
}

impl Part {
    pub fn of(surname: &str, names: &[Named]) -> Part {
        let bearers: Vec<&Named> = names.iter().filter(|n| n.bears.as_deref() == Some(surname)).collect();
        let company: Vec<&Named> =
            names.iter().filter(|n| !bearers.is_empty() && n.is_company(surname)).collect();
        let alone = names.iter().filter(|n| n.alone() == Some(surname)).count();
        // A bearer whose name the article writes with another surname is company of the others, not of himself.
        let pairs = bearers.iter().flat_map(|bearer| {
            let others = company.iter().filter(|other| !std::ptr::eq(**other, *bearer));
            others.map(|other| (bearer.entity, other.key.clone()))
        });
        Part {
            company: pairs.collect(),
            count: Count { bearers: bearers.len(), alone },
            bearers: bearers.iter().map(|bearer| bearer.entity).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Archive;
    use crate::store::links::assert_narrow;

    fn named(entity: i64, name: &str, surname: &str, bears: Option<&str>) -> Named {
        Named {
            kind: "person".to_owned(),
            key: name.to_lowercase(),
            name: name.to_owned(),
            is_full: true,
            surname: Some(surname.to_owned()),
            bears: bears.map(str::to_owned),
            entity,
            shows: false,
        }
    }

    #[test]
    fn a_bearer_written_otherwise_is_company_of_the_others_alone() {
        let names = [
            named(1, "Ruth Malva", "malva", Some("malva")),
            named(2, "Carla Malva Tarn", "tarn", Some("malva")),
            named(3, "Piet Calloway", "calloway", Some("calloway")),
        ];
        let part = Part::of("malva", &names);
        assert_eq!(part.bearers, BTreeSet::from([1, 2]));
        let pairs: Vec<(i64, &str)> = part.company.iter().map(|(b, key)| (*b, key.as_str())).collect();
        assert_eq!(pairs, [(1, "carla malva tarn"), (1, "piet calloway"), (2, "piet calloway")]);
    }

    #[test]
    fn nothing_is_looked_for_among_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open_or_create(&folder.path().join("a.db")).expect("made");
        assert_narrow(archive.connection(), &[SELECT_NAMED]);
    }
}
