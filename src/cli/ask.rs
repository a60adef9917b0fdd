//! The options that every question shares: parameters and limits.

use anyhow::Result;

use super::format::Format;
use super::{ArchiveArgs, Outcome, interrupt};
use crate::present::about::About;
use crate::present::harmless::harmless;
use crate::query::answer::settled;
use crate::query::{Answered, Cut, Error, Given, Limits, Memory, Parameter, Reader, SavedQuery, Standing};
use crate::store::Archive;

/// Parameters and limits of a question.
#[derive(Debug, clap::Args)]
pub struct Ask {
    /// Set a parameter; repeat it for more.
    #[arg(
        long = "param",
        short = 'p',
        value_names = ["NAME", "VALUE"],
        num_args = 2,
        allow_hyphen_values = true
    )]
    parameters: Vec<String>,
    /// Stop after so many seconds; 0 for no limit.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    /// Hand out so many rows at most; exit code 3 where there are more.
    #[arg(long, value_name = "ROWS")]
    limit: Option<u64>,
    #[command(flatten)]
    memory: MemoryArgs,
}

/// How much memory answers may take.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct MemoryArgs {
    /// Stop what takes more than so many megabytes of memory, or makes a value of a sixteenth of them; 0 for no
    /// limit.
    #[arg(long, value_name = "MB", default_value_t = Memory::USUAL, value_parser = megabytes)]
    memory: u32,
}

impl MemoryArgs {
    /// As the reader takes it.
    pub fn memory(self) -> Memory {
        Memory { megabytes: self.memory }
    }
}

fn megabytes(word: &str) -> Result<u32, String> {
    let megabytes = word.parse().ok().filter(|megabytes| *megabytes == 0 || *megabytes >= Memory::LEAST);
    megabytes.ok_or_else(|| format!("megabytes are expected, {} at least, or 0 for no limit", Memory::LEAST))
}

/// What is asked: a saved query, or a statement of the user's own.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// What it shows, in a few words.
    pub title: &'q str,
    /// What it answers; may be empty.
    pub description: &'q str,
    /// The statement.
    pub sql: &'q str,
    /// What can be set.
    pub parameters: &'q [Parameter],
    /// The statement that makes the sentence to be said with the answer.
    pub note: Option<&'q str>,
}

impl<'q> Question<'q> {
    /// What a saved query asks.
    pub fn saved(query: &'q SavedQuery) -> Question<'q> {
        let SavedQuery { title, description, sql, parameters, note, .. } = query;
        Question { title, description, sql, parameters, note: note.as_deref() }
    }

    /// A statement of the user's own.
    pub fn own(sql: &'q str) -> Question<'q> {
        Question { title: "Answer", description: "", sql, parameters: &[], note: None }
    }
}

impl Ask {
    /// What an answer may take.
    pub fn limits(&self) -> Limits {
        Limits { seconds: Some(self.timeout).filter(|s| *s > 0), rows: self.limit, tells_most: true }
    }

    /// Opens the archive within the limits.
    pub fn open(&self, archive: &ArchiveArgs) -> Result<Reader> {
        let reader = Reader::open_within(&archive.archive, self.memory.memory())?;
        interrupt::watch(&reader)?;
        Ok(reader)
    }

    /// The parameters as typed.
    pub fn given(&self) -> Vec<Given> {
        given(&self.parameters)
    }

    /// Asks the archive and writes the answer.
    pub fn ask(&self, archive: &ArchiveArgs, question: Question<'_>, format: &Format) -> Result<Outcome> {
        let reader = self.open(archive)?;
        answer(&reader, question, &self.given(), self.limits(), format).map(|(outcome, _)| outcome)
    }

    /// Asks a saved query; where nothing is found, tells of words that nothing in the archive holds.
    pub fn ask_saved(&self, archive: &ArchiveArgs, query: &SavedQuery, format: &Format) -> Result<Outcome> {
        let reader = self.open(archive)?;
        let given = self.given();
        let (outcome, rows) = answer(&reader, Question::saved(query), &given, self.limits(), format)?;
        if rows == 0 {
            for miss in reader.misses(&query.parameters, &given)? {
                eprintln!("copydesk: {}", harmless(&miss));
            }
        }
        Ok(outcome)
    }

    /// Asks a saved query for the rows that its last answer did not have.
    pub fn ask_new(
        &self,
        archive: &ArchiveArgs,
        query: &SavedQuery,
        format: &Format,
        peek: bool,
    ) -> Result<Outcome> {
        let given = self.given();
        let standing = Standing::of(query, &given)?;
        let reader = self.open(archive)?;
        let about = about(&reader, Question::saved(query), &given)?;
        let (mut rows, mut cut) = (None, None);
        let outcome = format.write(&reader, &about, |sink| {
            let mut fresh = reader.fresh(&standing, &query.key, sink)?;
            let limits = within(self.limits(), format);
            let answered = reader.answer(&query.sql, &query.parameters, &given, limits, &mut fresh)?;
            cut = fresh.cut(&answered);
            let (all, new, since) = fresh.finish();
            rows = Some(all);
            match (new, cut) {
                (0, None) => Err(Error::NothingNew { since }),
                (rows, cut) => Ok(Answered { rows, cut }),
            }
        });
        drop(reader);
        // Only now, when all that is new has been written out: what failed, was cut or did not arrive is new
        // the next time too.
        let nothing_new =
            |error: &anyhow::Error| matches!(error.downcast_ref::<Error>(), Some(Error::NothingNew { .. }));
        let is_out = match &outcome {
            Ok(outcome) => *outcome == Outcome::Done || matches!(cut, Some(Cut::Most(_))),
            Err(error) => nothing_new(error),
        };
        if let Some(rows) = rows.filter(|_| is_out && !peek) {
            let Standing { query, parameters } = &standing;
            let mut archive = Archive::open_existing(&archive.archive)?;
            archive.remember_answer(query, parameters, &about.asked_at, rows)?;
        }
        outcome
    }
}

/// Asks an open archive and writes the answer; tells how many rows it has.
pub fn answer(
    reader: &Reader,
    question: Question<'_>,
    given: &[Given],
    limits: Limits,
    format: &Format,
) -> Result<(Outcome, u64)> {
    let limits = within(limits, format);
    let about = about(reader, question, given)?;
    let mut rows = 0;
    let outcome = format.write(reader, &about, |sink| {
        let answered = reader.answer(question.sql, question.parameters, given, limits, sink)?;
        rows = answered.rows;
        Ok(answered)
    })?;
    Ok((outcome, rows))
}

/// The limits, and no more rows than the format takes.
fn within(limits: Limits, format: &Format) -> Limits {
    Limits { rows: limits.rows.into_iter().chain(format.most_rows()).min(), ..limits }
}

/// Parameters as typed.
pub fn given(words: &[String]) -> Vec<Given> {
    words.chunks_exact(2).map(|pair| Given { name: pair[0].clone(), word: pair[1].clone() }).collect()
}

/// Where an answer comes from. Parameters that were not set have their defaults.
pub fn about(reader: &Reader, question: Question<'_>, given: &[Given]) -> Result<About> {
    let note = question.note.map(|note| reader.note(note, question.parameters, given)).transpose()?;
    Ok(About {
        title: question.title.to_owned(),
        description: question.description.to_owned(),
        archive: reader.path().file_name().unwrap_or_default().to_string_lossy().into_owned(),
        run: reader.last_run()?,
        sql: question.sql.to_owned(),
        chart: crate::query::Chart::in_head(question.sql),
        parameters: settled(question.parameters, given)?,
        note: note.flatten(),
        asked_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    })
}
