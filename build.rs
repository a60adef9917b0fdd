//! Tells cargo which folders are compiled in, so that a new migration, query or word list is never
//! missing from a binary that was built before it.

fn main() {
    for folder in ["migrations", "queries", "seeds/reference", "models"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
