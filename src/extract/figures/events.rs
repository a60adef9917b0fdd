//! Events: what happened to those counted ("killed", "deaths", "fled"), in one word for all its forms.

use super::counted::Counted;
use super::numerals::skip_dash;
use super::phrases::is_noun;
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::lexicon::{bounds, counting};

/// How far from a count the word for what happened may stand.
const REACH: usize = 6;

/// What happened to those counted: in the phrase, right behind it, or in the verb before.
pub(super) fn event(pieces: &Pieces, quantity: &Quantity, end: usize) -> Option<&'static str> {
    let at = |n: usize| pieces.lower(n, counting::event);
    // "coal-fired plants" were not dismissed.
    let whole =
        |n: &usize| !n.checked_sub(1).is_some_and(|before| pieces.is_dash(before) && pieces.glued(before));
    if let Some(found) = (quantity.end..end).filter(whole).find_map(at) {
        return Some(found);
    }
    for n in end..end + REACH {
        let aside = pieces
            .get(n)
            .is_none_or(|p| matches!(p.kind, Kind::Mark(_) | Kind::Number(_)) || p.number.is_some());
        if aside || pieces.is_any(n, &["and", "but", "or", "who", "while", "to", "said"]) {
            break;
        }
        if let Some(found) = at(n) {
            return Some(found);
        }
    }
    let verb = quantity.first.checked_sub(1)?;
    let verb = if pieces.is_any(verb, &["of", "to", "another", "the", "with", "and"]) {
        verb.checked_sub(1)?
    } else {
        verb
    };
    at(verb).or_else(|| {
        let rose = pieces.lower(verb, |w| bounds::change(w).is_some());
        (rose && verb > 0).then(|| at(verb - 1).or_else(|| verb.checked_sub(2).and_then(at))).flatten()
    })
}

/// "129 killed", "more than 120 died": people, though nobody says so.
pub(super) fn of_nobody(pieces: &Pieces, quantity: &Quantity, counted: &mut Counted) {
    // "two recordings, one captured by a camera": no person.
    if quantity.numeral.value == Some(1.0) && !pieces.is_any(quantity.end, &["was", "is", "has"]) {
        return;
    }
    let at = skip_dash(pieces, quantity.end);
    let at =
        if pieces.is_any(at, &["were", "was", "have", "are", "had", "people", "to"]) { at + 1 } else { at };
    let at = if pieces.is_any(at, &["been", "also", "others"]) { at + 1 } else { at };
    let Some(event) = pieces.lower(at, counting::event) else { return };
    if matches!(
        event,
        "death" | "injury" | "displacement" | "disappearance" | "arrest" | "rescue" | "abduction"
    ) {
        // "129 killed" is said of people; in "4 million have fled" the verb is nothing that is counted.
        let noun = is_noun(pieces, at) && counting::is_plural(pieces.word(at));
        counted.span = (noun || at == skip_dash(pieces, quantity.end)).then(|| pieces.span(at, at + 1));
        counted.head = Some("person".to_string());
        counted.unit = Some("people".to_string());
        counted.event = Some(event);
    }
}
