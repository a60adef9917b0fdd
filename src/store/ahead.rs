//! Reading ahead: the thread that walks, looks up what the archive knows (a hint, no more), and has batches
//! of documents read and their findings made on all cores.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::sync::mpsc::SyncSender;
use std::time::SystemTime;

use rayon::prelude::*;
use rusqlite::Connection;

use super::import::Options;
use super::run::Problem;
use super::shelf::{self, Shelf};
use super::sources::{self, Known, Stamp};
use super::write::{self, Incoming, Stop};
use super::{Archive, Error, records};
use crate::pipeline::EXTRACTOR_VERSION;
use crate::read::{self, Entry, Found, Passed, Reason, Refusal, Root};

/// Documents in a batch: enough to keep every core busy.
pub(super) const BATCH: usize = 128;
/// Bytes in a batch, so that large documents do not fill the memory.
const BATCH_BYTES: u64 = 8 << 20;

/// What the reading thread hands to the writer.
pub(super) enum Work {
    /// So many files that are, by size and time, those that were read last.
    Unchanged(u64),
    /// A file that did not change but had been gone.
    Returned(String),
    Incoming(Box<Incoming>),
    Problem(Problem),
    Passed(Passed),
    /// Sources that are not where they were.
    Vanished(Vec<String>),
    /// A record that a later line of the same file overrules.
    Overruled,
    FileRead(Box<records::Done>),
    /// Files of records that are not where they were.
    FilesGone(Vec<String>),
}

/// A document on its way through a batch.
pub(super) enum Pending {
    Done(Work),
    Load(Found, Option<Known>),
    Ready(Box<Incoming>, Option<Known>),
}

/// A file that was read, or is done with.
enum Loaded {
    Done(Work),
    Document(Box<Incoming>, Option<Known>),
}

/// A folder that is being walked beside what the archive knows of it.
pub(super) struct Walked {
    source: String,
    shelf: Shelf,
    /// The files of records in it.
    pub files: records::Files,
    /// Names that begin so cannot be told to be gone: the walk could not or would not look there.
    unseen: Option<String>,
    /// Whether it has any document: one without may be a disk that is not there.
    has_any: bool,
    gone: Vec<String>,
}

pub(super) struct Reader {
    archive: Archive,
    pub settled: SystemTime,
    options: Options,
    /// Whether older extractors read any article: only then is each file's asked for.
    pub any_outdated: bool,
    send: SyncSender<Vec<Work>>,
    pub pending: Vec<Pending>,
    pub bytes: u64,
    pub walked: Option<Walked>,
    /// The writer is gone, and will say why.
    is_over: bool,
    /// Whether the archive knows any file of records.
    any_record_files: bool,
}

impl Reader {
    pub fn new(
        archive: Archive,
        settled: SystemTime,
        options: Options,
        send: SyncSender<Vec<Work>>,
    ) -> Result<Reader, Error> {
        let any_outdated = sources::any_outdated(archive.connection(), EXTRACTOR_VERSION)
            .map_err(|source| archive.error(source))?;
        let any_record_files =
            records::any_file(archive.connection()).map_err(|source| archive.error(source))?;
        Ok(Reader {
            archive,
            settled,
            options,
            any_outdated,
            send,
            pending: Vec::new(),
            bytes: 0,
            walked: None,
            is_over: false,
            any_record_files,
        })
    }

    pub fn read(mut self, roots: &[Root]) -> Result<(), Error> {
        for entry in read::walk(roots) {
            self.meet(entry)?;
            if !self.hand_over_full()? {
                return Ok(());
            }
        }
        self.hand_over()
    }

    /// Hands a batch over once it is full; says whether anybody takes what comes.
    pub fn hand_over_full(&mut self) -> Result<bool, Error> {
        if self.pending.len() >= BATCH || self.bytes >= BATCH_BYTES {
            self.hand_over()?;
        }
        Ok(!self.is_over)
    }

    /// Whether nobody wants it to end.
    pub fn go_on(&self) -> Result<(), Error> {
        let is_stopped = self.options.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if is_stopped { Err(Error::Stopped) } else { Ok(()) }
    }

