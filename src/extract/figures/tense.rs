//! Tense: whether the clause around a date tells of what has been or of what is still to come, which says the
//! year of a day or month that stands without one. `moments.corpus` holds its cases.

use super::pieces::{Kind, Pieces};
use crate::annotate::Pos;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::reporting;

/// How far from a date its verb may stand, in pieces.
const REACH: usize = 16;

/// When a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Ahead,
    /// The clause does not tell.
    Open,
}

/// The tense of the clause around the pieces `first..end`: of the verb before them, else of the next behind.
pub(super) fn around(pieces: &Pieces, first: usize, end: usize) -> Tense {
    if pieces.is_any_before(first, &["next", "coming"]) {
        return Tense::Ahead;
    }
    // "She said the Nov. 8 vote was near": the date is the vote's, the verb hers.
    let names = pieces.is_any_before(first, &["the", "a", "an", "his", "her", "its", "their", "this"])
        && pieces.get(end).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Noun | Pos::Propn));
    if names {
        return Tense::Open;
    }
    let verb = |n: &usize| {
        pieces.get(*n).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux))
            || is_fixed(pieces, *n)
    };
    let clause = |n: &usize| {
        pieces.get(*n).is_some_and(|p| !matches!(p.kind, Kind::Mark(';' | ':' | '“' | '”' | '"')))
    };
    let before = (first.saturating_sub(REACH)..first).rev().take_while(clause).find(verb);
    before
        .or_else(|| (end..end + REACH).take_while(clause).find(verb).map(|at| last_of_group(pieces, at)))
        .map_or(Tense::Open, |at| of_verb(pieces, at))
}

/// "due", "scheduled": said of what has its day, and has not come yet.
fn is_fixed(pieces: &Pieces, at: usize) -> bool {
    pieces.is_any(at, &["due", "scheduled", "slated", "planned", "set", "expected", "expects", "plans"])
        && pieces.is_any(at + 1, &["to", "for", "on", "in", "by"])
}

/// The main verb of a group whose first verb is at `at`: "will" of "will be held" gives "held".
fn last_of_group(pieces: &Pieces, at: usize) -> usize {
    let joins = |n: &usize| {
        pieces.get(*n).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux | Pos::Part | Pos::Adv))
    };
    (at..at + 5).take_while(joins).last().unwrap_or(at)
}

/// The tense of the verb at a piece, the auxiliaries before it included.
fn of_verb(pieces: &Pieces, at: usize) -> Tense {
    let said = |n: usize| pieces.lower(n, |w| reporting::cue_verb(w).is_some());
    let mut first = at;
    while first > 0
        && at - first < 4
        && pieces
            .get(first - 1)
            .is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Aux | Pos::Adv | Pos::Part))
    {
        first -= 1;
    }
    let group = || first..at + 1;
    if group().any(|n| pieces.is_any(n, &["will", "'ll", "’ll", "shall", "won't", "won’t"])) {
        return Tense::Ahead;
    }
    let modal = ["would", "could", "may", "might", "should", "must", "can"];
    if group().any(|n| pieces.is_any(n, &modal)) {
        return Tense::Open;
    }
    if is_fixed(pieces, at) {
        return Tense::Ahead;
    }
    // "is to meet", "due to begin"; "decided to meet" leaves open when.
    if let Some(to) = group().find(|&n| pieces.is(n, "to")) {
        let fixed = to > 0 && is_fixed(pieces, to - 1) || pieces.is_any_before(to, &["is", "are"]);
        return if fixed { Tense::Ahead } else { Tense::Open };
    }
    let past = |n: usize| {
        pieces.lower(n, |w| w.len() > 3 && w.ends_with("ed") || counting::is(w, Numbering::PastVerb))
    };
    let passive = (first..at).any(|n| pieces.is_any(n, &["is", "are", "be", "'s", "’s"]));
    let told = past(at) && !passive || (first..at).any(past);
    if told && !said(at) { Tense::Past } else { Tense::Open }
}
