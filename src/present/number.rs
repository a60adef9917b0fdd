//! Numbers as people write them: `250000` for the 250000.0 of a REAL column, and no digit lost.

use std::io::{self, Write};

/// Numbers below it that have no fraction are written as integers.
const INTEGRAL: f64 = 1e15;

/// Appends an integer's digits.
pub fn integer(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Writes a number so that it reads back as itself.
pub fn write_real(out: &mut impl Write, number: f64) -> io::Result<()> {
    if !number.is_finite() {
        return out.write_all(if number > 0.0 { b"Inf" } else { b"-Inf" });
    }
    if number.abs() < INTEGRAL && number.fract() == 0.0 {
        return out.write_all(itoa::Buffer::new().format(number as i64).as_bytes());
    }
    let mut buffer = zmij::Buffer::new();
    let digits = buffer.format_finite(number);
    out.write_all(digits.strip_suffix(".0").unwrap_or(digits).as_bytes())
}

/// The same as a string.
pub fn real(number: f64) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail, and digits are UTF-8.
    let _ = write_real(&mut out, number);
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_well() {
        for (number, want) in [
            (250_000.0, "250000"),
            (2.5, "2.5"),
            (-0.1, "-0.1"),
            (-0.0, "0"),
            (1e22, "1e+22"),
            (1.5e-7, "1.5e-7"),
            (f64::INFINITY, "Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(real(number), want);
        }
    }

    proptest! {
        #[test]
        fn reads_back(number in any::<f64>().prop_filter("SQLite has no NaN", |n| n.is_finite())) {
            prop_assert_eq!(real(number).parse::<f64>().unwrap(), number);
        }
    }
}
