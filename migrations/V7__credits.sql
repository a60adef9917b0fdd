-- Whom the page around an article credits: agencies for pictures, outlets for the rights.
--
-- Serves: "which outlets live on one agency's pictures?" (SELECT o.name, n.name, count(*) FROM credits c JOIN
-- article_entities n ON n.id = c.article_entity_id JOIN articles a ON a.id = c.article_id JOIN outlets o ON
-- o.id = a.outlet_id GROUP BY 1, 2).
--
-- The lines that credit are set aside as furniture, so that their names are no mentions of the text.
-- An outlet that the text itself does not name has an article_entities row without mentions.

CREATE TABLE credits (
    id                INTEGER PRIMARY KEY,
    article_id        INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    article_entity_id INTEGER NOT NULL REFERENCES article_entities (id) ON DELETE CASCADE,
    block             INTEGER NOT NULL,                 -- blocks.position: the block that was set aside
    start             INTEGER NOT NULL CHECK (start >= 0),  -- characters of blocks.text
    end               INTEGER NOT NULL,
    text              TEXT    NOT NULL,                 -- the name as it stands there
    rule              TEXT    NOT NULL,                 -- 'picture credit', 'copyright line', 'notice of the site'
    CHECK (end > start)
) STRICT;
CREATE INDEX credits_article ON credits (article_id, block);
CREATE INDEX credits_article_entity ON credits (article_entity_id);
