//! The options that every question shares: parameters and limits.

use anyhow::Result;

use super::format::Format;
use super::{ArchiveArgs, Outcome, interrupt};
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

impl Ask {
    /// The parameters as typed.
    fn given(&self) -> Vec<Given> {
        self.parameters
            .chunks_exact(2)
            .map(|pair| Given { name: pair[0].clone(), word: pair[1].clone() })
            .collect()
    }

    /// Asks the archive and writes the answer.
    pub fn ask(
        &self,
        archive: &ArchiveArgs,
        sql: &str,
        parameters: &[Parameter],
        format: &Format,
    ) -> Result<Outcome> {
        let reader = Reader::open(&archive.archive)?;
        let rows = self.limit.into_iter().chain(format.most_rows()).min();
        let limits = Limits { seconds: Some(self.timeout).filter(|s| *s > 0), rows };
        interrupt::watch(&reader)?;
        let given = self.given();
        format.write(&reader, |sink| reader.answer(sql, parameters, &given, limits, sink))
    }
}
