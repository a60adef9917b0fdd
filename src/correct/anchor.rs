//! Anchors: words found again in a text, whatever became of the white space between them.

use crate::span::Span;

/// The `occurrence`th place, from 1, where `words` stand in `text`: whole words, any white space between.
pub fn find_words(text: &str, words: &str, occurrence: usize) -> Option<Span> {
    places(text, words).nth(occurrence.checked_sub(1)?)
}

/// Which occurrence of `words` begins at byte `start` of `text`, from 1.
pub fn occurrence_at(text: &str, words: &str, start: usize) -> Option<usize> {
    places(text, words).position(|span| span.start == start).map(|n| n + 1)
}

/// The words as the text has them: without the marks at their ends where it has those elsewhere, as when a
/// comma moves out of the quotation marks.
pub(super) fn as_printed<'w>(text: &str, words: &'w str) -> &'w str {
    let bare =
        words.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?') || c.is_whitespace());
    let is_there = |words: &str| places(text, words).next().is_some();
    if !is_there(words) && is_there(bare) { bare } else { words }
}

/// Where `words` stand nearest to `near`.
pub(super) fn nearest(text: &str, words: &str, near: Span) -> Option<Span> {
    places(text, words).min_by_key(|span| (distance(*span, near), span.start))
}

/// Bytes between two spans; 0 where they touch.
pub(super) fn distance(a: Span, b: Span) -> usize {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

/// Whether two anchors are the same words.
pub fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// All places where `words` stand, in order.
pub(super) fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = Span> + 't {
    let words: Vec<&str> = words.split_whitespace().collect();
    let first = words.first().copied().unwrap_or("");
    let mut from = 0;
    std::iter::from_fn(move || {
        if first.is_empty() {
            return None;
        }
        while let Some(at) = text[from..].find(first).map(|at| from + at) {
            from = at + first.len();
            if let Some(end) = follow(text, from, &words[1..])
                && is_whole(text, Span::new(at, end))
            {
                from = end;
                return Some(Span::new(at, end));
            }
        }
        None
    })
}

/// The end of `words` that follow at `at`, white space before each.
fn follow(text: &str, mut at: usize, words: &[&str]) -> Option<usize> {
    for word in words {
        let rest = text[at..].trim_start();
        let space = text.len() - at - rest.len();
        if space == 0 || !rest.starts_with(word) {
            return None;
        }
        at += space + word.len();
    }
    Some(at)
}

/// Whether a stretch does not begin or end inside a word or number.
fn is_whole(text: &str, span: Span) -> bool {
    let cuts = |before: Option<char>, after: Option<char>| {
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
    };
    let inside = span.of(text);
    !cuts(text[..span.start].chars().next_back(), inside.chars().next())
        && !cuts(inside.chars().next_back(), text[span.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_any_white_space() {
        let text = "12 died.\n\nIn 2012, the river  rose\nby 12 feet; 112 fled.";
        let at = |words, n| find_words(text, words, n).map(|s| s.of(text));
        assert_eq!(at("the river rose by", 1), Some("the river  rose\nby"));
        assert_eq!(at("12", 1).map(str::len), Some(2));
        assert_eq!(find_words(text, "12", 2).map(|s| s.start), text.find("12 feet"));
        assert_eq!(at("12", 3), None, "not inside a number");
        assert_eq!((at("", 1), at("rose by 13", 1), at("12", 0)), (None, None, None));
        assert_eq!(occurrence_at(text, "12", text.find("12 feet").unwrap()), Some(2));
    }

    #[test]
    fn the_nearest_place_is_found() {
        let text = "he said so; she said no; he said yes";
        let near = Span::new(text.find("no").unwrap(), text.find("no").unwrap() + 2);
        assert_eq!(nearest(text, "said", near).map(|s| s.start), Some(text.find("said no").unwrap()));
    }
}
