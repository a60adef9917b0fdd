//! Queries: saved and ad-hoc SQL over an archive, read-only, within limits.
//!
//! SQLite itself keeps the promise that nothing is written ([`guard`]). Rows go one by one to a
//! [`Sink`]; how they look is the business of `present`.

pub mod answer;
mod error;
mod functions;
pub mod guard;
mod nearest;
pub mod parameter;
pub mod saved;

pub use answer::{Answered, Column, Cut, Sink};
pub use error::Error;
pub use guard::{Limits, Reader};
pub use nearest::nearest;
pub use parameter::{Given, Kind, Parameter};
pub use saved::{Library, SavedQuery};
