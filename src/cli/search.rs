//! `copydesk search`: words looked up in articles and quotes.

use anyhow::Result;

use super::ask::{Question, about};
use super::format::{Format, Kind};
use super::{ArchiveArgs, Outcome, interrupt};
use crate::query::search::{self, Among, MARKS};
use crate::query::{Error, Limits, Reader};

/// Find words in articles and quotes, best hits first.
///
/// All words must occur; their endings do not matter (talk finds talks and talked), nor do case and
/// accents. Words in double quotes are a phrase, and a star finds beginnings: immigra*. Each hit begins
/// with the article's number, for `copydesk show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk search ceasefire Syria
  copydesk search '\"half an hour\"'
  copydesk search --quotes trust
  copydesk search --fts 'title : summit AND (truce OR ceasefire)'
  copydesk search refugees --csv -o refugees.csv")]
pub struct Args {
    /// What to look for.
    #[arg(required = true)]
    words: Vec<String>,
    /// In quotes alone.
    #[arg(long)]
    quotes: bool,
    /// In articles alone.
    #[arg(long, conflicts_with = "quotes")]
    articles: bool,
    /// The words are an expression of SQLite's FTS5: AND, OR, NOT, NEAR, column : word.
    #[arg(long)]
    fts: bool,
    /// Hits at most; 0 for all.
    #[arg(long, value_name = "HITS", default_value_t = 20)]
    limit: u64,
    /// Stop after so many seconds; 0 for no limit.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    format: Format,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let reader = Reader::open(&args.archive.archive)?;
    let limits = Limits {
        seconds: Some(args.timeout).filter(|s| *s > 0),
        rows: Some(args.limit).filter(|rows| *rows > 0),
        ..Limits::default()
    };
    interrupt::watch(&reader)?;
    let typed = args.words.join(" ");
    let words = if args.fts { typed.clone() } else { search::plain(&typed) };
    if words.is_empty() {
        return Err(Error::NoWords { typed }.into());
    }
    let among = match (args.articles, args.quotes) {
        (true, _) => Among::Articles,
        (_, true) => Among::Quotes,
        _ => Among::All,
    };
    let readable = args.format.kind() == Kind::Table;
    let marks = if readable { MARKS } else { ("[", "]") };
    let title = format!("Search for {typed}");
    let (sql, given) = (search::statement(among), search::parameters(&words, marks));
    let question = Question { title: &title, ..Question::own("") };
    let about = about(&reader, question, &[])?;
    let outcome = args.format.write_hits(&reader, &about, |sink| {
        reader.answer(&sql, &search::PARAMETERS, &given, limits, sink).map_err(|error| match error {
            Error::Sql { message, .. } => Error::BadSearch { message },
            error => error,
        })
    })?;
    // To a reader the best hits are the answer; a file that lacks some is in part.
    Ok(if readable { Outcome::Done } else { outcome })
}
