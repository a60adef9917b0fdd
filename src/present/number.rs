//! Numbers as people write them: `250000` for the 250000.0 of a REAL column, and no digit lost.

use std::io::{self, Write};

/// Writes a number so that it reads back as itself.
pub fn write_real(out: &mut impl Write, number: f64) -> io::Result<()> {
    let size = number.abs();
    match size {
        _ if !number.is_finite() => write!(out, "{}", if number > 0.0 { "Inf" } else { "-Inf" }),
        0.0 => out.write_all(b"0"),
        1e-5..1e16 => write!(out, "{number}"),
        _ => write!(out, "{number:e}"),
    }
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
            (1e22, "1e22"),
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
