//! What an import would do, found out without writing a byte.
//!
//! The same reading ahead as an import's, with a judge in the writer's place. It knows what the archive holds, and
//! keeps a [`Ledger`] of what the documents before would have changed in that: bytes that move from file to file
//! are judged in the same order as they are written.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::SystemTime;

use rusqlite::Connection;

use super::ahead::{Reader, Work, failed};
use super::articles::Sayings;
use super::changes::{Change, Facts, compare};
use super::import::{AHEAD, COARSEST_CLOCK, Options};
use super::ledger::{Held, Id, Ledger};
use super::run::{Counts, Problem};
use super::write::{self, Became, Incoming, Stop};
use super::{Archive, Error, corrections, records};
use crate::pipeline::Reading;
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
    let (ledger, files, preview) = (Ledger::new(), HashMap::new(), Preview::default());
    let mut judge = Judge { archive: open()?, ledger, files, preview };
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
    ledger: Ledger,
    /// Of records that this walk brought or missed, the files that have each.
    files: HashMap<String, BTreeSet<String>>,
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
            Work::Returned(source) => {
                if self.ledger.turn(self.archive.connection(), &source, false)? {
                    counts.count_returned();
                } else {
                    counts.count(Became::Unchanged { reextracted: false });
                }
            }
            Work::Passed(passed) => {
                counts.passed_over += 1;
                *self.preview.passed_over.entry(passed).or_default() += 1;
            }
            Work::Problem(problem) => {
                counts.count_problem(&problem);
                tell(&mut self.preview.problems, problem);
            }
            Work::Vanished(sources) => {
                for source in sources {
                    if self.ledger.turn(self.archive.connection(), &source, true)? {
                        counts.vanished += 1;
                        tell(&mut self.preview.vanished_sources, source);
                    }
                }
            }
            Work::Overruled => counts.count(Became::Duplicate),
            Work::FileRead(done) => {
                self.dropped(&done.file, done.gone)?;
            }
            Work::FilesGone(files) => {
                for file in files {
                    let connection = self.archive.connection();
                    let Some(kept) = records::file(connection, &file)? else { continue };
                    let all = records::records_of(connection, kept.id, |_| true)?;
                    self.dropped(&file, all)?;
                }
            }
            Work::Incoming(mut incoming) => match self.judge_placed(&mut incoming) {
                Ok(became) => self.preview.counts.count(became),
                Err(Stop::Sql(error)) => return Err(error),
                Err(stop @ Stop::Extractor(_)) => {
                    let problem = failed(&incoming.document.source, &stop);
                    self.preview.counts.count_problem(&problem);
                    tell(&mut self.preview.problems, problem);
                }
            },
        }
        Ok(())
    }

    /// The files that have a record, as far as this walk has come.
    fn files_of(&mut self, source: &str) -> rusqlite::Result<&mut BTreeSet<String>> {
        let connection = self.archive.connection();
        Ok(match self.files.entry(source.to_owned()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(records::files_of(connection, source)?),
        })
    }

    /// Records that a file has no more: those that no other file has would be gone.
    fn dropped(&mut self, file: &str, sources: Vec<String>) -> rusqlite::Result<()> {
        for source in sources {
            let files = self.files_of(&source)?;
            files.remove(file);
            if files.is_empty() && self.ledger.turn(self.archive.connection(), &source, true)? {
                self.preview.counts.vanished += 1;
                tell(&mut self.preview.vanished_sources, source);
            }
        }
        Ok(())
    }

    /// A document, or a record in a file that may not be the only one to have it.
    fn judge_placed(&mut self, incoming: &mut Incoming) -> Result<Became, Stop> {
        let Some(place) = incoming.place.clone() else { return self.judge(incoming) };
        let files = self.files_of(&incoming.document.source)?;
        let standing = records::Standing::among(files, &place.file);
        files.insert(place.file);
        if let Some(became) = standing.overruled() {
            return Ok(became);
        }
        let returned = self.preview.counts.returned;
        let became = self.judge(incoming)?;
        let returned = self.preview.counts.returned > returned;
        Ok(standing.counted(write::Written { became, returned }))
    }

    /// What would become of a document; as [`write::write`] does it.
    fn judge(&mut self, incoming: &mut Incoming) -> Result<Became, Stop> {
        let connection = self.archive.connection();
        let source = incoming.document.source.clone();
        if self.ledger.turn(connection, &source, false)? {
            self.preview.counts.returned += 1;
        }
        let Some(held) = self.ledger.source(connection, &source)? else {
            return self.unknown_source(source, incoming);
        };
        let before = self.ledger.standing(connection, held.article)?;
        if before.hash == incoming.hash {
            return self.same_bytes(&source, &held, before.is_outdated, incoming);
        }
        if let Some(current) = self.ledger.current(connection, &incoming.hash)? {
            self.ledger.hold(connection, &source, current, incoming.given.clone())?;
            self.ledger.left_by(connection, held.article, &source)?;
            let facts = self.facts(current)?;
            self.changing(held.article, source, facts.as_ref(), true)?;
            return Ok(Became::Changed);
        }
        let reading = reading(connection, incoming)?;
        let home = self.ledger.at_home(connection, &source)?;
        let (id, parted) = match home {
            Some(home) => (home, false),
            None => self.ledger.part(connection, &source, &held)?,
        };
        let says = Sayings::read(&reading.article);
        let is_same = self.ledger.revise(connection, id, incoming.hash.clone(), &says)? && !parted;
        self.ledger.hold(connection, &source, id, incoming.given.clone())?;
        if home.is_some() {
            self.ledger.left_by(connection, held.article, &source)?;
        }
        let was = home.unwrap_or(held.article);
        self.changing(was, source, Some(&Facts::read(&reading)), !is_same)?;
        Ok(if is_same { Became::Unchanged { reextracted: before.is_outdated } } else { Became::Changed })
    }

    fn unknown_source(&mut self, source: String, incoming: &mut Incoming) -> Result<Became, Stop> {
        let connection = self.archive.connection();
        let given = incoming.given.clone();
        if let Some(current) = self.ledger.current(connection, &incoming.hash)? {
            self.ledger.hold(connection, &source, current, given)?;
            if self.ledger.standing(connection, current)?.is_outdated {
                let says = Sayings::read(&reading(connection, incoming)?.article);
                self.ledger.revise(connection, current, incoming.hash.clone(), &says)?;
            }
            return Ok(Became::Duplicate);
        }
        let says = Sayings::read(&reading(connection, incoming)?.article);
        let id = self.ledger.add(incoming.hash.clone(), &says);
        self.ledger.hold(connection, &source, id, given)?;
        tell(&mut self.preview.new_sources, source);
        Ok(Became::New)
    }

    fn same_bytes(
        &mut self,
        source: &str,
        held: &Held,
        reextracted: bool,
        incoming: &mut Incoming,
    ) -> Result<Became, Stop> {
        let connection = self.archive.connection();
        let is_told_otherwise = held.given != incoming.given;
        self.ledger.hold(connection, source, held.article, incoming.given.clone())?;
        let is_revised = is_told_otherwise && self.ledger.names(connection, held.article, source)?;
        if !is_revised && !reextracted {
            return Ok(Became::Unchanged { reextracted });
        }
        let reading = reading(connection, incoming)?;
        let says = Sayings::read(&reading.article);
        let is_same = self.ledger.revise(connection, held.article, incoming.hash.clone(), &says)?;
        let is_changed = is_revised && !is_same;
        self.changing(held.article, source.to_owned(), Some(&Facts::read(&reading)), is_changed)?;
        Ok(if is_changed { Became::Changed } else { Became::Unchanged { reextracted } })
    }

    /// The facts of an article that has a row.
    fn facts(&self, article: Id) -> rusqlite::Result<Option<Facts>> {
        if article < 0 { Ok(None) } else { Facts::stored(self.archive.connection(), article).map(Some) }
    }

    /// Tells of an article that would change, or be read otherwise.
    fn changing(
        &mut self,
        article: Id,
        source: String,
        after: Option<&Facts>,
        is_changed: bool,
    ) -> rusqlite::Result<()> {
        if self.preview.changes.len() >= TOLD {
            return Ok(());
        }
        let Some(before) = self.facts(article)? else { return Ok(()) };
        let facts = after.map(|after| compare(&before, after)).unwrap_or_default();
        if is_changed || !facts.is_empty() {
            self.preview.changes.push(Changing { source, article, facts });
        }
        Ok(())
    }
}

/// What a document says, corrected as people did.
fn reading(connection: &Connection, incoming: &mut Incoming) -> Result<Reading, Stop> {
    let mut reading = match incoming.reading.take() {
        Some(reading) => reading,
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
