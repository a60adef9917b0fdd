//! Changes: which way a figure moved, and whether it is the change's size, its start or its end.

use super::dates::{is_day, is_year};
use super::phrases::is_noun;
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::{Bound, ChangeRole, Direction, FigureKind};
use crate::lexicon::bounds;
use crate::lexicon::counting::{self, Numbering};

/// How many pieces back the verb of change may stand.
const REACH: usize = 9;

/// Finds direction and role of every figure of a sentence.
pub(super) fn mark(pieces: &Pieces, quantities: &mut [Quantity]) {
    for quantity in quantities.iter_mut() {
        // "went down 2-1" is a score, and nothing fell by it.
        if quantity.direction.is_some() || quantity.kind.is_some() {
            continue;
        }
        let role = preposition(pieces, quantity);
        let Some(direction) = moved(pieces, quantity, role.is_some()) else { continue };
        let measured = quantity
            .measure
            .as_ref()
            .is_some_and(|m| !matches!(m.kind, FigureKind::Duration | FigureKind::Age));
        if (measured || quantity.measure.is_none()) && !is_of_a_body(pieces, quantity) {
            quantity.direction = Some(direction);
            quantity.role = Some(role.unwrap_or(ChangeRole::By));
        }
    }
    come_from_the_next(pieces, quantities);
}

/// "$3 million, up from $1.2 million", "12 boats, down 3 percent from 14": where the first is what it came to.
fn come_from_the_next(pieces: &Pieces, quantities: &mut [Quantity]) {
    for n in 1..quantities.len() {
        let (before, rest) = quantities.split_at_mut(n);
        let (Some(last), Some(next)) = (before.last_mut(), rest.first()) else { continue };
        let Some(word) = (last.end..last.end + 6)
            .take_while(|&at| at < next.first && !pieces.is_any(at, &[".", ";", ":"]))
            .find(|&at| {
                pieces.is_any(at, &["up", "down"]) && pieces.is_any_before(at, &[",", "(", "-", "—"])
            })
        else {
            continue;
        };
        let from = word + 2 == next.first && pieces.is(word + 1, "from");
        let by = word + 1 == next.first && pieces.is(next.end, "from");
        let moved = last.kind.is_none() && last.direction.is_none() && !last.vague();
        let lasts = matches!(last.kind(), FigureKind::Duration | FigureKind::Age);
        if (from || by) && moved && !lasts {
            last.direction = Some(if pieces.is(word, "up") { Direction::Up } else { Direction::Down });
            last.role = Some(ChangeRole::To);
        }
    }
}

/// "fell 200 feet to his death", "dropped three bombs", "raised two sons": how far a body went, or what somebody let
/// fall or brought up, and nothing that is more or less by it. A river falls by feet.
fn is_of_a_body(pieces: &Pieces, quantity: &Quantity) -> bool {
    const FALLS: &[&str] = &[
        "fell",
        "fall",
        "falls",
        "falling",
        "fallen",
        "plunged",
        "plunges",
        "plunging",
        "plummeted",
        "dropped",
        "drop",
        "drops",
        "dropping",
        "tumbled",
        "tumbles",
        "slid",
        "slides",
        "dived",
        "sank",
        "climbed",
        "climb",
        "climbs",
        "climbing",
        "rose",
        "rises",
        "soared",
        "jumped",
        "jump",
        "jumps",
        "leapt",
        "leaped",
        "advanced",
        "advance",
        "slipped",
        "retreated",
    ];
    const LETS: &[&str] = &["drop", "drops", "dropped", "dropping", "raise", "raised", "raises", "raising"];
    const PLACES: &[&str] =
        &["points", "places", "spots", "positions", "votes", "seats", "ranks", "notches", "rungs", "percent"];
    let linked = pieces.is_any_before(quantity.first, &["by", "to", "from", "at"]);
    if quantity.kind() == FigureKind::Distance {
        let verb = (quantity.first.saturating_sub(4)..quantity.first).any(|n| pieces.is_any(n, FALLS));
        let gauge = (quantity.first.saturating_sub(14)..quantity.first)
            .any(|n| pieces.lower(n, |w| counting::is(w, Numbering::Gauge)));
        return verb && !gauge && !linked;
    }
    let noun = (quantity.end..quantity.end + 3).find(|&n| !pieces.get(n).is_some_and(|p| p.pos == Pos::Adj));
    quantity.measure.is_none()
        && !linked
        && pieces.is_any_before(quantity.core, LETS)
        && noun.is_some_and(|n| is_noun(pieces, n) && !pieces.is_any(n, PLACES))
}

