//! Scores and votes: "3-1" where a match is told, "52-48" where a vote is, "Dunvale 24, Carrow 6".

use super::names;
use super::numerals::Form;
use super::pieces::Pieces;
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::counting::{self, Numbering};

/// How many pieces around a pair of numbers are asked for words of sport or of voting.
const REACH: usize = 12;

/// Joins two numbers into a score or a vote, where they are one.
pub(super) fn join(pieces: &Pieces, a: &mut Quantity, b: &Quantity) -> bool {
    let plain = |q: &Quantity| {
        q.measure.is_none()
            && q.numeral.scale == 1.0
            && matches!(q.numeral.form, Form::Digits | Form::Words)
            && q.numeral.value.is_some_and(|v| v >= 0.0 && v.fract() == 0.0 && v < 700.0)
    };
    if !plain(a) || !plain(b) || a.bounded || b.bounded {
        return false;
    }
    if let Some(first) = of_names(pieces, a, b) {
        a.kind = Some(contest(pieces, a, b).unwrap_or(FigureKind::Score));
        a.first = first;
        a.rule = "<name> <n>, <name> <m>";
        return take(a, b);
    }
    if let Some(first) = between_names(pieces, a, b) {
        (a.kind, a.first, a.rule) = (Some(FigureKind::Score), first, "<name> <n>-<m> <name>");
        return take(a, b);
    }
    let next = b.first == a.end + 1;
    let dash = pieces.is_dash(a.end)
        && pieces.glued(a.end)
        && pieces.glued(a.end + 1)
        && (next || hyphened_to(pieces, a, b));
    let words = next && pieces.is(a.end, "to");
    // "by 461 votes to 89"
    let votes = b.first == a.end + 2 && pieces.is(a.end, "votes") && pieces.is(a.end + 1, "to");
    if !(dash || words || votes) {
        return false;
    }
    let Some(kind) = (if votes { Some(FigureKind::Vote) } else { contest(pieces, a, b) }) else {
        return false;
    };
    // With "to" a range is the likelier reading, unless the vote or score is named right before.
    if words && !pieces.is_any_before(a.first, NAMED) && !(kind == FigureKind::Vote && failed(pieces, a, b)) {
        return false;
    }
    let rising = a.numeral.value < b.numeral.value;
    if dash && rising && counts_behind(pieces, b.end) {
        return false;
    }
    a.kind = Some(kind);
    a.rule = if kind == FigureKind::Vote { "<n>-<m> vote" } else { "<n>-<m> score" };
    take(a, b)
}

/// Words right before two numbers with "to" that tell them to be a vote or a score.
const NAMED: &[&str] = &["of", "by", "voted", "won", "lost", "vote", "score", "beat", "split"];

/// Takes the second number of a contest into the first.
fn take(a: &mut Quantity, b: &Quantity) -> bool {
    a.numeral.low = a.numeral.value;
    a.numeral.high = b.numeral.value;
    a.numeral.value = None;
    a.numeral.end = b.numeral.end;
    a.end = b.end;
    true
}

/// "a 7-to-2 vote"
fn hyphened_to(pieces: &Pieces, a: &Quantity, b: &Quantity) -> bool {
    b.first == a.end + 3 && pieces.is(a.end + 1, "to") && pieces.is_dash(a.end + 2)
}

/// "The motion failed, 45 to 55.": a vote between commas.
fn failed(pieces: &Pieces, a: &Quantity, b: &Quantity) -> bool {
    let verb = a.first > 1 && pieces.get(a.first - 2).is_some_and(|p| p.pos == Pos::Verb);
    let closed = b.end >= pieces.len() || pieces.is_any(b.end, &[".", ",", ";", "with", "on"]);
    verb && pieces.is_any_before(a.first, &[","]) && closed
}

