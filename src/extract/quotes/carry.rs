//! Quotes without a cue of their own: who spoke last, or whom the words before announce.

use super::credited::Credited;
use super::cues::Report;
use super::frames::{Frame, Item};
use super::{complements, headlines, kinds, sources, subjects, unnamed};
use crate::annotate::Pos;
use crate::finding::{CueKind, QuoteKind};
use crate::lexicon::reporting;
use crate::span::Span;

/// How many quotes and marks stand together at most without a word.
const ALONE: usize = 64;
/// How often a verb must credit words for its subject to have the word.
const SHARE: u8 = 40;

/// How many items a sentence has at most that only shows who speaks.
const BEAT: usize = 14;
/// How many of them may stand before its verb.
const NAME: usize = 6;

/// What the sentences before say about who is speaking.
#[derive(Debug, Default)]
pub struct Carrier {
    /// The last source credited with a quote, and its paragraph.
    speaking: Option<(Span, usize)>,
    /// The last subject that can speak, and its paragraph.
    subject: Option<(Span, usize)>,
    /// Whom a sentence that ends with a colon announces.
    announced: Option<(Span, usize)>,
    /// The paragraph of the frame before, where it is a quote and nothing else.
    quote_alone: Option<usize>,
}

impl Carrier {
    /// Takes note of a credited quote.
    pub fn credit(&mut self, frame: &Frame<'_>, credited: &Credited) {
        if let Some(source) = credited.source {
            self.speaking = Some((source, frame.paragraph));
        }
    }

    /// Whether the frame read before was a quote alone, right before this one.
    pub fn follows(&self, frame: &Frame<'_>) -> bool {
        self.quote_alone.is_some_and(|p| p + 1 >= frame.paragraph)
    }

    /// Takes note of a frame that was read.
    pub fn after(&mut self, frame: &Frame<'_>, reports: &[Report]) {
        if frame.parent.is_some() {
            return;
        }
        let alone = frame.items.iter().all(|i| i.quote.is_some() || i.mark());
        self.quote_alone = alone.then_some(frame.paragraph);
        let mut verbs = reports.iter().rev().filter(|r| !r.noun());
        // "The court heard he had fled": whoever said that has the word, and it is not the court.
        if verbs.clone().next().is_some_and(|r| unnamed::unnamed(r) && unnamed::told_what(r)) {
            (self.subject, self.speaking, self.announced) = (None, None, None);
            return;
        }
        let source = verbs.find_map(|r| r.source.clone());
        let subject = source.or_else(|| {
            let subject = subjects::clause_subject(frame, frame.items.len())?;
            Some(subjects::without_beat(frame, subject))
        });
        let span = subject.map(|s| frame.cover(s.start, s.end));
        if let Some(span) = span {
            self.subject = Some((span, frame.paragraph));
        }
        if let Some(source) = speaks_unmarked(frame, reports).or_else(|| acts(frame)) {
            self.speaking = Some((source, frame.paragraph));
        }
        let colon = frame.items.last().is_some_and(|i| i.is(":"));
        self.announced =
            if colon { span.or(self.subject.map(|(s, _)| s)).map(|s| (s, frame.paragraph)) } else { None };
    }

