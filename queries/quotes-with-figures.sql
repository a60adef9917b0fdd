-- title: Figures that somebody is quoted with
-- question: Which numbers stand inside somebody's words, so that he vouches for them rather than the
--   outlet? The newest articles first.
-- param speaker (text, default ''): part of the speaker's name; '' for everybody
-- values speaker: SELECT name FROM entities WHERE kind = 'person' ORDER BY name
-- param most (integer, default 200): rows at most
-- values most: 1 or more
-- scan: the articles from the newest on, until there are enough, where no speaker is given
-- key: figure_id
WITH found AS (
    SELECT f.id, n.article_id
    FROM entities e
    CROSS JOIN article_entities n ON n.entity_id = e.id
    CROSS JOIN quotes q ON q.speaker_id = n.id
    CROSS JOIN figures f ON f.quote_id = q.id
    WHERE coalesce(:speaker, '') <> '' AND instr(lower(e.name), lower(:speaker)) > 0
    UNION ALL
    SELECT * FROM (
        SELECT f.id, f.article_id
        FROM articles a
        CROSS JOIN figures f ON f.article_id = a.id
        WHERE coalesce(:speaker, '') = '' AND f.quote_id IS NOT NULL
        ORDER BY a.published DESC, a.id DESC
        LIMIT coalesce(nullif(:most, ''), 200))
),
chosen AS MATERIALIZED (
    SELECT f.id
    FROM found f
    CROSS JOIN articles a ON a.id = f.article_id
    ORDER BY a.published DESC, a.id DESC, f.id
    LIMIT coalesce(nullif(:most, ''), 200)
)
SELECT
    q.speaker,
    f.text AS figure,
    f.counted,
    f.bound,
    CASE q.kind WHEN 'mixed' THEN q.content ELSE q.said END AS said,
    q.outlet,
    q.published,
    q.article_id,
    f.id AS figure_id
FROM chosen c
CROSS JOIN figures f ON f.id = c.id
CROSS JOIN quotes_full q ON q.id = f.quote_id
ORDER BY q.published DESC, q.article_id DESC, f.start;
