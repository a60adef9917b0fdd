//! What is counted: the noun phrase of a figure, its head, and the event that it tells.

use super::events;
use super::measures;
use super::numerals::{Form, skip_dash};
use super::phrases::{Phrase, is_noun, is_time, phrase, phrase_start, plural_phrase};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::lexicon::{counting, units};
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

/// Finds what a measured figure is about: revenue, a stake, a conflict.
pub(super) fn of_measure(pieces: &Pieces, quantity: &Quantity) -> Counted {
    let found = behind(pieces, quantity).or_else(|| ahead(pieces, quantity));
    let mut counted = found.map_or_else(Counted::default, |phrase| describe(pieces, phrase, false));
    counted.end = quantity.end;
    counted
}

/// "60 percent of its revenue", "a 25% tax", "$12,000 for a new roof".
fn behind(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let at = skip_dash(pieces, quantity.end);
    if pieces.is_any(at, &["of", "for", "worth"]) {
        let start = if pieces.is(at + 1, "of") { at + 2 } else { at + 1 };
        let share = pieces.is(at, "of") || pieces.is(at, "worth");
        let found = phrase(pieces, past_determiners(pieces, start))?;
        let time = pieces.lower(found.head, |w| units::forms_from(w).next().is_some());
        return (share || !time).then_some(found);
    }
    // A measure right before a noun describes it: "a five-year conflict".
    phrase(pieces, at).filter(|found| {
        pieces.is_dash(quantity.end) || !pieces.capital(found.head) || pieces.capital(found.first)
    })
}

fn past_determiners(pieces: &Pieces, mut at: usize) -> usize {
    while pieces.is_any(
        at,
        &[
            "the", "a", "an", "its", "their", "his", "her", "our", "all", "this", "that", "these", "those",
            "my", "your", "each", "some",
        ],
    ) {
        at += 1;
    }
    at
}

/// "a fine of $5", "revenue rose 5%": the phrase before, over the verb.
fn ahead(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let mut at = quantity.first;
    let mut steps = 0;
    let mut nearest: Option<Phrase> = None;
    while at > 0 && steps < 40 {
        at -= 1;
        steps += 1;
        let piece = pieces.get(at)?;
        match piece.kind {
            Kind::Mark(';' | ':' | '.') if steps > 1 => break,
            Kind::Mark(',' | '(') if nearest.is_some() => break,
            _ => {}
        }
        if !is_noun(pieces, at) || is_time(pieces, at) {
            continue;
        }
        let first = phrase_start(pieces, at);
        let found = Phrase { first, end: at + 1, head: at };
        let before = pieces.word_before(first).to_ascii_lowercase();
        let determined = matches!(
            before.as_str(),
            "the" | "a" | "an" | "its" | "their" | "his" | "her" | "our" | "this" | "that"
        );
        let outer = if determined { first.saturating_sub(1) } else { first };
        // "the price of oil rose": the head stands before "of".
        if pieces
            .is_any_before(outer, &["of", "in", "from", "for", "on", "by", "at", "with", "against", "to"])
            && outer > 1
        {
            nearest = nearest.or(Some(found));
            at = outer - 1;
            continue;
        }
        return Some(found);
    }
    nearest
}

fn describe(pieces: &Pieces, phrase: Phrase, counted: bool) -> Counted {
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
