-- title: When things happen
-- description: Which days, weeks, months and years do the articles name, in order, and what is said of them?
--   What is told from the day of writing ("on Sunday") is reckoned where the article's date is known.
-- param since (date, default ''): the first day, in ISO 8601; '' for all
-- param until (date, default ''): the last day; '' for all
-- param most (integer, default 500): rows at most
SELECT
    d.value,
    d.text,
    d.kind,
    d.earliest,
    d.latest,
    d.outlet,
    d.published,
    d.sentence,
    d.title,
    d.article_id
FROM dates_full d
WHERE d.earliest IS NOT NULL
    AND d.latest >= coalesce(:since, '')
    AND (coalesce(:until, '') = '' OR d.earliest <= :until)
ORDER BY d.earliest, d.latest, d.outlet, d.article_id, d.start
LIMIT coalesce(:most, 500);
