//! Ages: numbers that say how old somebody is, with their unit or without ("15-year-old", "aged 15", "Smith, 40,").

use super::decades::DECADE;
use super::measures::Measure;
use super::numerals::{Form, Numeral, skip_dash};
use super::phrases::{is_noun, is_time};
use super::pieces::Pieces;
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::{EntityKind, FigureKind};
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

/// The rule that reads an age by the words before it.
pub(super) const AGED: &str = "aged <n>";

/// The rule that reads an age behind those who are of it.
pub(super) const PEOPLE_OF_AN_AGE: &str = "<people> under <n>";

/// "people under 30", "women over 50 are", "men between 25 and 40": an age, where nothing is counted behind it.
fn of_people(pieces: &Pieces, numeral: &Numeral) -> bool {
    let first = numeral.first;
    let both = pieces.is_any_before(first, &["between"]) && pieces.is(numeral.end, "and");
    // "men between 25 and 40": what stands behind the second tells what both count.
    let end = if both { numeral.end + 2 } else { numeral.end };
    let noun = pieces.is_word(end) && (counting::is_plural(pieces.word(end)) || is_time(pieces, end));
    let percent = pieces.is_any(end, &["percent", "per", "%", "-", "points"]);
    first > 1
        && (pieces.is_any_before(first, &["under", "over"]) || both)
        && (pieces.is_any(first - 2, &["those", "them", "anyone", "everyone", "somebody", "anybody"])
            || pieces.lower(first - 2, |w| counting::is(&counting::singular(w), Numbering::People)))
        && numeral.value.is_some_and(|value| (2.0..100.0).contains(&value))
        && !noun
        && !percent
}

/// "At 69, she is", "At 16 he left", "she died on Monday at 83": an age at which something happened.
fn at_an_age(pieces: &Pieces, numeral: &Numeral) -> bool {
    let (first, end) = (numeral.first, numeral.end);
    let old = numeral.value.is_some_and(|value| (14.0..110.0).contains(&value))
        && pieces.is_any_before(first, &["at"]);
    let comma = usize::from(pieces.is_mark(end, ','));
    let somebody = pieces.is_any(end + comma, &["he", "she"])
        || comma == 1
            && pieces.get(end + 1).is_some_and(|p| p.pos == Pos::Propn)
            && pieces.named(end + 1, EntityKind::Place).is_none();
    // "retired hurt with England at 83" tells how the game stood.
    let died = (first.saturating_sub(8)..first)
        .rev()
        .take_while(|&n| !pieces.is(n, "with"))
        .any(|n| pieces.is_any(n, &["died", "dies", "retired", "widowed"]));
    // "even now at 86 she walks", "and at 86, he": whoever it is stands right behind.
    let led = first > 1
        && pieces.is_any(first - 2, &["now", "even", "and", "but", "yet", "still", "only", ",", "—", "–"]);
    let pronoun = pieces.is_any(end + comma, &["he", "she"]) && led;
    old && (first == 1 && somebody || pronoun || died && ends_there(pieces, end))
}

/// "aged 15", "aged between 20 and 35", "at the age of 21", "ages 5 to 9".
fn of_age(pieces: &Pieces, numeral: &Numeral) -> bool {
    let (first, end) = (numeral.first, numeral.end);
    const AGED: &[&str] = &["aged", "age", "ages"];
    let before = |n: usize, words: &[&str]| first >= n && pieces.is_any(first - n, words);
    // "Ice Age 5", "at her age two marathons"
    let named =
        before(1, &["age", "ages"]) && first > 1 && pieces.capital(first - 1) && pieces.capital(first - 2);
    let alone = before(1, &["aged"]) || !is_noun(pieces, end) || is_time(pieces, end) || pieces.capital(end);
    before(1, AGED) && !named && alone
        || before(2, &["aged"]) && before(1, &["just", "only", "about", "between", "from"])
        || before(2, &["age", "ages"]) && before(1, &["of"])
        || before(2, &["ages", "age"]) && before(1, &["between"])
        || before(3, &["ages"]) && before(2, &["of"]) && before(1, &["between"])
        // "the average age is 38"
        || before(2, &["age"]) && before(1, &["is", "was"])
}

