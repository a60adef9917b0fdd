//! Leads: whose a lead or a part of a poll is.
//!
//! "leads Vale by 3 points", "a 6-point lead for Marlow", "46 percent would choose her": the one who leads, or whom they
//! choose. A pronoun names nobody, and the group asked ("among women") has no lead.

use super::measured::ending_at;
use super::phrases::{is_noun, phrase};
use super::pieces::Pieces;
use super::polls::{RESULT, before, class, is_ahead};
use super::quantity::Quantity;
use super::{standing, subject};
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::Numbering;
use crate::span::Span;

/// Whose a lead or a result of two is, where the figure is one; the inner is `None` where nobody is named.
pub(super) fn whose(
    pieces: &Pieces,
    quantity: &Quantity,
    figure: &Figure,
    told: &[Figure],
) -> Option<Option<Span>> {
    let measure = quantity.measure.as_ref().filter(|_| figure.kind == FigureKind::Percentage)?;
    let chosen = chosen(pieces, quantity, told);
    if let Some(found) = chosen.or_else(|| backed(pieces, quantity)) {
        return Some(Some(found));
    }
    if measure.rule == RESULT {
        let first = second_of(pieces, quantity).unwrap_or(quantity.first);
        let word = before(pieces, first).find(|&at| is_ahead(pieces, at))?;
        let (leads, trails) = sides(pieces, word, first, told);
        return Some(if is_greater(pieces, quantity, figure) { leads } else { trails });
    }
    if measure.name != "percentage point" {
        return None;
    }
    let behind = |at: &usize| is_ahead(pieces, *at) && !pieces.is_any(*at, &["up", "down"]);
    if let Some(word) = (quantity.end..quantity.end + 2).find(behind) {
        return Some(lead_behind(pieces, quantity, word, told));
    }
    let word = before(pieces, quantity.first).find(|&at| is_ahead(pieces, at))?;
    Some(sides(pieces, word, quantity.first, told).0)
}

