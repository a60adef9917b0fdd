//! A folder walked in the order of names: what is in it, and in the folders in it, each as an entry.
//!
//! Which files are wanted is the root's to say; this only looks, and never reads a file.

use std::collections::{HashSet, VecDeque};
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::entry::{Entry, Found, Passed, Root, is_record_name, prefix, skipped};
use super::refusal::Refusal;
use super::source::name_part;

/// Files whose size and time are asked for together.
const TOGETHER: usize = 512;

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

/// A folder that is walked, file by file.
pub(super) struct Folder {
    root: Root,
    /// The source name of the whole root.
    whole: Arc<str>,
    /// What is named itself, and comes as itself.
    apart: HashSet<String>,
    levels: Vec<Level>,
    ready: VecDeque<Entry>,
}

impl Folder {
    pub fn new(root: &Root, given: HashSet<String>) -> Folder {
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
