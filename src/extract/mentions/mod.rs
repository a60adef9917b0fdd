//! Mentions: the spans of a text that name somebody or something.
//!
//! Which mentions are one entity is not decided here (`resolve`).

pub mod document;
pub mod features;
pub mod gazetteer;
pub mod tagger;

use crate::annotate::Annotation;
use crate::finding::Mention;

/// Finds the mentions of an annotated text, in text order, not overlapping.
pub fn mentions(text: &str, annotation: &Annotation) -> Vec<Mention> {
    let words = &annotation.words;
    tagger::tag(&document::Document::new(text, annotation, words, gazetteer::shipped()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::span::Span;
    use proptest::prelude::*;

    #[test]
    fn plain_names_are_found() {
        let text = "Angela Merkel met officials of the World Bank in Berlin on Monday.";
        let found: Vec<_> = mentions(text, &annotate(text))
            .iter()
            .map(|m| (m.span.of(text).to_owned(), m.kind.as_str()))
            .collect();
        let want = [("Angela Merkel", "person"), ("World Bank", "organization"), ("Berlin", "place")];
        assert_eq!(found, want.map(|(name, kind)| (name.to_owned(), kind)));
    }

    /// A sentence of the corpus.
    struct Case {
        kind: &'static str,
        /// Whether what stands in brackets must be found, rather than nothing.
        must: bool,
        /// Whether it is known to be found wrongly.
        known_wrong: bool,
        text: String,
        spans: Vec<Span>,
    }

    fn cases() -> Vec<Case> {
        let (mut kind, mut must) = ("", true);
        let mut out = Vec::new();
        for line in include_str!("names.corpus").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some(head) = line.strip_prefix("= ").or_else(|| line.strip_prefix("! ")) {
                (kind, must) = (head, line.starts_with('='));
                continue;
            }
            let (line, known_wrong) = match line.strip_prefix("? ") {
                Some(line) => (line, true),
                None => (line, false),
            };
            let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
            for c in line.chars() {
                match c {
                    '[' => start = text.len(),
                    ']' => spans.push(Span::new(start, text.len())),
                    c => text.push(c),
                }
            }
            out.push(Case { kind, must, known_wrong, text, spans });
        }
        out
    }

    /// The tagger is statistical: what it is known to get wrong is marked so, and fails here once it is right.
    #[test]
    fn corpus() {
        let mut told = Vec::new();
        for Case { kind, must, known_wrong, text, spans } in cases() {
            let found: Vec<Span> = mentions(&text, &annotate(&text))
                .iter()
                .filter(|m| m.kind.as_str() == kind)
                .map(|m| m.span)
                .collect();
            let right = if must { spans.iter().all(|span| found.contains(span)) } else { found.is_empty() };
            if right == known_wrong {
                let names: Vec<&str> = found.iter().map(|span| span.of(&text)).collect();
                told.push(format!("{kind}, known to be wrong: {known_wrong}: {text}\n  found {names:?}"));
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
    }

    proptest! {
        #[test]
        fn mentions_are_in_order_and_slice(text in "([A-Z][a-z]{0,6}|[a-z]{1,5}|\\PC|[ .,\n’'\"-]){0,60}") {
            let found = mentions(&text, &annotate(&text));
            for m in &found {
                prop_assert!(!m.span.of(&text).is_empty());
                prop_assert!(!m.span.of(&text).contains('\n'));
                prop_assert!((0.0..=1.0).contains(&m.confidence));
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
        }
    }
}
