//! `copydesk watch`: imports files as they arrive, until it is told to end.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::import::{all_missing, options, progress, roots, to_json};
use super::schedule::minutes;
use super::{ArchiveArgs, Outcome, interrupt};
use crate::present::harmless::{harmless, harmless_line};
use crate::read::Root;
use crate::store::{self, Archive, Counts, Error, ImportLock, Options, Report};
use crate::watch::{Look, Watch};

/// Places that are looked at one by one; where more changed, everything is.
const PLACES: usize = 100;
/// How long after an import that failed everything is looked at again.
const AGAIN: Duration = Duration::from_secs(60);

/// Imports articles as their files arrive, change and go, until Ctrl-C or SIGTERM.
///
/// Looks at everything first, as `copydesk import` does, then at what the system says has changed, once it
/// has been quiet for a while: a file that is still being written waits. Each look is an import like any
/// other, with a row in `runs`; between them the archive is free, and while another import writes it waits.
/// What the system does not tell of (folders on other machines, links into other folders) is found when
/// everything is looked at again. The configuration is read once, at the start. `copydesk schedule --watch`
/// prints a service that runs this.
///
/// Prints a line for each import that changed something or left something out. An import that fails is told
/// of and tried again after a minute; only the first one ends the program.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  copydesk watch
  copydesk watch --archive news.db incoming
  copydesk watch --config /srv/news/copydesk.toml --every 15m --json

Exit codes: 0 ended by Ctrl-C or SIGTERM, with whole articles only in the archive; 1 failed; 130 ended at once
by a second signal.")]
pub struct Args {
    /// Files and folders; without any, the sources that the configuration names.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    archive: ArchiveArgs,
    /// Seconds without a change after which a file is read.
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = quiet)]
    quiet: Duration,
    /// How often everything is looked at again: minutes (15m), hours (1h) or days (1d).
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = minutes)]
    every: u32,
    /// Take a folder without documents at its word: what the archive has from it is gone.
    #[arg(long)]
    allow_empty: bool,
    /// Print each import as JSON, on a line of its own.
    #[arg(long)]
    json: bool,
}

fn quiet(word: &str) -> Result<Duration, String> {
    let seconds: f64 = word.parse().map_err(|_| "a number of seconds: 2, 0.5".to_owned())?;
    if (0.05..=3600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("from 0.05 to 3600 seconds".to_owned())
    }
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let roots = roots(&args.paths)?;
    if let (false, Some(missing)) = (args.paths.is_empty(), all_missing(&roots)) {
        bail!("{missing}; there is nothing to follow");
    }
    let path = args.archive.archive.as_path();
    // What is no archive is told of at once, and gets no lock beside it.
    drop(Archive::open_or_create(path)?);
    let ends = interrupt::ends()?;
    let options = Options { stop: Some(ends), ..options(args.allow_empty) };
    let mut watch = Watch::new(&roots, path, args.quiet);
    let mut desk = Desk { path, roots: &roots, options, ends, json: args.json, told: Vec::new() };
    let every = Duration::from_secs(u64::from(args.every) * 60);
    desk.follow(&mut watch);
    desk.import(&roots)?;
    eprintln!("copydesk: following {}; Ctrl-C ends it", desk.names());
    let mut whole = Instant::now() + every;
    while let Some(look) = watch.wait(whole, &|| desk.is_to_end()) {
        let done = match look {
            Look::Whole => {
                whole = Instant::now() + every;
                desk.follow(&mut watch);
                desk.import(&roots)
            }
            Look::Places(places) => desk.look(places),
        };
        if let Err(error) = done {
            if super::is_broken_pipe(&error) {
                return Err(error);
            }
            eprintln!("copydesk: {}\ncopydesk: tries again in a minute", harmless(&super::message(&error)));
            whole = Instant::now() + AGAIN;
        }
    }
    eprintln!("copydesk: ended");
    Ok(Outcome::Done)
}

