//! Text that a spreadsheet would not leave alone, and the `'` that makes it.
//!
//! A spreadsheet that opens CSV runs what looks like a formula, and quietly turns what looks like a number
//! or a date into one: `=1+1`, `007`, a score of `3-2` (the 3rd of February), seventeen digits (of which it
//! keeps fifteen). Such text gets a `'` in front, which every spreadsheet shows and none acts on. Text that
//! already is such text behind one or more `'` gets another, so that [`unguard`] undoes [`guard`] exactly,
//! for every text; `'Twas` and `'quoted'` are left as they are.

use std::borrow::Cow;

/// What stands before guarded text.
pub const GUARD: char = '\'';

/// Integers of that size and more have digits that a spreadsheet drops.
pub const LONGEST_NUMBER: u64 = 1_000_000_000_000_000;

/// Most digits a spreadsheet keeps of a number.
const DIGITS_KEPT: usize = 15;

/// The longest text that is looked at for a date.
const LONGEST_DATE: usize = 40;

/// Puts the guard in front of text that needs it.
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text.as_bytes()) { Cow::Owned(format!("{GUARD}{text}")) } else { Cow::Borrowed(text) }
}

/// Undoes [`guard`].
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(text) if needs_guard(text.as_bytes()) => text,
        _ => cell,
    }
}

