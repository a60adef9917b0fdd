//! Credited: who a stretch or clause is credited to, with cue, addressee and occasion, in spans of the text.

use super::cues::{Items, Report};
use super::frames::Frame;
use super::occasion;
use super::unsaid::negation;
use crate::finding::{Cue, CueKind};
use crate::span::Span;

/// Who is credited with a stretch, in spans of the text.
#[derive(Debug, Clone, Default)]
pub struct Credited {
    /// The words that name the source.
    pub source: Option<Span>,
    /// The cue.
    pub cue: Option<Cue>,
    /// To whom it was said.
    pub addressee: Option<Span>,
    /// Where or in what it was said.
    pub occasion: Option<Span>,
    /// The rule that decided.
    pub rule: &'static str,
    /// Why nobody is credited.
    pub reason: Option<&'static str>,
}

/// Who the report credits. `end` is the item at which what was said begins.
pub fn credited(frame: &Frame<'_>, report: &Report, rule: &'static str, end: usize) -> Credited {
    let span = |items: Items| frame.cover(items.start, items.end);
    Credited {
        source: report.source.clone().map(span),
        cue: Some(cue(frame, report)),
        addressee: occasion::addressee(frame, report, end).map(span),
        occasion: occasion::occasion(frame, report, end).map(span),
        rule,
        reason: report.source.is_none().then_some(report.rule),
    }
}

/// The cue as it stands, with what denies it: "does not believe".
fn cue(frame: &Frame<'_>, report: &Report) -> Cue {
    let denied = negation(frame, report.cue.start).filter(|_| report.verb.is_some() && !report.noun());
    let span = frame.cover(denied.unwrap_or(report.cue.start), report.cue.end);
    match report.verb {
        Some(v) if v.lemma.is_empty() => {
            Cue { span, lemma: frame.items[report.cue.start].lower.to_string(), kind: v.kind }
        }
        Some(v) => Cue { span, lemma: v.lemma.to_string(), kind: v.kind },
        None => {
            let words: Vec<&str> = frame.items[report.cue.clone()].iter().map(|n| n.lower.as_ref()).collect();
            Cue { span, lemma: words.join(" "), kind: CueKind::Neutral }
        }
    }
}
