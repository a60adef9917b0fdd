-- title: Articles by date
-- description: What was published when? Articles whose document tells no date come last.
-- param since (date, default ''): the first day, month or year; '' for the beginning
-- param until (date, default ''): the last day, month or year; '' for the end
-- param outlet (text, default ''): part of the outlet's name; '' for all
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
FROM articles_full a
WHERE (coalesce(:since, '') = '' OR a.published >= :since)
    -- A day within the last month asked for begins with that month.
    AND (coalesce(:until, '') = '' OR a.published < :until OR substr(a.published, 1, length(:until)) = :until)
    AND instr(lower(coalesce(a.outlet, '')), lower(coalesce(:outlet, ''))) > 0
ORDER BY a.published IS NULL, a.published, a.outlet, a.id;
