//! The wordings at hand while utterances are settled, read once each.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::{Connection, Row};

use crate::resolve::utterances::{
    Distinct, Joined, Voice, Wording, distinct, same_utterance, voices, within_days,
};

const SELECT_NODE: &str = "
    SELECT hash, said, letters, speaker_kind, speaker_key, speaker_surname, speaker_is_full, days, is_alone,
           fullest_id, traces
    FROM wordings
    WHERE id = ?1";
const SELECT_MEMBERS: &str = "SELECT id FROM wordings WHERE fullest_id = ?1 ORDER BY id";
// What joins in full, or under another's name, does so on any day.
const SELECT_DATED: &str = "
    SELECT id FROM wordings
    WHERE fullest_id = ?1 AND rule <> 'credited differently' AND (rule <> 'contained' OR similarity < 0.901)
    ORDER BY id";

/// A wording as a candidate.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub id: i64,
    hash: [u8; 16],
    letters: i64,
    said: Rc<str>,
    /// Read when it is asked for: most candidates are told by less.
    wording: Rc<OnceCell<Wording>>,
    voice: Option<Rc<Voice>>,
    days: Rc<str>,
    pub is_alone: bool,
    pub fullest: Option<i64>,
    /// How many traces it has.
    pub traces: usize,
}

impl Node {
    /// The order in which wordings are looked at: the fullest first.
    pub fn order(&self) -> (Reverse<i64>, [u8; 16]) {
        (Reverse(self.letters), self.hash)
    }

    /// What it says.
    pub fn wording(&self) -> &Wording {
        self.wording.get_or_init(|| Wording::read(&self.said))
    }

    /// By what it finds those that may be the same utterance.
    pub fn traces(&self) -> Vec<i64> {
        traces(self.wording(), self.voice.as_deref(), self.is_alone)
    }

    /// Whether this wording is of the utterance whose fullest wording `fullest` is.
    pub fn joins(&self, fullest: &Node) -> Option<Joined> {
        if self.is_alone || fullest.is_alone {
            return None;
        }
        let voices = voices(self.voice.as_deref(), fullest.voice.as_deref());
        let joined = same_utterance(self.wording(), fullest.wording(), voices)?;
        let near = joined.within.is_none_or(|days| within_days(&self.days, &fullest.days, days));
        near.then_some(joined)
    }
}

/// By what a wording finds those that may be the same utterance.
pub(super) fn traces(wording: &Wording, voice: Option<&Voice>, is_alone: bool) -> Vec<i64> {
    if is_alone {
        return Vec::new();
    }
    let mut traces = wording.traces();
    if distinct(wording, voice) == Distinct::OnTheDay {
        // The same words of another day may have no pair of words in them.
        let mut hasher = blake3::Hasher::new();
        hasher.update(wording.key().as_bytes());
        hasher.update(voice.map_or("", |voice| &voice.key).as_bytes());
        let mut number = [0; 8];
        number.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        traces.push(i64::from_le_bytes(number));
    }
    traces
}

/// The wordings read so far.
pub(super) struct Nodes<'c> {
    connection: &'c Connection,
    read: HashMap<i64, Node>,
}

impl<'c> Nodes<'c> {
    pub fn new(connection: &'c Connection) -> Nodes<'c> {
        Nodes { connection, read: HashMap::new() }
    }

    pub fn get(&mut self, id: i64) -> rusqlite::Result<Node> {
        if let Some(node) = self.read.get(&id) {
            return Ok(node.clone());
        }
        let node = self.connection.prepare_cached(SELECT_NODE)?.query_row([id], |row| read(id, row))?;
        self.read.insert(id, node.clone());
        Ok(node)
    }

    /// Notes which wording is the fullest of another's utterance.
    pub fn set_fullest(&mut self, id: i64, fullest: Option<i64>) {
        if let Some(node) = self.read.get_mut(&id) {
            node.fullest = fullest;
        }
    }

    /// The wordings whose fullest one this is, as the archive has it.
    pub fn members(&self, id: i64) -> rusqlite::Result<Vec<i64>> {
        self.select(SELECT_MEMBERS, id)
    }

    /// Those of them that are so only because of the days.
    pub fn dated(&self, id: i64) -> rusqlite::Result<Vec<i64>> {
        self.select(SELECT_DATED, id)
    }

    fn select(&self, sql: &str, id: i64) -> rusqlite::Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| row.get(0))?;
        rows.collect()
    }
}

fn read(id: i64, row: &Row<'_>) -> rusqlite::Result<Node> {
    let said: String = row.get(1)?;
    let voice = match row.get::<_, Option<String>>(3)? {
        None => None,
        Some(kind) => {
            Some(Rc::new(Voice { kind, key: row.get(4)?, surname: row.get(5)?, is_full: row.get(6)? }))
        }
    };
    Ok(Node {
        id,
        hash: row.get(0)?,
        letters: row.get(2)?,
        said: said.into(),
        wording: Rc::default(),
        voice,
        days: row.get::<_, String>(7)?.into(),
        is_alone: row.get(8)?,
        fullest: row.get(9)?,
        traces: row.get::<_, u32>(10)? as usize,
    })
}
