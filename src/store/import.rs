//! Import: files in, rows out, with all cores reading ahead of one writer.
//!
//! One thread walks, looks up what the archive knows (a hint, no more), and has batches of documents read
//! and their findings made on all cores. This thread writes them, one transaction a document, in the order
//! in which they were found, so that the same input gives the same rows on any number of cores. A bounded
//! channel lies between: memory depends on the size of a batch, never on the number of articles.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime};

use rayon::prelude::*;
use rusqlite::{ErrorCode, TransactionBehavior};

use super::run::{self, Counts, Problem};
use super::sources::{self, Known, Stamp};
use super::write::{self, Became, Incoming, Stop};
use super::{Archive, Error, ImportLock, corrections};
use crate::pipeline::EXTRACTOR_VERSION;
use crate::read::{self, Entry, Found, Passed, Reason, Refusal};

/// Documents in a batch: enough to keep every core busy.
const BATCH: usize = 128;
/// Bytes in a batch, so that large documents do not fill the memory.
const BATCH_BYTES: u64 = 8 << 20;
/// Batches that may wait for the writer.
const AHEAD: usize = 2;
/// Problems told of in the report; every one is a row of its run.
const TOLD: usize = 20;
/// Some file systems keep times of two seconds.
const COARSEST_CLOCK: Duration = Duration::from_secs(2);

/// What an import did.
#[derive(Debug, Clone)]
pub struct Report {
    /// The id of its row in `runs`.
    pub run: i64,
    /// What became of the documents.
    pub counts: Counts,
    /// Files that are no documents, by the reason.
    pub passed_over: BTreeMap<Passed, u64>,
    /// The first documents that were refused or failed; all are rows of `problems`.
    pub problems: Vec<Problem>,
    /// Corrections that fit nothing in the archive now.
    pub unfit_corrections: i64,
    /// How long it took.
    pub took: Duration,
}

/// Imports everything under the paths. `progress` is told the counts after every document.
///
/// The lock is asked for, so that nobody forgets to take it.
pub fn import(
    archive: &mut Archive,
    _lock: &ImportLock,
    paths: &[PathBuf],
    progress: &mut dyn FnMut(&Counts),
) -> Result<Report, Error> {
    let began = Instant::now();
    let settled = SystemTime::now() - COARSEST_CLOCK;
    let path = archive.path().to_path_buf();
    let sql_error = |source| Error::sql(&path, source);
    let run = run::start(archive.connection(), jiff::Timestamp::now(), paths, EXTRACTOR_VERSION)
        .map_err(sql_error)?;
    let mut writer = Writer {
        archive,
        report: Report {
            run,
            counts: Counts::default(),
            passed_over: BTreeMap::new(),
            problems: Vec::new(),
            unfit_corrections: 0,
            took: Duration::ZERO,
        },
    };
    let (send, receive) = sync_channel(AHEAD);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| Reader::open(&path, settled, send)?.read(paths));
        let written = writer.drain(receive, progress);
        let read = reader.join().expect("a fault in a rule is caught at its document");
        written.and(read)
    })?;
    let Writer { mut report, archive } = writer;
    if corrections::catch_up(archive)? > 0 {
        archive.settle_utterances()?;
    }
    report.unfit_corrections = archive.unfit_corrections()?;
    run::finish(archive.connection(), run, jiff::Timestamp::now(), &report.counts).map_err(sql_error)?;
    report.took = began.elapsed();
    Ok(report)
}

/// What the reading thread hands to the writer.
enum Work {
    /// By size and time the file that was read last.
    Unchanged,
    Incoming(Box<Incoming>),
    Problem(Problem),
    Passed(Passed),
}

/// A file on its way through a batch.
enum Pending {
    Done(Work),
    Load(Found, Option<Known>),
}

/// A file that was read, or is done with.
enum Loaded {
    Done(Work),
    Document(Box<Incoming>, Option<Known>),
}

struct Reader {
    archive: Archive,
    settled: SystemTime,
    send: SyncSender<Vec<Work>>,
    pending: Vec<Pending>,
    bytes: u64,
}

impl Reader {
    fn open(path: &Path, settled: SystemTime, send: SyncSender<Vec<Work>>) -> Result<Reader, Error> {
        let archive = Archive::open_read_only(path)?;
        Ok(Reader { archive, settled, send, pending: Vec::new(), bytes: 0 })
    }

    fn read(mut self, paths: &[PathBuf]) -> Result<(), Error> {
        for entry in read::walk(paths) {
            let pending = match entry {
                Entry::Found(found) => self.look_up(found)?,
                Entry::Refused(refusal) => Pending::Done(Work::Problem(problem(refusal))),
                Entry::Skipped(skipped) => Pending::Done(Work::Passed(skipped.passed)),
            };
            self.pending.push(pending);
            if (self.pending.len() >= BATCH || self.bytes >= BATCH_BYTES) && !self.hand_over()? {
                // The writer is gone, and will say why.
                return Ok(());
            }
        }
        self.hand_over()?;
        Ok(())
    }

