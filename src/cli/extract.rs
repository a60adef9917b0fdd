//! `copydesk extract`: the pure part alone, documents in, JSON lines out, in input order.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::Outcome;
use crate::document::Document;
use crate::read::{self, Entry, Found, Passed, Records, Refusal, Root};
use crate::record::Fields;
use crate::{pipeline, present};

/// Reads documents and prints what is found in them as JSON lines; no archive is touched.
///
/// Folders are walked for files named .txt or .text. A file named .jsonl or .ndjson holds records, a JSON object
/// {"title", "text", ...} a line. What is refused is told on standard error, the
/// rest goes on, and the exit code is 3.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk extract seeds/articles > readings.jsonl
  curl -s https://example.org/article.txt | copydesk extract -
  copydesk extract --plain records.jsonl")]
pub struct Args {
    /// Files or folders to read; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Input is JSON lines {"id", "text"} whose text is the article's as it stands; nothing is cleaned.
    #[arg(long)]
    plain: bool,
}

/// Documents read at a time: enough to keep every core busy.
const BATCH: usize = 256;
/// Bytes of documents read at a time, so that a batch of large ones does not fill the memory.
const BATCH_BYTES: u64 = 32 << 20;

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut batch = Batch { out, items: Vec::new(), bytes: 0, outcome: Outcome::Done };
    let mut passed: BTreeMap<Passed, u64> = BTreeMap::new();
    for path in &args.paths {
        match (args.plain, path.as_os_str() == "-") {
            (true, _) => {
                let name = read::source_name(path);
                for record in read::plain_records(open(path)?, &name) {
                    batch.push(record.map_or_else(Item::Refused, Item::Read))?;
                }
            }
            (false, true) => {
                let document = read::stream(std::io::stdin().lock(), "-");
                batch.push(document.map_or_else(Item::Refused, Item::Read))?;
            }
            (false, false) => {
                for entry in read::walk(&[Root::new(path)]) {
                    match entry {
                        Entry::Found(found) if found.records => records(&mut batch, &found)?,
                        Entry::Found(found) => batch.push(Item::Found(found))?,
                        Entry::Refused(refusal) => batch.push(Item::Refused(refusal))?,
                        Entry::Skipped(skipped) => *passed.entry(skipped.passed).or_default() += 1,
                        Entry::Apart(_) | Entry::Gone(_) | Entry::Entered { .. } | Entry::Left => {}
                    }
                }
            }
        }
    }
    batch.print()?;
    batch.out.flush()?;
    for (why, count) in passed {
        eprintln!("copydesk: passed over {count}: {}", why.as_str());
    }
    Ok(batch.outcome)
}

/// The documents of a file of records.
fn records(batch: &mut Batch<impl Write>, file: &Found) -> Result<()> {
    match Records::open(file, &Arc::new(Fields::default())) {
        Ok(records) => {
            for line in records {
                batch.push(line.map_or_else(Item::Refused, |line| Item::Read(line.document)))?;
            }
            Ok(())
        }
        Err(refusal) => batch.push(Item::Refused(refusal)),
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let file = std::fs::File::open(path).with_context(|| read::source_name(path))?;
    Ok(Box::new(std::io::BufReader::new(file)))
}

/// What is to be printed next, in input order.
enum Item {
    Found(Found),
    Read(Document),
    Refused(Refusal),
}

impl Item {
    fn bytes(&self) -> u64 {
        match self {
            Item::Found(found) => found.size,
            Item::Read(document) => document.bytes.len() as u64,
            Item::Refused(_) => 0,
        }
    }

    fn answer(&self) -> Result<String, String> {
        match self {
            Item::Found(found) => read::load(found).map(|d| to_line(&d)).map_err(|r| r.to_string()),
            Item::Read(document) => Ok(to_line(document)),
            Item::Refused(refusal) => Err(refusal.to_string()),
        }
    }
}

fn to_line(document: &Document) -> String {
    present::reading::to_json(document, &pipeline::read_through(document)).to_string()
}

struct Batch<W> {
    out: W,
    items: Vec<Item>,
    bytes: u64,
    outcome: Outcome,
}

impl<W: Write> Batch<W> {
    fn push(&mut self, item: Item) -> Result<()> {
        self.bytes += item.bytes();
        self.items.push(item);
        if self.items.len() >= BATCH || self.bytes >= BATCH_BYTES {
            self.print()?;
        }
        Ok(())
    }

    /// Reads the batch through on all cores and prints the answers in order.
    fn print(&mut self) -> Result<()> {
        let answers: Vec<Result<String, String>> = self.items.par_iter().map(Item::answer).collect();
        self.items.clear();
        self.bytes = 0;
        for answer in answers {
            match answer {
                Ok(line) => writeln!(self.out, "{line}")?,
                Err(message) => {
                    self.outcome = Outcome::Partly;
                    eprintln!("copydesk: {message}");
                }
            }
        }
        Ok(())
    }
}
