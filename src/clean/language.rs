//! The language of a text, where it can be told.

use crate::lexicon::languages;

/// Enough text to tell by, in bytes; more would only cost time.
const SAMPLE: usize = 800;
/// Less text than this, in characters, tells nothing for sure.
const LEAST: usize = 60;

/// The ISO 639-1 code of the text's language; `None` when unsure.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let sample = &text[..end];
    if sample.chars().filter(|c| c.is_alphabetic()).count() < LEAST {
        return None;
    }
    whatlang::detect(sample)
        .filter(whatlang::Info::is_reliable)
        .and_then(|info| languages::short_code(info.lang().code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_and_short_texts_left_alone() {
        assert_eq!(
            detect(
                "The mayor of the small town by the river left on Tuesday without a word, and nobody knows why."
            ),
            Some("en")
        );
        assert_eq!(
            detect(
                "Die Bürgermeisterin der kleinen Stadt am Fluss ist am Dienstag ohne ein Wort abgereist, niemand weiß warum."
            ),
            Some("de")
        );
        assert_eq!(detect("Mayor leaves town"), None);
        assert_eq!(detect(""), None);
    }

    #[test]
    fn every_language_that_can_be_told_has_a_code() {
        for lang in whatlang::Lang::all() {
            assert!(languages::short_code(lang.code()).is_some(), "{}", lang.code());
        }
    }
}
