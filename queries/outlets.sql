-- title: Outlets at a glance
-- question: What does the archive hold of each outlet: articles, quotes, whom it quotes without a name,
--   figures, and by what evidence is it the publisher?
-- chart: bar x=outlet y=articles
-- scan: every article, quote and figure, to count it
WITH quoted AS MATERIALIZED (
    SELECT
        q.article_id,
        count(*) AS quotes,
        sum(q.speaker_id IS NULL) AS unnamed
    FROM quotes q
    WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
    GROUP BY q.article_id
),
known AS MATERIALIZED (
    SELECT DISTINCT b.outlet_id, e.rule
    FROM evidence e
    CROSS JOIN articles b ON b.id = e.article_id
    WHERE e.field = 'outlet' AND b.outlet_id IS NOT NULL
)
SELECT
    coalesce(o.name, '(unknown)') AS outlet,
    count(*) AS articles,
    min(a.published) AS first,
    max(a.published) AS last,
    sum(a.words) AS words,
    coalesce(sum(t.quotes), 0) AS quotes,
    round(100.0 * sum(t.unnamed) / nullif(sum(t.quotes), 0), 1) AS unnamed_percent,
    sum((SELECT count(*) FROM figures f WHERE f.article_id = a.id)) AS figures,
    (SELECT group_concat(rule, ' | ')
        FROM (SELECT k.rule FROM known k WHERE k.outlet_id = o.id ORDER BY k.rule)) AS known_by
FROM articles a
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN quoted t ON t.article_id = a.id
GROUP BY o.id
ORDER BY articles DESC, outlet;
