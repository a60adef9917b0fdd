//! Import: files in, rows out, with all cores reading ahead of one writer.
//!
//! One thread walks, looks up what the archive knows (a hint, no more), and has batches of documents read
//! and their findings made on all cores. This thread writes them, one transaction a document, in the order
//! in which they were found, so that the same input gives the same rows on any number of cores. A bounded
//! channel lies between: memory depends on the size of a batch, never on the number of articles; the names
//! of the records of one file are held while it is read.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant, SystemTime};

use rusqlite::{ErrorCode, TransactionBehavior};

use super::ahead::{BATCH, Reader, Work, failed};
use super::run::{self, Counts, Problem};
use super::write::{self, Became, Incoming, Stop};
use super::{Archive, Error, ImportLock, corrections, records, vanished};
use crate::read::{Passed, Root};

/// Batches that may wait for the writer.
pub(super) const AHEAD: usize = 2;
/// Problems told of in the report; every one is a row of its run.
const TOLD: usize = 20;
/// Some file systems keep times of two seconds.
pub(super) const COARSEST_CLOCK: Duration = Duration::from_secs(2);

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

impl Report {
    pub(super) fn of(run: i64) -> Report {
        Report {
            run,
            counts: Counts::default(),
            passed_over: BTreeMap::new(),
            problems: Vec::new(),
            unfit_corrections: 0,
            took: Duration::ZERO,
        }
    }

    /// Counts a document that was not taken, and tells of it if it is one of the first.
    pub(super) fn tell(&mut self, problem: Problem) {
        self.counts.count_problem(&problem);
        if self.problems.len() < TOLD {
            self.problems.push(problem);
        }
    }
}

/// What an import may be told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// A folder without any document is taken at its word: everything that was in it is gone.
    pub empty_is_empty: bool,
    /// Once it is true, the import ends between two documents, as [`Error::Stopped`].
    pub stop: Option<&'static AtomicBool>,
}

/// Whether rows break a rule of the schema: that is the document's fault; all else is the archive's.
pub(super) fn is_at_fault(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

/// Imports everything under the roots. `progress` is told the counts after every document.
///
/// The lock is asked for, so that nobody forgets to take it.
pub fn import(
    archive: &mut Archive,
    _lock: &ImportLock,
    roots: &[Root],
    options: Options,
    progress: &mut dyn FnMut(&Counts),
) -> Result<Report, Error> {
    let began = Instant::now();
    let settled = SystemTime::now() - COARSEST_CLOCK;
    let path = archive.path().to_path_buf();
    let sql_error = |source| Error::sql(&path, source);
    let asked: Vec<&str> = roots.iter().map(|root| root.source.as_str()).collect();
    let run =
        run::start(archive.connection(), "import", jiff::Timestamp::now(), &asked).map_err(sql_error)?;
    let (stop, failed_in) = (options.stop, HashSet::new());
    let mut writer = Writer { archive, report: Report::of(run), stop, log_told: 0, failed_in };
    let (send, receive) = sync_channel(AHEAD);
    std::thread::scope(|scope| {
        let reader =
            scope.spawn(|| Reader::new(Archive::open_read_only(&path)?, settled, options, send)?.read(roots));
        let written = writer.drain(receive, progress);
        let read = reader.join().expect("a fault in a rule is caught at its document");
        written.and(read)
    })?;
    let mut report = writer.merge_versions()?;
    if corrections::catch_up(archive)? > 0 {
        archive.settle_utterances()?;
    }
    report.unfit_corrections = archive.unfit_corrections()?;
    run::finish(archive.connection(), run, jiff::Timestamp::now(), &report.counts).map_err(sql_error)?;
    report.took = began.elapsed();
    Ok(report)
}

pub(super) struct Writer<'a> {
    pub archive: &'a mut Archive,
    pub report: Report,
    stop: Option<&'static AtomicBool>,
    /// Bytes of the log when it was last looked after.
    log_told: u64,
    /// Files of records of which one could not be written.
    pub failed_in: HashSet<String>,
}

