//! Every span of every table gives back its text in plain SQL, on every article the tests can find.

use std::path::Path;

use copydesk::document::{Document, Media};
use copydesk::pipeline;
use copydesk::span::{CharMap, Span};
use proptest::prelude::*;
use rusqlite::Connection;

use crate::archive::Folder;
use crate::articles::article;

/// Table, start, end and text of everything that has a span.
const SPANS: &[(&str, &str, &str, &str)] = &[
    ("mentions", "start", "end", "text"),
    ("descriptions", "start", "end", "text"),
    ("quotes", "start", "end", "text"),
    ("quotes", "speaker_start", "speaker_end", "speaker_text"),
    ("quotes", "cue_start", "cue_end", "cue"),
    ("quotes", "addressee_start", "addressee_end", "addressee"),
    ("quotes", "occasion_start", "occasion_end", "occasion"),
    ("figures", "start", "end", "text"),
    ("figures", "counted_start", "counted_end", "counted"),
    ("figures", "holds_for_start", "holds_for_end", "holds_for"),
    ("figures", "place_start", "place_end", "place"),
    ("figures", "whose_start", "whose_end", "whose"),
    ("figures", "period_start", "period_end", "period"),
    ("figures", "as_of_start", "as_of_end", "as_of"),
    ("dates", "start", "end", "text"),
    ("other_readings", "start", "end", "text"),
    ("figures", "cited_start", "cited_end", "cited"),
    ("refused", "start", "end", "text"),
];

#[track_caller]
fn spans_hold(archive: &Path) -> i64 {
    let connection = Connection::open(archive).expect("opens");
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    let mut rows = 0;
    for (table, start, end, text) in SPANS {
        let from =
            format!("FROM {table} t JOIN articles a ON a.id = t.article_id WHERE t.{start} IS NOT NULL");
        rows += count(&format!("SELECT count(*) {from}"));
        let wrong = count(&format!(
            "SELECT count(*) {from} AND substr(a.text, t.{start} + 1, t.{end} - t.{start}) IS NOT t.{text}"
        ));
        assert_eq!(wrong, 0, "{table}.{text}");
    }
    let wrong = count(
        "SELECT count(*) FROM quote_spans s JOIN quotes q ON q.id = s.quote_id JOIN articles a ON a.id = q.article_id
         WHERE substr(a.text, s.start + 1, s.end - s.start) IS NOT s.text",
    );
    assert_eq!(wrong, 0, "quote_spans.text");
    rows
}

#[test]
fn every_span_of_the_sample_articles_holds() {
    let folder = Folder::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    folder.copydesk([std::ffi::OsStr::new("import"), samples.as_os_str()]).assert().success();
    assert!(spans_hold(&folder.archive()) > 200, "hardly anything was found");
}

#[test]
fn every_span_of_awkward_texts_holds() {
    let folder = Folder::new();
    let awkward = [
        "\u{FEFF}👩‍👩‍👧 “Twelve 🌍 people died,” said José\u{301} Núñez of Peru.\r\n\r\n“No,” he said.",
        "\u{202E}שלום\u{202C} “ثلاثة 3 people,” Ahmad Tibi said in Tel Aviv.\r\rMacintosh 4.5 million.",
        "Z̷̢͎̈́a̴͚͒l̶̟̏g̵͍̈́o̶̙͐ Smith said 50% of 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 is “💩💩💩”.\u{2028}\u{2029}Then 7 more.",
        "“Un\u{ad}closed \u{ad}and \u{200b}zero-width 12,000 marks, Mary O’Neill of the U.N. said\n\n\n\n",
    ];
    for (n, text) in awkward.iter().enumerate() {
        folder.write(&format!("in/{n}.txt"), text);
    }
    for n in 0..20 {
        folder.write(&format!("in/made-{n}.txt"), article(n));
    }
    folder.copydesk(["import", "in"]).assert().success();
    assert!(spans_hold(&folder.archive()) > 200, "hardly anything was found");
}

/// Every span of a reading, by what it is.
fn spans(reading: &pipeline::Reading) -> Vec<(&'static str, Span)> {
    let found = &reading.findings;
    let mut spans: Vec<(&'static str, Span)> = Vec::new();
    spans.extend(found.mentions.iter().map(|m| ("mention", m.span)));
    spans.extend(found.descriptions.iter().map(|d| ("description", d.span)));
    spans.extend(found.refused.iter().map(|r| ("refused", r.span)));
    for quote in &found.quotes {
        spans.extend(quote.spans.iter().map(|s| ("quote", *s)));
        spans.extend(quote.content.iter().map(|s| ("content", *s)));
        spans.extend(quote.speaker.iter().map(|s| ("speaker", s.span)));
        spans.extend(quote.cue.iter().map(|c| ("cue", c.span)));
        spans.extend(quote.addressee.iter().chain(&quote.occasion).map(|s| ("to whom", *s)));
    }
    for figure in &found.figures {
        spans.extend([("figure", figure.span), ("sentence", figure.sentence)]);
        spans.extend(
            [figure.counted, figure.holds_for, figure.cited].into_iter().flatten().map(|s| ("of figure", s)),
        );
        let scope = [figure.place, figure.whose, figure.period, figure.as_of];
        spans.extend(scope.into_iter().flatten().map(|s| ("scope of figure", s)));
    }
    spans.extend(found.moments.iter().flat_map(|m| [("moment", m.span), ("its sentence", m.sentence)]));
    spans.extend(found.readings.iter().map(|r| ("other reading", r.span)));
    spans
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        "[0-9.,$€£% -]{1,12}",
        "[“”\"‘’'«»„`]{1,4}",
        "(said|told|according to|Mr\\.|Obama|Paris|U\\.N\\.|million|killed|people|who) ",
        "[\r\n\t \u{a0}\u{2028}\u{200d}\u{301}]{1,4}",
        Just("👩‍👩‍👧".to_owned()),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_breaks_the_extractors_or_their_spans(text in hostile()) {
        for media in [Media::Text, Media::Plain] {
            let document =
                Document { source: "a".into(), id: "a".into(), media, bytes: text.clone().into_bytes() };
            let reading = pipeline::read_through(&document);
            let text = &reading.article.text;
            let map = CharMap::new(text);
            for (what, span) in spans(&reading) {
                let slice = text.get(span.start..span.end);
                prop_assert!(slice.is_some(), "{} {:?} does not slice", what, span);
                let (start, end) = map.chars(span);
                let by_characters: String = text.chars().skip(start).take(end - start).collect();
                prop_assert_eq!(slice, Some(by_characters.as_str()), "{}", what);
            }
        }
    }
}
