//! The promises about corrections: what a person said is what the rows say, or it is told why not.

use super::Promise;

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
    Promise {
        name: "corrections done",
        promise: "no article waits for a correction, and none with a correction of its own was passed over",
        rows: "SELECT count(*) FROM corrections WHERE retired_at IS NULL",
        broken: "
            SELECT 'articles ' || article_id FROM pending_corrections
            UNION
            SELECT 'corrections ' || c.id || ' in articles ' || s.article_id
            FROM corrections c
            JOIN sources s ON s.source = c.source
            WHERE c.retired_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM applied_corrections p
                WHERE p.correction_id = c.id AND p.article_id = s.article_id)",
    },
];
