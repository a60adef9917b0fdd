//! Making corrections and taking them back: kept first, with the articles they concern marked in the same
//! transaction; then those articles are written anew.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params};

use super::concerning::{called, key_of};
use super::{outlet_key, rerun};
use crate::correct::{EntityName, Invalid, Subject, context_of, field, find_words};
use crate::finding::EntityKind;
use crate::store::{Archive, Error, links};

/// A correction to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection {
    /// What it is about.
    pub subject: Subject,
    /// The article's source; `None` over the whole archive.
    pub source: Option<String>,
    /// The words it is about.
    pub anchor: String,
    /// Which occurrence of them, from 1.
    pub occurrence: i64,
    /// The words around them; `None` to take them from the article as it is now.
    pub context: Option<String>,
    /// What is wrong.
    pub field: String,
    /// What is right; `None` for "nothing".
    pub value: Option<String>,
    /// Why, in a person's words.
    pub note: Option<String>,
    /// Who makes it.
    pub author: String,
    /// Who hands it in, where it comes with its author's name: who that is if it was edited.
    pub editor: Option<String>,
    /// When it was made; `None` for now.
    pub made_at: Option<String>,
    /// When it was taken back.
    pub retired_at: Option<String>,
}

/// What became of a correction that was to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// It is new, with this id.
    New(i64),
    /// The archive has it.
    Known(i64),
    /// The archive had it, and it was now taken back.
    Retired(i64),
}

/// Why a correction was not made.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is not well formed.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Nobody is called so.
    #[error(
        "nothing in the archive is called '{name}'; where it shall hold all the same, write its kind before it: person:{name}"
    )]
    Nobody {
        /// The name.
        name: String,
    },
    /// Things of several kinds are called so.
    #[error("'{name}' names several: write one of {}", .kinds.join(", "))]
    Several {
        /// The name.
        name: String,
        /// What can be meant.
        kinds: Vec<String>,
    },
    /// The archive has no correction of that number.
    #[error("there is no correction {id}; `copydesk corrections` lists them")]
    Unknown {
        /// The number.
        id: i64,
    },
    /// The moment does not read.
    #[error("'{word}' is no moment like 2026-01-31T12:00:00Z")]
    Moment {
        /// What was given.
        word: String,
    },
    /// The archive says no.
    #[error(transparent)]
    Store(#[from] Error),
}

const SELECT_SAME: &str = "
    SELECT id, retired_at
    FROM corrections
    WHERE subject = :subject AND source IS :source AND anchor = :anchor AND occurrence = :occurrence
      AND field = :field AND value IS :value AND author = :author AND (:made_at IS NULL OR made_at = :made_at)
      AND (:made_at IS NOT NULL OR context IS NULL OR :context IS NULL OR context = :context)
    ORDER BY made_at DESC, id DESC
    LIMIT 1";
const SELECT_EDITED: &str = "
    SELECT 1
    FROM corrections
    WHERE subject = :subject AND source IS :source AND anchor = :anchor AND occurrence = :occurrence
      AND field = :field AND value IS NOT :value AND author = :author AND made_at = :made_at
      AND NOT EXISTS (
          SELECT 1
          FROM corrections
          WHERE subject = :subject AND source IS :source AND anchor = :anchor AND occurrence = :occurrence
            AND field = :field AND value IS :value AND author = :author AND made_at = :made_at)";
const SELECT_LATEST: &str = "
    SELECT max(made_at) FROM corrections
    WHERE subject = ?1 AND source IS ?2 AND (anchor = ?3 OR subject = 'article')";
const INSERT: &str = "
    INSERT INTO corrections (made_at, author, subject, source, anchor, occurrence, context, field, value, note,
                             retired_at, key)
    VALUES (:made_at, :author, :subject, :source, :anchor, :occurrence, :context, :field, :value, :note,
            :retired_at, :key)";
const SELECT_TEXT: &str = "
    SELECT a.text FROM sources s JOIN articles a ON a.id = s.article_id WHERE s.source = ?1";
const SELECT_KINDS: &str = "SELECT 1 FROM article_entities WHERE kind = ?1 AND key = ?2";
const RETIRE: &str = "UPDATE corrections SET retired_at = ?2 WHERE id = ?1 AND retired_at IS NULL";
const EXISTS: &str = "SELECT 1 FROM corrections WHERE id = ?1";

impl Archive {
    /// Makes corrections, each by itself, and writes the articles they concern anew. One that is refused
    /// does not keep the others back.
    pub fn correct(&mut self, wanted: Vec<NewCorrection>) -> Result<Vec<Result<Made, Refused>>, Error> {
        let mut made = Vec::with_capacity(wanted.len());
        for new in wanted {
            made.push(match self.make(new) {
                Err(Refused::Store(error)) => return Err(error),
                made => made,
            });
        }
        self.catch_up_with_corrections()?;
        Ok(made)
    }

