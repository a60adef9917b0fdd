-- Whose figure it is, as of when; dates and times as rows; other readings; sentences once.
--
-- Serves: `GROUP BY place`, `whose`, `period` and `as_of_date` of figures_full, which holds_for alone, a
-- stretch of text, did not allow; "not 40" told apart from "could reach 40"; dates_full, for when the
-- articles say that things happen; other_readings, for what a number may be besides; and
-- `SELECT sentence FROM figures_full`, which cut every sentence out of the whole article, so that an
-- export of a megabyte's article took minutes.
--
-- The table is built anew, without a rename: its comments are the docs, and ALTER TABLE ADD COLUMN keeps none.

-- The sentences that hold a figure or a date, each once.
CREATE TABLE sentences (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start      INTEGER NOT NULL CHECK (start >= 0),
    end        INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    PRIMARY KEY (article_id, start),
    CHECK (end > start)
) STRICT, WITHOUT ROWID;
INSERT INTO sentences (article_id, start, end, text)
SELECT f.article_id, f.sentence_start, max(f.sentence_end),
       substr(a.text, f.sentence_start + 1, max(f.sentence_end) - f.sentence_start)
FROM figures f
JOIN articles a ON a.id = f.article_id
GROUP BY f.article_id, f.sentence_start;

DROP VIEW figures_full;
CREATE TABLE figures_before AS SELECT * FROM figures;
CREATE TABLE figures_sequence AS SELECT seq FROM sqlite_sequence WHERE name = 'figures';
DROP TABLE figures;

-- Quantities that articles report.
CREATE TABLE figures (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id     INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind           TEXT    NOT NULL CHECK (kind IN ('count', 'money', 'percentage', 'share', 'duration', 'distance',
                                                    'area', 'volume', 'weight', 'temperature', 'speed', 'age', 'rate',
                                                    'multiple', 'score', 'vote', 'other')),
    start          INTEGER NOT NULL CHECK (start >= 0),
    end            INTEGER NOT NULL,
    text           TEXT    NOT NULL,
    value          REAL,                                -- as written; NULL for ranges and where no number is named
    low            REAL,                                -- what it allows; NULL when open
    high           REAL,
    bound          TEXT    NOT NULL CHECK (bound IN ('exactly', 'about', 'nearly', 'at_least', 'more_than', 'at_most',
                                                     'up_to', 'less_than')),
    direction      TEXT    CHECK (direction IN ('up', 'down')),
    role           TEXT    CHECK (role IN ('by', 'from', 'to')),  -- in a change: its size, its begin, its end
    unit           TEXT,                                -- a code: USD, min, %
    unit_name      TEXT,                                -- the word: dollar, minute, percent; for counts the noun
    base_value     REAL,                                -- the value in the base unit
    base_unit      TEXT,
    counted        TEXT,                                -- the noun phrase counted, or what a measure is about
    counted_start  INTEGER,
    counted_end    INTEGER,
    counted_head   TEXT,                                -- its head, singular
    event          TEXT,                                -- what befell the counted: death, injury, displacement ...
    holds_for       TEXT,                               -- the place, group or time it holds for: "in Aleppo"
    holds_for_start INTEGER,
    holds_for_end   INTEGER,
    place          TEXT,                                -- the place it holds for: "Aleppo"
    place_start    INTEGER,
    place_end      INTEGER,
    whose          TEXT,                                -- the group it holds for: "children"
    whose_start    INTEGER,
    whose_end      INTEGER,
    period         TEXT,                                -- the time it holds for: "since 2011", "so far"
    period_start   INTEGER,
    period_end     INTEGER,
    as_of          TEXT,                                -- up to when it was counted: "Monday" in "as of Monday"
    as_of_start    INTEGER,
    as_of_end      INTEGER,
    as_of_date     TEXT,                                -- that in ISO 8601, where it is known
    cited          TEXT,                                -- who is cited for it
    cited_start    INTEGER,
    cited_end      INTEGER,
    is_vague       INTEGER NOT NULL CHECK (is_vague IN (0, 1)),    -- no number is named: "scores", "millions"
    is_hedged      INTEGER NOT NULL CHECK (is_hedged IN (0, 1)),   -- denied, or only possible
    hedge          TEXT    CHECK (hedge IN ('denied', 'possible')),  -- which of both; NULL too where an older program read it
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    quote_id       INTEGER REFERENCES quotes (id) ON DELETE SET NULL,  -- the quote it stands in
    rule           TEXT    NOT NULL,
    CHECK (end > start),
    CHECK (low IS NULL OR high IS NULL OR low <= high),
    CHECK (hedge IS NULL OR is_hedged = 1),
    CHECK ((counted_start IS NULL) = (counted IS NULL) AND (counted_end IS NULL) = (counted IS NULL)),
    CHECK ((holds_for_start IS NULL) = (holds_for IS NULL) AND (holds_for_end IS NULL) = (holds_for IS NULL)),
    CHECK ((place_start IS NULL) = (place IS NULL) AND (place_end IS NULL) = (place IS NULL)),
    CHECK ((whose_start IS NULL) = (whose IS NULL) AND (whose_end IS NULL) = (whose IS NULL)),
    CHECK ((period_start IS NULL) = (period IS NULL) AND (period_end IS NULL) = (period IS NULL)),
    CHECK ((as_of_start IS NULL) = (as_of IS NULL) AND (as_of_end IS NULL) = (as_of IS NULL)),
    CHECK (as_of IS NOT NULL OR as_of_date IS NULL),
    CHECK ((cited_start IS NULL) = (cited IS NULL) AND (cited_end IS NULL) = (cited IS NULL))
) STRICT;
INSERT INTO figures (id, article_id, kind, start, end, text, value, low, high, bound, direction, role,
                     unit, unit_name, base_value, base_unit, counted, counted_start, counted_end, counted_head,
                     event, holds_for, holds_for_start, holds_for_end, cited, cited_start, cited_end,
                     is_vague, is_hedged, sentence_start, sentence_end, quote_id, rule)
