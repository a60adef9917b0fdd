-- title: Places in the news
-- question: Which places are named how often, where do they lie, and which could be several places?
-- param country (text, default ''): ISO code such as TR; '' for all
-- values country: SELECT DISTINCT country FROM entities WHERE country IS NOT NULL ORDER BY country
-- param top (integer, default 100): how many, from the top
-- values top: 1 or more
-- chart: bar x=place y=articles
-- scan: every mention of a place, to count it
-- key: place, country
WITH counted AS MATERIALIZED (
    SELECT e.id, count(DISTINCT n.article_id) AS articles
    FROM entities e
    CROSS JOIN article_entities n ON n.entity_id = e.id
    WHERE e.kind = 'place'
        AND upper(coalesce(:country, '')) IN ('', e.country)
    GROUP BY e.id
    ORDER BY articles DESC, e.id
    LIMIT coalesce(nullif(:top, ''), 100)
)
SELECT
    e.name AS place,
    e.country,
    e.latitude,
    e.longitude,
    e.candidates AS could_be,
    c.articles,
    (SELECT count(*)
        FROM article_entities n
        JOIN mentions m ON m.article_entity_id = n.id
        WHERE n.entity_id = c.id) AS mentions
FROM counted c
JOIN entities e ON e.id = c.id
ORDER BY c.articles DESC, mentions DESC, place;
