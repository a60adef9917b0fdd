//! The guard: a connection through which nothing can be written, and no statement runs for ever.
//!
//! SQLite keeps the promise, never a look at the statement's text: the file is opened read-only, an
//! authorizer refuses what is not on its list while a statement is prepared, defensive mode and distrust
//! of the schema are on, and lengths, depths and memory are limited. A progress handler stops what runs
//! past its time; [`Reader::interrupter`] stops it from another thread.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, InterruptHandle};

use super::functions;
use super::memory::Memory;
use crate::store::{self, Archive};

/// PRAGMAs that only tell, asked without a value.
const TELLING: &[&str] = &[
    "application_id",
    "collation_list",
    "compile_options",
    "data_version",
    "database_list",
    "encoding",
    "foreign_keys",
    "freelist_count",
    "function_list",
    "journal_mode",
    "module_list",
    "page_count",
    "page_size",
    "pragma_list",
    "query_only",
    "schema_version",
    "table_list",
    "user_version",
];

/// PRAGMAs whose value names what to tell about; none of them sets anything.
const TELLING_ABOUT: &[&str] = &[
    "foreign_key_check",
    "foreign_key_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "quick_check",
    "table_info",
    "table_list",
    "table_xinfo",
];

/// Functions that reach outside the archive, should a build of SQLite have them.
const REACHING_OUT: &[&str] = &["edit", "fts3_tokenizer", "load_extension", "readfile", "writefile"];

/// Virtual machine steps between two looks at the clock: well under a millisecond.
const STEPS: i32 = 4_000;

/// How much an answer may take.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// Seconds until a statement is stopped; `None` is for ever.
    pub seconds: Option<u64>,
    /// Rows handed out; `None` is all.
    pub rows: Option<u64>,
    /// Whether it is looked whether a parameter called `most` held rows back; this asks a second time where
    /// there are so many.
    pub tells_most: bool,
}

/// The clock of a statement: it stops while rows are written out, so that who reads them in a pager is
/// not told that the statement took too long.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Deadline>);

/// When the running statement must stop, shared with the progress handler.
#[derive(Debug)]
struct Deadline {
    since: Instant,
    /// Milliseconds after `since`; `NEVER` for none.
    at: AtomicU64,
    /// When the rows began to be written that are being written now; `NEVER` for none.
    writing: AtomicU64,
    passed: AtomicBool,
}

const NEVER: u64 = u64::MAX;

impl Clock {
    fn new() -> Clock {
        let never = || AtomicU64::new(NEVER);
        let passed = AtomicBool::new(false);
        Clock(Arc::new(Deadline { since: Instant::now(), at: never(), writing: never(), passed }))
    }

    fn now(&self) -> u64 {
        u64::try_from(self.0.since.elapsed().as_millis()).unwrap_or(NEVER - 1)
    }

    fn start(&self, seconds: Option<u64>) {
        let at = seconds.map_or(NEVER, |seconds| self.now().saturating_add(seconds.saturating_mul(1000)));
        self.0.passed.store(false, Ordering::Relaxed);
        self.0.at.store(at, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        let at = self.0.at.load(Ordering::Relaxed);
        let over = at != NEVER && self.now() >= at;
        if over {
            self.0.passed.store(true, Ordering::Relaxed);
        }
        over
    }

    /// Whether the statement ought to have stopped longer ago than `grace`.
    pub fn is_overdue(&self, grace: Duration) -> bool {
        let grace = u64::try_from(grace.as_millis()).unwrap_or(NEVER);
        let at = self.0.at.load(Ordering::Relaxed);
        self.0.writing.load(Ordering::Relaxed) == NEVER && self.now() > at.saturating_add(grace)
    }

    /// Stops it: the statement is over.
    pub(super) fn stop(&self) {
        self.0.at.store(NEVER, Ordering::Relaxed);
    }

    /// Runs `write`, and lets its time not count; nor does it twice where that is so already.
    pub fn pause<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.0.writing.load(Ordering::Relaxed) != NEVER {
            return write();
        }
        let begun = self.now();
        self.0.writing.store(begun, Ordering::Relaxed);
        let written = write();
        let at = self.0.at.load(Ordering::Relaxed);
        if at != NEVER {
            self.0.at.store(at.saturating_add(self.now().saturating_sub(begun)), Ordering::Relaxed);
        }
        self.0.writing.store(NEVER, Ordering::Relaxed);
        written
    }
}

/// An archive that can be asked, and not written to.
#[derive(Debug)]
pub struct Reader {
    archive: Archive,
    clock: Clock,
    memory: Memory,
    refused: Arc<Mutex<Option<String>>>,
}

impl Reader {
    /// Opens the archive at `path` for questions.
    pub fn open(path: &Path) -> Result<Reader, store::Error> {
        Reader::open_within(path, Memory::default())
    }

