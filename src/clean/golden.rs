//! Golden documents: whole pages of our own invention, and what cleaning makes of every line.
//!
//! Each `golden/NAME.txt`, and each sample article, has a snapshot beside it with a line a block: its
//! role, the rule that decided, and its text. `INSTA_UPDATE=always cargo test golden` writes them anew;
//! read the diff.

use std::fmt::Write;
use std::path::PathBuf;

use super::clean;
use crate::document::{Document, Media};

fn snapshot(document: &Document) -> String {
    let article = clean(document);
    let mut out = String::new();
    let values = [
        ("byline", &article.byline),
        ("dateline", &article.dateline),
        ("outlet", &article.outlet),
        ("published", &article.published),
    ];
    writeln!(out, "title: {}", article.title.as_deref().unwrap_or("-")).expect("a string takes it");
    for (name, value) in values {
        match value {
            Some(e) => writeln!(out, "{name}: {} [{}: {}]", e.value, e.rule, e.evidence),
            None => writeln!(out, "{name}: -"),
        }
        .expect("a string takes it");
    }
    writeln!(out, "language: {}\n", article.language.unwrap_or("-")).expect("a string takes it");
    for block in &article.blocks {
        let kept = if block.span.is_some() { "+" } else { "-" };
        writeln!(out, "{kept} {} ({}) {:?}", block.role.as_str(), block.reason, block.text)
            .expect("a string takes it");
    }
    out
}

fn read(path: PathBuf) -> Document {
    let bytes = std::fs::read(&path).expect("a golden document can be read");
    Document { source: "golden".into(), id: "golden".into(), media: Media::Text, bytes }
}

fn root(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn names(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root(folder))
        .expect("the folder is there")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    names
}

fn check(folder: &str) {
    let names = names(folder);
    assert!(names.len() >= 8, "{folder} has only {names:?}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in names {
            insta::assert_snapshot!(name.clone(), snapshot(&read(root(folder).join(format!("{name}.txt")))));
        }
    });
}

#[test]
fn golden_pages() {
    check("src/clean/golden");
}

#[test]
fn golden_sample_articles() {
    check("seeds/articles");
}
