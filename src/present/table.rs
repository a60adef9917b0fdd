//! A table to read: columns as wide as the terminal allows, numbers to the right, long text wrapped.
//!
//! Widths come from the first rows; the rest streams by in them, so that memory does not grow with the
//! answer. Where the columns do not fit beside each other, each row becomes a block of `name  value` lines.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::harmless::harmless_line;
use super::number::real;
use super::paint::{Look, Paint};
use super::wrap::{cut, width, wrap};
use crate::query::{Answered, Column, Sink};

/// Rows whose widths decide.
const SAMPLE: usize = 200;
/// Lines a cell may take.
const LINES: usize = 8;
/// Characters of a cell that are looked at: more would not be read in a table.
const LONGEST: usize = 2_000;
/// The narrowest that a column of text may become.
const NARROWEST: usize = 10;
/// Between columns.
const GAP: &str = "  ";

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal; `None` is as many as it takes.
    pub width: Option<usize>,
    /// Whether to paint.
    pub paint: Paint,
}

#[derive(Debug, Default)]
struct Cell {
    text: String,
    is_number: bool,
}

#[derive(Debug)]
enum Layout {
    /// The widths of the columns, and whether rows take more than a line.
    Beside(Vec<usize>, bool),
    /// The width of the names.
    Blocks(usize),
}

/// Takes rows and prints them as a table.
#[derive(Debug)]
pub struct TableSink<W> {
    out: W,
    style: Style,
    names: Vec<String>,
    waiting: Vec<Vec<Cell>>,
    layout: Option<Layout>,
    printed: u64,
    headers: bool,
    null: String,
}

impl<W: Write> TableSink<W> {
    /// A sink that prints to `out`.
    pub fn new(out: W, style: Style) -> Self {
        TableSink {
            out,
            style,
            names: Vec::new(),
            waiting: Vec::new(),
            layout: None,
            printed: 0,
            headers: true,
            null: String::new(),
        }
    }

    /// The same with or without the columns' names above, and with another text for NULL.
    pub fn with(self, headers: bool, null: String) -> Self {
        TableSink { headers, null, ..self }
    }

    /// Decides the layout from the rows seen, and prints them.
    fn settle(&mut self) -> io::Result<()> {
        let mut needed = needed(&self.names, &self.waiting);
        if self.waiting.len() == SAMPLE {
            // More rows come, and their text may be longer.
            needed.iter_mut().for_each(|wide| *wide = (*wide).max(NARROWEST));
        }
        let layout = lay_out(&self.names, &self.waiting, needed, self.style.width);
        if let Layout::Beside(widths, _) = &layout
            && self.headers
        {
            self.head(widths)?;
        }
        for row in std::mem::take(&mut self.waiting) {
            self.print(&layout, &row)?;
        }
        self.layout = Some(layout);
        Ok(())
    }

    fn head(&mut self, widths: &[usize]) -> io::Result<()> {
        let numeric: Vec<bool> = (0..widths.len())
            .map(|n| {
                let mut cells =
                    self.waiting.iter().map(|row| &row[n]).filter(|c| !c.text.is_empty()).peekable();
                cells.peek().is_some() && cells.all(|cell| cell.is_number)
            })
            .collect();
        let mut line = String::new();
        for (n, (name, &wide)) in self.names.iter().zip(widths).enumerate() {
            let name = cut(name, wide);
            let gap = " ".repeat(wide - width(&name));
            if n > 0 {
                line.push_str(GAP);
            }
            line.push_str(&if numeric[n] { gap + &name } else { name + &gap });
        }
        writeln!(self.out, "{}", self.style.paint.text(Look::BOLD, line.trim_end()))?;
        let rule: Vec<String> = widths.iter().map(|&wide| "─".repeat(wide)).collect();
        writeln!(self.out, "{}", self.style.paint.text(Look::DIM, &rule.join(GAP)))
    }

