//! Stretches in single marks, told from apostrophes.
//!
//! British papers mark speech so, American ones their headlines and what is quoted inside a quote.
//! An apostrophe stands inside a word, before a known short form ("'em", "'90s") or after a plural
//! ("the voters' choice"); a stretch needs an opening mark before a word and a closing one after.

use super::marks::{Raw, after_closing, before_opening};
use crate::lexicon::reporting;
use crate::span::Span;

/// How far a stretch in single marks may run, in bytes: farther apart, the two are apostrophes.
const LONGEST: usize = 2_000;

struct Single {
    at: usize,
    end: usize,
    opens: bool,
    closes: bool,
    /// It could be the apostrophe of a plural: "voters' choice".
    plural: bool,
    /// A curly one that can only open.
    surely: bool,
}

/// The single mark that opens a paragraph, if one does.
pub(super) fn opening(text: &str, paragraph: Span) -> Option<char> {
    let mark = paragraph.of(text).chars().next().filter(|c| matches!(c, '‘' | '\''))?;
    candidates(text, paragraph).first().is_some_and(|m| m.opens && m.at == paragraph.start).then_some(mark)
}

/// Stretches in single marks that lie wholly inside or outside of every stretch in `doubles`. `next` is the single
/// mark that opens the paragraph behind: a stretch with the same, which nothing closes, goes on there.
pub(super) fn singles(text: &str, paragraph: Span, doubles: &[(Raw, bool)], next: Option<char>) -> Vec<Raw> {
    let marks = candidates(text, paragraph);
    let mut out: Vec<Raw> = Vec::new();
    let mut i = 0;
    while i < marks.len() {
        if !marks[i].opens {
            i += 1;
            continue;
        }
        let close = closing(&marks, i, doubles);
        let same = next.is_some_and(|mark| text[marks[i].at..].starts_with(mark));
        let outer = Span::new(marks[i].at, paragraph.end);
        let open = same && close.is_none_or(|c| marks[c].plural) && !crosses(outer, doubles);
        if open && !marks[i + 1..].iter().any(|m| m.opens && (m.surely || !m.closes)) {
            out.push(Raw { outer, inner: Span::new(marks[i].end, paragraph.end), closed: false });
            break;
        }
        let Some(close) = close else {
            i += 1;
            continue;
        };
        out.push(Raw {
            outer: Span::new(marks[i].at, marks[close].end),
            inner: Span::new(marks[i].end, marks[close].at),
            closed: true,
        });
        i = close + 1;
    }
    out
}

/// The closing mark for the opening mark `open`: the first sure one before the next opening; failing
/// that, the last that could be a plural's.
fn closing(marks: &[Single], open: usize, doubles: &[(Raw, bool)]) -> Option<usize> {
    let mut plural = None;
    for (i, mark) in marks.iter().enumerate().skip(open + 1) {
        if mark.at - marks[open].end > LONGEST || (mark.opens && (mark.surely || !mark.closes)) {
            break;
        }
        if !mark.closes || crosses(Span::new(marks[open].at, mark.end), doubles) {
            continue;
        }
        if !mark.plural {
            return Some(i);
        }
        plural = Some(i);
    }
    plural
}

/// Whether a span cuts through the border of a stretch.
fn crosses(span: Span, doubles: &[(Raw, bool)]) -> bool {
    let first = doubles.partition_point(|(d, _)| d.outer.end <= span.start);
    doubles[first..]
        .iter()
        .take(64)
        .any(|(d, _)| d.outer.start < span.end && !d.outer.contains(span) && !span.contains(d.outer))
}

fn candidates(text: &str, paragraph: Span) -> Vec<Single> {
    let body = paragraph.of(text);
    let mut out = Vec::new();
    for (i, c) in body.char_indices() {
        if !matches!(c, '\'' | '‘' | '’' | '`' | '‚' | '‹' | '›') {
            continue;
        }
        let end = i + c.len_utf8();
        let before = body[..i].chars().next_back();
        let after = body[end..].chars().next();
        // Two in a row are a double mark.
        if c != '’' && (before == Some(c) || after == Some(c)) || before == Some('’') && c == '’' {
            continue;
        }
        let opening_side =
            before_opening(before) || before.is_some_and(|b| matches!(b, '"' | '“' | '«' | '„'));
        let starts_word = after.is_some_and(|a| {
            a.is_alphanumeric() || matches!(a, '[' | '(' | '$' | '£' | '€' | '…' | '"' | '“')
        });
        let opens = c != '’' && c != '›' && opening_side && starts_word && !short_form(&body[end..]);
        let closes = c != '‘'
            && c != '‚'
            && before.is_some_and(|b| !b.is_whitespace())
            && (after_closing(after) || after.is_some_and(|a| matches!(a, '"' | '”' | '»')));
        let plural = before.is_some_and(|b| matches!(b, 's' | 'S' | 'z' | 'x'))
            && after.is_some_and(char::is_whitespace)
            && body[end..].trim_start().starts_with(char::is_alphanumeric);
        if opens || closes {
            let at = paragraph.start + i;
            let surely = matches!(c, '‘' | '‚' | '‹');
            out.push(Single { at, end: paragraph.start + end, opens, closes, plural, surely });
        }
    }
    out
}

/// Whether what follows the mark is written with an apostrophe: "'90s", "'em".
fn short_form(after: &str) -> bool {
    let word: String =
        after.chars().take_while(|c| c.is_alphanumeric()).take(12).flat_map(char::to_lowercase).collect();
    let decade = word.len() == 3 && word.ends_with('s') && word[..2].bytes().all(|b| b.is_ascii_digit());
    let year = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
    decade || year || reporting::classes(&word).apostrophe()
}
