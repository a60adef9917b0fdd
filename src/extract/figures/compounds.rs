//! Compounds: one quantity told in a greater and a smaller unit ("5 ft 2 in", "13 dollars 45 cents").

use super::counted::{Counted, describe};
use super::measures::Measure;
use super::numerals::{Form, Numeral, rounded};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::{events, phrases, shares, subject};
use crate::finding::{Figure, FigureKind};
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::units;

/// The rule that reads a height: "6'3\"".
pub(super) const FEET_AND_INCHES: &str = "<feet>'<inches>\"";

/// Reads a height that begins at piece `i`.
pub(super) fn height(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let (feet, inches) = (pieces.digits(i)?, pieces.digits(i + 2)?);
    let marked = pieces.is_any(i + 1, &["'", "’", "′"]) && pieces.is_any(i + 3, &["\"", "”", "″", "''"]);
    let attached = (i + 1..i + 4).all(|n| pieces.glued(n));
    let tall = (3.0..9.0).contains(&feet.value) && inches.value < 12.0 && !feet.decimal;
    (marked && attached && tall)
        .then(|| Numeral::exact(i, i + 4, feet.value + inches.value / 12.0, Form::Digits, FEET_AND_INCHES))
}

/// The rule that reads "an hour and a half", "a mile and a quarter".
pub(super) const UNIT_AND_A_PART: &str = "a <unit> and a <part>";

/// Reads one of a unit and a part of it, which begins at piece `i`: the unit stands inside the number.
pub(super) fn unit_and_a_part(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let one = pieces.is_any(i, &["a", "an", "one"])
        && pieces.is(i + 2, "and")
        && pieces.is_any(i + 3, &["a", "one"]);
    let unit = pieces.lower(i + 1, |w| units::forms_from(w).any(|(words, _)| words.len() == 1));
    let part = pieces.get(i + 4)?.number?;
    // "a yard and a half-open gate"
    let joined = pieces.is_dash(i + 5) && pieces.glued(i + 5) && pieces.glued(i + 6);
    let fits = matches!(part.class, NumberClass::Half | NumberClass::Fraction) && part.value < 1.0 && !joined;
    (one && unit && fits).then(|| Numeral::exact(i, i + 5, 1.0 + part.value, Form::Digits, UNIT_AND_A_PART))
}

/// Reads a part of one percent or point, which begins at piece `i`: "half of 1 percent", "a tenth of one point".
pub(super) fn part_of_one(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let part = shares::share(pieces, i).filter(|_| pieces.get(i).is_some_and(|p| p.kind == Kind::Word))?;
    let one = pieces.digits(part.end + 1).map_or(pieces.is(part.end + 1, "one"), |d| d.value == 1.0);
    let unit = pieces.is_any(part.end + 2, &["percent", "per", "percentage", "point", "%"]);
    let value = part.value.filter(|_| pieces.is(part.end, "of") && one && unit)?;
    Some(Numeral::exact(i, part.end + 2, value, Form::Words, "<part> of one <unit>"))
}

/// The rule that reads "12 per 100,000", "4.2 deaths per 1,000 births".
pub(super) const PER_NUMBER: &str = "<n> per <round number>";

/// Takes the round number that a count is told per into it, as the unit of a rate.
pub(super) fn per_number(pieces: &Pieces, a: &mut Quantity, b: &Quantity) -> bool {
    let Some(per) = b.first.checked_sub(1).filter(|&at| pieces.is(at, "per")) else { return false };
    let round = |value: f64| [1e2, 1e3, 1e4, 1e5, 1e6].contains(&value);
    let near = (a.end..a.end + 4).contains(&per) && (a.end..per).all(|n| pieces.is_word(n));
    let plain = |q: &Quantity| q.measure.is_none() && q.kind.is_none() && q.numeral.value.is_some();
    if !near || b.bounded || !plain(a) || !plain(b) || !b.numeral.value.is_some_and(round) {
        return false;
    }
    a.measure = Some(Measure {
        kind: FigureKind::Rate,
        name: pieces.span(per, b.numeral.end).of(pieces.text).to_lowercase(),
        code: None,
        base: None,
        first: a.core,
        end: b.end,
        rule: PER_NUMBER,
    });
    a.end = b.end;
    a.rule = PER_NUMBER;
    true
}

