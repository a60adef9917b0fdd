//! Polls and elections: points that are parts of a hundred, and the results of two told without a percent sign.
//!
//! "leads Vale by 3 points", "leads Vale 46-43 in Ohio", "fell two points to 41 percent": percentages. The points of an index, of a game or of an argument are counted, as everything else is.

use super::measures::Measure;
use super::numerals::{Form, skip_dash};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::finding::Figure;
use crate::lexicon::bounds;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::units;

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

pub(super) fn class(pieces: &Pieces, at: usize, class: Numbering) -> bool {
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
pub(super) fn before<'a>(pieces: &'a Pieces, first: usize) -> impl Iterator<Item = usize> + 'a {
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

pub(super) fn is_ahead(pieces: &Pieces, at: usize) -> bool {
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

/// Gives the first of the two numbers of a result the place and time that stand behind the second.
pub(super) fn spread(kept: &[Quantity], figures: &mut [Figure]) {
    for n in 1..figures.len() {
        let pair =
            [n - 1, n].iter().all(|&at| kept[at].rule == RESULT) && kept[n].first == kept[n - 1].end + 1;
        let (before, rest) = figures.split_at_mut(n);
        if let (Some(first), Some(second)) = (before.last_mut().filter(|_| pair), rest.first()) {
            first.place = first.place.or(second.place);
            first.period = first.period.or(second.period);
        }
    }
}
