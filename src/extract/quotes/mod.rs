//! Quotes: stretches in marks and reported speech, with cue and speaker.
//!
//! [`marks`] finds the stretches, [`frames`] sets them among the words around, [`cues`] and
//! [`sources`] read who reports what there, [`attribution`] decides which report credits a stretch,
//! [`kinds`] what a stretch is. Every stretch in marks yields a row, if only to say that nobody is
//! credited and why.

mod attribution;
mod carry;
mod content;
mod cues;
mod frames;
mod indirect;
mod kinds;
mod marks;
mod phrases;
mod singles;
mod sources;
mod speakers;

use crate::annotate::Annotation;
use crate::finding::{Cue, CueKind, Mention, Quote, QuoteKind};
use crate::span::Span;
use carry::Carrier;
use cues::Report;
use frames::Frame;
use marks::Stretch;

/// Finds the quotes of a text, in text order. Speakers are credited by span and, where a name stands
/// in the span, by mention; the entity is for `resolve` to fill.
pub fn quotes(text: &str, annotation: &Annotation, mentions: &[Mention]) -> Vec<Quote> {
    let stretches = marks::stretches(text, annotation);
    let frames = frames::frames(text, annotation, &stretches);
    let mut reader =
        Reader { text, mentions, stretches: &stretches, carrier: Carrier::default(), out: Vec::new() };
    for frame in &frames {
        reader.read(frame);
    }
    let mut quotes = reader.out;
    quotes.sort_by_key(|q| (q.spans[0].start, std::cmp::Reverse(q.spans[0].end)));
    quotes
}

/// Reads frame after frame.
struct Reader<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    stretches: &'a [Stretch],
    carrier: Carrier,
    out: Vec<Quote>,
}

/// Who is credited with a stretch, in spans of the text.
#[derive(Debug, Clone, Default)]
struct Credited {
    source: Option<Span>,
    cue: Option<Cue>,
    rule: &'static str,
    reason: Option<&'static str>,
}

