-- title: Figures about a thing
-- description: Which numbers are reported about something, by whom, and how sure? Deaths, dollars,
--   refugees, minutes: what is counted, what befell it, or the unit.
-- scan: every figure, to find those of the thing
-- param thing (text, default ''): what is counted ("deaths", "refugees"), or a unit ("minutes", "USD"); '' for all
-- param place (text, default ''): part of the place it holds for; '' for all
-- param outlet (text, default ''): part of the outlet's name; '' for all
-- param most (integer, default 500): rows at most
-- chart: points x=published y=value by=outlet
WITH wanted AS (
    -- The plural asked for finds the singular stored; common words for the dead find deaths.
    SELECT
        CASE
            WHEN lower(:thing) IN ('dead', 'killed', 'died', 'die', 'toll', 'fatalities') THEN 'death'
            WHEN lower(:thing) IN ('injured', 'wounded', 'hurt', 'injuries') THEN 'injury'
            WHEN lower(:thing) GLOB '*ies' THEN substr(lower(:thing), 1, length(:thing) - 3) || 'y'
            WHEN lower(:thing) GLOB '*[^s]s' THEN substr(lower(:thing), 1, length(:thing) - 1)
            ELSE lower(coalesce(:thing, ''))
        END AS word
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
FROM figures_full f
JOIN wanted w
WHERE (w.word = ''
        OR lower(f.event) = w.word
        OR lower(f.counted_head) = w.word
        OR lower(f.unit_name) = w.word
        OR lower(f.unit) = lower(:thing)
        OR instr(lower(f.counted), w.word) > 0)
    AND instr(lower(coalesce(f.place, '')), lower(coalesce(:place, ''))) > 0
    AND instr(lower(coalesce(f.outlet, '')), lower(coalesce(:outlet, ''))) > 0
ORDER BY f.event, f.counted_head, f.unit, f.outlet, f.published, f.article_id, f.start
LIMIT coalesce(nullif(:most, ''), 500);
