//! Finding files: paths as given, folders walked in the order of names.

use std::collections::{HashSet, VecDeque};
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::part::Within;
use super::patterns::Patterns;
use super::refusal::Refusal;
use super::source::{name_part, source_name};

/// Files whose size and time are asked for together.
const TOGETHER: usize = 512;

/// A path to be walked, and the name it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Where it is.
    pub path: PathBuf,
    /// What the names of everything in it begin with.
    pub source: String,
    /// Which of its files are wanted, where that is said.
    pub patterns: Option<Arc<Patterns>>,
    /// What a configuration says of it, as JSON; `None` when nobody was asked.
    pub given: Option<Arc<str>>,
    /// Whether its files hold records, a line each, rather than an article each.
    pub records: bool,
    /// What it is a part of, where it is one: see [`Root::part`].
    pub within: Option<Within>,
}

impl Root {
    /// A path that goes by itself. A file whose name says so is one of records.
    pub fn new(path: impl Into<PathBuf>) -> Root {
        let path = path.into();
        let records = path.file_name().is_some_and(is_record_name) && !path.is_dir();
        Root { source: source_name(&path), path, patterns: None, given: None, records, within: None }
    }
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// The name it goes by across imports: [`Document::source`](crate::document::Document::source).
    pub source: String,
    /// Its size in bytes when it was found; 0 for a pipe.
    pub size: u64,
    /// When it was last written, where the system tells.
    pub modified: Option<SystemTime>,
    /// What a configuration says of its source, as JSON; `None` when nobody was asked.
    pub given: Option<Arc<str>>,
    /// Whether it holds records, a line each.
    pub records: bool,
    /// The source name of the root it was found in: a record's own id tells it from others there.
    pub root: Arc<str>,
}

/// Why something in a folder was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Passed {
    /// Its name begins with a dot.
    Hidden,
    /// Its name does not end in `.txt` or `.text`.
    OtherType,
    /// Its name does not end in `.jsonl` or `.ndjson`, in a folder of records.
    NoRecords,
    /// A pipe, socket or device.
    NotAFile,
    /// A link that leads nowhere.
    DeadLink,
    /// A link to a folder that it lies in.
    Loop,
    /// A pattern leaves it out, or none asks for it.
    Unwanted,
    /// The same path was given before.
    Repeated,
}

impl Passed {
    /// The reason in words, for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Passed::Hidden => "hidden",
            Passed::OtherType => "not named .txt or .text",
            Passed::NoRecords => "not named .jsonl or .ndjson",
            Passed::NotAFile => "not a file",
            Passed::DeadLink => "link to nothing",
            Passed::Loop => "link back to a folder above",
            Passed::Unwanted => "left out by a pattern",
            Passed::Repeated => "given twice",
        }
    }
}

/// Something that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its source name.
    pub source: String,
    /// Why.
    pub passed: Passed,
}

/// What a walk comes upon.
#[derive(Debug)]
pub enum Entry {
    /// A file to read.
    Found(Found),
    /// Something passed over: no failure.
    Skipped(Skipped),
    /// A path or folder that could not be looked into.
    Refused(Refusal),
    /// Something in a folder that is named itself, and comes as itself.
    Apart(String),
    /// A part of a folder that is not there any more, nor is anything in it.
    Gone(String),
    /// A folder that was named begins. What follows is in it, in the order of the bytes of its source
    /// names, to where it is left.
    Entered {
        /// The folder's source name.
        source: String,
        /// What the source name of everything in it begins with.
        prefix: String,
        /// Whether it is a part of a folder, which may be empty while the folder is not.
        is_part: bool,
    },
    /// That folder ends.
    Left,
}

