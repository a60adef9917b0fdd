//! What an amount of money goes to: "spent $5 million last year on ads", "$5 million was set aside for schools",
//! "paid $5 to mend the roof".
//!
//! Who pays, gets or moves an amount is not what it is for: where nothing says that, it is what its verb makes of it
//! ("owes $5 million" a debt), or nothing is told.

use super::measured::{noun_phrase, past_determiners};
use super::phrases::{Phrase, is_noun, is_time, is_weak};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::{subject, sums, verbs};
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::units;

/// How far from an amount its verb, or what it goes to, may stand.
const REACH: usize = 8;

/// What an amount is about.
pub(super) enum About {
    /// A thing that the words name.
    Thing(Phrase),
    /// What its verb makes of the amount itself: "debt".
    Sum(&'static str),
}

/// What an amount or a percentage is about where nothing beside it tells: what it goes to, what it is by its verb, or
/// the subject.
pub(super) fn or_subject(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Option<About> {
    let money = is_money(quantity);
    // "stole coins worth $5" is about the coins.
    let worth = pieces.is_any_before(quantity.first, &["worth"]);
    let verb = governor(pieces, quantity.first).filter(|_| money && !worth);
    let payer = verb.filter(|&at| is(pieces, at, Numbering::Payer));
    // "20 percent of third- to fifth-graders": the whole is told, in words that are not read.
    if quantity.kind() == FigureKind::Percentage && pieces.is(quantity.end, "of") {
        return None;
    }
    // "to her 35 percent" is hers; "a $5 million Utah buy" is described by a noun that is not read.
    let own = quantity.kind() == FigureKind::Percentage
        && pieces.is_any_before(quantity.first, &["her", "his", "its", "their"]);
    let describes = money
        && pieces.is_any_before(quantity.first, &["a", "an"])
        && quantity.numeral.value != Some(1.0)
        && is_noun(pieces, quantity.end);
    if own || describes {
        return None;
    }
    // "the study found 73 percent": who found it is not what it is of.
    let part = quantity.kind() == FigureKind::Percentage;
    let said = quantity.first - 2 * usize::from(subject::is_said_of_the_number(pieces, quantity.first));
    if part && said.checked_sub(1).is_some_and(|at| verbs::reports_a_finding(pieces, at)) {
        return None;
    }
    if is_subject(pieces, quantity) || money && is_moved_behind(pieces, quantity.end) {
        if !money {
            return None;
        }
        // "was donated to the hospital" is a donation; "was invested in roads" is for roads.
        let sum = sums::of_the_verb_behind(pieces, quantity);
        let for_it = sum.filter(|&(verb, _)| !is(pieces, verb, Numbering::SpendsOn));
        return for_it.map(|(_, sum)| About::Sum(sum)).or_else(|| {
            let goes_to = of_passive(pieces, quantity.end).map(About::Thing);
            goes_to.or(sum.map(|(_, sum)| About::Sum(sum)))
        });
    }
    if (payer.is_some() || verb.is_some_and(|at| pieces.is_any(at, COSTS)))
        && let Some(found) = to_do(pieces, quantity.end)
    {
        return Some(About::Thing(found));
    }
    let on = payer.filter(|&at| is(pieces, at, Numbering::SpendsOn));
    if let Some(found) = on.and_then(|_| spent_on(pieces, quantity.end)) {
        return Some(About::Thing(found));
    }
    if let Some(sum) = verb.and_then(|at| sums::of_verb(pieces, quantity, at, told)) {
        return Some(About::Sum(sum));
    }
    // "The club has $5 million", "holds $5 million abroad", "sued the bank for $5 million": nobody says what it is for.
    let owned = money && pieces.is_any_before(quantity.first, OWNS);
    let made = verb.is_some_and(|at| sums::is_of_a_payer(pieces, at));
    if payer.is_some() || made || owned || money && sued(pieces, quantity.first) {
        None
    } else {
        subject::of(pieces, quantity.first, told).map(About::Thing)
    }
}

/// Verbs that say whose an amount is, and not what.
const OWNS: &[&str] =
    &["has", "have", "had", "having", "hold", "holds", "held", "holding", "keep", "keeps", "kept", "keeping"];

/// "costs a town $5 to mend".
const COSTS: &[&str] = &["cost", "costs", "costing", "take", "takes", "took"];

fn is(pieces: &Pieces, at: usize, class: Numbering) -> bool {
    pieces.lower(at, |w| counting::is(w, class))
}

pub(super) fn is_money(quantity: &Quantity) -> bool {
    let coin = |name: &str| {
        let first = name.split(' ').next().unwrap_or_default();
        units::forms_from(first).any(|(_, unit)| unit.kind == FigureKind::Money)
    };
    match quantity.kind() {
        FigureKind::Money => true,
        FigureKind::Rate => quantity.measure.as_ref().is_some_and(|m| coin(&m.name)),
        _ => false,
    }
}

const TITLES: &[&str] = &["mr", "mrs", "ms", "dr", "gov", "sen", "rep"];

/// The verb that an amount is the object of, with those whom it is given to, or whom it costs, between them.
pub(super) fn governor(pieces: &Pieces, first: usize) -> Option<usize> {
    for at in (first.saturating_sub(REACH - 2)..first).rev() {
        // "lent Mr. Hale $5 million"
        if pieces.is_mark(at, '.') && pieces.glued(at) && pieces.is_any_before(at, TITLES) {
            continue;
        }
        let piece = pieces.get(at).filter(|p| p.kind == Kind::Word)?;
        let led = at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|p| p.pos == Pos::Det);
        let verb = matches!(piece.pos, Pos::Verb | Pos::Aux) && !is_weak(pieces, at);
        // "Pay ABC 300 at the gate": the verb of a command, which the tagger takes for a name.
        let noun = piece.pos == Pos::Noun || piece.pos == Pos::Propn && at == 0;
        if verb || is(pieces, at, Numbering::Payer) && noun && !led {
            return Some(at);
        }
        // "gives towns and villages $5 million"
        let joined = pieces.is(at, "and") && is_noun(pieces, at + 1) && at > 0 && is_noun(pieces, at - 1);
        let between = joined
            || matches!(
                piece.pos,
                Pos::Adv | Pos::Part | Pos::Det | Pos::Adj | Pos::Pron | Pos::Noun | Pos::Propn
            ) && !pieces.is(at, "to");
        if !between && !pieces.is_any(at, &["of", "out", "up", "back", "over", "combined"]) {
            return None;
        }
    }
    None
}

/// "In Ohio, 48 percent said so", "the fact that $5 million was spent": the figure is a subject itself.
pub(super) fn is_subject(pieces: &Pieces, quantity: &Quantity) -> bool {
    // "$5 million more was sent"
    let end =
        quantity.end + usize::from(pieces.is_any(quantity.end, &["more", "less", "overall", "also", "now"]));
    let verb = pieces.get(end).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux))
        && !pieces.word(end).ends_with("ing")
        && !pieces.is(end + 1, "by");
    let led = pieces.is_any_before(quantity.first, &["the", "only", "just", "another", "all", "this", "a"]);
    let opens = match (quantity.first - usize::from(led)).checked_sub(1) {
        None => true,
        Some(at) => match pieces.get(at).map(|p| (p.kind, p.pos)) {
            Some((Kind::Mark(mark), _)) => matches!(mark, ',' | ';' | ':' | '“' | '"'),
            Some((_, pos)) => {
                matches!(pos, Pos::Cconj | Pos::Sconj) || pieces.is(at, "that") || verbs::says(pieces, at)
            }
            None => true,
        },
    };
    verb && opens && quantity.direction.is_none()
}

