//! What columns hold: SQLite tells only cell by cell, and some formats want to know of the whole column.

use rusqlite::types::ValueRef;

use super::guard::LONGEST_NUMBER;
use crate::query::Column;

/// Integers up to here are the same as REAL.
const EXACT: u64 = 1 << 53;

/// What every cell of a column is, NULL apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Text, or cells of several kinds.
    Text,
    /// Bytes.
    Bytes,
}

/// A column, and what was seen in it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The column.
    pub column: Column,
    integers: bool,
    reals: bool,
    texts: bool,
    blobs: bool,
    /// An integer that is not the same as REAL.
    huge: bool,
    /// An integer with more digits than a spreadsheet keeps.
    long: bool,
}

impl Seen {
    /// Nothing yet.
    pub fn of(column: &Column) -> Seen {
        let column = column.clone();
        Seen { column, integers: false, reals: false, texts: false, blobs: false, huge: false, long: false }
    }

    /// Takes note of a cell.
    pub fn note(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => {}
            ValueRef::Integer(number) => {
                self.integers = true;
                self.huge |= number.unsigned_abs() > EXACT;
                self.long |= number.unsigned_abs() >= LONGEST_NUMBER;
            }
            ValueRef::Real(_) => self.reals = true,
            ValueRef::Text(_) => self.texts = true,
            ValueRef::Blob(_) => self.blobs = true,
        }
    }

    /// Whether it holds an integer that a spreadsheet is not trusted with.
    pub fn has_long_integer(&self) -> bool {
        self.long
    }

    /// What it holds; where nothing was seen, what the table declares, or text, which takes all.
    pub fn kind(&self) -> Kind {
        let declared = self.column.declared.as_deref().unwrap_or("");
        let is_real = self.reals || declared.eq_ignore_ascii_case("REAL");
        match (self.texts, self.blobs, self.integers || self.reals) {
            (true, _, _) | (_, true, true) => Kind::Text,
            (_, true, false) => Kind::Bytes,
            (_, _, true) if is_real && self.huge => Kind::Text,
            (_, _, true) if is_real => Kind::Number,
            (_, _, true) => Kind::Integer,
            _ if is_real => Kind::Number,
            _ if declared.eq_ignore_ascii_case("INTEGER") || declared.eq_ignore_ascii_case("INT") => {
                Kind::Integer
            }
            _ if declared.eq_ignore_ascii_case("BLOB") => Kind::Bytes,
            _ => Kind::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_what_all_its_cells_are() {
        let kind = |declared: Option<&str>, values: &[ValueRef<'_>]| {
            let mut seen = Seen::of(&Column { name: String::new(), declared: declared.map(str::to_owned) });
            values.iter().for_each(|value| seen.note(*value));
            seen.kind()
        };
        let (one, half, huge) = (ValueRef::Integer(1), ValueRef::Real(0.5), ValueRef::Integer(i64::MAX));
        assert_eq!(kind(None, &[one, ValueRef::Null]), Kind::Integer);
        assert_eq!(kind(None, &[one, half]), Kind::Number);
        assert_eq!(kind(None, &[huge, half]), Kind::Text, "no digit is lost");
        assert_eq!(kind(Some("REAL"), &[one]), Kind::Number);
        assert_eq!(kind(None, &[one, ValueRef::Text(b"a")]), Kind::Text);
        assert_eq!(kind(None, &[ValueRef::Blob(b"a")]), Kind::Bytes);
        assert_eq!(kind(None, &[ValueRef::Blob(b"a"), one]), Kind::Text);
        assert_eq!(kind(Some("INTEGER"), &[]), Kind::Integer);
        assert_eq!(kind(None, &[]), Kind::Text);
    }
}
