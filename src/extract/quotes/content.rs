//! Content: the words that a report says were said, marked or not.
//!
//! A clause after the cue ("said the talks would resume"), before it ("the talks would resume, Smith
//! said"), around it, or the object of a verb that tells what was said ("criticized the plan").

use std::iter::once;

use super::cues::{Items, Report};
use super::ends;
use super::frames::{Frame, Item};
use super::inserted::{self, adverbial, finite};
use super::{complements, phrases, relatives, shows, unnamed};
use crate::annotate::Pos;
use crate::finding::{CueKind, SpeakerForm};
use crate::lexicon::reporting::{self, CueVerb};

/// How often a form of a verb with an object must credit words for the object to count as reported.
const OBJECT_SHARE: u8 = 50;
/// The same for verbs that govern a clause, where the clause is not opened by "that".
const CLAUSE_SHARE: u8 = 30;
/// How far apart cue and clause may stand.
const ADVERBIAL: usize = 14;
/// Words that open what is asked.
const QUESTIONS: [&str; 9] = ["whether", "if", "why", "how", "what", "who", "when", "where", "about"];
/// How many items name a show at most, with its broadcaster's.
const SHOW: usize = 6;

/// The reported items of the report `r`, in order; empty when it reports nothing in words.
pub fn content(frame: &Frame<'_>, reports: &[Report], r: usize) -> Vec<Items> {
    let report = &reports[r];
    let last = ends::sentence_end(frame);
    let Some(verb) = report.verb else { return according(frame, reports, r, last) };
    if verb.noun {
        // "issued a warning that".
        let begin = report.cue.end;
        let that = frame.get(begin).is_some_and(|n| n.is("that")) && begin + 1 < last;
        return if that {
            trimmed(frame, once(begin..ends::end(frame, reports, r, begin, last)))
        } else {
            Vec::new()
        };
    }
    if unnamed::unnamed(report) {
        return trimmed(frame, unnamed::content(frame, reports, r, last));
    }
    if let Some(parts) = relatives::content(frame, reports, r, last) {
        return trimmed(frame, parts);
    }
    if let Some(around) = inserted::content(frame, reports, r, last) {
        // "The toll was void, a judge ruled": behind a clause even what seldom reports does.
        let ruled = verb.clause && frame.items[report.cue.start].past();
        let says = (verb.clause || verb.quotes) && verb.share >= CLAUSE_SHARE || ruled;
        // "The ferry, called Gull, sank": a name, and nobody gives it here.
        let names = verb.naming && report.inverted();
        return if says && !names { trimmed(frame, around) } else { Vec::new() };
    }
    // "was told by Smith that": what is reported follows the agent.
    let agent = matches!(report.rule, "passive, by" | unnamed::HEARD_FROM);
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
    if begin == report.cue.end && says_nothing(frame, verb, begin) || adds(frame, reports, report, begin) {
        return Vec::new();
    }
    let end = ends::end(frame, reports, r, begin, last);
    trimmed(frame, once(begin..relatives::end(frame, report, begin, end)))
}

/// Whether a noun stands for people and not for a document.
fn speaks(form: SpeakerForm) -> bool {
    form != SpeakerForm::Document
}

/// Whether another report of the same source follows the cue, and nothing it says itself: "[quote,] Roe said in
/// Ulm, adding that".
fn adds(frame: &Frame<'_>, reports: &[Report], report: &Report, begin: usize) -> bool {
    let comma = |k: usize| frame.get(k).is_some_and(|n| n.is(","));
    let next = if comma(begin) { begin + 1 } else { begin };
    if next <= report.cue.end || !comma(next - 1) {
        return false;
    }
    let first = reports.partition_point(|x| x.cue.start < next);
    let own = |x: &Report| frame.items[x.cue.start].gerund() && x.rule == "shared subject";
    reports[first..].iter().take(2).any(|x| x.cue.start <= next + 1 && own(x))
}

