//! Content: the words that a report says were said, marked or not.
//!
//! A clause after the cue ("said the talks would resume"), before it ("the talks would resume, Smith
//! said"), around it, or the object of a verb that tells what was said ("criticized the plan").

use std::iter::once;

use super::cues::{Items, Report};
use super::ends;
use super::frames::{Frame, Item};
use super::inserted::{self, adverbial, finite};
use super::{phrases, shows, sources};
use crate::annotate::Pos;
use crate::finding::CueKind;
use crate::lexicon::reporting::{self, CueVerb};

/// How often a form of a verb with an object must credit words for the object to count as reported.
const OBJECT_SHARE: u8 = 50;
/// The same for verbs that govern a clause, where the clause is not opened by "that".
const CLAUSE_SHARE: u8 = 30;
/// How far apart cue and clause may stand.
const ADVERBIAL: usize = 14;
/// How many items name a show at most, with its broadcaster's.
const SHOW: usize = 6;

/// The reported items of the report `r`, in order; empty when it reports nothing in words.
pub fn content(frame: &Frame<'_>, reports: &[Report], r: usize) -> Vec<Items> {
    let report = &reports[r];
    let last = ends::sentence_end(frame);
    let Some(verb) = report.verb else { return according(frame, reports, r, last) };
    if let Some(around) = inserted::content(frame, reports, r, last) {
        let says = (verb.clause || verb.quotes) && verb.share >= CLAUSE_SHARE;
        // "The ferry, called Gull, sank": a name, and nobody gives it here.
        let names = verb.naming && report.inverted();
        return if says && !names { trimmed(frame, around) } else { Vec::new() };
    }
    // "was told by Smith that": what is reported follows the agent.
    let agent = report.rule == "passive, by";
    if report.inverted() && !agent {
        return Vec::new();
    }
    let rest = if report.inverted() { report.extent().end } else { report.cue.end };
    // "Asked by reporters, Roe said": the clause behind the comma is hers.
    if agent && report.cue.start == 0 && frame.get(rest).is_some_and(|n| n.is(",")) {
        return Vec::new();
    }
    if agent && let Some(denied) = denied(frame, report, verb) {
        return vec![denied];
    }
    let Some(begin) = begin(frame, verb, if agent { rest } else { report.cue.end }, last) else {
        return Vec::new();
    };
    if begin == report.cue.end && says_nothing(frame, verb, begin) {
        return Vec::new();
    }
    trimmed(frame, once(begin..ends::end(frame, reports, r, begin, last)))
}

/// What somebody denies in the passive: "the charges were denied by the ministry".
fn denied(frame: &Frame<'_>, report: &Report, verb: &CueVerb) -> Option<Items> {
    let leads =
        |i: &Item<'_>| i.classes.auxiliary() || i.classes.be() || i.classes.adverb() || i.pos == Pos::Adv;
    let last = (0..report.cue.start).rev().find(|&k| !leads(&frame.items[k]))?;
    (verb.kind == CueKind::Denying && verb.object).then(|| sources::subject_ending(frame, last))?
}

/// Whether a verb of saying means something else with its object: "claimed two lives", "called his mother",
/// "denied him a loan".
fn says_nothing(frame: &Frame<'_>, verb: &CueVerb, begin: usize) -> bool {
    let object = begin..phrases::end(frame, begin).max(begin + 1);
    let noun = |i: &Item<'_>| matches!(i.pos, Pos::Noun | Pos::Propn) || i.possessive_s();
    let after = frame.get(object.end);
    // "said nothing had changed", "called his mother a saint": a clause, a name.
    let alone = after.is_none_or(|n| n.mark() || n.classes.preposition() || n.classes.conjunction());
    let other = |k: usize| {
        reporting::unspoken(verb.lemma, &frame.items[k].lower)
            && (k + 1 == object.end || !noun(&frame.items[k + 1]))
    };
    let whom = &frame.items[begin].classes;
    let what = frame.get(begin + 1).filter(|n| !n.mark() && phrases::nominal(n));
    let given = verb.kind == CueKind::Denying
        && whom.oblique()
        && what.is_some_and(|n| !whom.possessive() || n.classes.determiner());
    given || alone && object.clone().any(other)
}

