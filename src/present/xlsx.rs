//! Workbooks: a sheet an answer, with typed cells, a head that stays, filters and widths, and a last sheet
//! that says where it all came from. Rows go to disk as they come, so that memory does not grow with them.
//!
//! Text is text: nothing is ever written as a formula or a link. Whole ISO dates become real dates, shown as
//! ISO has them; a cell keeps no time zone, so that the head of a column with times in UTC says so in a note.
//! Integers with more digits than a spreadsheet keeps become text. What a sheet cannot hold
//! goes on in the next one; what a cell cannot hold is cut, and counted.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;
use rust_xlsxwriter::{Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};

use super::about::About;
use super::csv::{Altered, LONGEST_CELL, LONGEST_SHEET, first_units, hex};
use super::guard::LONGEST_NUMBER;
use super::moment::moment;
use super::number::real;
use super::workbook_fault::tried;
use super::wrap::width;
use crate::query::{Answered, Column, Sink};

/// Rows whose widths decide.
const SAMPLE: u32 = 1_000;
/// The widest column, in characters.
const WIDEST: usize = 60;
/// Room for the sign of the filter.
const FILTER: usize = 3;
/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;
/// The sheet that says where the others came from.
const PROVENANCE: &str = "About this file";
/// What a column's head says where times in it are UTC.
const UTC: &str = "Times that end in Z are in UTC. A cell keeps no time zone: only what it shows has the Z.";
/// Where the sheets of a workbook come from, the last first.
type Told = Vec<(&'static str, String)>;

/// A workbook in the making.
pub struct Book {
    workbook: Workbook,
    sheet: Option<Sheet>,
    names: Vec<String>,
    told: Told,
    altered: Altered,
    head: Format,
    longest: u64,
}

/// The sheet that rows go to.
struct Sheet {
    sheet: Worksheet,
    base: String,
    part: u32,
    line: u32,
    columns: Vec<String>,
    widths: Vec<usize>,
    /// Which columns have times in UTC.
    utc: Vec<bool>,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("names", &self.names)
            .field("altered", &self.altered)
            .finish_non_exhaustive()
    }
}

impl Default for Book {
    fn default() -> Self {
        let head = Format::new().set_bold().set_align(FormatAlign::Top);
        Book {
            workbook: Workbook::new(),
            sheet: None,
            names: Vec::new(),
            told: Vec::new(),
            altered: Altered::default(),
            head,
            longest: LONGEST_SHEET,
        }
    }
}

impl Book {
    /// Begins the sheet of an answer.
    fn begin(&mut self, base: &str, columns: &[Column]) -> Result<(), XlsxError> {
        let columns = columns.iter().map(|column| column.name.clone()).collect();
        self.open(base.to_owned(), 1, columns)
    }

    fn open(&mut self, base: String, part: u32, columns: Vec<String>) -> Result<(), XlsxError> {
        let mut sheet = self.workbook.new_worksheet_with_constant_memory()?;
        let name = self.free_name(&base, part);
        sheet.set_name(&name)?;
        self.names.push(name);
        sheet.set_freeze_panes(1, 0)?;
        for (n, column) in (0u16..).zip(&columns) {
            sheet.write_string_with_format(0, n, short(column).0, &self.head)?;
        }
        let widths = columns.iter().map(|column| width(column) + FILTER).collect();
        let utc = vec![false; columns.len()];
        self.sheet = Some(Sheet { sheet, base, part, line: 1, columns, widths, utc });
        Ok(())
    }

