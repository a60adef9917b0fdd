//! `copydesk query save`: a statement becomes a saved query in the user's own folder.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cli::folders::Folders;
use crate::cli::sql::Statement;
use crate::cli::{ArchiveArgs, Outcome};
use crate::present::whole::WholeFile;
use crate::query::{Reader, SavedQuery};

/// Save a statement as a query of your own, with a head made from the options.
///
/// It goes to DIR/NAME.sql of --queries DIR, where it is checked against the archive first: it must prepare,
/// and every parameter must be described.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk query save long-reads 'SELECT title, words FROM articles WHERE words > :least' --queries mine \\
    --question 'Which articles are long?' --parameter 'least (integer, default 2000): words at least'
  copydesk query save from-file -f question.sql --queries mine
  copydesk query long-reads --queries mine -p least 500")]
pub struct Args {
    /// The query's name: lower case letters, digits and hyphens.
    name: String,
    #[command(flatten)]
    statement: Statement,
    /// What it shows, in a few words.
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// The question it answers.
    #[arg(long, value_name = "WORDS")]
    question: Option<String>,
    /// Describe a parameter as a head does, 'NAME (TYPE, default VALUE): MEANING'; repeat it for more.
    #[arg(long, value_name = "LINE")]
    parameter: Vec<String>,
    /// What a parameter may be, 'NAME: ONE | TWO', 'NAME: 1 or more', or a SELECT that lists it; repeat it for more.
    #[arg(long, value_name = "LINE")]
    values: Vec<String>,
    /// The picture of its answer: 'bar x=COLUMN y=COLUMN'.
    #[arg(long, value_name = "LINE")]
    chart: Option<String>,
    /// What it must read whole, and why.
    #[arg(long, value_name = "WORDS")]
    scan: Option<String>,
    /// Put it in the place of the one that bears the name.
    #[arg(long)]
    replace: bool,
}

/// Words that `copydesk query` takes for something else.
const TAKEN: &[&str] = &["check", "help", "save"];

/// Runs the verb.
pub fn run(args: &Args, folders: &Folders, archive: &ArchiveArgs) -> Result<Outcome> {
    let name = &args.name;
    let is_tidy = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(is_tidy) {
        bail!("'{name}' is no name for a query: lower case letters, digits and hyphens are");
    }
    if TAKEN.contains(&name.as_str()) {
        bail!("'{name}' is what `copydesk query {name}` means already: choose another name");
    }
    let path = folders.own()?.join(format!("{name}.sql"));
    if path.exists() && !args.replace {
        bail!("{} is there already (--replace puts this one in its place)", path.display());
    }
    let text = head(args)? + args.statement.read()?.trim() + "\n";
    check(name, &text, archive)?;
    write(&path, &text).with_context(|| path.display().to_string())?;
    writeln!(std::io::stdout(), "{}", path.display())?;
    Ok(Outcome::Done)
}

/// The head's lines as the options give them.
fn head(args: &Args) -> Result<String> {
    let mut lines = String::new();
    let mut line = |key: &str, words: &str| {
        if words.contains(['\n', '\r']) {
            bail!("a line of the head cannot hold a line's end: {words:?}");
        }
        lines.push_str(&format!("-- {key} {}\n", words.trim()));
        Ok(())
    };
    for (key, words) in [("title:", &args.title), ("question:", &args.question)] {
        words.iter().try_for_each(|words| line(key, words))?;
    }
    args.parameter.iter().try_for_each(|parameter| line("param", parameter))?;
    args.values.iter().try_for_each(|values| line("values", values))?;
    for (key, words) in [("chart:", &args.chart), ("scan:", &args.scan)] {
        words.iter().try_for_each(|words| line(key, words))?;
    }
    Ok(lines)
}

/// A query that would not run is not saved. Without an archive there is nothing to try it on.
fn check(name: &str, text: &str, archive: &ArchiveArgs) -> Result<()> {
    let query = SavedQuery::read(name, text)?;
    if !archive.archive.exists() {
        eprintln!("copydesk: not tried out: there is no {}", archive.archive.display());
        return Ok(());
    }
    let faults = Reader::open(&archive.archive)?.faults(&query)?;
    match faults.as_slice() {
        [] => Ok(()),
        faults => bail!("not saved: {}", faults.join("\n")),
    }
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = WholeFile::create(path)?;
    file.write_all(text.as_bytes())?;
    file.finish()
}