/// "she is 40.", "the boy was three", "his sons are 5 and 7", "Carrow was 12 when".
fn said_of_somebody(pieces: &Pieces, numeral: &Numeral) -> bool {
    const BE: &[&str] = &["is", "was", "be", "were", "am", "are", "'s", "’s"];
    const JUST: &[&str] = &["now", "just", "only", "about", "almost", "nearly", "then", "still", "already"];
    let mut at = numeral.first;
    while pieces.is_any_before(at, JUST) {
        at -= 1;
    }
    let bare = numeral.form == Form::Digits || numeral.form == Form::Words;
    if at < 2 || !bare || numeral.scale != 1.0 || !(pieces.is_any_before(at, BE) || at < numeral.first) {
        return false;
    }
    // "the number he gave was 40": the pronoun is of another clause.
    let is_help = |n: usize| {
        pieces.is_any(n, BE) || pieces.get(n).is_some_and(|p| matches!(p.pos, Pos::Adv | Pos::Aux))
    };
    let who = (at.saturating_sub(3)..at).rev().find(|&n| !is_help(n));
    let pronoun = who.is_some_and(|n| pieces.is_any(n, &["he", "she", "who", "i", "they", "we", "you"]));
    // "who is 2 and 0 this season"
    let pronoun = pronoun && !(pieces.is(numeral.end, "and") && pieces.digits(numeral.end + 1).is_some());
    let be = pieces.is_any_before(at, BE);
    let whose = at.checked_sub(2).filter(|_| be);
    let determined = |n: usize| {
        pieces.is_any_before(n, &["the", "his", "her", "their", "my", "our", "your", "a", "an", "this"])
            || pieces.get(n.wrapping_sub(1)).is_some_and(|p| p.pos == Pos::Adj)
            || pieces.lower(n.wrapping_sub(1), |w| w.ends_with("'s"))
    };
    let someone = whose.is_some_and(|n| {
        let kin = pieces.lower(n, |w| counting::is(&counting::singular(w), Numbering::Kin));
        let person =
            pieces.lower(n, |w| counting::is(w, Numbering::People)) || roles::is_role(pieces.word(n));
        let person = person || pieces.is_any(n, &["victim", "oldest", "youngest", "eldest"]);
        (kin || person) && determined(n)
    });
    let named = whose.is_some_and(|n| pieces.get(n).is_some_and(|p| p.pos == Pos::Propn));
    let when =
        pieces.is(numeral.end, "when") || pieces.is(numeral.end, "at") && pieces.is(numeral.end + 2, "time");
    (pronoun || someone) && ends_there(pieces, numeral.end) || named && when
}

/// Whether nothing is counted behind a number, so that it may be an age.
fn ends_there(pieces: &Pieces, end: usize) -> bool {
    const ON: &[&str] =
        &["when", "by", "at", "years", "and", "but", "or", "next", "this", "last", "now", "today"];
    const MARKS: &[&str] = &[",", ".", ";", ")", "?", "!", "”", "\"", "—", "–"];
    // "who is five and a half"
    let part = pieces.is(end, "and") && pieces.is_any(end + 1, &["a", "one"]);
    end >= pieces.len() || !part && pieces.is_any(end, ON) || pieces.is_any(end, MARKS)
}

