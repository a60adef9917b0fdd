//! Names against reference data: the canonical name and key of what is known by several names.

use super::fold::fold;
use crate::finding::EntityKind;

/// The key of a name that is not a person's.
pub fn key(kind: EntityKind, name: &str) -> String {
    let _ = kind;
    let folded = fold(name);
    let bare = folded.strip_prefix("the ").unwrap_or(&folded);
    bare.to_owned()
}
