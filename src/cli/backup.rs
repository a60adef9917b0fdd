//! `copydesk backup`: a verified copy of the archive.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use super::{ArchiveArgs, Outcome};
use crate::store::Archive;

/// Copies the archive to FILE, whole or not at all, and verifies the copy.
///
/// Imports and readers may go on meanwhile: the copy is of one moment. It is an archive like any other: to
/// look into it, name it with --archive; to restore it, put it in the archive's place while nothing has the
/// archive open, and remove what is left of the old one's log (its name with -wal and -shm behind it).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk backup monday.db
  copydesk backup --force /mnt/nightly/copydesk.db
  copydesk backup --json monday.db | jq .bytes")]
pub struct Args {
    /// Where the copy goes.
    file: PathBuf,
    /// Replace what is there, once the copy is verified.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Print what was made as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let archive = Archive::open_read_only(&args.archive.archive)?;
    let backup = archive.back_up(&args.file, args.force)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", serde_json::json!(backup))?;
    } else {
        writeln!(
            out,
            "{}: {} articles, {} bytes, verified",
            backup.path.display(),
            backup.articles,
            backup.bytes
        )?;
    }
    Ok(Outcome::Done)
}
