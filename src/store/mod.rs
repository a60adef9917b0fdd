//! The store: the archive's only writer.
