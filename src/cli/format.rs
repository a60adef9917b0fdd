//! The output options that verbs share, and what they mean: which sink, to which place.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use super::Outcome;
use crate::present::csv::{Altered, CsvSink, Dialect, LONGEST_SHEET};
use crate::present::hits::HitSink;
use crate::present::json::JsonSink;
use crate::present::paint::Paint;
use crate::present::table::{Style, TableSink};
use crate::present::whole::WholeFile;
use crate::query::{self, Answered, Clock, Cut, Reader, Sink};

/// Columns of a table that goes to no terminal.
const WIDTH_ELSEWHERE: usize = 120;

/// How the answer is written.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct Format {
    /// A table to read: what is printed unless a format is named.
    #[arg(long, group = "format")]
    table: bool,
    /// CSV, as RFC 4180 has it: UTF-8, CRLF.
    #[arg(long, group = "format")]
    csv: bool,
    /// Cells between tabs, and lines ending in LF.
    #[arg(long, group = "format")]
    tsv: bool,
    /// A JSON array of objects.
    #[arg(long, group = "format")]
    json: bool,
    /// A JSON object a line.
    #[arg(long, group = "format")]
    nl: bool,
    /// CSV that spreadsheets open right: with a byte order mark; text they would run as a formula, or take
    /// for a number or date it is not (007, 3-2), gets a ' in front; cells are cut at 32,767 characters and
    /// rows after 1,048,575, which is told of, and by exit code 3.
    #[arg(long, conflicts_with_all = ["json", "nl", "table"])]
    excel: bool,
    /// The character between cells of CSV (implies --csv).
    #[arg(long, value_name = "CHAR", conflicts_with_all = ["json", "nl", "table", "tsv"], value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Decimals with a comma, between semicolons unless --delimiter names another (implies --csv).
    #[arg(long, conflicts_with_all = ["json", "nl", "table"])]
    decimal_comma: bool,
    /// Write to FILE, whole or not at all; its ending (.csv .tsv .json .jsonl) names the format.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Columns of the table: the terminal's, or 120 elsewhere; 0 for as many as it takes.
    #[arg(long, value_name = "COLUMNS")]
    width: Option<usize>,
    /// Whether to colour.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    Always,
    Never,
}

/// What an answer becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A table to read.
    Table,
    /// CSV or TSV.
    Csv(Dialect),
    /// A JSON array.
    Json,
    /// JSON lines.
    Lines,
}

