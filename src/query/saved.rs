//! Saved queries: `.sql` files whose head comment says what they answer.
//!
//! ```sql
//! -- title: Quotes of a speaker
//! -- description: Everything a speaker is quoted with, and where.
//! -- param speaker (text, default 'Obama'): the name, or part of it
//! SELECT ...
//! ```
//!
//! Lines that begin with `--` and two or more spaces go on with the one before. The head is comment, so
//! that the file runs as it stands in any SQLite shell once its parameters are set.

use std::fs;
use std::path::Path;

use rusqlite::types::Value;
use serde_json::json;

use super::{Answered, Column, Error, Kind, Parameter, Sink, nearest};

/// The built-in queries, from `queries/` (see `build.rs`).
const BUILT_IN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/queries.rs"));

/// A saved query.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedQuery {
    /// The file's name without `.sql`.
    pub name: String,
    /// What it shows, in a few words; the name where the head has no title.
    pub title: String,
    /// The question it answers.
    pub description: String,
    /// What can be set.
    pub parameters: Vec<Parameter>,
    /// The whole file.
    pub sql: String,
    /// Whether it came from a folder of the user's own.
    pub own: bool,
}

/// Every saved query at hand, by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    queries: Vec<SavedQuery>,
}

impl Library {
    /// The built-in queries.
    pub fn built_in() -> Result<Library, Error> {
        let queries: Result<Vec<_>, _> = BUILT_IN
            .iter()
            .map(|(name, sql)| parse(name, sql, &format!("queries/{name}.sql"), false))
            .collect();
        Ok(Library { queries: queries? })
    }

    /// Adds the `.sql` files of a folder; one that bears a built-in query's name takes its place.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let io_error = |path: &Path| {
            let path = path.to_path_buf();
            move |source| Error::Io { path, source }
        };
        for entry in fs::read_dir(folder).map_err(io_error(folder))? {
            let path = entry.map_err(io_error(folder))?.path();
            let (Some(name), Some("sql")) =
                (path.file_stem().and_then(|s| s.to_str()), path.extension().and_then(|e| e.to_str()))
            else {
                continue;
            };
            let sql = fs::read_to_string(&path).map_err(io_error(&path))?;
            let query = parse(name, &sql, &path.display().to_string(), true)?;
            self.queries.retain(|q| q.name != query.name);
            self.queries.push(query);
        }
        self.queries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(())
    }

    /// All of them, by name.
    pub fn queries(&self) -> &[SavedQuery] {
        &self.queries
    }

    /// Hands the list on as rows: name, title, description, parameters (JSON), own.
    pub fn list(&self, sink: &mut dyn Sink) -> Result<Answered, Error> {
        let queries: Vec<_> = self
            .queries
            .iter()
            .map(|q| {
                let parameters: Vec<_> = q
                    .parameters
                    .iter()
                    .map(|p| json!({"name": p.name, "type": p.kind.as_str(), "default": p.default_text(), "meaning": p.meaning}))
                    .collect();
                json!([q.name, q.title, q.description, json!(parameters).to_string(), q.own])
            })
            .collect();
        // SQLite makes the rows here as everywhere.
        let connection = rusqlite::Connection::open_in_memory()?;
        let mut statement = connection.prepare(
            "SELECT value ->> 0 AS name, value ->> 1 AS title, value ->> 2 AS description, \
             value ->> 3 AS parameters, value ->> 4 AS own FROM json_each(?1)",
        )?;
        let columns: Vec<Column> =
            statement.column_names().map(|name| Column { name: name.to_owned(), declared: None }).collect();
        sink.columns(&columns)?;
        let mut rows = statement.query([json!(queries).to_string()])?;
        let mut answered = Answered { rows: 0, cut: None };
        while let Some(row) = rows.next()? {
            sink.row(row)?;
            answered.rows += 1;
        }
        sink.end(&answered)?;
        Ok(answered)
    }

    /// The one that goes by `name`.
    pub fn find(&self, name: &str) -> Result<&SavedQuery, Error> {
        self.queries.iter().find(|q| q.name == name).ok_or_else(|| {
            let names = || self.queries.iter().map(|q| q.name.as_str());
            Error::UnknownQuery {
                name: name.to_owned(),
                near: nearest(name, names()).into_iter().map(str::to_owned).collect(),
                known: names().map(str::to_owned).collect(),
            }
        })
    }
}

/// An entry of a head: `key: value`, over one or more lines.
struct Entry {
    line: usize,
    text: String,
}

