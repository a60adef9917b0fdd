-- A person's corrections are applied to what the extractors find, at every import and at once when they are
-- made; until now the table was there and nothing read it.
--
-- Serves: `copydesk entity`, `copydesk correct`, `copydesk corrections`, and who asks of a row in a *_full view
-- whether a person corrected it (column corrected), or of a correction whether it still fits (corrections_full).

-- Over the whole archive: kind and key of the anchor's name, by which it is found for an article.
ALTER TABLE corrections ADD COLUMN key TEXT;
DROP INDEX corrections_source;
-- Asked for every article that is written.
CREATE INDEX corrections_source ON corrections (source) WHERE retired_at IS NULL;
CREATE INDEX corrections_key ON corrections (key) WHERE source IS NULL AND retired_at IS NULL;
-- Whose articles an archive-wide correction concerns.
CREATE INDEX article_entities_key ON article_entities (kind, key);

-- What became of a correction in an article.
CREATE TABLE applied_corrections (
    correction_id INTEGER NOT NULL REFERENCES corrections (id) ON DELETE CASCADE,
    article_id    INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    outcome       TEXT    NOT NULL CHECK (outcome IN ('applied', 'overruled', 'unfit')),
    subject       TEXT    NOT NULL CHECK (subject IN ('article', 'outlet', 'entity', 'quote', 'figure')),
    row_id        INTEGER,                              -- articles.id, article_entities.id, quotes.id or figures.id; NULL
                                                        -- where the row was dropped, or none fits
    reason        TEXT,                                 -- why it does not hold
    PRIMARY KEY (correction_id, article_id),
    CHECK ((outcome = 'applied') = (reason IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX applied_corrections_article ON applied_corrections (article_id);
CREATE INDEX applied_corrections_row ON applied_corrections (subject, row_id);

-- Articles that a correction concerns and that were not yet written anew: empty but for a moment, unless a
-- program was killed in it. The next one that writes goes on.
CREATE TABLE pending_corrections (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE VIEW corrections_full AS
SELECT
    c.id,                                         -- stays the same; `copydesk corrections retire` takes it
    CASE
        WHEN c.retired_at IS NOT NULL THEN 'retired'
        WHEN EXISTS (SELECT 1 FROM applied_corrections p WHERE p.correction_id = c.id AND p.outcome = 'applied') THEN 'applied'
        WHEN EXISTS (SELECT 1 FROM applied_corrections p WHERE p.correction_id = c.id AND p.outcome = 'overruled') THEN 'overruled'
        ELSE 'unfit'
    END AS state,                                 -- applied, overruled by a later one, unfit (nothing it is about is there) or retired
    c.subject,                                    -- article, outlet, entity, quote or figure
    c.source,                                     -- the article's source; NULL over the whole archive
    c.anchor,                                     -- the words it is about
    c.occurrence,                                 -- which, when the words occur more than once
    c.field,                                      -- what was wrong
    c.value,                                      -- what is right; NULL for "nothing"
    c.note,                                       -- why, if that was said
    c.author,                                     -- who made it
    c.made_at,                                    -- when, ISO 8601, UTC
    c.retired_at,                                 -- when it was taken back
    (SELECT count(*) FROM applied_corrections p WHERE p.correction_id = c.id AND p.outcome = 'applied') AS articles,  -- articles in which it holds
    CASE
        WHEN c.retired_at IS NOT NULL THEN NULL
        WHEN EXISTS (SELECT 1 FROM applied_corrections p WHERE p.correction_id = c.id AND p.outcome = 'applied') THEN NULL
        ELSE coalesce(
            (SELECT min(p.reason) FROM applied_corrections p WHERE p.correction_id = c.id),
            CASE
                WHEN c.source IS NULL THEN 'no article names it'
                WHEN NOT EXISTS (SELECT 1 FROM sources s WHERE s.source = c.source) THEN 'the archive has no article from this source'
                ELSE 'its article was not yet written anew: the next import does'
            END)
    END AS reason                                 -- why it does not hold
FROM corrections c;

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
    (SELECT count(*) FROM quotes q WHERE q.article_id = a.id AND q.kind IN ('direct', 'mixed', 'indirect')) AS quotes,  -- quotes in it, scare quotes and titles apart
    (SELECT count(*) FROM figures f WHERE f.article_id = a.id) AS figures,  -- figures in it
    (SELECT count(*) FROM article_entities n WHERE n.article_id = a.id) AS entities,  -- people, organizations, places, groups and events it names
    (SELECT group_concat(DISTINCT c.field) FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id
     WHERE p.outcome = 'applied' AND p.subject IN ('article', 'outlet') AND p.row_id = a.id) AS corrected,  -- what a person corrected in it: fields, between commas; NULL where nothing
    a.revision,                                   -- 1, and one more for each change of its text
    r.started_at AS imported_at,                  -- when this revision was imported, ISO 8601, UTC
    a.text                                        -- what all spans count in
FROM articles a
JOIN runs r ON r.id = a.run_id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN evidence e ON e.article_id = a.id AND e.field = 'outlet';

DROP VIEW entities_full;
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
    (SELECT group_concat(DISTINCT c.field) FROM article_entities n
     JOIN applied_corrections p ON p.subject = 'entity' AND p.row_id = n.id AND p.outcome = 'applied'
     JOIN corrections c ON c.id = p.correction_id
     WHERE n.entity_id = e.id) AS corrected,  -- what a person corrected in it: fields, between commas; NULL where nothing
    e.key                                         -- the name normalized for joining
FROM entities e;

DROP VIEW mentions_full;
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
    (SELECT group_concat(DISTINCT c.field) FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id
     WHERE p.outcome = 'applied' AND p.subject = 'entity' AND p.row_id = n.id) AS corrected,  -- what a person corrected of its entity: fields, between commas; NULL where nothing
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

DROP VIEW quotes_full;
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
    (SELECT group_concat(DISTINCT c.field) FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id
     WHERE p.outcome = 'applied' AND p.subject = 'quote' AND p.row_id = q.id) AS corrected,  -- what a person corrected in it: fields, between commas; NULL where nothing
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

DROP VIEW figures_full;
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
    (SELECT group_concat(DISTINCT c.field) FROM applied_corrections p JOIN corrections c ON c.id = p.correction_id
     WHERE p.outcome = 'applied' AND p.subject = 'figure' AND p.row_id = f.id) AS corrected,  -- what a person corrected in it: fields, between commas; NULL where nothing
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
