//! The subject of a figure: what rose 5 percent, what stood at 27,000, who paid $5.
//!
//! Read backwards from the figure, over verbs, objects and the phrases of prepositions. A pronoun there ends
//! the search: what it stands for is not known, and the noun before it would be another's.

use super::measured::ending_at;
use super::phrases::{Phrase, is_noun, is_time, is_weak};
use super::pieces::{Kind, Pieces};
use crate::annotate::Pos;
use crate::finding::Figure;
use crate::lexicon::bounds;
use crate::span::Span;

/// How many pieces back the phrase may stand.
const REACH: usize = 40;

/// What a figure that begins at piece `first` is about: the object that is set to it, or the subject.
pub(super) fn of(pieces: &Pieces, first: usize, told: &[Figure]) -> Option<Phrase> {
    Walk { pieces, told, whole: false }.back(first)
}

/// The subject of the clause that a figure stands in, its objects passed over.
pub(super) fn of_clause(pieces: &Pieces, first: usize, told: &[Figure]) -> Option<Phrase> {
    Walk { pieces, told, whole: true }.back(first)
}

struct Walk<'a, 't> {
    pieces: &'a Pieces<'t>,
    told: &'a [Figure],
    /// Whether objects are passed over too.
    whole: bool,
}

impl Walk<'_, '_> {
    fn back(&self, first: usize) -> Option<Phrase> {
        let pieces = self.pieces;
        let mut at = first;
        let (mut nearest, mut verb): (Option<Phrase>, bool) = (None, false);
        let stop = at.saturating_sub(REACH);
        while at > stop {
            at -= 1;
            let piece = pieces.get(at)?;
            if in_a_figure(self.told, piece.span) {
                continue;
            }
            match piece.kind {
                Kind::Mark(';' | ':' | '“') => break,
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
                    return Some(antecedent(pieces, head));
                }
            }
            // "the voltage across it was 5 volts" is about the voltage.
            let subject =
                |at: usize| !at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|p| p.pos == Pos::Adp);
            if verb && pieces.is_any(at, &["he", "she", "it", "they", "we", "i", "you"]) && subject(at) {
                break;
            }
            if is_change_verb(pieces, at) {
                verb = true;
                continue;
            }
            if !is_noun(pieces, at) || is_time(pieces, at) || is_weak(pieces, at) {
                verb |= matches!(piece.pos, Pos::Verb | Pos::Aux);
                continue;
            }
            // "2018's", "S": letters cut off, or a section's name.
            if piece.span.len() < 2 {
                continue;
            }
            let found = ending_at(pieces, at);
            let outer = before_determiner(pieces, found.first);
            if governed(pieces, outer, found.end, verb) {
                nearest = nearest.or(Some(found));
                at = outer - 1;
                continue;
            }
            let object =
                outer.checked_sub(1).and_then(|at| pieces.get(at)).is_some_and(|p| p.pos == Pos::Verb);
            // "saw the balance fall to 5": the object of one verb is the subject of the next.
            let next = pieces.get(found.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux))
                || is_change_verb(pieces, found.end);
            if next || !(object && (verb || self.whole)) {
                return Some(found);
            }
            if !self.whole {
                nearest = nearest.or(Some(found));
            }
            at = outer;
        }
        nearest.filter(|_| !self.whole || !verb)
    }
}

/// What "which" behind a noun means: "the exports of the region, which rose" are the exports.
fn antecedent(pieces: &Pieces, mut head: usize) -> Phrase {
    loop {
        let found = ending_at(pieces, head);
        let outer = before_determiner(pieces, found.first);
        match outer.checked_sub(2).filter(|&at| pieces.is(at + 1, "of") && is_noun(pieces, at)) {
            Some(whole) => head = whole,
            None => return found,
        }
    }
}

/// "decrease to 5", which the tagger took for a noun: no determiner or adjective leads it.
fn is_change_verb(pieces: &Pieces, at: usize) -> bool {
    let led = at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|before| {
        before.kind == Kind::Word && matches!(before.pos, Pos::Det | Pos::Adj | Pos::Pron | Pos::Adp)
    });
    is_noun(pieces, at)
        && !pieces.capital(at)
        && !led
        && pieces.is_any(at + 1, &["to", "by", "from", "at"])
        && pieces.lower(at, bounds::change).is_some()
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

/// Whether a preposition stands before a phrase that ends at `end`, so that its head is further left.
fn governed(pieces: &Pieces, first: usize, end: usize, verb: bool) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "of", "in", "from", "for", "on", "by", "at", "with", "against", "to", "as", "after", "during",
        "through", "over", "under", "between", "among", "into", "across", "within", "without", "near",
        "about", "before", "since", "until", "like", "per", "than", "around", "behind", "outside",
    ];
    // "as the deficit hit its highest level": a clause of its own, with its subject.
    let clause = verb
        && pieces.is_any_before(first, &["as", "after", "before", "since", "until"])
        && pieces.get(end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    first > 1 && !clause && pieces.is_any_before(first, PREPOSITIONS)
}
