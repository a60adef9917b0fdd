//! Numbers that are no figures by their form alone: identifiers, addresses, telephone numbers.
//!
//! Asked before a number is read; `dates` and `names` refuse by what stands around it.

use super::dates::{after_days, clock, date, is_day, is_month, is_year, ordinal_end};
use super::names::{bakers_dozen, group_of, identifier_end, one};
use super::pieces::{Kind, Pieces};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::units;

/// Pieces that are no figure: their range and why.
pub(super) type Refusal = (usize, usize, &'static str);

/// Refuses what begins at piece `i`, if its form alone shows that it is no figure.
pub(super) fn pattern(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let piece = pieces.get(i)?;
    match piece.kind {
        Kind::Word => word(pieces, i),
        Kind::Mark('+') => phone(pieces, i),
        Kind::Mark('#') => pieces.digits(i + 1).map(|_| (i, i + 2, "name")),
        Kind::Mark('§') => pieces.digits(i + 1).map(|_| (i, i + 2, "section number")),
        Kind::Mark('\'' | '’') if pieces.glued(i + 1) => {
            let decade = pieces.digits(i + 1).is_some_and(|d| d.digits == 2) && !pieces.glued(i);
            let end = if pieces.is(i + 2, "s") && pieces.glued(i + 2) { i + 3 } else { i + 2 };
            decade.then_some((i, end, "year"))
        }
        Kind::Number(digits) => {
            // A page's attribute left in the text: timestamp="1474387200".
            if pieces.is_any_before(i, &["\""]) && i > 1 && pieces.is_mark(i - 2, '=') && pieces.glued(i) {
                return Some((i, i + 1, "identifier"));
            }
            if digits.chain {
                return Some((i, i + 1, if digits.digits > 12 { "identifier" } else { "version" }));
            }
            date(pieces, i)
                .or_else(|| clock(pieces, i))
                .or_else(|| attached(pieces, i))
                .or_else(|| phone(pieces, i))
                .or_else(|| address(pieces, i))
                .or_else(|| list_numeral(pieces, i))
        }
        Kind::Mark(_) => None,
    }
}

/// Words: ordinals, names with digits, months before days, "one" that counts nothing.
fn word(pieces: &Pieces, i: usize) -> Option<Refusal> {
    if is_month(pieces, i) {
        let day = if pieces.is_mark(i + 1, '.') && pieces.glued(i + 1) { i + 2 } else { i + 1 };
        if is_day(pieces, day) && !pieces.is(ordinal_end(pieces, day), "percent") {
            return Some((i, after_days(pieces, day), "date"));
        }
        if is_year(pieces, day) || pieces.is_any(day, &["of", ","]) && is_year(pieces, day + 1) {
            let end = if is_year(pieces, day) { day + 1 } else { day + 2 };
            return Some((i, end, "date"));
        }
        return None;
    }
    let text = pieces.word(i);
    if text.bytes().any(|b| b.is_ascii_digit()) {
        return Some((i, identifier_end(pieces, i), "name"));
    }
    if pieces.is(i, "H.R.") || pieces.is(i, "H.R") || pieces.is_any(i, &["S.J.Res", "H.J.Res"]) {
        let at = if pieces.is_mark(i + 1, '.') { i + 2 } else { i + 1 };
        return pieces.digits(at).map(|_| (i, at + 1, "bill number"));
    }
    if pieces.is(i, "No") && pieces.is_mark(i + 1, '.') && pieces.digits(i + 2).is_some() {
        return Some((i, i + 3, "name"));
    }
    if let Some(end) = group_of(pieces, i) {
        return Some((i, end, "name"));
    }
    if bakers_dozen(pieces, i) {
        return Some((i, i + 1, "idiom"));
    }
    if let Some(end) = figure_of_speech(pieces, i) {
        return Some((i, end, "idiom"));
    }
    match pieces.get(i)?.number {
        Some(n) if n.class == NumberClass::Ordinal => Some((i, i + 1, "ordinal")),
        Some(n) if n.class == NumberClass::Small && pieces.is(i, "one") => one(pieces, i),
        Some(n) if n.class == NumberClass::Ten && pieces.is_dash(i + 1) => {
            // "twenty-first"
            let next = pieces.get(i + 2)?.number?;
            let ordinal = next.class == NumberClass::Ordinal
                || next.class == NumberClass::Fraction && !pieces.word(i + 2).ends_with('s');
            (ordinal && pieces.glued(i + 2)).then_some((i, i + 3, "ordinal"))
        }
        _ => None,
    }
}

/// Letters attached to digits: "5th", "1990s", "5G", "3D".
fn attached(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let digits = pieces.digits(i)?;
    if pieces.is_any(i + 1, &["'s", "’s"]) && is_year(pieces, i) {
        return Some((i, i + 2, "year"));
    }
    let lettered = pieces.glued(i) && i > 0 && pieces.is_word(i - 1) && !after_sign(pieces, i);
    if lettered && pieces.word(i - 1).ends_with(char::is_alphabetic) {
        return Some((i - 1, i + 1, "name"));
    }
    if !pieces.glued(i + 1) {
        return None;
    }
    let mixed = pieces.is_word(i + 1) && pieces.word(i + 1).bytes().any(|b| b.is_ascii_digit());
    if mixed && units::abbreviation(pieces.word(i + 1)).is_none() {
        return Some((i, i + 2, "identifier"));
    }
    if matches!(pieces.word(i + 1), "a" | "e" | "f" | "i" | "j" | "n" | "u" | "w") && !digits.decimal {
        return Some((i, i + 2, "identifier"));
    }
    if is_year(pieces, i) && pieces.is_mark(i + 1, '\'') | pieces.is_mark(i + 1, '’') && pieces.is(i + 2, "s")
    {
        return Some((i, i + 3, "year"));
    }
    // "the 90's"
    let apostrophe = pieces.is_any(i + 1, &["'s", "’s"])
        || pieces.is_any(i + 1, &["'", "’"]) && pieces.is(i + 2, "s") && pieces.glued(i + 2);
    if apostrophe && digits.digits == 2 && digits.value % 10.0 == 0.0 && !digits.decimal {
        let end = if pieces.is(i + 2, "s") { i + 3 } else { i + 2 };
        return Some((i, end, "decade or age"));
    }
    match pieces.word(i + 1) {
        "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => Some((i, i + 2, "ordinal")),
        "s" if is_year(pieces, i) && digits.value % 10.0 != 0.0 => Some((i, i + 2, "year")),
        "s" if digits.value % 10.0 == 0.0 && (digits.digits == 4 || digits.digits == 2) => {
            Some((i, i + 2, if digits.digits == 4 { "decade" } else { "decade or age" }))
        }
        "G" | "D" | "DX" | "Q" | "H" if digits.digits <= 2 && !digits.decimal => Some((i, i + 2, "name")),
        "K" if matches!(digits.value as u32, 2 | 4 | 8) && !digits.decimal && !after_sign(pieces, i) => {
            Some((i, i + 2, "name"))
        }
        _ => None,
    }
}

/// "a six-figure salary", "a price in six figures": how many digits, and not what is counted.
fn figure_of_speech(pieces: &Pieces, i: usize) -> Option<usize> {
    let number = pieces.get(i)?.number.filter(|n| n.class == NumberClass::Small && n.value >= 4.0);
    let figures = if pieces.is_dash(i + 1) && pieces.glued(i + 1) { i + 2 } else { i + 1 };
    let led =
        pieces.is_any_before(i, &["low", "mid", "high", "in", "into", "at", "to", "reached", "reach", "the"]);
    let told = pieces.is(figures, "figure") || pieces.is(figures, "figures") && led;
    (number.is_some() && told).then_some(figures + 1)
}

fn after_sign(pieces: &Pieces, i: usize) -> bool {
    super::money::prefix(pieces, i).is_some()
}

/// "+44 20 7946 0000", "(212) 555-0123", "call 555-0123".
fn phone(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let plus = pieces.is_mark(i, '+') && pieces.glued(i + 1);
    let first = if plus { i + 1 } else { i };
    pieces.digits(first)?;
    let (mut end, mut groups, mut digits, mut last) = (first, 0, 0, 0);
    while let Some(d) = pieces.digits(end).filter(|d| !d.decimal) {
        groups += 1;
        digits += d.digits;
        last = end + 1;
        end += 1;
        while pieces.is_any(end, &["-", "‑", "–", "(", ")", "."]) && pieces.digits(end + 1).is_some() {
            end += 1;
        }
        if groups > 8 {
            break;
        }
    }
    let asked = pieces.is_any_before(i, &[":", "on", "at"])
        && i > 1
        && pieces.lower(i - 2, |w| counting::is(w, Numbering::Phone))
        || i > 0 && pieces.lower(i - 1, |w| counting::is(w, Numbering::Phone));
    let hyphened = last > first + 2 && pieces.is_any(first + 1, &["-", "‑", ")"]);
    let local = groups == 2
        && hyphened
        && pieces.digits(first).is_some_and(|d| d.digits == 3)
        && pieces.digits(last - 1).is_some_and(|d| d.digits == 4);
    let long = groups >= 3 && hyphened && (9..=15).contains(&digits);
    let padded = pieces.digits(first).is_some_and(|d| d.padded) && digits >= 9;
    let is_phone = plus && digits >= 7 || local || long || padded || asked && digits >= 5;
    is_phone.then_some((i, last, "phone number"))
}

/// "10 Downing Street", "575 Wilbraham Road", "1600 Pennsylvania Ave".
fn address(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let digits = pieces.digits(i)?;
    if digits.grouped || digits.decimal || digits.digits > 5 {
        return None;
    }
    let mut at = i + 1;
    while at < i + 5 && pieces.capital(at) {
        if at > i + 1 && pieces.lower(at, |w| counting::is(w, Numbering::Street)) {
            return Some((i, at + 1, "address"));
        }
        at += 1;
    }
    None
}

/// "1. Wash your hands", "2) ..." at the head of a sentence.
fn list_numeral(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let head = i == 0 || i == 1 && pieces.is_mark(0, '(');
    let closed = pieces.is_mark(i + 1, ')') || pieces.is_mark(i + 1, '.') && i == 0;
    let short = pieces.digits(i).is_some_and(|d| d.digits <= 2 && !d.decimal);
    (head && closed && short && pieces.glued(i + 1)).then_some((i, i + 2, "list numeral"))
}
