//! Carried units: numbers that leave their unit or noun to a neighbour.
//!
//! "6 million homes, including 1.5 million in the south", "rose 64 points to 4,577", "four- and
//! six-cylinder engines", "296 hp (224 kW)", "Hale won 46 percent, Carrow 48": what the first says, the second
//! means too.

use super::again;
use super::measures::Measure;
use super::names;
use super::numerals::Form;
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::counting::{self, Numbering};

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
    let kind = quantities.get(n + 1).filter(|_| again::says_again(pieces, quantities, n + 1));
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

/// The rule that reads a result without its percent sign, behind a name.
pub(super) const RESULT: &str = "<name> <n>";

/// Gives the numbers behind the names of a row of results their percent: "46 percent, Carrow 48 and Marlow 6".
pub(super) fn results(pieces: &Pieces, quantities: &mut [Quantity]) {
    for n in 1..quantities.len() {
        let (before, rest) = quantities.split_at_mut(n);
        let (Some(last), Some(next)) = (before.last(), rest.first_mut()) else { continue };
        let Some(measure) = last.measure.as_ref().filter(|m| m.name == "percent") else { continue };
        let small = next.is_bare() && next.numeral.value.is_some_and(|value| value <= 100.0);
        let row = goes_on(pieces, last.end, next) || stands_against(pieces, last, next);
        if small && row && ends(pieces, next.end) {
            let measure = Measure { first: next.core, end: next.end, rule: RESULT, ..measure.clone() };
            (next.measure, next.rule) = (Some(measure), RESULT);
        }
    }
}

/// Whether a name stands before a number, and before the name what a row goes on with; `from` is where the last
/// figure ended.
fn goes_on(pieces: &Pieces, from: usize, next: &Quantity) -> bool {
    const LINKS: &[&str] = &[",", ";", "and", "to", "with", "while", "versus", "against", "for", "–", "—"];
    let mut at = next.first;
    // "Carrow took 48", "Carrow on 48"
    let verb = at.checked_sub(1).and_then(|at| pieces.get(at)).is_some_and(|p| p.pos == Pos::Verb);
    if verb || pieces.is_any_before(at, &["on", "at", "with"]) {
        at -= 1;
    }
    let name_end = at;
    // "Yes won 55 percent and No 45"
    let noes =
        |n: usize| pieces.word(n) == "No" && (n.saturating_sub(30)..n).any(|n| pieces.word(n) == "Yes");
    let named = |n: usize| pieces.capital(n) && (noes(n) || !names::is_label(pieces, n));
    // "Van der Berg's 48"
    let particle = |n: usize| n > from && pieces.is_any(n, &["der", "den", "de", "van", "von", "al", "bin"]);
    while at > from && name_end - at < 5 && (named(at - 1) || at < name_end && particle(at - 1)) {
        at -= 1;
    }
    let run = name_end - at;
    at -= usize::from(pieces.is_any_before(at, &["the"]) && at > from);
    let near = at > from && at - from <= 12;
    run > 0 && near && pieces.is_any_before(at, LINKS)
}

/// "leads Carrow 46 percent to 41", "passed by 51 percent to 49": the other side's part.
fn stands_against(pieces: &Pieces, last: &Quantity, next: &Quantity) -> bool {
    let beside = next.first == last.end + 1 && pieces.is_any(last.end, &["to", "–", "-"]);
    let mut before = (last.first.saturating_sub(10)..last.first).rev();
    // "62 percent to her rival's 37"
    let owner = pieces.lower(next.first.wrapping_sub(1), |w| w.ends_with("'s")) && next.first <= last.end + 9;
    let owned = owner && (last.end..next.first).any(|n| pieces.is_any(n, &["to", "against", "versus"]));
    let contest = owned
        || before.any(|n| {
            pieces.lower(n, |w| counting::is(w, Numbering::Contest) || counting::is(w, Numbering::Vote))
        });
    (beside || owned) && contest && last.direction.is_none()
}

/// Whether a row of results may end, or go on, at a piece: nothing is counted there.
fn ends(pieces: &Pieces, at: usize) -> bool {
    let mark =
        pieces.get(at).is_none_or(|p| matches!(p.kind, Kind::Mark(',' | ';' | '.' | ')' | '(' | '”' | '"')));
    mark || pieces.is_any(at, &["and", "while", "with", "to", "but", "in", "after"])
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
