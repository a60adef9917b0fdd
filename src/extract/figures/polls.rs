//! Polls and elections: points that are parts of a hundred, and the results of two told without a percent sign.
//!
//! "leads Vale by 3 points", "leads Vale 46-43 in Ohio", "fell two points to 41 percent": percentages, and whose a lead
//! is. The points of an index, of a game or of an argument are counted, as everything else is.

use super::measured::ending_at;
use super::measures::Measure;
use super::numerals::{Form, skip_dash};
use super::phrases::{is_noun, phrase};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::{standing, subject};
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::bounds;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::units;
use crate::span::Span;

/// The rule that reads the points of a poll.
pub(super) const POINTS: &str = "<n> points of a poll";

/// The rule that reads a result of two without its percent sign.
pub(super) const RESULT: &str = "<n> to <m> of a poll";

/// How many pieces before a figure the word of who is ahead may stand.
const BEFORE: usize = 8;

/// How many pieces behind a figure it may stand.
const BEHIND: usize = 4;

/// How many bytes of text on either side of a sentence are asked whether a poll is told of.
const AROUND: usize = 1500;

/// What the points of a sentence are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matter {
    Poll,
    GameOrMarket,
    Untold,
}

/// Gives the points and results of polls their unit.
pub(super) fn read(pieces: &Pieces, quantities: &mut [Quantity]) {
    let told = |q: &Quantity| points_end(pieces, q).is_some() || is_bare(q);
    if !quantities.iter().any(told) {
        return;
    }
    let matter = matter(pieces);
    if matter == Matter::GameOrMarket {
        return;
    }
    results(pieces, quantities, matter);
    for n in 0..quantities.len() {
        let (before, rest) = quantities.split_at_mut(n);
        let Some((quantity, behind)) = rest.split_first_mut() else { continue };
        let last = before.last();
        if let Some(end) = points_end(pieces, quantity)
            && are_of_a_poll(pieces, quantity, end, last, behind.first(), matter)
        {
            set(quantity, "percentage point", end, POINTS);
        } else if is_margin(pieces, quantity) && matter == Matter::Poll {
            set(quantity, "percentage point", quantity.end, POINTS);
        } else if last.is_some_and(|last| ends_a_change(pieces, last, quantity)) {
            set(quantity, "percent", quantity.end, RESULT);
        }
    }
}

fn set(quantity: &mut Quantity, unit: &str, end: usize, rule: &'static str) {
    let Some(unit) = units::named(unit) else { return };
    quantity.measure = Some(Measure::of(unit, quantity.core, end, rule));
    quantity.end = quantity.end.max(end);
    quantity.rule = rule;
}

fn is_bare(quantity: &Quantity) -> bool {
    quantity.measure.is_none()
        && quantity.kind.is_none()
        && quantity.numeral.scale == 1.0
        && matches!(quantity.numeral.form, Form::Digits | Form::Words)
        && quantity.numeral.value.is_some_and(|value| (0.0..=100.0).contains(&value))
}

/// "3 points", "a 6-point lead": the piece behind the word.
fn points_end(pieces: &Pieces, quantity: &Quantity) -> Option<usize> {
    let at = skip_dash(pieces, quantity.end);
    (is_bare(quantity) && pieces.is_any(at, &["point", "points"])).then_some(at + 1)
}

fn class(pieces: &Pieces, at: usize, class: Numbering) -> bool {
    pieces.lower(at, |w| counting::is(w, class))
}

/// What a sentence tells of, as far as its points go.
fn matter(pieces: &Pieces) -> Matter {
    let any = |classes: &[Numbering]| {
        (0..pieces.len()).any(|at| {
            pieces.is_word(at) && pieces.lower(at, |w| classes.iter().any(|&class| counting::is(w, class)))
        })
    };
    if any(&[Numbering::Points]) || (0..pieces.len()).any(|at| super::names::of_an_index(pieces, at)) {
        Matter::GameOrMarket
    } else if any(&[Numbering::Poll, Numbering::Opinion, Numbering::Pollster]) {
        Matter::Poll
    } else {
        Matter::Untold
    }
}

