//! What a statement may have meant by a name that SQLite does not know.

use super::script::{Piece, pieces};
use super::{Error, Reader, functions, nearest};

/// What names of a kind SQLite says are missing, before the name.
const MISSING: [(&str, What); 4] = [
    ("no such column: ", What::Column),
    ("no such table: ", What::Table),
    ("no such function: ", What::Function),
    ("no such table-valued function: ", What::Function),
];

#[derive(Clone, Copy)]
enum What {
    Column,
    Table,
    Function,
}

impl Reader {
    /// The nearest names to the one that an error of SQLite's says is missing; none where it says something else.
    pub(super) fn meant(&self, message: &str, sql: &str) -> Vec<String> {
        let Some((what, name)) =
            MISSING.iter().find_map(|(said, what)| Some((*what, message.strip_prefix(said)?)))
        else {
            return Vec::new();
        };
        // 'no such column: "x" - should this be a string literal in single-quotes?'
        let name = name.split(" - ").next().unwrap_or(name).trim_matches('"');
        let name = name.rsplit('.').next().unwrap_or(name);
        let known = match what {
            What::Column => self.columns_in(sql),
            What::Table => self.askable(),
            What::Function => self.functions(),
        };
        // No hint is better than an error about a hint.
        let known = known.unwrap_or_default();
        nearest(name, known.iter().map(String::as_str)).into_iter().map(str::to_owned).collect()
    }

    /// The columns of the tables and views that a statement names, each once.
    fn columns_in(&self, sql: &str) -> Result<Vec<String>, Error> {
        let words: Vec<&str> = words(sql).collect();
        let mut columns = Vec::new();
        for relation in self.askable()? {
            if words.iter().any(|word| word.eq_ignore_ascii_case(&relation)) {
                columns.extend(self.columns(&relation)?.into_iter().map(|column| column.name));
            }
        }
        columns.sort_unstable();
        columns.dedup();
        Ok(columns)
    }

    /// The names of all functions there are.
    fn functions(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.connection().prepare("SELECT DISTINCT name FROM pragma_function_list")?;
        let mut names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        // Operators of SQLite's are functions that nobody calls by name.
        names.retain(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
        names.extend(functions::names().map(str::to_owned));
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }
}

/// The bare and quoted words of some SQL.
pub fn words(sql: &str) -> impl Iterator<Item = &str> {
    let pieces = pieces(sql).0.into_iter();
    pieces.filter(|(piece, _)| matches!(piece, Piece::Word | Piece::Name)).map(|(piece, range)| match piece {
        Piece::Name => sql[range].trim_matches(['"', '`', '[', ']']),
        _ => &sql[range],
    })
}
