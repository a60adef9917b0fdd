//! Search hits to read: where, and the words in their surroundings.

use std::io::{self, Write};

use rusqlite::Row;

use super::harmless::harmless_line;
use super::paint::Look;
use super::table::Style;
use super::wrap::wrap;
use crate::query::search::MARKS;
use crate::query::{Answered, Column, Sink};

/// Takes the rows of a search and prints them one below the other.
#[derive(Debug)]
pub struct HitSink<W> {
    out: W,
    style: Style,
    any: bool,
}

impl<W: Write> HitSink<W> {
    /// A sink that prints to `out`.
    pub fn new(out: W, style: Style) -> Self {
        HitSink { out, style, any: false }
    }

    /// The snippet on lines that fit, the words found painted or in brackets.
    fn snippet(&self, snippet: &str) -> Vec<String> {
        // The marks come through as the pictures of their characters.
        let shown = harmless_line(snippet);
        let (open, close) = (harmless_line(MARKS.0), harmless_line(MARKS.1));
        let most = self.style.width.unwrap_or(usize::MAX).saturating_sub(4).max(20);
        let mut inside = false;
        wrap(&shown, most, usize::MAX)
            .into_iter()
            .map(|line| self.paint(&line, &open, &close, &mut inside))
            .collect()
    }

    fn paint(&self, line: &str, open: &str, close: &str, inside: &mut bool) -> String {
        if !self.style.paint.is_on() {
            return line.replace(open, "[").replace(close, "]");
        }
        let mut out = String::new();
        let mut rest = line;
        loop {
            let (mark, look) = if *inside { (close, true) } else { (open, false) };
            let (part, after) =
                rest.split_once(mark).map_or((rest, None), |(part, after)| (part, Some(after)));
            out.push_str(&if look { self.style.paint.text(Look::YELLOW, part) } else { part.into() });
            match after {
                Some(after) => rest = after,
                None => return out,
            }
            *inside = !*inside;
        }
    }
}

impl<W: Write> Sink for HitSink<W> {
    fn columns(&mut self, _: &[Column]) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let text = |n: usize| row.get::<_, Option<String>>(n).map_err(io::Error::other);
        let number = |n: usize| row.get::<_, i64>(n).map_err(io::Error::other);
        let is_quote = text(0)?.as_deref() == Some("quote");
        let (title, outlet, published) = (text(4)?, text(5)?, text(6)?);
        let place: Vec<String> = [outlet, published].into_iter().flatten().collect();
        if self.any {
            writeln!(self.out)?;
        }
        self.any = true;
        let title = title.unwrap_or_else(|| "(no title)".to_owned());
        let title = harmless_line(&title);
        writeln!(
            self.out,
            "{:>4}  {}{}{}",
            number(2)?,
            self.style.paint.text(Look::BOLD, &title),
            if place.is_empty() { "" } else { "  " },
            self.style.paint.text(Look::DIM, &harmless_line(&place.join(", ")))
        )?;
        let said = text(7)?.unwrap_or_default();
        let said = match (is_quote, text(3)?) {
            (true, Some(speaker)) => format!("{speaker}: “{said}”"),
            (true, None) => format!("“{said}”"),
            _ => said,
        };
        for line in self.snippet(&said) {
            writeln!(self.out, "      {line}")?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Answered) -> io::Result<()> {
        self.out.flush()
    }
}
