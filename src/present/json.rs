//! JSON and JSON lines, row by row. Numbers keep their kind (a REAL has a point), NULL is null, bytes are
//! hexadecimal text. Characters that could act on a terminal are escaped, which loses nothing.

use std::io::{self, Write};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::csv::hex;
use super::number::integer;
use super::way::unique_names;
use crate::query::{Answered, Column, Sink};

/// Takes rows and writes them as an array of objects, or as an object a line.
#[derive(Debug)]
pub struct JsonSink<W> {
    out: W,
    lines: bool,
    /// `"name":` of each column, ready to be written.
    keys: Vec<Vec<u8>>,
    buffer: Vec<u8>,
    any: bool,
}

/// Bytes gathered before they are written.
const GATHERED: usize = 64 << 10;

impl<W: Write> JsonSink<W> {
    /// A sink that writes to `out`, an object a line with `lines`.
    pub fn new(out: W, lines: bool) -> Self {
        JsonSink { out, lines, keys: Vec::new(), buffer: Vec::with_capacity(GATHERED + 4096), any: false }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn cell(&mut self, value: ValueRef<'_>) -> io::Result<()> {
        match value {
            ValueRef::Null => self.buffer.extend_from_slice(b"null"),
            ValueRef::Integer(number) => integer(&mut self.buffer, number),
            ValueRef::Real(number) if number.is_finite() => {
                serde_json::to_writer(&mut self.buffer, &number)?;
            }
            // As the sqlite3 shell has it: valid JSON, and infinite to those who read it as a double.
            ValueRef::Real(number) => {
                self.buffer.extend_from_slice(if number > 0.0 { b"1e999" } else { b"-1e999" });
            }
            ValueRef::Text(text) => string(&mut self.buffer, &String::from_utf8_lossy(text))?,
            ValueRef::Blob(bytes) => {
                self.buffer.push(b'"');
                hex(&mut self.buffer, bytes);
                self.buffer.push(b'"');
            }
        }
        Ok(())
    }
}

impl<W: Write> Sink for JsonSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        // An object has each name once.
        for name in unique_names(columns) {
            let mut key = Vec::new();
            string(&mut key, &name)?;
            key.push(b':');
            self.keys.push(key);
        }
        if !self.lines {
            self.buffer.push(b'[');
        }
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        if !self.lines {
            self.buffer.extend_from_slice(if self.any { b",\n" } else { b"\n" });
        }
        self.any = true;
        self.buffer.push(b'{');
        for n in 0..self.keys.len() {
            if n > 0 {
                self.buffer.push(b',');
            }
            self.buffer.extend_from_slice(&self.keys[n]);
            self.cell(row.get_ref(n).map_err(io::Error::other)?)?;
        }
        self.buffer.push(b'}');
        if self.lines {
            self.buffer.push(b'\n');
        }
        if self.buffer.len() < GATHERED { Ok(()) } else { self.flush() }
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        if !self.lines {
            self.buffer.extend_from_slice(if self.any { b"\n]\n" } else { b"]\n" });
        }
        self.flush()?;
        self.out.flush()
    }
}

/// Appends text as a JSON string.
fn string(buffer: &mut Vec<u8>, text: &str) -> io::Result<()> {
    buffer.push(b'"');
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| needs_escape(*c)) {
        buffer.extend_from_slice(&text.as_bytes()[from..at]);
        from = at + c.len_utf8();
        match c {
            '"' => buffer.extend_from_slice(b"\\\""),
            '\\' => buffer.extend_from_slice(b"\\\\"),
            '\n' => buffer.extend_from_slice(b"\\n"),
            '\r' => buffer.extend_from_slice(b"\\r"),
            '\t' => buffer.extend_from_slice(b"\\t"),
            c => write!(buffer, "\\u{:04x}", c as u32)?,
        }
    }
    buffer.extend_from_slice(&text.as_bytes()[from..]);
    buffer.push(b'"');
    Ok(())
}

/// Whether a character must be escaped, or had better be: all of these have one UTF-16 unit.
fn needs_escape(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '"' | '\\' | '\x7f'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(text: &str) -> String {
        let mut buffer = Vec::new();
        string(&mut buffer, text).unwrap();
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn what_acts_on_a_terminal_is_escaped() {
        assert_eq!(encoded("\x1b[2J\u{9b}\u{202e}"), r#""\u001b[2J\u009b\u202e""#);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&encoded(&text)).unwrap(), text);
        }
    }
}
