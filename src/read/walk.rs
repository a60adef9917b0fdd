//! Finding files: paths as given, folders in the order of names (how one is walked is `folder`'s).

use std::collections::HashSet;
use std::io;

use super::entry::{Entry, Found, Passed, Root, is_record_name, prefix, skipped};
use super::folder::Folder;
use super::refusal::Refusal;

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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::super::source::source_name;
    use super::*;

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
