//! What an answer must not be read without: a sentence that the head's own statement makes of the archive and the
//! parameters, such as how much of the archive was looked at.

use super::answer::value_of;
use super::values::in_words;
use super::{Error, Given, Parameter, Reader};

/// Seconds that making the sentence may take.
const MAKING: u64 = 5;

impl Reader {
    /// The sentence that the statement of a head's `note` gives with these parameters; `None` where it gives none.
    pub fn note(
        &self,
        sql: &str,
        parameters: &[Parameter],
        given: &[Given],
    ) -> Result<Option<String>, Error> {
        self.start(Some(MAKING));
        let made = self.made(sql, parameters, given);
        self.rest();
        match made {
            // What is said beside an answer is no reason to give none.
            Err(_) if self.timed_out() => Ok(None),
            made => made,
        }
    }

    fn made(&self, sql: &str, parameters: &[Parameter], given: &[Given]) -> Result<Option<String>, Error> {
        let mut statement = self.prepare(sql)?;
        for index in 1..=statement.parameter_count() {
            let name =
                statement.parameter_name(index).unwrap_or("?").trim_start_matches([':', '@', '$']).to_owned();
            let one = given.iter().find(|one| one.bare_name() == name);
            if let Some(value) = value_of(&name, parameters, one) {
                statement.raw_bind_parameter(index, value?)?;
            }
        }
        let mut rows = statement.raw_query();
        match rows.next()? {
            Some(row) => Ok(in_words(row.get(0)?)),
            None => Ok(None),
        }
    }
}
