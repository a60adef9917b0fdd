-- title: Articles by date
-- question: What was published when? The newest first; articles whose document tells no date come last.
-- param since (date, default ''): the first day, month or year; '' for the beginning
-- param until (date, default ''): the last day, month or year; '' for the end
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- values outlet: SELECT name FROM outlets ORDER BY name
-- param most (integer, default 500): rows at most
-- values most: 1 or more
-- chart: points x=published y=words by=outlet
-- scan: the articles from the newest on, until there are enough
-- key: article_id
WITH chosen AS MATERIALIZED (
    SELECT a.id, row_number() OVER (ORDER BY a.published DESC, a.id DESC) AS place
    FROM articles a
    LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE (coalesce(:since, '') = '' OR a.published >= :since)
        -- A day within the last month asked for begins with that month.
        AND (coalesce(:until, '') = '' OR a.published < :until OR substr(a.published, 1, length(:until)) = :until)
        AND instr(lower(coalesce(o.name, '')), lower(coalesce(:outlet, ''))) > 0
    ORDER BY a.published DESC, a.id DESC
    LIMIT coalesce(nullif(:most, ''), 500)
)
SELECT
    a.published,
    a.outlet,
    a.title,
    a.words,
    a.quotes,
    a.figures,
    a.entities,
    a.source,
    a.id AS article_id
FROM chosen c
CROSS JOIN articles_full a ON a.id = c.id
ORDER BY c.place;
