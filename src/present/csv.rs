//! CSV and TSV, row by row: RFC 4180, UTF-8, at any size in constant memory.
//!
//! Cells are the data as it is: NULL is an empty cell, and empty text a quoted one. Where a spreadsheet is
//! to open the file ([`Dialect::excel`] and exports), text that it would run or misread is guarded (see
//! [`super::guard`]), cells longer than it takes are cut, and both are counted. Numbers are left alone but
//! those with more digits than a spreadsheet keeps: SQLite knows which cells are numbers.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::guard::{GUARD, LONGEST_NUMBER, needs_guard};
use super::number::{integer, write_real};
use crate::query::{Answered, Column, Sink};

/// The most characters a spreadsheet takes in a cell, counted as UTF-16 has them.
pub const LONGEST_CELL: usize = 32_767;

/// The most lines a spreadsheet takes in a sheet, the header's among them.
pub const LONGEST_SHEET: u64 = 1_048_576;

/// How a table becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: u8,
    /// CRLF, as RFC 4180 has it, rather than LF.
    pub crlf: bool,
    /// A byte order mark at the start, without which Excel on Windows misreads UTF-8.
    pub bom: bool,
    /// Guard text that a spreadsheet would run or misread.
    pub guard: bool,
    /// Cut cells at [`LONGEST_CELL`].
    pub cut: bool,
    /// Write `1,5` for 1.5.
    pub decimal_comma: bool,
    /// Begin with the columns' names.
    pub head: bool,
}

impl Dialect {
    /// RFC 4180.
    pub const CSV: Dialect = Dialect {
        delimiter: b',',
        crlf: true,
        bom: false,
        guard: false,
        cut: false,
        decimal_comma: false,
        head: true,
    };
    /// Tabs, and line ends of the Unix tools.
    pub const TSV: Dialect = Dialect { delimiter: b'\t', crlf: false, ..Dialect::CSV };

    /// The same with another delimiter, and with decimal commas. These go between semicolons where no
    /// delimiter is named: that is what spreadsheets expect that speak a language with decimal commas.
    pub fn separated(self, delimiter: Option<u8>, decimal_comma: bool) -> Dialect {
        let usual = if decimal_comma { b';' } else { self.delimiter };
        Dialect { delimiter: delimiter.unwrap_or(usual), decimal_comma, ..self }
    }

    /// The same for a spreadsheet to open.
    pub fn excel(self) -> Dialect {
        Dialect { crlf: true, bom: true, guard: true, cut: true, ..self }
    }
}

/// Cells that are not the data as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Altered {
    /// Cells with a `'` put in front.
    pub guarded: u64,
    /// Text cut at [`LONGEST_CELL`] characters.
    pub cut: u64,
}

impl std::ops::AddAssign for Altered {
    fn add_assign(&mut self, other: Altered) {
        self.guarded += other.guarded;
        self.cut += other.cut;
    }
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

    /// A cell of text. Output is UTF-8 whatever the archive holds.
    fn text(&mut self, text: &[u8]) {
        let held = Held::of(text, self.dialect.delimiter);
        if held.wide && std::str::from_utf8(text).is_err() {
            self.utf8(String::from_utf8_lossy(text).as_bytes(), held);
        } else {
            self.utf8(text, held);
        }
    }

    fn utf8(&mut self, text: &[u8], held: Held) {
        let mut text = text;
        let guard = self.dialect.guard && needs_guard(text);
        self.altered.guarded += u64::from(guard);
        if self.dialect.cut && text.len() > LONGEST_CELL - usize::from(guard) {
            let short = first_units(text, LONGEST_CELL - usize::from(guard));
            self.altered.cut += u64::from(short.len() < text.len());
            text = short;
        }
        if text.is_empty() || held.ends {
            self.quoted(text, guard);
        } else {
            if guard {
                self.buffer.push(GUARD as u8);
            }
            self.buffer.extend_from_slice(text);
        }
    }