/// Whether a spreadsheet would run text or read it as something else, or it is such text behind guards.
pub fn needs_guard(text: &[u8]) -> bool {
    match text {
        [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n' | 0, ..] => true,
        // The full-width forms, which some turn into the plain ones: ＝ ＋ － ＠
        [0xEF, 0xBC, 0x9D | 0x8B | 0x8D | 0xA0, ..] => true,
        [b'0'..=b'9', ..] => is_misread_number(text.trim_ascii_end()) || is_date(text),
        // A number all the same, less than there was: the space, the point's 0; in brackets it is one below 0.
        [b' ', ..] => {
            text.trim_ascii().first().is_some_and(u8::is_ascii_digit) && is_plain(text.trim_ascii())
        }
        [b'.', rest @ ..] | [b'(', rest @ .., b')'] => is_plain(rest),
        [b'A'..=b'Z' | b'a'..=b'z', ..] => is_truth(text) || is_date(text),
        [b'\'', ..] => {
            let bare = text.iter().position(|&b| b != b'\'').unwrap_or(text.len());
            needs_guard(&text[bare..])
        }
        _ => false,
    }
}

/// Whether text that begins with a digit is a number in a form that a spreadsheet would not keep, or that
/// its language decides on: leading zeros, more digits than it has, commas, exponents, fractions, times.
fn is_misread_number(text: &[u8]) -> bool {
    let odd = text.iter().position(|b| !b.is_ascii_digit() && *b != b'.').unwrap_or(text.len());
    let (plain, rest) = text.split_at(odd);
    let dots = plain.iter().filter(|&&b| b == b'.').count();
    match rest {
        [] => {
            (plain[0] == b'0' && plain.get(1).is_some_and(u8::is_ascii_digit))
                || plain.len() - dots > DIGITS_KEPT
                || dots > 1
                || dots == 1 && matches!(plain, [.., b'0' | b'.'])
        }
        [b'e' | b'E', exponent @ ..] => {
            let digits = exponent.strip_prefix(b"-").or(exponent.strip_prefix(b"+")).unwrap_or(exponent);
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        }
        [b',' | b'-' | b'/' | b':' | b' ', ..] => {
            let text = without_half(text);
            text.iter().all(|b| b.is_ascii_digit() || b" ,-./:".contains(b))
                && text.last().is_some_and(u8::is_ascii_digit)
                && !is_whole_date(text)
        }
        _ => without_half(text).iter().all(u8::is_ascii_digit),
    }
}

/// Whether text is digits and points.
fn is_plain(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

/// The time of day without its half: `5:30 pm`, `5p`.
fn without_half(text: &[u8]) -> &[u8] {
    let text = text.strip_suffix(b"m").or(text.strip_suffix(b"M")).unwrap_or(text);
    match text {
        [time @ .., b'a' | b'A' | b'p' | b'P'] => time.trim_ascii_end(),
        _ => text,
    }
}

/// Whether text is a day, or a day and a time, as ISO 8601 has them: a spreadsheet reads these right.
fn is_whole_date(text: &[u8]) -> bool {
    let shape = b"dddd-dd-dd dd:dd:dd";
    matches!(text.len(), 10 | 16 | 19)
        && text.iter().zip(shape).all(|(b, s)| if *s == b'd' { b.is_ascii_digit() } else { b == s })
}

fn is_truth(text: &[u8]) -> bool {
    text.eq_ignore_ascii_case(b"true") || text.eq_ignore_ascii_case(b"false")
}

/// Whether text is a month's name with a day or year before or behind it: `Sept 11`, `5-May`, `1 Jan 2020`.
fn is_date(text: &[u8]) -> bool {
    if text.len() > LONGEST_DATE {
        return false;
    }
    let (mut months, mut numbers) = (0, 0);
    for word in text.split(|b| b" -/.,".contains(b)) {
        let letters = word.iter().position(u8::is_ascii_alphabetic).unwrap_or(word.len());
        let end = word[letters..].iter().position(u8::is_ascii_digit).map_or(word.len(), |at| letters + at);
        for part in
            [&word[..letters], &word[letters..end], &word[end..]].into_iter().filter(|p| !p.is_empty())
        {
            if part.len() <= 4 && part.iter().all(u8::is_ascii_digit) {
                numbers += 1;
            } else if is_month(part) {
                months += 1;
            } else {
                return false;
            }
        }
    }
    months == 1 && numbers > 0
}

/// An English month's name, or three or more letters that begin it.
fn is_month(word: &[u8]) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word.len() >= 3
        && MONTHS.iter().any(|month| {
            month.as_bytes().get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_run_or_change_is_guarded() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "\0x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "=",
            "-",
            // Numbers that would lose something, or that depend on the reader's language.
            "007",
            "00",
            "01.5",
            "1234567890123456",
            "1,200",
            "1,5",
            "1e5",
            "12E-3",
            "1.2.3",
            "1 1/2",
            "1.10",
            "1.0",
            "5.",
            ".5",
            "(5)",
            " 007",
            "007 ",
            // Dates and times that are none.
            "3-2",
            "12/5",
            "2016-09",
            "12:30",
            "5 pm",
            "5:30 PM",
            "Sept 11",
            "5 May",
            "MAR1",
            "1-Jan-2020",
            "December 1, 2015",
            "TRUE",
            "false",
            // What already looks guarded.
            "'=1",
            "''007",
        ] {
            assert_eq!(guard(text), format!("'{text}"), "{text:?}");
            assert_eq!(unguard(&guard(text)), text);
        }
    }

    #[test]
    fn what_stays_as_it_is_is_left_alone() {
        for text in [
            "",
            "a",
            "a-b",
            "0",
            "0.5",
            "12",
            "123456789012345",
            "1.5",
            "2016",
            "2016-09-06",
            "2016-09-06 07:45",
            "2015-11-16T07:45",
            "50%",
            "12 people",
            "1st",
            "9/11 attacks",
            "May",
            "Mayor 5",
            "March on Rome",
            "'Twas",
            "'quoted'",
            "'",
            "''",
            "é=1",
            "three",
            "true story",
            "16.11.15 or so",
            "5 people, 3 cars",
        ] {
            assert_eq!(guard(text), text);
            assert_eq!(unguard(text), text);
        }
    }

    proptest! {
        #[test]
        fn unguard_undoes_guard(text in prop_oneof![
            any::<String>(), "['=+@0-9\t-]{0,6}", "'{0,3}[-=0-9a-eA-E.,:/ ]{0,20}", "'{0,2}[＝＋－＠a]{0,2}",
        ]) {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }
}