/// Reads a query's head.
fn parse(name: &str, sql: &str, origin: &str, own: bool) -> Result<SavedQuery, Error> {
    let mut query = SavedQuery {
        name: name.to_owned(),
        title: String::new(),
        description: String::new(),
        parameters: Vec::new(),
        sql: sql.to_owned(),
        own,
    };
    for entry in entries(sql) {
        let bad = |problem: String| Error::BadHead { origin: origin.to_owned(), line: entry.line, problem };
        if let Some(title) = entry.text.strip_prefix("title:") {
            query.title = title.trim().to_owned();
        } else if let Some(description) = entry.text.strip_prefix("description:") {
            query.description = description.trim().to_owned();
        } else if let Some(parameter) = entry.text.strip_prefix("param ") {
            let parameter = parse_parameter(parameter).map_err(bad)?;
            if query.parameters.iter().any(|p| p.name == parameter.name) {
                return Err(bad(format!("parameter '{}' is declared twice", parameter.name)));
            }
            query.parameters.push(parameter);
        }
    }
    if query.title.is_empty() {
        query.title = name.replace(['-', '_'], " ");
    }
    Ok(query)
}

/// The entries of the comment block that a file begins with.
fn entries(sql: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let lines = sql.trim_start_matches('\u{feff}').lines().enumerate();
    for (n, line) in lines.skip_while(|(_, line)| line.trim().is_empty()) {
        let Some(comment) = line.trim_end().strip_prefix("--") else { break };
        match entries.last_mut() {
            Some(last) if comment.starts_with("  ") => {
                last.text.push(' ');
                last.text.push_str(comment.trim());
            }
            _ => entries.push(Entry { line: n + 1, text: comment.trim().to_owned() }),
        }
    }
    entries
}

/// Reads `name (type, default value): meaning`.
fn parse_parameter(text: &str) -> Result<Parameter, String> {
    const FORM: &str = "expected: param NAME (TYPE, default VALUE): MEANING";
    let (name, rest) = text.split_once('(').ok_or(FORM)?;
    let name = name.trim();
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(format!("'{name}' is no parameter name; {FORM}"));
    }
    let (kind, rest) = rest.split_once(',').ok_or(FORM)?;
    let kind = Kind::of(kind.trim())
        .ok_or_else(|| format!("'{}' is no type: text, integer, number and date are", kind.trim()))?;
    let rest = rest.trim_start().strip_prefix("default ").ok_or(FORM)?;
    let (default, meaning) = parse_default(kind, rest.trim_start())?;
    let meaning = meaning.trim_start().strip_prefix("):").ok_or(FORM)?.trim();
    Ok(Parameter { name: name.to_owned(), kind, default, meaning: meaning.to_owned() })
}

/// Reads a default, and what is left after it: `none`, a number, or text in single quotes.
fn parse_default(kind: Kind, text: &str) -> Result<(Value, &str), String> {
    if let Some(rest) = text.strip_prefix("none") {
        return Ok((Value::Null, rest));
    }
    let (word, rest) = match text.strip_prefix('\'') {
        Some(quoted) => quoted.split_once('\'').ok_or("the default's closing ' is missing")?,
        None => text.split_at(text.find(')').unwrap_or(text.len())),
    };
    let value = kind.read(word).ok_or_else(|| format!("the default '{word}' is no {}", kind.as_str()))?;
    Ok((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "-- title: Quotes of a speaker\n-- description: Everything a speaker is quoted\n--   with, and where.\n\
        -- param speaker (text, default 'O (x)'): the name,\n--   or part of it\n-- param most (integer, default 10): rows\n\
        -- param since (date, default none): from when\n\n-- param late (text, default none): not in the head\nSELECT 1";

    #[test]
    fn a_head_is_read() {
        let query = parse("quotes-of", HEAD, "x.sql", false).unwrap();
        assert_eq!(query.title, "Quotes of a speaker");
        assert_eq!(query.description, "Everything a speaker is quoted with, and where.");
        let [speaker, most, since] = query.parameters.as_slice() else { panic!("{:?}", query.parameters) };
        assert_eq!((speaker.name.as_str(), &speaker.default), ("speaker", &Value::Text("O (x)".into())));
        assert_eq!(speaker.meaning, "the name, or part of it");
        assert_eq!((most.kind, &most.default), (Kind::Integer, &Value::Integer(10)));
        assert_eq!((since.kind, &since.default), (Kind::Date, &Value::Null));
    }

    #[test]
    fn a_bad_head_is_told_with_its_line() {
        for (head, line, word) in [
            ("-- title: x\n-- param n (whole, default 1): y", 2, "'whole' is no type"),
            ("-- param n (integer, default ten): y", 1, "'ten' is no integer"),
            ("-- param (text, default ''): y", 1, "no parameter name"),
            ("-- param n (text, default 'x: y", 1, "closing '"),
            ("-- param n: y", 1, "expected"),
            ("-- param n (text, default ''): a\n-- param n (text, default ''): b", 2, "declared twice"),
        ] {
            let error = parse("x", head, "x.sql", true).unwrap_err().to_string();
            assert!(error.starts_with(&format!("x.sql, line {line}:")) && error.contains(word), "{error}");
        }
    }

    #[test]
    fn a_file_without_a_head_is_a_query_too() {
        let query = parse("my_query", "SELECT :x", "x.sql", true).unwrap();
        assert_eq!((query.title.as_str(), query.parameters.len()), ("my query", 0));
    }
}
