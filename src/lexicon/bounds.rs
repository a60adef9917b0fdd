//! Phrases that bound a number: "at least" before it, "or so" after it.

use foldhash::HashMap;
use std::sync::LazyLock;

use crate::finding::{Bound, Direction};

static BOUNDS: &str = include_str!("../../seeds/reference/bounds.csv");
static CHANGES: &str = include_str!("../../seeds/reference/changes.csv");

type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, Bound)>>;

fn phrases(side: &str, key: fn(&[&'static str]) -> &'static str) -> Phrases {
    let mut map = Phrases::default();
    for line in BOUNDS.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(phrase), Some(place), Some(bound)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let Some(&bound) = Bound::ALL.iter().find(|b| b.as_str() == bound) else { continue };
        if place == side {
            let words: Vec<&str> = phrase.split(' ').collect();
            map.entry(key(&words)).or_default().push((words, bound));
        }
    }
    for list in map.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    map
}

static BEFORE: LazyLock<Phrases> = LazyLock::new(|| phrases("before", |words| words[words.len() - 1]));
static AFTER: LazyLock<Phrases> = LazyLock::new(|| phrases("after", |words| words[0]));

/// Phrases that end with this lower-case word and bound the number after them, longest first.
pub fn before(lower: &str) -> &'static [(Vec<&'static str>, Bound)] {
    BEFORE.get(lower).map_or(&[], Vec::as_slice)
}

/// Phrases that begin with this lower-case word and bound the number before them, longest first.
pub fn after(lower: &str) -> &'static [(Vec<&'static str>, Bound)] {
    AFTER.get(lower).map_or(&[], Vec::as_slice)
}

/// What a word of change says: the direction, and the multiple where it names one.
type Change = (Direction, Option<f64>);

static CHANGE: LazyLock<HashMap<&str, Change>> = LazyLock::new(|| {
    CHANGES
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let (word, direction) = (cells.next()?, cells.next()?);
            let direction = Direction::ALL.iter().find(|d| d.as_str() == direction)?;
            Some((word, (*direction, cells.next()?.parse().ok())))
        })
        .collect()
});

/// Which way a verb or noun of change points ("fell", "higher").
pub fn change(lower: &str) -> Option<Direction> {
    CHANGE.get(lower).map(|(direction, _)| *direction)
}

/// How many times as much a verb of growth makes it ("tripled"), and which way that points.
pub fn growth(lower: &str) -> Option<(f64, Direction)> {
    CHANGE.get(lower).and_then(|(direction, multiple)| multiple.map(|multiple| (multiple, *direction)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let read: usize = BEFORE.values().chain(AFTER.values()).map(Vec::len).sum();
        assert_eq!(read, BOUNDS.lines().skip(1).count(), "a row has an unknown side or bound");
        assert_eq!(
            CHANGE.len(),
            CHANGES.lines().skip(1).count(),
            "a row repeats a word or is not up or down"
        );
    }
}
