//! Rows of an article's numbers: figures with their sentences, dates, and what a number may be besides.

use rusqlite::named_params;

use super::Writer;
use crate::finding::{Figure, Findings, Moment};
use crate::span::Span;

const INSERT_FIGURE: &str = "
    INSERT INTO figures (id, article_id, kind, start, end, text, value, low, high, bound, direction, role,
                         unit, unit_name, base_value, base_unit, counted, counted_start, counted_end,
                         counted_head, event, holds_for, holds_for_start, holds_for_end,
                         place, place_start, place_end, whose, whose_start, whose_end,
                         period, period_start, period_end, as_of, as_of_start, as_of_end, as_of_date,
                         cited, cited_start, cited_end, is_vague, is_hedged, hedge,
                         sentence_start, sentence_end, quote_id, rule)
    VALUES (:id, :article, :kind, :start, :end, :text, :value, :low, :high, :bound, :direction, :role,
            :unit, :unit_name, :base_value, :base_unit, :counted, :counted_start, :counted_end,
            :counted_head, :event, :holds_for, :holds_for_start, :holds_for_end,
            :place, :place_start, :place_end, :whose, :whose_start, :whose_end,
            :period, :period_start, :period_end, :as_of, :as_of_start, :as_of_end, :as_of_date,
            :cited, :cited_start, :cited_end, :is_vague, :is_hedged, :hedge,
            :sentence_start, :sentence_end, :quote, :rule)";

const INSERT_SENTENCE: &str = "
    INSERT OR IGNORE INTO sentences (article_id, start, end, text) VALUES (?1, ?2, ?3, ?4)";

const INSERT_DATE: &str = "
    INSERT INTO dates (id, article_id, kind, start, end, text, value, earliest, latest, unresolved,
                       sentence_start, sentence_end, rule)
    VALUES (:id, :article, :kind, :start, :end, :text, :value, :earliest, :latest, :unresolved,
            :sentence_start, :sentence_end, :rule)";

const INSERT_READING: &str = "
    INSERT INTO other_readings (article_id, figure_id, start, end, text, read_as, other, value, unit, rule)
    VALUES (:article, :figure, :start, :end, :text, :read_as, :other, :value, :unit, :rule)";

