//! Who held which office when: `seeds/reference/offices.csv`.
//!
//! Public record, of the larger countries and bodies only: what is not in it is not known.

use foldhash::HashMap;
use std::sync::LazyLock;

use super::fold::fold;
use super::known::{known, records};
use crate::finding::EntityKind;

static TABLE: &str = include_str!("../../seeds/reference/offices.csv");

/// One person's time in an office.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The office: "president".
    pub office: String,
    /// Folded names the holder goes by, words apart; the first is the usual one.
    names: Vec<Vec<String>>,
    /// First day, ISO 8601.
    pub from: &'static str,
    /// Last day, ISO 8601; empty while it lasts.
    pub to: &'static str,
}

impl Term {
    /// Whether a person of this folded name may be the holder: the whole name, whatever stands in its
    /// middle, or the surname alone.
    pub fn is_held_by(&self, folded: &str) -> bool {
        let words: Vec<&str> = folded.split(' ').collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        self.names.iter().any(|name| {
            let ends = |a: &String, b: &String| a == first && b == last;
            let full = words.len() > 1 && name.first().zip(name.last()).is_some_and(|(a, b)| ends(a, b));
            full || name.iter().map(String::as_str).eq(words.iter().copied())
                || (words.len() == 1 && name.last().is_some_and(|n| n == last))
        })
    }

    /// Whether the day (ISO 8601) lies in it.
    pub fn has(&self, day: &str) -> bool {
        self.from <= day && (self.to.is_empty() || day <= self.to)
    }

    /// Whether it was over on the day.
    pub fn ended_before(&self, day: &str) -> bool {
        !self.to.is_empty() && self.to < day
    }
}

/// Terms by what the office is called and what it is of.
static TERMS: LazyLock<HashMap<(&'static str, &'static str), Vec<Term>>> = LazyLock::new(|| {
    let mut terms: HashMap<(&'static str, &'static str), Vec<Term>> = HashMap::default();
    for line in LINES.iter() {
        let names = line[3].split('|').map(|n| fold(n).split(' ').map(str::to_owned).collect()).collect();
        let term = Term { office: line[0].to_owned(), names, from: &line[4], to: &line[5] };
        for word in line[2].split('|') {
            terms.entry((word, &line[1])).or_default().push(term.clone());
        }
    }
    terms
});

static LINES: LazyLock<Vec<csv::StringRecord>> = LazyLock::new(|| records(TABLE).collect());

/// Every word that calls an office, longest first.
static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = TERMS.keys().map(|(word, _)| *word).collect();
    words.sort_unstable_by_key(|w| (std::cmp::Reverse(w.len()), *w));
    words.dedup();
    words
});

/// The terms of the office that a phrase without its article names: "US president", "president of
/// Russia", "Germany's chancellor", "UN chief". Empty where it names none, or says more than that.
pub fn terms(phrase: &str) -> &'static [Term] {
    // In ASCII alone, so that the two stay as long.
    let lower = phrase.to_ascii_lowercase();
    for word in WORDS.iter() {
        let at = if let Some(of) = lower.strip_prefix(word).and_then(|r| r.strip_prefix(" of ")) {
            phrase.get(phrase.len() - of.len()..)
        } else {
            lower
                .strip_suffix(word)
                .and_then(|r| r.strip_suffix(' '))
                .and_then(|body| phrase.get(..body.len()))
        };
        let Some(body) = at else { continue };
        let body = body.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches('\'');
        return bodies(body).iter().find_map(|of| TERMS.get(&(*word, of))).map_or(&[], Vec::as_slice);
    }
    &[]
}

/// The terms of those who led something, by the last word of a name.
static LEADERS: LazyLock<HashMap<&'static str, Vec<&'static Term>>> = LazyLock::new(|| {
    let mut leaders: HashMap<&str, Vec<&Term>> = HashMap::default();
    for term in TERMS.iter().filter(|((word, _), _)| *word == "leader").flat_map(|(_, terms)| terms) {
        for last in term.names.iter().filter_map(|name| name.last()) {
            leaders.entry(last).or_default().push(term);
        }
    }
    leaders
});

/// Whether somebody of this folded name led something on the day, or on any, as far as is known.
pub fn leads(name: &str, day: Option<&str>) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let terms = LEADERS.get(last).map_or(&[][..], Vec::as_slice);
    terms.iter().any(|t| t.is_held_by(name) && day.is_none_or(|d| t.has(d)))
}

/// What an office's words may be of: a country's code or a body's name.
fn bodies(name: &str) -> Vec<&'static str> {
    let bare = name.strip_prefix("the ").unwrap_or(name);
    [EntityKind::Place, EntityKind::Group, EntityKind::Organization]
        .into_iter()
        .filter_map(|kind| known(kind, bare))
        .map(|k| k.country.as_deref().unwrap_or(&k.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(phrase: &str, day: &str) -> Option<&'static str> {
        let term = terms(phrase).iter().find(|t| t.has(day))?;
        term.names.first()?.last().map(String::as_str)
    }

    #[test]
    fn phrases_name_offices() {
        for (phrase, day, want) in [
            ("US president", "2016-09-05", Some("obama")),
            ("president of the United States", "2018-01-01", Some("trump")),
            ("Russian leader", "2010-01-01", Some("medvedev")),
            ("Germany's chancellor", "2012-02-02", Some("merkel")),
            ("UN chief", "2015-05-05", Some("moon")),
            ("UN secretary-general", "2003-05-05", Some("annan")),
            ("Kremlin president", "2016-09-05", None),
            ("president", "2016-09-05", None),
            ("US president's adviser", "2016-09-05", None),
            ("", "2016-09-05", None),
        ] {
            assert_eq!(holder(phrase, day), want, "{phrase}");
        }
    }

    #[test]
    fn every_row_is_sound() {
        for row in LINES.iter() {
            assert!(row[4].len() == 10 && (row[5].is_empty() || row[4] < row[5]), "{row:?}");
            assert!(row[1].len() == 2 || known(EntityKind::Organization, &row[1]).is_some(), "{row:?}");
        }
        assert!(LINES.len() > 250);
    }
}
