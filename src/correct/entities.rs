//! Corrections of entities: what they are called, which are one, what they are, and which are none.

use super::anchor::find_words;
use super::apply::Work;
use super::name::{EntityName, kind_of};
use super::{Correction, RULE, Row, State};
use crate::finding::{Entity, EntityKind};

/// Corrects the entities of this article that an archive-wide correction is about, if there are any.
pub(super) fn over_archive(work: &mut Work<'_>, correction: &Correction) -> Option<(Row, State)> {
    let about = EntityName::parse(&correction.anchor);
    let fits = |entity: &Entity| {
        about.kind.is_none_or(|kind| kind == entity.kind) && about.link_key(entity.kind).key == entity.key
    };
    let found: Vec<usize> = live(work).filter(|&entity| fits(&work.findings.entities[entity])).collect();
    let mut outcome = None;
    for entity in found {
        outcome = Some(match change(work, entity, correction) {
            Ok(row) => (row, State::Applied),
            Err(reason) => (Row::None, State::Unfit(reason)),
        });
    }
    outcome
}

/// Corrects the entity that the anchor's words name in this article.
pub(super) fn in_article(work: &mut Work<'_>, correction: &Correction) -> Result<Row, String> {
    let entity = named_at(work, correction)?;
    change(work, entity, correction)
}

/// The entity that a mention at the anchor belongs to.
fn named_at(work: &Work<'_>, correction: &Correction) -> Result<usize, String> {
    let Correction { anchor, occurrence, .. } = correction;
    let Some(place) = find_words(&work.article.text, anchor, *occurrence) else {
        return Err(format!("'{anchor}' does not stand in the article's text{}", nth(*occurrence)));
    };
    let shared = |mention: usize| {
        let span = work.findings.mentions[mention].span;
        span.end.min(place.end).saturating_sub(span.start.max(place.start))
    };
    let mention = (0..work.findings.mentions.len())
        .filter(|&m| !work.gone.mentions[m] && shared(m) > 0)
        .max_by_key(|&m| (shared(m), std::cmp::Reverse(m)))
        .ok_or_else(|| format!("no name is found at '{anchor}'{}", nth(*occurrence)))?;
    live(work)
        .find(|&entity| work.findings.entities[entity].mentions.contains(&mention))
        .ok_or_else(|| format!("the name at '{anchor}' is no entity's"))
}

pub(super) fn nth(occurrence: usize) -> String {
    if occurrence == 1 { String::new() } else { format!(" {occurrence} times") }
}

fn live<'w>(work: &'w Work<'_>) -> impl Iterator<Item = usize> + 'w {
    (0..work.findings.entities.len()).filter(|&entity| !work.gone.entities[entity])
}

fn change(work: &mut Work<'_>, entity: usize, correction: &Correction) -> Result<Row, String> {
    let value = || correction.value.as_deref().ok_or_else(|| format!("{} without a value", correction.field));
    match correction.field.as_str() {
        "name" | "split" => {
            let name = EntityName::parse(value()?);
            Ok(Row::Entity(rename(work, entity, &name)))
        }
        "merge" => {
            let name = EntityName::parse(value()?);
            // Where the article names the other, that name stays.
            match named(work, &name, work.findings.entities[entity].kind).filter(|&other| other != entity) {
                Some(other) => {
                    join(work, entity, other);
                    Ok(Row::Entity(other))
                }
                None => Ok(Row::Entity(rename(work, entity, &name))),
            }
        }
        "kind" => {
            let kind = kind_of(value()?).ok_or("no kind of that name")?;
            let name = EntityName::parse(&work.findings.entities[entity].name);
            Ok(Row::Entity(rename(work, entity, &EntityName { kind: Some(kind), ..name })))
        }
        "drop" => {
            for mention in work.findings.entities[entity].mentions.clone() {
                work.gone.mentions[mention] = true;
            }
            work.gone.entities[entity] = true;
            Ok(Row::None)
        }
        other => Err(format!("entities have no field '{other}' to correct")),
    }
}

/// The entity of this article that a person's words name.
pub(super) fn named(work: &Work<'_>, name: &EntityName, kind: EntityKind) -> Option<usize> {
    let key = name.link_key(name.kind.unwrap_or(kind));
    live(work).find(|&entity| {
        let entity = &work.findings.entities[entity];
        entity.kind == key.kind && entity.key == key.key
    })
}

/// An entity that the article does not name, but a person does.
pub(super) fn add(work: &mut Work<'_>, name: &EntityName) -> usize {
    let kind = name.kind.unwrap_or(EntityKind::Person);
    let entity = work.findings.entities.len();
    work.findings.entities.push(Entity {
        name: name.shown(),
        kind,
        key: name.link_key(kind).key,
        aliases: Vec::new(),
        mentions: Vec::new(),
        evidence: vec![RULE],
        place: None,
    });
    work.gone.entities.push(false);
    work.merged.push(entity);
    entity
}

/// Gives an entity a name, and its kind if that is told; returns the entity that it then is.
fn rename(work: &mut Work<'_>, index: usize, name: &EntityName) -> usize {
    let entity = &mut work.findings.entities[index];
    if let Some(kind) = name.kind.filter(|kind| *kind != entity.kind) {
        entity.kind = kind;
        entity.place = None;
        for &mention in &entity.mentions {
            work.findings.mentions[mention].kind = kind;
        }
    }
    let key = name.link_key(entity.kind).key;
    if key != entity.key {
        entity.place = None;
    }
    entity.name = name.shown();
    entity.key = key;
    note(entity);
    let same = |other: &Entity| {
        other.kind == work.findings.entities[index].kind && other.key == work.findings.entities[index].key
    };
    let twin = live(work).find(|&other| other != index && same(&work.findings.entities[other]));
    match twin {
        Some(twin) => {
            let shown = work.findings.entities[index].name.clone();
            join(work, index, twin);
            work.findings.entities[twin].name = shown;
            twin
        }
        None => index,
    }
}

/// Makes `from` part of `into`.
fn join(work: &mut Work<'_>, from: usize, into: usize) {
    let Entity { aliases, mentions, .. } = work.findings.entities[from].clone();
    let kind = work.findings.entities[into].kind;
    for &mention in &mentions {
        work.findings.mentions[mention].kind = kind;
    }
    let target = &mut work.findings.entities[into];
    target.mentions.extend(mentions);
    target.mentions.sort_unstable();
    for alias in aliases {
        if !target.aliases.contains(&alias) {
            target.aliases.push(alias);
        }
    }
    note(target);
    work.gone.entities[from] = true;
    work.merged[from] = into;
}

fn note(entity: &mut Entity) {
    if !entity.evidence.contains(&RULE) {
        entity.evidence.push(RULE);
    }
}
