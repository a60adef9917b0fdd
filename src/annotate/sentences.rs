//! Sentences.
//!
//! A sentence ends at `.`, `!`, `?` or `…`, with the closing marks that follow, where the
//! next word can begin one; abbreviations and initials do not end it.

use crate::lexicon;
use crate::span::Span;

/// Splits a paragraph into sentences, trimmed.
pub fn split(text: &str, paragraph: Span) -> Vec<Span> {
    let body = paragraph.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(i, closing)) = chars.peek() {
            if !matches!(closing, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | ')' | ']' | '»') {
                break;
            }
            end = i + closing.len_utf8();
            chars.next();
        }
        let rest = &body[end..];
        let next = rest.trim_start();
        if next.is_empty() || next.len() == rest.len() {
            continue;
        }
        if can_begin(next) && !(c == '.' && end == at + 1 && is_abbreviation(&body[start..at], next)) {
            out.push(Span::new(paragraph.start + start, paragraph.start + end).trim(text));
            start = end;
        }
    }
    let last = Span::new(paragraph.start + start, paragraph.end).trim(text);
    if !last.is_empty() {
        out.push(last);
    }
    out
}

/// Whether a sentence can begin with this text.
fn can_begin(next: &str) -> bool {
    let first = next.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«', '„']).chars().next();
    first.is_some_and(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ':'))
}

/// Whether the full stop after `before` belongs to an abbreviation or initial.
fn is_abbreviation(before: &str, next: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '-'))
        .next()
        .unwrap_or("");
    if lexicon::words::is_number_abbreviation(word) {
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    if lexicon::words::is_title_abbreviation(word) {
        return true;
    }
    // "J. Smith", "U.S. President", "Acme Inc. shares": a new sentence after them is rare but for words
    // that only begin sentences.
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (letters == 1 || word.contains('.') || lexicon::words::is_abbreviation(word))
        && !lexicon::words::is_sentence_opener(next.split(|c: char| !c.is_alphabetic()).next().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each line of the corpus is a paragraph, with ` | ` where a sentence ends.
    #[test]
    fn corpus() {
        for line in include_str!("sentences.corpus").lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let text = line.replace(" | ", " ");
            let found: Vec<&str> =
                split(&text, Span::new(0, text.len())).iter().map(|s| s.of(&text)).collect();
            assert_eq!(found.join(" | "), line);
        }
    }

    proptest! {
        #[test]
        fn sentences_lie_in_order_and_lose_only_space(text in "([A-Z]?[a-z]{0,5}[.!?…\"”’) ]{0,3}|\\PC){0,40}") {
            let sentences = split(&text, Span::new(0, text.len()));
            let mut end = 0;
            for sentence in &sentences {
                prop_assert!(text[end..sentence.start].trim().is_empty());
                prop_assert!(!sentence.of(&text).trim().is_empty());
                end = sentence.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
