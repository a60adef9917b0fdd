//! The byline: the line that tells who wrote the article.

use super::blocks::Piece;
use super::dates;
use crate::article::Evidenced;
use crate::lexicon::fold::fold;
use crate::lexicon::{calendar, names, outlets, page_words};
use crate::span::Span;

/// Longest byline, in words.
const LONGEST: usize = 24;

/// Reads a piece as a byline: "By Jane Roe", "By JANE ROE and JOHN DOE, Reuters", "| By Jane Roe | 5 May".
pub(super) fn read(piece: &Piece) -> Option<Evidenced> {
    if piece.words > LONGEST || piece.text.contains(['“', '"', '?', '!']) {
        return None;
    }
    piece.text.lines().flat_map(|line| line.split(['|', '•', '·', '—'])).find_map(part)
}

/// A part of a byline between its separators.
fn part(part: &str) -> Option<Evidenced> {
    let part = part.trim().trim_start_matches(['-', '–']).trim_start();
    let (lead, rest) = part.split_once([' ', '\u{a0}', ':'])?;
    let rest = rest.trim_start_matches([':', ' ', '\u{a0}']);
    let (names, rule) = match lead.to_lowercase().trim_end_matches(':') {
        "by" => (rest, "by-line"),
        "author" | "authors" | "writer" | "reporter" if part[lead.len()..].starts_with(':') => {
            (rest, "author line")
        }
        "posted" | "written" | "published" | "reported" | "words" | "story" | "text" | "analysis" => {
            (rest.strip_prefix("by ").or_else(|| rest.strip_prefix("By "))?, "written by")
        }
        _ => return None,
    };
    let names = names.trim_start_matches([':', ' ']).trim_end_matches([',', ' ']);
    is_names(names).then(|| Evidenced {
        value: until_date(names).to_owned(),
        evidence: part.to_owned(),
        rule,
        span: None,
    })
}

/// Reads a line between headline and text as a byline: a person's name alone, or names and a date.
pub(super) fn read_in_head(piece: &Piece) -> Option<Evidenced> {
    const LONGEST_LINE: usize = 14;
    if piece.ends_sentence || piece.quoted || piece.words > LONGEST_LINE {
        return None;
    }
    let (names, rule) = match dates::find(piece.text) {
        Some(stamp) => (beside_date(piece.text, stamp.span)?, "name and date"),
        None if is_person(piece.text) => (piece.text, "name line"),
        None => return None,
    };
    let value = names.to_owned();
    Some(Evidenced { value, evidence: piece.text.to_owned(), rule, span: None })
}

/// The names before the date, or after it with a "by": "Jane Roe - Nov 19, 2019", "Nov 19, 2019 by Jane Roe".
fn beside_date(line: &str, date: Span) -> Option<&str> {
    let mark = |c: char| !c.is_alphanumeric();
    let after = line[date.end..].split_once(" by ").map(|(_, names)| names.trim_matches(mark));
    after.filter(|names| is_names(names)).or_else(|| {
        let before = line[..date.start].trim_matches(mark);
        let names = until_date(before);
        (is_names(names) && names.split_whitespace().count() <= 8).then_some(names)
    })
}

/// Whether a line is a person's name: a given name, and names after it.
fn is_person(line: &str) -> bool {
    let (person, role) = line.split_once(',').unwrap_or((line, ""));
    if !role.is_empty() && (role.split_whitespace().count() > 4 || !is_names(role.trim())) {
        return false;
    }
    let mut words = person.split_whitespace();
    let given = words.next().is_some_and(|w| names::is_given(&fold(w)));
    let rest: Vec<&str> = words.collect();
    let name = |w: &&str| {
        w.starts_with(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
            || names::is_particle(&w.to_lowercase())
    };
    given && (1..=3).contains(&rest.len()) && rest.iter().all(name)
}

/// Whether words are names of people, outlets and roles, and no clause.
fn is_names(words: &str) -> bool {
    // A sentence ends with a full stop; initials and "Jr." do not make one.
    let ends_as_sentence = words.ends_with('.') && !words.ends_with("Jr.") && !words.ends_with("Sr.");
    let mut capitals = 0;
    let mut first = true;
    for word in words.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        let lower = bare.to_lowercase();
        if first
            && (calendar::is_weekday(bare)
                || calendar::month(bare).is_some()
                || bare.starts_with(|c: char| c.is_ascii_digit()))
        {
            return false;
        }
        if bare.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !bare.starts_with(|c: char| c.is_ascii_digit()) && !is_small_word(&lower) {
            return false;
        }
        first = false;
    }
    capitals >= 1 && !ends_as_sentence
}

fn is_small_word(lower: &str) -> bool {
    names::is_particle(lower)
        || page_words::is_role_word(lower)
        || calendar::zone(lower).is_some()
        || matches!(
            lower,
            "and" | "with" | "on" | "from" | "de" | "a.m" | "p.m" | "am" | "pm" | "updated" | "published"
        )
}

/// The names without a date or time after them.
fn until_date(names: &str) -> &str {
    let starts = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with(|c: char| c.is_ascii_digit())
            || calendar::is_weekday(bare)
            || (calendar::month(bare).is_some()
                && bare != "May"
                && bare != "Jan"
                && bare != "April"
                && bare != "June"
                && bare != "August")
            || matches!(bare.to_lowercase().as_str(), "on" | "updated" | "published" | "posted")
    };
    let mut end = names.len();
    let mut at = 0;
    for word in names.split_inclusive(char::is_whitespace) {
        if at > 0 && starts(word.trim_end()) {
            end = at;
            break;
        }
        at += word.len();
    }
    names[..end].trim_end_matches([',', ' ', '-', '–', '\u{a0}'])
}

/// The outlet that a byline ends with: "By Jane Roe, Reuters".
pub(super) fn outlet_of(byline: &str) -> Option<outlets::Outlet> {
    let last = byline.rsplit([',', '/', '(']).next()?.trim_matches([' ', ')']);
    outlets::known(last)
        .or_else(|| byline.rsplit_once(" for ").and_then(|(_, name)| outlets::known(name)))
        .or_else(|| byline.rsplit_once(" of ").and_then(|(_, name)| outlets::known(name)))
        .or_else(|| outlets::known(byline))
}
