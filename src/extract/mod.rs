//! Extraction: mentions, quotes and figures of one annotated text.

pub mod figures;
pub mod mentions;
pub mod quotes;