    fn print(&mut self, layout: &Layout, row: &[Cell]) -> io::Result<()> {
        self.printed += 1;
        match layout {
            Layout::Beside(widths, tall) => {
                if *tall && self.printed > 1 {
                    writeln!(self.out)?;
                }
                self.print_beside(widths, row)
            }
            Layout::Blocks(wide) => self.print_block(*wide, row),
        }
    }

    fn print_beside(&mut self, widths: &[usize], row: &[Cell]) -> io::Result<()> {
        // Where the width is nobody's concern, a cell longer than any of the first runs over its column.
        let room = |wide: usize| if self.style.width.is_some() { wide } else { usize::MAX };
        let cells: Vec<Vec<String>> =
            row.iter().zip(widths).map(|(cell, &wide)| wrap(&cell.text, room(wide), LINES)).collect();
        let tallest = cells.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..tallest {
            let mut line = String::new();
            let mut owed = 0;
            for ((cell, lines), &wide) in row.iter().zip(&cells).zip(widths) {
                let text = lines.get(n).map_or("", String::as_str);
                let gap = wide.saturating_sub(width(text));
                let before = if cell.is_number { owed + gap } else { owed };
                if !text.is_empty() {
                    line.extend(std::iter::repeat_n(' ', before));
                    line.push_str(text);
                    owed = if cell.is_number { 0 } else { gap };
                } else {
                    owed += wide;
                }
                owed += GAP.len();
            }
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn print_block(&mut self, wide: usize, row: &[Cell]) -> io::Result<()> {
        if self.printed > 1 {
            writeln!(self.out)?;
        }
        let left = self.style.width.unwrap_or(usize::MAX).saturating_sub(wide + GAP.len()).max(NARROWEST);
        for (name, cell) in self.names.iter().zip(row) {
            let name = cut(name, wide);
            let gap = " ".repeat(wide - width(&name));
            for (n, line) in wrap(&cell.text, left, LINES * 4).iter().enumerate() {
                match n {
                    0 => {
                        let name = self.style.paint.text(Look::BOLD, &name);
                        writeln!(self.out, "{}", format!("{name}{gap}{GAP}{line}").trim_end())?;
                    }
                    _ => writeln!(self.out, "{:wide$}{GAP}{line}", "")?,
                }
            }
        }
        Ok(())
    }
}

impl<W: Write> Sink for TableSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.names = columns.iter().map(|c| harmless_line(&c.name).into_owned()).collect();
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let mut cells = Vec::with_capacity(self.names.len());
        for n in 0..self.names.len() {
            cells.push(match row.get_ref(n).map_err(io::Error::other)? {
                ValueRef::Null => Cell { text: self.null.clone(), is_number: false },
                value => cell(value),
            });
        }
        match self.layout.take() {
            Some(layout) => {
                self.print(&layout, &cells)?;
                self.layout = Some(layout);
            }
            None => {
                self.waiting.push(cells);
                if self.waiting.len() == SAMPLE {
                    self.settle()?;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        if self.layout.is_none() {
            self.settle()?;
        }
        self.out.flush()
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::default(),
        ValueRef::Integer(number) => Cell { text: number.to_string(), is_number: true },
        ValueRef::Real(number) => Cell { text: real(number), is_number: true },
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text);
            let shown = match text.char_indices().nth(LONGEST) {
                Some((at, _)) => harmless_line(&text[..at]) + "…",
                None => harmless_line(&text),
            };
            Cell { text: shown.into_owned(), is_number: false }
        }
        ValueRef::Blob(bytes) => Cell { text: format!("<{} bytes>", bytes.len()), is_number: false },
    }
}

/// Columns that names and cells take.
fn needed(names: &[String], rows: &[Vec<Cell>]) -> Vec<usize> {
    (0..names.len())
        .map(|n| rows.iter().map(|row| width(&row[n].text)).chain([width(&names[n])]).max().unwrap_or(0))
        .collect()
}

/// Shares the width out: narrow columns get what they need, wide ones the same each of what is left.
fn lay_out(names: &[String], rows: &[Vec<Cell>], needed: Vec<usize>, most: Option<usize>) -> Layout {
    let gaps = GAP.len() * names.len().saturating_sub(1);
    let Some(most) = most.map(|most| most.saturating_sub(gaps)) else {
        return Layout::Beside(needed, false);
    };
    if needed.iter().sum::<usize>() <= most {
        return Layout::Beside(needed, false);
    }
    // Numbers are not broken: their columns keep what they need.
    let least: Vec<usize> = (0..names.len())
        .map(|n| {
            let numbers = rows.iter().filter(|row| row[n].is_number).map(|row| width(&row[n].text)).max();
            needed[n].min(numbers.unwrap_or(0).max(NARROWEST))
        })
        .collect();
    if least.iter().sum::<usize>() > most {
        let wide = names.iter().map(|name| width(name)).max().unwrap_or(0).min(NARROWEST * 2);
        return Layout::Blocks(wide);
    }
    let mut widths = least;
    let mut left = most - widths.iter().sum::<usize>();
    while left > 0 {
        let narrowest = (0..widths.len()).filter(|&n| widths[n] < needed[n]).min_by_key(|&n| widths[n]);
        let Some(n) = narrowest else { break };
        widths[n] += 1;
        left -= 1;
    }
    Layout::Beside(widths, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    fn table(sql: &str, width: Option<usize>, colour: bool) -> String {
        let connection = Connection::open_in_memory().unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let columns: Vec<Column> =
            statement.column_names().map(|name| Column { name: name.to_owned(), declared: None }).collect();
        let mut out = Vec::new();
        let mut sink = TableSink::new(&mut out, Style { width, paint: Paint::new(colour) });
        sink.columns(&columns).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            sink.row(row).unwrap();
        }
        sink.end(&Answered { rows: 0, cut: None }).unwrap();
        String::from_utf8(out).unwrap()
    }

    const ROWS: &str = "WITH t (speaker, n, said) AS (VALUES \
        ('Ada Vale', 12, 'The bridge is shut and will stay shut until spring comes'), \
        (NULL, 250000.0, 'No.'), ('李雷', -3, 'x' || char(27) || '[2J' || char(10) || 'y')) SELECT * FROM t";

    #[test]
    fn as_wide_as_it_takes() {
        insta::assert_snapshot!(table(ROWS, None, false), @r"
        speaker        n  said
        ────────  ──────  ────────────────────────────────────────────────────────
        Ada Vale      12  The bridge is shut and will stay shut until spring comes
                  250000  No.
        李雷          -3  x␛[2J y
        ");
    }

    #[test]
    fn wrapped_to_the_terminal() {
        insta::assert_snapshot!(table(ROWS, Some(40), false), @r"
        speaker        n  said
        ────────  ──────  ──────────────────────
        Ada Vale      12  The bridge is shut and
                          will stay shut until
                          spring comes

                  250000  No.

        李雷          -3  x␛[2J y
        ");
    }

    #[test]
    fn in_blocks_where_columns_do_not_fit() {
        insta::assert_snapshot!(table(ROWS, Some(24), false), @r"
        speaker  Ada Vale
        n        12
        said     The bridge is
                 shut and will
                 stay shut until
                 spring comes

        speaker
        n        250000
        said     No.

        speaker  李雷
        n        -3
        said     x␛[2J y
        ");
    }

    #[test]
    fn no_row_is_a_head_alone() {
        assert_eq!(table("SELECT 1 AS a WHERE 0", Some(40), false), "a\n─\n");
    }

    #[test]
    fn rows_after_the_sample_keep_to_the_widths() {
        let sql = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500) \
            SELECT n, CASE n WHEN 400 THEN 'a long text that nobody expected' ELSE 'b' END AS t FROM c";
        assert_eq!(table(sql, None, false).lines().count(), 2 + 500, "nothing is wrapped");
        assert_eq!(table(sql, Some(80), false).lines().count(), 2 + 500 + 3, "wrapped to ten columns");
    }

    #[test]
    fn only_the_head_is_painted() {
        let text = table(ROWS, Some(40), true);
        assert_eq!(text.matches("\x1b[").count(), 4, "{text}");
    }
}
