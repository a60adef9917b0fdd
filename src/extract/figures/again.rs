//! Figures that take what they are about from one before them: "39 percent of these", "compared with 25 percent in
//! spring", "162 points, or 2 percent".

use super::phrases::is_noun;
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};

/// How many figures back "of these" may lead.
const REACH: usize = 6;

/// "39 percent of these", "12 percent said no" after "81 percent of voters": the figure whose noun is meant.
pub(super) fn of_those<'f>(pieces: &Pieces, quantity: &Quantity, told: &'f [Figure]) -> Option<&'f Figure> {
    const THOSE: &[&str] = &["them", "these", "those", "whom", "which"];
    let at = quantity.end;
    // "five of those boats" are told; "five of them penalties" are of those before.
    let own = pieces.is_any(at + 1, &["these", "those"]) && is_noun(pieces, at + 2);
    let named = pieces.is(at, "of") && pieces.is_any(at + 1, THOSE) && !own;
    // Where it is the subject itself, there is none before it.
    let subject = quantity.kind() == FigureKind::Percentage
        && pieces.get(at).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux))
        && !pieces.is_any_before(quantity.first, &["by", "to", "at", "from", "of"])
        && quantity.direction.is_none();
    let like = |figure: &&Figure| {
        (figure.counted.is_some() || figure.counted_head.is_some())
            && (named && figure.kind != FigureKind::Duration || figure.kind == quantity.kind())
    };
    (named || subject).then(|| told.iter().rev().take(REACH).find(like)).flatten()
}

/// "30 percent of seats, compared with 25 percent in spring": what the figure before it is about.
pub(super) fn compared<'f>(pieces: &Pieces, quantity: &Quantity, told: &'f [Figure]) -> Option<&'f Figure> {
    let at = (quantity.first.saturating_sub(3)..quantity.first)
        .rev()
        .find(|&n| pieces.is_any(n, &["with", "to"]) && pieces.is_any_before(n, &["compared"]))?;
    let own =
        (at + 1..quantity.first).all(|n| !is_noun(pieces, n) || pieces.word(n).ends_with(['s', '’', '\'']));
    let part = |kind| matches!(kind, FigureKind::Share | FigureKind::Percentage);
    let alike = |like: &Figure| like.kind == quantity.kind() || part(like.kind) && part(quantity.kind());
    told.last().filter(|like| own && alike(like) && like.counted.is_some())
}

/// "2 million children under the age of 5", "300 voters aged 18 to 24": the age of those counted right before.
pub(super) fn told_of<'f>(pieces: &Pieces, quantity: &Quantity, told: &'f [Figure]) -> Option<&'f Figure> {
    let start = pieces.get(quantity.first)?.span.start;
    let right_before = |figure: &&Figure| {
        figure.kind == FigureKind::Count
            && pieces.text.get(figure.span.end..start).is_some_and(|gap| gap.trim().is_empty())
    };
    (quantity.kind() == FigureKind::Age).then(|| told.last().filter(right_before)).flatten()
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
        // "130 million euros, about $148 million,"
        || first == before + 1 && pieces.is_mark(before, ',') && converts(&quantities[n - 1], &quantities[n])
}

/// Whether an amount, bounded, gives another currency's amount in money again.
fn converts(one: &Quantity, other: &Quantity) -> bool {
    let money = |quantity: &Quantity| quantity.kind() == FigureKind::Money;
    let name = |quantity: &Quantity| quantity.measure.as_ref().map(|m| m.name.clone());
    money(one) && money(other) && other.bounded && name(one) != name(other)
}
