//! Numerals: numbers in digits, with their scale and fractions ("4.5 million", "2 1/2"); those in words beside.

use super::measures;
use super::money;
use super::pieces::Pieces;
use super::spelt;
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::{NumberClass, NumberWord};
use crate::lexicon::units;

/// What a number is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits, with or without a scale.
    Digits,
    /// Words.
    Words,
    /// Words that name no number.
    Vague,
    /// A part of a whole.
    Share,
    /// A multiple.
    Multiple,
}

/// A number as it stands in the text.
#[derive(Debug, Clone)]
pub(super) struct Numeral {
    /// First piece.
    pub first: usize,
    /// Piece after the last.
    pub end: usize,
    /// The number named.
    pub value: Option<f64>,
    /// The least it allows.
    pub low: Option<f64>,
    /// The most it allows.
    pub high: Option<f64>,
    /// The scale it was written with: 1e6 for "4.5 million".
    pub scale: f64,
    /// What it is written in.
    pub form: Form,
    /// The rule that read it.
    pub rule: &'static str,
}

impl Numeral {
    /// A number that is exactly what it says.
    pub fn exact(first: usize, end: usize, value: f64, form: Form, rule: &'static str) -> Self {
        Numeral {
            first,
            end,
            value: Some(value),
            low: Some(value),
            high: Some(value),
            scale: 1.0,
            form,
            rule,
        }
    }
}

/// Reads the number that begins at piece `i`.
pub(super) fn read(pieces: &Pieces, i: usize) -> Option<Numeral> {
    if pieces.digits(i).is_some() { in_digits(pieces, i) } else { spelt::read(pieces, i) }
}

/// "4.5", "4.5 million", "2 1/2", "-1.3", "3k".
fn in_digits(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let digits = pieces.digits(i)?;
    let mut value = digits.value;
    let mut end = i + 1;
    if digits.points_three && digits.tens && counts_people_or_things(pieces, end) {
        value *= 1000.0;
    }
    if let Some((part, stop)) = fraction_after(pieces, end) {
        value += part;
        end = stop;
    }
    let mut numeral = Numeral::exact(i, end, value, Form::Digits, "<digits>");
    if let Some((scale, stop)) = scale_after(pieces, i, end) {
        numeral.scale = scale;
        numeral.end = stop;
        numeral.rule = "<digits> <scale>";
        if let Some((part, stop)) = fraction_after(pieces, stop) {
            value += part;
            numeral.end = stop;
        }
    }
    if let Some(sign) = minus_before(pieces, i) {
        numeral.first = sign;
        value = -value;
    }
    let value = rounded(value * numeral.scale);
    (numeral.value, numeral.low, numeral.high) = (Some(value), Some(value), Some(value));
    Some(numeral)
}

/// "1.200 people": what stands here is counted whole, so that the point before it parted thousands.
fn counts_people_or_things(pieces: &Pieces, at: usize) -> bool {
    pieces.is_word(at)
        && !pieces.glued(at)
        && counting::is_plural(pieces.word(at))
        && pieces.get(at).is_some_and(|p| matches!(p.pos, Pos::Noun) && p.number.is_none())
        && !pieces.lower(at, |w| units::forms_from(w).next().is_some() || w == "points")
}

/// Takes the noise of binary fractions out of a product: 34.6 × 10⁶ is 34600000.
pub fn rounded(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < 1e-6 * value.abs().max(1e-300) && (value - whole).abs() < 1e-3 {
        whole
    } else {
        value
    }
}

/// " 1/2", "-and-a-half", " and three quarters" behind a number.
pub(super) fn fraction_after(pieces: &Pieces, at: usize) -> Option<(f64, usize)> {
    if let (Some(over), true, Some(under)) =
        (pieces.digits(at), pieces.is_mark(at + 1, '/'), pieces.digits(at + 2))
    {
        let proper = over.value < under.value && under.value <= 32.0 && under.digits <= 2;
        let attached = pieces.glued(at + 1) && pieces.glued(at + 2);
        return (proper && attached && pieces.digits(at.wrapping_sub(1)).is_some_and(|d| !d.decimal))
            .then(|| (over.value / under.value, at + 3));
    }
    let mut j = skip_dash(pieces, at);
    if !pieces.is(j, "and") {
        return None;
    }
    j = skip_dash(pieces, j + 1);
    let count = if pieces.is_any(j, &["a", "one"]) {
        j = skip_dash(pieces, j + 1);
        1.0
    } else if let Some(n) = pieces.get(j)?.number.filter(|n| n.class == NumberClass::Small) {
        j = skip_dash(pieces, j + 1);
        n.value
    } else {
        1.0
    };
    let part = pieces.get(j)?.number?;
    let fraction = matches!(part.class, NumberClass::Half | NumberClass::Fraction);
    // "one and third" is not one and a third.
    let named = count != 1.0 || part.class == NumberClass::Half || pieces.is_any(j - 1, &["a", "one", "-"]);
    (fraction && named && count * part.value < 1.0).then_some((count * part.value, j + 1))
}

