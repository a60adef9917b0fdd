//! Ratios and odds: "a ratio of 3 to 1", "odds of 5-1", "outnumber men two to one", "a four-for-one split".
//!
//! Two numbers are one figure: the first over the second. There is no kind for it in the archive: it is `other`, in
//! ratios. Scores and votes, whose numbers each count something, are read elsewhere.

use super::measured::ending_at;
use super::measures::Measure;
use super::numerals::{Form, Numeral};
use super::phrases::{Phrase, is_noun, is_time};
use super::pieces::Pieces;
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::counting::{self, Numbering};

/// How many pieces before the first number a word of odds or ratios may stand.
const REACH: usize = 12;

/// The rule that reads two numbers as a ratio.
const RATIO: &str = "<n> to <m> ratio";

/// How two numbers are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// "5-1", "11/4".
    Mark,
    /// "3 to 1".
    To,
    /// "3-to-1".
    HyphenedTo,
    /// "two for one", "two-for-one".
    For,
}

/// The link between two numbers, `a` ending at piece `end` and `b` beginning at `first`.
fn link(pieces: &Pieces, end: usize, first: usize) -> Option<Link> {
    let dash = |at: usize| pieces.is_dash(at) && pieces.glued(at);
    match first.checked_sub(end)? {
        1 if pieces.glued(end) && pieces.glued(first) && (dash(end) || pieces.is_mark(end, '/')) => {
            Some(Link::Mark)
        }
        1 if pieces.is(end, "to") => Some(Link::To),
        1 if pieces.is(end, "for") => Some(Link::For),
        2 | 3 if dash(end) && pieces.is(end + 1, "to") => Some(Link::HyphenedTo),
        3 if dash(end) && pieces.is(end + 1, "for") && dash(end + 2) => Some(Link::For),
        _ => None,
    }
}

/// Joins two numbers into a ratio, where they are one.
pub(super) fn join(pieces: &Pieces, a: &mut Quantity, b: &Quantity) -> bool {
    let plain = |q: &Quantity| {
        q.measure.is_none()
            && q.kind.is_none()
            && q.numeral.scale == 1.0
            && matches!(q.numeral.form, Form::Digits | Form::Words)
    };
    let Some(link) = link(pieces, a.end, b.first).filter(|_| plain(a) && plain(b)) else { return false };
    let (Some(over), Some(under)) = (a.numeral.value, b.numeral.value.filter(|&v| v > 0.0)) else {
        return false;
    };
    if link == Link::For && batted(pieces, a, over, under) {
        a.numeral.form = Form::Share;
        a.rule = "<n>-for-<m>";
        return set(a, b, over / under);
    }
    let ratio = match link {
        Link::For => is_swapped(pieces, a.first, b.end),
        Link::HyphenedTo => is_set_against(pieces, b.end) || under == 1.0 && !is_contest(pieces, b.end),
        Link::Mark => {
            let even = over == 50.0
                && under == 50.0
                && pieces.is_any(b.end, &["chance", "chances", "split", "odds"]);
            let whole = over.fract() == 0.0 && under.fract() == 0.0;
            whole && is_told(pieces, a.first, b.end, under)
                || is_priced(pieces, a.first, b.end)
                || is_margin(pieces, a.first, under)
                || even
        }
        Link::To => {
            let range = pieces.is_any_before(a.first, &["from", "between"]);
            // "by more than two to one": no score has a bound.
            let bounded = a.bounded && under == 1.0 && pieces.is_any_before(a.first, &["by"]);
            // "by a 2 to 1 margin"
            let margin = under == 1.0 && pieces.is_any(b.end, &["margin", "margins", "majority"]);
            (is_told(pieces, a.first, b.end, under)
                || is_margin(pieces, a.first, under)
                || is_set_against(pieces, b.end)
                || margin
                || bounded)
                && !range
        }
    };
    if !ratio {
        return false;
    }
    a.measure = Some(measure(a.core, b.end));
    a.rule = RATIO;
    set(a, b, over / under)
}

fn set(a: &mut Quantity, b: &Quantity, value: f64) -> bool {
    a.numeral = Numeral {
        end: b.numeral.end,
        ..Numeral::exact(a.numeral.first, b.end, value, a.numeral.form, a.rule)
    };
    a.bound(a.bound);
    a.end = b.end;
    true
}

/// Two numbers set against each other, as the unit of the first over the second.
fn measure(first: usize, end: usize) -> Measure {
    Measure {
        kind: FigureKind::Other,
        name: "ratio".to_string(),
        code: Some("{ratio}".to_string()),
        base: None,
        first,
        end,
        rule: RATIO,
    }
}

/// Whether a word of odds or ratios tells of the numbers: it stands before them in their clause, and nothing is counted
/// behind them. "At odds" and "against the odds" tell of none, nor does a ratio that is one number ("a P/E ratio of 15
/// to 20").
fn is_told(pieces: &Pieces, first: usize, end: usize, under: f64) -> bool {
    const ENDS: &[&str] = &[
        ";", ":", ".", ",", "(", "—", "–", "and", "but", "yet", "whether", "after", "if", "because", "on",
        "over",
    ];
    let counts = is_noun(pieces, end) && !is_time(pieces, end) && !is_ratio(pieces, end);
    if counts || first == 0 {
        return false;
    }
    let clause = (first.saturating_sub(REACH)..first).rev().take_while(|&n| {
        let won = pieces.lower(n, |w| counting::is(w, Numbering::Score))
            && pieces.get(n).is_some_and(|p| p.pos == Pos::Verb);
        !won && !pieces.is_any(n, ENDS)
    });
    let told = |n: usize| {
        let odds = pieces.is(n, "odds");
        let defied = (n.saturating_sub(3)..n)
            .any(|at| pieces.is_any(at, &["against", "beat", "beating", "defied", "despite"]));
        let ratio = pieces.is_any(n, &["ratio", "ratios"]);
        !(odds && (defied || pieces.is_any_before(n, &["at"])))
            && (!ratio || under == 1.0 || pieces.is(n + 1, "of"))
    };
    let mut clause = clause;
    clause.find(|&n| is_ratio(pieces, n)).is_some_and(told)
}

