//! One entity over the archive: found by its name or number, and told whole.

use rusqlite::{Row, params};
use serde::Serialize;

use super::{Error, Reader, nearest};
use crate::correct::EntityName;
use crate::finding::EntityKind;

/// Entities offered where several fit.
const OFFERED: usize = 12;
/// One more tells that there are more.
const LOOKED_AT: i64 = 13;

/// An entity's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRow {
    /// `entities.id`.
    pub id: i64,
    /// What it is.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// What it is joined by.
    pub key: String,
    /// The name by which a person means it and no other: `John Smith (2)`.
    pub shown: String,
    /// Articles that name it.
    pub articles: i64,
    /// What articles call it most, beside its name.
    pub described: Option<String>,
}

/// An entity with all that the archive knows of it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // The fields are the columns of the archive, described there.
pub struct EntityView {
    pub id: i64,
    pub kind: String,
    pub name: String,
    pub key: String,
    pub country: Option<String>,
    pub quotes: i64,
    pub aliases: Vec<AliasView>,
    pub descriptions: Vec<DescriptionView>,
    pub articles: Vec<NamedView>,
    pub namesakes: Vec<NamesakeView>,
    pub corrections: Vec<CorrectionView>,
}

/// Another row of the same name.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct NamesakeView {
    pub id: i64,
    pub key: String,
    /// Why it is another one.
    pub why: String,
}

/// Words it is named with.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct AliasView {
    pub text: String,
    pub mentions: i64,
    pub articles: i64,
}

/// What articles say it is.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DescriptionView {
    pub text: String,
    pub articles: i64,
}

/// An article that names it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct NamedView {
    pub article: i64,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub source: String,
    /// The name that the article knows it by.
    pub name: String,
    pub mentions: i64,
    /// The rule that chose this row for it: "key" (its own name) or "surname".
    pub linked_by: String,
    /// Of a name that several bear, why it is this one here.
    pub why: Option<String>,
    /// The rules that joined its mentions in the article.
    pub joined_by: Vec<String>,
}

/// A correction that made it what it is.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct CorrectionView {
    pub id: i64,
    pub source: Option<String>,
    pub anchor: String,
    pub field: String,
    pub value: Option<String>,
    pub author: String,
    pub made_at: String,
    pub note: Option<String>,
    pub articles: i64,
}

const COLUMNS: &str = "
    SELECT e.id, e.kind, e.name, e.key,
           (SELECT count(*) FROM article_entities n WHERE n.entity_id = e.id),
           (SELECT d.text FROM article_entities n JOIN descriptions d ON d.article_entity_id = n.id
            WHERE n.entity_id = e.id GROUP BY d.text ORDER BY count(*) DESC, d.text LIMIT 1)
    FROM entities e ";
const BY_ID: &str = "WHERE e.id = ?1";
// Namesakes have what tells them apart in brackets after the key.
const BY_KEY: &str = "
    WHERE e.kind = ?1 AND (e.key = ?2 OR (e.key >= ?2 || ' (' AND e.key < ?2 || ' )')) ORDER BY e.id";
const BY_PART: &str = "WHERE instr(lower(e.name), lower(?1)) > 0 ORDER BY 5 DESC, e.id LIMIT ?2";

// Names that some keystrokes may turn into another: no more apart in length than `nearest` allows.
const OF_LIKE_LENGTH: &str = "
    SELECT DISTINCT name FROM entities
    WHERE abs(length(name) - length(?1)) <= max(length(?1) / 3, 1)";

const ALIASES: &str = "
    SELECT m.text, count(*), count(DISTINCT m.article_id)
    FROM article_entities n JOIN mentions m ON m.article_entity_id = n.id
    WHERE n.entity_id = ?1 GROUP BY m.text ORDER BY 2 DESC, 1";
const DESCRIPTIONS: &str = "
    SELECT d.text, count(DISTINCT d.article_id)
    FROM article_entities n JOIN descriptions d ON d.article_entity_id = n.id
    WHERE n.entity_id = ?1 GROUP BY d.text ORDER BY 2 DESC, 1";
const ARTICLES: &str = "
    SELECT a.id, a.title, o.name, a.published, a.source, n.name,
           (SELECT count(*) FROM mentions m WHERE m.article_entity_id = n.id), n.linked_by, n.evidence,
           (SELECT s.why FROM senses s WHERE s.article_entity_id = n.id)
    FROM article_entities n
    JOIN articles a ON a.id = n.article_id
    LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE n.entity_id = ?1 ORDER BY a.published, a.id";
