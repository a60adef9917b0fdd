//! The corrections of an archive, and where each stands.

use rusqlite::OptionalExtension;

use super::{Answered, Error, Given, Limits, Reader, Sink};

const LIST: &str = "
    SELECT id, state, subject, source, anchor, occurrence, field, value, author, made_at, articles, reason, note
    FROM corrections_full
    WHERE :state = '' OR state = :state
    ORDER BY made_at, id";

// As they are exported: without row ids, which another archive does not share.
const EXPORT: &str = "
    SELECT f.subject, f.source, f.anchor, f.occurrence, c.context, f.field, f.value, f.note, f.author, f.made_at,
           f.retired_at, f.state, f.reason
    FROM corrections_full f
    JOIN corrections c ON c.id = f.id
    ORDER BY f.made_at, f.id";

/// Where a correction stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// "applied", "overruled", "unfit" or "retired".
    pub state: String,
    /// Articles in which it holds.
    pub articles: i64,
    /// Why it does not hold.
    pub reason: Option<String>,
    /// It in words: "quote 'We are late' in a.txt: speaker → Ada Kowal".
    pub told: String,
}

const STANDING: &str = "
    SELECT state, articles, reason,
           subject || ' ''' || anchor || '''' || coalesce(' in ' || source, '') || ': ' || field
               || coalesce(' → ' || value, '')
    FROM corrections_full WHERE id = ?1";

impl Reader {
    /// Corrections, the latest last; of one state, or all where it is empty.
    pub fn corrections(&self, state: &str, sink: &mut dyn Sink) -> Result<Answered, Error> {
        let given = [Given { name: "state".to_owned(), word: state.to_owned() }];
        self.answer(LIST, &[], &given, Limits::default(), sink)
    }

    /// Corrections as they are taken to a spreadsheet.
    pub fn export_corrections(&self, sink: &mut dyn Sink) -> Result<Answered, Error> {
        self.answer(EXPORT, &[], &[], Limits::default(), sink)
    }

    /// Where a correction stands.
    pub fn standing(&self, id: i64) -> Result<Option<Standing>, Error> {
        let standing = self.connection().query_row(STANDING, [id], |row| {
            Ok(Standing { state: row.get(0)?, articles: row.get(1)?, reason: row.get(2)?, told: row.get(3)? })
        });
        Ok(standing.optional()?)
    }
}
