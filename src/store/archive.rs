//! An open archive: the file is recognized before anything is written to it.
//!
//! The file itself is opened by SQLite alone: closing any other handle on it would let go of the locks
//! SQLite holds in this process.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema::{self, Migrated};
use super::{Error, reference};

/// How long a statement waits for another program's transaction. They are short; a longer wait is a fault.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes that the log may grow by before the writer waits for readers.
const LOG_MOST: u64 = 64 << 20;

/// How long the writer waits for readers then.
const LOG_PATIENCE: Duration = Duration::from_secs(2);

/// Statements kept prepared: the writer has some sixty, used for every document.
const PREPARED: usize = 128;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
    migrated: Migrated,
}

impl Archive {
    /// Opens an archive for writing; makes it where there is none, and brings an older one up to date.
    pub fn open_or_create(path: &Path) -> Result<Archive, Error> {
        if exists(path) {
            return Archive::open_existing(path);
        }
        Archive::open_to_write(path, OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an archive for writing that must be there already, and brings an older one up to date.
    pub fn open_existing(path: &Path) -> Result<Archive, Error> {
        must_be_file(path)?;
        // A look without the right to write first: what is no archive stays untouched to the byte.
        match connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|looking| schema::recognize(&looking, path, schema::known_version()))
        {
            // A journal left by a program that was killed can only be read by one that may write.
            Err(Error::NotWritable { .. }) | Ok(_) => {}
            Err(error) => return Err(error),
        }
        Archive::open_to_write(path, OpenFlags::empty())
    }

    /// Opens an archive that is only to be read. It must be of this program's schema.
    pub fn open_read_only(path: &Path) -> Result<Archive, Error> {
        let known = schema::known_version();
        let archive = Archive::open_as_it_is(path)?;
        match archive.migrated.to {
            found if found < known => Err(Error::Older { path: path.to_path_buf(), found, known }),
            _ => Ok(archive),
        }
    }

    /// Opens an archive of any schema up to this program's, for what asks nothing of it: to be copied.
    pub fn open_as_it_is(path: &Path) -> Result<Archive, Error> {
        must_be_file(path)?;
        let connection = match connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
            Ok(connection) => connection,
            Err(Error::NotWritable { .. }) => connect_at_rest(path)?,
            Err(error) => return Err(error),
        };
        match schema::recognize(&connection, path, schema::known_version())? {
            0 => Err(Error::NotAnArchive { path: path.to_path_buf(), found: "an empty file".into() }),
            to => {
                let migrated = Migrated { from: to, to, applied: Vec::new(), backup: None };
                Ok(Archive { connection, path: path.to_path_buf(), migrated })
            }
        }
    }

    /// An archive without anything in it, in memory alone, in the place of one that is not there yet.
    pub(super) fn empty(path: &Path) -> Result<Archive, Error> {
        let mut connection =
            Connection::open_in_memory().and_then(configure).map_err(|source| Error::sql(path, source))?;
        let migrated = schema::bring_up_to_date(&mut connection, path, &schema::migrations())?;
        Ok(Archive { connection, path: path.to_path_buf(), migrated })
    }

    fn open_to_write(path: &Path, create: OpenFlags) -> Result<Archive, Error> {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | create)?;
        let sql_error = |source| Error::sql(path, source);
        // Before WAL is switched on, so that a stop in between leaves an empty file or a whole archive.
        let migrated = schema::bring_up_to_date(&mut connection, path, &schema::migrations())?;
        switch_to_wal(&connection).map_err(sql_error)?;
        connection.pragma_update(None, "synchronous", "normal").map_err(sql_error)?;
        // A log that a long reader made grow shrinks again when it begins anew.
        connection.pragma_update(None, "journal_size_limit", LOG_MOST as i64).map_err(sql_error)?;
        // Plans that do not depend on what is bound: else a statement beside a partial index is prepared anew
        // for every row.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(sql_error)?;
        reference::refresh(&mut connection).map_err(sql_error)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Ok(Archive { connection, path: path.to_path_buf(), migrated })
    }

    /// The connection.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The connection alone.
    pub(super) fn into_connection(self) -> Connection {
        self.connection
    }

    /// The connection, for what needs it whole: transactions, authorizers, progress handlers.
    pub fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Keeps the log from growing without bound while readers hold what they began to read: past a size, and
    /// each time it has grown by as much again, the writer waits a moment for them to end, and begins the log
    /// anew. Returns the size it was looked after at. What goes wrong here is no fault of the import's.
    pub(super) fn bound_log(&self, told: u64) -> u64 {
        let mut name = self.path.as_os_str().to_owned();
        name.push("-wal");
        let size = fs::metadata(PathBuf::from(name)).map_or(0, |log| log.len());
        if size < LOG_MOST {
            return 0;
        }
        if size < told + LOG_MOST {
            return told;
        }
        let _ = self.connection.busy_timeout(LOG_PATIENCE);
        let _ = self.connection.pragma_update(None, "wal_checkpoint", "truncate");
        let _ = self.connection.busy_timeout(PATIENCE);
        size
    }

    /// Where the archive is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What opening did to the schema.
    pub fn migrated(&self) -> &Migrated {
        &self.migrated
    }

    /// An error of SQLite's, named after this archive.
    pub fn error(&self, source: rusqlite::Error) -> Error {
        Error::sql(&self.path, source)
    }
}

/// The right to import into an archive, held until dropped: SQLite's own lock covers one transaction only.
#[derive(Debug)]
pub struct ImportLock {
    _file: File,
}

