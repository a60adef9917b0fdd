//! Scope: the place, group or time a figure holds for.
//!
//! Only what the figure's own sentence says right behind it, or at its head.

use super::moments::is_calendar;
use super::phrases::phrase;
use super::pieces::{Kind, Pieces};
use super::verbs::reports;
use crate::annotate::Pos;
use crate::finding::{EntityKind, Moment, MomentKind};
use crate::lexicon::counting::{self, Numbering};
use crate::span::Span;

/// How many pieces behind a figure its place or time may begin.
const REACH: usize = 7;

/// The place, group and time that a figure holds for, each where the sentence tells.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub place: Option<Span>,
    pub whose: Option<Span>,
    pub period: Option<Span>,
    pub as_of: Option<Span>,
    pub as_of_date: Option<String>,
}

/// Reads the scope of a figure that begins at `first` and whose last piece is before `end`; `next` begins another
/// figure.
pub(super) fn of(pieces: &Pieces, first: usize, end: usize, next: usize, calendar: &Calendar) -> Scope {
    let Calendar { moments, as_of } = calendar;
    let clause = |at: &usize| {
        let mark =
            pieces.get(*at).is_none_or(|p| matches!(p.kind, Kind::Mark('.' | ';' | ':' | '“' | '”' | '"')));
        !mark && !breaks(pieces, *at)
    };
    let window = || (end..(end + REACH + 3).min(next).min(pieces.len())).take_while(clause);
    Scope {
        place: window().find_map(|at| place(pieces, at)).or_else(|| place_at_head(pieces)),
        whose: window().find_map(|at| among(pieces, at)).or_else(|| among_at_head(pieces)),
        // "rose 5 percent, the bank said on Monday": the day is that of the saying.
        period: window()
            .take_while(|&at| !reports(pieces, at))
            .find_map(|at| period(pieces, at, moments))
            .or_else(|| at_the_head(pieces, first, moments)),
        as_of: as_of.map(|moment| moment.span),
        as_of_date: as_of.and_then(|moment| moment.value.clone()),
    }
}

/// Whether a clause of its own begins at a piece, which tells of something else: "who", "when", "before being".
pub(super) fn breaks(pieces: &Pieces, at: usize) -> bool {
    const CLAUSES: &[&str] = &[
        "who", "whom", "whose", "which", "where", "when", "while", "because", "although", "though", "unless",
        "whether",
    ];
    let participle =
        pieces.is_any(at, &["before", "after", "since"]) && pieces.lower(at + 1, |w| w.ends_with("ing"));
    // "after he left"
    let clause = pieces.is_any(at, &["before", "after", "as", "if"])
        && pieces.get(at + 1).is_some_and(|p| p.pos == Pos::Pron && p.kind == Kind::Word);
    pieces.is_any(at, CLAUSES) || participle || clause
}

/// "in Aleppo", "across the north", "in northern Syria": the place, without the preposition.
fn place(pieces: &Pieces, at: usize) -> Option<Span> {
    if !pieces.is_any(at, &["in", "across", "throughout", "near", "outside", "around", "at"]) {
        return None;
    }
    let start = if pieces.is_any(at + 1, &["the", "its", "their"]) { at + 2 } else { at + 1 };
    if let Some(named) = pieces.named(start, EntityKind::Place) {
        return Some(named);
    }
    if let Some(found) = described(pieces, start) {
        return Some(found);
    }
    // "in Congress", "at the Dunvale Herald"
    const OTHERS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Event];
    if OTHERS.iter().any(|&kind| pieces.named(start, kind).is_some()) {
        return None;
    }
    let calendar = pieces.lower(start, is_calendar) || pieces.digits(start).is_some();
    (!calendar && !pieces.is(at, "at") && !pieces.is(at, "around"))
        .then(|| prepositional(pieces, at))
        .flatten()
        .map(|stop| pieces.span(start, stop))
}

