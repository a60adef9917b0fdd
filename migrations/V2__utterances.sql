-- The same utterance across articles.
--
-- Serves: "who quotes these words, and who cut what?" (queries shared-quotes, quote-variants, who-cut-what,
-- views utterances_full and variants_full), which compared all quotes with each other for every question.
--
-- Quotes with the same words by the same speaker are one wording; wordings that are one utterance lead to
-- its fullest one. The rules are those of src/resolve/utterances/. Whatever changes a quote puts it in a
-- queue, and imports and migrations empty the queue: a queue that is not empty is told by `copydesk check`.

-- What was said once, in whatever words articles quote it; quotes that nobody else has are one too.
CREATE TABLE utterances (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    wording_id        INTEGER NOT NULL UNIQUE REFERENCES wordings (id) DEFERRABLE INITIALLY DEFERRED,  -- the fullest wording
    speaker_entity_id INTEGER REFERENCES entities (id) ON DELETE SET NULL,  -- whom most of its quotes credit by name
    quotes            INTEGER NOT NULL DEFAULT 0,
    articles          INTEGER NOT NULL DEFAULT 0,       -- that quote it
    outlets           INTEGER NOT NULL DEFAULT 0,       -- that published these articles, as far as they are known
    speakers          INTEGER NOT NULL DEFAULT 0,       -- entities credited with it: more than one, and articles contradict each other
    first_published   TEXT,                             -- of the articles that tell it, the first and the last
    last_published    TEXT
) STRICT;
CREATE INDEX utterances_speaker ON utterances (speaker_entity_id);
CREATE INDEX utterances_articles ON utterances (articles);

-- Words quoted of one speaker; of words that anybody says any day, on one day.
CREATE TABLE wordings (
    id              INTEGER PRIMARY KEY,
    hash            BLOB    NOT NULL UNIQUE CHECK (length(hash) = 16),  -- of words, speaker and day: what makes it one
    said            TEXT    NOT NULL,                   -- as one of its quotes has it, the first by characters
    letters         INTEGER NOT NULL,                   -- of the speaker's own words: the more, the fuller
    speaker_kind    TEXT,                               -- the entity credited, as entities has it
    speaker_key     TEXT,
    speaker_surname TEXT,
    speaker_is_full INTEGER,
    days            TEXT    NOT NULL,                   -- when its articles were published, in order, with spaces between
    is_alone        INTEGER NOT NULL CHECK (is_alone IN (0, 1)),  -- nothing is told by words like these, or a person said so
    same_as         TEXT,                               -- the words of which a person said that these are the same utterance
    traces          INTEGER NOT NULL,                   -- rows of wording_traces that it has
    quotes          INTEGER NOT NULL,
    fullest_id      INTEGER REFERENCES wordings (id) DEFERRABLE INITIALLY DEFERRED,  -- the utterance's fullest wording; NULL when it is this
    rule            TEXT,                               -- the rule that joined it to the fullest
    similarity      REAL,                               -- how much of it the fullest has, 0 to 1
    difference      TEXT    CHECK (difference IN ('verbatim', 'shortened', 'merged', 'bracketed', 'reworded')),
    compared        TEXT,                               -- the fullest wording with [-what is left out-] {+and added+} here
    CHECK ((fullest_id IS NULL) = (rule IS NULL) AND (fullest_id IS NULL) = (similarity IS NULL))
) STRICT;
CREATE INDEX wordings_fullest ON wordings (fullest_id) WHERE fullest_id IS NOT NULL;
CREATE INDEX wordings_same_as ON wordings (same_as) WHERE same_as IS NOT NULL;

