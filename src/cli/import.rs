//! `copydesk import`: articles into the archive, and what came of it.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{ArchiveArgs, Outcome, config, glimpse, preview};
use crate::present::harmless::{harmless, harmless_line};
use crate::read::Root;
use crate::store::{self, Archive, Counts, ImportLock, Options, Report};

/// Reads articles into the archive; a second time, only what changed.
///
/// Takes files, and folders at any depth, where it reads what is named .txt or .text. A file named .jsonl or
/// .ndjson holds records: a JSON object {"text", "title", "url", "id", "byline", "published", "outlet",
/// "language"} a line, or with other fields as the configuration says ([sources.fields]); a record is known by its
/// url, or else by its id. A file whose bytes
/// the archive has under another name is a duplicate; one that changed makes a new revision of its article,
/// unless only the page around the article did. Nothing is ever deleted. May be stopped at any moment: the
/// next import completes it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk import seeds/articles
  copydesk import --archive news.db monday tuesday/late.txt
  copydesk import --no-wait --json /var/spool/articles
  copydesk import --dry-run news
  copydesk import --config /srv/news/copydesk.toml --wait 600

Exit codes: 0 every document found is in the archive; 3 some were refused or failed, each is told, or a file or
folder was not there, even if it was the only one; 75 another import is writing, and was waited for in vain; 1 failed.")]
pub struct Args {
    /// Files and folders; without any, the sources that the configuration names.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    lock: LockArgs,
    /// Take a folder without documents at its word: what the archive has from it is gone. Without this it is
    /// told of as a failure, because a disk that is not mounted looks like that.
    #[arg(long)]
    allow_empty: bool,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// What to do while another import is writing to the archive.
#[derive(Debug, Clone, clap::Args)]
pub struct LockArgs {
    /// Leave at once, with exit code 75, when another import is writing to the archive.
    #[arg(long)]
    no_wait: bool,
    /// Wait so many seconds at most for another import to finish; then leave, with exit code 75.
    #[arg(long, value_name = "SECONDS", conflicts_with = "no_wait")]
    wait: Option<u64>,
}

/// Takes the lock, as the options and the configuration say.
pub fn lock(archive: &Path, args: &LockArgs) -> Result<ImportLock> {
    let configured = config::current().and_then(|config| config.import.wait);
    let seconds = if args.no_wait { Some(0) } else { args.wait.or(configured) };
    let waiting = || eprintln!("copydesk: waiting for another import into {} to finish", archive.display());
    let lock = match seconds {
        Some(seconds) => ImportLock::take_within(archive, Duration::from_secs(seconds), waiting),
        None => ImportLock::take(archive, || {
            waiting();
            true
        }),
    };
    Ok(lock?)
}

/// What is to be imported: what was typed, or else what the configuration names.
pub fn roots(paths: &[PathBuf]) -> Result<Vec<Root>> {
    if !paths.is_empty() {
        return Ok(paths.iter().map(Root::new).collect());
    }
    match config::current() {
        Some(config) if !config.sources.is_empty() => Ok(config.sources.clone()),
        Some(config) => bail!("{}: names no [[sources]]; name files or folders", config.file.display()),
        None => bail!("nothing to import: name files or folders, or sources in {}", crate::config::NAME),
    }
}

/// What to say where none of the roots is there.
pub fn all_missing(roots: &[Root]) -> Option<String> {
    let named: Vec<String> = roots.iter().map(|root| root.path.display().to_string()).collect();
    let is_any = roots.iter().any(|root| root.path.exists());
    (!is_any).then(|| format!("{}: no such file or folder", named.join(", ")))
}

/// What an import is told beside its sources.
pub fn options(allow_empty: bool) -> Options {
    let configured = config::current().is_some_and(|config| config.import.allow_empty);
    Options { empty_is_empty: allow_empty || configured, stop: None }
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let path = &args.archive.archive;
    let roots = roots(&args.paths)?;
    if args.dry_run {
        return dry_run(args, &roots);
    }
    if let (false, Some(missing)) = (path.exists(), all_missing(&roots)) {
        eprintln!("copydesk: {}; no archive was made", harmless(&missing));
        return Ok(Outcome::Partly);
    }
    // What is no archive gets no lock beside it.
    drop(Archive::open_or_create(path)?);
    let lock = lock(path, &args.lock)?;
    let mut archive = Archive::open_or_create(path)?;
    let bar = progress();
    let options = options(args.allow_empty);
    let report = store::import(&mut archive, &lock, &roots, options, &mut |counts| tell(&bar, counts));
    bar.finish_and_clear();
    let report = report?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", to_json(&report))?;
    } else {
        print(&mut out, &report)?;
        let written = report.counts.new + report.counts.changed;
        if written > 0 {
            glimpse::show(&mut out, archive, written)?;
        }
    }
    Ok(outcome(&report.counts))
}

/// Says what an import would do.
fn dry_run(args: &Args, roots: &[Root]) -> Result<Outcome> {
    let bar = progress();
    let preview = store::preview(&args.archive.archive, roots, options(args.allow_empty), &mut |counts| {
        tell(&bar, counts)
    });
    bar.finish_and_clear();
    let preview = preview?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", json!(preview))?;
    } else {
        preview::print(&mut out, &preview)?;
    }
    Ok(outcome(&preview.counts))
}

/// How it ended: in part, where something was left out.
pub fn outcome(counts: &Counts) -> Outcome {
    if counts.refused + counts.failed == 0 { Outcome::Done } else { Outcome::Partly }
}

/// A line that counts; nothing where nobody looks.
pub fn progress() -> ProgressBar {
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

/// The counts that are not zero, a line each.
pub fn print_counts(out: &mut impl Write, counts: &Counts) -> Result<()> {
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
    for (count, words) in [
        (counts.returned, "were gone and are back"),
        (counts.vanished, "that the archive has are gone from their folder; their articles stay"),
    ] {
        if count > 0 {
            writeln!(out, "  {count:>8}  {words}")?;
        }
    }
    Ok(())
}

/// The report for people.
pub fn print(out: &mut impl Write, report: &Report) -> Result<()> {
    let counts = &report.counts;
    writeln!(out, "{} documents found in {:.1} s", counts.found, report.took.as_secs_f64())?;
    print_counts(out, counts)?;
    for (passed, count) in &report.passed_over {
        writeln!(out, "  passed over {count}: {}", passed.as_str())?;
    }
    for problem in &report.problems {
        let place = problem.told_place();
        let (source, reason) = (harmless_line(&place), harmless_line(&problem.reason));
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
    if counts.found == counts.unchanged && counts.reextracted + counts.vanished + counts.returned == 0 {
        writeln!(out, "nothing changed")?;
    }
    Ok(())
}

/// The report for programs.
pub fn to_json(report: &Report) -> serde_json::Value {
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
