//! Numbers that are no figures: dates, times, names, addresses, and the reason for each.
//!
//! [`pattern`] refuses by the number's own surroundings before anything is read; [`in_context`] after its
//! unit is known to be missing.

use super::numerals::{Form, Numeral};
use super::pieces::{Kind, Pieces};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;

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

fn is_month(pieces: &Pieces, i: usize) -> bool {
    // "may" and "march" are verbs in lower case.
    pieces.capital(i) && pieces.lower(i, |w| counting::is(w, Numbering::Month))
}

fn is_day(pieces: &Pieces, i: usize) -> bool {
    pieces.digits(i).is_some_and(|d| (1.0..=31.0).contains(&d.value) && !d.decimal && d.digits <= 2)
}

fn is_year(pieces: &Pieces, i: usize) -> bool {
    pieces
        .digits(i)
        .is_some_and(|d| d.digits == 4 && !d.grouped && !d.decimal && (1000.0..2200.0).contains(&d.value))
}

fn ordinal_end(pieces: &Pieces, i: usize) -> usize {
    if pieces.glued(i + 1) && pieces.is_any(i + 1, &["st", "nd", "rd", "th"]) { i + 2 } else { i + 1 }
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

/// "Group of 20", "Group of Seven", "the Big Four": a body named by its size.
fn group_of(pieces: &Pieces, i: usize) -> Option<usize> {
    if pieces.word(i) == "Group" && pieces.is(i + 1, "of") {
        let capital = pieces.capital(i + 2) && pieces.get(i + 2)?.number.is_some();
        return (pieces.digits(i + 2).is_some() || capital).then_some(i + 3);
    }
    let big = matches!(pieces.word(i), "Big" | "Gang" | "Final" | "Elite" | "Sweet" | "Chicago" | "Fab");
    let named = pieces.capital(i + 1) && pieces.get(i + 1)?.number.is_some();
    (big && named && i > 0).then_some(i + 2)
}

/// Where a name with digits ends: "A330-200" has more behind its hyphen.
fn identifier_end(pieces: &Pieces, i: usize) -> usize {
    if pieces.is_dash(i + 1) && pieces.glued(i + 1) && pieces.glued(i + 2) && pieces.digits(i + 2).is_some() {
        i + 3
    } else {
        i + 1
    }
}

/// The end of the days and the year after a month: "5", "5-7", "5, 2016", "5 and 6".
fn after_days(pieces: &Pieces, day: usize) -> usize {
    let mut end = ordinal_end(pieces, day);
    if (pieces.is_dash(end) || pieces.is_any(end, &["and", "to", "or"])) && is_day(pieces, end + 1) {
        let stop = ordinal_end(pieces, end + 1);
        let bare = !pieces.is_word(stop) || pieces.is_any(stop, &["in", "at", "and", "for"]);
        if pieces.is_dash(end) || bare {
            end = stop;
        }
    }
    if pieces.is_mark(end, ',') && is_year(pieces, end + 1) {
        end + 2
    } else if is_year(pieces, end) {
        end + 1
    } else {
        end
    }
}

/// "5 September 2016", "5th of September", "2016-09-05", "05/09/2016".
fn date(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let number = |at: usize| pieces.digits(at).is_some_and(|d| !d.decimal && !d.grouped);
    for mark in ['-', '/'] {
        let chained = number(i)
            && number(i + 2)
            && number(i + 4)
            && pieces.is_mark(i + 1, mark)
            && pieces.is_mark(i + 3, mark)
            && (1..5).all(|n| pieces.glued(i + n));
        if chained {
            let dated =
                is_year(pieces, i) || is_year(pieces, i + 4) || is_day(pieces, i) && is_day(pieces, i + 2);
            return Some((i, i + 5, if dated { "date" } else { "phone number" }));
        }
    }
    if let Some(end) = year_range(pieces, i) {
        return Some((i, end, "year"));
    }
    if pieces.glued(i + 1) && pieces.is_mark(i + 1, '/') && pieces.glued(i + 2) && number(i + 2) {
        let (over, under) = (pieces.digits(i)?.value, pieces.digits(i + 2)?.value);
        match (over as u32, under as u32) {
            (9 | 7, 11 | 7) => return Some((i, i + 3, "date")),
            (24, 7) => return Some((i, i + 3, "idiom")),
            _ if is_year(pieces, i) => return Some((i, i + 3, "year")),
            _ => {}
        }
    }
    if !is_day(pieces, i) {
        return None;
    }
    let mut at = ordinal_end(pieces, i);
    if (pieces.is_dash(at) || pieces.is_any(at, &["and", "to"])) && is_day(pieces, at + 1) {
        at = ordinal_end(pieces, at + 1);
    }
    if pieces.is(at, "of") {
        at += 1;
    }
    if !is_month(pieces, at) {
        return None;
    }
    let point = if pieces.is_mark(at + 1, '.') && pieces.glued(at + 1) { at + 2 } else { at + 1 };
    let year = if pieces.is_mark(point, ',') { point + 1 } else { point };
    Some((i, if is_year(pieces, year) { year + 1 } else { at + 1 }, "date"))
}

/// "2012-13", "2012–2016", "1996 - 97".
fn year_range(pieces: &Pieces, i: usize) -> Option<usize> {
    let (start, stop) = (pieces.digits(i)?, pieces.digits(i + 2)?);
    let plain = is_year(pieces, i) && pieces.is_dash(i + 1) && !stop.decimal && !stop.grouped;
    let full = stop.digits == 4 && start.value >= 1700.0 && start.value < stop.value && stop.value < 2100.0;
    let short = stop.digits == 2 && start.value >= 1700.0 && start.value % 100.0 < stop.value;
    let century = stop.value == 0.0 && start.value % 100.0 == 99.0;
    let spacing = pieces.glued(i + 1) == pieces.glued(i + 2);
    (plain && spacing && (full && !counts_directly(pieces, i + 3) || short || century)).then_some(i + 3)
}

/// "10:30", "7.05am", "5 p.m.", "1400 GMT", "8 o'clock".
fn clock(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let digits = pieces.digits(i)?;
    if pieces.is_mark(i + 1, ':') && pieces.glued(i + 1) && pieces.glued(i + 2) && digits.digits <= 2 {
        let minutes = pieces.digits(i + 2)?;
        let mut end = i + 3;
        if pieces.is_mark(end, ':') && pieces.glued(end) && pieces.digits(end + 1).is_some() {
            end += 2;
        }
        if pieces.lower(end, |w| counting::is(w.trim_end_matches('.'), Numbering::Clock)) {
            end += 1;
        }
        let time = minutes.digits == 2 && digits.value < 25.0 && minutes.value < 60.0;
        return Some((i, end, if time { "clock time" } else { "ratio" }));
    }
    let zone = |at: usize| pieces.lower(at, |w| counting::is(w.trim_end_matches('.'), Numbering::Clock));
    let fits = digits.value < 2500.0 && !digits.grouped;
    if fits && zone(i + 1) && !pieces.is(i + 1, "hrs") {
        return Some((i, i + 2, "clock time"));
    }
    // "9 to 5 p.m.", "10-11 a.m."
    let ranged = pieces.is_dash(i + 1) || pieces.is_any(i + 1, &["to", "and"]);
    (fits
        && ranged
        && pieces.digits(i + 2).is_some_and(|d| d.value < 25.0)
        && zone(i + 3)
        && digits.value < 25.0)
        .then_some((i, i + 4, "clock time"))
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
    if is_year(pieces, i) && pieces.is_mark(i + 1, '\'') | pieces.is_mark(i + 1, '’') && pieces.is(i + 2, "s")
    {
        return Some((i, i + 3, "year"));
    }
    match pieces.word(i + 1) {
        "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => Some((i, i + 2, "ordinal")),
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

/// "no one", "one another", "this one": a pronoun, not a count.
fn one(pieces: &Pieces, i: usize) -> Option<Refusal> {
    if super::shares::share(pieces, i).is_some() {
        return None;
    }
    let of = pieces.is(i + 1, "of");
    let before = i > 0 && pieces.lower(i - 1, |w| counting::is(w, Numbering::BeforeOne));
    let hyphen =
        pieces.is_dash(i + 1) && pieces.glued(i + 1) && pieces.is_any(i + 2, &["on", "off", "to", "time"]);
    if hyphen {
        return Some((i, i + 3, "idiom"));
    }
    let any = pieces.is_any_before(i, &["no", "every", "any", "each"]);
    if before && (!of || any) {
        // "the one thing" counts; "the one who" does not.
        let counts = pieces.is_any_before(
            i,
            &["the", "this", "that", "some", "other", "first", "only", "last", "next", "another"],
        ) && pieces.get(i + 1).is_some_and(|p| p.kind == Kind::Word && noun_like(pieces, i + 1));
        return (!counts).then_some((i, i + 1, "pronoun"));
    }
    if of {
        return None;
    }
    let after = pieces.lower(i + 1, |w| counting::is(w, Numbering::AfterOne));
    let bare = pieces.get(i + 1).is_none_or(|p| matches!(p.kind, Kind::Mark(_)))
        && !pieces.is_dash(i + 1)
        && !pieces.is_mark(i + 1, '%')
        && !pieces.is_mark(i + 1, '"');
    let verb = pieces.get(i + 1).is_some_and(|p| {
        use crate::annotate::Pos;
        matches!(p.pos, Pos::Aux | Pos::Pron | Pos::Det | Pos::Sconj | Pos::Part)
    });
    (after && !pieces.is(i + 1, "in") || bare || verb).then_some((i, i + 1, "pronoun"))
}

fn noun_like(pieces: &Pieces, i: usize) -> bool {
    use crate::annotate::Pos;
    pieces.get(i).is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::Adj | Pos::Propn | Pos::Num))
}

/// Refuses a number without unit and bound by what stands around it.
pub(super) fn in_context(pieces: &Pieces, numeral: &Numeral, bounded: bool) -> Option<Refusal> {
    let (first, end) = (numeral.first, numeral.end);
    let refuse = |reason| Some((first, end, reason));
    let digits = pieces.digits(first).filter(|_| numeral.end == first + 1);
    if let Some(end) = compound_name(pieces, numeral) {
        return Some((first, end, "name"));
    }
    let Some(digits) = digits else {
        return spelt(pieces, numeral).map(|reason| (first, end, reason));
    };
    if digits.decimal && !labelled(pieces, first) {
        return None;
    }
    if is_year(pieces, first) && !bounded && year_here(pieces, first) {
        return refuse("year");
    }
    if digits.padded {
        return refuse("identifier");
    }
    if labelled(pieces, first) {
        return refuse("name");
    }
    if !digits.grouped && !bounded && name_before(pieces, first) && !counts_after(pieces, end) {
        return refuse("name");
    }
    None
}

/// Number words that are a year or a label: "nineteen eighty-four", "phase two".
fn spelt(pieces: &Pieces, numeral: &Numeral) -> Option<&'static str> {
    if numeral.form != Form::Words {
        return None;
    }
    let label = numeral.first > 0
        && pieces.lower(numeral.first - 1, |w| counting::is(w, Numbering::Label))
        && !pieces.word_before(numeral.first).ends_with('s')
        && !counts_after(pieces, numeral.end);
    label.then_some("name")
}

