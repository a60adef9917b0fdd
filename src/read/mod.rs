//! Reading: files, folders and streams become documents.
//!
//! Knows formats and encodings; knows nothing of what a document says.

/// One JSON record of `extract --plain`: the article's text as it stands.
#[derive(Debug, serde::Deserialize)]
pub struct PlainRecord {
    /// The caller's id.
    pub id: String,
    /// The text.
    pub text: String,
}
