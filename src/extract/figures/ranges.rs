//! Ranges: two numbers that are the ends of one figure, and numbers that share a unit or scale.
//!
//! "10-15 percent", "between five and six kilometres", "from 4.8 to 4.7", "three or four years" are one
//! figure with both ends; "5 and 6 kg" stay two, with one unit.

use super::compounds;
use super::numerals::{Form, rounded};
use super::pieces::Pieces;
use super::quantity::Quantity;
use super::scores;
use super::{growth, polls, ratios};
use crate::finding::{Bound, Direction, FigureKind};
use crate::lexicon::bounds;

/// Joins the ends of ranges.
pub(super) fn join(pieces: &Pieces, quantities: Vec<Quantity>) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::with_capacity(quantities.len());
    for quantity in quantities {
        let joined = out.last_mut().is_some_and(|last| {
            if ratios::join(pieces, last, &quantity)
                || scores::join(pieces, last, &quantity)
                || compounds::join(pieces, last, &quantity)
                || compounds::per_number(pieces, last, &quantity)
            {
                return true;
            }
            match link(pieces, last, &quantity) {
                Some(Link::Range(first, rule)) => {
                    merge(pieces, last, &quantity, first, rule);
                    true
                }
                Some(Link::SharedUnit) => {
                    share_unit(last, &quantity);
                    false
                }
                None => false,
            }
        });
        if !joined {
            out.push(quantity);
        }
    }
    out
}

