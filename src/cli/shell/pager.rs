//! The pager: a table that is longer than the screen is read in it.

use std::env;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

/// A pager that is being written to.
#[derive(Debug)]
pub struct Pager {
    child: Child,
}

impl Pager {
    /// Starts what PAGER names, or `less`; `None` where there is none, or PAGER is empty or `cat`.
    pub fn start() -> Option<Pager> {
        let named = env::var("PAGER").ok();
        let line = named.as_deref().unwrap_or("less");
        let mut words = line.split_whitespace();
        let program = words.next().filter(|program| *program != "cat")?;
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            // Colours; no pager for what fits the screen; what was read stays on it; long lines are cut.
            command.env("LESS", "RFXS");
        }
        command.spawn().ok().map(|child| Pager { child })
    }

    /// Ends the input, and waits until the reader has left.
    pub fn finish(mut self) -> io::Result<()> {
        self.leave()
    }

    fn leave(&mut self) -> io::Result<()> {
        drop(self.child.stdin.take());
        self.child.wait().map(|_| ())
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.child.stdin {
            Some(input) => input.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.child.stdin.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        // Also after an error: the terminal is the pager's until it has ended.
        let _ = self.leave();
    }
}