/// "northern Syria", "neighboring Iowa", "the city of Aleppo": a place that words before its name tell more of.
fn described(pieces: &Pieces, start: usize) -> Option<Span> {
    let mut at = start;
    while at < start + 4 && pieces.named(at, EntityKind::Place).is_none() {
        let word = pieces.get(at)?;
        let describes = pieces.is_dash(at)
            || word.kind == Kind::Word && matches!(word.pos, Pos::Adj | Pos::Noun) && !pieces.capital(at)
            || pieces.is(at, "of") && at > start;
        if !describes {
            return None;
        }
        at += 1;
    }
    let named = pieces.named(at, EntityKind::Place).filter(|_| at > start)?;
    // "in talks of Aleppo", "in a Dunvale court" are no places: the name ends the phrase, and "of" follows a kind of place.
    let end = pieces.list.partition_point(|p| p.span.end <= named.end);
    let whole =
        !pieces.get(end).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Noun | Pos::Propn));
    let of = (start..at).any(|n| pieces.is(n, "of"));
    let kind = pieces.is_any(
        start,
        &[
            "city", "town", "village", "state", "province", "region", "island", "port", "suburb", "district",
            "county",
        ],
    );
    let noun = pieces.get(at - 1).is_some_and(|p| p.pos == Pos::Noun);
    let fits = whole && if of { kind } else { !noun || kind };
    let first = if of || pieces.lower(start, is_quarter) { start } else { at };
    fits.then(|| pieces.span(first, at).cover(named))
}

/// "northern", "central": a part of a country.
fn is_quarter(lower: &str) -> bool {
    ["north", "south", "east", "west"].iter().any(|w| lower.starts_with(w))
        || matches!(lower, "central" | "upper" | "lower")
}

/// "In Aleppo, 40 people died", "In Aleppo alone, 40 died": the place that a sentence opens with.
fn place_at_head(pieces: &Pieces) -> Option<Span> {
    let found = pieces.is_any(0, &["in", "across", "near"]).then(|| place(pieces, 0)).flatten()?;
    let end = (1..8).find(|&n| pieces.get(n).is_some_and(|p| p.span.start >= found.end))?;
    let end = end + usize::from(pieces.is(end, "alone"));
    pieces.is_mark(end, ',').then_some(found)
}

/// "Among women, 40 percent smoke": the group that a sentence opens with.
fn among_at_head(pieces: &Pieces) -> Option<Span> {
    let found = among(pieces, 0)?;
    let end = pieces.list.partition_point(|p| p.span.end <= found.end);
    pieces.is_mark(end, ',').then_some(found)
}

/// "among children under five", "for women": the group.
fn among(pieces: &Pieces, at: usize) -> Option<Span> {
    if !pieces.is_any(at, &["among", "amongst"]) {
        return None;
    }
    let start = if pieces.is_any(at + 1, &["the", "its", "their", "all"]) { at + 2 } else { at + 1 };
    // "among the biggest decisions" says that there are others, and of no group.
    let most = pieces.is(start, "most") || pieces.lower(start, |w| w.len() > 4 && w.ends_with("est"));
    phrase(pieces, start).filter(|_| !most).map(|found| pieces.span(start, found.end))
}

/// "since 2011", "so far", "last week", "on Sunday": the time, with its preposition.
fn period(pieces: &Pieces, at: usize, moments: &[Moment]) -> Option<Span> {
    if pieces.is(at, "so") && pieces.is(at + 1, "far") {
        return Some(pieces.span(at, at + 2));
    }
    if pieces.is_any(at, &["this", "last", "next"])
        && pieces.is_any(at + 1, &["quarter", "season", "summer", "winter", "spring", "autumn", "fall"])
    {
        return Some(pieces.span(at, at + 2));
    }
    let start = pieces.get(at)?.span.start;
    let after = moments.partition_point(|m| m.span.start < start);
    let moment = moments.get(after).filter(|m| m.span.start == start && m.kind != MomentKind::Time)?;
    // "Monday's debate": the debate's.
    let end = pieces.list.partition_point(|p| p.span.end < moment.span.end);
    let possessive = |at: usize| pieces.lower(at, |w| w.ends_with("'s") || w.ends_with("’s"));
    if moment.kind == MomentKind::Day && (possessive(end) || pieces.glued(end + 1) && possessive(end + 1)) {
        return None;
    }
    // "a 2014 study found": the study's.
    let noun =
        pieces.get(end + 1).is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::Propn) && p.kind == Kind::Word);
    let named =
        at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|p| matches!(p.pos, Pos::Det | Pos::Adj));
    if pieces.digits(at).is_some() && end == at && noun && named {
        return None;
    }
    let led = pieces.is_any_before(
        at,
        &["in", "on", "since", "during", "by", "until", "before", "after", "from", "through", "between"],
    );
    Some(if led { pieces.span(at - 1, at).cover(moment.span) } else { moment.span })
}

