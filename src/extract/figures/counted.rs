//! What is counted: the noun phrase of a figure, its head, and the event that it tells.

use super::numerals::{Form, skip_dash};
use super::pieces::{Kind, Pieces, lowered};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::lexicon::{bounds, counting, words};
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
    /// What happened to those counted.
    pub event: Option<&'static str>,
}

/// A noun phrase: pieces `first..end`, the head's index.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    first: usize,
    end: usize,
    head: usize,
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
    while pieces.is_any(at, &["of", "the", "more", "other", "further", "additional"]) && !pieces.is(at, "the")
        || at == quantity.end && pieces.is(at, "its")
    {
        // "352 others" counts the others; "352 other people" people.
        at += 1;
        if at > quantity.end + 6 {
            break;
        }
    }
    let several = quantity.numeral.value != Some(1.0);
    let found =
        if several && !pieces.is_dash(quantity.end) { plural_phrase(pieces, at) } else { phrase(pieces, at) };
    let mut counted = match found {
        Some(phrase) => describe(pieces, phrase, true),
        None => Counted { end: quantity.end, ..Counted::default() },
    };
    counted.event = event(pieces, quantity, counted.end.max(quantity.end));
    if counted.span.is_none() {
        of_nobody(pieces, quantity, &mut counted);
    }
    counted
}

/// "129 killed", "more than 120 died": people, though nobody says so.
fn of_nobody(pieces: &Pieces, quantity: &Quantity, counted: &mut Counted) {
    let at = skip_dash(pieces, quantity.end);
    let at = if pieces.is_any(at, &["were", "was", "have", "are", "had", "people"]) { at + 1 } else { at };
    let at = if pieces.is_any(at, &["been", "also", "others"]) { at + 1 } else { at };
    let Some(event) = pieces.lower(at, counting::event) else { return };
    if matches!(
        event,
        "death" | "injury" | "displacement" | "disappearance" | "arrest" | "rescue" | "abduction"
    ) {
        counted.span = Some(pieces.span(at, at + 1));
        counted.head = Some("person".to_string());
        counted.unit = Some("people".to_string());
        counted.event = Some(event);
    }
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
        let time = pieces.lower(found.head, |w| crate::lexicon::units::forms_from(w).next().is_some());
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

fn is_time(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| {
        counting::is(w, counting::Numbering::Month)
            || counting::is(w, counting::Numbering::Weekday)
            || crate::lexicon::units::forms_from(w).next().is_some()
    })
}

/// The first piece of the noun phrase that ends at `at`.
fn phrase_start(pieces: &Pieces, at: usize) -> usize {
    let mut first = at;
    while first > 0 && (at - first) < 6 {
        let before = first - 1;
        let nominal = is_noun(pieces, before)
            || pieces.get(before).is_some_and(|p| p.pos == Pos::Adj && p.kind == Kind::Word);
        if !nominal || pieces.get(before).is_some_and(|p| p.number.is_some()) || is_time(pieces, before) {
            break;
        }
        first = before;
    }
    first
}

fn is_noun(pieces: &Pieces, at: usize) -> bool {
    pieces.get(at).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Noun | Pos::Propn))
}

/// The noun phrase that begins at piece `at`.
fn phrase(pieces: &Pieces, at: usize) -> Option<Phrase> {
    let found = widest(pieces, at)?;
    Some(Phrase { first: at, end: found + 1, head: found })
}

/// The noun phrase of what is counted: where several are, its head is a plural.
fn plural_phrase(pieces: &Pieces, at: usize) -> Option<Phrase> {
    let widest = widest(pieces, at)?;
    let plural = |n: &usize| is_noun(pieces, *n) && counting::is_plural(pieces.word(*n));
    let head = (at..=widest).rev().find(plural).unwrap_or(widest);
    Some(Phrase { first: at, end: head + 1, head })
}

