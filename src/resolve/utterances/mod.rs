//! The same utterance in several articles: which quotations share their words, and how they differ.
//!
//! # The rule
//!
//! Quotations with the same words by the same speaker are one [`Wording`]. Wordings are looked at from the
//! fullest to the shortest. Each joins the one among those before it, and found to be an utterance's fullest,
//! that it has most in common with ([`same_utterance`]); if there is none, it is the fullest of an utterance
//! of its own. So every wording of an utterance is compared with the fullest, never with its neighbour, and
//! no chain of likenesses leads from one utterance to another. Which wordings are one utterance depends on
//! the set of them alone, never on the order in which they came.
//!
//! Short, common words ("we will win") are one wording only for one speaker and day ([`Distinct`]). They, and
//! fragments of longer words, meet only what was published within days.
//!
//! Two that deny each other in the same words ("is safe", "is not safe") are two utterances.
//!
//! Words that tell nothing ("no comment" of somebody who is not named) are of no utterance.
//!
//! The store keeps the groups (`store/utterances/`).

#[cfg(test)]
mod corpus;
mod differences;
mod rules;
mod runs;
mod words;

pub use differences::{Difference, Differing, differing};
pub use rules::{Distinct, Joined, Voice, Voices, distinct, same_utterance, voices, within_days};
pub use words::Wording;

/// The version of these rules: an archive whose groups were made by others makes them anew.
pub const VERSION: i64 = 5;
