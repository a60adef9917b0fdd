//! What can go wrong with a question, in words that say what to do.

use std::path::PathBuf;

/// A question could not be asked or answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No saved query goes by that name.
    #[error("no saved query is named '{name}'{}\nsaved queries: {}", did_you_mean(.near), .known.join(", "))]
    UnknownQuery {
        /// What was asked for.
        name: String,
        /// The nearest names.
        near: Vec<String>,
        /// All names.
        known: Vec<String>,
    },
    /// The statement has no parameter of that name.
    #[error("no parameter is named '{name}'{}\n{}", did_you_mean(.near), parameters(.known))]
    UnknownParameter {
        /// What was given.
        name: String,
        /// The nearest names.
        near: Vec<String>,
        /// The names it does have.
        known: Vec<String>,
    },
    /// The archive has no table or view of that name.
    #[error("the archive has no '{name}'{}\nit has: {}", did_you_mean(.near), .known.join(", "))]
    UnknownRelation {
        /// What was asked for.
        name: String,
        /// The nearest names.
        near: Vec<String>,
        /// All names.
        known: Vec<String>,
    },
    /// No article goes by that id, source or title.
    #[error(
        "no article is, or has in its title, '{wanted}'; `copydesk query articles-by-date` lists them all"
    )]
    UnknownArticle {
        /// What was asked for.
        wanted: String,
    },
    /// Several articles do.
    #[error("'{wanted}' fits several articles; name one by its number:\n{}", .fits.join("\n"))]
    SeveralArticles {
        /// What was asked for.
        wanted: String,
        /// The first of them, as "number  title (source)".
        fits: Vec<String>,
    },
    /// Nothing goes by that name or number.
    #[error("the archive has no {what} '{wanted}'{}", .hint)]
    UnknownRow {
        /// What was looked for: "entity", "quote".
        what: &'static str,
        /// What was asked for.
        wanted: String,
        /// What to do, after a "; ".
        hint: String,
    },
    /// Several entities go by a name.
    #[error("'{wanted}' names several; take one by its number:\n{}", .fits.join("\n"))]
    SeveralEntities {
        /// What was asked for.
        wanted: String,
        /// The first of them: number, name, kind, articles.
        fits: Vec<String>,
    },
    /// An article does not name an entity.
    #[error("article {article} does not name {entity}")]
    NotNamed {
        /// The article's number.
        article: i64,
        /// The entity.
        entity: String,
    },
    /// Nothing to search for.
    #[error("'{typed}' holds no word to look for")]
    NoWords {
        /// What was typed.
        typed: String,
    },
    /// A search expression that FTS5 does not understand.
    #[error("the expression of --fts does not read: {message}")]
    BadSearch {
        /// What SQLite says.
        message: String,
    },
    /// A parameter was given twice.
    #[error("parameter '{name}' is given twice")]
    GivenTwice {
        /// Its name.
        name: String,
    },
    /// A value that is not of its parameter's kind.
    #[error("parameter '{parameter}' takes {expected}, not '{word}'{}", did_you_mean(.near))]
    BadValue {
        /// The parameter.
        parameter: String,
        /// What was given.
        word: String,
        /// What it takes.
        expected: String,
        /// The nearest of what it takes.
        near: Vec<String>,
    },
    /// Parameters without a value.
    #[error("no value for {}: give each as -p NAME VALUE", .names.join(", "))]
    MissingParameters {
        /// As they stand in the statement.
        names: Vec<String>,
    },
    /// A parameter without a name.
    #[error("parameters need names: write :name instead of {place}")]
    NamelessParameter {
        /// `?` or `?1`.
        place: String,
    },
    /// SQLite does not understand the statement.
    #[error("{message}{}{}", did_you_mean(.near), caret(.sql, *.offset))]
    Sql {
        /// What SQLite says.
        message: String,
        /// The nearest to a name that it does not know.
        near: Vec<String>,
        /// The statement.
        sql: String,
        /// Where in it, in bytes.
        offset: Option<usize>,
    },
    /// The statement would do what a reader may not.
    #[error("refused: {deed}. The archive is open for reading only; `copydesk import` is what writes to it")]
    Refused {
        /// What it would do.
        deed: String,
    },
    /// Two statements where one answer is wanted.
    #[error("one statement at a time: there is more after the first ';'")]
    Several,
    /// Nothing to run.
    #[error("there is no statement to run")]
    Nothing,
    /// The time limit stopped it.
    #[error("stopped after {seconds} s, the time limit (--timeout SECONDS allows more, 0 any)")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The memory limit stopped it.
    #[error(
        "stopped: it takes more than {megabytes} MB of memory, the limit (--memory MB allows more, 0 any; a narrower \
         WHERE, or fewer columns, take less)"
    )]
    OutOfMemory {
        /// The limit.
        megabytes: u32,
    },
    /// A value that is too long.
    #[error(
        "stopped: it makes a value longer than {megabytes} MB, the limit for one value (it grows with --memory MB; \
         substr() and LIMIT make less of it)"
    )]
    TooLong {
        /// The limit.
        megabytes: u32,
    },
    /// No row that the last answer to the same question did not have.
    #[error("nothing new{}", .since.as_ref().map_or(String::new(), |since| format!(" since {since}")))]
    NothingNew {
        /// When the last answer was given.
        since: Option<String>,
    },
    /// Somebody stopped it.
    #[error("interrupted")]
    Interrupted,
    /// A saved query's head does not read.
    #[error("{}, line {line}: {problem}", .origin)]
    BadHead {
        /// The file.
        origin: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what was expected.
        problem: String,
    },
    /// A file of the user's own queries does not read.
    #[error("{reason}")]
    UnreadableQuery {
        /// Which file, where in it, and why.
        reason: String,
    },
    /// A folder of saved queries cannot be read.
    #[error("{}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The rows could not be written out.
    #[error("the rows cannot be written out")]
    Output(#[from] std::io::Error),
    /// Any other word of SQLite's.
    #[error("SQLite cannot answer")]
    Sqlite(#[from] rusqlite::Error),
}

impl Error {
    /// Whether the person asked wrongly, rather than something failed.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Error::UnknownQuery { .. }
                | Error::NoWords { .. }
                | Error::BadSearch { .. }
                | Error::UnknownRelation { .. }
                | Error::UnknownArticle { .. }
                | Error::SeveralArticles { .. }
                | Error::UnknownRow { .. }
                | Error::SeveralEntities { .. }
                | Error::NotNamed { .. }
                | Error::UnknownParameter { .. }
                | Error::GivenTwice { .. }
                | Error::BadValue { .. }
                | Error::MissingParameters { .. }
                | Error::NamelessParameter { .. }
                | Error::Nothing
        )
    }
}

