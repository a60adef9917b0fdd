//! Layout: who speaks where the page's layout says so, not a sentence.
//!
//! Interviews and transcripts open each turn with a label: "Q:", "ROE:", "THE CHAIR:". One such line
//! may be a headline's manner ("BREAKING:"), so labels count where a text has two or more.

use crate::annotate::Annotation;
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
