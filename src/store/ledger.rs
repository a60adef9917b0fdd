//! What an import would have made of sources and articles so far, kept in memory beside an archive that is only
//! read. What this walk did not touch is as the archive has it.
//!
//! It follows [`super::write`] in what depends on more than one document: which bytes are whose by now, which
//! sources part or meet, what has lost its last source. Rows of findings are none of its business.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension};

use super::articles::Sayings;
use super::vanished;
use crate::pipeline::EXTRACTOR_VERSION;

/// An article: its row's id, or a number below zero where it has no row yet.
pub(super) type Id = i64;

const SELECT_SOURCE: &str = "
    SELECT article_id, vanished_run_id IS NOT NULL, given, first_run_id FROM sources WHERE source = ?1";
const SELECT_MEMBERS: &str = "SELECT source FROM sources WHERE article_id = ?1";
const SELECT_ARTICLE: &str = "
    SELECT d.hash, a.extractor_version FROM articles a JOIN documents d ON d.id = a.document_id WHERE a.id = ?1";
const SELECT_CURRENT: &str = "
    SELECT a.id FROM documents d JOIN articles a ON a.document_id = d.id WHERE d.hash = ?1";

/// A source, and whose it is.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub article: Id,
    pub is_gone: bool,
    pub given: Option<String>,
    /// The run that brought it; `None` for this one.
    first_run: Option<i64>,
}

/// An article, as far as it matters what becomes of the next document.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub hash: String,
    pub is_outdated: bool,
    /// What it says, hashed; `None` where it says what its row does.
    says: Option<blake3::Hash>,
}

#[derive(Debug)]
pub(super) struct Ledger {
    held: HashMap<String, Held>,
    /// Sources that came to an article in this walk, or stayed; some may have left it again.
    came: HashMap<Id, Vec<String>>,
    standing: HashMap<Id, Standing>,
    /// Which article was given these bytes in this walk; it may have others by now.
    bytes: HashMap<String, Id>,
    /// Articles without any source, by the one that left them last.
    homeless: HashMap<String, Id>,
    last: Id,
}

impl Ledger {
    pub fn new() -> Ledger {
        Ledger {
            held: HashMap::new(),
            came: HashMap::new(),
            standing: HashMap::new(),
            bytes: HashMap::new(),
            homeless: HashMap::new(),
            last: 0,
        }
    }

    /// What is known of a source.
    pub fn source(&self, connection: &Connection, source: &str) -> rusqlite::Result<Option<Held>> {
        if let Some(held) = self.held.get(source) {
            return Ok(Some(held.clone()));
        }
        connection
            .prepare_cached(SELECT_SOURCE)?
            .query_row([source], |row| {
                let first_run = Some(row.get(3)?);
                Ok(Held { article: row.get(0)?, is_gone: row.get(1)?, given: row.get(2)?, first_run })
            })
            .optional()
    }

    /// How an article stands.
    pub fn standing(&self, connection: &Connection, article: Id) -> rusqlite::Result<Standing> {
        if let Some(standing) = self.standing.get(&article) {
            return Ok(standing.clone());
        }
        connection.prepare_cached(SELECT_ARTICLE)?.query_row([article], |row| {
            let is_outdated = row.get::<_, u32>(1)? < EXTRACTOR_VERSION;
            Ok(Standing { hash: row.get(0)?, is_outdated, says: None })
        })
    }

    /// The article that has these bytes.
    pub fn current(&self, connection: &Connection, hash: &str) -> rusqlite::Result<Option<Id>> {
        let has = |article: &Id| self.standing.get(article).is_some_and(|standing| standing.hash == hash);
        if let Some(article) = self.bytes.get(hash).filter(|article| has(article)) {
            return Ok(Some(*article));
        }
        let stored: Option<Id> =
            connection.prepare_cached(SELECT_CURRENT)?.query_row([hash], |row| row.get(0)).optional()?;
        Ok(stored.filter(|article| !self.standing.contains_key(article) || has(article)))
    }

    /// The sources of an article.
    fn members(&self, connection: &Connection, article: Id) -> rusqlite::Result<Vec<(String, Held)>> {
        let mut names: BTreeSet<String> = self.came.get(&article).into_iter().flatten().cloned().collect();
        let mut statement = connection.prepare_cached(SELECT_MEMBERS)?;
        for name in statement.query_map([article], |row| row.get::<_, String>(0))? {
            names.insert(name?);
        }
        let mut members = Vec::new();
        for name in names {
            let held = self.source(connection, &name)?;
            members.extend(held.filter(|held| held.article == article).map(|held| (name, held)));
        }
        Ok(members)
    }

