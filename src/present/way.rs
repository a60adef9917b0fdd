//! The ways out: every format that rows can take, behind one door.

use std::io::Write;

use super::about::About;
use super::csv::{Altered, CsvSink, Dialect};
use super::html::HtmlSink;
use super::json::JsonSink;
use super::markdown::MarkdownSink;
#[cfg(feature = "parquet")]
use super::parquet::ParquetSink;
use super::xlsx::XlsxSink;
use crate::query::{Column, Sink};

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// CSV or TSV.
    Csv(Dialect),
    /// A JSON array.
    Json,
    /// JSON lines.
    Lines,
    /// A table in Markdown.
    Markdown,
    /// A page.
    Html,
    /// A workbook.
    Xlsx,
    /// Columns with types.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// A sink that tells which cells are not the data as it is.
pub trait Writer: Sink {
    /// Those written so far.
    fn altered(&self) -> Altered {
        Altered::default()
    }
}

impl<W: Write> Writer for JsonSink<W> {}
impl<W: Write> Writer for MarkdownSink<W> {}
impl<W: Write> Writer for HtmlSink<W> {}
#[cfg(feature = "parquet")]
impl<W: Write + Send> Writer for ParquetSink<W> {}

impl<W: Write> Writer for CsvSink<W> {
    fn altered(&self) -> Altered {
        CsvSink::altered(self)
    }
}

impl<W: Write + Send> Writer for XlsxSink<W> {
    fn altered(&self) -> Altered {
        XlsxSink::altered(self)
    }
}

impl Way {
    /// The sink that writes it to `out`.
    pub fn sink<'o, W: Write + Send + 'o>(self, out: W, about: &About) -> Box<dyn Writer + 'o> {
        match self {
            Way::Csv(dialect) => Box::new(CsvSink::new(out, dialect)),
            Way::Json => Box::new(JsonSink::new(out, false)),
            Way::Lines => Box::new(JsonSink::new(out, true)),
            Way::Markdown => Box::new(MarkdownSink::new(out)),
            Way::Html => Box::new(HtmlSink::new(out, about.clone())),
            Way::Xlsx => Box::new(XlsxSink::new(out, about.clone())),
            #[cfg(feature = "parquet")]
            Way::Parquet => Box::new(ParquetSink::new(out, about.clone())),
        }
    }

    /// Whether it is nothing to read, and must not go to a terminal.
    pub fn is_binary(self) -> bool {
        #[cfg(feature = "parquet")]
        if self == Way::Parquet {
            return true;
        }
        self == Way::Xlsx
    }

    /// How names of its files end, which names the format too.
    pub fn ending(self) -> &'static str {
        match self {
            Way::Csv(dialect) if dialect.delimiter == b'\t' => "tsv",
            Way::Csv(_) => "csv",
            Way::Json => "json",
            Way::Lines => "jsonl",
            Way::Markdown => "md",
            Way::Html => "html",
            Way::Xlsx => "xlsx",
            #[cfg(feature = "parquet")]
            Way::Parquet => "parquet",
        }
    }

    /// What a receipt calls the bytes of a file. The reference tool counts none where it reads JSON and Parquet by
    /// other libraries, and would find the number wrong.
    pub fn bytes_key(self) -> &'static str {
        match self {
            Way::Json => "fileBytes",
            #[cfg(feature = "parquet")]
            Way::Parquet => "fileBytes",
            _ => "bytes",
        }
    }
}

/// The names of columns, each once: what comes again gets a number.
pub fn unique_names(columns: &[Column]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in columns {
        let mut name = column.name.clone();
        let mut again = 2;
        while names.contains(&name) || again > 2 && columns.iter().any(|other| other.name == name) {
            name = format!("{}_{again}", column.name);
            again += 1;
        }
        names.push(name);
    }
    names
}
