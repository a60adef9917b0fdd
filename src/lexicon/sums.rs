//! Verbs that say what an amount of money is: what is owed is a debt, what is donated a donation.

use foldhash::HashMap;
use std::sync::LazyLock;

static SUMS: &str = include_str!("../../seeds/reference/sums.csv");

/// When alone a verb says what its amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumOf {
    /// Where nothing says what it is for.
    Anything,
    /// Even where something says what for: "fined $5 for parking".
    Always,
    /// Where it is an amount per a time, for somebody: "pays the nurse $20 an hour".
    Wage,
    /// Where it is no price: shares lose cents.
    Loss,
    /// Where it is all that is made: "made $5 million".
    Made,
}

/// What a verb makes of its amount.
#[derive(Debug, Clone, Copy)]
pub struct Sum {
    /// The noun, singular.
    pub noun: &'static str,
    /// When alone.
    pub of: SumOf,
}

static SUM: LazyLock<HashMap<&str, Sum>> = LazyLock::new(|| {
    let rows = SUMS.lines().skip(1).filter_map(|line| {
        let cells: Vec<&'static str> = line.split(',').collect();
        let [verb, noun, of] = cells[..] else { return None };
        let of = match of {
            "" => SumOf::Anything,
            "always" => SumOf::Always,
            "wage" => SumOf::Wage,
            "sum" => SumOf::Loss,
            "made" => SumOf::Made,
            _ => return None,
        };
        Some((verb, Sum { noun, of }))
    });
    rows.collect()
});

/// What the amount of a lower-case verb is, in any of its forms.
pub fn of_verb(lower: &str) -> Option<Sum> {
    SUM.get(lower).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(SUM.len(), SUMS.lines().skip(1).count(), "sums.csv repeats a verb or has an unknown cell");
    }
}
