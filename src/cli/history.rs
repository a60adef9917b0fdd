//! `copydesk history`: what became of one article.

use std::io::Write;

use anyhow::{Result, bail};

use super::format::{Format, Kind};
use super::{ArchiveArgs, Outcome, interrupt};
use crate::present::history;
use crate::present::way::Way;
use crate::query::Reader;

/// Tells what changed in an article since it was first imported, as facts.
///
/// A headline rewritten, a figure that rose, a quote removed or reworded, another speaker credited, a name
/// that came or went, and when its document vanished or came back. All articles' changes are rows of the
/// table changes: `copydesk query what-changed` lists them by run.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk history 3
  copydesk history news/2016/summit.txt --diff
  copydesk history 'common ground' --json | jq '.changes[].subject'")]
pub struct Args {
    /// The article: its number, its source, its file's name, or a part of its title that no other has.
    article: String,
    /// Show the words of each revision that differ from those before: [-removed-] and {+added+}.
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    format: Format,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let reader = Reader::snapshot(&args.archive.archive)?;
    interrupt::watch(&reader)?;
    let found = reader.history(reader.find_article(&args.article)?)?;
    let mut out = args.format.open(Some(reader.path()))?;
    match args.format.kind() {
        Kind::Table => history::print(&mut out, &found, args.format.style(), args.diff)?,
        Kind::Way(Way::Json) => writeln!(out, "{:#}", serde_json::json!(found))?,
        Kind::Way(Way::Lines) => writeln!(out, "{}", serde_json::json!(found))?,
        Kind::Way(_) | Kind::Chart(_) => {
            bail!("a history is no table: `copydesk query what-changed -p article N --csv` is")
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}
