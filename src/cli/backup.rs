//! `copydesk backup`: a verified copy of the archive.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::spared::spare;
use super::{ArchiveArgs, Outcome};
use crate::store::{Archive, Backup};

/// Copies the archive to FILE, whole or not at all, and verifies the copy.
///
/// Imports and readers may go on meanwhile: the copy is of one moment, and of the archive's schema, though that be
/// an older one. It is an archive like any other: to
/// look into it, name it with --archive; to restore it, put it in the archive's place while nothing has the
/// archive open, and remove what is left of the old one's log (its name with -wal and -shm behind it).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk backup monday.db
  copydesk backup --force /mnt/nightly/copydesk.db
  copydesk backup --keep 14 /mnt/nightly
  copydesk backup --json monday.db | jq .bytes")]
pub struct Args {
    /// Where the copy goes: a file, or with --keep a folder.
    file: PathBuf,
    /// Make a copy named after archive and time in that folder, and keep so many of the newest of them there.
    /// Older ones are removed once the new one is verified; other files are left alone.
    #[arg(long, value_name = "NUMBER", conflicts_with = "force", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
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
    let archive = Archive::open_as_it_is(&args.archive.archive)?;
    let (backup, removed) = match args.keep {
        Some(keep) => in_folder(&archive, &args.file, keep as usize)?,
        None => {
            spare(archive.path(), &args.file)?;
            (archive.back_up(&args.file, args.force)?, Vec::new())
        }
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        let mut told = serde_json::json!(backup);
        if args.keep.is_some() {
            told["removed"] = serde_json::json!(removed);
        }
        writeln!(out, "{told:#}")?;
    } else {
        writeln!(
            out,
            "{}: {} articles, {} bytes, verified",
            backup.path.display(),
            backup.articles,
            backup.bytes
        )?;
        for path in removed {
            writeln!(out, "{}: removed, as older than the {} kept", path.display(), args.keep.unwrap_or(0))?;
        }
    }
    Ok(Outcome::Done)
}

/// How the time stands in a name, so that names are in the order of time.
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// Makes a backup in a folder of backups, and removes the oldest beyond those to be kept.
fn in_folder(archive: &Archive, folder: &Path, keep: usize) -> Result<(Backup, Vec<PathBuf>)> {
    ensure!(folder.is_dir(), "{}: no such folder; --keep wants a folder of backups", folder.display());
    let stem = archive.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = format!("{stem}-{}.db", jiff::Timestamp::now().strftime(TIME));
    let backup = archive.back_up(&folder.join(name), false)?;
    let mut kept = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| is_of(&stem, name)) {
            kept.push(entry.path());
        }
    }
    kept.sort();
    // A clock that went backwards makes the new one no candidate.
    kept.retain(|path| *path != backup.path);
    let excess = (kept.len() + 1).saturating_sub(keep);
    let removed: Vec<PathBuf> = kept.drain(..excess).collect();
    for path in &removed {
        std::fs::remove_file(path).with_context(|| path.display().to_string())?;
    }
    Ok((backup, removed))
}

/// Whether a file of this name is a backup of the archive of this name.
fn is_of(stem: &str, name: &str) -> bool {
    let time = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".db"));
    time.is_some_and(|time| {
        time.len() == 16
            && time.bytes().enumerate().all(|(n, byte)| match n {
                8 => byte == b'T',
                15 => byte == b'Z',
                _ => byte.is_ascii_digit(),
            })
    })
}
