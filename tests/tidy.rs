//! The project's shape, held by reading its sources: who may import whom, what every file begins
//! with, where SQL may stand, and how long a file may grow.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up. A room may import those on lower floors and none of its own or above.
const FLOORS: &[&[&str]] = &[
    &["span", "record"],
    &["document", "finding"],
    &["article", "lexicon"],
    &["lines"],
    &["read", "clean", "annotate"],
    &["extract"],
    &["resolve"],
    &["pipeline", "config", "watch"],
    &["correct"],
    &["store"],
    &["query"],
    &["present"],
    &["cli"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                out.push((path, text));
            }
        }
    }
    assert!(!out.is_empty(), "no sources under {folder}: the test looks in the wrong place");
    out.sort();
    out
}

/// The room a source file belongs to: the folder, or the file, right under `src`.
fn room(path: &Path) -> String {
    let under = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("under src");
    let first = under.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The part of a source that is not its own tests: what stands before its `mod tests { ... }`.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// Sources of the program itself: a file that its parent declares for tests alone is none.
fn program() -> Vec<(PathBuf, String)> {
    let mut all = sources("src");
    let declared: Vec<PathBuf> = all
        .iter()
        .flat_map(|(path, text)| {
            text.match_indices("#[cfg(test)]\nmod ").filter_map(|(at, found)| {
                let name = text[at + found.len()..].lines().next()?.strip_suffix(';')?;
                let folder = if path.ends_with("mod.rs") {
                    path.parent()?.to_owned()
                } else {
                    path.with_extension("")
                };
                Some(folder.join(name).with_extension("rs"))
            })
        })
        .collect();
    all.retain(|(path, _)| !declared.contains(path));
    all
}

/// Every room named in `crate::room` paths of the code, comments apart.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in without_tests(text).lines().filter(|l| !l.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            if let Some(list) = rest.strip_prefix('{') {
                found.extend(list.split([',', '}']).map(|p| first_name(p.trim())));
            } else {
                found.push(first_name(rest));
            }
        }
    }
    found.retain(|name| floor(name).is_some());
    found
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn data_flows_one_way() {
    let mut wrong = Vec::new();
    for (path, text) in program() {
        let here = room(&path);
        if here == "lib" || here == "main" {
            continue;
        }
        let own = floor(&here).unwrap_or_else(|| panic!("{here} has no floor: give it one in FLOORS"));
        for other in imports(&text) {
            if other != here && floor(&other) >= Some(own) {
                wrong.push(format!("{} imports {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "against the flow:\n{}", wrong.join("\n"));
}

#[test]
fn the_test_for_the_flow_sees_imports() {
    let text = "use crate::store::Archive;\nuse crate::{clean, cli::run};\n// use crate::query;\n";
    assert_eq!(imports(text), ["store", "clean", "cli"]);
}

#[test]
fn every_file_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "tests", "benches", "examples"].into_iter().filter(|f| root.join(f).is_dir()) {
        for (path, text) in sources(folder) {
            assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
        }
    }
}

#[test]
fn sql_stands_where_it_may() {
    const VERBS: &[&str] = &["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "UPDATE OR "];
    for (path, text) in program() {
        if matches!(room(&path).as_str(), "store" | "query") {
            continue;
        }
        let code = without_tests(&text).lines().filter(|l| !l.trim_start().starts_with("//"));
        for (n, line) in code.enumerate() {
            // Examples in help texts speak SQL to people; they call the program by its name.
            let example = line.contains("copydesk ");
            assert!(
                example || !VERBS.iter().any(|v| line.contains(v)),
                "{}: SQL outside store/ and query/, near code line {n}: {line}",
                path.display()
            );
        }
    }
}

#[test]
fn nothing_panics_on_purpose() {
    for (path, text) in program() {
        // It ends what SQLite cannot stop; nothing is open for writing then.
        let ends = path.ends_with("cli/interrupt.rs");
        for line in without_tests(&text).lines().filter(|l| !l.trim_start().starts_with("//")) {
            if ends && line.contains("process::exit") {
                continue;
            }
            assert!(
                ![".unwrap()", "panic!(", "todo!(", "unimplemented!(", "process::exit", " println!("]
                    .iter()
                    .any(|p| line.contains(p)),
                "{}: {line}",
                path.display()
            );
        }
    }
}

#[test]
fn files_stay_readable() {
    for (path, text) in program() {
        let lines = without_tests(&text).lines().count();
        assert!(lines <= 500, "{}: {lines} lines without its tests; what is it hiding?", path.display());
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let main = include_str!("main.rs");
    for (path, _) in sources("tests") {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let nested = path.parent().is_some_and(|p| !p.ends_with("tests"));
        assert!(
            nested || name == "main" || main.contains(&format!("mod {name};")),
            "{} is not in tests/main.rs: its tests never run",
            path.display()
        );
    }
}
