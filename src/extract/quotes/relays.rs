//! Relays: the words of somebody who "was quoted as saying" them. They are his, not those of who quotes
//! him: an agency, a paper, a court's files.

use super::appositions::past_apposition;
use super::complements::{noun_phrase_from, subject_ending};
use super::cues::Items;
use super::frames::{Frame, Item};
use super::sources::before_verb;

/// The rule's name.
pub const RULE: &str = "quoted as saying";
/// How many words may stand between the verb and "as".
const WORDS: usize = 16;

/// Whether the verb at item `i` only relays what a cue behind "as" reports: "quoted Smith as saying".
pub fn only_relays(frame: &Frame<'_>, i: usize) -> bool {
    relays(&frame.items[i])
        && (i + 1..(i + WORDS).min(frame.items.len()))
            .take_while(|&k| between(&frame.items[k]))
            .any(|k| frame.items[k].is("as") && says(frame, k + 1))
}

/// Whom the cue at item `i` credits when it is relayed: "quoted | Smith | as saying", "| Smith | was quoted
/// by the Courier as having said".
pub fn quoted(frame: &Frame<'_>, i: usize) -> Option<Items> {
    let having = i.checked_sub(1).filter(|&k| frame.items[k].is("having")).is_some();
    let said_as = i.checked_sub(if having { 2 } else { 1 }).filter(|&k| frame.items[k].is("as"))?;
    if !says(frame, said_as + 1) {
        return None;
    }
    let verb = (said_as.saturating_sub(WORDS)..said_as)
        .rev()
        .take_while(|&k| between(&frame.items[k]))
        .find(|&k| relays(&frame.items[k]))?;
    match object(frame, verb + 1, said_as) {
        Some(object) => Some(object),
        None => {
            let last = before_verb(frame, verb)?;
            let item = &frame.items[last];
            if item.classes.relative() {
                let end = (0..last).rev().find(|&k| !frame.items[k].is(","))?;
                return subject_ending(frame, end);
            }
            if item.is(",") { past_apposition(frame, last) } else { subject_ending(frame, last) }
        }
    }
}

/// The object that begins at item `first`, before "as": in the active voice it is who is quoted.
fn object(frame: &Frame<'_>, first: usize, said_as: usize) -> Option<Items> {
    let item = frame.get(first)?;
    let whom = item.classes.oblique() && first + 1 == said_as;
    if whom {
        return Some(first..first + 1);
    }
    let other = item.classes.preposition()
        || item.classes.weekday()
        || item.classes.time()
        || item.classes.adverb()
        || item.mark();
    if other {
        return None;
    }
    noun_phrase_from(frame, first).filter(|found| found.end <= said_as)
}

/// Whether a cue that can stand behind "as" begins at item `k`: "saying", "having told".
fn says(frame: &Frame<'_>, k: usize) -> bool {
    frame.get(k).is_some_and(|n| {
        n.gerund() && n.verb.is_some_and(|v| v.quotes || v.clause)
            || n.is("having") && frame.get(k + 1).is_some_and(|n| n.verb.is_some())
    })
}

fn relays(item: &Item<'_>) -> bool {
    item.verb.is_some_and(|v| matches!(v.lemma, "quote" | "cite" | "report"))
}

fn between(item: &Item<'_>) -> bool {
    item.quote.is_none() && !item.is(";") && !item.is(":")
}
