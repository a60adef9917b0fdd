//! Dates with a year, and times of day, as pages write them.

use jiff::civil::Date;

use crate::lexicon::calendar;
use crate::span::Span;

/// A date that a line gives, with the time where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// ISO 8601: `2016-09-05`, `2016-09-05T10:15`, `2016-09-05T10:15Z`.
    pub iso: String,
    /// Where the date stands.
    pub span: Span,
}

/// A word of a line, marks at its ends off.
#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    span: Span,
}

/// The first date with a year in a line, and the first time of day.
pub(super) fn find(line: &str) -> Option<Stamp> {
    let words = words(line);
    let (at, taken, date, clock) = (0..words.len())
        .find_map(|i| date_at(&words[i..]).map(|(taken, date, clock)| (i, taken, date, clock)))?;
    let span = words[at].span.cover(words[at + taken - 1].span);
    let clock = clock.map(str::to_owned).or_else(|| {
        // The time stands beside the date: before it or after it.
        let around = words[..at].iter().chain(&words[at + taken..]).copied().collect::<Vec<_>>();
        (0..around.len()).find_map(|i| time_at(&around[i..]))
    });
    let iso = match clock {
        Some(clock) => format!("{date}T{clock}"),
        None => date.to_string(),
    };
    Some(Stamp { iso, span })
}

/// Whether every word of a line belongs to its date and time or to what pages say around one.
pub(super) fn is_only_date(line: &str, is_filler: impl Fn(&str) -> bool) -> bool {
    words(line).iter().all(|word| {
        let lower = word.text.to_lowercase();
        word.text.starts_with(|c: char| c.is_ascii_digit())
            || calendar::month(word.text).is_some()
            || calendar::is_weekday(word.text)
            || calendar::zone(word.text).is_some()
            || is_filler(lower.trim_end_matches('.'))
    })
}

fn words(line: &str) -> Vec<Word<'_>> {
    let edge = |c: char| !c.is_alphanumeric();
    let mut out = Vec::new();
    let mut at = 0;
    for raw in line.split_inclusive(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')')) {
        let text = raw.trim_matches(edge);
        if !text.is_empty() {
            let start = at + (raw.len() - raw.trim_start_matches(edge).len());
            out.push(Word { text, span: Span::new(start, start + text.len()) });
        }
        at += raw.len();
    }
    out
}

/// A date at the beginning of the words: how many it takes, and the time that is part of the same word.
fn date_at<'t>(words: &[Word<'t>]) -> Option<(usize, Date, Option<&'t str>)> {
    let word = |i: usize| words.get(i).map(|w| w.text);
    let first = word(0)?;
    if let Some((date, clock)) = iso(first).or_else(|| numeric(first).map(|d| (d, None))) {
        return Some((1, date, clock));
    }
    let named = |day: &str, month: &str, year: &str| {
        Date::new(year4(year)?, calendar::month(month)?, day_number(day)?).ok()
    };
    let (second, third) = (word(1)?, word(2)?);
    named(first, second, third).or_else(|| named(second, first, third)).map(|date| (3, date, None))
}

fn year4(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1800..2200).contains(&year).then_some(year)
}

/// "5", "05", "5th".
fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[digits.len()..];
    (tail.is_empty() || matches!(tail, "st" | "nd" | "rd" | "th")).then(|| digits.parse().ok()).flatten()
}

/// `2016-09-05`, `2016/09/05`, `2016-09-05T10:15:00Z`.
fn iso(word: &str) -> Option<(Date, Option<&str>)> {
    let (day, rest) = (word.get(..10)?, word.get(10..)?);
    let mut parts = day.split(['-', '/']);
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let found = Date::new(year4(year)?, month.parse().ok()?, date.parse().ok()?).ok()?;
    let clock = rest.strip_prefix('T').filter(|c| is_clock(c.get(..5).unwrap_or("")));
    (rest.is_empty() || clock.is_some()).then_some((found, clock))
}