const NAMESAKES: &str = "
    SELECT e.id, e.key, n.why FROM namesakes n JOIN entities e ON e.id = n.other_id
    WHERE n.entity_id = ?1 ORDER BY e.id";
const CORRECTIONS: &str = "
    SELECT c.id, c.source, c.anchor, c.field, c.value, c.author, c.made_at, c.note, count(*)
    FROM article_entities n
    JOIN applied_corrections p ON p.subject = 'entity' AND p.row_id = n.id AND p.outcome = 'applied'
    JOIN corrections c ON c.id = p.correction_id
    WHERE n.entity_id = ?1 GROUP BY c.id ORDER BY c.made_at, c.id";
const REST: &str = "
    SELECT country, (SELECT count(*) FROM article_entities n JOIN quotes q ON q.speaker_id = n.id
                     WHERE n.entity_id = ?1)
    FROM entities WHERE id = ?1";

impl Reader {
    /// The one entity that `wanted` names: its number, `NAME`, `KIND:NAME` or `NAME (WHICH)`, or a part of
    /// its name that no other has.
    pub fn find_entity(&self, wanted: &str) -> Result<EntityRow, Error> {
        let unknown = || Error::UnknownRow {
            what: "entity",
            wanted: wanted.to_owned(),
            hint: self.alike(wanted).unwrap_or_default(),
        };
        if let Ok(id) = wanted.trim().parse::<i64>() {
            return self.entities(BY_ID, params![id])?.pop().ok_or_else(unknown);
        }
        let name = EntityName::parse(wanted);
        let mut fits = Vec::new();
        for &kind in EntityKind::ALL.iter().filter(|kind| name.kind.is_none_or(|k| k == **kind)) {
            let key = name.link_key(kind).key;
            fits.extend(self.entities(BY_KEY, params![kind.as_str(), key])?);
        }
        if fits.is_empty() {
            fits = self.entities(BY_PART, params![name.name, LOOKED_AT])?;
        }
        match fits.len() {
            0 => Err(unknown()),
            1 => fits.pop().ok_or_else(unknown),
            _ => Err(Error::SeveralEntities {
                wanted: wanted.to_owned(),
                fits: fits.iter().take(OFFERED).map(offer).collect(),
            }),
        }
    }

