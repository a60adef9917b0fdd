-- title: One quote in several wordings
-- description: Where do articles quote the same speaker with almost the same words? Shows the two
--   wordings side by side, and how many of their words they share: one of the two may be misquoted,
--   shortened or translated.
-- param speaker (text, default ''): part of the speaker's name; '' for everybody
-- param alike (number, default 0.5): the least part of their words that two wordings share, 0 to 1
-- param most (integer, default 100): rows at most
WITH said AS (
    SELECT
        q.id,
        q.article_id,
        n.entity_id,
        q.said,
        -- Letters and spaces alone, so that the words can be taken apart as a JSON array.
        lower(trim(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            q.said, '"', ''), '\', ''), ',', ''), '.', ''), '’', ''), '''', ''), '“', ''), '”', ''), '-', ' '),
            char(9), ' '), char(13), ' '), char(10), ' '))) AS plain
    FROM quotes q
    JOIN article_entities n ON n.id = q.speaker_id
    JOIN entities e ON e.id = n.entity_id
    WHERE q.kind IN ('direct', 'mixed')
        AND instr(lower(e.name), lower(coalesce(:speaker, ''))) > 0
),
words AS (
    SELECT DISTINCT s.id, s.article_id, s.entity_id, w.value AS word
    FROM said s
    JOIN json_each('["' || replace(s.plain, ' ', '","') || '"]') w
    -- A text with control characters is no JSON; it is passed over here.
    WHERE json_valid('["' || replace(s.plain, ' ', '","') || '"]') AND w.value <> ''
),
counted AS (
    SELECT id, count(*) AS words FROM words GROUP BY id HAVING count(*) >= 3
),
pairs AS (
    SELECT a.id AS one, b.id AS other, count(*) AS shared
    FROM words a
    JOIN words b ON b.entity_id = a.entity_id AND b.word = a.word AND b.article_id > a.article_id
    GROUP BY a.id, b.id
)
SELECT
    f.speaker,
    f.said AS one,
    f.outlet AS one_outlet,
    g.said AS other,
    g.outlet AS other_outlet,
    round(1.0 * p.shared / min(c.words, d.words), 2) AS alike,
    f.article_id AS one_article,
    g.article_id AS other_article
FROM pairs p
JOIN counted c ON c.id = p.one
JOIN counted d ON d.id = p.other
JOIN quotes_full f ON f.id = p.one
JOIN quotes_full g ON g.id = p.other
WHERE f.said <> g.said
    AND p.shared >= 3
    AND 1.0 * p.shared / min(c.words, d.words) >= coalesce(:alike, 0.5)
ORDER BY alike DESC, p.shared DESC, f.id, g.id
LIMIT coalesce(:most, 100);