/// Everything under the paths: in the order given, folders by the names in them.
///
/// The same folder gives the same order on every machine. A file that is named itself and lies in a
/// folder that is named too comes once, as itself.
pub fn walk(roots: &[Root]) -> impl Iterator<Item = Entry> + Send + use<> {
    let given: HashSet<String> = roots.iter().map(|root| root.source.clone()).collect();
    let given = if given.len() > 1 { given } else { HashSet::new() };
    let mut seen = HashSet::new();
    let roots: Vec<(Root, bool)> =
        roots.iter().map(|root| (root.clone(), seen.insert(root.source.clone()))).collect();
    roots.into_iter().flat_map(move |(root, first)| {
        let branch: Box<dyn Iterator<Item = Entry> + Send> = if !first {
            Box::new(std::iter::once(skipped(root.source, Passed::Repeated)))
        } else if root.path.is_dir() {
            let prefix = prefix(&root.source);
            let is_part = root.within.is_some();
            let entered = Entry::Entered { source: root.source.clone(), prefix, is_part };
            let folder = Folder::new(&root, given.clone());
            Box::new(std::iter::once(entered).chain(folder).chain(std::iter::once(Entry::Left)))
        } else {
            Box::new(single(root).into_iter())
        };
        branch
    })
}

/// What names in a folder of this source name begin with.
pub(super) fn prefix(source: &str) -> String {
    match source {
        "." => String::new(),
        source if source.ends_with('/') => source.to_owned(),
        source => format!("{source}/"),
    }
}

/// A path named by the caller that is no folder: taken whatever its name. A part of a folder is taken only
/// where the walk of the folder takes it.
fn single(root: Root) -> Option<Entry> {
    let metadata = root.path.metadata();
    if root.within.is_some() {
        match &metadata {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(Entry::Gone(root.source)),
            Ok(meta) if !meta.is_file() || !root.takes() => return None,
            _ => {}
        }
    }
    let whole = root.whole().into();
    let Root { path, source, given, records, .. } = root;
    Some(match metadata {
        Ok(meta) => {
            let (size, modified) = (meta.len(), meta.modified().ok());
            let records = records || path.file_name().is_some_and(is_record_name);
            Entry::Found(Found { path, source, size, modified, given, records, root: whole })
        }
        Err(error) => Entry::Refused(Refusal::new(source, error)),
    })
}

/// A folder on the way, and what is still to come of it.
struct Level {
    path: PathBuf,
    prefix: String,
    children: std::iter::Peekable<std::vec::IntoIter<Child>>,
}

/// Something in a folder. Folders are named with a slash at the end, so that the order of names is that of
/// whole source names.
struct Child {
    name: String,
    entry: DirEntry,
    what: What,
}

enum What {
    File,
    Folder,
    Passed(Passed),
    Broken(io::Error),
}

struct Folder {
    root: Root,
    /// The source name of the whole root.
    whole: Arc<str>,
    /// What is named itself, and comes as itself.
    apart: HashSet<String>,
    levels: Vec<Level>,
    ready: VecDeque<Entry>,
}

impl Folder {
    fn new(root: &Root, given: HashSet<String>) -> Folder {
        let apart = given;
        let (root, whole) = (root.clone(), root.whole().into());
        let mut folder = Folder { root, whole, apart, levels: Vec::new(), ready: VecDeque::new() };
        let root = folder.root.clone();
        folder.open(root.path.clone(), prefix(&root.source), &root.source);
        folder
    }

    fn open(&mut self, path: PathBuf, prefix: String, source: &str) {
        match self.list(&path) {
            Ok(children) => {
                self.levels.push(Level { path, prefix, children: children.into_iter().peekable() });
            }
            Err(error) => self.ready.push_back(Entry::Refused(Refusal::new(source, error))),
        }
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Child>> {
        let mut children = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let mut name = name_part(&entry.file_name());
            let what = self.tell(&entry);
            if matches!(what, What::Folder) {
                name.push('/');
            }
            children.push(Child { name, entry, what });
        }
        children.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(children)
    }

