//! Moments: the dates, times and stretches of the calendar that a text names.
//!
//! What is printed is read as far as it goes; what is told from the day of writing ("on Sunday", "last week")
//! is reckoned from the day of publication where that is known, and says why not where it is not.

use jiff::civil::Date;

use super::calendar::{Published, When};
use super::dates::{self, is_day, is_month, is_year, ordinal_end};
use super::nearby;
use super::pieces::Pieces;
use super::tense::{self, Tense};
use crate::finding::{Moment, Refused};
use crate::lexicon::calendar;
use crate::lexicon::counting::{self, Numbering};
use crate::span::Span;

/// How many pieces back a word of what is to come may stand.
const REACH: usize = 40;

/// A moment on its way: pieces `first..end`, when it is, by which rule.
pub(super) struct Found {
    pub first: usize,
    pub end: usize,
    pub when: When,
    pub rule: &'static str,
}

/// Finds the moments of a sentence; `refused` are the numbers in it that are no figures.
pub(super) fn read(
    pieces: &Pieces,
    sentence: Span,
    refused: &[Refused],
    published: &Published,
) -> Vec<Moment> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        let found = printed(pieces, i, published)
            .or_else(|| clock(pieces, i))
            .or_else(|| nearby::read(pieces, i, published))
            .or_else(|| told(pieces, i, published))
            .or_else(|| month(pieces, i, published))
            .or_else(|| years(pieces, i, refused));
        let Some(found) = found else {
            i += 1;
            continue;
        };
        i = found.end.max(i + 1);
        let reckoned = published.reckon(found.when);
        out.push(Moment {
            span: pieces.span(found.first, found.end),
            kind: reckoned.kind,
            value: reckoned.value,
            earliest: reckoned.earliest,
            latest: reckoned.latest,
            unresolved: reckoned.unresolved,
            sentence,
            rule: found.rule,
        });
    }
    out
}

fn number(pieces: &Pieces, i: usize) -> Option<i16> {
    pieces.digits(i).filter(|d| !d.decimal && !d.grouped && d.digits <= 4).map(|d| d.value as i16)
}

fn small(pieces: &Pieces, i: usize) -> Option<i8> {
    number(pieces, i).and_then(|n| i8::try_from(n).ok())
}

fn month_number(pieces: &Pieces, i: usize) -> Option<i8> {
    is_month(pieces, i).then(|| calendar::month(pieces.word(i))).flatten()
}

/// The year behind a day or month: ", 2016", " 2016", "last year", and the piece after it.
fn year_after(pieces: &Pieces, at: usize, published: &Published) -> (Option<i16>, usize) {
    let comma = usize::from(pieces.is_mark(at, ','));
    if is_year(pieces, at + comma) {
        return (number(pieces, at + comma), at + comma + 1);
    }
    let start = at + usize::from(pieces.is(at, "of"));
    let turn = turned(pieces, start).filter(|_| pieces.is(start + 1, "year"));
    match turn.map(|turn| published.year(turn)) {
        Some(When::Year(year)) => (Some(year), start + 2),
        Some(_) => (None, start + 2),
        None => (None, at),
    }
}

/// Which way "last", "this" or "next" turns what follows it.
fn turned(pieces: &Pieces, i: usize) -> Option<i64> {
    pieces.lower(i, |w| match w {
        "last" | "previous" => Some(-1),
        "this" => Some(0),
        "next" => Some(1),
        _ => None,
    })
}

/// "Monday, September 5, 2016", "5-7 September", "2016-09-05", "05/09/2016".
fn printed(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    let weekday = pieces.capital(i) && calendar::is_weekday(pieces.word(i));
    let start = if weekday { i + 1 + usize::from(pieces.is_mark(i + 1, ',')) } else { i };
    if let Some(found) = numeric(pieces, start).filter(|_| !weekday) {
        return Some(found);
    }
    let (month, first_day, after) = if let Some(month) = month_number(pieces, start) {
        let point = usize::from(pieces.is_mark(start + 1, '.') && pieces.glued(start + 1));
        let day = start + 1 + point;
        (month, day, ordinal_end(pieces, day))
    } else {
        let day = start + usize::from(pieces.is(start, "the"));
        let mut at = ordinal_end(pieces, day);
        if (pieces.is_dash(at) || pieces.is_any(at, &["and", "to"])) && is_day(pieces, at + 1) {
            at = ordinal_end(pieces, at + 1);
        }
        at += usize::from(pieces.is(at, "of"));
        (month_number(pieces, at)?, day, at + 1)
    };
    if !is_day(pieces, first_day) || pieces.is(ordinal_end(pieces, first_day), "percent") {
        return None;
    }
    let from = small(pieces, first_day)?;
    let to = [ordinal_end(pieces, first_day)]
        .into_iter()
        .filter(|&at| pieces.is_dash(at) && is_day(pieces, at + 1))
        .find_map(|at| Some((small(pieces, at + 1)?, ordinal_end(pieces, at + 1))));
    let after = to.map_or(after, |(_, end)| end.max(after));
    let (year, end) = year_after(pieces, after, published);
    let year = year.or_else(|| published.year_of(month, from, tense::around(pieces, i, end)));
    let when = match to {
        Some((to, _)) if to > from => When::Days { year, month, from, to },
        _ => When::Day { year, month, day: from },
    };
    Some(Found { first: i, end, when, rule: "<month> <day>" })
}