    /// What the stretch at item `at` is, and who is credited, when no cue of its frame does.
    pub fn credited(&mut self, frame: &Frame<'_>, at: usize, shape: &kinds::Shape) -> (QuoteKind, Credited) {
        let none = |reason| Credited { reason: Some(reason), rule: "no cue", ..Credited::default() };
        if frame.parent.is_some() {
            return (QuoteKind::Scare, none("inside another quote, no cue"));
        }
        let by = |source: Span, rule| Credited { source: Some(source), rule, ..Credited::default() };
        // "Smith was blunt: [quote]".
        let colon = at > 0 && frame.items[at - 1].is(":");
        let announced =
            |colon| subjects::before_colon(frame, colon).or_else(|| subjects::clause_subject(frame, colon));
        if colon
            && let Some(s) =
                announced(at - 1).filter(|s| !headlines::label(frame, s) && !frame.items[s.start].is("it"))
        {
            let credited = by(frame.cover(s.start, s.end), "colon");
            self.credit(frame, &credited);
            return (kinds::speech(frame, at, shape, true), credited);
        }
        // "[quote] - Jane Roe".
        if let Some(s) = subjects::signed(frame, at + 1) {
            return (
                kinds::speech(frame, at, shape, true),
                by(frame.cover(s.start, s.end), "signed with a dash"),
            );
        }
        let few = frame.items.len() <= ALONE;
        let alone = few && frame.items.iter().all(|i| i.quote.is_some() || i.mark());
        if alone || colon {
            let near = |s: &(Span, usize), paragraphs: usize| s.1 + paragraphs >= frame.paragraph;
            let found = self
                .announced
                .map(|s| (s, "announced by a colon"))
                .or_else(|| self.speaking.filter(|s| near(s, 0)).map(|s| (s, "carried on")))
                .or_else(|| {
                    self.subject.filter(|s| near(s, 0)).map(|s| (s, "subject of the sentence before"))
                })
                .or_else(|| self.speaking.filter(|s| near(s, 1)).map(|s| (s, "carried on")))
                .or_else(|| {
                    self.subject.filter(|s| near(s, 1)).map(|s| (s, "subject of the sentence before"))
                });
            if let Some(((source, _), rule)) = found {
                let credited = by(source, rule);
                self.credit(frame, &credited);
                let kind =
                    if shape.words > 2 || shape.ends_sentence { QuoteKind::Direct } else { QuoteKind::Mixed };
                return (kind, credited);
            }
        }
        if shape.words > 1 && !(shape.words <= 3 && modifies(frame, at)) {
            let own = subjects::clause_subject(frame, at)
                .filter(|s| !subjects::counted(frame, s) && !frame.items[s.start].is("it"))
                .filter(|s| !headlines::label(frame, s))
                .map(|s| frame.cover(s.start, s.end));
            let source = own.or(self.speaking.filter(|s| s.1 == frame.paragraph).map(|s| s.0));
            if let Some(source) = source {
                return (kinds::speech(frame, at, shape, false), by(source, "subject of the sentence"));
            }
        }
        // So many words are somebody's, though the text does not say whose.
        let closed = frame.items[at].text.ends_with(['"', '”', '“', '’', '\'', '»', '«']);
        let sentence =
            closed && shape.words > 1 && shape.capital && shape.ends_sentence && (at == 0 || colon);
        if shape.words > 3 || sentence {
            return (kinds::speech(frame, at, shape, false), none("words without a cue"));
        }
        (QuoteKind::Scare, none("no cue"))
    }
}

/// Who speaks in a sentence without marks, and so has the word in the next one: "Smith disagreed."
fn speaks_unmarked(frame: &Frame<'_>, reports: &[Report]) -> Option<Span> {
    if frame.items.iter().any(|i| i.quote.is_some()) {
        return None;
    }
    let speaks = |r: &&Report| {
        r.verb.is_some_and(|v| !v.noun && v.quotes && v.kind != CueKind::Thinking && v.share >= SHARE)
    };
    let source = reports.iter().rev().find(speaks)?.source.clone()?;
    Some(frame.cover(source.start, source.end))
}

/// Whom a short sentence without marks shows while he speaks: "Roe shook her head."
fn acts(frame: &Frame<'_>) -> Option<Span> {
    if frame.items.len() > BEAT || frame.items.iter().any(|i| i.quote.is_some()) {
        return None;
    }
    let beat = (1..frame.items.len()).take(NAME).find(|&k| frame.items[k].classes.beat())?;
    let subject = complements::subject_ending(frame, sources::before_verb(frame, beat)?)?;
    let alone = subject.start == 0 && complements::can_speak(frame, &subject);
    alone.then(|| frame.cover(subject.start, subject.end))
}

/// Whether the stretch stands before a noun as an adjective does, "the [dry port] plan", or as a title does,
/// "its [chief dredger] Ada Roe". Words so used are a name for the thing; but "his [dry port] remark" is a remark.
fn modifies(frame: &Frame<'_>, at: usize) -> bool {
    let titled =
        at.checked_sub(1).map(|b| &frame.items[b].classes).is_some_and(|c| c.determiner() || c.possessive());
    frame.get(at + 1).is_some_and(|n| {
        if titled && n.capital() && frame.get(at + 2).is_some_and(Item::capital) {
            return true;
        }
        n.pos == Pos::Noun
            && !n.capital()
            && !n.mark()
            && reporting::cue_noun(&n.lower).is_none()
            && !n.classes.nickname()
    })
}