/// "according to Smith": the clause behind it where it opens the sentence, or else the one before.
fn according(frame: &Frame<'_>, reports: &[Report], r: usize, last: usize) -> Vec<Items> {
    let report = &reports[r];
    let Some(source) = &report.source else { return Vec::new() };
    let before = report.cue.start;
    let speaks = sources::can_speak(frame, source);
    // "according to plan": no source.
    if !speaks && source.len() == 1 {
        return Vec::new();
    }
    let words = &frame.items[..before];
    let opens = |w: &Item<'_>| w.mark() || w.quote.is_some() || w.classes.conjunction();
    let adverb = before <= 2 && !words.iter().any(|w| w.is(",") || finite(w, None));
    if adverb || words.iter().all(opens) {
        let comma = (source.end..last.min(source.end + 30)).find(|&k| frame.items[k].is(","));
        let begin = comma.map_or(source.end, |k| inserted::past_description(frame, k + 1, last));
        return trimmed(frame, once(begin..last));
    }
    if let Some(around) = inserted::content(frame, reports, r, last) {
        return trimmed(frame, around);
    }
    // "seated according to their fare class": by what order, nobody says so.
    if !speaks {
        return Vec::new();
    }
    trimmed(frame, once(inserted::clause_start(frame, before)..before))
}

/// Where the content behind a cue begins.
fn begin(frame: &Frame<'_>, verb: &CueVerb, cue_end: usize, last: usize) -> Option<usize> {
    let limit = last.min(cue_end + ADVERBIAL);
    let next = frame.get(cue_end).filter(|_| cue_end < last)?;
    // "said on Monday that ...": nothing but an adverbial may stand between.
    let behind = |from: usize, words: &[&str]| {
        (from..limit)
            .take_while(|&k| {
                k == from
                    || !frame.items[k].mark()
                        && frame.items[k - 1].quote.is_none()
                        && !phrases::subject_pronoun(&frame.items[k])
            })
            .take_while(|&k| adverbial(frame, k) || words.contains(&frame.items[k].lower.as_ref()))
            .find(|&k| words.contains(&frame.items[k].lower.as_ref()))
    };
    // "said on NBC's [Meet the Press] that".
    let shown = shows::on_a_show(frame, cue_end);
    let opener = |words: &[&str]| behind(cue_end, words).or_else(|| behind(shown?, words));
    let questions = ["whether", "if", "why", "how", "what", "who", "when", "where", "about"];
    if verb.question
        && let Some(k) = opener(&questions)
    {
        return Some(k);
    }
    if verb.addressee {
        let all = ["that", "to", "whether", "if", "why", "how", "what", "about", "of", "not"];
        if let Some(k) = behind(past_show(frame, cue_end), &all) {
            return Some(if matches!(frame.items[k].text, "about" | "of") { k + 1 } else { k });
        }
        // "told reporters the talks": the clause behind the addressee. "warned a storm would": none.
        let mut after =
            shows::show(frame, cue_end).unwrap_or_else(|| phrases::end(frame, cue_end)).max(cue_end + 1);
        if frame.get(after).is_some_and(|n| n.pos == Pos::Aux || n.classes.auxiliary()) {
            after = cue_end;
        } else if frame.items[after - 1].classes.tale() {
            // "told the truth at last".
            return None;
        } else if frame.get(after).is_some_and(|n| n.mark()) {
            return None;
        }
        return (verb.clause || verb.share >= 60)
            .then_some(skip_adverbial(frame, after, last))
            .filter(|&k| k < last);
    }
    if (verb.clause || verb.object && verb.quotes)
        && let Some(k) = opener(&["that"])
    {
        return Some(k);
    }
    if verb.naming && verb.share >= OBJECT_SHARE {
        return Some(if next.is("for") || next.is("on") { cue_end + 1 } else { cue_end });
    }
    // "spoke for an hour", "agreed within days": a time, a place or company is nothing said.
    let timed = frame.get(cue_end + 1).is_some_and(|n| n.classes.weekday() || n.pos == Pos::Num);
    if verb.preposition && !timed && verb.prepositions.split(' ').any(|p| next.is(p)) {
        return Some(cue_end + 1);
    }
    // "agreed to meet": what somebody will do, unless the verb is one of promising.
    let doing =
        next.is("to") && !verb.infinitive && frame.get(cue_end + 1).is_some_and(|n| n.pos == Pos::Verb);
    if verb.strict || doing {
        return None;
    }
    if verb.infinitive && (next.is("to") || verb.object && opener(&["to"]).is_some()) {
        return Some(cue_end);
    }
    if verb.clause && verb.share >= CLAUSE_SHARE && !knows_whom(frame, cue_end) {
        let k = skip_adverbial(frame, cue_end, last);
        let clause = frame.items[k..last.min(k + 25)]
            .iter()
            .any(|w| matches!(w.pos, Pos::Verb | Pos::Aux) || w.classes.auxiliary());
        if clause && !matches!(frame.items[k].pos, Pos::Adp) && k < last {
            return Some(k);
        }
    }
    let object = verb.object
        && verb.share >= OBJECT_SHARE
        && (phrases::nominal(next) || next.classes.oblique() || next.classes.complementizer());
    object.then_some(cue_end)
}

