-- The archive's first schema.
--
-- Serves: every verb. People think in four tables: articles, entities, quotes, figures. Each row of
-- the last three leads back to the characters it was read from: start and end count Unicode
-- characters of articles.text, so that substr(text, start + 1, end - start) is the row's own text.
--
-- Plain tables hold what is current. When an article's text changes, its earlier revision moves to
-- past_articles and past_findings, and rows that the new text still has keep their ids. AUTOINCREMENT,
-- where people may note an id down: the id of what is gone never comes to mean something else.

-- Imports ------------------------------------------------------------------------------------------

-- One import: what it was asked, saw, did and could not do.
CREATE TABLE runs (
    id                INTEGER PRIMARY KEY,
    started_at        TEXT    NOT NULL,                 -- ISO 8601, UTC
    finished_at       TEXT,                             -- NULL while it runs, and for ever if it was killed
    verb              TEXT    NOT NULL CHECK (verb IN ('import', 'reextract')),
    asked             TEXT    NOT NULL CHECK (json_valid(asked)),  -- the paths, a JSON array
    program_version   TEXT    NOT NULL,
    extractor_version INTEGER NOT NULL,
    found             INTEGER NOT NULL DEFAULT 0,       -- documents seen
    new               INTEGER NOT NULL DEFAULT 0,
    changed           INTEGER NOT NULL DEFAULT 0,
    unchanged         INTEGER NOT NULL DEFAULT 0,
    duplicate         INTEGER NOT NULL DEFAULT 0,       -- the same bytes as another document
    refused           INTEGER NOT NULL DEFAULT 0,       -- no article could be read from it
    failed            INTEGER NOT NULL DEFAULT 0,       -- it could not be read at all
    passed_over       INTEGER NOT NULL DEFAULT 0,       -- files that are no documents; not part of found
    reextracted       INTEGER NOT NULL DEFAULT 0,       -- of the unchanged, those read again by newer extractors
    CHECK (finished_at IS NULL
           OR found = new + changed + unchanged + duplicate + refused + failed)
) STRICT;

-- A document that a run refused or could not read.
CREATE TABLE problems (
    id      INTEGER PRIMARY KEY,
    run_id  INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    source  TEXT    NOT NULL,                           -- where it is
    outcome TEXT    NOT NULL CHECK (outcome IN ('refused', 'failed')),
    place   TEXT,                                       -- the place in it: "byte 120", "line 4"
    reason  TEXT    NOT NULL
) STRICT;
CREATE INDEX problems_run ON problems (run_id);

-- Documents and articles ---------------------------------------------------------------------------

-- The bytes as they were found, once however many sources hold them.
CREATE TABLE documents (
    id           INTEGER PRIMARY KEY,
    hash         TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),  -- BLAKE3 of the bytes, hex
    media        TEXT    NOT NULL CHECK (media IN ('text', 'plain')),
    size         INTEGER NOT NULL CHECK (size = length(bytes)),
    bytes        BLOB    NOT NULL,
    first_run_id INTEGER NOT NULL REFERENCES runs (id)
) STRICT;
CREATE INDEX documents_first_run ON documents (first_run_id);

-- Who publishes.
CREATE TABLE outlets (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL,
    key  TEXT    NOT NULL UNIQUE                        -- the name folded: lower case, no "the"
) STRICT;

-- The article as it stands now; earlier revisions are in past_articles.
CREATE TABLE articles (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    source            TEXT    NOT NULL UNIQUE,          -- path, address or record: the first of its sources by name
    title             TEXT,
    byline            TEXT,
    dateline          TEXT,
    outlet_id         INTEGER REFERENCES outlets (id),
    published         TEXT,                             -- ISO 8601, as far as the document tells; never guessed
    language          TEXT,                             -- ISO 639-1
    text              TEXT    NOT NULL,                 -- what all spans count in
    words             INTEGER NOT NULL,
    revision          INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
    document_id       INTEGER NOT NULL REFERENCES documents (id),
    extractor_version INTEGER NOT NULL,
    first_run_id      INTEGER NOT NULL REFERENCES runs (id),  -- the run that brought it
    run_id            INTEGER NOT NULL REFERENCES runs (id)   -- the run that wrote this revision
) STRICT;
CREATE INDEX articles_outlet ON articles (outlet_id);
CREATE INDEX articles_document ON articles (document_id);
CREATE INDEX articles_run ON articles (run_id);
CREATE INDEX articles_first_run ON articles (first_run_id);
CREATE INDEX articles_published ON articles (published);

