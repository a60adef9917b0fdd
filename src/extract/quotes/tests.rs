//! What holds for every text: valid spans, rows in order, linear time.

use super::*;
use crate::annotate::annotate;
use proptest::prelude::*;

fn read(text: &str) -> Vec<Quote> {
    quotes(text, &annotate(text), &[])
}

fn check(text: &str) {
    let mut last = 0;
    for quote in read(text) {
        assert!(!quote.spans.is_empty() && !quote.content.is_empty());
        assert!(quote.spans[0].start >= last, "rows out of order");
        last = quote.spans[0].start;
        let speaker = quote.speaker.as_ref().map(|s| s.span);
        let cue = quote.cue.as_ref().map(|c| c.span);
        let spans = quote.spans.iter().chain(&quote.content).copied();
        for span in spans.chain(speaker).chain(cue).chain(quote.addressee).chain(quote.occasion) {
            assert!(!span.is_empty() && text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
        }
        assert!(quote.spans.is_sorted() && quote.content.is_sorted());
        assert_eq!(quote.speaker.is_none(), quote.unattributed.is_some());
    }
}

/// Words and marks in any order, far likelier to make trouble than random characters.
fn newsish() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "''",
        "``",
        "«",
        "»",
        "„",
        ".",
        ",",
        ":",
        ";",
        "?",
        "—",
        "-",
        "(",
        ")",
        "\n",
        "\n\n",
        " ",
        " said ",
        "Smith",
        " told reporters",
        " he ",
        " according to ",
        " that ",
        " who ",
        "the mayor",
        " of ",
        "Ulm",
        "'s",
        " and ",
        " adding ",
        "5",
        "é😀",
        "A",
        " was asked by ",
        "to",
        " in a statement ",
        "SMITH: ",
        "Q: ",
        "Mr.",
        "...",
        "[",
        "]",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|v| v.concat())
}

proptest! {
    #[test]
    fn any_text_yields_valid_rows(text in "\\PC{0,200}") { check(&text); }

    #[test]
    fn any_words_and_marks_yield_valid_rows(text in newsish()) { check(&text); }
}

/// A quadratic rule would take hours here; a linear one takes well under a second.
#[test]
fn hostile_text_takes_linear_time() {
    for piece in [
        "\"",
        "“",
        "”",
        "'",
        " '",
        "''",
        "« ",
        "“a",
        "a' ",
        "\" a \"",
        "said ",
        "he said ",
        ", said he",
        "“a” said ",
        "“a” he said, ",
        "Smith, who ",
        "according to ",
        "(",
        "the mayor of ",
        "“A.”\n",
        "“A\n",
        "A: “",
        "said that ",
        "Ulm and ",
        "asked by ",
        "‘a ",
        "'a \"b ",
        "was said ",
        "- ",
        ", ",
        "'s ",
    ] {
        let text = piece.repeat(50_000 / piece.len());
        let begun = std::time::Instant::now();
        check(&text);
        assert!(begun.elapsed().as_secs() < 30, "{piece:?} took {:?}", begun.elapsed());
    }
}
