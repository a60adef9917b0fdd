//! `copydesk sql`: one statement of the user's own, read-only, within limits.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::ask::{Ask, Question};
use super::format::Format;
use super::{ArchiveArgs, Outcome};

/// Ask the archive in SQL; nothing can be written.
///
/// The archive is opened for reading only, and SQLite itself refuses whatever would write, attach another
/// file, change a setting or load an extension. Parameters (:name) take the value of -p; it is bound as a
/// number where it is written like one, and as text otherwise (so 007 stays text). Beside SQLite's own
/// functions there are fold(text), which drops case and accents, and median(x).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk sql 'SELECT outlet, count(*) AS articles FROM articles_full GROUP BY outlet'
  copydesk sql 'SELECT * FROM quotes_full WHERE speaker LIKE :name' -p name '%Merkel%'
  copydesk sql 'SELECT counted_head, median(value) FROM figures GROUP BY 1' --csv -o medians.csv
  copydesk sql 'SELECT * FROM figures_full' -o figures.parquet
  copydesk sql --json < question.sql
  copydesk sql \"SELECT name, sql FROM sqlite_schema WHERE type = 'view'\"")]
pub struct Args {
    /// The statement; `-`, or nothing, reads it from standard input.
    statement: Option<String>,
    /// Read the statement from FILE.
    #[arg(long, short, value_name = "FILE", conflicts_with = "statement")]
    file: Option<PathBuf>,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    archive: ArchiveArgs,
    #[command(flatten)]
    format: Format,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let sql = match (&args.statement, &args.file) {
        (_, Some(file)) => std::fs::read_to_string(file).with_context(|| file.display().to_string())?,
        (Some(statement), None) if statement != "-" => statement.clone(),
        (statement, None) => {
            let mut input = std::io::stdin().lock();
            if statement.is_none() && input.is_terminal() {
                bail!(
                    "give a statement, or `-` to type one and end it with Ctrl-D; `copydesk query` lists saved queries"
                );
            }
            let mut sql = String::new();
            input.read_to_string(&mut sql).context("standard input")?;
            sql
        }
    };
    let question = Question { title: "Answer", description: "", sql: &sql, parameters: &[] };
    args.ask.ask(&args.archive, question, &args.format)
}
