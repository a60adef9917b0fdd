//! Rows as the sqlite3 shell prints them: `list`, a line a row with a separator between its cells, and `line`, a
//! line a cell with the column's name before it.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::harmless::{harmless, harmless_line};
use super::number::real;
use crate::query::{Answered, Column, Sink};

/// How they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// A line a cell rather than a line a row.
    pub by_line: bool,
    /// Whether the first line of a list has the columns' names.
    pub headers: bool,
    /// What stands between the cells of a list.
    pub separator: String,
    /// What stands for NULL.
    pub null: String,
}

/// Takes rows and prints them.
#[derive(Debug)]
pub struct ListSink<W> {
    out: W,
    form: Form,
    names: Vec<String>,
    any: bool,
}

impl<W: Write> ListSink<W> {
    /// A sink that prints to `out`.
    pub fn new(out: W, form: Form) -> Self {
        ListSink { out, form, names: Vec::new(), any: false }
    }

    fn cell(&self, value: ValueRef<'_>) -> String {
        match value {
            ValueRef::Null => self.form.null.clone(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => real(number),
            ValueRef::Text(text) => harmless(&String::from_utf8_lossy(text)).into_owned(),
            ValueRef::Blob(bytes) => format!("<{} bytes>", bytes.len()),
        }
    }
}

impl<W: Write> Sink for ListSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.names = columns.iter().map(|column| harmless_line(&column.name).into_owned()).collect();
        if self.form.headers && !self.form.by_line {
            writeln!(self.out, "{}", self.names.join(&self.form.separator))?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        if self.form.by_line && self.any {
            writeln!(self.out)?;
        }
        self.any = true;
        let wide = self.names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        for (n, name) in self.names.iter().enumerate() {
            let cell = self.cell(row.get_ref(n).map_err(io::Error::other)?);
            if self.form.by_line {
                writeln!(self.out, "{name:>wide$} = {cell}")?;
            } else {
                write!(self.out, "{}{cell}", if n > 0 { self.form.separator.as_str() } else { "" })?;
            }
        }
        if self.form.by_line { Ok(()) } else { writeln!(self.out) }
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        self.out.flush()
    }
}
