//! How a person writes an entity down: `NAME`, `KIND:NAME`, or `NAME (WHICH)` where several bear the name.

use std::fmt;

use crate::finding::EntityKind;
use crate::resolve::{LinkKey, link_key};

/// An entity by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityName {
    /// Its kind, where it is told.
    pub kind: Option<EntityKind>,
    /// The name without what tells it from its namesakes.
    pub name: String,
    /// What tells it from its namesakes: "2", "footballer".
    pub which: Option<String>,
}

impl EntityName {
    /// Reads `person:John Smith (footballer)`.
    pub fn parse(words: &str) -> EntityName {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let (kind, rest) = match words.split_once(':') {
            Some((kind, rest)) => match kind_of(kind.trim()) {
                Some(kind) => (Some(kind), rest.trim()),
                None => (None, words.as_str()),
            },
            None => (None, words.as_str()),
        };
        let which = rest.strip_suffix(')').and_then(|r| r.rsplit_once(" ("));
        // Other things than people have brackets of their own: "Alternative for Germany (AfD)".
        let (name, which) = match which {
            Some((name, which))
                if kind.is_none_or(|k| k == EntityKind::Person) && !name.is_empty() && !which.is_empty() =>
            {
                (name, Some(which.to_owned()))
            }
            _ => (rest, None),
        };
        EntityName { kind, name: name.to_owned(), which }
    }

    /// The kind of that word.
    pub fn kind(word: &str) -> Option<EntityKind> {
        kind_of(word)
    }

    /// The key of its row in the archive, were it of `kind`.
    pub fn link_key(&self, kind: EntityKind) -> LinkKey {
        match &self.which {
            Some(which) if kind == EntityKind::Person => {
                let mut key = link_key(kind, &self.name);
                key.key = format!("{} ({})", key.key, which.to_lowercase());
                key
            }
            Some(_) => link_key(kind, &self.shown()),
            None => link_key(kind, &self.name),
        }
    }

    /// The name as it is shown: with what tells it from its namesakes, without its kind.
    pub fn shown(&self) -> String {
        match &self.which {
            Some(which) => format!("{} ({which})", self.name),
            None => self.name.clone(),
        }
    }
}

impl fmt::Display for EntityName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kind) = self.kind {
            write!(f, "{}:", kind.as_str())?;
        }
        f.write_str(&self.shown())
    }
}

pub(super) fn kind_of(word: &str) -> Option<EntityKind> {
    EntityKind::ALL.iter().copied().find(|kind| kind.as_str().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for (words, kind, name, which) in [
            ("Ada Kowal", None, "Ada Kowal", None),
            ("place: Lima", Some(EntityKind::Place), "Lima", None),
            ("person:Ada  Kowal (mayor)", Some(EntityKind::Person), "Ada Kowal", Some("mayor")),
            ("Mission: Impossible", None, "Mission: Impossible", None),
            ("organization:Harbour Union (HU)", Some(EntityKind::Organization), "Harbour Union (HU)", None),
        ] {
            let parsed = EntityName::parse(words);
            assert_eq!((parsed.kind, parsed.name.as_str(), parsed.which.as_deref()), (kind, name, which));
            assert_eq!(EntityName::parse(&parsed.to_string()), parsed);
        }
    }

    #[test]
    fn namesakes_have_keys_of_their_own_and_one_surname() {
        let plain = EntityName::parse("Ada Kowal").link_key(EntityKind::Person);
        let mayor = EntityName::parse("Ada Kowal (Mayor)").link_key(EntityKind::Person);
        assert_eq!(mayor.key, format!("{} (mayor)", plain.key));
        assert_eq!((mayor.surname, mayor.full), (plain.surname, plain.full));
    }
}
