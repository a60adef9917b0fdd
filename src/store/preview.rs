//! What an import would do, found out without writing a byte.
//!
//! The same reading ahead as an import's, with a judge in the writer's place. It knows what the archive holds
//! and what this walk has met so far; what depends on the order of several changes at once (bytes that move
//! from file to file) is judged as if each were the only one.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::SystemTime;

use rusqlite::Connection;

use super::ahead::{Reader, Work, failed};
use super::articles::Sayings;
use super::changes::{Change, Facts, compare};
use super::import::{AHEAD, COARSEST_CLOCK, Options};
use super::run::{Counts, Problem};
use super::sources::{self, Known};
use super::write::{self, Became, Incoming, Stop};
use super::{Archive, Error, corrections, records};
use crate::pipeline::{EXTRACTOR_VERSION, Reading};
use crate::read::{Passed, Root};

/// Documents told of by name in each list; all are counted.
const TOLD: usize = 20;

/// What an import would do.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Preview {
    /// What would become of the documents.
    #[serde(flatten)]
    pub counts: Counts,
    /// Files that are no documents, by the reason.
    #[serde(skip)]
    pub passed_over: BTreeMap<Passed, u64>,
    /// The first sources that would be new articles.
    pub new_sources: Vec<String>,
    /// The first articles that would change, with the facts.
    pub changes: Vec<Changing>,
    /// The first sources that would be marked as gone.
    pub vanished_sources: Vec<String>,
    /// The first documents that would be refused or fail.
    pub problems: Vec<Problem>,
}

/// An article that would change.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Changing {
    /// The source that changed.
    pub source: String,
    /// Its article.
    pub article: i64,
    /// What would change in it.
    pub facts: Vec<Change>,
}

/// Finds out what importing the roots into the archive at `path` would do; it need not be there.
pub fn preview(
    path: &Path,
    roots: &[Root],
    options: Options,
    progress: &mut dyn FnMut(&Counts),
) -> Result<Preview, Error> {
    let open = || if path.exists() { Archive::open_read_only(path) } else { Archive::empty(path) };
    let settled = SystemTime::now() - COARSEST_CLOCK;
    let mut judge = Judge { archive: open()?, seen: HashSet::new(), preview: Preview::default() };
    let (send, receive) = sync_channel(AHEAD);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| Reader::new(open()?, settled, options, send)?.read(roots));
        let judged = (|| {
            for work in receive.into_iter().flatten() {
                judge.take(work).map_err(|source| judge.archive.error(source))?;
                progress(&judge.preview.counts);
            }
            Ok(())
        })();
        let read = reader.join().expect("a fault in a rule is caught at its document");
        judged.and(read)
    })?;
    Ok(judge.preview)
}

struct Judge {
    archive: Archive,
    /// Bytes that this walk brought, by the first half of their hash.
    seen: HashSet<String>,
    preview: Preview,
}

impl Judge {
    fn take(&mut self, work: Work) -> rusqlite::Result<()> {
        let counts = &mut self.preview.counts;
        match work {
            Work::Unchanged(count) => {
                counts.found += count;
                counts.unchanged += count;
            }
            Work::Returned(_) => counts.count_returned(),
            Work::Passed(passed) => {
                counts.passed_over += 1;
                *self.preview.passed_over.entry(passed).or_default() += 1;
            }
            Work::Problem(problem) => {
                counts.count_problem(&problem);
                tell(&mut self.preview.problems, problem);
            }
            Work::Vanished(sources) => {
                counts.vanished += sources.len() as u64;
                for source in sources {
                    tell(&mut self.preview.vanished_sources, source);
                }
            }
            Work::Overruled => counts.count(Became::Duplicate),
            Work::FileRead(done) => {
                if let Some(kept) = records::file(self.archive.connection(), &done.file)? {
                    self.dropped(kept.id, done.gone)?;
                }
            }
            Work::FilesGone(files) => {
                for file in files {
                    let connection = self.archive.connection();
                    let Some(kept) = records::file(connection, &file)? else { continue };
                    let all = records::records_of(connection, kept.id, |_| true)?;
                    self.dropped(kept.id, all)?;
                }
            }
            Work::Incoming(incoming) => match self.judge_placed(*incoming) {
                Ok(became) => self.preview.counts.count(became),
                Err(Stop::Sql(error)) => return Err(error),
                Err(stop @ Stop::Extractor(_)) => {
                    let problem = failed("an article", &stop);
                    self.preview.counts.count_problem(&problem);
                    tell(&mut self.preview.problems, problem);
                }
            },
        }
        Ok(())
    }

