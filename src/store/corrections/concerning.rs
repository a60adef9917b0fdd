//! Which corrections may concern an article: those of its sources, and the archive's that its names lead to.

use std::collections::BTreeSet;

use rusqlite::{Connection, Params};

use super::{COLUMNS, correction, entity_key, outlet_key};
use crate::correct::{Correction, EntityName, Subject};
use crate::finding::EntityKind;
use crate::pipeline::Reading;

const ANY: &str = "SELECT 1 FROM corrections WHERE retired_at IS NULL";
const ANY_OF_ARCHIVE: &str = "SELECT 1 FROM corrections WHERE source IS NULL AND retired_at IS NULL";
const OF_ARTICLE: &str = "
    WHERE retired_at IS NULL
      AND source IN (SELECT ?1
                     UNION SELECT other.source FROM sources own
                     JOIN sources other ON other.article_id = own.article_id
                     WHERE own.source = ?1)";
const OF_KEY: &str = "WHERE source IS NULL AND retired_at IS NULL AND key = ?1";

pub(super) fn corrections(
    connection: &Connection,
    source: &str,
    reading: &Reading,
) -> rusqlite::Result<Vec<Correction>> {
    if !connection.prepare_cached(ANY)?.exists([])? {
        return Ok(Vec::new());
    }
    let mut found = select(connection, OF_ARTICLE, [source])?;
    if connection.prepare_cached(ANY_OF_ARCHIVE)?.exists([])? {
        let own = found.clone();
        found.extend(of_archive(connection, reading, &own)?);
    }
    Ok(found)
}

/// Those of the archive, followed from name to name: what is merged into a name may be renamed again.
fn of_archive(
    connection: &Connection,
    reading: &Reading,
    own: &[Correction],
) -> rusqlite::Result<Vec<Correction>> {
    let names = reading.findings.entities.iter().map(|entity| entity_key(entity.kind, &entity.key));
    let outlets = reading.article.outlet.iter().map(|outlet| outlet_key(&outlet.value));
    // What the article's own corrections make of its names, too.
    let made = own.iter().flat_map(leads_to);
    let mut seen: BTreeSet<String> = names.chain(outlets).chain(made).collect();
    let mut next: Vec<String> = seen.iter().cloned().collect();
    let mut found = Vec::new();
    while let Some(key) = next.pop() {
        for correction in select(connection, OF_KEY, [&key])? {
            next.extend(leads_to(&correction).into_iter().filter(|key| seen.insert(key.clone())));
            found.push(correction);
        }
    }
    Ok(found)
}

/// What a correction of an entity calls it.
pub(super) fn called(anchor: &str, field: &str, value: &str) -> EntityName {
    let about = EntityName::parse(anchor);
    match field {
        "kind" => EntityName { kind: EntityName::kind(value), ..about },
        _ => {
            let name = EntityName::parse(value);
            EntityName { kind: name.kind.or(about.kind), ..name }
        }
    }
}

/// The keys that what a correction is about may have after it.
fn leads_to(correction: &Correction) -> Vec<String> {
    let Some(value) = correction.value.as_deref() else { return Vec::new() };
    match correction.subject {
        Subject::Outlet => vec![outlet_key(value)],
        Subject::Article if correction.field == "outlet" => vec![outlet_key(value)],
        Subject::Entity => {
            let after = called(&correction.anchor, &correction.field, value);
            // In an article the kind is what is found there.
            let kinds = EntityKind::ALL.iter().filter(|kind| after.kind.is_none_or(|k| k == **kind));
            kinds.map(|&kind| entity_key(kind, &after.link_key(kind).key)).collect()
        }
        _ => Vec::new(),
    }
}

/// What a name with its kind is found by.
pub(super) fn key_of(name: &EntityName) -> Option<String> {
    let kind: EntityKind = name.kind?;
    Some(entity_key(kind, &name.link_key(kind).key))
}

fn select(
    connection: &Connection,
    condition: &str,
    values: impl Params,
) -> rusqlite::Result<Vec<Correction>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM corrections {condition}"))?;
    let rows = statement.query_map(values, correction)?;
    rows.collect()
}
