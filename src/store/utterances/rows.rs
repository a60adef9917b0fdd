//! What follows from the groups: rows of utterances, which keep their ids, and how wordings differ.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::groups::Groups;
use super::wordings::Assigned;
use crate::resolve::utterances::differing;

const SELECT_UTTERANCE: &str = "SELECT id FROM utterances WHERE wording_id = ?1";
const MOVE_UTTERANCE: &str = "UPDATE utterances SET wording_id = ?2 WHERE id = ?1";
// With what follows from its first quote.
const INSERT_UTTERANCE: &str = "
    INSERT INTO utterances (wording_id, quotes, articles, outlets, speakers, first_published, last_published,
                            speaker_entity_id)
    SELECT m.wording_id, 1, 1, a.outlet_id IS NOT NULL, n.entity_id IS NOT NULL, a.published, a.published,
           n.entity_id
    FROM quote_wordings m
    JOIN quotes q ON q.id = m.quote_id
    JOIN articles a ON a.id = q.article_id
    LEFT JOIN article_entities n ON n.id = q.speaker_id
    WHERE m.wording_id = ?1
    LIMIT 1";
const DELETE_UTTERANCE: &str = "DELETE FROM utterances WHERE id = ?1";

const UPDATE_DIFFERENCE: &str = "UPDATE wordings SET difference = ?2, compared = ?3 WHERE id = ?1";

// The speaker whom most quotes credit; of equals the first by name.
const COUNT: &str = "
    WITH told AS (
        SELECT q.article_id, a.outlet_id, a.published, n.entity_id
        FROM (SELECT id FROM wordings WHERE id = ?1 UNION ALL SELECT id FROM wordings WHERE fullest_id = ?1) w
        JOIN quote_wordings m ON m.wording_id = w.id
        JOIN quotes q ON q.id = m.quote_id
        JOIN articles a ON a.id = q.article_id
        LEFT JOIN article_entities n ON n.id = q.speaker_id)
    UPDATE utterances
    SET (quotes, articles, outlets, speakers, first_published, last_published) = (
            SELECT count(*), count(DISTINCT article_id), count(DISTINCT outlet_id), count(DISTINCT entity_id),
                   min(published), max(published)
            FROM told),
        speaker_entity_id = (
            SELECT t.entity_id
            FROM told t
            JOIN entities e ON e.id = t.entity_id
            GROUP BY t.entity_id
            ORDER BY count(*) DESC, e.name, e.kind
            LIMIT 1)
    WHERE wording_id = ?1";

/// Writes what the settled groups come to.
pub(super) fn write(
    connection: &Connection,
    mut groups: Groups<'_>,
    assigned: &Assigned,
) -> rusqlite::Result<()> {
    let gone = &assigned.emptied;
    let mut counted = seat(connection, &mut groups)?;
    for &id in assigned.touched.iter().chain(&groups.moved).chain(&groups.left) {
        if gone.contains(&id) {
            continue;
        }
        let fullest = groups.nodes.get(id)?.fullest;
        // Of a new wording with one quote all is known, unless others joined it.
        if fullest.is_some() || !assigned.single.contains(&id) {
            counted.insert(fullest.unwrap_or(id));
        }
    }
    for &fullest in &counted {
        connection.prepare_cached(COUNT)?.execute([fullest])?;
    }
    let mut differing: BTreeSet<i64> = groups.moved.iter().copied().collect();
    for &id in &assigned.reworded {
        // Where the fullest wording is printed otherwise, all are set against it again.
        if !gone.contains(&id) && groups.nodes.get(id)?.fullest.is_none() {
            differing.extend(groups.nodes.members(id)?);
        }
        differing.insert(id);
    }
    for &id in differing.difference(gone) {
        differ(connection, &mut groups, id, assigned)?;
    }
    Ok(())
}

/// Gives every fullest wording an utterance: that of one it took the place of, or a new one. Returns those
/// that took a place.
fn seat(connection: &Connection, groups: &mut Groups<'_>) -> rusqlite::Result<BTreeSet<i64>> {
    let mut moved = BTreeSet::new();
    let mut claims = Vec::new();
    for (former, heirs) in std::mem::take(&mut groups.unseated) {
        let utterance: Option<i64> =
            connection.prepare_cached(SELECT_UTTERANCE)?.query_row([former], |row| row.get(0)).optional()?;
        if let Some(utterance) = utterance {
            claims.push((utterance, heirs));
        }
    }
    // The oldest first.
    claims.sort();
    for (utterance, heirs) in claims {
        let mut heir = None;
        for of in heirs {
            let fullest = groups.nodes.get(of)?.fullest.unwrap_or(of);
            if groups.seated.remove(&fullest) {
                heir = Some(fullest);
                break;
            }
        }
        match heir {
            Some(heir) => connection.prepare_cached(MOVE_UTTERANCE)?.execute([utterance, heir])?,
            None => connection.prepare_cached(DELETE_UTTERANCE)?.execute([utterance])?,
        };
        moved.extend(heir);
    }
    for &fullest in &groups.seated {
        connection.prepare_cached(INSERT_UTTERANCE)?.execute([fullest])?;
    }
    Ok(moved)
}

fn differ(
    connection: &Connection,
    groups: &mut Groups<'_>,
    id: i64,
    assigned: &Assigned,
) -> rusqlite::Result<()> {
    let node = groups.nodes.get(id)?;
    if node.fullest.is_none() && assigned.new.contains_key(&id) {
        return Ok(());
    }
    let differing = match node.fullest {
        None => None,
        Some(fullest) => differing(node.wording(), groups.nodes.get(fullest)?.wording()),
    };
    connection.prepare_cached(UPDATE_DIFFERENCE)?.execute((
        id,
        differing.as_ref().map(|differing| differing.difference.as_str()),
        differing.as_ref().map(|differing| &differing.compared),
    ))?;
    Ok(())
}
