//! Utterances over the whole archive: which quotes are one, kept up to date as articles come and go.
//!
//! Triggers put every quote that changed, or whose speaker did, into a queue; [`Archive::settle_utterances`]
//! empties it. What comes out is a function of the quotes in the archive alone (the rule is told in
//! [`crate::resolve::utterances`]), so that neither the order of imports shows nor where one was cut short.
//! Only what a change can reach is looked at again.
//!
//! [`wordings`] gives each quote its wording, [`nodes`] holds the wordings at hand, [`groups`] finds each
//! one's fullest, [`rows`] writes what follows from that.

mod corrections;
mod groups;
mod nodes;
mod rows;
mod traces;
mod wordings;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{Archive, Error};
use crate::resolve::utterances::VERSION;
use groups::Groups;

/// Quotes settled in one transaction: the more, the fewer pages are written twice, and the more memory.
const BATCH: i64 = 16_000;

const SELECT_VERSION: &str = "SELECT version FROM utterance_rules";
const COUNT_QUEUE: &str = "SELECT count(*) FROM (SELECT 1 FROM utterance_queue LIMIT ?1)";

// Utterances keep their ids: only what leads to them is made anew.
const START_ANEW: &str = "
    DELETE FROM wording_traces;
    INSERT OR IGNORE INTO utterance_queue (quote_id) SELECT quote_id FROM quote_wordings;
    INSERT OR IGNORE INTO utterance_queue (quote_id)
    SELECT id FROM quotes WHERE kind IN ('direct', 'mixed', 'scare');
    UPDATE wordings SET hash = randomblob(16);
    DELETE FROM utterance_rules;";
const INSERT_VERSION: &str = "INSERT INTO utterance_rules (version) VALUES (?1)";

impl Archive {
    /// Brings the utterances up to date with the quotes; cheap when nothing changed.
    pub fn settle_utterances(&mut self) -> Result<(), Error> {
        settle_all(self.connection()).map_err(|source| self.error(source))
    }

    /// Settles when enough quotes wait for it.
    pub(super) fn settle_utterances_at_times(&mut self) -> Result<(), Error> {
        let waiting: i64 = self
            .connection()
            .prepare_cached(COUNT_QUEUE)
            .and_then(|mut statement| statement.query_row([BATCH], |row| row.get(0)))
            .map_err(|source| self.error(source))?;
        if waiting < BATCH { Ok(()) } else { self.settle_utterances() }
    }
}

/// Empties the queue.
pub(super) fn settle_all(connection: &Connection) -> rusqlite::Result<()> {
    begin_anew(connection)?;
    loop {
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let quotes = settle(&transaction)?;
        transaction.commit()?;
        if quotes < BATCH {
            return Ok(());
        }
    }
}

/// Where other rules made the utterances, all of them are to be looked at again.
fn begin_anew(connection: &Connection) -> rusqlite::Result<()> {
    let version: Option<i64> = connection.query_row(SELECT_VERSION, [], |row| row.get(0)).optional()?;
    if version == Some(VERSION) {
        return Ok(());
    }
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    transaction.execute_batch(START_ANEW)?;
    transaction.execute(INSERT_VERSION, [VERSION])?;
    transaction.commit()
}

fn settle(connection: &Connection) -> rusqlite::Result<i64> {
    let assigned = wordings::assign(connection, BATCH)?;
    if assigned.quotes == 0 {
        return Ok(0);
    }
    let mut groups = Groups::new(connection);
    groups.remove(&assigned.emptied, &assigned.successors)?;
    groups.add(&assigned.new)?;
    groups.redate(&assigned.redated)?;
    groups.settle()?;
    rows::write(connection, groups, &assigned)?;
    wordings::forget(connection, &assigned)?;
    Ok(assigned.quotes)
}