/// Whether the verb before item `k` has a person for its object, not a clause: "people who knew him | said".
fn knows_whom(frame: &Frame<'_>, k: usize) -> bool {
    let (Some(whom), Some(next)) = (frame.get(k), frame.get(k + 1)) else { return false };
    let owns = whom.classes.possessive() && phrases::nominal(next);
    whom.classes.oblique()
        && !phrases::subject_pronoun(whom)
        && !owns
        && (finite(next, None) || next.verb.is_some())
}

/// Past the show that somebody told: "told KLBM's [Harbour Nights] | on Monday that".
fn past_show(frame: &Frame<'_>, cue_end: usize) -> usize {
    if let Some(end) = shows::show(frame, cue_end) {
        return end;
    }
    let show = (cue_end..frame.items.len().min(cue_end + SHOW)).find(|&k| frame.items[k].quote.is_some());
    show.filter(|&k| k == cue_end || frame.items[k - 1].possessive_s()).map_or(cue_end, |k| k + 1)
}

/// Past times and places between a cue and its clause: "said Monday", "said in a statement".
fn skip_adverbial(frame: &Frame<'_>, from: usize, last: usize) -> usize {
    let mut k = from;
    while k < last && k < from + ADVERBIAL {
        let item = &frame.items[k];
        if item.classes.weekday() {
            k += 1;
            if frame.get(k).is_some_and(|n| n.classes.time()) {
                k += 1;
            }
        } else if matches!(
            item.lower.as_ref(),
            "on" | "in" | "at" | "during" | "to" | "earlier" | "last" | "via" | "through"
        ) {
            let phrase = k + 1..phrases::end(frame, k + 1).min(last);
            let occasion = phrase.clone().any(|i| {
                let n = &frame.items[i];
                n.classes.occasion() || n.classes.weekday() || n.classes.time() || n.classes.addressee()
            });
            if !occasion || phrase.is_empty() {
                break;
            }
            k = phrase.end;
        } else {
            break;
        }
    }
    if k > from && frame.get(k).is_some_and(|n| n.is(",")) && k + 1 < last {
        k += 1;
    }
    k.min(last.saturating_sub(1)).max(from.min(last))
}

/// The ranges without marks at their ends, and without those that hold no word.
fn trimmed(frame: &Frame<'_>, ranges: impl IntoIterator<Item = Items>) -> Vec<Items> {
    let bare = |i: usize| frame.items[i].mark() && !matches!(frame.items[i].text, "$" | "#" | "@");
    ranges
        .into_iter()
        .filter_map(|mut range| {
            while range.start < range.end && bare(range.start) {
                range.start += 1;
            }
            while range.end > range.start
                && bare(range.end - 1)
                && !matches!(frame.items[range.end - 1].text, ")" | "%")
            {
                range.end -= 1;
            }
            (range.start < range.end).then_some(range)
        })
        .collect()
}
