//! Scope: the place or time a figure holds for, and who is cited for it.
//!
//! Only what the figure's own sentence says right behind it, or in so many words ("according to").

use super::phrases::phrase;
use super::pieces::{Kind, Pieces};
use crate::lexicon::counting::{self, Numbering};
use crate::span::Span;

/// How many pieces behind a figure its place or time may begin.
const REACH: usize = 7;

/// The place or time that a figure whose last piece is before `end` holds for; `next` begins another.
pub(super) fn holds_for(pieces: &Pieces, end: usize, next: usize) -> Option<Span> {
    for at in end..(end + REACH).min(next).min(pieces.len()) {
        if matches!(pieces.get(at)?.kind, Kind::Mark('.' | ';' | ':' | '“' | '”' | '"')) {
            return None;
        }
        if pieces.is(at, "so") && pieces.is(at + 1, "far") {
            return Some(pieces.span(at, at + 2));
        }
        let time = pieces.is_any(at, &["this", "last", "next"])
            && pieces.is_any(
                at + 1,
                &["year", "month", "week", "quarter", "season", "summer", "winter", "spring", "autumn"],
            );
        if time {
            return Some(pieces.span(at, at + 2));
        }
        if let Some(stop) = prepositional(pieces, at) {
            return Some(pieces.span(at, stop));
        }
    }
    None
}

/// "in Aleppo", "since 2011", "across the north": the piece after it.
fn prepositional(pieces: &Pieces, at: usize) -> Option<usize> {
    if !pieces.is_any(at, &["in", "across", "throughout", "since", "during", "near", "outside"]) {
        return None;
    }
    let start = if pieces.is_any(at + 1, &["the", "its", "their"]) { at + 2 } else { at + 1 };
    let year = pieces.digits(start).is_some_and(|d| d.digits == 4 && !d.grouped && !d.decimal);
    if year {
        return Some(start + 1);
    }
    let month = pieces.lower(start, |w| counting::is(w, Numbering::Month)) && pieces.capital(start);
    if month {
        let dated = pieces.digits(start + 1).is_some();
        return Some(start + 1 + usize::from(dated));
    }
    let found = phrase(pieces, start)?;
    let named = pieces.capital(found.head)
        || pieces.is_any(
            found.head,
            &[
                "north", "south", "east", "west", "capital", "country", "city", "region", "province",
                "village", "town", "state",
            ],
        );
    named.then_some(found.end)
}

/// Who a sentence cites for its figures: "the UN" in "according to the UN".
pub(super) fn cited(pieces: &Pieces) -> Option<Span> {
    (0..pieces.len()).find_map(|at| {
        let start = if pieces.is(at, "according") && pieces.is(at + 1, "to") { at + 2 } else { return None };
        let noun = if pieces.is_any(start, &["the", "a", "an", "its", "their"]) { start + 1 } else { start };
        let found = phrase(pieces, noun)?;
        Some(pieces.span(start, found.end))
    })
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::extract::figures::figures;

    #[test]
    fn scope_and_source() {
        for (text, holds, cites) in [
            (
                "At least 40 people died in Lisbon on Friday, according to the Red Cross.",
                Some("in Lisbon"),
                Some("the Red Cross"),
            ),
            ("Some 900 homes have burned since 2011.", Some("since 2011"), None),
            ("They sold 12 boats.", None, None),
        ] {
            let (found, _) = figures(text, &annotate(text), &[]);
            let figure = found.first().expect("a figure");
            assert_eq!(figure.holds_for.map(|s| s.of(text)), holds, "{text}");
            assert_eq!(figure.cited.map(|s| s.of(text)), cites, "{text}");
        }
    }
}
