//! The words of the command line, before and after they are understood: parameters as people type them.
//!
//! A parameter is set with `-p NAME VALUE`. `-p NAME=VALUE` is taken for the same, and who types `--NAME VALUE` is
//! told.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::query::Library;

/// Verbs whose questions have parameters.
const ASKING: &[&str] = &["export", "query", "sql"];

/// The words with every `-p NAME=VALUE` taken apart. No name holds a `=`, so that nothing else can be meant.
pub fn apart(words: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut words = words.into_iter();
    let mut apart = Vec::new();
    while let Some(word) = words.next() {
        let sets = word == "-p" || word == "--param";
        let ends = word == "--";
        apart.push(word);
        if ends {
            break;
        }
        if sets && let Some(next) = words.next() {
            match next.to_str().and_then(pair) {
                Some((name, value)) => apart.extend([name.into(), value.into()]),
                // The value, which may look like an option.
                None => apart.extend([Some(next), words.next()].into_iter().flatten()),
            }
        }
    }
    apart.extend(words);
    apart
}

/// `NAME=VALUE`.
fn pair(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    let bare = name.trim_start_matches([':', '@', '$']);
    let is_name = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name.then_some((name, value))
}

/// Adds to what clap says of an option that it does not know how a parameter is set, where that may have been
/// meant.
pub fn with_hint(mut error: clap::Error, words: &[OsString]) -> clap::Error {
    if let Some(hint) = hint(&error, words) {
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::Suggested);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(hint)]));
    }
    error
}

fn hint(error: &clap::Error, words: &[OsString]) -> Option<String> {
    if error.kind() != ErrorKind::UnknownArgument
        || !ASKING.iter().any(|verb| words.iter().any(|w| w == verb))
    {
        return None;
    }
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else { return None };
    let name = argument.strip_prefix("--")?.split('=').next()?;
    let library = Library::built_in().ok()?;
    let is_parameter =
        |name: &str| library.queries().iter().any(|q| q.parameters.iter().any(|p| p.name == name));
    if !is_parameter(name) {
        return None;
    }
    let at = words.iter().position(|word| {
        word.to_str()
            .is_some_and(|word| word == format!("--{name}") || word.starts_with(&format!("--{name}=")))
    })?;
    let value = match words[at].to_str().and_then(|word| word.split_once('=')) {
        Some((_, value)) => Some(value.to_owned()),
        None => words.get(at + 1).map(|word| word.to_string_lossy().into_owned()),
    };
    let value = value.filter(|value| !value.starts_with('-')).unwrap_or_else(|| "VALUE".to_owned());
    let value = if value.contains(char::is_whitespace) { format!("'{value}'") } else { value };
    Some(format!("a query's parameters are set with -p: -p {name} {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_taken_apart_and_nothing_else_is() {
        for (typed, want) in [
            ("query x -p a=b", "query x -p a b"),
            ("query x -p a=b=c --param :d=", "query x -p a b=c --param :d "),
            ("query x -p a b=c -p d -p", "query x -p a b=c -p d -p"),
            ("sql -p a -p b=c", "sql -p a -p b=c"),
            ("query -p", "query -p"),
            ("query -p a", "query -p a"),
            ("search -- -p a=b", "search -- -p a=b"),
            ("sql -p x>=1 2", "sql -p x>=1 2"),
        ] {
            let words = typed.split(' ').map(OsString::from);
            let apart: Vec<String> = apart(words).into_iter().map(|w| w.into_string().unwrap()).collect();
            assert_eq!(apart.join(" "), want);
        }
    }
}
