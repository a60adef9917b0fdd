-- title: Who is called what
-- description: By which roles and offices do articles call somebody, and which outlet does so? Two outlets
--   that describe one person differently show here.
-- param name (text, default ''): part of the name; '' for all
-- param most (integer, default 200): rows at most
SELECT
    e.name,
    d.text AS called,
    count(*) AS times,
    count(DISTINCT d.article_id) AS articles,
    group_concat(DISTINCT o.name) AS outlets
FROM descriptions d
JOIN article_entities n ON n.id = d.article_entity_id
JOIN entities e ON e.id = n.entity_id
JOIN articles a ON a.id = d.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE instr(lower(e.name), lower(coalesce(:name, ''))) > 0
GROUP BY e.id, lower(d.text)
ORDER BY e.name, times DESC, called
LIMIT coalesce(:most, 200);
