//! `copydesk status`: what is in the archive.

use std::io::Write;

use anyhow::Result;

use super::{ArchiveArgs, Outcome};
use crate::present::harmless::harmless_line;
use crate::store::{Archive, Run, Status};

/// Shows what is in the archive, and how the last import went.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  copydesk status\n  copydesk status --json | jq .last_run")]
pub struct Args {
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let archive = Archive::open_read_only(&args.archive.archive)?;
    let status = archive.status()?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", serde_json::json!(status))?;
        return Ok(Outcome::Done);
    }
    writeln!(out, "{}", archive.path().display())?;
    contents(&mut out, &status)?;
    writeln!(
        out,
        "  schema {}, extractors {}, {} on disk",
        status.schema,
        status.extractor_version,
        size(status.archive_bytes)
    )?;
    if status.outdated > 0 {
        writeln!(out, "  {} articles were read by older extractors; import again", status.outdated)?;
    }
    if let Some(last) = &status.last_run {
        last_run(&mut out, last, status.runs)?;
    }
    for problem in &status.problems {
        let (source, reason) = (harmless_line(&problem.source), harmless_line(&problem.reason));
        writeln!(out, "    {}: {source}: {reason}", problem.outcome)?;
    }
    Ok(Outcome::Done)
}

/// The lines that say what an archive holds.
pub fn contents(out: &mut impl Write, status: &Status) -> Result<()> {
    let past = if status.past_revisions > 0 {
        format!(", {} earlier revisions", status.past_revisions)
    } else {
        String::new()
    };
    writeln!(out, "  {} articles from {} sources{past}", status.articles, status.sources)?;
    writeln!(
        out,
        "  {} entities, {} quotes, {} figures, {} outlets",
        status.entities, status.quotes, status.figures, status.outlets
    )?;
    if let Some((first, last)) = &status.published {
        writeln!(out, "  published {first} to {last}, where it is known")?;
    }
    writeln!(out, "  {} documents kept, {}", status.documents, size(status.document_bytes))?;
    Ok(())
}

fn last_run(out: &mut impl Write, run: &Run, runs: i64) -> Result<()> {
    let ended = match &run.finished_at {
        Some(at) => format!("finished {at}"),
        None => "not finished: it is going on, or was stopped; import again to complete it".to_owned(),
    };
    writeln!(out, "  {runs} imports; the last began {}, {ended}", run.started_at)?;
    if run.finished_at.is_some() {
        writeln!(
            out,
            "    found {} = {} new + {} changed + {} unchanged + {} duplicate + {} refused + {} failed",
            run.found, run.new, run.changed, run.unchanged, run.duplicate, run.refused, run.failed
        )?;
    }
    Ok(())
}

/// Bytes as people read them.
fn size(bytes: i64) -> String {
    const UNITS: [&str; 4] = ["bytes", "kB", "MB", "GB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} bytes") } else { format!("{value:.1} {}", UNITS[unit]) }
}