-- Where documents were found: several sources may hold one article's bytes.
CREATE TABLE sources (
    source       TEXT    PRIMARY KEY,
    article_id   INTEGER NOT NULL REFERENCES articles (id),
    document_id  INTEGER NOT NULL REFERENCES documents (id),
    size         INTEGER,                               -- of the file when last read, to pass over what did not change
    modified     TEXT,                                  -- of the file when last read, ISO 8601 with nanoseconds; NULL
                                                        -- when it was too fresh to tell a later edit by
    first_run_id INTEGER NOT NULL REFERENCES runs (id),
    run_id       INTEGER NOT NULL REFERENCES runs (id)  -- the last run that read it
) STRICT;
CREATE INDEX sources_article ON sources (article_id);
CREATE INDEX sources_document ON sources (document_id);
CREATE INDEX sources_first_run ON sources (first_run_id);
CREATE INDEX sources_run ON sources (run_id);

-- Where the document says a thing about the article, and the rule that read it.
CREATE TABLE evidence (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    field      TEXT    NOT NULL CHECK (field IN ('byline', 'dateline', 'outlet', 'published')),
    value      TEXT    NOT NULL,
    words      TEXT    NOT NULL,                        -- the document's words
    rule       TEXT    NOT NULL,
    start      INTEGER,                                 -- in articles.text, where they stand there
    end        INTEGER,
    PRIMARY KEY (article_id, field),
    CHECK ((start IS NULL) = (end IS NULL) AND (start IS NULL OR start < end))
) STRICT, WITHOUT ROWID;

-- Every block of the document in order, kept in the text or set aside, with the reason.
CREATE TABLE blocks (
    article_id     INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    role           TEXT    NOT NULL CHECK (role IN ('title', 'body', 'heading', 'byline', 'furniture')),
    reason         TEXT    NOT NULL,
    document_start INTEGER NOT NULL,                    -- characters of the decoded document
    document_end   INTEGER NOT NULL,
    start          INTEGER,                             -- characters of articles.text; NULL when set aside
    end            INTEGER,
    text           TEXT,                                -- of blocks set aside; kept ones have theirs in articles.text
    PRIMARY KEY (article_id, position),
    CHECK ((start IS NULL) = (end IS NULL)),
    CHECK ((text IS NULL) <> (start IS NULL))
) STRICT, WITHOUT ROWID;

-- Findings -----------------------------------------------------------------------------------------

-- One row for one person, organization, place, group or event over all articles.
CREATE TABLE entities (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT    NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'group', 'event')),
    name       TEXT    NOT NULL,
    key        TEXT    NOT NULL,                        -- the name normalized for joining
    surname    TEXT,                                    -- of persons: the folded family name
    is_full    INTEGER NOT NULL CHECK (is_full IN (0, 1)),  -- 0: only a surname is known
    country    TEXT,                                    -- of places: ISO 3166-1 alpha-2
    latitude   REAL,
    longitude  REAL,
    candidates TEXT,                                    -- of places that could be several: which
    UNIQUE (kind, key)
) STRICT;
-- Asked for every person an article names: which full names may a surname stand for?
CREATE INDEX entities_surname ON entities (kind, surname, is_full) WHERE surname IS NOT NULL;

