//! Counts that leave out what they count, where their sentence says it elsewhere: "won 262 seats, while the rest took
//! 318", "of whom 300 are boarders", "damaged 3,000 more", "attendance was 41,203", "employs 300".

use super::counted::{Counted, describe};
use super::measured::ending_at;
use super::phrases::is_noun;
use super::pieces::{Kind, Pieces, lowered};
use super::quantity::Quantity;
use super::{names, subject};
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::reporting;

/// How far behind a number the words may stand that tell of people.
const REACH: usize = 4;

/// Fills in what a count without a noun counts.
pub(super) fn fill(pieces: &Pieces, quantity: &Quantity, told: &[Figure], counted: &mut Counted) {
    if let Some(noun) = antecedent(pieces, quantity) {
        let told = describe(pieces, ending_at(pieces, noun), true);
        *counted = Counted { end: counted.end, event: counted.event, ..told };
    } else if let Some(like) = same_as(pieces, quantity, told) {
        (counted.span, counted.head) = (like.counted, like.counted_head.clone());
        counted.unit.clone_from(&like.unit_name);
    } else if of_people(pieces, quantity) {
        (counted.head, counted.unit) = (Some("person".to_string()), Some("people".to_string()));
    }
}

/// "the crew, 120 of whom were minors": the noun before.
fn antecedent(pieces: &Pieces, quantity: &Quantity) -> Option<usize> {
    let of = pieces.is(quantity.end, "of") && pieces.is_any(quantity.end + 1, &["whom", "which"]);
    let comma = quantity.first.checked_sub(1).filter(|&at| of && pieces.is_mark(at, ','))?;
    comma.checked_sub(1).filter(|&noun| is_noun(pieces, noun))
}

/// The count before, whose noun is meant.
fn same_as<'f>(pieces: &Pieces, quantity: &Quantity, told: &'f [Figure]) -> Option<&'f Figure> {
    let like = told.iter().rev().take(3).find(|figure| figure.kind == FigureKind::Count)?;
    let first = quantity.first;
    let of_whom = pieces.is_any_before(first, &["whom", "which"]) && pieces.is_any_before(first - 1, &["of"]);
    let named = like.counted.is_some() || like.counted_head.is_some();
    let goes_on = of_whom
        || names::gapped(pieces, quantity.numeral.first)
        || is_more(pieces, quantity)
        || is_object(pieces, quantity)
        || is_subject(pieces, quantity) && is_of_people(like)
        || is_listed(pieces, quantity);
    (named && goes_on).then_some(like)
}

/// "damaged 3,000 more", "20 more than last year".
fn is_more(pieces: &Pieces, quantity: &Quantity) -> bool {
    pieces.is_any(quantity.end, &["more", "fewer", "others"])
        && (pieces.is(quantity.end + 1, "than") || ends(pieces, quantity.end + 1))
}

/// "and wounded 140.", "while the Liberals took 318": the object of a verb of its own.
fn is_object(pieces: &Pieces, quantity: &Quantity) -> bool {
    let verb = |n: usize| {
        pieces.get(n).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux))
    };
    let before = quantity.first.checked_sub(1).is_some_and(|at| {
        // "that has 12", "is 12" say what there is, or of what somebody is aged.
        verb(at) && !pieces.is_any(at, &["is", "was", "are", "were", "be", "aged", "turned"])
    });
    before && ends(pieces, quantity.end)
}

/// Whether no noun can follow at `at`: the end of a clause, or a preposition.
fn ends(pieces: &Pieces, at: usize) -> bool {
    pieces.get(at).is_none_or(|p| {
        matches!(p.kind, Kind::Mark('.' | ',' | ';' | ')' | '”' | '"'))
            || p.kind == Kind::Word && matches!(p.pos, Pos::Adp | Pos::Cconj | Pos::Sconj | Pos::Adv)
    })
}

/// "; two are missing", "and six acquitted": the subject of a clause of its own.
fn is_subject(pieces: &Pieces, quantity: &Quantity) -> bool {
    let opens = pieces.is_any_before(quantity.first, &[",", ";", "and", "but", "while"]);
    let verb = pieces
        .get(quantity.end)
        .is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux));
    opens && verb
}

fn is_of_people(figure: &Figure) -> bool {
    figure.counted_head.as_deref().is_some_and(super::events::is_people)
}

/// ", three in Iowa and two in Utah".
fn is_listed(pieces: &Pieces, quantity: &Quantity) -> bool {
    pieces.is_any_before(quantity.first, &[",", "and", ";"])
        && pieces.is_any(quantity.end, &["in", "from", "at"])
        && pieces.capital(quantity.end + 1)
}

/// "employs 300", "twelve remain in hospital", "50,000 attended", "12 said so".
fn of_people(pieces: &Pieces, quantity: &Quantity) -> bool {
    let of_people = |at: usize| pieces.lower(at, |w| counting::is(w, Numbering::OfPeople));
    let does = |at: usize| pieces.get(at).is_some_and(|p| p.pos == Pos::Verb) && of_people(at);
    let employs = quantity.first.checked_sub(1).is_some_and(does) && ends(pieces, quantity.end);
    let verb = pieces.get(quantity.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    // "of those, 12 said so"
    let says = verb && pieces.lower(quantity.end, |w| reporting::cue_verb(w).is_some());
    let suffers = verb && (quantity.end..quantity.end + REACH).any(of_people);
    employs || says || suffers
}

/// Whether a noun is a number of people by itself: "the population reached 2 million".
pub(super) fn is_head_count(head: &str) -> bool {
    lowered(head, |w| counting::is(w, Numbering::HeadCount))
}

/// "Attendance was 41,203", "the population has reached 2 million": what is as large as the number.
pub(super) fn head_count(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Option<Counted> {
    const STANDS: &[&str] = &[
        "is", "was", "are", "were", "reached", "reaches", "totalled", "totaled", "totals", "numbers",
        "numbered", "hit", "topped", "tops", "exceeds", "exceeded", "be",
    ];
    let stands = pieces.is_any_before(quantity.first, STANDS) && !is_noun(pieces, quantity.end);
    let found = stands.then(|| subject::of_clause(pieces, quantity.first, told)).flatten()?;
    let counted = describe(pieces, found, false);
    let whole = Counted { end: quantity.end, ..counted };
    whole.head.as_deref().is_some_and(is_head_count).then_some(whole)
}
