//! Presentation: rows and readings laid out for people and programs.

pub mod csv;
pub mod harmless;
pub mod json;
pub mod number;
pub mod paint;
pub mod reading;
pub mod table;
pub mod whole;
pub mod wrap;
