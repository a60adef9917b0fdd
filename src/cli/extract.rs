//! `copydesk extract`: the pure part alone, documents in, JSON lines out, in input order.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::Outcome;
use crate::document::{Document, Media};
use crate::read::PlainRecord;
use crate::{pipeline, present};

/// Reads documents and prints what is found in them as JSON lines; no archive is touched.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files or folders to read; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Input is JSON lines {"id", "text"} whose text is the article's as it stands; nothing is cleaned.
    #[arg(long)]
    plain: bool,
}

/// Lines held in memory at a time: enough to keep every core busy, and no more.
const BATCH: usize = 256;

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &args.paths {
        if args.plain {
            let input: Box<dyn BufRead> = if path.as_os_str() == "-" {
                Box::new(std::io::stdin().lock())
            } else {
                Box::new(std::io::BufReader::new(
                    std::fs::File::open(path).with_context(|| path.display().to_string())?,
                ))
            };
            let mut batch = Vec::with_capacity(BATCH);
            for (n, line) in input.lines().enumerate() {
                let record: PlainRecord = serde_json::from_str(&line?)
                    .with_context(|| format!("{}, line {}", path.display(), n + 1))?;
                batch.push(Document {
                    source: record.id.clone(),
                    id: record.id,
                    media: Media::Plain,
                    bytes: record.text.into_bytes(),
                });
                if batch.len() == BATCH {
                    print(&mut out, &batch)?;
                    batch.clear();
                }
            }
            print(&mut out, &batch)?;
        } else {
            let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
            let source = path.display().to_string();
            print(&mut out, &[Document { id: source.clone(), source, media: Media::Text, bytes }])?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn print(out: &mut impl Write, batch: &[Document]) -> Result<()> {
    let lines: Vec<String> = batch
        .par_iter()
        .map(|document| present::reading::to_json(document, &pipeline::read_through(document)).to_string())
        .collect();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
