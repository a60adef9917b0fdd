//! What can go wrong with an archive, in words that say what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// An archive could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing at that path.
    #[error("{}: no such archive (`copydesk import` makes one; --archive names another)", .path.display())]
    Missing {
        /// Where the archive was looked for.
        path: PathBuf,
    },
    /// There is a file, but it is something else. It was left as it was.
    #[error("{}: not a copydesk archive: {found}; it was left as it is", .path.display())]
    NotAnArchive {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        found: String,
    },
    /// A newer copydesk made it. It was left as it was.
    #[error(
        "{}: made by a newer copydesk (schema {found}, this one knows {known}); update copydesk to open it",
        .path.display()
    )]
    Newer {
        /// The archive.
        path: PathBuf,
        /// Its schema version.
        found: i32,
        /// The newest schema version this program knows.
        known: i32,
    },
    /// An older copydesk made it, and it was to be opened without changing it.
    #[error(
        "{}: made by an older copydesk (schema {found}, this one needs {known}); run `copydesk migrate` first",
        .path.display()
    )]
    Older {
        /// The archive.
        path: PathBuf,
        /// Its schema version.
        found: i32,
        /// The schema version this program needs.
        known: i32,
    },
    /// Another program holds it, and went on holding it.
    #[error("{}: locked by another program; try again when it has finished", .path.display())]
    Locked {
        /// The archive.
        path: PathBuf,
    },
    /// Another import is writing to it.
    #[error("{}: another import is writing to it; try again when it has finished", .path.display())]
    Importing {
        /// The archive.
        path: PathBuf,
    },
    /// An import was told to stop. What it has read is in the archive.
    #[error("stopped; the next import goes on where this one was")]
    Stopped,
    /// The file or its folder may not be written to.
    #[error("{}: cannot be written to (is the file or its folder read-only?): {source}", .path.display())]
    NotWritable {
        /// The archive.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Migrations and archive disagree, or a migration failed; nothing was changed.
    #[error("{}: cannot be migrated, and was left as it is: {source}", .path.display())]
    Migration {
        /// The archive.
        path: PathBuf,
        /// What refinery says.
        source: Box<refinery_core::Error>,
    },
    /// There is no room for what was to be written, or the system would not write it. What was written before
    /// stays.
    #[error(
        "{}: cannot be written to: {source}; is the disk full? What was imported before this is kept; make room and \
         import again",
        .path.display()
    )]
    Full {
        /// The archive.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The file system said no.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// Any other word of SQLite's.
    #[error("{}: {source}", .path.display())]
    Sql {
        /// The archive.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Sorts an error of SQLite's about the archive at `path`.
    pub fn sql(path: &Path, source: rusqlite::Error) -> Error {
        let path = path.to_path_buf();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Locked { path },
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Error::Full { path, source },
            Some(ErrorCode::NotADatabase) => {
                Error::NotAnArchive { path, found: "no SQLite file, or a damaged one".into() }
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Error::NotWritable { path, source }
            }
            _ => Error::Sql { path, source },
        }
    }
}
