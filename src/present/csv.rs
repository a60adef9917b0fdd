//! CSV and TSV, row by row: RFC 4180, UTF-8, at any size in constant memory.
//!
//! Cells are the data as it is. Where a spreadsheet is to open the file ([`Dialect::excel`] and exports),
//! text that it would run as a formula gets a `'` in front, cells longer than it takes are cut, and both
//! are counted. Numbers are never touched: SQLite knows which cells are numbers.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::number::write_real;
use crate::query::{Answered, Column, Sink};

/// The most characters a spreadsheet takes in a cell.
pub const LONGEST_CELL: usize = 32_767;

/// How a table becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: u8,
    /// CRLF, as RFC 4180 has it, rather than LF.
    pub crlf: bool,
    /// A byte order mark at the start, without which Excel on Windows misreads UTF-8.
    pub bom: bool,
    /// Defuse text that a spreadsheet would run.
    pub guard: bool,
    /// Cut cells at [`LONGEST_CELL`].
    pub cut: bool,
}

impl Dialect {
    /// RFC 4180.
    pub const CSV: Dialect = Dialect { delimiter: b',', crlf: true, bom: false, guard: false, cut: false };
    /// Tabs, and line ends of the Unix tools.
    pub const TSV: Dialect = Dialect { delimiter: b'\t', crlf: false, ..Dialect::CSV };

    /// The same for a spreadsheet to open.
    pub fn excel(self) -> Dialect {
        Dialect { crlf: true, bom: true, guard: true, cut: true, ..self }
    }
}

/// Cells that are not the data as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Altered {
    /// Text with a `'` put in front.
    pub guarded: u64,
    /// Text cut at [`LONGEST_CELL`] characters.
    pub cut: u64,
}

/// Takes rows and writes them as CSV.
#[derive(Debug)]
pub struct CsvSink<W> {
    out: W,
    dialect: Dialect,
    buffer: Vec<u8>,
    columns: usize,
    altered: Altered,
}

/// Bytes gathered before they are written.
const GATHERED: usize = 64 << 10;

impl<W: Write> CsvSink<W> {
    /// A sink that writes to `out`.
    pub fn new(out: W, dialect: Dialect) -> Self {
        CsvSink {
            out,
            dialect,
            buffer: Vec::with_capacity(GATHERED + 4096),
            columns: 0,
            altered: Altered::default(),
        }
    }

    /// Cells that are not the data as it is, so far.
    pub fn altered(&self) -> Altered {
        self.altered
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.buffer.extend_from_slice(if self.dialect.crlf { b"\r\n" } else { b"\n" });
        if self.buffer.len() < GATHERED {
            return Ok(());
        }
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn text(&mut self, text: &[u8]) {
        let mut text = text;
        if self.dialect.cut && text.len() > LONGEST_CELL {
            let short = first_characters(text, LONGEST_CELL - 1);
            if short.len() < text.len() && first_characters(text, LONGEST_CELL).len() < text.len() {
                self.altered.cut += 1;
                text = short;
            }
        }
        let guard = self.dialect.guard && runs_as_formula(text);
        self.altered.guarded += u64::from(guard);
        let delimiter = self.dialect.delimiter;
        let quoted = text.iter().any(|&b| b == b'"' || b == delimiter || b == b'\n' || b == b'\r');
        if !quoted {
            if guard {
                self.buffer.push(b'\'');
            }
            self.buffer.extend_from_slice(text);
            return;
        }
        self.buffer.push(b'"');
        if guard {
            self.buffer.push(b'\'');
        }
        let mut from = 0;
        for at in memchr::memchr_iter(b'"', text) {
            self.buffer.extend_from_slice(&text[from..=at]);
            self.buffer.push(b'"');
            from = at + 1;
        }
        self.buffer.extend_from_slice(&text[from..]);
        self.buffer.push(b'"');
    }
}

impl<W: Write> Sink for CsvSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        if self.dialect.bom {
            self.buffer.extend_from_slice("\u{feff}".as_bytes());
        }
        self.columns = columns.len();
        for (n, column) in columns.iter().enumerate() {
            if n > 0 {
                self.buffer.push(self.dialect.delimiter);
            }
            self.text(column.name.as_bytes());
        }
        self.end_line()
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        for n in 0..self.columns {
            if n > 0 {
                self.buffer.push(self.dialect.delimiter);
            }
            match row.get_ref(n).map_err(io::Error::other)? {
                // The only cell of a line must not look like an empty line, which readers skip.
                ValueRef::Null if self.columns == 1 => self.buffer.extend_from_slice(b"\"\""),
                ValueRef::Null => {}
                ValueRef::Integer(number) => write!(self.buffer, "{number}")?,
                ValueRef::Real(number) => write_real(&mut self.buffer, number)?,
                ValueRef::Text(b"") if self.columns == 1 => self.buffer.extend_from_slice(b"\"\""),
                ValueRef::Text(text) => match std::str::from_utf8(text) {
                    Ok(_) => self.text(text),
                    Err(_) => self.text(String::from_utf8_lossy(text).as_bytes()),
                },
                ValueRef::Blob(bytes) => hex(&mut self.buffer, bytes),
            }
        }
        self.end_line()
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        self.flush()?;
        self.out.flush()
    }
}

