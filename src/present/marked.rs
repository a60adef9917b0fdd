//! An article to read: its mentions, quotes and figures marked in the text, and told below it.
//!
//! On a terminal, colours tell names from each other, quotes are underlined and figures bright; elsewhere
//! every mark stands in brackets with a label, `[P1 Ada Vale]`, that the lists below explain.

use std::io::{self, Write};

use super::harmless::{harmless, harmless_line};
use super::number::real;
use super::paint::{Look, Paint};
use super::table::Style;
use super::wrap::{width, wrap};
use crate::query::article::{
    ArticleView, CorrectedView, DateView, FigureView, MentionView, QuoteView, ReadingView,
};

/// A marked stretch of the text, in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    start: usize,
    end: usize,
    label: String,
    look: Look,
}

/// One character to print, with how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Glyph {
    c: char,
    looks: [Option<Look>; 2],
}

/// Prints an article for a person; with `why`, how each finding was made as well.
pub fn print(out: &mut impl Write, article: &ArticleView, style: Style, why: bool) -> io::Result<()> {
    let paint = style.paint;
    head(out, article, paint)?;
    let labels = labels(&article.mentions);
    let marks = marks(article, &labels);
    for line in lines(&glyphs(&article.text, &marks, paint.is_on()), style.width.unwrap_or(usize::MAX)) {
        writeln!(out, "{}", painted(&line, paint))?;
    }
    let list = List { style, why };
    list.names(out, article, &labels)?;
    list.quotes(out, article)?;
    list.figures(out, article)?;
    list.dates(out, &article.dates)?;
    let refused: Vec<_> = article.refused.iter().map(|r| (r.reason.clone(), r.text.clone())).collect();
    if why {
        list.pairs(out, "Numbers refused", &refused)?;
        let standing =
            |r: &&ReadingView| article.refused.iter().any(|x| (x.start, x.end) == (r.start, r.end));
        let other = article.other_readings.iter().filter(standing);
        let other: Vec<_> = other.map(|r| (r.text.clone(), besides(r))).collect();
        list.pairs(out, "Numbers refused that may be figures", &other)?;
    }
    let aside: Vec<_> = article.furniture.iter().map(|f| (f.reason.clone(), f.text.clone())).collect();
    list.pairs(out, "Set aside", &aside)?;
    let corrected: Vec<_> = article.corrected.iter().map(told).collect();
    list.pairs(out, "Corrected", &corrected)
}

/// A correction: what it is about, and what it says.
fn told(c: &CorrectedView) -> (String, String) {
    let value = c.value.as_deref().map(|value| format!(" → {value}")).unwrap_or_default();
    let note = c.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
    let says = format!("'{}' {}{value}{note}, by {}, {}", c.anchor, c.field, c.author, c.made_at);
    (format!("{} {}", c.correction_id, c.subject), says)
}

/// What `--why` says of the corrections of a row.
fn corrections(article: &ArticleView, subject: &str, row: i64) -> String {
    let of = article.corrected.iter().filter(|c| c.subject == subject && c.row_id == Some(row));
    of.map(|c| format!("; {} corrected by {} (correction {})", c.field, c.author, c.correction_id)).collect()
}

/// What a number may be besides, and why it was not taken for it.
fn besides(reading: &ReadingView) -> String {
    format!("read as {}, may be {} ({})", reading.read_as, reading.other, reading.rule)
}

fn head(out: &mut impl Write, article: &ArticleView, paint: Paint) -> io::Result<()> {
    let title = article.title.as_deref().unwrap_or("(no title)");
    writeln!(out, "{}", paint.text(Look::BOLD, &harmless_line(title)))?;
    writeln!(out, "article {}, revision {}, {} words", article.id, article.revision, article.words)?;
    writeln!(out, "  source: {}", harmless_line(&article.source))?;
    for known in &article.evidence {
        writeln!(
            out,
            "  {}: {}  {}",
            known.field,
            harmless_line(&known.value),
            paint.text(Look::DIM, &format!("({}: {})", known.rule, harmless_line(&known.words)))
        )?;
    }
    for (field, value) in [("outlet", &article.outlet), ("published", &article.published)] {
        if value.is_none() {
            writeln!(out, "  {field}: not known")?;
        }
    }
    writeln!(out)
}