impl Format {
    /// What was asked for, by option or by the file's ending.
    pub fn kind(&self) -> Kind {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|e| e.to_str()).unwrap_or("");
        let named = self.table || self.csv || self.tsv || self.json || self.nl;
        let ends = |with: &[&str]| !named && with.iter().any(|e| e.eq_ignore_ascii_case(ending));
        let spreadsheet = self.csv || self.excel || self.decimal_comma || self.delimiter.is_some();
        let dialect = if self.tsv || ends(&["tsv", "tab"]) {
            Some(Dialect { decimal_comma: self.decimal_comma, ..Dialect::TSV })
        } else if spreadsheet || ends(&["csv"]) {
            Some(Dialect::CSV.separated(self.delimiter, self.decimal_comma))
        } else {
            None
        };
        match dialect {
            Some(dialect) if self.excel => Kind::Csv(dialect.excel()),
            Some(dialect) => Kind::Csv(dialect),
            None if self.json || ends(&["json"]) => Kind::Json,
            None if self.nl || ends(&["jsonl", "ndjson", "nl"]) => Kind::Lines,
            None => Kind::Table,
        }
    }

    /// Whether the answer goes to a terminal.
    pub fn is_terminal(&self) -> bool {
        self.output.is_none() && io::stdout().is_terminal()
    }

    /// The most rows the place takes that the answer goes to.
    pub fn most_rows(&self) -> Option<u64> {
        self.excel.then_some(LONGEST_SHEET - 1)
    }

    /// How text for people is laid out.
    pub fn style(&self) -> Style {
        let width = match self.width {
            Some(0) => None,
            Some(width) => Some(width),
            None => Some(self.terminal_width().unwrap_or(WIDTH_ELSEWHERE)),
        };
        let on = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                self.is_terminal()
                    && !set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        Style { width, paint: Paint::new(on) }
    }

    fn terminal_width(&self) -> Option<usize> {
        self.is_terminal().then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0))
    }

    /// Opens the place the answer goes to. `archive` is not it.
    pub fn open(&self, archive: Option<&Path>) -> Result<Out> {
        let Some(path) = &self.output else { return Ok(Out::Standard(BufWriter::new(io::stdout()))) };
        let same = |other: &Path| match (other.canonicalize(), path.canonicalize()) {
            (Ok(other), Ok(path)) => other == path,
            _ => false,
        };
        if archive.is_some_and(same) {
            bail!("{} is the archive itself: it is not overwritten", path.display());
        }
        Ok(Out::File(WholeFile::create(path).with_context(|| path.display().to_string())?))
    }

    /// Writes a list that no archive is asked for.
    pub fn write_list(
        &self,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        self.write_readable(None, |out| Box::new(TableSink::new(out, self.style())), answer)
    }

    /// Writes an answer as asked, and tells of what is not as it was.
    pub fn write(
        &self,
        reader: &Reader,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        self.write_readable(Some(reader), |out| Box::new(TableSink::new(out, self.style())), answer)
    }

    /// The same for the hits of a search, which read better one below the other.
    pub fn write_hits(
        &self,
        reader: &Reader,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        self.write_readable(Some(reader), |out| Box::new(HitSink::new(out, self.style())), answer)
    }

    fn write_readable(
        &self,
        reader: Option<&Reader>,
        readable: impl for<'o> FnOnce(&'o mut Timed) -> Box<dyn Sink + 'o>,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        let out = self.open(reader.map(Reader::path))?;
        let mut out = Timed { out, clock: reader.map(Reader::clock) };
        let mut altered = Altered::default();
        let answered = match self.kind() {
            Kind::Table => answer(&mut *readable(&mut out))?,
            Kind::Json => answer(&mut JsonSink::new(&mut out, false))?,
            Kind::Lines => answer(&mut JsonSink::new(&mut out, true))?,
            Kind::Csv(dialect) => {
                let mut sink = CsvSink::new(&mut out, dialect);
                let answered = answer(&mut sink)?;
                altered = sink.altered();
                answered
            }
        };
        if let (Some(Cut::Seconds(seconds)), Some(_)) = (answered.cut, &self.output) {
            return Err(query::Error::TimedOut { seconds }.into());
        }
        out.out.finish()?;
        if self.kind() == Kind::Table && self.is_terminal() {
            eprintln!("{}", rows(answered.rows));
        }
        tell(altered);
        if let Some(cut) = answered.cut {
            eprintln!("copydesk: {}", cut_short(cut, self.most_rows()));
        }
        let whole = answered.cut.is_none() && altered.cut == 0;
        Ok(if whole { Outcome::Done } else { Outcome::Partly })
    }
}

/// The place an answer goes to.
#[derive(Debug)]
pub enum Out {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A file.
    File(WholeFile),
}

impl Out {
    /// Ends it: a file takes its place.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Out::Standard(mut out) => out.flush(),
            Out::File(file) => file.finish(),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Standard(out) => out.write(bytes),
            Out::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Standard(out) => out.flush(),
            Out::File(file) => file.flush(),
        }
    }
}

/// The place an answer goes to; the time it takes is not the statement's.
#[derive(Debug)]
struct Timed {
    out: Out,
    clock: Option<Clock>,
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &self.clock {
            Some(clock) => clock.pause(|| self.out.write(bytes)),
            None => self.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn rows(rows: u64) -> String {
    match rows {
        0 => "no rows".to_owned(),
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    }
}

/// What cut an answer short, in words.
pub fn cut_short(cut: Cut, most_rows: Option<u64>) -> String {
    match cut {
        Cut::Rows(rows) if Some(rows) == most_rows => {
            format!("this is not the whole answer: cut after {rows} rows, the most a sheet takes")
        }
        Cut::Rows(rows) => format!("this is not the whole answer: cut after {rows} rows (--limit)"),
        Cut::Seconds(seconds) => format!("this is not the whole answer: cut after {seconds} s (--timeout)"),
    }
}

/// Tells of cells that are not the data as it is.
pub fn tell(altered: Altered) {
    if altered.guarded > 0 {
        eprintln!(
            "copydesk: a ' was put before {} cells that a spreadsheet would run or misread",
            altered.guarded
        );
    }
    if altered.cut > 0 {
        eprintln!("copydesk: {} cells were cut at the 32,767 characters a spreadsheet takes", altered.cut);
    }
}

/// Reads `--delimiter`.
pub fn delimiter(word: &str) -> Result<u8, String> {
    match word.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii_punctuation() && *byte != b'"' || matches!(byte, b'\t' | b' ') => Ok(*byte),
        _ => Err("one character such as ; | or tab is expected".to_owned()),
    }
}
