-- title: Who said what
-- question: Who is quoted with which words, in which article? The newest articles first. Words marked inside a
--   reported sentence come with the sentence; where no word credits them, cue tells in brackets how they were.
-- param speaker (text, default ''): part of the speaker's name, or the first words that describe him; '' for
--   everybody
-- values speaker: SELECT name FROM entities WHERE kind = 'person' ORDER BY name
-- param words (text, default ''): words that the quote holds in a row; '' for any
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- values outlet: SELECT name FROM outlets ORDER BY name
-- param most (integer, default 200): rows at most
-- values most: 1 or more
-- scan: every quote of the speaker or with the words, to sort them; where neither is given, the articles from the
--   newest on, until there are enough
-- key: quote_id
WITH asked AS MATERIALIZED (
    -- Words become a phrase of the full text index, in which no sign has a meaning.
    SELECT
        lower(coalesce(:speaker, '')) AS speaker,
        CASE WHEN coalesce(:speaker, '') <> ''
            THEN 'speaker_text : "' || replace(:speaker, '"', ' ') || '" *' ELSE '' END AS described,
        CASE WHEN coalesce(:words, '') <> ''
            THEN 'said : "' || replace(:words, '"', ' ') || '"' ELSE '' END AS phrase
),
in_words AS MATERIALIZED (
    -- An empty phrase finds nothing.
    SELECT s.rowid AS id
    FROM asked k
    CROSS JOIN quotes_search s ON quotes_search MATCH coalesce(nullif(k.phrase, ''), '""')
),
-- Three ways to the quotes, by who spoke, by the words, and by the date: what is not asked for finds nothing.
found AS (
    SELECT q.id, n.article_id
    FROM asked k
    CROSS JOIN entities e ON k.speaker <> '' AND instr(lower(e.name), k.speaker) > 0
    CROSS JOIN article_entities n ON n.entity_id = e.id
    CROSS JOIN quotes q ON q.speaker_id = n.id
    WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
        AND (k.phrase = '' OR q.id IN (SELECT id FROM in_words))
    UNION ALL
    SELECT q.id, q.article_id
    FROM asked k
    CROSS JOIN quotes_search s
        ON quotes_search MATCH CASE
            WHEN k.described <> '' AND k.phrase <> '' THEN k.described || ' AND ' || k.phrase
            -- An empty phrase finds nothing.
            ELSE coalesce(nullif(k.described || k.phrase, ''), '""') END
    CROSS JOIN quotes q ON q.id = s.rowid
    WHERE q.kind IN ('direct', 'mixed', 'indirect', 'turn')
        AND q.speaker_text IS NOT NULL
        -- Speakers with a name are found by it, above.
        AND (k.speaker = '' OR q.speaker_id IS NULL)
    UNION ALL
    SELECT * FROM (
        SELECT q.id, q.article_id
        FROM articles a
        LEFT JOIN outlets o ON o.id = a.outlet_id
        CROSS JOIN quotes q ON q.article_id = a.id
        WHERE coalesce(:speaker, '') = '' AND coalesce(:words, '') = ''
            AND q.kind IN ('direct', 'mixed', 'indirect', 'turn')
            AND q.speaker_text IS NOT NULL
            AND instr(lower(coalesce(o.name, '')), lower(coalesce(:outlet, ''))) > 0
        ORDER BY a.published DESC, a.id DESC
        LIMIT coalesce(nullif(:most, ''), 200))
),
chosen AS MATERIALIZED (
    SELECT f.id
    FROM found f
    CROSS JOIN articles a ON a.id = f.article_id
    LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE instr(lower(coalesce(o.name, '')), lower(coalesce(:outlet, ''))) > 0
    ORDER BY a.published DESC, a.id DESC, f.id
    LIMIT coalesce(nullif(:most, ''), 200)
)
SELECT
    q.speaker,
    CASE q.kind WHEN 'mixed' THEN q.content ELSE q.said END AS said,
    coalesce(q.cue, '(' || r.rule || ')') AS cue,
    q.kind,
    q.outlet,
    q.published,
    q.title,
    q.article_id,
    q.id AS quote_id
FROM chosen c
CROSS JOIN quotes_full q ON q.id = c.id
CROSS JOIN quotes r ON r.id = c.id
ORDER BY q.published DESC, q.article_id DESC, q.start;