impl Reader<'_> {
    fn read(&mut self, frame: &Frame<'_>) {
        let reports = cues::reports(frame);
        let reported = indirect::reported(frame, &reports);
        let mut used = vec![false; reports.len()];
        let mut joined: Option<(usize, usize)> = None; // the last direct quote's row, and its item
        let mut credited_before = None; // the last credited stretch's item, and its credit
        for at in 0..frame.items.len() {
            let Some(q) = frame.items[at].quote else { continue };
            let stretch = &self.stretches[q];
            let shape = kinds::shape(stretch.inner.of(self.text));
            let mut credit = attribution::credit(frame, &reports, at);
            if credit.is_none_or(|c| !c.adjacent)
                && let Some((item, before)) = credited_before
                && attribution::listed(frame, item, at)
            {
                credit = Some(attribution::Credit { rule: "listed with the stretch before", ..before });
            }
            // A lone word in marks, with a cue only somewhere behind it, is no more than marked.
            credit = credit.filter(|c| c.rule != "cue after in the sentence" || shape.words > 1);
            let own = credit.filter(|c| c.adjacent && reports[c.report].source.is_some());
            if stretch.continues
                && self.continue_quote(q, own.map(|c| credited(frame, &reports[c.report], c.rule)))
            {
                continue;
            }
            let (kind, credited) = self.judge(frame, &reports, at, &shape, credit);
            if let Some(c) = credit {
                used[c.report] |= kind == QuoteKind::Direct;
            }
            credited_before = credit.filter(|_| credited.source.is_some()).map(|c| (at, c));
            if let Some((row, item)) = joined
                && kind != QuoteKind::Scare
                && interrupted(frame, &reports, item, at, &shape)
            {
                self.out[row].spans.push(stretch.inner);
                self.out[row].content.push(stretch.inner);
                self.out[row].closed = stretch.closed;
                joined = Some((row, at));
                continue;
            }
            let whole = reported.iter().find(|r| r.content.iter().any(|c| c.contains(&at)));
            let whole = whole.filter(|_| kind == QuoteKind::Mixed && stretch.parent.is_none());
            self.push(stretch, kind, credited);
            if let (Some(whole), Some(row)) = (whole, self.out.last_mut()) {
                row.content = whole.content.iter().map(|c| frame.cover(c.start, c.end)).collect();
            }
            if kind == QuoteKind::Direct {
                joined = Some((self.out.len() - 1, at));
            }
        }
        for r in &reported {
            let marked = r.content.iter().any(|c| frame.items[c.clone()].iter().any(|i| i.quote.is_some()));
            if !marked
                && !used[r.report]
                && frame.parent.is_none()
                && indirect::stands(frame, r, &reports[r.report])
            {
                self.push_indirect(frame, r, &reports[r.report]);
            }
        }
        // A paragraph of its own that signs the quote before: "- Jane Roe".
        if let Some(s) = sources::signed(frame, 0)
            && let Some(row) = self.out.last_mut()
            && row.cue.is_none()
            && matches!(row.kind, QuoteKind::Direct | QuoteKind::Scare)
            && self.carrier.follows(frame)
        {
            row.speaker = Some(speakers::speaker(self.text, frame.cover(s.start, s.end), self.mentions));
            row.kind = QuoteKind::Direct;
            row.rule = "signed with a dash";
            row.unattributed = None;
        }
        self.carrier.after(frame, &reports);
    }

    /// Decides what the stretch at item `at` is, and who is credited.
    fn judge(
        &mut self,
        frame: &Frame<'_>,
        reports: &[Report],
        at: usize,
        shape: &kinds::Shape,
        credit: Option<attribution::Credit>,
    ) -> (QuoteKind, Credited) {
        let adjacent = credit.is_some_and(|c| {
            c.adjacent && (c.rule != "cue after" || !kinds::names_an_occasion(frame, at, shape))
        });
        if !adjacent && let Some((kind, rule)) = kinds::not_speech(frame, at, shape) {
            return (kind, Credited { rule, reason: Some("no speech"), ..Credited::default() });
        }
        if let Some(c) = credit {
            let kind = kinds::speech(frame, at, shape, c.adjacent);
            let credited = credited(frame, &reports[c.report], c.rule);
            if kind == QuoteKind::Direct || credited.source.is_some() {
                self.carrier.credit(frame, &credited);
            }
            return (kind, credited);
        }
        self.carrier.credited(frame, at, shape)
    }

    fn push(&mut self, stretch: &Stretch, kind: QuoteKind, credited: Credited) {
        // What is quoted inside a quote is part of somebody else's sentence.
        let kind =
            if stretch.parent.is_some() && kind == QuoteKind::Direct { QuoteKind::Mixed } else { kind };
        let speaker = credited.source.map(|span| speakers::speaker(self.text, span, self.mentions));
        let unattributed = if speaker.is_none() { Some(credited.reason.unwrap_or("no cue")) } else { None };
        self.out.push(Quote {
            kind,
            spans: vec![stretch.inner],
            content: vec![stretch.inner],
            speaker,
            cue: credited.cue,
            addressee: None,
            occasion: None,
            closed: stretch.closed,
            rule: credited.rule,
            unattributed,
        });
    }

    fn push_indirect(&mut self, frame: &Frame<'_>, reported: &indirect::Reported, report: &Report) {
        let credited = credited(frame, report, report.rule);
        let spans: Vec<Span> = reported.content.iter().map(|c| frame.cover(c.start, c.end)).collect();
        self.out.push(Quote {
            kind: QuoteKind::Indirect,
            content: spans.clone(),
            spans,
            speaker: credited.source.map(|span| speakers::speaker(self.text, span, self.mentions)),
            cue: credited.cue,
            addressee: None,
            occasion: None,
            closed: true,
            rule: credited.rule,
            unattributed: None,
        });
    }

    /// Adds a paragraph's stretch to the quote that the paragraph before left open.
    ///
    /// With a cue of its own it does so only where the beginning had none.
    fn continue_quote(&mut self, q: usize, own: Option<Credited>) -> bool {
        let stretch = &self.stretches[q];
        let before = self.stretches[..q].iter().rev().take(64).find(|s| s.parent.is_none()).map(|s| s.inner);
        let Some(row) = self.out.iter_mut().rev().take(64).find(|r| r.spans.last().copied() == before) else {
            return false;
        };
        if let Some(own) = own {
            if row.cue.is_some() {
                return false;
            }
            row.speaker = own.source.map(|span| speakers::speaker(self.text, span, self.mentions));
            row.unattributed = None;
            row.cue = own.cue;
            row.rule = own.rule;
        }
        row.spans.push(stretch.inner);
        row.content.push(stretch.inner);
        row.closed = stretch.closed;
        true
    }
}

