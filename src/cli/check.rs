//! `copydesk check`: the archive's promises, one line each.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use anyhow::{Result, bail};
use indicatif::ProgressBar;

use super::{ArchiveArgs, Outcome};
use crate::present::harmless::harmless_line;
use crate::store::{Archive, Verdict};

/// Verifies every promise on the archive: the file, spans, links, hashes, indexes.
///
/// Looks at every row and every kept document; nothing is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk check
  copydesk check --json | jq '.[] | select(.broken > 0)'

What waits while an import is going on, after one that was killed, and in a backup taken meanwhile is told as
pending: the next import completes it, and nothing is broken.

Exit codes: 0 every promise is kept, though something may be pending; 1 one is broken.")]
pub struct Args {
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Print the verdicts as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let path = &args.archive.archive;
    // Told of before anything is brought up to date: a check changes nothing.
    drop(Archive::open_read_only(path)?);
    let archive = Archive::open_existing(path)?;
    let bar =
        if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    bar.enable_steady_tick(Duration::from_millis(200));
    let verdicts = archive.check(&mut |name| bar.set_message(name.to_owned()))?;
    bar.finish_and_clear();
    let unfit = archive.unfit_corrections()?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", serde_json::json!(verdicts))?;
    } else {
        print(&mut out, &verdicts)?;
    }
    out.flush()?;
    if unfit > 0 {
        eprintln!("copydesk: {}", super::correcting::unfit(unfit));
    }
    match verdicts.iter().filter(|verdict| !verdict.holds()).count() {
        0 => Ok(Outcome::Done),
        1 => bail!("{}: a promise is broken", path.display()),
        broken => bail!("{}: {broken} promises are broken", path.display()),
    }
}

fn print(out: &mut impl Write, verdicts: &[Verdict]) -> Result<()> {
    for verdict in verdicts {
        let word = match (verdict.holds(), verdict.pending) {
            (false, _) => "FAILED",
            (true, 0) => "ok",
            (true, _) => "pending",
        };
        writeln!(out, "{word:<7} {} ({} rows)", verdict.promise, verdict.rows)?;
        if verdict.pending > 0 {
            writeln!(out, "        {} wait; the next import completes them", verdict.pending)?;
        }
        if !verdict.holds() {
            let examples = verdict.examples.join("; ");
            let more = if verdict.broken > verdict.examples.len() { "; ..." } else { "" };
            writeln!(out, "        {} broken: {}{more}", verdict.broken, harmless_line(&examples))?;
        }
    }
    Ok(())
}