/// Appends bytes as hexadecimal digits, as SQL's `hex()` has them.
pub fn hex(buffer: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    buffer.extend(bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]));
}

/// The first `most` characters of UTF-8 text.
fn first_characters(text: &[u8], most: usize) -> &[u8] {
    let begins = text.iter().enumerate().filter(|(_, b)| **b & 0xC0 != 0x80).nth(most);
    begins.map_or(text, |(at, _)| &text[..at])
}

/// Whether a spreadsheet would take text for a formula or a command, by its first character: `= + - @`, tab,
/// carriage return, line feed, NUL, and the full-width forms that some turn into them.
fn runs_as_formula(text: &[u8]) -> bool {
    match text {
        [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n' | 0, ..] => true,
        // ＝ U+FF1D, ＋ U+FF0B, － U+FF0D, ＠ U+FF20
        [0xEF, 0xBC, 0x9D | 0x8B | 0x8D | 0xA0, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusqlite::Connection;

    fn write(sql: &str, values: &[&dyn rusqlite::ToSql], dialect: Dialect) -> (String, Altered) {
        let connection = Connection::open_in_memory().unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let columns: Vec<Column> =
            statement.column_names().map(|name| Column { name: name.to_owned(), declared: None }).collect();
        let mut out = Vec::new();
        let mut sink = CsvSink::new(&mut out, dialect);
        sink.columns(&columns).unwrap();
        let mut rows = statement.query(values).unwrap();
        while let Some(row) = rows.next().unwrap() {
            sink.row(row).unwrap();
        }
        sink.end(&Answered { rows: 0, cut: None }).unwrap();
        let altered = sink.altered();
        (String::from_utf8(out).unwrap(), altered)
    }

    #[test]
    fn every_kind_of_cell() {
        let (text, altered) = write(
            "SELECT 1 AS n, 250000.0 AS r, NULL AS gap, 'a \"b\", c' AS t, x'00ff' AS b",
            &[],
            Dialect::CSV,
        );
        assert_eq!(text, "n,r,gap,t,b\r\n1,250000,,\"a \"\"b\"\", c\",00FF\r\n");
        assert_eq!(altered, Altered::default());
    }

    #[test]
    fn an_empty_cell_alone_is_no_empty_line() {
        assert_eq!(write("SELECT '' AS a", &[], Dialect::TSV).0, "a\n\"\"\n");
    }

    #[test]
    fn formulas_are_defused_and_numbers_left_alone() {
        let guard = Dialect { guard: true, ..Dialect::CSV };
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "=\"a\",b"]
        {
            let (out, altered) = write("SELECT ?1 AS x", &[&text], guard);
            let cell =
                csv::Reader::from_reader(out.as_bytes()).records().next().unwrap().unwrap()[0].to_owned();
            assert_eq!((cell, altered.guarded), (format!("'{text}"), 1), "{text}");
        }
        for (sql, want) in
            [("SELECT -5 AS x", "-5"), ("SELECT -0.5 AS x", "-0.5"), ("SELECT 'a-b' AS x", "a-b")]
        {
            assert_eq!(write(sql, &[], guard), (format!("x\r\n{want}\r\n"), Altered::default()));
        }
    }

    #[test]
    fn cells_are_cut_where_a_spreadsheet_would_break_them() {
        let excel = Dialect::CSV.excel();
        for (length, cut) in [(LONGEST_CELL, 0), (LONGEST_CELL + 1, 1), (40_000, 1)] {
            let (out, altered) = write("SELECT ?1 AS x", &[&"é".repeat(length)], excel);
            assert_eq!(altered.cut, cut);
            assert!(out.starts_with('\u{feff}'));
            assert!(out.lines().nth(1).unwrap().chars().count() <= LONGEST_CELL);
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(a in any::<String>(), b in any::<String>()) {
            for dialect in [Dialect::CSV, Dialect::TSV] {
                let (out, _) = write("SELECT ?1 AS a, ?2 AS b", &[&a, &b], dialect);
                let mut reader = csv::ReaderBuilder::new().delimiter(dialect.delimiter).from_reader(out.as_bytes());
                let record = reader.records().next().unwrap().unwrap();
                prop_assert_eq!(&record[0], a.as_str());
                prop_assert_eq!(&record[1], b.as_str());
            }
        }
    }
}
