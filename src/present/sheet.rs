//! CSV that goes to a spreadsheet and comes back the same.
//!
//! A spreadsheet runs what looks like a formula, and turns what looks like a number or a date into one:
//! "250,000" comes back as 250000. Cells of text that it might alter get a `'` in front, as in
//! [`super::csv`], and reading takes it off again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::query::{Answered, Column, Sink};

/// Takes rows and writes them as CSV for a spreadsheet to edit.
pub struct SheetSink<'w> {
    out: csv::Writer<&'w mut dyn Write>,
}

impl std::fmt::Debug for SheetSink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SheetSink").finish_non_exhaustive()
    }
}

impl<'w> SheetSink<'w> {
    /// A sink that writes to `out`.
    pub fn new(out: &'w mut dyn Write) -> SheetSink<'w> {
        SheetSink { out: csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out) }
    }
}

impl Sink for SheetSink<'_> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.out.write_record(columns.iter().map(|column| &column.name)).map_err(io::Error::other)
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let mut column = 0;
        while let Ok(value) = row.get_ref(column) {
            match value {
                ValueRef::Text(text) => {
                    let text = String::from_utf8_lossy(text);
                    self.out.write_field(guarded(&text).as_bytes()).map_err(io::Error::other)?;
                }
                ValueRef::Integer(number) => {
                    self.out.write_field(number.to_string()).map_err(io::Error::other)?;
                }
                ValueRef::Real(number) => {
                    self.out.write_field(number.to_string()).map_err(io::Error::other)?;
                }
                ValueRef::Null | ValueRef::Blob(_) => self.out.write_field("").map_err(io::Error::other)?,
            }
            column += 1;
        }
        self.out.write_record(None::<&[u8]>).map_err(io::Error::other)
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        self.out.flush()
    }
}

/// Text with a `'` in front, where a spreadsheet might alter or run it.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_altered(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text without the `'` that [`guarded`] put there.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_altered(text) => text,
        _ => cell,
    }
}

/// Whether a spreadsheet might take text for something else: what does not begin with a letter, what has a
/// digit (dates, times, amounts), what is a truth value, and what has a `'` in front already.
fn is_altered(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let full_width = matches!(first, '＝' | '＋' | '－' | '＠');
    !first.is_alphabetic()
        || full_width
        || text.len() < 40 && text.contains(|c: char| c.is_ascii_digit())
        || ["true", "false", "yes", "no", "inf", "nan"].contains(&text.trim().to_lowercase().as_str())
}

/// A row of CSV, by its columns' names.
#[derive(Debug, Clone)]
pub struct SheetRow {
    /// The line it begins on, from 1.
    pub line: u64,
    cells: HashMap<String, String>,
}

impl SheetRow {
    /// The cell of a column, without its guard; `None` where there is no such column.
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|cell| unguarded(cell))
    }
}

/// Why a file is no table of corrections.
#[derive(Debug, thiserror::Error)]
pub enum NoSheet {
    /// It is not UTF-8.
    #[error("not UTF-8 (byte {at}): save it as CSV UTF-8")]
    NotUtf8 {
        /// Where.
        at: usize,
    },
    /// A column is missing.
    #[error("its first line has no column '{column}'; it has: {found}. Export first, and edit that file")]
    NoColumn {
        /// The column.
        column: String,
        /// The columns there are.
        found: String,
    },
    /// It is not CSV.
    #[error("not CSV")]
    Csv(#[from] csv::Error),
}

/// Reads CSV as spreadsheets write it: commas, semicolons or tabs, with or without a byte order mark.
pub fn read(bytes: &[u8], needed: &[&str]) -> Result<Vec<SheetRow>, NoSheet> {
    let text = std::str::from_utf8(bytes).map_err(|error| NoSheet::NotUtf8 { at: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers()?.iter().map(|name| name.trim().to_lowercase()).collect();
    for column in needed {
        if !columns.iter().any(|name| name == column) {
            return Err(NoSheet::NoColumn { column: (*column).to_owned(), found: columns.join(", ") });
        }
    }
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record?;
        // csv's own count is that of the line end before; blank lines lie between as well.
        let at = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(counted);
        let blank = text.as_bytes()[at..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += text.as_bytes()[counted..at + blank].iter().filter(|b| **b == b'\n').count() as u64;
        counted = at + blank;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        rows.push(SheetRow { line, cells });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_alters_is_guarded_and_comes_back() {
        for text in
            ["250,000", "=1+1", "-5", "@x", "TRUE", "2015-11-16", "'s", "''", "May 5", "+", "＝1", "“We"]
        {
            assert_eq!(guarded(text), format!("'{text}"));
            assert_eq!(unguarded(&guarded(text)), text);
        }
        for text in ["", "Ada Kowal", "we are late, he said", "person:Ada Kowal"] {
            assert_eq!(guarded(text), text);
        }
        assert_eq!(unguarded("'twas so"), "'twas so", "typed by hand");
    }

    #[test]
    fn any_spreadsheets_csv_is_read() {
        for text in [
            "subject,value\nquote,\"a, b\"\n",
            "\u{feff}Subject;Value\r\nquote;a, b\r\n;;\r\n",
            "subject\tvalue\nquote\ta, b\n\n",
        ] {
            let rows = read(text.as_bytes(), &["subject", "value"]).unwrap();
            assert_eq!(rows.len(), 1, "{text:?}");
            assert_eq!((rows[0].cell("value"), rows[0].line), (Some("a, b"), 2));
        }
        assert!(matches!(read(b"a,b\n1,2\n", &["subject"]), Err(NoSheet::NoColumn { .. })));
        assert!(matches!(read(b"subject\n\xff\n", &["subject"]), Err(NoSheet::NotUtf8 { at: 8 })));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            let cell = guarded(&text).into_owned();
            prop_assert_eq!(unguarded(&cell), text.as_str());
        }
    }
}
