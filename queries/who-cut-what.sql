-- title: Who cut what from a quote
-- description: How does each outlet print an utterance, and what does it leave out or change? One row a
--   quote, the fullest wording first; compared is the fullest wording with [-what is left out here-] and
--   {+what stands here instead+}.
-- param words (text, default ''): words of the quote, in any of its wordings; '' for all that several articles have
-- param speaker (text, default ''): part of the speaker's name; '' for everybody
-- param most (integer, default 100): rows at most
-- values most: 1 or more
-- scan: every utterance that several articles have
WITH wanted AS (
    SELECT u.id, u.wording_id, u.articles, coalesce(e.name, '') AS speaker
    FROM utterances u
    LEFT JOIN entities e ON e.id = u.speaker_entity_id
    WHERE u.articles > 1
        AND instr(lower(coalesce(e.name, '')), lower(coalesce(:speaker, ''))) > 0
        AND (coalesce(:words, '') = '' OR EXISTS (
            SELECT 1 FROM wordings w
            WHERE (w.id = u.wording_id OR w.fullest_id = u.wording_id)
                AND instr(lower(w.said), lower(:words)) > 0))
)
SELECT
    x.id AS utterance_id,
    x.speaker,
    o.name AS outlet,
    substr(a.published, 1, 10) AS published,
    CASE WHEN w.id = x.wording_id THEN 'fullest' ELSE w.difference END AS difference,
    coalesce(w.compared, q.said) AS compared,
    q.article_id,
    q.id AS quote_id
FROM wanted x
CROSS JOIN wordings w ON w.id = x.wording_id OR w.fullest_id = x.wording_id
CROSS JOIN quote_wordings m ON m.wording_id = w.id
CROSS JOIN quotes q ON q.id = m.quote_id
JOIN articles a ON a.id = q.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
ORDER BY x.articles DESC, x.id, w.id <> x.wording_id, a.published, q.id
LIMIT coalesce(nullif(:most, ''), 100);
