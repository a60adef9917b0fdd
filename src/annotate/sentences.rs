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
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // "J. Smith", "U.S. President": single letters stand for names; a new sentence after them is rare
    // but for words that only begin sentences.
    if letters == 1 || word.contains('.') {
        return !lexicon::words::is_sentence_opener(
            next.split(|c: char| !c.is_alphabetic()).next().unwrap_or(""),
        );
    }
    lexicon::words::is_abbreviation(word)
}