/// `13/09/2016` and `09/13/2016`; `05.09.2016`, which has the day first everywhere. `05/09/2016` is
/// September in one country and May in another: it stays unread.
fn numeric(word: &str) -> Option<Date> {
    let mark = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.'))?;
    let mut parts = word.split(mark);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    let (day, month) = match mark {
        '.' => (a, b),
        _ if a > 12 || a == b => (a, b),
        _ if b > 12 => (b, a),
        _ => return None,
    };
    Date::new(year4(year)?, month, day).ok()
}

fn is_clock(word: &str) -> bool {
    clock(word).is_some()
}

/// Hours and minutes of `10:15`, `10.15`, `10:15:33`.
fn clock(word: &str) -> Option<(u8, u8)> {
    let (hours, rest) = word.split_once([':', '.'])?;
    let minutes = rest.get(..2)?;
    let (h, m): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours.len() <= 2 && h < 24 && m < 60 && (rest.len() == 2 || rest[2..].starts_with(':')))
        .then_some((h, m))
}

/// A time of day at the beginning of the words, as ISO 8601 with the offset where the zone tells one.
fn time_at(words: &[Word]) -> Option<String> {
    let first = words.first()?.text;
    let lower = first.to_lowercase();
    let glued = ["am", "pm"]
        .iter()
        .find_map(|half| lower.strip_suffix(half).map(|digits| (digits.to_owned(), *half)));
    let next = words.get(1).map(|w| w.text.to_lowercase().replace('.', ""));
    let (digits, half, after) = match glued {
        Some((digits, half)) => (digits, Some(half.to_owned()), 1),
        None => {
            let half = next.filter(|n| n == "am" || n == "pm");
            let after = 1 + usize::from(half.is_some());
            (lower, half, after)
        }
    };
    let zone = words.get(after).and_then(|w| calendar::zone(w.text));
    let military = (digits.len() == 4 && zone.is_some())
        .then(|| format!("{}:{}", &digits.get(..2).unwrap_or(""), &digits.get(2..).unwrap_or("")));
    let bare_hour = half.is_some().then(|| format!("{digits}:00"));
    let (mut h, m) = clock(&digits)
        .or_else(|| military.as_deref().and_then(clock))
        .or_else(|| bare_hour.as_deref().and_then(clock))?;
    // "10.15" is a time only where something says so.
    if digits.contains('.') && half.is_none() && zone.is_none() {
        return None;
    }
    match half.as_deref() {
        Some(_) if h == 0 || h > 12 => return None,
        Some("pm") if h < 12 => h += 12,
        Some("am") if h == 12 => h = 0,
        _ => {}
    }
    Some(format!("{h:02}:{m:02}{}", zone.unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_a_year_are_read() {
        for (line, iso) in [
            ("Published 5 September 2016", "2016-09-05"),
            ("Sept. 5, 2016 10:15 GMT", "2016-09-05T10:15Z"),
            ("Published Nov. 16, 2015, 7:45 a.m. ET", "2015-11-16T07:45"),
            ("Updated: Tue 6th Sep 2016 10.15 BST", "2016-09-06T10:15+01:00"),
            ("2016-09-05T10:15:00Z", "2016-09-05T10:15:00Z"),
            ("Publié / Published: 2015-11-17", "2015-11-17"),
            ("1015 GMT (1815 HKT) September 5, 2016", "2016-09-05T10:15Z"),
            ("Posted on 13/09/2016 at 12:05 am", "2016-09-13T00:05"),
            ("05.09.2016", "2016-09-05"),
            ("MONDAY, SEPTEMBER 05, 2016 4pm EDT", "2016-09-05T16:00-04:00"),
        ] {
            assert_eq!(find(line).map(|s| s.iso).as_deref(), Some(iso), "{line}");
        }
    }

    #[test]
    fn what_leaves_day_month_or_year_open_is_no_date() {
        for line in [
            "05/09/2016",
            "Nov 15",
            "September 2016",
            "31 February 2016",
            "5 September 16",
            "Monday",
            "2016",
            "",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }
}
