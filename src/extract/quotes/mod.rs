//! Quotes: stretches in marks and reported speech, with cue and speaker.
//!
//! `marks` finds the stretches, `frames` sets them among the words around, `cues` (with `unlisted` and
//! `unsaid`) and `sources` (with `subjects`, `appositions`, `antecedents`, `complements`) read who reports
//! what there, `attribution` decides which report credits a stretch, `kinds` what a stretch is; `carry` and
//! `layout` credit quotes that have no cue, `content`, `inserted`, `relatives`, `ends`, `deeds` and
//! `indirect` read speech without marks, `nouns` those that report ("his claim that"), `headlines` and
//! `headline_clauses` what papers leave out in them, `relays` who is quoted by others, `unnamed` what is told
//! and not by whom, `occasion` and `shows` to whom and where it was said. `reader` joins them into rows; its
//! `later` adds what words further on say of them. Every stretch in marks yields a row, if only to say that
//! nobody is credited and why.

mod antecedents;
mod appositions;
mod attribution;
mod carry;
mod complements;
mod content;
mod credited;
mod cues;
mod deeds;
mod ends;
mod frames;
mod headline_clauses;
mod headlines;
mod indirect;
mod inserted;
mod kinds;
mod layout;
mod marks;
mod nouns;
mod occasion;
mod phrases;
mod reader;
mod relatives;
mod relays;
mod shows;
mod singles;
mod sources;
mod speakers;
mod subjects;
mod unlisted;
mod unnamed;
mod unsaid;

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;

use crate::annotate::Annotation;
use crate::finding::{Mention, Quote};

/// Finds the quotes of a text, in text order. Speakers are credited by span and, where a name stands
/// in the span, by mention; the entity is for `resolve` to fill.
pub fn quotes(text: &str, annotation: &Annotation, mentions: &[Mention]) -> Vec<Quote> {
    let stretches = marks::stretches(text, annotation);
    let frames = frames::frames(text, annotation, &stretches);
    let turns = layout::turns(text, annotation);
    let dashes = layout::dashes(text, annotation);
    let crossheads = layout::crossheads(text, annotation, &stretches);
    let mut reader = reader::Reader::new(text, mentions, &stretches, &turns, &dashes, &crossheads);
    for (i, frame) in frames.iter().enumerate() {
        let next = frames.get(i + 1).filter(|next| next.parent.is_none() && next.paragraph == 0);
        reader.read(frame, i == 0 && frame.paragraph == 0 && frame.parent.is_none() && next.is_none());
    }
    let mut quotes = reader.finish(annotation);
    quotes.sort_by_key(|q| (q.spans[0].start, std::cmp::Reverse(q.spans[0].end)));
    quotes
}
