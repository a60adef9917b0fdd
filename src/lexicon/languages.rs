//! Language codes: `seeds/reference/languages.csv`.

use foldhash::HashMap;
use std::sync::LazyLock;

static LANGUAGES: &str = include_str!("../../seeds/reference/languages.csv");

static SHORT: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| LANGUAGES.lines().skip(1).filter_map(|row| row.split_once(',')).collect());

/// An ISO 639-1 code, if it is one of a language that can be told.
pub fn known(code: &str) -> Option<&'static str> {
    SHORT.values().copied().find(|known| *known == code)
}

/// The ISO 639-1 code of an ISO 639-3 code.
pub fn short_code(code3: &str) -> Option<&'static str> {
    SHORT.get(code3).copied()
}

/// The same ISO 639-1 code, as the table has it.
pub fn interned(code: &str) -> Option<&'static str> {
    SHORT.values().copied().find(|short| *short == code)
}
