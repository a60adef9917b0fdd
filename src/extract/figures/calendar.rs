//! The calendar: moments as ISO 8601 writes them, and what "last week" is, reckoned from the day of publication.
//!
//! A part that is not known is written as X, as ISO 8601-2 has it: "XXXX-09-05" for a fifth of September.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

use super::tense::Tense;
use crate::finding::MomentKind;

/// When something is, as told.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    Day {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    Days {
        year: Option<i16>,
        month: i8,
        from: i8,
        to: i8,
    },
    Month {
        year: Option<i16>,
        month: i8,
    },
    Year(i16),
    Years(i16, i16),
    Decade(i16),
    /// A day reckoned from the publication; `None` where that is not known.
    Shifted(Option<Date>),
    /// The week that begins on this Monday.
    Week(Option<Date>),
    /// The days from one to another; `None` where that of publication is not known.
    Span(Option<(Date, Date)>),
    /// A day or more between these two, nobody says which.
    Within(Option<(Date, Date)>),
    /// A year or a month that cannot be reckoned.
    Unknown(MomentKind),
    /// Day and month may be either way round.
    Either(Date, Date),
    Time {
        hour: i8,
        minute: i8,
        zone: Option<&'static str>,
    },
}

/// A moment in ISO 8601 with the first and the last day it may be.
#[derive(Debug, Default)]
pub(super) struct Reckoned {
    pub kind: MomentKind,
    pub value: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub unresolved: Option<&'static str>,
}

const UNPUBLISHED: &str = "day of publication not known";
/// How far ahead a day or month may lie of which nothing says whether it has been: what lies further ahead is
/// told with its year.
const NEAR_DAYS: i32 = 100;
const NEAR_MONTHS: i8 = 2;
/// How late after it was written an article may be dated.
const LATE_DAYS: i32 = 7;

const NO_YEAR: &str = "year not told";
const NO_DAY: &str = "no such day";

/// The day of publication, as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Published {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<Date>,
}

impl Published {
    /// Reads it from ISO 8601: a day, a month or a year, perhaps with a time behind.
    pub fn of(iso: Option<&str>) -> Self {
        let mut parts = iso.unwrap_or_default().split(['T', ' ']).next().unwrap_or_default().splitn(3, '-');
        let year = parts.next().and_then(|y| y.parse::<i16>().ok());
        let month = parts.next().and_then(|m| m.parse::<i8>().ok()).filter(|m| (1..=12).contains(m));
        let day = parts.next().and_then(|d| d.parse::<i8>().ok());
        let day = year.zip(month).zip(day).and_then(|((y, m), d)| Date::new(y, m, d).ok());
        Published { year, month: month.filter(|_| year.is_some()), day }
    }

    /// The day so many days after publication.
    pub fn shifted(&self, days: i64) -> Option<Date> {
        self.day.and_then(|day| day.checked_add(Length::new().try_days(days).ok()?).ok())
    }

    /// The weekday (1 for Monday) last before publication, or next after it; the day itself counts unless
    /// it was turned ("last Sunday").
    pub fn weekday(&self, weekday: i8, ahead: bool, turned: bool) -> Option<Date> {
        let day = self.day?;
        let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
        if day.weekday() == weekday && !turned {
            return Some(day);
        }
        day.nth_weekday(if ahead { 1 } else { -1 }, weekday).ok()
    }

    /// The Saturday and Sunday of publication, else the last before it or the next after it.
    pub fn weekend(&self, ahead: bool) -> Option<(Date, Date)> {
        let day = self.day?;
        let saturday = match day.weekday() {
            Weekday::Saturday => day,
            Weekday::Sunday => day.yesterday().ok()?,
            _ => day.nth_weekday(if ahead { 1 } else { -1 }, Weekday::Saturday).ok()?,
        };
        Some((saturday, saturday.tomorrow().ok()?))
    }

    /// The Saturday and Sunday before the week of publication, whose own weekend may have begun.
    pub fn last_weekend(&self) -> Option<(Date, Date)> {
        let day = self.day?;
        let monday =
            day.checked_sub(Length::new().days(i64::from(day.weekday().to_monday_zero_offset()))).ok()?;
        let sunday = monday.yesterday().ok()?;
        Some((sunday.yesterday().ok()?, sunday))
    }

    /// The week so many weeks after that of publication.
    pub fn week(&self, turn: i64) -> When {
        let monday = self.day.and_then(|day| {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_add(Length::new().try_days(7 * turn - back).ok()?).ok()
        });
        When::Week(monday)
    }

    /// The month so many months after that of publication.
    pub fn month(&self, turn: i64) -> When {
        let first = self.year.zip(self.month).and_then(|(y, m)| Date::new(y, m, 1).ok());
        match first.and_then(|first| first.checked_add(Length::new().try_months(turn).ok()?).ok()) {
            Some(date) => When::Month { year: Some(date.year()), month: date.month() },
            None => When::Unknown(MomentKind::Month),
        }
    }

    /// The year so many years after that of publication.
    pub fn year(&self, turn: i64) -> When {
        let year = self.year.and_then(|year| i16::try_from(i64::from(year) + turn).ok());
        year.map_or(When::Unknown(MomentKind::Year), When::Year)
    }

