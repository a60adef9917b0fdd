//! From frames to rows: each stretch and each reported clause of a frame becomes a quote.

mod later;

use super::attribution::{self, Credit};
use super::carry::Carrier;
use super::credited::{Credited, credited};
use super::cues::{self, Report};
use super::frames::Frame;
use super::indirect::{self, Reported};
use super::inserted;
use super::kinds::{self, Shape};
use super::marks::Stretch;
use super::{headline_clauses, headlines, layout, speakers, subjects, unnamed};
use crate::annotate::Annotation;
use crate::finding::{CueKind, EntityKind, Mention, Quote, QuoteKind};
use crate::span::Span;

/// How many rows or stretches back what belongs together may stand.
const BACK: usize = 64;
/// How often in a hundred a verb must credit words to do so for single marks elsewhere in the sentence.
const SURE: u8 = 70;

/// The rule for dialogues whose turns open with a dash.
const OPENED_WITH_A_DASH: &str = "opened with a dash";

/// Reads frame after frame.
pub struct Reader<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    stretches: &'a [Stretch],
    turns: &'a [Option<layout::Turn>],
    dashes: &'a [Option<usize>],
    crossheads: &'a [bool],
    carrier: Carrier,
    out: Vec<Quote>,
}

/// What a frame says, read once.
struct Read<'f, 't> {
    frame: &'f Frame<'t>,
    reports: Vec<Report>,
    reported: Vec<Reported>,
    /// The reports that credit a whole quote: they report nothing besides.
    used: Vec<bool>,
    /// Whether it is the article's first paragraph by itself: its headline, as a rule.
    heading: bool,
    /// What it reports as one.
    headline: Option<headline_clauses::Clause>,
}

impl Read<'_, '_> {
    /// The last report before the stretch at item `at`, where it says who was told and not by whom: "Smith was
    /// told the ferry was [a wreck]". Those are not Smith's words.
    fn told_by_nobody(&self, at: usize) -> Option<&Report> {
        let before = self.reports.partition_point(|r| r.cue.end <= at);
        let last = self.reports[..before].iter().rev().take(BACK).find(|r| !r.noun())?;
        let told =
            unnamed::unnamed(last) && last.verb.is_some_and(|v| v.addressee) || last.rule == unnamed::HEARD;
        // "Asked about it, Roe [bristled]": behind what was asked he has the word.
        let held =
            || indirect::holding(&self.reported, at).is_some_and(|r| self.reports[r.report].cue == last.cue);
        let next = at <= last.cue.end + 1;
        (told && (last.hearer.is_some() || next || held())).then_some(last)
    }

    /// Whether the stretch at item `at` is among the words that name a source: `a [senior source] said`.
    fn names_source(&self, at: usize) -> bool {
        // The cue stands right behind the words.
        let next = self.reports.partition_point(|r| r.cue.start <= at);
        self.reports[next..]
            .iter()
            .take(2)
            .any(|r| r.rule == subjects::MARKED && r.source.as_ref().is_some_and(|s| s.contains(&at)))
    }
}

