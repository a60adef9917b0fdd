//! The store: the archive's only writer, and the door through which everything else opens it.
//!
//! [`Archive`] opens and migrates. SQL lives here in named constants, in `migrations/` and in
//! `queries/`, and nowhere else. The store knows findings and articles; it never looks for any.

mod ahead;
mod answers;
mod archive;
mod articles;
mod backup;
mod changes;
mod check;
mod corrections;
mod credits;
mod entities;
mod error;
mod findings;
mod import;
mod ledger;
mod links;
mod named;
mod namesakes;
mod preview;
mod records;
mod reextract;
mod reference;
mod revisions;
mod run;
mod schema;
mod shelf;
mod sources;
mod standing;
mod status;
mod surnames;
mod utterances;
mod vanished;
mod write;

pub use answers::{LastAnswer, RowHash, last_answer};
pub use archive::{Archive, ImportLock};
pub use backup::Backup;
pub use changes::Change;
pub use check::{Verdict, promise_names};
pub use corrections::{Made, NewCorrection, Refused};
pub use error::Error;
pub use import::{Options, Report, import};
pub use preview::{Changing, Preview, preview};
pub use reextract::{Which, reextract};
pub use run::{Counts, Problem};
pub use schema::{APPLICATION_ID, Migrated, known_version, migrations};
pub use status::{Run, Status, Trouble};
