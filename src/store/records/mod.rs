//! Files of records in the archive: which records stand in which file, and what follows when one comes,
//! changes or goes.
//!
//! A record is a source like any other, known by its address or id rather than by a path. It may stand in
//! several files: the file that comes last by name says what it says now, whatever the order in which files are
//! read, so that an older file that is merely touched takes nothing back.

mod ahead;
mod rows;
mod settle;
mod write;

pub(super) use ahead::{Done, Files};
pub(super) use rows::{any_file, at_or_below, file, files_of, records_of};
pub(super) use write::{Place, Standing, write};
