//! Following folders: what the system tells of files that come, change and go, gathered until it is quiet.
//!
//! Says where to look, and never what is there: the import looks for itself. What the system does not tell
//! (a file system of another machine, a lost message) is made up for by looking at everything at times.

mod pending;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::read::Root;
use pending::{Due, Pending};

/// How often it is looked whether to go on, and whether what could not be watched is there.
const TICK: Duration = Duration::from_millis(200);

/// Where to look.
#[derive(Debug)]
pub enum Look {
    /// Everywhere.
    Whole,
    /// At these: which of the roots, and where in it.
    Places(Vec<(usize, PathBuf)>),
}

/// A root that is not followed, and why.
#[derive(Debug)]
pub struct Unwatched {
    /// The root, as it was given.
    pub path: PathBuf,
    /// What the system says.
    pub reason: String,
}

/// Roots that are followed.
pub struct Watch {
    roots: Vec<PathBuf>,
    shared: Arc<Shared>,
    send: SyncSender<()>,
    woken: Receiver<()>,
    watcher: Option<RecommendedWatcher>,
    /// Roots that were not there when they were to be watched.
    missing: Vec<PathBuf>,
}

/// What the thread that listens to the system and the one that looks have in common.
struct Shared {
    pending: Mutex<Pending<(usize, PathBuf)>>,
    /// The roots by their real paths, as the system names them; `None` where one is not there.
    real: Mutex<Vec<Option<PathBuf>>>,
    /// The archive's real path: what is written there is no news.
    archive: PathBuf,
}

impl Watch {
    /// Roots to be followed, once [`Watch::renew`] has begun to; `quiet` is how long a file must not change
    /// before it is looked at. What happens to the files of `archive` is not told of.
    pub fn new(roots: &[Root], archive: &Path, quiet: Duration) -> Watch {
        let archive = archive.canonicalize().unwrap_or_else(|_| archive.to_path_buf());
        let shared = Shared { pending: Mutex::new(Pending::new(quiet)), real: Mutex::default(), archive };
        let (send, woken) = sync_channel(1);
        let roots = roots.iter().map(|root| root.path.clone()).collect();
        Watch { roots, shared: Arc::new(shared), send, woken, watcher: None, missing: Vec::new() }
    }

    /// Begins to follow all roots, or begins anew, as before a look at everything; gives those that it
    /// cannot follow.
    pub fn renew(&mut self) -> Vec<Unwatched> {
        self.watcher = None;
        self.missing.clear();
        lock(&self.shared.pending).forget();
        let real: Vec<_> = self.roots.iter().map(|root| root.canonicalize().ok()).collect();
        lock(&self.shared.real).clone_from(&real);
        let (shared, send) = (Arc::clone(&self.shared), self.send.clone());
        let heard = move |told: notify::Result<Event>| {
            if shared.hear(told, Instant::now()) {
                // One that was woken already looks at all that waits.
                let _ = send.try_send(());
            }
        };
        let mut watcher = match notify::recommended_watcher(heard) {
            Ok(watcher) => watcher,
            Err(error) => {
                let told = |path: &PathBuf| Unwatched { path: path.clone(), reason: reason(&error) };
                return self.roots.iter().map(told).collect();
            }
        };
        let mut unwatched = Vec::new();
        for (path, real) in self.roots.iter().zip(real) {
            let Some(real) = real else {
                self.missing.push(path.clone());
                continue;
            };
            // A file that is replaced by another is another: its folder tells of that.
            let (watched, mode) = match real.parent() {
                Some(parent) if !real.is_dir() => (parent, RecursiveMode::NonRecursive),
                _ => (real.as_path(), RecursiveMode::Recursive),
            };
            if let Err(error) = watcher.watch(watched, mode) {
                unwatched.push(Unwatched { path: path.clone(), reason: reason(&error) });
            }
        }
        self.watcher = Some(watcher);
        unwatched
    }

    /// Waits until there is something to look at; at everything at `whole` at the latest, once nothing is
    /// being written. `None` when `stopped` says so.
    pub fn wait(&self, whole: Instant, stopped: &dyn Fn() -> bool) -> Option<Look> {
        loop {
            if stopped() {
                return None;
            }
            let now = Instant::now();
            let mut pending = lock(&self.shared.pending);
            if pending.is_quiet(now) && (now >= whole || self.missing.iter().any(|path| path.exists())) {
                return Some(Look::Whole);
            }
            match pending.due(now) {
                Some(Due::Whole) => return Some(Look::Whole),
                Some(Due::Places(places)) => return Some(Look::Places(places)),
                None => drop(pending),
            }
            // Whether it was woken or is time, all is looked at again.
            let _ = self.woken.recv_timeout(TICK);
        }
    }
}