-- An entity as one article names it; entity_id may move when the archive learns more.
CREATE TABLE article_entities (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    entity_id  INTEGER NOT NULL REFERENCES entities (id),
    kind       TEXT    NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'group', 'event')),
    name       TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    surname    TEXT,                                    -- of persons: the folded family name
    is_full    INTEGER NOT NULL CHECK (is_full IN (0, 1)),  -- 0: only a surname is known
    place      TEXT    CHECK (place IS NULL OR json_valid(place)),  -- of places: country, latitude, longitude, candidates
    evidence   TEXT    NOT NULL CHECK (json_valid(evidence)),  -- rules that joined its mentions
    linked_by  TEXT    NOT NULL CHECK (linked_by IN ('key', 'surname')),  -- the rule that chose entity_id
    UNIQUE (article_id, kind, key)
) STRICT;
CREATE INDEX article_entities_entity ON article_entities (entity_id, linked_by);
CREATE INDEX article_entities_surname ON article_entities (kind, surname) WHERE is_full = 0;

-- A span that names an entity.
CREATE TABLE mentions (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id        INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    article_entity_id INTEGER NOT NULL REFERENCES article_entities (id) ON DELETE CASCADE,
    start             INTEGER NOT NULL CHECK (start >= 0),
    end               INTEGER NOT NULL,
    text              TEXT    NOT NULL,
    kind              TEXT    NOT NULL CHECK (kind IN ('person', 'organization', 'place', 'group', 'event')),
    found_by          TEXT    NOT NULL CHECK (found_by IN ('model', 'gazetteer', 'document', 'rule')),
    confidence        REAL    NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    CHECK (end > start)
) STRICT;
CREATE INDEX mentions_article ON mentions (article_id, start);
CREATE INDEX mentions_article_entity ON mentions (article_entity_id);

-- What an article calls an entity beside its name: a role, an office.
CREATE TABLE descriptions (
    id                INTEGER PRIMARY KEY,
    article_id        INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    article_entity_id INTEGER NOT NULL REFERENCES article_entities (id) ON DELETE CASCADE,
    start             INTEGER NOT NULL CHECK (start >= 0),
    end               INTEGER NOT NULL,
    text              TEXT    NOT NULL,
    rule              TEXT    NOT NULL,
    CHECK (end > start)
) STRICT;
CREATE INDEX descriptions_article ON descriptions (article_id, start);
CREATE INDEX descriptions_article_entity ON descriptions (article_entity_id);

-- Words reported as somebody's.
CREATE TABLE quotes (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id      INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind            TEXT    NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect', 'scare', 'title', 'nickname')),
    start           INTEGER NOT NULL CHECK (start >= 0),  -- where the first stretch begins
    end             INTEGER NOT NULL,                   -- where the last one ends
    text            TEXT    NOT NULL,                   -- what stands there, interruptions included
    said            TEXT    NOT NULL,                   -- the words reported, without the interruption
    content_start   INTEGER NOT NULL,                   -- the whole of what is reported, marked or not
    content_end     INTEGER NOT NULL,
    speaker_id      INTEGER REFERENCES article_entities (id) ON DELETE SET NULL,
    speaker_text    TEXT,                               -- the words that name the speaker here
    speaker_start   INTEGER,
    speaker_end     INTEGER,
    speaker_form    TEXT    CHECK (speaker_form IN ('name', 'pronoun', 'description', 'group', 'document')),
    speaker_steps   TEXT,                               -- how the entity was reached, or why it was not
    cue             TEXT,
    cue_start       INTEGER,
    cue_end         INTEGER,
    cue_lemma       TEXT,
    cue_kind        TEXT    CHECK (cue_kind IN ('neutral', 'claiming', 'denying', 'asking', 'ordering', 'thinking')),
    addressee       TEXT,
    addressee_start INTEGER,
    addressee_end   INTEGER,
    occasion        TEXT,
    occasion_start  INTEGER,
    occasion_end    INTEGER,
    is_closed       INTEGER NOT NULL CHECK (is_closed IN (0, 1)),  -- 0: no closing mark, ended with its paragraph
    rule            TEXT    NOT NULL,
    unattributed    TEXT,                               -- why nobody is credited, when nobody is
    CHECK (end > start),
    CHECK ((speaker_start IS NULL) = (speaker_text IS NULL) AND (speaker_end IS NULL) = (speaker_text IS NULL)),
    CHECK ((cue_start IS NULL) = (cue IS NULL) AND (cue_end IS NULL) = (cue IS NULL)),
    CHECK ((addressee_start IS NULL) = (addressee IS NULL) AND (addressee_end IS NULL) = (addressee IS NULL)),
    CHECK ((occasion_start IS NULL) = (occasion IS NULL) AND (occasion_end IS NULL) = (occasion IS NULL))
) STRICT;
CREATE INDEX quotes_article ON quotes (article_id, start);
CREATE INDEX quotes_speaker ON quotes (speaker_id);

