//! Backups: a copy of the archive as it is at one moment, whole or not at all, and looked into before it is
//! called one. Imports may go on meanwhile. The copy has the archive's own schema, an older one too.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{Archive, Error};

const COPY: &str = "VACUUM INTO ?1";
const SELECT_FAULTS: &str = "
    SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
    UNION ALL
    SELECT \"table\" || ' refers to nothing in ' || parent FROM pragma_foreign_key_check
    LIMIT 1";
const COUNT: &str = "SELECT count(*) FROM articles";

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Articles in it.
    pub articles: i64,
}

impl Archive {
    /// Copies the archive to `to`, and opens and verifies the copy. What is there already is only replaced
    /// when `replace` says so, and not before the copy is verified.
    pub fn back_up(&self, to: &Path, replace: bool) -> Result<Backup, Error> {
        let io_error = |source| Error::Io { path: to.to_path_buf(), source };
        if same_file(self.path(), to) {
            return Err(io_error(std::io::Error::other("this is the archive itself")));
        }
        if !replace && fs::symlink_metadata(to).is_ok() {
            let there = "is there already: name another file, or replace it with --force";
            return Err(io_error(std::io::Error::new(std::io::ErrorKind::AlreadyExists, there)));
        }
        let mut name = to.as_os_str().to_owned();
        name.push(format!(".{}.partial", std::process::id()));
        let partial = PathBuf::from(name);
        // Of a process of this number that was killed.
        let _ = fs::remove_file(&partial);
        let made = self.copy(&partial).and_then(|backup| {
            fs::rename(&partial, to).map_err(io_error)?;
            Ok(Backup { path: to.to_path_buf(), ..backup })
        });
        if made.is_err() {
            let _ = fs::remove_file(&partial);
        }
        made
    }

    fn copy(&self, to: &Path) -> Result<Backup, Error> {
        let io_error = |source| Error::Io { path: to.to_path_buf(), source };
        self.connection().execute(COPY, [to.to_string_lossy()]).map_err(|source| Error::sql(to, source))?;
        let file = File::options().write(true).open(to).map_err(io_error)?;
        file.sync_all().map_err(io_error)?;
        let bytes = file.metadata().map_err(io_error)?.len();
        // No handle of ours beside SQLite's: closing it would let go of SQLite's locks.
        drop(file);
        let copy = Archive::open_as_it_is(to)?;
        let fault: Option<String> = copy
            .connection()
            .prepare(SELECT_FAULTS)
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.next().transpose())
            .map_err(|source| copy.error(source))?;
        if let Some(fault) = fault {
            return Err(io_error(std::io::Error::other(format!("the copy is not sound: {fault}"))));
        }
        let articles =
            copy.connection().query_row(COUNT, [], |row| row.get(0)).map_err(|source| copy.error(source))?;
        drop(copy);
        for side in ["-wal", "-shm"] {
            let mut name = to.as_os_str().to_owned();
            name.push(side);
            let _ = fs::remove_file(PathBuf::from(name));
        }
        Ok(Backup { path: to.to_path_buf(), bytes, articles })
    }
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