    /// The same with as much memory as is said. It is the process's: what one reader was given is the most that
    /// another can be.
    pub fn open_within(path: &Path, memory: Memory) -> Result<Reader, store::Error> {
        Reader::guard(path, Archive::open_read_only(path)?, memory, |_| Ok(()))
    }

    /// Opens the archive at `path` as it stands now: all answers are of one moment, whatever is imported
    /// meanwhile.
    pub fn snapshot(path: &Path) -> Result<Reader, store::Error> {
        Reader::snapshot_within(path, Memory::default())
    }

    /// The same with as much memory as is said.
    pub fn snapshot_within(path: &Path, memory: Memory) -> Result<Reader, store::Error> {
        let begin = |connection: &Connection| connection.execute_batch("BEGIN");
        Reader::guard(path, Archive::open_read_only(path)?, memory, begin)
    }

    fn guard(
        path: &Path,
        mut archive: Archive,
        memory: Memory,
        first: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<Reader, store::Error> {
        let clock = Clock::new();
        let refused = Arc::new(Mutex::new(None));
        let connection = archive.connection_mut();
        restrict(connection, memory)
            .and_then(|()| first(connection))
            .and_then(|()| watch(connection, &clock, &refused))
            .map_err(|source| store::Error::sql(path, source))?;
        Ok(Reader { archive, clock, memory, refused })
    }

    /// What stops the running statement from another thread.
    pub fn interrupter(&self) -> InterruptHandle {
        self.connection().get_interrupt_handle()
    }

    /// The clock of its statements.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// The memory of its statements.
    pub(super) fn memory(&self) -> Memory {
        self.memory
    }

    /// The guarded connection.
    pub fn connection(&self) -> &Connection {
        self.archive.connection()
    }

    /// Where the archive is.
    pub fn path(&self) -> &Path {
        self.archive.path()
    }

    /// Starts the clock for one statement.
    pub(super) fn start(&self, seconds: Option<u64>) {
        self.clock.start(seconds);
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Stops the clock: no statement runs.
    pub(super) fn rest(&self) {
        self.clock.0.at.store(NEVER, Ordering::Relaxed);
    }

    /// Whether the clock stopped the last statement.
    pub(super) fn timed_out(&self) -> bool {
        self.clock.0.passed.load(Ordering::Relaxed)
    }

    /// What the last statement was refused for.
    pub(super) fn refused(&self) -> Option<String> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Sets what needs no handler; it runs before the authorizer, which would refuse it.
fn restrict(connection: &Connection, memory: Memory) -> rusqlite::Result<()> {
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, memory.longest_value()),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 1_000),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 200),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 100),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    functions::register(connection, memory.most_numbers())?;
    connection.pragma_update(None, "hard_heap_limit", memory.heap())?;
    connection.pragma_update(None, "query_only", true)
}

/// Installs the progress handler and the authorizer.
fn watch(
    connection: &mut Connection,
    clock: &Clock,
    refused: &Arc<Mutex<Option<String>>>,
) -> rusqlite::Result<()> {
    let clock = clock.clone();
    connection.progress_handler(STEPS, Some(move || clock.is_over()))?;
    let refused = Arc::clone(refused);
    connection.authorizer(Some(move |context: AuthContext<'_>| match deed(&context.action) {
        None => Authorization::Allow,
        Some(deed) => {
            *refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(deed);
            Authorization::Deny
        }
    }))
}

/// What an action would do that a reader may not; `None` where it may. What is not known here is refused.
fn deed(action: &AuthAction<'_>) -> Option<String> {
    match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => None,
        AuthAction::Function { function_name: name } => {
            let barred = REACHING_OUT.iter().any(|f| f.eq_ignore_ascii_case(name));
            barred.then(|| format!("the function {name}() reaches outside the archive"))
        }
        AuthAction::Pragma { pragma_name: name, pragma_value: value } => {
            let among = |list: &[&str]| list.iter().any(|p| p.eq_ignore_ascii_case(name));
            let tells = among(TELLING_ABOUT) || (value.is_none() && among(TELLING));
            (!tells).then(|| format!("PRAGMA {name} could change how the archive is read or written"))
        }
        AuthAction::Attach { .. } | AuthAction::Detach { .. } => {
            Some("other database files cannot be attached".to_owned())
        }
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => {
            Some("every statement is a transaction of its own here".to_owned())
        }
        AuthAction::Insert { table_name } => Some(format!("it would insert into {table_name}")),
        AuthAction::Update { table_name, .. } => Some(format!("it would update {table_name}")),
        AuthAction::Delete { table_name } => Some(format!("it would delete from {table_name}")),
        _ => Some("it would change the schema".to_owned()),
    }
}
