//! A document: the bytes as they were found, and where.
//!
//! It knows nothing of what the bytes say; cleaning does.

use std::borrow::Cow;
use std::sync::Arc;

use crate::record::{Fields, Record};

/// How the bytes of a document are to be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    /// UTF-8 text of a whole web article, with its noise.
    Text,
    /// The article's text as it stands: nothing is to be cleaned.
    Plain,
    /// A record, a line of JSON, whose fields hold what a page shows.
    Record(Arc<Fields>),
}

impl Media {
    /// The name stored in `documents.media`. A record is text there: which of its fields hold what is what is
    /// given to its source, and may be given anew.
    pub fn as_str(&self) -> &'static str {
        match self {
            Media::Text | Media::Record(_) => "text",
            Media::Plain => "plain",
        }
    }
}

/// What a configuration says of a source, which its documents need not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Given {
    /// Who publishes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// ISO 639-1 code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    /// Which fields hold what, where its documents are records.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fields: Option<Fields>,
}

impl Given {
    /// As `sources.given` has it.
    pub fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// From `sources.given`; what is no such record says nothing.
    pub fn from_json(json: Option<&str>) -> Given {
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
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

impl Document {
    /// The bytes as text, without a byte order mark: what [`Block::source`](crate::article::Block::source)
    /// counts in; of a record, its [page](Record::page). Reading lets nothing through that is not UTF-8; were there
    /// such bytes, U+FFFD stands for them.
    pub fn decoded(&self) -> Cow<'_, str> {
        if let Some(record) = self.record() {
            return Cow::Owned(record.page());
        }
        let mark = "\u{FEFF}".as_bytes();
        String::from_utf8_lossy(self.bytes.strip_prefix(mark).unwrap_or(&self.bytes))
    }
    /// What it says in its fields, if it is a record.
    pub fn record(&self) -> Option<Record> {
        let Media::Record(fields) = &self.media else { return None };
        Record::parse(&self.bytes, fields).ok()
    }
}
