//! A document: the bytes as they were found, and where.
//!
//! It knows nothing of what the bytes say; cleaning does.

/// How the bytes of a document are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// UTF-8 text of a whole web article, with its noise.
    Text,
    /// The article's text as it stands: nothing is to be cleaned.
    Plain,
}

impl Media {
    /// The name stored in `documents.media`.
    pub fn as_str(self) -> &'static str {
        match self {
            Media::Text => "text",
            Media::Plain => "plain",
        }
    }
}

/// One document as it was read.
#[derive(Debug, Clone)]
pub struct Document {
    /// What tells this document from others across imports: a path as given, an address, a record's id.
    pub source: String,
    /// Caller's id for the document (`--plain` records carry one); otherwise the source again.
    pub id: String,
    /// How to read the bytes.
    pub media: Media,
    /// The bytes, unchanged.
    pub bytes: Vec<u8>,
}
