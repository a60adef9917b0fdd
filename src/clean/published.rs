//! When the article was published: an explicit line alone tells. Nothing is guessed.
//!
//! A year in a copyright line, a date in a caption or in the text is none.

use super::blocks::Piece;
use super::dates;
use crate::article::Evidenced;
use crate::lexicon::page_words;

/// Longest line, in words.
const LONGEST: usize = 24;

/// A line about dates: the date it gives, or `None` where it gives none that can be read.
pub(super) fn read(piece: &Piece) -> Option<Option<Evidenced>> {
    // Who posted something elsewhere follows a dash.
    if piece.words > LONGEST || piece.quoted || piece.text.starts_with(['—', '–']) {
        return None;
    }
    let rule = rule(piece)?;
    let value = dates::find(piece.text).map(|stamp| Evidenced {
        value: stamp.iso,
        evidence: piece.text.to_owned(),
        rule,
        span: None,
    });
    Some(value)
}

/// Which kind of line it is, if it is one: "Published ...", "Updated ...", or a date and nothing else.
fn rule(piece: &Piece) -> Option<&'static str> {
    let words = || piece.folded.iter().map(String::as_str);
    let label = words().find(|w| !page_words::is_dated_filler(w) && *w != ":" && *w != "#")?;
    let has_date = dates::find(piece.text).is_some();
    let only_date = dates::is_only_date(piece.text, |w| {
        page_words::is_dated_filler(w) || page_words::is_published(w) || page_words::is_updated(w)
    });
    let labelled = !piece.ends_sentence && words().take(12).any(|w| w == ":")
        || only_date
        || has_date && piece.words <= 14;
    if page_words::is_published(label) && labelled && (has_date || only_date) {
        Some("published line")
    } else if page_words::is_updated(label) && labelled && (has_date || only_date) {
        Some("updated line")
    } else {
        (only_date && has_date).then_some("date line")
    }
}

/// The date beside something else that a line tells: "By Jane Roe | September 5, 2016".
pub(super) fn beside(piece: &Piece, rule: &'static str) -> Option<Evidenced> {
    let stamp = dates::find(piece.text)?;
    Some(Evidenced { value: stamp.iso, evidence: piece.text.to_owned(), rule, span: None })
}

/// The strongest of what was read: a line that says "published" before one that says "updated".
pub(super) fn strongest(found: Vec<Evidenced>) -> Option<Evidenced> {
    const ORDER: [&str; 6] =
        ["published line", "date line", "byline date", "source line date", "dateline", "updated line"];
    found.into_iter().min_by_key(|e| ORDER.iter().position(|rule| *rule == e.rule))
}