impl Writer<'_> {
    /// Writes the figures; returns their row ids.
    pub(super) fn figures(&mut self, findings: &Findings, quotes: &[i64]) -> rusqlite::Result<Vec<i64>> {
        let mut rows = Vec::with_capacity(findings.figures.len());
        for (figure, quote) in findings.figures.iter().zip(standing_in(findings)) {
            rows.push(self.figure(figure, quote.map(|quote| quotes[quote]))?);
        }
        Ok(rows)
    }

    fn figure(&mut self, figure: &Figure, quote: Option<i64>) -> rusqlite::Result<i64> {
        let (text, start, end) = self.at(Some(figure.span));
        let (counted, counted_start, counted_end) = self.at(figure.counted);
        let (holds_for, holds_for_start, holds_for_end) = self.at(figure.holds_for);
        let (place, place_start, place_end) = self.at(figure.place);
        let (whose, whose_start, whose_end) = self.at(figure.whose);
        let (period, period_start, period_end) = self.at(figure.period);
        let (as_of, as_of_start, as_of_end) = self.at(figure.as_of);
        let (cited, cited_start, cited_end) = self.at(figure.cited);
        let (sentence_start, sentence_end) = self.sentence(figure.sentence)?;
        let id = self.ids.take("figure", figure.kind.as_str(), figure.span.of(self.text));
        self.connection.prepare_cached(INSERT_FIGURE)?.execute(named_params! {
            ":id": id,
            ":article": self.article,
            ":kind": figure.kind.as_str(),
            ":start": start,
            ":end": end,
            ":text": text,
            ":value": figure.value,
            ":low": figure.low,
            ":high": figure.high,
            ":bound": figure.bound.as_str(),
            ":direction": figure.direction.map(|d| d.as_str()),
            ":role": figure.role.map(|r| r.as_str()),
            ":unit": figure.unit,
            ":unit_name": figure.unit_name,
            ":base_value": figure.base_value,
            ":base_unit": figure.base_unit,
            ":counted": counted,
            ":counted_start": counted_start,
            ":counted_end": counted_end,
            ":counted_head": figure.counted_head,
            ":event": figure.event,
            ":holds_for": holds_for,
            ":holds_for_start": holds_for_start,
            ":holds_for_end": holds_for_end,
            ":place": place,
            ":place_start": place_start,
            ":place_end": place_end,
            ":whose": whose,
            ":whose_start": whose_start,
            ":whose_end": whose_end,
            ":period": period,
            ":period_start": period_start,
            ":period_end": period_end,
            ":as_of": as_of,
            ":as_of_start": as_of_start,
            ":as_of_end": as_of_end,
            ":as_of_date": figure.as_of_date,
            ":cited": cited,
            ":cited_start": cited_start,
            ":cited_end": cited_end,
            ":is_vague": figure.vague,
            ":is_hedged": figure.denied || figure.possible,
            ":hedge": if figure.denied { Some("denied") } else { figure.possible.then_some("possible") },
            ":sentence_start": sentence_start,
            ":sentence_end": sentence_end,
            ":quote": quote,
            ":rule": figure.rule,
        })?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Writes a sentence, once however many findings it holds; returns where it stands.
    fn sentence(&self, sentence: Span) -> rusqlite::Result<(Option<i64>, Option<i64>)> {
        let (text, start, end) = self.at(Some(sentence));
        self.connection.prepare_cached(INSERT_SENTENCE)?.execute((self.article, start, end, text))?;
        Ok((start, end))
    }

    pub(super) fn moments(&mut self, findings: &Findings) -> rusqlite::Result<()> {
        for moment in &findings.moments {
            self.moment(moment)?;
        }
        Ok(())
    }

    fn moment(&mut self, moment: &Moment) -> rusqlite::Result<()> {
        let (text, start, end) = self.at(Some(moment.span));
        let (sentence_start, sentence_end) = self.sentence(moment.sentence)?;
        let id = self.ids.take("date", moment.kind.as_str(), moment.span.of(self.text));
        self.connection.prepare_cached(INSERT_DATE)?.execute(named_params! {
            ":id": id,
            ":article": self.article,
            ":kind": moment.kind.as_str(),
            ":start": start,
            ":end": end,
            ":text": text,
            ":value": moment.value,
            ":earliest": moment.earliest,
            ":latest": moment.latest,
            ":unresolved": moment.unresolved,
            ":sentence_start": sentence_start,
            ":sentence_end": sentence_end,
            ":rule": moment.rule,
        })?;
        Ok(())
    }

    /// Writes other readings; `figures` are the figures' row ids.
    pub(super) fn readings(&mut self, findings: &Findings, figures: &[i64]) -> rusqlite::Result<()> {
        for reading in &findings.readings {
            let at = findings.figures.partition_point(|figure| figure.span < reading.span);
            let of = findings.figures.get(at).filter(|figure| figure.span == reading.span);
            let (text, start, end) = self.at(Some(reading.span));
            self.connection.prepare_cached(INSERT_READING)?.execute(named_params! {
                ":article": self.article,
                ":figure": of.map(|_| figures[at]),
                ":start": start,
                ":end": end,
                ":text": text,
                ":read_as": reading.read_as,
                ":other": reading.other,
                ":value": reading.value,
                ":unit": reading.unit,
                ":rule": reading.rule,
            })?;
        }
        Ok(())
    }
}

/// For each figure, the innermost quote it stands in. Both are in text order, so that one pass does.
fn standing_in(findings: &Findings) -> Vec<Option<usize>> {
    // Marks nest by two or three levels; deeper ones are noise, and must not cost more than their place.
    const DEPTH: usize = 8;
    let mut stretches: Vec<(Span, usize)> = findings
        .quotes
        .iter()
        .enumerate()
        .flat_map(|(index, quote)| quote.spans.iter().map(move |&span| (span, index)))
        .collect();
    stretches.sort_by_key(|(span, index)| (span.start, std::cmp::Reverse(span.end), *index));
    let mut coming = stretches.into_iter().peekable();
    let mut open: Vec<(Span, usize)> = Vec::new();
    let of_figure = |figure: &Figure| {
        while let Some(stretch) = coming.next_if(|(span, _)| span.start <= figure.span.start) {
            open.push(stretch);
        }
        while open.last().is_some_and(|(span, _)| span.end <= figure.span.start) {
            open.pop();
        }
        open.iter().rev().take(DEPTH).find(|(span, _)| span.contains(figure.span)).map(|(_, index)| *index)
    };
    findings.figures.iter().map(of_figure).collect()
}
