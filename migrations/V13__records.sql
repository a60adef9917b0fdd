-- Files of records: many documents a file, a line of JSON each.
--
-- Serves: imports, which pass over a file of records by its size and time, and otherwise have to tell which of
-- its records changed, came and went. One record may stand in several files, as it does where a crawler writes
-- a file a day: the file that comes last by name says what it says now.

-- A file whose lines are documents.
CREATE TABLE record_files (
    id       INTEGER PRIMARY KEY,
    file     TEXT    NOT NULL UNIQUE,                  -- path, as sources of documents have it
    root     TEXT    NOT NULL,                         -- what was asked for: a record's own id tells it from others there
    found    INTEGER NOT NULL DEFAULT 0,               -- records in it when it was last read to its end
    size     INTEGER,                                  -- when last read to its end; NULL where that has to be done again
    modified TEXT,                                     -- when last read to its end, ISO 8601 with nanoseconds
    given    TEXT    NOT NULL CHECK (json_valid(given)),  -- when last read to its end: which fields hold what, and what a configuration says
    run_id   INTEGER NOT NULL REFERENCES runs (id)     -- the last run that read it to its end, or began to
) STRICT;
CREATE INDEX record_files_run ON record_files (run_id);

-- Which records stand in which files now.
CREATE TABLE records (
    source      TEXT    NOT NULL REFERENCES sources (source),  -- what tells the record from others
    file_id     INTEGER NOT NULL REFERENCES record_files (id),  -- the file, record_files.id
    line        INTEGER NOT NULL CHECK (line >= 1),    -- from 1
    document_id INTEGER NOT NULL REFERENCES documents (id),  -- the line's bytes
    PRIMARY KEY (source, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX records_file ON records (file_id, source);
CREATE INDEX records_document ON records (document_id);