    fn look_up(&mut self, found: Found) -> Result<Pending, Error> {
        let known = sources::known(self.archive.connection(), &found.source)
            .map_err(|source| self.archive.error(source))?;
        let stamp = Stamp::new(found.size, found.modified, self.settled);
        if known.as_ref().is_some_and(|k| k.is_same_file(&stamp) && k.extractor_version >= EXTRACTOR_VERSION)
        {
            return Ok(Pending::Done(Work::Unchanged));
        }
        self.bytes += found.size;
        Ok(Pending::Load(found, known))
    }

    /// Finishes the batch on all cores and hands it over; says whether anybody took it.
    fn hand_over(&mut self) -> Result<bool, Error> {
        let settled = self.settled;
        self.bytes = 0;
        let batch = std::mem::take(&mut self.pending);
        let batch: Vec<Loaded> = batch.into_par_iter().map(|pending| load(pending, settled)).collect();
        let wanted = self.wanted(&batch)?;
        let batch =
            batch.into_par_iter().zip(wanted).map(|(loaded, wanted)| finish(loaded, wanted)).collect();
        Ok(self.send.send(batch).is_ok())
    }

    /// Which documents of a batch will have to be read through, as far as one can tell before writing.
    fn wanted(&self, batch: &[Loaded]) -> Result<Vec<bool>, Error> {
        let mut seen = HashSet::new();
        let mut wanted = Vec::with_capacity(batch.len());
        for loaded in batch {
            wanted.push(match loaded {
                Loaded::Document(incoming, Some(known)) if known.hash == incoming.hash => {
                    known.extractor_version < EXTRACTOR_VERSION
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
    };
    match read::load(&found) {
        Ok(document) => {
            let hash = blake3::hash(&document.bytes).to_hex().to_string();
            let stamp = Stamp::new(found.size, found.modified, settled);
            Loaded::Document(
                Box::new(Incoming { document, hash, stamp, reading: None, outcomes: None }),
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
                match write::read_through(&incoming.document) {
                    Ok(reading) => incoming.reading = Some(reading),
                    Err(stop) => return Work::Problem(failed(&incoming.document.source, &stop)),
                }
            }
            Work::Incoming(incoming)
        }
    }
}

fn problem(refusal: Refusal) -> Problem {
    let place = match &refusal.reason {
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

fn failed(source: &str, stop: &Stop) -> Problem {
    Problem { source: source.to_owned(), outcome: "failed", place: None, reason: stop.to_string() }
}

struct Writer<'a> {
    archive: &'a mut Archive,
    report: Report,
}

impl Writer<'_> {
    fn drain(
        &mut self,
        receive: Receiver<Vec<Work>>,
        progress: &mut dyn FnMut(&Counts),
    ) -> Result<(), Error> {
        for batch in receive {
            for work in batch {
                self.take(work)?;
                progress(&self.report.counts);
            }
            self.archive.settle_utterances_at_times()?;
        }
        Ok(())
    }

    fn take(&mut self, work: Work) -> Result<(), Error> {
        let counts = &mut self.report.counts;
        match work {
            Work::Unchanged => {
                counts.found += 1;
                counts.unchanged += 1;
                Ok(())
            }
            Work::Passed(passed) => {
                counts.passed_over += 1;
                *self.report.passed_over.entry(passed).or_default() += 1;
                Ok(())
            }
            Work::Problem(problem) => self.problem(problem),
            Work::Incoming(mut incoming) => self.incoming(&mut incoming),
        }
    }

    fn problem(&mut self, problem: Problem) -> Result<(), Error> {
        let counts = &mut self.report.counts;
        counts.found += 1;
        if problem.outcome == "refused" {
            counts.refused += 1
        } else {
            counts.failed += 1
        }
        run::record(self.archive.connection(), self.report.run, &problem)
            .map_err(|source| self.archive.error(source))?;
        if self.report.problems.len() < TOLD {
            self.report.problems.push(problem);
        }
        Ok(())
    }

    fn incoming(&mut self, incoming: &mut Incoming) -> Result<(), Error> {
        let path = self.archive.path().to_path_buf();
        let sql_error = |source| Error::sql(&path, source);
        let transaction = self
            .archive
            .connection_mut()
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sql_error)?;
        match write::write(&transaction, self.report.run, incoming) {
            Ok(became) => {
                transaction.commit().map_err(sql_error)?;
                self.report.counts.found += 1;
                self.count(became);
                Ok(())
            }
            Err(stop) => {
                transaction.rollback().map_err(sql_error)?;
                match stop {
                    // Rows that break a rule of the schema are this document's fault; all else is the archive's.
                    Stop::Sql(source)
                        if source.sqlite_error_code() != Some(ErrorCode::ConstraintViolation) =>
                    {
                        Err(sql_error(source))
                    }
                    stop => self.problem(failed(&incoming.document.source, &stop)),
                }
            }
        }
    }

    fn count(&mut self, became: Became) {
        let counts = &mut self.report.counts;
        match became {
            Became::New => counts.new += 1,
            Became::Changed => counts.changed += 1,
            Became::Duplicate => counts.duplicate += 1,
            Became::Unchanged { reextracted } => {
                counts.unchanged += 1;
                counts.reextracted += u64::from(reextracted);
            }
        }
    }
}
