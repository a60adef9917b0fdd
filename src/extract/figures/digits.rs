//! Numbers in digits: every grouping of thousands, decimals, vulgar fractions.
//!
//! Reads one number at the head of a text. What only looks like one (a version, a date with points)
//! is reported as a chain, so that no part of it is taken for a figure.

use crate::lexicon::numbers::{NumberClass, number_word};
use crate::lexicon::units;

/// A number in digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Digits {
    /// What it is worth.
    pub value: f64,
    /// How many digits stand before the decimal point, groups together.
    pub digits: u32,
    /// Whether thousands are grouped.
    pub grouped: bool,
    /// Whether it has decimals or a vulgar fraction.
    pub decimal: bool,
    /// Whether it begins with a zero that is not the whole of it ("007").
    pub padded: bool,
    /// Whether points or a mass of digits show that it is no quantity ("1.2.3").
    pub chain: bool,
    /// Whether three digits stand behind its one point, which may part thousands ("1.200").
    pub points_three: bool,
    /// Whether the last of its digits is a zero.
    pub tens: bool,
}

/// More digits than this are an identifier, not a quantity.
const MOST_DIGITS: usize = 18;

/// Reads the number at the head of `s`; gives it with its length in bytes. Behind a sign of money, `paid`, a comma
/// and two digits are decimals.
pub(super) fn read(s: &str, paid: bool) -> Option<(Digits, usize)> {
    let bytes = s.as_bytes();
    let first = run(bytes, 0);
    if first == 0 {
        return None;
    }
    let (groups_end, plain) = groups(s, first);
    let (mut end, mut decimals) = (groups_end, String::new());
    let mut chain = false;
    if let Some(stop) = decimal_comma(s, first, paid).filter(|_| groups_end == first) {
        decimals.push_str(&s[first + 1..stop]);
        end = stop;
    } else if let Some(point) =
        decimal_point(bytes, groups_end, groups_end > first && s[first..].starts_with('.'))
    {
        let stop = run(bytes, point + 1);
        decimals.push_str(&s[point + 1..stop.min(point + 1 + MOST_DIGITS)]);
        end = stop;
        while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end = run(bytes, end + 1);
            chain = true;
        }
    }
    chain |= plain.len() > MOST_DIGITS;
    let whole: f64 = if plain.len() > MOST_DIGITS { 0.0 } else { plain.parse().ok()? };
    let part: f64 = if decimals.is_empty() { 0.0 } else { format!("{plain}.{decimals}").parse().ok()? };
    let mut value = if decimals.is_empty() { whole } else { part };
    let mut decimal = !decimals.is_empty();
    if let Some((fraction, width)) = vulgar(&s[end..]).filter(|_| !decimal) {
        value += fraction;
        end += width;
        decimal = true;
    }
    let digits = Digits {
        value,
        digits: u32::try_from(plain.len()).unwrap_or(u32::MAX),
        grouped: groups_end > first,
        decimal,
        padded: plain.len() > 1 && plain.starts_with('0'),
        chain,
        points_three: decimals.len() == 3 && groups_end == first && first <= 3 && !plain.starts_with('0'),
        tens: s[..end].ends_with('0'),
    };
    Some((digits, end))
}

/// A decimal written without a whole part, ".05"; `s` begins with the point.
pub(super) fn read_bare_decimal(s: &str) -> Option<(Digits, usize)> {
    let end = run(s.as_bytes(), 1);
    if !s.starts_with('.') || end == 1 || end > MOST_DIGITS {
        return None;
    }
    let value = format!("0{}", &s[..end]).parse().ok()?;
    Some((Digits::decimal(value), end))
}

impl Digits {
    /// A decimal or a vulgar fraction without a whole part.
    pub fn decimal(value: f64) -> Self {
        Digits {
            value,
            digits: 1,
            grouped: false,
            decimal: true,
            padded: false,
            chain: false,
            points_three: false,
            tens: false,
        }
    }
}

/// Where the digits end behind a comma that is a decimal point, as on the continent: "5,5 million", "€2,50".
fn decimal_comma(s: &str, first: usize, paid: bool) -> Option<usize> {
    let stop = run(s.as_bytes(), first + 1);
    if !s[first..].starts_with(',') || !(first + 2..first + 4).contains(&stop) {
        return None;
    }
    let rest = &s[stop..];
    if rest.strip_prefix(',').is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let word = rest.strip_prefix([' ', '-', '\u{a0}']).unwrap_or(rest);
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let (word, glued) = (&word[..end], word.len() == rest.len());
    (paid || rest.starts_with(['%', '€']) || is_measured(word, glued)).then_some(stop)
}

/// Whether a word is a scale or unit, behind a number with decimals: "million", "bn", "euros".
fn is_measured(word: &str, glued: bool) -> bool {
    let lower = word.to_lowercase();
    let scale = number_word(&lower).is_some_and(|found| match found.class {
        NumberClass::Scale | NumberClass::Suffix => true,
        NumberClass::Letter => glued,
        _ => false,
    });
    scale
        || !word.is_empty() && units::forms_from(&lower).any(|(words, _)| words.len() == 1)
        || matches!(lower.as_str(), "per" | "km" | "kg")
}

