-- title: The most quoted
-- question: Whose words fill the news? Speakers by the number of their quotes, with how many articles and
--   outlets carry them.
-- param kind (text, default ''): what the speaker is; '' for all
-- values kind: person | organization | place | group | event
-- param top (integer, default 25): how many, from the top
-- values top: 1 or more
-- chart: bar x=speaker y=quotes
-- scan: every quote that has a speaker, to count it
WITH counted AS (
    -- A speaker in one article.
    SELECT
        q.speaker_id,
        count(*) AS quotes,
        count(*) FILTER (WHERE q.kind = 'direct') AS direct,
        count(*) FILTER (WHERE q.kind = 'mixed') AS mixed,
        count(*) FILTER (WHERE q.kind = 'indirect') AS indirect
    FROM quotes q
    WHERE q.speaker_id IS NOT NULL
        AND q.kind IN ('direct', 'mixed', 'indirect', 'turn')
    GROUP BY q.speaker_id
),
speakers AS MATERIALIZED (
    SELECT
        e.id,
        e.name,
        e.kind,
        sum(c.quotes) AS quotes,
        sum(c.direct) AS direct,
        sum(c.mixed) AS mixed,
        sum(c.indirect) AS indirect,
        count(DISTINCT n.article_id) AS articles
    FROM counted c
    CROSS JOIN article_entities n ON n.id = c.speaker_id
    CROSS JOIN entities e ON e.id = n.entity_id
    WHERE coalesce(:kind, '') IN ('', e.kind)
    GROUP BY e.id
    ORDER BY quotes DESC, articles DESC, e.name
    LIMIT coalesce(nullif(:top, ''), 25)
)
SELECT
    s.name AS speaker,
    s.kind,
    s.quotes,
    s.direct,
    s.mixed,
    s.indirect,
    s.articles,
    (SELECT count(DISTINCT a.outlet_id)
        FROM article_entities n
        JOIN articles a ON a.id = n.article_id
        WHERE n.entity_id = s.id
            AND EXISTS (
                SELECT 1
                FROM quotes q
                WHERE q.speaker_id = n.id
                    AND q.kind IN ('direct', 'mixed', 'indirect', 'turn'))) AS outlets
FROM speakers s
ORDER BY s.quotes DESC, s.articles DESC, s.name;
