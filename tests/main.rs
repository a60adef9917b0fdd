//! The one integration binary: a line each on what belongs where.

// A fresh folder and the program run in it; no tests of its own.
mod archive;
// The schema's files: names, numbers, checksums.
mod migrations;
// Opening archives, and what is none.
mod opening;
// The project's shape: imports, sizes, where SQL stands, no test forgotten.
mod tidy;