/// Whether a word is of odds or ratios: "ratio", "outnumbered".
fn is_ratio(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| counting::is(w, Numbering::Ratio))
}

/// "by a margin of 2 to 1": not of 52 to 48, which is a vote.
fn is_margin(pieces: &Pieces, first: usize, under: f64) -> bool {
    let of = first.checked_sub(2).filter(|_| pieces.is_any_before(first, &["of"]));
    under == 1.0 && of.is_some_and(|at| pieces.is_any(at, &["margin", "majority", "advantage"]))
}

/// "Men outnumber women three to one": those who do, whatever the tagger takes the verb for.
pub(super) fn outnumbering(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let verb = (quantity.first.saturating_sub(REACH)..quantity.first)
        .rev()
        .find(|&n| pieces.lower(n, |w| w.starts_with("outnumber") || w.starts_with("outsp")))?;
    let at = verb.checked_sub(1).filter(|&at| quantity.rule == RATIO && is_noun(pieces, at))?;
    Some(ending_at(pieces, at))
}

/// "a 33-1 outsider", "the 5-2 favourite", "at 5-1 with bookmakers": what a bookmaker gives.
fn is_priced(pieces: &Pieces, first: usize, end: usize) -> bool {
    const RUNNERS: &[&str] = &[
        "favourite",
        "favorite",
        "favourites",
        "favorites",
        "outsider",
        "outsiders",
        "shot",
        "shots",
        "odds",
        "underdog",
        "underdogs",
    ];
    const BOOKMAKERS: &[&str] = &[
        "bookmaker",
        "bookmakers",
        "bookies",
        "bookie",
        "punters",
        "betting",
        "wager",
        "quoted",
        "priced",
        "tipped",
    ];
    let around = || (first.saturating_sub(REACH)..end + REACH).any(|n| pieces.is_any(n, BOOKMAKERS));
    let led = pieces.is_any_before(first, &["at", "from", "to", "is", "a", "the", "of", "as"]);
    pieces.is_any(end, RUNNERS) || led && around()
}

/// "a four-for-one stock split", "a two for one offer".
fn is_swapped(pieces: &Pieces, first: usize, end: usize) -> bool {
    const SWAPS: &[&str] = &[
        "split", "splits", "swap", "swaps", "offer", "offers", "deal", "deals", "exchange", "basis", "stock",
        "share", "sale", "sales", "issue", "rights", "tickets", "special", "drinks",
    ];
    // "were split four-for-one"
    let split = pieces.is_any_before(first, &["split", "swapped", "exchanged"]);
    split || pieces.is_any(end, SWAPS) || pieces.is_any(end + 1, SWAPS)
}

/// "a 2-to-1 margin", "a 60-to-40 ratio".
fn is_set_against(pieces: &Pieces, end: usize) -> bool {
    pieces.is_any(
        end,
        &["ratio", "ratios", "odds", "advantage", "favourite", "favorite", "outsider", "shot", "split"],
    )
}

/// "a 5-to-1 win", "a 7-to-1 vote": each number counts something.
fn is_contest(pieces: &Pieces, end: usize) -> bool {
    const CONTESTS: &[&str] = &[
        "win", "wins", "victory", "loss", "defeat", "score", "decision", "vote", "votes", "ruling", "draw",
        "rout", "triumph", "verdict",
    ];
    pieces.is_any(end, CONTESTS)
}

/// "went 3-for-4": a batter's share.
fn batted(pieces: &Pieces, a: &Quantity, over: f64, under: f64) -> bool {
    let tried =
        pieces.is_any_before(a.first, &["went", "going", "goes", "go", "is", "was", "were", "shot", "a"]);
    tried && over <= under && pieces.digits(a.core).is_some() && pieces.is_dash(a.end)
}

/// Whether a "one" at piece `i` is the second number of a ratio: "three to one", "four-for-one".
pub(super) fn ends_with_one(pieces: &Pieces, i: usize) -> bool {
    // "one to one" is no ratio.
    let number = |n: usize| {
        pieces.get(n).is_some_and(|p| p.number.is_some()) && !pieces.is(n, "one")
            || pieces.digits(n).is_some()
    };
    let hyphen = usize::from(i > 0 && pieces.is_dash(i - 1) && pieces.glued(i));
    let Some(word) = i.checked_sub(1 + hyphen).filter(|&at| pieces.is_any(at, &["to", "for"])) else {
        return false;
    };
    let hyphen = usize::from(word > 0 && pieces.is_dash(word - 1) && pieces.glued(word - 1));
    word.checked_sub(1 + hyphen).is_some_and(number)
}

/// Reads "3:1" where a ratio is told of, beginning at piece `i`.
pub(super) fn colon(pieces: &Pieces, i: usize) -> Option<Quantity> {
    let (over, under) = (pieces.digits(i)?, pieces.digits(i + 2)?);
    let set = pieces.is_mark(i + 1, ':') && pieces.glued(i + 1) && pieces.glued(i + 2) && under.value > 0.0;
    let told = is_told(pieces, i, i + 3, 1.0) || is_set_against(pieces, i + 3) || pieces.is(i + 4, "ratio");
    if !set || !told {
        return None;
    }
    let numeral = Numeral::exact(i, i + 3, over.value / under.value, Form::Digits, "<n>:<m>");
    Some(Quantity::of(pieces, numeral, Some(measure(i, i + 3))))
}
