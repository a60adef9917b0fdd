//! For the tests of sinks: the rows of a statement, written.

use rusqlite::{Connection, ToSql};

use crate::query::{Answered, Column, Sink};

/// Hands a statement's rows to a sink.
pub fn feed(sql: &str, values: &[&dyn ToSql], sink: &mut dyn Sink) {
    let connection = Connection::open_in_memory().unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let columns: Vec<Column> =
        statement.column_names().map(|name| Column { name: name.to_owned(), declared: None }).collect();
    sink.columns(&columns).unwrap();
    let mut rows = statement.query(values).unwrap();
    let mut answered = Answered { rows: 0, cut: None };
    while let Some(row) = rows.next().unwrap() {
        sink.row(row).unwrap();
        answered.rows += 1;
    }
    sink.end(&answered).unwrap();
}

/// What a sink makes of a statement's rows.
pub fn bytes(sql: &str, sink: impl for<'o> FnOnce(&'o mut Vec<u8>) -> Box<dyn Sink + 'o>) -> Vec<u8> {
    let mut out = Vec::new();
    feed(sql, &[], &mut *sink(&mut out));
    out
}

/// The same, as text.
pub fn written(sql: &str, sink: impl for<'o> FnOnce(&'o mut Vec<u8>) -> Box<dyn Sink + 'o>) -> String {
    String::from_utf8(bytes(sql, sink)).unwrap()
}
