-- title: Quotes shared by several articles
-- description: Which utterances does more than one article quote, in whatever wording, and does each credit
--   the same speaker?
-- param letters (integer, default 12): the least length of a quote worth comparing
-- values letters: 1 or more
-- param most (integer, default 100): rows at most
-- values most: 1 or more
-- chart: bar x=said y=articles
WITH shared AS (
    SELECT u.id, u.wording_id, w.said, w.letters, u.articles, u.outlets
    FROM utterances u
    JOIN wordings w ON w.id = u.wording_id
    WHERE u.articles > 1 AND length(w.said) >= coalesce(nullif(:letters, ''), 12) + 0
    ORDER BY u.articles DESC, w.letters DESC, w.said
    LIMIT coalesce(nullif(:most, ''), 100)
),
told AS (
    SELECT DISTINCT s.id, coalesce(e.name, q.speaker_text) AS speaker, o.name AS outlet
    FROM shared s
    CROSS JOIN wordings w ON w.id = s.wording_id OR w.fullest_id = s.wording_id
    CROSS JOIN quote_wordings m ON m.wording_id = w.id
    CROSS JOIN quotes q ON q.id = m.quote_id
    JOIN articles a ON a.id = q.article_id
    LEFT JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN article_entities n ON n.id = q.speaker_id
    LEFT JOIN entities e ON e.id = n.entity_id
)
SELECT
    s.said,
    s.articles,
    s.outlets,
    (SELECT group_concat(speaker, ' | ')
        FROM (SELECT DISTINCT speaker FROM told t WHERE t.id = s.id ORDER BY speaker)) AS credited_to,
    (SELECT group_concat(outlet, ' | ')
        FROM (SELECT DISTINCT outlet FROM told t WHERE t.id = s.id ORDER BY outlet)) AS printed_by,
    (SELECT count(DISTINCT coalesce(speaker, '')) FROM told t WHERE t.id = s.id) > 1 AS credited_differently,
    s.id AS utterance_id
FROM shared s
ORDER BY s.articles DESC, s.letters DESC, s.said
LIMIT coalesce(nullif(:most, ''), 100);
