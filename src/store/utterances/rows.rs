//! What follows from the groups: rows of utterances, which keep their ids, and how wordings differ.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::groups::Groups;
use crate::resolve::utterances::differing;

const SELECT_UTTERANCE: &str = "SELECT id FROM utterances WHERE wording_id = ?1";
const MOVE_UTTERANCE: &str = "UPDATE utterances SET wording_id = ?2 WHERE id = ?1";
const INSERT_UTTERANCE: &str = "INSERT INTO utterances (wording_id) VALUES (?1)";
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

/// Writes what the settled groups come to. `reworded` may be printed otherwise than before; `touched` have
/// other quotes than before; `gone` are about to be deleted.
pub(super) fn write(
    connection: &Connection,
    mut groups: Groups<'_>,
    mut reworded: BTreeSet<i64>,
    touched: &BTreeSet<i64>,
    gone: &BTreeSet<i64>,
) -> rusqlite::Result<()> {
    seat(connection, &mut groups)?;
    let mut counted = BTreeSet::new();
    for &id in touched.iter().chain(&groups.moved).filter(|id| !gone.contains(id)) {
        counted.insert(groups.nodes.get(id)?.fullest.unwrap_or(id));
    }
    for former in &groups.left {
        if !gone.contains(former) {
            counted.insert(groups.nodes.get(*former)?.fullest.unwrap_or(*former));
        }
    }
    for &fullest in &counted {
        connection.prepare_cached(COUNT)?.execute([fullest])?;
    }
    // Where the fullest wording is printed otherwise, all are set against it again.
    for id in reworded.clone() {
        if groups.nodes.get(id)?.fullest.is_none() {
            reworded.extend(groups.nodes.members(id)?);
        }
    }
    reworded.extend(&groups.moved);
    for &id in reworded.difference(gone) {
        differ(connection, &mut groups, id)?;
    }
    Ok(())
}

/// Gives every fullest wording an utterance: that of one it took the place of, or a new one.
fn seat(connection: &Connection, groups: &mut Groups<'_>) -> rusqlite::Result<()> {
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
    }
    for &fullest in &groups.seated {
        connection.prepare_cached(INSERT_UTTERANCE)?.execute([fullest])?;
    }
    Ok(())
}

fn differ(connection: &Connection, groups: &mut Groups<'_>, id: i64) -> rusqlite::Result<()> {
    let node = groups.nodes.get(id)?;
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