    /// Asks the archive.
    pub fn asked<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        ask(self.archive.connection()).map_err(|source| self.archive.error(source))
    }

    fn meet(&mut self, entry: Entry) -> Result<(), Error> {
        let work = match entry {
            Entry::Found(found) if found.records => return self.meet_records(found),
            Entry::Found(found) => return self.look_up(found),
            Entry::Refused(refusal) => {
                self.pass(&refusal.place)?;
                Work::Problem(problem(refusal))
            }
            Entry::Skipped(skipped) => {
                self.pass(&skipped.source)?;
                Work::Passed(skipped.passed)
            }
            Entry::Apart(source) => return self.pass(&source),
            Entry::Gone(source) => return self.gone(&source),
            Entry::Entered { source, prefix, is_part } => {
                let files = self.asked(|connection| records::Files::below(connection, &prefix))?;
                let (shelf, gone) = (Shelf::new(&prefix), Vec::new());
                self.walked = Some(Walked { source, shelf, files, unseen: None, has_any: is_part, gone });
                return Ok(());
            }
            Entry::Left => return self.leave(),
        };
        self.pending.push(Pending::Done(work));
        Ok(())
    }

    fn look_up(&mut self, found: Found) -> Result<(), Error> {
        if self.any_record_files {
            self.no_records(&found.source)?;
        }
        let connection = self.archive.connection();
        let error = |source| self.archive.error(source);
        let kept = match &mut self.walked {
            Some(walked) => walked.meet(connection, &found.source).map_err(error)?,
            // A file that is named itself.
            None => shelf::one(connection, &found.source).map_err(error)?,
        };
        let stamp = Stamp::new(found.size, found.modified, self.settled);
        // A walk that nobody configured says nothing against what a configuration said before.
        let is_told =
            |kept: &shelf::Kept| found.given.is_none() || found.given.as_deref() == kept.given.as_deref();
        if let Some(kept) = kept.filter(|kept| stamp.is_of(kept) && is_told(kept)) {
            let is_current = !self.any_outdated
                || sources::extractor_version(connection, &found.source).map_err(error)? >= EXTRACTOR_VERSION;
            if is_current {
                self.unchanged(kept.vanished.then_some(found.source));
                return Ok(());
            }
        }
        let known = sources::known(connection, &found.source).map_err(error)?;
        self.bytes += found.size;
        self.pending.push(Pending::Load(found, known));
        Ok(())
    }

    fn unchanged(&mut self, returned: Option<String>) {
        match returned {
            Some(source) => self.pending.push(Pending::Done(Work::Returned(source))),
            None => self.unchanged_many(1),
        }
    }

    /// So many documents that are those that were read last.
    pub fn unchanged_many(&mut self, many: u64) {
        if let Some(Pending::Done(Work::Unchanged(count))) = self.pending.last_mut() {
            *count += many;
        } else {
            self.pending.push(Pending::Done(Work::Unchanged(many)));
        }
    }

    /// A file of records in a folder: the walk is there.
    pub fn meet_file(&mut self, source: &str) -> Result<(), Error> {
        let connection = self.archive.connection();
        match &mut self.walked {
            Some(walked) => walked.meet_file(connection, source).map_err(|source| self.archive.error(source)),
            None => Ok(()),
        }
    }

    /// Something in a folder that is there, but is not read: it is not gone, nor is anything in it.
    fn pass(&mut self, source: &str) -> Result<(), Error> {
        let connection = self.archive.connection();
        match &mut self.walked {
            Some(walked) => walked.pass(connection, source).map_err(|source| self.archive.error(source)),
            None => Ok(()),
        }
    }

    /// A part of a folder that is not there: the document of that name is gone, and all below it.
    fn gone(&mut self, source: &str) -> Result<(), Error> {
        let connection = self.archive.connection();
        let gone = shelf::at_or_below(connection, source).map_err(|source| self.archive.error(source))?;
        if !gone.is_empty() {
            self.pending.push(Pending::Done(Work::Vanished(gone)));
        }
        let files = self.asked(|connection| records::at_or_below(connection, source))?;
        if !files.is_empty() {
            self.pending.push(Pending::Done(Work::FilesGone(files)));
        }
        Ok(())
    }

    /// The end of a folder: what the archive has of it and the walk did not meet is gone.
    fn leave(&mut self) -> Result<(), Error> {
        let Some(mut walked) = self.walked.take() else { return Ok(()) };
        walked.gone_before(self.archive.connection(), None).map_err(|source| self.archive.error(source))?;
        let records::Files { gone: files, done, .. } = walked.files;
        let had = walked.gone.len() + files.len();
        let is_empty = !walked.has_any && !self.options.empty_is_empty;
        let mut work: Vec<Work> = done.into_iter().map(|done| Work::FileRead(Box::new(done))).collect();
        match () {
            () if had == 0 => {}
            () if is_empty => work.push(Work::Problem(emptied(walked.source, had))),
            () => work.extend([Work::Vanished(walked.gone), Work::FilesGone(files)]),
        }
        self.pending.extend(work.into_iter().map(Pending::Done));
        Ok(())
    }

    /// Finishes the batch on all cores and hands it over, if anybody takes it.
    fn hand_over(&mut self) -> Result<(), Error> {
        let settled = self.settled;
        self.bytes = 0;
        let batch = std::mem::take(&mut self.pending);
        let batch: Vec<Loaded> = batch.into_par_iter().map(|pending| load(pending, settled)).collect();
        let wanted = self.wanted(&batch)?;
        let batch =
            batch.into_par_iter().zip(wanted).map(|(loaded, wanted)| finish(loaded, wanted)).collect();
        self.is_over = self.send.send(batch).is_err();
        Ok(())
    }

    /// Which documents of a batch will have to be read through, as far as one can tell before writing.
    fn wanted(&self, batch: &[Loaded]) -> Result<Vec<bool>, Error> {
        let mut seen = HashSet::new();
        let mut wanted = Vec::with_capacity(batch.len());
        for loaded in batch {
            wanted.push(match loaded {
                Loaded::Document(incoming, Some(known)) if known.hash == incoming.hash => {
                    known.extractor_version < EXTRACTOR_VERSION || known.given != incoming.given
                }
                Loaded::Document(incoming, _) => {
                    seen.insert(&incoming.hash)
                        && !sources::is_current(self.archive.connection(), &incoming.hash, EXTRACTOR_VERSION)
                            .map_err(|source| self.archive.error(source))?
                }
                Loaded::Done(_) => false,
            });
        }
        Ok(wanted)
    }
}

