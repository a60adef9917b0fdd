//! Tokens: words, numbers and marks, in the manner of Universal Dependencies.
//!
//! Hyphens split ("Syrian", "-", "led"); clitics are their own token ("Obama", "'s"; "did", "n't");
//! numbers keep their inner commas and points ("250,000", "4.5"); "U.S." keeps its points.

use super::{Pos, Token};
use crate::span::Span;

/// Splits a sentence into tokens and appends them.
pub fn split(text: &str, sentence: Span, out: &mut Vec<Token>) {
    let mut at = sentence.start;
    while let Some(c) = text[at..sentence.end].chars().next() {
        let width = c.len_utf8();
        if c.is_whitespace() {
            at += width;
            continue;
        }
        let rest = &text[at..sentence.end];
        let len = if c.is_ascii_digit() {
            number(rest)
        } else if c.is_alphanumeric() {
            word(rest)
        } else {
            run_of_marks(rest, c)
        };
        push(text, Span::new(at, at + len), out);
        at += len;
    }
}

/// Length of the number at the head of `s`: digits with inner commas and points, then letters ("90m", "5th").
fn number(s: &str) -> usize {
    let mut end = 0;
    let mut chars = s.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inner = matches!(c, ',' | '.') && chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        if !(c.is_alphanumeric() || inner) {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

/// Length of the word at the head of `s`.
fn word(s: &str) -> usize {
    let mut end = 0;
    let mut chars = s.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let apostrophe = matches!(c, '\'' | '’') && next.is_some_and(char::is_alphanumeric);
        let inner_point = c == '.' && next.is_some_and(char::is_alphabetic) && is_initials(&s[..i]);
        let combining =
            ('\u{300}'..='\u{36f}').contains(&c) || matches!(c, '\u{ad}' | '\u{200d}' | '\u{200c}');
        let ampersand = c == '&' && i > 0 && next.is_some_and(char::is_alphabetic);
        if !(c.is_alphanumeric() || apostrophe || inner_point || combining || ampersand) {
            // The last point of "U.S." belongs to it.
            if c == '.' && s[..i].contains('.') && is_initials(&s[..i]) {
                end = i + 1;
            }
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

/// Initials are not longer than this, in bytes; what is longer need not be looked at again and again.
const LONGEST_INITIALS: usize = 24;

/// "U", "U.S", "e.g": single letters with points between.
fn is_initials(s: &str) -> bool {
    s.len() <= LONGEST_INITIALS
        && s.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// Length of a run of one mark ("...", "--"), or of one mark.
fn run_of_marks(s: &str, first: char) -> usize {
    let width = first.len_utf8();
    if matches!(first, '.' | '-' | '\'' | '`') {
        // Two apostrophes are one mark; a megabyte of them must not be counted at each.
        let longest = if first == '\'' || first == '`' { 2 } else { usize::MAX };
        let run = s.chars().take(longest).take_while(|&c| c == first).count();
        return run * width;
    }
    width
}

const CLITICS: [&str; 7] = ["'s", "'re", "'ve", "'ll", "'d", "'m", "'S"];

/// Appends a word with its clitic split off.
fn push(text: &str, span: Span, out: &mut Vec<Token>) {
    let word = span.of(text);
    if !word.contains(['\'', '’']) {
        out.push(token(span));
        return;
    }
    let straight = word.replace('’', "'");
    let cut = if straight.len() > 3 && straight.to_ascii_lowercase().ends_with("n't") {
        Some("n't".len())
    } else {
        CLITICS.iter().find(|c| straight.len() > c.len() && straight.ends_with(**c)).map(|c| c.len())
    };
    let tail = cut.map(|chars| word.char_indices().rev().nth(chars - 1).map_or(0, |(i, _)| i)).unwrap_or(0);
    if tail > 0 {
        out.push(token(Span::new(span.start, span.start + tail)));
        out.push(token(Span::new(span.start + tail, span.end)));
    } else {
        out.push(token(span));
    }
}

/// A token that is not tagged yet.
fn token(span: Span) -> Token {
    Token { span, pos: Pos::X }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of() {
        for (text, want) in [
            ("Obama's U.S. trip", "Obama|'s|U.S.|trip"),
            ("They didn’t pay $4.5m.", "They|did|n’t|pay|$|4.5m|."),
            ("a Syrian-led, 90-minute talk", "a|Syrian|-|led|,|90|-|minute|talk"),
            ("more than 250,000 people…", "more|than|250,000|people|…"),
            ("''Yes,'' AT&T said", "''|Yes|,|''|AT&T|said"),
        ] {
            let mut out = Vec::new();
            split(text, Span::new(0, text.len()), &mut out);
            let got: Vec<&str> = out.iter().map(|t| t.span.of(text)).collect();
            assert_eq!(got.join("|"), want);
        }
    }
}
