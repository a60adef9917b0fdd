//! Word lists and reference data: `seeds/reference/` compiled in and made ready to ask.
//!
//! One file a subject. The data is in `seeds/reference/*.csv`, with source and licence in the README
//! there; here is only how it is asked. No rule lives here.

pub mod bounds;
pub mod calendar;
pub mod counting;
pub mod fold;
pub mod furniture;
pub mod gazetteer;
pub mod gender;
pub mod known;
pub mod languages;
pub mod names;
pub mod numbers;
pub mod offices;
pub mod outlets;
pub mod page_words;
pub mod reporting;
pub mod roles;
pub mod sums;
pub mod units;
pub mod walks;
pub mod wording;
pub mod words;
