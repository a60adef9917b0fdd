-- Reported speech, titles and nicknames are no part of any utterance, but were put in the queue and taken
-- out again: half of what an import queued.
--
-- Serves: imports, which settle the queue.

DROP TRIGGER utterance_queue_quote_insert;
DROP TRIGGER utterance_queue_quote_delete;
CREATE TRIGGER utterance_queue_quote_insert AFTER INSERT ON quotes
WHEN new.kind IN ('direct', 'mixed', 'scare') BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) VALUES (new.id);
END;
CREATE TRIGGER utterance_queue_quote_delete AFTER DELETE ON quotes
WHEN old.kind IN ('direct', 'mixed', 'scare') BEGIN
    INSERT OR IGNORE INTO utterance_queue (quote_id) VALUES (old.id);
END;
