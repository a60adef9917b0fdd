//! An article's history to read: what changed, told as facts, and the text's differences where asked for.

use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use super::harmless::{harmless, harmless_line};
use super::number::real;
use super::paint::{Look, Paint};
use super::table::Style;
use super::wrap::wrap;
use crate::query::history::{ChangeView, History, Revision};

/// Prints a history; with `diff`, how each revision's words differ from those before.
pub fn print(out: &mut impl Write, history: &History, style: Style, diff: bool) -> io::Result<()> {
    let paint = style.paint;
    let title = history.title.as_deref().unwrap_or("(no title)");
    writeln!(out, "{}", paint.text(Look::BOLD, &harmless_line(title)))?;
    let revisions = match history.revisions.len() {
        1 => "1 revision".to_owned(),
        n => format!("{n} revisions"),
    };
    writeln!(out, "article {}, {revisions}", history.id)?;
    for source in &history.sources {
        let gone = source.vanished_at.as_ref().map(|at| format!(", gone since {at}")).unwrap_or_default();
        writeln!(out, "  {}  found {}{gone}", harmless_line(&source.source), source.found_at)?;
    }
    if history.sources.is_empty() {
        let since = history.vanished_at.as_deref().unwrap_or("an unknown time");
        writeln!(out, "  no source holds it since {since}: its file now holds another article")?;
    }
    let mut before: Option<&Revision> = None;
    let mut told = 0;
    for revision in &history.revisions {
        // What newer extractors or a walk found between the revisions.
        let upto = history.changes.iter().take_while(|c| c.run < revision.run).count().max(told);
        between(out, &history.changes[told..upto], style)?;
        told = upto;
        head(out, revision, paint)?;
        let own = history.changes[told..].iter().take_while(|c| c.run == revision.run).count();
        facts(out, &history.changes[told..told + own], style)?;
        told += own;
        if let (true, Some(before)) = (diff, before) {
            words(out, before, revision, style)?;
        }
        before = Some(revision);
    }
    between(out, &history.changes[told..], style)
}

fn head(out: &mut impl Write, revision: &Revision, paint: Paint) -> io::Result<()> {
    let mark = format!("revision {}", revision.revision);
    writeln!(
        out,
        "\n{}  {}, run {}, {} words",
        paint.text(Look::BOLD, &mark),
        revision.imported_at,
        revision.run,
        revision.words
    )
}

/// Changes that made no revision, run by run.
fn between(out: &mut impl Write, changes: &[ChangeView], style: Style) -> io::Result<()> {
    for changes in changes.chunk_by(|a, b| a.run == b.run) {
        let first = &changes[0];
        let what = if changes.iter().all(|change| change.subject == "source") {
            "the walk found"
        } else {
            "read again by other extractors"
        };
        writeln!(out, "\n{what}  {}, run {}", first.at, first.run)?;
        facts(out, changes, style)?;
    }
    Ok(())
}

fn facts(out: &mut impl Write, changes: &[ChangeView], style: Style) -> io::Result<()> {
    const INDENT: usize = 6;
    for change in changes {
        let head = format!("  {} {}", change.subject, change.what);
        let line = line(change);
        if line.is_empty() {
            writeln!(out, "{}", style.paint.text(Look::CYAN, &head))?;
            continue;
        }
        writeln!(out, "{}", style.paint.text(Look::CYAN, &head))?;
        let most = style.width.unwrap_or(usize::MAX).saturating_sub(INDENT).max(20);
        for line in wrap(&harmless_line(&line), most, usize::MAX) {
            writeln!(out, "{:INDENT$}{line}", "")?;
        }
    }
    Ok(())
}

/// A change in words: what it is about, what was, what is.
pub fn fact(about: Option<&str>, before: Option<&str>, after: Option<&str>) -> String {
    let change = match (before, after) {
        (Some(before), Some(after)) => Some(format!("{before} → {after}")),
        (one, other) => one.or(other).map(str::to_owned),
    };
    match (about, change) {
        (Some(about), Some(change)) => format!("{about}: {change}"),
        (about, change) => change.or(about.map(str::to_owned)).unwrap_or_default(),
    }
}

fn line(change: &ChangeView) -> String {
    let mut line = fact(change.about.as_deref(), change.before.as_deref(), change.after.as_deref());
    if let (Some(before), Some(after)) = (change.before_value, change.after_value)
        && before != after
    {
        line.push_str(&format!("  ({} → {})", real(before), real(after)));
    }
    line
}

/// The words that went and came, paragraph by paragraph; paragraphs that stayed are left out.
fn words(out: &mut impl Write, before: &Revision, after: &Revision, style: Style) -> io::Result<()> {
    writeln!(out)?;
    let lines = TextDiff::from_lines(&before.text, &after.text);
    for op in lines.grouped_ops(0).iter().flatten() {
        let part = |range: std::ops::Range<usize>, slices: &[&str]| slices[range].concat();
        let old = part(op.old_range(), lines.old_slices());
        let new = part(op.new_range(), lines.new_slices());
        let mut line = String::new();
        for change in TextDiff::from_words(&old, &new).iter_all_changes() {
            let word = harmless(change.value());
            match change.tag() {
                ChangeTag::Equal => line.push_str(&word),
                ChangeTag::Delete => line.push_str(&marked(&word, ["[-", "-]"])),
                ChangeTag::Insert => line.push_str(&marked(&word, ["{+", "+}"])),
            }
        }
        let line = line.replace("-][-", "").replace("+}{+", "");
        for line in line.lines().filter(|line| !line.trim().is_empty()) {
            for part in wrap(line, style.width.unwrap_or(usize::MAX).saturating_sub(2).max(20), usize::MAX) {
                writeln!(out, "  {part}")?;
            }
        }
    }
    Ok(())
}

/// Marks a word, and leaves the white space around lines outside.
fn marked(word: &str, [open, close]: [&str; 2]) -> String {
    match word.strip_suffix('\n') {
        Some("") => "\n".to_owned(),
        Some(word) => format!("{open}{word}{close}\n"),
        None => format!("{open}{word}{close}"),
    }
}