    fn quoted(&mut self, text: &[u8], guard: bool) {
        self.buffer.push(b'"');
        if guard {
            self.buffer.push(GUARD as u8);
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

    fn integer(&mut self, number: i64) {
        if self.dialect.guard && number.unsigned_abs() >= LONGEST_NUMBER {
            self.altered.guarded += 1;
            self.buffer.push(GUARD as u8);
        }
        integer(&mut self.buffer, number);
    }

    fn real(&mut self, number: f64) -> io::Result<()> {
        let from = self.buffer.len();
        write_real(&mut self.buffer, number)?;
        if self.dialect.decimal_comma
            && let Some(point) = memchr::memchr(b'.', &self.buffer[from..])
        {
            self.buffer[from + point] = b',';
            if self.dialect.delimiter == b',' {
                self.buffer.insert(from, b'"');
                self.buffer.push(b'"');
            }
        }
        Ok(())
    }
}

impl<W: Write> Sink for CsvSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        if self.dialect.bom {
            self.buffer.extend_from_slice("\u{feff}".as_bytes());
        }
        self.columns = columns.len();
        if !self.dialect.head {
            return Ok(());
        }
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
                ValueRef::Integer(number) => self.integer(number),
                ValueRef::Real(number) => self.real(number)?,
                ValueRef::Text(text) => self.text(text),
                ValueRef::Blob(bytes) => {
                    let mut digits = Vec::with_capacity(bytes.len() * 2);
                    hex(&mut digits, bytes);
                    self.text(&digits);
                }
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

/// What a cell's bytes hold.
#[derive(Clone, Copy, Default)]
struct Held {
    /// What ends a cell: a quote, a delimiter, a line end.
    ends: bool,
    /// Bytes that are no ASCII.
    wide: bool,
}

impl Held {
    /// Looks at a cell once, eight bytes at a time; the last eight may overlap those before.
    fn of(text: &[u8], delimiter: u8) -> Held {
        let ends = [b'"', delimiter, b'\n', b'\r'].map(everywhere);
        let (words, rest) = text.as_chunks::<8>();
        let seen = words.iter().fold(Seen::default(), |seen, &word| seen.and(word, ends));
        match text.last_chunk::<8>() {
            _ if rest.is_empty() => seen,
            Some(&last) => seen.and(last, ends),
            None => seen.and(short(rest), ends),
        }
        .held()
    }
}

/// A byte in each of a word's eight places.
const fn everywhere(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Fewer than eight bytes as a word: each is in it, some twice, and zeros.
fn short(text: &[u8]) -> [u8; 8] {
    let mut word = [0; 8];
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        word[..4].copy_from_slice(first);
        word[4..].copy_from_slice(last);
    } else if let (Some(&first), Some(&last)) = (text.first(), text.last()) {
        word[..3].copy_from_slice(&[first, text[text.len() / 2], last]);
    }
    word
}

/// What was seen of a cell so far.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Not zero: something that ends a cell.
    ends: u64,
    /// All words, one over the other.
    words: u64,
}

impl Seen {
    #[inline]
    fn and(self, word: [u8; 8], ends: [u64; 4]) -> Seen {
        let word = u64::from_ne_bytes(word);
        // The byte looked for becomes zero, and borrows into its high bit; so may a byte above it. Thus this
        // tells whether it is there, not where.
        let zero = |word: u64| word.wrapping_sub(everywhere(0x01)) & !word & everywhere(0x80);
        let found = ends.iter().fold(0, |found, &end| found | zero(word ^ end));
        Seen { ends: self.ends | found, words: self.words | word }
    }