/// Whether the text around a sentence tells of polls more often than of games and markets.
fn around(pieces: &Pieces) -> bool {
    let sentence = pieces.span(0, pieces.len());
    let (mut from, mut to) =
        (sentence.start.saturating_sub(AROUND), (sentence.end + AROUND).min(pieces.text.len()));
    while !pieces.text.is_char_boundary(from) {
        from -= 1;
    }
    while !pieces.text.is_char_boundary(to) {
        to += 1;
    }
    let (mut polls, mut others) = (0, 0);
    for word in pieces.text[from..to].split(|c: char| !c.is_alphanumeric()) {
        let is = |class| super::pieces::lowered(word, |w| counting::is(w, class));
        polls += usize::from(is(Numbering::Poll) || is(Numbering::Opinion) || is(Numbering::Pollster));
        others += usize::from(is(Numbering::Points));
    }
    polls > 1 && polls > others
}

/// Whether the points that end at piece `end` are percentage points: a lead or a change that a poll found.
fn are_of_a_poll(
    pieces: &Pieces,
    quantity: &Quantity,
    end: usize,
    last: Option<&Quantity>,
    next: Option<&Quantity>,
    matter: Matter,
) -> bool {
    // "fell two points to 41 percent"
    let to = next.is_some_and(|next| {
        next.first == end + 1
            && pieces.is_any(end, &["to", "from"])
            && next.measure.as_ref().is_some_and(|m| m.name == "percent")
    });
    // "ahead 3 points, the other survey 4.3 points"
    let again = last.and_then(|last| last.measure.as_ref()).is_some_and(|m| m.rule == POINTS);
    to || again
        || moves(pieces, quantity.first, end) && (matter == Matter::Poll || around(pieces))
        || class(pieces, end, Numbering::Lead) && around(pieces)
}

/// Whether words around pieces `first..end` tell who is ahead, or of a change.
fn moves(pieces: &Pieces, first: usize, end: usize) -> bool {
    let word = |at: usize| {
        pieces.lower(at, |w| counting::is(w, Numbering::Lead) || bounds::change(w).is_some())
            || pieces.is_any(at, &["within", "difference", "by"])
    };
    // "voters raised three points"
    const ARGUES: &[&str] = &["raise", "raises", "raised", "raising", "made", "makes", "make"];
    let told = before(pieces, first).chain(end..(end + BEHIND).min(pieces.len())).any(word);
    !pieces.is_any_before(first, ARGUES) && (told || pieces.is_any_before(first, &["plus", "minus", "±"]))
}

/// The pieces of a clause before piece `first`, the nearest first.
fn before<'a>(pieces: &'a Pieces, first: usize) -> impl Iterator<Item = usize> + 'a {
    let open = |at: &usize| !matches!(pieces.get(*at).map(|p| p.kind), Some(Kind::Mark(';' | ':')));
    (first.saturating_sub(BEFORE)..first).rev().take_while(open)
}

/// "up by four in the survey", "ahead by 5", "leads by 3.": points that are not called so.
fn is_margin(pieces: &Pieces, quantity: &Quantity) -> bool {
    let Some(by) = quantity.first.checked_sub(1).filter(|_| is_bare(quantity)) else { return false };
    let led = pieces.is(by, "by") && before(pieces, by).take(3).any(|at| is_ahead(pieces, at))
        || pieces.is_any(by, &["up", "down", "ahead"]);
    let small = quantity.numeral.value.is_some_and(|value| value < 50.0 && value > 0.0);
    led && small && ends(pieces, quantity.end)
}

fn is_ahead(pieces: &Pieces, at: usize) -> bool {
    class(pieces, at, Numbering::Lead)
}

/// Whether nothing is counted behind a number.
fn ends(pieces: &Pieces, at: usize) -> bool {
    const ON: &[&str] = &[
        "in",
        "among",
        "over",
        "with",
        "nationally",
        "nationwide",
        "statewide",
        "while",
        "and",
        "ahead",
        "to",
    ];
    let mark = pieces.get(at).is_none_or(|p| matches!(p.kind, Kind::Mark(',' | ';' | '.' | ')' | '”' | '"')));
    mark || pieces.is_any(at, ON)
}

/// "fell two points to 41": what it fell to is a percentage.
fn ends_a_change(pieces: &Pieces, last: &Quantity, quantity: &Quantity) -> bool {
    is_bare(quantity)
        && last.measure.as_ref().is_some_and(|m| m.rule == POINTS)
        && quantity.first == last.end + 1
        && pieces.is_any(last.end, &["to", "from"])
        && ends(pieces, quantity.end)
}