impl Shared {
    /// Takes note of what the system tells; says whether it is news.
    fn hear(&self, told: notify::Result<Event>, now: Instant) -> bool {
        let event = match told {
            Ok(event) if event.need_rescan() => {
                lock(&self.pending).note_whole(now);
                return true;
            }
            Ok(event) => event,
            // What was to be told is lost; a look at everything makes up for it.
            Err(_) => {
                lock(&self.pending).note_whole(now);
                return true;
            }
        };
        // The import's own reading is told of too.
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
            return false;
        }
        let is_end = matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From))
        );
        let places: Vec<_> = event.paths.iter().filter_map(|path| self.place(path)).collect();
        let mut pending = lock(&self.pending);
        for (root, rest) in &places {
            if is_end && rest.as_os_str().is_empty() {
                // A root that went took its watch along.
                pending.note_whole(now);
            } else {
                pending.note((*root, rest.clone()), now);
            }
        }
        !places.is_empty()
    }

    /// The root that a path lies in, the innermost one, and where in it.
    fn place(&self, path: &Path) -> Option<(usize, PathBuf)> {
        if self.is_of_archive(path) {
            return None;
        }
        let real = lock(&self.real);
        let within = real.iter().enumerate().filter_map(|(n, root)| {
            let root = root.as_ref()?;
            Some((root.components().count(), n, path.strip_prefix(root).ok()?))
        });
        // Of two that are the same, the first.
        let (_, n, rest) = within.min_by_key(|(depth, n, _)| (std::cmp::Reverse(*depth), *n))?;
        Some((n, rest.to_path_buf()))
    }

    fn is_of_archive(&self, path: &Path) -> bool {
        let (Some(name), Some(own)) = (path.file_name(), self.archive.file_name()) else { return false };
        path.parent() == self.archive.parent() && name.as_encoded_bytes().starts_with(own.as_encoded_bytes())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why something cannot be watched, and what to do.
fn reason(error: &notify::Error) -> String {
    match error.kind {
        ErrorKind::MaxFilesWatch => "more folders than the system lets one user watch; raise \
             fs.inotify.max_user_watches with sysctl"
            .to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, RemoveKind};

    fn shared(roots: &[&str]) -> Shared {
        Shared {
            pending: Mutex::new(Pending::new(Duration::ZERO)),
            real: Mutex::new(roots.iter().map(|root| Some(PathBuf::from(root))).collect()),
            archive: PathBuf::from("/news/a.db"),
        }
    }

    fn heard(shared: &Shared, kind: EventKind, path: &str) -> Option<Due<(usize, PathBuf)>> {
        let now = Instant::now();
        shared.hear(Ok(Event::new(kind).add_path(path.into())), now);
        lock(&shared.pending).due(now)
    }

    #[test]
    fn changes_are_told_of_the_innermost_root_and_reading_is_none() {
        let shared = shared(&["/news", "/news/echo", "/news/echo", "/wire/one.story"]);
        let create = EventKind::Create(CreateKind::File);
        let at = |root, rest: &str| Some(Due::Places(vec![(root, PathBuf::from(rest))]));
        assert_eq!(heard(&shared, create, "/news/x/a.txt"), at(0, "x/a.txt"));
        assert_eq!(heard(&shared, create, "/news/echo/a.txt"), at(1, "a.txt"));
        assert_eq!(heard(&shared, create, "/wire/one.story"), at(3, ""));
        assert_eq!(heard(&shared, create, "/wire/two.story"), None);
        let closed = |mode| EventKind::Access(AccessKind::Close(mode));
        assert_eq!(heard(&shared, closed(AccessMode::Write), "/news/a.txt"), at(0, "a.txt"));
        assert_eq!(heard(&shared, closed(AccessMode::Read), "/news/a.txt"), None);
        assert_eq!(heard(&shared, EventKind::Access(AccessKind::Open(AccessMode::Any)), "/news/a.txt"), None);
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert_eq!(heard(&shared, written, "/news/a.db-wal"), None);
        assert_eq!(heard(&shared, written, "/news/x/a.db"), at(0, "x/a.db"));
    }

    #[test]
    fn a_lost_message_an_error_and_a_root_that_goes_mean_everything() {
        let shared = shared(&["/news"]);
        let now = Instant::now();
        let due = || lock(&shared.pending).due(now);
        assert!(shared.hear(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), now));
        assert_eq!(due(), Some(Due::Whole));
        assert!(shared.hear(Err(notify::Error::generic("lost")), now));
        assert_eq!(due(), Some(Due::Whole));
        assert_eq!(heard(&shared, EventKind::Remove(RemoveKind::Folder), "/news"), Some(Due::Whole));
    }
}
