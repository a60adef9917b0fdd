//! Noun phrases beside a cue: how far the words that name somebody reach.
//!
//! Reads parts of speech where the annotation has them, shapes and closed classes where not. Only
//! finds the borders; whether the phrase can speak is `sources`'s to judge.

use super::frames::{Frame, Item};
use crate::annotate::Pos;

/// How many items a phrase may have.
const LONGEST: usize = 40;

/// Whether an item can stand inside a noun phrase.
pub fn nominal(item: &Item<'_>) -> bool {
    if item.quote.is_some() {
        return false;
    }
    if item.mark() {
        return matches!(item.text, "-" | "&" | "/" | "'" | "’" | "$" | "%" | "#" | "@" | "‑" | "–");
    }
    if item.possessive_s() {
        return true;
    }
    let adverbial = matches!(item.pos, Pos::Adv | Pos::Sconj | Pos::Cconj | Pos::Adp | Pos::Intj | Pos::Part)
        || item.pos == Pos::Verb && item.gerund();
    if item.capital() && !adverbial && !item.classes.nominative() && !item.classes.preposition() {
        return !(item.classes.auxiliary() || item.classes.subordinator() || item.classes.relative());
    }
    if item.classes.determiner() || item.classes.possessive() {
        return true;
    }
    let closed = item.classes.auxiliary()
        || item.classes.nominative()
        || item.classes.preposition()
        || item.classes.conjunction()
        || item.classes.subordinator()
        || item.classes.relative()
        || item.classes.complementizer()
        || item.classes.oblique();
    match item.pos {
        Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Det => !closed,
        Pos::X => !closed && item.verb.is_none() && !item.lower.ends_with("ly"),
        // "the leading candidate", "the elected sheriff": a participle before its noun.
        Pos::Verb => (item.gerund() || item.past()) && item.verb.is_none_or(|v| !v.quotes) && !closed,
        _ => false,
    }
}

/// Whether an item can be a phrase's last word: its head.
pub fn head(item: &Item<'_>) -> bool {
    nominal(item)
        && !item.mark()
        && !item.possessive_s()
        && !item.classes.possessive()
        && (!item.classes.determiner() || item.classes.indefinite() || item.pos == Pos::Num)
        && (item.noun.is_some() || !matches!(item.pos, Pos::Adj | Pos::Verb | Pos::Det))
        || item.classes.indefinite() && item.quote.is_none()
}

/// Whether an item is a pronoun that can be a subject.
pub fn subject_pronoun(item: &Item<'_>) -> bool {
    item.quote.is_none() && matches!(item.lower.as_ref(), "he" | "she" | "they" | "i" | "we" | "it" | "you")
}

/// Where the phrase that ends with item `last` begins, in the words directly before it.
pub fn start(frame: &Frame<'_>, last: usize) -> usize {
    let mut at = last;
    let limit = last.saturating_sub(LONGEST);
    while at > limit {
        let before = &frame.items[at - 1];
        let here = &frame.items[at];
        // A determiner opens a phrase, unless a possessor stands before it.
        if (here.classes.determiner() || here.classes.possessive())
            && !here.capital()
            && !before.possessive_s()
            && !before.classes.determiner()
        {
            break;
        }
        // The point of "Sen." or "J.": a sentence's end does not stand inside a frame.
        let abbreviation = before.is(".") && at >= 2 && here.capital();
        // "In Ulm 12 people": the number opens a phrase of its own.
        let counts = here.pos == Pos::Num
            && here.text.starts_with(|c: char| c.is_ascii_digit())
            && before.capital()
            && frame.items.get(at + 1).is_some_and(|n| !n.capital() && n.pos == Pos::Noun);
        if counts
            || spaced_dash(before, here)
            || !(nominal(before) || abbreviation)
            || clause_opener(before, here, at - 1)
        {
            break;
        }
        at -= 1;
    }
    while at < last && (frame.items[at].mark() && !matches!(frame.items[at].text, "@" | "#" | "$")) {
        at += 1;
    }
    // "holding signs": a verb at the phrase's edge governs it; "the leading man" has his article before.
    while at < last
        && frame.items[at].pos == Pos::Verb
        && (frame.items[at].gerund() || !frame.items[at].capital())
    {
        at += 1;
    }
    // "said that Smith": not a demonstrative.
    if at < last
        && frame.items[at].is("that")
        && (frame.items[at + 1].capital() || at > 0 && verbal(frame, at - 1))
    {
        at += 1;
    }
    at
}

/// Whether a dash stands apart from what follows it: no hyphen of a name.
fn spaced_dash(before: &Item<'_>, here: &Item<'_>) -> bool {
    matches!(before.text, "-" | "–" | "‑") && before.span.end < here.span.start
}

/// Whether a clause with "that" may follow the item.
fn verbal(frame: &Frame<'_>, at: usize) -> bool {
    let item = &frame.items[at];
    item.verb.is_some() || item.pos == Pos::Verb || item.classes.oblique()
}

/// A capitalized word at the frame's head that is no part of a name: "Later Smith said".
fn clause_opener(before: &Item<'_>, here: &Item<'_>, at: usize) -> bool {
    at == 0
        && here.capital()
        && (before.classes.adverb()
            || before.classes.weekday()
            || before.pos == Pos::Adv
            || before.lower.ends_with("ly"))
}

/// The end (exclusive) of the phrase that begins with item `first`.
pub fn end(frame: &Frame<'_>, first: usize) -> usize {
    let mut at = first;
    let limit = (first + LONGEST).min(frame.items.len());
    if first < limit && subject_pronoun(&frame.items[first]) {
        return first + 1;
    }
    let mut named = false;
    while at < limit {
        let item = &frame.items[at];
        let abbreviation = item.is(".")
            && at > first
            && frame.items.get(at + 1).is_some_and(|n| n.capital())
            && frame.items[at - 1].capital();
        if !(nominal(item) || abbreviation) {
            break;
        }
        let verbal =
            !item.capital() && (item.verb.is_some() && item.pos != Pos::Noun || item.pos == Pos::Verb);
        // "said Smith Monday": the day is not his name; "said Smith last week" neither.
        let time = item.classes.weekday() || item.classes.time() || item.classes.adverb();
        let opens_another = at > first
            && (item.classes.determiner() || item.classes.possessive())
            && !frame.items[at - 1].possessive_s()
            && !frame.items[at - 1].classes.determiner();
        if at > first && (verbal && named || time || opens_another) {
            break;
        }
        named |= item.capital() || item.noun.is_some() || item.pos == Pos::Noun;
        at += 1;
    }
    while at > first && (frame.items[at - 1].mark() || frame.items[at - 1].possessive_s()) {
        at -= 1;
    }
    at
}
