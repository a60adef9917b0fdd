//! Reading: files, folders and streams become documents.
//!
//! Knows formats and encodings; knows nothing of what a document says. Two steps, so that the second
//! can run on many threads, and be left out for a file whose size and time have not changed:
//! [`walk`] finds files in a fixed order, [`load`] reads one. Neither holds more than one folder's
//! names or one file at a time.
//!
//! Taken: from folders, files named `*.txt` or `*.text` (any case), at any depth, links followed; from those
//! that a configuration says hold records, `*.jsonl` and `*.ndjson` ([`Records`]); a file named on the command
//! line whatever its name. Passed over, with a counted reason: see [`Passed`].
//! Refused, with the place and what to do: see [`Reason`].

mod entry;
mod folder;
mod lines;
mod load;
mod part;
mod patterns;
mod plain;
mod records;
mod refusal;
mod source;
mod walk;

pub use entry::{Entry, Found, Passed, Root, Skipped};
pub use load::{LIMIT, load, stream};
pub use part::Within;
pub use patterns::Patterns;
pub use plain::plain_records;
pub use records::{Line, Records};
pub use refusal::{Reason, Refusal};
pub use source::source_name;
pub use walk::walk;