fn did_you_mean(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; did you mean {}?", near.join(" or ")),
    }
}

fn parameters(known: &[String]) -> String {
    match known {
        [] => "it takes no parameters".to_owned(),
        known => format!("parameters: {}", known.join(", ")),
    }
}

/// The widest stretch of a line shown around an error.
const SHOWN: usize = 100;

/// The line of `sql` that holds byte `offset`, with a caret under it.
fn caret(sql: &str, offset: Option<usize>) -> String {
    let Some(before) = offset.and_then(|offset| sql.get(..offset)) else { return String::new() };
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = sql[line_start..].lines().next().unwrap_or("");
    let number = before.matches('\n').count() + 1;
    let column = before[line_start..].chars().count();
    // A statement of one endless line is shown around the place only.
    let skipped = column.saturating_sub(SHOWN / 2);
    let shown: String =
        line.chars().skip(skipped).take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let gap: usize = shown
        .chars()
        .take(column - skipped)
        .map(|c| unicode_width::UnicodeWidthChar::width(c).unwrap_or(0))
        .sum();
    let place = if sql.trim_end().contains('\n') { format!(" (line {number})") } else { String::new() };
    format!("{place}\n  {shown}\n  {:gap$}^", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caret_points_at_the_place() {
        assert_eq!(caret("SELECT nme FROM x", Some(7)), "\n  SELECT nme FROM x\n         ^");
        assert_eq!(caret("SELECT\n  nme", Some(9)), " (line 2)\n    nme\n    ^");
        assert_eq!(caret("SELECT '日本', x", Some(17)), "\n  SELECT '日本', x\n                 ^");
        assert_eq!(caret("x", None), "");
        assert_eq!(caret("é", Some(1)), "", "an offset inside a character");
    }

    #[test]
    fn caret_cuts_endless_lines() {
        let sql = format!("SELECT {} FROM", "a, ".repeat(10_000));
        let shown = caret(&sql, Some(15_000));
        assert!(shown.len() < 250, "{shown}");
        assert!(shown.ends_with('^'));
    }
}
