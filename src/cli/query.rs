//! `copydesk query`: saved queries, listed, told about and run.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;

use super::ask::{Ask, Question};
use super::format::{Format, Kind};
use super::{ArchiveArgs, Outcome};
use crate::present::harmless::harmless;
use crate::present::paint::Look;
use crate::query::{Library, SavedQuery};

/// List the saved queries, or run one.
///
/// A saved query is a .sql file whose first comment lines give its title, the question it answers and its
/// parameters. The same file runs in the sqlite3 shell. Your own are read from --queries DIR, and take the
/// place of built-in ones of the same name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk query
  copydesk query who-said-what -p speaker Merkel
  copydesk query disagreements --csv -o disagreements.csv
  copydesk query figures-about -p thing deaths -o deaths.xlsx
  copydesk query figures-about --about
  copydesk query who-said-what --sql > mine/what-they-said.sql
  copydesk query what-they-said --queries mine")]
pub struct Args {
    /// The query; without one, all are listed.
    name: Option<String>,
    /// Tell what the query answers and what can be set, and do not run it.
    #[arg(long, requires = "name")]
    about: bool,
    /// Print the query's SQL, and do not run it.
    #[arg(long, requires = "name", conflicts_with = "about")]
    sql: bool,
    /// A folder of your own .sql files; repeat it for more.
    #[arg(long, value_name = "DIR", env = "COPYDESK_QUERIES", hide_env_values = true)]
    queries: Vec<PathBuf>,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    format: Format,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let mut library = Library::built_in()?;
    for folder in &args.queries {
        library.add_folder(folder)?;
    }
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
        tell(&mut out, query, args)?;
        out.finish()?;
        return Ok(Outcome::Done);
    }
    if args.format.kind() == Kind::Table && args.format.is_terminal() {
        eprintln!("{}\n", args.format.style().paint.text(Look::BOLD, &harmless(&query.title)));
    }
    let question = Question {
        title: &query.title,
        description: &query.description,
        sql: &query.sql,
        parameters: &query.parameters,
    };
    args.ask.ask(&args.archive, question, &args.format)
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

/// What a query answers, and what can be set.
fn tell(out: &mut impl Write, query: &SavedQuery, args: &Args) -> io::Result<()> {
    let paint = args.format.style().paint;
    writeln!(out, "{}", paint.text(Look::BOLD, &harmless(&query.title)))?;
    if !query.description.is_empty() {
        writeln!(out, "{}", harmless(&query.description))?;
    }
    for parameter in &query.parameters {
        writeln!(
            out,
            "\n  -p {} {}  (default {})\n      {}",
            paint.text(Look::BOLD, &parameter.name),
            parameter.kind.as_str().to_uppercase(),
            harmless(&parameter.default_text()),
            harmless(&parameter.meaning)
        )?;
    }
    Ok(())
}