fn preposition(pieces: &Pieces, quantity: &Quantity) -> Option<ChangeRole> {
    match pieces.word_before(quantity.first) {
        "to" | "at" => Some(ChangeRole::To),
        "from" => Some(ChangeRole::From),
        "by" => Some(ChangeRole::By),
        _ => None,
    }
}

/// Which way the words around a figure say that it moved.
fn moved(pieces: &Pieces, quantity: &Quantity, linked: bool) -> Option<Direction> {
    if quantity.numeral.value.is_some_and(|v| v < 0.0) && quantity.kind() == FigureKind::Percentage {
        return Some(Direction::Down);
    }
    // "5% higher", "a 4 percent drop"
    if let Some(found) = pieces.lower(quantity.end, bounds::change) {
        let percent =
            matches!(quantity.kind(), FigureKind::Percentage | FigureKind::Multiple | FigureKind::Share)
                || pieces.is_any(quantity.end, &["higher", "lower"]);
        if percent && !pieces.is(quantity.end, "up") {
            return Some(found);
        }
    }
    if let Some(found) = hyphened(pieces, quantity) {
        return Some(found);
    }
    // "reduce emissions 80 percent": the object stands between.
    let object = quantity.first.checked_sub(2).filter(|_| quantity.kind() == FigureKind::Percentage);
    if let Some(verb) =
        object.filter(|&n| is_noun(pieces, n + 1) && pieces.get(n).is_some_and(|p| p.pos == Pos::Verb))
        && let Some(found) = pieces.lower(verb, bounds::change)
    {
        return Some(found);
    }
    let reach = if linked { REACH + 5 } else { 4 };
    let mut at = quantity.first;
    for _ in 0..reach {
        at = at.checked_sub(1)?;
        match pieces.get(at)?.kind {
            Kind::Mark(';' | ':') => return None,
            Kind::Mark(',') if !linked => return None,
            Kind::Word => {}
            _ => continue,
        }
        let particle = pieces.is(at, "up") && (pieces.is(at + 1, "to") || of_a_verb(pieces, at))
            || pieces.is_any(at, &["more", "less"])
            || of_a_noun(pieces, at) && linked
            || loses_a_match(pieces, quantity, at)
            || collects(pieces, quantity, at) && !linked
            || goes_a_way(pieces, quantity)
            // "the lower 95 percent" have not moved.
            || at + 1 == quantity.first && pieces.is_any(at, &["lower", "higher"]) && pieces.is_any_before(at, &["the"]);
        if let Some(found) = pieces.lower(at, bounds::change).filter(|_| !particle) {
            return Some(found);
        }
        let near = linked
            || pieces.is_any(
                at,
                &[
                    "by", "of", "about", "some", "nearly", "almost", "a", "an", "just", "another", "only",
                    "than", "more", "least", "at", "over", "under", "roughly", "as", "much",
                ],
            );
        if !near {
            return None;
        }
    }
    None
}

/// "cut its forecast for growth to 2 percent": the growth is what was forecast, and the verb tells where that went.
fn of_a_noun(pieces: &Pieces, at: usize) -> bool {
    is_noun(pieces, at) && pieces.is_any_before(at, &["for", "of"])
}

/// "a 3-point dip", "a $5 rise", "a 40-job cut": the noun of change behind what is counted.
fn hyphened(pieces: &Pieces, quantity: &Quantity) -> Option<Direction> {
    // "a 20-foot drop" is a cliff.
    let steep = matches!(quantity.kind(), FigureKind::Distance | FigureKind::Duration | FigureKind::Age);
    let noun = if pieces.is_dash(quantity.end) && pieces.glued(quantity.end) {
        quantity.end + 2
    } else if quantity.measure.is_some() {
        quantity.end
    } else {
        return None;
    };
    let described = pieces.get(noun).is_some_and(|p| p.pos == Pos::Adj);
    let at = noun + usize::from(described);
    let led = (quantity.first.saturating_sub(3)..quantity.core + 1)
        .any(|n| pieces.is_any(n, &["a", "an", "the", "its", "their", "his", "her", "another", "this"]));
    let change = pieces.lower(at, bounds::change).filter(|_| !steep && led)?;
    (!pieces.is_any(at, &["up", "down", "more", "lower", "higher", "growth", "added"])).then_some(change)
}

