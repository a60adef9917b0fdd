//! Vague amounts: words that name a size and no number ("dozens", "tens of thousands", "several").

use super::numerals::{Form, Numeral, skip_dash};
use super::pieces::Pieces;
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::numbers::{NumberClass, NumberWord};
use crate::lexicon::units;

/// Reads the vague amount that begins at piece `i`.
pub(super) fn read(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let start = if pieces.is_any(i, &["a", "the"]) && !plural(pieces, i + 1) { i + 1 } else { i };
    let Some(word) = pieces.get(start)?.number else { return lasting(pieces, i) };
    let scaled = |at: usize| {
        let word = pieces.get(at)?.number?;
        matches!(word.class, NumberClass::Hundred | NumberClass::Scale | NumberClass::Group)
            .then_some(word.value)
    };
    match word.class {
        // "The scores were level" counts nothing; "scores died" does.
        NumberClass::Plural if pieces.is(start, "scores") && told_of(pieces, start) => None,
        NumberClass::Plural => Some(plurals(pieces, i, word)),
        NumberClass::Vague => {
            let handful = pieces.is(start, "handful");
            // "few" alone says how little, not how much; "the few" and "a few" name an amount.
            let described = i.checked_sub(1).and_then(|at| pieces.get(at)).is_some_and(|p| p.pos == Pos::Adj);
            let bare =
                start == i && pieces.is(start, "few") && !pieces.is_any_before(i, DETERMINERS) && !described;
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
            // "a couple from the south" are two who are married, too.
            let counts = pieces.is_word(of)
                && !pieces.get(of).is_some_and(|p| {
                    matches!(p.pos, Pos::Adp | Pos::Aux | Pos::Verb | Pos::Pron | Pos::Sconj | Pos::Cconj)
                });
            (end > start + 1 || counts)
                .then(|| Numeral::exact(i, end, value, Form::Words, "a couple of <noun>"))
        }
        _ => None,
    }
}

const DETERMINERS: &[&str] = &[
    "the",
    "last",
    "past",
    "next",
    "first",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "every",
    "final",
    "remaining",
    "recent",
    "coming",
];

fn plural(pieces: &Pieces, at: usize) -> bool {
    pieces.get(at).and_then(|p| p.number).is_some_and(|n| n.class == NumberClass::Plural)
}

/// "the scores", "test scores", "box scores for May": points, and not many times twenty.
fn told_of(pieces: &Pieces, scores: usize) -> bool {
    let before = scores.checked_sub(1).and_then(|at| pieces.get(at));
    let led =
        before.is_some_and(|p| matches!(p.pos, Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Pron));
    led && !pieces.is_any(scores + 1, &["of", "more"])
}

/// "for weeks", "in the coming days", "years-long": more than one, and nobody says how many.
fn lasting(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let word = pieces.word(i);
    let plural = word.ends_with('s')
        && pieces.lower(i, |w| {
            units::forms_from(w).any(|(words, unit)| words.len() == 1 && unit.kind == FigureKind::Duration)
        });
    if !plural {
        return None;
    }
    let long = pieces.is_dash(i + 1) && pieces.glued(i + 1) && pieces.is(i + 2, "long");
    let told = pieces.is_any_before(i, &["for", "coming"]) && !pieces.is_any(i + 1, &["old", "of"]);
    // The unit is the word itself: the number before it is empty.
    (long || told).then(|| vague(i, i, 2.0, None))
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