    /// Takes a correction back, and writes the articles it concerned anew.
    pub fn retire_corrections(&mut self, ids: &[i64]) -> Result<(), Refused> {
        let now = moment(jiff::Timestamp::now());
        let path = self.path().to_path_buf();
        let sql_error = |source| Error::sql(&path, source);
        let transaction = self
            .connection_mut()
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sql_error)?;
        for &id in ids {
            if !transaction.prepare_cached(EXISTS).and_then(|mut s| s.exists([id])).map_err(sql_error)? {
                return Err(Refused::Unknown { id });
            }
            transaction.execute(RETIRE, (id, &now)).map_err(sql_error)?;
            rerun::mark_applied(&transaction, id).map_err(sql_error)?;
        }
        transaction.commit().map_err(sql_error)?;
        self.catch_up_with_corrections()?;
        Ok(())
    }

    /// Writes the articles anew that corrections still wait for; says how many.
    pub fn catch_up_with_corrections(&mut self) -> Result<u64, Error> {
        let done = rerun::catch_up(self)?;
        // Which quotes are one utterance may have been corrected as well.
        self.settle_utterances()?;
        Ok(done)
    }

    fn make(&mut self, mut new: NewCorrection) -> Result<Made, Refused> {
        new.check()?;
        let path = self.path().to_path_buf();
        let sql_error = |source| Error::sql(&path, source);
        let transaction = self
            .connection_mut()
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sql_error)?;
        let key = complete(&transaction, &mut new).map_err(sql_error)??;
        let made = keep(&transaction, &new, key.as_deref()).map_err(sql_error)?;
        transaction.commit().map_err(sql_error)?;
        Ok(made)
    }
}

impl NewCorrection {
    /// Brings it into the form in which it is kept, or says why it cannot be.
    pub fn check(&mut self) -> Result<(), Refused> {
        let field = field(self.subject, &self.field)?;
        field.name.clone_into(&mut self.field);
        self.value = field.value(self.value.as_deref())?;
        self.source = self.source.take().filter(|source| !source.is_empty());
        field.check_scope(self.source.is_some())?;
        self.note = self.note.take().filter(|note| !note.trim().is_empty());
        if self.subject != Subject::Article && self.anchor.split_whitespace().next().is_none() {
            return Err(Invalid::NoAnchor.into());
        }
        for word in [&mut self.made_at, &mut self.retired_at].into_iter().flatten() {
            let parsed = word.trim().parse::<jiff::Timestamp>();
            *word = moment(parsed.map_err(|_| Refused::Moment { word: word.clone() })?);
        }
        Ok(())
    }

    /// The one that it is where it has the author and the moment of another but another value: an edited row of a
    /// list is a correction of its own, by who edits, and made now.
    fn edited(&self, connection: &Connection) -> rusqlite::Result<Option<NewCorrection>> {
        let Some(editor) = &self.editor else { return Ok(None) };
        let is_edited = connection.prepare_cached(SELECT_EDITED)?.exists(named_params! {
            ":subject": self.subject.as_str(), ":source": self.source, ":anchor": self.anchor,
            ":occurrence": self.occurrence, ":field": self.field, ":value": self.value,
            ":author": self.author, ":made_at": self.made_at,
        })?;
        Ok(is_edited.then(|| NewCorrection { author: editor.clone(), made_at: None, ..self.clone() }))
    }
}

/// Adds what the archive knows: of what kind an archive-wide name is, what stands around an article's words.
/// Returns what it is found by.
fn complete(
    connection: &Connection,
    new: &mut NewCorrection,
) -> rusqlite::Result<Result<Option<String>, Refused>> {
    match new.subject {
        Subject::Outlet => return Ok(Ok(Some(outlet_key(&new.anchor)))),
        Subject::Entity if new.source.is_none() => {}
        _ => {
            if new.context.is_none() {
                new.context = context(connection, new)?;
            }
            return Ok(Ok(None));
        }
    }
    let mut name = EntityName::parse(&new.anchor);
    if name.kind.is_none() {
        name.kind = match kinds_of(connection, &name)?[..] {
            [kind] => Some(kind),
            [] => return Ok(Err(Refused::Nobody { name: name.shown() })),
            ref kinds => {
                let kinds = kinds.iter().map(|kind| format!("{}:{}", kind.as_str(), name.shown())).collect();
                return Ok(Err(Refused::Several { name: name.shown(), kinds }));
            }
        };
    }
    new.anchor = name.to_string();
    Ok(Ok(key_of(&name)))
}

