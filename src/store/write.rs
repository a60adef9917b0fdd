//! Writing one document: what it is to the archive, and the rows that follow from that.
//!
//! A source (a path) is known by its name, a document by its bytes. The same bytes under another name are
//! a duplicate: one article, however many sources. Other bytes under a known name are the article's next
//! revision, unless text and metadata came out the same: a new share button is no change of the article. Where
//! other sources still hold the bytes it had, it parts from them whatever it says, for other bytes are another
//! article, as they would be to a first import; that is told as a change, because there is an article more.

use rusqlite::Connection;

use super::changes::{self, Facts};
use super::records::Place;
use super::sources::{self, Holding, Known, Stamp};
use super::{articles, corrections, findings, revisions, vanished};
use crate::correct::Outcome;
use crate::document::{Document, Given};
use crate::pipeline::{self, EXTRACTOR_VERSION, Reading};

/// A document on its way into the archive.
#[derive(Debug)]
pub(super) struct Incoming {
    pub document: Document,
    pub hash: String,
    pub stamp: Stamp,
    /// What a configuration says of its source, as JSON.
    pub given: Option<String>,
    /// Where it stands in a file of records, if it does.
    pub place: Option<Place>,
    /// What it says; `None` when nobody looked yet, because the archive seemed to know.
    pub reading: Option<Reading>,
    /// What became of the corrections that concern it; `None` until they are applied to the reading.
    pub outcomes: Option<Vec<Outcome>>,
}

impl Incoming {
    /// What a configuration says of its source.
    pub fn given(&self) -> Given {
        Given::from_json(self.given.as_deref())
    }
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    New,
    Changed,
    Unchanged { reextracted: bool },
    Duplicate,
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    #[error("the extractor stopped at it: {0}")]
    Extractor(String),
}

/// Reads a document through; a fault in a rule costs that document, and no other.
pub(super) fn read_through(document: &Document, given: &Given) -> Result<Reading, Stop> {
    std::panic::catch_unwind(|| pipeline::read_given(document, given)).map_err(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
        Stop::Extractor(words.unwrap_or("without a word").to_owned())
    })
}

/// What writing a document did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub became: Became,
    /// Its source had been gone.
    pub returned: bool,
}

/// Writes a document. The caller holds a transaction, and ends it according to the answer.
pub(super) fn write(connection: &Connection, run: i64, incoming: &mut Incoming) -> Result<Written, Stop> {
    let mut writing = Writing { connection, run, incoming };
    let returned = vanished::unmark(connection, run, &writing.incoming.document.source)?;
    let became = match sources::known(connection, &writing.incoming.document.source)? {
        None => writing.unknown_source()?,
        Some(known) if known.hash == writing.incoming.hash => writing.same_bytes(&known)?,
        Some(known) => writing.other_bytes(&known)?,
    };
    Ok(Written { became, returned })
}

struct Writing<'a> {
    connection: &'a Connection,
    run: i64,
    incoming: &'a mut Incoming,
}

