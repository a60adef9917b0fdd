-- title: The most quoted
-- description: Whose words fill the news? Speakers by the number of their quotes, with how many articles
--   and outlets carry them.
-- param kind (text, default ''): person, organization, ...; '' for all
-- param most (integer, default 25): rows at most
SELECT
    e.name AS speaker,
    e.kind,
    count(*) AS quotes,
    count(*) FILTER (WHERE q.kind = 'direct') AS direct,
    count(*) FILTER (WHERE q.kind = 'mixed') AS mixed,
    count(*) FILTER (WHERE q.kind = 'indirect') AS indirect,
    count(DISTINCT q.article_id) AS articles,
    count(DISTINCT a.outlet_id) AS outlets
FROM quotes q
JOIN article_entities n ON n.id = q.speaker_id
JOIN entities e ON e.id = n.entity_id
JOIN articles a ON a.id = q.article_id
WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
    AND coalesce(:kind, '') IN ('', e.kind)
GROUP BY e.id
ORDER BY quotes DESC, articles DESC, e.name
LIMIT coalesce(:most, 25);
