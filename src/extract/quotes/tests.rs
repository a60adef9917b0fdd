//! What holds for every text: valid spans, rows in order, linear time.

use super::*;
use crate::annotate::annotate;
use crate::finding::QuoteKind;
use crate::span::Span;
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

/// Words in each manner of marks, one after another, with what the marks hold.
fn marked() -> impl Strategy<Value = Vec<(usize, String, String)>> {
    let inner = prop::sample::select(vec![
        "late",
        "the ferry is late",
        "Late.",
        "We are late, all of us!",
        "Over the Harbour",
        "12",
        "it isn't [he said] ...",
    ]);
    let between = prop::sample::select(vec![
        " ",
        ", ",
        " Roe said, ",
        " said Roe. ",
        " and ",
        " the so-called ",
        " he added: ",
        ". ",
        " of ",
        "\n\n",
        " (",
        ") ",
    ]);
    let piece = (0..MARKS.len(), inner.prop_map(String::from), between.prop_map(String::from));
    prop::collection::vec(piece, 0..12)
}

/// The manners of double marks.
const MARKS: &[(&str, &str)] =
    &[("“", "”"), ("\"", "\""), ("''", "''"), ("``", "''"), ("«", "»"), ("„", "“"), ("„", "”"), ("‘‘", "’’")];

proptest! {
    #[test]
    fn any_text_yields_valid_rows(text in "\\PC{0,200}") { check(&text); }

    #[test]
    fn any_words_and_marks_yield_valid_rows(text in newsish()) { check(&text); }

    /// Nothing that the marks hold is dropped: each stretch has its row, which says what it is or why it
    /// is nobody's.
    #[test]
    fn every_stretch_has_a_row(text in newsish()) {
        let annotation = annotate(&text);
        let rows = quotes(&text, &annotation, &[]);
        for stretch in marks::stretches(&text, &annotation) {
            let of = |q: &&Quote| q.spans.contains(&stretch.inner);
            let row = rows.iter().find(of);
            prop_assert!(row.is_some(), "no row for {:?} of {text:?}", stretch.inner.of(&text));
            prop_assert!(row.is_some_and(|q| !q.rule.is_empty()));
        }
    }

    /// Counted by hand, in any manner of marks: as many stretches as were written, each with its words.
    #[test]
    fn every_pair_of_marks_is_found(pieces in marked()) {
        let mut text = String::from("It was ");
        let mut want = Vec::new();
        for (manner, inner, between) in &pieces {
            let (open, close) = MARKS[*manner];
            text.push_str(open);
            want.push(inner.clone());
            text.push_str(inner);
            text.push_str(close);
            text.push_str(between);
            text.push_str(" it was ");
        }
        let mut found: Vec<String> = Vec::new();
        for row in read(&text).iter().filter(|q| !matches!(q.kind, QuoteKind::Indirect | QuoteKind::Thought | QuoteKind::Turn)) {
            found.extend(row.spans.iter().map(|s| s.of(&text).to_string()));
        }
        want.sort();
        found.sort();
        prop_assert_eq!(found, want, "in {:?}", text);
    }
}

/// What a headline says of the person before its colon, whose name is marked.
#[test]
fn headlines_credit_persons() {
    use crate::finding::{EntityKind, FoundBy, Mention};
    for (marked, want) in [
        ("[Roe]: Ferry will be late", Some("Roe")),
        ("[Roe]: Ferry will be late.\n\nThe harbour slept.", Some("Roe")),
        ("Former AG [Ada Roe]: Sack them all", Some("Former AG Ada Roe")),
        ("EXCLUSIVE - [Ada Roe]: I will not go", Some("Ada Roe")),
        ("[Roe] to the harbour board: Ferry will be late", Some("Roe")),
        ("[Jon Hale]: Police search his home", None),
        ("[Jon Hale]: Police will not find me", Some("Jon Hale")),
        ("Vale Backs [Jon Hale]: I will vote for him", None),
        ("[Jon Hale]: a life in boats", None),
        ("[Jon Hale]: hero or fool?", None),
        ("Storm [Ada]: schools to close", None),
    ] {
        let open = marked.find('[').unwrap_or_default();
        let close = marked.find(']').unwrap_or_default() - 1;
        let text = marked.replace(['[', ']'], "");
        let span = Span::new(open, close);
        let mention = Mention { span, kind: EntityKind::Person, found_by: FoundBy::Model, confidence: 1.0 };
        let rows = quotes(&text, &annotate(&text), &[mention]);
        let told = rows.iter().find(|q| q.rule.starts_with("headline"));
        let source = told.and_then(|q| q.speaker.as_ref()).map(|s| s.span.of(&text));
        assert_eq!(source, want, "{text}: {rows:#?}");
    }
}

/// A quadratic rule would take hours here; a linear one takes well under a second.
#[test]
fn hostile_text_comes_to_its_end() {
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
        // A comma inside the marks keeps the sentence from being cut.
        "\"a, b\", ",
        "\"a, b\" and says ",
        "\"a, b\" he jumped ",
        "\"a, b\" , told ",
        "\"a, b\" , asked why it was late ",
        "a \"senior source\" said \"a, b\" ",
    ] {
        let text = piece.repeat(50_000 / piece.len());
        check(&text);
    }
}
