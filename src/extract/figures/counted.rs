//! What is counted: the noun phrase of a figure, its head, and the event that it tells.

use super::events;
use super::measured;
use super::measures;
use super::numerals::{Form, skip_dash};
use super::phrases::{Phrase, is_noun, phrase, plural_phrase};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::lexicon::counting;
use crate::span::Span;

/// What a figure counts or measures.
#[derive(Debug, Clone, Default)]
pub(super) struct Counted {
    /// The noun phrase, determiner apart.
    pub span: Option<Span>,
    /// Its head, singular.
    pub head: Option<String>,
    /// The whole phrase with its head in the singular: what a plain count is counted in.
    pub unit: Option<String>,
    /// Piece after the phrase, where it follows the number at once.
    pub end: usize,
    /// Whether it is counted per a time: "tests per day".
    pub rate: bool,
    /// What happened to those counted.
    pub event: Option<&'static str>,
}

/// Finds what a plain count counts.
pub(super) fn of_count(pieces: &Pieces, quantity: &Quantity) -> Counted {
    let mut at = skip_dash(pieces, quantity.end);
    if pieces.is(at, "of") {
        at += 1;
        while pieces.is_any(
            at,
            &[
                "the", "these", "those", "its", "their", "his", "her", "our", "all", "your", "my", "a", "an",
                "more", "some",
            ],
        ) {
            at += 1;
        }
    }
    while pieces.is_any(at, &["more", "most", "further", "additional"]) && at < quantity.end + 3 {
        at += 1;
    }
    let mut counted = match modifier(pieces, quantity, at).or_else(|| {
        let several = quantity.numeral.value != Some(1.0);
        if several { plural_phrase(pieces, at) } else { phrase(pieces, at) }
    }) {
        Some(phrase) => describe(pieces, phrase, true),
        None => Counted { end: quantity.end, ..Counted::default() },
    };
    if let (Some((time, end)), Some(unit)) = (measures::per_time(pieces, counted.end), &mut counted.unit) {
        *unit = format!("{unit} per {time}");
        counted.end = end;
        counted.rate = true;
    }
    if counted.span.is_none() && pieces.is(at, "who") {
        (counted.head, counted.unit) = (Some("person".to_string()), Some("people".to_string()));
    }
    if counted.span.is_none()
        && counted.unit.is_none()
        && let Some(found) = measured::before_of(pieces, quantity)
    {
        // "an altitude of 30": told of something, but counting nothing.
        counted.span = describe(pieces, found, false).span;
    }
    counted.event = events::event(pieces, quantity, counted.end.max(quantity.end));
    if counted.span.is_none() {
        events::of_nobody(pieces, quantity, &mut counted);
    }
    counted
}

/// "a six-cylinder engine", "the 12 page document": the number counts the singular that follows it.
fn modifier(pieces: &Pieces, quantity: &Quantity, at: usize) -> Option<Phrase> {
    let word = pieces.get(at)?;
    let several = quantity.numeral.value != Some(1.0);
    let hyphened = pieces.is_dash(quantity.end) && pieces.glued(at) && at == quantity.end + 1;
    let unit = Phrase { first: at, end: at + 1, head: at };
    if hyphened {
        return (word.kind == Kind::Word).then_some(unit);
    }
    let singular = is_noun(pieces, at) && !pieces.capital(at) && !counting::is_plural(pieces.word(at));
    let whole = phrase(pieces, at)?;
    let describes = whole.head > at && !counting::is_plural(pieces.word(whole.head));
    (several && singular && describes && at == quantity.end).then_some(unit)
}

/// What a noun phrase says, for a count (`counted`) or a measure.
pub(super) fn describe(pieces: &Pieces, phrase: Phrase, counted: bool) -> Counted {
    let span = pieces.span(phrase.first, phrase.end);
    let head = counting::singular(pieces.word(phrase.head));
    let lead = Span::new(span.start, pieces.span(phrase.head, phrase.head + 1).start).of(pieces.text);
    let unit = counted.then(|| {
        let people = head == "person" && pieces.is(phrase.head, "people");
        format!("{lead}{}", if people { "people" } else { head.as_str() })
    });
    Counted { span: Some(span), head: Some(head), unit, end: phrase.end, rate: false, event: None }
}

/// Whether a share or multiple has its own noun: "two-thirds of voters".
pub(super) fn needs_noun(quantity: &Quantity) -> bool {
    quantity.measure.is_none() && quantity.numeral.form != Form::Multiple
}
