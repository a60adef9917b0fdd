//! The store: the archive's only writer, and the door through which everything else opens it.
//!
//! [`Archive`] opens and migrates. SQL lives here in named constants, in `migrations/` and in
//! `queries/`, and nowhere else. The store knows findings and articles; it never looks for any.

mod answers;
mod archive;
mod articles;
mod check;
mod corrections;
mod credits;
mod error;
mod findings;
mod import;
mod links;
mod namesakes;
mod reference;
mod revisions;
mod run;
mod schema;
mod sources;
mod status;
mod utterances;
mod write;

pub use answers::{LastAnswer, RowHash, last_answer};
pub use archive::{Archive, ImportLock};
pub use check::{Verdict, promise_names};
pub use corrections::{Made, NewCorrection, Refused};
pub use error::Error;
pub use import::{Report, import};
pub use run::{Counts, Problem};
pub use schema::{APPLICATION_ID, Migrated, known_version, migrations};
pub use status::{Run, Status, Trouble};
