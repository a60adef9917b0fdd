//! Tells cargo which folders are compiled in, so that a new migration, query or word list is never
//! missing from a binary that was built before it; and lists the saved queries, so that a new file in
//! `queries/` registers itself.

use std::path::Path;
use std::{env, fs};

fn main() {
    for folder in ["migrations", "queries", "seeds/reference", "models"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    list_queries();
}

/// Writes `queries.rs`: `[("name", include_str!(".../queries/name.sql")), ...]`, sorted by name.
fn list_queries() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo names the package's folder");
    let mut names: Vec<String> = fs::read_dir(Path::new(&root).join("queries"))
        .expect("queries/ is there")
        .map(|entry| entry.expect("a folder entry").file_name().into_string().expect("a UTF-8 name"))
        .filter_map(|name| name.strip_suffix(".sql").map(str::to_owned))
        .collect();
    names.sort();
    let mut list = String::from("[\n");
    for name in names {
        let path = format!("/queries/{name}.sql");
        list.push_str(&format!(
            "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),\n"
        ));
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo names the output folder");
    fs::write(Path::new(&out).join("queries.rs"), list).expect("the output folder can be written");
}
