//! `copydesk query check`: saved queries held to what their heads say.

use std::io::{self, Write};
use std::time::Instant;

use anyhow::{Result, bail};
use rusqlite::Row;

use crate::cli::folders::Folders;
use crate::cli::{ArchiveArgs, Outcome, interrupt};
use crate::present::harmless::harmless;
use crate::query::{Answered, Column, Error, Limits, Reader, SavedQuery, Sink, Unreadable};

/// Check saved queries: each prepares, what it takes is described, and it reads no big table whole.
///
/// A query that must read one of the tables that grow with the articles from end to end says so in its head
/// (`-- scan: WHY`). With --time each is also run with its defaults, and its time is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk query check
  copydesk query check --queries mine
  copydesk query check what-they-said --queries mine --time

Exit codes: 0 all are well; 1 one is not.")]
pub struct Args {
    /// The queries; all unless some are named.
    names: Vec<String>,
    /// Run each, and tell how long it takes.
    #[arg(long)]
    time: bool,
}

/// Runs the verb.
pub fn run(args: &Args, folders: &Folders, archive: &ArchiveArgs) -> Result<Outcome> {
    let library = folders.read()?;
    let is_asked = |file: &&Unreadable| args.names.is_empty() || args.names.contains(&file.name);
    let unreadable: Vec<&Unreadable> = library.unreadable().iter().filter(is_asked).collect();
    let queries: Vec<&SavedQuery> = match args.names.as_slice() {
        [] => library.queries().iter().collect(),
        names => {
            let read = names.iter().filter(|name| unreadable.iter().all(|file| file.name != **name));
            read.map(|name| library.find(name)).collect::<Result<_, _>>()?
        }
    };
    let reader = Reader::open(&archive.archive)?;
    interrupt::watch(&reader)?;
    let wide = queries.iter().map(|query| query.name.chars().count()).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    let mut faulty = 0;
    for query in queries {
        let mut faults = reader.faults(query)?;
        let mut took = String::new();
        if args.time && faults.is_empty() {
            match time(&reader, query) {
                Ok(told) => took = format!("  {told}"),
                Err(error) => faults.push(error.to_string()),
            }
        }
        let gap = " ".repeat(wide - query.name.chars().count());
        if faults.is_empty() {
            let scan =
                query.scan.as_ref().map_or(String::new(), |scan| format!("  reads {}", harmless(scan)));
            writeln!(out, "ok      {}{gap}{took}{scan}", query.name)?;
        } else {
            faulty += 1;
            tell_faulty(&mut out, &query.name, &faults)?;
        }
    }
    for file in &unreadable {
        tell_faulty(&mut out, &file.name, std::slice::from_ref(&file.reason))?;
    }
    out.flush()?;
    match faulty + unreadable.len() {
        0 => Ok(Outcome::Done),
        1 => bail!("a saved query is faulty"),
        faulty => bail!("{faulty} saved queries are faulty"),
    }
}

fn tell_faulty(out: &mut impl Write, name: &str, faults: &[String]) -> io::Result<()> {
    writeln!(out, "FAULTY  {}", harmless(name))?;
    faults.iter().try_for_each(|fault| writeln!(out, "        {}", harmless(fault)))
}

/// Seconds that one query may take.
const PATIENCE: u64 = 30;

/// Runs a query with its defaults; one that must be given something is only prepared.
fn time(reader: &Reader, query: &SavedQuery) -> Result<String, Error> {
    if query.parameters.iter().any(|parameter| parameter.default.is_none()) {
        return Ok("not run: it must be given something".to_owned());
    }
    let begun = Instant::now();
    let limits = Limits { seconds: Some(PATIENCE), ..Limits::default() };
    let answered = reader.answer(&query.sql, &query.parameters, &[], limits, &mut Nowhere)?;
    Ok(format!("{:>6} ms {:>8} rows", begun.elapsed().as_millis(), answered.rows))
}

/// Takes rows and leaves them.
struct Nowhere;

impl Sink for Nowhere {
    fn columns(&mut self, _columns: &[Column]) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, _row: &Row<'_>) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, _answered: &Answered) -> io::Result<()> {
        Ok(())
    }
}
