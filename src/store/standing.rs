//! What is still refused: documents that no run since has taken, or found to be gone, whatever the last run was.
//!
//! A run of `watch` looks at a few places only, so that the last run's problems are not all there are. A problem
//! stands until a later run that ended looked at its place again and had none there.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;

use super::shelf;
use super::status::Trouble;

// The last of each source, and of each record in a file of them.
const SELECT_LAST_PROBLEMS: &str = "
    SELECT p.source, p.outcome, p.place, p.reason, p.run_id, r.asked, r.verb, r.started_at
    FROM problems p
    JOIN runs r ON r.id = p.run_id
    WHERE p.id IN (SELECT max(id) FROM problems GROUP BY source, place)
    ORDER BY p.source, p.id";
// Which run asked for a place last.
const SELECT_ASKED: &str = "
    SELECT r.verb, a.value, max(r.id)
    FROM runs r, json_each(r.asked) a
    WHERE r.finished_at IS NOT NULL
    GROUP BY 1, 2";
const SELECT_READ: &str = "SELECT 1 FROM sources WHERE source = ?1 AND run_id > ?2";
const SELECT_IS_KNOWN: &str = "SELECT 1 FROM sources WHERE source = ?1";

/// The run that asked for a place last, by verb and place.
type Asked = HashMap<String, BTreeMap<String, i64>>;

/// Documents that are still refused or failed.
pub(super) fn problems(connection: &Connection) -> rusqlite::Result<Vec<Trouble>> {
    let mut latest = connection.prepare(SELECT_LAST_PROBLEMS)?;
    let latest = latest.query_map([], |row| {
        let met_at = Some(row.get(7)?);
        let trouble = Trouble {
            source: row.get(0)?,
            outcome: row.get(1)?,
            place: row.get(2)?,
            reason: row.get(3)?,
            met_at,
        };
        Ok((trouble, row.get::<_, i64>(4)?, row.get::<_, String>(5)?, row.get::<_, String>(6)?))
    })?;
    let latest: Vec<_> = latest.collect::<rusqlite::Result<_>>()?;
    if latest.is_empty() {
        return Ok(Vec::new());
    }
    let mut asked = Asked::new();
    let mut statement = connection.prepare(SELECT_ASKED)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        asked.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
    }
    let mut standing = Vec::new();
    for (trouble, run, roots, verb) in latest {
        let roots: Vec<String> = serde_json::from_str(&roots).unwrap_or_default();
        let is_over = match (verb.as_str(), asked.get(&verb)) {
            ("import", Some(asked)) => is_over(connection, asked, &trouble, run, &roots)?,
            // Of documents read again: a later run of the same that had none, or an import that read it.
            (_, again) => {
                let again = again.is_some_and(|again| again.values().any(|later| *later > run));
                let imports = asked.get("import");
                again || imports.is_some_and(|imports| looked_at(imports, &trouble.source) > run)
            }
        };
        if !is_over && !connection.prepare_cached(SELECT_READ)?.exists((&trouble.source, run))? {
            standing.push(trouble);
        }
    }
    Ok(standing)
}

fn is_over(
    connection: &Connection,
    asked: &BTreeMap<String, i64>,
    trouble: &Trouble,
    run: i64,
    roots: &[String],
) -> rusqlite::Result<bool> {
    if looked_at(asked, &trouble.source) > run {
        return Ok(true);
    }
    // A name that somebody mistyped is asked for once: any later run that is no look at a part of what was asked
    // for then ends it. What the archive knows stays missed.
    if trouble.outcome != "failed" || !roots.contains(&trouble.source) {
        return Ok(false);
    }
    let is_known = connection.prepare_cached(SELECT_IS_KNOWN)?.exists([&trouble.source])?
        || !shelf::at_or_below(connection, &trouble.source)?.is_empty();
    let is_part = |place: &str| roots.iter().any(|root| place != root && is_in(place, root));
    Ok(!is_known && asked.iter().any(|(place, later)| *later > run && !is_part(place)))
}

/// The last run that looked at this source, or a folder that it lies in.
fn looked_at(asked: &BTreeMap<String, i64>, source: &str) -> i64 {
    let folders = source.match_indices('/').map(|(at, _)| &source[..at.max(1)]);
    let around = if source.starts_with(['/', '.']) { None } else { Some(".") };
    folders.chain([source]).chain(around).filter_map(|place| asked.get(place)).copied().max().unwrap_or(0)
}

/// Whether a place is a folder or lies in it.
fn is_in(place: &str, folder: &str) -> bool {
    place == folder
        || folder == "."
        || place.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || folder.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_around_counts_and_another_does_not() {
        let asked = BTreeMap::from([("in".to_owned(), 3), ("/srv/a".to_owned(), 5), (".".to_owned(), 2)]);
        assert_eq!(looked_at(&asked, "in/sub/a.txt"), 3);
        assert_eq!(looked_at(&asked, "in"), 3);
        assert_eq!(looked_at(&asked, "inside/a.txt"), 2);
        assert_eq!(looked_at(&asked, "/srv/a/b.txt"), 5);
        assert_eq!(looked_at(&asked, "/srv/ab.txt"), 0);
        assert_eq!(looked_at(&asked, "../a.txt"), 0);
        assert!(is_in("in/a", "in") && is_in("a", ".") && is_in("/a", "/") && !is_in("ina", "in"));
    }
}
