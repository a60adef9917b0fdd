//! The horizontal axis of lines and points: dates in time, numbers by size, anything else in its order.

use jiff::civil::Date;

use crate::present::number::real;

/// What the places along an axis are.
#[derive(Debug, Clone, PartialEq)]
pub enum Axis {
    /// Days since the year 1.
    Dates,
    /// Numbers.
    Numbers,
    /// One place for each name, in the order they came.
    Names(Vec<String>),
}

impl Axis {
    /// The axis that all names fit, and their places on it.
    pub fn of<'n>(names: impl Iterator<Item = &'n str> + Clone) -> (Axis, Vec<f64>) {
        // Years alone are as good as numbers.
        let has_days = names.clone().any(|name| name.len() > 4);
        if let Some(days) = names.clone().map(day).collect::<Option<Vec<f64>>>()
            && has_days
        {
            return (Axis::Dates, days);
        }
        let number = |name: &str| name.parse::<f64>().ok().filter(|n| n.is_finite());
        if let Some(numbers) = names.clone().map(number).collect() {
            return (Axis::Numbers, numbers);
        }
        let mut known: Vec<String> = Vec::new();
        let places = names
            .map(|name| match known.iter().position(|other| other == name) {
                Some(at) => at as f64,
                None => {
                    known.push(name.to_owned());
                    known.len() as f64 - 1.0
                }
            })
            .collect();
        (Axis::Names(known), places)
    }

    /// What stands at a place; nothing between names.
    pub fn label(&self, place: f64) -> String {
        match self {
            Axis::Dates => Date::constant(1, 1, 1)
                .checked_add(jiff::Span::new().days(place.round() as i64))
                .map_or(String::new(), |date| date.to_string()),
            Axis::Numbers => real((place * 1e6).round() / 1e6),
            Axis::Names(names) => {
                let at = place.round();
                let is_near = (place - at).abs() < 0.05 && at >= 0.0;
                if is_near { names.get(at as usize).cloned().unwrap_or_default() } else { String::new() }
            }
        }
    }
}

/// The day that a date begins with: a day, a month, a year.
fn day(name: &str) -> Option<f64> {
    let date: Date = match name.len() {
        4 => format!("{name}-01-01").parse().ok()?,
        7 => format!("{name}-01").parse().ok()?,
        10.. => name.get(..10)?.parse().ok()?,
        _ => return None,
    };
    let days = Date::constant(1, 1, 1).until(date).ok()?.get_days();
    Some(f64::from(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_as_labels() {
        for (names, axis) in [
            (vec!["2016-09-06", "2016-10-01T07:45"], Axis::Dates),
            (vec!["2016-09"], Axis::Dates),
            (vec!["2016", "2017-01-01"], Axis::Dates),
            (vec!["2016", "2017"], Axis::Numbers),
            (vec!["3", "-1.5"], Axis::Numbers),
            (vec!["b", "a", "b"], Axis::Names(vec!["b".to_owned(), "a".to_owned()])),
        ] {
            let (found, places) = Axis::of(names.iter().copied());
            assert_eq!(found, axis);
            for (name, place) in names.iter().zip(places) {
                assert!(axis.label(place).starts_with(&name[..name.len().min(10)]), "{name}");
            }
        }
    }
}
