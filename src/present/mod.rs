//! Presentation: rows and readings laid out for people and programs.

pub mod about;
pub mod chart;
pub mod csv;
pub mod datasette;
pub mod guard;
pub mod harmless;
pub mod history;
pub mod hits;
pub mod html;
pub mod json;
pub mod list;
pub mod markdown;
pub mod marked;
mod moment;
pub mod number;
pub mod package;
pub mod paint;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod profile;
pub mod reading;
pub mod seen;
pub mod sheet;
pub mod table;
#[cfg(test)]
mod testing;
pub mod way;
pub mod whole;
mod workbook_fault;
pub mod wrap;
pub mod xlsx;
