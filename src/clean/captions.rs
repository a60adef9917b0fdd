//! Captions of pictures and credits of photographers.
//!
//! Three things give a caption away: a credit in brackets at its end, a credit after its last full stop,
//! and words that tell left from right. A credit names a picture agency, or an agency beside a slash, or
//! has a photo word at an end; a clause is none.

use super::blocks::Piece;
use crate::lexicon::names;
use crate::lexicon::outlets;
use crate::lexicon::page_words;

/// Longest caption, in words.
const LONGEST: usize = 75;
/// Longest credit, in words.
const LONGEST_CREDIT: usize = 12;

/// Why a piece is a caption or a credit, if it is.
pub(super) fn reason(piece: &Piece) -> Option<&'static str> {
    if piece.words > LONGEST {
        return None;
    }
    let text = piece.text.trim_end();
    if is_credit_line(text) {
        return Some("photo credit");
    }
    if let Some((before, inner)) = last_brackets(text)
        && (is_picture_credit(inner) || (is_agency(inner) && names_sides(before)))
    {
        return Some("caption");
    }
    if after_last_sentence(text).is_some_and(is_picture_credit) {
        return Some("caption");
    }
    (names_sides(text) && !piece.quoted).then_some("caption")
}

/// What stands before and between the brackets that end the text, full stop or not.
fn last_brackets(text: &str) -> Option<(&str, &str)> {
    let body = text.trim_end_matches('.');
    let (open, close) = if body.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let (before, inner) = body.strip_suffix(close)?.rsplit_once(open)?;
    Some((before.trim_end(), inner.trim_end_matches('.')))
}

/// The words after the last full stop, when they are few and begin as a name does.
fn after_last_sentence(text: &str) -> Option<&str> {
    let (at, mark) = text.char_indices().rfind(|(_, c)| matches!(c, '.' | '!' | '?' | '”' | '"' | '|'))?;
    let rest = text[at + mark.len_utf8()..].trim_start_matches([' ', '\u{a0}', '|', '-', '–', '—']);
    let short = rest.split_whitespace().count() <= LONGEST_CREDIT;
    (at > 0 && short && rest.starts_with(char::is_uppercase)).then_some(rest)
}

/// Whether the whole line is a credit: "REUTERS/Jane Roe", "AFP", "(Pool photo)".
fn is_credit_line(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '|', ' ', '.']);
    // A headline can be about pictures: without brackets or slash a photo word is not enough.
    let marked = text.starts_with(['(', '[', '|']) || bare.contains('/') || names_picture_agency(bare);
    !text.ends_with(['!', '?']) && (is_agency(bare) || (marked && is_picture_credit(bare)))
}

/// Whether words credit a picture.
fn is_picture_credit(words: &str) -> bool {
    let count = words.split_whitespace().count();
    if count == 0 || count > LONGEST_CREDIT || !are_names(words) {
        return false;
    }
    let slashed = words.contains('/');
    if names_picture_agency(words) || (slashed && parts(words).any(is_agency)) {
        return true;
    }
    let mut alone = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let photo = |w: Option<&str>| w.is_some_and(|w| page_words::is_photo_word(&w.to_lowercase()));
    let at_an_end = photo(alone.clone().next()) || photo(alone.next_back());
    at_an_end && (count <= 6 || slashed) && words.contains(char::is_uppercase)
}

/// The names between slashes, commas and "via".
fn parts(words: &str) -> impl Iterator<Item = &str> {
    words.split(['/', '|', ',', ';', ':']).flat_map(|part| part.split(" via ")).map(str::trim)
}

/// Whether one of the names is a picture agency's: "Jane Roe via Getty Images".
fn names_picture_agency(words: &str) -> bool {
    parts(words).any(|part| known(part).is_some_and(|o| o.is_photo_agency()))
}

fn is_agency(words: &str) -> bool {
    known(words).is_some_and(|o| o.is_agency() || o.is_photo_agency())
}

fn known(name: &str) -> Option<outlets::Outlet> {
    outlets::known(name.trim_matches(['©', ' ', '.']))
}

/// Whether words are names and photo words only.
fn are_names(words: &str) -> bool {
    words.split(|c: char| c.is_whitespace() || c == '/').all(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        !bare.starts_with(char::is_lowercase)
            || page_words::is_photo_word(&lower)
            || page_words::is_filler(&lower)
            || names::is_particle(&lower)
            || outlets::known(bare).is_some()
            || matches!(
                lower.as_str(),
                "of" | "for" | "from" | "copyright" | "file" | "pool" | "screen" | "shot"
            )
    })
}

/// Whether a text tells left from right in a picture: "(L)", "(left)", "(2nd R)".
///
/// "(R)" alone is as often a party, and "(C)" a copyright.
fn names_sides(text: &str) -> bool {
    const LEFT: &[&str] = &[
        "l",
        "left",
        "2nd l",
        "3rd l",
        "second left",
        "2nd left",
        "from left",
        "l to r",
        "l-r",
        "top",
        "bottom",
    ];
    const RIGHT: &[&str] = &["right", "2nd r", "3rd r", "second right", "2nd right", "center", "centre"];
    let mut initials = 0;
    for inner in text.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(inner, _)| inner)) {
        if inner.len() > 24 {
            continue;
        }
        let inner = inner.to_lowercase();
        if LEFT.contains(&inner.as_str()) || RIGHT.contains(&inner.as_str()) {
            return true;
        }
        initials += usize::from(matches!(inner.as_str(), "r" | "c"));
    }
    initials >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn why(text: &str) -> Option<&'static str> {
        reason(&Piece::new(text, Span::new(0, text.len())))
    }

    #[test]
    fn captions_and_credits_are_told() {
        for text in [
            "Mayor Anna Bell (L) talks to her deputy in Leeds on March 8, 2019.",
            "Anna Bell (right) leaves the town hall.",
            "The town hall in Leeds, where the council met on Monday. (AFP photo)",
            "The town hall in Leeds. (Photo: Jane Roe/Anvil)",
            "The town hall in Leeds. (Jane Roe/Reuters.)",
            "The town hall in Leeds, March 2019. REUTERS/Jane Roe",
            "The town hall in Leeds. Jane Roe via Getty Images",
            "The town hall in Leeds | Facebook photo",
        ] {
            assert_eq!(why(text), Some("caption"), "{text}");
        }
        for text in [
            "REUTERS/Jane Roe",
            "AFP",
            "(Anvil Star photo)",
            "Pool/Getty Images",
            "Jane Roe via Getty Images.",
        ] {
            assert_eq!(why(text), Some("photo credit"), "{text}");
        }
    }

    #[test]
    fn sentences_and_headlines_are_none() {
        for text in [
            "Senator Tom Hall (R) said on Monday that he would vote for the bill.",
            "The Reuters/Ipsos poll showed Bell ahead of her rivals.",
            "Bell leads in Leeds. [Anvil, NBC/WSJ]",
            "Mayor Shares Photos Of Her Cat",
            "Images of the mayor",
            "The mayor left the hall. (Her deputy stayed.)",
            "The mayor left the hall. She took the photo.",
            "“We left (right after lunch),” the mayor said.",
            "The mayor told the agency (AFP) that she had left.",
        ] {
            assert_eq!(why(text), None, "{text}");
        }
    }
}
