//! What a query's own parameter `most` holds back: a list of which nobody knows that it is cut is taken for the
//! whole.

use rusqlite::types::Value;
use rusqlite::{ErrorCode, Statement};

use super::answer::value_of;
use super::{Cut, Error, Given, Parameter};

/// The parameter that says how many rows, or things with rows, a query gives at most.
const MOST: &str = "most";

/// The value of a statement's parameter `most`.
pub(super) struct Most {
    pub number: u64,
    /// Whether the statement ends with it, so that one row more is all that one more lets through.
    pub is_last: bool,
}

impl Most {
    /// What it is in a statement that has one; 0 is none.
    pub fn of(sql: &str, parameters: &[Parameter], given: &[Given]) -> Option<Most> {
        let one = given.iter().find(|one| one.bare_name() == MOST);
        let Some(Ok(Value::Integer(number))) = value_of(MOST, parameters, one) else { return None };
        let number = u64::try_from(number).ok().filter(|number| (1..i64::MAX as u64).contains(number))?;
        Some(Most { number, is_last: ends_with_it(sql) })
    }

    /// Lets one more through; says whether the statement has such a parameter.
    pub fn bind_one_more(&self, statement: &mut Statement<'_>) -> Result<bool, Error> {
        let Some(index) = statement.parameter_index(&format!(":{MOST}"))? else { return Ok(false) };
        statement
            .raw_bind_parameter(index, i64::try_from(self.number).unwrap_or(i64::MAX).saturating_add(1))?;
        Ok(true)
    }

    /// Whether a statement that gave so many rows gives more when one more is let through. It is asked again, for
    /// what it holds back may belong anywhere between its rows.
    pub fn held_back(&self, statement: &mut Statement<'_>, rows: u64) -> Result<Option<Cut>, Error> {
        if rows < self.number || !self.bind_one_more(statement)? {
            return Ok(None);
        }
        let mut again = statement.raw_query();
        let mut count = 0;
        while count <= rows {
            match again.next() {
                Ok(Some(_)) => count += 1,
                Ok(None) => return Ok(None),
                // Stopped by the clock: what is not known to be whole is not called so.
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => break,
                Err(error) => return Err(Error::Sqlite(error)),
            }
        }
        Ok(Some(Cut::Most(self.number)))
    }
}

/// Whether a statement ends with `LIMIT` and the parameter: a bracket that closes behind it closes a part. What is
/// skipped (behind `OFFSET`, or before a comma) is no limit.
fn ends_with_it(sql: &str) -> bool {
    let upper = sql.to_ascii_uppercase();
    let Some((_, end)) = upper.rsplit_once("LIMIT") else { return false };
    let end = end.rsplit_once("OFFSET").map_or(end, |(limit, _)| limit);
    let mut depth = 0_i32;
    let mut limit = end;
    for (at, c) in end.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return false,
            ')' => depth -= 1,
            ',' if depth == 0 => limit = &end[at + 1..],
            _ => {}
        }
    }
    let name = format!(":{}", MOST.to_ascii_uppercase());
    limit
        .match_indices(&name)
        .any(|(at, _)| !limit[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_in_a_part_is_not_the_last() {
        for (sql, last) in [
            ("SELECT 1 LIMIT :most", true),
            ("SELECT 1 LIMIT coalesce(nullif(:most, ''), 100);\n", true),
            ("WITH a AS (SELECT 1 LIMIT :most) SELECT * FROM a", false),
            ("SELECT * FROM (SELECT 1 LIMIT coalesce(:most, 1)) ORDER BY 1", false),
            ("SELECT 1 LIMIT 5", false),
            ("SELECT 1 LIMIT :most OFFSET 5", true),
            ("SELECT 1 LIMIT 5 OFFSET :most", false),
            ("SELECT 1 LIMIT 5, :most", true),
            ("SELECT 1 LIMIT :most, 5", false),
            ("SELECT 1 LIMIT min(5, :most)", true),
            ("SELECT 1 LIMIT :mostly", false),
            ("SELECT :most", false),
        ] {
            assert_eq!(ends_with_it(sql), last, "{sql}");
        }
    }
}
