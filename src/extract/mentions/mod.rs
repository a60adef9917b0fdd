//! Mentions: the spans of a text that name somebody or something.

use crate::annotate::Annotation;
use crate::finding::Mention;

/// Finds the mentions of a text, in text order, not overlapping.
pub fn mentions(text: &str, annotation: &Annotation) -> Vec<Mention> {
    let _ = (text, annotation);
    Vec::new()
}
