//! The archive is never written over by what is taken out of it.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// What SQLite's log and index of it, its journal, and the lock are called behind the archive's name.
const SIDES: [&str; 4] = ["-wal", "-shm", "-journal", "-lock"];

/// Refuses a place that is the archive, a part of it, or a folder that holds it. Parts that are not there now are
/// spared as well: what stands under such a name, SQLite would take for its own.
pub fn spare(archive: &Path, place: &Path) -> Result<()> {
    let Some(place_whole) = whole(place) else { return Ok(()) };
    // SQLite's files lie beside what a link leads to, the lock beside the link.
    let archives: Vec<PathBuf> = whole(archive).into_iter().chain(in_its_folder(archive)).collect();
    for archive in &archives {
        if *archive == place_whole {
            bail!("{} is the archive itself: it is not overwritten", place.display());
        }
        for side in SIDES {
            let mut part = archive.as_os_str().to_owned();
            part.push(side);
            if Path::new(&part) == place_whole {
                bail!("{} is a part of the archive: it is not overwritten", place.display());
            }
        }
        if archive.starts_with(&place_whole) {
            bail!("{} holds the archive: it is not replaced", place.display());
        }
    }
    Ok(())
}

/// A path without links, whether or not there is anything at its end.
fn whole(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().or_else(|| in_its_folder(path))
}

/// A path of which only the last part may be a link.
fn in_its_folder(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_not_there_yet_is_spared_and_a_neighbour_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let archive = dir.path().join("a.db");
        std::fs::write(&archive, "").expect("written");
        for spared in ["a.db", "a.db-wal", "a.db-shm", "a.db-journal", "a.db-lock", "./a.db-wal", ""] {
            assert!(spare(&archive, &dir.path().join(spared)).is_err(), "{spared}");
        }
        for free in ["b.db", "a.db-walk", "a.csv", "nowhere/a.db-wal"] {
            assert!(spare(&archive, &dir.path().join(free)).is_ok(), "{free}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_archive_behind_a_link_is_spared_with_its_parts() {
        let dir = tempfile::tempdir().expect("a folder");
        let (real, link) = (dir.path().join("real.db"), dir.path().join("link.db"));
        std::fs::write(&real, "").expect("written");
        std::os::unix::fs::symlink(&real, &link).expect("made");
        for spared in ["real.db", "link.db", "real.db-wal", "link.db-lock"] {
            assert!(spare(&link, &dir.path().join(spared)).is_err(), "{spared}");
        }
    }
}