SELECT id, article_id, kind, start, end, text, value, low, high, bound, direction, role,
       unit, unit_name, base_value, base_unit, counted, counted_start, counted_end, counted_head,
       event, holds_for, holds_for_start, holds_for_end, cited, cited_start, cited_end,
       is_vague, is_hedged, sentence_start, sentence_end, quote_id, rule
FROM figures_before
ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'figures';
INSERT INTO sqlite_sequence (name, seq) SELECT 'figures', seq FROM figures_sequence;
DROP TABLE figures_before;
DROP TABLE figures_sequence;

CREATE INDEX figures_article ON figures (article_id, start);
CREATE INDEX figures_quote ON figures (quote_id);
CREATE INDEX figures_unit ON figures (unit_name);
CREATE INDEX figures_event ON figures (event);
CREATE INDEX figures_counted ON figures (counted_head);

-- Dates, times and stretches of the calendar that articles name.
CREATE TABLE dates (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id     INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind           TEXT    NOT NULL CHECK (kind IN ('day', 'week', 'month', 'year', 'decade', 'interval', 'time')),
    start          INTEGER NOT NULL CHECK (start >= 0),
    end            INTEGER NOT NULL,
    text           TEXT    NOT NULL,
    value          TEXT,                                -- ISO 8601 as far as it is known; X where it is not: XXXX-09-05
    earliest       TEXT,                                -- the first day it may be
    latest         TEXT,                                -- the last day it may be
    unresolved     TEXT,                                -- why it is not wholly known
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    rule           TEXT    NOT NULL,
    CHECK (end > start),
    CHECK ((earliest IS NULL) = (latest IS NULL) AND (earliest IS NULL OR earliest <= latest)),
    CHECK (value IS NOT NULL OR unresolved IS NOT NULL)
) STRICT;
CREATE INDEX dates_article ON dates (article_id, start);
CREATE INDEX dates_earliest ON dates (earliest);

-- What a figure, or a number refused, may be besides; its own row has the reading that was taken.
CREATE TABLE other_readings (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    figure_id  INTEGER REFERENCES figures (id) ON DELETE CASCADE,  -- NULL where a refused number is meant
    start      INTEGER NOT NULL CHECK (start >= 0),
    end        INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    read_as    TEXT    NOT NULL,                        -- what it was read as: a kind, a unit, a reason
    other      TEXT    NOT NULL,                        -- what it may be besides
    value      REAL,                                    -- the value it would have
    unit       TEXT,                                    -- the unit's code it would have
    rule       TEXT    NOT NULL,                        -- why the other was not taken
    CHECK (end > start)
) STRICT;
CREATE INDEX other_readings_article ON other_readings (article_id, start);
CREATE INDEX other_readings_figure ON other_readings (figure_id);

