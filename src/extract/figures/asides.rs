//! Asides: what stands between commas or dashes inside a clause, which its figure is not about.
//!
//! "Alphabet, the parent company, jumped 4 percent", "the benefit, it says, would be $300", "the cost - $5 million - was".

use super::measured::ending_at;
use super::phrases::{Phrase, is_noun, is_time, is_weak};
use super::pieces::{Kind, Pieces};
use super::subject::{before_determiner, governed, led};
use super::verbs::{is_change_verb, says};
use crate::annotate::Pos;
use crate::lexicon::counting::{self, Numbering};

/// How many commas an aside may have in it.
const COMMAS: usize = 3;

/// Whether the dash at a piece stands between words, and not within one: " - ", " -- ", "—".
pub(super) fn sets_apart(pieces: &Pieces, at: usize) -> bool {
    let spaced = |n: usize| pieces.get(n).is_some_and(|p| p.spaced);
    let goes_on = pieces.get(at + 1).is_some_and(|p| p.pos == Pos::Adp && p.kind == Kind::Word);
    let sign = pieces.is_any_before(at, &["/", "+"]) && pieces.glued(at);
    pieces.is_dash(at) && (pieces.is_mark(at, '—') || spaced(at) || spaced(at + 1)) && !goes_on && !sign
}

/// "the cost - $5 million - was": the noun right before a dash, where no preposition leads it.
pub(super) fn before_dash(pieces: &Pieces, dash: usize) -> Option<Phrase> {
    let mut at = dash.checked_sub(1)?;
    while at > 0 && pieces.is_dash(at) {
        at -= 1;
    }
    let told = is_noun(pieces, at) && !is_time(pieces, at) && !is_weak(pieces, at);
    let found = told.then(|| ending_at(pieces, at))?;
    (!governed(pieces, before_determiner(pieces, found.first), found.end, false)).then_some(found)
}

/// ", the group said," and ", per the plan,": words set between commas. Gives the comma before them.
pub(super) fn aside(pieces: &Pieces, outer: usize, end: usize) -> Option<usize> {
    let comma = |at: usize| pieces.is_mark(at, ',');
    let said = says(pieces, end) && comma(end + 1);
    let opened = outer.checked_sub(1).filter(|&at| comma(at) && said);
    opened.or_else(|| {
        outer.checked_sub(2).filter(|&at| at > 0 && comma(at) && comma(end) && led(pieces, outer))
    })
}

/// "The index, which had fallen for days, rose": the comma that opens the aside which the comma at `close`, right before
/// the verb, ends. Nothing before piece `stop` is looked at.
pub(super) fn closed_by(pieces: &Pieces, close: usize, stop: usize) -> Option<usize> {
    if !acts(pieces, close + 1) {
        return None;
    }
    let within =
        |n: &usize| !matches!(pieces.get(*n).map(|p| p.kind), Some(Kind::Mark(';' | ':' | '“' | '”')));
    (stop..close)
        .rev()
        .take_while(within)
        .filter(|&n| pieces.is_mark(n, ','))
        .take(COMMAS)
        .find(|&open| is_aside(pieces, open, close) && stands_behind_a_noun(pieces, open))
}

/// "Rents rose, according to the bank, 5 percent": the comma before such words, which the comma at `close` ends.
pub(super) fn cited(pieces: &Pieces, close: usize, stop: usize) -> Option<usize> {
    let open = (stop..close).rev().find(|&n| !pieces.is_word(n) && !pieces.is_dash(n))?;
    let cites = pieces.is(open + 1, "according") && pieces.is(open + 2, "to");
    (pieces.is_mark(open, ',') && cites).then_some(open)
}

/// Whether a clause goes on with its verb at a piece, an adverb before it apart.
fn acts(pieces: &Pieces, at: usize) -> bool {
    let at = at + usize::from(pieces.get(at).is_some_and(|p| p.pos == Pos::Adv));
    let verb = pieces.get(at).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux));
    (verb || is_change_verb(pieces, at)) && !pieces.word(at).ends_with("ing")
}

/// Whether the words between two commas are said beside the clause: of a noun, or by whom the clause is told.
fn is_aside(pieces: &Pieces, open: usize, close: usize) -> bool {
    // ", officials say,"
    if says(pieces, close - 1) && close > open + 2 {
        return true;
    }
    let first = open + 1;
    let relative = pieces.is_any(first, &["which", "who", "whose", "where"]);
    let piece = pieces.get(first);
    let opens = piece.is_some_and(|p| p.pos == Pos::Adp)
        || pieces.lower(first, |w| counting::is(w, Numbering::OpensAside))
        || piece.is_some_and(|p| p.pos == Pos::Verb) && is_participle(pieces, first);
    let sentence = (first..close).any(|n| {
        pieces.get(n).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux))
            && !is_participle(pieces, n)
            && !(first..n)
                .any(|before| pieces.is_any(before, &["who", "which", "that", "whose", "where", "to"]))
    });
    relative || opens && !sentence
}

fn is_participle(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| w.ends_with("ed") || w.ends_with("ing") || w.ends_with("en") || w.ends_with("wn"))
}

/// Whether the comma at a piece stands behind a noun that may be a subject: no time, and no "In Ohio," at the head.
fn stands_behind_a_noun(pieces: &Pieces, comma: usize) -> bool {
    let Some(noun) = comma.checked_sub(1).filter(|&n| is_noun(pieces, n) && !is_time(pieces, n)) else {
        return false;
    };
    let outer = before_determiner(pieces, ending_at(pieces, noun).first);
    let opens = outer < 2 || !pieces.is_word(outer - 2);
    !(led(pieces, outer) && opens)
}
