//! The options that every question shares: parameters and limits.

use anyhow::Result;

use super::format::Format;
use super::{ArchiveArgs, Outcome, interrupt};
use crate::present::about::About;
use crate::query::{Given, Limits, Parameter, Reader};

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
}

impl Ask {
    /// Asks the archive and writes the answer.
    pub fn ask(&self, archive: &ArchiveArgs, question: Question<'_>, format: &Format) -> Result<Outcome> {
        let reader = Reader::open(&archive.archive)?;
        let rows = self.limit.into_iter().chain(format.most_rows()).min();
        let limits = Limits { seconds: Some(self.timeout).filter(|s| *s > 0), rows };
        interrupt::watch(&reader)?;
        let given = given(&self.parameters);
        let about = about(&reader, question, &given)?;
        let Question { sql, parameters, .. } = question;
        format.write(&reader, &about, |sink| reader.answer(sql, parameters, &given, limits, sink))
    }
}

/// Parameters as typed.
pub fn given(words: &[String]) -> Vec<Given> {
    words.chunks_exact(2).map(|pair| Given { name: pair[0].clone(), word: pair[1].clone() }).collect()
}

/// Where an answer comes from. Parameters that were not set have their defaults.
pub fn about(reader: &Reader, question: Question<'_>, given: &[Given]) -> Result<About> {
    let set = |name: &str| given.iter().find(|one| one.bare_name() == name).map(|one| one.word.clone());
    let declared = question
        .parameters
        .iter()
        .map(|p| (p.name.clone(), set(&p.name).unwrap_or_else(|| p.default_text())));
    let undeclared = given
        .iter()
        .filter(|one| question.parameters.iter().all(|p| p.name != one.bare_name()))
        .map(|one| (one.bare_name().to_owned(), one.word.clone()));
    Ok(About {
        title: question.title.to_owned(),
        description: question.description.to_owned(),
        archive: reader.path().file_name().unwrap_or_default().to_string_lossy().into_owned(),
        run: reader.last_run()?,
        sql: question.sql.to_owned(),
        chart: crate::present::chart::Spec::in_head(question.sql),
        parameters: declared.chain(undeclared).collect(),
        asked_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    })
}
