//! Writing a record: as any document, unless a later file says otherwise; and what follows when a file has it no
//! more. The caller holds a transaction, and ends it according to the answer.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::super::sources::{self, Stamp};
use super::super::vanished;
use super::super::write::{self, Became, Incoming, Stop, Written};
use super::rows;
use crate::document::Given;

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Place {
    /// The source name of the file, and that of the root it was found in.
    pub file: String,
    pub root: String,
    /// The line, from 1.
    pub line: u64,
}

/// Writes a record that stands at `place`.
pub(in crate::store) fn write(
    connection: &Connection,
    run: i64,
    incoming: &mut Incoming,
    place: &Place,
) -> Result<Written, Stop> {
    let given = incoming.given.as_deref().unwrap_or("{}");
    let file = rows::keep_file(connection, (&place.file, &place.root), given, run)?;
    let standing = Standing::among(&rows::files_of(connection, &incoming.document.source)?, &place.file);
    let written = match standing.overruled() {
        Some(became) => Written { became, returned: false },
        None => {
            let written = write::write(connection, run, incoming)?;
            Written { became: standing.counted(written), ..written }
        }
    };
    let document = sources::keep(connection, &incoming.document, &incoming.hash, run)?;
    rows::put(connection, &incoming.document.source, (file, place.line), document)?;
    Ok(written)
}

/// What a record is to the files that hold it, before it is written.
pub(in crate::store) struct Standing {
    /// Whether it was in this file before.
    is_known: bool,
    /// Whether a later file has it, too.
    is_overruled: bool,
}

impl Standing {
    /// Of a record in `file` that stood in `files`.
    pub fn among(files: &BTreeSet<String>, file: &str) -> Standing {
        let is_overruled = files.last().is_some_and(|last| last.as_str() > file);
        Standing { is_known: files.contains(file), is_overruled }
    }

    /// What it counts as where a later file says what the record says now.
    pub fn overruled(&self) -> Option<Became> {
        let became = if self.is_known { Became::Unchanged { reextracted: false } } else { Became::Duplicate };
        self.is_overruled.then_some(became)
    }

    /// What it counts as once it is written: what another file said already is a duplicate in this one.
    pub fn counted(&self, written: Written) -> Became {
        match written.became {
            Became::Unchanged { reextracted: false } if !self.is_known && !written.returned => {
                Became::Duplicate
            }
            became => became,
        }
    }
}

/// A file has a record no more: what it says is what the last of the others says; without any, it is gone.
/// Says whether that is so.
pub(in crate::store) fn drop_from(
    connection: &Connection,
    run: i64,
    file: i64,
    source: &str,
) -> Result<bool, Stop> {
    rows::remove(connection, source, file)?;
    let Some(last) = rows::last(connection, source)? else {
        return Ok(vanished::mark(connection, run, source)?);
    };
    let known = sources::known(connection, source)?;
    let says_otherwise =
        |known: sources::Known| known.document != last.document || known.given.as_ref() != Some(&last.given);
    if known.is_some_and(says_otherwise) {
        let given = Given::from_json(Some(&last.given));
        let document = sources::kept(connection, last.document, source.to_owned(), &given)?;
        let place = Place { file: last.file, root: last.root, line: last.line };
        let mut incoming = Incoming::of_record(document, last.given, place);
        write::write(connection, run, &mut incoming)?;
    }
    Ok(false)
}

impl Incoming {
    /// A record on its way into the archive.
    pub fn of_record(document: crate::document::Document, given: String, place: Place) -> Incoming {
        Incoming {
            hash: blake3::hash(&document.bytes).to_hex().to_string(),
            stamp: Stamp { size: i64::try_from(document.bytes.len()).unwrap_or(i64::MAX), modified: None },
            document,
            given: Some(given),
            place: Some(place),
            reading: None,
            outcomes: None,
        }
    }
}
