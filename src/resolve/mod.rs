//! Resolution: which mentions are one entity, and who spoke.

use crate::annotate::Annotation;
use crate::finding::{Entity, Mention, Quote};

/// Groups the mentions of one article into entities, in order of first mention.
pub fn entities(text: &str, annotation: &Annotation, mentions: &[Mention]) -> Vec<Entity> {
    let _ = (text, annotation, mentions);
    Vec::new()
}

/// Fills the entity of every quote's speaker, where the text tells.
pub fn speakers(
    text: &str,
    annotation: &Annotation,
    mentions: &[Mention],
    entities: &[Entity],
    quotes: &mut [Quote],
) {
    let _ = (text, annotation, mentions, entities, quotes);
}
