//! The dateline: where, and by whom, the text was filed, at its beginning.
//!
//! "Hangzhou, China (CNN)- ", "PARIS (AP) — ", "LONDON, Nov 15 (Reuters) - ", "TEHRAN – ". It stays in
//! the text.

use super::dates;
use crate::finding::EntityKind;
use crate::lexicon::known::known;
use crate::lexicon::{calendar, names, outlets, page_words};
use crate::span::Span;

/// A dateline stands in the first bytes of a paragraph.
const REACH: usize = 120;
/// Most words of one.
const LONGEST: usize = 14;

/// A dateline as it stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// From the text's start to the dash, which it leaves out.
    pub span: Span,
    /// Who is credited: the words, without brackets.
    pub credit: Option<String>,
    /// The date, where it has a year.
    pub date: Option<String>,
}

/// Reads the dateline that a text begins with.
pub(super) fn read(text: &str) -> Option<Dateline> {
    let reach = floor_boundary(text, REACH);
    heads(&text[..reach])
        .into_iter()
        .filter(|(head, after, _)| !head.is_empty() && has_text_after(&text[*after..]))
        .find_map(|(head, after, dashed)| parse(head, &text[after..], dashed))
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// What could be a dateline, where the text goes on, and whether a dash or colon divides them.
fn heads(start: &str) -> Vec<(&str, usize, bool)> {
    let mut out = Vec::new();
    for (at, c) in start.char_indices() {
        let before = &start[..at];
        let end = at + c.len_utf8();
        let next = start[end..].chars().next();
        let spaced = before.ends_with(|c: char| c.is_whitespace() || c == ')' || c == ']')
            || next.is_some_and(char::is_whitespace);
        match c {
            '–' | '—' | '―' => out.push((before.trim_end(), end, true)),
            '-' if spaced || next == Some('-') => {
                let end = end + start[end..].len() - start[end..].trim_start_matches('-').len();
                out.push((before.trim_end().trim_end_matches('-'), end, true));
            }
            ':' if next.is_some_and(char::is_whitespace) => out.push((before, end, true)),
            // "Washington (CNN)The president ...", "Washington (CNN) The president ..."
            ')' if !start[end..].trim_start().starts_with(['-', '–', '—', '―', ':', ',']) => {
                out.push((&start[..end], end, false))
            }
            '.' | '!' | '?' | ';' if next.is_some_and(char::is_whitespace) && !is_abbreviation(before) => {
                break;
            }
            _ => {}
        }
        if out.len() > 4 {
            break;
        }
    }
    out
}

/// "Nov.", "St.", "U.S.": a full stop that ends no sentence.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    calendar::month(word).is_some()
        || word.chars().count() <= 2
        || word.contains('.')
        || word.chars().count() <= 5 && calendar::is_weekday(word)
}

fn has_text_after(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '‘' | '\'' | '«' | '('))
        && rest.split_whitespace().nth(3).is_some()
}

#[derive(Default)]
struct Parts {
    places: usize,
    capitals: bool,
    /// Whether the city has its country after it.
    known: bool,
    dates: usize,
    outlet: Option<String>,
}

fn parse(head: &str, rest: &str, dashed: bool) -> Option<Dateline> {
    let span = Span::new(0, head.len());
    let (place, bracketed) = split_credit(head)?;
    if head.split_whitespace().count() > LONGEST {
        return None;
    }
    let parts = parts(place)?;
    let known = bracketed.is_some_and(|c| known_credit(c).is_some());
    let strong = match (bracketed, &parts.outlet) {
        // A name in brackets that nobody knows needs a dash and a place before it.
        (Some(_), _) => {
            known || (parts.places > 0 && dashed && (parts.capitals || parts.dates > 0 || parts.places <= 2))
        }
        (None, Some(_)) => parts.dates > 0 || parts.places > 0 || is_agency_name(place),
        (None, None) => {
            parts.places > 0 && (parts.capitals || parts.known || parts.dates > 0) && reads_on(rest)
        }
    };
    let credit = bracketed.map(str::to_owned).or(parts.outlet);
    let date = dates::find(head).map(|stamp| stamp.iso);
    strong.then_some(Dateline { span, credit, date })
}

/// Splits "PARIS (AP)" into "PARIS" and "AP"; `None` when the brackets hold no name.
fn split_credit(head: &str) -> Option<(&str, Option<&str>)> {
    let Some(body) = head.strip_suffix([')', ']']) else { return Some((head, None)) };
    let open = body.rfind(['(', '['])?;
    let credit = body[open + 1..].trim();
    let named =
        credit.starts_with(char::is_alphabetic) && credit.split_whitespace().count() <= 5 && is_name(credit);
    named.then(|| (body[..open].trim_end_matches([' ', ',', '\u{a0}']), Some(credit)))
}