/// What a rate per a round number is the rate of: the noun behind its number, or the subject.
pub(super) fn counted_per(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Counted {
    let at = quantity.numeral.end;
    let own = phrases::plural_phrase(pieces, at).filter(|found| found.end < quantity.end);
    let found = own.or_else(|| subject::of(pieces, quantity.first, told));
    let mut counted = found.map_or_else(Counted::default, |found| describe(pieces, found, false));
    let end = own.map_or(at, |found| found.end);
    let number = Quantity { end: at, ..quantity.clone() };
    counted.event = events::event(pieces, &number, counted.head.as_deref(), end);
    counted.end = quantity.end;
    counted
}

/// Takes the smaller part into the greater, where the two stand side by side.
pub(super) fn join(pieces: &Pieces, a: &mut Quantity, b: &Quantity) -> bool {
    let beside = b.first == a.end || b.first == a.end + 1 && pieces.is(a.end, "and");
    if spoken_cents(pieces, a, b) || hyphened_height(pieces, a, b) {
        return true;
    }
    let (Some(greater), Some(smaller)) = (&a.measure, &b.measure) else { return false };
    if !beside || b.bounded || a.numeral.value.is_none() {
        return false;
    }
    let ratio = if greater.kind == FigureKind::Money {
        cents(&greater.name, &smaller.name)
    } else {
        greater.base.zip(smaller.base).and_then(|((x, fx, _), (y, fy, _))| {
            let parts = x == y && fy < fx && greater.kind == smaller.kind && told_together(&greater.name);
            parts.then_some(fy / fx)
        })
    };
    let (Some(ratio), Some(whole), Some(part)) = (ratio, a.numeral.value, b.numeral.value) else {
        return false;
    };
    if part < 0.0 || part * ratio >= 1.0 || whole.fract() != 0.0 {
        return false;
    }
    a.numeral.value = Some(rounded(whole + part * ratio));
    a.bound(a.bound);
    a.end = b.end;
    a.rule = "<amount> <unit> <part> <smaller unit>";
    true
}

/// "6-foot-4", "a 6-foot-4-inch guard".
fn hyphened_height(pieces: &Pieces, a: &mut Quantity, b: &Quantity) -> bool {
    let feet = a.measure.as_ref().is_some_and(|m| m.name == "foot")
        && pieces.word_before(a.end).eq_ignore_ascii_case("foot");
    let hung = b.first == a.end + 1 && pieces.is_dash(a.end) && pieces.glued(a.end) && pieces.glued(b.first);
    let inches = b.is_bare() || b.measure.as_ref().is_some_and(|m| m.name == "inch");
    let (Some(whole), Some(part)) =
        (a.numeral.value, b.numeral.value.filter(|part| (0.0..12.0).contains(part)))
    else {
        return false;
    };
    if !(feet && hung && inches) {
        return false;
    }
    a.numeral.value = Some(rounded(whole + part / 12.0));
    a.bound(a.bound);
    a.end = b.end;
    a.rule = FEET_AND_INCHES;
    true
}

/// "15 dollars and 50." as people say prices.
fn spoken_cents(pieces: &Pieces, a: &mut Quantity, b: &Quantity) -> bool {
    let said = a.measure.as_ref().is_some_and(|m| m.kind == FigureKind::Money && m.end > a.numeral.end);
    let linked = b.first == a.end + 1 && pieces.is(a.end, "and") || b.first == a.end;
    let ends = b.end >= pieces.len() || pieces.is_any(b.end, &[".", ",", ";", "?", "!"]);
    let two = pieces.digits(b.core).is_some_and(|d| d.digits == 2) && b.is_bare();
    let (Some(whole), Some(part)) = (a.numeral.value, b.numeral.value) else { return false };
    if !(said && linked && ends && two && whole.fract() == 0.0 && a.numeral.scale == 1.0) {
        return false;
    }
    a.numeral.value = Some(rounded(whole + part / 100.0));
    a.bound(a.bound);
    a.end = b.end;
    a.rule = "<amount> <currency> and <cents>";
    true
}

/// What a smaller coin is of the currency before it.
fn cents(greater: &str, smaller: &str) -> Option<f64> {
    let coin = smaller == "cent"
        && (greater.ends_with("dollar") || greater == "euro" || greater.ends_with("rand"))
        || smaller == "penny" && greater.contains("pound");
    coin.then_some(0.01)
}

/// Units that people tell together with their parts.
fn told_together(name: &str) -> bool {
    matches!(
        name,
        "foot" | "yard" | "metre" | "kilometre" | "mile" | "pound" | "stone" | "kilogram" | "hour" | "minute"
    )
}
