//! Indirect speech: the reports of a frame whose content has no marks.

use super::cues::{Items, Report};
use super::frames::{Frame, Item};
use super::{complements, content, nouns, unnamed, unsaid};
use crate::annotate::Pos;
use crate::finding::CueKind;

/// How often a form of the verb must credit words for its content to be a row.
const SHARE: u8 = 25;

/// The same for one word to be enough.
const SURE: u8 = 60;

/// The same for what another is told to have said.
const SAYS: u8 = 75;

/// A report with what it reports.
#[derive(Debug, Clone)]
pub struct Reported {
    /// An index into the frame's reports.
    pub report: usize,
    /// Its content.
    pub content: Vec<Items>,
}

impl Reported {
    /// Whether item `at` stands in the content.
    pub fn holds(&self, at: usize) -> bool {
        self.content.iter().any(|c| c.contains(&at))
    }
}

/// The report whose content holds item `at`.
pub fn holding(reported: &[Reported], at: usize) -> Option<&Reported> {
    let first = reported.partition_point(|r| r.content[0].start <= at);
    reported[..first].iter().rev().take(4).find(|r| r.holds(at))
}

/// The contents of the reports that stand in no other report's content, but for what another is told to have said;
/// by their start.
pub fn reported(frame: &Frame<'_>, reports: &[Report]) -> Vec<Reported> {
    let mut out: Vec<Reported> = Vec::new();
    for (r, report) in reports.iter().enumerate() {
        let given = report.rule == nouns::GIVEN;
        if report.source.is_none() && !unnamed::unnamed(report) || report.noun() && !given {
            continue;
        }
        let inside =
            out.iter().rev().take(4).any(|o| o.content.iter().any(|c| c.contains(&report.cue.start)));
        if inside
            || generic(frame, report)
            || refused(frame, report)
            || denied(frame, report)
            || hypothetical(frame, report)
        {
            continue;
        }
        let content = content::content(frame, reports, r);
        if !content.is_empty() && sure(frame, report, content[0].start) {
            // A report put in behind a clause takes over what stood inside the clause, but for what another
            // is told to have said: "Roe said the ferry was late, the Courier reported".
            let within = |o: &Reported| content.iter().any(|c| c.contains(&reports[o.report].cue.start));
            let first = out.iter().rposition(|o| !within(o)).map_or(0, |k| k + 1);
            let told: Vec<Reported> =
                out.drain(first..).filter(|o| says(frame, &reports[o.report])).take(1).collect();
            out.push(Reported { report: r, content });
            out.extend(told);
        }
    }
    out
}

/// Whether a report tells what somebody said in a clause of its own, not what he thought, called or criticized, nor
/// when: "after Roe asked about it".
fn says(frame: &Frame<'_>, report: &Report) -> bool {
    let Some(source) = report.source.as_ref().filter(|_| report.rule == "subject before") else {
        return false;
    };
    let subordinate = source.start.checked_sub(1).is_some_and(|b| frame.items[b].classes.subordinator());
    // "Roe and Vale agreed on a truce, an aide said": what they did.
    report.verb.is_some_and(|v| v.clause && v.share >= SAYS && v.kind != CueKind::Thinking)
        && !subordinate
        && complements::can_speak(frame, source)
}

/// "did not mention the cost", "has yet to comment on the plan": what was not said is no speech. What somebody
/// does not think is what he thinks.
fn denied(frame: &Frame<'_>, report: &Report) -> bool {
    let says = report.verb.is_some_and(|v| v.kind != CueKind::Thinking);
    says && unsaid::negated(frame, report.cue.start)
}

