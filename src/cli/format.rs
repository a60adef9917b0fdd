//! The output options that verbs share, and what they mean: which sink, to which place.

use std::io::{self, BufWriter, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;

use super::out::{Out, Timed, Unhurried};
use super::shell::Pager;
use super::spared::spare;
use super::{Outcome, Usage};
use crate::present::about::{About, cut_short};
use crate::present::chart::{Canvas, ChartSink};
use crate::present::csv::{Altered, Dialect, LONGEST_SHEET};
use crate::present::harmless::harmless;
use crate::present::hits::HitSink;
use crate::present::list::{self, ListSink};
use crate::present::paint::Paint;
use crate::present::table::{Style, TableSink};
use crate::present::way::Way;
use crate::present::whole::WholeFile;
use crate::query::{self, Answered, Chart, Cut, Reader, Sink};

/// Columns of a table that goes to no terminal.
const WIDTH_ELSEWHERE: usize = 120;

/// Formats that options of CSV do not go with.
const NO_CSV: &[&str] = &[
    "json",
    "nl",
    "table",
    "xlsx",
    #[cfg(feature = "parquet")]
    "parquet",
    "markdown",
    "html",
    "chart",
    "svg",
];

/// How the answer is written.
#[derive(Debug, Clone, Default, clap::Args)]
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
    /// An Excel workbook: typed cells, a head that stays, filters, and a sheet that says where it came from.
    /// Rows that a sheet cannot hold go on in the next.
    #[arg(long, group = "format")]
    xlsx: bool,
    /// Parquet, for pandas, Polars, DuckDB and Spark.
    #[cfg(feature = "parquet")]
    #[arg(long, group = "format")]
    parquet: bool,
    /// A table in Markdown.
    #[arg(long, group = "format")]
    markdown: bool,
    /// A page for a browser: whole in itself, without scripts.
    #[arg(long, group = "format")]
    html: bool,
    /// A picture in the terminal's own characters: what the query names, or --chart='bar x=COLUMN y=COLUMN'
    /// (or line, or points; by=COLUMN parts it into series). In a file that ends in .svg it is SVG.
    #[arg(long, group = "format", value_name = "CHART", num_args = 0..=1, require_equals = true,
          default_missing_value = "")]
    chart: Option<String>,
    /// The same picture as SVG.
    #[arg(long)]
    svg: bool,
    /// CSV that spreadsheets open right: with a byte order mark; text they would run as a formula, or take
    /// for a number or date it is not (007, 3-2), gets a ' in front; cells are cut at 32,767 characters and
    /// rows after 1,048,575, which is told of, and by exit code 3.
    #[arg(long, conflicts_with_all = NO_CSV)]
    excel: bool,
    /// The character between cells of CSV (implies --csv).
    #[arg(long, value_name = "CHAR", conflicts_with_all = NO_CSV, conflicts_with = "tsv", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Decimals with a comma, between semicolons unless --delimiter names another (implies --csv).
    #[arg(long, conflicts_with_all = NO_CSV)]
    decimal_comma: bool,
    /// Write to FILE, whole or not at all; its ending (.csv .tsv .json .jsonl .xlsx .parquet .md .html
    /// .svg) names the format.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Columns of the table: the terminal's, or 120 elsewhere; 0 for as many as it takes.
    #[arg(long, value_name = "COLUMNS")]
    width: Option<usize>,
    /// Whether to colour.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Whether tables on the terminal are read in a pager.
    #[arg(skip)]
    pager: bool,
    /// What the shell sets besides.
    #[arg(skip)]
    manner: Manner,
}

/// What the shell's settings say of the formats they are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manner {
    /// In the place of tables, lists as the sqlite3 shell prints them: a line a row, or a line a cell.
    pub list: Option<Listed>,
    /// Whether the columns' names are printed above; as the format has it unless that is said.
    pub headers: Option<bool>,
    /// What stands between cells.
    pub separator: Option<String>,
    /// What stands for NULL where people read.
    pub null: String,
}

/// What a line of a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// A row.
    Rows,
    /// A cell.
    Cells,
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// Endings of files that name a format.
const ENDINGS: &[&str] = &[
    "csv",
    "tsv",
    "tab",
    "json",
    "jsonl",
    "ndjson",
    "nl",
    "xlsx",
    #[cfg(feature = "parquet")]
    "parquet",
    "md",
    "markdown",
    "html",
    "htm",
    "svg",
    "txt",
];