-- The stretches of a quote in order: several where it was interrupted.
CREATE TABLE quote_spans (
    quote_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start    INTEGER NOT NULL CHECK (start >= 0),
    end      INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    PRIMARY KEY (quote_id, position),
    CHECK (end > start)
) STRICT, WITHOUT ROWID;

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
    counted        TEXT,                                -- the noun phrase counted
    counted_start  INTEGER,
    counted_end    INTEGER,
    counted_head   TEXT,                                -- its head, singular
    event          TEXT,                                -- what befell the counted: death, injury, displacement ...
    holds_for       TEXT,                              -- the place, group or time it holds for: "in Aleppo"
    holds_for_start INTEGER,
    holds_for_end   INTEGER,
    cited          TEXT,                                -- who is cited for it
    cited_start    INTEGER,
    cited_end      INTEGER,
    is_vague       INTEGER NOT NULL CHECK (is_vague IN (0, 1)),    -- no number is named: "scores", "millions"
    is_hedged      INTEGER NOT NULL CHECK (is_hedged IN (0, 1)),   -- denied, or only possible
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    quote_id       INTEGER REFERENCES quotes (id) ON DELETE SET NULL,  -- the quote it stands in
    rule           TEXT    NOT NULL,
    CHECK (end > start),
    CHECK (low IS NULL OR high IS NULL OR low <= high),
    CHECK ((counted_start IS NULL) = (counted IS NULL) AND (counted_end IS NULL) = (counted IS NULL)),
    CHECK ((holds_for_start IS NULL) = (holds_for IS NULL) AND (holds_for_end IS NULL) = (holds_for IS NULL)),
    CHECK ((cited_start IS NULL) = (cited IS NULL) AND (cited_end IS NULL) = (cited IS NULL))
) STRICT;
CREATE INDEX figures_article ON figures (article_id, start);
CREATE INDEX figures_quote ON figures (quote_id);
CREATE INDEX figures_unit ON figures (unit_name);
CREATE INDEX figures_event ON figures (event);
CREATE INDEX figures_counted ON figures (counted_head);

-- Numbers that are no figures.
CREATE TABLE refused (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start      INTEGER NOT NULL CHECK (start >= 0),
    end        INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    CHECK (end > start)
) STRICT;
CREATE INDEX refused_article ON refused (article_id, start);

-- What was: earlier revisions ------------------------------------------------------------------------

CREATE TABLE past_articles (
    article_id        INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    revision          INTEGER NOT NULL,
    title             TEXT,
    byline            TEXT,
    dateline          TEXT,
    outlet_id         INTEGER REFERENCES outlets (id),
    published         TEXT,
    language          TEXT,
    text              TEXT    NOT NULL,
    words             INTEGER NOT NULL,
    document_id       INTEGER NOT NULL REFERENCES documents (id),
    extractor_version INTEGER NOT NULL,
    run_id            INTEGER NOT NULL REFERENCES runs (id),  -- the run that wrote it
    replaced_run_id   INTEGER NOT NULL REFERENCES runs (id),  -- the run that replaced it
    PRIMARY KEY (article_id, revision)
) STRICT;
CREATE INDEX past_articles_outlet ON past_articles (outlet_id);
CREATE INDEX past_articles_document ON past_articles (document_id);
CREATE INDEX past_articles_run ON past_articles (run_id);
CREATE INDEX past_articles_replaced_run ON past_articles (replaced_run_id);