    /// A sheet's name that is allowed, and not taken.
    fn free_name(&self, base: &str, part: u32) -> String {
        let allowed: String =
            base.chars().map(|c| if c.is_control() || "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let allowed = if allowed.trim().is_empty() { "rows" } else { allowed.trim() };
        let mut part = part;
        loop {
            let tail = if part > 1 { format!(" {part}") } else { String::new() };
            let most = LONGEST_NAME - tail.len();
            let begin = first_units(allowed.as_bytes(), most);
            let name = format!("{}{tail}", String::from_utf8_lossy(begin).trim_end());
            let taken = |other: &String| other.to_lowercase() == name.to_lowercase();
            if !self.names.iter().any(taken) && name != PROVENANCE {
                return name;
            }
            part += 1;
        }
    }

    fn row(&mut self, row: &Row<'_>) -> Result<(), XlsxError> {
        if self.sheet.as_ref().is_some_and(|sheet| u64::from(sheet.line) >= self.longest)
            && let Some(full) = self.close()?
        {
            self.open(full.base, full.part + 1, full.columns)?;
        }
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        for n in 0..sheet.columns.len() {
            let Ok(value) = row.get_ref(n) else { continue };
            sheet.cell(n, value, &mut self.altered)?;
        }
        sheet.line += 1;
        Ok(())
    }

    /// Ends the sheet that rows went to.
    fn close(&mut self) -> Result<Option<Sheet>, XlsxError> {
        let Some(mut done) = self.sheet.take() else { return Ok(None) };
        let mut sheet = std::mem::replace(&mut done.sheet, Worksheet::new());
        for (n, wide) in (0u16..).zip(&done.widths) {
            sheet.set_column_width(n, *wide as f64)?;
        }
        for (n, _) in (0u16..).zip(&done.utc).filter(|(_, is_utc)| **is_utc) {
            sheet.insert_note(0, n, &Note::new(UTC).add_author_prefix(false))?;
        }
        if let Some(last) = done.columns.len().checked_sub(1).and_then(|last| u16::try_from(last).ok()) {
            sheet.autofilter(0, 0, done.line.saturating_sub(1).max(1), last)?;
        }
        self.workbook.push_worksheet(sheet);
        Ok(Some(done))
    }

    /// Ends an answer, and notes what its provenance is.
    fn end(&mut self, about: &About, answered: &Answered) -> Result<(), XlsxError> {
        let done = self.close()?;
        self.told.extend(about.lines(answered));
        for (column, _) in
            done.iter().flat_map(|done| done.columns.iter().zip(&done.utc)).filter(|(_, utc)| **utc)
        {
            self.told.push(("times", format!("{column}: {UTC}")));
        }
        self.told.push(("", String::new()));
        Ok(())
    }

    /// Cells that are not the data as it is, so far.
    pub fn altered(&self) -> Altered {
        self.altered
    }

    /// Adds the sheet that says where the others came from, and writes the whole.
    pub fn finish(mut self, out: impl Write + Send) -> io::Result<()> {
        tried(|| self.write(out))
    }

    fn write(&mut self, mut out: impl Write + Send) -> Result<(), XlsxError> {
        if self.altered.guarded > 0 {
            self.told.push(("integers kept as text", self.altered.guarded.to_string()));
        }
        if self.altered.cut > 0 {
            self.told.push(("cells cut at 32,767 characters", self.altered.cut.to_string()));
        }
        let name_format = Format::new().set_bold().set_align(FormatAlign::Top);
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(PROVENANCE)?;
        sheet.set_column_width(0, 28)?;
        sheet.set_column_width(1, 100)?;
        for (line, (name, value)) in (0u32..).zip(&self.told) {
            sheet.write_string_with_format(line, 0, *name, &name_format)?;
            sheet.write_string_with_format(line, 1, short(value).0, &text)?;
        }
        self.workbook.save_to_writer(&mut out)
    }
}

impl Sheet {
    fn cell(&mut self, n: usize, value: ValueRef<'_>, altered: &mut Altered) -> Result<(), XlsxError> {
        let column = u16::try_from(n).unwrap_or(u16::MAX);
        let wide = match value {
            ValueRef::Null => return Ok(()),
            ValueRef::Integer(number) if number.unsigned_abs() < LONGEST_NUMBER => {
                self.sheet.write_number(self.line, column, number as f64)?;
                number.checked_ilog10().unwrap_or(1) as usize + 2
            }
            ValueRef::Integer(number) => {
                altered.guarded += 1;
                self.text(column, &number.to_string(), altered)?
            }
            ValueRef::Real(number) if number.is_finite() => {
                self.sheet.write_number(self.line, column, number)?;
                if self.line < SAMPLE { real(number).len() } else { 0 }
            }
            ValueRef::Real(number) => self.text(column, &real(number), altered)?,
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => self.text_or_date(column, text, altered)?,
                Err(_) => self.text(column, &String::from_utf8_lossy(text), altered)?,
            },
            ValueRef::Blob(bytes) => {
                let mut digits = Vec::new();
                hex(&mut digits, &bytes[..bytes.len().min(LONGEST_CELL)]);
                self.text(column, &String::from_utf8_lossy(&digits), altered)?
            }
        };
        if self.line < SAMPLE {
            self.widths[n] = self.widths[n].max((wide + 1).min(WIDEST));
        }
        Ok(())
    }

