//! Markdown: a table as GitHub and most others read it. Text is escaped, so that it shows as it stands;
//! line ends become `<br>`, and what could act on a terminal is shown as harmless signs.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::csv::hex;
use super::harmless::harmless;
use super::number::{integer, write_real};
use crate::query::{Answered, Column, Sink};

/// Takes rows and writes them as a Markdown table.
#[derive(Debug)]
pub struct MarkdownSink<W> {
    out: W,
    line: Vec<u8>,
    columns: usize,
}

impl<W: Write> MarkdownSink<W> {
    /// A sink that writes to `out`.
    pub fn new(out: W) -> Self {
        MarkdownSink { out, line: Vec::new(), columns: 0 }
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.extend_from_slice(b"|\n");
        self.out.write_all(&self.line)?;
        self.line.clear();
        Ok(())
    }
}

impl<W: Write> Sink for MarkdownSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.columns = columns.len();
        for column in columns {
            self.line.extend_from_slice(b"| ");
            escape(&mut self.line, &column.name);
            self.line.push(b' ');
        }
        self.end_line()?;
        self.line.extend(std::iter::repeat_n(*b"| --- ", self.columns).flatten());
        self.end_line()
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        for n in 0..self.columns {
            self.line.extend_from_slice(b"| ");
            match row.get_ref(n).map_err(io::Error::other)? {
                ValueRef::Null => {}
                ValueRef::Integer(number) => integer(&mut self.line, number),
                ValueRef::Real(number) => write_real(&mut self.line, number)?,
                ValueRef::Text(text) => escape(&mut self.line, &String::from_utf8_lossy(text)),
                ValueRef::Blob(bytes) => hex(&mut self.line, bytes),
            }
            self.line.push(b' ');
        }
        self.end_line()
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        self.out.flush()
    }
}

/// Appends text so that Markdown shows it as it stands.
fn escape(line: &mut Vec<u8>, text: &str) {
    let text = text.replace("\r\n", "\n");
    let text = harmless(&text);
    for b in text.bytes() {
        match b {
            b'\n' => line.extend_from_slice(b"<br>"),
            b'\t' => line.push(b' '),
            b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'|' | b'~' | b'&' | b'$' => {
                line.extend_from_slice(&[b'\\', b]);
            }
            b => line.push(b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::testing::written;

    #[test]
    fn text_shows_as_it_stands() {
        let sql = "SELECT 1 AS n, 2.5 AS r, NULL AS a_b, 'a|b *c* <b>' || char(10) || '\\' || char(27) AS t";
        assert_eq!(
            written(sql, |out| Box::new(MarkdownSink::new(out))),
            "| n | r | a\\_b | t |\n| --- | --- | --- | --- |\n| 1 | 2.5 |  | a\\|b \\*c\\* \\<b\\><br>\\\\␛ |\n"
        );
    }
}