enum Link {
    /// One figure, beginning with this piece, by this rule.
    Range(usize, &'static str),
    /// Two figures, the first without the unit that the second has.
    SharedUnit,
}

/// How two neighbours belong together.
fn link(pieces: &Pieces, a: &Quantity, b: &Quantity) -> Option<Link> {
    let at = a.end;
    // "200,000 to-260,000" is a range badly set.
    let doubled = pieces.is(at, "to") && pieces.is_dash(at + 1);
    // "18- to 24-year-olds", "a 10-to-12-day trip"
    let hung = pieces.is_dash(at) && pieces.glued(at) && pieces.is(at + 1, "to");
    let hung = hung && (b.first == at + 2 || b.first == at + 3 && pieces.is_dash(at + 2));
    if b.first != at + 1 && !(doubled && b.first == at + 2) && !hung {
        return None;
    }
    // "leads 44 to 47" names the parts of two, and no range.
    let parts = [a, b].iter().any(|q| q.rule == polls::RESULT);
    let single = !parts && (a.numeral.value.is_some() || a.vague());
    // "doubled to 40": where the verb of growth went.
    let grew = a.rule == growth::GROWTH || b.rule == growth::GROWTH;
    if !single || !units_fit(a, b) || a.kind.is_some() || grew {
        return None;
    }
    if hung {
        return rising(a, b).then_some(Link::Range(a.first, "<n>- to <m>"));
    }
    let before = a.first.checked_sub(1);
    let opened = |words: &[&str]| before.filter(|&at| pieces.is_any(at, words));
    if pieces.is_dash(at) {
        let spacing = pieces.glued(at) == pieces.glued(at + 1);
        return (spacing && rising(a, b)).then_some(Link::Range(a.first, "<n>-<m>"));
    }
    match pieces.word(at) {
        "/" => {
            let money = a.measure.as_ref().is_some_and(|m| m.kind == FigureKind::Money);
            (money && rising(a, b)).then_some(Link::Range(a.first, "<n>/<m>"))
        }
        "and" => {
            if let Some(first) = opened(&["between"]).or_else(|| between_ages(pieces, a.first)) {
                return Some(Link::Range(first, "between <n> and <m>"));
            }
            (a.measure.is_none() && b.measure.is_some()).then_some(Link::SharedUnit)
        }
        "to" | "until" | "through" | "till" => {
            if let Some(first) = opened(&["from"]) {
                return Some(Link::Range(first, "from <n> to <m>"));
            }
            // "rose 12 to 88", "cut by $3 to $20": the size of a change and where it ended.
            let changed = before
                .is_some_and(|at| pieces.is(at, "by") || pieces.lower(at, |w| bounds::change(w).is_some()));
            let first_bare = a.measure.is_none() && b.measure.is_some();
            let second_bare =
                a.measure.as_ref().is_some_and(|m| m.end > a.numeral.end) && b.measure.is_none();
            // "a density of 1.3 g/l to 0.9 g/l": both ends whole, and nothing that fell from one to the other.
            let both = a.measure.is_some()
                && a.measure.as_ref().map(|m| &m.name) == b.measure.as_ref().map(|m| &m.name);
            let falling = both && before.is_some_and(|at| pieces.is(at, "of"));
            ((first_bare || !changed) && !second_bare && (rising(a, b) || falling))
                .then_some(Link::Range(a.first, "<n> to <m>"))
        }
        "or" => {
            let scale = if a.numeral.scale == 1.0 && takes_scale(a, b) { b.numeral.scale } else { 1.0 };
            let close = match (a.numeral.value, b.numeral.value.map(|v| v / scale)) {
                (Some(a), Some(b)) => a < b && (b <= a * 1.25 || b <= 20.0 && b <= a * 2.0 + 1.0),
                _ => false,
            };
            close.then_some(Link::Range(a.first, "<n> or <m>"))
        }
        _ => None,
    }
}

/// "between the ages of 17 and 20": where the range begins.
fn between_ages(pieces: &Pieces, first: usize) -> Option<usize> {
    let ages = first.checked_sub(2).filter(|&at| pieces.is(at, "ages") && pieces.is(at + 1, "of"))?;
    let the = usize::from(pieces.is_any_before(ages, &["the"]));
    ages.checked_sub(1 + the).filter(|&at| pieces.is(at, "between"))
}

/// Whether two numbers can have one unit.
fn units_fit(a: &Quantity, b: &Quantity) -> bool {
    match (&a.measure, &b.measure) {
        // "US$89 to $93 billion", "$500,000 to $1 million a year".
        (Some(x), Some(y)) => {
            let money =
                x.kind == FigureKind::Money && (y.name.ends_with(&x.name) || x.name.ends_with(&y.name));
            money || y.name.starts_with(x.name.as_str())
        }
        _ => (a.numeral.form == Form::Share) == (b.numeral.form == Form::Share),
    }
}

/// Whether the second end is above the first, as the ends of a range without "from" are.
fn rising(a: &Quantity, b: &Quantity) -> bool {
    let scale = if a.numeral.scale == 1.0 && takes_scale(a, b) { b.numeral.scale } else { 1.0 };
    match (a.numeral.value, b.numeral.value) {
        (Some(low), Some(high)) => low * scale < high,
        _ => a.vague() && b.vague(),
    }
}

/// Whether the scale behind the second number is meant for the first too: "2 to 3 million".
fn takes_scale(a: &Quantity, b: &Quantity) -> bool {
    match (a.numeral.value, b.numeral.value) {
        (Some(low), Some(high)) => {
            a.numeral.scale == 1.0
                && b.numeral.scale > 1.0
                && low < 1000.0
                // "between five and one hundred" are five.
                && (low * b.numeral.scale < high || b.numeral.scale >= 1000.0 && low * b.numeral.scale <= high * 10.0)
        }
        _ => false,
    }
}

fn merge(pieces: &Pieces, a: &mut Quantity, b: &Quantity, first: usize, rule: &'static str) {
    let from = rule == "from <n> to <m>";
    // "prices range from $35 to $250" go nowhere.
    let ranged = (first.saturating_sub(2)..first).any(|n| {
        pieces.is_any(
            n,
            &["range", "ranges", "ranged", "ranging", "vary", "varies", "varied", "varying", "anywhere"],
        )
    });
    // "from 5 to as many as 12" goes nowhere either, where nothing rose.
    let reaches = b.bounded
        && !(first.saturating_sub(6)..first).any(|n| pieces.lower(n, |w| bounds::change(w).is_some()));
    let ranged = ranged || reaches;
    let scale = if takes_scale(a, b) { b.numeral.scale } else { 1.0 };
    let back =
        if b.numeral.scale == 1.0 && a.numeral.scale > 1.0 && b.numeral.value < a.numeral.value && !from {
            a.numeral.scale
        } else {
            1.0
        };
    let ends = [
        a.numeral.value.or(a.numeral.low).map(|v| rounded(v * scale)),
        b.numeral.value.or(b.numeral.high).map(|v| rounded(v * back)),
    ];
    if let [Some(start), Some(stop)] = ends {
        if from && !ranged {
            a.direction = Some(if stop < start { Direction::Down } else { Direction::Up });
        }
        a.numeral.low = Some(start.min(stop));
        a.numeral.high = Some(start.max(stop));
    }
    a.numeral.value = None;
    a.numeral.end = b.numeral.end;
    a.bounded |= b.bounded;
    a.bound = match (a.bound, b.bound) {
        (Bound::About, _) | (_, Bound::About) => Bound::About,
        (Bound::Nearly, _) | (_, Bound::Nearly) => Bound::Nearly,
        _ => Bound::Exactly,
    };
    // "from about 4 to 5": words of "from" belong to the figure only where they bound it.
    a.first = if rule.starts_with("between") { first } else { a.first.min(first.max(a.first)) };
    a.end = b.end;
    a.rule = rule;
    if b.measure.is_some() && (a.measure.is_none() || !kept(a, b)) {
        a.measure = b.measure.clone();
    }
    if let Some(measure) = &mut a.measure {
        measure.first = measure.first.min(a.core);
        measure.end = measure.end.max(b.end);
    }
}

/// Whether the first number's own unit says more: "$2 to 3".
fn kept(a: &Quantity, b: &Quantity) -> bool {
    match (&a.measure, &b.measure) {
        (Some(x), Some(y)) => x.name.len() > y.name.len() && x.kind == FigureKind::Money,
        _ => true,
    }
}

/// Gives the first number the unit (and scale) of the second.
fn share_unit(a: &mut Quantity, b: &Quantity) {
    if a.numeral.form == Form::Digits || a.numeral.form == Form::Words {
        a.measure = b.measure.clone().map(|mut measure| {
            (measure.first, measure.end) = (a.core, a.end);
            measure
        });
        if takes_scale(a, b)
            && let Some(value) = a.numeral.value
        {
            a.numeral.value = Some(rounded(value * b.numeral.scale));
            a.bound(a.bound);
        }
    }
}
