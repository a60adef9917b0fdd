//! `copydesk import`: articles into the archive, and what came of it.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{ArchiveArgs, Outcome, glimpse};
use crate::present::harmless::harmless_line;
use crate::store::{self, Archive, Counts, ImportLock, Report};

/// Reads articles into the archive; a second time, only what changed.
///
/// Takes files, and folders at any depth, where it reads what is named .txt or .text. A file whose bytes
/// the archive has under another name is a duplicate; one that changed makes a new revision of its article,
/// unless only the page around the article did. Nothing is ever deleted. May be stopped at any moment: the
/// next import completes it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk import seeds/articles
  copydesk import --archive news.db monday tuesday/late.txt
  copydesk import --no-wait --json /var/spool/articles

Exit codes: 0 every document found is in the archive; 3 some were refused or failed, each is told; 1 failed.")]
pub struct Args {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Leave at once when another import is writing to the archive.
    #[arg(long)]
    no_wait: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let path = &args.archive.archive;
    if !args.paths.iter().any(|path| path.exists()) {
        let named: Vec<String> = args.paths.iter().map(|path| path.display().to_string()).collect();
        anyhow::bail!("{}: no such file or folder; nothing was imported", named.join(", "));
    }
    // What is no archive gets no lock beside it.
    drop(Archive::open_or_create(path)?);
    let lock = ImportLock::take(path, || {
        if !args.no_wait {
            eprintln!("copydesk: waiting for another import into {} to finish", path.display());
        }
        !args.no_wait
    })?;
    let mut archive = Archive::open_or_create(path)?;
    let bar = progress();
    let report = store::import(&mut archive, &lock, &args.paths, &mut |counts| tell(&bar, counts));
    bar.finish_and_clear();
    let report = report?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", to_json(&report))?;
    } else {
        print(&mut out, &report)?;
        if report.counts.new + report.counts.changed > 0 {
            glimpse::show(&mut out, archive)?;
        }
    }
    let Counts { refused, failed, .. } = report.counts;
    Ok(if refused + failed == 0 { Outcome::Done } else { Outcome::Partly })
}

/// A line that counts; nothing where nobody looks.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}, {elapsed} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn tell(bar: &ProgressBar, counts: &Counts) {
    bar.set_position(counts.found);
}

fn print(out: &mut impl Write, report: &Report) -> Result<()> {
    let counts = &report.counts;
    writeln!(out, "{} documents found in {:.1} s", counts.found, report.took.as_secs_f64())?;
    let lines = [
        (counts.new, "new"),
        (counts.changed, "changed"),
        (counts.unchanged, "unchanged"),
        (counts.duplicate, "duplicate"),
        (counts.refused, "refused"),
        (counts.failed, "failed"),
    ];
    for (count, word) in lines.into_iter().filter(|(count, _)| *count > 0) {
        writeln!(out, "  {count:>8}  {word}")?;
    }
    if counts.reextracted > 0 {
        writeln!(out, "  of the unchanged, {} were read again by newer extractors", counts.reextracted)?;
    }
    for (passed, count) in &report.passed_over {
        writeln!(out, "  passed over {count}: {}", passed.as_str())?;
    }
    for problem in &report.problems {
        let (source, reason) = (harmless_line(&problem.source), harmless_line(&problem.reason));
        writeln!(out, "  {}: {source}: {reason}", problem.outcome)?;
    }
    let told = u64::try_from(report.problems.len()).unwrap_or(u64::MAX);
    if counts.refused + counts.failed > told {
        let rest = counts.refused + counts.failed - told;
        writeln!(
            out,
            "  and {rest} more: copydesk sql 'SELECT * FROM problems WHERE run_id = {}'",
            report.run
        )?;
    }
    if report.unfit_corrections > 0 {
        writeln!(out, "  {}", super::correcting::unfit(report.unfit_corrections))?;
    }
    if counts.found == counts.unchanged && counts.reextracted == 0 {
        writeln!(out, "nothing changed")?;
    }
    Ok(())
}

fn to_json(report: &Report) -> serde_json::Value {
    let passed: serde_json::Map<String, serde_json::Value> =
        report.passed_over.iter().map(|(passed, count)| (passed.as_str().to_owned(), json!(count))).collect();
    let mut value = json!({"run": report.run, "passed_over_for": passed, "problems": report.problems,
        "unfit_corrections": report.unfit_corrections,
        "seconds": (report.took.as_secs_f64() * 1000.0).round() / 1000.0});
    if let (Some(to), serde_json::Value::Object(counts)) = (value.as_object_mut(), json!(report.counts)) {
        to.extend(counts);
    }
    value
}