    /// A month by name: last before publication, or next after it; that of publication counts unless turned.
    pub fn month_named(&self, month: i8, tense: Tense, turned: bool) -> When {
        let Some((year, now)) = self.year.zip(self.month) else { return When::Month { year: None, month } };
        let ahead = match tense {
            Tense::Past => false,
            Tense::Ahead => true,
            Tense::Open => (month - now).rem_euclid(12) <= NEAR_MONTHS,
        };
        let year = match (ahead, month.cmp(&now)) {
            (_, std::cmp::Ordering::Equal) if !turned => year,
            (false, std::cmp::Ordering::Less) | (true, std::cmp::Ordering::Greater) => year,
            (false, _) => year - 1,
            (true, _) => year + 1,
        };
        When::Month { year: Some(year), month }
    }

    /// The year of a day told without one: the last such day before publication or the next after it.
    pub fn year_of(&self, month: i8, day: i8, tense: Tense) -> Option<i16> {
        let published = self.day?;
        let apart = |date: Date| published.until(date).map_or(i32::MAX, |span| span.get_days().abs());
        // The 29th of February is missing for up to eight years.
        let of = |year: i16| Date::new(year, month, day).ok();
        let now = published.year();
        let last = (now - 8..=now).rev().filter_map(of).find(|date| *date <= published)?;
        let next = (now..=now + 8).filter_map(of).find(|date| *date >= published)?;
        let ahead = match tense {
            Tense::Past => false,
            // An article may be dated some days after it was written.
            Tense::Ahead => apart(last) > LATE_DAYS,
            Tense::Open => apart(next) <= NEAR_DAYS && apart(next) < apart(last),
        };
        Some(if ahead { next.year() } else { last.year() })
    }

    /// Writes a moment in ISO 8601, as far as it is known.
    pub fn reckon(&self, when: When) -> Reckoned {
        match when {
            When::Day { year, month, day } => {
                let Some(year) = year else {
                    return partial(MomentKind::Day, format!("XXXX-{month:02}-{day:02}"));
                };
                match Date::new(year, month, day) {
                    Ok(date) => within(MomentKind::Day, date.to_string(), date, date),
                    Err(_) => unknown(MomentKind::Day, NO_DAY),
                }
            }
            When::Days { year, month, from, to } => {
                let Some(year) = year else {
                    return partial(
                        MomentKind::Interval,
                        format!("XXXX-{month:02}-{from:02}/XXXX-{month:02}-{to:02}"),
                    );
                };
                match (Date::new(year, month, from), Date::new(year, month, to)) {
                    (Ok(from), Ok(to)) => within(MomentKind::Interval, format!("{from}/{to}"), from, to),
                    _ => unknown(MomentKind::Interval, NO_DAY),
                }
            }
            When::Month { year: None, month } => partial(MomentKind::Month, format!("XXXX-{month:02}")),
            When::Month { year: Some(year), month } => match Date::new(year, month, 1) {
                Ok(first) => {
                    within(MomentKind::Month, format!("{year:04}-{month:02}"), first, first.last_of_month())
                }
                Err(_) => unknown(MomentKind::Month, NO_DAY),
            },
            When::Year(year) => spanning(MomentKind::Year, format!("{year:04}"), year, year),
            When::Years(from, to) => spanning(MomentKind::Interval, format!("{from:04}/{to:04}"), from, to),
            When::Decade(year) => spanning(MomentKind::Decade, format!("{:03}X", year / 10), year, year + 9),
            When::Shifted(Some(date)) => within(MomentKind::Day, date.to_string(), date, date),
            When::Shifted(None) => unknown(MomentKind::Day, UNPUBLISHED),
            When::Week(Some(monday)) => {
                let week = monday.iso_week_date();
                let value = format!("{:04}-W{:02}", week.year(), week.week());
                within(MomentKind::Week, value, monday, monday.saturating_add(6.days()))
            }
            When::Week(None) => unknown(MomentKind::Week, UNPUBLISHED),
            When::Span(Some((from, to))) => within(MomentKind::Interval, format!("{from}/{to}"), from, to),
            When::Within(Some((from, to))) => Reckoned {
                value: None,
                unresolved: Some("may be either of two"),
                ..within(MomentKind::Interval, String::new(), from, to)
            },
            When::Span(None) | When::Within(None) => unknown(MomentKind::Interval, UNPUBLISHED),
            When::Unknown(kind) => unknown(kind, UNPUBLISHED),
            When::Either(a, b) => Reckoned {
                value: None,
                unresolved: Some("day and month may be either way round"),
                ..within(MomentKind::Day, String::new(), a.min(b), a.max(b))
            },
            When::Time { hour, minute, zone } => Reckoned {
                kind: MomentKind::Time,
                value: Some(format!("T{hour:02}:{minute:02}{}", zone.unwrap_or_default())),
                ..Reckoned::default()
            },
        }
    }
}

fn within(kind: MomentKind, value: String, earliest: Date, latest: Date) -> Reckoned {
    Reckoned {
        kind,
        value: Some(value),
        earliest: Some(earliest.to_string()),
        latest: Some(latest.to_string()),
        unresolved: None,
    }
}

fn spanning(kind: MomentKind, value: String, from: i16, to: i16) -> Reckoned {
    match (Date::new(from, 1, 1), Date::new(to, 12, 31)) {
        (Ok(first), Ok(last)) => within(kind, value, first, last),
        _ => unknown(kind, NO_DAY),
    }
}

fn partial(kind: MomentKind, value: String) -> Reckoned {
    Reckoned { kind, value: Some(value), unresolved: Some(NO_YEAR), ..Reckoned::default() }
}

fn unknown(kind: MomentKind, why: &'static str) -> Reckoned {
    Reckoned { kind, unresolved: Some(why), ..Reckoned::default() }
}
