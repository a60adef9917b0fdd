-- title: Figures that somebody is quoted with
-- description: Which numbers stand inside somebody's words, so that he vouches for them rather than the
--   outlet?
-- param speaker (text, default ''): part of the speaker's name; '' for everybody
-- param most (integer, default 200): rows at most
SELECT
    q.speaker,
    f.text AS figure,
    f.counted,
    f.bound,
    q.said,
    q.outlet,
    q.published,
    q.article_id,
    f.id AS figure_id
FROM figures f
JOIN quotes_full q ON q.id = f.quote_id
WHERE instr(lower(coalesce(q.speaker, '')), lower(coalesce(:speaker, ''))) > 0
ORDER BY q.published DESC, q.article_id, f.start
LIMIT coalesce(:most, 200);
