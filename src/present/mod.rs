//! Presentation: rows and readings laid out for people and programs.

pub mod reading;