    /// What to offer for a name that nothing goes by: those that a few keystrokes turn it into.
    fn alike(&self, wanted: &str) -> Result<String, Error> {
        let name = EntityName::parse(wanted).name;
        let mut statement = self.connection().prepare_cached(OF_LIKE_LENGTH)?;
        let names: Vec<String> = statement.query_map([&name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let near = nearest(&name, names.iter().map(String::as_str));
        Ok(if near.is_empty() {
            "; `copydesk query called-what` tells who is called what".to_owned()
        } else {
            format!("; did you mean {}?", near.join(" or "))
        })
    }

    fn entities(&self, condition: &str, values: impl rusqlite::Params) -> Result<Vec<EntityRow>, Error> {
        let mut statement = self.connection().prepare_cached(&format!("{COLUMNS}{condition}"))?;
        Ok(statement.query_map(values, entity_row)?.collect::<Result<_, _>>()?)
    }

    /// An entity whole.
    pub fn entity(&self, row: &EntityRow) -> Result<EntityView, Error> {
        let (country, quotes) =
            self.connection().query_row(REST, [row.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(EntityView {
            id: row.id,
            kind: row.kind.as_str().to_owned(),
            name: row.name.clone(),
            key: row.key.clone(),
            country,
            quotes,
            aliases: self.all(ALIASES, row.id, |row| {
                Ok(AliasView { text: row.get(0)?, mentions: row.get(1)?, articles: row.get(2)? })
            })?,
            descriptions: self.all(DESCRIPTIONS, row.id, |row| {
                Ok(DescriptionView { text: row.get(0)?, articles: row.get(1)? })
            })?,
            articles: self.all(ARTICLES, row.id, named_view)?,
            namesakes: self.all(NAMESAKES, row.id, |row| {
                Ok(NamesakeView { id: row.get(0)?, key: row.get(1)?, why: row.get(2)? })
            })?,
            corrections: self.all(CORRECTIONS, row.id, correction_view)?,
        })
    }
}

fn offer(row: &EntityRow) -> String {
    let what = row.described.as_deref().map(|what| format!(", {what}")).unwrap_or_default();
    let articles =
        if row.articles == 1 { "1 article".to_owned() } else { format!("{} articles", row.articles) };
    format!("{:>6}  {} ({}{what}), {articles}", row.id, row.shown, row.kind.as_str())
}

fn entity_row(row: &Row<'_>) -> rusqlite::Result<EntityRow> {
    let kind: String = row.get(1)?;
    let (name, key): (String, String) = (row.get(2)?, row.get(3)?);
    let which = key.strip_suffix(')').and_then(|key| key.rsplit_once(" (")).map(|(_, which)| which);
    let shown = match which {
        Some(which) if kind == EntityKind::Person.as_str() && !name.ends_with(')') => {
            format!("{name} ({which})")
        }
        _ => name.clone(),
    };
    Ok(EntityRow {
        id: row.get(0)?,
        // The schema lets no other word in.
        kind: EntityName::kind(&kind).unwrap_or(EntityKind::Person),
        name,
        key,
        shown,
        articles: row.get(4)?,
        described: row.get(5)?,
    })
}

fn named_view(row: &Row<'_>) -> rusqlite::Result<NamedView> {
    let evidence: String = row.get(8)?;
    Ok(NamedView {
        article: row.get(0)?,
        title: row.get(1)?,
        outlet: row.get(2)?,
        published: row.get(3)?,
        source: row.get(4)?,
        name: row.get(5)?,
        mentions: row.get(6)?,
        linked_by: row.get(7)?,
        why: row.get(9)?,
        joined_by: serde_json::from_str(&evidence).unwrap_or_default(),
    })
}

fn correction_view(row: &Row<'_>) -> rusqlite::Result<CorrectionView> {
    Ok(CorrectionView {
        id: row.get(0)?,
        source: row.get(1)?,
        anchor: row.get(2)?,
        field: row.get(3)?,
        value: row.get(4)?,
        author: row.get(5)?,
        made_at: row.get(6)?,
        note: row.get(7)?,
        articles: row.get(8)?,
    })
}

impl EntityRow {
    /// The name by which a person means it and no other.
    pub fn entity_name(&self) -> EntityName {
        let name = EntityName::parse(&self.shown);
        EntityName { kind: None, ..name }
    }

    /// What archive-wide corrections of it are anchored to.
    pub fn anchor(&self) -> String {
        EntityName { kind: Some(self.kind), ..self.entity_name() }.to_string()
    }
}

/// A surname alone that is taken for an entity, as its only bearer or by the company it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortName {
    /// What archive-wide corrections of it are anchored to.
    pub anchor: String,
    /// The folded surname.
    pub surname: Option<String>,
}

const SHORT_NAMES: &str = "
    SELECT kind, max(name), surname FROM article_entities
    WHERE entity_id = ?1 AND linked_by = 'surname'
    GROUP BY kind, key ORDER BY key";
const IS_PARTED: &str = "SELECT 1 FROM namesakes WHERE entity_id = ?1";
const ARTICLES_OF: &str = "
    SELECT article_id FROM article_entities n
    WHERE entity_id = ?1 AND EXISTS (SELECT 1 FROM mentions m WHERE m.article_entity_id = n.id)
    ORDER BY article_id";
const KEY_IS_USED: &str = "SELECT 1 FROM article_entities WHERE kind = ?1 AND key = ?2";

impl Reader {
    /// Whether an entity is one of several whom the archive itself tells apart by what is said of them.
    pub fn is_parted(&self, entity: &EntityRow) -> Result<bool, Error> {
        Ok(self.connection().prepare_cached(IS_PARTED)?.exists([entity.id])?)
    }

    /// The articles that name an entity.
    pub fn articles_of(&self, entity: &EntityRow) -> Result<Vec<i64>, Error> {
        self.all(ARTICLES_OF, entity.id, |row| row.get(0))
    }

    /// The surnames that stand alone in articles and are taken for an entity.
    pub fn short_names(&self, entity: &EntityRow) -> Result<Vec<ShortName>, Error> {
        self.all(SHORT_NAMES, entity.id, |row| {
            let (kind, name): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(ShortName { anchor: format!("{kind}:{name}"), surname: row.get(2)? })
        })
    }

    /// A name for a namesake that no other has: `John Smith (2)`.
    pub fn free_name(&self, entity: &EntityRow) -> Result<String, Error> {
        let mut statement = self.connection().prepare_cached(KEY_IS_USED)?;
        for n in 2_u32.. {
            let name = EntityName { which: Some(n.to_string()), ..entity.entity_name() };
            if !statement.exists(params![entity.kind.as_str(), name.link_key(entity.kind).key])? {
                return Ok(name.to_string());
            }
        }
        Ok(entity.shown.clone())
    }
}
