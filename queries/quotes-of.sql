-- title: Quotes of a speaker
-- question: What is somebody quoted with, in which words, to whom and where, over the whole archive? The
--   newest first. Names come from the entities, so that "Vale" and "Mayor Ada Vale" are one speaker.
-- param speaker (text, default ''): part of the name; '' for the one quoted most
-- values speaker: SELECT name FROM entities WHERE kind = 'person' ORDER BY name
-- param most (integer, default 500): rows at most
-- values most: 1 or more
-- scan: every quote of the speaker, to sort them; where none is given, every quote, to find who is quoted most
-- key: quote_id
WITH speakers AS MATERIALIZED (
    SELECT e.id, e.name
    FROM entities e
    WHERE coalesce(:speaker, '') <> '' AND instr(lower(e.name), lower(:speaker)) > 0
    UNION ALL
    SELECT e.id, e.name
    FROM entities e
    WHERE coalesce(:speaker, '') = ''
        AND e.id = (
            SELECT n.entity_id
            FROM (
                SELECT q.speaker_id, count(*) AS quotes
                FROM quotes q
                WHERE q.speaker_id IS NOT NULL
                    AND q.kind IN ('direct', 'mixed', 'indirect', 'turn')
                GROUP BY q.speaker_id) s
            CROSS JOIN article_entities n ON n.id = s.speaker_id
            GROUP BY n.entity_id
            ORDER BY sum(s.quotes) DESC, n.entity_id
            LIMIT 1)
),
chosen AS MATERIALIZED (
    SELECT q.id, s.name
    FROM speakers s
    CROSS JOIN article_entities n ON n.entity_id = s.id
    CROSS JOIN quotes q ON q.speaker_id = n.id
    CROSS JOIN articles a ON a.id = n.article_id
    WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
    ORDER BY a.published DESC, a.id DESC, q.id
    LIMIT coalesce(nullif(:most, ''), 500)
)
SELECT
    c.name AS speaker,
    -- Words marked inside a reported sentence say little without it.
    CASE q.kind WHEN 'mixed' THEN coalesce(q.content, q.text) ELSE q.said END AS said,
    q.kind,
    coalesce(q.cue, '(' || q.rule || ')') AS cue,
    q.addressee,
    q.occasion,
    o.name AS outlet,
    a.published,
    a.title,
    q.article_id,
    q.id AS quote_id
FROM chosen c
CROSS JOIN quotes q ON q.id = c.id
CROSS JOIN articles a ON a.id = q.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
ORDER BY c.name, a.published DESC, q.article_id DESC, q.start;
