//! Queries: saved and ad-hoc SQL over an archive, read-only, within limits.
//!
//! SQLite itself keeps the promise that nothing is written ([`guard`]). Rows go one by one to a
//! [`Sink`]; how they look is the business of `present`.

pub mod anchor;
pub mod answer;
pub mod article;
mod chart;
mod check;
pub mod corrections;
pub mod describe;
pub mod entity;
mod error;
mod fresh;
pub mod functions;
pub mod guard;
pub mod head;
pub mod history;
mod meanings;
mod meant;
mod memory;
mod most;
mod nearest;
mod notes;
pub mod parameter;
pub mod saved;
pub mod script;
pub mod search;
mod values;

pub use anchor::Anchor;
pub use answer::{Answered, Column, Cut, Sink};
pub use article::ArticleView;
pub use chart::{Chart, ChartForm};
pub use describe::Relation;
pub use entity::{EntityRow, EntityView};
pub use error::Error;
pub use fresh::{Fresh, Standing};
pub use guard::{Clock, Limits, Reader};
pub use head::Head;
pub use history::History;
pub use memory::Memory;
pub use nearest::nearest;
pub use parameter::{Given, Kind, Parameter, Values};
pub use saved::{Library, SavedQuery, Unreadable};
