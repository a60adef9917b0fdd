-- title: What changed, as facts
-- description: Which headlines were rewritten, which figures, quotes and speakers changed, what vanished or
--   came back? By run or since a day, over all articles or one. Without anything set: the last run that
--   changed something. The table changes has more of each: numbers before and after, rows, revisions.
-- param run (integer, default 0): the run's number; 0 for the last that changed something
-- values run: 0 or more
-- param since (date, default ''): every run since this day; '' for one run alone
-- param subject (text, default ''): headline, byline, dateline, outlet, published, language, figure, quote, speaker, entity, text, story or source; '' for all
-- param article (integer, default 0): one article alone, through all runs; 0 for all articles
-- values article: 0 or more
SELECT
    c.subject,
    c.what,
    c.about,
    c.before,
    c.after,
    a.title,
    c.article_id,
    substr(r.started_at, 1, 10) AS day,
    c.run_id AS run
FROM changes c
JOIN articles a ON a.id = c.article_id
JOIN runs r ON r.id = c.run_id
WHERE (coalesce(:subject, '') = '' OR c.subject = :subject)
    AND CASE
        WHEN coalesce(nullif(:article, ''), 0) + 0 <> 0 THEN c.article_id = :article + 0
        WHEN coalesce(:since, '') <> '' THEN r.started_at >= :since
        ELSE c.run_id = coalesce(nullif(coalesce(nullif(:run, ''), 0) + 0, 0), (SELECT max(run_id) FROM changes))
    END
ORDER BY c.run_id, a.source, c.id;
