-- title: Quotes that nobody is credited with
-- description: Which quotes have no named speaker, and why: an unnamed official, words in marks that are
--   nobody's, a speaker the text does not lead to?
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- param most (integer, default 200): rows at most
SELECT
    q.said,
    q.kind,
    q.speaker_text AS described_as,
    coalesce(q.unattributed, q.speaker_steps) AS reason,
    q.cue,
    q.outlet,
    q.title,
    q.article_id,
    q.id AS quote_id
FROM quotes_full q
WHERE q.speaker_entity IS NULL
    AND q.kind NOT IN ('title', 'nickname')
    AND instr(lower(coalesce(q.outlet, '')), lower(coalesce(:outlet, ''))) > 0
ORDER BY q.kind, q.article_id, q.start
LIMIT coalesce(:most, 200);