/// Gives the two numbers of "leads Vale 46-43 in Ohio" their percent.
fn results(pieces: &Pieces, quantities: &mut [Quantity], matter: Matter) {
    for n in 1..quantities.len() {
        let (before, rest) = quantities.split_at_mut(n);
        let (Some(a), Some(b)) = (before.last_mut(), rest.first_mut()) else { continue };
        if is_result(pieces, a, b, matter) {
            set(a, "percent", a.end, RESULT);
            set(b, "percent", b.end, RESULT);
        }
    }
}

/// Whether two numbers are the parts that two have of the votes.
fn is_result(pieces: &Pieces, a: &Quantity, b: &Quantity, matter: Matter) -> bool {
    let dash = pieces.is_dash(a.end) && pieces.glued(a.end) && pieces.glued(b.first);
    let linked = b.first == a.end + 1 && (dash || pieces.is(a.end, "to"));
    let whole = |q: &Quantity| is_bare(q) && !q.bounded && q.numeral.form == Form::Digits;
    let (Some(x), Some(y)) = (a.numeral.value, b.numeral.value) else { return false };
    let parts = x.max(y) >= 30.0 && x.min(y) >= 15.0 && x + y <= 101.0;
    if !linked || !whole(a) || !whole(b) || !parts || pieces.is_any_before(a.first, &["from", "between"]) {
        return false;
    }
    // "up 12 to 40", "beaten 46-43": no verb of who is ahead.
    let verb =
        before(pieces, a.first).find(|&at| is_ahead(pieces, at) && !pieces.is_any(at, &["up", "down"]));
    let Some(verb) = verb.filter(|_| ends(pieces, b.end) || pieces.is_any(b.end, &["on", "at", "margin"]))
    else {
        return false;
    };
    let somebody = (verb.saturating_sub(4)..a.first).any(|at| pieces.names_a_person(at));
    matter == Matter::Poll || somebody || around(pieces)
}

/// Whose a lead or a result of two is, where the figure is one; the inner is `None` where nobody is named.
pub(super) fn whose(
    pieces: &Pieces,
    quantity: &Quantity,
    figure: &Figure,
    told: &[Figure],
) -> Option<Option<Span>> {
    let measure = quantity.measure.as_ref().filter(|_| figure.kind == FigureKind::Percentage)?;
    if let Some(found) = backed(pieces, quantity) {
        return Some(Some(found));
    }
    if measure.rule == RESULT {
        let first = second_of(pieces, quantity).unwrap_or(quantity.first);
        let word = before(pieces, first).find(|&at| is_ahead(pieces, at))?;
        let (leads, trails) = sides(pieces, word, first, told);
        return Some(if is_greater(pieces, quantity, figure) { leads } else { trails });
    }
    if measure.name != "percentage point" {
        return None;
    }
    let behind = |at: &usize| is_ahead(pieces, *at) && !pieces.is_any(*at, &["up", "down"]);
    if let Some(word) = (quantity.end..quantity.end + 2).find(behind) {
        return Some(lead_behind(pieces, quantity, word, told));
    }
    let word = before(pieces, quantity.first).find(|&at| is_ahead(pieces, at))?;
    Some(sides(pieces, word, quantity.first, told).0)
}

/// "support for Marlow fell two points", "Vale's approval rating fell to 38 percent": whom they think so of.
fn backed(pieces: &Pieces, quantity: &Quantity) -> Option<Span> {
    const THOUGHT: &[&str] = &[
        "support",
        "backing",
        "approval",
        "disapproval",
        "favorability",
        "favourability",
        "popularity",
        "share",
    ];
    let at = before(pieces, quantity.first).find(|&at| pieces.is_any(at, THOUGHT) && is_noun(pieces, at))?;
    if pieces.is(at + 1, "for") {
        return name_at(pieces, at + 2);
    }
    at.checked_sub(1).and_then(|n| owner(pieces, n))
}

/// Where the first number begins whose second this one is: "46-43".
fn second_of(pieces: &Pieces, quantity: &Quantity) -> Option<usize> {
    let first = quantity.first.checked_sub(2)?;
    let linked = pieces.is_dash(first + 1) || pieces.is(first + 1, "to");
    (linked && pieces.digits(first).is_some()).then_some(first)
}

