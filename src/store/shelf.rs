//! What the archive knows of the sources in one folder, in the order in which the folder is walked.
//!
//! Walk and archive go side by side, both in the order of names: that tells for every file whether it
//! changed, and for every source whether it is gone, without a question for each, and without holding more
//! than a page of names. Pages are read one by one, so that no snapshot is held while documents are read.

use std::collections::VecDeque;

use rusqlite::{Connection, OptionalExtension, Row};

use super::{Archive, Error, records};

/// Sources read at a time.
const PAGE: i64 = 1024;

const SELECT_PAGE: &str = "
    SELECT source, size, modified, vanished_run_id IS NOT NULL, given
    FROM sources
    WHERE source > ?1 AND (?2 = '' OR source < ?2)
      -- What stands in a file of records is looked for there.
      AND NOT EXISTS (SELECT 1 FROM records r WHERE r.source = sources.source)
    ORDER BY source
    LIMIT ?3";

const SELECT_ONE: &str = "
    SELECT source, size, modified, vanished_run_id IS NOT NULL, given FROM sources WHERE source = ?1";

/// A source as it was read last.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub source: String,
    pub size: Option<i64>,
    pub modified: Option<String>,
    pub vanished: bool,
    pub given: Option<String>,
}

/// The sources of one folder that are still to come.
#[derive(Debug)]
pub(super) struct Shelf {
    prefix: String,
    /// The first name behind all of the folder's; empty where there is none.
    end: String,
    page: VecDeque<Kept>,
    last: String,
    is_read: bool,
}

impl Shelf {
    pub fn new(prefix: &str) -> Shelf {
        // The character after the slash comes after every name in the folder.
        let end = prefix.strip_suffix('/').map(|name| format!("{name}0")).unwrap_or_default();
        Shelf {
            prefix: prefix.to_owned(),
            end,
            page: VecDeque::new(),
            last: prefix.to_owned(),
            is_read: false,
        }
    }

    /// What the names of all begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The next source, if its name comes before `name`; any, when there is no name.
    pub fn before(&mut self, connection: &Connection, name: Option<&str>) -> rusqlite::Result<Option<Kept>> {
        self.fill(connection)?;
        let comes = self.page.front().is_some_and(|kept| name.is_none_or(|name| kept.source.as_str() < name));
        Ok(if comes { self.page.pop_front() } else { None })
    }

    /// The source of this name, if it is the next.
    pub fn take(&mut self, connection: &Connection, name: &str) -> rusqlite::Result<Option<Kept>> {
        self.fill(connection)?;
        let is_next = self.page.front().is_some_and(|kept| kept.source == name);
        Ok(if is_next { self.page.pop_front() } else { None })
    }

    fn fill(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        while self.page.is_empty() && !self.is_read {
            let mut statement = connection.prepare_cached(SELECT_PAGE)?;
            let rows = statement.query_map((&self.last, &self.end, PAGE), kept)?;
            let mut count = 0;
            for row in rows {
                let kept = row?;
                count += 1;
                self.last.clone_from(&kept.source);
                if self.is_under(&kept.source) {
                    self.page.push_back(kept);
                }
            }
            self.is_read = count < PAGE;
        }
        Ok(())
    }

    /// Whether a source lies in the folder: names in "." begin with anything but what leads out of it.
    fn is_under(&self, source: &str) -> bool {
        let Some(rest) = source.strip_prefix(&self.prefix) else { return false };
        rest != ".." && !rest.starts_with("../") && !(self.prefix.is_empty() && rest.starts_with('/'))
    }
}

/// One source that the archive may know.
pub(super) fn one(connection: &Connection, source: &str) -> rusqlite::Result<Option<Kept>> {
    connection.prepare_cached(SELECT_ONE)?.query_row([source], kept).optional()
}

impl Archive {
    /// Whether the archive has a document of this source name, or below it, that was there last.
    pub fn has_source(&self, source: &str) -> Result<bool, Error> {
        let has = || {
            let connection = self.connection();
            Ok(!at_or_below(connection, source)?.is_empty()
                || !records::at_or_below(connection, source)?.is_empty())
        };
        has().map_err(|source| self.error(source))
    }
}

/// The sources of this name, or in a folder of this name, that were there when they were last looked for.
pub(super) fn at_or_below(connection: &Connection, source: &str) -> rusqlite::Result<Vec<String>> {
    let mut found: Vec<Kept> = one(connection, source)?.into_iter().collect();
    let mut shelf = Shelf::new(&format!("{source}/"));
    while let Some(kept) = shelf.before(connection, None)? {
        found.push(kept);
    }
    Ok(found.into_iter().filter(|kept| !kept.vanished).map(|kept| kept.source).collect())
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        source: row.get(0)?,
        size: row.get(1)?,
        modified: row.get(2)?,
        vanished: row.get(3)?,
        given: row.get(4)?,
    })
}
