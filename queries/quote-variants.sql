-- title: One quote in several wordings
-- description: Where do articles quote one utterance in other words? Shows the fullest wording beside each
--   other one, how that differs, and how much of it the fullest has: one of the two may be misquoted,
--   shortened or translated. compared is the fullest wording with [-what the other leaves out-] and
--   {+what it has instead+}.
-- param speaker (text, default ''): part of the speaker's name; '' for everybody
-- param alike (number, default 0): the least part of its words that a wording shares with the fullest, 0 to 1
-- param most (integer, default 100): rows at most
-- values most: 1 or more
-- scan: every utterance that several articles have
WITH several AS (
    SELECT u.id, u.articles, f.id AS wording_id, coalesce(e.name, '') AS speaker
    FROM utterances u
    CROSS JOIN wordings f ON f.id = u.wording_id
    LEFT JOIN entities e ON e.id = u.speaker_entity_id
    WHERE u.articles > 1
        AND instr(lower(coalesce(e.name, '')), lower(coalesce(:speaker, ''))) > 0
)
SELECT
    s.speaker,
    one.said AS one,
    one_outlet.name AS one_outlet,
    other.said AS other,
    other_outlet.name AS other_outlet,
    w.difference,
    w.similarity AS alike,
    w.compared,
    one.article_id AS one_article,
    other.article_id AS other_article
FROM several s
CROSS JOIN wordings w ON w.fullest_id = s.wording_id
CROSS JOIN quote_wordings m ON m.wording_id = w.id
CROSS JOIN quotes other ON other.id = m.quote_id
JOIN articles b ON b.id = other.article_id
LEFT JOIN outlets other_outlet ON other_outlet.id = b.outlet_id
-- Of those who have the fullest wording, the first.
JOIN quotes one ON one.id = (SELECT min(n.quote_id) FROM quote_wordings n WHERE n.wording_id = s.wording_id)
JOIN articles a ON a.id = one.article_id
LEFT JOIN outlets one_outlet ON one_outlet.id = a.outlet_id
WHERE w.difference IS NOT 'verbatim'
    AND w.similarity >= coalesce(nullif(:alike, ''), 0) + 0
    AND one.article_id <> other.article_id
ORDER BY s.articles DESC, s.id, w.similarity DESC, other.id
LIMIT coalesce(nullif(:most, ''), 100);