/// The parts of "ANTALYA, Turkey, Nov 15"; `None` when one of them is neither place, date nor outlet.
fn parts(place: &str) -> Option<Parts> {
    let mut found = Parts::default();
    for (i, part) in place.split(',').map(str::trim).filter(|p| !p.is_empty()).enumerate() {
        if is_date(part) {
            found.dates += 1;
        } else if outlets::known(part).is_some() {
            found.outlet = Some(part.to_owned());
        } else if is_name(part)
            && part.split_whitespace().count() <= 4
            && !page_words::is_label(&part.to_lowercase())
        {
            found.places += 1;
            found.capitals |= i == 0 && is_capitals(part);
            found.known |= i > 0 && known(EntityKind::Place, part).is_some();
        } else {
            return None;
        }
    }
    (found.places <= 3).then_some(found)
}

/// "Nov 15", "15 November 2015", "Sept. 5", "Monday", "2016".
fn is_date(part: &str) -> bool {
    let mut words = part.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|w| {
            let digits = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            calendar::month(w).is_some()
                || calendar::is_weekday(w)
                || (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '-' || c == '/'))
        })
}

/// Whether every word begins as a name's does.
fn is_name(part: &str) -> bool {
    part.split([' ', '/', '\u{a0}']).filter(|w| !w.is_empty()).all(|w| {
        w.starts_with(char::is_uppercase)
            || names::is_particle(&w.to_lowercase())
            || matches!(w, "of" | "the" | "and" | "&")
            || outlets::known(w).is_some()
    }) && part.chars().all(|c| {
        c.is_alphanumeric() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '/' | '&' | '\u{a0}' | '!')
    })
}

fn is_capitals(part: &str) -> bool {
    part.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !part.chars().any(char::is_lowercase)
}

/// Text after a dateline without a credit begins as a sentence does, and is not all capitals.
fn reads_on(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && rest.chars().take(80).any(char::is_lowercase)
}

fn is_agency_name(place: &str) -> bool {
    outlets::known(place).is_some_and(|o| o.is_agency())
}

/// The outlet of a credit; "AP/Reuters" is the first of them.
pub(super) fn known_credit(credit: &str) -> Option<outlets::Outlet> {
    outlets::known(credit)
        .or_else(|| credit.split(['/', ',', ';']).find_map(|part| outlets::known(part.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_read() {
        for (text, dateline, credit) in [
            (
                "Halden, Norway (CNN)- The mayor and her deputy met on Monday.",
                "Halden, Norway (CNN)",
                Some("CNN"),
            ),
            ("PARIS (AP) — The mayor left town on Monday.", "PARIS (AP)", Some("AP")),
            (
                "LEEDS, Nov 15 (Reuters) - The mayor left town on Monday.",
                "LEEDS, Nov 15 (Reuters)",
                Some("Reuters"),
            ),
            (
                "LEEDS, Nov. 15 (Anvil Wire) -- The mayor left town.",
                "LEEDS, Nov. 15 (Anvil Wire)",
                Some("Anvil Wire"),
            ),
            (
                "afrol News, 26 June - The mayor of Leeds left town.",
                "afrol News, 26 June",
                Some("afrol News"),
            ),
            ("Leeds, Nov 16, IRNA – The mayor of Leeds left town.", "Leeds, Nov 16, IRNA", Some("IRNA")),
            ("Leeds (CNN)The mayor of Leeds left town on Monday.", "Leeds (CNN)", Some("CNN")),
            ("Leeds (CNN) The mayor of Leeds left town on Monday.", "Leeds (CNN)", Some("CNN")),
            ("(CNN) -- The mayor of Leeds left town on Monday.", "(CNN)", Some("CNN")),
            ("LEEDS, England — The mayor left town on Monday.", "LEEDS, England", None),
            ("LEEDS: The mayor left town on Monday, the council said.", "LEEDS", None),
            (
                "WASHINGTON/LEEDS (Reuters) - “We left,” the mayor said.",
                "WASHINGTON/LEEDS (Reuters)",
                Some("Reuters"),
            ),
            ("ST. LOUIS — The mayor left town on Monday.", "ST. LOUIS", None),
            ("Bergen, Norway – The mayor left town on Monday.", "Bergen, Norway", None),
        ] {
            let found = read(text).unwrap_or_else(|| panic!("no dateline: {text}"));
            assert_eq!((found.span.of(text), found.credit.as_deref()), (dateline, credit));
        }
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "The mayor — who left town on Monday — was not seen again.",
            "BREAKING: The mayor of Leeds left town on Monday.",
            "Anna Bell (left) - the mayor - talks to Tom Hall, her deputy.",
            "Anna Bell (D-Leeds) said on Monday that she would leave town.",
            "The Leeds Council (LC) said on Monday that it would meet.",
            "Bell - a lawyer by trade - left town on Monday evening.",
            "On Monday, Nov 15 - a rainy day - the mayor left town.",
            "NATO - the alliance - met on Monday in Leeds.",
            "OBAMA, PUTIN: TWO MEN AND A TABLE IN THE SUN",
            "",
            "—",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_makes_a_date() {
        let found = read("LEEDS, 15 November 2015 (Reuters) - The mayor left town.").expect("a dateline");
        assert_eq!(found.date.as_deref(), Some("2015-11-15"));
    }
}
