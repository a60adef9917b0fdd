-- title: Figures about a thing
-- description: Which numbers are reported about something, by whom, and how sure? Deaths, dollars,
--   refugees, minutes: what is counted, what befell it, or the unit. The newest, sorted by thing and outlet.
-- scan: the articles from the newest on, until there are enough figures; every one where few are of the thing
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
        lower(coalesce(:place, '')) AS place,
        lower(coalesce(:outlet, '')) AS outlet
),
-- LIKE looks into a figure in half the time that instr(lower()) takes.
sought AS MATERIALIZED (
    SELECT *, '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%' AS part FROM wanted
),
-- What is sought is asked for in scalars, so that the order of the articles stands and the walk ends early.
chosen AS MATERIALIZED (
    SELECT f.id
    FROM articles a
    CROSS JOIN figures f ON f.article_id = a.id
    WHERE ((SELECT word FROM sought) = ''
            OR f.event = (SELECT word FROM sought) COLLATE NOCASE
            OR f.counted_head = (SELECT word FROM sought) COLLATE NOCASE
            OR f.unit_name = (SELECT word FROM sought) COLLATE NOCASE
            OR f.unit = (SELECT unit FROM sought) COLLATE NOCASE
            OR f.counted LIKE (SELECT part FROM sought) ESCAPE '\')
        AND ((SELECT place FROM sought) = '' OR instr(lower(f.place), (SELECT place FROM sought)) > 0)
        AND ((SELECT outlet FROM sought) = ''
            OR instr(lower((SELECT o.name FROM outlets o WHERE o.id = a.outlet_id)), (SELECT outlet FROM sought)) > 0)
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
