//! Stretches in quotation marks, paragraph by paragraph.
//!
//! Reads every manner of marks that news comes in: curly, straight, doubled apostrophes and
//! backticks, guillemets, low-high. Marks are judged by what stands on both sides of them, so a mark
//! too many costs its own paragraph at most. Single marks are `singles`'s. What a stretch is, and
//! who said it, is decided elsewhere.

use super::singles;
use crate::annotate::Annotation;
use crate::span::Span;

/// A stretch between two marks, or from a mark to the paragraph's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// With its marks.
    pub outer: Span,
    /// Between the marks, without white space at the ends; never empty.
    pub inner: Span,
    /// Its paragraph.
    pub paragraph: usize,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether its marks are single ones.
    pub single: bool,
    /// The stretch around it, an index; `None` for those that stand in the running text.
    pub parent: Option<usize>,
    /// It goes on from the stretch before, whose paragraph ended without a closing mark.
    pub continues: bool,
}

/// All stretches of a text, in order of their start; a stretch stands after the one around it.
pub fn stretches(text: &str, annotation: &Annotation) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for (paragraph, &span) in annotation.paragraphs.iter().enumerate() {
        let mut found = Vec::new();
        doubles(text, span, &mut found);
        let singles = singles::singles(text, span, &found);
        found.extend(singles.into_iter().map(|s| (s, true)));
        let first = out.len();
        found.sort_by_key(|(raw, _)| (raw.outer.start, std::cmp::Reverse(raw.outer.end)));
        let mut around: Vec<usize> = Vec::new();
        for (raw, single) in found {
            let inner = raw.inner.trim(text);
            if !inner.of(text).contains(char::is_alphanumeric) {
                continue;
            }
            while around.last().is_some_and(|&i| out[i].outer.end <= raw.outer.start) {
                around.pop();
            }
            let parent = around.last().copied().filter(|&i| out[i].outer.contains(raw.outer));
            around.push(out.len());
            let Raw { outer, closed, .. } = raw;
            out.push(Stretch { outer, inner, paragraph, closed, single, parent, continues: false });
        }
        mark_continued(span, first, &mut out);
    }
    out
}

/// A paragraph that opens with a mark goes on with the quote that the paragraph before left open.
fn mark_continued(paragraph: Span, first: usize, out: &mut [Stretch]) {
    if first >= out.len() {
        return;
    }
    let Some(before) = out[..first].iter().rposition(|s| s.parent.is_none()) else { return };
    let open = {
        let last = &out[before];
        !last.closed && out.get(first).is_some_and(|s| last.paragraph + 1 == s.paragraph)
    };
    if open && out[first].outer.start == paragraph.start && out[first].single == out[before].single {
        out[first].continues = true;
    }
}

/// A stretch as the scan sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Raw {
    pub outer: Span,
    pub inner: Span,
    pub closed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Guillemet,
}

struct Mark {
    span: Span,
    side: Side,
    family: Family,
}

/// The mark that begins at byte `at`, if one does.
fn mark_at(text: &str, at: usize, end: usize) -> Option<Mark> {
    let mut chars = text[at..end].chars();
    let first = chars.next()?;
    let doubled = chars.next() == Some(first);
    let (len, side, family) = match first {
        '"' | '＂' => (first.len_utf8(), Side::Either, Family::Double),
        '“' | '„' | '‟' => (first.len_utf8(), Side::Opens, Family::Double),
        '”' | '″' => (first.len_utf8(), Side::Closes, Family::Double),
        '«' => (2, Side::Opens, Family::Guillemet),
        '»' => (2, Side::Closes, Family::Guillemet),
        '\'' if doubled => (2, Side::Either, Family::Double),
        '`' | '‘' if doubled => (2 * first.len_utf8(), Side::Opens, Family::Double),
        '’' if doubled => (2 * first.len_utf8(), Side::Closes, Family::Double),
        _ => return None,
    };
    Some(Mark { span: Span::new(at, at + len), side, family })
}

/// What may stand before an opening mark.
pub(super) fn before_opening(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '\'' | '‘' | '…')
    })
}

/// What may stand after a closing mark.
pub(super) fn after_closing(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ','
                    | ':'
                    | ';'
                    | '!'
                    | '?'
                    | ')'
                    | ']'
                    | '}'
                    | '—'
                    | '–'
                    | '-'
                    | '/'
                    | '\''
                    | '’'
                    | '…'
            )
    })
}

/// Stretches in double marks and guillemets, each with `false`: not single.
fn doubles(text: &str, paragraph: Span, out: &mut Vec<(Raw, bool)>) {
    let mut open: Vec<Mark> = Vec::new();
    let mut at = paragraph.start;
    while at < paragraph.end {
        let Some(mark) = mark_at(text, at, paragraph.end) else {
            at += text[at..paragraph.end].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at = mark.span.end;
        // The value of a markup attribute that was left in the text: id="12".
        if text[..mark.span.start].ends_with('=') && mark.side == Side::Either && open.is_empty() {
            at = text[at..paragraph.end].find('"').map_or(at, |i| at + i + 1);
            continue;
        }
        match side(text, paragraph, &mark, open.last()) {
            Some(Side::Opens) => {
                // Another opening mark of the family says that the closing one was forgotten.
                if open.last().is_some_and(|o| o.family == mark.family) {
                    close(&mut open, mark.span.start, None, out);
                }
                if open.len() < 4 {
                    open.push(mark);
                }
            }
            Some(_) => {
                // What was opened inside and of another family ends here too.
                while open.last().is_some_and(|o| o.family != mark.family)
                    && open.iter().any(|o| o.family == mark.family)
                {
                    close(&mut open, mark.span.start, None, out);
                }
                if open.last().is_some_and(|o| o.family == mark.family) {
                    close(&mut open, mark.span.start, Some(mark.span.end), out);
                }
            }
            None => {}
        }
    }
    while !open.is_empty() {
        close(&mut open, paragraph.end, None, out);
    }
}

fn close(open: &mut Vec<Mark>, at: usize, mark_end: Option<usize>, out: &mut Vec<(Raw, bool)>) {
    if let Some(mark) = open.pop() {
        let outer = Span::new(mark.span.start, mark_end.unwrap_or(at));
        let inner = Span::new(mark.span.end, at.max(mark.span.end));
        out.push((Raw { outer, inner, closed: mark_end.is_some() }, false));
    }
}

/// Which way a mark goes, from its shape and its neighbours; `None` when it is no quotation mark.
fn side(text: &str, paragraph: Span, mark: &Mark, open: Option<&Mark>) -> Option<Side> {
    let before = text[paragraph.start..mark.span.start].chars().next_back();
    let after = text[mark.span.end..paragraph.end].chars().next();
    let (can_open, can_close) = (before_opening(before), after_closing(after));
    let open = open.filter(|o| o.family == mark.family);
    match mark.side {
        // Wrong-way curly marks, and the German „low-high“, whose end looks like an opening.
        Side::Opens if open.is_some() && !can_open && can_close => Some(Side::Closes),
        Side::Closes if open.is_none() && can_open && !can_close => Some(Side::Opens),
        Side::Either => match open {
            None => {
                let inches = before.is_some_and(|c| c.is_ascii_digit()) && can_close;
                let stray = !can_open && can_close;
                (!inches && !stray).then_some(Side::Opens)
            }
            Some(o) => {
                let clear_opener =
                    before.is_some_and(char::is_whitespace) && !can_close && mark.span.start > o.span.end + 1;
                Some(if clear_opener { Side::Opens } else { Side::Closes })
            }
        },
        side => Some(side),
    }
}
