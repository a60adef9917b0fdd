//! What holds for any document: nothing is lost or changed, cleaning twice is cleaning once, and hostile
//! text comes to its end.

use proptest::prelude::*;

use super::clean;
use crate::article::{Article, Role};
use crate::document::{Document, Media};

fn page(text: &str) -> Article {
    let bytes = text.as_bytes().to_vec();
    clean(&Document { source: "page".into(), id: "page".into(), media: Media::Text, bytes })
}

/// Lines as pages have them, and lines that look like them.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Share This Story",
        "Mayor leaves town",
        "BREAKING: Mayor leaves town",
        "By Jane Roe, Reuters",
        "LEEDS, England (AP) — The mayor left town on Monday, her deputy said.",
        "“We left,” the mayor said. “It was late.”",
        "Related Stories:",
        "Source: Anvil Wire",
        "© 2018 Anvil. All rights reserved.",
        "The town hall. (AFP photo)",
        "Published 5 March 2018",
        "A long night",
        "The council did not know where she was, and nobody at the town hall would say.",
        "🌍 12 likes · 3 comments",
        "",
        " \u{a0}",
    ])
    .prop_map(str::to_owned);
    prop_oneof![4 => known, 1 => "\\PC{0,60}", 1 => "[A-Z(][a-zA-Z ,.():—-]{0,80}"]
}

fn document() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec!["\n", "\n\n", "\r\n", "\r", "\u{2028}"]);
    prop::collection::vec((line(), end), 0..24)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #[test]
    fn every_character_is_kept_or_set_aside_as_it_was(text in document()) {
        let article = page(&text);
        // The document's own marks are looked at without a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut at = 0;
        let mut kept = Vec::new();
        for block in &article.blocks {
            prop_assert!(text[at..block.source.start].trim().is_empty());
            prop_assert_eq!(block.source.of(text).replace("\r\n", "\n").replace('\r', "\n"), block.text.as_str());
            at = block.source.end;
            let is_kept = matches!(block.role, Role::Title | Role::Body | Role::Heading);
            prop_assert_eq!(block.span.is_some(), is_kept);
            if let Some(span) = block.span {
                prop_assert_eq!(span.of(&article.text), block.text.as_str());
                kept.push(block.text.as_str());
            }
        }
        prop_assert!(text[at..].trim().is_empty());
        prop_assert_eq!(kept.join("\n\n"), article.text.as_str());
    }

    #[test]
    fn evidence_stands_where_it_says(text in document()) {
        let article = page(&text);
        let all = [&article.byline, &article.dateline, &article.outlet, &article.published];
        for evidenced in all.into_iter().flatten() {
            prop_assert!(!evidenced.value.is_empty());
            if let Some(span) = evidenced.span {
                prop_assert_eq!(span.of(&article.text), evidenced.evidence.as_str());
            } else {
                let whole = text.replace("\r\n", "\n").replace('\r', "\n");
                prop_assert!(text.contains(&evidenced.evidence) || whole.contains(&evidenced.evidence));
            }
        }
    }

    #[test]
    fn a_plain_text_is_taken_as_it_stands(text in document()) {
        let bytes = text.as_bytes().to_vec();
        let article = clean(&Document { source: "x".into(), id: "x".into(), media: Media::Plain, bytes });
        prop_assert_eq!(article.text.as_str(), text.strip_prefix('\u{feff}').unwrap_or(&text));
    }

    #[test]
    fn sentences_of_some_length_stay(
        before in document(),
        sentence in "[A-Z][a-z]{2,9}( [a-z]{2,9}){8,20}, the mayor said on Monday\\.",
        after in document(),
    ) {
        let article = page(&format!("{before}\n\n{sentence}\n\n{after}"));
        prop_assert!(article.text.contains(&sentence), "{sentence} is gone from {:?}", article.text);
    }
}

#[test]
fn cleaning_the_cleaned_text_changes_nothing() {
    for folder in ["seeds/articles", "src/clean/golden"] {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(root).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "txt") {
                let once = page(&std::fs::read_to_string(&path).expect("a text"));
                let twice = page(&once.text);
                assert_eq!(once.text, twice.text, "{}", path.display());
                assert_eq!(once.title, twice.title, "{}", path.display());
            }
        }
    }
}

/// A quadratic pass would hold the tests up for minutes to hours.
#[test]
fn hostile_text_comes_to_its_end() {
    let million = 1_000_000;
    for unit in [
        "\"",
        "1 ",
        "(",
        "a\n",
        "A ",
        "Share this\n",
        "— ",
        "...\n",
        "By A\n\n",
        "© ",
        "|",
        "Related:\n",
        "\r",
        "é",
        "(L) ",
    ] {
        let text = unit.repeat(million / unit.len());
        page(&text);
    }
}
