//! What is counted: the noun phrase of a figure, its head, and the event that it tells.

use super::again;
use super::elided;
use super::events;
use super::labels;
use super::measured;
use super::measures;
use super::numerals::{Form, skip_dash};
use super::phrases::{self, Phrase, is_noun, phrase, plural_phrase};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::subject;
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;
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
pub(super) fn of_count(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Counted {
    if let Some(children) = elided::children(pieces, quantity) {
        return children;
    }
    let at = start(pieces, quantity);
    let mut counted = beside(pieces, quantity, at);
    if let (Some((time, end)), Some(unit)) = (measures::per_time(pieces, counted.end), &mut counted.unit) {
        *unit = format!("{unit} per {time}");
        counted.end = end;
        counted.rate = true;
    }
    if counted.span.is_none() && pieces.is(at, "who") {
        (counted.head, counted.unit) = (Some("person".to_string()), Some("people".to_string()));
    }
    if counted.span.is_none()
        && let Some(like) = of_the_first(pieces, quantity, told)
    {
        (counted.span, counted.head) = (like.counted, like.counted_head.clone());
        counted.unit.clone_from(&like.unit_name);
    }
    let bare = counted.span.is_none() && counted.unit.is_none();
    counted.event = events::event(pieces, quantity, counted.head.as_deref(), counted.end.max(quantity.end));
    if counted.span.is_none() {
        events::of_nobody(pieces, quantity, &mut counted);
    }
    if bare && counted.unit.is_none() {
        let elsewhere = labels::of_count(pieces, quantity)
            .or_else(|| events::toll(pieces, quantity, told))
            .or_else(|| elided::head_count(pieces, quantity, told));
        if let Some(found) = elsewhere {
            return found;
        }
    }
    if bare && counted.unit.is_none() {
        let found = measured::before_of(pieces, quantity).or_else(|| {
            levelled(pieces, quantity).then(|| subject::of(pieces, quantity.first, told)).flatten()
        });
        if let Some(found) = found {
            // "an altitude of 30", "the index stood at 2,700": told of something, but counting nothing.
            let told = describe(pieces, found, false);
            counted.span = told.span;
            counted.head = told.head.filter(|head| elided::is_head_count(head));
            if let Some(things) = numbered(pieces, found) {
                return Counted { end: quantity.end, event: counted.event, ..things };
            }
        }
    }
    if counted.span.is_none()
        && counted.head.is_none()
        && let Some(like) = again::of_those(pieces, quantity, told)
    {
        // "two of them"
        (counted.span, counted.head) = (like.counted, like.counted_head.clone());
        counted.unit = like.unit_name.clone().filter(|_| like.kind == FigureKind::Count);
        counted.event = counted.event.or_else(|| like.event.as_deref().and_then(counting::event_named));
    }
    if counted.span.is_none() && counted.head.is_none() {
        elided::fill(pieces, quantity, told, &mut counted);
    }
    if counted.span.is_none() && counted.head.is_some() && pieces.is(at, "who") {
        let like = told.iter().rev().find(|figure| figure.counted_head == counted.head);
        counted.span = like.and_then(|figure| figure.counted);
    }
    counted
}

/// Where the noun of a count may begin: past "of the", the whole that it is a part of, "more".
fn start(pieces: &Pieces, quantity: &Quantity) -> usize {
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
    // "one of the 12 boats"
    if at > quantity.end && pieces.is_any(at - 1, &["the", "these", "those", "its", "their", "our"]) {
        let plain = pieces
            .get(at)
            .and_then(|p| p.number)
            .is_some_and(|n| matches!(n.class, NumberClass::Small | NumberClass::Teen | NumberClass::Ten));
        at += usize::from(pieces.digits(at).is_some() || plain);
        while pieces.is_any(at, &["roughly", "about", "nearly", "almost", "some"])
            && pieces.digits(at + 1).is_some()
        {
            at += 2;
        }
    }
    // "12 of 75 countries", "70 of the more than 200 girls"
    if at > quantity.end && pieces.is(quantity.end, "of") {
        at = past_the_whole(pieces, at);
    }
    while pieces.is_any(at, &["more", "most", "further", "additional"]) && at < quantity.end + 3 {
        at += 1;
    }
    if quantity.numeral.form == Form::Share
        && pieces.is_any(at, &["the", "its", "their", "his", "her", "our"])
    {
        at += 1;
    }
    at
}

/// The noun phrase of a count that begins at `at`.
fn beside(pieces: &Pieces, quantity: &Quantity, mut at: usize) -> Counted {
    // "several 'firsts'": named in marks.
    let mut marked = false;
    if matches!(pieces.get(at).map(|p| (p.kind, p.spaced)), Some((Kind::Mark('“' | '‘' | '"'), true)))
        && pieces.glued(at + 1)
        && is_noun(pieces, at + 1)
    {
        at += 1;
        marked = true;
    }
    let several = quantity.numeral.value != Some(1.0);
    let found = modifier(pieces, quantity, at)
        .or_else(|| alternative(pieces, quantity))
        .or_else(|| if several { plural_phrase(pieces, at) } else { phrase(pieces, at) })
        .filter(|&found| !is_a_verb(pieces, quantity, found));
    let Some(phrase) = found else { return Counted { end: quantity.end, ..Counted::default() } };
    // "several key ones" are what the sentence before told; "five hurt", "9 dead" are people.
    let nobody =
        pieces.is_any(phrase.head, &["ones", "one"]) || phrase.head == at && events::is_suffering(pieces, at);
    if nobody {
        return Counted { end: phrase.end, ..Counted::default() };
    }
    let mut counted = describe(pieces, phrase, true);
    if marked && matches!(pieces.get(counted.end).map(|p| p.kind), Some(Kind::Mark('”' | '’' | '"'))) {
        counted.end += 1;
    }
    counted
}

/// "Several fell", "two live there": what the tagger takes for a noun, and is the verb of a noun left out.
fn is_a_verb(pieces: &Pieces, quantity: &Quantity, phrase: Phrase) -> bool {
    let at = phrase.head;
    let alone = phrase.first == at && phrase.end == at + 1 && quantity.numeral.value != Some(1.0);
    let past = pieces.lower(at, |w| counting::is(w, Numbering::PastVerb));
    // "five hurt" are people.
    alone
        && !events::is_suffering(pieces, at)
        && !pieces.capital(at)
        && !counting::is_plural(pieces.word(at))
        && (past || elided::is_deed(pieces, quantity, at))
}

/// Past the number of the whole that a count is a part of, and the words that bound it.
fn past_the_whole(pieces: &Pieces, at: usize) -> usize {
    const BOUND: &[&str] =
        &["more", "than", "about", "some", "roughly", "nearly", "almost", "over", "at", "least"];
    let number = (at..at + 3).find(|&n| !pieces.is_any(n, BOUND)).filter(|&n| pieces.digits(n).is_some());
    number.map_or(at, |n| n + 1)
}

/// "The number of refugees rose to 12": the noun behind "number of", as what is counted.
fn numbered(pieces: &Pieces, found: Phrase) -> Option<Counted> {
    let start =
        found.head + 2 + usize::from(pieces.is_any(found.head + 2, &["the", "its", "their", "these"]));
    let told = pieces.is_any(found.head, &["number", "list", "tally"]) && pieces.is(found.head + 1, "of");
    told.then(|| plural_phrase(pieces, start)).flatten().map(|phrase| describe(pieces, phrase, true))
}

/// "Of the 150 passengers, 62 were children": the figure that a sentence opens with.
fn of_the_first<'f>(pieces: &Pieces, quantity: &Quantity, told: &'f [Figure]) -> Option<&'f Figure> {
    let first = told.first().filter(|figure| figure.kind == FigureKind::Count && figure.counted.is_some())?;
    let of = (0..3).find(|&n| pieces.is(n, "of")).filter(|&n| n == 0 || pieces.is(n - 1, "out"))?;
    let opens = (of + 1..of + 3).any(|n| pieces.get(n).is_some_and(|p| p.span.start == first.span.start));
    let verb = pieces.get(quantity.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    (opens && verb).then_some(first)
}

