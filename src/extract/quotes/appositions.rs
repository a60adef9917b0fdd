//! Appositions: the subject before what a pair of commas puts between it and its cue.
//!
//! "Hugh Hill, a doctor who treated him, said", "The porter, 61, said": the words between the commas
//! hold names of their own, who did not speak.

use super::complements::{can_speak, subject_ending};
use super::cues::Items;
use super::frames::Frame;
use super::sources::REACH;
use crate::annotate::Pos;

/// The phrase before an apposition or relative clause that ends with the comma at `comma`:
/// "Hugh Hill, a doctor who treated him, said".
pub fn past_apposition(frame: &Frame<'_>, comma: usize) -> Option<Items> {
    for k in opening_commas(frame, comma) {
        let Some(found) = subject_ending(frame, k - 1) else { continue };
        let person = of_a_person(frame, k + 1..comma) || begins_clause(frame, &found) && of_it(frame, k + 1);
        if !governed(frame, &found) && (person || can_speak(frame, &found)) {
            return Some(with_name_behind(frame, found, comma));
        }
    }
    None
}

/// The phrase that opens the clause, whatever it names, before an apposition that ends with the comma at
/// `comma`: "The winger, a father of two, said". Only what speaks has a cue behind it.
pub fn clause_opener(frame: &Frame<'_>, comma: usize) -> Option<Items> {
    let first = opening_commas(frame, comma).next()?;
    let found = subject_ending(frame, first - 1)?;
    let determined =
        frame.items[found.start].classes.determiner() || frame.items[found.start].classes.possessive();
    let dated = frame.items[found.clone()].iter().any(|n| n.classes.time() || n.classes.weekday());
    (begins_clause(frame, &found) && determined && !dated).then_some(found)
}

/// Where an apposition that ends with the comma at `comma` may open, in the clause's order.
fn opening_commas<'f>(frame: &'f Frame<'_>, comma: usize) -> impl Iterator<Item = usize> + 'f {
    let lowest = comma.saturating_sub(REACH);
    let opens = |i: &usize| frame.items[*i].is(",") || matches!(frame.items[*i].text, "—" | "–" | "--");
    let begin = (lowest..comma)
        .rev()
        .find(|&k| frame.items[k].quote.is_some() || frame.items[k].is(";") || frame.items[k].is(":"));
    (begin.map_or(lowest, |b| b + 1).max(1)..comma).filter(opens)
}

/// Whether a preposition or verb governs the phrase, so that it is no subject.
fn governed(frame: &Frame<'_>, found: &Items) -> bool {
    found.start.checked_sub(1).map(|b| &frame.items[b]).is_some_and(|b| {
        b.classes.preposition() && !b.is("as") || b.pos == Pos::Verb && !b.gerund() || b.is("-")
    })
}

/// Whether nothing but a conjunction stands before the phrase in its sentence.
fn begins_clause(frame: &Frame<'_>, found: &Items) -> bool {
    found.start == 0 || found.start == 1 && frame.items[0].classes.conjunction()
}

/// Whether what stands between the commas is said of persons alone: an age, or a clause with "who".
fn of_a_person(frame: &Frame<'_>, between: Items) -> bool {
    let words = &frame.items[between];
    let first = words.split(|n| n.is(",")).next().unwrap_or_default();
    let age = |n: &super::frames::Item<'_>| n.text.len() <= 3 && n.text.bytes().all(|b| b.is_ascii_digit());
    match first {
        [one] => age(one),
        [aged, number] => (aged.is("aged") || aged.is("now")) && age(number),
        [who, ..] => who.is("who"),
        [] => false,
    }
}

/// Whether a relative clause follows that a thing may have too: "The museum, which ...".
fn of_it(frame: &Frame<'_>, first: usize) -> bool {
    frame.get(first).is_some_and(|n| n.is("which") || n.is("whose"))
}

/// A description with the name that follows it as an apposition: "the mayor's lawyer, Jon Reyes,".
fn with_name_behind(frame: &Frame<'_>, found: Items, comma: usize) -> Items {
    let described = frame.items[found.clone()].iter().any(|n| n.noun.is_some() && !n.capital())
        && frame.items[found.end..comma].first().is_some_and(|c| c.is(","));
    let name = found.end + 1..comma;
    let all_named = (2..=5).contains(&name.len())
        && frame.items[name.clone()].iter().all(|n| n.capital() || n.is(".") || n.is("-"));
    if described && all_named { found.start..comma } else { found }
}
