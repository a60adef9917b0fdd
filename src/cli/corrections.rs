//! `copydesk corrections`: what people corrected; listed, taken to a spreadsheet and back, taken back.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};

use super::correcting::{By, articles};
use super::format::Format;
use super::spared::spare;
use super::{ArchiveArgs, Outcome};
use crate::correct::Subject;
use crate::present::about::About;
use crate::present::csv::{CsvSink, Dialect};
use crate::present::harmless::harmless_line;
use crate::present::sheet::{SheetRow, read};
use crate::present::whole::WholeFile;
use crate::query::Reader;
use crate::store::{Archive, Made, NewCorrection};

/// List corrections, take them to a spreadsheet and back, or take them back.
///
/// Every correction has its author and time, and its state: applied; overruled, by a later one of the same
/// thing; unfit, where what it is about is not in the archive now (it is kept, and holds again when that
/// comes back); retired, where a person took it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk corrections
  copydesk corrections list --state unfit
  copydesk corrections export -o corrections.csv
  copydesk corrections import corrections.csv
  copydesk corrections retire 12")]
pub struct Args {
    #[command(subcommand)]
    deed: Option<Deed>,
    #[command(flatten)]
    archive: ArchiveArgs,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// List them, the latest last.
    List {
        /// Only those that stand so.
        #[arg(long)]
        state: Option<State>,
        #[command(flatten)]
        archive: ArchiveArgs,
        #[command(flatten)]
        format: Box<Format>,
    },
    /// Write them as CSV that a spreadsheet can edit and `import` takes again.
    ///
    /// Cells that a spreadsheet would run or misread get a ' in front, which import takes off again.
    Export {
        /// Write to FILE, whole or not at all.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        archive: ArchiveArgs,
    },
    /// Read corrections from CSV.
    ///
    /// Needs the columns subject, anchor, field and value; takes source, occurrence, context, note, author,
    /// made_at and retired_at, and passes over others. Rows that the archive has are left alone, so that a file can be
    /// imported again and again; a row whose value was edited is a new correction, which overrules the old
    /// one; one with retired_at filled in is taken back. Rows missing from the file stay.
    Import {
        /// The file; `-` for standard input.
        file: PathBuf,
        #[command(flatten)]
        by: By,
        #[command(flatten)]
        archive: ArchiveArgs,
    },
    /// Take corrections back: what the extractors say stands again.
    Retire {
        /// Their numbers.
        #[arg(required = true, value_name = "NUMBER")]
        ids: Vec<i64>,
        #[command(flatten)]
        archive: ArchiveArgs,
    },
}

/// How a correction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum State {
    Applied,
    Overruled,
    Unfit,
    Retired,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    match &args.deed {
        None => list(&args.archive, None, &Format::default()),
        Some(Deed::List { state, archive, format }) => list(archive, *state, format),
        Some(Deed::Export { output, archive }) => export(archive, output.as_deref()),
        Some(Deed::Import { file, by, archive }) => import(archive, file, by),
        Some(Deed::Retire { ids, archive }) => retire(archive, ids),
    }
}

fn list(archive: &ArchiveArgs, state: Option<State>, format: &Format) -> Result<Outcome> {
    let reader = Reader::snapshot(&archive.archive)?;
    let word = state.map_or(String::new(), |state| format!("{state:?}").to_lowercase());
    let about = About { title: "Corrections".to_owned(), ..About::default() };
    format.write(&reader, &about, |sink| reader.corrections(&word, sink))
}

fn export(archive: &ArchiveArgs, output: Option<&Path>) -> Result<Outcome> {
    let reader = Reader::snapshot(&archive.archive)?;
    // Nothing is cut: a quote longer than a cell may be is still to be found again.
    let dialect = Dialect { cut: false, ..Dialect::CSV.excel() };
    let answer = |out: &mut dyn Write| reader.export_corrections(&mut CsvSink::new(out, dialect));
    match output {
        Some(path) => {
            spare(&archive.archive, path)?;
            let mut file = WholeFile::create(path).with_context(|| path.display().to_string())?;
            answer(&mut file)?;
            file.finish()?;
        }
        None => {
            answer(&mut std::io::stdout().lock())?;
        }
    }
    Ok(Outcome::Done)
}

