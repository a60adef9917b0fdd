//! Answers: a statement's rows, handed on one by one in constant memory.

use std::io;

use rusqlite::types::Value;
use rusqlite::{ErrorCode, Row, Statement};

use super::most::Most;
use super::parameter::{by_looks, declared};
use super::{Error, Given, Limits, Parameter, Reader, nearest};

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, as the statement gives it.
    pub name: String,
    /// The type its table declares, where it is a table's column.
    pub declared: Option<String>,
}

/// What takes an answer's rows.
pub trait Sink {
    /// Called once, before any row.
    fn columns(&mut self, columns: &[Column]) -> io::Result<()>;
    /// Called for each row; it has as many cells as there are columns.
    fn row(&mut self, row: &Row<'_>) -> io::Result<()>;
    /// Called once after the last row, unless the answer failed.
    fn end(&mut self, answered: &Answered) -> io::Result<()>;
}

/// What cut an answer short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// There were more rows than were asked for.
    Rows(u64),
    /// So many seconds were over.
    Seconds(u64),
    /// The statement's own parameter `most`, by which it holds back all but the first so many.
    Most(u64),
}

/// An answer's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Rows handed on.
    pub rows: u64,
    /// What cut it short, if anything did.
    pub cut: Option<Cut>,
}

impl Reader {
    /// Runs one statement and hands its rows to `sink`. Parameters that `parameters` declares are bound by
    /// their kind, and have defaults; others by their looks, and must be given.
    pub fn answer(
        &self,
        sql: &str,
        parameters: &[Parameter],
        given: &[Given],
        limits: Limits,
        sink: &mut dyn Sink,
    ) -> Result<Answered, Error> {
        self.start(limits.seconds);
        let answered = self.hand_out(sql, parameters, given, limits, sink);
        self.rest();
        answered
    }

    fn hand_out(
        &self,
        sql: &str,
        parameters: &[Parameter],
        given: &[Given],
        limits: Limits,
        sink: &mut dyn Sink,
    ) -> Result<Answered, Error> {
        let mut statement = self.prepare(sql)?;
        bind(&mut statement, parameters, given)?;
        let most = Most::of(sql, parameters, given).filter(|_| limits.tells_most);
        if let Some(most) = most.as_ref().filter(|most| most.is_last) {
            most.bind_one_more(&mut statement)?;
        }
        let columns: Vec<Column> = statement
            .columns()
            .map(|c| Column { name: c.name().to_owned(), declared: c.decl_type().map(str::to_owned) })
            .collect();
        let mut rows = statement.raw_query();
        // The first step runs before anything is printed: a statement that fails at once prints nothing.
        let mut next = rows.next().map_err(|error| self.sort(error, sql, limits))?;
        sink.columns(&columns)?;
        let mut answered = Answered { rows: 0, cut: None };
        while let Some(row) = next {
            if limits.rows.is_some_and(|most| answered.rows >= most) {
                answered.cut = Some(Cut::Rows(answered.rows));
                break;
            }
            if let Some(most) = most.as_ref().filter(|most| most.is_last && answered.rows >= most.number) {
                answered.cut = Some(Cut::Most(most.number));
                break;
            }
            sink.row(row)?;
            answered.rows += 1;
            next = match rows.next().map_err(|error| self.sort(error, sql, limits)) {
                Ok(next) => next,
                Err(Error::TimedOut { seconds }) => {
                    answered.cut = Some(Cut::Seconds(seconds));
                    break;
                }
                Err(error) => return Err(error),
            };
        }
        drop(rows);
        if let (None, Some(most)) = (answered.cut, most.filter(|most| !most.is_last)) {
            answered.cut = most.held_back(&mut statement, answered.rows).map_err(|error| match error {
                Error::Sqlite(error) => self.sort(error, sql, limits),
                error => error,
            })?;
        }
        // What comes now is writing, and may take as long as it takes.
        self.clock().stop();
        sink.end(&answered)?;
        Ok(answered)
    }

