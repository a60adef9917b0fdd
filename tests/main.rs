//! The one integration binary: a line each on what belongs where.

// The user's own case: a configuration, a timer, readers, a backup.
mod alone;
// A fresh folder and the program run in it; no tests of its own.
mod archive;
// Archives of every released schema.
mod archives;
// Articles made for tests.
mod articles;
// Every promise of the archive, kept and broken.
mod check;
// `copydesk correct`, `entity`, `corrections`: made, applied, kept, taken back.
mod corrections;
// What two archives of the same input have in common: everything but ids, runs and times.
mod content;
// `copydesk extract`: documents in, JSON lines out, no archive.
mod extract;
// Faults caused for real.
mod faults;
// `copydesk history`: changes as facts; what vanished and what came back.
mod history;
// What import takes and tells; order and threads do not show.
mod import;
// Imports killed at many moments, and two at once.
mod kill;
// The schema's files: names, numbers, checksums.
mod migrations;
// No statement of an import's goes through a table that grows.
mod plans;
// Opening archives, and what is none.
mod opening;
// Files of records: mappings, identity, what comes and goes.
mod records;
// Importing again: unchanged, changed, duplicates, older extractors.
mod reimport;
// Every span gives back its text, in SQL.
mod spans;
// What an archive says of itself.
mod status;
// The project's shape: imports, sizes, where SQL stands, no test forgotten.
mod tidy;
// `copydesk export`: the folder and its receipt.
mod export;
// Every format takes hostile cells, and tools that are not ours read them back.
mod ways;
// Help, examples, completions, and the manual written from them.
mod help;
// `copydesk search`: hits, and words without syntax.
mod search;
// `copydesk show`: an article with its marks.
mod show;
// The archive that tests of questions ask, written by hand.
mod desk;
// `copydesk query` and the files in queries/: all of them run, here and in the sqlite3 shell.
mod query;
// What saved queries answer.
mod answers;
// Saved queries found, described, saved and checked.
mod library;
// `copydesk query --new`.
mod fresh;
// `copydesk sql`: what it refuses, what stops it, and the formats it shares.
mod sql;
// Surnames alone, and whom company tells they mean.
mod surnames;
// Utterances: what is one across articles, whatever the order, and what people say of it.
mod utterances;
// `copydesk watch`: files as they arrive.
#[cfg(unix)]
mod watch;
// What Datasette is told, and Datasette itself.
mod datasette;
// The shell of `copydesk sql`: scripts, dot commands and the prompt.
mod shell;
