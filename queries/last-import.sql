-- title: What the last import changed
-- question: Which articles are new or rewritten since the last import, which quotes and figures came or
--   went with it, and which documents could not be read?
-- param run (integer, default 0): the import's number; 0 for the last
-- values run: 0 or more
-- param most (integer, default 500): new articles listed at most
-- values most: 1 or more
WITH run AS (
    SELECT coalesce(nullif(:run + 0, 0), (SELECT max(id) FROM runs)) AS id
),
rewritten AS (
    -- The revision that the run replaced stands beside the article as it is now.
    SELECT p.article_id, p.revision, p.title AS was
    FROM run
    CROSS JOIN past_articles p ON p.replaced_run_id = run.id
    JOIN articles a ON a.id = p.article_id AND a.revision = p.revision + 1
),
now AS (
    SELECT 'quote' AS subject, q.id, q.article_id, q.text FROM rewritten CROSS JOIN quotes q USING (article_id)
    UNION ALL
    SELECT 'figure', f.id, f.article_id, f.text FROM rewritten CROSS JOIN figures f USING (article_id)
),
changes AS (
    SELECT * FROM (
        SELECT 1 AS rank, 'new article' AS change, a.id AS article_id, NULL AS was, a.title AS now, a.source
        FROM run
        CROSS JOIN articles a ON a.first_run_id = run.id
        ORDER BY a.id
        LIMIT coalesce(nullif(:most, ''), 500))
    UNION ALL
    SELECT 2, 'rewritten', a.id, CASE WHEN r.was IS NOT a.title THEN r.was END, a.title, a.source
    FROM rewritten r
    JOIN articles a ON a.id = r.article_id
    UNION ALL
    SELECT 3, p.subject || ' gone', p.article_id, p.text, NULL, a.source
    FROM rewritten r
    JOIN past_findings p USING (article_id, revision)
    JOIN articles a ON a.id = r.article_id
    WHERE p.subject IN ('quote', 'figure')
        AND NOT EXISTS (SELECT 1 FROM now n WHERE n.subject = p.subject AND n.id = p.id)
    UNION ALL
    SELECT 3, n.subject || ' new', n.article_id, NULL, n.text, a.source
    FROM now n
    JOIN rewritten r USING (article_id)
    JOIN articles a ON a.id = n.article_id
    WHERE NOT EXISTS (
        SELECT 1 FROM past_findings p
        WHERE p.article_id = n.article_id AND p.revision = r.revision AND p.subject = n.subject AND p.id = n.id)
    UNION ALL
    SELECT 4, b.outcome, NULL, b.place, b.reason, b.source
    FROM problems b
    JOIN run ON b.run_id = run.id
)
SELECT change, was, now, source, article_id
FROM changes
ORDER BY rank = 4, article_id, rank, change, was, now;