/// "46 percent of voters would choose Marlow", "Marlow was backed by 46 percent": whom they choose.
fn chosen(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Option<Span> {
    const CHOOSE: &[&str] = &[
        "choose",
        "chose",
        "back",
        "backs",
        "backed",
        "support",
        "supports",
        "supported",
        "prefer",
        "prefers",
        "preferred",
        "favor",
        "favors",
        "favored",
        "favour",
        "favours",
        "favoured",
        "pick",
        "picked",
    ];
    let verb = |at: usize| pieces.is_any(at, CHOOSE) || pieces.is(at, "chosen");
    if pieces.is_any_before(quantity.first, &["by"]) && quantity.first > 1 && verb(quantity.first - 2) {
        return of_clause(pieces, quantity.first, told);
    }
    let open = |at: &usize| {
        pieces.is_word(*at)
            && pieces.get(*at).is_some_and(|p| p.number.is_none())
            && !pieces.is_any(*at, &["and", "but"])
    };
    let at = (quantity.end..quantity.end + 9).take_while(open).find(|&at| verb(at))?;
    name_at(pieces, at + 1)
}

/// "support for Marlow fell two points", "Vale's approval rating fell to 38 percent": whom they think so of.
fn backed(pieces: &Pieces, quantity: &Quantity) -> Option<Span> {
    const THOUGHT: &[&str] = &[
        "support",
        "backing",
        "approval",
        "disapproval",
        "favorability",
        "favourability",
        "popularity",
        "share",
    ];
    let at = before(pieces, quantity.first).find(|&at| pieces.is_any(at, THOUGHT) && is_noun(pieces, at))?;
    if pieces.is(at + 1, "for") {
        return name_at(pieces, at + 2);
    }
    at.checked_sub(1).and_then(|n| owner(pieces, n))
}

/// Where the first number begins whose second this one is: "46-43".
fn second_of(pieces: &Pieces, quantity: &Quantity) -> Option<usize> {
    let first = quantity.first.checked_sub(2)?;
    let linked = pieces.is_dash(first + 1) || pieces.is(first + 1, "to");
    (linked && pieces.digits(first).is_some()).then_some(first)
}

/// Whether a number is the greater of the two of a result.
fn is_greater(pieces: &Pieces, quantity: &Quantity, figure: &Figure) -> bool {
    let other = second_of(pieces, quantity).unwrap_or(quantity.end + 1);
    let other = pieces.digits(other).map(|digits| digits.value);
    figure.value.zip(other).is_none_or(|(this, other)| this >= other)
}

/// Who leads and who trails by a word of that at piece `at`, before a figure that begins at `first`.
fn sides(pieces: &Pieces, at: usize, first: usize, told: &[Figure]) -> (Option<Span>, Option<Span>) {
    let behind = pieces.lower(at, |w| w.starts_with("trail")) || pieces.is(at, "behind");
    let verb =
        pieces.get(at).is_some_and(|p| p.pos == Pos::Verb) || pieces.is_any(at, &["lead", "leads", "led"]);
    let over = pieces.is_any(at + 1, &["of", "over"]);
    let object = name_at(pieces, at + 1 + usize::from(over));
    // "the gap", "the margin of error", "a lead" are nobody's by themselves.
    let noun = is_noun(pieces, at) && pieces.is_any_before(at, &["the", "a", "an", "this"]);
    if noun && pieces.is_any(at, &["gap", "margin", "deficit", "swing", "spread", "difference"]) {
        return (None, None);
    }
    let subject = match at.checked_sub(1) {
        // "showing her ahead": nobody knows who she is.
        Some(n) if pieces.get(n).is_some_and(|p| p.pos == Pos::Pron) => None,
        Some(n) if owner(pieces, n).is_some() => owner(pieces, n),
        Some(n) if pieces.capital(n) && is_noun(pieces, n) => named(pieces, n),
        _ => of_clause(pieces, first, told),
    };
    let object = object.filter(|_| verb || over || behind);
    if behind { (object, subject) } else { (subject, object) }
}

/// "nine points ahead of Vale", "holds a 6-point lead", "gives Marlow a 6-point edge": whose a lead behind its figure is.
fn lead_behind(pieces: &Pieces, quantity: &Quantity, word: usize, told: &[Figure]) -> Option<Span> {
    if pieces.is(word, "behind") {
        return name_at(pieces, word + 1);
    }
    if pieces.is_any(word, &["gap", "deficit", "margin", "swing", "spread"]) {
        return None;
    }
    // "a 6-point lead for Marlow"
    if pieces.is(word + 1, "for") && name_at(pieces, word + 2).is_some() {
        return name_at(pieces, word + 2);
    }
    let article = usize::from(pieces.is_any_before(quantity.first, &["a", "an", "the"]));
    let at = quantity.first.checked_sub(1 + article)?;
    let with = at.checked_sub(1).filter(|_| pieces.is_any(at, &["with", ","]));
    let at = with.unwrap_or(at);
    if pieces.get(at).is_some_and(|p| p.pos == Pos::Pron) {
        return owner(pieces, at);
    }
    owner(pieces, at)
        .or_else(|| named(pieces, at).filter(|_| pieces.capital(at)))
        .or_else(|| of_clause(pieces, quantity.first, told))
}

/// The subject of the clause of a figure, where it is a name and asks nobody.
fn of_clause(pieces: &Pieces, first: usize, told: &[Figure]) -> Option<Span> {
    let found = subject::of_clause(pieces, first, told)?;
    // "Marlow's lead is 3 points"
    if let Some(owner) = (found.first..=found.head).rev().find_map(|at| owner(pieces, at)) {
        return Some(owner);
    }
    named(pieces, found.head)
}

/// The name that ends at a piece.
fn named(pieces: &Pieces, head: usize) -> Option<Span> {
    let asks = standing::is_poll(pieces, head) || class(pieces, head, Numbering::Opinion);
    (is_noun(pieces, head) && pieces.capital(head) && !asks)
        .then(|| standing::named(pieces, ending_at(pieces, head)))
}

/// The name that begins at a piece, behind an article.
fn name_at(pieces: &Pieces, at: usize) -> Option<Span> {
    let at = at + usize::from(pieces.is_any(at, &["the"]));
    let found = phrase(pieces, at).filter(|found| pieces.capital(at) && pieces.capital(found.head))?;
    Some(pieces.span(found.first, found.end))
}

/// "Marlow's": the name of who owns what follows.
fn owner(pieces: &Pieces, at: usize) -> Option<Span> {
    standing::possessor(pieces, at + 1).filter(|_| pieces.capital(at)).map(|(_, span)| span)
}
