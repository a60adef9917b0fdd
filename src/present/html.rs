//! HTML: a small page that is whole in itself, without scripts or anything fetched. Text is text: nothing
//! in it becomes markup, and text that runs the other way turns nothing but its own cell around.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::about::About;
use super::csv::hex;
use super::number::{integer, write_real};
use crate::query::{Answered, Column, Sink};

/// What stands before the title. Nothing is loaded and nothing runs, whatever a cell holds.
const HEAD: &str = "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<style>
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem; border-bottom: 1px solid #ddd; }
th { position: sticky; top: 0; background: #f4f4f4; }
td { max-width: 45rem; white-space: pre-wrap; overflow-wrap: break-word; }
td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { color: #555; margin-top: 2rem; } dt { font-weight: 600; } dd { margin: 0 0 .4rem; white-space: pre-wrap; }
</style>
";

/// Takes rows and writes them as a page.
#[derive(Debug)]
pub struct HtmlSink<W> {
    out: W,
    about: About,
    line: Vec<u8>,
    columns: usize,
}

impl<W: Write> HtmlSink<W> {
    /// A sink that writes to `out`.
    pub fn new(out: W, about: About) -> Self {
        HtmlSink { out, about, line: Vec::new(), columns: 0 }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.line)?;
        self.line.clear();
        Ok(())
    }

    /// An element that holds text.
    fn element(&mut self, tag: &str, text: &str) {
        // Writing to memory does not fail.
        let _ = write!(self.line, "<{tag}>");
        escape(&mut self.line, text);
        let _ = write!(self.line, "</{tag}>");
    }
}

impl<W: Write> Sink for HtmlSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        let title = self.about.title.clone();
        self.columns = columns.len();
        self.line.extend_from_slice(HEAD.as_bytes());
        self.element("title", &title);
        self.line.extend_from_slice(b"\n</head>\n<body>\n");
        self.element("h1", &title);
        if !self.about.description.is_empty() {
            let description = self.about.description.clone();
            self.element("p", &description);
        }
        self.line.extend_from_slice(b"\n<table>\n<thead><tr>");
        for column in columns {
            self.element("th", &column.name);
        }
        self.line.extend_from_slice(b"</tr></thead>\n<tbody>\n");
        self.flush()
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.line.extend_from_slice(b"<tr>");
        for n in 0..self.columns {
            let value = row.get_ref(n).map_err(io::Error::other)?;
            self.line.extend_from_slice(match value {
                ValueRef::Integer(_) | ValueRef::Real(_) => b"<td class=\"n\">".as_slice(),
                ValueRef::Text(_) => b"<td dir=\"auto\">",
                _ => b"<td>",
            });
            match value {
                ValueRef::Null => {}
                ValueRef::Integer(number) => integer(&mut self.line, number),
                ValueRef::Real(number) => write_real(&mut self.line, number)?,
                ValueRef::Text(text) => escape(&mut self.line, &String::from_utf8_lossy(text)),
                ValueRef::Blob(bytes) => hex(&mut self.line, bytes),
            }
            self.line.extend_from_slice(b"</td>");
        }
        self.line.extend_from_slice(b"</tr>\n");
        self.flush()
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        self.line.extend_from_slice(b"</tbody>\n</table>\n<dl>\n");
        let lines = self.about.lines(answered).into_iter();
        for (name, value) in lines.filter(|(name, _)| !matches!(*name, "title" | "question")) {
            self.element("dt", name);
            self.element("dd", &value);
            self.line.push(b'\n');
        }
        self.line.extend_from_slice(b"</dl>\n</body>\n</html>\n");
        self.flush()?;
        self.out.flush()
    }
}

/// Appends text that no browser takes for markup. What HTML cannot hold shows as its picture or `U+FFFD`.
pub fn escape(line: &mut Vec<u8>, text: &str) {
    for c in text.chars() {
        match c {
            '&' => line.extend_from_slice(b"&amp;"),
            '<' => line.extend_from_slice(b"&lt;"),
            '>' => line.extend_from_slice(b"&gt;"),
            '"' => line.extend_from_slice(b"&quot;"),
            '\'' => line.extend_from_slice(b"&#39;"),
            '\r' => line.extend_from_slice(b"&#13;"),
            '\t' | '\n' => line.push(c as u8),
            '\0'..='\x1f' => {
                let picture = char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}');
                line.extend_from_slice(picture.encode_utf8(&mut [0; 4]).as_bytes());
            }
            '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => line.extend_from_slice("\u{fffd}".as_bytes()),
            c => line.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::testing::written;

    #[test]
    fn nothing_in_a_cell_becomes_markup() {
        let sql =
            "SELECT -5 AS \"<n>\", '<script>alert(\"&amp;\")</script>' || char(27, 13) AS t, NULL AS gap";
        let about = About { title: "A <b>".to_owned(), sql: "SELECT '</dl>'".to_owned(), ..About::default() };
        let page = written(sql, |out| Box::new(HtmlSink::new(out, about.clone())));
        assert!(page.contains("<th>&lt;n&gt;</th>"), "{page}");
        let row = "<tr><td class=\"n\">-5</td><td dir=\"auto\">&lt;script&gt;alert(&quot;&amp;amp;&quot;)\
            &lt;/script&gt;␛&#13;</td><td></td></tr>";
        assert!(page.contains(row), "{page}");
        assert!(
            page.contains("<h1>A &lt;b&gt;</h1>") && page.contains("<dd>SELECT &#39;&lt;/dl&gt;&#39;</dd>")
        );
    }
}
