//! A glimpse of an archive after an import: what it holds, where its articles disagree, what to ask next.
//!
//! It asks the saved queries, so that what it shows can be asked for again by name.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use rusqlite::Row;

use super::status;
use crate::present::harmless::harmless_line;
use crate::present::wrap::{cut, width};
use crate::query::{Answered, Column, Given, Library, Limits, Reader, Sink};
use crate::store::Archive;

/// Articles that are counted through after any import.
const FEW: u64 = 10_000;
/// In a larger archive an import that brings less than one in so many articles is told of alone: to count what
/// is there would cost more than the import, and a schedule's log wants no more.
const SHARE: u64 = 100;
/// Seconds a glimpse may take.
const PATIENCE: u64 = 2;
/// The newest articles among which it looks for a disagreement. A scheduled import into a large archive must cost
/// little more than one into a small.
const ARTICLES: &str = "100";
/// Rows read for it; one case is shown.
const ROWS: u64 = 20;
/// Columns of a line.
const WIDE: usize = 100;

/// Shows it after an import that wrote so many articles.
pub fn show(out: &mut impl Write, archive: Archive, written: u64) -> Result<()> {
    let path = archive.path().to_path_buf();
    if !is_worth_counting(written, archive.highest_article()?) {
        writeln!(out, "what {} holds now: copydesk status{}", path.display(), named(&path))?;
        return Ok(());
    }
    let status = archive.status()?;
    drop(archive);
    writeln!(out, "\n{} now holds", path.display())?;
    status::contents(out, &status)?;
    // A question that takes too long is no fault of the import's.
    let case = disagreement(&path).unwrap_or_default();
    if let Some(first) = case.first() {
        writeln!(out, "\nThey do not agree ({}):", harmless_line(&first.thing))?;
        let outlets = case.iter().map(|said| width(&said.outlet)).max().unwrap_or(0);
        for said in &case {
            let gap = " ".repeat(outlets - width(&said.outlet));
            let line = format!("  {}{gap}  {}", said.outlet, said.words);
            writeln!(out, "{}", cut(&harmless_line(&line), WIDE))?;
        }
    }
    next(out, &path)
}

/// What one article says of the thing that they disagree on.
struct Said {
    thing: String,
    outlet: String,
    words: String,
}

fn disagreement(path: &Path) -> Result<Vec<Said>> {
    let library = Library::built_in()?;
    let query = library.find("disagreements")?;
    let given = [("verdict", "contradict"), ("articles", ARTICLES), ("most", "1")]
        .map(|(name, word)| Given { name: name.to_owned(), word: word.to_owned() });
    let limits = Limits { seconds: Some(PATIENCE), rows: Some(ROWS), ..Limits::default() };
    let mut first = First::default();
    Reader::open(path)?.answer(&query.sql, &query.parameters, &given, limits, &mut first)?;
    Ok(first.case)
}

/// Keeps the first case of the disagreements.
#[derive(Default)]
struct First {
    no: Option<i64>,
    case: Vec<Said>,
}

impl Sink for First {
    fn columns(&mut self, _columns: &[Column]) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let said = || -> rusqlite::Result<(i64, Said)> {
            let outlet: Option<String> = row.get("outlet")?;
            let outlet = outlet.unwrap_or_else(|| "(outlet unknown)".to_owned());
            Ok((row.get("no")?, Said { thing: row.get("thing")?, outlet, words: row.get("figure")? }))
        };
        let (no, said) = said().map_err(io::Error::other)?;
        if *self.no.get_or_insert(no) == no {
            self.case.push(said);
        }
        Ok(())
    }

    fn end(&mut self, _answered: &Answered) -> io::Result<()> {
        Ok(())
    }
}

/// Whether an import wrote enough articles for the archive to be counted through, which costs what the archive
/// is large.
fn is_worth_counting(written: u64, articles: u64) -> bool {
    articles <= FEW || written.saturating_mul(SHARE) >= articles
}

/// The option that names the archive, where a command needs it.
fn named(path: &Path) -> String {
    let name = path.display().to_string();
    match name.as_str() {
        "copydesk.db" => String::new(),
        name if name.contains([' ', '\'', '"']) => format!(" -a '{}'", name.replace('\'', r"'\''")),
        name => format!(" -a {name}"),
    }
}

/// Commands to go on with.
fn next(out: &mut impl Write, path: &Path) -> Result<()> {
    let archive = named(path);
    writeln!(out, "\nAsk next:")?;
    for (command, meaning) in [
        ("query disagreements", "where articles differ on a figure"),
        ("query most-quoted", "who is quoted, how often, by whom"),
        ("query who-said-what", "every quote with its speaker"),
        ("query", "everything else that can be asked by name"),
    ] {
        writeln!(out, "  {:<44}  {meaning}", format!("copydesk {command}{archive}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_archive_is_counted_through_only_after_an_import_that_is_large_too() {
        for (written, articles, is_worth) in [
            (1, 1, true),
            (1, 10_000, true),
            (100, 10_001, false),
            (101, 10_001, true),
            (100, 100_100, false),
        ] {
            assert_eq!(is_worth_counting(written, articles), is_worth, "{written} of {articles}");
        }
    }
}
