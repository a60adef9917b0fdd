//! Carried units: numbers that leave their unit or noun to a neighbour.
//!
//! "6 million homes, including 1.5 million in the south", "rose 64 points to 4,577", "four- and
//! six-cylinder engines", "296 hp (224 kW)": what the first says, the second means too.

use super::measured;
use super::names;
use super::numerals::Form;
use super::pieces::Pieces;
use super::quantity::Quantity;
use crate::finding::FigureKind;

/// How many pieces back the figure may stand whose unit is meant.
const REACH: usize = 20;

/// A figure before this one in its sentence, whose unit it takes: an index, and whether the noun too.
pub(super) fn from(pieces: &Pieces, quantities: &[Quantity], n: usize) -> Option<usize> {
    let quantity = &quantities[n];
    let bare = quantity.measure.is_none()
        && quantity.kind.is_none()
        && matches!(quantity.numeral.form, Form::Digits | Form::Words);
    if !bare || !opens(pieces, quantity) {
        return None;
    }
    let same = |other: &Quantity| match (&other.measure, other.kind) {
        (_, Some(_)) => false,
        // "rose 2 percent to 88": what stands behind "to" is no percentage.
        (Some(measure), _) => measure.kind != FigureKind::Percentage || !absolute(pieces, quantity),
        (None, _) => matches!(other.numeral.form, Form::Digits | Form::Words),
    };
    // "cost 2,435,000 yen ($22,480) and 2,380,000 ($21,972)": what stands in the bracket tells the kind.
    let kind = quantities.get(n + 1).filter(|_| measured::says_again(pieces, quantities, n + 1));
    let kind = kind.and_then(|again| again.measure.as_ref()).map(|measure| measure.kind);
    let fits = |other: &Quantity| kind.is_none_or(|kind| other.kind() == kind);
    let first = n.saturating_sub(if kind.is_some() { 5 } else { 3 });
    // "savings plans that your state offers until your child is closer to 18": too far to be meant.
    let near = |other: &Quantity| quantity.direction.is_some() || quantity.first <= other.end + REACH;
    let fits = |other: &Quantity| fits(other) && near(other);
    let mut before = (first..n).filter(|&at| same(&quantities[at]) && fits(&quantities[at]));
    if kind.is_some() { before.find(|&at| !in_bracket(pieces, &quantities[at])) } else { before.next_back() }
}

fn in_bracket(pieces: &Pieces, quantity: &Quantity) -> bool {
    pieces.is_any_before(quantity.first, &["("])
}

/// Whether the words before a bare number say that it goes on counting the same.
fn opens(pieces: &Pieces, quantity: &Quantity) -> bool {
    const WORDS: &[&str] =
        &["including", "from", "to", "versus", "against", "than", "by", "at", "and", "is", "was", "among"];
    let compared = quantity.first.checked_sub(1).filter(|&at| pieces.is(at, "with"));
    pieces.is_any_before(quantity.first, WORDS)
        || names::gapped(pieces, quantity.numeral.first)
        || quantity.direction.is_some()
        || compared.is_some_and(|at| pieces.is_any_before(at, &["compared"]))
}

fn absolute(pieces: &Pieces, quantity: &Quantity) -> bool {
    pieces.is_any_before(quantity.first, &["to", "at", "from", "is", "was"])
}

/// Whether a number ends in a hyphen that hangs over to the next: "four- and six-cylinder engines".
pub(super) fn hangs(pieces: &Pieces, quantity: &Quantity) -> bool {
    let bare = quantity.measure.is_none() && quantity.kind.is_none();
    bare && pieces.is_dash(quantity.end)
        && pieces.glued(quantity.end)
        && pieces.is_any(quantity.end + 1, &[",", "and", "or", "to"])
}

/// Gives a conversion in brackets the bound of what it converts: "just under 296 hp (224 kW)".
pub(super) fn bound_into_brackets(pieces: &Pieces, quantities: &mut [Quantity]) {
    for n in 1..quantities.len() {
        let (before, rest) = quantities.split_at_mut(n);
        let (Some(first), Some(second)) = (before.last(), rest.first_mut()) else { continue };
        let opened = second.first == first.end + 1 && pieces.is_any(first.end, &["(", "/"]);
        let kinds =
            first.measure.as_ref().zip(second.measure.as_ref()).is_some_and(|(a, b)| a.kind == b.kind);
        if opened && kinds && first.bounded && !second.bounded && second.numeral.value.is_some() {
            second.bound(first.bound);
            second.bounded = true;
        }
    }
}
