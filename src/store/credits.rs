//! Rows of credits: whom the page around an article credits.

use rusqlite::{Connection, params};

use crate::finding::Credit;

const INSERT: &str = "
    INSERT INTO credits (article_id, article_entity_id, block, start, end, text, rule)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// Writes an article's credits; `entities` are the row ids of its entities.
pub(super) fn insert(
    connection: &Connection,
    article: i64,
    credits: &[Credit],
    entities: &[i64],
) -> rusqlite::Result<()> {
    let number = |n: usize| i64::try_from(n).expect("no text has 2^63 characters");
    for credit in credits {
        connection.prepare_cached(INSERT)?.execute(params![
            article,
            entities[credit.entity],
            number(credit.block),
            number(credit.start),
            number(credit.end),
            credit.text,
            credit.rule,
        ])?;
    }
    Ok(())
}
