//! Dates, years and clock times: the calendar's numbers, which are no figures.

use super::bounded;
use super::numerals::{self, skip_dash};
use super::pieces::Pieces;
use super::refused::Refusal;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::units;

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
        // "978-3-16-148410-0" goes on: no date.
        let goes_on = mark == '-' && pieces.is_mark(i + 5, mark) && number(i + 6) && pieces.glued(i + 6);
        if chained && !goes_on {
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
    if number(i) && is_era(pieces, i + 1) && !counts_directly(pieces, i + 2) {
        return Some((i, i + 2, "year"));
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

/// "2012-13", "2012–2016", "1996 - 97", "2008-9".
fn year_range(pieces: &Pieces, i: usize) -> Option<usize> {
    let (start, stop) = (pieces.digits(i)?, pieces.digits(i + 2)?);
    let plain = is_year(pieces, i) && pieces.is_dash(i + 1) && !stop.decimal && !stop.grouped;
    let full = stop.digits == 4 && start.value >= 1700.0 && start.value < stop.value && stop.value < 2100.0;
    let short = stop.digits == 2 && start.value >= 1700.0 && start.value % 100.0 < stop.value;
    let short = short || stop.digits == 1 && start.value >= 1700.0 && stop.value == start.value % 10.0 + 1.0;
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
        // "John 3:16-18"
        if i > 0 && pieces.capital(i - 1) && pieces.lower(i - 1, |w| counting::is(w, Numbering::Scripture)) {
            let range = pieces.is_dash(end) && pieces.glued(end + 1) && pieces.digits(end + 1).is_some();
            return Some((i, if range { end + 2 } else { end }, "verse"));
        }
        let time = minutes.digits == 2 && digits.value < 25.0 && minutes.value < 60.0;
        return Some((i, end, if time { "clock time" } else { "ratio" }));
    }
    let zone = |at: usize| pieces.lower(at, |w| counting::is(w.trim_end_matches('.'), Numbering::Clock));
    let fits = digits.value < 2500.0 && !digits.grouped;
    if fits && zone(i + 1) && !pieces.is(i + 1, "hrs") {
        return Some((i, i + 2, "clock time"));
    }
    // "at 1400 hours": no duration follows these words.
    let hours = digits.digits == 4 && digits.value < 2400.0 && digits.value % 100.0 < 60.0;
    if fits
        && hours
        && pieces.is_any(i + 1, &["hours", "hrs"])
        && pieces.is_any_before(i, &["at", "until", "till"])
    {
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

/// "five o'clock", "half past five", "a quarter to six".
pub(super) fn spelt_clock(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let hour = |at: usize| {
        let word = pieces.get(at).and_then(|p| p.number);
        let small = word.filter(|n| matches!(n.class, NumberClass::Small | NumberClass::Teen));
        small
            .map_or(pieces.digits(at).map(|d| d.value), |n| Some(n.value))
            .is_some_and(|v| (1.0..13.0).contains(&v))
    };
    let found = |end| Some((i, end, "clock time"));
    if hour(i) && pieces.is_any(i + 1, &["o'clock", "o’clock", "oclock"]) {
        return found(i + 2);
    }
    // "up from a quarter to six": the quarter of the hour stands behind "at".
    let led = pieces.is_any_before(i, &["a"]) && i > 1 && pieces.is_any_before(i - 1, CLOCK_LED)
        || pieces.is_any_before(i, CLOCK_LED);
    let past = pieces.is_any(i, &["half", "quarter"]) && pieces.is(i + 1, "past");
    let to = led && pieces.is(i, "quarter") && pieces.is(i + 1, "to");
    if (past || to) && hour(i + 2) { found(i + 3) } else { None }
}

/// Words before a time of day.
const CLOCK_LED: &[&str] = &["at", "by", "until", "till", "before", "after", "about", "around"];

/// "three days ago", "twenty-two years ago", "a year ago": how many of which unit, and the piece after it. What
/// is only about or more than so long ago has no date.
pub(super) fn ago(pieces: &Pieces, i: usize) -> Option<(i64, &'static str, usize)> {
    // "two years ago" is the end of "thirty-two years ago", "six thousand and two years ago".
    let number = |n: usize| pieces.get(n).is_some_and(|p| p.number.is_some()) || pieces.digits(n).is_some();
    let inner = i > 0
        && (number(i - 1)
            || i > 1
                && (pieces.is_dash(i - 1) || pieces.is_any(i - 1, &["and", "or", "to"]))
                && number(i - 2));
    if inner || bounded::before(pieces, i).is_some() {
        return None;
    }
    let (count, end) = if pieces.is_any(i, &["a", "an"]) && !number(i + 1) {
        (1.0, i + 1)
    } else {
        let numeral = numerals::read(pieces, i)?;
        (numeral.value?, numeral.end)
    };
    let whole = count.fract() == 0.0 && (0.0..10_000.0).contains(&count);
    let unit = pieces.lower(end, |w| units::forms_from(w).next().map(|(_, unit)| unit.name))?;
    let reckoned = matches!(unit, "day" | "week" | "month" | "year");
    (whole && reckoned && pieces.is(end + 1, "ago")).then_some((count as i64, unit, end + 2))
}

/// "nineteen eighty-four": a century and a year of it, which no number puts side by side.
pub(super) fn spelt_year(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let number = |at: usize| pieces.get(at).and_then(|p| p.number);
    let century = number(i).is_some_and(|n| (17.0..=20.0).contains(&n.value));
    let next = skip_dash(pieces, i + 1);
    let tens = number(next).filter(|n| century && matches!(n.class, NumberClass::Teen | NumberClass::Ten))?;
    let unit = skip_dash(pieces, next + 1);
    let unit = Some(unit).filter(|&at| {
        tens.class == NumberClass::Ten
            && number(at).is_some_and(|n| n.class == NumberClass::Small && n.value >= 1.0)
    });
    let end = unit.unwrap_or(next) + 1;
    // "nineteen twenty-year-olds", "twenty fifty-pound bags"
    let goes_on = pieces.is_dash(end) && pieces.glued(end) || number(end).is_some();
    (!goes_on && !counts_directly(pieces, end)).then_some((i, end, "year"))
}

/// Years counted from an era: "44 BC", "79 A.D.".
pub(super) fn is_era(pieces: &Pieces, i: usize) -> bool {
    matches!(
        pieces.word(i).trim_end_matches('.'),
        "BC" | "BCE" | "AD" | "CE" | "B.C" | "B.C.E" | "A.D" | "C.E"
    )
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

/// "in about 1994", "since around 1994": a year that nobody is sure of; "at about 1994" names an index.
pub(super) fn is_year_about(pieces: &Pieces, bound: usize, at: usize) -> bool {
    let led = pieces.is_any_before(bound, &["in", "since", "until", "from", "before", "after"]);
    led && is_year(pieces, at) && !counts_directly(pieces, at + 1)
}

/// Whether four digits are a year where they stand: unless something behind them is counted.
fn stands_as_year(pieces: &Pieces, at: usize) -> bool {
    let value = pieces.digits(at).map_or(0.0, |d| d.value);
    // Labels that years do not follow, as they do "Euro" and "season".
    if pieces.is_any_before(at, &["flight", "room", "route", "page", "lot", "bus", "docket", "highway"]) {
        return false;
    }
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
                "during", "early", "late", "mid", "fiscal",
            ],
        ) || part_of_year(pieces, at);
        return named && !round && (1700.0..=2050.0).contains(&value);
    }
    (1200.0..=2100.0).contains(&value) && (dated || !round)
}

/// "Q3 2015", "summer 2017": a part of the year before its number.
fn part_of_year(pieces: &Pieces, at: usize) -> bool {
    const QUARTERS: &[&str] = &["q1", "q2", "q3", "q4", "h1", "h2", "1h", "2h"];
    let season = |w: &str| counting::is(w, Numbering::Season);
    let middle = at > 1 && pieces.is_dash(at - 1) && pieces.is_any(at - 2, &["mid"]);
    middle || at > 0 && (pieces.is_any(at - 1, QUARTERS) || pieces.lower(at - 1, season))
}

/// Whether a plural noun follows at once, or after one adjective.
fn counts_directly(pieces: &Pieces, at: usize) -> bool {
    let noun = |n: usize| pieces.is_word(n) && counting::is_plural(pieces.word(n)) && !pieces.capital(n);
    let adjective = pieces.get(at).is_some_and(|p| p.pos == crate::annotate::Pos::Adj);
    noun(at) && !pieces.is_any(at, &["was", "is", "has", "as"]) || adjective && noun(at + 1)
}
