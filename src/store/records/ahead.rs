//! Reading ahead in files of records: passed over whole by size and time, or line by line.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use rusqlite::Connection;

use super::super::Error;
use super::super::ahead::{Pending, Reader, Work, problem};
use super::super::sources::{self, Stamp};
use super::super::write::Incoming;
use super::rows::{self, File};
use super::write::Place;
use crate::document::Given;
use crate::pipeline::EXTRACTOR_VERSION;
use crate::read::{Found, Line, Reason, Records, Refusal};

/// A file of records that was read to its end.
#[derive(Debug)]
pub(in crate::store) struct Done {
    pub file: String,
    pub root: String,
    pub given: String,
    pub stamp: Stamp,
    /// Records in it.
    pub found: u64,
    /// Records that it had and has no more.
    pub gone: Vec<String>,
}

/// The files of records that the archive knows in a folder, beside the walk of it.
#[derive(Debug, Default)]
pub(in crate::store) struct Files {
    expected: VecDeque<String>,
    /// Those that the walk did not meet.
    pub gone: Vec<String>,
    /// Those that lost records: whether these are gone is known once the folder's other files are read.
    pub done: Vec<Done>,
}

impl Files {
    /// Those below a folder whose names begin with `prefix`.
    pub fn below(connection: &Connection, prefix: &str) -> rusqlite::Result<Files> {
        Ok(Files { expected: rows::below(connection, prefix)?.into(), ..Files::default() })
    }

    /// The walk is at this name, or at the end: what should have come before it is gone, unless the walk did not
    /// look there.
    pub fn pass_to(&mut self, name: Option<&str>, unseen: Option<&str>) {
        while self.expected.front().is_some_and(|file| name.is_none_or(|name| file.as_str() < name)) {
            let file = self.expected.pop_front().unwrap_or_default();
            if !unseen.is_some_and(|unseen| file.starts_with(unseen)) {
                self.gone.push(file);
            }
        }
        if self.expected.front().is_some_and(|file| Some(file.as_str()) == name) {
            self.expected.pop_front();
        }
    }
}

/// A file on its way, and what the archive knows of it.
struct Reading {
    file: Found,
    given: String,
    kept: Option<File>,
    /// Which line holds each record.
    index: HashMap<String, u64>,
}

impl Reader {
    /// A file of records that the walk met.
    pub(in crate::store) fn meet_records(&mut self, mut found: Found) -> Result<(), Error> {
        self.meet_file(&found.source)?;
        let stamp = Stamp::new(found.size, found.modified, self.settled);
        let kept = self.asked(|connection| rows::file(connection, &found.source))?;
        let before = kept.as_ref().map(|kept| kept.given.clone());
        // A walk that nobody configured says nothing against what a configuration said before.
        if let Some(kept) = kept.as_ref().filter(|_| found.given.is_none()) {
            found.root = kept.root.as_str().into();
        }
        let mut given = Given::from_json(found.given.as_deref().or(before.as_deref()));
        let fields = Arc::new(given.fields.get_or_insert_default().clone());
        let given = given.to_json();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_of(&stamp) && kept.given == given) {
            let is_outdated = self.any_outdated
                && self.asked(|connection| kept.has_outdated(connection, EXTRACTOR_VERSION))?;
            if !is_outdated {
                self.unchanged_many(kept.found);
                return Ok(());
            }
        }
        let opened = Records::open(&found, &fields).and_then(|mut records| {
            let index = records.index(&mut || self.go_on().is_ok())?;
            Ok((index, records))
        });
        self.go_on()?;
        match opened {
            Ok((index, records)) => {
                self.read_records(records, Reading { file: found, given, kept, index }, stamp)
            }
            Err(refusal) => {
                self.pending.push(Pending::Done(Work::Problem(problem(refusal))));
                Ok(())
            }
        }
    }

    /// A file that holds a document: if it held records, they are gone.
    pub(in crate::store) fn no_records(&mut self, file: &str) -> Result<(), Error> {
        if self.asked(|connection| rows::file(connection, file))?.is_some() {
            self.pending.push(Pending::Done(Work::FilesGone(vec![file.to_owned()])));
        }
        Ok(())
    }

    fn read_records(&mut self, mut records: Records, reading: Reading, stamp: Stamp) -> Result<(), Error> {
        let (mut count, mut is_whole) = (0, true);
        for line in records.by_ref() {
            self.go_on()?;
            count += 1;
            match line {
                Err(refusal) => {
                    is_whole = false;
                    self.pending.push(Pending::Done(Work::Problem(problem(refusal))));
                }
                // Of several lines about one record the last holds.
                Ok(line)
                    if reading.index.get(&line.document.source).is_some_and(|last| *last > line.number) =>
                {
                    self.pending.push(Pending::Done(Work::Overruled));
                }
                Ok(line) => self.meet_record(line, &reading)?,
            }
            if !self.hand_over_full()? {
                return Ok(());
            }
        }
        let refused = match () {
            () if records.has_changed() => Some(Reason::Changed),
            () if count == 0 => Some(Reason::Empty),
            () => None,
        };
        if let Some(reason) = refused {
            let refusal = Refusal { place: reading.file.source, line: None, reason };
            self.pending.push(Pending::Done(Work::Problem(problem(refusal))));
        } else if is_whole {
            self.end_records(reading, stamp, count)?;
        }
        Ok(())
    }

    /// A file was read to its end, and every line of it: what it had and has no more is known.
    fn end_records(&mut self, reading: Reading, stamp: Stamp, found: u64) -> Result<(), Error> {
        let Reading { file, given, kept, index } = reading;
        let gone = match kept {
            Some(kept) => self.asked(|connection| {
                rows::records_of(connection, kept.id, |source| !index.contains_key(source))
            })?,
            None => Vec::new(),
        };
        let done = Done { file: file.source, root: file.root.to_string(), given, stamp, found, gone };
        match &mut self.walked {
            Some(walked) if !done.gone.is_empty() => walked.files.done.push(done),
            _ => self.pending.push(Pending::Done(Work::FileRead(Box::new(done)))),
        }
        Ok(())
    }

    fn meet_record(&mut self, line: Line, reading: &Reading) -> Result<(), Error> {
        let Line { document, number } = line;
        let (file, root) = (reading.file.source.clone(), reading.file.root.to_string());
        let place = Place { file, root, line: number };
        let incoming = Incoming::of_record(document, reading.given.clone(), place);
        let source = &incoming.document.source;
        if let Some(kept) = reading.kept.as_ref().filter(|kept| kept.given == reading.given) {
            let row = self.asked(|connection| kept.row(connection, source))?;
            let is_same = row.is_some_and(|(hash, at)| hash == incoming.hash && at == number);
            let is_current = !self.any_outdated
                || is_same
                    && self.asked(|connection| sources::extractor_version(connection, source))?
                        >= EXTRACTOR_VERSION;
            if is_same && is_current {
                self.unchanged_many(1);
                return Ok(());
            }
        }
        let known = self.asked(|connection| sources::known(connection, source))?;
        self.bytes += incoming.document.bytes.len() as u64;
        self.pending.push(Pending::Ready(Box::new(incoming), known));
        Ok(())
    }
}
