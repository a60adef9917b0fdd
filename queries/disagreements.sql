-- title: Where articles disagree on a figure
-- description: Which articles that name the same people and places give different numbers for the same
--   thing? Each case lists what every article says, with the least and the most its words allow in the
--   base unit (s for durations; "about" allows a tenth either way). "contradict": no number satisfies them all.
--   "compatible": the words leave room for one that does ("at least 120", "129"). Only a reader of the
--   sentences knows that they speak of the same thing. Left out: what is vague, denied or only possible,
--   small counts of nothing that befell anybody ("two sides"), and times between two events ("two days
--   later"). Without a thing it reads every figure of the archive.
-- scan: every figure, to compare it with the others, where no thing is given
-- param thing (text, default ''): what is counted, what befell it ("death"), or the unit; '' for all
-- param shared (integer, default 3): names that two articles must have in common
-- param factor (number, default 2): how far apart two numbers for one thing may be: less than twice
-- param smallest (number, default 3): the smallest count of things that nothing befell
-- param verdict (text, default ''): contradict or compatible; '' for both
WITH RECURSIVE figures_asked AS (
    SELECT
        f.*,
        -- "fell to 88" says 88; "fell by 12" speaks of another number.
        CASE WHEN f.role IN ('by', 'from') THEN f.role ELSE '' END AS part,
        -- "in Aleppo", "in Syria": two places are two things.
        CASE WHEN f.holds_for GLOB 'in [A-Z]*' THEN lower(f.holds_for) END AS where_held
    FROM figures f
    WHERE f.is_vague = 0
        AND f.is_hedged = 0
        AND f.kind IN ('count', 'money', 'percentage', 'share', 'duration', 'distance', 'area', 'volume', 'weight')
        AND (f.event IS NOT NULL OR f.counted_head IS NOT NULL OR f.kind IN ('duration', 'distance'))
        AND (f.kind <> 'count' OR f.event IS NOT NULL
            OR coalesce(f.value, f.low, f.high) >= coalesce(nullif(:smallest, ''), 3) + 0)
        AND (coalesce(:thing, '') = ''
            OR lower(:thing) IN (lower(f.event), lower(f.event) || 's', lower(f.counted_head),
                lower(f.counted_head) || 's', lower(f.unit_name), lower(f.unit_name) || 's'))
),
-- A duration with the words around it: "two days [after]", "[in the last] two days".
durations AS (
    SELECT
        f.id,
        lower(replace(substr(a.text, f.end + 1, 12), char(10), ' ')) || ' ' AS behind,
        lower(replace(substr(a.text, max(f.start - 11, 1), min(f.start, 12)), char(10), ' ')) AS before
    FROM figures_asked f
    JOIN articles a ON a.id = f.article_id
    WHERE f.kind = 'duration'
),
offsets AS (
    SELECT id
    FROM durations
    WHERE behind GLOB ' after*' OR behind GLOB ' before*' OR behind GLOB ' ago*' OR behind GLOB ' later*'
        OR behind GLOB ' earlier*' OR behind GLOB ' since *' OR behind GLOB ' from now*'
        OR behind GLOB ' hence*' OR behind GLOB ' ahead *' OR behind GLOB ' old*' OR behind GLOB '-old*'
        OR before GLOB '* within ' OR before GLOB '* last ' OR before GLOB '* past ' OR before GLOB '* next '
        OR before GLOB '* every ' OR before GLOB '* coming ' OR before GLOB '* previous '
),
readings AS (
    -- One row for each number an article gives for a thing, in the base unit where there is one.
    SELECT
        min(f.id) AS id,
        f.article_id,
        f.kind,
        coalesce(f.base_unit, f.unit, '') AS unit,
        f.event,
        f.part,
        f.where_held,
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
    FROM figures_asked f
    WHERE f.id NOT IN (SELECT id FROM offsets)
    GROUP BY f.article_id, f.kind, coalesce(f.base_unit, f.unit, ''), f.event, f.part, f.where_held, head, size,
        f.low, f.high
),
pairs AS (
    SELECT a.id AS one, b.id AS other, a.article_id AS one_article, b.article_id AS other_article,
        a.kind IN ('duration', 'distance') AS is_length
    FROM readings a
    JOIN readings b
        ON b.kind = a.kind
        AND b.unit = a.unit
        AND b.event IS a.event
        AND b.part = a.part
        AND b.head = a.head
        AND b.article_id <> a.article_id
        AND b.size < a.size * coalesce(nullif(:factor, ''), 2)
        AND a.size < b.size * coalesce(nullif(:factor, ''), 2)
        AND coalesce(a.where_held = b.where_held, 1)
),
-- What two articles both name.
compared AS (
    SELECT p.one_article, p.other_article,
        count(DISTINCT x.entity_id) AS names,
        count(DISTINCT CASE WHEN x.kind = 'person' THEN x.entity_id END) AS persons,
        count(DISTINCT CASE WHEN x.kind = 'place' THEN x.entity_id END) AS places
    FROM (SELECT DISTINCT one_article, other_article FROM pairs) p
    JOIN article_entities x ON x.article_id = p.one_article
    JOIN article_entities y ON y.article_id = p.other_article AND y.entity_id = x.entity_id
    GROUP BY p.one_article, p.other_article
    HAVING count(DISTINCT x.entity_id) >= coalesce(nullif(:shared, ''), 3) + 0
),
named AS MATERIALIZED (
    SELECT article_id, count(DISTINCT entity_id) AS names FROM article_entities GROUP BY article_id
),
-- What the sentence of a length names.
beside AS MATERIALIZED (
    SELECT DISTINCT f.id, n.entity_id
    FROM figures_asked f
    JOIN article_entities n ON n.article_id = f.article_id
    JOIN mentions m ON m.article_entity_id = n.id
    WHERE f.kind IN ('duration', 'distance') AND m.start >= f.sentence_start AND m.end <= f.sentence_end
),
links AS MATERIALIZED (
    SELECT p.one, p.other
    FROM pairs p
    JOIN compared c USING (one_article, other_article)
    JOIN figures f ON f.id = p.one
    JOIN figures g ON g.id = p.other
    JOIN named n ON n.article_id = p.one_article
    JOIN named o ON o.article_id = p.other_article
    -- A length alone does not say of what: its noun must ("the rescue"), or the articles be of one event,
    -- with two persons, a place and a quarter of all they name in common, and the sentences share a name.
    WHERE NOT p.is_length
        OR f.counted_head = g.counted_head
        OR (c.persons >= 2 AND c.places >= 1 AND 4 * c.names >= min(n.names, o.names)
            AND EXISTS (
                SELECT 1
                FROM beside x
                JOIN beside y ON y.entity_id = x.entity_id
                WHERE x.id = p.one AND y.id = p.other))
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
    coalesce(f.event || ', ', '') || CASE WHEN r.head = '' THEN f.kind ELSE r.head END AS thing,
    f.outlet,
    f.text AS figure,
    round(r.low, 6) AS low,
    round(r.high, 6) AS high,
    r.unit,
    f.article_id,
    f.sentence
FROM cases c
JOIN members m ON m.first = c.first
JOIN readings r ON r.id = m.id
JOIN figures_full f ON f.id = m.id
WHERE coalesce(:verdict, '') IN ('', c.verdict)
ORDER BY no, r.size, r.low, f.outlet, f.id;
