-- title: Numbers refused, and why
-- description: Which numbers in the articles are no figures: years, dates, names, phone numbers? Look
--   here when a figure seems to be missing.
-- scan: every number that is no figure, to sort it
-- param reason (text, default ''): part of the reason; '' for all
-- param most (integer, default 500): rows at most
-- values most: 1 or more
SELECT
    r.reason,
    r.text,
    (SELECT group_concat(x.other, ' | ') FROM other_readings x
     WHERE x.article_id = r.article_id AND x.start = r.start AND x.figure_id IS NULL) AS may_be,
    trim(replace(substr(a.text, max(r.start - 30, 0) + 1, min(r.start, 30) + (r.end - r.start) + 30), char(10), ' ')) AS around,
    o.name AS outlet,
    a.title,
    r.article_id
FROM refused r
JOIN articles a ON a.id = r.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
WHERE instr(lower(r.reason), lower(coalesce(:reason, ''))) > 0
ORDER BY r.reason, r.text, r.article_id, r.start
LIMIT coalesce(nullif(:most, ''), 500);