/// "$5 million raised by the club", "$5 million spent on ads".
fn is_moved_behind(pieces: &Pieces, at: usize) -> bool {
    // "$5 million that went to schools", "the $5 million he owes"
    if pieces.is_any(at, &["that", "which"]) && pieces.is_any(at + 1, MOVES)
        || pieces.get(at).is_some_and(|p| p.pos == Pos::Pron) && sums::is_of_a_payer(pieces, at + 1)
    {
        return true;
    }
    pieces.get(at).is_some_and(|p| p.pos == Pos::Verb)
        && is(pieces, at, Numbering::Payer)
        && (pieces.word(at).ends_with("ed") || is(pieces, at, Numbering::PastVerb))
}

/// Verbs of money that goes somewhere.
const MOVES: &[&str] = &["go", "goes", "going", "went", "gone", "set", "used", "left"];

/// "$5 million was spent on ads", "will go to schools", "has been set aside to mend roads".
fn of_passive(pieces: &Pieces, end: usize) -> Option<Phrase> {
    let group = |n: &usize| {
        pieces.get(*n).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux | Pos::Adv | Pos::Part))
    };
    let end = end + usize::from(pieces.is_any(end, &["more", "less", "that", "which"]));
    let verb = (end..end + REACH)
        .take_while(group)
        .find(|&n| is(pieces, n, Numbering::Payer) || pieces.is_any(n, MOVES))?;
    let on = is(pieces, verb, Numbering::SpendsOn).then(|| spent_on(pieces, verb + 1)).flatten();
    on.or_else(|| {
        clause(pieces, verb + 1).find_map(|at| {
            if pieces.is(at, "to") && pieces.get(at + 1).is_some_and(|p| p.pos == Pos::Verb) {
                return to_do(pieces, at);
            }
            // "sent to Utah for its schools": who gets it, and what for.
            led(pieces, at, &["on", "for", "to", "toward", "towards", "into"])
                .filter(|found| !(pieces.is(at, "to") && pieces.capital(found.head)))
        })
    })
}

