-- title: Outlets at a glance
-- description: What does the archive hold of each outlet: articles, quotes, whom it quotes without a
--   name, figures, and by what evidence is it the publisher?
WITH quoted AS (
    SELECT
        q.article_id,
        count(*) AS quotes,
        sum(q.speaker_id IS NULL) AS unnamed
    FROM quotes q
    WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
    GROUP BY q.article_id
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
        FROM (SELECT DISTINCT e.rule FROM evidence e JOIN articles b ON b.id = e.article_id
            WHERE e.field = 'outlet' AND b.outlet_id IS o.id AND o.id IS NOT NULL ORDER BY e.rule)) AS known_by
FROM articles a
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN quoted t ON t.article_id = a.id
GROUP BY o.id
ORDER BY articles DESC, outlet;
