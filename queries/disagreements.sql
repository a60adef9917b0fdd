-- title: Where articles disagree on a figure
-- description: Which articles that name the same people and places give different numbers for the same
--   thing? Each case lists what every article says, with the least and the most its words allow in the
--   base unit (s for durations; "about" allows a tenth either way). "contradict": no number satisfies them all.
--   "compatible": the words leave room for one that does ("at least 120", "129"). Only a reader of the
--   sentences knows that they speak of the same thing. The newest articles are compared with all others;
--   two of them only if one of the names in common is rare, since all news of a country name its capital.
--   Left out: what is vague, denied or only possible, small counts of nothing that befell anybody ("two
--   sides"), and times between two events ("two days later").
-- scan: which names are rare in the archive, and the newest articles with all that share such a name
-- note: SELECT 'only the newest ' || coalesce(nullif(:articles, ''), 1000) || ' of ' || n || ' articles'
--   || CASE WHEN coalesce(:thing, '') = '' THEN '' ELSE ' with such a figure' END
--   || ' were compared with the others (-p articles 0 for every one)'
--   FROM (SELECT CASE WHEN coalesce(:thing, '') = '' THEN (SELECT count(*) FROM articles) ELSE (SELECT count(*) FROM (
--     SELECT article_id FROM figures WHERE event COLLATE NOCASE IN (:thing, one)
--     UNION SELECT article_id FROM figures WHERE counted_head COLLATE NOCASE IN (:thing, one)
--     UNION SELECT article_id FROM figures WHERE unit_name COLLATE NOCASE IN (:thing, one))) END AS n
--   FROM (SELECT iif(lower(:thing) GLOB '*s', substr(:thing, 1, length(:thing) - 1), :thing) AS one))
--   WHERE coalesce(nullif(:articles, ''), 1000) + 0 BETWEEN 1 AND n - 1
-- param thing (text, default ''): what is counted, what befell it ("death"), or the unit; '' for all
-- param articles (integer, default 1000): how many of the newest articles with such a figure are compared with
--   all others; 0 for every article, which takes minutes in a large archive
-- values articles: 0 or more
-- param shared (integer, default 3): names that two articles must have in common
-- values shared: 1 or more
-- param rare (integer, default 100): one of them must be named in no more articles than these
-- values rare: 1 or more
-- param factor (number, default 2): how far apart two numbers for one thing may be: less than twice
-- param smallest (number, default 3): the smallest count of things that nothing befell
-- param verdict (text, default ''): contradict or compatible; '' for both
-- values verdict: contradict | compatible
-- param most (integer, default 200): cases at most
-- values most: 1 or more
WITH RECURSIVE asked AS MATERIALIZED (
    SELECT
        -- The plural asked for finds the singular stored.
        coalesce(:thing, '') AS thing,
        CASE WHEN lower(:thing) GLOB '*s' THEN substr(:thing, 1, length(:thing) - 1) ELSE coalesce(:thing, '') END AS one,
        coalesce(nullif(coalesce(nullif(:articles, ''), 1000) + 0, 0), -1) AS articles,
        coalesce(nullif(:shared, ''), 3) + 0 AS shared,
        coalesce(nullif(:rare, ''), 100) + 0 AS rare,
        coalesce(nullif(:factor, ''), 2) + 0 AS factor,
        coalesce(nullif(:smallest, ''), 3) + 0 AS smallest
),
of_thing AS (
    SELECT f.article_id FROM asked k CROSS JOIN figures f ON f.event COLLATE NOCASE IN (k.thing, k.one)
    UNION
    SELECT f.article_id FROM asked k CROSS JOIN figures f ON f.counted_head COLLATE NOCASE IN (k.thing, k.one)
    UNION
    SELECT f.article_id FROM asked k CROSS JOIN figures f ON f.unit_name COLLATE NOCASE IN (k.thing, k.one)
),
newest AS MATERIALIZED (
    SELECT a.id
    FROM asked k
    CROSS JOIN articles a
    WHERE k.thing = '' OR +a.id IN (SELECT article_id FROM of_thing)
    ORDER BY a.published DESC, a.id DESC
    LIMIT (SELECT articles FROM asked)
),
rare AS MATERIALIZED (
    SELECT n.entity_id
    FROM article_entities n
    GROUP BY n.entity_id
    HAVING count(*) BETWEEN 2 AND (SELECT rare FROM asked)
),
near AS (
    -- Each pair of articles once, however many rare names they share.
    SELECT min(x.article_id, y.article_id) AS one, max(x.article_id, y.article_id) AS other
    FROM newest w
    CROSS JOIN article_entities x ON x.article_id = w.id
    CROSS JOIN rare r ON r.entity_id = x.entity_id
    CROSS JOIN article_entities y ON y.entity_id = r.entity_id AND y.article_id <> x.article_id
    GROUP BY 1, 2
    HAVING count(DISTINCT x.entity_id) >= (SELECT min(shared, 2) FROM asked)
),
-- What two articles both name.
compared AS MATERIALIZED (
    SELECT p.one, p.other,
        count(DISTINCT x.entity_id) AS names,
        count(DISTINCT CASE WHEN x.kind = 'person' THEN x.entity_id END) AS persons,
        count(DISTINCT CASE WHEN x.kind = 'place' THEN x.entity_id END) AS places
    FROM near p
    CROSS JOIN article_entities x ON x.article_id = p.one
    CROSS JOIN article_entities y ON y.article_id = p.other AND y.entity_id = x.entity_id
    GROUP BY p.one, p.other
    HAVING names >= (SELECT shared FROM asked)
),
concerned AS MATERIALIZED (
    SELECT one AS id FROM compared UNION SELECT other FROM compared
),
figures_asked AS MATERIALIZED (
    SELECT
        f.id, f.article_id, f.kind, f.event, f.counted_head, f.start, f.end,
        f.sentence_start, f.bound, f.base_value,
        coalesce(f.base_unit, f.unit, '') AS unit,
        f.value, f.low, f.high,
        -- "fell to 88" says 88; "fell by 12" speaks of another number.
        CASE WHEN f.role IN ('by', 'from') THEN f.role ELSE '' END AS part,
        -- "in Aleppo", "in Syria": two places are two things.
        CASE WHEN f.holds_for GLOB 'in [A-Z]*' THEN lower(f.holds_for) END AS where_held,
        f.kind IN ('duration', 'distance') AS is_length
    FROM asked k
    CROSS JOIN concerned c
    CROSS JOIN figures f ON f.article_id = c.id
    WHERE f.is_vague = 0
        AND f.is_hedged = 0
        AND f.kind IN ('count', 'money', 'percentage', 'share', 'duration', 'distance', 'area', 'volume', 'weight')
        AND (f.event IS NOT NULL OR f.counted_head IS NOT NULL OR f.kind IN ('duration', 'distance'))
        AND (f.kind <> 'count' OR f.event IS NOT NULL OR coalesce(f.value, f.low, f.high) >= k.smallest)
        AND (k.thing = ''
            OR f.event COLLATE NOCASE IN (k.thing, k.one)
            OR f.counted_head COLLATE NOCASE IN (k.thing, k.one)
            OR f.unit_name COLLATE NOCASE IN (k.thing, k.one))
),
-- A duration with the words around it: "two days [after]", "[in the last] two days".
in_words AS (
    SELECT
        f.*,
        lower(replace(substr(s.text, f.end - s.start + 1, 12), char(10), ' ')) || ' ' AS behind,
        lower(replace(substr(s.text, max(f.start - s.start - 11, 1), min(f.start - s.start, 12)), char(10), ' '))
            AS before
    FROM figures_asked f
    LEFT JOIN sentences s ON f.kind = 'duration' AND s.article_id = f.article_id AND s.start = f.sentence_start
),
readings AS MATERIALIZED (
    -- One row for each number an article gives for a thing, in the base unit where there is one.
    SELECT
        min(f.id) AS id,
        f.article_id,
        f.kind,
        f.unit,
        f.event,
        f.part,
        f.where_held,
        f.is_length,
        CASE
            WHEN f.is_length THEN ''
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
    FROM in_words f
    WHERE NOT coalesce(behind GLOB ' after*' OR behind GLOB ' before*' OR behind GLOB ' ago*'
        OR behind GLOB ' later*' OR behind GLOB ' earlier*' OR behind GLOB ' since *' OR behind GLOB ' from now*'
        OR behind GLOB ' hence*' OR behind GLOB ' ahead *' OR behind GLOB ' old*' OR behind GLOB '-old*'
        OR before GLOB '* within ' OR before GLOB '* last ' OR before GLOB '* past ' OR before GLOB '* next '
        OR before GLOB '* every ' OR before GLOB '* coming ' OR before GLOB '* previous ', 0)
    GROUP BY f.article_id, f.kind, f.unit, f.event, f.part, f.where_held, head, size, f.low, f.high
),
pairs AS (
    SELECT a.id AS one, b.id AS other, a.is_length, c.one AS one_article, c.other AS other_article, c.names,
        c.persons, c.places
    FROM asked k
    CROSS JOIN compared c
    CROSS JOIN readings a ON a.article_id = c.one
    CROSS JOIN readings b
        ON b.article_id = c.other
        AND b.kind = a.kind
        AND b.unit = a.unit
        AND b.event IS a.event
        AND b.part = a.part
        AND b.head = a.head
        AND b.size < a.size * k.factor
        AND a.size < b.size * k.factor
        AND coalesce(a.where_held = b.where_held, 1)
),
-- Whom and what the sentence of a length names.
links AS MATERIALIZED (
    -- Both ways.
    SELECT CASE way WHEN 1 THEN p.one ELSE p.other END AS one, CASE way WHEN 1 THEN p.other ELSE p.one END AS other
    FROM pairs p
    CROSS JOIN (SELECT 1 AS way UNION ALL SELECT 2)
    CROSS JOIN figures f ON f.id = p.one
    CROSS JOIN figures g ON g.id = p.other
    -- A length alone does not say of what: its noun must ("the rescue"), or the articles be of one event,
    -- with two persons, a place and a quarter of all they name in common, and the sentences share a name.
    WHERE NOT p.is_length
        OR f.counted_head = g.counted_head
        OR (p.persons >= 2 AND p.places >= 1
            AND 4 * p.names >= min(
                (SELECT count(DISTINCT n.entity_id) FROM article_entities n WHERE n.article_id = p.one_article),
                (SELECT count(DISTINCT n.entity_id) FROM article_entities n WHERE n.article_id = p.other_article))
            AND EXISTS (
                SELECT 1
                FROM mentions m
                CROSS JOIN article_entities x ON x.id = m.article_entity_id
                CROSS JOIN article_entities y ON y.article_id = g.article_id AND y.entity_id = x.entity_id
                CROSS JOIN mentions o ON o.article_entity_id = y.id
                WHERE m.article_id = f.article_id AND m.start BETWEEN f.sentence_start AND f.sentence_end
                    AND m.end <= f.sentence_end
                    AND o.start >= g.sentence_start AND o.end <= g.sentence_end))
),
-- Readings that are linked, directly or over others, are one case: it bears its first reading's number.
reached AS (
    SELECT id, id AS first FROM readings
    UNION
    SELECT l.other, r.first FROM reached r JOIN links l ON l.one = r.id WHERE l.other > r.first
),
members AS MATERIALIZED (
    SELECT id, min(first) AS first FROM reached GROUP BY id
),
cases AS MATERIALIZED (
    SELECT
        m.first,
        CASE
            WHEN max(coalesce(r.low, -9e999)) > min(coalesce(r.high, 9e999)) THEN 'contradict'
            ELSE 'compatible'
        END AS verdict,
        count(DISTINCT r.article_id) AS articles,
        json_group_array(json_array(r.id, r.size, r.low, r.high, r.unit, r.head)) AS said
    FROM members m
    JOIN readings r ON r.id = m.id
    GROUP BY m.first
    -- Where all say the same, nothing is to be seen.
    HAVING count(DISTINCT coalesce(r.low, '') || ' to ' || coalesce(r.high, '')) > 1
        AND coalesce(:verdict, '') IN ('', verdict)
    ORDER BY verdict DESC, articles DESC, m.first
    LIMIT coalesce(nullif(:most, ''), 200)
)
SELECT
    dense_rank() OVER (ORDER BY c.verdict DESC, c.articles DESC, c.first) AS no,
    c.verdict,
    coalesce(f.event || ', ', '') || CASE WHEN s.value ->> 5 = '' THEN f.kind ELSE s.value ->> 5 END AS thing,
    f.outlet,
    f.text AS figure,
    round(s.value ->> 2, 6) AS low,
    round(s.value ->> 3, 6) AS high,
    s.value ->> 4 AS unit,
    f.article_id,
    f.sentence
FROM cases c
CROSS JOIN json_each(c.said) s
CROSS JOIN figures_full f ON f.id = s.value ->> 0
ORDER BY no, s.value ->> 1, s.value ->> 2, f.outlet, f.id;
