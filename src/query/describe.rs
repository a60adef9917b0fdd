//! What tables, views and columns mean: read from the comments that stand in the schema itself, which
//! SQLite keeps word for word.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;

use super::{Error, Reader, meanings, nearest};

/// A table or view of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name in SQL.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Described>,
}

/// A column and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// What the schema says of it; empty where it says nothing.
    pub meaning: String,
}

/// Tables and views that people may take away, by name: not those of SQLite, full text and migrations.
const NAMES: &str = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') \
    AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_search%' ESCAPE '\\' \
    AND name NOT LIKE 'refinery\\_%' ESCAPE '\\' ORDER BY name";

/// Full text tables: asked with MATCH, and of no use to take away.
const FULL_TEXT: &str = "SELECT name FROM sqlite_schema \
    WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name";

impl Reader {
    /// The names of all that can be asked in SQL: what can be taken away, and the full text tables.
    pub fn askable(&self) -> Result<Vec<String>, Error> {
        let mut names = self.full_text()?;
        names.extend(self.relations()?);
        names.sort_unstable();
        Ok(names)
    }

    /// The names of the full text tables.
    pub fn full_text(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.connection().prepare(FULL_TEXT)?;
        let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names)
    }

    /// The names of all tables and views that people may take away.
    pub fn relations(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.connection().prepare(NAMES)?;
        let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names)
    }

    /// The relation that goes by `name`: the flat view of that subject where there is one, or the table or
    /// view itself.
    pub fn relation(&self, name: &str) -> Result<Relation, Error> {
        let names = self.relations()?;
        let flat = format!("{name}_full");
        let Some(found) = names.iter().find(|n| **n == flat).or_else(|| names.iter().find(|n| *n == name))
        else {
            // A table and its flat view are asked for by one name.
            let known: BTreeSet<&str> = names.iter().map(|n| n.strip_suffix("_full").unwrap_or(n)).collect();
            return Err(Error::UnknownRelation {
                name: name.to_owned(),
                near: nearest(name, known.iter().copied()).into_iter().map(str::to_owned).collect(),
                known: known.into_iter().map(str::to_owned).collect(),
            });
        };
        Ok(Relation { name: found.clone(), columns: self.columns(found)? })
    }

    /// The columns of the table or view of exactly that name.
    pub fn columns(&self, name: &str) -> Result<Vec<Described>, Error> {
        let sql: String =
            self.connection()
                .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [name], |row| row.get(0))?;
        // What a table leaves unsaid may be said by the flat view of the same subject.
        let view: Option<String> = self
            .connection()
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1 || '_full'", [name], |row| row.get(0))
            .optional()?;
        let told = |column: &str| {
            let said = [Some(&sql), view.as_ref()].into_iter().flatten().map(|sql| meaning(sql, column));
            said.into_iter().find(|said| !said.is_empty()).unwrap_or_else(|| meanings::known(name, column))
        };
        let mut statement =
            self.connection().prepare("SELECT name FROM pragma_table_xinfo(?1) ORDER BY cid")?;
        let columns = statement
            .query_map([name], |row| row.get::<_, String>(0))?
            .map(|column| column.map(|column| Described { meaning: told(&column), name: column }))
            .collect::<Result<_, _>>()?;
        Ok(columns)
    }
}

/// How what people may ask for is made: tables, views, and the indexes of tables.
const SCHEMA: &str = "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND (?1 IS NULL OR tbl_name = ?1) \
    AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND type <> 'trigger' ORDER BY tbl_name, type DESC, name";

impl Reader {
    /// The statements that made a table or view, or all of them.
    pub fn schema(&self, name: Option<&str>) -> Result<Vec<String>, Error> {
        let mut statement = self.connection().prepare(SCHEMA)?;
        let made = statement.query_map([name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(made)
    }

    /// The statement that asks for all rows of a relation, in the order of its first column; an article's
    /// text is left out unless `text` asks for it.
    pub fn everything(&self, relation: &Relation, text: bool) -> String {
        let without_text = !text && matches!(relation.name.as_str(), "articles_full" | "articles");
        let columns: Vec<String> = relation
            .columns
            .iter()
            .filter(|column| !(without_text && column.name == "text"))
            .map(|column| quoted(&column.name))
            .collect();
        format!("SELECT {} FROM {} ORDER BY 1", columns.join(", "), quoted(&relation.name))
    }

    /// The number and the begin of the last import, as the receipt of an export tells them.
    pub fn last_run(&self) -> Result<Option<String>, Error> {
        let sql = "SELECT 'import ' || id || ' of ' || started_at FROM runs ORDER BY id DESC LIMIT 1";
        let mut statement = self.connection().prepare(sql)?;
        let mut rows = statement.query([])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }
}

/// A name as SQL takes it, whatever it holds.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The comment behind a column's line in a CREATE statement; the column's name begins the line of a table,
/// and ends that of a view.
fn meaning(sql: &str, column: &str) -> String {
    let is_view = sql.trim_start().to_ascii_uppercase().starts_with("CREATE VIEW");
    let lines: Vec<(&str, &str)> =
        sql.lines().map(|line| line.split_once("--").unwrap_or((line, ""))).collect();
    let names = |code: &str| {
        let mut words = code.trim().trim_end_matches(',').split([' ', '.', '(', ')']);
        let word = if is_view { words.next_back() } else { words.next() };
        word == Some(column)
    };
    let Some(at) = lines.iter().position(|(code, _)| names(code)) else { return String::new() };
    let mut meaning = lines[at].1.trim().to_owned();
    // A comment runs on over lines that hold nothing else.
    for (_, comment) in lines[at + 1..].iter().take_while(|(code, c)| code.trim().is_empty() && !c.is_empty())
    {
        meaning.push(' ');
        meaning.push_str(comment.trim());
    }
    meaning
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn comments_are_found_by_their_column() {
        let table = "CREATE TABLE t (\n  id INTEGER, -- the number\n  at TEXT, -- when; NULL\n      -- when not\n  x)";
        assert_eq!(meaning(table, "id"), "the number");
        assert_eq!(meaning(table, "at"), "when; NULL when not");
        assert_eq!(meaning(table, "x"), "");
        let view = "CREATE VIEW v AS\nSELECT\n  a.id, -- the number\n  (SELECT 1) AS n  -- how many\nFROM a";
        assert_eq!((meaning(view, "id"), meaning(view, "n")), ("the number".into(), "how many".into()));
    }
}
