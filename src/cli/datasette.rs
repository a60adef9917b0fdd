//! `copydesk datasette`: what Datasette is told of the archive.

use std::io::Write;

use anyhow::{Result, bail};

use super::folders::Folders;
use super::{ArchiveArgs, Outcome};
use crate::present::datasette;
use crate::query::Reader;

/// Print the metadata that lets Datasette show the archive with its titles, meanings and saved queries.
///
/// It is JSON, which Datasette reads from a .json and from a .yaml file alike. Datasette hands all
/// parameters over as text, and '' for what is left empty: saved queries take both.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk datasette > metadata.json
  copydesk datasette --queries mine > metadata.json

Then, where Datasette is installed:
  datasette copydesk.db -m metadata.json --setting sql_time_limit_ms 5000")]
pub struct Args {
    /// What Datasette calls the database: the file's name without its ending, unless it is told otherwise.
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let library = args.folders.library(&[])?;
    let stem = args.archive.archive.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let Some(database) = args.database.clone().or(stem) else {
        bail!("{} has no name", args.archive.archive.display());
    };
    let metadata = datasette::metadata(&Reader::open(&args.archive.archive)?, &library, &database)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{metadata:#}")?;
    out.flush()?;
    Ok(Outcome::Done)
}