impl Writing<'_> {
    fn reading(&mut self) -> Result<&Reading, Stop> {
        if self.incoming.reading.is_none() {
            self.incoming.reading = Some(read_through(&self.incoming.document, &self.incoming.given())?);
        }
        let Incoming { document, reading, outcomes, .. } = &mut *self.incoming;
        let reading = reading.as_mut().expect("just read");
        if outcomes.is_none() {
            *outcomes = Some(corrections::apply(self.connection, &document.source, reading)?);
        }
        Ok(reading)
    }

    fn holding(&self, article: i64, document: i64) -> Holding<'_> {
        let Incoming { document: Document { source, .. }, stamp, given, .. } = &*self.incoming;
        Holding { source, stamp, given: given.as_deref(), article, document, run: self.run }
    }

    fn unknown_source(&mut self) -> Result<Became, Stop> {
        let connection = self.connection;
        if let Some(current) = sources::current(connection, &self.incoming.hash)? {
            sources::add(connection, self.holding(current.article, current.document))?;
            sources::name_article(connection, current.article)?;
            corrections::mark(connection, current.article)?;
            vanished::settle(connection, current.article, self.run)?;
            if current.extractor_version < EXTRACTOR_VERSION {
                self.reextract(current.article, current.document)?;
            }
            return Ok(Became::Duplicate);
        }
        self.reading()?;
        let Incoming { document, hash, reading, outcomes, .. } = &*self.incoming;
        let Reading { article, findings } = reading.as_ref().expect("just read");
        let document_id = sources::keep(connection, document, hash, self.run)?;
        let id = articles::insert(connection, document, article, document_id, self.run)?;
        let rows = findings::insert(connection, id, &article.text, findings)?;
        corrections::record(connection, id, outcomes.as_deref().unwrap_or_default(), &rows)?;
        sources::add(connection, self.holding(id, document_id))?;
        Ok(Became::New)
    }

    fn same_bytes(&mut self, known: &Known) -> Result<Became, Stop> {
        let Incoming { stamp, given, document, .. } = &*self.incoming;
        let is_told_otherwise = known.given != *given;
        if known.size != Some(stamp.size) || known.modified != stamp.modified || is_told_otherwise {
            sources::update(self.connection, self.holding(known.article, known.document))?;
        }
        if is_told_otherwise && sources::names(self.connection, known.article, &document.source)? {
            return self.revise(known.article, known.document, known);
        }
        let reextracted = known.extractor_version < EXTRACTOR_VERSION;
        if reextracted {
            self.reextract(known.article, known.document)?;
        }
        Ok(Became::Unchanged { reextracted })
    }

    fn other_bytes(&mut self, known: &Known) -> Result<Became, Stop> {
        let (connection, run) = (self.connection, self.run);
        if let Some(current) = sources::current(connection, &self.incoming.hash)? {
            sources::update(connection, self.holding(current.article, current.document))?;
            vanished::left_by(connection, known.article, &self.incoming.document.source, run)?;
            sources::name_article(connection, current.article)?;
            corrections::mark(connection, current.article)?;
            vanished::settle(connection, current.article, run)?;
            return Ok(Became::Changed);
        }
        let home = vanished::at_home(connection, &self.incoming.document.source)?;
        let (id, parted) = match home {
            Some(home) => (home, false),
            None => self.part_from_others(known)?,
        };
        self.reading()?;
        let Incoming { document, hash, .. } = &*self.incoming;
        let document_id = sources::keep(connection, document, hash, run)?;
        let became = self.revise(id, document_id, known)?;
        sources::update(connection, self.holding(id, document_id))?;
        sources::update_gone(connection, id, document_id)?;
        if home.is_some() {
            vanished::left_by(connection, known.article, &self.incoming.document.source, run)?;
            sources::name_article(connection, id)?;
            vanished::settle(connection, id, run)?;
        }
        Ok(if parted { Became::Changed } else { became })
    }

    /// Writes what the document says now over what the article said; a revision, if that differs.
    fn revise(&mut self, id: i64, document_id: i64, known: &Known) -> Result<Became, Stop> {
        let (connection, run) = (self.connection, self.run);
        let is_same = {
            let stored = articles::Sayings::stored(connection, id)?;
            articles::Sayings::read(&self.reading()?.article) == stored
        };
        let from = changes::revision(connection, id)?;
        let before = Facts::stored(connection, id)?;
        if !is_same {
            revisions::close(connection, id, run)?;
        }
        let reextracted = known.extractor_version < EXTRACTOR_VERSION;
        self.rewrite(id, document_id, !is_same || reextracted)?;
        let to = changes::revision(connection, id)?;
        changes::record(connection, changes::Place { article: id, run, from, to }, &before)?;
        Ok(if is_same { Became::Unchanged { reextracted } } else { Became::Changed })
    }

    /// Reads an article's document again, because older extractors did.
    fn reextract(&mut self, article: i64, document_id: i64) -> Result<(), Stop> {
        let (connection, run) = (self.connection, self.run);
        let before = Facts::stored(connection, article)?;
        self.rewrite(article, document_id, true)?;
        record_same_revision(connection, (article, run), &before)?;
        Ok(())
    }

    /// The article that is to change: where other sources still hold its bytes, they and this one part. Says
    /// whether they did.
    fn part_from_others(&mut self, known: &Known) -> Result<(i64, bool), Stop> {
        let changing = &self.incoming.document.source;
        let Some(other) = revisions::other_source(self.connection, known.article, changing)? else {
            return Ok((known.article, false));
        };
        // Whoever held it first keeps the row: an edited copy must not take the original's.
        let keeps = revisions::keeper(self.connection, known.article)? == *changing;
        let (stays, leaves) = if keeps { (changing.clone(), other) } else { (other, changing.clone()) };
        let given = Given::from_json(known.given.as_deref());
        let document = sources::kept(self.connection, known.document, leaves, &given)?;
        let reading = read_through(&document, &given)?;
        let leaving = (&document, known.document);
        let own =
            revisions::split(self.connection, known.article, changing, &stays, leaving, &reading, self.run)?;
        for article in [known.article, own] {
            corrections::mark(self.connection, article)?;
        }
        Ok((if keeps { known.article } else { own }, true))
    }

    /// Writes the article over its row, with its findings where they may be others.
    fn rewrite(&mut self, id: i64, document_id: i64, with_findings: bool) -> Result<(), Stop> {
        self.reading()?;
        let Incoming { document, reading, outcomes, .. } = &*self.incoming;
        let Reading { article, findings } = reading.as_ref().expect("just read");
        articles::update(self.connection, id, document, article, document_id)?;
        if with_findings {
            let rows = findings::replace(self.connection, id, &article.text, findings)?;
            corrections::record(self.connection, id, outcomes.as_deref().unwrap_or_default(), &rows)?;
        }
        Ok(())
    }
}

/// Writes what newer extractors found in an article's document over what older ones did, corrected as people
/// did; says how many facts differ.
pub(super) fn read_again(
    connection: &Connection,
    (article, run): (i64, i64),
    (document, document_id): (&Document, i64),
    reading: &mut Reading,
) -> rusqlite::Result<usize> {
    let before = Facts::stored(connection, article)?;
    corrections::rewrite(connection, article, document, document_id, reading)?;
    record_same_revision(connection, (article, run), &before)
}

fn record_same_revision(
    connection: &Connection,
    (article, run): (i64, i64),
    before: &Facts,
) -> rusqlite::Result<usize> {
    let revision = changes::revision(connection, article)?;
    changes::record(connection, changes::Place { article, run, from: revision, to: revision }, before)
}
