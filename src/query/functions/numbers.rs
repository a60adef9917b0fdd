//! Aggregates over numbers: what is no number is passed over.

use rusqlite::functions::{Aggregate, Context};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::FLAGS;
use super::names::refuse;

pub fn register(connection: &Connection, most: usize) -> Result<()> {
    connection.create_aggregate_function("median", 1, FLAGS, Percentile { of: Some(50.0), most })?;
    connection.create_aggregate_function("percentile", 2, FLAGS, Percentile { of: None, most })
}

/// The value that `of` percent of the numbers do not exceed; between two numbers, on the line from one to
/// the other, as spreadsheets and the sqlite3 shell have it. `None`: the second argument names it.
struct Percentile {
    of: Option<f64>,
    /// Numbers that it gathers at most.
    most: usize,
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
        if numbers.numbers.len() > self.most {
            let most = self.most;
            return Err(refuse(format!(
                "median and percentile take {most} numbers at most within this memory; --memory MB allows more"
            )));
        }
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
    // The place in hundredths, so that whole percents of whole numbers stay whole all the way: a hundredth of
    // them is hardly ever a binary fraction.
    let place = tidy(of * last as f64);
    let below = ((place / 100.0).floor() as usize).min(last);
    let part = place - below as f64 * 100.0;
    let (_, &mut lower, above) = numbers.select_nth_unstable_by(below, f64::total_cmp);
    let upper = above.iter().copied().min_by(f64::total_cmp).unwrap_or(lower);
    Some(if part == 0.0 || lower == upper { lower } else { lower + (upper - lower) * part / 100.0 })
}

/// The whole number that a product was meant to be, where it missed it by rounding alone.
fn tidy(product: f64) -> f64 {
    let whole = product.round();
    if (product - whole).abs() <= 4.0 * f64::EPSILON * whole { whole } else { product }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_whole_is_exactly_so() {
        for (numbers, of, want) in [
            (vec![0.0, 1_000_000.0], 70.0, 700_000.0),
            ((0..=10).map(|n| f64::from(n) * 100_000.0).collect(), 70.0, 700_000.0),
            ((0..=10).map(|n| f64::from(n) * 1_000_000.0).collect(), 23.0, 2_300_000.0),
            (vec![1.0, 2.0], 50.0, 1.5),
            (vec![0.1, 0.1, 0.1], 33.3, 0.1),
            (vec![5.0], 99.0, 5.0),
            ((0..=1000).map(f64::from).collect(), 0.7, 7.0),
            ((0..=1000).map(f64::from).collect(), 99.9, 999.0),
            (vec![3.0, 1.0, 2.0], 100.0, 3.0),
        ] {
            assert_eq!(percentile(numbers.clone(), of), Some(want), "{of} of {numbers:?}");
        }
        assert_eq!(percentile(Vec::new(), 50.0), None);
    }

    proptest! {
        #[test]
        fn at_a_number_it_is_that_number(mut numbers in prop::collection::vec(-1e9..1e9, 2..300), at in 0.0..1.0) {
            let last = numbers.len() - 1;
            let at = (at * numbers.len() as f64) as usize;
            let found = percentile(numbers.clone(), 100.0 * at as f64 / last as f64);
            numbers.sort_by(f64::total_cmp);
            prop_assume!(at <= last);
            prop_assert_eq!(found, Some(numbers[at]));
        }
    }
}
