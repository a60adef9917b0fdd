//! Numbers that are no figures by their form alone: identifiers, addresses, telephone numbers.
//!
//! Asked before a number is read; `dates` and `names` refuse by what stands around it.

use super::dates::{
    after_days, ago, clock, date, is_day, is_month, is_year, ordinal_end, spelt_clock, spelt_year,
};
use super::names::{bakers_dozen, group_of, identifier_end, named_time, one};
use super::phrases::is_time;
use super::pieces::{Kind, Pieces};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::units;

/// Pieces that are no figure: their range and why.
pub(super) type Refusal = (usize, usize, &'static str);

/// Refuses what begins at piece `i`, if its form alone shows that it is no figure.
pub(super) fn pattern(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let piece = pieces.get(i)?;
    if let Some(found) = idiom(pieces, i) {
        return Some(found);
    }
    // The moment tells it; "a year ago" has no number.
    let article = pieces.is_any(i, &["a", "an"]) && pieces.get(i + 1).is_some_and(|p| p.number.is_none());
    if let Some((_, _, end)) = ago(pieces, i).filter(|_| !article) {
        return Some((i, end, "time ago"));
    }
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

/// "in recent months": a time near by, of which nobody says how long it is.
fn time_near(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let near = pieces.is(i, "recent") && counting::is_plural(pieces.word(i + 1));
    (near && is_time(pieces, i + 1)).then_some((i, i + 2, "time near by"))
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
    if let Some(found) = time_near(pieces, i) {
        return Some(found);
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
        // "No. 14-981": a docket's number.
        return Some((i, identifier_end(pieces, i + 2), "name"));
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
    if pieces.get(i)?.number.is_some()
        && let Some(found) =
            spelt_clock(pieces, i).or_else(|| spelt_year(pieces, i)).or_else(|| named_time(pieces, i))
    {
        return Some(found);
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
        // "N200 billion", where nothing tells of naira: the scale is the name's too.
        let end = super::money::unsure_amount(pieces, i).unwrap_or_else(|| identifier_end(pieces, i));
        return Some((i - 1, end, "name"));
    }
    if !pieces.glued(i + 1) {
        return None;
    }
    if let Some(end) = lettered_section(pieces, i).or_else(|| coordinate(pieces, i)) {
        return Some((i, end, if pieces.is_mark(i + 1, '(') { "section number" } else { "coordinate" }));
    }
    // "Rule 10b-5"
    let label = i > 0 && pieces.lower(i - 1, |w| counting::is(w, Numbering::Label));
    let letter = label && pieces.is_word(i + 1) && pieces.word(i + 1).len() == 1 && pieces.glued(i + 2);
    if letter && pieces.is_dash(i + 2) && pieces.digits(i + 3).is_some() && pieces.glued(i + 3) {
        return Some((i, i + 4, "section number"));
    }
    // "7-Eleven"
    let spelt = pieces.is_dash(i + 1) && pieces.glued(i + 2) && pieces.capital(i + 2);
    if spelt && pieces.get(i + 2).is_some_and(|p| p.number.is_some_and(|n| n.class != NumberClass::Scale)) {
        return Some((i, i + 3, "name"));
    }
    // "Boeing 777s"
    let model = pieces.is(i + 1, "s") && i > 0 && pieces.capital(i - 1) && digits.digits == 3;
    if model && pieces.lower(i - 1, |w| counting::is(w, Numbering::Label)) {
        return Some((i, i + 2, "name"));
    }
    // "the B-52s", "the under-21s": no seconds.
    let named = i > 1 && pieces.is_dash(i - 1) && pieces.glued(i - 1) && pieces.glued(i);
    let named = named && (pieces.capital(i - 2) || pieces.is_any(i - 2, &["under", "over"]));
    if named && pieces.is(i + 1, "s") {
        return Some((i, i + 2, "name"));
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

/// "401(k)", "12(b)(6)": the end of a section cited with its letter.
fn lettered_section(pieces: &Pieces, i: usize) -> Option<usize> {
    let part = |at: usize| {
        let letter = pieces.is_word(at + 1) && pieces.word(at + 1).len() == 1;
        let inner = letter || at > i + 1 && pieces.digits(at + 1).is_some();
        inner
            && pieces.is_mark(at, '(')
            && pieces.is_mark(at + 2, ')')
            && (at..at + 3).all(|n| pieces.glued(n))
    };
    let mut end = i + 1;
    while part(end) && end < i + 12 {
        end += 3;
    }
    (end > i + 1 && !after_sign(pieces, i)).then_some(end)
}

/// "48°12'N", "51.5° N": the end of a place on the globe; an angle or a temperature names no quarter of it.
fn coordinate(pieces: &Pieces, i: usize) -> Option<usize> {
    let mut end = i + 2;
    if !pieces.is_mark(i + 1, '°') {
        return None;
    }
    for marks in [["'", "’", "′"], ["\"", "”", "″"]] {
        if pieces.digits(end).is_some() && pieces.is_any(end + 1, &marks) {
            end += 2;
        }
    }
    matches!(pieces.word(end), "N" | "S" | "E" | "W").then_some(end + 1)
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

/// "cloud nine", "a million-dollar question": a number in a saying, which counts nothing.
fn idiom(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let numeric =
        |n: usize| pieces.get(n).is_some_and(|p| p.number.is_some() || matches!(p.kind, Kind::Number(_)));
    // "a million": the article belongs to the number.
    let at = if pieces.is_any(i, &["a", "an"]) { i + 1 } else { i };
    if !numeric(at) {
        return None;
    }
    let hyphen = |n: usize| pieces.is_mark(n, '-');
    pieces.lower(at, counting::idioms).iter().find_map(|idiom| {
        let (mut first, mut end) = (at, at + 1);
        for word in idiom.before.iter().rev() {
            first = first.checked_sub(if first > 0 && hyphen(first - 1) { 2 } else { 1 })?;
            pieces.is(first, word).then_some(())?;
        }
        for word in &idiom.after {
            end += usize::from(hyphen(end) && *word != "-");
            pieces.is(end, word).then_some(())?;
            end += 1;
        }
        Some((first, end, "idiom"))
    })
}

fn after_sign(pieces: &Pieces, i: usize) -> bool {
    super::money::prefix(pieces, i).is_some()
}

/// "+44 20 7946 0000", "(212) 555-0123", "call 555-0123".
fn phone(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let plus = pieces.is_mark(i, '+') && pieces.glued(i + 1);
    let first = if plus { i + 1 } else { i };
    pieces.digits(first)?;
    let (mut end, mut groups, mut digits, mut last, mut longest) = (first, 0, 0, 0, 0);
    while let Some(d) = pieces.digits(end).filter(|d| !d.decimal) {
        groups += 1;
        digits += d.digits;
        longest = longest.max(d.digits);
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
    // "6-4 7-6 (7-3) 7-6" are sets.
    let long = groups >= 3 && hyphened && (9..=15).contains(&digits) && longest > 2;
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
