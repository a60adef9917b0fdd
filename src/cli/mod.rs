//! The command line: what may be typed, what it means, and how outcomes become exit codes.
//!
//! One file a verb. Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done in part.

mod extract;
mod import;
mod migrate;
mod status;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// News articles into one SQLite file of articles, entities, quotes and figures.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Extract(extract::Args),
    Import(import::Args),
    Migrate(migrate::Args),
    Status(status::Args),
}

/// Which archive, for every verb that uses one.
#[derive(Debug, Clone, clap::Args)]
pub struct ArchiveArgs {
    /// The archive.
    #[arg(
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

/// Parses the command line, runs it and reports.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.verb {
        Verb::Extract(args) => extract::run(&args),
        Verb::Import(args) => import::run(&args),
        Verb::Migrate(args) => migrate::run(&args),
        Verb::Status(args) => status::run(&args),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(3),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("copydesk: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `copydesk … | head` is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