/// Whether the verb reports here: it mostly does, or what follows it is a clause with "that" or, behind whom it
/// is said to, what he is to do.
fn sure(frame: &Frame<'_>, report: &Report, begin: usize) -> bool {
    let Some(verb) = report.verb.filter(|v| v.share < SHARE && !v.noun) else { return true };
    let first = &frame.items[begin];
    let noun = frame.items[report.cue.start].gerund();
    let that = verb.clause && begin == report.cue.end && first.is("that") && !noun;
    let to = first.is("to") && frame.get(begin + 1).is_some_and(|n| n.pos == Pos::Verb || n.is("be"));
    let does = verb.addressee && verb.quotes && (begin > report.cue.end || report.hearer.is_some()) && to;
    let bare = verb.clause && begin == report.cue.end && content::clause_at(frame, begin, frame.items.len());
    let inserted = verb.clause && begin < report.cue.start;
    let doing = verb.addressee && begin == report.cue.end && first.gerund() && first.pos == Pos::Verb;
    that || does || doing || (inserted || bare) && !noun
}

/// "if the court says no", "unless he agrees", "should the bank say": nobody has said anything yet.
fn hypothetical(frame: &Frame<'_>, report: &Report) -> bool {
    let first = report.source.as_ref().or(report.hearer.as_ref()).map_or(report.cue.start, |s| s.start);
    let Some(k) = first.min(report.cue.start).checked_sub(1) else { return false };
    let item = &frame.items[k];
    let opens = k == 0 || frame.items[k - 1].mark() || frame.items[k - 1].classes.conjunction();
    item.is("if") || item.is("unless") || item.is("should") && opens
}

/// "declined to comment", "refused to say whether": what was not said is no speech.
fn refused(frame: &Frame<'_>, report: &Report) -> bool {
    let refuses = |i: &Item<'_>| {
        i.verb.is_some_and(|v| v.lemma == "decline")
            || matches!(i.lower.as_ref(), "refuse" | "refuses" | "refused" | "refusing")
    };
    let speaks = |i: &Item<'_>| i.verb.is_some_and(|v| v.kind != CueKind::Thinking && (v.quotes || v.clause));
    let cue = report.cue.clone();
    let to = |k: usize| frame.get(k).is_some_and(|i| i.is("to"));
    let after = refuses(&frame.items[cue.start]) && to(cue.end) && frame.get(cue.end + 1).is_some_and(speaks);
    let before = cue.start >= 2 && to(cue.start - 1) && refuses(&frame.items[cue.start - 2]);
    after || before
}

/// "you know that", "no one knew why", "it is hard to deny that": somebody's knowing is reported only of somebody.
fn generic(frame: &Frame<'_>, report: &Report) -> bool {
    let (Some(verb), Some(source)) = (report.verb, &report.source) else { return false };
    let words = &frame.items[source.clone()];
    let whoever = |w: &str| {
        matches!(w, "you" | "we" | "one" | "nobody" | "everybody" | "everyone" | "anybody" | "anyone")
    };
    let alone = words.len() == 1 && whoever(&words[0].lower);
    let nobody = words.len() == 2 && words[0].is("no") && words[1].is("one");
    let anybody = words.len() == 1
        && words[0].is("it")
        && report.cue.start >= 3
        && frame.items[report.cue.start - 1].is("to")
        && frame.items[report.cue.start - 3..report.cue.start].iter().any(|n| n.pos == Pos::Adj);
    if anybody {
        return true;
    }
    // "no one" may be read as its second word alone.
    verb.kind == CueKind::Thinking
        && matches!(verb.lemma, "know" | "realize" | "realise")
        && (alone || nobody)
}

/// Whether the report's content is worth a row of its own without marks: enough words.
pub fn stands(frame: &Frame<'_>, reported: &Reported, report: &Report) -> bool {
    let words = reported
        .content
        .iter()
        .map(|c| frame.items[c.clone()].iter().filter(|i| !i.mark()).count())
        .sum::<usize>();
    let first = &frame.items[reported.content[0].start];
    let wishes = first.is("to");
    let least = match report.verb {
        Some(v) if v.kind == CueKind::Thinking && !wishes => 3,
        // "denies murder", "urged calm", "admitted drinking".
        Some(v) if v.object && matches!(v.kind, CueKind::Denying | CueKind::Ordering) => 1,
        Some(v) if v.object && (first.gerund() && first.pos == Pos::Verb) => 1,
        // "admitted manslaughter".
        Some(v) if v.object && v.share >= SURE && first.pos == Pos::Noun && !first.capital() => 1,
        _ => 2,
    };
    words >= least
}