/// "In 2015, some 900 homes burned": the time that a sentence opens with. A day on which somebody says something is
/// no time of what he tells of.
fn at_the_head(pieces: &Pieces, first: usize, moments: &[Moment]) -> Option<Span> {
    let found = (0..4).find_map(|at| period(pieces, at, moments))?;
    let day = moments.iter().any(|m| m.span.end == found.end && m.kind == MomentKind::Day);
    let told = day && (0..first).any(|at| reports(pieces, at));
    (!told).then_some(found)
}

/// The moments of a sentence, and the one that its counts ran to.
pub(super) struct Calendar<'m> {
    moments: &'m [Moment],
    as_of: Option<&'m Moment>,
}

impl<'m> Calendar<'m> {
    pub fn of(pieces: &Pieces, moments: &'m [Moment]) -> Self {
        Calendar { moments, as_of: moments.iter().find(|moment| counted_up_to(pieces, moment)) }
    }
}

/// "as of Monday", "by Thursday", "through 5 May".
fn counted_up_to(pieces: &Pieces, moment: &Moment) -> bool {
    let at = pieces.list.partition_point(|p| p.span.start < moment.span.start);
    let as_of = pieces.is_any_before(at, &["of", "at"]) && at > 1 && pieces.is(at - 2, "as");
    // "down to $5 by 1991", "12 boats by 2030": a year is when something is to be, or was, so.
    let day = matches!(moment.kind, MomentKind::Day) && pieces.is_any_before(at, &["by", "through", "until"]);
    // "must leave by Friday" and "will be built by May 5" count nothing up to then.
    let ahead =
        (at.saturating_sub(20)..at).any(|n| pieces.is_any(n, &["must", "will", "should", "would", "'ll"]));
    moment.kind != MomentKind::Time && (as_of || day && !ahead)
}

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
            let found = figures(text, &annotate(text), &[], None).figures;
            let figure = found.first().expect("a figure");
            assert_eq!(figure.holds_for.map(|s| s.of(text)), holds, "{text}");
            assert_eq!(figure.cited.map(|s| s.of(text)), cites, "{text}");
        }
    }

    #[test]
    fn place_group_and_time() {
        type Told = (&'static str, [Option<&'static str>; 4], Option<&'static str>);
        let cases: [Told; 11] = [
            ("Rents rose 5 percent, the bank said on Monday.", [None; 4], None),
            ("On Monday, the bank said that rents rose 5 percent.", [None; 4], None),
            ("The bank said 12 men were killed on Friday.", [None, None, Some("on Friday"), None], None),
            ("In 2015, the bank said, 900 homes burned.", [None, None, Some("In 2015"), None], None),
            ("She had 12 aides at Monday's debate.", [None; 4], None),
            (
                "At least 40 people died in Lisbon on Friday.",
                [Some("Lisbon"), None, Some("on Friday"), None],
                None,
            ),
            ("In Lisbon, 40 people died.", [Some("Lisbon"), None, None, None], None),
            ("Cases rose 5 percent among children.", [None, Some("children"), None, None], None),
            ("In 2015, some 900 homes burned.", [None, None, Some("In 2015"), None], None),
            (
                "As of Monday, 70 people had died.",
                [None, None, Some("Monday"), Some("Monday")],
                Some("2016-09-05"),
            ),
            ("They sold 12 boats.", [None; 4], None),
        ];
        for (text, want, date) in cases {
            let found = figures(text, &annotate(text), &[], Some("2016-09-07")).figures;
            let figure = found.first().expect("a figure");
            let got =
                [figure.place, figure.whose, figure.period, figure.as_of].map(|s| s.map(|s| s.of(text)));
            assert_eq!(got, want, "{text}");
            assert_eq!(figure.as_of_date.as_deref(), date, "{text}");
        }
    }
}
