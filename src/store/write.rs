//! Writing one document: what it is to the archive, and the rows that follow from that.
//!
//! A source (a path) is known by its name, a document by its bytes. The same bytes under another name are
//! a duplicate: one article, however many sources. Other bytes under a known name are the article's next
//! revision, unless text and metadata came out the same: a new share button is no change of the article.

use rusqlite::Connection;

use super::sources::{self, Holding, Known, Stamp};
use super::{articles, corrections, findings, revisions};
use crate::correct::Outcome;
use crate::document::Document;
use crate::pipeline::{self, EXTRACTOR_VERSION, Reading};

/// A document on its way into the archive.
#[derive(Debug)]
pub(super) struct Incoming {
    pub document: Document,
    pub hash: String,
    pub stamp: Stamp,
    /// What it says; `None` when nobody looked yet, because the archive seemed to know.
    pub reading: Option<Reading>,
    /// What became of the corrections that concern it; `None` until they are applied to the reading.
    pub outcomes: Option<Vec<Outcome>>,
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
pub(super) fn read_through(document: &Document) -> Result<Reading, Stop> {
    std::panic::catch_unwind(|| pipeline::read_through(document)).map_err(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
        Stop::Extractor(words.unwrap_or("without a word").to_owned())
    })
}

/// Writes a document. The caller holds a transaction, and ends it according to the answer.
pub(super) fn write(connection: &Connection, run: i64, incoming: &mut Incoming) -> Result<Became, Stop> {
    let mut writing = Writing { connection, run, incoming };
    match sources::known(connection, &writing.incoming.document.source)? {
        None => writing.unknown_source(),
        Some(known) if known.hash == writing.incoming.hash => writing.same_bytes(&known),
        Some(known) => writing.other_bytes(&known),
    }
}

struct Writing<'a> {
    connection: &'a Connection,
    run: i64,
    incoming: &'a mut Incoming,
}

impl Writing<'_> {
    fn reading(&mut self) -> Result<&Reading, Stop> {
        if self.incoming.reading.is_none() {
            self.incoming.reading = Some(read_through(&self.incoming.document)?);
        }
        let Incoming { document, reading, outcomes, .. } = &mut *self.incoming;
        let reading = reading.as_mut().expect("just read");
        if outcomes.is_none() {
            *outcomes = Some(corrections::apply(self.connection, &document.source, reading)?);
        }
        Ok(reading)
    }

    fn holding(&self, article: i64, document: i64) -> Holding<'_> {
        let Incoming { document: Document { source, .. }, stamp, .. } = &*self.incoming;
        Holding { source, stamp, article, document, run: self.run }
    }

    fn unknown_source(&mut self) -> Result<Became, Stop> {
        let connection = self.connection;
        if let Some(current) = sources::current(connection, &self.incoming.hash)? {
            sources::add(connection, self.holding(current.article, current.document))?;
            sources::name_article(connection, current.article)?;
            corrections::mark(connection, current.article)?;
            if current.extractor_version < EXTRACTOR_VERSION {
                self.rewrite(current.article, current.document, true)?;
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
        let reextracted = known.extractor_version < EXTRACTOR_VERSION;
        if reextracted {
            self.rewrite(known.article, known.document, true)?;
        }
        let stamp = &self.incoming.stamp;
        if known.size != Some(stamp.size) || known.modified != stamp.modified {
            sources::update(self.connection, self.holding(known.article, known.document))?;
        }
        Ok(Became::Unchanged { reextracted })
    }

    fn other_bytes(&mut self, known: &Known) -> Result<Became, Stop> {
        let connection = self.connection;
        if let Some(current) = sources::current(connection, &self.incoming.hash)? {
            sources::update(connection, self.holding(current.article, current.document))?;
            if sources::count(connection, known.article)? == 0 {
                revisions::merge(connection, known.article, current.article, self.run)?;
            } else {
                sources::name_article(connection, known.article)?;
            }
            sources::name_article(connection, current.article)?;
            corrections::mark(connection, current.article)?;
            return Ok(Became::Changed);
        }
        let id = self.part_from_others(known)?;
        let is_same = {
            let stored = articles::Sayings::stored(connection, id)?;
            articles::Sayings::read(&self.reading()?.article) == stored
        };
        if !is_same {
            revisions::close(connection, id, self.run)?;
        }
        let Incoming { document, hash, .. } = &*self.incoming;
        let document_id = sources::keep(connection, document, hash, self.run)?;
        let reextracted = known.extractor_version < EXTRACTOR_VERSION;
        self.rewrite(id, document_id, !is_same || reextracted)?;
        sources::update(connection, self.holding(id, document_id))?;
        Ok(if is_same { Became::Unchanged { reextracted } } else { Became::Changed })
    }

    /// The article that is to change: where other sources still hold its bytes, they and this one part.
    fn part_from_others(&mut self, known: &Known) -> Result<i64, Stop> {
        let changing = &self.incoming.document.source;
        let Some(other) = revisions::other_source(self.connection, known.article, changing)? else {
            return Ok(known.article);
        };
        // Whoever held it first keeps the row: an edited copy must not take the original's.
        let keeps = revisions::keeper(self.connection, known.article)? == *changing;
        let (stays, leaves) = if keeps { (changing.clone(), other) } else { (other, changing.clone()) };
        let document = sources::kept(self.connection, known.document, leaves)?;
        let reading = read_through(&document)?;
        let leaving = (&document, known.document);
        let own =
            revisions::split(self.connection, known.article, changing, &stays, leaving, &reading, self.run)?;
        for article in [known.article, own] {
            corrections::mark(self.connection, article)?;
        }
        Ok(if keeps { known.article } else { own })
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
