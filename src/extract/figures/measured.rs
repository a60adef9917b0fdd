//! What a measured figure is about: revenue that rose 5 percent, a fine of $5, a five-year conflict.

use super::counted::{Counted, describe};
use super::numerals::skip_dash;
use super::phrases::{Phrase, is_noun, is_time, phrase, phrase_start};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::span::Span;

/// How many pieces back the phrase may stand.
const REACH: usize = 40;

/// Finds what the `n`th quantity of a sentence is about; `told` are the figures before it.
pub(super) fn of_measure(pieces: &Pieces, quantities: &[Quantity], n: usize, told: &[Figure]) -> Counted {
    let quantity = &quantities[n];
    let found = behind(pieces, quantity)
        .or_else(|| stacked(pieces, quantities, n))
        .or_else(|| before_of(pieces, quantity))
        .or_else(|| ahead(pieces, quantity, told));
    let mut counted = found.map_or_else(Counted::default, |phrase| describe(pieces, phrase, false));
    counted.end = quantity.end;
    counted
}

/// Whether a quantity says the one before it again: "162 points, or 2 percent", "HK$217 (£22)".
pub(super) fn says_again(pieces: &Pieces, quantities: &[Quantity], n: usize) -> bool {
    let Some(before) = n.checked_sub(1).map(|n| quantities[n].end) else { return false };
    let first = quantities[n].first;
    let bracket = first == before + 1 && pieces.is_any(before, &["(", "/"]);
    bracket
        || first == before + 2
            && pieces.is_any(before, &[",", "("])
            && pieces.is_any(before + 1, &["or", "about"])
}

/// "60 percent of its revenue", "a 25% tax", "$12,000 for a new roof", "$1 billion in gains".
fn behind(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let at = skip_dash(pieces, quantity.end);
    let kind = quantity.kind();
    if pieces.is_any(at, &["of", "for", "worth", "off"]) || kind == FigureKind::Money && pieces.is(at, "in") {
        let start = if pieces.is(at + 1, "of") { at + 2 } else { at + 1 };
        let found = noun_phrase(pieces, past_determiners(pieces, start))?;
        let named = pieces.is(at, "in") && pieces.capital(found.head);
        let time = is_time(pieces, found.head) && !pieces.is(at, "of");
        return (!named && !time).then_some(found);
    }
    // A measure right before a noun describes it: "a five-year conflict". A name there is another's.
    noun_phrase(pieces, at).filter(|found| {
        pieces.is_dash(quantity.end)
            || kind == FigureKind::Age
            || !pieces.capital(found.head) && !is_time(pieces, found.first)
    })
}

/// "a 640 hp 5.2-litre engine": several measures of one thing.
fn stacked(pieces: &Pieces, quantities: &[Quantity], n: usize) -> Option<Phrase> {
    let next = quantities.get(n + 1).filter(|next| next.first == quantities[n].end)?;
    behind(pieces, next)
}

/// The noun phrase at a piece, with a noun for its head.
fn noun_phrase(pieces: &Pieces, at: usize) -> Option<Phrase> {
    phrase(pieces, at).filter(|found| pieces.get(found.head).is_some_and(|p| p.pos != Pos::Adj))
}

fn past_determiners(pieces: &Pieces, mut at: usize) -> usize {
    const DETERMINERS: &[&str] = &[
        "the", "a", "an", "its", "their", "his", "her", "our", "all", "this", "that", "these", "those", "my",
        "your", "each", "some",
    ];
    while pieces.is_any(at, DETERMINERS) {
        at += 1;
    }
    at
}

/// "a fine of $5", "winds of at least 74 mph".
pub(super) fn before_of(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let at = quantity.first.checked_sub(2).filter(|&at| pieces.is(at + 1, "of"))?;
    (is_noun(pieces, at) && !is_time(pieces, at)).then(|| ending_at(pieces, at))
}

fn ending_at(pieces: &Pieces, head: usize) -> Phrase {
    Phrase { first: phrase_start(pieces, head), end: head + 1, head }
}

/// "Revenue rose 5%": the subject before, over verbs, objects and the phrases of prepositions.
fn ahead(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Option<Phrase> {
    let lasting = quantity.kind() == FigureKind::Duration;
    let mut at = quantity.first;
    let (mut nearest, mut verb): (Option<Phrase>, bool) = (None, false);
    let stop = at.saturating_sub(REACH);
    while at > stop {
        at -= 1;
        let piece = pieces.get(at)?;
        if in_a_figure(told, piece.span) {
            continue;
        }
        match piece.kind {
            Kind::Mark(';' | ':') => break,
            Kind::Mark(',' | '(') if nearest.is_some() => break,
            Kind::Mark(')') => {
                at = (stop..at).rev().find(|&n| pieces.is_mark(n, '(')).unwrap_or(at);
                continue;
            }
            Kind::Word => {}
            _ => continue,
        }
        if pieces.is_any(at, &["who", "which", "that"]) && verb {
            let comma = usize::from(pieces.is_mark(at.wrapping_sub(1), ','));
            if let Some(head) = at.checked_sub(1 + comma).filter(|&head| is_noun(pieces, head)) {
                return Some(ending_at(pieces, head));
            }
        }
        if !is_noun(pieces, at) || is_time(pieces, at) {
            verb |= matches!(piece.pos, Pos::Verb | Pos::Aux);
            continue;
        }
        let found = ending_at(pieces, at);
        let outer = before_determiner(pieces, found.first);
        if governed(pieces, outer) {
            nearest = nearest.or(Some(found));
            at = outer - 1;
            continue;
        }
        let object = outer.checked_sub(1).and_then(|at| pieces.get(at)).is_some_and(|p| p.pos == Pos::Verb);
        if !(object && (verb || lasting)) {
            return Some(found);
        }
        nearest = nearest.or(Some(found));
        at = outer;
    }
    nearest
}

/// Whether a piece lies in a figure that was told before.
fn in_a_figure(told: &[Figure], piece: Span) -> bool {
    let after = told.partition_point(|figure| figure.span.start <= piece.start);
    after.checked_sub(1).is_some_and(|n| told[n].span.overlaps(piece))
}

fn before_determiner(pieces: &Pieces, first: usize) -> usize {
    const DETERMINERS: &[&str] =
        &["the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those"];
    if pieces.is_any_before(first, DETERMINERS) { first - 1 } else { first }
}

/// Whether a preposition stands before a phrase, so that its head is further left.
fn governed(pieces: &Pieces, first: usize) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "of", "in", "from", "for", "on", "by", "at", "with", "against", "to", "as", "after", "during",
        "through", "over", "under",
    ];
    first > 1 && pieces.is_any_before(first, PREPOSITIONS)
}
