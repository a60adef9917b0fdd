//! The one integration binary: a line each on what belongs where.

// A fresh folder and the program run in it; no tests of its own.
mod archive;
// The schema's files: names, numbers, checksums.
mod migrations;
// Opening archives, and what is none.
mod opening;
// The project's shape: imports, sizes, where SQL stands, no test forgotten.
mod tidy;
// The archive that tests of questions ask, written by hand.
mod desk;
// `copydesk query` and the files in queries/.
mod query;
// `copydesk sql`: what it refuses, what stops it, and the formats it shares.
mod sql;
