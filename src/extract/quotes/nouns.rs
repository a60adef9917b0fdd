//! Nouns that report: "her claim that ...", "in the words of one aide", "a promise by the mayor".

use super::complements::{can_speak, noun_phrase_from, subject_ending};
use super::cues::{Items, Report};
use super::frames::Frame;
use super::phrases;
use super::sources::before_verb;
use super::unsaid::negated;
use crate::lexicon::reporting::{self, CueVerb};

/// The rule for nouns that a verb hands over: "issued a warning that".
pub const GIVEN: &str = "noun that is given";

/// How many words may stand between a possessor and the noun: "Roe's latest and boldest claim".
const MODIFIERS: usize = 5;

/// The report that the noun at item `i` makes, where it says whose words they are and leads to them.
pub fn report(frame: &Frame<'_>, i: usize) -> Option<Report> {
    let item = &frame.items[i];
    let noun = reporting::cue_noun(&item.lower).filter(|_| !item.capital())?;
    let (source, after) = match possessor(frame, i) {
        Some(source) => (Some(source), i + 1),
        None => match agent(frame, i) {
            Some(source) => (Some(source.clone()), source.end),
            // "greeted with chants of [quote]": words that are only ever said aloud, by whomever.
            None if cried(frame, i) => (None, i + 1),
            None => return given(frame, i, noun),
        },
    };
    let rule = if source.is_some() { "noun that reports" } else { "no subject" };
    leads(frame, after).then(|| Report { cue: i..i + 1, verb: Some(noun), source, hearer: None, rule })
}

/// The report of a noun that somebody hands over: "Roe issued a sharp warning that", "the union sent a message: [quote]".
fn given(frame: &Frame<'_>, i: usize, noun: &'static CueVerb) -> Option<Report> {
    let before = i.saturating_sub(MODIFIERS)..i;
    let verb = before.clone().rev().find(|&k| frame.items[k].classes.giving())?;
    let object = &frame.items[verb + 1..i];
    let plain = object.iter().all(|n| phrases::nominal(n) && !n.possessive_s() && !n.classes.possessive());
    let passive = frame.items[verb].past() && verb > 0 && frame.items[verb - 1].classes.be();
    if !plain || passive || !leads(frame, i + 1) || negated(frame, verb) {
        return None;
    }
    let source = subject_ending(frame, before_verb(frame, verb)?).filter(|s| can_speak(frame, s))?;
    Some(Report { cue: i..i + 1, verb: Some(noun), source: Some(source), hearer: None, rule: GIVEN })
}

/// Whether the noun at `i` is a crowd's: "chants of [quote]".
fn cried(frame: &Frame<'_>, i: usize) -> bool {
    let of_a_quote =
        frame.get(i + 1).is_some_and(|n| n.is("of")) && frame.get(i + 2).is_some_and(|n| n.quote.is_some());
    of_a_quote
        && matches!(
            reporting::cue_noun(&frame.items[i].lower).map(|n| n.lemma),
            Some("chant" | "cry" | "shout" | "cheer" | "call")
        )
}

/// Whose the noun is: "Roe's claim", "his repeated claim", "the voters' demand".
fn possessor(frame: &Frame<'_>, i: usize) -> Option<Items> {
    for k in (i.saturating_sub(MODIFIERS)..i).rev() {
        let item = &frame.items[k];
        if item.classes.possessive() {
            return Some(k..k + 1);
        }
        let plural = matches!(item.text, "'" | "’") && k > 0 && frame.items[k - 1].lower.ends_with('s');
        if item.possessive_s() || plural {
            let last = k.checked_sub(1).filter(|&last| phrases::head(&frame.items[last]))?;
            let source = phrases::start(frame, last)..k;
            return can_speak(frame, &source).then_some(source);
        }
        if !(phrases::nominal(item) || item.classes.conjunction()) || item.classes.determiner() {
            return None;
        }
    }
    None
}

/// Who is behind the noun: "a claim by Roe", "the words of one aide".
fn agent(frame: &Frame<'_>, i: usize) -> Option<Items> {
    frame.get(i + 1).filter(|n| matches!(n.lower.as_ref(), "by" | "from" | "of"))?;
    let source = noun_phrase_from(frame, i + 2)?;
    can_speak(frame, &source).then_some(source)
}

/// The report of a sentence that says whose the words before it were: "Those were the words of one
/// aide", "That is the view of Jane Roe".
pub fn whose(frame: &Frame<'_>) -> Option<Report> {
    let [that, be, the, rest @ ..] = frame.items.as_slice() else { return None };
    let points = matches!(that.lower.as_ref(), "that" | "this" | "those" | "these" | "such");
    if !points || !be.classes.be() || !the.classes.determiner() {
        return None;
    }
    let of = 3 + rest.iter().take(MODIFIERS).position(|n| n.is("of") || n.is("from"))?;
    let noun = of.checked_sub(1).filter(|&k| k > 2)?;
    let verb = Some(reporting::cue_noun(&frame.items[noun].lower)?);
    let source = Some(noun_phrase_from(frame, of + 1).filter(|s| can_speak(frame, s))?);
    Some(Report { cue: noun..noun + 1, verb, source, hearer: None, rule: "the sentence after says whose" })
}

/// Whether words in marks or a clause follow at `k`: `that ...`, `, [quote]`, `of [quote]`, `is that ...`.
fn leads(frame: &Frame<'_>, k: usize) -> bool {
    let quote = |k: usize| frame.get(k).is_some_and(|n| n.quote.is_some());
    let Some(next) = frame.get(k) else { return false };
    let that = |k: usize| frame.get(k).is_some_and(|n| n.is("that"));
    let article = |k: usize| frame.get(k).is_some_and(|n| matches!(n.lower.as_ref(), "a" | "an" | "the"));
    match next.lower.as_ref() {
        "that" => true,
        "," | ":" => quote(k + 1),
        "of" | "for" | "as" => quote(k + 1) || article(k + 1) && quote(k + 2),
        _ => quote(k) || next.classes.be() && (that(k + 1) || quote(k + 1)),
    }
}
