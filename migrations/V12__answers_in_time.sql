-- Answers in time on a hundred thousand articles.
--
-- Serves: the saved queries disagreements and figures-about, and every question that goes from a name to its
-- articles or from an article to the names in it: these are read from an index alone, in which a row is a
-- twentieth of the table's. What is counted, befell it, and its unit are found whatever their case, as the
-- queries ask for them.

CREATE INDEX article_entities_article ON article_entities (article_id, entity_id, kind);
DROP INDEX article_entities_entity;
CREATE INDEX article_entities_entity ON article_entities (entity_id, linked_by, article_id);

DROP INDEX figures_event;
CREATE INDEX figures_event ON figures (event COLLATE NOCASE, article_id) WHERE event IS NOT NULL;
DROP INDEX figures_unit;
CREATE INDEX figures_unit ON figures (unit_name COLLATE NOCASE, article_id) WHERE unit_name IS NOT NULL;
DROP INDEX figures_counted;
CREATE INDEX figures_counted ON figures (counted_head COLLATE NOCASE, article_id) WHERE counted_head IS NOT NULL;