/// "a child of seven", "a man of 60": not "a man of two faces", "a mother of three".
fn of_one_person(pieces: &Pieces, numeral: &Numeral) -> bool {
    const ONE: &[&str] = &[
        "child",
        "boy",
        "girl",
        "man",
        "woman",
        "lad",
        "lass",
        "youth",
        "youngster",
        "kid",
        "person",
        "baby",
        "toddler",
        "teenager",
        "pensioner",
        "widow",
        "widower",
        "bachelor",
    ];
    let Some(noun) = numeral.first.checked_sub(2).filter(|_| pieces.is_any_before(numeral.first, &["of"]))
    else {
        return false;
    };
    let determined =
        (noun.saturating_sub(2)..noun).any(|n| pieces.is_any(n, &["a", "an", "any", "no", "every"]));
    let verb = pieces.get(numeral.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    let goes_on = verb || pieces.is_any(numeral.end, &["from", "to", "who", "with"]);
    pieces.is_any(noun, ONE)
        && determined
        && numeral.scale == 1.0
        && (ends_there(pieces, numeral.end) || goes_on && pieces.is_word(numeral.end))
}

/// "Smith, 40, was", "Two boys, 12 and 14, were": an age between commas, behind those who are of it.
fn apposed(pieces: &Pieces, numeral: &Numeral) -> bool {
    let (first, end) = (numeral.first, numeral.end);
    let Some(mut who) = first.checked_sub(2).filter(|_| pieces.is_mark(first - 1, ',')) else { return false };
    // "a mother of two, 34,"
    if who > 1 && pieces.is(who - 1, "of") && pieces.get(who).is_some_and(|p| p.number.is_some()) {
        who -= 2;
    }
    let one = pieces.capital(who)
        || roles::is_role(pieces.word(who))
        || pieces.lower(who, |w| counting::is(w, Numbering::People) || counting::is(w, Numbering::Kin));
    let many = pieces.lower(who, |w| {
        let single = counting::singular(w);
        single != w && (counting::is(&single, Numbering::People) || counting::is(&single, Numbering::Kin))
    });
    // The last of a row closes it: "12 and 14,".
    let mut stop = end;
    while many && pieces.is_any(stop, &[",", "and"]) && pieces.digits(stop + 1).is_some() {
        stop += 2;
    }
    let closed = |at: usize| pieces.is_mark(at, ',') || pieces.is_mark(at, '.') && at + 1 == pieces.len();
    let other = pieces.lower(who, |w| counting::is(w, Numbering::Month))
        || is_tabled(pieces, who, end)
        || pieces.get(who).is_some_and(|p| p.pos == Pos::Adv)
        || pieces.named(who, EntityKind::Place).is_some()
        || pieces.is_any_before(who, &["the"]) && pieces.capital(who) && pieces.word(who).ends_with('s');
    // "Sam, four, was"
    let verb = pieces.get(end + 1).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    let spelt = numeral.form == Form::Words
        && verb
        && pieces.capital(who)
        && pieces.get(who).is_some_and(|p| p.pos == Pos::Propn);
    (one && closed(end) || stop > end && closed(stop))
        && numeral.value.is_some_and(|value| value >= 5.0 || spelt && value > 1.0)
        && (numeral.form == Form::Digits || spelt)
        && numeral.scale == 1.0
        && !other
}

/// Whether a name and its number are of a row of such: "Italy, 40, Spain, 25, and France, 12", where people would be
/// named in full.
fn is_tabled(pieces: &Pieces, who: usize, end: usize) -> bool {
    let set = |name: usize| {
        pieces.capital(name) && pieces.is_mark(name + 1, ',') && pieces.digits(name + 2).is_some()
    };
    let next = end + 1 + usize::from(pieces.is(end + 1, "and"));
    let before = who.checked_sub(3).is_some_and(|n| {
        let and = usize::from(pieces.is(who - 1, "and"));
        n >= and && pieces.is_mark(who - 1 - and, ',') && pieces.digits(who - 2 - and).is_some()
    });
    pieces.is_mark(end, ',') && set(next) || before
}

/// An age told without a unit: "aged 15", "at the age of 21", "Smith, 40, was".
pub(super) fn bare_age(pieces: &Pieces, numeral: &Numeral) -> Option<Measure> {
    let value = numeral.value.filter(|v| (0.0..125.0).contains(v) && v.fract() == 0.0)?;
    let first = numeral.first;
    let grouped = of_people(pieces, numeral);
    let turned = pieces.is_any_before(first, &["turned", "turns"])
        && pieces.is_any(numeral.end, &[",", ".", "in", "on", "this", "last", "next"]);
    let told = value >= 1.0 && said_of_somebody(pieces, numeral)
        || grouped
        || of_age(pieces, numeral)
        || at_an_age(pieces, numeral)
        || of_one_person(pieces, numeral)
        || turned;
    if !(told || apposed(pieces, numeral)) {
        return None;
    }
    let start = if pieces.is_any_before(first, &["aged"]) { first - 1 } else { first };
    let rule = match (told, grouped) {
        (false, _) => APPOSED_AGE,
        (true, true) => PEOPLE_OF_AN_AGE,
        (true, false) => AGED,
    };
    years(start, numeral.end, rule)
}

/// The age in years that pieces `first..end` tell.
pub(super) fn years(first: usize, end: usize, rule: &'static str) -> Option<Measure> {
    let mut measure = Measure::of(units::named("year")?, first, end, rule);
    age(&mut measure);
    measure.rule = rule;
    Some(measure)
}

/// Gives the numbers of a row that follow an age theirs: "aged 14, 15 and 17", "Two boys, 12 and 14,".
pub(super) fn spread(pieces: &Pieces, quantities: &mut [Quantity]) {
    for n in 1..quantities.len() {
        let (before, rest) = quantities.split_at_mut(n);
        let (Some(last), Some(next)) = (before.last(), rest.first_mut()) else { continue };
        let Some(rule) = last.measure.as_ref().filter(|m| m.kind == FigureKind::Age).map(|m| m.rule) else {
            continue;
        };
        let joined = (1..3).contains(&next.first.saturating_sub(last.end))
            && (last.end..next.first).all(|at| pieces.is_any(at, &[",", "and", "or"]));
        let verb = pieces.get(next.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
        let bare = next.measure.is_none()
            && !next.bounded
            && next.numeral.scale == 1.0
            && matches!(next.numeral.form, Form::Digits | Form::Words)
            && next.numeral.value.is_some_and(|value| value < 125.0);
        if joined && bare && rule != DECADE && (verb || ends_there(pieces, next.end)) {
            next.measure = years(next.core, next.end, rule);
        }
    }
}