impl Writer<'_> {
    fn drain(
        &mut self,
        receive: Receiver<Vec<Work>>,
        progress: &mut dyn FnMut(&Counts),
    ) -> Result<(), Error> {
        for batch in receive {
            for work in batch {
                self.go_on()?;
                self.take(work)?;
                progress(&self.report.counts);
            }
            self.archive.settle_utterances_at_times()?;
            self.log_told = self.archive.bound_log(self.log_told);
        }
        Ok(())
    }

    /// Whether nobody wants it to end.
    pub fn go_on(&self) -> Result<(), Error> {
        let is_stopped = self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if is_stopped { Err(Error::Stopped) } else { Ok(()) }
    }

    fn take(&mut self, work: Work) -> Result<(), Error> {
        let counts = &mut self.report.counts;
        match work {
            Work::Unchanged(count) => {
                counts.found += count;
                counts.unchanged += count;
                Ok(())
            }
            Work::Returned(source) => self.returned(&source),
            Work::Vanished(sources) => self.vanished(&sources),
            Work::Passed(passed) => {
                counts.passed_over += 1;
                *self.report.passed_over.entry(passed).or_default() += 1;
                Ok(())
            }
            Work::Problem(problem) => self.problem(problem),
            Work::Overruled => {
                counts.count(Became::Duplicate);
                Ok(())
            }
            Work::FileRead(done) => self.file_read(&done),
            Work::FilesGone(files) => self.files_gone(&files),
            Work::Incoming(mut incoming) => self.incoming(&mut incoming),
        }
    }

    pub fn problem(&mut self, problem: Problem) -> Result<(), Error> {
        run::record(self.archive.connection(), self.report.run, &problem)
            .map_err(|source| self.archive.error(source))?;
        self.report.tell(problem);
        Ok(())
    }

    fn incoming(&mut self, incoming: &mut Incoming) -> Result<(), Error> {
        let run = self.report.run;
        let place = incoming.place.clone();
        let written = self.transaction(|transaction| match &place {
            Some(place) => records::write(transaction, run, incoming, place),
            None => write::write(transaction, run, incoming),
        });
        match written {
            Ok(written) => {
                self.report.counts.returned += u64::from(written.returned);
                self.report.counts.count(written.became);
                Ok(())
            }
            Err(Stop::Sql(source)) if !is_at_fault(&source) => Err(self.archive.error(source)),
            Err(stop) => {
                let mut problem = failed(&incoming.document.source, &stop);
                if let Some(place) = place {
                    problem.place = Some(format!("line {}", place.line));
                    problem.source.clone_from(&place.file);
                    self.failed_in.insert(place.file);
                }
                self.problem(problem)
            }
        }
    }

    fn returned(&mut self, source: &str) -> Result<(), Error> {
        let run = self.report.run;
        let returned = self
            .transaction(|transaction| vanished::unmark(transaction, run, source))
            .map_err(|source| self.archive.error(source))?;
        if returned {
            self.report.counts.count_returned();
        } else {
            self.report.counts.count(Became::Unchanged { reextracted: false });
        }
        Ok(())
    }

    fn vanished(&mut self, sources: &[String]) -> Result<(), Error> {
        let run = self.report.run;
        for sources in sources.chunks(BATCH) {
            let gone = self
                .transaction(|transaction| {
                    let mut gone = 0;
                    for source in sources {
                        gone += u64::from(vanished::mark(transaction, run, source)?);
                    }
                    Ok::<_, rusqlite::Error>(gone)
                })
                .map_err(|source| self.archive.error(source))?;
            self.report.counts.vanished += gone;
        }
        Ok(())
    }

    /// The last step: articles that lost their file to a newer version of themselves.
    fn merge_versions(mut self) -> Result<Report, Error> {
        let run = self.report.run;
        self.transaction(|transaction| vanished::merge_versions(transaction, run))
            .map_err(|source| self.archive.error(source))?;
        Ok(self.report)
    }

    /// Does a piece of work whole or not at all.
    pub fn transaction<T, E: From<rusqlite::Error>>(
        &mut self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction =
            self.archive.connection_mut().transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}