/// Every entity once, with the label that marks it: P for persons, O organizations, L places (locations), G
/// groups, E events.
fn labels(mentions: &[MentionView]) -> Vec<(i64, String)> {
    let mut labels: Vec<(i64, String)> = Vec::new();
    for mention in mentions {
        if labels.iter().any(|(id, _)| *id == mention.entity_id) {
            continue;
        }
        let letter = match mention.kind.as_str() {
            "person" => 'P',
            "organization" => 'O',
            "place" => 'L',
            "group" => 'G',
            _ => 'E',
        };
        let number = labels.iter().filter(|(_, label)| label.starts_with(letter)).count() + 1;
        labels.push((mention.entity_id, format!("{letter}{number}")));
    }
    labels
}

fn look(kind: &str) -> Look {
    match kind {
        "person" => Look::CYAN,
        "organization" => Look::MAGENTA,
        "place" => Look::GREEN,
        _ => Look::BLUE,
    }
}

fn marks(article: &ArticleView, labels: &[(i64, String)]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for m in &article.mentions {
        let label = labels.iter().find(|(id, _)| *id == m.entity_id).map(|(_, label)| label.clone());
        marks.push(Mark {
            start: m.start,
            end: m.end,
            label: label.unwrap_or_default(),
            look: look(&m.kind),
        });
    }
    for (n, quote) in article.quotes.iter().enumerate() {
        for &(start, end) in &quote.spans {
            marks.push(Mark { start, end, label: format!("Q{}", n + 1), look: Look::UNDERLINE });
        }
    }
    for (n, f) in article.figures.iter().enumerate() {
        marks.push(Mark { start: f.start, end: f.end, label: format!("F{}", n + 1), look: Look::YELLOW });
    }
    // Outer marks begin before inner ones.
    marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    marks
}

/// The text's characters made harmless, with the marks' brackets and labels, or in their looks.
fn glyphs(text: &str, marks: &[Mark], colour: bool) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(text.len() + marks.len() * 8);
    let mut open: Vec<&Mark> = Vec::new();
    let mut coming = marks.iter().peekable();
    for (at, c) in text.chars().enumerate() {
        close(&mut glyphs, &mut open, at, colour);
        while let Some(mark) = coming.next_if(|mark| mark.start <= at) {
            open.push(mark);
            if !colour {
                plain(&mut glyphs, &format!("[{} ", mark.label));
            }
        }
        // The innermost name or figure colours a character; a quote around it underlines it.
        let quote = open.iter().map(|m| m.look).find(|look| *look == Look::UNDERLINE);
        let other = open.iter().rev().map(|m| m.look).find(|look| *look != Look::UNDERLINE);
        let looks = if colour { [quote, other] } else { [None, None] };
        let mut bytes = [0; 4];
        glyphs.extend(harmless(c.encode_utf8(&mut bytes)).chars().map(|c| Glyph { c, looks }));
    }
    close(&mut glyphs, &mut open, usize::MAX, colour);
    glyphs
}

/// Ends the marks that end at or before `at`. One that crosses another is closed out of turn: its bracket
/// stands where its text ends.
fn close(glyphs: &mut Vec<Glyph>, open: &mut Vec<&Mark>, at: usize, colour: bool) {
    while let Some(n) = open.iter().rposition(|mark| mark.end <= at) {
        let mark = open.remove(n);
        if !colour {
            plain(glyphs, "]");
        } else if mark.label.starts_with(['Q', 'F']) {
            let looks = [None, Some(Look::DIM)];
            glyphs.extend(format!("[{}]", mark.label).chars().map(|c| Glyph { c, looks }));
        }
    }
}

