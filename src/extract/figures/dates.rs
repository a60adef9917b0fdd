//! Dates, years and clock times: the calendar's numbers, which are no figures.

use super::pieces::Pieces;
use super::refused::Refusal;
use crate::lexicon::counting::{self, Numbering};

pub(super) fn is_month(pieces: &Pieces, i: usize) -> bool {
    // "may" and "march" are verbs in lower case.
    let sure = pieces.capital(i) || !pieces.is_any(i, &["may", "march", "mar"]);
    sure && pieces.lower(i, |w| counting::is(w, Numbering::Month))
}

pub(super) fn is_day(pieces: &Pieces, i: usize) -> bool {
    pieces.digits(i).is_some_and(|d| (1.0..=31.0).contains(&d.value) && !d.decimal && d.digits <= 2)
}

pub(super) fn is_year(pieces: &Pieces, i: usize) -> bool {
    pieces
        .digits(i)
        .is_some_and(|d| d.digits == 4 && !d.grouped && !d.decimal && (1000.0..2200.0).contains(&d.value))
}

pub(super) fn ordinal_end(pieces: &Pieces, i: usize) -> usize {
    if pieces.glued(i + 1) && pieces.is_any(i + 1, &["st", "nd", "rd", "th"]) { i + 2 } else { i + 1 }
}

/// The end of the days and the year after a month: "5", "5-7", "5, 2016", "5 and 6".
pub(super) fn after_days(pieces: &Pieces, day: usize) -> usize {
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
pub(super) fn date(pieces: &Pieces, i: usize) -> Option<Refusal> {
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
pub(super) fn clock(pieces: &Pieces, i: usize) -> Option<Refusal> {
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

/// Whether the number at piece `at`, which has no unit, is a year.
pub(super) fn is_year_here(pieces: &Pieces, at: usize) -> bool {
    if !is_year(pieces, at) {
        return false;
    }
    // "from 2000 to 3000 voters" counts voters; "in 2018 to 3.9 million" has a year.
    let linked = pieces.is_dash(at + 1) || pieces.is_any(at + 1, &["to", "and", "or"]);
    let next = at + 2 + usize::from(pieces.is_any(at + 2, &["in", "mid"]));
    if linked && pieces.digits(next).is_some() {
        let strong = pieces.is_any_before(at, &["in", "since", "during", "until", "before", "after", "©"]);
        return strong || is_year(pieces, next) && !counts_directly(pieces, next + 1);
    }
    stands_as_year(pieces, at)
}

/// Whether four digits are a year where they stand: unless something behind them is counted.
fn stands_as_year(pieces: &Pieces, at: usize) -> bool {
    let value = pieces.digits(at).map_or(0.0, |d| d.value);
    let dated = at > 0
        && (pieces.lower(at - 1, |w| counting::is(w, Numbering::BeforeYear))
            || pieces.is_any_before(at, &["(", ",", "'", "’", "-"]));
    let round = value % 100.0 == 0.0 && value != 2000.0;
    // "cut to 2005 levels"
    let counted = counts_directly(pieces, at + 1) && !pieces.is_any(at + 1, &["level", "levels"]);
    if counted {
        // "the 2008 elections" is a year, "1500 soldiers" a count.
        let named = pieces.is_any_before(
            at,
            &[
                "the", "this", "that", "his", "her", "its", "their", "our", "a", "an", "in", "since", "of",
                "during", "early", "late",
            ],
        );
        return named && !round && (1700.0..=2050.0).contains(&value);
    }
    (1200.0..=2100.0).contains(&value) && (dated || !round)
}

/// Whether a plural noun follows at once, or after one adjective.
fn counts_directly(pieces: &Pieces, at: usize) -> bool {
    let noun = |n: usize| pieces.is_word(n) && counting::is_plural(pieces.word(n)) && !pieces.capital(n);
    let adjective = pieces.get(at).is_some_and(|p| p.pos == crate::annotate::Pos::Adj);
    noun(at) && !pieces.is_any(at, &["was", "is", "has", "as"]) || adjective && noun(at + 1)
}
