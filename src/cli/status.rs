//! `copydesk status`: what is in the archive.

use std::io::Write;

use anyhow::Result;

use super::{ArchiveArgs, Outcome};
use crate::present::harmless::harmless_line;
use crate::store::{Archive, Run, Status};

/// Shows what is in the archive, and how the last import went.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk status
  copydesk status --json | jq .last_run
  copydesk status --max-age 7200 --json

For monitors: the keys of --json stay. age_seconds since the last run ended, unfinished_runs (since then: one that
is going on, or was stopped), outdated (articles that older extractors read), vanished_sources, vanished_articles,
last_run with its counts, problems of that run with their places, still_refused (how many documents no run has taken
since they were refused or failed, whatever the last run looked at) and refused_documents, the first of them.

Exit codes: 0 read; 3 with --max-age: the last run is older, did not end, or documents are still refused; 1 failed.")]
pub struct Args {
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Exit with code 3 where no run ended within so many seconds, the last one did not end, or documents are
    /// still refused.
    #[arg(long, value_name = "SECONDS")]
    max_age: Option<i64>,
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
        return Ok(args.judge(&status));
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
        writeln!(out, "  {} articles were read by older extractors: copydesk reextract", status.outdated)?;
    }
    if status.vanished_sources > 0 {
        writeln!(
            out,
            "  {} documents are gone from their folders, {} articles have none any more",
            status.vanished_sources, status.vanished_articles
        )?;
    }
    if let Some(last) = &status.last_run {
        last_run(&mut out, last, status.runs)?;
    }
    still_refused(&mut out, &status)?;
    Ok(args.judge(&status))
}

impl Args {
    /// Whether all is well, where that is asked.
    fn judge(&self, status: &Status) -> Outcome {
        let Some(most) = self.max_age else { return Outcome::Done };
        let is_whole = |run: &Run| run.finished_at.is_some() && run.refused + run.failed == 0;
        let is_well = status.age_seconds.is_some_and(|age| age <= most)
            && status.last_run.as_ref().is_some_and(is_whole)
            && status.still_refused == 0;
        if is_well { Outcome::Done } else { Outcome::Partly }
    }
}

/// What needs a person, whatever the last run was.
fn still_refused(out: &mut impl Write, status: &Status) -> Result<()> {
    let documents = match status.still_refused {
        0 => return Ok(()),
        1 => "1 document is".to_owned(),
        n => format!("{n} documents are"),
    };
    writeln!(out, "  {documents} still refused or failed, and not in the archive as it is now")?;
    for problem in &status.refused_documents {
        let place = problem.told_place();
        let (source, reason) = (harmless_line(&place), harmless_line(&problem.reason));
        let met_at = problem.met_at.as_deref().unwrap_or_default();
        writeln!(out, "    {}: {source}: {reason} ({met_at})", problem.outcome)?;
    }
    let rest = status.still_refused - status.refused_documents.len();
    if rest > 0 {
        writeln!(out, "    and {rest} more: copydesk sql 'SELECT * FROM problems'")?;
    }
    Ok(())
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
    writeln!(out, "  {runs} runs; the last ({}) began {}, {ended}", run.verb, run.started_at)?;
    if run.finished_at.is_some() {
        writeln!(
            out,
            "    found {} = {} new + {} changed + {} unchanged + {} duplicate + {} refused + {} failed",
            run.found, run.new, run.changed, run.unchanged, run.duplicate, run.refused, run.failed
        )?;
        if run.vanished + run.returned > 0 {
            writeln!(out, "    {} vanished, {} returned", run.vanished, run.returned)?;
        }
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
