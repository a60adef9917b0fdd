//! What features depend on, so that the weights of those that depend on a neighbour alone are looked up once a
//! document: most words stand beside another word more than once.

use std::ops::Range;

use super::linear::Model;
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

/// Sums of weights and the features still to be looked up for them, which are looked up together.
///
/// Rows of sums are kept for what more than one token has: each word by itself, each word at a place around
/// another, and as many others as the caller asks for. Tokens have rows for themselves behind those.
#[derive(Debug)]
pub struct Sums<const L: usize> {
    rows: Vec<[i16; L]>,
    /// For each kept row, whether its features were asked for.
    asked: Vec<bool>,
    words: usize,
    wanted: Vec<(u64, u32)>,
}

impl<const L: usize> Sums<L> {
    /// Nothing is asked for yet; `others` more rows are kept.
    pub fn new(words: &Words, others: usize) -> Self {
        let words = words.distinct.len();
        let kept = words + (words + 1) * PLACES.len() + others;
        Sums { rows: vec![[0; L]; kept], asked: vec![false; kept], words, wanted: Vec::new() }
    }

    /// The row of a word by itself.
    #[inline]
    pub fn own(&self, word: u32) -> u32 {
        word
    }

    /// The rows of the words at the places around a token.
    #[inline]
    pub fn near(&self, around: &Around) -> [u32; PLACES.len()] {
        let first = self.words as u32;
        std::array::from_fn(|place| first + around.0[place] * PLACES.len() as u32 + place as u32)
    }

    /// One of the other rows that are kept.
    #[inline]
    pub fn other(&self, number: usize) -> u32 {
        (self.words + (self.words + 1) * PLACES.len() + number) as u32
    }

    /// A row for one token or few, until they are [`Sums::done`].
    #[inline]
    pub fn fresh(&mut self) -> u32 {
        self.rows.push([0; L]);
        self.rows.len() as u32 - 1
    }

    /// Whether the features of a kept row were asked for before; from now on they were.
    #[inline]
    pub fn asked(&mut self, row: u32) -> bool {
        std::mem::replace(&mut self.asked[row as usize], true)
    }

    /// Asks for a feature of a row.
    #[inline]
    pub fn want(&mut self, row: u32, feature: u64) {
        self.wanted.push((feature, row));
    }

    /// Looks up all that was asked for.
    pub fn look_up(&mut self, model: &Model<L>) {
        model.add(&self.wanted, &mut self.rows);
        self.wanted.clear();
    }

    /// Rows added up.
    #[inline]
    pub fn total(&self, rows: impl IntoIterator<Item = u32>) -> [i16; L] {
        let mut sums = [0i16; L];
        for row in rows {
            for (sum, more) in sums.iter_mut().zip(&self.rows[row as usize]) {
                *sum = sum.saturating_add(*more);
            }
        }
        sums
    }

    /// Gives up the rows that are not kept.
    pub fn done(&mut self) {
        self.rows.truncate(self.asked.len());
    }
}
