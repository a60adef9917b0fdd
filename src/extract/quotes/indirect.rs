//! Indirect speech: the reports of a frame whose content has no marks.

use super::content;
use super::cues::{Items, Report};
use super::frames::Frame;
use crate::finding::CueKind;

/// How often a form of the verb must credit words for its content to be a row.
const SHARE: u8 = 25;

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

/// The contents of the reports that stand in no other report's content.
pub fn reported(frame: &Frame<'_>, reports: &[Report]) -> Vec<Reported> {
    let mut out: Vec<Reported> = Vec::new();
    for (r, report) in reports.iter().enumerate() {
        if report.source.is_none() || report.verb.is_some_and(|v| v.noun || v.share < SHARE) {
            continue;
        }
        let inside =
            out.iter().rev().take(4).any(|o| o.content.iter().any(|c| c.contains(&report.cue.start)));
        if inside || generic(frame, report) {
            continue;
        }
        let content = content::content(frame, reports, r);
        if !content.is_empty() {
            // A report put in behind a clause takes over what stood inside the clause.
            while out.last().is_some_and(|o| content.iter().any(|c| c.contains(&reports[o.report].cue.start)))
            {
                out.pop();
            }
            out.push(Reported { report: r, content });
        }
    }
    out
}

/// "you know that", "no one knew why": somebody's knowing is reported only of somebody.
fn generic(frame: &Frame<'_>, report: &Report) -> bool {
    let (Some(verb), Some(source)) = (report.verb, &report.source) else { return false };
    let words = &frame.items[source.clone()];
    let whoever = |w: &str| {
        matches!(w, "you" | "we" | "one" | "nobody" | "everybody" | "everyone" | "anybody" | "anyone")
    };
    let alone = words.len() == 1 && whoever(&words[0].lower);
    let nobody = words.len() == 2 && words[0].is("no") && words[1].is("one");
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
    let thinking = report.verb.is_some_and(|v| v.kind == CueKind::Thinking);
    words >= if thinking { 3 } else { 2 }
}