/// The value of a vulgar fraction ("½") at the head of `s`, after one space at most.
pub(super) fn vulgar(s: &str) -> Option<(f64, usize)> {
    let rest = s.strip_prefix(' ').unwrap_or(s);
    let c = rest.chars().next()?;
    let value = match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        '⅒' => 0.1,
        _ => return None,
    };
    Some((value, s.len() - rest.len() + c.len_utf8()))
}

/// Where the run of digits that begins at `from` ends.
fn run(bytes: &[u8], from: usize) -> usize {
    bytes[from.min(bytes.len())..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |n| from + n)
}

/// Where the groups of thousands after the first run of digits end, and all digits together.
fn groups(s: &str, first: usize) -> (usize, String) {
    let mut plain = s[..first.min(MOST_DIGITS + 1)].to_string();
    if first > 3 || s.starts_with('0') {
        return (first, plain);
    }
    if let Some((end, digits)) = indian(s, first) {
        return (end, digits);
    }
    let Some(mark) = s[first..].chars().next().filter(|&c| is_group_mark(c)) else { return (first, plain) };
    let mut end = first;
    while s[end..].starts_with(mark) {
        let from = end + mark.len_utf8();
        let stop = run(s.as_bytes(), from);
        if stop - from != 3 || plain.len() > MOST_DIGITS {
            break;
        }
        plain.push_str(&s[from..stop]);
        end = stop;
    }
    // One point with three digits is a decimal; only several are groups.
    let points_group = mark != '.' || end > first + 4 || is_comma_decimal(s, end);
    // A group cut off in the middle ("1,234,5") is no grouping that can be trusted.
    if points_group { (end, plain) } else { (first, s[..first].to_string()) }
}

fn is_group_mark(c: char) -> bool {
    matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// "1.234,56": a point for thousands, a comma for decimals.
fn is_comma_decimal(s: &str, end: usize) -> bool {
    let stop = run(s.as_bytes(), end + 1);
    s[end..].starts_with(',') && stop == end + 3
}

/// "12,34,567": groups of two and a last one of three.
fn indian(s: &str, first: usize) -> Option<(usize, String)> {
    let bytes = s.as_bytes();
    let mut plain = s[..first].to_string();
    let mut end = first;
    while bytes.get(end) == Some(&b',') && plain.len() <= MOST_DIGITS {
        let stop = run(bytes, end + 1);
        plain.push_str(&s[end + 1..stop]);
        match stop - end - 1 {
            2 => end = stop,
            3 if end > first => return Some((stop, plain)),
            _ => return None,
        }
    }
    None
}

/// Where the decimal point stands, if the number goes on behind one.
fn decimal_point(bytes: &[u8], at: usize, points_group: bool) -> Option<usize> {
    let mark = if points_group { b',' } else { b'.' };
    let digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    (bytes.get(at) == Some(&mark) && digit).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn groupings() {
        for (text, value) in [
            ("250,000 people", 250_000.0),
            ("816 000 t", 816_000.0),
            ("13\u{202f}009", 13_009.0),
            ("1'234'567", 1_234_567.0),
            ("12,34,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1.234,56", 1_234.56),
            ("4.5", 4.5),
            ("1.356bn", 1.356),
            ("2½", 2.5),
            ("2 ½", 2.5),
            ("5, 6", 5.0),
            ("1,2345", 1.0),
            ("27,349.19", 27_349.19),
            ("5,5 million", 5.5),
            ("2,3m", 2.3),
            ("2,75 euros", 2.75),
            ("3,5 and 7", 3.0),
            ("3,5,7 metres", 3.0),
            ("3,500 metres", 3500.0),
        ] {
            assert_eq!(read(text, false).map(|(d, _)| d.value), Some(value), "{text}");
        }
        for text in ["1.2.3", "192.168.0.1", "12.05.2016", "1234567890123456789012"] {
            assert!(read(text, false).is_some_and(|(d, _)| d.chain), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_printed_number_reads_back_in_every_style(n in 1000u64..1_000_000_000_000) {
            let plain = n.to_string();
            for mark in [",", " ", "\u{a0}", "\u{202f}", "\u{2009}", "'", "’"] {
                let mut grouped = String::new();
                for (i, c) in plain.chars().enumerate() {
                    if i > 0 && (plain.len() - i).is_multiple_of(3) {
                        grouped.push_str(mark);
                    }
                    grouped.push(c);
                }
                let (digits, len) = read(&grouped, false).expect("a number");
                prop_assert_eq!((digits.value, len), (n as f64, grouped.len()), "{}", grouped);
            }
            prop_assert_eq!(read(&plain, false).map(|(d, _)| d.value), Some(n as f64));
            let decimal = format!("{}.{:02}", n / 100, n % 100);
            prop_assert_eq!(read(&decimal, false).map(|(d, _)| d.value), decimal.parse().ok());
        }
    }
}
