//! Cleaning of records: their text as that of a page, and what their other fields say in place of what lines of
//! the text would.

use super::{dates, web_text};
use crate::article::{Article, Evidenced};
use crate::document::Document;
use crate::lexicon::languages;

/// What the evidence of a field's value has as its rule.
const RULE: &str = "record";

/// Cleans a record whose page is `page`.
pub(super) fn clean(document: &Document, page: &str) -> Article {
    let Some(record) = document.record() else { return web_text(page, None) };
    let mut article = web_text(page, record.title.as_deref());
    let said =
        |value: String, words: String| Some(Evidenced { value, evidence: words, rule: RULE, span: None });
    if let Some(byline) = record.byline {
        article.byline = said(without_by(&byline).to_owned(), byline);
    }
    if let Some(outlet) = record.outlet {
        article.outlet = said(outlet.clone(), outlet);
    }
    if let Some((words, value)) = record.published.and_then(|words| Some((moment(&words)?, words))) {
        article.published = said(words, value);
    }
    let code = record.language.as_deref().and_then(|code| code.split(['-', '_']).next());
    if let Some(language) = code.and_then(|code| languages::known(&code.to_lowercase())) {
        article.language = Some(language);
    }
    article
}

/// A byline as a value: without the word before it.
fn without_by(byline: &str) -> &str {
    match byline.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => byline[3..].trim_start(),
        _ => byline,
    }
}

/// ISO 8601 of what programs and pages write for a moment; a bare number is seconds since 1970, where it is
/// of a time in which there was a web. `None` where it leaves day, month or year open.
fn moment(words: &str) -> Option<String> {
    let whole = words.strip_suffix(".0").unwrap_or(words);
    if let Ok(number) = whole.parse::<i64>() {
        const WEB: std::ops::Range<i64> = 631_152_000..4_102_444_800;
        let seconds = if WEB.contains(&number) { number } else { number / 1000 };
        let stamp = jiff::Timestamp::from_second(seconds).ok().filter(|_| WEB.contains(&seconds))?;
        return Some(format!("{stamp:.0}"));
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(words) {
        return Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    // "2016-09-05 10:15:00+02:00", as databases write it.
    let joined = words.split('[').next().unwrap_or(words).trim().replacen(' ', "T", 1);
    // "20160905T101500Z".
    if let Some(stamp) = joined.parse::<jiff::Timestamp>().ok().filter(|_| !joined.contains('-')) {
        return Some(format!("{stamp:.0}"));
    }
    if joined.parse::<jiff::Timestamp>().is_ok() || joined.parse::<jiff::civil::DateTime>().is_ok() {
        let is_day = joined.parse::<jiff::civil::Date>().is_ok() && !joined.contains('T');
        return Some(if is_day { joined.get(..10)?.to_owned() } else { joined });
    }
    dates::find(words).map(|stamp| stamp.iso)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::Media;
    use crate::record::Fields;

    fn article(line: &str) -> Article {
        let document = Document {
            source: "r".to_owned(),
            id: "r".to_owned(),
            media: Media::Record(Arc::new(Fields::default())),
            bytes: line.as_bytes().to_vec(),
        };
        super::super::clean(&document)
    }

    #[test]
    fn fields_go_before_what_the_text_says() {
        let article = article(
            r#"{"title": "Ferry runs aground off Skye", "byline": "By Ann Lee", "outlet": "Harbour Echo",
                "published": "Mon, 05 Sep 2016 10:15:00 +0100", "language": "en-GB",
                "text": "By Bo Roe\n\nGLASGOW (Anvil Wire) — A ferry ran aground on Monday with 40 people aboard, police said.\n\nShare this article"}"#,
        );
        let value = |said: &Option<Evidenced>| said.as_ref().map(|said| said.value.clone());
        assert_eq!(article.title.as_deref(), Some("Ferry runs aground off Skye"));
        assert_eq!(value(&article.byline).as_deref(), Some("Ann Lee"));
        assert_eq!(value(&article.outlet).as_deref(), Some("Harbour Echo"));
        assert_eq!(value(&article.published).as_deref(), Some("2016-09-05T10:15:00+01:00"));
        assert_eq!(article.language, Some("en"));
        assert!(article.text.starts_with("Ferry runs aground off Skye\n\nGLASGOW"), "{}", article.text);
        assert!(!article.text.contains("Bo Roe") && !article.text.contains("Share"), "{}", article.text);
    }

    #[test]
    fn a_record_without_fields_beside_its_text_is_read_as_a_page() {
        let article = article(
            r#"{"text": "Ferry runs aground\n\nBy Ann Lee\n\nA ferry ran aground on Monday with 40 people aboard."}"#,
        );
        assert_eq!(article.title.as_deref(), Some("Ferry runs aground"));
        assert_eq!(article.byline.map(|said| said.value).as_deref(), Some("Ann Lee"));
    }

    #[test]
    fn moments_are_read_as_programs_write_them() {
        for (words, iso) in [
            ("2016-09-05", Some("2016-09-05")),
            ("2016-09-05T10:15:00Z", Some("2016-09-05T10:15:00Z")),
            ("2016-09-05 10:15:00+02:00", Some("2016-09-05T10:15:00+02:00")),
            ("2016-09-05 10:15", Some("2016-09-05T10:15")),
            ("2016-09-05T10:15:00.123456", Some("2016-09-05T10:15:00.123456")),
            ("Mon, 5 Sep 2016 10:15:00 GMT", Some("2016-09-05T10:15:00+00:00")),
            ("1473070500", Some("2016-09-05T10:15:00Z")),
            ("1473070500.0", Some("2016-09-05T10:15:00Z")),
            ("20160905T101500Z", Some("2016-09-05T10:15:00Z")),
            ("2016-09-05T10:15:00+02:00[Europe/Berlin]", Some("2016-09-05T10:15:00+02:00")),
            ("1473070500000", Some("2016-09-05T10:15:00Z")),
            ("September 5, 2016", Some("2016-09-05")),
            ("05/09/2016", None),
            ("20160905", None),
            ("soon", None),
        ] {
            assert_eq!(moment(words).as_deref(), iso, "{words}");
        }
    }
}
