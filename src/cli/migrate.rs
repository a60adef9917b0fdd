//! `copydesk migrate`: brings an archive up to this program's schema.

use std::io::Write;

use anyhow::Result;

use super::{ArchiveArgs, Outcome};
use crate::store::{Archive, ImportLock};

/// Brings the archive up to date with this copydesk; keeps a copy of it as it was.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  copydesk migrate --archive copydesk.db")]
pub struct Args {
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let path = &args.archive.archive;
    // Missing archives are told of before a lock is left beside nothing.
    if !path.exists() {
        Archive::open_existing(path)?;
    }
    let _lock = ImportLock::take(path, || false)?;
    let mut archive = Archive::open_existing(path)?;
    archive.settle_utterances()?;
    let migrated = archive.migrated();
    let mut out = std::io::stdout().lock();
    if migrated.applied.is_empty() {
        writeln!(out, "{}: up to date (schema {})", path.display(), migrated.to)?;
        return Ok(Outcome::Done);
    }
    writeln!(
        out,
        "{}: schema {} -> {}: {}",
        path.display(),
        migrated.from,
        migrated.to,
        migrated.applied.join(", ")
    )?;
    if let Some(backup) = &migrated.backup {
        writeln!(out, "kept as it was before: {}", backup.display())?;
    }
    Ok(Outcome::Done)
}
