-- title: Figures about a thing
-- description: Which numbers are reported about something, by whom, and how sure? Deaths, dollars,
--   refugees, minutes: what is counted, what befell it, or the unit. The newest, sorted by thing and outlet.
-- scan: every figure, to find those of the thing; where none is given, the articles from the newest on, until
--   there are enough
-- param thing (text, default ''): what is counted ("deaths", "refugees"), or a unit ("minutes", "USD"); '' for all
-- param place (text, default ''): part of the place it holds for; '' for all
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- param most (integer, default 500): rows at most
-- values most: 1 or more
-- chart: points x=published y=value by=outlet
WITH wanted AS MATERIALIZED (
    -- The plural asked for finds the singular stored; common words for the dead find deaths.
    SELECT
        CASE
            WHEN lower(:thing) IN ('dead', 'killed', 'died', 'die', 'toll', 'fatalities') THEN 'death'
            WHEN lower(:thing) IN ('injured', 'wounded', 'hurt', 'injuries') THEN 'injury'
            WHEN lower(:thing) GLOB '*ies' THEN substr(lower(:thing), 1, length(:thing) - 3) || 'y'
            WHEN lower(:thing) GLOB '*[^s]s' THEN substr(lower(:thing), 1, length(:thing) - 1)
            ELSE lower(coalesce(:thing, ''))
        END AS word,
        coalesce(:thing, '') AS unit,
        lower(coalesce(:place, '')) AS place
),
-- LIKE looks into every figure in half the time that instr(lower()) takes.
sought AS MATERIALIZED (
    SELECT *, '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%' AS part FROM wanted
),
-- Two ways to the figures, by the thing and by the date: what is not asked for finds nothing.
found AS (
    SELECT f.id, f.article_id
    FROM sought w
    CROSS JOIN figures f
    WHERE w.word <> ''
        AND (f.event = w.word COLLATE NOCASE
            OR f.counted_head = w.word COLLATE NOCASE
            OR f.unit_name = w.word COLLATE NOCASE
            OR f.unit = w.unit COLLATE NOCASE
            OR f.counted LIKE w.part ESCAPE '\')
        AND (w.place = '' OR instr(lower(f.place), w.place) > 0)
    UNION ALL
    SELECT * FROM (
        SELECT f.id, f.article_id
        FROM articles a
        LEFT JOIN outlets o ON o.id = a.outlet_id
        CROSS JOIN figures f ON f.article_id = a.id
        WHERE coalesce(:thing, '') = ''
            AND instr(lower(coalesce(f.place, '')), lower(coalesce(:place, ''))) > 0
            AND instr(lower(coalesce(o.name, '')), lower(coalesce(:outlet, ''))) > 0
        ORDER BY a.published DESC, a.id DESC
        LIMIT coalesce(nullif(:most, ''), 500))
),
chosen AS MATERIALIZED (
    SELECT f.id
    FROM found f
    CROSS JOIN articles a ON a.id = f.article_id
    LEFT JOIN outlets o ON o.id = a.outlet_id
    WHERE instr(lower(coalesce(o.name, '')), lower(coalesce(:outlet, ''))) > 0
    ORDER BY a.published DESC, a.id DESC, f.id
    LIMIT coalesce(nullif(:most, ''), 500)
)
SELECT
    f.text AS figure,
    f.value,
    f.low,
    f.high,
    f.bound,
    f.unit_name AS unit,
    f.counted,
    f.event,
    f.place,
    f.whose,
    f.period,
    f.as_of_date,
    f.hedge,
    f.cited,
    f.other_readings,
    f.outlet,
    f.published,
    f.sentence,
    f.title,
    f.article_id,
    f.id AS figure_id
FROM chosen c
CROSS JOIN figures_full f ON f.id = c.id
ORDER BY f.event, f.counted_head, f.unit, f.outlet, f.published, f.article_id, f.start;
