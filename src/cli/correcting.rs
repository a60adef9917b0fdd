//! What the verbs share that correct something: who does it, and what is told when it is done.

use std::io::Write;

use anyhow::Result;

use super::{ArchiveArgs, Outcome};
use crate::present::harmless::harmless_line;
use crate::query::Reader;
use crate::store::{Archive, Made, NewCorrection};

/// Who corrects, and why.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Correction")]
pub struct By {
    /// Who makes the correction: the system's user unless named here.
    #[arg(long, value_name = "NAME", env = "COPYDESK_AUTHOR", hide_env_values = true)]
    author: Option<String>,
    /// Why, to be kept with the correction.
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    note: Option<String>,
}

impl By {
    /// The author's name.
    pub fn author(&self) -> String {
        let named = self.author.clone().into_iter();
        let users = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
        named.chain(users).find(|name| !name.trim().is_empty()).unwrap_or_else(|| "unknown".to_owned())
    }

    /// The correction, signed.
    pub fn sign(&self, new: NewCorrection) -> NewCorrection {
        NewCorrection { author: self.author(), note: self.note.clone(), ..new }
    }
}

/// Makes corrections and tells where each stands.
pub fn make(archive: &ArchiveArgs, mut wanted: Vec<NewCorrection>) -> Result<Outcome> {
    let path = &archive.archive;
    // All or none: what one of them mistook is told before any is made.
    wanted.iter_mut().try_for_each(NewCorrection::check)?;
    let made = Archive::open_existing(path)?.correct(wanted)?;
    let ids: Vec<(i64, bool)> = made
        .into_iter()
        .map(|made| match made? {
            Made::New(id) => Ok((id, true)),
            Made::Known(id) | Made::Retired(id) => Ok((id, false)),
        })
        .collect::<Result<_, crate::store::Refused>>()?;
    let reader = Reader::snapshot(path)?;
    let mut out = std::io::stdout().lock();
    let mut outcome = Outcome::Done;
    for (id, is_new) in ids {
        let Some(standing) = reader.standing(id)? else { continue };
        writeln!(out, "correction {id}: {}", harmless_line(&standing.told))?;
        if !is_new {
            writeln!(out, "  the archive has it already")?;
        }
        match (standing.state.as_str(), standing.reason) {
            ("applied", _) => writeln!(out, "  holds in {}", articles(standing.articles))?,
            (state, reason) => {
                writeln!(out, "  {state}: {}", harmless_line(&reason.unwrap_or_default()))?;
                outcome = Outcome::Partly;
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// How corrections are told of that fit nothing.
pub fn unfit(count: i64) -> String {
    let fit = if count == 1 { "correction fits" } else { "corrections fit" };
    format!("{count} {fit} nothing that is in the archive now: copydesk corrections list --state unfit")
}

/// "1 article", "3 articles".
pub fn articles(count: i64) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}
