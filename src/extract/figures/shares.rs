//! Shares and multiples: "one in ten", "eight of 10", "two-thirds", "half of", "twice", "double", "threefold".

use super::numerals::{Form, Numeral, skip_dash};
use super::pieces::Pieces;
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::bounds;
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::units;

/// Reads the share that begins at piece `i`.
pub(super) fn share(pieces: &Pieces, i: usize) -> Option<Numeral> {
    out_of(pieces, i).or_else(|| slashed(pieces, i)).or_else(|| named(pieces, i))
}

/// Reads the multiple that begins at piece `i`.
pub(super) fn multiple(pieces: &Pieces, i: usize) -> Option<Numeral> {
    if let Some(word) = pieces.get(i)?.number.filter(|n| n.class == NumberClass::Multiple) {
        // "once a week" is how often, "once a star" a time gone by.
        let per = pieces.is_any(i + 1, &["per", "every"])
            || pieces.is_any(i + 1, &["a", "an"])
                && pieces.lower(i + 2, |w| {
                    units::forms_from(w).any(|(_, unit)| unit.kind == FigureKind::Duration)
                });
        let once = word.value == 1.0 && !per;
        let verb = pieces.is_any(i, &["double", "triple", "treble", "quadruple"]) && !times_what(pieces, i);
        return (!once && !verb).then(|| Numeral::exact(i, i + 1, word.value, Form::Multiple, "twice"));
    }
    // "5-fold", "10 fold"
    let digits = pieces.digits(i)?;
    let fold = skip_dash(pieces, i + 1);
    pieces.is(fold, "fold").then(|| Numeral::exact(i, fold + 1, digits.value, Form::Multiple, "<n>-fold"))
}

/// "double the rate", "nearly triple that of men"; not "to double the rate", "a double murder", "double digits".
fn times_what(pieces: &Pieces, i: usize) -> bool {
    const VERB_AFTER: &[&str] = &[
        "to", "will", "would", "could", "can", "may", "might", "should", "must", "not", "n't", "n’t", "and",
        "or", "a", "an", "the",
    ];
    const WHAT: &[&str] =
        &["the", "its", "their", "his", "her", "our", "my", "your", "that", "those", "what", "this", "last"];
    !pieces.is_any_before(i, VERB_AFTER) && pieces.is_any(i + 1, WHAT)
        || pieces.is(i + 1, "as") && pieces.is_any(i + 2, &["many", "much"])
}

/// A small whole number at `i`, with the piece after it.
fn whole(pieces: &Pieces, i: usize) -> Option<(f64, usize)> {
    if let Some(digits) = pieces.digits(i) {
        return (!digits.decimal && !digits.padded && !digits.chain).then_some((digits.value, i + 1));
    }
    let word = pieces.get(i)?.number?;
    let next = skip_dash(pieces, i + 1);
    match word.class {
        NumberClass::Ten => match pieces.get(next).and_then(|p| p.number) {
            Some(n) if n.class == NumberClass::Small => Some((word.value + n.value, next + 1)),
            _ => Some((word.value, i + 1)),
        },
        NumberClass::Small | NumberClass::Teen | NumberClass::Hundred | NumberClass::Scale => {
            Some((word.value, i + 1))
        }
        _ => None,
    }
}

/// "one in ten", "3 out of 4", "one-in-five", "eight of 10", "one of every nine".
fn out_of(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let (over, end) = whole(pieces, i)?;
    let mut j = skip_dash(pieces, end);
    let out = pieces.is(j, "out");
    j = if out && pieces.is(j + 1, "of") {
        j + 2
    } else if pieces.is(j, "in") || pieces.is(j, "of") && round_whole(pieces, j + 1) {
        j + 1
    } else {
        return None;
    };
    j = skip_dash(pieces, j);
    let every = pieces.is_any(j, &["every", "each", "all", "the"]);
    if every {
        j += 1;
    }
    let (under, stop) = whole(pieces, j)?;
    // "5 in 2015" is no share, nor is "10 in 12 months", "one in March".
    let year = pieces.digits(j).is_some_and(|d| d.digits == 4 && !d.grouped);
    let unit = pieces.lower(skip_dash(pieces, stop), |w| units::forms_from(w).next().is_some());
    let scaled = pieces.get(stop).and_then(|p| p.number).is_some_and(|n| n.class == NumberClass::Scale);
    // "one in 14 million"
    let scale = pieces.get(stop).and_then(|p| p.number).map_or(1.0, |n| n.value);
    let (under, stop) = if scaled && over == 1.0 { (under * scale, stop + 1) } else { (under, stop) };
    let fits = over < under
        && over > 0.0
        && !year
        && (out || !unit)
        && (!scaled || over == 1.0)
        && (out || over <= 20.0);
    fits.then(|| Numeral::exact(i, stop, over / under, Form::Share, "<n> in <m>"))
}

/// What a share is told of with "of" alone: "of 10 voters", "of every nine"; "one of four plans" counts plans.
fn round_whole(pieces: &Pieces, at: usize) -> bool {
    pieces.is_any(at, &["every", "10", "100", "ten"])
}

