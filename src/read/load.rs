//! Reading one document: its bytes, whole and unchanged, or the reason why not.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

use super::entry::Found;
use super::refusal::{Reason, Refusal};
use crate::document::{Document, Media};

/// Most bytes one document may have: no news article comes near, and a file that does is something else.
pub const LIMIT: u64 = 16 << 20;

/// Reads a found file.
///
/// The bytes stay as they are, a byte order mark too; what is not UTF-8 text is refused.
pub fn load(found: &Found) -> Result<Document, Refusal> {
    let refuse = |reason| Refusal::new(found.source.clone(), reason);
    let bytes = read_whole(&found.path).map_err(refuse)?;
    check(&bytes).map_err(refuse)?;
    Ok(text_document(&found.source, bytes))
}

/// Reads a stream to its end as one document.
pub fn stream(reader: impl Read, source: &str) -> Result<Document, Refusal> {
    let refuse = |reason| Refusal::new(source, reason);
    let bytes = read_limited(reader, 0).map_err(refuse)?;
    check(&bytes).map_err(refuse)?;
    Ok(text_document(source, bytes))
}

fn text_document(source: &str, bytes: Vec<u8>) -> Document {
    Document { source: source.to_owned(), id: source.to_owned(), media: Media::Text, bytes }
}

/// A file's bytes; a file that is being written is refused rather than taken by half.
fn read_whole(path: &Path) -> Result<Vec<u8>, Reason> {
    let file = File::open(path)?;
    let before = file.metadata()?;
    if before.is_dir() {
        return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory).into());
    }
    if before.len() > LIMIT {
        return Err(Reason::TooLarge);
    }
    let bytes = read_limited(&file, before.len())?;
    let after = file.metadata()?;
    // A pipe has neither size nor a time that means anything.
    if before.is_file() && has_changed(&before, &after, bytes.len() as u64) {
        return Err(Reason::Changed);
    }
    Ok(bytes)
}

pub(super) fn has_changed(before: &Metadata, after: &Metadata, read: u64) -> bool {
    before.len() != read || before.len() != after.len() || before.modified().ok() != after.modified().ok()
}

fn read_limited(reader: impl Read, expected: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::with_capacity(expected as usize + 1);
    reader.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT { Err(Reason::TooLarge) } else { Ok(bytes) }
}

/// Whether the bytes are UTF-8 text with something in it.
fn check(bytes: &[u8]) -> Result<(), Reason> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Reason::Utf16);
    }
    if let Some(offset) = memchr::memchr(0, bytes) {
        return Err(Reason::Binary { offset });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim_start_matches('\u{FEFF}').trim().is_empty() => Err(Reason::Empty),
        Ok(_) => Ok(()),
        Err(error) => {
            let offset = error.valid_up_to();
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count();
            Err(Reason::NotUtf8 { offset, line, byte: bytes[offset] })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        stream(bytes, "in.txt").expect_err("must be refused").to_string()
    }

    #[test]
    fn what_is_no_text_is_refused_with_place_and_advice() {
        assert_eq!(message(b""), "in.txt: empty");
        assert_eq!(message(b" \r\n\t"), "in.txt: empty");
        assert_eq!(message("\u{FEFF}\n".as_bytes()), "in.txt: empty");
        assert_eq!(
            message(b"\xFF\xFEa\0"),
            "in.txt: UTF-16 text, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8"
        );
        assert_eq!(message(b"ab\0c"), "in.txt: not text: a NUL byte at byte 2");
        assert!(
            message(b"one\ncaf\xE9 au lait")
                .starts_with("in.txt: not UTF-8: byte 0xE9 at byte 7 (line 2); convert it")
        );
        assert!(
            message(b"cut in a letter \xE2\x80")
                .starts_with("in.txt: not UTF-8: byte 0xE2 at byte 16 (line 1)")
        );
    }

    #[test]
    fn a_stream_without_end_is_refused_at_the_limit() {
        let refusal = stream(std::io::repeat(b'a'), "-").expect_err("must be refused");
        assert_eq!(refusal.to_string(), "-: larger than 16 MiB, the limit for one article; split it");
        assert!(stream(std::io::repeat(b'a').take(LIMIT), "-").is_ok());
    }

    #[test]
    fn bytes_are_kept_as_they_are() {
        let text = "\u{FEFF}One\r\ntwo \u{1F469}\u{200D}\u{1F467} e\u{301}\n";
        let document = stream(text.as_bytes(), "a.txt").expect("text");
        assert_eq!(document.bytes, text.as_bytes());
        assert_eq!((document.source.as_str(), document.id.as_str()), ("a.txt", "a.txt"));
    }

    #[test]
    fn a_file_that_grew_since_it_was_opened_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.txt");
        std::fs::write(&path, "short").expect("a file");
        let before = std::fs::metadata(&path).expect("there");
        assert!(!has_changed(&before, &before, 5));
        assert!(has_changed(&before, &before, 4));
        std::fs::write(&path, "longer now").expect("a file");
        assert!(has_changed(&before, &std::fs::metadata(&path).expect("there"), 5));
    }
}