    fn held(self) -> Held {
        Held { ends: self.ends != 0, wide: self.words & everywhere(0x80) != 0 }
    }
}

/// The longest start of UTF-8 text that has `most` UTF-16 units.
pub fn first_units(text: &[u8], most: usize) -> &[u8] {
    let mut units = 0;
    for (at, b) in text.iter().enumerate() {
        // A character's first byte tells how many units it takes.
        units += match b {
            0x80..=0xBF => 0,
            0xF0.. => 2,
            _ => 1,
        };
        if units > most {
            return &text[..at];
        }
    }
    text
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
    fn formulas_are_guarded_and_numbers_left_alone() {
        let guard = Dialect { guard: true, ..Dialect::CSV };
        for text in ["=1+1", "@SUM(A1)", "\tx", "\rx", "－1", "=\"a\",b", "007", "3-2", "1234567890123456"] {
            let (out, altered) = write("SELECT ?1 AS x", &[&text], guard);
            let cell =
                csv::Reader::from_reader(out.as_bytes()).records().next().unwrap().unwrap()[0].to_owned();
            assert_eq!((cell, altered.guarded), (format!("'{text}"), 1), "{text}");
        }
        for (sql, want) in [
            ("SELECT -5 AS x", "-5"),
            ("SELECT -0.5 AS x", "-0.5"),
            ("SELECT 1e22 AS x", "1e+22"),
            ("SELECT 'a-b' AS x", "a-b"),
            ("SELECT 999999999999999 AS x", "999999999999999"),
        ] {
            assert_eq!(write(sql, &[], guard), (format!("x\r\n{want}\r\n"), Altered::default()));
        }
    }

    #[test]
    fn digits_that_a_spreadsheet_drops_become_text() {
        let guard = Dialect { guard: true, ..Dialect::CSV };
        let sql = "SELECT 1000000000000000 AS a, -9007199254740993 AS b, x'0012' AS c";
        let (out, altered) = write(sql, &[], guard);
        assert_eq!(out, "a,b,c\r\n'1000000000000000,'-9007199254740993,'0012\r\n");
        assert_eq!(altered.guarded, 3);
    }

    #[test]
    fn decimal_commas_stand_apart_from_delimiters() {
        let sql = "SELECT 1.5 AS a, -1e-7 AS b, 2 AS c, 'x;y' AS d, 250000.0 AS e";
        let out = |delimiter| write(sql, &[], Dialect::CSV.separated(delimiter, true)).0;
        assert_eq!(out(None), "a;b;c;d;e\r\n1,5;-1e-7;2;\"x;y\";250000\r\n");
        assert!(out(Some(b',')).ends_with("\"1,5\",-1e-7,2,x;y,250000\r\n"), "{}", out(Some(b',')));
    }

    #[test]
    fn a_cell_of_any_length_is_looked_at_whole() {
        for length in 1..70 {
            for at in 0..length {
                for (byte, ends, wide) in
                    [(b'"', true, false), (b';', true, false), (b'\n', true, false), (b'\r', true, false)]
                        .into_iter()
                        .chain([(0xC3, false, true), (b',', false, false), (b'\t', false, false)])
                {
                    let mut text = vec![b'a'; length];
                    text[at] = byte;
                    let held = Held::of(&text, b';');
                    assert_eq!((held.ends, held.wide), (ends, wide), "{byte:#x} at {at} of {length}");
                }
            }
        }
        assert!(!Held::of(b"", b';').ends);
    }

    #[test]
    fn null_and_empty_text_are_told_apart() {
        assert_eq!(write("SELECT NULL AS a, '' AS b", &[], Dialect::CSV).0, "a,b\r\n,\"\"\r\n");
    }

    #[test]
    fn cells_are_cut_where_a_spreadsheet_would_break_them() {
        let excel = Dialect::CSV.excel();
        // An emoji takes two of a spreadsheet's characters.
        for (text, times, cut) in [("é", LONGEST_CELL, 0), ("é", LONGEST_CELL + 1, 1), ("👍", 16_384, 1)]
        {
            let (out, altered) = write("SELECT ?1 AS x", &[&text.repeat(times)], excel);
            assert_eq!(altered.cut, cut);
            assert!(out.starts_with('\u{feff}'));
            assert!(out.lines().nth(1).unwrap().encode_utf16().count() <= LONGEST_CELL);
        }
        let (out, altered) = write("SELECT ?1 AS x", &[&"=".repeat(LONGEST_CELL)], excel);
        assert_eq!(altered, Altered { guarded: 1, cut: 1 }, "the guard is a character too");
        assert_eq!(out.lines().nth(1).unwrap().len(), LONGEST_CELL);
    }

    #[test]
    fn what_is_no_utf8_is_made_so() {
        assert_eq!(write("SELECT CAST(x'61ff' AS TEXT) AS a", &[], Dialect::CSV).0, "a\r\na\u{fffd}\r\n");
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
