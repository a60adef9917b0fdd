//! Units and currencies: the forms they are written in, their codes, and their base units.

use foldhash::HashMap;
use std::sync::LazyLock;

use crate::finding::FigureKind;

static UNITS: &str = include_str!("../../seeds/reference/units.csv");
static CURRENCIES: &str = include_str!("../../seeds/reference/currencies.csv");

/// A unit of measure or of money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Its name, singular: "kilometre", "US dollar".
    pub name: &'static str,
    /// UCUM-like code, or ISO 4217 for money; none where the currency is not certain.
    pub code: Option<&'static str>,
    /// What it measures.
    pub kind: FigureKind,
    /// Code of the base unit, where there is one.
    pub base: Option<&'static str>,
    /// What to multiply a value by to get it in the base unit.
    pub factor: f64,
    /// What to add after that.
    pub offset: f64,
}

#[derive(Debug, Default)]
struct Table {
    units: Vec<Unit>,
    /// First word of a form in lower case to its forms, longest first.
    words: HashMap<&'static str, Vec<(Vec<&'static str>, usize)>>,
    /// Abbreviations as they are written, and whether they must be attached to the digits.
    short: HashMap<&'static str, (usize, bool)>,
    /// What stands before the digits.
    prefixes: HashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in UNITS.lines().skip(1) {
        table.add_unit(line);
    }
    for line in CURRENCIES.lines().skip(1) {
        table.add_currency(line);
    }
    for forms in table.words.values_mut() {
        forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    table
});

fn forms(cell: Option<&'static str>) -> impl Iterator<Item = &'static str> {
    cell.unwrap_or("").split('|').filter(|form| !form.is_empty())
}

impl Table {
    fn add_unit(&mut self, line: &'static str) {
        let mut cells = line.split(',');
        let (Some(name), Some(code), Some(kind)) = (cells.next(), cells.next(), cells.next()) else { return };
        let Some(&kind) = FigureKind::ALL.iter().find(|k| k.as_str() == kind) else { return };
        let base = cells.next().filter(|base| !base.is_empty());
        let factor = cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(1.0);
        let offset = cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
        let at = self.units.len();
        self.units.push(Unit { name, code: Some(code), kind, base, factor, offset });
        self.add_words(cells.next(), at);
        for (attached, cell) in [(false, cells.next()), (true, cells.next())] {
            for form in forms(cell) {
                self.short.entry(form).or_insert((at, attached));
            }
        }
    }

    fn add_currency(&mut self, line: &'static str) {
        let mut cells = line.split(',');
        let (Some(name), Some(code)) = (cells.next(), cells.next()) else { return };
        let code = Some(code).filter(|code| !code.is_empty());
        let at = self.units.len();
        self.units.push(Unit { name, code, kind: FigureKind::Money, base: code, factor: 1.0, offset: 0.0 });
        self.add_words(cells.next(), at);
        for form in forms(cells.next()) {
            self.prefixes.entry(form).or_insert(at);
            // A sign may stand behind the number as well.
            if !form.contains(|c: char| c.is_alphanumeric() || c == '.') {
                self.short.entry(form).or_insert((at, false));
            }
        }
        for form in forms(cells.next()) {
            self.short
                .entry(form)
                .or_insert((at, form.bytes().all(|b| b.is_ascii_alphabetic()) && form.len() == 1));
        }
    }

    fn add_words(&mut self, cell: Option<&'static str>, at: usize) {
        for form in forms(cell) {
            let words: Vec<&str> = form.split([' ', '-']).collect();
            self.words.entry(words[0]).or_default().push((words, at));
        }
    }
}

/// The forms that begin with this lower-case word: their words and units, longest first.
pub fn forms_from(lower: &str) -> impl Iterator<Item = (&'static [&'static str], &'static Unit)> {
    TABLE.words.get(lower).into_iter().flatten().map(|(words, at)| (words.as_slice(), &TABLE.units[*at]))
}

/// The unit that an abbreviation stands for, as written, and whether it must be attached to the digits.
pub fn abbreviation(form: &str) -> Option<(&'static Unit, bool)> {
    TABLE.short.get(form).map(|&(at, attached)| (&TABLE.units[at], attached))
}

/// The currency that a prefix stands for, as written: "US$", "€", "EUR".
pub fn currency_prefix(form: &str) -> Option<&'static Unit> {
    TABLE.prefixes.get(form).map(|&at| &TABLE.units[at])
}

/// The unit with this name.
pub fn named(name: &str) -> Option<&'static Unit> {
    TABLE.units.iter().find(|unit| unit.name == name)
}

/// The first unit with this code.
pub fn coded(code: &str) -> Option<&'static Unit> {
    TABLE.units.iter().find(|unit| unit.code == Some(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let rows = |text: &str| text.lines().skip(1).filter(|line| !line.is_empty()).count();
        assert_eq!(
            TABLE.units.len(),
            rows(UNITS) + rows(CURRENCIES),
            "a row is short or has an unknown kind"
        );
    }

    #[test]
    fn the_sure_and_the_unsure_dollar_differ() {
        assert_eq!(currency_prefix("$").map(|u| u.code), Some(None));
        assert_eq!(currency_prefix("US$").and_then(|u| u.code), Some("USD"));
        assert_eq!(abbreviation("kW").map(|(u, _)| u.name), Some("kilowatt"));
    }
}

/// What a unit's word may name besides.
#[derive(Debug)]
pub struct UnitReading {
    /// The other unit.
    pub other: &'static str,
    /// Its code.
    pub code: &'static str,
    /// Words that must stand in the sentence; none where it is always open.
    pub beside: Vec<&'static str>,
    /// Why it was not taken.
    pub why: &'static str,
}

static READINGS: LazyLock<Vec<(&'static str, UnitReading)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.splitn(5, ',');
        let (unit, other, code) = (cells.next()?, cells.next()?, cells.next()?);
        let beside = cells.next()?.split('|').filter(|word| !word.is_empty()).collect();
        Some((unit, UnitReading { other, code, beside, why: cells.next()? }))
    };
    include_str!("../../seeds/reference/readings.csv").lines().skip(1).filter_map(row).collect()
});

/// What the word for this unit may name besides.
pub fn other_readings(unit: &str) -> impl Iterator<Item = &'static UnitReading> {
    READINGS.iter().filter(move |(name, _)| *name == unit).map(|(_, reading)| reading)
}