-- Which wording a quote has. Without a reference to quotes: a quote that is written again keeps its place.
-- Reported speech, titles and nicknames have none, nor has a quote within another, which tells its words too.
CREATE TABLE quote_wordings (
    quote_id   INTEGER PRIMARY KEY,
    wording_id INTEGER NOT NULL REFERENCES wordings (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX quote_wordings_wording ON quote_wordings (wording_id);

-- By which wordings that may be one utterance find each other: pairs of words, as numbers.
CREATE TABLE wording_traces (
    trace      INTEGER NOT NULL,
    wording_id INTEGER NOT NULL,
    PRIMARY KEY (trace, wording_id)
) STRICT, WITHOUT ROWID;

-- Quotes whose utterance is to be looked at again.
CREATE TABLE utterance_queue (
    quote_id INTEGER PRIMARY KEY
) STRICT;

-- The rules that the utterances were made by.
CREATE TABLE utterance_rules (
    version INTEGER NOT NULL
) STRICT;

CREATE TRIGGER utterance_queue_quote_insert AFTER INSERT ON quotes BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) VALUES (new.id);
END;
CREATE TRIGGER utterance_queue_quote_delete AFTER DELETE ON quotes BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) VALUES (old.id);
END;
CREATE TRIGGER utterance_queue_quote_update AFTER UPDATE OF said, speaker_id ON quotes BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) VALUES (new.id);
END;
-- What stands within another quote depends on what that is.
CREATE TRIGGER utterance_queue_quote_kind AFTER UPDATE OF kind ON quotes WHEN new.kind <> old.kind BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) SELECT id FROM quotes WHERE article_id = new.article_id;
END;
-- The archive learned who a name is.
CREATE TRIGGER utterance_queue_entity_update AFTER UPDATE OF entity_id ON article_entities
WHEN new.entity_id <> old.entity_id BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) SELECT id FROM quotes WHERE speaker_id = new.id;
END;
CREATE TRIGGER utterance_queue_article_update AFTER UPDATE OF published, outlet_id ON articles
WHEN new.published IS NOT old.published OR new.outlet_id IS NOT old.outlet_id BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) SELECT id FROM quotes WHERE article_id = new.id;
END;
CREATE TRIGGER utterance_queue_correction_insert AFTER INSERT ON corrections
WHEN new.subject = 'quote' AND new.field = 'utterance' BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id)
    SELECT q.id FROM sources s JOIN quotes q ON q.article_id = s.article_id WHERE s.source = new.source;
END;
CREATE TRIGGER utterance_queue_correction_update AFTER UPDATE ON corrections
WHEN new.subject = 'quote' AND new.field = 'utterance' BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id)
    SELECT q.id FROM sources s JOIN quotes q ON q.article_id = s.article_id WHERE s.source IN (old.source, new.source);
END;
CREATE TRIGGER utterance_queue_correction_delete AFTER DELETE ON corrections
WHEN old.subject = 'quote' AND old.field = 'utterance' BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id)
    SELECT q.id FROM sources s JOIN quotes q ON q.article_id = s.article_id WHERE s.source = old.source;
END;

INSERT INTO utterance_queue (quote_id) SELECT id FROM quotes;

CREATE VIEW utterances_full AS
SELECT
    u.id,                                         -- stays the same as long as anybody quotes it
    e.name AS speaker,                            -- whom most of its quotes credit by name
    w.said,                                       -- the fullest wording that an article has
    u.articles,                                   -- articles that quote it
    u.outlets,                                    -- outlets that published them
    u.quotes,                                     -- quotes of it; an article may have several
    (SELECT count(*) + 1 FROM wordings v WHERE v.fullest_id = w.id) AS wordings,  -- ways in which it is worded, or credited
    u.speakers,                                   -- entities credited with it; where more than one, articles contradict each other
    u.first_published,                            -- of the articles, the first, ISO 8601
    u.last_published,                             -- and the last
    u.speaker_entity_id                           -- the entity, entities.id
FROM utterances u
JOIN wordings w ON w.id = u.wording_id
LEFT JOIN entities e ON e.id = u.speaker_entity_id;

CREATE VIEW variants_full AS
SELECT
    u.id AS utterance_id,                         -- the utterance, utterances.id
    q.id AS quote_id,                             -- the quote, quotes.id
    coalesce(e.name, q.speaker_text) AS speaker,  -- who is credited here: the entity's name, or the words where there is none
    q.said,                                       -- the words as they are quoted here
    CASE WHEN w.fullest_id IS NULL THEN 'fullest' ELSE w.difference END AS difference,  -- fullest, or how it differs: verbatim, shortened, merged (cut inside, unmarked), bracketed, reworded; NULL where too long to tell
    w.compared,                                   -- the fullest wording with [-what is left out here-] {+and added+}
    w.similarity,                                 -- how much of it the fullest wording has, 0 to 1; NULL for the fullest
    w.rule,                                       -- the rule that found it to be the same utterance; NULL for the fullest
    o.name AS outlet,                             -- who published it
    a.published,                                  -- ISO 8601, as far as the document tells
    a.title,                                      -- the article's headline
    q.kind,                                       -- direct, mixed or scare
    f.said AS fullest,                            -- the fullest wording
    u.articles,                                   -- articles that quote the utterance
    u.outlets,                                    -- outlets that published them
    q.article_id,                                 -- the article, articles.id
    n.entity_id AS speaker_entity_id              -- the entity credited here, entities.id
FROM quote_wordings m
JOIN wordings w ON w.id = m.wording_id
JOIN utterances u ON u.wording_id = coalesce(w.fullest_id, w.id)
JOIN wordings f ON f.id = u.wording_id
JOIN quotes q ON q.id = m.quote_id
JOIN articles a ON a.id = q.article_id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN article_entities n ON n.id = q.speaker_id
LEFT JOIN entities e ON e.id = n.entity_id;
