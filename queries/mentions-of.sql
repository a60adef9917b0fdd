-- title: Where somebody or something is named
-- description: In which articles, and in which words, does a name stand?
-- param name (text, default ''): part of the name; '' for the one named most
-- param most (integer, default 200): rows at most
WITH named AS (
    SELECT e.id, e.name, e.kind
    FROM entities e
    WHERE CASE
        WHEN coalesce(:name, '') <> ''
            THEN instr(lower(e.name), lower(:name)) > 0
        ELSE e.id = (
            SELECT n.entity_id
            FROM article_entities n
            GROUP BY n.entity_id
            ORDER BY count(*) DESC, n.entity_id
            LIMIT 1)
        END
)
SELECT
    e.name,
    e.kind,
    m.text AS written,
    trim(replace(substr(a.text, max(m.start - 40, 0) + 1, min(m.start, 40) + (m.end - m.start) + 40), char(10), ' ')) AS around,
    o.name AS outlet,
    a.published,
    a.title,
    m.article_id
FROM named e
JOIN article_entities n ON n.entity_id = e.id
JOIN mentions m ON m.article_entity_id = n.id
JOIN articles a ON a.id = m.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
ORDER BY e.name, a.published, m.article_id, m.start
LIMIT coalesce(:most, 200);
