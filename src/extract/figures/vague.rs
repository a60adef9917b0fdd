//! Vague amounts: words that name a size and no number ("dozens", "tens of thousands", "several").

use super::numerals::{Form, Numeral, skip_dash};
use super::pieces::Pieces;
use crate::lexicon::numbers::{NumberClass, NumberWord};

/// Reads the vague amount that begins at piece `i`.
pub(super) fn read(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let start = if pieces.is_any(i, &["a", "the"]) && !plural(pieces, i + 1) { i + 1 } else { i };
    let word = pieces.get(start)?.number?;
    let scaled = |at: usize| {
        let word = pieces.get(at)?.number?;
        matches!(word.class, NumberClass::Hundred | NumberClass::Scale | NumberClass::Group)
            .then_some(word.value)
    };
    match word.class {
        NumberClass::Plural => Some(plurals(pieces, i, word)),
        NumberClass::Vague => {
            let handful = pieces.is(start, "handful");
            // "few" alone says how little, not how much; "the few" and "a few" name an amount.
            let bare = start == i && pieces.is(start, "few") && !pieces.is_any_before(i, DETERMINERS);
            if bare || handful && start == i {
                return None;
            }
            let of = if handful && pieces.is(start + 1, "of") { start + 2 } else { start + 1 };
            let at = skip_dash(pieces, start + 1);
            match scaled(at) {
                Some(scale) => Some(vague(i, at + 1, word.value * scale, None)),
                None => Some(vague(i, if handful { of } else { start + 1 }, word.value, word.high)),
            }
        }
        NumberClass::Pair => {
            let of = if pieces.is(start + 1, "of") { start + 2 } else { start + 1 };
            // "the couple" are two people who are married.
            if start == i || pieces.is(i, "the") {
                return None;
            }
            let (value, end) = scaled(of).map_or((word.value, of), |scale| (word.value * scale, of + 1));
            (end > start + 1 || pieces.is_word(of))
                .then(|| Numeral::exact(i, end, value, Form::Words, "a couple of <noun>"))
        }
        _ => None,
    }
}

const DETERMINERS: &[&str] = &[
    "the", "last", "past", "next", "first", "these", "those", "his", "her", "its", "their", "every", "coming",
];

fn plural(pieces: &Pieces, at: usize) -> bool {
    pieces.get(at).and_then(|p| p.number).is_some_and(|n| n.class == NumberClass::Plural)
}

/// "dozens", "hundreds of thousands", "several hundreds".
fn plurals(pieces: &Pieces, i: usize, word: NumberWord) -> Numeral {
    let mut end = i + 1;
    let (mut low, mut high) = (word.value, word.high);
    // "tens of thousands", "hundreds of millions": the scales multiply.
    while pieces.is(end, "of") && plural(pieces, end + 1) {
        let Some(scale) = pieces.get(end + 1).and_then(|p| p.number) else { break };
        low *= scale.value;
        high = high.map(|high| high * scale.value);
        end += 2;
    }
    vague(i, end, low, high)
}

fn vague(first: usize, end: usize, low: f64, high: Option<f64>) -> Numeral {
    Numeral {
        first,
        end,
        value: None,
        low: Some(low),
        high,
        scale: 1.0,
        form: Form::Vague,
        rule: "<vague amount>",
    }
}
