//! Counts that leave out what they count, where their sentence says it elsewhere: "won 262 seats, while the rest took
//! 318", "of whom 300 are boarders", "damaged 3,000 more", "attendance was 41,203", "employs 300", "thousands marched", "a
//! father of seven".

use super::counted::{Counted, describe};
use super::measured::ending_at;
use super::phrases::{is_noun, plural_phrase};
use super::pieces::{Kind, Pieces, lowered};
use super::quantity::Quantity;
use super::{names, subject};
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::reporting;
use crate::span::Span;

/// How far behind a number the words may stand that tell of people.
const REACH: usize = 4;
/// From how many on a count is of people, where countries or firms could do the same.
const CROWD: f64 = 100.0;
/// How many children somebody may be the parent of.
const MOST_CHILDREN: f64 = 40.0;

/// Fills in what a count without a noun counts.
pub(super) fn fill(pieces: &Pieces, quantity: &Quantity, told: &[Figure], counted: &mut Counted) {
    if let Some(noun) = antecedent(pieces, quantity) {
        let told = describe(pieces, ending_at(pieces, noun), true);
        *counted = Counted { end: counted.end, event: counted.event, ..told };
    } else if let Some(like) = same_as(pieces, quantity, told) {
        (counted.span, counted.head) = (noun_of(pieces, like), like.counted_head.clone());
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

/// The words for what a figure counts, where a noun names it: "killed" in "12 killed" is said of those alone.
fn noun_of(pieces: &Pieces, like: &Figure) -> Option<Span> {
    let head = like.counted_head.as_deref()?;
    like.counted.filter(|counted| {
        let words = counted.of(pieces.text);
        counting::singular(words).ends_with(head)
    })
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
        || is_subject(pieces, quantity) && is_of_people(like) && may_be_of(quantity, like)
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

/// "12 soldiers were killed, thousands marched": no part of those before, who are fewer.
fn may_be_of(quantity: &Quantity, like: &Figure) -> bool {
    let specific = like.counted_head.as_deref() != Some("person");
    let fewer = quantity.numeral.low.zip(like.high.or(like.value)).is_some_and(|(low, high)| low > high);
    !(specific && fewer && quantity.vague())
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

/// "employs 300", "twelve remain in hospital", "50,000 attended", "12 said so", "thousands marched".
fn of_people(pieces: &Pieces, quantity: &Quantity) -> bool {
    let of_people = |at: usize| pieces.lower(at, |w| counting::is(w, Numbering::OfPeople));
    let does = |at: usize| pieces.get(at).is_some_and(|p| p.pos == Pos::Verb) && of_people(at);
    let employs = quantity.first.checked_sub(1).is_some_and(does) && ends(pieces, quantity.end);
    let verb = pieces.get(quantity.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    // "of those, 12 said so"
    let says = verb && pieces.lower(quantity.end, |w| reporting::cue_verb(w).is_some());
    let suffers = verb && (quantity.end..quantity.end + REACH).any(of_people);
    employs || says || suffers || act(pieces, quantity)
}

/// "A handful stayed", "thousands have marched": the verb behind a count is of what people do.
fn act(pieces: &Pieces, quantity: &Quantity) -> bool {
    const BE: &[&str] = &["is", "are", "was", "were", "be", "been"];
    let leads = |n: &usize| {
        // The tagger may take the verb of an elided noun for one.
        pieces
            .get(*n)
            .is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Aux | Pos::Adv | Pos::Part))
    };
    let verb = (quantity.end..quantity.end + REACH).find(|n| !leads(n)).unwrap_or(quantity.end);
    let passive = (quantity.end..verb).any(|n| pieces.is_any(n, BE)) && !pieces.word(verb).ends_with("ing");
    !passive && is_deed(pieces, quantity, verb)
}

/// Whether a word is a verb of what people do: hundreds of them, or any number.
pub(super) fn is_deed(pieces: &Pieces, quantity: &Quantity, at: usize) -> bool {
    let crowd = quantity.numeral.low.is_some_and(|low| low >= CROWD);
    pieces
        .lower(at, |w| counting::is(w, Numbering::PeopleDo) || crowd && counting::is(w, Numbering::CrowdDoes))
}

/// "a father of seven", "a mother-of-three", "the parents of two": children, though nobody says so.
pub(super) fn children(pieces: &Pieces, quantity: &Quantity) -> Option<Counted> {
    let joined = |at: usize| pieces.is_dash(at) && pieces.glued(at);
    let mut at = quantity.first.checked_sub(1)?;
    at = if joined(at) { at.checked_sub(1)? } else { at };
    at = at.checked_sub(1).filter(|_| pieces.is(at, "of"))?;
    at = if joined(at) { at.checked_sub(1)? } else { at };
    let is = |class| pieces.lower(at, |w| counting::is(w, class));
    let (one, many) = if is(Numbering::Parent) {
        ("child", "children")
    } else if is(Numbering::Grandparent) {
        ("grandchild", "grandchildren")
    } else {
        return None;
    };
    // "a mother of two boys" names them; "the father of 1,000 songs" has none.
    let named = plural_phrase(pieces, quantity.end)
        .is_some_and(|found| counting::is_plural(pieces.word(found.head)) && !pieces.capital(found.head));
    let few = quantity.numeral.low.is_some_and(|low| low <= MOST_CHILDREN);
    (few && !named).then(|| Counted {
        head: Some(one.to_string()),
        unit: Some(many.to_string()),
        end: quantity.end,
        ..Counted::default()
    })
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
