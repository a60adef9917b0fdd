//! The archive is never written over by what is taken out of it.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// Refuses a place that is the archive, a part of it, or a folder that holds it.
pub fn spare(archive: &Path, place: &Path) -> Result<()> {
    let Ok(place_whole) = place.canonicalize() else { return Ok(()) };
    // SQLite's log and index of it, and the lock, are parts of the archive as well.
    for end in ["", "-wal", "-shm", "-journal", "-lock"] {
        let mut part = archive.as_os_str().to_owned();
        part.push(end);
        let Ok(part) = PathBuf::from(part).canonicalize() else { continue };
        if part == place_whole {
            let what = if end.is_empty() { "the archive itself" } else { "a part of the archive" };
            bail!("{} is {what}: it is not overwritten", place.display());
        }
        if part.starts_with(&place_whole) {
            bail!("{} holds the archive: it is not replaced", place.display());
        }
    }
    Ok(())
}
