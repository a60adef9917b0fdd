-- Stores what a quote reports beside the quote, and tells thoughts, turns and quotes within quotes apart.
--
-- Serves: quotes_full, whose column content was cut out of the article's text for every row, so that an
-- article of a megabyte took minutes to export; and every question about who said what, which had to sort
-- thoughts from speech by the kind of cue, and could not tell what an article heard itself from what
-- somebody it quotes says that another said. content is NULL where it is the quote's own text.

-- Views and triggers that name the column kind make way, and come back as they were.
DROP TRIGGER utterance_queue_quote_insert;
DROP TRIGGER utterance_queue_quote_delete;
DROP TRIGGER utterance_queue_quote_kind;
DROP VIEW variants_full;
DROP VIEW articles_full;
DROP VIEW quotes_full;

ALTER TABLE quotes ADD COLUMN content TEXT;
UPDATE quotes
SET content = (SELECT substr(a.text, quotes.content_start + 1, quotes.content_end - quotes.content_start)
               FROM articles a WHERE a.id = quotes.article_id)
WHERE content_start <> start OR content_end <> end;

-- SQLite changes no CHECK in place: a new column takes the old one's name.
ALTER TABLE quotes ADD COLUMN new_kind TEXT NOT NULL DEFAULT 'direct' CHECK (new_kind IN ('direct', 'mixed', 'indirect', 'thought', 'turn', 'nested', 'scare', 'title', 'nickname'));
UPDATE quotes
SET new_kind = CASE WHEN kind = 'indirect' AND cue_kind IS 'thinking' THEN 'thought' ELSE kind END;
ALTER TABLE quotes DROP COLUMN kind;
ALTER TABLE quotes RENAME COLUMN new_kind TO kind;

CREATE TRIGGER utterance_queue_quote_insert AFTER INSERT ON quotes
WHEN new.kind IN ('direct', 'mixed', 'scare') BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) VALUES (new.id);
END;

CREATE TRIGGER utterance_queue_quote_delete AFTER DELETE ON quotes
WHEN old.kind IN ('direct', 'mixed', 'scare') BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) VALUES (old.id);
END;

CREATE TRIGGER utterance_queue_quote_kind AFTER UPDATE OF kind ON quotes WHEN new.kind <> old.kind BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) SELECT id FROM quotes WHERE article_id = new.article_id;
END;

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
    a.text                                        -- what all spans count in
FROM articles a
JOIN runs r ON r.id = a.run_id
LEFT JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN evidence e ON e.article_id = a.id AND e.field = 'outlet';

CREATE VIEW quotes_full AS
SELECT
    q.id,                                         -- stays the same over re-imports
    coalesce(e.name, q.speaker_text) AS speaker,  -- who is credited: the entity's name, or the words where there is none
    q.said,                                       -- the words reported, without interruptions
    q.kind,                                       -- direct, mixed, indirect, thought, turn, nested, scare, title or nickname
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
    coalesce(q.content, q.text) AS content,        -- the whole of what is reported, marked or not
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