-- Findings of earlier revisions, by the id they had; finding is the row as JSON, with its names.
CREATE TABLE past_findings (
    article_id INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    subject    TEXT    NOT NULL CHECK (subject IN ('mention', 'quote', 'figure')),
    id         INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    finding    TEXT    NOT NULL CHECK (json_valid(finding)),
    PRIMARY KEY (article_id, revision, subject, id),
    FOREIGN KEY (article_id, revision) REFERENCES past_articles (article_id, revision)
        ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

-- A person's last word -----------------------------------------------------------------------------

-- Anchored to text rather than to row ids, so that it holds over re-imports and new extractors.
CREATE TABLE corrections (
    id         INTEGER PRIMARY KEY,
    made_at    TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    subject    TEXT    NOT NULL CHECK (subject IN ('article', 'outlet', 'entity', 'quote', 'figure')),
    source     TEXT,                                    -- the article's source; NULL over the whole archive
    anchor     TEXT    NOT NULL,                        -- the words it is about: a name, a quote's or figure's text
    occurrence INTEGER NOT NULL DEFAULT 1 CHECK (occurrence >= 1),  -- which, when the words occur more than once
    field      TEXT    NOT NULL,                        -- what is wrong: speaker, kind, name, merge, drop ...
    value      TEXT,                                    -- what is right; NULL for "nothing"
    note       TEXT,
    retired_at TEXT                                     -- when a person took it back
) STRICT;
CREATE INDEX corrections_source ON corrections (source);

-- Reference data ----------------------------------------------------------------------------------

-- What a program starts from (seeds/reference/ in its sources, where each file's origin and licence are
-- named), to be joined with: currencies and units by figures.unit, events by figures.event, countries by
-- entities.country, cues by quotes.cue_lemma. Written anew when a program with other data opens the archive.
CREATE TABLE reference_version (
    hash TEXT NOT NULL                                  -- BLAKE3 of the files these rows came from
) STRICT;
CREATE TABLE reference_countries (
    code      TEXT PRIMARY KEY,                         -- ISO 3166-1 alpha-2
    name      TEXT NOT NULL,
    aliases   TEXT,                                     -- separated by |
    demonyms  TEXT,                                     -- separated by |
    capital   TEXT,
    latitude  REAL,
    longitude REAL
) STRICT;
CREATE TABLE reference_cities (
    name       TEXT    NOT NULL,
    country    TEXT    NOT NULL,
    is_capital INTEGER NOT NULL,
    latitude   REAL    NOT NULL,
    longitude  REAL    NOT NULL,
    population INTEGER
) STRICT;
CREATE INDEX reference_cities_name ON reference_cities (name);
CREATE TABLE reference_organizations (
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    aliases TEXT                                        -- separated by |
) STRICT;
CREATE TABLE reference_outlets (
    name    TEXT NOT NULL,
    kind    TEXT,                                       -- agency, newspaper, broadcaster ...
    aliases TEXT                                        -- separated by ;
) STRICT;
CREATE TABLE reference_currencies (
    name TEXT NOT NULL,
    code TEXT                                           -- ISO 4217; NULL where the name alone does not tell
) STRICT;
CREATE INDEX reference_currencies_code ON reference_currencies (code);
CREATE TABLE reference_units (
    name   TEXT NOT NULL,
    code   TEXT,
    kind   TEXT NOT NULL,                               -- figures.kind
    base   TEXT,                                        -- code of the base unit: base = value * factor + offset
    factor REAL,
    offset REAL
) STRICT;
CREATE INDEX reference_units_code ON reference_units (code);
CREATE TABLE reference_events (
    word  TEXT NOT NULL,
    event TEXT NOT NULL                                 -- figures.event
) STRICT;
CREATE TABLE reference_cues (
    lemma TEXT NOT NULL,                                -- quotes.cue_lemma
    kind  TEXT NOT NULL,                                -- quotes.cue_kind
    forms TEXT
) STRICT;
CREATE INDEX reference_cues_lemma ON reference_cues (lemma);
CREATE TABLE reference_roles (
    role  TEXT NOT NULL,
    class TEXT NOT NULL
) STRICT;

-- Full text ----------------------------------------------------------------------------------------

CREATE VIRTUAL TABLE articles_search USING fts5 (
    title, text,
    content = 'articles', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_search_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_search (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_search_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_search (articles_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER articles_search_update AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO articles_search (articles_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO articles_search (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE quotes_search USING fts5 (
    said, speaker_text,
    content = 'quotes', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER quotes_search_insert AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_search (rowid, said, speaker_text) VALUES (new.id, new.said, new.speaker_text);
END;
CREATE TRIGGER quotes_search_delete AFTER DELETE ON quotes BEGIN
    INSERT INTO quotes_search (quotes_search, rowid, said, speaker_text)
    VALUES ('delete', old.id, old.said, old.speaker_text);
END;
CREATE TRIGGER quotes_search_update AFTER UPDATE OF said, speaker_text ON quotes BEGIN
    INSERT INTO quotes_search (quotes_search, rowid, said, speaker_text)
    VALUES ('delete', old.id, old.said, old.speaker_text);
    INSERT INTO quotes_search (rowid, said, speaker_text) VALUES (new.id, new.said, new.speaker_text);
END;

-- Views to select from without a join ----------------------------------------------------------------

CREATE VIEW articles_full AS
SELECT
    a.id,                                         -- stays the same over re-imports
    a.source,                                     -- path, address or record
    a.title,                                      -- the headline
    o.name AS outlet,                             -- who published it
    e.words AS outlet_evidence,                   -- the words of the document that say so
    a.byline,                                     -- who wrote it
    a.dateline,                                   -- where it was filed from
    a.published,                                  -- ISO 8601, as far as the document tells; never guessed
    a.language,                                   -- ISO 639-1
    a.words,                                      -- words of the text
    (SELECT count(*) FROM quotes q WHERE q.article_id = a.id AND q.kind IN ('direct', 'mixed', 'indirect')) AS quotes,  -- quotes in it, scare quotes and titles apart
    (SELECT count(*) FROM figures f WHERE f.article_id = a.id) AS figures,  -- figures in it
    (SELECT count(*) FROM article_entities n WHERE n.article_id = a.id) AS entities,  -- people, organizations, places, groups and events it names
    a.revision,                                   -- 1, and one more for each change of its text
    r.started_at AS imported_at,                  -- when this revision was imported, ISO 8601, UTC
    a.text                                        -- what all spans count in
FROM articles a
JOIN runs r ON r.id = a.run_id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN evidence e ON e.article_id = a.id AND e.field = 'outlet';

CREATE VIEW entities_full AS
SELECT
    e.id,                                         -- stays the same over re-imports
    e.name,                                       -- the fullest name
    e.kind,                                       -- person, organization, place, group or event
    (SELECT count(*) FROM article_entities n WHERE n.entity_id = e.id) AS articles,  -- articles that name it
    (SELECT count(*) FROM article_entities n JOIN mentions m ON m.article_entity_id = n.id
     WHERE n.entity_id = e.id) AS mentions,       -- times it is named
    (SELECT count(*) FROM article_entities n JOIN quotes q ON q.speaker_id = n.id
     WHERE n.entity_id = e.id) AS quotes,         -- quotes it is credited with
    (SELECT group_concat(alias, ' | ') FROM (
        SELECT DISTINCT m.text AS alias
        FROM article_entities n
        JOIN mentions m ON m.article_entity_id = n.id
        WHERE n.entity_id = e.id
        ORDER BY m.text)) AS aliases,             -- the words it is named with, between bars
    e.country,                                    -- of places: ISO 3166-1 alpha-2
    e.latitude,                                   -- of places: degrees north
    e.longitude,                                  -- of places: degrees east
    e.candidates,                                 -- of places that could be several: which
    e.key                                         -- the name normalized for joining
FROM entities e;

CREATE VIEW mentions_full AS
SELECT
    m.id,                                         -- stays the same over re-imports
    e.name AS entity,                             -- the entity's name
    m.kind,                                       -- person, organization, place, group or event
    m.text,                                       -- the words that name it
    m.start,                                      -- where they begin in the article's text, in characters
    m.end,                                        -- where they end
    m.found_by,                                   -- model, gazetteer, document or rule
    m.confidence,                                 -- how sure the finder is, 0 to 1
    o.name AS outlet,                             -- who published it
    a.title,                                      -- the article's headline
    a.published,                                  -- ISO 8601, as far as the document tells
    a.source,                                     -- path, address or record of the article
    m.article_id,                                 -- the article, articles.id
    n.entity_id                                   -- the entity, entities.id
FROM mentions m
JOIN article_entities n ON n.id = m.article_entity_id
JOIN entities e ON e.id = n.entity_id
JOIN articles a ON a.id = m.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id;

CREATE VIEW quotes_full AS
SELECT
    q.id,                                         -- stays the same over re-imports
    coalesce(e.name, q.speaker_text) AS speaker,  -- who is credited: the entity's name, or the words where there is none
    q.said,                                       -- the words reported, without interruptions
    q.kind,                                       -- direct, mixed, indirect, scare, title or nickname
    q.cue,                                        -- the words that credit
    q.cue_lemma,                                  -- the cue in its dictionary form
    q.cue_kind,                                   -- neutral, claiming, denying, asking, ordering or thinking
    q.addressee,                                  -- to whom it was said
    q.occasion,                                   -- where or in what it was said
    e.name AS speaker_entity,                     -- the entity's name; NULL where nobody is named
    q.speaker_text,                               -- the words that name or describe the speaker
    q.speaker_form,                               -- name, pronoun, description, group or document
    q.speaker_steps,                              -- how the entity was reached, or why it was not
    q.unattributed,                               -- why nobody is credited, when nobody is
    substr(a.text, q.content_start + 1, q.content_end - q.content_start) AS content,  -- the whole of what is reported, marked or not
    q.text,                                       -- what stands from start to end, interruptions included
    q.start,                                      -- where it begins in the article's text, in characters
    q.end,                                        -- where it ends
    o.name AS outlet,                             -- who published it
    a.title,                                      -- the article's headline
    a.published,                                  -- ISO 8601, as far as the document tells
    a.source,                                     -- path, address or record of the article
    q.article_id,                                 -- the article, articles.id
    n.entity_id AS speaker_entity_id              -- the entity, entities.id
FROM quotes q
JOIN articles a ON a.id = q.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN article_entities n ON n.id = q.speaker_id
LEFT JOIN entities e ON e.id = n.entity_id;

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
    f.counted,                                    -- the noun phrase counted
    f.counted_head,                               -- its head, singular
    f.event,                                      -- what befell the counted: death, injury, displacement ...
    f.holds_for,                                  -- the place, group or time it holds for
    f.cited,                                      -- who is cited for it
    f.is_vague,                                   -- 1 where no number is named: "scores", "millions"
    f.is_hedged,                                  -- 1 where it is denied, or only possible
    substr(a.text, f.sentence_start + 1, f.sentence_end - f.sentence_start) AS sentence,  -- the sentence it stands in
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
LEFT JOIN outlets o ON o.id = a.outlet_id;
