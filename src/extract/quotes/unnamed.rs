//! Unnamed: what is told, asked or alleged without a word on who did.
//!
//! "Jurors were told that", "the court heard that", "it was claimed that", "asked whether", "Hale is said
//! to have": the words are reported, and nobody is credited with them. Who was told is no source.

use super::complements::{noun_phrase_from, subject_ending};
use super::content::told;
use super::cues::{Items, Report};
use super::ends;
use super::frames::{Frame, Item};
use super::inserted;
use super::sources::before_verb;
use crate::annotate::Pos;
use crate::finding::CueKind;
use crate::lexicon::reporting::{self, CueVerb};

/// The rule of a passive whose agent is not named.
pub const PASSIVE: &str = "passive, no agent";
/// The rule of what a court or committee heard.
pub const HEARD: &str = "heard, not said from whom";
/// The rule of what it heard from somebody.
pub const HEARD_FROM: &str = "heard from";

/// How many helpers and adverbs stand before a participle at most.
const HELPERS: usize = 5;
/// How many items are looked through for a verb that waits for its subject.
const WAITS: usize = 60;
/// How many items describe who asks at most, with their commas.
const APPOSITION: usize = 14;
/// How many items name who hears at most.
const BODY: usize = 8;

/// The report of what a court, a jury or a committee heard, at item `i`: "the inquest heard that", "the court
/// heard from Roe how". What else is heard ("a bang", "evidence") is no report, nor what others hear.
pub fn heard(frame: &Frame<'_>, i: usize) -> Option<Report> {
    if !matches!(frame.items[i].lower.as_ref(), "heard" | "hears") {
        return None;
    }
    let hearer = subject_ending(frame, before_verb(frame, i)?)?;
    let words = &frame.items[hearer.clone()];
    if !words.iter().rev().take(BODY).any(|w| w.classes.hearing()) {
        return None;
    }
    let from = frame.get(i + 1).filter(|n| n.is("from")).and_then(|_| noun_phrase_from(frame, i + 2));
    let next = from.as_ref().map_or(i + 1, |s| s.end);
    let inserted = hearer.start > 0
        && frame.items[hearer.start - 1].is(",")
        && frame.get(next).is_none_or(|n| matches!(n.text, "," | "."));
    let marked = frame.get(next).is_some_and(|n| n.quote.is_some() || n.is(":"));
    let last = frame.items.len();
    if !inserted && !marked && told(frame, &reporting::HEAR, next, last).is_none() {
        return None;
    }
    let rule = if from.is_some() { HEARD_FROM } else { HEARD };
    Some(Report { cue: i..i + 1, verb: Some(&reporting::HEAR), source: from, hearer: Some(hearer), rule })
}

/// Who was told by the passive cue at item `i`: "| jurors | were told that". For verbs that only take a clause
/// this is the "it" of "it was claimed".
pub fn hearer(frame: &Frame<'_>, i: usize, verb: &CueVerb, rule: &str) -> Option<Items> {
    if !rule.starts_with("passive") || verb.naming {
        return None;
    }
    let last = before_verb(frame, i)?;
    let item = &frame.items[last];
    let found = if item.classes.relative() {
        subject_ending(frame, (0..last).rev().find(|&k| !frame.items[k].is(","))?)?
    } else {
        subject_ending(frame, last)?
    };
    (verb.addressee || verb.clause).then_some(found)
}

/// Whether the participle at item `i` says what is generally held, whatever the tagger takes it for: "it is | widely
/// believed | that".
pub fn impersonal(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let helps = |n: &Item<'_>| n.classes.auxiliary() || n.classes.adverb() || n.pos == Pos::Adv;
    let first = (i.saturating_sub(HELPERS)..i).rev().find(|&k| !helps(&frame.items[k]));
    let be = i > 0 && frame.items[first.map_or(i, |k| k + 1)..i].iter().any(|n| n.classes.be());
    verb.clause && frame.items[i].past() && be && first.is_some_and(|k| frame.items[k].is("it"))
}

