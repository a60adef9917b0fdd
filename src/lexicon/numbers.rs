//! Number words: what a word is worth, and how it combines ("seventy", "hundred", "dozens", "thirds").

use foldhash::HashMap;
use std::sync::LazyLock;

static NUMBERS: &str = include_str!("../../seeds/reference/numbers.csv");

/// How a number word combines with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberClass {
    /// Zero to nine.
    Small,
    /// Ten to nineteen.
    Teen,
    /// Twenty, thirty, ... ninety.
    Ten,
    /// "hundred".
    Hundred,
    /// "thousand", "million".
    Scale,
    /// "dozen".
    Group,
    /// A scale that is only written after digits: "bn".
    Suffix,
    /// A scale of one letter, only attached to digits: "k".
    Letter,
    /// "half".
    Half,
    /// "thirds", "quarter": ordinals too, where they can be parts.
    Fraction,
    /// "first": a place in an order.
    Ordinal,
    /// "dozens", "millions": no number is named.
    Plural,
    /// "several", "few".
    Vague,
    /// "couple".
    Pair,
    /// "twice", "threefold".
    Multiple,
}

/// A number word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumberWord {
    /// How it combines.
    pub class: NumberClass,
    /// What it is worth; for vague words the least.
    pub value: f64,
    /// For vague words the most, where convention has one.
    pub high: Option<f64>,
}

static WORDS: LazyLock<HashMap<&str, NumberWord>> = LazyLock::new(|| {
    NUMBERS
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let word = cells.next()?;
            let class = class(cells.next()?)?;
            let value = cells.next()?.parse().unwrap_or(0.0);
            let high = cells.next().and_then(|cell| cell.parse().ok());
            Some((word, NumberWord { class, value, high }))
        })
        .collect()
});

fn class(name: &str) -> Option<NumberClass> {
    Some(match name {
        "small" => NumberClass::Small,
        "teen" => NumberClass::Teen,
        "ten" => NumberClass::Ten,
        "hundred" => NumberClass::Hundred,
        "scale" => NumberClass::Scale,
        "group" => NumberClass::Group,
        "suffix" => NumberClass::Suffix,
        "letter" => NumberClass::Letter,
        "half" => NumberClass::Half,
        "fraction" => NumberClass::Fraction,
        "ordinal" => NumberClass::Ordinal,
        "plural" => NumberClass::Plural,
        "vague" => NumberClass::Vague,
        "pair" => NumberClass::Pair,
        "multiple" => NumberClass::Multiple,
        _ => return None,
    })
}

/// What a lower-case word is worth, if it is a number word.
pub fn number_word(lower: &str) -> Option<NumberWord> {
    WORDS.get(lower).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = NUMBERS.lines().skip(1).filter(|line| !line.is_empty()).count();
        assert_eq!(WORDS.len(), rows, "a row has an unknown class or repeats a word");
    }
}