/// Whether a number without a noun is where something stands or moved to: "ended at 2,700", "an average of 12".
fn levelled(pieces: &Pieces, quantity: &Quantity) -> bool {
    let at = quantity.first;
    let stands = pieces.is(at.wrapping_sub(1), "at")
        || pieces.is(at.wrapping_sub(1), "of") && at > 1 && phrases::is_weak(pieces, at - 2)
            // "Hale has a total of 1,410": his, and not him.
            && !pieces.is_any(at.wrapping_sub(4), &["has", "have", "had"]);
    let ends =
        pieces.get(quantity.end).is_none_or(|p| !is_noun(pieces, quantity.end) || p.kind != Kind::Word);
    (quantity.direction.is_some() || stands) && ends
}

/// "another pick or two": the noun stands before the number.
fn alternative(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let noun = quantity.first.checked_sub(2).filter(|&at| pieces.is(at + 1, "or") && is_noun(pieces, at))?;
    let led = pieces.is_any_before(noun, &["a", "an", "another"]) && !is_noun(pieces, quantity.end);
    led.then_some(Phrase { first: noun, end: noun + 1, head: noun })
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
    let (first, end) = phrases::head_span(pieces, phrase.head);
    // "the S&P 500": a name whose last word is a number has no other head.
    let numbered = pieces.digits(phrase.head).is_some();
    let word = if numbered { span } else { pieces.span(first.max(phrase.first), end) }.of(pieces.text);
    let name = numbered || pieces.names_a_person(phrase.head);
    let head = if name { word.to_string() } else { counting::singular(word) };
    let lead = Span::new(span.start, pieces.span(first, end).start.max(span.start)).of(pieces.text);
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
