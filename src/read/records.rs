//! Files of records: a document a line, read one after the other.
//!
//! A file is read twice, through one handle. First it is told what records are in it and which line holds each
//! ([`Records::index`]), since of several lines about one record the last holds; then its documents are read.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{BufRead, BufReader, Seek};
use std::sync::Arc;

use super::entry::Found;
use super::lines::Lines;
use super::load::{LIMIT, has_changed};
use super::refusal::{Reason, Refusal};
use crate::document::{Document, Media};
use crate::record::{Fields, Record};

/// A document, and the line it stands in.
#[derive(Debug)]
pub struct Line {
    /// The document; its source is what tells the record from others.
    pub document: Document,
    /// The number of its line, from 1.
    pub number: u64,
}

/// The records of a file, in order; a line that is none is refused, and the rest goes on.
pub struct Records {
    lines: Lines<BufReader<File>>,
    file: Found,
    fields: Arc<Fields>,
    before: Metadata,
    /// Whether any record has an address or an id.
    any_named: bool,
}

impl Records {
    /// Opens a file.
    pub fn open(file: &Found, fields: &Arc<Fields>) -> Result<Records, Refusal> {
        let refuse = |reason: Reason| Refusal::new(file.source.clone(), reason);
        // Opening a pipe would wait for somebody who writes to it.
        if file.path.metadata().is_ok_and(|found| !found.is_file()) {
            let kind = std::io::Error::new(std::io::ErrorKind::InvalidInput, "no regular file");
            return Err(refuse(kind.into()));
        }
        let opened = File::open(&file.path).map_err(|error| refuse(error.into()))?;
        let before = opened.metadata().map_err(|error| refuse(error.into()))?;
        let mut reader = BufReader::with_capacity(1 << 16, opened);
        check(&mut reader).map_err(refuse)?;
        Ok(Records {
            lines: Lines::new(reader),
            file: file.clone(),
            fields: Arc::clone(fields),
            before,
            any_named: false,
        })
    }

    /// Which line holds each record, by what tells it from others; reads on as long as `goes_on` says so. The
    /// records are then read from the beginning.
    pub fn index(&mut self, goes_on: &mut dyn FnMut() -> bool) -> Result<HashMap<String, u64>, Refusal> {
        let mut index = HashMap::new();
        while goes_on() {
            match self.next() {
                Some(Ok(line)) => drop(index.insert(line.document.source, line.number)),
                Some(Err(refusal)) if matches!(refusal.reason, Reason::Unreadable(_)) => return Err(refusal),
                // Told of when it is read.
                Some(Err(_)) => {}
                None => break,
            }
        }
        let refuse = |reason: Reason| Refusal::new(self.file.source.clone(), reason);
        if let Some(field) = self.fields.named_in_vain().filter(|_| !self.any_named && !index.is_empty()) {
            return Err(refuse(Reason::NoIdentity { field: field.to_owned() }));
        }
        let reader = self.lines.reader();
        reader.rewind().map_err(|error| refuse(error.into()))?;
        check(reader).map_err(refuse)?;
        self.lines.restart();
        Ok(index)
    }

    /// Whether the file is another than when it was opened: then the last of its lines may be half written.
    pub fn has_changed(&self) -> bool {
        let after = self.file.path.metadata();
        after.map_or(true, |after| has_changed(&self.before, &after, self.before.len()))
    }

    fn parse(&mut self, number: u64, line: Vec<u8>) -> Result<Line, Reason> {
        if let Err(error) = std::str::from_utf8(&line) {
            let offset = error.valid_up_to();
            return Err(Reason::NotUtf8 { offset, line: number as usize, byte: line[offset] });
        }
        let record = Record::parse(&line, &self.fields)?;
        if record.text.len() as u64 > LIMIT {
            return Err(Reason::TooLarge);
        }
        self.any_named |= record.url.is_some() || record.id.is_some();
        let source = record.identity(&self.file.root, &line);
        let source = super::source::without_controls(&source);
        let media = Media::Record(Arc::clone(&self.fields));
        let document = Document { id: source.clone(), source, media, bytes: line };
        Ok(Line { document, number })
    }
}

impl Iterator for Records {
    type Item = Result<Line, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let (number, line) = self.lines.next()?;
        let parsed = line.and_then(|line| self.parse(number, line));
        Some(parsed.map_err(|reason| Refusal::in_line(self.file.source.clone(), number, reason)))
    }
}

/// Passes over a byte order mark; refuses as a whole what would be refused line by line.
fn check(reader: &mut BufReader<File>) -> Result<(), Reason> {
    let begins = reader.fill_buf()?;
    if begins.starts_with(&[0xFF, 0xFE]) || begins.starts_with(&[0xFE, 0xFF]) {
        return Err(Reason::Utf16);
    }
    let mark = "\u{FEFF}".as_bytes();
    let skip = if begins.starts_with(mark) { mark.len() } else { 0 };
    let text = begins[skip..].trim_ascii_start();
    // A record a line never begins so; an array that is written over many lines does.
    if text.starts_with(b"[") {
        return Err(Reason::Array);
    }
    reader.seek_relative(skip as i64)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Entry, Root, walk};

    fn found(dir: &tempfile::TempDir, text: &[u8]) -> Found {
        let path = dir.path().join("a.jsonl");
        std::fs::write(&path, text).expect("written");
        let entry = walk(&[Root { source: "crawl".to_owned(), ..Root::new(path) }]).next();
        let Some(Entry::Found(found)) = entry else { panic!("{entry:?}") };
        found
    }

    #[test]
    fn lines_become_documents_and_the_last_of_a_record_holds() {
        let dir = tempfile::tempdir().expect("a folder");
        let text = "\u{FEFF}{\"id\": 1, \"text\": \"One.\"}\r\n\n{\"id\": 2, \"text\": \"Two.\"}\nnonsense\n\
            {\"id\": 1, \"text\": \"One again.\"}";
        let file = found(&dir, text.as_bytes());
        let fields = Arc::new(Fields::default());
        let mut records = Records::open(&file, &fields).expect("opened");
        let index = records.index(&mut || true).expect("read");
        assert_eq!((index.len(), index["crawl#1"], index["crawl#2"]), (2, 5, 3));
        let told: Vec<String> = records
            .map(|line| match line {
                Ok(Line { document, number }) => {
                    format!("{number} {} {}", document.source, String::from_utf8_lossy(&document.bytes))
                }
                Err(refusal) => refusal.to_string(),
            })
            .collect();
        assert_eq!(told[0], "1 crawl#1 {\"id\": 1, \"text\": \"One.\"}");
        assert!(told[2].starts_with("crawl, line 4: not JSON"), "{}", told[2]);
        assert_eq!(told.len(), 4);
    }

    #[test]
    fn an_array_is_refused_as_a_whole() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = found(&dir, b"\n[\n{\"text\": \"One.\"},\n{\"text\": \"Two.\"}\n]");
        let refusal = Records::open(&file, &Arc::new(Fields::default())).err().expect("refused");
        assert_eq!(
            refusal.to_string(),
            "crawl: one JSON array, not a record a line; convert it: jq -c '.[]'"
        );
    }
}
