//! `copydesk query`: saved queries, listed, told about, run, saved and checked.

mod about;
mod check;
mod save;

use std::io::Write;

use anyhow::Result;

use super::ask::Ask;
use super::folders::Folders;
use super::format::{Format, Kind};
use super::{ArchiveArgs, Outcome};
use crate::present::harmless::harmless;
use crate::present::paint::Look;
use crate::query::Library;

/// List the saved queries, or run one.
///
/// A saved query is a .sql file whose first comment lines give its title, the question it answers and its
/// parameters. The same file runs in the sqlite3 shell. Your own are read from --queries DIR, and take the
/// place of built-in ones of the same name; `query save` makes one from a statement.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Examples:
  copydesk query
  copydesk query who-said-what -p speaker Merkel
  copydesk query disagreements --csv -o disagreements.csv
  copydesk query figures-about -p thing deaths -o deaths.xlsx
  copydesk query figures-about --about
  copydesk query who-said-what --sql > mine/what-they-said.sql
  copydesk query what-they-said --queries mine
  copydesk query check --queries mine
  copydesk query who-said-what -p speaker Merkel --new | mail -E -s 'Merkel today' desk@example.org")]
pub struct Args {
    #[command(subcommand)]
    deed: Option<Deed>,
    /// The query; without one, all are listed.
    name: Option<String>,
    /// Tell what the query answers and what can be set, and do not run it.
    #[arg(long, visible_alias = "describe", requires = "name")]
    about: bool,
    /// Print the query's SQL, and do not run it.
    #[arg(long, requires = "name", conflicts_with = "about")]
    sql: bool,
    /// Only rows that the last answer with --new, of this query with the same parameters, did not have. The
    /// archive remembers the answer when all of it is written out, and not when the clock cut it or it failed;
    /// what the query's own `most` held back is told of, and is no part of it. Where nothing is new nothing is written, and the exit code is 4.
    #[arg(long, requires = "name", conflicts_with_all = ["about", "sql", "limit"])]
    new: bool,
    /// With --new: the archive does not remember this answer, so that it is new the next time too.
    #[arg(long, requires = "new")]
    peek: bool,
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, clap::Subcommand)]
enum Deed {
    Check(check::Args),
    Save(save::Args),
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    match &args.deed {
        Some(Deed::Check(check)) => return check::run(check, &args.folders, &args.archive),
        Some(Deed::Save(save)) => return save::run(save, &args.folders, &args.archive),
        None => {}
    }
    let library = args.folders.library(args.name.as_slice())?;
    let Some(name) = &args.name else { return list(&library, args) };
    let query = library.find(name)?;
    if args.sql {
        let mut out = args.format.open(None)?;
        out.write_all(query.sql.as_bytes())?;
        out.finish()?;
        return Ok(Outcome::Done);
    }
    if args.about {
        let mut out = args.format.open(None)?;
        about::tell(&mut out, query, &args.archive.archive, args.format.style().paint)?;
        out.finish()?;
        return Ok(Outcome::Done);
    }
    if args.format.kind() == Kind::Table && args.format.is_terminal() {
        eprintln!("{}\n", args.format.style().paint.text(Look::BOLD, &harmless(&query.title)));
    }
    if args.new {
        return args.ask.ask_new(&args.archive, query, &args.format, args.peek);
    }
    args.ask.ask_saved(&args.archive, query, &args.format)
}

/// Lists all queries: for people with what can be set, for programs as rows.
fn list(library: &Library, args: &Args) -> Result<Outcome> {
    if args.format.kind() != Kind::Table {
        return args.format.write_list(|sink| library.list(sink));
    }
    let paint = args.format.style().paint;
    let mut out = args.format.open(None)?;
    let wide = library.queries().iter().map(|q| q.name.chars().count()).max().unwrap_or(0);
    for query in library.queries() {
        let gap = " ".repeat(wide - query.name.chars().count());
        let name = paint.text(Look::BOLD, &query.name).into_owned();
        let names: Vec<&str> = query.parameters.iter().map(|p| p.name.as_str()).collect();
        let title = harmless(&query.title).into_owned();
        let mark = if query.own { " (yours)" } else { "" };
        let parameters = match names.as_slice() {
            [] => String::new(),
            names => format!("  -p {}", names.join(" ")),
        };
        writeln!(out, "{name}{gap}  {title}{mark}{}", paint.text(Look::DIM, &parameters))?;
    }
    writeln!(out, "\ncopydesk query NAME runs one; --about tells more, --sql prints it")?;
    out.finish()?;
    Ok(Outcome::Done)
}
