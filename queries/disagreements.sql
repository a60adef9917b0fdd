-- title: Where articles disagree on a figure
-- description: Which articles that name the same people and places give different numbers for the same
--   thing? Each case lists what every article says, with the least and the most its words allow in the
--   base unit (s for durations; "about" allows a tenth either way). "contradict": no number satisfies them all.
--   "compatible": the words leave room for one that does ("at least 120", "129"). Only a reader of the
--   sentences knows that they speak of the same thing.
-- param thing (text, default ''): what is counted, what befell it ("death"), or the unit; '' for all
-- param shared (integer, default 3): names that two articles must have in common
-- param factor (number, default 2): how far apart two numbers for one thing may be: less than twice
-- param verdict (text, default ''): contradict or compatible; '' for both
WITH RECURSIVE readings AS (
    -- One row for each number an article gives for a thing, in the base unit where there is one.
    SELECT
        min(f.id) AS id,
        f.article_id,
        f.kind,
        coalesce(f.base_unit, f.unit, '') AS unit,
        f.event,
        CASE
            WHEN f.kind IN ('duration', 'distance') THEN ''
            WHEN f.counted_head IN ('people', 'life', 'victim', 'soul') THEN 'person'
            WHEN f.counted_head IS NULL AND f.event IN ('death', 'injury') THEN 'person'
            ELSE coalesce(f.counted_head, '')
        END AS head,
        coalesce(f.base_value, f.value, f.low, f.high) AS size,
        -- "about" and "nearly" allow a tenth.
        CASE WHEN f.low IS NULL AND f.bound IN ('about', 'nearly')
            THEN 0.9 * coalesce(f.base_value, f.value)
            ELSE f.low * coalesce(f.base_value / nullif(coalesce(f.value, f.low, f.high), 0), 1)
        END AS low,
        CASE WHEN f.high IS NULL AND f.bound = 'about'
            THEN 1.1 * coalesce(f.base_value, f.value)
            ELSE f.high * coalesce(f.base_value / nullif(coalesce(f.value, f.low, f.high), 0), 1)
        END AS high
    FROM figures f
    WHERE f.is_vague = 0
        AND f.kind IN ('count', 'money', 'percentage', 'share', 'duration', 'distance', 'area', 'volume', 'weight')
        AND (f.event IS NOT NULL OR f.counted_head IS NOT NULL OR f.kind IN ('duration', 'distance'))
        AND (coalesce(:thing, '') = ''
            OR lower(:thing) IN (lower(f.event), lower(f.event) || 's', lower(f.counted_head),
                lower(f.counted_head) || 's', lower(f.unit_name), lower(f.unit_name) || 's'))
    GROUP BY f.article_id, f.kind, coalesce(f.base_unit, f.unit, ''), f.event, head, size, f.low, f.high
),
pairs AS (
    SELECT a.id AS one, b.id AS other, a.article_id AS one_article, b.article_id AS other_article
    FROM readings a
    JOIN readings b
        ON b.kind = a.kind
        AND b.unit = a.unit
        AND b.event IS a.event
        AND b.head = a.head
        AND b.article_id <> a.article_id
        AND b.size < a.size * coalesce(:factor, 2)
        AND a.size < b.size * coalesce(:factor, 2)
),
compared AS (
    SELECT p.one_article, p.other_article
    FROM (SELECT DISTINCT one_article, other_article FROM pairs) p
    WHERE (
        SELECT count(DISTINCT x.entity_id)
        FROM article_entities x
        JOIN article_entities y ON y.entity_id = x.entity_id
        WHERE x.article_id = p.one_article AND y.article_id = p.other_article) >= coalesce(:shared, 3)
),
links AS MATERIALIZED (
    SELECT one, other FROM pairs JOIN compared USING (one_article, other_article)
),
-- Readings that are linked, directly or over others, are one case: it bears its first reading's number.
reached AS (
    SELECT one AS id, one AS first FROM links
    UNION
    SELECT l.other, r.first FROM reached r JOIN links l ON l.one = r.id WHERE l.other > r.first
),
members AS (
    SELECT id, min(first) AS first FROM reached GROUP BY id
),
cases AS (
    SELECT
        m.first,
        CASE
            WHEN max(coalesce(r.low, -9e999)) > min(coalesce(r.high, 9e999)) THEN 'contradict'
            ELSE 'compatible'
        END AS verdict,
        count(DISTINCT r.article_id) AS articles
    FROM members m
    JOIN readings r ON r.id = m.id
    GROUP BY m.first
    -- Where all say the same, nothing is to be seen.
    HAVING count(DISTINCT coalesce(r.low, '') || ' to ' || coalesce(r.high, '')) > 1
)
SELECT
    dense_rank() OVER (ORDER BY c.verdict DESC, c.articles DESC, c.first) AS no,
    c.verdict,
    coalesce(f.event || ', ', '') || coalesce(f.counted_head, f.unit_name, '') AS thing,
    f.outlet,
    f.text AS figure,
    f.bound,
    round(r.low, 6) AS low,
    round(r.high, 6) AS high,
    r.unit,
    f.sentence,
    f.article_id
FROM cases c
JOIN members m ON m.first = c.first
JOIN readings r ON r.id = m.id
JOIN figures_full f ON f.id = m.id
WHERE coalesce(:verdict, '') IN ('', c.verdict)
ORDER BY no, r.size, r.low, f.outlet, f.id;
