//! `copydesk export`: tables as CSV files in a folder, with a receipt, whole or not at all.

use std::path::PathBuf;

use std::io::Write;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{ArchiveArgs, Outcome, interrupt};
use crate::present::csv::Dialect;
use crate::present::package::{self, Package};
use crate::query::{Limits, Reader, Relation};

/// What is taken away when nothing is named.
const EVERYTHING: &[&str] = &["articles", "entities", "quotes", "figures", "mentions"];

/// Write the tables as CSV files into a folder, with a receipt.
///
/// Each file is one flat table, RFC 4180 in UTF-8. Beside them stands datapackage.json (Frictionless Data
/// Package): what every column means, its type, the keys, rows, bytes and SHA-256 of each file. All files
/// are of one moment of the archive. The folder appears when it is complete, and replaces an earlier
/// export only. Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line
/// end, or the full-width forms) or take for a number or date it is not (007, 3-2) gets a ' in front; the
/// receipt counts such cells. Numbers are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk export
  copydesk export figures quotes --to for-the-desk
  copydesk export --excel --to sheets
  copydesk export articles --text --to corpus
  copydesk export runs problems --to audit")]
pub struct Args {
    /// Tables or views: articles, entities, quotes, figures, mentions unless others are named.
    what: Vec<String>,
    /// The folder.
    #[arg(long, value_name = "DIR", default_value = "export")]
    to: PathBuf,
    /// Include the articles' text, which is longer than a spreadsheet's cell may be.
    #[arg(long)]
    text: bool,
    /// For spreadsheets: a byte order mark, and cells cut at 32,767 characters.
    #[arg(long)]
    excel: bool,
    /// Replace the folder whatever it holds.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let reader = Reader::snapshot(&args.archive.archive)?;
    interrupt::watch(&reader)?;
    if args.to.exists() && !args.force {
        let replaceable = args.to.is_dir()
            && package::is_earlier_export(&args.to).with_context(|| args.to.display().to_string())?;
        if !replaceable {
            bail!("{} is there and is no earlier export: name another folder, or --force", args.to.display());
        }
    }
    let mut wanted: Vec<&str> = args.what.iter().map(String::as_str).collect();
    if wanted.is_empty() {
        wanted = EVERYTHING.to_vec();
    }
    // All names are known before anything is written.
    let mut relations: Vec<(String, Relation)> = Vec::new();
    for name in wanted {
        let relation = reader.relation(name)?;
        let name = name.trim_end_matches("_full").to_owned();
        if !relations.iter().any(|(other, _)| *other == name) {
            relations.push((name, relation));
        }
    }
    let dialect = Dialect { guard: true, ..Dialect::CSV };
    let dialect = if args.excel { dialect.excel() } else { dialect };
    let to = || args.to.display().to_string();
    let mut package = Package::create(&args.to, dialect).with_context(to)?;
    for (name, relation) in &relations {
        let sql = reader.everything(relation, args.text);
        let limits = Limits::default();
        let answered = package.add(name, relation, |sink| reader.answer(&sql, &[], &[], limits, sink))?;
        eprintln!("{name}.csv: {} rows", answered.rows);
    }
    let altered = package.finish(about(&reader)?).with_context(to)?;
    if altered.guarded > 0 {
        eprintln!("a ' was put before {} cells that a spreadsheet would run or misread", altered.guarded);
    }
    if altered.cut > 0 {
        eprintln!("{} cells were cut at the 32,767 characters a spreadsheet takes", altered.cut);
    }
    writeln!(std::io::stdout(), "{}", args.to.display())?;
    Ok(Outcome::Done)
}

/// What the receipt says of the whole.
fn about(reader: &Reader) -> Result<serde_json::Value> {
    let archive = reader.path().file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(json!({
        "title": "Articles, entities, quotes and figures out of a copydesk archive",
        "description": "Text that a spreadsheet would run or misread has a ' in front (cellsGuarded); \
            text longer than a spreadsheet's cell is cut where cellsCut counts it.",
        "created": jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "version": env!("CARGO_PKG_VERSION"),
        "archive": archive,
        "lastRun": reader.last_run()?,
    }))
}
