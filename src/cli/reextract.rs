//! `copydesk reextract`: kept documents read again by better extractors.

use std::io::Write;

use anyhow::Result;

use super::import::{LockArgs, lock, outcome, progress, to_json};
use super::{ArchiveArgs, Outcome};
use crate::present::harmless::harmless_line;
use crate::query::Reader;
use crate::store::{self, Archive, Report, Which};

/// Reads kept documents again where older extractors read them, and tells what that changed.
///
/// No file is needed: the archive has the documents. Ids of what is still found stay the same, and
/// corrections hold. May be stopped at any moment: the next run goes on where it stopped. An import does the
/// same for the documents that it finds.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk reextract
  copydesk reextract 3 news/2016/summit.txt
  copydesk reextract --all --json

Exit codes: 0 done; 3 the extractors stopped at some documents, each is told; 1 failed.")]
pub struct Args {
    /// Articles, as `copydesk show` takes them; without any, all that older extractors read.
    articles: Vec<String>,
    /// All articles, whichever extractors read them.
    #[arg(long, conflicts_with = "articles")]
    all: bool,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    lock: LockArgs,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let path = &args.archive.archive;
    drop(Archive::open_existing(path)?);
    let lock = lock(path, &args.lock)?;
    let mut archive = Archive::open_existing(path)?;
    let which = match (args.all, args.articles.as_slice()) {
        (true, _) => Which::All,
        (false, []) => Which::Outdated,
        (false, wanted) => {
            let reader = Reader::open(path)?;
            let ids = wanted.iter().map(|wanted| reader.find_article(wanted));
            Which::Articles(ids.collect::<Result<_, _>>()?)
        }
    };
    let bar = progress();
    let report = store::reextract(&mut archive, &lock, &which, &mut |counts| bar.set_position(counts.found));
    bar.finish_and_clear();
    let report = report?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", to_json(&report))?;
    } else {
        print(&mut out, &archive, &report)?;
    }
    Ok(outcome(&report.counts))
}

fn print(out: &mut impl Write, archive: &Archive, report: &Report) -> Result<()> {
    let counts = &report.counts;
    writeln!(out, "{} articles read again in {:.1} s", counts.found, report.took.as_secs_f64())?;
    if counts.changed > 0 {
        writeln!(out, "  {:>8}  say something else now:", counts.changed)?;
        for (subject, what, count) in archive.changed_by(report.run)? {
            writeln!(out, "  {count:>8}  {subject} {what}")?;
        }
        writeln!(out, "each of them: copydesk query what-changed -p run {}", report.run)?;
    }
    for problem in &report.problems {
        writeln!(out, "  {}: {}", harmless_line(&problem.source), harmless_line(&problem.reason))?;
    }
    if report.unfit_corrections > 0 {
        writeln!(out, "  {}", super::correcting::unfit(report.unfit_corrections))?;
    }
    Ok(())
}