impl<'a> Reader<'a> {
    /// A reader of a text's frames, to be given in order.
    pub fn new(
        text: &'a str,
        mentions: &'a [Mention],
        stretches: &'a [Stretch],
        turns: &'a [Option<layout::Turn>],
        dashes: &'a [Option<usize>],
        crossheads: &'a [bool],
    ) -> Reader<'a> {
        let carrier = Carrier::default();
        Reader { text, mentions, stretches, turns, dashes, crossheads, carrier, out: Vec::new() }
    }

    /// Reads a frame into rows; `heading` tells whether it is a paragraph by itself, and the article's first.
    pub fn read(&mut self, frame: &Frame<'_>, heading: bool) {
        let reports = cues::reports(frame);
        let mut reported = indirect::reported(frame, &reports);
        let headline = heading.then(|| self.headline(frame)).flatten();
        // A sentence behind whose comma somebody speaks is read as any other, where it can be.
        let headline = headline.filter(|h| h.cue.is_none() || reported.is_empty());
        if headline.is_some() {
            // What stands in a headline's clause is reported of whoever the headline names.
            reported.clear();
        }
        let used = vec![false; reports.len()];
        let mut read = Read { frame, reports, reported, used, heading, headline };
        let first = self.out.len();
        self.stretches_of(&mut read);
        if frame.parent.is_none() && self.turn(frame).is_none() {
            self.indirect_of(&read, first);
            self.headline_of(&read);
        }
        self.sign(frame);
        self.name_whose(frame);
        self.carrier.after(frame, &read.reports);
    }

    /// The rows, with those of the turns of a dialogue that no sentence of theirs credits.
    pub fn finish(mut self, annotation: &Annotation) -> Vec<Quote> {
        self.dashed(annotation);
        for &layout::Turn { label, said } in self.turns.iter().flatten() {
            if said.is_empty() {
                continue;
            }
            let credited = Credited { source: Some(label), rule: "speaker label", ..Credited::default() };
            self.push(QuoteKind::Turn, vec![said], credited, true);
        }
        self.out
    }

    /// The turns that open with a dash and have no cue, where others beside them have one.
    fn dashed(&mut self, annotation: &Annotation) {
        if !self.out.iter().any(|q| q.rule == OPENED_WITH_A_DASH) {
            return;
        }
        let mut said: Vec<usize> = self.out.iter().map(|q| q.spans[0].start).collect();
        said.sort_unstable();
        for (begin, &paragraph) in self.dashes.iter().zip(&annotation.paragraphs) {
            let Some(begin) = *begin else { continue };
            let span = Span::new(begin, paragraph.end).trim(self.text);
            let next = said.partition_point(|&s| s < paragraph.start);
            if !span.is_empty() && said.get(next).is_none_or(|&s| s >= paragraph.end) {
                let credited = Credited { rule: OPENED_WITH_A_DASH, ..Credited::default() };
                self.push(QuoteKind::Turn, vec![span], credited, true);
            }
        }
    }

    /// What the frame reports where it is a headline.
    fn headline(&self, frame: &Frame<'_>) -> Option<headline_clauses::Clause> {
        let person = |span: Span| {
            let first = self.mentions.partition_point(|m| m.span.end < span.end);
            let ends = self.mentions.get(first).filter(|m| m.span.end == span.end)?;
            (ends.kind == EntityKind::Person && ends.span.start >= span.start).then_some(ends.span.start)
        };
        let turn =
            self.turn(frame).is_some() || self.dashes.get(frame.paragraph).is_some_and(Option::is_some);
        headline_clauses::clause(frame, &person).filter(|_| !turn)
    }

    /// A row for what a headline reports without marks.
    fn headline_of(&mut self, read: &Read<'_, '_>) {
        let frame = read.frame;
        let Some(said) = &read.headline else { return };
        if frame.items[said.content.clone()].iter().any(|i| i.quote.is_some()) {
            return;
        }
        let credited = headlines::credited(frame, said.source.clone(), said.cue, said.rule);
        let span = frame.cover(said.content.start, said.content.end);
        self.push(QuoteKind::Indirect, vec![span], credited, true);
    }

    /// The label of the turn that the frame belongs to.
    fn turn(&self, frame: &Frame<'_>) -> Option<Span> {
        self.turns.get(frame.paragraph).copied().flatten().map(|turn| turn.label)
    }

    fn stretches_of(&mut self, read: &mut Read<'_, '_>) {
        let frame = read.frame;
        let mut joined: Option<(usize, usize)> = None; // the last direct quote's row, and its item
        let mut before = None; // the last credited stretch's item, and its credit
        for at in 0..frame.items.len() {
            let Some(q) = frame.items[at].quote else { continue };
            let stretch = &self.stretches[q];
            let shape = kinds::shape(stretch.inner.of(self.text));
            let credit = self.credit(read, at, &shape, before);
            if stretch.continues
                && !kinds::stage_direction(frame.items[at].text)
                && self.continue_quote(read, q, credit)
            {
                continue;
            }
            let (kind, credited) = self.judge(read, at, &shape, credit);
            if let Some(c) = credit {
                read.used[c.report] |= kind == QuoteKind::Direct;
            }
            before = credit.filter(|_| credited.source.is_some()).map(|c| (at, c));
            if let Some((row, item)) = joined
                && kind != QuoteKind::Scare
                && interrupted(frame, &read.reports, item, at, &shape)
            {
                self.out[row].spans.push(stretch.inner);
                self.out[row].content.push(stretch.inner);
                self.out[row].closed = stretch.closed;
                joined = Some((row, at));
                continue;
            }
            // What is quoted inside a quote is told by him who is quoted.
            let inside = stretch.parent.is_some() && matches!(kind, QuoteKind::Direct | QuoteKind::Mixed);
            let kind = if inside { QuoteKind::Nested } else { kind };
            self.push(kind, vec![stretch.inner], credited, stretch.closed);
            if kind == QuoteKind::Mixed && stretch.parent.is_none() {
                self.widen(read, at);
            }
            if kind == QuoteKind::Direct {
                joined = Some((self.out.len() - 1, at));
            }
        }
    }

    /// The report that credits the stretch at item `at`, if one does.
    fn credit(
        &self,
        read: &Read<'_, '_>,
        at: usize,
        shape: &Shape,
        before: Option<(usize, Credit)>,
    ) -> Option<Credit> {
        if read.names_source(at) {
            return None;
        }
        let credit = attribution::credit(read.frame, &read.reports, at);
        if credit.is_none_or(|c| !c.adjacent)
            && let Some((item, earlier)) = before
            && attribution::listed(read.frame, item, at)
        {
            return Some(Credit { rule: "listed with the stretch before", ..earlier });
        }
        // A word or two in marks, with a cue only somewhere behind them, are no more than marked; nor are
        // words in single marks beside a verb that seldom reports: "towns agree on 'a ruin'".
        let single = read.frame.items[at].quote.is_some_and(|q| self.stretches[q].single);
        let seldom = |c: &Credit| read.reports[c.report].verb.is_some_and(|v| v.share < SURE);
        // Of two cues apart from the stretch, that one credits it whose reported words hold it.
        let holding = || {
            let outer = indirect::holding(&read.reported, at).map(|r| r.report);
            outer.filter(|&r| read.reports[r].source.is_some())
        };
        // But not past a clause that has its own source: "while Smith insisted it was [quote]".
        let beside = |outer: usize, c: &Credit| {
            let later = &read.reports[c.report];
            later.cue.end <= at && attribution::beside(read.frame, &read.reports[outer], later)
        };
        let holding_apart = |c: &Credit| holding().filter(|&r| !c.adjacent && r != c.report && !beside(r, c));
        let credit = credit.map(|c| match holding_apart(&c) {
            Some(report) => Credit { report, rule: "inside what is reported", adjacent: false },
            None => c,
        });
        // "Council 'misled' tenants, inquiry finds": the clause that it reports is marked in part.
        let behind = |c: &Credit| c.rule == "cue after in the sentence" && holding() == Some(c.report);
        let lone = |c: &Credit| shape.words <= 2 && holding().is_none_or(|r| r != c.report);
        credit
            .filter(|c| c.rule != "cue after in the sentence" || !lone(c))
            .filter(|c| c.adjacent || !single || !seldom(c) || behind(c))
    }

    /// Decides what the stretch at item `at` is, and who is credited.
    fn judge(
        &mut self,
        read: &Read<'_, '_>,
        at: usize,
        shape: &Shape,
        credit: Option<Credit>,
    ) -> (QuoteKind, Credited) {
        let frame = read.frame;
        let q = frame.items[at].quote.unwrap_or_default();
        if read.names_source(at) {
            let rule = "names who speaks";
            return (QuoteKind::Scare, Credited { rule, reason: Some("no speech"), ..Credited::default() });
        }
        if let Some(label) =
            layout::label(self.text, self.stretches[q].inner).filter(|_| frame.parent.is_none())
        {
            let credited = Credited { source: Some(label), rule: "speaker label", ..Credited::default() };
            self.carrier.credit(frame, &credited);
            return (QuoteKind::Direct, credited);
        }
        if frame.parent.is_none() && self.crossheads[frame.paragraph] {
            let rule = kinds::HEADING;
            return (QuoteKind::Title, Credited { rule, reason: Some("no speech"), ..Credited::default() });
        }
        if let Some(said) = read.headline.as_ref().filter(|said| said.content.contains(&at)) {
            let credited = headlines::credited(frame, said.source.clone(), said.cue, said.rule);
            return (QuoteKind::Mixed, credited);
        }
        let adjacent = credit.is_some_and(|c| {
            let told = shape.title_case && kinds::is_told(frame, at);
            let named = told
                || kinds::names_a_work(frame, at, shape)
                || kinds::between_names(frame, at, shape)
                || kinds::christened(frame, at, shape);
            c.adjacent && !named && (c.rule != "cue after" || !kinds::names_an_occasion(frame, at, shape))
        });
        // A title inside what somebody is reported to have said is among his words.
        let told = || indirect::holding(&read.reported, at).is_some();
        if !adjacent
            && let Some((kind, rule)) = kinds::not_speech(frame, at, shape)
            && !(rule == kinds::CAPITALS_ALONE && told() && !kinds::on_a_show(frame, at))
        {
            return (kind, Credited { rule, reason: Some("no speech"), ..Credited::default() });
        }
        if let Some(label) = self.turn(frame) {
            let credited =
                Credited { source: Some(label), rule: "inside a labelled turn", ..Credited::default() };
            return (QuoteKind::Mixed, credited);
        }
        if let Some(c) = credit {
            let kind = kinds::speech(frame, at, shape, c.adjacent);
            let end = if read.reports[c.report].cue.end <= at { at } else { frame.items.len() };
            let credited = credited(frame, &read.reports[c.report], c.rule, end);
            if kind == QuoteKind::Direct || credited.source.is_some() {
                self.carrier.credit(frame, &credited);
            }
            return (kind, credited);
        }
        if let Some(told) = read.told_by_nobody(at) {
            return (
                kinds::speech(frame, at, shape, false),
                credited(frame, told, "told by nobody named", frame.items.len()),
            );
        }
        if let Some(headline) = headlines::credit(frame, at, read.heading) {
            return headlined(frame, at, shape, &headline);
        }
        if self.stretches[q].single && frame.items.len() > 1 && !frame.items[at.saturating_sub(1)].is(":") {
            let reason = Some("single marks and no cue");
            return (QuoteKind::Scare, Credited { reason, rule: "no cue", ..Credited::default() });
        }
        self.carrier.credited(frame, at, shape)
    }

    /// Gives the last row the whole clause that the stretch at item `at` stands in.
    fn widen(&mut self, read: &Read<'_, '_>, at: usize) {
        let headline = read.headline.as_ref().map(|h| std::slice::from_ref(&h.content));
        let whole = indirect::holding(&read.reported, at).map(|r| r.content.as_slice());
        let whole = headline.filter(|h| h[0].contains(&at)).or(whole);
        if let (Some(whole), Some(row)) = (whole, self.out.last_mut()) {
            row.content = whole.iter().map(|c| read.frame.cover(c.start, c.end)).collect();
        }
    }

    /// A row for each reported clause without words in marks that are speech; the frame's rows begin at
    /// `first`.
    fn indirect_of(&mut self, read: &Read<'_, '_>, first: usize) {
        let frame = read.frame;
        for r in &read.reported {
            let report = &read.reports[r.report];
            let words = || r.content.iter().flat_map(|c| &frame.items[c.clone()]);
            // "wrote the novel [title]": no clause, nothing said.
            let clause = r.content[0].start < report.cue.start || words().any(inserted::goes_on);
            let named = |q: usize| clause && self.named_only(first, self.stretches[q].inner);
            let marked = words().filter_map(|i| i.quote).any(|q| !named(q));
            if marked || read.used[r.report] || !indirect::stands(frame, r, report) {
                continue;
            }
            let next = r.content.iter().map(|c| c.start).find(|&s| s >= report.cue.end);
            let credited = credited(frame, report, report.rule, next.unwrap_or(frame.items.len()));
            let spans = r.content.iter().map(|c| frame.cover(c.start, c.end)).collect();
            let thought = credited.cue.as_ref().is_some_and(|c| c.kind == CueKind::Thinking);
            let dashed = self.dashes.get(frame.paragraph).is_some_and(Option::is_some);
            let (kind, rule) = match thought {
                true => (QuoteKind::Thought, credited.rule),
                false if dashed && r.content[0].end <= report.cue.start => {
                    (QuoteKind::Turn, OPENED_WITH_A_DASH)
                }
                false => (QuoteKind::Indirect, credited.rule),
            };
            self.push(kind, spans, Credited { rule, ..credited }, true);
        }
    }

    /// Whether a row from `first` on has the stretch for a name or a word of note, no speech.
    fn named_only(&self, first: usize, inner: Span) -> bool {
        let name = |kind| matches!(kind, QuoteKind::Title | QuoteKind::Nickname | QuoteKind::Scare);
        self.out[first..].iter().any(|row| name(row.kind) && row.spans.contains(&inner))
    }

    fn push(&mut self, kind: QuoteKind, spans: Vec<Span>, credited: Credited, closed: bool) {
        let speaker = credited.source.map(|span| speakers::speaker(self.text, span, self.mentions));
        let unattributed = if speaker.is_none() { Some(credited.reason.unwrap_or("no cue")) } else { None };
        self.out.push(Quote {
            kind,
            content: spans.clone(),
            spans,
            speaker,
            cue: credited.cue,
            addressee: credited.addressee,
            occasion: credited.occasion,
            closed,
            rule: credited.rule,
            unattributed,
        });
    }
}

/// Whether the stretch at `at` goes on with the utterance that the one at `item` began:
/// `[we came] , she said , [and we saw]`.
fn interrupted(frame: &Frame<'_>, reports: &[Report], item: usize, at: usize, shape: &kinds::Shape) -> bool {
    let between = &frame.items[item + 1..at];
    let first = reports.partition_point(|r| r.cue.start <= item);
    let one = reports[first..].iter().take_while(|r| r.cue.end <= at).take(2).count() == 1;
    let ends = between.last().is_some_and(|b| matches!(b.text, "," | "—" | "–" | "--"));
    one && ends && between.len() < 25 && (!shape.capital || !between.last().is_some_and(|b| b.is(":")))
}

/// What a headline says of the stretch at item `at`.
fn headlined(
    frame: &Frame<'_>,
    at: usize,
    shape: &Shape,
    said: &headlines::Headline,
) -> (QuoteKind, Credited) {
    let kind = match said.rule {
        headlines::OPENS => QuoteKind::Direct,
        headlines::BEHIND_A_DASH if at == 0 && shape.capital && shape.words > 1 => QuoteKind::Direct,
        _ => kinds::speech(frame, at, shape, false),
    };
    (kind, said.credited(frame))
}