    /// Prepares one statement that returns rows.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>, Error> {
        let statement =
            self.connection().prepare(sql).map_err(|error| self.sort(error, sql, Limits::default()))?;
        match statement.column_count() {
            0 if statement.expanded_sql().is_none() => Err(Error::Nothing),
            _ if !statement.readonly() => Err(Error::Refused { deed: "it would write".to_owned() }),
            0 => Err(Error::Refused { deed: "it asks for no rows".to_owned() }),
            _ => Ok(statement),
        }
    }

    /// The names of a statement's parameters, without their signs.
    pub fn parameters_of(&self, sql: &str) -> Result<Vec<String>, Error> {
        let statement = self.prepare(sql)?;
        let names = (1..=statement.parameter_count()).filter_map(|at| statement.parameter_name(at));
        Ok(names.map(|name| name.trim_start_matches([':', '@', '$']).to_owned()).collect())
    }

    /// Sorts an error of SQLite's about a statement.
    fn sort(&self, error: rusqlite::Error, sql: &str, limits: Limits) -> Error {
        if let Some(deed) = self.refused() {
            return Error::Refused { deed };
        }
        match error {
            rusqlite::Error::MultipleStatement => Error::Several,
            rusqlite::Error::SqlInputError { msg, offset, .. } => {
                let near = self.meant(&msg, sql);
                Error::Sql { message: msg, near, sql: sql.to_owned(), offset: usize::try_from(offset).ok() }
            }
            error if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                match limits.seconds {
                    Some(seconds) if self.timed_out() => Error::TimedOut { seconds },
                    _ => Error::Interrupted,
                }
            }
            error if error.sqlite_error_code() == Some(ErrorCode::OutOfMemory) => {
                Error::OutOfMemory { megabytes: self.memory().megabytes }
            }
            error if error.sqlite_error_code() == Some(ErrorCode::TooBig) => {
                Error::TooLong { megabytes: (self.memory().longest_value() >> 20).unsigned_abs() }
            }
            error if error.sqlite_error_code() == Some(ErrorCode::ReadOnly) => {
                Error::Refused { deed: "it would write".to_owned() }
            }
            rusqlite::Error::SqliteFailure(_, Some(message)) => {
                let near = self.meant(&message, sql);
                Error::Sql { message, near, sql: sql.to_owned(), offset: None }
            }
            error => Error::Sqlite(error),
        }
    }
}

/// Gives every parameter of a statement its value.
fn bind(statement: &mut Statement<'_>, parameters: &[Parameter], given: &[Given]) -> Result<(), Error> {
    for (n, one) in given.iter().enumerate() {
        if given[..n].iter().any(|other| other.bare_name() == one.bare_name()) {
            return Err(Error::GivenTwice { name: one.bare_name().to_owned() });
        }
    }
    let mut known: Vec<String> = Vec::new();
    let mut missing = Vec::new();
    for index in 1..=statement.parameter_count() {
        let place = statement.parameter_name(index).unwrap_or("?").to_owned();
        let name = place.trim_start_matches([':', '@', '$']).to_owned();
        if name.starts_with('?') {
            return Err(Error::NamelessParameter { place });
        }
        let one = given.iter().find(|one| one.bare_name() == name);
        match (value_of(&name, parameters, one), one) {
            (Some(value), _) => statement.raw_bind_parameter(index, value?)?,
            (None, _) => missing.push(place),
        }
        known.push(name);
    }
    let unknown = given.iter().map(Given::bare_name).find(|name| !known.iter().any(|k| k == name));
    if let Some(name) = unknown {
        let near = nearest(name, known.iter().map(String::as_str)).into_iter().map(str::to_owned).collect();
        return Err(Error::UnknownParameter { name: name.to_owned(), near, known });
    }
    if missing.is_empty() { Ok(()) } else { Err(Error::MissingParameters { names: missing }) }
}

/// What every parameter is, as it is bound: as given, or by default.
pub fn settled(parameters: &[Parameter], given: &[Given]) -> Result<Vec<(String, serde_json::Value)>, Error> {
    let declared = parameters.iter().map(|p| p.name.as_str());
    let others = given.iter().map(Given::bare_name).filter(|name| parameters.iter().all(|p| p.name != *name));
    let value = |name: &str| {
        let given = given.iter().find(|given| given.bare_name() == name);
        value_of(name, parameters, given).map(|value| Ok((name.to_owned(), in_json(value?))))
    };
    declared.chain(others).filter_map(value).collect()
}

fn in_json(value: Value) -> serde_json::Value {
    match value {
        Value::Null | Value::Blob(_) => serde_json::Value::Null,
        Value::Integer(n) => n.into(),
        Value::Real(n) => n.into(),
        Value::Text(text) => text.into(),
    }
}

/// A parameter's value: as given, or its default; `None` where it has neither.
pub(super) fn value_of(
    name: &str,
    parameters: &[Parameter],
    given: Option<&Given>,
) -> Option<Result<Value, Error>> {
    match (parameters.iter().find(|p| p.name == name), given) {
        (Some(parameter), Some(given)) => Some(declared(parameter, &given.word)),
        (Some(parameter), None) => parameter.default.clone().map(Ok),
        (None, Some(given)) => Some(Ok(by_looks(&given.word))),
        (None, None) => None,
    }
}
