//! copydesk turns news articles, as they come from the web with all their noise, into one SQLite
//! file in which every article, entity, quote and figure is a row that points back to the exact
//! characters it was read from.
//!
//! Data goes one way, and the modules stand in that order:
//!
//! 1. [`read`] opens files and streams and yields [`document::Document`]s, the bytes as found: texts, and
//!    [`record`]s, lines of JSON.
//! 2. [`clean`] tells the journalist's text from the page's furniture: an [`article::Article`].
//! 3. [`annotate`] splits the text into paragraphs, sentences and tagged tokens.
//! 4. [`extract`] finds mentions, quotes and figures in it.
//! 5. [`resolve`] decides which mentions are one entity, and who spoke.
//! 6. [`store`] writes the rows into the archive, one transaction a document, one writer.
//! 7. [`query`] asks the archive, read-only.
//! 8. [`present`] lays rows out as tables, CSV or JSON.
//!
//! Steps 1 to 5 are a pure function of one document ([`pipeline`]): no database, no clock, no
//! network. A module knows those before it, never those after (`tests/tidy.rs` holds it).

pub mod annotate;
pub mod article;
pub mod clean;
pub mod cli;
pub mod config;
pub mod correct;
pub mod document;
pub mod extract;
pub mod finding;
pub mod lexicon;
pub mod lines;
pub mod pipeline;
pub mod present;
pub mod query;
pub mod read;
pub mod record;
pub mod resolve;
pub mod span;
pub mod store;
pub mod watch;
