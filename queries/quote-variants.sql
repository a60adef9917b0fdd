-- title: One quote in several wordings
-- description: Where do articles quote the same speaker with almost the same words? Shows the two
--   wordings side by side, and how many of the shorter one's letters stand in words that both have:
--   one of the two may be misquoted, shortened or translated. Words count by their letters, so that
--   "and" weighs little, and two words in a row may be one ("business like"). Reads every quote that has
--   a speaker.
-- param speaker (text, default ''): part of the speaker's name; '' for everybody
-- param alike (number, default 0.6): the least part of their letters that two wordings share, 0 to 1
-- param most (integer, default 100): rows at most
WITH said AS (
    SELECT
        q.id,
        q.article_id,
        n.entity_id,
        q.said,
        -- Letters and spaces alone, so that the words can be taken apart as a JSON array.
        lower(trim(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            replace(replace(replace(replace(replace(replace(
            q.said, '"', ''), '\', ''), ',', ' '), '.', ' '), '’', ''), '''', ''), '“', ''), '”', ''), '-', ' '),
            '—', ' '), '–', ' '), '…', ' '), '[', ''), ']', ''), ';', ' '),
            char(9), ' '), char(13), ' '), char(10), ' '))) AS plain
    FROM quotes q
    JOIN article_entities n ON n.id = q.speaker_id
    JOIN entities e ON e.id = n.entity_id
    WHERE q.kind IN ('direct', 'mixed')
        AND instr(lower(e.name), lower(coalesce(:speaker, ''))) > 0
),
in_order AS (
    SELECT s.id, s.article_id, s.entity_id, w.key AS place, w.value AS word
    FROM said s
    JOIN json_each('["' || replace(s.plain, ' ', '","') || '"]') w
    -- A text with control characters is no JSON; it is passed over here.
    WHERE json_valid('["' || replace(s.plain, ' ', '","') || '"]') AND w.value <> ''
),
words AS (
    SELECT DISTINCT id, article_id, entity_id, word FROM in_order
),
joined AS (
    SELECT id, article_id, entity_id, word || next AS word
    FROM (SELECT *, lead(word) OVER (PARTITION BY id ORDER BY place) AS next FROM in_order)
    WHERE next IS NOT NULL
),
counted AS (
    SELECT id, count(*) AS words, sum(length(word)) AS letters FROM words GROUP BY id HAVING count(*) >= 3
),
shared AS (
    SELECT a.id AS one, b.id AS other, a.word
    FROM words a
    JOIN words b ON b.entity_id = a.entity_id AND b.word = a.word AND b.article_id > a.article_id
    UNION
    SELECT min(a.id, b.id), max(a.id, b.id), a.word
    FROM words a
    JOIN joined b ON b.entity_id = a.entity_id AND b.word = a.word AND b.article_id <> a.article_id
    -- "we" and "a" in a row are no word.
    WHERE length(a.word) > 4
),
pairs AS (
    SELECT one, other, count(*) AS words, sum(length(word)) AS letters FROM shared GROUP BY one, other
),
measured AS (
    SELECT
        p.one,
        p.other,
        p.letters,
        min(1.0, 1.0 * p.letters / min(c.letters, d.letters)) AS alike
    FROM pairs p
    JOIN counted c ON c.id = p.one
    JOIN counted d ON d.id = p.other
    -- Three words, or fewer that are long.
    WHERE p.words >= 3 OR (p.words = 2 AND p.letters >= 12)
)
SELECT
    f.speaker,
    f.said AS one,
    f.outlet AS one_outlet,
    g.said AS other,
    g.outlet AS other_outlet,
    round(m.alike, 2) AS alike,
    f.article_id AS one_article,
    g.article_id AS other_article
FROM measured m
JOIN quotes_full f ON f.id = m.one
JOIN quotes_full g ON g.id = m.other
WHERE m.alike >= coalesce(:alike, 0.6)
    -- The same words in other marks are no other wording.
    AND rtrim(lower(f.said), ',.!?… ') <> rtrim(lower(g.said), ',.!?… ')
ORDER BY m.alike DESC, m.letters DESC, f.id, g.id
LIMIT coalesce(:most, 100);