/// What an answer becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A table to read.
    Table,
    /// A format for programs, spreadsheets and browsers.
    Way(Way),
    /// A picture.
    Chart(Canvas),
}

impl Format {
    /// What was asked for, by option or by the file's ending.
    pub fn kind(&self) -> Kind {
        let ending = self.output.as_deref().and_then(Path::extension).and_then(|e| e.to_str()).unwrap_or("");
        if self.svg || (ending.eq_ignore_ascii_case("svg") && self.named().is_none() && !self.table) {
            return Kind::Chart(Canvas::Svg);
        }
        if self.chart.is_some() {
            return Kind::Chart(Canvas::Terminal(self.style()));
        }
        let way = self.named().unwrap_or_else(|| match ending.to_ascii_lowercase().as_str() {
            _ if self.table => None,
            "tsv" | "tab" => Some(Way::Csv(Dialect::TSV)),
            "xlsx" => Some(Way::Xlsx),
            "csv" => Some(Way::Csv(Dialect::CSV)),
            _ if self.excel || self.decimal_comma || self.delimiter.is_some() => Some(Way::Csv(Dialect::CSV)),
            "json" => Some(Way::Json),
            "jsonl" | "ndjson" | "nl" => Some(Way::Lines),
            "md" | "markdown" => Some(Way::Markdown),
            "html" | "htm" => Some(Way::Html),
            #[cfg(feature = "parquet")]
            "parquet" => Some(Way::Parquet),
            _ => None,
        });
        match way {
            None => Kind::Table,
            Some(Way::Csv(dialect)) => {
                let set = self.manner.separator.as_deref().and_then(|set| delimiter(set).ok());
                let dialect = dialect.separated(self.delimiter.or(set), self.decimal_comma);
                let dialect = Dialect { head: self.manner.headers.unwrap_or(true), ..dialect };
                Kind::Way(Way::Csv(if self.excel { dialect.excel() } else { dialect }))
            }
            Some(way) => Kind::Way(way),
        }
    }