fn import(archive: &ArchiveArgs, file: &Path, by: &By) -> Result<Outcome> {
    let name = file.display();
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).context("standard input")?;
        bytes
    } else {
        std::fs::read(file).with_context(|| name.to_string())?
    };
    let table = read(&bytes, &["subject", "anchor", "field", "value"]).with_context(|| name.to_string())?;
    let mut refused = 0;
    let mut lines = Vec::new();
    let mut wanted = Vec::new();
    for row in &table {
        match correction(row, by) {
            Ok(new) => {
                lines.push(row.line);
                wanted.push(new);
            }
            Err(reason) => {
                refused += 1;
                eprintln!("copydesk: {name}, line {}: {}", row.line, harmless_line(&reason.to_string()));
            }
        }
    }
    let made = Archive::open_existing(&archive.archive)?.correct(wanted)?;
    let (mut new, mut known, mut retired) = (Vec::new(), 0_u64, 0_u64);
    for (line, made) in lines.iter().zip(made) {
        match made {
            Ok(Made::New(id)) => new.push((*line, id)),
            Ok(Made::Known(_)) => known += 1,
            Ok(Made::Retired(_)) => retired += 1,
            Err(reason) => {
                refused += 1;
                eprintln!("copydesk: {name}, line {line}: {}", harmless_line(&reason.to_string()));
            }
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} rows: {} new, {known} known, {retired} taken back, {refused} refused",
        table.len(),
        new.len()
    )?;
    let reader = Reader::snapshot(&archive.archive)?;
    let mut unfit = 0;
    for (line, id) in new {
        let Some(standing) = reader.standing(id)? else { continue };
        if standing.state == "unfit" {
            unfit += 1;
            let reason = standing.reason.unwrap_or_default();
            writeln!(
                out,
                "line {line}: {}: kept, but unfit: {}",
                harmless_line(&standing.told),
                harmless_line(&reason)
            )?;
        }
    }
    out.flush()?;
    Ok(if refused + unfit == 0 { Outcome::Done } else { Outcome::Partly })
}

/// A correction out of a row of CSV.
fn correction(row: &SheetRow, by: &By) -> Result<NewCorrection> {
    let cell = |name: &str| row.cell(name).filter(|cell| !cell.trim().is_empty());
    let subject = Subject::parse(cell("subject").unwrap_or_default())?;
    let occurrence = match cell("occurrence") {
        None => 1,
        Some(word) => match word.trim().parse::<i64>() {
            Ok(n) if n >= 1 => n,
            _ => bail!("occurrence is a number from 1, not '{word}'"),
        },
    };
    let Some(field) = cell("field") else { bail!("the field is empty: what is wrong?") };
    let text = |name: &str| cell(name).map(str::to_owned);
    Ok(NewCorrection {
        subject,
        source: text("source"),
        anchor: text("anchor").unwrap_or_default(),
        occurrence,
        context: text("context"),
        field: field.to_owned(),
        value: text("value"),
        note: text("note"),
        author: text("author").unwrap_or_else(|| by.author()),
        editor: Some(by.author()),
        made_at: text("made_at"),
        retired_at: text("retired_at"),
    })
}

fn retire(archive: &ArchiveArgs, ids: &[i64]) -> Result<Outcome> {
    let reader = Reader::snapshot(&archive.archive)?;
    let before: Vec<_> = ids.iter().map(|&id| reader.standing(id)).collect::<Result<_, _>>()?;
    drop(reader);
    Archive::open_existing(&archive.archive)?.retire_corrections(ids)?;
    let mut out = std::io::stdout().lock();
    for (id, standing) in ids.iter().zip(before.into_iter().flatten()) {
        let told = harmless_line(&standing.told).into_owned();
        writeln!(out, "correction {id} is taken back: {told} (it held in {})", articles(standing.articles))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
