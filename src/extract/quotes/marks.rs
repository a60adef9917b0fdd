//! Stretches in quotation marks, paragraph by paragraph.
//!
//! Reads every manner of marks that news comes in: curly, straight, doubled apostrophes and
//! backticks, guillemets, low-high. Marks are judged by what stands on both sides of them, so a mark
//! too many costs its own paragraph at most. Single marks are `singles`'s. What a stretch is, and
//! who said it, is decided elsewhere.

use super::{layout, singles};
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
        doubles(text, span, expected(text, annotation, paragraph, out.last()), &mut found);
        let behind = annotation.paragraphs.get(paragraph + 1);
        let singles = singles::singles(text, span, &found, behind.and_then(|&p| singles::opening(text, p)));
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
        mark_continued(text, span, first, &mut out);
    }
    out
}

/// Whether a mark before a paragraph is expected there: a colon announced it, the quote before it is open
/// still, or a speaker's label stands behind it.
fn expected(text: &str, annotation: &Annotation, paragraph: usize, last: Option<&Stretch>) -> bool {
    let span = annotation.paragraphs[paragraph];
    let announced = paragraph > 0 && annotation.paragraphs[paragraph - 1].of(text).trim_end().ends_with(':');
    let goes_on = last.is_some_and(|s| !s.closed && s.paragraph + 1 == paragraph);
    let labelled = || {
        let words = span.of(text).trim_start_matches(['"', '＂', '\'']);
        layout::label(text, Span::new(span.end - words.len(), span.end)).is_some()
    };
    announced || goes_on || labelled()
}

