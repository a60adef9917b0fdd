//! Quotes: stretches in marks and reported speech, with cue and speaker.

use crate::annotate::Annotation;
use crate::finding::{Mention, Quote};

/// Finds the quotes of a text, in text order. Speakers are credited by span and, where a name stands
/// in the span, by mention; the entity is for `resolve` to fill.
pub fn quotes(text: &str, annotation: &Annotation, mentions: &[Mention]) -> Vec<Quote> {
    let _ = (text, annotation, mentions);
    Vec::new()
}
