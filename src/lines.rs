//! Lines and paragraphs: which lines of a text belong together.
//!
//! Text from the web has a paragraph a line, or blank lines between paragraphs whose lines were broken
//! at a width, or lines broken where a link stood. Nothing is changed here: paragraphs are spans.

use crate::lexicon::words;
use crate::span::Span;

/// A text broken at a width has no line longer than this many characters.
const WIDEST: usize = 110;

struct Line {
    span: Span,
    chars: usize,
    after_blank: bool,
}

/// The paragraphs of a text, without white space around them.
///
/// A line is a paragraph, unless it runs on: it was broken at the width of the text, or in the middle
/// of a sentence. A blank line always ends a paragraph.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let width = width(text, &lines);
    let mut out: Vec<Span> = Vec::new();
    let mut joined = false;
    for (i, line) in lines.iter().enumerate() {
        let last = i.checked_sub(1).map(|before| &lines[before]).filter(|_| !line.after_blank);
        let next = lines.get(i + 1).filter(|next| !next.after_blank);
        joined = last.is_some_and(|last| {
            wraps(text, last, line, width)
                || runs_on(text, last, line, joined)
                || is_link(text, last, line, next)
        });
        match out.last_mut() {
            Some(paragraph) if joined => paragraph.end = line.span.end,
            _ => out.push(line.span),
        }
    }
    out
}

/// The lines that hold something, trimmed. CRLF, LF, CR and the Unicode separators end one.
fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut after_blank = true;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            out.push(Line { span, chars: span.of(text).chars().count(), after_blank });
            after_blank = false;
        } else if line != "\n" || !text[..start - 1].ends_with('\r') {
            // The second half of a CRLF is no blank line.
            after_blank = true;
        }
    }
    out
}

/// The width that a text was broken at, if it was.
fn width(text: &str, lines: &[Line]) -> Option<usize> {
    let narrow = |l: &&Line| l.chars <= WIDEST;
    let wide: usize = lines.iter().filter(|l| !narrow(l)).map(|l| l.chars).sum();
    let all: usize = lines.iter().map(|l| l.chars).sum();
    let width = lines.iter().filter(narrow).map(|l| l.chars).max()?;
    if wide * 5 > all || width < 40 {
        return None;
    }
    let pairs = || lines.windows(2).filter(|pair| !pair[1].after_blank);
    let full = pairs().filter(|pair| wraps(text, &pair[0], &pair[1], Some(width))).count();
    (full >= 3 && full * 2 > pairs().count()).then_some(width)
}

/// Whether `next` was only begun because its first word did not fit into `line` any more.
fn wraps(text: &str, line: &Line, next: &Line, width: Option<usize>) -> bool {
    let Some(width) = width else { return false };
    let first = next.span.of(text).split_whitespace().next().map_or(0, |w| w.chars().count());
    line.chars <= width && line.chars + 1 + first > width
}

/// Whether `next` continues the sentence that `line` left open; `within` one begun before it.
fn runs_on(text: &str, line: &Line, next: &Line, within: bool) -> bool {
    let (line, next) = (line.span.of(text), next.span.of(text));
    let last = last_word(line);
    if ends_clause(last) {
        return false;
    }
    // A line that stops at a word that nothing can end with, or a next line that nothing can begin with.
    last.ends_with(',')
        || words::is_function_word(last)
        || (next.starts_with(char::is_lowercase) && (within || line.split_whitespace().nth(4).is_some()))
        || (is_capitals(line) && is_capitals(next))
}

/// Whether `line` is a link in the middle of a sentence: a short line after one that stops at a small
/// word, which ends the sentence or which a small word follows.
fn is_link(text: &str, before: &Line, line: &Line, next: Option<&Line>) -> bool {
    const LONGEST_LINK: usize = 4;
    let (before, line) = (before.span.of(text), line.span.of(text));
    let open = last_word(before);
    let goes_on = next.is_some_and(|next| next.span.of(text).starts_with(char::is_lowercase));
    !ends_clause(open)
        && open.starts_with(char::is_lowercase)
        && before.split_whitespace().nth(4).is_some()
        && line.split_whitespace().nth(LONGEST_LINK).is_none()
        && if ends_clause(last_word(line)) { line.ends_with('.') } else { goes_on }
}

fn last_word(line: &str) -> &str {
    line.rsplit(char::is_whitespace).next().unwrap_or("")
}

fn ends_clause(word: &str) -> bool {
    word.ends_with(['.', '!', '?', ':', ';', '"', '”', '…'])
}

/// Whether a line of some words is all in capitals, as broken headlines are.
fn is_capitals(line: &str) -> bool {
    line.split_whitespace().nth(2).is_some()
        && line.contains(char::is_uppercase)
        && !line.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|p| p.of(text)).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(
            split("The mayor left town.\nNobody saw her go\r\n \r\n\rThe end."),
            ["The mayor left town.", "Nobody saw her go", "The end."]
        );
    }

    #[test]
    fn a_line_broken_at_a_link_runs_on() {
        assert_eq!(
            split(
                "The mayor left, according to\nThe Daily Bugle.\nNobody saw her go, said the Bugle\nThe council met."
            ),
            [
                "The mayor left, according to\nThe Daily Bugle.",
                "Nobody saw her go, said the Bugle",
                "The council met."
            ]
        );
    }

    #[test]
    fn a_link_on_a_line_of_its_own_belongs_to_the_sentence() {
        assert_eq!(
            split(
                "She left, said the man who told\nThe Daily Bugle\nthat it was late.\nHe had asked for\nmore.\nA NIGHT\nWe left."
            ),
            [
                "She left, said the man who told\nThe Daily Bugle\nthat it was late.",
                "He had asked for\nmore.",
                "A NIGHT",
                "We left."
            ]
        );
    }

    #[test]
    fn a_headline_in_capitals_may_be_broken() {
        assert_eq!(
            split("MAYOR LEAVES TOWN\nFOR THE COAST\n\nShe left."),
            ["MAYOR LEAVES TOWN\nFOR THE COAST", "She left."]
        );
    }

    #[test]
    fn lines_broken_at_a_width_are_one_paragraph() {
        let text = "MAYOR LEAVES TOWN\r\n\r\n\
            The mayor of the small town by the river left on\r\n\
            Tuesday without a word, and nobody who works for\r\n\
            Anna Bell or the council could say where she had\r\n\
            gone.\r\n\
            She had been in office for two years.\r\n\
            (Photo by A. Hand)";
        let found = split(text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[1].ends_with("gone."));
    }

    proptest! {
        #[test]
        fn paragraphs_hold_everything_but_white_space(text in "[a-zA-Z,. \\r\\n\u{2028}é]{0,300}") {
            let mut at = 0;
            for span in paragraphs(&text) {
                prop_assert!(text[at..span.start].trim().is_empty());
                prop_assert!(!span.is_empty());
                at = span.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
