-- title: Who is named with whom
-- question: Which people, organizations or places stand in the same articles, and in how many? Often the
--   beginning of a question.
-- param name (text, default ''): part of the name that one of the two bears; '' for all pairs
-- values name: SELECT name FROM entities ORDER BY name
-- param kind (text, default 'person'): what both are; 'all' for anything
-- values kind: person | organization | place | group | event | all
-- param least (integer, default 1): articles that must name both
-- values least: 1 or more
-- param top (integer, default 50): how many, from the top
-- values top: 1 or more
-- chart: bar x=named_with y=articles by=name
-- scan: whom every article names, where no name is given
-- key: name, named_with
WITH asked AS MATERIALIZED (
    SELECT lower(coalesce(:name, '')) AS name, coalesce(nullif(:kind, ''), 'person') AS kind
),
pairs AS (
    -- With a name, that name stands on the left; without, each pair once.
    SELECT n.entity_id AS one, m.entity_id AS other, n.article_id
    FROM asked k
    CROSS JOIN entities e ON k.name <> '' AND instr(lower(e.name), k.name) > 0 AND k.kind IN ('all', e.kind)
    CROSS JOIN article_entities n ON n.entity_id = e.id
    CROSS JOIN article_entities m ON m.article_id = n.article_id AND m.entity_id <> n.entity_id
        AND k.kind IN ('all', m.kind)
    UNION ALL
    SELECT n.entity_id, m.entity_id, n.article_id
    FROM asked k
    CROSS JOIN article_entities n ON k.name = '' AND k.kind IN ('all', n.kind)
    CROSS JOIN article_entities m ON m.article_id = n.article_id AND m.entity_id > n.entity_id
        AND k.kind IN ('all', m.kind)
),
chosen AS MATERIALIZED (
    SELECT one, other, count(DISTINCT article_id) AS articles
    FROM pairs
    GROUP BY one, other
    HAVING count(DISTINCT article_id) >= coalesce(nullif(:least, ''), 1) + 0
    ORDER BY articles DESC, one, other
    LIMIT coalesce(nullif(:top, ''), 50)
),
dated AS (
    SELECT c.one, c.other, c.articles, count(DISTINCT t.outlet_id) AS outlets, min(t.published) AS first,
        max(t.published) AS last
    FROM chosen c
    -- From the one that is named less, most likely, and over its articles: the + keeps SQLite from all of the other's.
    CROSS JOIN article_entities m ON m.entity_id = c.other
    CROSS JOIN article_entities n ON n.article_id = m.article_id AND +n.entity_id = c.one
    CROSS JOIN articles t ON t.id = n.article_id
    GROUP BY c.one, c.other
)
SELECT a.name, b.name AS named_with, d.articles, d.outlets, d.first, d.last
FROM dated d
JOIN entities a ON a.id = d.one
JOIN entities b ON b.id = d.other
ORDER BY d.articles DESC, a.name, b.name;