/// "went up 12 flights of stairs", "climbed 300 steps": the way somebody went, which is as long as before.
fn goes_a_way(pieces: &Pieces, quantity: &Quantity) -> bool {
    const WAYS: &[&str] = &[
        "flights",
        "steps",
        "stairs",
        "stairways",
        "floors",
        "storeys",
        "stories",
        "ladders",
        "mountains",
        "peaks",
        "hills",
        "trees",
        "poles",
        "streets",
        "roads",
    ];
    quantity.measure.is_none() && (quantity.end..quantity.end + 3).any(|n| pieces.is_any(n, WAYS))
}

/// "raised $11 million for the clinic": money that was collected, and nothing rose by it.
fn collects(pieces: &Pieces, quantity: &Quantity, at: usize) -> bool {
    quantity.kind() == FigureKind::Money && pieces.is_any(at, &["raise", "raises", "raised"])
}

/// "lost 12 matches", "lost by 12 points": they were never theirs.
fn loses_a_match(pieces: &Pieces, quantity: &Quantity, at: usize) -> bool {
    let losing = pieces.is_any(at, &["lost", "lose", "loses", "losing"]);
    let margin = pieces.is(at + 1, "by") && quantity.measure.is_none();
    // "lost twice"
    let often = quantity.kind() == FigureKind::Multiple && quantity.first == at + 1;
    losing
        && (margin
            || often
            || (quantity.end..quantity.end + 3)
                .any(|n| pieces.is_any(n, &["matches", "games", "sets", "finals", "fights"])))
}

/// "sign up 5 million people", "make up 40 percent": the "up" is the verb's, and nothing rose.
fn of_a_verb(pieces: &Pieces, up: usize) -> bool {
    up > 0 && pieces.lower(up - 1, |w| counting::is(w, Numbering::TakesUp))
}

/// Whether a figure is denied, and whether it is only possible: "not 40 but 45", "could reach 500", "500 people
/// may come", where what is counted ends before piece `end`.
pub(super) fn hedged(pieces: &Pieces, quantity: &Quantity, end: usize) -> (bool, bool) {
    // "could not attend the three meetings": those there are, whatever comes of them.
    const GIVEN: &[&str] = &["the", "these", "those", "his", "her", "its", "their", "our", "both"];
    let given = pieces.is_any_before(quantity.first, GIVEN) && !quantity.bounded;
    let mut at = quantity.first;
    for n in 0..6 {
        let Some(before) = at.checked_sub(1).filter(|_| !given) else { break };
        at = before;
        if matches!(pieces.get(at).map(|p| p.kind), Some(Kind::Mark(',' | ';' | ':' | '.'))) {
            break;
        }
        if n < 2
            && quantity.bound != Bound::AtMost
            && pieces.lower(at, |w| counting::is(w, Numbering::Negation))
        {
            return (true, false);
        }
        if pieces.lower(at, |w| counting::is(w, Numbering::Hedge)) && hedges(pieces, at) {
            return (false, true);
        }
    }
    (false, subject_of_modal(pieces, quantity, end))
}

/// Whether a word that mostly makes a figure only possible does so here.
fn hedges(pieces: &Pieces, at: usize) -> bool {
    match pieces.word(at) {
        // "The May 12 rally": the month.
        "May" => at == 0 && !is_month_here(pieces, at),
        // "46 percent of likely voters": what they are.
        "likely" | "Likely" => !is_noun(pieces, at + 1) || pieces.is_any(at + 1, &["to"]),
        _ => true,
    }
}

fn is_month_here(pieces: &Pieces, at: usize) -> bool {
    is_day(pieces, at + 1) || is_year(pieces, at + 1)
}

/// "Some 500 people may come", "up to 200 could be lost": the figure is the subject of what only may be.
fn subject_of_modal(pieces: &Pieces, quantity: &Quantity, end: usize) -> bool {
    // "46 percent would choose her", "12 would later return" are told as they are.
    const MODALS: &[&str] = &["may", "might", "could"];
    let led = quantity.first.checked_sub(1).and_then(|at| pieces.get(at));
    let led =
        led.is_some_and(|before| before.kind == Kind::Word && matches!(before.pos, Pos::Adp | Pos::Verb));
    let verb =
        pieces.get(end + 1).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux | Pos::Part | Pos::Adv));
    let denied = pieces.is_any(end + 1, &["not", "n't", "n’t", "only", "no"]);
    !led && verb && !denied && pieces.is_any(end, MODALS) && !pieces.capital(end)
}
