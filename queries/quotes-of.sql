-- title: Every quote of a speaker
-- description: What is somebody quoted with, in which words, to whom and where, over the whole archive?
--   Names come from the entities, so that "Vale" and "Mayor Ada Vale" are one speaker.
-- param speaker (text, default ''): part of the name; '' for the one quoted most
WITH speakers AS (
    SELECT e.id, e.name
    FROM entities e
    WHERE CASE
        WHEN coalesce(:speaker, '') <> ''
            THEN instr(lower(e.name), lower(:speaker)) > 0
        ELSE e.id = (
            SELECT n.entity_id
            FROM article_entities n
            JOIN quotes q ON q.speaker_id = n.id
            WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
            GROUP BY n.entity_id
            ORDER BY count(*) DESC, n.entity_id
            LIMIT 1)
        END
)
SELECT
    s.name AS speaker,
    q.said,
    q.kind,
    q.cue,
    q.addressee,
    q.occasion,
    o.name AS outlet,
    a.published,
    a.title,
    q.article_id,
    q.id AS quote_id
FROM speakers s
JOIN article_entities n ON n.entity_id = s.id
JOIN quotes q ON q.speaker_id = n.id
JOIN articles a ON a.id = q.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
ORDER BY s.name, a.published, q.article_id, q.start;
