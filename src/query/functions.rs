//! SQL functions that news asks for and SQLite lacks: `fold`, `median`. Saved queries do without them,
//! so that they run in any SQLite.

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

/// Registers them on a connection.
pub fn register(connection: &Connection) -> Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("fold", 1, flags, |context| {
        Ok(match context.get_raw(0) {
            ValueRef::Text(text) => Some(crate::lexicon::fold::fold(&String::from_utf8_lossy(text))),
            _ => None,
        })
    })?;
    connection.create_aggregate_function("median", 1, flags, Median)
}

/// The middle value of the numbers; the mean of the middle two where their count is even.
struct Median;

impl Aggregate<Vec<f64>, Option<f64>> for Median {
    fn init(&self, _: &mut Context<'_>) -> Result<Vec<f64>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, numbers: &mut Vec<f64>) -> Result<()> {
        match context.get_raw(0) {
            ValueRef::Integer(n) => numbers.push(n as f64),
            ValueRef::Real(n) => numbers.push(n),
            _ => {}
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, numbers: Option<Vec<f64>>) -> Result<Option<f64>> {
        let Some(mut numbers) = numbers.filter(|numbers| !numbers.is_empty()) else { return Ok(None) };
        let count = numbers.len();
        let (below, &mut upper, _) = numbers.select_nth_unstable_by(count / 2, f64::total_cmp);
        let lower = below.iter().copied().max_by(f64::total_cmp).filter(|_| count.is_multiple_of(2));
        Ok(Some(lower.map_or(upper, |lower| lower + (upper - lower) / 2.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(sql: &str) -> rusqlite::types::Value {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn fold_compares_names() {
        assert_eq!(ask("SELECT fold('François HOLLANDE')"), "francois hollande".to_owned().into());
        assert_eq!(ask("SELECT fold(NULL)"), rusqlite::types::Value::Null);
    }

    #[test]
    fn median_is_the_middle_of_the_numbers() {
        for (values, want) in [
            ("(3), (1), (2)", Some(2.0)),
            ("(4), (1), (2), (3)", Some(2.5)),
            ("(NULL), (7)", Some(7.0)),
            ("('text'), (NULL)", None),
        ] {
            let sql = format!("WITH t (x) AS (VALUES {values}) SELECT median(x) FROM t");
            assert_eq!(ask(&sql), want.into(), "{values}");
        }
        assert_eq!(ask("SELECT median(1) WHERE 0"), rusqlite::types::Value::Null);
    }
}
