-- title: Who is called what
-- question: By which roles and offices do articles call somebody, and which outlet does so? Two outlets
--   that describe one person differently show here.
-- param name (text, default ''): part of the name; '' for what is said most
-- values name: SELECT name FROM entities WHERE kind = 'person' ORDER BY name
-- param most (integer, default 200): rows at most
-- values most: 1 or more
-- chart: bar x=called y=times by=name
-- scan: every description, where no name is given
-- key: name, called
WITH described AS (
    SELECT d.article_entity_id, d.text, n.entity_id, n.article_id
    FROM descriptions d
    CROSS JOIN article_entities n ON n.id = d.article_entity_id
    WHERE coalesce(:name, '') = ''
    UNION ALL
    SELECT d.article_entity_id, d.text, n.entity_id, n.article_id
    FROM entities e
    CROSS JOIN article_entities n ON n.entity_id = e.id
    CROSS JOIN descriptions d ON d.article_entity_id = n.id
    WHERE coalesce(:name, '') <> '' AND instr(lower(e.name), lower(:name)) > 0
),
chosen AS MATERIALIZED (
    SELECT d.entity_id, min(d.text) AS called, lower(d.text) AS folded, count(*) AS times,
        count(DISTINCT d.article_id) AS articles, group_concat(DISTINCT a.outlet_id) AS outlets
    FROM described d
    CROSS JOIN articles a ON a.id = d.article_id
    GROUP BY d.entity_id, lower(d.text)
    ORDER BY times DESC, d.entity_id, called
    LIMIT coalesce(nullif(:most, ''), 200)
)
SELECT
    e.name,
    c.called,
    c.times,
    c.articles,
    (SELECT group_concat(name, ', ')
        FROM (SELECT o.name
            FROM outlets o
            WHERE instr(',' || c.outlets || ',', ',' || o.id || ',') > 0
            ORDER BY o.name)) AS outlets
FROM chosen c
JOIN entities e ON e.id = c.entity_id
ORDER BY c.times DESC, e.name, c.called;
