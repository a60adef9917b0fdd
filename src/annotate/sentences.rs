//! Sentences.
//!
//! A sentence ends at `.`, `!`, `?` or `…`, with the closing marks that follow, where the
//! next word can begin one; abbreviations and initials do not end it. One that goes on and on is cut: tables
//! and lists without full stops are no sentence, and every figure of one is shown with the whole of it.

use crate::lexicon;
use crate::span::Span;

/// Characters of a sentence at most. The longest that journalists write are a third of it.
pub const LONGEST: usize = 2_000;

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
            push(text, Span::new(paragraph.start + start, paragraph.start + end), &mut out);
            start = end;
        }
    }
    push(text, Span::new(paragraph.start + start, paragraph.end), &mut out);
    out
}

/// Adds a sentence, trimmed, in as many parts as it is too long for.
fn push(text: &str, sentence: Span, out: &mut Vec<Span>) {
    let mut rest = sentence.trim(text);
    while let Some(end) = cut(rest.of(text)) {
        out.push(Span::new(rest.start, rest.start + end).trim(text));
        rest = Span::new(rest.start + end, rest.end).trim(text);
    }
    if !rest.is_empty() {
        out.push(rest);
    }
}

/// Where a trimmed sentence that is too long is cut: at a line's end, a comma or a semicolon where the first
/// part gets more than half of what it may have, else between words, else where it must.
fn cut(sentence: &str) -> Option<usize> {
    if sentence.len() <= LONGEST {
        return None;
    }
    let (most, over) = sentence.char_indices().nth(LONGEST)?;
    let spaces =
        || sentence[..most + over.len_utf8()].char_indices().rev().filter(|(_, c)| c.is_whitespace());
    let pauses = |at: usize, c: char| c == '\n' || sentence[..at].ends_with([',', ';']);
    let pause = spaces().take_while(|(at, _)| *at > most / 2).find(|(at, c)| pauses(*at, *c));
    Some(pause.or_else(|| spaces().next()).map_or(most, |(at, _)| at))
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

    #[test]
    fn what_goes_on_and_on_is_cut_between_words_and_after_commas_first() {
        let parts = |text: &str| -> Vec<String> {
            split(text, Span::new(0, text.len())).iter().map(|s| s.of(text).to_owned()).collect()
        };
        let words = "wörd ".repeat(1_000);
        assert!(parts(&words).iter().all(|part| part.ends_with("wörd") && part.chars().count() <= LONGEST));
        let commas = "one word, 1,500 more and ".repeat(200);
        assert!(parts(&commas)[0].ends_with("one word,"), "{:?}", parts(&commas));
        let lines = "a line without a stop, or\n".repeat(200);
        assert!(parts(&lines)[0].ends_with("without a stop,"), "the last pause of either kind");
        assert!(parts(&lines.replace("stop,", "stop"))[0].ends_with("or"));
        // Nowhere to cut but inside a word; and just as long as may be.
        assert_eq!(parts(&"日".repeat(2 * LONGEST)).iter().map(|p| p.chars().count()).max(), Some(LONGEST));
        assert_eq!(parts(&"é".repeat(LONGEST)).len(), 1);
    }

    proptest! {
        #[test]
        fn long_sentences_are_tiled_by_parts_that_are_none(
            pieces in prop::collection::vec("[A-Z]?[a-zé日]{0,900}[,; \n.]{1,3}", 1..12)
        ) {
            let text = pieces.concat();
            let sentences = split(&text, Span::new(0, text.len()));
            let mut end = 0;
            for sentence in &sentences {
                prop_assert!(text[end..sentence.start].trim().is_empty());
                let of = sentence.of(&text);
                prop_assert!(!of.is_empty() && of.chars().count() <= LONGEST && of == of.trim());
                end = sentence.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }

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
