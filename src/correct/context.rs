//! Which of the same words a correction is about: those that stand among the words that it was made among.
//!
//! The count of an occurrence holds for one revision of an article. What stands around the words holds
//! longer, though an editor may change some of it: so neighbours are counted, in any order.

use super::Correction;
use super::anchor::{as_printed, places};
use crate::span::Span;

/// Words kept on either side.
const BESIDE: usize = 8;
/// Where the words themselves stand in a context.
const HERE: &str = "[…]";
/// Of a context's words, one in so many has to be there where others may be meant.
const LEAST: usize = 3;

/// The words around a place, with a mark for the place itself: "The guard cried […] and the lorry".
pub fn context_of(text: &str, place: Span) -> String {
    let mut before: Vec<&str> = text[..place.start].split_whitespace().rev().take(BESIDE).collect();
    before.reverse();
    let after = text[place.end..].split_whitespace().take(BESIDE);
    before.into_iter().chain([HERE]).chain(after).collect::<Vec<_>>().join(" ")
}

/// Of several places, the one that stands in a context: the one with most of its neighbours, and of equals the
/// one that `counted` says, or the first. Nothing where none has enough of them.
pub fn among(text: &str, places: &[Span], context: &str, counted: usize) -> Option<usize> {
    let wanted = neighbours(context);
    let shared = |place: &Span| {
        let here = neighbours(&context_of(text, *place));
        let side = |one: &[String], other: &[String]| one.iter().filter(|word| other.contains(word)).count();
        side(&wanted.0, &here.0) + side(&wanted.1, &here.1)
    };
    let shared: Vec<usize> = places.iter().map(shared).collect();
    let most = *shared.iter().max()?;
    if most * LEAST < wanted.0.len() + wanted.1.len() || most == 0 {
        return None;
    }
    let is_counted = counted.checked_sub(1).filter(|&at| shared.get(at) == Some(&most));
    is_counted.or_else(|| shared.iter().position(|&n| n == most))
}

/// The words of a context on both sides, without their marks.
fn neighbours(context: &str) -> (Vec<String>, Vec<String>) {
    let (before, after) = context.split_once(HERE).unwrap_or((context, ""));
    let words = |side: &str| {
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        side.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
    };
    (words(before), words(after))
}

impl Correction {
    /// The correction with the words and the count that its place has in this text.
    pub(super) fn placed(&self, text: &str) -> Correction {
        let mut placed = self.clone();
        if self.source.is_none() {
            return placed;
        }
        as_printed(text, &self.anchor).clone_into(&mut placed.anchor);
        let Some(context) = &self.context else { return placed };
        let places: Vec<Span> = places(text, &placed.anchor).collect();
        // One that is the only one there is meant, whatever became of the words around it.
        if (places.len(), self.occurrence) != (1, 1)
            && let Some(at) = among(text, &places, context, self.occurrence)
        {
            placed.occurrence = at + 1;
        }
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correct::{Subject, find_words};

    const OLD: &str =
        "The guard cried “Stop,” and the lorry went on. At the gate the clerk said “Stop,” too.";

    fn about(occurrence: usize) -> Correction {
        let place = find_words(OLD, "Stop,", occurrence).expect("there");
        Correction {
            id: 1,
            made_at: String::new(),
            author: String::new(),
            subject: Subject::Quote,
            source: Some("a".to_owned()),
            anchor: "Stop,".to_owned(),
            occurrence,
            context: Some(context_of(OLD, place)),
            field: "speaker".to_owned(),
            value: None,
        }
    }

    #[test]
    fn a_context_is_the_words_on_both_sides() {
        assert_eq!(
            about(1).context.as_deref(),
            Some("The guard cried “ […] ” and the lorry went on. At the")
        );
        assert_eq!(context_of("x", Span::new(0, 1)), "[…]");
    }

    #[test]
    fn words_are_found_among_those_they_stood_among() {
        let new = format!("A child shouted “Stop,” in the square. {}", OLD.replace("cried", "shouted"));
        for (occurrence, now) in [(1, 2), (2, 3)] {
            assert_eq!(about(occurrence).placed(&new).occurrence, now);
            assert_eq!(about(occurrence).placed(OLD).occurrence, occurrence);
        }
        // The first is gone: the second is not taken for it where the words around tell otherwise.
        let cut = OLD.split_once("At the gate").expect("two sentences").1;
        assert_eq!(about(2).placed(cut).occurrence, 1);
        let lone = Correction { occurrence: 2, ..about(1) };
        assert_eq!(lone.placed(cut).occurrence, 2, "nothing there is meant");
    }

    #[test]
    fn words_are_found_when_a_comma_moves_out_of_the_marks() {
        let moved = OLD.replace(",”", "”,");
        assert_eq!(about(2).placed(&moved).anchor, "Stop");
        assert_eq!(about(2).placed(&moved).occurrence, 2);
        assert_eq!(about(2).placed("Nothing of it.").anchor, "Stop,");
    }
}