    fn text_or_date(&mut self, column: u16, text: &str, altered: &mut Altered) -> Result<usize, XlsxError> {
        if let Some(moment) = moment(text) {
            let format = Format::new().set_num_format(moment.format);
            self.sheet.write_datetime_with_format(self.line, column, &moment.value, &format)?;
            self.utc[usize::from(column)] |= moment.is_utc;
            return Ok(text.len());
        }
        self.text(column, text, altered)
    }

    /// Writes text, and tells how wide it is.
    fn text(&mut self, column: u16, text: &str, altered: &mut Altered) -> Result<usize, XlsxError> {
        let (text, is_cut) = short(text);
        altered.cut += u64::from(is_cut);
        self.sheet.write_string(self.line, column, text)?;
        let sample = if self.line < SAMPLE { text.lines().next().unwrap_or("") } else { "" };
        Ok(width(&sample[..sample.floor_char_boundary(WIDEST * 4)]))
    }
}

/// As much of a text as a cell holds, and whether that is less than all.
fn short(text: &str) -> (&str, bool) {
    if text.len() <= LONGEST_CELL {
        return (text, false);
    }
    let end = first_units(text.as_bytes(), LONGEST_CELL).len();
    (&text[..end], end < text.len())
}

/// Takes the rows of one answer and writes a workbook of them.
#[derive(Debug)]
pub struct XlsxSink<W> {
    out: W,
    book: Book,
    about: About,
    altered: Altered,
}

impl<W: Write + Send> XlsxSink<W> {
    /// A sink that writes to `out`.
    pub fn new(out: W, about: About) -> Self {
        XlsxSink { out, book: Book::default(), about, altered: Altered::default() }
    }

    /// Cells that are not the data as it is, so far.
    pub fn altered(&self) -> Altered {
        self.altered
    }
}

impl<W: Write + Send> Sink for XlsxSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        tried(|| self.book.begin(&self.about.title, columns))
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        tried(|| self.book.row(row))?;
        self.altered = self.book.altered();
        Ok(())
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        tried(|| self.book.end(&self.about, answered))?;
        std::mem::take(&mut self.book).finish(&mut self.out)?;
        self.out.flush()
    }
}

/// Takes the rows of one answer into a sheet of a workbook that has more.
#[derive(Debug)]
pub struct SheetSink<'b> {
    book: &'b mut Book,
    about: &'b About,
}

impl<'b> SheetSink<'b> {
    /// A sink that adds a sheet to `book`.
    pub fn new(book: &'b mut Book, about: &'b About) -> Self {
        SheetSink { book, about }
    }
}

impl Sink for SheetSink<'_> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        tried(|| self.book.begin(&self.about.title, columns))
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        tried(|| self.book.row(row))
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        tried(|| self.book.end(self.about, answered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::testing::feed;

    #[test]
    fn names_of_sheets_are_allowed_and_differ() {
        let mut book = Book::default();
        for (base, name) in [
            ("Who: said/what?", "Who  said what"),
            ("who  said what", "who  said what 2"),
            ("", "rows"),
            (&"x".repeat(40), &"x".repeat(31)),
            (&"X".repeat(40), &format!("{} 2", "X".repeat(29))),
            (PROVENANCE, "About this file 2"),
        ] {
            let free = book.free_name(base, 1);
            assert_eq!(free, name);
            book.names.push(free);
        }
    }

    #[test]
    fn what_a_sheet_cannot_hold_goes_on_in_the_next() {
        let mut book = Book { longest: 3, ..Book::default() };
        let about = About { title: "Rows".to_owned(), ..About::default() };
        let sql =
            "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 7) SELECT n FROM c";
        feed(sql, &[], &mut SheetSink::new(&mut book, &about));
        assert_eq!(book.names, ["Rows", "Rows 2", "Rows 3", "Rows 4"], "two rows a sheet, below its head");
        let mut out = std::io::Cursor::new(Vec::new());
        book.finish(&mut out).unwrap();
        assert!(out.into_inner().starts_with(b"PK"));
    }

    #[test]
    fn a_cell_takes_what_it_can() {
        assert_eq!(short("é"), ("é", false));
        assert!(!short(&"é".repeat(LONGEST_CELL)).1);
        let long = "👍".repeat(LONGEST_CELL);
        let (cut, is_cut) = short(&long);
        assert!(is_cut && cut.encode_utf16().count() == LONGEST_CELL - 1);
    }
}