/// What is followed, where it goes, and what was told.
struct Desk<'a> {
    path: &'a Path,
    roots: &'a [Root],
    options: Options,
    ends: &'static AtomicBool,
    json: bool,
    /// Roots that cannot be followed, as they were told of: once is enough.
    told: Vec<String>,
}

impl Desk<'_> {
    fn is_to_end(&self) -> bool {
        self.ends.load(Ordering::Relaxed)
    }

    /// The roots by their names.
    fn names(&self) -> String {
        let names: Vec<_> = self.roots.iter().map(|root| harmless_line(&root.source)).collect();
        names.join(", ")
    }

    /// Begins to follow everything anew; tells of what cannot be.
    fn follow(&mut self, watch: &mut Watch) {
        for unwatched in watch.renew() {
            let path = unwatched.path.display().to_string();
            let words = format!(
                "{} cannot be followed: {}; changes are found when everything is looked at",
                harmless_line(&path),
                harmless_line(&unwatched.reason)
            );
            if !self.told.contains(&words) {
                eprintln!("copydesk: {words}");
                self.told.push(words);
            }
        }
    }

    /// Imports what changed: the places, or everything where that is safer.
    fn look(&self, places: Vec<(usize, PathBuf)>) -> Result<()> {
        let parts = self.parts(places)?;
        if parts.is_empty() { Ok(()) } else { self.import(&parts) }
    }

    fn parts(&self, places: Vec<(usize, PathBuf)>) -> Result<Vec<Root>> {
        let everything = || Ok(self.roots.to_vec());
        if places.len() > PLACES {
            return everything();
        }
        let archive = Archive::open_read_only(self.path)?;
        let mut parts = Vec::new();
        for (n, rest) in places {
            let root = &self.roots[n];
            let Some(part) = root.part(&rest) else { continue };
            let holds_a_root = self.roots.iter().any(|other| part.holds(other));
            let is_known = archive.has_source(&part.source)?;
            if holds_a_root || is_known && !root.has_any() {
                // A folder that lost all it had may be a disk that is not there: that is the whole look's to judge.
                return everything();
            }
            if is_known || part.has_any() {
                parts.push(part);
            }
        }
        Ok(parts)
    }

    /// An import, and its line.
    fn import(&self, roots: &[Root]) -> Result<()> {
        let mut waiting =
            Some(|| eprintln!("copydesk: waiting for another import into {}", self.path.display()));
        let taken = ImportLock::take_while(self.path, || {
            if let Some(tell) = waiting.take() {
                tell();
            }
            !self.is_to_end()
        });
        let imported = taken.and_then(|lock| {
            let mut archive = Archive::open_existing(self.path)?;
            let bar = progress();
            let report = store::import(&mut archive, &lock, roots, self.options, &mut |counts| {
                bar.set_position(counts.found);
            });
            bar.finish_and_clear();
            report
        });
        match imported {
            Ok(report) => self.tell(&report),
            Err(Error::Stopped | Error::Importing { .. }) if self.is_to_end() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// A line for an import that did something or left something out.
    fn tell(&self, report: &Report) -> Result<()> {
        let words = words(&report.counts);
        if words.is_empty() {
            return Ok(());
        }
        let at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let mut out = std::io::stdout().lock();
        if self.json {
            let mut line = to_json(report);
            line["at"] = at.into();
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{at} {}", words.join(", "))?;
            for problem in &report.problems {
                let place = problem.told_place();
                let (source, reason) = (harmless_line(&place), harmless_line(&problem.reason));
                eprintln!("copydesk: {}: {source}: {reason}", problem.outcome);
            }
        }
        Ok(out.flush()?)
    }
}

/// What an import did that somebody may want to know; nothing where all was as before.
fn words(counts: &Counts) -> Vec<String> {
    let counts = [
        (counts.new, "new"),
        (counts.changed, "changed"),
        (counts.duplicate, "duplicate"),
        (counts.reextracted, "read again"),
        (counts.vanished, "gone"),
        (counts.returned, "back"),
        (counts.refused, "refused"),
        (counts.failed, "failed"),
    ];
    counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect()
}
