-- title: Places in the news
-- description: Which places are named how often, where do they lie, and which could be several places?
-- param country (text, default ''): ISO code such as TR; '' for all
-- param most (integer, default 100): rows at most
SELECT
    e.name AS place,
    e.country,
    e.latitude,
    e.longitude,
    e.candidates AS could_be,
    count(DISTINCT n.article_id) AS articles,
    count(m.id) AS mentions
FROM entities e
JOIN article_entities n ON n.entity_id = e.id
LEFT JOIN mentions m ON m.article_entity_id = n.id
WHERE e.kind = 'place'
    AND upper(coalesce(:country, '')) IN ('', e.country)
GROUP BY e.id
ORDER BY articles DESC, mentions DESC, place
LIMIT coalesce(:most, 100);
