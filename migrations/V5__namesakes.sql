-- Two people of one name are two rows where what articles say of them cannot be said of one; why is kept.
--
-- Serves: `copydesk entity show`, who asks why two rows of one name are apart (namesakes) or why an article is
-- with one of them (senses), and the import, which looks up what is said of everybody whom an article names.

-- One seek tells whether all who bear a name share a row.
DROP INDEX article_entities_key;
CREATE INDEX article_entities_key ON article_entities (kind, key, entity_id);

-- What an article's descriptions of a person say that can tell him from a namesake.
CREATE TABLE traits (
    article_entity_id INTEGER PRIMARY KEY REFERENCES article_entities (id) ON DELETE CASCADE,
    key               TEXT    NOT NULL,                 -- article_entities.key
    walks             TEXT    NOT NULL,                 -- walks of life between bars: sport, office, arts ...
    nations           TEXT    NOT NULL,                 -- countries between bars, ISO 3166-1 alpha-2
    seats             TEXT    NOT NULL                  -- offices of one place between bars: mayor of lima
) STRICT, WITHOUT ROWID;
CREATE INDEX traits_key ON traits (key, walks, nations, seats);

-- Of a name that several people bear: why an article's bearer is the one whose row he is linked to.
CREATE TABLE senses (
    article_entity_id INTEGER PRIMARY KEY REFERENCES article_entities (id) ON DELETE CASCADE,
    why               TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows of one name that are kept apart, and why; each pair both ways.
CREATE TABLE namesakes (
    entity_id INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    other_id  INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    why       TEXT    NOT NULL,
    PRIMARY KEY (entity_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX namesakes_other ON namesakes (other_id);
