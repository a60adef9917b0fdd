//! SQL functions that news asks for and SQLite lacks. Saved queries of the program's own do without them, so
//! that they run in any SQLite.

mod names;
mod numbers;
mod texts;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Result};

const FLAGS: FunctionFlags = FunctionFlags::SQLITE_UTF8
    .union(FunctionFlags::SQLITE_DETERMINISTIC)
    .union(FunctionFlags::SQLITE_INNOCUOUS);

/// Their names with what they take, and what they give.
pub const ALL: &[(&str, &str)] = &[
    (
        "excerpt(text, words, width)",
        "the words where they stand in a text, whatever their case, in so many characters",
    ),
    ("fold(text)", "lower case, without accents and points"),
    ("median(x)", "the middle of the numbers among x"),
    ("normalize_name(name, kind)", "the form in which names are joined; kind is person unless it is given"),
    ("percentile(x, p)", "the value that p percent of the numbers among x do not exceed; p from 0 to 100"),
    (
        "regexp(pattern, text)",
        "whether a regular expression is found: text REGEXP pattern; (?i) for any case",
    ),
    ("similar(a, b)", "how alike two names or sentences are, 0 to 1: the pairs of letters they share"),
];

/// Their names.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().filter_map(|(signature, _)| signature.split('(').next())
}

/// Registers them on a connection; those that gather numbers keep so many at most.
pub fn register(connection: &Connection, most_numbers: usize) -> Result<()> {
    names::register(connection)?;
    texts::register(connection)?;
    numbers::register(connection, most_numbers)
}
