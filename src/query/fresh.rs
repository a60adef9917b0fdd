//! What is new: the rows of an answer that the last answer to the same question did not have.

use std::collections::HashSet;
use std::io;

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::answer::settled;
use super::{Answered, Column, Cut, Error, Given, Reader, SavedQuery, Sink};
use crate::store::{RowHash, last_answer};

/// A question that is asked again and again: a saved query and what is set.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The query's name.
    pub query: String,
    /// Every parameter with its value, a JSON object.
    pub parameters: String,
}

impl Standing {
    /// The question that a query is with these parameters.
    pub fn of(query: &SavedQuery, given: &[Given]) -> Result<Standing, Error> {
        let object: serde_json::Map<_, _> = settled(&query.parameters, given)?.into_iter().collect();
        Ok(Standing { query: query.name.clone(), parameters: serde_json::Value::from(object).to_string() })
    }
}

impl Reader {
    /// Begins an answer of what is new since the last one; `key` names the columns that a row is known
    /// again by, all of them where it names none.
    pub fn fresh<'s>(
        &self,
        question: &Standing,
        key: &[String],
        sink: &'s mut dyn Sink,
    ) -> Result<Fresh<'s>, Error> {
        let last = last_answer(self.connection(), &question.query, &question.parameters)?;
        Ok(Fresh {
            sink,
            since: last.answered_at,
            before: last.rows.into_iter().collect(),
            now: HashSet::new(),
            key: key.to_vec(),
            at: Vec::new(),
            columns: Vec::new(),
            new: 0,
        })
    }
}

/// Hands on the rows that are new. Where none is, the sink behind it is told of nothing at all, so that
/// nothing is printed.
pub struct Fresh<'s> {
    sink: &'s mut dyn Sink,
    since: Option<String>,
    before: HashSet<RowHash>,
    now: HashSet<RowHash>,
    key: Vec<String>,
    at: Vec<usize>,
    columns: Vec<Column>,
    new: u64,
}

impl Fresh<'_> {
    /// All rows of the answer, old and new; how many are new; and when the last answer was given.
    pub fn finish(self) -> (HashSet<RowHash>, u64, Option<String>) {
        (self.now, self.new, self.since)
    }

    /// What cut the new rows short. Where a row was there before, `most` held back only what had been told
    /// already, or comes after it.
    pub fn cut(&self, answered: &Answered) -> Option<Cut> {
        answered.cut.filter(|cut| !matches!(cut, Cut::Most(_)) || self.new == answered.rows)
    }

    fn hash(&self, row: &Row<'_>) -> rusqlite::Result<RowHash> {
        let mut hasher = blake3::Hasher::new();
        for &at in &self.at {
            // A tag and a length a cell: what stands in two cells never looks like what stands in one.
            let (tag, bytes): (u8, &[u8]) = match row.get_ref(at)? {
                ValueRef::Null => (0, &[]),
                ValueRef::Integer(n) => (1, &n.to_le_bytes()),
                ValueRef::Real(n) => (2, &n.to_le_bytes()),
                ValueRef::Text(text) => (3, text),
                ValueRef::Blob(blob) => (4, blob),
            };
            hasher.update(&[tag]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        }
        let mut hash = RowHash::default();
        hasher.finalize_xof().fill(&mut hash);
        Ok(hash)
    }
}

impl Sink for Fresh<'_> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        let is_key = |column: &Column| self.key.is_empty() || self.key.contains(&column.name);
        self.at = (0..columns.len()).filter(|n| is_key(&columns[*n])).collect();
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let hash = self.hash(row).map_err(io::Error::other)?;
        self.now.insert(hash);
        if self.before.contains(&hash) {
            return Ok(());
        }
        if self.new == 0 {
            self.sink.columns(&self.columns)?;
        }
        self.new += 1;
        self.sink.row(row)
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        if self.new == 0 {
            return Ok(());
        }
        self.sink.end(&Answered { rows: self.new, cut: self.cut(answered) })
    }
}
