//! Names against reference data: the canonical name and key of what is known by several names.

use crate::finding::EntityKind;
use crate::lexicon::fold::fold;
use crate::lexicon::known::known;
use crate::lexicon::names;

/// The key of a name that is not a person's: the known canonical name or the name itself, folded,
/// without its article and legal form.
pub fn key(kind: EntityKind, name: &str) -> String {
    let folded = fold(known(kind, name).map_or(name, |k| k.name.as_str()));
    let mut bare = folded.strip_prefix("the ").unwrap_or(&folded);
    if kind == EntityKind::Organization {
        while let Some((rest, _)) = bare.rsplit_once(' ').filter(|(_, last)| names::is_legal_form(last)) {
            bare = rest;
        }
        return expanded(bare);
    }
    if kind == EntityKind::Place {
        let city = ["city of ", "town of ", "village of "].iter().find_map(|head| bare.strip_prefix(head));
        return city.unwrap_or(bare).to_owned();
    }
    if kind == EntityKind::Group {
        return singular(bare).to_owned();
    }
    bare.to_owned()
}

/// A name with the country or union it begins with written out: "us navy" is "united states navy".
fn expanded(folded: &str) -> String {
    let long = match folded.split_once(' ') {
        Some(("us", rest)) => Some(("united states", rest)),
        Some(("uk", rest)) => Some(("united kingdom", rest)),
        Some(("un", rest)) => Some(("united nations", rest)),
        Some(("eu", rest)) => Some(("european union", rest)),
        _ => None,
    };
    long.map_or_else(|| folded.to_owned(), |(head, rest)| format!("{head} {rest}"))
}

/// A group's name without its plural: "democrats" is "democrat". "Swiss" and "Taliban" stay.
pub fn singular(folded: &str) -> &str {
    match folded.strip_suffix('s') {
        Some(stem) if stem.len() >= 4 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => folded,
    }
}
