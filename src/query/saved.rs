//! Saved queries: `.sql` files whose head says what they answer (see [`super::head`]).

use std::fs;
use std::path::Path;

use serde_json::json;

use super::Chart;
use super::head::{self, Head, Problem};
use super::{Answered, Column, Error, Parameter, Sink, nearest};

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
    /// The picture of its answer, where its head names one.
    pub chart: Option<Chart>,
    /// What it must read whole, and why, where its head says so.
    pub scan: Option<String>,
    /// The columns by which a row is known again; none for all.
    pub key: Vec<String>,
    /// The whole file.
    pub sql: String,
    /// Whether it came from a folder of the user's own.
    pub own: bool,
}

impl SavedQuery {
    /// Reads a query of the user's own from its text.
    pub fn read(name: &str, sql: &str) -> Result<SavedQuery, Error> {
        parse(name, sql, &format!("{name}.sql"), true)
    }

    /// The statement without its head.
    pub fn statement(&self) -> &str {
        let mut rest = self.sql.trim_start_matches('\u{feff}');
        while rest.trim_start().starts_with("--") {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
        rest
    }
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

/// Reads a query's file.
fn parse(name: &str, sql: &str, origin: &str, own: bool) -> Result<SavedQuery, Error> {
    let mut head = head::parse(sql).map_err(|Problem { line, problem }| Error::BadHead {
        origin: origin.to_owned(),
        line,
        problem,
    })?;
    if head.title.is_empty() {
        head.title = name.replace(['-', '_'], " ");
    }
    let Head { title, description, parameters, chart, scan, key } = head;
    Ok(SavedQuery {
        name: name.to_owned(),
        title,
        description,
        parameters,
        chart,
        scan,
        key,
        sql: sql.to_owned(),
        own,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_head_is_told_with_its_file() {
        let error = parse("x", "-- title: x\n-- param n: y", "x.sql", true).unwrap_err().to_string();
        assert!(error.starts_with("x.sql, line 2: expected"), "{error}");
    }

    #[test]
    fn a_file_without_a_head_is_a_query_too() {
        let query = parse("my_query", "SELECT :x", "x.sql", true).unwrap();
        assert_eq!((query.title.as_str(), query.parameters.len()), ("my query", 0));
    }
}
