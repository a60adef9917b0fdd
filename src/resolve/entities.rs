//! Entities: the mentions of one article that name the same thing, grouped.

use crate::annotate::Annotation;
use crate::finding::{Entity, Mention};

/// Groups the mentions of one article into entities, in order of first mention.
pub fn entities(text: &str, annotation: &Annotation, mentions: &[Mention]) -> Vec<Entity> {
    let _ = (text, annotation, mentions);
    Vec::new()
}
