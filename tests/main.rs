//! The one integration binary: a line each on what belongs where.

// The project's shape: imports, sizes, where SQL stands, no test forgotten.
mod tidy;
