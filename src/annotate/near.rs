//! What features depend on, so that the weights of those that depend on a neighbour alone are looked up once a
//! document: most words stand beside another word more than once.

use std::ops::Range;

use super::words::Words;

/// What a feature of a token depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The token with what stands around it.
    Here,
    /// The word at one of the [`PLACES`] around it and nothing else.
    Near(usize),
    /// The run of capitals that it stands in.
    Run,
    /// Another occurrence of its word, a token.
    Other(usize),
}

/// Places around a token: the second before it, the first, and the same behind.
pub const PLACES: [isize; 4] = [-2, -1, 1, 2];
/// The place two before.
pub const SECOND_BEFORE: usize = 0;
/// The place before.
pub const BEFORE: usize = 1;
/// The place behind.
pub const AFTER: usize = 2;
/// The place two behind.
pub const SECOND_AFTER: usize = 3;

/// The words at the places around a token, by number; outside of the sentence the number after the last.
#[derive(Debug, Clone, Copy)]
pub struct Around([u32; PLACES.len()]);

impl Around {
    /// The words around a token of a sentence.
    #[inline]
    pub fn new(words: &Words, sentence: &Range<usize>, token: usize) -> Around {
        let outside = words.distinct.len() as u32;
        Around(PLACES.map(|offset| {
            let at = token.checked_add_signed(offset).filter(|at| sentence.contains(at));
            at.map_or(outside, |at| words.of_token[at])
        }))
    }
}

/// The weights of the features that depend on a neighbour alone, summed for each word and place.
#[derive(Debug)]
pub struct NearSums<const L: usize> {
    sums: Vec<[[i16; L]; PLACES.len()]>,
    known: Vec<[bool; PLACES.len()]>,
}

impl<const L: usize> NearSums<L> {
    /// None is known yet.
    pub fn new(words: &Words) -> Self {
        let count = words.distinct.len() + 1;
        NearSums { sums: vec![[[0; L]; PLACES.len()]; count], known: vec![[false; PLACES.len()]; count] }
    }

    /// Whether the sums of the words around a token are known, for each place.
    #[inline]
    pub fn known(&self, around: &Around) -> [bool; PLACES.len()] {
        std::array::from_fn(|place| self.known[around.0[place] as usize][place])
    }

    /// The sums of the word at a place, to be added to while they are not known.
    #[inline]
    pub fn sums(&mut self, around: &Around, place: usize) -> &mut [i16; L] {
        &mut self.sums[around.0[place] as usize][place]
    }

    /// Adds the sums of all places to a token's; they are known from then on.
    #[inline]
    pub fn add(&mut self, around: &Around, sums: &mut [i16; L]) {
        for (place, &word) in around.0.iter().enumerate() {
            self.known[word as usize][place] = true;
            add(&self.sums[word as usize][place], sums);
        }
    }
}

/// Adds sums to sums.
#[inline]
pub fn add<const L: usize>(more: &[i16; L], sums: &mut [i16; L]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(*more);
    }
}
