//! Content: the words that a report says were said, marked or not.
//!
//! A clause after the cue ("said the talks would resume"), before it ("the talks would resume, Smith
//! said"), around it, or the object of a verb that tells what was said ("criticized the plan").

use std::iter::once;

use super::cues::{Items, Report};
use super::frames::Frame;
use super::phrases;
use crate::annotate::Pos;
use crate::lexicon::reporting::CueVerb;

/// How often a form of a verb with an object must credit words for the object to count as reported.
const OBJECT_SHARE: u8 = 50;
/// The same for verbs that govern a clause, where the clause is not opened by "that".
const CLAUSE_SHARE: u8 = 30;
/// How far apart cue and clause may stand.
const ADVERBIAL: usize = 14;
/// How many items name a show at most, with its broadcaster's.
const SHOW: usize = 6;
/// How many items a dateline has at most.
const DATELINE: usize = 16;

/// The reported items of the report `r`, in order; empty when it reports nothing in words.
pub fn content(frame: &Frame<'_>, reports: &[Report], r: usize) -> Vec<Items> {
    let report = &reports[r];
    let last = sentence_end(frame);
    let Some(verb) = report.verb else { return according(frame, report, last) };
    let rest = if report.inverted() { report.extent().end } else { report.cue.end };
    let parenthetical = parenthetical(frame, report, rest, last);
    if let Some(begin) = parenthetical {
        if !verb.clause && !verb.quotes || verb.share < CLAUSE_SHARE {
            return Vec::new();
        }
        let mut out = vec![begin];
        // "The plan, Smith said, would fail."
        if frame.get(rest).is_some_and(|n| n.is(","))
            && rest + 1 < last
            && !starts_report(frame, reports, rest + 1)
        {
            out.push(rest + 1..end(frame, reports, r, rest + 1, last));
        }
        return trimmed(frame, out);
    }
    // "was told by Smith that": what is reported follows the agent.
    let agent = report.rule == "passive, by";
    if report.inverted() && !agent {
        return Vec::new();
    }
    let Some(begin) = begin(frame, verb, if agent { rest } else { report.cue.end }, last) else {
        return Vec::new();
    };
    trimmed(frame, once(begin..end(frame, reports, r, begin, last)))
}

/// The item after the sentence's last word.
fn sentence_end(frame: &Frame<'_>) -> usize {
    let mut last = frame.items.len();
    while last > 0 && frame.items[last - 1].mark() && !matches!(frame.items[last - 1].text, ")" | "%") {
        last -= 1;
    }
    last
}

/// The clause before a report that is only put in: "The talks would resume , | Smith said".
fn parenthetical(frame: &Frame<'_>, report: &Report, rest: usize, last: usize) -> Option<Items> {
    let begin = report.extent().start;
    let comma = begin.checked_sub(1)?;
    let closes = matches!(frame.items[comma].text, "," | "—" | "–" | "--")
        || frame.items[comma].quote.is_some() && comma > 0;
    if !closes
        || comma < 2
        || report.source.is_none()
        || report.rule == "past apposition"
        || report.rule == "shared subject"
    {
        return None;
    }
    // Nothing reported may follow: the sentence ends, or goes on after a comma.
    let ends = (rest..last).all(|k| adverbial(frame, k)) || frame.get(rest).is_some_and(|n| n.is(","));
    let clause = (0..comma)
        .rev()
        .take(60)
        .find(|&k| frame.items[k].is(";"))
        .map_or_else(|| past_dateline(frame), |k| k + 1);
    if clause >= comma {
        return None;
    }
    // "On Monday, Smith said": an adverbial is no clause.
    let words = &frame.items[clause..comma];
    let opener = words.first()?;
    let subject = words.iter().any(|w| matches!(w.pos, Pos::Verb | Pos::Aux) || w.classes.auxiliary());
    let goes_on = frame.get(rest).is_some_and(|n| n.is(",")) && rest + 2 < last;
    let adverbial_only = opener.classes.preposition() && words.len() < 8 || !subject && !goes_on;
    (ends && !adverbial_only).then_some(clause..comma)
}

