//! The promises about work that is put off: what waits for the next import is no fault, what was forgotten is.
//!
//! Something waits while an import is going on, after one that was killed, and in a backup taken meanwhile.

use rusqlite::Connection;

use super::{Promise, Verdict};

/// The name of the promise about articles that wait to be corrected.
pub(super) const CORRECTIONS: &str = "corrections done";

/// A promise with the statement that counts what waits.
pub(super) struct Waiting {
    pub promise: Promise,
    pending: &'static str,
}

impl Waiting {
    pub fn verify(&self, connection: &Connection) -> rusqlite::Result<Verdict> {
        let mut verdict = self.promise.verify(connection)?;
        verdict.pending = connection.query_row(self.pending, [], |row| row.get(0))?;
        Ok(verdict)
    }
}

pub(super) const WAITING: &[Waiting] = &[
    Waiting {
        promise: Promise {
            name: "utterance queue",
            promise: "every quote's utterance is up to date, or is about to be",
            rows: "SELECT count(*) FROM quotes",
            broken: "
                SELECT 'quotes ' || m.quote_id || ' is gone from its utterance, which was not told'
                FROM quote_wordings m
                LEFT JOIN quotes q ON q.id = m.quote_id AND q.kind IN ('direct', 'mixed', 'scare')
                WHERE q.id IS NULL AND m.quote_id NOT IN (SELECT quote_id FROM utterance_queue)",
        },
        pending: "SELECT count(*) FROM utterance_queue",
    },
    Waiting {
        promise: Promise {
            name: CORRECTIONS,
            promise: "no article with a correction of its own was passed over",
            rows: "SELECT count(*) FROM corrections WHERE retired_at IS NULL",
            broken: "
                SELECT 'corrections ' || c.id || ' in articles ' || s.article_id
                FROM corrections c
                JOIN sources s ON s.source = c.source
                WHERE c.retired_at IS NULL
                    AND NOT EXISTS (
                        SELECT 1 FROM applied_corrections p
                        WHERE p.correction_id = c.id AND p.article_id = s.article_id)
                    AND s.article_id NOT IN (SELECT article_id FROM pending_corrections)",
        },
        pending: "SELECT count(*) FROM pending_corrections",
    },
];
