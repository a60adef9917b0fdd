//! Nouns that report: "her claim that ...", "in the words of one aide", "a promise by the mayor".

use super::cues::{Items, Report};
use super::frames::Frame;
use super::phrases;
use super::sources::{can_speak, noun_phrase_from};
use crate::lexicon::reporting;

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
            None => return None,
        },
    };
    let rule = if source.is_some() { "noun that reports" } else { "no subject" };
    leads(frame, after).then(|| Report { cue: i..i + 1, verb: Some(noun), source, hearer: None, rule })
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
