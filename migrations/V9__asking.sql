-- Answers in time, and what was answered before.
--
-- Serves: the saved queries on large archives: quotes are counted by speaker, and articles by outlet, from
-- an index alone, without reading what was said or the article's text; and `copydesk query --new`, which
-- hands out the rows that the last answer did not have.

DROP INDEX quotes_speaker;
CREATE INDEX quotes_speaker ON quotes (speaker_id, kind, cue_kind);
DROP INDEX quotes_article;
CREATE INDEX quotes_article ON quotes (article_id, start, kind, speaker_id);
DROP INDEX articles_outlet;
CREATE INDEX articles_outlet ON articles (outlet_id, published, words);

-- The last answer of a saved query to somebody who asked for what is new.
CREATE TABLE answers (
    id          INTEGER PRIMARY KEY,
    query       TEXT    NOT NULL,                       -- the saved query's name
    parameters  TEXT    NOT NULL CHECK (json_valid(parameters)),  -- what was set, a JSON object
    answered_at TEXT    NOT NULL,                       -- when its rows had been handed out, ISO 8601, UTC
    UNIQUE (query, parameters)
) STRICT;

-- Its rows.
CREATE TABLE answered_rows (
    answer_id INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    hash      BLOB    NOT NULL CHECK (length(hash) = 16),  -- of the columns that the query names as its key, or all
    PRIMARY KEY (answer_id, hash)
) STRICT, WITHOUT ROWID;
