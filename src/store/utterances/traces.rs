//! The index of traces: by which wordings that may be one utterance find each other.
//!
//! A trace that very many wordings have is a phrase of the language and leads nowhere: it is not followed
//! while more than [`MOST`] have it. So a new wording costs the same however large the archive is.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use rusqlite::Connection;

/// Wordings that a trace may have and still be followed.
const MOST: usize = 256;

const INSERT: &str = "INSERT OR IGNORE INTO wording_traces (trace, wording_id) VALUES (?1, ?2)";
const DELETE: &str = "DELETE FROM wording_traces WHERE trace = ?1 AND wording_id = ?2";
const SELECT: &str = "SELECT wording_id FROM wording_traces WHERE trace = ?1 LIMIT ?2";

/// Whether a wording shares enough of its traces with a fuller one for a closer look: a quarter, or as many
/// as a stretch of words has that is an utterance's by itself.
pub(super) fn is_enough(shared: usize, of: usize) -> bool {
    shared >= 4 || shared * 4 >= of
}

/// What a change of the index did to the traces that were followed.
#[derive(Debug, Default)]
pub(super) struct Shift {
    /// Followed before, not any more: the trace, and some wordings that have it, all that did before.
    pub lost: Vec<(i64, Rc<[i64]>)>,
    /// Followed again.
    pub gained: Vec<Rc<[i64]>>,
}

/// The index, and what was read of it.
pub(super) struct Traces<'c> {
    connection: &'c Connection,
    /// The wordings of a trace; `None` where there are too many.
    read: HashMap<i64, Option<Rc<[i64]>>>,
    /// Traces that came and went: how often.
    came: BTreeMap<i64, (usize, usize)>,
}

impl<'c> Traces<'c> {
    pub fn new(connection: &'c Connection) -> Traces<'c> {
        Traces { connection, read: HashMap::new(), came: BTreeMap::new() }
    }

    /// Takes a wording's traces out.
    pub fn remove(&mut self, wording: i64, traces: &[i64]) -> rusqlite::Result<()> {
        let mut delete = self.connection.prepare_cached(DELETE)?;
        for &trace in traces {
            if delete.execute([trace, wording])? > 0 {
                self.came.entry(trace).or_default().1 += 1;
            }
        }
        Ok(())
    }

    /// Puts traces in, by trace, so that neighbours are written together.
    pub fn insert(&mut self, mut traces: Vec<(i64, i64)>) -> rusqlite::Result<()> {
        traces.sort_unstable();
        let mut insert = self.connection.prepare_cached(INSERT)?;
        for (trace, wording) in traces {
            if insert.execute([trace, wording])? > 0 {
                self.came.entry(trace).or_default().0 += 1;
            }
        }
        Ok(())
    }

    /// What the changes since then did.
    pub fn shift(&mut self) -> rusqlite::Result<Shift> {
        let mut shift = Shift::default();
        for (trace, (came, went)) in std::mem::take(&mut self.came) {
            // Enough to tell whether there were too many before.
            let found = self.select(trace, MOST + came + 1)?;
            let followed = found.len() <= MOST;
            let was_followed = found.len() + went <= MOST + came;
            if was_followed && !followed {
                shift.lost.push((trace, found.clone().into()));
            } else if followed && !was_followed {
                shift.gained.push(found.clone().into());
            }
            // Most wordings are met once: nothing to keep.
            self.read.insert(trace, followed.then(|| found.into()));
        }
        Ok(shift)
    }

    /// The wordings of a trace, where it is followed.
    pub fn followed(&mut self, trace: i64) -> rusqlite::Result<Option<Rc<[i64]>>> {
        if let Some(found) = self.read.get(&trace) {
            return Ok(found.clone());
        }
        let found = self.select(trace, MOST + 1)?;
        let found: Option<Rc<[i64]>> = (found.len() <= MOST).then(|| found.into());
        self.read.insert(trace, found.clone());
        Ok(found)
    }

    /// Whether a wording with these traces still finds a fuller one.
    pub fn meet(&mut self, shorter: &[i64], fuller: &[i64]) -> rusqlite::Result<bool> {
        let fuller: HashSet<i64> = fuller.iter().copied().collect();
        let mut shared = 0;
        for trace in shorter.iter().filter(|trace| fuller.contains(trace)) {
            shared += usize::from(self.followed(*trace)?.is_some());
        }
        Ok(is_enough(shared, shorter.len()))
    }

    fn select(&self, trace: i64, most: usize) -> rusqlite::Result<Vec<i64>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(SELECT)?;
        let rows = statement.query_map([trace, most], |row| row.get(0))?;
        rows.collect()
    }
}