    /// Whether an article is named after this source.
    pub fn names(&self, connection: &Connection, article: Id, source: &str) -> rusqlite::Result<bool> {
        Ok(self.members(connection, article)?.first().is_some_and(|(name, _)| name == source))
    }

    /// Marks a source as gone or back; says whether that is news.
    pub fn turn(&mut self, connection: &Connection, source: &str, is_gone: bool) -> rusqlite::Result<bool> {
        match self.source(connection, source)?.filter(|held| held.is_gone != is_gone) {
            Some(held) => {
                self.held.insert(source.to_owned(), Held { is_gone, ..held });
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// Has a source hold an article.
    pub fn hold(
        &mut self,
        connection: &Connection,
        source: &str,
        article: Id,
        given: Option<String>,
    ) -> rusqlite::Result<()> {
        let first_run = self.source(connection, source)?.and_then(|held| held.first_run);
        self.held.insert(source.to_owned(), Held { article, is_gone: false, given, first_run });
        self.came.entry(article).or_default().push(source.to_owned());
        Ok(())
    }

    /// An article that had no row.
    pub fn add(&mut self, hash: String, says: &Sayings) -> Id {
        self.last -= 1;
        self.say(self.last, hash, says);
        self.last
    }

    /// Has an article say what these bytes do; says whether it said that before.
    pub fn revise(
        &mut self,
        connection: &Connection,
        article: Id,
        hash: String,
        says: &Sayings,
    ) -> rusqlite::Result<bool> {
        let is_same = match self.standing(connection, article)?.says {
            Some(before) => before == says.digest(),
            None => Sayings::stored(connection, article)? == *says,
        };
        self.say(article, hash, says);
        Ok(is_same)
    }

    fn say(&mut self, article: Id, hash: String, says: &Sayings) {
        self.bytes.insert(hash.clone(), article);
        self.standing.insert(article, Standing { hash, is_outdated: false, says: Some(says.digest()) });
    }

    /// The article that is to change where `source` has other bytes, and whether it parted from others for that.
    pub fn part(
        &mut self,
        connection: &Connection,
        source: &str,
        held: &Held,
    ) -> rusqlite::Result<(Id, bool)> {
        let members = self.members(connection, held.article)?;
        if !members.iter().any(|(name, other)| name != source && !other.is_gone) {
            return Ok((held.article, false));
        }
        let rank = |held: &Held| held.first_run.unwrap_or(i64::MAX);
        let first = members.iter().filter(|(_, held)| !held.is_gone).min_by_key(|(_, held)| rank(held));
        let keeps = first.is_some_and(|(name, _)| name == source);
        self.last -= 1;
        let (own, before) = (self.last, self.standing(connection, held.article)?);
        for (name, member) in members.into_iter().filter(|(name, _)| (name == source) != keeps) {
            self.came.entry(own).or_default().push(name.clone());
            self.held.insert(name, Held { article: own, ..member });
        }
        if keeps {
            // Those that left have the bytes now.
            let says = match before.says {
                Some(says) => says,
                None => Sayings::stored(connection, held.article)?.digest(),
            };
            self.bytes.insert(before.hash.clone(), own);
            self.standing.insert(own, Standing { is_outdated: false, says: Some(says), ..before });
            return Ok((held.article, true));
        }
        // What it says is about to be told.
        self.standing.insert(own, Standing { hash: String::new(), says: Some(blake3::hash(b"")), ..before });
        Ok((own, true))
    }

    /// A source has left this article for another.
    pub fn left_by(&mut self, connection: &Connection, article: Id, source: &str) -> rusqlite::Result<()> {
        if self.members(connection, article)?.is_empty() {
            self.homeless.insert(source.to_owned(), article);
        }
        Ok(())
    }

    /// The article that lost this source as its last.
    pub fn at_home(&self, connection: &Connection, source: &str) -> rusqlite::Result<Option<Id>> {
        let home = match self.homeless.get(source) {
            Some(home) => Some(*home),
            None => vanished::at_home(connection, source)?,
        };
        Ok(match home {
            Some(home) if self.members(connection, home)?.is_empty() => Some(home),
            _ => None,
        })
    }
}
