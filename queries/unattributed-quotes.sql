-- title: Quotes that nobody is credited with
-- question: Which quotes have no named speaker, and why: an unnamed official, words in marks that are
--   nobody's, a speaker the text does not lead to? The newest articles first.
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- values outlet: SELECT name FROM outlets ORDER BY name
-- param most (integer, default 200): rows at most
-- values most: 1 or more
-- scan: the articles from the newest on, until there are enough
-- key: quote_id
WITH chosen AS MATERIALIZED (
    SELECT q.id
    FROM articles a
    LEFT JOIN outlets o ON o.id = a.outlet_id
    CROSS JOIN quotes q ON q.article_id = a.id
    WHERE q.speaker_id IS NULL
        AND q.kind NOT IN ('title', 'nickname')
        AND instr(lower(coalesce(o.name, '')), lower(coalesce(:outlet, ''))) > 0
    ORDER BY a.published DESC, a.id DESC
    LIMIT coalesce(nullif(:most, ''), 200)
)
SELECT
    CASE q.kind WHEN 'mixed' THEN q.content ELSE q.said END AS said,
    q.kind,
    q.speaker_text AS described_as,
    coalesce(q.unattributed, q.speaker_steps) AS reason,
    q.cue,
    q.outlet,
    q.published,
    q.title,
    q.article_id,
    q.id AS quote_id
FROM chosen c
CROSS JOIN quotes_full q ON q.id = c.id
ORDER BY q.published DESC, q.article_id DESC, q.start;