/// "COVID-19", "V-12", "under-21", "pre-2015".
fn compound_name(pieces: &Pieces, numeral: &Numeral) -> Option<usize> {
    let first = numeral.first;
    let dash =
        first.checked_sub(1).filter(|&at| pieces.is_dash(at) && pieces.glued(at) && pieces.glued(first))?;
    let word = dash.checked_sub(1).filter(|&at| pieces.is_word(at))?;
    let text = pieces.word(word);
    let capital = text.chars().any(char::is_uppercase);
    (capital
        || pieces.is_any(word, &["under", "over", "sub", "pre", "post", "mid", "top", "last", "non", "ex"]))
    .then_some(numeral.end)
}

/// Whether a label stands before: "Section 3", "flight 370", "No. 5".
fn labelled(pieces: &Pieces, first: usize) -> bool {
    let Some(at) = first.checked_sub(1) else { return false };
    if pieces.is_mark(at, '.') {
        return pieces.is_any_before(at, &["no", "nos", "art", "sec", "fig", "vol", "ch", "pp", "p"]);
    }
    let label = pieces.lower(at, |w| counting::is(w, Numbering::Label));
    let index = pieces.lower(at, |w| counting::is(w, Numbering::Index)) && pieces.capital(at);
    let sp = pieces.is(at, "P") && pieces.is_mark(at.wrapping_sub(1), '&');
    // "the company 5 years ago", "in class 20 pupils": a label has no noun counted behind it.
    sp || index || label && (pieces.capital(at) || !counts_after(pieces, first + 1))
}

