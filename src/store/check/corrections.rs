//! The promises about corrections and namesakes: what a person said is what the rows say, or it is told why
//! not; and who bears one name is told apart by the rule.

use rusqlite::Connection;

use super::{Promise, Verdict};
use crate::store::{namesakes, surnames};

/// The name of the promise that [`namesakes`] verifies.
pub(super) const NAMESAKES: &str = "namesakes";

/// Tells all names anew that several may bear.
pub(super) fn namesakes(connection: &Connection) -> rusqlite::Result<Verdict> {
    let (rows, wrong) = namesakes::misplaced(connection)?;
    let promise = "people of one name are one row, unless what is said of them cannot be said of one";
    let mut verdict = Verdict { rows, ..Verdict::of(NAMESAKES, promise) };
    for key in wrong {
        verdict.broken_by(format!("the bearers of {key}"));
    }
    Ok(verdict)
}

/// The name of the promise that [`surnames`] verifies.
pub(super) const SURNAMES: &str = "surnames";

/// Tells all short names anew that several may bear.
pub(super) fn surnames(connection: &Connection) -> rusqlite::Result<Verdict> {
    let (rows, wrong) = surnames::misplaced(connection)?;
    let promise = "a surname that several bear is the one's who keeps the same company, or a row of its own";
    let mut verdict = Verdict { rows, ..Verdict::of(SURNAMES, promise) };
    for id in wrong {
        verdict.broken_by(format!("article_entities {id}"));
    }
    Ok(verdict)
}

pub(super) const OF_CORRECTIONS: &[Promise] = &[
    Promise {
        name: "corrections applied",
        promise: "a correction that holds leads to its row, and one that was taken back holds nowhere",
        rows: "SELECT count(*) FROM applied_corrections",
        broken: "
            SELECT 'corrections ' || p.correction_id || ' in articles ' || p.article_id
            FROM applied_corrections p
            JOIN corrections c ON c.id = p.correction_id
            WHERE c.retired_at IS NOT NULL
               OR (p.row_id IS NOT NULL AND NOT EXISTS (
                      SELECT 1 FROM articles WHERE id = p.row_id AND p.subject IN ('article', 'outlet')
                      UNION ALL
                      SELECT 1 FROM article_entities
                      WHERE id = p.row_id AND article_id = p.article_id AND p.subject = 'entity'
                      UNION ALL
                      SELECT 1 FROM quotes WHERE id = p.row_id AND article_id = p.article_id AND p.subject = 'quote'
                      UNION ALL
                      SELECT 1 FROM figures
                      WHERE id = p.row_id AND article_id = p.article_id AND p.subject = 'figure'))",
    },
];