/// The scale behind digits: "million", "bn", an attached "k".
fn scale_after(pieces: &Pieces, first: usize, end: usize) -> Option<(f64, usize)> {
    let attached = pieces.glued(end);
    let mut j = end;
    if attached && pieces.is_dash(end) && pieces.glued(end + 1) {
        j = end + 1;
    }
    if measures::millions_of(pieces, j).is_some() {
        return Some((1e6, j));
    }
    let NumberWord { class, value, .. } = pieces.get(j)?.number?;
    let next = |n: usize| pieces.get(n).and_then(|p| p.number).map(|n| n.class);
    match class {
        NumberClass::Scale | NumberClass::Hundred | NumberClass::Group => {
            // "3 hundred thousand", "4 million billion": scales multiply.
            match pieces.get(j + 1).and_then(|p| p.number) {
                Some(more) if more.class == NumberClass::Scale && class != NumberClass::Group => {
                    Some((value * more.value, j + 2))
                }
                _ => Some((value, j + 1)),
            }
        }
        NumberClass::Suffix if next(j + 1) != Some(NumberClass::Scale) => Some((value, j + 1)),
        // "3 dozens", "5 millions of euros"
        NumberClass::Plural if j == end && !attached => Some((value, j + 1)),
        NumberClass::Letter
            if j == end
                && (attached || spaced_million(pieces, first, j))
                && letter_is_scale(pieces, first, j) =>
        {
            Some((value, j + 1))
        }
        _ => None,
    }
}

/// "£5 m": a letter that stands apart is a scale behind money alone.
fn spaced_million(pieces: &Pieces, first: usize, letter: usize) -> bool {
    matches!(pieces.word(letter), "m" | "M" | "b") && money::prefix(pieces, first).is_some()
}

/// Whether an attached letter is a scale ("$4.5m") and not a unit ("100m race").
fn letter_is_scale(pieces: &Pieces, first: usize, letter: usize) -> bool {
    let money = money::prefix(pieces, first).is_some();
    match pieces.word(letter) {
        "k" | "K" => true,
        // "a 400m-dollar bridge"
        "m" | "b" if !money && pieces.is_dash(letter + 1) && names_money(pieces, letter + 2) => true,
        "m" if !money => followed_by_many(pieces, letter + 1),
        "M" | "B" if !money => !pieces.is_dash(letter + 1),
        "b" if !money => followed_by_many(pieces, letter + 1),
        "m" | "M" | "b" | "B" | "t" | "T" => money,
        _ => false,
    }
}

/// Whether what stands here can be counted by the million: a word, and none that shows a length.
fn followed_by_many(pieces: &Pieces, at: usize) -> bool {
    pieces.is_word(at)
        && !pieces.glued(at)
        && !pieces.lower(at, |w| counting::is(w, Numbering::Measured))
        && pieces.lower(at, counting::is_event) | (at..at + 5).any(|n| names_many(pieces, n))
}

/// Whether a word is the name of a currency.
fn names_money(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| {
        units::forms_from(w).any(|(words, unit)| words.len() == 1 && unit.kind == FigureKind::Money)
            || matches!(w, "pound" | "pounds")
    })
}

fn names_many(pieces: &Pieces, at: usize) -> bool {
    pieces.is_word(at)
        && counting::is_plural(pieces.word(at))
        && !pieces.is_any(at, &["is", "was", "has", "his"])
}

/// Where a minus sign that belongs to the number at `i` stands.
pub(super) fn minus_before(pieces: &Pieces, i: usize) -> Option<usize> {
    let at = i.checked_sub(1)?;
    if pieces.is(at, "minus") {
        // "plus or minus 3 points": a margin to both sides.
        let both = pieces.is_any_before(at, &["or"]) && at > 1 && pieces.is(at - 2, "plus");
        return (!both).then_some(at);
    }
    if pieces.is_dash(at) && pieces.is_any_before(at, &["minus"]) {
        return Some(at - 1);
    }
    let sign = pieces.is_mark(at, '-') || pieces.is_mark(at, '−');
    let free =
        pieces.get(at).is_some_and(|p| p.spaced) || pieces.is_any_before(at, &["(", "/", "$", "€", "£"]);
    // "75 -300" is a range badly set; "50 -1.3%" a change.
    let chained = pieces.digits(at.wrapping_sub(1)).is_some() && !pieces.is_mark(i + 1, '%');
    (sign && pieces.glued(i) && free && !chained).then_some(at)
}

/// The index behind an attached hyphen at `at`, or `at`.
pub(super) fn skip_dash(pieces: &Pieces, at: usize) -> usize {
    if pieces.is_mark(at, '-') && pieces.glued(at) && pieces.glued(at + 1) { at + 1 } else { at }
}