    /// Records that a file has no more: those that no other file has would be gone.
    fn dropped(&mut self, file: i64, sources: Vec<String>) -> rusqlite::Result<()> {
        for source in sources {
            if !records::is_elsewhere(self.archive.connection(), &source, file)? {
                self.preview.counts.vanished += 1;
                tell(&mut self.preview.vanished_sources, source);
            }
        }
        Ok(())
    }

    /// A document, or a record in a file that may not be the only one to have it.
    fn judge_placed(&mut self, incoming: Incoming) -> Result<Became, Stop> {
        let Some(place) = &incoming.place else { return self.judge(incoming) };
        let standing = records::Standing::of(self.archive.connection(), &incoming, place)?;
        if let Some(became) = standing.overruled() {
            return Ok(became);
        }
        let became = self.judge(incoming)?;
        Ok(standing.counted(write::Written { became, returned: false }))
    }

    fn judge(&mut self, incoming: Incoming) -> Result<Became, Stop> {
        let connection = self.archive.connection();
        let Some(known) = sources::known(connection, &incoming.document.source)? else {
            let is_new = sources::current(connection, &incoming.hash)?.is_none();
            return Ok(if self.seen.insert(incoming.hash) && is_new {
                tell(&mut self.preview.new_sources, incoming.document.source);
                Became::New
            } else {
                Became::Duplicate
            });
        };
        if known.hash == incoming.hash {
            let reextracted = known.extractor_version < EXTRACTOR_VERSION;
            if reextracted || known.given != incoming.given {
                let reading = reading(connection, &incoming)?;
                self.changing(&known, incoming.document.source, &Facts::read(&reading))?;
            }
            return Ok(Became::Unchanged { reextracted });
        }
        if let Some(current) = sources::current(connection, &incoming.hash)? {
            let facts = Facts::stored(connection, current.article)?;
            self.changing(&known, incoming.document.source, &facts)?;
            return Ok(Became::Changed);
        }
        let reading = reading(connection, &incoming)?;
        self.seen.insert(incoming.hash);
        if Sayings::read(&reading.article) == Sayings::stored(connection, known.article)? {
            return Ok(Became::Unchanged { reextracted: false });
        }
        self.changing(&known, incoming.document.source, &Facts::read(&reading))?;
        Ok(Became::Changed)
    }

    fn changing(&mut self, known: &Known, source: String, after: &Facts) -> rusqlite::Result<()> {
        if self.preview.changes.len() < TOLD {
            let connection: &Connection = self.archive.connection();
            let facts = compare(&Facts::stored(connection, known.article)?, after);
            if !facts.is_empty() {
                self.preview.changes.push(Changing { source, article: known.article, facts });
            }
        }
        Ok(())
    }
}

/// What a document says, corrected as people did.
fn reading(connection: &Connection, incoming: &Incoming) -> Result<Reading, Stop> {
    let mut reading = match &incoming.reading {
        Some(reading) => reading.clone(),
        None => write::read_through(&incoming.document, &incoming.given())?,
    };
    corrections::apply(connection, &incoming.document.source, &mut reading)?;
    Ok(reading)
}

fn tell<T>(list: &mut Vec<T>, item: T) {
    if list.len() < TOLD {
        list.push(item);
    }
}
