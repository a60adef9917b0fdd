-- title: Quotes shared by several articles
-- description: Which words does more than one article quote, and does each credit the same speaker? The
--   same words whatever case, commas and marks they are printed with.
-- param letters (integer, default 12): the least length of a quote worth comparing
-- param most (integer, default 100): rows at most
WITH folded AS (
    SELECT
        q.id,
        q.article_id,
        q.said,
        coalesce(e.name, q.speaker_text) AS speaker,
        a.outlet_id,
        lower(trim(replace(replace(replace(replace(replace(replace(replace(replace(q.said,
            ',', ''), '.', ''), '’', ''''), '“', ''), '”', ''), '…', ''), char(10), ' '), '  ', ' '))) AS words
    FROM quotes q
    JOIN articles a ON a.id = q.article_id
    LEFT JOIN article_entities n ON n.id = q.speaker_id
    LEFT JOIN entities e ON e.id = n.entity_id
    WHERE q.kind IN ('direct', 'mixed', 'scare')
        AND length(q.said) >= coalesce(:letters, 12)
)
SELECT
    min(f.said) AS said,
    count(DISTINCT f.article_id) AS articles,
    count(DISTINCT f.outlet_id) AS outlets,
    (SELECT group_concat(speaker, ' | ')
        FROM (SELECT DISTINCT s.speaker FROM folded s WHERE s.words = f.words ORDER BY s.speaker)) AS credited_to,
    (SELECT group_concat(name, ' | ')
        FROM (SELECT DISTINCT o.name FROM folded s JOIN outlets o ON o.id = s.outlet_id
            WHERE s.words = f.words ORDER BY o.name)) AS printed_by,
    count(DISTINCT coalesce(f.speaker, '')) > 1 AS credited_differently
FROM folded f
GROUP BY f.words
HAVING count(DISTINCT f.article_id) > 1
ORDER BY articles DESC, length(min(f.said)) DESC, said
LIMIT coalesce(:most, 100);
