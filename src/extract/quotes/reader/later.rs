//! Later: what words further on say of a row that stands already: the next paragraph goes on with it, the next
//! sentence says whose it was, a line of its own signs it.

use super::super::attribution::Credit;
use super::super::credited::credited;
use super::super::frames::Frame;
use super::super::{layout, nouns, speakers, subjects};
use super::{BACK, Read, Reader};
use crate::finding::QuoteKind;

impl Reader<'_> {
    /// Adds a paragraph's stretch to the quote that the paragraph before left open.
    ///
    /// With a cue of its own, or another's label, it does so only where the beginning had none.
    pub(super) fn continue_quote(&mut self, read: &Read<'_, '_>, q: usize, credit: Option<Credit>) -> bool {
        let stretch = &self.stretches[q];
        if layout::label(self.text, stretch.inner).is_some() {
            return false;
        }
        let before =
            self.stretches[..q].iter().rev().take(BACK).find(|s| s.parent.is_none()).map(|s| s.inner);
        let Some(row) = self.out.iter_mut().rev().take(BACK).find(|r| r.spans.last().copied() == before)
        else {
            return false;
        };
        if let Some(c) = credit.filter(|c| c.adjacent && read.reports[c.report].source.is_some()) {
            if row.cue.is_some() {
                return false;
            }
            let own = credited(read.frame, &read.reports[c.report], c.rule, read.frame.items.len());
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

    /// A sentence that says whose words the quote before was: "Those were the words of Jane Roe".
    pub(super) fn name_whose(&mut self, frame: &Frame<'_>) {
        if let Some(report) = nouns::whose(frame)
            && let Some(row) = self.out.last_mut()
            && row.speaker.is_none()
            && matches!(row.kind, QuoteKind::Direct | QuoteKind::Mixed)
            && self.carrier.follows(frame)
        {
            let own = credited(frame, &report, report.rule, frame.items.len());
            row.speaker = own.source.map(|span| speakers::speaker(self.text, span, self.mentions));
            row.cue = own.cue;
            row.rule = own.rule;
            row.unattributed = None;
        }
    }

    /// A paragraph of its own that signs the quote before: "- Jane Roe".
    pub(super) fn sign(&mut self, frame: &Frame<'_>) {
        if let Some(s) = subjects::signed(frame, 0)
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
    }
}