/// A paragraph that opens with a mark of the same look goes on with the quote that the paragraph before
/// left open.
fn mark_continued(text: &str, paragraph: Span, first: usize, out: &mut [Stretch]) {
    if first >= out.len() {
        return;
    }
    let Some(before) = out[..first].iter().rposition(|s| s.parent.is_none()) else { return };
    let open = {
        let last = &out[before];
        !last.closed && out.get(first).is_some_and(|s| last.paragraph + 1 == s.paragraph)
    };
    let mark = |s: &Stretch| text[s.outer.start..].chars().next();
    if open && out[first].outer.start == paragraph.start && mark(&out[first]) == mark(&out[before]) {
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

/// How marks look: what is quoted inside a quote is often marked otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Straight,
    Apostrophes,
    Curly,
    Angle,
}

#[derive(Clone, Copy)]
struct Mark {
    span: Span,
    side: Side,
    family: Family,
    look: Look,
}

/// The mark that begins at byte `at`, if one does.
fn mark_at(text: &str, at: usize, end: usize) -> Option<Mark> {
    let mut chars = text[at..end].chars();
    let first = chars.next()?;
    if first == '&' {
        return entity_at(text, at, end);
    }
    let doubled = chars.next() == Some(first);
    let (len, side, look) = match first {
        '"' | '＂' => (first.len_utf8(), Side::Either, Look::Straight),
        '“' | '„' | '‟' => (first.len_utf8(), Side::Opens, Look::Curly),
        '”' | '″' => (first.len_utf8(), Side::Closes, Look::Curly),
        '«' => (2, Side::Opens, Look::Angle),
        '»' => (2, Side::Closes, Look::Angle),
        '\'' if doubled => (2, Side::Either, Look::Apostrophes),
        '`' | '‘' if doubled => (2 * first.len_utf8(), Side::Opens, Look::Apostrophes),
        '’' if doubled => (2 * first.len_utf8(), Side::Closes, Look::Apostrophes),
        _ => return None,
    };
    let family = if look == Look::Angle { Family::Guillemet } else { Family::Double };
    Some(Mark { span: Span::new(at, at + len), side, family, look })
}

/// Marks as a page's source writes them, which saving it as text left so.
const ENTITIES: &[(&str, Side, Look)] = &[
    ("&quot;", Side::Either, Look::Straight),
    ("&#34;", Side::Either, Look::Straight),
    ("&ldquo;", Side::Opens, Look::Curly),
    ("&#8220;", Side::Opens, Look::Curly),
    ("&bdquo;", Side::Opens, Look::Curly),
    ("&rdquo;", Side::Closes, Look::Curly),
    ("&#8221;", Side::Closes, Look::Curly),
    ("&laquo;", Side::Opens, Look::Angle),
    ("&raquo;", Side::Closes, Look::Angle),
];

/// The mark that is written as an entity at byte `at`: "&quot;".
fn entity_at(text: &str, at: usize, end: usize) -> Option<Mark> {
    let &(name, side, look) = ENTITIES.iter().find(|(name, ..)| text[at..end].starts_with(name))?;
    let family = if look == Look::Angle { Family::Guillemet } else { Family::Double };
    Some(Mark { span: Span::new(at, at + name.len()), side, family, look })
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

/// How many marks ahead a stretch looks for its closing mark behind what is quoted inside it.
const AHEAD: usize = 64;
/// How deep stretches may stand in one another.
const DEEPEST: usize = 4;

/// Stretches in double marks and guillemets, each with `false`: not single. A mark before the paragraph is
/// `expected` or not.
fn doubles(text: &str, paragraph: Span, expected: bool, out: &mut Vec<(Raw, bool)>) {
    let marks = marks_of(text, paragraph);
    let mut open: Vec<Mark> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        match side(text, paragraph, mark, open.last()) {
            Some(Side::Opens) => {
                if let Some(around) = open.last().filter(|o| o.family == mark.family)
                    && !closes_behind(text, paragraph, around, &marks[i..])
                {
                    // A straight mark before a paragraph with marks of its own is left over from a page,
                    // unless something led to it: then all is quoted, and the closing mark forgotten.
                    let before = around.look == Look::Straight
                        && mark.look != around.look
                        && around.span.start == paragraph.start;
                    if before && !expected {
                        open.pop();
                    } else if !before {
                        close(&mut open, mark.span.start, None, out);
                    }
                }
                if open.len() < DEEPEST {
                    open.push(*mark);
                }
            }
            Some(_) => {
                // What was opened inside and looks otherwise ends here too.
                let same = |o: &Mark| o.look == mark.look;
                while open.last().is_some_and(|o| !same(o)) && open.iter().any(same) {
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

/// All double marks of a paragraph, but for those around the value of a markup attribute that was left in
/// the text: `id="12"`.
fn marks_of(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = paragraph.start;
    while at < paragraph.end {
        let Some(mark) = mark_at(text, at, paragraph.end) else {
            at += text[at..paragraph.end].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at = mark.span.end;
        if text[..mark.span.start].ends_with('=') && mark.side == Side::Either {
            at = text[at..paragraph.end].find('"').map_or(at, |i| at + i + 1);
            continue;
        }
        marks.push(mark);
    }
    marks
}

/// Whether `open` is closed behind what `ahead` opens first, where every mark in between has its partner:
/// then that is quoted inside it. Otherwise the closing mark of `open` was forgotten.
fn closes_behind(text: &str, paragraph: Span, open: &Mark, ahead: &[Mark]) -> bool {
    let mut inside: Vec<Look> = Vec::new();
    for mark in ahead.iter().take(AHEAD).filter(|m| m.family == open.family) {
        let (can_open, can_close) = neighbours(text, paragraph, mark);
        let innermost = inside.last().copied().unwrap_or(open.look);
        let closes = match (can_open, can_close) {
            (false, true) => true,
            (true, false) => false,
            _ => mark.side == Side::Closes || mark.side == Side::Either && innermost == mark.look,
        };
        if !closes {
            inside.push(mark.look);
        } else if innermost != mark.look {
            return false;
        } else if inside.pop().is_none() {
            return true;
        }
        if inside.len() >= DEEPEST {
            return false;
        }
    }
    false
}

/// Whether a mark may open, and whether it may close, by what stands beside it.
fn neighbours(text: &str, paragraph: Span, mark: &Mark) -> (bool, bool) {
    let before = text[paragraph.start..mark.span.start].chars().next_back();
    let after = text[mark.span.end..paragraph.end].chars().next();
    (before_opening(before), after_closing(after))
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
    let (can_open, can_close) = neighbours(text, paragraph, mark);
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
