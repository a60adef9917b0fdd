//! Verbs around figures: who says it, what moved, what costs, whatever the tagger takes them for.

use super::phrases::{is_noun, is_time, is_weak};
use super::pieces::{Kind, Pieces};
use crate::annotate::Pos;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::{bounds, reporting};

/// How often in a hundred a verb must report for the day behind it to be that of the saying.
const SAYS: u8 = 60;

/// Whether a word may report what somebody says or thinks.
pub(super) fn says(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| reporting::cue_verb(w).is_some() || counting::is(w, Numbering::Thinks))
}

/// Whether a verb tells what was found out or said, by a study or by somebody: "found", "shows".
pub(super) fn reports_a_finding(pieces: &Pieces, at: usize) -> bool {
    let verb = pieces.get(at).is_some_and(|p| p.pos == Pos::Verb);
    verb && pieces.lower(at, |w| reporting::cue_verb(w).is_some_and(|verb| verb.clause))
        && pieces.lower(at, |w| bounds::change(w).is_none())
}

/// Whether a word is a verb that nearly always reports what somebody said.
pub(super) fn reports(pieces: &Pieces, at: usize) -> bool {
    pieces.get(at).is_some_and(|p| p.pos == Pos::Verb)
        && pieces.lower(at, |w| reporting::cue_verb(w).is_some_and(|verb| verb.clause && verb.share >= SAYS))
}

/// "households making $100,000": who does what the figure is the object of, right before it.
pub(super) fn doing(pieces: &Pieces, first: usize) -> Option<usize> {
    let verb = first.checked_sub(1).filter(|&at| pieces.get(at).is_some_and(|p| p.pos == Pos::Verb))?;
    let noun = verb.checked_sub(1).filter(|_| pieces.word(verb).ends_with("ing"))?;
    let named = is_noun(pieces, noun) && !is_time(pieces, noun) && !is_weak(pieces, noun);
    (named || pieces.is_any(noun, &["those", "anyone", "everyone", "people"])).then_some(noun)
}

/// "will cost the town $5": whom it costs, right before the amount; gives the verb.
pub(super) fn whom_it_costs(pieces: &Pieces, at: usize, first: usize) -> Option<usize> {
    const COSTS: &[&str] = &["cost", "costs", "costing", "save", "saves", "saved", "saving"];
    let verb = (at.saturating_sub(4)..at).rev().find(|&n| pieces.is_any(n, COSTS))?;
    let between = |n: usize| {
        is_noun(pieces, n) || pieces.get(n).is_some_and(|p| matches!(p.pos, Pos::Det | Pos::Adj | Pos::Pron))
    };
    let named = pieces.get(verb).is_some_and(|p| p.pos == Pos::Noun)
        && verb.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|p| p.pos == Pos::Det);
    (at + 1 == first && !named && (verb + 1..=at).all(between)).then_some(verb)
}

/// "decrease to 5", which the tagger took for a noun: no determiner or adjective leads it.
pub(super) fn is_change_verb(pieces: &Pieces, at: usize) -> bool {
    let led = at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|before| {
        before.kind == Kind::Word && matches!(before.pos, Pos::Det | Pos::Adj | Pos::Pron | Pos::Adp)
    });
    let past = pieces.lower(at, |w| counting::is(w, Numbering::PastVerb));
    is_noun(pieces, at)
        && !pieces.capital(at)
        && (!led || past && !pieces.is_any_before(at, &["a", "the"]))
        && pieces.is_any(at + 1, &["to", "by", "from", "at", "past", "above", "below", "beyond"])
        && (pieces.lower(at, bounds::change).is_some() || pieces.is_any(at, &["stands", "sits", "hovers"]))
}

/// "sold for $5", "costs $5", "worth $5", which the tagger took for nouns: no determiner or adjective leads them.
pub(super) fn is_money_verb(pieces: &Pieces, at: usize, first: usize) -> bool {
    const MONEY: &[&str] =
        &["cost", "costs", "costing", "worth", "spends", "pays", "earns", "sells", "fetches", "charges"];
    let led = at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|before| {
        // "the lowest fifth paid $5": a part of them, and no adjective.
        before.kind == Kind::Word
            && matches!(before.pos, Pos::Det | Pos::Adj | Pos::Adp)
            && before.number.is_none()
            || before.kind == Kind::Word
                && pieces.word(at - 1).ends_with(['\'', '’', 's'])
                && before.pos == Pos::Pron
    });
    let verb = pieces.is_any(at, MONEY) || pieces.lower(at, |w| counting::is(w, Numbering::PastVerb));
    let next = at + 1 == first || at + 2 == first && pieces.is_any(at + 1, &["for", "at", "about"]);
    verb && next && !led && at > 0 && !pieces.capital(at)
}
