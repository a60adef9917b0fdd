//! Scores and votes: "3-1" where a match is told, "52-48" where a vote is.

use super::numerals::Form;
use super::pieces::Pieces;
use super::quantity::Quantity;
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
    if !plain(a) || !plain(b) || b.first != a.end + 1 || a.bounded || b.bounded {
        return false;
    }
    let dash = pieces.is_dash(a.end) && pieces.glued(a.end) && pieces.glued(a.end + 1);
    let words = pieces.is(a.end, "to");
    if !(dash || words) {
        return false;
    }
    let Some(kind) = contest(pieces, a, b) else { return false };
    // With "to" a range is the likelier reading, unless the vote or score is named right before.
    if words
        && !pieces
            .is_any_before(a.first, &["of", "by", "voted", "won", "lost", "vote", "score", "beat", "split"])
    {
        return false;
    }
    let rising = a.numeral.value < b.numeral.value;
    if dash && rising && counts_behind(pieces, b.end) {
        return false;
    }
    a.kind = Some(kind);
    a.rule = if kind == FigureKind::Vote { "<n>-<m> vote" } else { "<n>-<m> score" };
    a.numeral.low = a.numeral.value;
    a.numeral.high = b.numeral.value;
    a.numeral.value = None;
    a.numeral.end = b.numeral.end;
    a.end = b.end;
    true
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
