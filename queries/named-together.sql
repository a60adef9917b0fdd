-- title: Who is named with whom
-- description: Which people, organizations or places stand in the same articles, and in how many? Often
--   the beginning of a question.
-- param name (text, default ''): part of the name that one of the two bears; '' for all pairs
-- param kind (text, default 'person'): person, organization, place, group, event; '' for all
-- param least (integer, default 1): articles that must name both
-- param most (integer, default 50): rows at most
WITH named AS (
    SELECT DISTINCT n.article_id, n.entity_id, e.name
    FROM article_entities n
    JOIN entities e ON e.id = n.entity_id
    WHERE coalesce(:kind, 'person') IN ('', e.kind)
),
wanted AS (
    SELECT * FROM named WHERE instr(lower(name), lower(coalesce(:name, ''))) > 0
)
SELECT
    a.name,
    b.name AS named_with,
    count(*) AS articles,
    count(DISTINCT t.outlet_id) AS outlets,
    min(t.published) AS first,
    max(t.published) AS last
FROM wanted a
JOIN named b ON b.article_id = a.article_id AND b.entity_id <> a.entity_id
JOIN articles t ON t.id = a.article_id
-- Each pair once, unless a name was asked for: then that name stands on the left.
WHERE coalesce(:name, '') <> '' OR a.entity_id < b.entity_id
GROUP BY a.entity_id, b.entity_id
HAVING count(*) >= coalesce(:least, 1)
ORDER BY articles DESC, a.name, b.name
LIMIT coalesce(:most, 50);