    fn tell(&self, entry: &DirEntry) -> What {
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let file_type = match entry.file_type() {
            Ok(file_type) if file_type.is_symlink() => match fs::metadata(entry.path()) {
                Ok(_) if is_hidden => return What::Passed(Passed::Hidden),
                Ok(target) if target.is_dir() && self.is_above(&entry.path()) => {
                    return What::Passed(Passed::Loop);
                }
                Ok(target) => target.file_type(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return What::Passed(if is_hidden { Passed::Hidden } else { Passed::DeadLink });
                }
                Err(error) => return What::Broken(error),
            },
            Ok(file_type) => file_type,
            Err(error) => return What::Broken(error),
        };
        match () {
            // A folder, so that what is in it stands where it belongs in the order of names.
            () if file_type.is_dir() => What::Folder,
            () if is_hidden => What::Passed(Passed::Hidden),
            () if !file_type.is_file() => What::Passed(Passed::NotAFile),
            () if !self.root.names(&entry.file_name()) => {
                What::Passed(if self.root.records { Passed::NoRecords } else { Passed::OtherType })
            }
            () => What::File,
        }
    }

    /// Whether a link leads to a folder that is being walked.
    fn is_above(&self, link: &Path) -> bool {
        let Ok(target) = fs::canonicalize(link) else { return true };
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let parent = link.parent().map(real);
        let whole = self.root.above().map(real);
        self.levels
            .iter()
            .map(|level| real(&level.path))
            .chain(parent)
            .chain(whole)
            .any(|above| above == target)
    }

    /// The files up to the next folder, a bounded number of them.
    fn files(&mut self) {
        let Some(level) = self.levels.last_mut() else { return };
        let mut files = Vec::new();
        while files.len() < TOGETHER {
            match level.children.next_if(|child| !matches!(child.what, What::Folder)) {
                Some(child) => files.push(child),
                None => break,
            }
        }
        let (prefix, apart, root) = (&level.prefix, &self.apart, (&self.root, &self.whole));
        let entries: Vec<Entry> = files
            .into_par_iter()
            .with_min_len(32)
            .filter_map(|child| child.entry(prefix, apart, root))
            .collect();
        self.ready.extend(entries);
    }

    /// The next folder.
    fn descend(&mut self, child: Child) {
        let Some(level) = self.levels.last() else { return };
        let prefix = format!("{}{}", level.prefix, child.name);
        let source = prefix.trim_end_matches('/').to_owned();
        if self.apart.contains(&source) {
            self.ready.push_back(Entry::Apart(source));
        } else if child.name.starts_with('.') {
            self.ready.push_back(skipped(source, Passed::Hidden));
        } else {
            self.open(child.entry.path(), prefix, &source);
        }
    }
}

impl Iterator for Folder {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(entry) = self.ready.pop_front() {
                return Some(entry);
            }
            match self.levels.last_mut()?.children.next_if(|child| matches!(child.what, What::Folder)) {
                Some(folder) => self.descend(folder),
                None if self.levels.last_mut()?.children.peek().is_some() => self.files(),
                None => drop(self.levels.pop()),
            }
        }
    }
}

impl Child {
    /// What it is to the walk; `None` when it is gone since its folder was listed.
    fn entry(
        self,
        prefix: &str,
        apart: &HashSet<String>,
        (root, whole): (&Root, &Arc<str>),
    ) -> Option<Entry> {
        let source = format!("{prefix}{}", self.name);
        if apart.contains(&source) {
            return Some(Entry::Apart(source));
        }
        if matches!(self.what, What::File) && !root.wants(&source) {
            return Some(skipped(source, Passed::Unwanted));
        }
        let metadata = match self.what {
            What::Passed(passed) => return Some(skipped(source, passed)),
            What::Broken(error) => return Some(Entry::Refused(Refusal::new(source, error))),
            // Of a link, its target's: that is what will be read.
            What::File | What::Folder => match self.entry.metadata() {
                Ok(meta) if meta.is_symlink() => fs::metadata(self.entry.path()),
                metadata => metadata,
            },
        };
        match metadata {
            Ok(meta) => Some(Entry::Found(Found {
                path: self.entry.path(),
                source,
                size: meta.len(),
                modified: meta.modified().ok(),
                given: root.given.clone(),
                records: root.records || is_record_name(OsStr::new(&self.name)),
                root: Arc::clone(whole),
            })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => Some(Entry::Refused(Refusal::new(source, error))),
        }
    }
}

fn skipped(source: String, passed: Passed) -> Entry {
    Entry::Skipped(Skipped { source, passed })
}

pub(super) fn is_article_name(name: &OsStr) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"))
}

