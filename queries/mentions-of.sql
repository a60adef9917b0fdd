-- title: Where somebody or something is named
-- question: In which articles, and in which words, does a name stand? The newest articles first.
-- param name (text, default ''): part of the name; '' for the one named most
-- values name: SELECT name FROM entities ORDER BY name
-- param most (integer, default 200): rows at most
-- values most: 1 or more
-- scan: whom every article names, to find who is named most, where no name is given
-- key: name, written, around, article_id
WITH named AS MATERIALIZED (
    SELECT e.id, e.name, e.kind
    FROM entities e
    WHERE coalesce(:name, '') <> '' AND instr(lower(e.name), lower(:name)) > 0
    UNION ALL
    SELECT e.id, e.name, e.kind
    FROM entities e
    WHERE coalesce(:name, '') = ''
        AND e.id = (
            SELECT n.entity_id
            FROM article_entities n
            WHERE EXISTS (SELECT 1 FROM mentions m WHERE m.article_entity_id = n.id)
            GROUP BY n.entity_id
            ORDER BY count(*) DESC, n.entity_id
            LIMIT 1)
),
-- The newest articles first, of those whose text has the name: some name it in a credit alone. Each holds one
-- mention at least, so that no more of them are needed.
articles_chosen AS MATERIALIZED (
    SELECT n.id, e.name, e.kind
    FROM named e
    CROSS JOIN article_entities n ON n.entity_id = e.id
    CROSS JOIN articles a ON a.id = n.article_id
    WHERE EXISTS (SELECT 1 FROM mentions m WHERE m.article_entity_id = n.id)
    ORDER BY a.published DESC, a.id DESC
    LIMIT coalesce(nullif(:most, ''), 200)
)
SELECT
    c.name,
    c.kind,
    m.text AS written,
    trim(replace(substr(a.text, max(m.start - 40, 0) + 1, min(m.start, 40) + (m.end - m.start) + 40), char(10), ' ')) AS around,
    o.name AS outlet,
    a.published,
    a.title,
    m.article_id
FROM articles_chosen c
CROSS JOIN mentions m ON m.article_entity_id = c.id
CROSS JOIN articles a ON a.id = m.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
ORDER BY a.published DESC, m.article_id DESC, m.start
LIMIT coalesce(nullif(:most, ''), 200);