/// "2016-09-05", "9/5/2016": in the second, which is the day may be open.
fn numeric(pieces: &Pieces, i: usize) -> Option<Found> {
    let mark = ['-', '/'].into_iter().find(|&m| pieces.is_mark(i + 1, m) && pieces.is_mark(i + 3, m))?;
    if !(1..5).all(|n| pieces.glued(i + n)) {
        return None;
    }
    let found = |when| Some(Found { first: i, end: i + 5, when, rule: "<n>-<n>-<n>" });
    if is_year(pieces, i) {
        let (year, month, day) = (number(pieces, i), small(pieces, i + 2)?, small(pieces, i + 4)?);
        return found(When::Day { year, month, day });
    }
    let year = number(pieces, i + 4).filter(|_| is_year(pieces, i + 4) && mark == '/')?;
    let (a, b) = (small(pieces, i)?, small(pieces, i + 2)?);
    match (a > 12, b > 12) {
        (true, false) => found(When::Day { year: Some(year), month: b, day: a }),
        (false, true) => found(When::Day { year: Some(year), month: a, day: b }),
        (false, false) if a == b => found(When::Day { year: Some(year), month: a, day: b }),
        (false, false) => found(When::Either(Date::new(year, a, b).ok()?, Date::new(year, b, a).ok()?)),
        _ => None,
    }
}

/// "10:30 a.m. GMT", "5 p.m.", "at noon".
fn clock(pieces: &Pieces, i: usize) -> Option<Found> {
    let led = pieces.is_any_before(i, &["at", "by", "until", "before", "after", "around", "about", "till"]);
    if led && pieces.is_any(i, &["noon", "midnight"]) {
        let hour = if pieces.is(i, "noon") { 12 } else { 0 };
        return Some(Found {
            first: i,
            end: i + 1,
            when: When::Time { hour, minute: 0, zone: None },
            rule: "noon",
        });
    }
    let (_, mut end, reason) = dates::clock(pieces, i)?;
    if reason != "clock time" || (i + 1..end).any(|n| pieces.is_dash(n) || pieces.is(n, "to")) {
        return None;
    }
    let digits = pieces.digits(i)?;
    let (mut hour, mut minute) = (digits.value.trunc() as i8, ((digits.value.fract()) * 100.0).round() as i8);
    if digits.digits == 4 {
        (hour, minute) = ((digits.value / 100.0) as i8, (digits.value % 100.0) as i8);
    } else if let Some(minutes) = pieces.digits(i + 2).filter(|_| pieces.is_mark(i + 1, ':')) {
        minute = minutes.value as i8;
    }
    let half = (i + 1..end).find_map(|n| {
        pieces.lower(n, |w| match w.trim_end_matches('.') {
            "a.m" | "am" => Some(false),
            "p.m" | "pm" => Some(true),
            _ => None,
        })
    });
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    let zone = (i + 1..=end).find_map(|n| Some((n, calendar::zone(pieces.word(n))?)));
    let zone = zone.map(|(at, offset)| {
        end = end.max(at + 1);
        offset
    });
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute);
    let when = When::Time { hour, minute, zone: zone.filter(|offset| !offset.is_empty()) };
    fits.then_some(Found { first: i, end, when, rule: "<hour>:<minute>" })
}

/// "today", "on Sunday", "last week", "three days ago": told from the day of writing.
fn told(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    let found = |first, end, when, rule| Some(Found { first, end, when, rule });
    if let Some(days) = pieces.lower(i, |w| match w.trim_end_matches("'s") {
        "today" | "tonight" => Some(0),
        "yesterday" => Some(-1),
        "tomorrow" => Some(1),
        _ => None,
    }) {
        return found(i, i + 1, When::Shifted(published.shifted(days)), "today");
    }
    if pieces.capital(i)
        && let Some(weekday) = pieces.lower(i, |w| calendar::weekday(w.trim_end_matches("'s")))
    {
        let turn = turn(pieces, i);
        let ahead = turn.map_or_else(|| lies_ahead(pieces, i), |turn| turn > 0);
        let day = published.weekday(weekday, ahead, turn.is_some());
        return found(i - usize::from(turn.is_some()), i + 1, When::Shifted(day), "on <weekday>");
    }
    if let Some(turn) = turned(pieces, i) {
        let when = pieces.lower(i + 1, |w| match w.trim_end_matches("'s") {
            "week" => Some(published.week(turn)),
            "month" => Some(published.month(turn)),
            "year" => Some(published.year(turn)),
            _ => None,
        })?;
        return found(i, i + 2, when, "last <week>");
    }
    ago(pieces, i, published)
}

