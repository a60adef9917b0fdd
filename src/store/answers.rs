//! Answers that were handed out: what `query --new` tells new rows from.

use rusqlite::{Connection, TransactionBehavior};

use super::{Archive, Error};

/// What a row of an answer is known again by.
pub type RowHash = [u8; 16];

const LAST: &str = "SELECT id, answered_at FROM answers WHERE query = ?1 AND parameters = ?2";
const ROWS: &str = "SELECT hash FROM answered_rows WHERE answer_id = ?1";
const FORGET: &str = "DELETE FROM answers WHERE query = ?1 AND parameters = ?2";
const ANSWER: &str = "INSERT INTO answers (query, parameters, answered_at) VALUES (?1, ?2, ?3)";
const ROW: &str = "INSERT INTO answered_rows (answer_id, hash) VALUES (?1, ?2)";

/// The last answer to a question.
#[derive(Debug, Clone, Default)]
pub struct LastAnswer {
    /// When it was given, ISO 8601; `None` where there was none.
    pub answered_at: Option<String>,
    /// Its rows.
    pub rows: Vec<RowHash>,
}

/// The last answer of a saved query with these parameters, a JSON object.
pub fn last_answer(connection: &Connection, query: &str, parameters: &str) -> rusqlite::Result<LastAnswer> {
    let mut statement = connection.prepare(LAST)?;
    let mut found = statement.query([query, parameters])?;
    let Some(row) = found.next()? else { return Ok(LastAnswer::default()) };
    let (id, answered_at): (i64, String) = (row.get(0)?, row.get(1)?);
    let rows = connection.prepare(ROWS)?.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(LastAnswer { answered_at: Some(answered_at), rows })
}

impl Archive {
    /// Puts an answer in the place of the last one to the same question.
    ///
    /// It is one short transaction: SQLite's own lock is enough, and who asks need not wait until an import
    /// is done.
    pub fn remember_answer(
        &mut self,
        query: &str,
        parameters: &str,
        answered_at: &str,
        rows: impl IntoIterator<Item = RowHash>,
    ) -> Result<(), Error> {
        let write = |connection: &mut Connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute(FORGET, [query, parameters])?;
            transaction.execute(ANSWER, [query, parameters, answered_at])?;
            let id = transaction.last_insert_rowid();
            let mut insert = transaction.prepare(ROW)?;
            for hash in rows {
                insert.execute((id, hash))?;
            }
            drop(insert);
            transaction.commit()
        };
        write(self.connection_mut()).map_err(|source| self.error(source))
    }
}