pub(super) fn is_record_name(name: &OsStr) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn lay(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder for the test");
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
            fs::write(path, "Text.").expect("a file");
        }
        dir
    }

    /// Names found, and names passed over with the reason, both below the folder.
    fn names(dir: &Path, paths: &[PathBuf]) -> (Vec<String>, Vec<String>) {
        let below =
            |s: &str| s.strip_prefix(&source_name(dir)).unwrap_or(s).trim_start_matches('/').to_owned();
        let (mut found, mut passed) = (Vec::new(), Vec::new());
        let roots: Vec<Root> = paths.iter().map(Root::new).collect();
        for entry in walk(&roots) {
            match entry {
                Entry::Found(f) => found.push(below(&f.source)),
                Entry::Skipped(s) => passed.push(format!("{}: {}", below(&s.source), s.passed.as_str())),
                Entry::Refused(r) => panic!("{r}"),
                Entry::Apart(_) | Entry::Gone(_) | Entry::Entered { .. } | Entry::Left => {}
            }
        }
        (found, passed)
    }

    #[test]
    fn folders_are_walked_by_name_and_other_files_passed_over() {
        let dir = lay(&["b/z.txt", "b/A.TXT", "a.text", "c.csv", ".hidden.txt", ".git/x.txt", "d/e/f.txt"]);
        let (found, passed) = names(dir.path(), &[dir.path().to_owned()]);
        assert_eq!(found, ["a.text", "b/A.TXT", "b/z.txt", "d/e/f.txt"]);
        assert_eq!(passed, [".git: hidden", ".hidden.txt: hidden", "c.csv: not named .txt or .text"]);
    }

    #[test]
    fn the_order_is_that_of_whole_names() {
        let dir = lay(&["a/b.txt", "a.txt", "a-b.txt", "a0.txt", "a b/c.txt", "a/b/c.txt", "a/b-c.txt"]);
        let (found, _) = names(dir.path(), &[dir.path().to_owned()]);
        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(found, sorted);
        assert_eq!(found.len(), 7);
    }

    #[test]
    fn a_named_file_is_taken_whatever_its_name_and_once() {
        let dir = lay(&["a.txt", "page.html", "sub/b.txt"]);
        let at = |name: &str| dir.path().join(name);
        let (found, passed) = names(
            dir.path(),
            &[dir.path().to_owned(), at("page.html"), at("./a.txt"), at("sub"), at("a.txt")],
        );
        assert_eq!(found, ["page.html", "a.txt", "sub/b.txt"]);
        assert_eq!(passed, ["a.txt: given twice"]);
    }

    #[test]
    fn a_missing_path_is_refused_with_its_name() {
        let entry = walk(&[Root::new("no/such/place.txt")]).next();
        let Some(Entry::Refused(refusal)) = entry else { panic!("{entry:?}") };
        assert_eq!(refusal.place, "no/such/place.txt");
        assert_eq!(refusal.reason.as_str(), "unreadable");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_and_dead_links_passed_over() {
        use std::os::unix::fs::symlink;
        let dir = lay(&["a/x.txt", "b/y.txt"]);
        symlink(dir.path(), dir.path().join("a/up")).expect("a link");
        symlink(dir.path().join("b"), dir.path().join("c")).expect("a link");
        symlink(dir.path().join("nowhere.txt"), dir.path().join("dead.txt")).expect("a link");
        let (found, passed) = names(dir.path(), &[dir.path().to_owned()]);
        assert_eq!(found, ["a/x.txt", "b/y.txt", "c/y.txt"]);
        assert_eq!(passed, ["a/up: link back to a folder above", "dead.txt: link to nothing"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_a_folder_is_never_opened() {
        let dir = lay(&["a.txt"]);
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s.txt")).expect("a socket");
        let (found, passed) = names(dir.path(), &[dir.path().to_owned()]);
        assert_eq!(found, ["a.txt"]);
        assert_eq!(passed, ["s.txt: not a file"]);
    }
}