/// "Dunvale 3-0 Upper Hale": the number's first piece, where a name stands on either side.
fn between_names(pieces: &Pieces, a: &Quantity, b: &Quantity) -> Option<usize> {
    let dash = b.first == a.end + 1 && pieces.is_dash(a.end) && pieces.glued(a.end) && pieces.glued(b.first);
    let goals = |q: &Quantity| pieces.digits(q.core).is_some_and(|d| d.digits < 3 && !d.padded);
    let first = name_back(pieces, a.first).filter(|_| dash && goals(a) && goals(b))?;
    let proper = |n: usize| pieces.capital(n) && pieces.get(n).is_some_and(|p| p.pos == Pos::Propn);
    let opens = first == 0 || !pieces.is_word(first - 1);
    let teams = proper(a.first - 1) && proper(b.end) && !labelled(pieces, first, a.first);
    (opens && teams && !labelled(pieces, b.end, b.end + 1)).then_some(a.first)
}

/// Whether a word among pieces names what is numbered: "Section 8", "May 5", "John 3".
fn labelled(pieces: &Pieces, first: usize, end: usize) -> bool {
    let verse = |n: usize| pieces.lower(n, |w| counting::is(w, Numbering::Scripture));
    (first..end).any(|n| verse(n) || names::is_label(pieces, n))
}

/// "Dunvale 24, Carrow 6": the first piece, where two names are each followed by a number and nothing else.
fn of_names(pieces: &Pieces, a: &Quantity, b: &Quantity) -> Option<usize> {
    let digits = pieces.digits(a.core).zip(pieces.digits(b.core));
    let plain = digits.is_some_and(|(x, y)| !x.grouped && !y.grouped && x.digits < 4 && y.digits < 4);
    let from = a.end + usize::from(pieces.is_mark(a.end, ','));
    let second = name_back(pieces, b.first).filter(|&at| plain && at == from)?;
    let first = name_back(pieces, a.first)?;
    let opens = first == 0 || pieces.is_any(first - 1, &[":", "(", ";", ",", "“", "\"", "—", "–"]);
    // "Dunvale 3, Carrow 1 after extra time"
    const BEHIND: &[&str] = &[".", "(", ";", "after", "at", "in", "on"];
    let ends = b.end >= pieces.len() || pieces.is_any(b.end, &[",", ")"]) || pieces.is_any(b.end, BEHIND);
    // "Final: Dunvale 24, Carrow 6.", "In the port, Dunvale 24, Carrow 6."
    let placed = pieces.is_any(0, &["in", "at"]) && first <= 6 && pieces.is_mark(first.wrapping_sub(1), ',');
    let alone = (first == 0 || placed || pieces.is_mark(first - 1, ':'))
        && (b.end >= pieces.len() || pieces.is_any(b.end, BEHIND));
    let told = alone || contest(pieces, a, b).is_some();
    (opens && ends && told && !labelled(pieces, first, a.first) && !labelled(pieces, second, b.first))
        .then_some(first)
}

/// The first piece of the capitalized words that end before piece `end`.
fn name_back(pieces: &Pieces, end: usize) -> Option<usize> {
    let run = (end.saturating_sub(4)..end).rev().take_while(|&n| pieces.capital(n)).count();
    (run > 0).then(|| end - run)
}

/// Whether a noun behind shows the pair to be a range: "3-4 people".
fn counts_behind(pieces: &Pieces, at: usize) -> bool {
    pieces.is_word(at)
        && counting::is_plural(pieces.word(at))
        && !pieces.lower(at, |w| counting::is(w, Numbering::Score) || counting::is(w, Numbering::Vote))
}

/// Which contest is told around the pair, the nearest word deciding.
fn contest(pieces: &Pieces, a: &Quantity, b: &Quantity) -> Option<FigureKind> {
    let word = |at: usize| {
        pieces.lower(at, |w| {
            if counting::is(w, Numbering::Vote) {
                Some(FigureKind::Vote)
            } else if counting::is(w, Numbering::Score) {
                Some(FigureKind::Score)
            } else {
                None
            }
        })
    };
    (0..REACH).find_map(|n| a.first.checked_sub(n + 1).and_then(word).or_else(|| word(b.end + n)))
}
