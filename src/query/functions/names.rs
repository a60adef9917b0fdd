//! Functions that compare names.

use rusqlite::functions::Context;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

use super::FLAGS;
use crate::finding::EntityKind;
use crate::lexicon::fold::fold;
use crate::resolve::link_key;

/// The longest text that is compared letter by letter.
const LONGEST_ALIKE: usize = 1_000_000;

pub fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("fold", 1, FLAGS, |context| Ok(text(context, 0).map(|t| fold(&t))))?;
    connection.create_scalar_function("normalize_name", 1, FLAGS, |context| {
        Ok(text(context, 0).map(|name| link_key(EntityKind::Person, &name).key))
    })?;
    connection.create_scalar_function("normalize_name", 2, FLAGS, |context| {
        let (Some(name), Some(kind)) = (text(context, 0), text(context, 1)) else { return Ok(None) };
        let known = [
            EntityKind::Person,
            EntityKind::Organization,
            EntityKind::Place,
            EntityKind::Group,
            EntityKind::Event,
        ];
        match known.into_iter().find(|known| known.as_str() == kind) {
            Some(kind) => Ok(Some(link_key(kind, &name).key)),
            None => Err(refuse(format!(
                "normalize_name: '{kind}' is no kind; person, organization, place, group and event are"
            ))),
        }
    })?;
    connection.create_scalar_function("similar", 2, FLAGS, |context| {
        let (Some(a), Some(b)) = (text(context, 0), text(context, 1)) else { return Ok(None) };
        if a.len().max(b.len()) > LONGEST_ALIKE {
            return Err(refuse(
                "similar: names and sentences are compared, of a million bytes at most".into(),
            ));
        }
        Ok(Some(strsim::sorensen_dice(&fold(&a), &fold(&b))))
    })
}

/// The text of an argument; numbers and NULL are none.
pub fn text(context: &Context<'_>, at: usize) -> Option<String> {
    match context.get_raw(at) {
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        _ => None,
    }
}

/// An error that SQLite tells in these words.
pub fn refuse(words: String) -> Error {
    Error::UserFunctionError(words.into())
}
