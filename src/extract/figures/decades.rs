//! Ages told by a decade or a limit: "a woman in her 40s", "his late fifties", "the over-65s", "thirty-somethings".
//!
//! The decade must be somebody's: "the 90s" are years, and "in the 40s" a temperature. The under-21s that win and
//! lose are a team.

use super::ages::years;
use super::numerals::{Form, Numeral, skip_dash};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::Bound;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::{NumberClass, number_word};

/// The rule that reads an age by its decade.
pub(super) const DECADE: &str = "in her <decade>s";

/// The rule that reads those below or above an age.
pub(super) const LIMIT: &str = "under-<n>s";

/// Reads an age that is told by its decade or limit, and begins at piece `i`: "40s", "late fifties", "over-65s".
pub(super) fn read(pieces: &Pieces, i: usize) -> Option<Quantity> {
    if let Some((end, value, bound)) = limit(pieces, i) {
        let numeral = Numeral::exact(i, end, value, Form::Digits, LIMIT);
        let mut quantity = Quantity::of(pieces, numeral, years(i, end, LIMIT));
        quantity.bounded = true;
        quantity.bound(bound);
        return Some(quantity);
    }
    let (end, low, high) = decade(pieces, i).or_else(|| something(pieces, i))?;
    let numeral = Numeral {
        value: None,
        low: Some(low),
        high: Some(high),
        ..Numeral::exact(i, end, low, Form::Vague, DECADE)
    };
    Some(Quantity::of(pieces, numeral, years(i, end, DECADE)))
}

/// "40s", "late fifties", "mid- to late 30s" of somebody: the piece after it, the least and the most.
fn decade(pieces: &Pieces, i: usize) -> Option<(usize, f64, f64)> {
    let (part, mut at) = part_of_decade(pieces, i).map_or((None, i), |(part, end)| (Some(part), end));
    let hung = usize::from(pieces.is_dash(at));
    let linked = at + hung + usize::from(pieces.is_any(at + hung, &["to", "or"]));
    let later = part.and_then(|_| part_of_decade(pieces, skip_dash(pieces, linked)));
    if let Some((_, end)) = later {
        at = end;
    }
    let (start, end) = ten_years(pieces, at)?;
    let owned = is_owned(pieces, i);
    // "a bearded man, late 50s,"
    let apposed =
        part.is_some() && pieces.is_any_before(i, &[",", "("]) && pieces.is_any(end, &[",", ")", "."]);
    // "her 90s hits" are of a decade.
    let thing = pieces
        .get(end)
        .is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::Propn | Pos::Adj) && p.kind == Kind::Word);
    if !(owned || apposed) || thing || i > 0 && part_of_decade(pieces, i - 1).is_some_and(|(_, end)| end == i)
    {
        return None;
    }
    let teens = start < 20.0;
    let (low, high) = match part {
        None => (0.0, 9.0),
        Some(part) => (part_of(part, teens).0, part_of(later.map_or(part, |(later, _)| later), teens).1),
    };
    let first = if teens { 10.0 } else { start };
    Some((end, if teens && part.is_none() { 13.0 } else { first + low }, first + high))
}

/// The years of a part of a decade, or of the teens.
fn part_of(part: &str, teens: bool) -> (f64, f64) {
    match (part, teens) {
        ("early", false) => (0.0, 3.0),
        ("mid", false) => (4.0, 6.0),
        ("early", true) => (3.0, 5.0),
        ("mid", true) => (4.0, 6.0),
        _ => (7.0, 9.0),
    }
}

/// "early", "mid-": the part, and the piece after it and its hyphen.
fn part_of_decade(pieces: &Pieces, i: usize) -> Option<(&'static str, usize)> {
    let part = ["early", "mid", "middle", "late"].into_iter().find(|part| pieces.is(i, part))?;
    let part = if part == "middle" { "mid" } else { part };
    Some((part, skip_dash(pieces, i + 1)))
}

/// "40s", "fifties", "teens": its first year and the piece after it.
fn ten_years(pieces: &Pieces, at: usize) -> Option<(f64, usize)> {
    if let Some(digits) = pieces.digits(at) {
        let plural = pieces.glued(at + 1) && pieces.is_any(at + 1, &["s", "'s", "’s"]);
        let ten = digits.digits == 2 && digits.value % 10.0 == 0.0 && digits.value >= 20.0 && !digits.decimal;
        return (plural && ten).then_some((digits.value, at + 2));
    }
    if pieces.is(at, "teens") {
        return Some((10.0, at + 1));
    }
    let value =
        pieces.lower(at, |w| Some(format!("{}y", w.strip_suffix("ies")?)).and_then(|w| number_word(&w)));
    value.filter(|word| word.class == NumberClass::Ten).map(|word| (word.value, at + 1))
}

