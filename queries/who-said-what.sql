-- title: Who said what
-- description: Who is quoted with which words, in which article? The newest articles first.
-- param speaker (text, default ''): part of the speaker's name; '' for everybody
-- param words (text, default ''): words that the quote holds, as written; '' for any
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- param most (integer, default 200): rows at most
SELECT
    q.speaker,
    q.said,
    q.cue,
    q.kind,
    q.outlet,
    q.published,
    q.title,
    q.article_id,
    q.id AS quote_id
FROM quotes_full q
WHERE q.speaker IS NOT NULL
    AND q.kind IN ('direct', 'mixed', 'indirect', 'turn')
    AND instr(lower(q.speaker), lower(coalesce(:speaker, ''))) > 0
    AND instr(lower(q.said), lower(coalesce(:words, ''))) > 0
    AND instr(lower(coalesce(q.outlet, '')), lower(coalesce(:outlet, ''))) > 0
ORDER BY q.published DESC, q.article_id DESC, q.start
LIMIT coalesce(:most, 200);