fn plain(glyphs: &mut Vec<Glyph>, text: &str) {
    glyphs.extend(text.chars().map(|c| Glyph { c, looks: [None, None] }));
}

/// Lines of at most `most` columns, broken at spaces.
fn lines(glyphs: &[Glyph], most: usize) -> Vec<Vec<Glyph>> {
    let mut lines = Vec::new();
    for paragraph in glyphs.split(|g| g.c == '\n') {
        let mut line: Vec<Glyph> = Vec::new();
        let mut taken = 0;
        for word in paragraph.split_inclusive(|g| g.c == ' ') {
            let text: String = word.iter().map(|g| g.c).collect();
            if taken > 0 && taken + width(text.trim_end()) > most {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.extend(word);
            taken += width(&text);
        }
        lines.push(line);
    }
    lines
}

/// A line with the escapes that give each stretch its look.
fn painted(line: &[Glyph], paint: Paint) -> String {
    let mut out = String::new();
    for stretch in line.chunk_by(|a, b| a.looks == b.looks) {
        let text: String = stretch.iter().map(|g| g.c).collect();
        let inner = match stretch[0].looks[1] {
            Some(look) => paint.text(look, &text).into_owned(),
            None => text,
        };
        match stretch[0].looks[0] {
            // The inner reset ends both.
            Some(look) if paint.is_on() => out.push_str(&format!("\x1b[{}m{inner}\x1b[0m", look.0)),
            _ => out.push_str(&inner),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// The lists below the text.
struct List {
    style: Style,
    why: bool,
}

impl List {
    fn title(&self, out: &mut impl Write, title: &str) -> io::Result<()> {
        writeln!(out, "\n{}", self.style.paint.text(Look::BOLD, title))
    }

    /// One entry: a label, what it is, and with `--why`, how it came about.
    fn entry(&self, out: &mut impl Write, label: &str, text: &str, why: &str) -> io::Result<()> {
        let most = self.style.width.unwrap_or(usize::MAX).saturating_sub(6).max(20);
        for (n, line) in wrap(&harmless_line(text), most, usize::MAX).iter().enumerate() {
            let label = if n == 0 { label } else { "" };
            writeln!(out, "{label:>4}  {line}")?;
        }
        if self.why && !why.is_empty() {
            for line in wrap(&harmless_line(why), most, usize::MAX) {
                writeln!(out, "      {}", self.style.paint.text(Look::DIM, &line))?;
            }
        }
        Ok(())
    }

    fn names(&self, out: &mut impl Write, article: &ArticleView, labels: &[(i64, String)]) -> io::Result<()> {
        if labels.is_empty() {
            return Ok(());
        }
        self.title(out, "Named")?;
        for (id, label) in labels {
            let mentions: Vec<_> = article.mentions.iter().filter(|m| m.entity_id == *id).collect();
            let Some(first) = mentions.first() else { continue };
            let mut forms: Vec<&str> = Vec::new();
            for mention in &mentions {
                if mention.text != first.entity && !forms.contains(&mention.text.as_str()) {
                    forms.push(&mention.text);
                }
            }
            let also = if forms.is_empty() { String::new() } else { format!(", as {}", forms.join(", ")) };
            let times =
                if mentions.len() == 1 { "once".to_owned() } else { format!("{} times", mentions.len()) };
            let text = format!("{} ({}), {times}{also}", first.entity, first.kind);
            let sure = mentions.iter().map(|m| m.confidence).fold(1.0, f64::min);
            let row = match (&first.sense, first.linked_by.as_str()) {
                (Some(sense), _) => sense.clone(),
                (None, "surname") => "the only bearer of the surname in the archive".to_owned(),
                (None, _) => "of the same name".to_owned(),
            };
            let why = format!(
                "found by {}, at least {sure:.2} sure; joined by {}; entity {id}: {row}{}",
                first.found_by,
                first.joined_by,
                corrections(article, "entity", *id)
            );
            self.entry(out, label, &text, &why)?;
        }
        Ok(())
    }

    fn quotes(&self, out: &mut impl Write, article: &ArticleView) -> io::Result<()> {
        let quotes: &[QuoteView] = &article.quotes;
        if !quotes.is_empty() {
            self.title(out, "Quoted")?;
        }
        for (n, q) in quotes.iter().enumerate() {
            let who = match (&q.speaker, &q.speaker_text) {
                (Some(name), Some(text)) if name != text => format!("{name} ({text})"),
                (Some(name), _) | (None, Some(name)) => name.clone(),
                (None, None) => format!("nobody ({})", q.unattributed.as_deref().unwrap_or("no reason kept")),
            };
            let cue = q.cue.as_deref().map(|cue| format!(", {cue}")).unwrap_or_default();
            let why = match &q.speaker_steps {
                Some(steps) => format!("rule: {}; speaker: {steps}", q.rule),
                None => format!("rule: {}", q.rule),
            };
            let why = format!("{why}{}", corrections(article, "quote", q.id));
            self.entry(out, &format!("Q{}", n + 1), &format!("{who}{cue} [{}]: {}", q.kind, q.said), &why)?;
        }
        Ok(())
    }

    fn figures(&self, out: &mut impl Write, article: &ArticleView) -> io::Result<()> {
        let figures: &[FigureView] = &article.figures;
        let readings: &[ReadingView] = &article.other_readings;
        if !figures.is_empty() {
            self.title(out, "Figures")?;
        }
        for (n, f) in figures.iter().enumerate() {
            let amount = match (f.value, f.low, f.high) {
                (Some(value), ..) => real(value),
                (None, Some(low), Some(high)) => format!("{} to {}", real(low), real(high)),
                (None, Some(low), None) => format!("{} or more", real(low)),
                (None, None, Some(high)) => format!("{} or less", real(high)),
                (None, None, None) => "no number".to_owned(),
            };
            let unit = f.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let of = f.counted.as_deref().map(|counted| format!(", of {counted}")).unwrap_or_default();
            let event = f.event.as_deref().map(|event| format!(" ({event})")).unwrap_or_default();
            let bound = f.bound.replace('_', " ");
            let text = format!("{}: {bound} {amount}{unit}{of}{event} [{}]", f.text, f.kind);
            let also = readings.iter().filter(|r| (r.start, r.end) == (f.start, f.end));
            let also: String = also.map(|r| format!("; {}", besides(r))).collect();
            self.entry(
                out,
                &format!("F{}", n + 1),
                &text,
                &format!("rule: {}{also}{}", f.rule, corrections(article, "figure", f.id)),
            )?;
        }
        Ok(())
    }

    /// Dates and times, told with `why` alone: the text has them, and there are many.
    fn dates(&self, out: &mut impl Write, dates: &[DateView]) -> io::Result<()> {
        if !self.why || dates.is_empty() {
            return Ok(());
        }
        self.title(out, "Dates and times")?;
        for date in dates {
            let value = date.value.as_deref().unwrap_or("not known");
            let unresolved = date.unresolved.as_deref().map(|why| format!(", {why}")).unwrap_or_default();
            let text = format!("{}: {value}{unresolved} [{}]", date.text, date.kind);
            self.entry(out, "", &text, &format!("rule: {}", date.rule))?;
        }
        Ok(())
    }

    fn pairs(&self, out: &mut impl Write, title: &str, pairs: &[(String, String)]) -> io::Result<()> {
        if !pairs.is_empty() {
            self.title(out, title)?;
        }
        for (reason, text) in pairs {
            self.entry(out, "", &format!("{reason}: {text}"), "")?;
        }
        Ok(())
    }
}