/// What somebody denies in the passive: "the charges were denied by the ministry".
fn denied(frame: &Frame<'_>, report: &Report, verb: &CueVerb) -> Option<Items> {
    let leads =
        |i: &Item<'_>| i.classes.auxiliary() || i.classes.be() || i.classes.adverb() || i.pos == Pos::Adv;
    let last = (0..report.cue.start).rev().find(|&k| !leads(&frame.items[k]))?;
    (verb.kind == CueKind::Denying && verb.object).then(|| complements::subject_ending(frame, last))?
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
    // "welcomed the guests", "welcomed her".
    let somebody = |i: &Item<'_>| i.noun.is_some_and(speaks) || i.capital() || i.classes.oblique();
    if verb.thing && object.clone().any(|k| somebody(&frame.items[k])) {
        return true;
    }
    let whom = &frame.items[begin].classes;
    let what = frame.get(begin + 1).filter(|n| !n.mark() && phrases::nominal(n));
    let given = verb.kind == CueKind::Denying
        && whom.oblique()
        && what.is_some_and(|n| !whom.possessive() || n.classes.determiner());
    // "The goalkeeper denied Roe": no name can be denied.
    let named = verb.lemma == "deny" && frame.items[object.clone()].iter().all(Item::capital);
    given || alone && (named || object.clone().any(other))
}

/// "according to Smith": the clause behind it where it opens the sentence, or else the one before.
fn according(frame: &Frame<'_>, reports: &[Report], r: usize, last: usize) -> Vec<Items> {
    let report = &reports[r];
    let Some(source) = &report.source else { return Vec::new() };
    let before = report.cue.start;
    let speaks = complements::can_speak(frame, source) || frame.items[source.start].classes.oblique();
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

/// The first of `words` from item `from` on, with nothing but an adverbial before it: "said on Monday | that".
fn opened(frame: &Frame<'_>, from: usize, limit: usize, words: &[&str]) -> Option<usize> {
    (from..limit)
        .take_while(|&k| {
            k == from
                || (!frame.items[k].mark() || phrases::joined(frame, k))
                    && frame.items[k - 1].quote.is_none()
                    && !phrases::subject_pronoun(&frame.items[k])
        })
        .take_while(|&k| adverbial(frame, k) || words.contains(&frame.items[k].lower.as_ref()))
        .find(|&k| words.contains(&frame.items[k].lower.as_ref()))
}

/// Where what somebody was told begins behind a passive cue that ends before item `from`: at "that", "whether",
/// "about", "to leave", or a bare clause.
pub fn told(frame: &Frame<'_>, verb: &CueVerb, from: usize, last: usize) -> Option<usize> {
    let limit = last.min(from + ADVERBIAL);
    let bare = skip_adverbial(frame, from, last);
    let opens = |n: &Item<'_>| match n.lower.as_ref() {
        "about" => verb.question,
        "to" | "not" | "of" => verb.quotes && verb.addressee,
        word => QUESTIONS.contains(&word),
    };
    let right_behind = frame.get(bare).filter(|n| bare < last && opens(n)).map(|_| bare);
    let open = right_behind.or_else(|| opened(frame, from, limit, &["that"]));
    match open {
        Some(k) if matches!(frame.items[k].lower.as_ref(), "about" | "of" | "against") => {
            Some(k + 1).filter(|&k| k < last)
        }
        Some(k) if frame.items[k].is("to") => {
            let does = frame.get(k + 1).is_some_and(|n| n.pos == Pos::Verb || n.is("be") || n.is("have"));
            does.then_some(k)
        }
        Some(k) => Some(k),
        None => (clause_at(frame, bare, last) || past_clause(frame, bare, last)).then_some(bare),
    }
}

