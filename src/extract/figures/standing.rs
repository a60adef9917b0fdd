//! Standings: whose share of a vote a figure is, whose seats or delegates, in elections and polls.
//!
//! "Labour won 262 seats", "Cruz, with 28 percent", "to Le Pen's 33.9 percent": the one named right before the figure,
//! or else the subject of the verb that it is the object of; never another candidate.

use super::counted::Counted;
use super::measured::ending_at;
use super::moments::is_calendar;
use super::phrases::{Phrase, is_noun, is_time, phrase};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::subject;
use crate::annotate::Pos;
use crate::finding::{EntityKind, Figure, FigureKind};
use crate::lexicon::counting::{self, Numbering};
use crate::span::Span;

/// How far before its figure a verb of holding may stand.
const REACH: usize = 4;

/// Whose the figure is, where it is of an election or a poll.
pub(super) fn whose(pieces: &Pieces, quantity: &Quantity, figure: &Figure, told: &[Figure]) -> Option<Span> {
    let stake = figure
        .counted_head
        .as_deref()
        .is_some_and(|head| super::pieces::lowered(head, |w| counting::is(w, Numbering::Stake)));
    let share = figure.kind == FigureKind::Percentage || figure.kind == FigureKind::Share;
    if !(stake && (share || figure.kind == FigureKind::Count)
        || share && (of_a_poll(pieces) || of_a_person(pieces, figure)))
    {
        return None;
    }
    // "76 of the 150 seats": the whole is nobody's.
    let the = usize::from(pieces.is_any_before(quantity.first, &["the", "its", "all"]));
    if pieces.is_any_before(quantity.first - the, &["of"]) {
        return None;
    }
    if let Some((_, span)) = possessor(pieces, quantity.first) {
        return Some(span);
    }
    let found = share
        .then(|| behind(pieces, quantity.end))
        .flatten()
        .or_else(|| beside(pieces, quantity.first))
        .or_else(|| holder(pieces, quantity.first, told));
    if let Some(found) = found {
        return Some(named(pieces, found)).filter(|_| !is_poll(pieces, found.head));
    }
    // "Marlow leads with 49 percent" is told of Marlow.
    figure.counted.filter(|_| share && !stake).filter(|&span| {
        let at = last_of(pieces, span);
        pieces.capital(at) && is_noun(pieces, at) && !is_poll(pieces, at)
    })
}

/// The last piece of a stretch.
fn last_of(pieces: &Pieces, span: Span) -> usize {
    pieces.list.partition_point(|p| p.span.end < span.end)
}

/// Whether a percentage is told of a person, who has it of votes.
fn of_a_person(pieces: &Pieces, figure: &Figure) -> bool {
    figure.counted.is_some_and(|span| pieces.names_a_person(last_of(pieces, span)))
}

/// "to Clinton's 38 percent", "beating Vale on 43 percent": the one whose percentage it is, where no noun says what it
/// is of.
pub(super) fn owner(pieces: &Pieces, quantity: &Quantity) -> Option<Counted> {
    let bare = quantity.kind() == FigureKind::Percentage
        && !is_noun(pieces, quantity.end)
        && !pieces.is(quantity.end, "of");
    if !bare || !of_a_poll(pieces) {
        return None;
    }
    let (head, span) = possessor(pieces, quantity.first)
        .filter(|&(head, _)| pieces.capital(head))
        .or_else(|| beside(pieces, quantity.first).map(|found| (found.head, named(pieces, found))))?;
    let word = pieces.word(head);
    let name = OWN.iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
    Some(Counted { span: Some(span), head: Some(name.to_string()), ..Counted::default() })
}

/// What a name ends in that owns what follows.
const OWN: [&str; 4] = ["'s", "’s", "'", "’"];

fn of_a_poll(pieces: &Pieces) -> bool {
    // "66 percent to Vale's 34 percent"
    let rival = |at: usize| {
        let owner = (at + 1..at + 4).find(|&n| OWN.iter().any(|suffix| pieces.word(n).ends_with(suffix)));
        pieces.is(at, "to")
            && pieces.capital(at + 1)
            && owner.is_some_and(|n| pieces.capital(n) && pieces.digits(n + 1).is_some())
    };
    (0..pieces.len()).any(|at| {
        is_poll(pieces, at) || pieces.lower(at, |w| counting::is(w, Numbering::Contest)) || rival(at)
    })
}

pub(super) fn is_poll(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| counting::is(w, Numbering::Poll) || counting::is(w, Numbering::Pollster))
}

/// The owner right before a figure, by its head, with the stretch that names it: "Le Pen" of "Le Pen's".
pub(super) fn possessor(pieces: &Pieces, first: usize) -> Option<(usize, Span)> {
    let head = first.checked_sub(1)?;
    let word = pieces.word(head);
    let suffix = OWN.into_iter().find(|s| word.len() > s.len() && word.ends_with(s))?;
    let day = super::pieces::lowered(&word[..word.len() - suffix.len()], is_calendar);
    let name = is_noun(pieces, head) && !is_time(pieces, head) && !day;
    let span = pieces.span(ending_at(pieces, head).first, head + 1);
    name.then(|| (head, Span::new(span.start, span.end - suffix.len())))
}

/// The stretch that names somebody, without the words before: "Hale" of "the north Hale".
pub(super) fn named(pieces: &Pieces, found: Phrase) -> Span {
    let name =
        (found.first..=found.head).rev().take_while(|&n| pieces.capital(n) || !pieces.is_word(n)).last();
    pieces.span(name.filter(|&n| pieces.capital(n)).unwrap_or(found.first), found.end)
}

/// "27 percent for Mitt Romney".
fn behind(pieces: &Pieces, end: usize) -> Option<Phrase> {
    let named = pieces.is(end, "for") && pieces.capital(end + 1);
    named.then(|| phrase(pieces, end + 1)).flatten().filter(|found| pieces.capital(found.head))
}

/// "Cruz 559", "Leave at 48 percent", "Fiorina with 4 percent": the one named right before the figure.
fn beside(pieces: &Pieces, first: usize) -> Option<Phrase> {
    let last = first.checked_sub(1)?;
    let linked = usize::from(pieces.is_any(last, &["at", "with", "on", ","]));
    let head = last.checked_sub(linked)?;
    if !pieces.capital(head) || !is_noun(pieces, head) || is_time(pieces, head) {
        return None;
    }
    let found = ending_at(pieces, head);
    // "won Utah with 46 percent", "beat Marlow with 46 percent" are the winner's; so is the first of "leads him 49 to 41".
    let acted = found.first.checked_sub(1).is_some_and(|at| {
        let class = |class| pieces.lower(at, |w| counting::is(w, class));
        let beaten = class(Numbering::Contest) || class(Numbering::Holds);
        beaten && !pieces.is(last, "on") || pieces.is_any(at, &["in", "of", "over", "against", "by", "from"])
    });
    let place = pieces.named(found.first, EntityKind::Place).is_some();
    (!acted && !place).then_some(found)
}

/// "Labour won 262 seats", "Cruz had 28 percent of the vote": the subject of the verb of holding.
fn holder(pieces: &Pieces, first: usize, told: &[Figure]) -> Option<Phrase> {
    let verb = (first.saturating_sub(REACH)..first).rev().find(|&at| {
        pieces.get(at).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux))
    })?;
    let class = |class| pieces.lower(verb, |w| counting::is(w, class));
    if !class(Numbering::Holds) && !class(Numbering::Contest) {
        return None;
    }
    subject::of_clause(pieces, first, told)
}
