//! Aggregates over numbers: what is no number is passed over.

use rusqlite::functions::{Aggregate, Context};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::FLAGS;
use super::names::refuse;

pub fn register(connection: &Connection) -> Result<()> {
    connection.create_aggregate_function("median", 1, FLAGS, Percentile { of: Some(50.0) })?;
    connection.create_aggregate_function("percentile", 2, FLAGS, Percentile { of: None })
}

/// The value that `of` percent of the numbers do not exceed; between two numbers, on the line from one to
/// the other, as spreadsheets and the sqlite3 shell have it. `None`: the second argument names it.
struct Percentile {
    of: Option<f64>,
}

struct Numbers {
    numbers: Vec<f64>,
    of: f64,
}

impl Aggregate<Numbers, Option<f64>> for Percentile {
    fn init(&self, _: &mut Context<'_>) -> Result<Numbers> {
        Ok(Numbers { numbers: Vec::new(), of: self.of.unwrap_or(f64::NAN) })
    }

    fn step(&self, context: &mut Context<'_>, numbers: &mut Numbers) -> Result<()> {
        if self.of.is_none() {
            let of = number(context, 1).filter(|of| (0.0..=100.0).contains(of));
            numbers.of = of.ok_or_else(|| refuse("percentile: a number from 0 to 100 is expected".into()))?;
        }
        numbers.numbers.extend(number(context, 0));
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, numbers: Option<Numbers>) -> Result<Option<f64>> {
        Ok(numbers.and_then(|Numbers { numbers, of }| percentile(numbers, of)))
    }
}

fn number(context: &Context<'_>, at: usize) -> Option<f64> {
    match context.get_raw(at) {
        ValueRef::Integer(n) => Some(n as f64),
        ValueRef::Real(n) => Some(n),
        _ => None,
    }
}

fn percentile(mut numbers: Vec<f64>, of: f64) -> Option<f64> {
    let last = numbers.len().checked_sub(1)?;
    let place = of / 100.0 * last as f64;
    let below = (place.floor() as usize).min(last);
    let (_, &mut lower, above) = numbers.select_nth_unstable_by(below, f64::total_cmp);
    let upper = above.iter().copied().min_by(f64::total_cmp).unwrap_or(lower);
    let part = place - below as f64;
    Some(if part == 0.0 { lower } else { lower + (upper - lower) * part })
}
