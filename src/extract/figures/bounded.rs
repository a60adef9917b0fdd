//! Bounds: "at least", "some", "or so" around a number, and what they let it be.

use super::pieces::{Kind, Pieces};
use crate::annotate::Pos;
use crate::finding::Bound;
use crate::lexicon::bounds;

/// The bound before piece `first`: its own first piece and what it says.
pub(super) fn before(pieces: &Pieces, first: usize) -> Option<(usize, Bound)> {
    let mut last = first.checked_sub(1)?;
    // "about a third", "more than the 50 seats": an article stands between.
    if pieces.is_any(last, &["a", "an", "the", "another", "just", "only", "the"]) && last > 0 {
        last -= 1;
    }
    // "under the age of 5"
    if pieces.is(last, "of") && last > 2 && pieces.is_any(last - 1, &["age", "ages"]) {
        last -= if pieces.is_any(last - 2, &["the"]) { 3 } else { 2 };
    }
    // "approx. 50"
    if pieces.is_mark(last, '.') && pieces.is_any_before(last, &["approx", "ca", "c"]) {
        last -= 1;
    }
    if pieces.is_mark(last, '=') && pieces.glued(last) && pieces.is_any_before(last, &["<", ">"]) {
        let bound = if pieces.is_mark(last - 1, '<') { Bound::AtMost } else { Bound::AtLeast };
        return Some((last - 1, bound));
    }
    let found = pieces.lower(last, |lower| {
        bounds::before(lower).iter().find_map(|(words, bound)| {
            let start = (last + 1).checked_sub(words.len())?;
            let same = words.iter().enumerate().all(|(n, word)| pieces.is(start + n, word));
            same.then_some((start, *bound))
        })
    });
    // "around the 40-acre park" is a place, "more than the 40 seats" a bound.
    let article = pieces.is_any_before(first, &["the"]);
    let place = |start: usize| {
        article && pieces.is_any(start, &["about", "around", "over", "under", "above", "below", "near"])
    };
    found.filter(|&(start, bound)| stands(pieces, start, bound, first) && !place(start))
}

/// Whether words that mostly bound a number do so here.
fn stands(pieces: &Pieces, start: usize, bound: Bound, first: usize) -> bool {
    match (pieces.word(start).to_lowercase().as_str(), bound) {
        // "talk about", "worried about", "what about": the topic.
        ("about", _) => !pieces.is_any_before(
            start,
            &[
                "how",
                "what",
                "talk",
                "talking",
                "talked",
                "worried",
                "think",
                "thinking",
                "information",
                "concerns",
                "something",
                "all",
            ],
        ),
        // "won over", "take over": the verb's own.
        ("over", _) => !pieces.is_any_before(
            start,
            &[
                "took", "take", "taken", "taking", "all", "won", "win", "victory", "wins", "left", "handed",
                "hand", "lead",
            ],
        ),
        // "the some 50" does not occur; "some 5" does.
        ("some", _) => first == start + 1,
        ("minimum" | "maximum", _) => !pieces.is_any_before(start, &["a", "the"]),
        _ => true,
    }
}

/// "$84 billion over 10 years", "over a 40-year career": the time in which something happens, and no bound of it.
/// "For over 10 years", "over 10 years ago" bound it.
pub(super) fn throughout(pieces: &Pieces, start: usize, core: usize) -> bool {
    let span =
        (core..core + 4).find(|&at| pieces.is_any(at, &["ago", "old", "later", "earlier", "and", "of"]));
    let behind = start.checked_sub(1).and_then(|at| pieces.get(at)).is_some_and(|before| {
        matches!(before.kind, Kind::Number(_) | Kind::Mark('%'))
            || matches!(before.pos, Pos::Noun | Pos::Propn | Pos::Num)
    });
    let within = pieces.is_any_before(core, &["a", "an"]) && core == start + 2;
    pieces.is(start, "over") && (within || behind && span.is_none())
}

/// The bound after the piece before `end`: the piece after it and what it says.
pub(super) fn after(pieces: &Pieces, end: usize) -> Option<(usize, Bound)> {
    if pieces.is_mark(end, '+') && pieces.glued(end) {
        return Some((end + 1, Bound::AtLeast));
    }
    let hyphen = pieces.is_mark(end, '-') && pieces.glued(end);
    let at = if hyphen { end + 1 } else { end };
    pieces.lower(at, |lower| {
        bounds::after(lower).iter().find_map(|(words, bound)| {
            let same = words.iter().enumerate().all(|(n, word)| pieces.is(at + n, word));
            // "plus" and "odd" bound a number only when attached by a hyphen.
            let loose = matches!(words[0], "plus" | "odd" | "ish" | "minimum" | "maximum" | "at" | "tops");
            // "and more than", "or more of": the phrase goes on with something else.
            let goes_on = pieces.is_any(at + words.len(), &["than"]);
            (same
                && (hyphen || !loose || words[0] == "at" && ends_clause(pieces, at + words.len()))
                && !goes_on)
                .then_some((at + words.len(), *bound))
        })
    })
}

/// Whether the verb before a bound is denied: what will not cost more than $5 costs $5 at most, and who never pays
/// less than $5 pays at least that.
pub(super) fn turned(pieces: &Pieces, first: usize) -> bool {
    let verbal = |n: &usize| {
        pieces.get(*n).is_some_and(|p| {
            p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux | Pos::Part)
                || pieces.is_any(*n, &["not", "never"])
        })
    };
    let denies = |n: usize| {
        pieces.is_any(n, &["not", "n't", "n’t", "never", "cannot"]) && !pieces.is(n + 1, "only")
            || pieces.lower(n, |w| w.ends_with("n't"))
    };
    (first.saturating_sub(5)..first).rev().take_while(verbal).any(denies)
}

fn ends_clause(pieces: &Pieces, at: usize) -> bool {
    at >= pieces.len() || pieces.is_any(at, &[",", ".", ";", ")", "”", "\""])
}

/// What a bound lets a value be: the least and the most.
pub fn limits(bound: Bound, value: f64) -> (Option<f64>, Option<f64>) {
    match bound {
        Bound::Exactly => (Some(value), Some(value)),
        Bound::About => (None, None),
        Bound::AtLeast | Bound::MoreThan => (Some(value), None),
        Bound::Nearly | Bound::AtMost | Bound::UpTo | Bound::LessThan => (None, Some(value)),
    }
}