impl ImportLock {
    /// Takes the lock, and waits for it as long as `patience` lasts; `waiting` is told before the wait.
    ///
    /// The lock is the system's: it ends with the process that held it, however that ended.
    pub fn take_within(
        archive: &Path,
        patience: Duration,
        waiting: impl FnOnce(),
    ) -> Result<ImportLock, Error> {
        let began = Instant::now();
        let mut waiting = Some(waiting);
        ImportLock::take_while(archive, || {
            let waits = began.elapsed() < patience;
            if let Some(waiting) = waiting.take_if(|_| waits) {
                waiting();
            }
            waits
        })
    }

    /// Takes the lock, and waits for it as long as `waits` says so; it is asked again and again.
    pub fn take_while(archive: &Path, mut waits: impl FnMut() -> bool) -> Result<ImportLock, Error> {
        loop {
            match ImportLock::take(archive, || false) {
                Err(Error::Importing { .. }) if waits() => std::thread::sleep(Duration::from_millis(50)),
                taken => return taken,
            }
        }
    }

    /// Takes the lock. Where another import holds it, `wait` is told, and says whether to wait.
    pub fn take(archive: &Path, wait: impl FnOnce() -> bool) -> Result<ImportLock, Error> {
        let mut name = archive.as_os_str().to_owned();
        name.push("-lock");
        let path = PathBuf::from(name);
        let io_error = |source| Error::Io { path: path.clone(), source };
        let file = File::options().create(true).append(true).open(&path).map_err(io_error)?;
        match file.try_lock() {
            Ok(()) => Ok(ImportLock { _file: file }),
            Err(TryLockError::WouldBlock) if wait() => {
                file.lock().map_err(io_error)?;
                Ok(ImportLock { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Error::Importing { path: archive.to_path_buf() }),
            Err(TryLockError::Error(source)) => Err(io_error(source)),
        }
    }
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn must_be_file(path: &Path) -> Result<(), Error> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(()),
        Ok(_) => Err(Error::NotAnArchive { path: path.to_path_buf(), found: "not a file".into() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::Missing { path: path.to_path_buf() })
        }
        Err(source) => Err(Error::Io { path: path.to_path_buf(), source }),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .and_then(configure)
        .map_err(|source| Error::sql(path, source))?;
    // SQLite opens lazily: only reading tells whether it can.
    connection
        .pragma_query_value(None, "schema_version", |_| Ok(()))
        .map_err(|source| Error::sql(path, source))?;
    Ok(connection)
}

/// Opens an archive in a folder where SQLite may not make its side files. As no writer's log lies beside
/// it, the file is whole as it stands.
fn connect_at_rest(path: &Path) -> Result<Connection, Error> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        let source = rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN),
            Some("a writer's log lies beside it, which only a program that may write can read".into()),
        );
        return Err(Error::NotWritable { path: path.to_path_buf(), source });
    }
    let whole = fs::canonicalize(path).map_err(|source| Error::Io { path: path.to_path_buf(), source })?;
    let mut uri = String::from("file:");
    for byte in whole.to_string_lossy().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(uri, flags).and_then(configure).map_err(|source| Error::sql(path, source))
}

/// SQLite waits for nobody when it switches the mode, so this does.
fn switch_to_wal(connection: &Connection) -> rusqlite::Result<()> {
    let started = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            result => return result,
        }
    }
}

fn configure(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A misspelt column in double quotes is an error rather than a string.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// Bytes written at a time.
    const PIECE: i64 = 4 << 20;
    /// How often at most: a try finds its moment more often than not, and this leaves time for a dozen.
    const PIECES: usize = 12 * (LOG_MOST / PIECE as u64) as usize;

    #[test]
    fn the_log_does_not_grow_without_end_while_somebody_always_reads() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.db");
        let archive = Archive::open_or_create(&path).expect("made");
        archive.connection().execute_batch("CREATE TABLE filler (bytes BLOB)").expect("made");
        let done = AtomicBool::new(false);
        let (begun_anew, largest) = std::thread::scope(|scope| {
            // Two that take turns: at every moment one of them holds what it began to read.
            scope.spawn(|| {
                let readers = [0, 1].map(|_| Archive::open_read_only(&path).expect("opens"));
                let begin = "BEGIN; SELECT count(*) FROM filler";
                readers[0].connection().execute_batch(begin).expect("reads");
                for n in 0.. {
                    let (next, last) = (&readers[(n + 1) % 2], &readers[n % 2]);
                    next.connection().execute_batch(begin).expect("reads");
                    std::thread::sleep(Duration::from_millis(20));
                    last.connection().execute_batch("COMMIT").expect("ends");
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
            let (mut told, mut largest) = (0, 0);
            let mut begun_anew = false;
            for _ in 0..PIECES {
                archive
                    .connection()
                    .execute("INSERT INTO filler VALUES (randomblob(?1))", [PIECE])
                    .expect("written");
                told = archive.bound_log(told);
                let log = fs::metadata(dir.path().join("a.db-wal")).expect("there").len();
                begun_anew = log < largest;
                if begun_anew {
                    break;
                }
                largest = log;
            }
            done.store(true, Ordering::Relaxed);
            (begun_anew, largest)
        });
        assert!(begun_anew, "the log grew to {largest} bytes");
        assert!(largest + 2 * PIECE as u64 > LOG_MOST, "it was begun anew at {largest} bytes already");
    }
}