/// Whether the stretch at `at` goes on with the utterance that the one at `item` began:
/// `[we came] , she said , [and we saw]`.
fn interrupted(frame: &Frame<'_>, reports: &[Report], item: usize, at: usize, shape: &kinds::Shape) -> bool {
    let between = &frame.items[item + 1..at];
    let report = reports.iter().any(|r| r.cue.start > item && r.cue.end <= at);
    let ends = between.last().is_some_and(|b| matches!(b.text, "," | "—" | "–" | "--"));
    let one = reports.iter().filter(|r| r.cue.start > item && r.cue.end <= at).count() == 1;
    report
        && one
        && ends
        && between.len() < 25
        && (!shape.capital || !between.last().is_some_and(|b| b.is(":")))
}

fn credited(frame: &Frame<'_>, report: &Report, rule: &'static str) -> Credited {
    Credited {
        source: report.source.as_ref().map(|s| frame.cover(s.start, s.end)),
        cue: Some(cue(frame, report)),
        rule,
        reason: report.source.is_none().then_some(report.rule),
    }
}

fn cue(frame: &Frame<'_>, report: &Report) -> Cue {
    let span = frame.cover(report.cue.start, report.cue.end);
    match report.verb {
        Some(v) if v.lemma.is_empty() => {
            Cue { span, lemma: frame.items[report.cue.start].lower.to_string(), kind: v.kind }
        }
        Some(v) => Cue { span, lemma: v.lemma.to_string(), kind: v.kind },
        None => Cue { span, lemma: "according to".to_string(), kind: CueKind::Neutral },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Quote> {
        quotes(text, &annotate(text), &[])
    }

    fn check(text: &str) {
        let mut last = 0;
        for quote in read(text) {
            assert!(!quote.spans.is_empty() && !quote.content.is_empty());
            assert!(quote.spans[0].start >= last, "rows out of order");
            last = quote.spans[0].start;
            let speaker = quote.speaker.as_ref().map(|s| s.span);
            let cue = quote.cue.as_ref().map(|c| c.span);
            let spans = quote.spans.iter().chain(&quote.content).copied();
            for span in spans.chain(speaker).chain(cue).chain(quote.addressee).chain(quote.occasion) {
                assert!(!span.is_empty() && text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
            }
            assert!(quote.spans.is_sorted() && quote.content.is_sorted());
            assert_eq!(quote.speaker.is_none(), quote.unattributed.is_some());
        }
    }

    /// Words and marks in any order, far likelier to make trouble than random characters.
    fn newsish() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "“",
            "”",
            "\"",
            "'",
            "‘",
            "’",
            "''",
            "``",
            "«",
            "»",
            "„",
            ".",
            ",",
            ":",
            ";",
            "?",
            "—",
            "-",
            "(",
            ")",
            "\n",
            "\n\n",
            " ",
            " said ",
            "Smith",
            " told reporters",
            " he ",
            " according to ",
            " that ",
            " who ",
            "the mayor",
            " of ",
            "Ulm",
            "'s",
            " and ",
            " adding ",
            "5",
            "é😀",
            "A",
            " was asked by ",
            "to",
            " in a statement ",
            "SMITH: ",
            "Q: ",
            "Mr.",
            "...",
            "[",
            "]",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn any_text_yields_valid_rows(text in "\\PC{0,200}") { check(&text); }

        #[test]
        fn any_words_and_marks_yield_valid_rows(text in newsish()) { check(&text); }
    }

    /// A quadratic rule would take hours here; a linear one takes well under a second.
    #[test]
    fn hostile_text_takes_linear_time() {
        for piece in [
            "\"",
            "“",
            "”",
            "'",
            " '",
            "''",
            "« ",
            "“a",
            "a' ",
            "\" a \"",
            "said ",
            "he said ",
            ", said he",
            "“a” said ",
            "“a” he said, ",
            "Smith, who ",
            "according to ",
            "(",
            "the mayor of ",
            "“A.”\n",
            "“A\n",
            "A: “",
            "said that ",
            "Ulm and ",
            "asked by ",
            "‘a ",
            "'a \"b ",
            "was said ",
            "- ",
            ", ",
            "'s ",
        ] {
            let text = piece.repeat(50_000 / piece.len());
            let begun = std::time::Instant::now();
            check(&text);
            assert!(begun.elapsed().as_secs() < 30, "{piece:?} took {:?}", begun.elapsed());
        }
    }
}