/// "1/3", "3/4".
fn slashed(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let (over, under) = (pieces.digits(i)?, pieces.digits(i + 2)?);
    let attached = pieces.is_mark(i + 1, '/') && pieces.glued(i + 1) && pieces.glued(i + 2);
    let simple = over.digits <= 2 && under.digits <= 2 && !over.decimal && !under.decimal && !over.padded;
    let common = matches!(under.value as u32, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 16 | 32);
    let chained = pieces.is_mark(i + 3, '/') || pieces.is_mark(i.wrapping_sub(1), '/');
    (attached && simple && common && over.value < under.value && over.value > 0.0 && !chained)
        .then(|| Numeral::exact(i, i + 3, over.value / under.value, Form::Share, "<n>/<m>"))
}

/// "two-thirds", "a third", "half", "three quarters of", "one-fifth".
fn named(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let article = pieces.is_any(i, &["a", "an", "one"]);
    let (count, at) = if article {
        (1.0, skip_dash(pieces, i + 1))
    } else if pieces.get(i)?.number?.class == NumberClass::Half {
        (1.0, i)
    } else {
        let (count, end) = whole(pieces, i)?;
        (count, skip_dash(pieces, end))
    };
    let part = pieces.get(at)?.number?;
    let end = at + 1;
    match part.class {
        NumberClass::Half if count == 1.0 => half(pieces, i, at, article),
        NumberClass::Fraction => {
            let plural = pieces.word(at).ends_with('s');
            // "a sixth-grader", "a third-party claim": ordinals; "a quarter-mile" is a share of a mile.
            let hyphened = pieces.is_dash(end) && pieces.glued(end) && pieces.glued(end + 1);
            let measured = pieces.lower(end + 1, |w| units::forms_from(w).next().is_some())
                || pieces.get(end + 1).is_some_and(|p| p.number.is_some());
            if plural == (count == 1.0) || hyphened && !plural && !measured {
                return None;
            }
            // "a third person" is the next one; "a third of the people" a share.
            let moved = changed_by(pieces, i) || changed(pieces, i);
            let share = plural
                || moved
                || pieces.is(end, "of")
                || at > i + 1
                || pieces.get(end).is_none_or(|p| !matches!(p.kind, super::pieces::Kind::Word))
                || pieces.is_any(
                    end,
                    &["more", "less", "fewer", "lower", "higher", "as", "are", "were", "said", "have"],
                );
            // "in the last quarters", "three quarters" of a year: a time, where "of" does not follow.
            let time = pieces.is_any(at, &["quarter", "quarters"]) && !pieces.is(end, "of") && at == i + 1;
            let time = time && !changed_by(pieces, i);
            (share && !time).then(|| Numeral::exact(i, end, count * part.value, Form::Share, "<n> <parts>"))
        }
        _ => None,
    }
}

/// "is down a third on last year", "fell a fifth": the size of a change, right behind its word.
fn changed(pieces: &Pieces, i: usize) -> bool {
    let verb = i.checked_sub(1).filter(|&at| pieces.lower(at, |w| bounds::change(w).is_some()));
    verb.is_some()
        && !pieces.is_any_before(i, &["more", "up", "lost"])
        && pieces.is_any(i, &["a", "one"])
        && {
            let end = skip_dash(pieces, i + 1) + 1;
            !pieces.get(end).is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::Adj | Pos::Propn))
        }
}

/// "fell by half", "rose by more than half": the size of a change.
fn changed_by(pieces: &Pieces, i: usize) -> bool {
    const BOUNDS: &[&str] = &[
        "more", "than", "nearly", "almost", "about", "over", "roughly", "at", "least", "around", "up", "to",
        "some",
    ];
    let led = (i.saturating_sub(4)..i).rev().find(|&n| !pieces.is_any(n, BOUNDS));
    let by = led.filter(|&at| pieces.is(at, "by"));
    by.is_some_and(|by| (by.saturating_sub(8)..by).any(|n| pieces.lower(n, |w| bounds::change(w).is_some())))
        && !pieces.is_dash(i + 1)
        && !pieces.is_any(i + 1, &["past", "time"])
}

/// "half", "half of", "half the", "one half", "half an hour"; not "the first half", "half-brother".
fn half(pieces: &Pieces, i: usize, at: usize, article: bool) -> Option<Numeral> {
    let end = at + 1;
    if pieces.is_dash(end)
        && pieces.glued(end)
        && !pieces.is_any(end + 1, &["hour", "mile", "century", "day"])
    {
        return None;
    }
    let sport = pieces.is_any_before(
        i,
        &["first", "second", "last", "other", "the", "better", "top", "bottom", "back", "front"],
    ) && !pieces.is(end, "of")
        || pieces.is_any_before(i, &["first", "second"]);
    let counts = changed_by(pieces, i)
        || pieces.is_any(
            end,
            &[
                "of", "the", "a", "an", "its", "their", "his", "her", "our", "those", "that", "as", "this",
                "all",
            ],
        )
        || article
        || pieces.lower(end, |w| units::forms_from(w).next().is_some());
    if sport || !counts {
        return None;
    }
    // "half an hour": the unit follows the article.
    let skip =
        pieces.is_any(end, &["a", "an"]) && pieces.lower(end + 1, |w| units::forms_from(w).next().is_some());
    let stop = if skip { end + 1 } else { end };
    Some(Numeral::exact(i, stop, 0.5, Form::Share, if skip { "half a <unit>" } else { "half" }))
}
