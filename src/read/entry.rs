//! What a walk starts from and what it comes upon: roots, files to read, and what is passed over, with the reason.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::part::Within;
use super::patterns::Patterns;
use super::refusal::Refusal;
use super::source::source_name;

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

/// What names in a folder of this source name begin with.
pub(super) fn prefix(source: &str) -> String {
    match source {
        "." => String::new(),
        source if source.ends_with('/') => source.to_owned(),
        source => format!("{source}/"),
    }
}

/// An entry that is passed over.
pub(super) fn skipped(source: String, passed: Passed) -> Entry {
    Entry::Skipped(Skipped { source, passed })
}

/// Whether a file of this name is an article, in a folder of articles.
pub(super) fn is_article_name(name: &OsStr) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"))
}

/// Whether a file of this name holds records.
pub(super) fn is_record_name(name: &OsStr) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"))
}