    /// Refuses a file whose ending names no format where nothing else does: who asks for it expects another one
    /// than the table that would come.
    pub fn check_ending(&self) -> Result<()> {
        let is_said = self.table || self.svg || self.chart.is_some() || self.excel || self.decimal_comma;
        if is_said || self.delimiter.is_some() || self.named().is_some() {
            return Ok(());
        }
        let Some(ending) = self.output.as_deref().and_then(Path::extension) else { return Ok(()) };
        let ending = ending.to_string_lossy();
        if ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(&ending)) {
            return Ok(());
        }
        let near = query::nearest(&ending, ENDINGS.iter().copied());
        let near = near.first().map_or(String::new(), |near| format!("; did you mean .{near}?"));
        let known = ENDINGS.join(" .");
        Err(Usage(format!(
            "no format is called .{ending}{near}\nname one (--csv, --json ...), or end the file's name in .{known}"
        ))
        .into())
    }

    /// The format that an option names.
    fn named(&self) -> Option<Option<Way>> {
        #[cfg(feature = "parquet")]
        if self.parquet {
            return Some(Some(Way::Parquet));
        }
        let options = [
            (self.csv, Way::Csv(Dialect::CSV)),
            (self.tsv, Way::Csv(Dialect::TSV)),
            (self.json, Way::Json),
            (self.nl, Way::Lines),
            (self.xlsx, Way::Xlsx),
            (self.markdown, Way::Markdown),
            (self.html, Way::Html),
        ];
        options.into_iter().find(|(named, _)| *named).map(|(_, way)| Some(way))
    }

    /// The same, with tables on the terminal in a pager where that is wished for.
    pub fn paged(self, pager: bool) -> Format {
        Format { pager, ..self }
    }

    /// The same into a file, or to standard output.
    pub fn into_file(self, output: Option<PathBuf>) -> Format {
        Format { output, ..self }
    }

    /// The same in another manner.
    pub fn in_manner(self, manner: Manner) -> Format {
        Format { manner, ..self }
    }

    /// What prints rows for people.
    fn readable<'o>(&self, out: &'o mut Timed) -> Box<dyn Sink + 'o> {
        let Manner { list, headers, separator, null } = self.manner.clone();
        match list {
            None => Box::new(TableSink::new(out, self.style()).with(headers.unwrap_or(true), null)),
            Some(listed) => {
                let by_line = listed == Listed::Cells;
                let separator = separator.unwrap_or_else(|| "|".to_owned());
                Box::new(ListSink::new(
                    out,
                    list::Form { by_line, headers: headers.unwrap_or(false), separator, null },
                ))
            }
        }
    }

    /// The file that is named, if any.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Whether the answer goes to a terminal.
    pub fn is_terminal(&self) -> bool {
        self.output.is_none() && io::stdout().is_terminal()
    }

    /// The most rows the place takes that the answer goes to.
    pub fn most_rows(&self) -> Option<u64> {
        self.excel.then_some(LONGEST_SHEET - 1)
    }

    /// The picture that is asked for, or that the query names.
    fn picture(&self, about: &About) -> Result<Chart> {
        match (self.chart.as_deref(), &about.chart) {
            (None | Some(""), Some(chart)) => Ok(chart.clone()),
            (None | Some(""), None) => {
                bail!("nothing says what to draw: name it with --chart='bar x=COLUMN y=COLUMN'")
            }
            (Some(words), _) => Chart::read(words).map_err(|problem| anyhow!("--chart: {problem}")),
        }
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
        if let Kind::Way(way) = self.kind()
            && way.is_binary()
            && self.is_terminal()
        {
            bail!("a .{} file is nothing to read on a terminal: name a file with -o", way.ending());
        }
        let Some(path) = &self.output else {
            let paged = self.pager && self.is_terminal() && self.kind() == Kind::Table;
            return Ok(match paged.then(Pager::start).flatten() {
                Some(pager) => Out::Pager(pager),
                None => Out::Standard(BufWriter::new(io::stdout())),
            });
        };
        if let Some(archive) = archive {
            spare(archive, path)?;
        }
        Ok(Out::File(WholeFile::create(path).with_context(|| path.display().to_string())?))
    }

    /// Writes a list that no archive is asked for.
    pub fn write_list(
        &self,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        let about = About { title: "Saved queries".to_owned(), ..About::default() };
        self.write_readable(None, &about, |out| self.readable(out), answer)
    }

    /// Writes an answer as asked, and tells of what is not as it was.
    pub fn write(
        &self,
        reader: &Reader,
        about: &About,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        self.write_readable(Some(reader), about, |out| self.readable(out), answer)
    }

    /// The same for the hits of a search, which read better one below the other.
    pub fn write_hits(
        &self,
        reader: &Reader,
        about: &About,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        self.write_readable(Some(reader), about, |out| Box::new(HitSink::new(out, self.style())), answer)
    }

    fn write_readable(
        &self,
        reader: Option<&Reader>,
        about: &About,
        readable: impl for<'o> FnOnce(&'o mut Timed) -> Box<dyn Sink + 'o>,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, query::Error>,
    ) -> Result<Outcome> {
        if let (Some(reader), Some(path)) = (reader, &self.output) {
            spare(reader.path(), path)?;
        }
        self.check_ending()?;
        let out = self.open(reader.map(Reader::path))?;
        let clock = reader.map(Reader::clock);
        let mut out = Timed { out, clock: clock.clone() };
        let mut altered = Altered::default();
        let answered = match self.kind() {
            Kind::Table => answer(&mut *readable(&mut out))?,
            Kind::Chart(canvas) => {
                let chart = self.picture(about)?;
                answer(&mut ChartSink::new(&mut out, canvas, &about.title, &chart))?
            }
            Kind::Way(way) if way.is_binary() => {
                let mut sink = Unhurried { sink: way.sink(&mut out, about), clock };
                let answered = answer(&mut sink)?;
                altered = sink.sink.altered();
                answered
            }
            Kind::Way(way) => {
                let mut sink = way.sink(&mut out, about);
                let answered = answer(&mut *sink)?;
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
        if let Some(note) = &about.note {
            eprintln!("copydesk: {}", harmless(note));
        }
        if let Some(cut) = answered.cut {
            let by = match cut {
                Cut::Rows(rows) if Some(rows) == self.most_rows() => ", the most a sheet takes",
                Cut::Rows(_) => " (--limit)",
                Cut::Seconds(_) => " (--timeout)",
                Cut::Most(_) => " (-p most)",
            };
            eprintln!("copydesk: {}{by}", cut_short(cut));
        }
        let whole = answered.cut.is_none() && altered.cut == 0;
        Ok(if whole { Outcome::Done } else { Outcome::Partly })
    }
}

fn rows(rows: u64) -> String {
    match rows {
        0 => "no rows".to_owned(),
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
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
