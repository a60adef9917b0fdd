//! What an amount of money is by its verb, where nothing says what it is for: what a firm owes is a debt, what a judge
//! fines a fine, what a cook earns income.

use super::counted::Counted;
use super::phrases::is_noun;
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::spending::{governor, is_money};
use super::{events, subject};
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting;
use crate::lexicon::sums::{self, SumOf};

/// How far behind an amount its verb may stand.
const REACH: usize = 5;
/// From which amount on what is lost is a loss, and no fall of a price.
const NO_PRICE: f64 = 1000.0;

/// A sum by its name, which no words of the text name.
pub(super) fn named(sum: &str) -> Counted {
    Counted { head: Some(sum.to_string()), ..Counted::default() }
}

/// What an amount is whatever it may be for: "fined $5 for parking", "is worth $5 billion" of somebody.
pub(super) fn whatever_for(pieces: &Pieces, quantity: &Quantity) -> Option<&'static str> {
    if !is_money(quantity) {
        return None;
    }
    if is_wealth(pieces, quantity.first) {
        return Some("worth");
    }
    let verb = governor(pieces, quantity.first)?;
    pieces.lower(verb, sums::of_verb).filter(|sum| sum.of == SumOf::Always).map(|sum| sum.noun)
}

/// "He is worth $5 billion": what somebody has, and not what is bought.
fn is_wealth(pieces: &Pieces, first: usize) -> bool {
    let Some(mut at) = first.checked_sub(1).filter(|&at| pieces.is(at, "worth")) else { return false };
    let group = |n: usize| pieces.get(n).is_some_and(|p| matches!(p.pos, Pos::Aux | Pos::Adv));
    let be = |n: usize| pieces.is_any(n, &["is", "was", "be", "been", "are", "were"]);
    let mut told = false;
    while at > 0 && group(at - 1) {
        at -= 1;
        told |= be(at);
    }
    let Some(subject) = at.checked_sub(1).filter(|_| told) else { return false };
    pieces.is_any(subject, &["he", "she", "i", "you", "who"])
        || pieces.names_a_person(subject)
        || is_noun(pieces, subject) && events::is_people(&counting::singular(pieces.word(subject)))
}

/// What the verb at `verb` makes of the amount that is its object.
pub(super) fn of_verb(
    pieces: &Pieces,
    quantity: &Quantity,
    verb: usize,
    told: &[Figure],
) -> Option<&'static str> {
    let sum = pieces.lower(verb, sums::of_verb).filter(|_| is_money(quantity))?;
    let first = quantity.first;
    let fits = match sum.of {
        SumOf::Anything | SumOf::Always => true,
        // "made it $5", "made $5 million available"
        SumOf::Made => {
            (verb + 1..first).all(|n| pieces.get(n).is_some_and(|p| p.pos == Pos::Adv))
                && !pieces.is(quantity.end, "available")
        }
        SumOf::Wage => is_wage(pieces, quantity, verb),
        SumOf::Loss => is_loss(pieces, quantity, told),
    };
    fits.then_some(sum.noun)
}

/// "pays the nurse $50,000 a year", "is paid $20 an hour": for work; "pays $700 a month" may be for anything.
fn is_wage(pieces: &Pieces, quantity: &Quantity, verb: usize) -> bool {
    let name = quantity.measure.as_ref().map_or("", |measure| measure.name.as_str());
    let rate = quantity.kind() == FigureKind::Rate;
    let somebody = (verb + 1..quantity.first)
        .any(|n| is_noun(pieces, n) || pieces.get(n).is_some_and(|p| p.pos == Pos::Pron));
    let passive = (verb.saturating_sub(3)..verb).any(|n| {
        pieces.is_any(n, &["is", "are", "was", "were", "be", "been", "being", "get", "gets", "got"])
    });
    rate && (name.ends_with(" per hour") || somebody || passive)
}

/// "lost $5 million", "the clerk lost $50": a loss; "the share lost $2" tells of its price.
fn is_loss(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> bool {
    let great = quantity.numeral.value.or(quantity.numeral.low).is_some_and(|value| value >= NO_PRICE);
    // "lost $9 gambling"
    let doing = pieces.is_word(quantity.end) && pieces.word(quantity.end).ends_with("ing");
    let of_people = || {
        subject::of(pieces, quantity.first, told).is_some_and(|found| {
            pieces.names_a_person(found.head)
                || events::is_people(&counting::singular(pieces.word(found.head)).to_lowercase())
        })
    };
    great || doing || of_people()
}

/// Whether the amount of a verb is its own, and never what it says of its subject: "made", "owes"; "lost" may.
pub(super) fn is_of_a_payer(pieces: &Pieces, verb: usize) -> bool {
    pieces.lower(verb, sums::of_verb).is_some_and(|sum| sum.of != SumOf::Loss)
}

/// The verb behind an amount that makes something of it, and what: "$5 million was donated", "$5 million owed to a bank",
/// "the $5 million he owes".
pub(super) fn of_the_verb_behind(pieces: &Pieces, quantity: &Quantity) -> Option<(usize, &'static str)> {
    let start = quantity.end + usize::from(pieces.get(quantity.end).is_some_and(|p| p.pos == Pos::Pron));
    let group = |n: &usize| {
        pieces.get(*n).is_some_and(|p| {
            p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux | Pos::Adv | Pos::Part)
        })
    };
    let mut behind = (start..start + REACH).take_while(group);
    let (verb, sum) = behind.find_map(|n| Some((n, pieces.lower(n, sums::of_verb)?)))?;
    (sum.of == SumOf::Anything).then_some((verb, sum.noun))
}