/// "three days ago", "a year ago".
fn ago(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    let (count, unit, end) = dates::ago(pieces, i)?;
    let when = match unit {
        "day" => When::Shifted(published.shifted(-count)),
        "week" => published.week(-count),
        "month" => published.month(-count),
        "year" => published.year(-count),
        _ => return None,
    };
    Some(Found { first: i, end, when, rule: "<n> days ago" })
}

/// Whether "last" or "next" turns a weekday or month: -1 or 1.
fn turn(pieces: &Pieces, i: usize) -> Option<i64> {
    match i.checked_sub(1).map(|at| pieces.word(at).to_lowercase()).as_deref() {
        Some("last" | "past") => Some(-1),
        Some("next" | "coming") => Some(1),
        _ => None,
    }
}

/// Whether the words before piece `i` speak of what is still to come.
pub(super) fn lies_ahead(pieces: &Pieces, i: usize) -> bool {
    (i.saturating_sub(REACH)..i).any(|n| {
        pieces.is_any(n, &["will", "'ll", "shall"])
            || pieces.is_any(n, &["due", "scheduled", "set", "expected", "agreed", "plan", "plans"])
                && pieces.is(n + 1, "to")
    })
}

/// "September 2016", "in September", "last September".
fn month(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    const LED: &[&str] = &[
        "in", "since", "until", "by", "last", "next", "this", "early", "late", "mid", "of", "from", "to",
        "through", "during", "before", "after", "between", "and",
    ];
    let month = month_number(pieces, i).filter(|_| pieces.capital(i))?;
    let point = usize::from(pieces.is_mark(i + 1, '.') && pieces.glued(i + 1) && is_year(pieces, i + 2));
    let of = usize::from(pieces.is(i + 1 + point, "of"));
    let (year, end) = year_after(pieces, i + 1 + point + of, published);
    if let Some(year) = year {
        return Some(Found {
            first: i,
            end,
            when: When::Month { year: Some(year), month },
            rule: "<month> <year>",
        });
    }
    if !pieces.is_any_before(i, LED) {
        return None;
    }
    let turn = turn(pieces, i);
    let tense = match turn {
        Some(turn) if turn > 0 => Tense::Ahead,
        Some(_) => Tense::Past,
        None if lies_ahead(pieces, i) => Tense::Ahead,
        None => tense::around(pieces, i, i + 1),
    };
    let when = published.month_named(month, tense, turn.is_some());
    // "in May last year" where the day of publication is not known: one moment, of no year.
    let end = end.max(i + 1);
    Some(Found { first: i - usize::from(turn.is_some()), end, when, rule: "in <month>" })
}

/// "2012", "2012-13", "the 1990s": what was refused as a year.
fn years(pieces: &Pieces, i: usize, refused: &[Refused]) -> Option<Found> {
    let piece = pieces.get(i)?;
    let at = refused.partition_point(|r| r.span.end <= piece.span.start);
    let refusal = refused.get(at).filter(|r| r.span.start == piece.span.start)?;
    if !is_year(pieces, i) || !matches!(refusal.reason, "year" | "date" | "decade") {
        return None;
    }
    // A year before the era has no date here.
    if dates::is_era(pieces, i + 1) {
        return None;
    }
    let year = number(pieces, i)?;
    if refusal.reason == "decade" {
        return Some(Found { first: i, end: i + 2, when: When::Decade(year), rule: "the <year>s" });
    }
    let other = (pieces.is_dash(i + 1) || pieces.is_mark(i + 1, '/') || pieces.is(i + 1, "to"))
        .then(|| number(pieces, i + 2))
        .flatten();
    let stop = other.filter(|n| (0..100).contains(n) || (1000..2200).contains(n)).map(|n| {
        if n >= 100 {
            n
        } else if pieces.digits(i + 2).is_some_and(|digits| digits.digits == 1) {
            year - year % 10 + n
        } else if n < year % 100 {
            year - year % 100 + 100 + n
        } else {
            year - year % 100 + n
        }
    });
    match stop.filter(|&stop| stop > year) {
        Some(stop) => {
            Some(Found { first: i, end: i + 3, when: When::Years(year, stop), rule: "<year>-<year>" })
        }
        None => Some(Found { first: i, end: i + 1, when: When::Year(year), rule: "<year>" }),
    }
}

/// Whether a word names a month, weekday or today: what no place or group begins with.
pub(super) fn is_calendar(lower: &str) -> bool {
    [Numbering::Month, Numbering::Weekday, Numbering::Today].iter().any(|&class| counting::is(lower, class))
}