/// Whether the report says what was told, asked or claimed and not by whom.
pub fn unnamed(report: &Report) -> bool {
    report.source.is_none() && matches!(report.rule, PASSIVE | HEARD)
}

/// Whether somebody was told or heard something, and not asked.
pub fn told_what(report: &Report) -> bool {
    report.hearer.is_some()
        && report.verb.is_some_and(|v| !v.question && (v.addressee || report.rule == HEARD))
}

/// What the report without a source reports.
pub fn content(frame: &Frame<'_>, reports: &[Report], r: usize, last: usize) -> Vec<Items> {
    let report = &reports[r];
    let Some(verb) = report.verb else { return Vec::new() };
    let it = report.hearer.as_ref().is_some_and(|h| h.len() == 1 && frame.items[h.start].is("it"));
    let asked = verb.addressee && !it;
    if (it || asked || report.rule == HEARD)
        && report.hearer.is_some()
        && let Some(around) = inserted::content(frame, reports, r, last)
    {
        return around;
    }
    if it || asked || report.rule == HEARD {
        let begin = told(frame, verb, report.cue.end, last);
        let spans = begin.into_iter().map(|b| b..ends::end(frame, reports, r, b, last));
        // "asked about the report": on what, and not what.
        let clause = |c: &Items| frame.items[c.clone()].iter().any(|n| inserted::finite(n, None));
        return spans.filter(|c| !verb.question || clause(c) || frame.items[c.start].is("to")).collect();
    }
    said_to_be(frame, reports, r, last).unwrap_or_default()
}

/// "Hale is said to have lied": of whom it is said, and what.
fn said_to_be(frame: &Frame<'_>, reports: &[Report], r: usize, last: usize) -> Option<Vec<Items>> {
    let report = &reports[r];
    let speech = report.verb.is_some_and(|v| v.clause && v.kind != CueKind::Thinking && !v.infinitive);
    let to = frame.get(report.cue.end).filter(|n| n.is("to") && speech);
    let verb = frame.get(report.cue.end + 1).filter(|v| v.is("have") || v.is("be") || v.pos == Pos::Verb);
    // "is reported to have called": that has a report of its own.
    let helped = (report.cue.end + 1..last).find(|&k| !helper(&frame.items[k]))?;
    let own = frame.items[helped].verb.is_some() && frame.items[report.cue.end + 1].is("have");
    let subject = report.hearer.clone().filter(|_| to.is_some() && verb.is_some() && !own)?;
    let end = ends::end(frame, reports, r, report.cue.end, last);
    Some(vec![subject, report.cue.end..end])
}

fn helper(item: &Item<'_>) -> bool {
    item.is("have") || item.is("been") || item.pos == Pos::Adv
}

/// Whether the participle at item `i` says what its subject, named elsewhere, was asked or told: "Asked about it,
/// Roe said", "Roe, when asked whether", "if told that".
pub fn participle(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    if !verb.addressee || !frame.items[i].past() {
        return false;
    }
    let Some(before) = i.checked_sub(1).map(|b| &frame.items[b]) else { return true };
    let next = frame.get(i + 1);
    let question = verb.question
        && next.is_some_and(|n| {
            n.classes.complementizer() && !n.is("that") || matches!(n.lower.as_ref(), "about" | "by" | "on")
        });
    // "The leader, Ben Cole, asked why it was late": he did, where no other verb waits for its subject.
    let waits = || {
        (i + 1..frame.items.len().min(i + WAITS))
            .any(|k| frame.items[k].is(",") && frame.get(k + 1).is_some_and(|n| inserted::finite(n, None)))
    };
    let described = || frame.items[i.saturating_sub(APPOSITION)..i - 1].iter().any(|n| n.is(","));
    let asks = before.is(",") && described() && !waits();
    before.classes.subordinator() && !before.is("that")
        || question && !asks && (before.is(",") || before.is("—") || before.quote.is_some())
}
