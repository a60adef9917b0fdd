-- What changed, told as facts; sources that are gone; what a configuration says of a source.
--
-- Serves: `copydesk history` and the saved query what-changed, which list the rows of changes by article and
-- by run; imports and `copydesk status`, which ask which sources and articles are gone, and whether any
-- article was read by older extractors (the index on extractor_version: without it that question reads
-- every article's text).

-- A fact that differs between two revisions of an article, or that newer extractors read otherwise.
CREATE TABLE changes (
    id            INTEGER PRIMARY KEY,
    article_id    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    run_id        INTEGER NOT NULL REFERENCES runs (id),  -- the run that found it
    from_revision INTEGER NOT NULL,                     -- the revision it was so in
    revision      INTEGER NOT NULL,                     -- the revision it is so in; the same one where the document stayed
    subject       TEXT    NOT NULL CHECK (subject IN ('headline', 'byline', 'dateline', 'outlet', 'published', 'language',
                                                      'figure', 'quote', 'speaker', 'entity', 'text', 'story', 'source')),
    what          TEXT    NOT NULL CHECK (what IN ('changed', 'added', 'removed', 'vanished', 'returned')),
    about         TEXT,                                 -- what a figure counts, whose quote, an entity's kind
    before        TEXT,                                 -- the words before
    after         TEXT,                                 -- the words now
    before_value  REAL,                                 -- of figures: the number before
    after_value   REAL,                                 -- of figures: the number now
    before_id     INTEGER,                              -- the row's id before, in the table of the subject or in past_findings
    after_id      INTEGER                               -- the row's id now
) STRICT;
CREATE INDEX changes_article ON changes (article_id, revision);
CREATE INDEX changes_run ON changes (run_id);

-- A source whose folder was read and that was not in it; NULL again when it comes back.
ALTER TABLE sources ADD COLUMN vanished_run_id INTEGER REFERENCES runs (id);
-- What a configuration says of it, which the document does not: a JSON object of outlet, language.
ALTER TABLE sources ADD COLUMN given TEXT CHECK (given IS NULL OR json_valid(given));
CREATE INDEX sources_vanished ON sources (vanished_run_id) WHERE vanished_run_id IS NOT NULL;

-- An article that no source holds any more.
ALTER TABLE articles ADD COLUMN vanished_run_id INTEGER REFERENCES runs (id);
CREATE INDEX articles_vanished ON articles (vanished_run_id) WHERE vanished_run_id IS NOT NULL;
CREATE INDEX articles_extractor ON articles (extractor_version);

ALTER TABLE runs ADD COLUMN vanished INTEGER NOT NULL DEFAULT 0;   -- sources found gone; not part of found
ALTER TABLE runs ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;   -- sources that were gone and are back

DROP VIEW articles_full;
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
    (SELECT count(*) FROM quotes q WHERE q.article_id = a.id AND q.kind IN ('direct', 'mixed', 'indirect', 'turn')) AS quotes,  -- quotes in it; thoughts, scare quotes and titles apart
    (SELECT count(*) FROM figures f WHERE f.article_id = a.id) AS figures,  -- figures in it
    (SELECT count(*) FROM article_entities n WHERE n.article_id = a.id) AS entities,  -- people, organizations, places, groups and events it names
    (SELECT group_concat(DISTINCT c.field) FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id
     WHERE p.outcome = 'applied' AND p.subject IN ('article', 'outlet') AND p.row_id = a.id) AS corrected,  -- what a person corrected in it: fields, between commas; NULL where nothing
    a.revision,                                   -- 1, and one more for each change of its text
    r.started_at AS imported_at,                  -- when this revision was imported, ISO 8601, UTC
    v.started_at AS vanished_at,                  -- when no source held it any more; NULL while one does
    a.text                                        -- what all spans count in
FROM articles a
JOIN runs r ON r.id = a.run_id
LEFT JOIN runs v ON v.id = a.vanished_run_id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN evidence e ON e.article_id = a.id AND e.field = 'outlet';
