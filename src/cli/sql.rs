//! `copydesk sql`: one statement of the user's own, read-only, within limits.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::ask::{Ask, Question};
use super::folders::Folders;
use super::format::Format;
use super::shell::Shell;
use super::{ArchiveArgs, Outcome};
use crate::query::script::{says_something, statements};

/// Ask the archive in SQL, or in a shell; nothing can be written.
///
/// Without a statement, on a terminal, it is a shell: with history, Tab completes tables, columns and saved
/// queries, statements go over several lines until their ;, and the sqlite3 shell's commands (.tables .schema
/// .mode .output .param .read ...) do what they do there; .help lists them. Ctrl-C stops a statement, not the
/// shell. Several statements run in order, up to the first that fails; files and standard input may hold such
/// commands too.
///
/// The archive is opened for reading only, and SQLite itself refuses whatever would write, attach another
/// file, change a setting or load an extension. Parameters (:name) take the value of -p; it is bound as a
/// number where it is written like one, and as text otherwise (so 007 stays text). Beside SQLite's own
/// functions there are fold(text), which drops case and accents; normalize_name(name, kind), the form in which
/// names are joined; similar(a, b), from 0 to 1; excerpt(text, words, width); median(x) and percentile(x, p);
/// and text REGEXP pattern.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk sql 'SELECT outlet, count(*) AS articles FROM articles_full GROUP BY outlet'
  copydesk sql 'SELECT * FROM quotes_full WHERE speaker LIKE :name' -p name '%Merkel%'
  copydesk sql 'SELECT counted_head, median(value) FROM figures GROUP BY 1' --csv -o medians.csv
  copydesk sql 'SELECT * FROM figures_full' -o figures.parquet
  copydesk sql --json < question.sql
  copydesk sql
  copydesk sql \"SELECT name, sql FROM sqlite_schema WHERE type = 'view'\"")]
pub struct Args {
    #[command(flatten)]
    statement: Statement,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    format: Format,
}

/// Where a statement comes from.
#[derive(Debug, clap::Args)]
pub struct Statement {
    /// The statement; `-`, or nothing, reads it from standard input.
    statement: Option<String>,
    /// Read the statement from FILE.
    #[arg(long, short, value_name = "FILE", conflicts_with = "statement")]
    file: Option<PathBuf>,
}

impl Statement {
    /// Whether nothing says where it is.
    fn is_absent(&self) -> bool {
        self.statement.is_none() && self.file.is_none()
    }

    /// Whether it comes from a file or standard input, which may hold commands of the shell.
    fn may_hold_commands(&self) -> bool {
        self.statement.as_deref().is_none_or(|statement| statement == "-")
    }

    /// Reads it.
    pub fn read(&self) -> Result<String> {
        match (&self.statement, &self.file) {
            (_, Some(file)) => std::fs::read_to_string(file).with_context(|| file.display().to_string()),
            (Some(statement), None) if statement != "-" => Ok(statement.clone()),
            (_, None) => {
                let mut input = std::io::stdin().lock();
                let mut sql = String::new();
                input.read_to_string(&mut sql).context("standard input")?;
                Ok(sql)
            }
        }
    }
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    if args.statement.is_absent() && std::io::stdin().is_terminal() {
        return shell(args, |shell| shell.prompt());
    }
    let text = args.statement.read()?;
    let is_script = is_several(&text) || (args.statement.may_hold_commands() && has_command(&text));
    if is_script && args.format.file().is_none() {
        return shell(args, |shell| shell.run(&text));
    }
    args.ask.ask(&args.archive, Question::own(&text), &args.format)
}

/// Whether there is more than one statement in it; the last needs no semicolon.
fn is_several(text: &str) -> bool {
    let (ended, rest) = statements(text);
    ended.len() + usize::from(says_something(rest)) > 1
}

/// Whether a line begins with a dot, as the shell's commands do.
fn has_command(text: &str) -> bool {
    text.lines().any(|line| line.starts_with('.'))
}

fn shell(args: &Args, run: impl FnOnce(Shell<'_>) -> Result<Outcome>) -> Result<Outcome> {
    let library = args.folders.library(&[])?;
    let reader = args.ask.open(&args.archive)?;
    run(Shell::new(&reader, library, args.format.clone(), args.ask.given(), args.ask.limits()))
}
