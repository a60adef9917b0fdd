//! Layout: who speaks where the page's layout says so, not a sentence.
//!
//! Interviews and transcripts open each turn with a label: "Q:", "ROE:", "THE CHAIR:". One such line
//! may be a headline's manner ("BREAKING:"), so labels count where a text has two or more. A dialogue
//! may open its turns with a dash instead.

use crate::annotate::Annotation;
use crate::lexicon::page_words;
use crate::span::Span;

/// The longest label, in bytes.
const LONGEST: usize = 40;

/// The label that opens the text, without its colon: capitals, or the Q and A of an interview.
pub fn label(text: &str, span: Span) -> Option<Span> {
    let head: &str = span.of(text);
    let colon = head.char_indices().take(LONGEST).find(|(_, c)| *c == ':').map(|(i, _)| i)?;
    let words = head[..colon].trim_end_matches('.');
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = !words.contains(char::is_lowercase)
        && words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-'))
        && words.split_whitespace().count() <= 5;
    // "BREAKING:", "VIDEO:" are the page's.
    if page_words::is_label(&words.to_lowercase()) {
        return None;
    }
    let interview = matches!(words, "Q" | "A" | "Question" | "Answer");
    // What is said must follow on the line.
    let follows = head[colon + 1..].trim_start().len() > 1;
    let names = capitals && letters > 1 || interview;
    (names && follows && words.starts_with(char::is_alphabetic))
        .then(|| Span::new(span.start, span.start + words.len()))
}

/// For each paragraph the label of its turn; empty where the text is no dialogue.
pub fn turns(text: &str, annotation: &Annotation) -> Vec<Option<Span>> {
    let labels: Vec<Option<Span>> = annotation.paragraphs.iter().map(|&p| label(text, p)).collect();
    if labels.iter().flatten().count() < 2 { Vec::new() } else { labels }
}

/// Where the turn that each paragraph opens with a dash begins, past the dash: two must follow each other.
pub fn dashes(text: &str, annotation: &Annotation) -> Vec<Option<usize>> {
    let opened = |p: &Span| {
        let said = p.of(text).strip_prefix(['—', '―', '–'])?.trim_start();
        said.starts_with(char::is_alphanumeric).then(|| p.end - said.len())
    };
    let mut out: Vec<Option<usize>> = annotation.paragraphs.iter().map(opened).collect();
    let alone = |i: usize| {
        let near = |k: Option<usize>| k.and_then(|k| out.get(k)).is_some_and(Option::is_some);
        !near(i.checked_sub(1)) && !near(Some(i + 1))
    };
    let alone: Vec<bool> = (0..out.len()).map(alone).collect();
    for (turn, alone) in out.iter_mut().zip(alone) {
        *turn = turn.filter(|_| !alone);
    }
    out
}