/// Whether somebody did something from item `k` on: "the ferry sank"; but "a recording played in court" is one.
fn past_clause(frame: &Frame<'_>, k: usize, last: usize) -> bool {
    let Some(subject) = complements::noun_phrase_from(frame, k).filter(|s| k < last && s.end < last) else {
        return false;
    };
    let verb = &frame.items[subject.end];
    let after = frame.get(subject.end + 1).filter(|_| subject.end + 1 < last);
    let participle = after.is_none_or(|n| n.classes.preposition() || n.mark());
    let indefinite = frame.items[k].is("a") || frame.items[k].is("an");
    verb.pos == Pos::Verb && verb.past() && !(participle && indefinite) && !after.is_some_and(|n| n.is("by"))
}

/// Whether a clause without "that" begins at item `k`: somebody or something, and a finite verb right behind.
pub fn clause_at(frame: &Frame<'_>, k: usize, last: usize) -> bool {
    let Some(first) = frame.get(k).filter(|_| k < last) else { return false };
    let pronoun = phrases::subject_pronoun(first) || first.is("there");
    let end = if pronoun { Some(k + 1) } else { complements::noun_phrase_from(frame, k).map(|s| s.end) };
    let Some(end) = end else { return false };
    // "Roe, 34, had".
    let comma = |k: usize| frame.get(k).is_some_and(|n| n.is(","));
    let aside = (end + 2..last.min(end + ADVERBIAL)).find(|&k| comma(end) && comma(k));
    let end = aside.map_or(end, |k| k + 1);
    let verb = (end..last.min(end + 3)).find(|&v| {
        let n = &frame.items[v];
        !(n.classes.adverb() || n.pos == Pos::Adv || n.lower.ends_with("ly"))
    });
    // "found a man wounded": a past form behind a noun may be a participle.
    verb.is_some_and(|v| {
        let n = &frame.items[v];
        finite(n, None) && (pronoun || inserted::goes_on(n) || !n.past()) && !n.is("to")
    })
}

/// Where the content behind a cue begins.
fn begin(frame: &Frame<'_>, verb: &CueVerb, cue_end: usize, last: usize) -> Option<usize> {
    let limit = last.min(cue_end + ADVERBIAL);
    let next = frame.get(cue_end).filter(|_| cue_end < last)?;
    // "said on NBC's [Meet the Press] that".
    let shown = shows::on_a_show(frame, cue_end);
    let opener =
        |words: &[&str]| opened(frame, cue_end, limit, words).or_else(|| opened(frame, shown?, limit, words));
    if verb.question
        && let Some(k) = opener(&QUESTIONS)
    {
        return Some(k);
    }
    if verb.addressee {
        return behind_addressee(frame, verb, cue_end, last);
    }
    if (verb.clause || verb.object && verb.quotes)
        && let Some(k) = opener(&["that"])
    {
        return Some(k);
    }
    if verb.naming && verb.share >= OBJECT_SHARE {
        let other = matches!(next.lower.as_ref(), "into" | "off" | "out" | "up" | "back" | "in");
        // "a man calling himself a prophet": his name.
        let himself = frame.items[cue_end - 1].gerund() && reflexive(next);
        let begin = if next.is("for") || next.is("on") { cue_end + 1 } else { cue_end };
        return (!other && !himself).then_some(begin);
    }
    // "spoke for an hour", "agreed within days": a time, a place or company is nothing said.
    let timed = frame.get(cue_end + 1).is_some_and(|n| n.classes.weekday() || n.pos == Pos::Num);
    if verb.preposition && !timed && verb.prepositions.split(' ').any(|p| next.is(p)) {
        return Some(cue_end + 1);
    }
    // "agreed to meet": what somebody will do, unless the verb is one of promising.
    let doing =
        next.is("to") && !verb.infinitive && frame.get(cue_end + 1).is_some_and(|n| n.pos == Pos::Verb);
    let bare = skip_adverbial(frame, cue_end, last);
    if verb.strict && clause_at(frame, bare, last) {
        return Some(bare);
    }
    if verb.strict || doing {
        return None;
    }
    if verb.infinitive && (next.is("to") || verb.object && opener(&["to"]).is_some()) {
        return Some(cue_end);
    }
    // "[quote,] he said when asked about it".
    if next.is("when")
        && frame.get(cue_end + 1).is_some_and(|n| n.past() && n.verb.is_some_and(|v| v.addressee))
    {
        return None;
    }
    if verb.clause
        && (verb.share >= CLAUSE_SHARE || clause_at(frame, bare, last))
        && !knows_whom(frame, cue_end)
    {
        let k = skip_adverbial(frame, cue_end, last);
        let words = &frame.items[k..last.min(k + 25)];
        // "said the towns [had no boats]": the clause's verb stands in the marks.
        let subject = words.iter().take_while(|w| phrases::nominal(w) || phrases::subject_pronoun(w)).count();
        let marked = subject > 0 && words.get(subject).is_some_and(|w| w.quote.is_some());
        let clause =
            marked || words.iter().any(|w| matches!(w.pos, Pos::Verb | Pos::Aux) || w.classes.auxiliary());
        if clause && !matches!(frame.items[k].pos, Pos::Adp) && k < last {
            return Some(k);
        }
    }
    let object = verb.object
        && verb.share >= OBJECT_SHARE
        && (phrases::nominal(next) || next.classes.oblique() || next.classes.complementizer());
    object.then_some(cue_end)
}