fn load(pending: Pending, settled: SystemTime) -> Loaded {
    let (found, known) = match pending {
        Pending::Load(found, known) => (found, known),
        Pending::Done(work) => return Loaded::Done(work),
        Pending::Ready(incoming, known) => return Loaded::Document(incoming, known),
    };
    match read::load(&found) {
        Ok(document) => {
            let hash = blake3::hash(&document.bytes).to_hex().to_string();
            let stamp = Stamp::new(found.size, found.modified, settled);
            let before = known.as_ref().and_then(|known| known.given.clone());
            let given = found.given.as_deref().map(str::to_owned).or(before);
            Loaded::Document(
                Box::new(Incoming {
                    document,
                    hash,
                    stamp,
                    given,
                    place: None,
                    reading: None,
                    outcomes: None,
                }),
                known,
            )
        }
        Err(refusal) => Loaded::Done(Work::Problem(problem(refusal))),
    }
}

fn finish(loaded: Loaded, wanted: bool) -> Work {
    match loaded {
        Loaded::Done(work) => work,
        Loaded::Document(mut incoming, _) => {
            if wanted {
                match write::read_through(&incoming.document, &incoming.given()) {
                    Ok(reading) => incoming.reading = Some(reading),
                    // The writer comes upon it as well, and knows the file that a record stands in.
                    Err(_) if incoming.place.is_some() => {}
                    Err(stop) => return Work::Problem(failed(&incoming.document.source, &stop)),
                }
            }
            Work::Incoming(incoming)
        }
    }
}

pub(super) fn problem(refusal: Refusal) -> Problem {
    let in_line = refusal.line.map(|line| format!("line {line}"));
    let place = match &refusal.reason {
        _ if in_line.is_some() => in_line,
        Reason::Binary { offset } => Some(format!("byte {offset}")),
        Reason::NotUtf8 { offset, line, .. } => Some(format!("byte {offset}, line {line}")),
        _ => None,
    };
    let outcome = match &refusal.reason {
        Reason::Unreadable(_) | Reason::Changed => "failed",
        _ => "refused",
    };
    Problem { source: refusal.place, outcome, place, reason: refusal.reason.to_string() }
}

/// A folder that had documents and has none: more likely a disk that is not there than an end of all.
fn emptied(source: String, had: usize) -> Problem {
    let reason = format!(
        "nothing to read in it, though the archive has {had} documents from it; is a disk not mounted? \
         Nothing was marked as gone; --allow-empty takes the folder at its word"
    );
    Problem { source, outcome: "failed", place: None, reason }
}

impl Walked {
    /// Sources that the archive has before this name, or to the end, and the walk did not meet.
    fn gone_before(&mut self, connection: &Connection, name: Option<&str>) -> rusqlite::Result<()> {
        while let Some(kept) = self.shelf.before(connection, name)? {
            let is_unseen = self.unseen.as_ref().is_some_and(|unseen| kept.source.starts_with(unseen));
            if !kept.vanished && !is_unseen {
                self.gone.push(kept.source);
            }
        }
        self.files.pass_to(name, self.unseen.as_deref());
        Ok(())
    }

    /// A document: what the archive knows of it.
    fn meet(&mut self, connection: &Connection, source: &str) -> rusqlite::Result<Option<shelf::Kept>> {
        self.has_any = true;
        self.gone_before(connection, Some(source))?;
        self.shelf.take(connection, source)
    }

    /// A file of records, which is looked up by itself.
    fn meet_file(&mut self, connection: &Connection, source: &str) -> rusqlite::Result<()> {
        self.has_any = true;
        self.gone_before(connection, Some(source))
    }

    fn pass(&mut self, connection: &Connection, source: &str) -> rusqlite::Result<()> {
        self.gone_before(connection, Some(source))?;
        self.shelf.take(connection, source)?;
        // If it is a folder, what lies in it comes before anything else the walk will meet.
        self.unseen =
            Some(if *source == self.source { self.shelf.prefix().to_owned() } else { format!("{source}/") });
        Ok(())
    }
}

pub(super) fn failed(source: &str, stop: &Stop) -> Problem {
    Problem { source: source.to_owned(), outcome: "failed", place: None, reason: stop.to_string() }
}
