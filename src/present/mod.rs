//! Presentation: rows and readings laid out for people and programs.

pub mod csv;
pub mod guard;
pub mod harmless;
pub mod hits;
pub mod json;
pub mod marked;
pub mod number;
pub mod package;
pub mod paint;
pub mod reading;
pub mod table;
pub mod whole;
pub mod wrap;