/// Where the content begins behind a cue that may name whom it was said to: "told reporters | that".
fn behind_addressee(frame: &Frame<'_>, verb: &CueVerb, cue_end: usize, last: usize) -> Option<usize> {
    let limit = last.min(cue_end + ADVERBIAL);
    let next = frame.get(cue_end)?;
    let all = ["that", "to", "whether", "if", "why", "how", "what", "about", "of", "against", "not"];
    // "urged members of the crew to wait": whom, not of what.
    let of = |word: &&&str| verb.kind != CueKind::Ordering || !matches!(**word, "of" | "about" | "against");
    let all: Vec<&str> = all.iter().filter(of).copied().collect();
    if let Some(k) = opened(frame, past_show(frame, cue_end), limit, &all) {
        return Some(if matches!(frame.items[k].text, "about" | "of" | "against") { k + 1 } else { k });
    }
    // "advised drinking more water": nobody is drinking.
    let does = |n: &Item<'_>| n.gerund() && n.pos == Pos::Verb;
    if verb.clause && does(next) && verb.kind == CueKind::Ordering {
        return Some(cue_end);
    }
    // "told reporters the talks": the clause behind the addressee. "warned a storm would": none.
    let mut after =
        shows::show(frame, cue_end).unwrap_or_else(|| phrases::end(frame, cue_end)).max(cue_end + 1);
    if frame.get(after).is_some_and(|n| n.pos == Pos::Aux || n.classes.auxiliary()) {
        after = cue_end;
    } else if frame.items[after - 1].classes.tale() {
        // "told the truth at last".
        return None;
    }
    let ends = |n: &Item<'_>| n.mark() || n.classes.preposition() || n.classes.conjunction();
    let whom = frame.items[cue_end..after.min(last)]
        .iter()
        .any(|n| n.classes.addressee() || n.noun.is_some_and(speaks) || n.capital() || n.classes.oblique());
    // "ordered an inquiry".
    let whom = whom && !next.is("a") && !next.is("an");
    if verb.object && !whom && phrases::nominal(next) && frame.get(after).is_none_or(ends) {
        // "urged calm": what, not whom.
        return Some(cue_end);
    }
    if frame.get(after).is_some_and(|n| n.mark()) {
        return None;
    }
    (verb.clause || verb.share >= 60).then_some(skip_adverbial(frame, after, last)).filter(|&k| k < last)
}

/// "himself".
fn reflexive(item: &Item<'_>) -> bool {
    item.lower.ends_with("self") || item.is("themselves") || item.is("ourselves")
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
pub fn skip_adverbial(frame: &Frame<'_>, from: usize, last: usize) -> usize {
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
