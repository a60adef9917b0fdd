//! Finding files: paths as given, folders walked in the order of names.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::refusal::Refusal;
use super::source::source_name;

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
}

/// Why something in a folder was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Passed {
    /// Its name begins with a dot.
    Hidden,
    /// Its name does not end in `.txt` or `.text`.
    OtherType,
    /// A pipe, socket or device.
    NotAFile,
    /// A link that leads nowhere.
    DeadLink,
    /// A link to a folder that it lies in.
    Loop,
    /// The same path was given before.
    Repeated,
}

impl Passed {
    /// The reason in words, for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Passed::Hidden => "hidden",
            Passed::OtherType => "not named .txt or .text",
            Passed::NotAFile => "not a file",
            Passed::DeadLink => "link to nothing",
            Passed::Loop => "link back to a folder above",
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
}

/// Everything under the paths: in the order given, folders by the names in them.
///
/// The same folder gives the same order on every machine. A file that is named itself and lies in a
/// folder that is named too comes once, as itself.
pub fn walk(paths: &[PathBuf]) -> impl Iterator<Item = Entry> + Send + use<> {
    let given: HashSet<String> = paths.iter().map(|p| source_name(p)).collect();
    let mut seen = HashSet::new();
    let roots: Vec<(PathBuf, bool)> =
        paths.iter().map(|path| (path.clone(), seen.insert(source_name(path)))).collect();
    roots.into_iter().flat_map(move |(path, first)| {
        let source = source_name(&path);
        let branch: Box<dyn Iterator<Item = Entry> + Send> = if !first {
            Box::new(std::iter::once(Entry::Skipped(Skipped { source, passed: Passed::Repeated })))
        } else if path.is_dir() {
            Box::new(folder(&path, if given.len() > 1 { given.clone() } else { HashSet::new() }))
        } else {
            Box::new(std::iter::once(single(path, source)))
        };
        branch
    })
}

/// A path named by the caller that is no folder: taken whatever its name.
fn single(path: PathBuf, source: String) -> Entry {
    match path.metadata() {
        Ok(meta) => Entry::Found(Found { path, source, size: meta.len(), modified: meta.modified().ok() }),
        Err(error) => Entry::Refused(Refusal::new(source, error)),
    }
}

fn folder(root: &Path, given: HashSet<String>) -> impl Iterator<Item = Entry> + Send + use<> {
    let mut walker = WalkDir::new(root).min_depth(1).follow_links(true).sort_by_file_name().into_iter();
    std::iter::from_fn(move || {
        loop {
            let entry = match walker.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(failure(error)),
            };
            let is_dir = entry.file_type().is_dir();
            if !given.is_empty() && given.contains(&source_name(entry.path())) {
                if is_dir {
                    walker.skip_current_dir();
                }
                continue;
            }
            if is_hidden(&entry) {
                if is_dir {
                    walker.skip_current_dir();
                }
                return Some(skipped(entry.path(), Passed::Hidden));
            }
            if !is_dir {
                return Some(file(entry));
            }
        }
    })
}

fn file(entry: DirEntry) -> Entry {
    if !entry.file_type().is_file() {
        return skipped(entry.path(), Passed::NotAFile);
    }
    if !is_article_name(entry.path()) {
        return skipped(entry.path(), Passed::OtherType);
    }
    match entry.metadata() {
        Ok(meta) => Entry::Found(Found {
            source: source_name(entry.path()),
            size: meta.len(),
            modified: meta.modified().ok(),
            path: entry.into_path(),
        }),
        Err(error) => failure(error),
    }
}

/// A folder that cannot be listed is refused; links that lead in circles or nowhere are passed over.
fn failure(error: walkdir::Error) -> Entry {
    let path = error.path().unwrap_or(Path::new("")).to_owned();
    if error.loop_ancestor().is_some() {
        return skipped(&path, Passed::Loop);
    }
    let error = error.into_io_error().unwrap_or_else(|| std::io::Error::other("cannot be looked into"));
    if error.kind() == std::io::ErrorKind::NotFound && path.is_symlink() {
        return skipped(&path, Passed::DeadLink);
    }
    Entry::Refused(Refusal::new(source_name(&path), error))
}

fn skipped(path: &Path, passed: Passed) -> Entry {
    Entry::Skipped(Skipped { source: source_name(path), passed })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_article_name(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"))
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
        for entry in walk(paths) {
            match entry {
                Entry::Found(f) => found.push(below(&f.source)),
                Entry::Skipped(s) => passed.push(format!("{}: {}", below(&s.source), s.passed.as_str())),
                Entry::Refused(r) => panic!("{r}"),
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
        let entry = walk(&[PathBuf::from("no/such/place.txt")]).next();
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
