//! Moments near the day of publication that name no day: "over the weekend", "overnight", "last night", "the day after
//! tomorrow". `moments.corpus` holds their cases.

use super::calendar::{Published, When};
use super::moments::{Found, lies_ahead};
use super::phrases::is_noun;
use super::pieces::{Kind, Pieces};
use super::tense::{self, Tense};
use crate::annotate::Pos;
use crate::lexicon::calendar;
use crate::lexicon::counting::{self, Numbering};

/// Reads the moment that begins at piece `i`.
pub(super) fn read(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    weekend(pieces, i, published)
        .or_else(|| overnight(pieces, i, published))
        .or_else(|| part_of_a_day(pieces, i, published))
        .or_else(|| two_days_off(pieces, i, published))
}

/// "over the weekend", "this past weekend", "next weekend".
fn weekend(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    const BEFORE: &[&str] =
        &["over", "at", "on", "during", "by", "before", "after", "since", "until", "for", "of"];
    let past = usize::from(pieces.is(i, "this") && pieces.is_any(i + 1, &["past", "coming"]));
    let end = i + past + 2;
    let owner = pieces.is_any(end - 1, &["weekend's", "weekend’s"]);
    if !(owner || pieces.is(end - 1, "weekend") && !is_compound(pieces, end)) {
        return None;
    }
    let ahead = match pieces.word(end - 2).to_ascii_lowercase().as_str() {
        "last" => {
            let when = When::Span(published.last_weekend());
            return Some(Found { first: i, end, when, rule: "last weekend" });
        }
        "past" => Tense::Past,
        "coming" => Tense::Ahead,
        "next" => {
            let when = When::Within(
                published
                    .weekend(true)
                    .and_then(|(from, _)| Some((from, from.checked_add(jiff::Span::new().days(8)).ok()?))),
            );
            return Some(Found { first: i, end, when, rule: "next weekend" });
        }
        "this" if lies_ahead(pieces, i) => Tense::Ahead,
        "this" => tense::around(pieces, i, end),
        "the" if pieces.is_any_before(i, BEFORE) => {
            if lies_ahead(pieces, i) {
                Tense::Ahead
            } else {
                Tense::Past
            }
        }
        _ => return None,
    };
    let when = When::Span(published.weekend(ahead != Tense::Past));
    Some(Found { first: i, end, when, rule: "the weekend" })
}

/// Whether the noun behind a weekend is named with it: "the weekend storm", not "over the weekend police arrested".
fn is_compound(pieces: &Pieces, at: usize) -> bool {
    let many =
        counting::is_plural(pieces.word(at)) || pieces.lower(at, |w| counting::is(w, Numbering::People));
    let acts = (at + 1..at + 3).any(|n| pieces.get(n).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux)));
    let subject = (many || pieces.is(at, "police") || pieces.capital(at)) && acts;
    is_noun(pieces, at) && !subject
}

/// "sank overnight": the night before the day of publication, or that after it.
fn overnight(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    if !pieces.is(i, "overnight") {
        return None;
    }
    let word = |n: usize| pieces.get(n).filter(|p| p.kind == Kind::Word).map(|p| p.pos);
    let describes = matches!(word(i + 1), Some(Pos::Noun | Pos::Propn | Pos::Adj))
        || i.checked_sub(1).and_then(word).is_some_and(|pos| matches!(pos, Pos::Det | Pos::Adj));
    // "overnight into Tuesday": the day is told.
    let dated = (i + 1..i + 4).any(|n| pieces.capital(n) && calendar::is_weekday(pieces.word(n)));
    let from = if lies_ahead(pieces, i) { 0 } else { -1 };
    let night = published.shifted(from).zip(published.shifted(from + 1));
    (!describes && !dated).then_some(Found {
        first: i,
        end: i + 1,
        when: When::Span(night),
        rule: "overnight",
    })
}

/// "this morning", "last night".
fn part_of_a_day(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    // "the last night of the fair"
    let named = pieces.is_any_before(i, &["the", "his", "her", "its", "their", "our", "my"]);
    let (days, rule) = if pieces.is(i, "last") && pieces.is(i + 1, "night") && !named {
        (-1, "last night")
    } else if pieces.is(i, "this") && pieces.is_any(i + 1, &["morning", "afternoon", "evening"]) {
        (0, "this morning")
    } else {
        return None;
    };
    let when = When::Shifted(published.shifted(days));
    Some(Found { first: i, end: i + 2, when, rule })
}

/// "the day after tomorrow", "the day before yesterday".
fn two_days_off(pieces: &Pieces, i: usize, published: &Published) -> Option<Found> {
    let (days, rule) = match (pieces.word(i + 1), pieces.word(i + 2)) {
        ("after", "tomorrow") => (2, "the day after tomorrow"),
        ("before", "yesterday") => (-2, "the day before yesterday"),
        _ => return None,
    };
    let when = When::Shifted(published.shifted(days));
    pieces.is(i, "day").then_some(Found { first: i, end: i + 3, when, rule })
}
