//! A part of a root: one file or folder in it, walked as the walk of the whole root would come upon it, so
//! that a change in a large folder costs what changed.
//!
//! Knows which names a root takes; finds nothing itself.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::entry::{Entry, Root, is_article_name, is_record_name, prefix};
use super::source::name_part;
use super::walk::walk;

/// The root that a part belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// Where the whole root is.
    path: PathBuf,
    /// Its source name: patterns are told apart from there down.
    source: String,
}

impl Root {
    /// What lies at `rest` in this root, as a root; `None` when the walk of the whole never looks there:
    /// hidden files and folders, and names that lead elsewhere.
    pub fn part(&self, rest: &Path) -> Option<Root> {
        if rest.as_os_str().is_empty() {
            return Some(self.clone());
        }
        let mut source = prefix(&self.source);
        for (n, component) in rest.components().enumerate() {
            let Component::Normal(name) = component else { return None };
            if name.as_encoded_bytes().starts_with(b".") {
                return None;
            }
            if n > 0 {
                source.push('/');
            }
            source.push_str(&name_part(name));
        }
        let within = Within { path: self.path.clone(), source: self.source.clone() };
        Some(Root { path: self.path.join(rest), source, within: Some(within), ..self.clone() })
    }

    /// Whether the root is there and has anything to read in it: one without may be a disk that is not there.
    pub fn has_any(&self) -> bool {
        walk(std::slice::from_ref(self)).any(|entry| matches!(entry, Entry::Found(_)))
    }

    /// Whether another root lies in this one.
    pub fn holds(&self, other: &Root) -> bool {
        other.source.starts_with(&prefix(&self.source))
    }

    /// Whether a file that is this part is one that its root takes.
    pub(super) fn takes(&self) -> bool {
        let name = self.path.file_name().unwrap_or_default();
        self.names(name) && self.wants(&self.source)
    }

    /// Whether files of this name are taken, patterns apart.
    pub(super) fn names(&self, name: &OsStr) -> bool {
        self.asks() || if self.records { is_record_name(name) } else { is_article_name(name) }
    }

    /// The source name of the whole root.
    pub(super) fn whole(&self) -> &str {
        self.within.as_ref().map_or(&self.source, |within| &within.source)
    }

    /// Whether patterns say which names are wanted, so that endings do not.
    pub(super) fn asks(&self) -> bool {
        self.patterns.as_ref().is_some_and(|patterns| patterns.includes("").is_some())
    }

    /// Whether patterns want a file of this source name, where there are any.
    pub(super) fn wants(&self, source: &str) -> bool {
        let Some(patterns) = &self.patterns else { return true };
        let own = prefix(self.whole());
        let name = source.strip_prefix(&own).unwrap_or(source);
        !patterns.excludes(name) && patterns.includes(name) != Some(false)
    }

    /// The folders that a part lies in, up to its root.
    pub(super) fn above(&self) -> impl Iterator<Item = &Path> {
        let whole = self.within.as_ref().map(|within| within.path.as_path());
        let above = self.path.ancestors().skip(1);
        above.take_while(move |path| whole.is_some_and(|whole| path.starts_with(whole)))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::read::Patterns;

    /// What a walk of the part finds, below the root, and what it says is gone.
    fn finds(root: &Root, rest: &str) -> Vec<String> {
        let Some(part) = root.part(Path::new(rest)) else { return vec!["nothing".to_owned()] };
        let below = |source: &str| source.trim_start_matches(&prefix(&root.source)).to_owned();
        let entries = walk(&[part]).filter_map(|entry| match entry {
            Entry::Found(found) => Some(below(&found.source)),
            Entry::Gone(source) => Some(format!("{} is gone", below(&source))),
            _ => None,
        });
        entries.collect()
    }

    #[test]
    fn a_part_is_what_the_whole_walk_comes_upon_there() {
        let dir = tempfile::tempdir().expect("a folder");
        for file in ["a.txt", "b/c.txt", "b/d/e.txt", "b/.f.txt", "b/notes.csv", "b/drafts/x.txt"] {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("in the folder")).expect("made");
            fs::write(path, "Text.").expect("written");
        }
        let patterns = Patterns::new(&[], &["b/drafts/**".to_owned()]).expect("patterns");
        let root = Root { patterns: patterns.map(Arc::new), ..Root::new(dir.path()) };
        for (rest, found) in [
            ("a.txt", &["a.txt"][..]),
            ("b", &["b/c.txt", "b/d/e.txt"]),
            ("b/d/e.txt", &["b/d/e.txt"]),
            ("b/.f.txt", &["nothing"]),
            ("b/notes.csv", &[]),
            ("b/drafts/x.txt", &[]),
            ("b/drafts", &[]),
            ("b/gone.txt", &["b/gone.txt is gone"]),
            ("../x.txt", &["nothing"]),
        ] {
            assert_eq!(finds(&root, rest), found, "{rest}");
        }
        assert!(root.has_any());
        assert!(!Root::new(dir.path().join("no such folder")).has_any());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_a_part_to_the_folder_around_it_is_a_loop() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::create_dir(dir.path().join("b")).expect("made");
        fs::write(dir.path().join("a.txt"), "Text.").expect("written");
        std::os::unix::fs::symlink(dir.path(), dir.path().join("b/up")).expect("a link");
        assert_eq!(finds(&Root::new(dir.path()), "b"), [""; 0]);
    }
}