/// The item behind a dateline: "ULM, May 3 (Star) - | The talks", "(Star) — | The talks", "ULM — | The talks".
fn past_dateline(frame: &Frame<'_>) -> usize {
    let dash = |k: &usize| matches!(frame.items[*k].text, "-" | "—" | "–" | "--");
    let Some(k) = (1..frame.items.len().min(DATELINE)).filter(dash).find(|&k| {
        // A hyphen inside a name has no space beside it.
        frame.items[k - 1].span.end < frame.items[k].span.start
            && frame.get(k + 1).is_some_and(|n| frame.items[k].span.end < n.span.start)
    }) else {
        return 0;
    };
    let agency = frame.items[k - 1].is(")");
    let place = frame.items[0].text.chars().filter(|c| c.is_uppercase()).count() > 1
        && !frame.items[0].text.contains(char::is_lowercase);
    let opens = frame.items[0].capital() || frame.items[0].is("(");
    if opens && (agency || place) { k + 1 } else { 0 }
}

/// Whether the item can belong to an adverbial behind a cue: "on Monday", "in a statement", "of the plan".
fn adverbial(frame: &Frame<'_>, k: usize) -> bool {
    let item = &frame.items[k];
    item.quote.is_none()
        && !matches!(item.pos, Pos::Aux | Pos::Sconj)
        && !item.classes.auxiliary()
        && !item.classes.relative()
        && (!matches!(item.pos, Pos::Verb) || item.gerund())
        && !phrases::subject_pronoun(item)
}

/// "according to Smith": the clause behind it, or else the one before.
fn according(frame: &Frame<'_>, report: &Report, last: usize) -> Vec<Items> {
    let Some(source) = &report.source else { return Vec::new() };
    let before = report.cue.start;
    if before <= 2
        || frame.items[..before].iter().all(|i| i.mark() || i.quote.is_some() || i.classes.conjunction())
    {
        let mut begin = source.end;
        let comma = (source.end..last.min(source.end + 30)).find(|&k| frame.items[k].is(","));
        if let Some(comma) = comma {
            begin = comma + 1;
        }
        return trimmed(frame, once(begin..last));
    }
    let clause = (0..before)
        .rev()
        .take(80)
        .find(|&k| frame.items[k].is(";"))
        .map_or_else(|| past_dateline(frame), |k| k + 1);
    trimmed(frame, once(clause..before))
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
    let opener = |words: &[&str]| behind(cue_end, words);
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
        let mut after = phrases::end(frame, cue_end).max(cue_end + 1);
        if frame.get(after).is_some_and(|n| n.pos == Pos::Aux || n.classes.auxiliary()) {
            after = cue_end;
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
    if verb.clause && verb.share >= CLAUSE_SHARE {
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

/// Past the show that somebody told: "told KLBM's [Harbour Nights] | on Monday that".
fn past_show(frame: &Frame<'_>, cue_end: usize) -> usize {
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

/// Where the content that begins at `begin` ends.
fn end(frame: &Frame<'_>, reports: &[Report], r: usize, begin: usize, last: usize) -> usize {
    // Another report that is not part of the content: ", adding that", ", and Jones said", ", Jones said".
    let first = reports.partition_point(|x| x.cue.start < begin);
    for (i, next) in reports.iter().enumerate().skip(first).take(12) {
        if i == r {
            continue;
        }
        let at = next.extent().start.max(begin);
        let at = if next.rule.starts_with("shared") || next.source == reports[r].source {
            next.cue.start
        } else {
            at
        };
        let Some(k) = at.checked_sub(1).filter(|&k| k > begin) else { continue };
        let (item, earlier) = (&frame.items[k], &frame.items[k - 1]);
        if item.is(",") || item.is("—") {
            return k;
        }
        if item.classes.conjunction() && (earlier.is(",") || next.rule.starts_with("shared")) {
            return if earlier.is(",") { k - 1 } else { k };
        }
    }
    // ", but": the writer's own turn.
    let turn = (begin + 1..last.saturating_sub(1))
        .take(120)
        .find(|&k| frame.items[k].is(",") && frame.items[k + 1].is("but") || frame.items[k].is(";"));
    turn.unwrap_or(last)
}

/// Whether a report begins at `at`.
fn starts_report(frame: &Frame<'_>, reports: &[Report], at: usize) -> bool {
    let skip = usize::from(frame.get(at).is_some_and(|n| n.classes.conjunction()));
    let first = reports.partition_point(|x| x.cue.end <= at);
    reports[first..].iter().take(2).any(|x| x.extent().start == at + skip || x.cue.start == at + skip)
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
