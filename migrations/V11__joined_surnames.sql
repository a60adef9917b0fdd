-- Finds the short names that stand for somebody of a surname without reading everybody.
--
-- Serves: every import that brings a new bearer of a surname, which has to look at the short names joined
-- by it. Since there is an index on (kind, key), SQLite read all persons of the archive by it for the sake of
-- the order, so that an article cost the more the more the archive held. Few rows are joined by surname,
-- and only those are here.

CREATE INDEX article_entities_joined ON article_entities (kind, surname, key)
WHERE is_full = 0 AND linked_by = 'surname';
