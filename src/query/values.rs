//! What is worth giving for a parameter, and what somebody may have meant who gave something else.

use std::collections::BTreeSet;

use super::{Error, Given, Parameter, Reader, Values, nearest};
use crate::lexicon::fold::fold;

/// Seconds that listing values may take.
const LISTING: u64 = 2;

/// Values looked through for what was meant.
const LOOKED_THROUGH: usize = 50_000;

impl Reader {
    /// What is worth giving for a parameter: what its head lists, or what its statement finds, `most` at
    /// most.
    pub fn values(&self, parameter: &Parameter, most: usize) -> Result<Vec<String>, Error> {
        match &parameter.values {
            Values::Any | Values::From(_) => Ok(Vec::new()),
            Values::Listed(listed) => Ok(listed.iter().take(most).cloned().collect()),
            Values::Query(sql) => {
                self.start(Some(LISTING));
                let found = self.found(sql, most);
                self.rest();
                found
            }
        }
    }

    fn found(&self, sql: &str, most: usize) -> Result<Vec<String>, Error> {
        let mut statement = self.prepare(sql)?;
        let values = statement.raw_query();
        let word = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
        let words = values.mapped(word).take(most).collect::<Result<Vec<_>, _>>()?;
        Ok(words.into_iter().filter_map(in_words).collect())
    }

    /// Which of the words given occur in nothing that is worth giving, and what may have been meant: told
    /// where an answer is empty.
    pub fn misses(&self, parameters: &[Parameter], given: &[Given]) -> Result<Vec<String>, Error> {
        let mut misses = Vec::new();
        for one in given.iter().filter(|one| !one.word.trim().is_empty()) {
            let listed = |p: &&Parameter| p.name == one.bare_name() && matches!(p.values, Values::Query(_));
            let Some(parameter) = parameters.iter().find(listed) else { continue };
            let known = self.values(parameter, LOOKED_THROUGH)?;
            let wanted = fold(&one.word);
            if known.iter().any(|value| fold(value).contains(&wanted)) {
                continue;
            }
            // A part of a name was asked for, more often than not: its words are names as well.
            let words: BTreeSet<&str> =
                known.iter().flat_map(|value| value.split_whitespace().chain([value.as_str()])).collect();
            let near = nearest(&one.word, words);
            let meant = match near.as_slice() {
                [] => String::new(),
                near => format!("; did you mean {}?", near.join(" or ")),
            };
            misses.push(format!("no {} holds '{}'{meant}", parameter.name, one.word));
        }
        Ok(misses)
    }
}

pub(super) fn in_words(value: rusqlite::types::Value) -> Option<String> {
    use rusqlite::types::Value;
    match value {
        Value::Text(text) => Some(text),
        Value::Integer(n) => Some(n.to_string()),
        Value::Real(n) => Some(n.to_string()),
        Value::Null | Value::Blob(_) => None,
    }
}
