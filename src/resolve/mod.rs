//! Resolution: which mentions are one entity, what is said of it, and who spoke.
//!
//! Pure functions of one article. [`archive`] says how the store joins entities across articles.

mod addressed;
pub mod archive;
mod bodies;
mod boundaries;
mod bracketed;
mod clubs;
mod consistency;
#[cfg(test)]
mod corpus;
mod credits;
mod descriptions;
mod entities;
mod focus;
mod forces;
mod forms;
mod genders;
mod inhabitants;
mod joins;
mod names_in_text;
pub mod namesakes;
mod naming;
mod offices;
mod particles;
mod people;
mod person_name;
mod phrases;
mod places;
mod reference;
mod references;
mod roles;
mod short_forms;
mod speakers;
mod unnamed;
pub mod utterances;

pub use archive::{LinkKey, link_key, meant};
pub use consistency::consistency;
pub use credits::credits;
pub use descriptions::descriptions;
pub use speakers::speakers;
