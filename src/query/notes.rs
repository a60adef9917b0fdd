//! What an answer must not be read without: a sentence that the head's own statement makes of the archive and the
//! parameters, such as how much of the archive was looked at.

use super::answer::value_of;
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
        let note = match rows.next()? {
            Some(row) => row.get(0)?,
            None => None,
        };
        drop(rows);
        self.rest();
        Ok(note)
    }
}
