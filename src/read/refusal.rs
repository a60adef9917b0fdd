//! Why a document could not be read: where it is, what is wrong, what to do.

use std::io;

use crate::record::Fault;

/// A document that was refused.
#[derive(Debug, thiserror::Error)]
#[error("{place}{}: {reason}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct Refusal {
    /// Its source name; of a record, that of the file or stream it stands in.
    pub place: String,
    /// The line that a record stands in, from 1.
    pub line: Option<u64>,
    /// Why.
    #[source]
    pub reason: Reason,
}

impl Refusal {
    pub(super) fn new(place: impl Into<String>, reason: impl Into<Reason>) -> Self {
        Refusal { place: place.into(), line: None, reason: reason.into() }
    }

    pub(super) fn in_line(place: impl Into<String>, line: u64, reason: impl Into<Reason>) -> Self {
        Refusal { place: place.into(), line: Some(line), reason: reason.into() }
    }
}

/// Why a document was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The system would not open or read it.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// No text in it.
    #[error("empty")]
    Empty,
    /// Larger than [`super::LIMIT`].
    #[error("larger than {} MiB, the limit for one article; split it", super::LIMIT >> 20)]
    TooLarge,
    /// It begins with a byte order mark of UTF-16.
    #[error("UTF-16 text, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8")]
    Utf16,
    /// It holds a NUL byte, so it is no text.
    #[error("not text: a NUL byte at byte {offset}")]
    Binary {
        /// Where, in bytes from the start.
        offset: usize,
    },
    /// A byte that no UTF-8 text has there.
    #[error(
        "not UTF-8: byte 0x{byte:02X} at byte {offset} (line {line}); convert it, from Windows-1252 for instance: \
         iconv -f WINDOWS-1252 -t UTF-8"
    )]
    NotUtf8 {
        /// Where, in bytes from the start.
        offset: usize,
        /// In which line, from 1.
        line: usize,
        /// The byte that stands there.
        byte: u8,
    },
    /// It changed while it was read.
    #[error("changed while it was read; read it again when it is written")]
    Changed,
    /// A line of a stream of records that is no record.
    #[error("not a record {{\"id\", \"text\"}}: {0}")]
    NotARecord(#[from] serde_json::Error),
    /// A line of a file of records that is none.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// None of its records has what a configuration says tells them from others.
    #[error(
        "no record has the field {field:?} that [sources.fields] names for its url or id; name the field that has it, \
         or \"\" for none"
    )]
    NoIdentity {
        /// The field that a configuration names.
        field: String,
    },
    /// A file of records that is one JSON array.
    #[error("one JSON array, not a record a line; convert it: jq -c '.[]'")]
    Array,
}

impl Reason {
    /// The word that names the reason in reports and rows.
    pub fn as_str(&self) -> &'static str {
        match self {
            Reason::Unreadable(_) => "unreadable",
            Reason::Empty => "empty",
            Reason::TooLarge => "too large",
            Reason::Utf16 => "UTF-16",
            Reason::Binary { .. } => "binary",
            Reason::NotUtf8 { .. } => "not UTF-8",
            Reason::Changed => "changed while read",
            Reason::NotARecord(_) | Reason::Fault(_) | Reason::NoIdentity { .. } | Reason::Array => {
                "not a record"
            }
        }
    }
}