CREATE VIEW figures_full AS
SELECT
    f.id,                                         -- stays the same over re-imports
    f.text,                                       -- the figure as it stands in the article
    f.value,                                      -- the quantity as written; NULL for ranges and where no number is named
    f.low,                                        -- the least it allows; NULL when open
    f.high,                                       -- the most it allows; NULL when open
    f.bound,                                      -- exactly, about, nearly, at_least, more_than, at_most, up_to or less_than
    f.direction,                                  -- up or down, where it moved
    f.role,                                       -- in a change: by, from or to
    f.unit,                                       -- a code: USD, min, %
    f.unit_name,                                  -- the word: dollar, minute, percent; for counts the noun
    f.kind,                                       -- what it measures: count, money, percentage, duration ...
    f.base_value,                                 -- the value (or low end) in the base unit
    f.base_unit,                                  -- s, m, g, m2 ...
    f.counted,                                    -- the noun phrase counted, or what a measure is about
    f.counted_head,                               -- its head, singular
    f.event,                                      -- what befell the counted: death, injury, displacement ...
    f.holds_for,                                  -- the place, group or time it holds for, as it stands there
    f.place,                                      -- the place it holds for
    f.whose,                                      -- the group it holds for
    f.period,                                     -- the time it holds for: "since 2011", "so far"
    f.as_of,                                      -- up to when it was counted: "Monday" in "as of Monday"
    f.as_of_date,                                 -- that in ISO 8601, where it is known
    f.cited,                                      -- who is cited for it
    f.is_vague,                                   -- 1 where no number is named: "scores", "millions"
    f.is_hedged,                                  -- 1 where it is denied, or only possible
    f.hedge,                                      -- denied or possible
    (SELECT group_concat(DISTINCT c.field) FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id
     WHERE p.outcome = 'applied' AND p.subject = 'figure' AND p.row_id = f.id) AS corrected,  -- what a person corrected in it: fields, between commas; NULL where nothing
    s.text AS sentence,                           -- the sentence it stands in
    (SELECT group_concat(r.other, ' | ') FROM other_readings r WHERE r.figure_id = f.id) AS other_readings,  -- what it may be besides, between bars
    f.start,                                      -- where it begins in the article's text, in characters
    f.end,                                        -- where it ends
    o.name AS outlet,                             -- who published it
    a.title,                                      -- the article's headline
    a.published,                                  -- ISO 8601, as far as the document tells
    a.source,                                     -- path, address or record of the article
    f.article_id,                                 -- the article, articles.id
    f.quote_id,                                   -- the quote it stands in, quotes.id
    f.rule                                        -- the rule that read it
FROM figures f
JOIN articles a ON a.id = f.article_id
LEFT JOIN sentences s ON s.article_id = f.article_id AND s.start = f.sentence_start
LEFT JOIN outlets o ON o.id = a.outlet_id;

CREATE VIEW dates_full AS
SELECT
    d.id,                                         -- stays the same over re-imports
    d.text,                                       -- the words that name it
    d.value,                                      -- ISO 8601 as far as it is known; X where it is not: XXXX-09-05
    d.kind,                                       -- day, week, month, year, decade, interval or time
    d.earliest,                                   -- the first day it may be
    d.latest,                                     -- the last day it may be
    d.unresolved,                                 -- why it is not wholly known
    s.text AS sentence,                           -- the sentence it stands in
    d.start,                                      -- where it begins in the article's text, in characters
    d.end,                                        -- where it ends
    o.name AS outlet,                             -- who published it
    a.title,                                      -- the article's headline
    a.published,                                  -- ISO 8601, as far as the document tells
    a.source,                                     -- path, address or record of the article
    d.article_id,                                 -- the article, articles.id
    d.rule                                        -- the rule that read it
FROM dates d
JOIN articles a ON a.id = d.article_id
LEFT JOIN sentences s ON s.article_id = d.article_id AND s.start = d.sentence_start
LEFT JOIN outlets o ON o.id = a.outlet_id;
