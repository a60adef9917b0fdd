//! Labels: what stands before a colon says what the number behind it counts or measures, as in boxes of facts
//! ("Migrants rescued: 1,200", "Deaths: 45", "Turnout: 62 percent").
//!
//! A label is a noun phrase, with what is told of it, and no sentence: "They gave one reason: 12 were ill" has none.

use super::counted::{Counted, describe};
use super::elided;
use super::events;
use super::measured::past_determiners;
use super::phrases::{Phrase, is_noun, is_time, is_weak, phrase, plural_phrase};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::lexicon::counting;

/// How many pieces a label may have.
const REACH: usize = 9;

/// What a count without a noun counts by its label.
pub(super) fn of_count(pieces: &Pieces, quantity: &Quantity) -> Option<Counted> {
    let (start, colon) = label(pieces, quantity)?;
    let event = events::labelled(pieces, start, colon);
    // "Injured: 12"
    if colon == start + 1 && events::is_suffering(pieces, start) {
        return Some(Counted {
            span: Some(pieces.span(start, colon)),
            head: Some("person".to_string()),
            unit: Some("people".to_string()),
            end: quantity.end,
            rate: false,
            event,
        });
    }
    let found = plural_phrase(pieces, start).filter(|found| found.end <= colon)?;
    let counted = describe(pieces, found, true);
    let several = counting::is_plural(pieces.word(found.head));
    let whole = counted.head.as_deref().is_some_and(elided::is_head_count);
    // A label has its capital from where it stands.
    let plain = |word: String| if pieces.capital(start) { uncapitalized(&word) } else { word };
    let unit = counted.unit.clone().filter(|_| several).map(plain);
    let head = counted.head.clone().map(|head| if found.head == start { plain(head) } else { head });
    let (head, unit) = match head.as_deref() {
        Some("person") => (head, Some("people".to_string())),
        _ => (head, unit),
    };
    (several || whole).then_some(Counted { head, unit, end: quantity.end, event, ..counted })
}

/// "Deaths" as it is written within a sentence; "MPs" keeps its capitals.
fn uncapitalized(word: &str) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => word.to_string(),
    }
}

/// What a measure is of by its label: "Cost: $5 million".
pub(super) fn of_measure(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let (start, colon) = label(pieces, quantity)?;
    let found = phrase(pieces, start).filter(|found| found.end <= colon)?;
    let named = is_noun(pieces, found.head) && !is_time(pieces, found.head) && !is_weak(pieces, found.head);
    named.then_some(found)
}

/// Where the label of a number begins, past "the total" and "number of", and its colon.
fn label(pieces: &Pieces, quantity: &Quantity) -> Option<(usize, usize)> {
    let colon =
        quantity.first.checked_sub(1).filter(|&at| pieces.is_mark(at, ':') && !pieces.glued(at + 1))?;
    let part = |n: &usize| {
        pieces.is_word(*n) || pieces.is_dash(*n) && pieces.glued(*n) || pieces.is_any(*n, &["'", "’", "&"])
    };
    let start = (colon.saturating_sub(REACH)..colon).rev().take_while(part).last()?;
    let opens = start.checked_sub(1).is_none_or(|at| {
        matches!(
            pieces.get(at).map(|p| p.kind),
            Some(Kind::Mark(';' | ',' | '.' | '(' | '|' | '•' | '·' | '*' | '-' | '–'))
        )
    });
    (opens && !(start..colon).any(|n| is_told(pieces, n)) && ends(pieces, quantity.end))
        .then(|| (past_the_number_of(pieces, start), colon))
}

/// Whether a word makes a sentence of the words before a colon: a pronoun, or a verb that is no participle.
fn is_told(pieces: &Pieces, at: usize) -> bool {
    let participle = pieces.lower(at, |w| {
        w.ends_with("ed") || w.ends_with("ing") || counting::is(w, counting::Numbering::PastVerb)
    });
    let first = at.checked_sub(1).is_none_or(|before| !pieces.is_word(before));
    match pieces.get(at).map(|p| p.pos) {
        Some(Pos::Aux | Pos::Pron | Pos::Sconj) => true,
        Some(Pos::Verb) => !participle || first && !events::is_suffering(pieces, at),
        _ => false,
    }
}

/// "Total votes cast", "Number of schools shut": where the noun begins that is counted.
fn past_the_number_of(pieces: &Pieces, start: usize) -> usize {
    let mut at = past_determiners(pieces, start);
    if is_weak(pieces, at) || pieces.is_any(at, &["total", "number", "estimated"]) {
        at += 1 + usize::from(pieces.is_any(at + 1, &["number"]));
        at += usize::from(pieces.is(at, "of"));
    }
    past_determiners(pieces, at)
}

/// Whether nothing that is counted can follow the number.
fn ends(pieces: &Pieces, at: usize) -> bool {
    pieces.get(at).is_none_or(|p| match p.kind {
        Kind::Mark(_) => true,
        _ => matches!(p.pos, Pos::Adp | Pos::Cconj | Pos::Sconj | Pos::Adv),
    })
}
