-- title: Dates and times named
-- description: Which days, months, years and hours do the articles name, what is each by the calendar, and
--   where is that not known? "Last week" is reckoned from the day of publication.
-- scan: every date, to sort it
-- param kind (text, default ''): "day", "week", "month", "year", "decade", "interval" or "time"; '' for all
-- param since (date, default ''): the first day, month or year that a date may be; '' for the beginning
-- param until (date, default ''): the last; '' for the end
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- values outlet: SELECT name FROM outlets ORDER BY name
-- param most (integer, default 500): rows at most
-- values most: 1 or more
SELECT
    d.value,
    d.kind,
    d.text,
    d.unresolved,
    d.sentence,
    d.outlet,
    d.published,
    d.title,
    d.article_id,
    d.id AS date_id
FROM dates_full d
WHERE (coalesce(:kind, '') = '' OR d.kind = lower(:kind))
    AND (coalesce(:since, '') = '' OR d.latest >= :since)
    -- A day within the last month asked for begins with that month.
    AND (coalesce(:until, '') = '' OR d.earliest < :until OR substr(d.earliest, 1, length(:until)) = :until)
    AND instr(lower(coalesce(d.outlet, '')), lower(coalesce(:outlet, ''))) > 0
ORDER BY d.earliest IS NULL, d.earliest, d.value, d.article_id, d.start
LIMIT coalesce(nullif(:most, ''), 500);
