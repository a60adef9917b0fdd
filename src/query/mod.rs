//! Queries: saved and ad-hoc SQL, read-only.
