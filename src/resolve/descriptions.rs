//! Descriptions: what the text says somebody is ("Russian foreign minister Sergey Lavrov").

use crate::annotate::Annotation;
use crate::finding::{Description, Entity, Mention};

/// Finds the descriptions attached to the entities' mentions, in text order.
pub fn descriptions(
    text: &str,
    annotation: &Annotation,
    mentions: &[Mention],
    entities: &[Entity],
) -> Vec<Description> {
    let _ = (text, annotation, mentions, entities);
    Vec::new()
}
