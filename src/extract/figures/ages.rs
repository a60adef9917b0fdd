//! Ages: numbers that say how old somebody is, with their unit or without ("15-year-old", "aged 15", "Smith, 40,").

use super::measures::Measure;
use super::numerals::{Form, Numeral, skip_dash};
use super::phrases::is_time;
use super::pieces::Pieces;
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::roles;
use crate::lexicon::units;

/// Makes a length of time an age where it is told as one: "15 years old", "18 years of age", "the age of 12 months".
pub(super) fn years_old(pieces: &Pieces, measure: &mut Measure) {
    if measure.kind != FigureKind::Duration {
        return;
    }
    let next = skip_dash(pieces, measure.end);
    let of_age = pieces.is_any_before(measure.first, &["of"])
        && measure.first > 1
        && pieces.is_any(measure.first - 2, &["age", "ages"]);
    let end = if of_age {
        measure.end
    } else if pieces.is_any(next, &["old", "olds"]) {
        next + 1
    } else if pieces.is(next, "of") && pieces.is(next + 1, "age") {
        next + 2
    } else {
        return;
    };
    measure.end = end;
    age(measure);
}

/// Turns a measure of time into one of age.
fn age(measure: &mut Measure) {
    measure.kind = FigureKind::Age;
    measure.name = format!("{} of age", measure.name);
    measure.rule = "<n> years old";
}

/// The rule that reads an age behind a name and a comma.
pub(super) const APPOSED_AGE: &str = "<name>, <n>,";

/// The rule that reads an age behind those who are of it.
pub(super) const PEOPLE_OF_AN_AGE: &str = "<people> under <n>";

/// "people under 30", "women over 50 are": an age, where nothing is counted behind the number.
fn of_people(pieces: &Pieces, numeral: &Numeral) -> bool {
    const PEOPLE: &[&str] = &[
        "people",
        "persons",
        "children",
        "kids",
        "men",
        "women",
        "adults",
        "voters",
        "those",
        "anyone",
        "everyone",
        "youths",
        "residents",
        "players",
        "boys",
        "girls",
        "patients",
        "workers",
        "citizens",
        "drivers",
    ];
    let first = numeral.first;
    let noun = pieces.is_word(numeral.end)
        && (counting::is_plural(pieces.word(numeral.end)) || is_time(pieces, numeral.end));
    let percent = pieces.is_any(numeral.end, &["percent", "per", "%", "-", "points"]);
    first > 1
        && pieces.is_any_before(first, &["under", "over"])
        && pieces.is_any(first - 2, PEOPLE)
        && numeral.value.is_some_and(|value| (2.0..100.0).contains(&value))
        && !noun
        && !percent
}

/// "At 69, she is": an age that a sentence opens with.
fn at_an_age(pieces: &Pieces, numeral: &Numeral) -> bool {
    let who = numeral.end + 1;
    numeral.first == 1
        && pieces.is(0, "at")
        && pieces.is_mark(numeral.end, ',')
        && numeral.value.is_some_and(|value| (14.0..110.0).contains(&value))
        && (pieces.is_any(who, &["he", "she"]) || pieces.get(who).is_some_and(|p| p.pos == Pos::Propn))
}

/// An age told without a unit: "aged 15", "at the age of 21", "Smith, 40, was".
pub(super) fn bare_age(pieces: &Pieces, numeral: &Numeral) -> Option<Measure> {
    let value = numeral.value.filter(|v| (0.0..125.0).contains(v) && v.fract() == 0.0)?;
    let first = numeral.first;
    let person = pieces
        .is_any_before(first, &["is", "was", "be", "were", "am", "are", "'s", "now", "just", "only"])
        && first > 1
        && (first.saturating_sub(3)..first)
            .any(|n| pieces.is_any(n, &["he", "she", "who", "i", "they", "we", "you"]))
        && (pieces.is_any(numeral.end, &[",", ".", "when", "by", "at", "years"])
            || numeral.end >= pieces.len())
        && value >= 1.0;
    let grouped = of_people(pieces, numeral);
    let told = person
        || grouped
        || pieces.is_any_before(first, &["aged", "age", "ages"])
        || first > 1
            && pieces.is_any(first - 2, &["aged"])
            && pieces.is_any(first - 1, &["just", "only", "about"])
        || at_an_age(pieces, numeral)
        || pieces.is_any_before(first, &["of"]) && first > 1 && pieces.is_any(first - 2, &["age", "ages"])
        || pieces.is_any_before(first, &["turned", "turns"])
            && pieces.is_any(numeral.end, &[",", ".", "in", "on", "this", "last", "next"]);
    let person = |n: usize| {
        pieces.capital(n)
            || roles::is_role(pieces.word(n))
            || pieces.lower(n, |w| counting::is(w, Numbering::People))
    };
    let comma = first > 1 && pieces.is_mark(first - 1, ',') && person(first - 2);
    let closed = pieces.is_mark(numeral.end, ',')
        || pieces.is_mark(numeral.end, '.') && numeral.end + 1 == pieces.len();
    let apposed = comma
        && closed
        && value >= 5.0
        && numeral.form == Form::Digits
        && numeral.scale == 1.0
        && !pieces.lower(first - 2, |w| counting::is(w, Numbering::Month));
    if !(told || apposed) {
        return None;
    }
    let start = if pieces.is_any_before(first, &["aged"]) { first - 1 } else { first };
    let mut measure = Measure::of(units::named("year")?, start, numeral.end, APPOSED_AGE);
    age(&mut measure);
    measure.rule = APPOSED_AGE;
    if told {
        measure.rule = if grouped { PEOPLE_OF_AN_AGE } else { "aged <n>" };
    }
    Some(measure)
}