/// The last noun of the phrase that begins at piece `at`.
fn widest(pieces: &Pieces, at: usize) -> Option<usize> {
    let mut head = None;
    let mut end = at;
    while end < at + 9 {
        let Some(piece) = pieces.get(end) else { break };
        match piece.kind {
            Kind::Word => {}
            Kind::Mark('-' | '‑' | '&') if end > at && pieces.is_word(end + 1) => {
                end += 1;
                continue;
            }
            Kind::Mark('\'' | '’') if pieces.glued(end) && head.is_some() => {
                end += 1;
                continue;
            }
            _ => break,
        }
        let word = pieces.word(end);
        let function = lowered(word, words::is_function_word) && piece.pos != Pos::Noun;
        match piece.pos {
            Pos::Noun if !ends_phrase(pieces, end, head) => head = Some(end),
            Pos::Propn if !function && !lower_head(pieces, head) => head = Some(end),
            Pos::Adj if head.is_none() || leads_on(pieces, end) => {}
            Pos::X if !function => head = Some(end),
            Pos::Verb
                if participle(pieces, end)
                    && noun_follows(pieces, end + 1)
                    && head.is_none_or(|h| h == end - 1 && word.ends_with("ing")) => {}
            Pos::Adv if head.is_none() && pieces.get(end + 1).is_some_and(|p| p.pos == Pos::Adj) => {}
            Pos::Cconj
                if head.is_none()
                    && pieces.get(end + 1).is_some_and(|p| p.pos == Pos::Adj)
                    && noun_follows(pieces, end + 2) => {}
            Pos::Num if head.is_none() && end > at => {}
            Pos::Part if word.starts_with(['\'', '’']) && head.is_some() => {}
            _ => break,
        }
        end += 1;
    }
    head
}

/// Nouns that begin something new after a complete phrase: "5 people Monday".
fn ends_phrase(pieces: &Pieces, at: usize, head: Option<usize>) -> bool {
    head.is_some() && is_time(pieces, at) && !pieces.is_dash(at - 1)
}

/// Whether the head so far is a plural common noun, which no name continues.
fn lower_head(pieces: &Pieces, head: Option<usize>) -> bool {
    head.is_some_and(|h| !pieces.capital(h) && counting::is_plural(pieces.word(h)))
}

fn leads_on(pieces: &Pieces, at: usize) -> bool {
    is_noun(pieces, at + 1)
}

fn participle(pieces: &Pieces, at: usize) -> bool {
    let word = pieces.word(at);
    word.ends_with("ing") || word.ends_with("ed") || word.ends_with("en") || word.ends_with("wn")
}

fn noun_follows(pieces: &Pieces, at: usize) -> bool {
    is_noun(pieces, at) || pieces.get(at).is_some_and(|p| p.pos == Pos::Adj) && is_noun(pieces, at + 1)
}

fn describe(pieces: &Pieces, phrase: Phrase, counted: bool) -> Counted {
    let span = pieces.span(phrase.first, phrase.end);
    let head = counting::singular(pieces.word(phrase.head));
    let lead = Span::new(span.start, pieces.span(phrase.head, phrase.head + 1).start).of(pieces.text);
    let unit = counted.then(|| {
        let people = head == "person" && pieces.is(phrase.head, "people");
        format!("{lead}{}", if people { "people" } else { head.as_str() })
    });
    Counted { span: Some(span), head: Some(head), unit, end: phrase.end, event: None }
}

/// How far from a count the word for what happened may stand.
const REACH: usize = 6;

/// What happened to those counted: in the phrase, right behind it, or in the verb before.
fn event(pieces: &Pieces, quantity: &Quantity, end: usize) -> Option<&'static str> {
    let at = |n: usize| pieces.lower(n, counting::event);
    if let Some(found) = (quantity.end..end).find_map(at) {
        return Some(found);
    }
    for n in end..end + REACH {
        let aside = pieces
            .get(n)
            .is_none_or(|p| matches!(p.kind, Kind::Mark(_) | Kind::Number(_)) || p.number.is_some());
        if aside || pieces.is_any(n, &["and", "but", "or", "who", "while", "to", "said"]) {
            break;
        }
        if let Some(found) = at(n) {
            return Some(found);
        }
    }
    let verb = quantity.first.checked_sub(1)?;
    let verb = if pieces.is_any(verb, &["of", "to", "another", "the", "with", "and"]) {
        verb.checked_sub(1)?
    } else {
        verb
    };
    at(verb).or_else(|| {
        let rose = pieces.lower(verb, |w| bounds::change(w).is_some());
        (rose && verb > 0).then(|| at(verb - 1).or_else(|| verb.checked_sub(2).and_then(at))).flatten()
    })
}

/// Whether a share or multiple has its own noun: "two-thirds of voters".
pub(super) fn needs_noun(quantity: &Quantity) -> bool {
    quantity.measure.is_none() && quantity.numeral.form != Form::Multiple
}
