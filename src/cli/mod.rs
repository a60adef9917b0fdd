//! The command line: what may be typed, what it means, and how outcomes become exit codes.
//!
//! One file a verb. Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done in part; 4 nothing new; 75 to be tried
//! again; 130 interrupted.

mod ask;
mod backup;
mod check;
mod completions;
mod config;
mod correct;
mod correcting;
mod corrections;
mod datasette;
mod entity;
mod export;
mod extract;
mod folders;
mod format;
mod glimpse;
mod history;
mod import;
mod interrupt;
mod migrate;
mod out;
mod preview;
mod query;
mod reextract;
mod schedule;
mod search;
mod shell;
mod show;
mod spared;
mod sql;
mod status;
mod watch;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::present::harmless::harmless;

/// News articles into one SQLite file of articles, entities, quotes and figures.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "\
Begin with:
  copydesk import FOLDER
  copydesk query
  copydesk query figures-about -p thing deaths -o deaths.xlsx
  copydesk sql
  copydesk show 1
  copydesk export

Exit codes:
  0    done
  1    failed
  2    wrong usage
  3    done in part: some input was refused, or a limit cut the result
  4    nothing new (query --new)
  75   the archive is in use by another import or program: try again
  130  interrupted

Data goes to standard output, all else to standard error. Tables, show, search and messages show text that
could act on a terminal as harmless signs; CSV and JSON keep it as it is.")]
pub struct Cli {
    /// Here too, so that `copydesk -a FILE VERB` means what `copydesk VERB -a FILE` does; clap hands it on.
    #[command(flatten)]
    _archive: ArchiveArgs,
    /// Read before all else, see [`config::load`].
    #[command(flatten)]
    _config: config::ConfigArgs,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Backup(backup::Args),
    Check(check::Args),
    Completions(completions::Args),
    Correct(correct::Args),
    Corrections(corrections::Args),
    Entity(entity::Args),
    Datasette(datasette::Args),
    Export(export::Args),
    Extract(extract::Args),
    History(history::Args),
    Import(import::Args),
    Migrate(migrate::Args),
    Query(Box<query::Args>),
    Reextract(reextract::Args),
    Schedule(schedule::Args),
    Search(search::Args),
    Show(show::Args),
    Sql(sql::Args),
    Status(status::Args),
    Watch(watch::Args),
}

/// Which archive, for every verb that uses one.
#[derive(Debug, Clone, clap::Args)]
pub struct ArchiveArgs {
    /// The archive.
    #[arg(
        global = true,
        long,
        short = 'a',
        value_name = "FILE",
        env = "COPYDESK_ARCHIVE",
        hide_env_values = true,
        default_value = "copydesk.db"
    )]
    pub archive: PathBuf,
}

/// How a verb ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything asked was done.
    Done,
    /// Some input was refused, or the result was cut by a limit.
    Partly,
}

/// Something was asked for in a way that cannot be meant.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// Parses the command line, runs it and reports.
pub fn main() -> ExitCode {
    if let Err(error) = config::load(std::env::args_os().skip(1)) {
        eprintln!("copydesk: {}", harmless(&message(&error)));
        return ExitCode::from(2);
    }
    let words = words::apart(std::env::args_os());
    let matches = config::with_archive(Cli::command())
        .try_get_matches_from(&words)
        .unwrap_or_else(|error| words::with_hint(error, &words).exit());
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match cli.verb {
        Verb::Backup(args) => backup::run(&args),
        Verb::Check(args) => check::run(&args),
        Verb::Completions(args) => completions::run(&args),
        Verb::Correct(args) => correct::run(&args),
        Verb::Corrections(args) => corrections::run(&args),
        Verb::Entity(args) => entity::run(&args),
        Verb::Datasette(args) => datasette::run(&args),
        Verb::Export(args) => export::run(&args),
        Verb::Extract(args) => extract::run(&args),
        Verb::History(args) => history::run(&args),
        Verb::Import(args) => import::run(&args),
        Verb::Migrate(args) => migrate::run(&args),
        Verb::Query(args) => query::run(&args),
        Verb::Reextract(args) => reextract::run(&args),
        Verb::Schedule(args) => schedule::run(&args),
        Verb::Search(args) => search::run(&args),
        Verb::Show(args) => show::run(&args),
        Verb::Sql(args) => sql::run(&args),
        Verb::Status(args) => status::run(&args),
        Verb::Watch(args) => watch::run(&args),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(3),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("copydesk: {}", harmless(&message(&error)));
            exit_code(&error)
        }
    }
}

/// The error and its causes, each told once.
pub(crate) fn message(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if message.is_empty() {
            message = cause;
        } else if !message.contains(&cause) {
            message.push_str(": ");
            message.push_str(&cause);
        }
    }
    message
}

/// What the system's own programs end with where trying again may do (EX_TEMPFAIL of sysexits.h).
const TRY_AGAIN: u8 = 75;

/// The exit code that tells of an error.
fn exit_code(error: &anyhow::Error) -> ExitCode {
    use crate::query::Error;
    use crate::store::{self, Refused};
    let of_store = match error.downcast_ref::<Refused>() {
        Some(Refused::Store(of_store)) => Some(of_store),
        Some(_) => return ExitCode::from(2),
        None => error.downcast_ref::<store::Error>(),
    };
    if let Some(store::Error::Importing { .. } | store::Error::Locked { .. }) = of_store {
        return ExitCode::from(TRY_AGAIN);
    }
    if error.is::<Usage>() {
        return ExitCode::from(2);
    }
    match error.downcast_ref::<Error>() {
        Some(Error::Interrupted) => ExitCode::from(130),
        Some(Error::NothingNew { .. }) => ExitCode::from(4),
        Some(error) if error.is_usage() => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}

/// `copydesk … | head` is no error.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
