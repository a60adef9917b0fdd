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
    /// The statement that makes the sentence to be said with the answer, where its head has one.
    pub note: Option<String>,
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

/// A file of the user's own that is no query, because it does not read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreadable {
    /// The file's name without `.sql`.
    pub name: String,
    /// Which file, where in it, and why.
    pub reason: String,
}

/// Every saved query at hand, by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    queries: Vec<SavedQuery>,
    unreadable: Vec<Unreadable>,
}

impl Library {
    /// The built-in queries.
    pub fn built_in() -> Result<Library, Error> {
        let queries: Result<Vec<_>, _> = BUILT_IN
            .iter()
            .map(|(name, sql)| parse(name, sql, &format!("queries/{name}.sql"), false))
            .collect();
        Ok(Library { queries: queries?, unreadable: Vec::new() })
    }

    /// Adds the `.sql` files of a folder; one that bears a built-in query's name takes its place. One that does
    /// not read is kept apart, and stops no other.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let io_error = |source| Error::Io { path: folder.to_path_buf(), source };
        for entry in fs::read_dir(folder).map_err(io_error)? {
            let path = entry.map_err(io_error)?.path();
            let (Some(name), Some("sql")) =
                (path.file_stem().and_then(|s| s.to_str()), path.extension().and_then(|e| e.to_str()))
            else {
                continue;
            };
            let origin = path.display().to_string();
            self.queries.retain(|query| query.name != name);
            self.unreadable.retain(|file| file.name != name);
            let read = fs::read_to_string(&path).map_err(|error| format!("{origin}: {error}"));
            match read.and_then(|sql| parse(name, &sql, &origin, true).map_err(|error| error.to_string())) {
                Ok(query) => self.queries.push(query),
                Err(reason) => self.unreadable.push(Unreadable { name: name.to_owned(), reason }),
            }
        }
        self.queries.sort_by(|a, b| a.name.cmp(&b.name));
        self.unreadable.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(())
    }

    /// All of them, by name.
    pub fn queries(&self) -> &[SavedQuery] {
        &self.queries
    }

    /// The files that are none, by name.
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
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
        if let Some(file) = self.unreadable.iter().find(|file| file.name == name) {
            return Err(Error::UnreadableQuery { reason: file.reason.clone() });
        }
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
    let Head { title, description, parameters, chart, scan, key, note } = head;
    Ok(SavedQuery {
        name: name.to_owned(),
        title,
        description,
        parameters,
        chart,
        scan,
        key,
        note,
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