/// Whether the years that begin at piece `i` are somebody's: "in her", "in their 20s and".
fn is_owned(pieces: &Pieces, i: usize) -> bool {
    const WHOSE: &[&str] = &["his", "her", "their", "my", "our", "your"];
    const BETWEEN: &[&str] =
        &["early", "mid", "middle", "late", "very", "to", "or", "and", "-", ",", "s", "teens"];
    let mut at = i;
    while let Some(before) = at.checked_sub(1).filter(|_| i - at < 8) {
        if pieces.is_any(before, WHOSE) {
            return pieces.is_any_before(
                before,
                &["in", "into", "reach", "reached", "entering", "spent", "or", "out", "of", "well", "from"],
            ) || pieces.is_any(i, &["early", "mid", "late"]);
        }
        let years = pieces.digits(before).is_some() || ten_years(pieces, before).is_some();
        if !(years || pieces.is_any(before, BETWEEN)) {
            return false;
        }
        at = before;
    }
    false
}

/// "thirty-something", "20-somethings".
fn something(pieces: &Pieces, i: usize) -> Option<(usize, f64, f64)> {
    let told =
        pieces.is_dash(i + 1) && pieces.glued(i + 1) && pieces.is_any(i + 2, &["something", "somethings"]);
    let spelt = pieces.get(i)?.number.filter(|word| word.class == NumberClass::Ten).map(|word| word.value);
    let start = pieces.digits(i).map(|digits| digits.value).or(spelt)?;
    (told && start % 10.0 == 0.0 && (20.0..100.0).contains(&start)).then_some((i + 3, start, start + 9.0))
}

/// "under-18s", "over 65s", "under-fives": the piece after it, the age and the bound. Teams of that name are none.
fn limit(pieces: &Pieces, i: usize) -> Option<(usize, f64, Bound)> {
    let bound = match pieces.word(i).to_ascii_lowercase().as_str() {
        "under" => Bound::LessThan,
        "over" => Bound::MoreThan,
        _ => return None,
    };
    let at = skip_dash(pieces, i + 1);
    let (value, end) = match pieces.digits(at) {
        Some(digits) => {
            let plural = pieces.glued(at + 1) && pieces.is(at + 1, "s");
            (Some(digits.value).filter(|_| plural && digits.digits <= 2 && !digits.decimal)?, at + 2)
        }
        None => {
            let small = pieces.lower(at, |w| number_word(w.strip_suffix('s')?));
            let small = small.filter(|word| matches!(word.class, NumberClass::Small | NumberClass::Teen));
            (
                small
                    .map(|word| word.value)
                    .or_else(|| Some(ten_years(pieces, at)?.0).filter(|&v| v >= 20.0))?,
                at + 1,
            )
        }
    };
    // "ran it in under 10s"
    let plural =
        pieces.is_any(end, &["are", "were", "have", "who", "to", "will", "can", "must", "should", "may"]);
    let people = i == 0
        || plural
        || pieces.is_any_before(i, &["for", "to", "among", "all", "most", "many", "by", "with"]);
    let seconds = at == i + 1 && (!people || pieces.is_any_before(i, &["in", "just", "well", "of", "time"]));
    let team = (15.0..24.0).contains(&value) && is_team(pieces, i, end);
    (!seconds && !team).then_some((end, value, bound))
}

/// Whether players of an age are told of: "England Under-21s", "the under-18s beat".
fn is_team(pieces: &Pieces, i: usize, end: usize) -> bool {
    let named = i > 0 && pieces.capital(i) || i > 0 && pieces.capital(i - 1) && i > 1;
    let sport = |n: usize| pieces.lower(n, |w| counting::is(w, Numbering::Team));
    // "The under-21s lost": those of a place that was named before.
    let plays = pieces.is_any_before(i, &["the"])
        && pieces.is_any(end, &["lost", "won", "beat", "drew", "play", "played"]);
    named || plays || (i.saturating_sub(5)..end + 5).any(sport)
}
