//! Streams of records: a line each, of which no more than the limit is ever held.
//!
//! Tells lines apart; what a line says is for others.

use std::io::{BufRead, Read};

use super::load::LIMIT;
use super::refusal::Reason;

/// Lines of a stream that have anything on them.
pub(super) struct Lines<R> {
    reader: R,
    number: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R) -> Lines<R> {
        Lines { reader, number: 0, ended: false }
    }

    /// The stream, to be set to its beginning; [`Lines::restart`] then counts lines anew.
    pub fn reader(&mut self) -> &mut R {
        &mut self.reader
    }

    pub fn restart(&mut self) {
        (self.number, self.ended) = (0, false);
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    /// The line's number, from 1, and its bytes without what ends it.
    type Item = (u64, Result<Vec<u8>, Reason>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.ended {
                return None;
            }
            self.number += 1;
            let mut line = Vec::new();
            let answer = match read_line(&mut self.reader, &mut line) {
                Ok(0) => return None,
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(_) => {
                    line.truncate(line.trim_ascii_end().len());
                    Ok(line)
                }
                Err(Reason::TooLarge) => Err(Reason::TooLarge),
                // A stream that fails would fail for ever.
                Err(reason) => {
                    self.ended = true;
                    Err(reason)
                }
            };
            return Some((self.number, answer));
        }
    }
}

/// A line into `line`, of which no more than the limit (escapes doubled) is ever held.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<usize, Reason> {
    let most = 2 * LIMIT;
    let read = reader.by_ref().take(most).read_until(b'\n', line)?;
    if read as u64 == most && line.last() != Some(&b'\n') {
        reader.skip_until(b'\n')?;
        return Err(Reason::TooLarge);
    }
    Ok(read)
}
