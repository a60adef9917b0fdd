//! `copydesk show`: one article with its findings marked in the text.

use std::io::Write;

use anyhow::Result;

use super::format::{Format, Kind};
use super::{ArchiveArgs, Outcome, interrupt};
use crate::present::marked;
use crate::present::way::Way;
use crate::query::Reader;

/// Show an article with its names, quotes and figures marked in the text.
///
/// On a terminal names are coloured by kind, quotes underlined, figures bright. Elsewhere marks stand in
/// brackets: P persons, O organizations, L places, G groups, E events, Q quotes, F figures; the lists below
/// the text explain them. What the page had around the article is listed with the reason it was set aside.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk show 3
  copydesk show news/2016/summit.txt
  copydesk show 'common ground' --why
  copydesk show 3 --json | jq '.figures[].text'")]
pub struct Args {
    /// The article: its number, its source, its file's name, or a part of its title that no other has.
    article: String,
    /// Tell how each finding was made: rules, steps, how sure.
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    format: Format,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let reader = Reader::snapshot(&args.archive.archive)?;
    interrupt::watch(&reader)?;
    let article = reader.article(reader.find_article(&args.article)?)?;
    let mut out = args.format.open(Some(reader.path()))?;
    match args.format.kind() {
        Kind::Table => marked::print(&mut out, &article, args.format.style(), args.why)?,
        Kind::Way(Way::Json) => writeln!(out, "{:#}", serde_json::json!(article))?,
        Kind::Way(Way::Lines) => writeln!(out, "{}", serde_json::json!(article))?,
        Kind::Way(_) | Kind::Chart(_) => {
            anyhow::bail!("an article is no table: show it as it is, or with --json")
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}