/// The pieces behind `at` as far as the clause goes.
fn clause<'p>(pieces: &'p Pieces, at: usize) -> impl Iterator<Item = usize> + 'p {
    // "invested $5 million and took a stake in the mill": the mill is another verb's.
    let other = |n: usize| pieces.is(n, "and") && pieces.get(n + 1).is_some_and(|p| p.pos == Pos::Verb);
    (at..at + REACH).take_while(move |&n| (pieces.is_word(n) || pieces.digits(n).is_some()) && !other(n))
}

/// "spent $5 million last year on ads", "invested $5 million in its mill".
fn spent_on(pieces: &Pieces, end: usize) -> Option<Phrase> {
    clause(pieces, end).find_map(|at| {
        let found = led(pieces, at, &["on", "in", "into"])?;
        (!pieces.is(at, "in") || !pieces.capital(found.head)).then_some(found)
    })
}

/// The noun phrase that one of these prepositions leads at `at`; no time, and no "on his behalf".
fn led(pieces: &Pieces, at: usize, prepositions: &[&str]) -> Option<Phrase> {
    let start = pieces.is_any(at, prepositions).then(|| past_determiners(pieces, at + 1))?;
    noun_phrase(pieces, start).filter(|found| {
        !is_time(pieces, found.head)
            && !is_weak(pieces, found.head)
            && !pieces.is_any(found.head, &["behalf", "top"])
    })
}

/// "to mend the roof", "to help pay for the study": what is done with an amount, by what it is done to.
fn to_do(pieces: &Pieces, at: usize) -> Option<Phrase> {
    const NO_DEED: &[&str] = &["including", "excluding", "starting", "beginning", "according"];
    let verb = |n: usize| pieces.get(n).is_some_and(|p| p.pos == Pos::Verb);
    let infinitive = pieces.is(at, "to") && verb(at + 1);
    // "spent $5 mending the roof"
    let gerund = verb(at) && pieces.word(at).ends_with("ing") && !pieces.is_any(at, NO_DEED);
    if !infinitive && !gerund {
        return None;
    }
    let mut start = at + 1 + usize::from(infinitive);
    if pieces.is(start - 1, "help") && verb(start) {
        start += 1;
    }
    if pieces.is_any(start, &["for", "off", "out", "up", "down", "in", "into", "on"]) {
        start += 1;
    }
    let start = past_determiners(pieces, start);
    noun_phrase(pieces, start).filter(|found| !is_time(pieces, found.head))
}

/// "sued the bank for $5 million": whom it would cost.
fn sued(pieces: &Pieces, first: usize) -> bool {
    let led = first.checked_sub(1).filter(|&at| pieces.is(at, "for"));
    led.is_some_and(|at| {
        (at.saturating_sub(REACH)..at).any(|n| pieces.is_any(n, &["sue", "sues", "sued", "suing"]))
    })
}
