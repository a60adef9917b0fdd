//! The places that answers go to: standard output, a pager, a file; and whose time the writing is.

use std::io::{self, BufWriter, Write};

use rusqlite::Row;

use super::shell::Pager;
use crate::present::way::Writer;
use crate::present::whole::WholeFile;
use crate::query::{Answered, Clock, Column, Sink};

/// The place an answer goes to.
#[derive(Debug)]
pub enum Out {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A pager on the terminal.
    Pager(Pager),
    /// A file.
    File(WholeFile),
}

impl Out {
    /// Ends it: a file takes its place.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Out::Standard(mut out) => out.flush(),
            Out::Pager(pager) => pager.finish(),
            Out::File(file) => file.finish(),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Standard(out) => out.write(bytes),
            Out::Pager(pager) => pager.write(bytes),
            Out::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Standard(out) => out.flush(),
            Out::Pager(pager) => pager.flush(),
            Out::File(file) => file.flush(),
        }
    }
}

/// The place an answer goes to; the time it takes is not the statement's.
#[derive(Debug)]
pub struct Timed {
    pub out: Out,
    pub clock: Option<Clock>,
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

/// A sink that is slow itself: the time it takes is not the statement's either.
pub struct Unhurried<'o> {
    pub sink: Box<dyn Writer + 'o>,
    pub clock: Option<Clock>,
}

impl Sink for Unhurried<'_> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.sink.columns(columns)
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        match &self.clock {
            Some(clock) => clock.pause(|| self.sink.row(row)),
            None => self.sink.row(row),
        }
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        self.sink.end(answered)
    }
}