/// The words around those that a correction is about, in the article as it is now.
fn context(connection: &Connection, new: &NewCorrection) -> rusqlite::Result<Option<String>> {
    let Some(source) = new.source.as_ref().filter(|_| new.subject != Subject::Article) else {
        return Ok(None);
    };
    let text: Option<String> =
        connection.prepare_cached(SELECT_TEXT)?.query_row([source], |row| row.get(0)).optional()?;
    let place = |text: &str| find_words(text, &new.anchor, usize::try_from(new.occurrence).ok()?);
    Ok(text.and_then(|text| place(&text).map(|place| context_of(&text, place))))
}

/// The kinds that something of a name has in the archive.
fn kinds_of(connection: &Connection, name: &EntityName) -> rusqlite::Result<Vec<EntityKind>> {
    let mut kinds = Vec::new();
    let mut statement = connection.prepare_cached(SELECT_KINDS)?;
    for &kind in EntityKind::ALL {
        if statement.exists((kind.as_str(), name.link_key(kind).key))? {
            kinds.push(kind);
        }
    }
    Ok(kinds)
}

fn keep(connection: &Connection, new: &NewCorrection, key: Option<&str>) -> rusqlite::Result<Made> {
    let edited = new.edited(connection)?;
    let is_edited = edited.is_some();
    let new = edited.as_ref().unwrap_or(new);
    let same: Option<(i64, Option<String>)> = connection
        .prepare_cached(SELECT_SAME)?
        .query_row(
            named_params! {
                ":subject": new.subject.as_str(), ":source": new.source, ":anchor": new.anchor,
                ":occurrence": new.occurrence, ":field": new.field, ":value": new.value,
                ":author": new.author, ":made_at": new.made_at, ":context": new.context,
            },
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    match (same, &new.retired_at) {
        (Some((id, None)), Some(retired)) => {
            connection.execute(RETIRE, (id, retired))?;
            rerun::mark_applied(connection, id)?;
            return Ok(Made::Retired(id));
        }
        (Some((id, None)), None) | (Some((id, Some(_))), Some(_)) => return Ok(Made::Known(id)),
        // One that comes with its moment is the one that was taken back since.
        (Some((id, Some(_))), None) if new.made_at.is_some() || is_edited => return Ok(Made::Known(id)),
        _ => {}
    }
    let made_at = match &new.made_at {
        Some(made_at) => made_at.clone(),
        None => next_moment(connection, new)?,
    };
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":made_at": made_at,
        ":author": new.author,
        ":subject": new.subject.as_str(),
        ":source": new.source,
        ":anchor": new.anchor,
        ":occurrence": new.occurrence,
        ":context": new.context,
        ":field": new.field,
        ":value": new.value,
        ":note": new.note,
        ":retired_at": new.retired_at,
        ":key": key,
    })?;
    let id = connection.last_insert_rowid();
    if new.retired_at.is_none() {
        rerun::mark_concerned(connection, new, key)?;
        if let (Subject::Entity, None, Some(value)) = (new.subject, &new.source, &new.value) {
            carry(connection, &new.anchor, &new.field, value)?;
        }
    }
    Ok(Made::New(id))
}

/// Carries the row of what is called otherwise over to its other name, so that it keeps its id. The articles
/// that name it are marked already.
fn carry(connection: &Connection, anchor: &str, field: &str, value: &str) -> rusqlite::Result<()> {
    let (before, after) = (EntityName::parse(anchor), called(anchor, field, value));
    if let (Some(from), Some(to)) = (before.kind, after.kind) {
        links::carry(connection, &before.link_key(from), &after.link_key(to), &after.shown())?;
    }
    Ok(())
}

/// Now, or just after what is already there of the same thing, should the clock have gone backwards.
fn next_moment(connection: &Connection, new: &NewCorrection) -> rusqlite::Result<String> {
    let latest: Option<String> = connection
        .prepare_cached(SELECT_LATEST)?
        .query_row((new.subject.as_str(), &new.source, &new.anchor), |row| row.get(0))?;
    let now = moment(jiff::Timestamp::now());
    let after = latest
        .filter(|latest| *latest >= now)
        .and_then(|latest| latest.parse::<jiff::Timestamp>().ok())
        .and_then(|latest| latest.checked_add(jiff::SignedDuration::from_millis(1)).ok());
    Ok(after.map_or(now, moment))
}

/// A moment as corrections have it: UTC, to the millisecond, so that two of one second keep their order.
fn moment(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
