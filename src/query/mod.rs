//! Queries: saved and ad-hoc SQL over an archive, read-only, within limits.
//!
//! SQLite itself keeps the promise that nothing is written ([`guard`]). Rows go one by one to a
//! [`Sink`]; how they look is the business of `present`.

pub mod anchor;
pub mod answer;
pub mod article;
pub mod corrections;
pub mod describe;
pub mod entity;
mod error;
mod functions;
pub mod guard;
mod nearest;
pub mod parameter;
pub mod saved;
pub mod search;

pub use anchor::Anchor;
pub use answer::{Answered, Column, Cut, Sink};
pub use article::ArticleView;
pub use describe::Relation;
pub use entity::{EntityRow, EntityView};
pub use error::Error;
pub use guard::{Clock, Limits, Reader};
pub use nearest::nearest;
pub use parameter::{Given, Kind, Parameter};
pub use saved::{Library, SavedQuery};