/// Whether a number is the greater of the two of a result.
fn is_greater(pieces: &Pieces, quantity: &Quantity, figure: &Figure) -> bool {
    let other = second_of(pieces, quantity).unwrap_or(quantity.end + 1);
    let other = pieces.digits(other).map(|digits| digits.value);
    figure.value.zip(other).is_none_or(|(this, other)| this >= other)
}

/// Who leads and who trails by a word of that at piece `at`, before a figure that begins at `first`.
fn sides(pieces: &Pieces, at: usize, first: usize, told: &[Figure]) -> (Option<Span>, Option<Span>) {
    let behind = pieces.lower(at, |w| w.starts_with("trail")) || pieces.is(at, "behind");
    let verb =
        pieces.get(at).is_some_and(|p| p.pos == Pos::Verb) || pieces.is_any(at, &["lead", "leads", "led"]);
    let over = pieces.is_any(at + 1, &["of", "over"]);
    let object = name_at(pieces, at + 1 + usize::from(over));
    // "the gap", "the margin of error", "a lead" are nobody's by themselves.
    let noun = is_noun(pieces, at) && pieces.is_any_before(at, &["the", "a", "an", "this"]);
    if noun && pieces.is_any(at, &["gap", "margin", "deficit", "swing", "spread", "difference"]) {
        return (None, None);
    }
    let subject = match at.checked_sub(1) {
        // "showing her ahead": nobody knows who she is.
        Some(n) if pieces.get(n).is_some_and(|p| p.pos == Pos::Pron) => None,
        Some(n) if owner(pieces, n).is_some() => owner(pieces, n),
        Some(n) if pieces.capital(n) && is_noun(pieces, n) => named(pieces, n),
        _ => of_clause(pieces, first, told),
    };
    let object = object.filter(|_| verb || over || behind);
    if behind { (object, subject) } else { (subject, object) }
}

/// "nine points ahead of Vale", "holds a 6-point lead", "gives Marlow a 6-point edge": whose a lead behind its figure is.
fn lead_behind(pieces: &Pieces, quantity: &Quantity, word: usize, told: &[Figure]) -> Option<Span> {
    if pieces.is(word, "behind") {
        return name_at(pieces, word + 1);
    }
    if pieces.is_any(word, &["gap", "deficit", "margin", "swing", "spread"]) {
        return None;
    }
    // "a 6-point lead for Marlow"
    if pieces.is(word + 1, "for") && name_at(pieces, word + 2).is_some() {
        return name_at(pieces, word + 2);
    }
    let article = usize::from(pieces.is_any_before(quantity.first, &["a", "an", "the"]));
    let at = quantity.first.checked_sub(1 + article)?;
    let with = at.checked_sub(1).filter(|_| pieces.is_any(at, &["with", ","]));
    let at = with.unwrap_or(at);
    if pieces.get(at).is_some_and(|p| p.pos == Pos::Pron) {
        return owner(pieces, at);
    }
    owner(pieces, at)
        .or_else(|| named(pieces, at).filter(|_| pieces.capital(at)))
        .or_else(|| of_clause(pieces, quantity.first, told))
}

/// The subject of the clause of a figure, where it is a name and asks nobody.
fn of_clause(pieces: &Pieces, first: usize, told: &[Figure]) -> Option<Span> {
    let found = subject::of_clause(pieces, first, told)?;
    // "Marlow's lead is 3 points"
    if let Some(owner) = (found.first..=found.head).rev().find_map(|at| owner(pieces, at)) {
        return Some(owner);
    }
    named(pieces, found.head)
}

/// The name that ends at a piece.
fn named(pieces: &Pieces, head: usize) -> Option<Span> {
    let asks = standing::is_poll(pieces, head) || class(pieces, head, Numbering::Opinion);
    (is_noun(pieces, head) && pieces.capital(head) && !asks)
        .then(|| standing::named(pieces, ending_at(pieces, head)))
}

/// The name that begins at a piece, behind an article.
fn name_at(pieces: &Pieces, at: usize) -> Option<Span> {
    let at = at + usize::from(pieces.is_any(at, &["the"]));
    let found = phrase(pieces, at).filter(|found| pieces.capital(at) && pieces.capital(found.head))?;
    Some(pieces.span(found.first, found.end))
}

/// "Marlow's": the name of who owns what follows.
fn owner(pieces: &Pieces, at: usize) -> Option<Span> {
    standing::possessor(pieces, at + 1).filter(|_| pieces.capital(at)).map(|(_, span)| span)
}
