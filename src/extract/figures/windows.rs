//! Windows of time: "in the past 12 months", "over the next decade", "in the three months to June".
//!
//! A length of time that says when another figure holds is that figure's period. It stays a figure itself where a
//! number tells it; what merely lasts ("served for three years") is nobody's period.

use super::phrases::is_time;
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::scope;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::{self, Numbering};
use crate::span::Span;

/// How many pieces may lie between a figure and the window that it holds in.
const REACH: usize = 12;

/// How many pieces a window that opens a clause reaches.
const CLAUSE: usize = 40;

/// A stretch of time that its preposition opens: pieces `first..end`.
#[derive(Debug, Clone, Copy)]
struct Window {
    first: usize,
    end: usize,
    /// Whether it only holds for what is paid or done so often: "$5 a month for 10 years".
    rates: bool,
}

/// Gives the figures of a sentence the windows that they hold in.
pub(super) fn mark(pieces: &Pieces, kept: &[Quantity], figures: &mut [Figure]) {
    // "Ann Hale, 31, sailed on Sunday": she is so old on other days too.
    for figure in figures.iter_mut().filter(|figure| figure.kind == FigureKind::Age) {
        figure.period = None;
    }
    let windows: Vec<Window> = (0..pieces.len()).filter_map(|at| window(pieces, kept, at)).collect();
    if windows.is_empty() {
        return;
    }
    for n in 0..figures.len() {
        let from = windows.partition_point(|w| w.end + CLAUSE < kept[n].first);
        let near = || windows[from..].iter().take_while(|w| w.first <= kept[n].end + REACH);
        if near().any(|w| (w.first..w.end).contains(&kept[n].core)) {
            // "the three months to June" end there, and do not last in June.
            figures[n].period = None;
            continue;
        }
        let lasts = matches!(figures[n].kind, FigureKind::Duration | FigureKind::Age);
        if lasts || figures[n].period.is_some() {
            continue;
        }
        let rate = figures[n].kind == FigureKind::Rate;
        let fits = |w: &&Window| !w.rates || rate;
        let found = near().filter(fits).find(|w| holds(pieces, kept, n, w));
        figures[n].period = found.map(|w| span(pieces, w));
    }
}

fn span(pieces: &Pieces, window: &Window) -> Span {
    pieces.span(window.first, window.end)
}

/// The window that begins at piece `at`.
fn window(pieces: &Pieces, kept: &[Quantity], at: usize) -> Option<Window> {
    const NEAR: &[&str] = &[
        "past",
        "last",
        "previous",
        "preceding",
        "next",
        "coming",
        "following",
        "first",
        "final",
        "recent",
        "latest",
        "prior",
        "intervening",
    ];
    let opens = pieces.is_any(at, &["in", "over", "during", "within", "throughout"]);
    let lasting = pieces.is(at, "for");
    if !opens && !lasting {
        return None;
    }
    let start = at + 1 + usize::from(pieces.is_any(at + 1, &["the", "these", "a", "its", "his", "her"]));
    let near = pieces.is_any(start, NEAR);
    let start = start + usize::from(near);
    let next = kept.get(kept.partition_point(|q| q.first <= at));
    let told = next
        .filter(|q| q.kind() == FigureKind::Duration && [q.first, q.core].contains(&start))
        .map(|q| q.end);
    // "over the past year", "in recent months", "over a decade"; "in a year" is how soon.
    let article = pieces.is_any(at, &["over", "within"]) && pieces.is(at + 1, "a");
    let untold = ((near || article) && length(pieces, start)).then_some(start + 1);
    let end = told.or(untold)?;
    // "10 years ago", "two weeks' time", "three years of talks" are no window.
    let other = pieces.is_any(end, &["ago", "later", "earlier", "old", "of", "'", "’", "time"])
        || pieces.lower(end - 1, |w| w.ends_with("'s") || w.ends_with("s'"));
    (!other).then(|| Window { first: at, end: ending(pieces, end), rates: lasting && !near })
}

/// Whether a word names a length of time: "year", "decades"; not "Sunday", "today".
fn length(pieces: &Pieces, at: usize) -> bool {
    const NONE: [Numbering; 4] = [Numbering::Month, Numbering::Weekday, Numbering::Today, Numbering::Season];
    let named = |w: &str| NONE.iter().any(|&class| counting::is(w, class)) && w != "quarter";
    let goes_on = pieces.get(at + 1).is_some_and(|p| p.number.is_some()) || pieces.digits(at + 1).is_some();
    is_time(pieces, at) && !pieces.lower(at, named) && !goes_on
}

/// "to June", "ended June 30, 2015": where a window ends that tells when it did.
fn ending(pieces: &Pieces, end: usize) -> usize {
    let month = end + 1;
    let told = pieces.is_any(end, &["to", "through", "ended", "ending"])
        && pieces.capital(month)
        && pieces.lower(month, |w| counting::is(w, Numbering::Month));
    if !told {
        return end;
    }
    let mut at = month + 1;
    for _ in 0..2 {
        let comma = usize::from(pieces.is_mark(at, ','));
        if pieces.digits(at + comma).is_some_and(|d| !d.grouped && !d.decimal && d.digits <= 4) {
            at += comma + 1;
        }
    }
    at
}

/// Whether the `n`th figure of a sentence holds in a window.
fn holds(pieces: &Pieces, kept: &[Quantity], n: usize, window: &Window) -> bool {
    let quantity = &kept[n];
    let open = |mut between: std::ops::Range<usize>| {
        !between.any(|at| {
            scope::breaks(pieces, at)
                || matches!(pieces.get(at).map(|p| p.kind), Some(Kind::Mark(';' | ':' | '.')))
        })
    };
    if window.first >= quantity.end {
        let between = kept.get(n + 1).filter(|next| next.end <= window.first);
        let length = between.is_some_and(|next| next.kind() != FigureKind::Duration);
        // "rose 5 percent to $3 million in the past year": both did.
        let same = between.is_some_and(|next| next.direction.is_some() && next.first <= quantity.end + 2);
        return window.first - quantity.end < REACH && (!length || same) && open(quantity.end..window.first);
    }
    if window.end > quantity.first {
        return false;
    }
    let head = window.first < 2 || pieces.is_any_before(window.first, &[",", "and", "but", "that", "—", "–"]);
    let comma = pieces.is_mark(window.end, ',');
    let away = quantity.first - window.end;
    let near = away < 5;
    away < CLAUSE && (head && (comma || window.first < 2) || near) && open(window.end..quantity.first)
}
