//! Money: currency signs and codes before an amount ("US$4.5m", "EUR 20", "HK $3 billion").

use super::pieces::{Kind, Pieces};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::units::{self, Unit};

/// The currency before the number at piece `i`, and its first piece.
pub(super) fn prefix(pieces: &Pieces, i: usize) -> Option<(usize, &'static Unit)> {
    let at = i.checked_sub(1)?;
    match pieces.get(at)?.kind {
        Kind::Mark('-' | '−') if pieces.glued(i) && at > 0 => {
            prefix(pieces, at).filter(|_| pieces.glued(at))
        }
        Kind::Mark('.') => {
            let dotted = format!("{}.", pieces.word_before(at));
            units::currency_prefix(&dotted).filter(|_| pieces.glued(at) && at > 0).map(|unit| (at - 1, unit))
        }
        // "Y=100", where the yen's sign was lost.
        Kind::Mark('=') if at > 0 && pieces.glued(at) && pieces.glued(i) => {
            let lettered = format!("{}=", pieces.word_before(at));
            units::currency_prefix(&lettered).map(|unit| (at - 1, unit))
        }
        Kind::Mark(_) => sign(pieces, at),
        Kind::Word => letters(pieces, at, i),
        Kind::Number(_) => None,
    }
}

/// "$", "US$", "HK $".
fn sign(pieces: &Pieces, at: usize) -> Option<(usize, &'static Unit)> {
    let unit = units::currency_prefix(pieces.word(at))?;
    let before = pieces.word_before(at);
    if !before.is_empty() && before.len() <= 4 && pieces.is_word(at - 1) {
        let country = units::currency_prefix(&format!("{before}{}", pieces.word(at)));
        // "A $5 fee" begins a sentence; only what is attached, or longer than a letter, names a country.
        if let Some(unit) = country.filter(|_| pieces.glued(at) || !before.eq_ignore_ascii_case("a")) {
            return Some((at - 1, unit));
        }
    }
    Some((at, unit))
}

/// "EUR 20", "RM79", "$US 5", "USD34.6".
fn letters(pieces: &Pieces, at: usize, i: usize) -> Option<(usize, &'static Unit)> {
    let word = pieces.word(at);
    if at > 0
        && pieces.glued(at)
        && pieces.is_mark(at - 1, '$')
        && let Some(unit) = units::currency_prefix(&format!("${word}"))
    {
        return Some((at - 1, unit));
    }
    let unit = units::currency_prefix(word)?;
    let attached = pieces.glued(i);
    let many = pieces.digits(i).is_some_and(|d| d.digits > 1 || d.decimal || d.grouped)
        || pieces.get(i + 1).is_some_and(|p| p.number.is_some());
    let code = word.len() == 3;
    (code || many && (attached || word.len() == 2)).then_some((at, unit))
}

/// A code that the tables do not know, where the text says that it is paid: "pay ABC 2000".
pub(super) fn unknown_code(pieces: &Pieces, i: usize) -> Option<usize> {
    let at = i.checked_sub(1)?;
    let word = pieces.word(at);
    let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let paid = at > 0 && pieces.lower(at - 1, |w| counting::is(w, Numbering::Pay));
    (code && paid && pieces.digits(i).is_some_and(|d| !d.chain)).then_some(at)
}