/// Whether a capitalized name stands right before: "Boeing 777", "Apple Watch 5", "Big 12".
fn name_before(pieces: &Pieces, first: usize) -> bool {
    use crate::annotate::Pos;
    let Some(at) = first.checked_sub(1) else { return false };
    let proper = pieces.get(at).is_some_and(|p| p.pos == Pos::Propn);
    pieces.capital(at) && proper && (at > 0 || pieces.word(at).len() > 3)
}

/// Whether something stands behind that can be counted.
fn counts_after(pieces: &Pieces, end: usize) -> bool {
    use crate::annotate::Pos;
    (end..end + 4).take_while(|&n| pieces.is_word(n)).any(|n| {
        let plural = counting::is_plural(pieces.word(n)) && !pieces.capital(n);
        plural && pieces.get(n).is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::X | Pos::Adj))
            || pieces.lower(n, |w| counting::event(w).is_some())
    })
}

/// Whether four digits are a year here: unless something behind them is counted.
fn year_here(pieces: &Pieces, at: usize) -> bool {
    let value = pieces.digits(at).map_or(0.0, |d| d.value);
    let dated = at > 0
        && (pieces.lower(at - 1, |w| counting::is(w, Numbering::BeforeYear))
            || pieces.is_any_before(at, &["(", ",", "'", "’", "-"]));
    let round = value % 100.0 == 0.0 && value != 2000.0;
    let counted = counts_directly(pieces, at + 1);
    if counted {
        // "the 2008 elections" is a year, "1500 soldiers" a count.
        return dated && !round && (1700.0..=2050.0).contains(&value);
    }
    (1200.0..=2100.0).contains(&value) && (dated || !round)
}

/// Whether a plural noun follows at once, or after one adjective.
fn counts_directly(pieces: &Pieces, at: usize) -> bool {
    let noun = |n: usize| pieces.is_word(n) && counting::is_plural(pieces.word(n)) && !pieces.capital(n);
    let adjective = pieces.get(at).is_some_and(|p| p.pos == crate::annotate::Pos::Adj);
    noun(at) && !pieces.is_any(at, &["was", "is", "has", "as"]) || adjective && noun(at + 1)
}
