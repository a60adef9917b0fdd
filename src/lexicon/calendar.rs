//! Months, weekdays and time zones by name: `seeds/reference/calendar.csv`.

use foldhash::HashMap;
use std::sync::LazyLock;

static CALENDAR: &str = include_str!("../../seeds/reference/calendar.csv");

fn class(name: &str) -> HashMap<&'static str, &'static str> {
    CALENDAR
        .lines()
        .skip(1)
        .filter_map(|row| {
            let mut fields = row.splitn(3, ',');
            (fields.next()? == name).then_some((fields.next()?, fields.next()?))
        })
        .collect()
}

static MONTH: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| class("month"));
static WEEKDAY: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| class("weekday"));
static ZONE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| class("zone"));

/// The month that a word names, 1 to 12: "September", "Sept.".
pub fn month(word: &str) -> Option<i8> {
    MONTH.get(word.trim_end_matches('.').to_lowercase().as_str())?.parse().ok()
}

/// Whether a word names a day of the week: "Monday", "Mon.".
pub fn is_weekday(word: &str) -> bool {
    WEEKDAY.contains_key(word.trim_end_matches('.').to_lowercase().as_str())
}

/// The day of the week that a word names, 1 for Monday.
pub fn weekday(word: &str) -> Option<i8> {
    WEEKDAY.get(word.trim_end_matches('.').to_lowercase().as_str())?.parse().ok()
}

/// The offset of a time zone as ISO 8601 writes it; empty where the name alone does not tell ("ET").
pub fn zone(word: &str) -> Option<&'static str> {
    ZONE.get(word.trim_end_matches('.').to_lowercase().as_str()).copied()
}
