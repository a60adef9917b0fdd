//! Shows: where the name of a programme ends, which is a broadcaster's ("ABC's This Week", "BBC Radio 4's Today
//! programme") or says what it is ("the Today programme"). Its words are those of sentences too.

use super::frames::{Frame, Item};
use crate::lexicon::outlets;

/// How many items name the broadcaster at most, and how many the show.
const OWNER: usize = 5;
const SHOW: usize = 8;

/// The item behind the show that begins at `first`.
pub fn show(frame: &Frame<'_>, first: usize) -> Option<usize> {
    let reach = frame.items.len().min(first + OWNER + 1);
    let named = first + usize::from(frame.get(first)?.is("the"));
    let owner = (named..reach)
        .take_while(|&k| part(&frame.items[k]) || apostrophe(&frame.items[k]) || owns(frame, k))
        .find(|&k| owns(frame, k));
    if let Some(owner) = owner.filter(|&o| broadcaster(frame, named, o)) {
        if frame.get(owner + 1).is_some_and(|n| n.quote.is_some()) {
            return Some(past_kind(frame, owner + 2));
        }
        let end = name_end(frame, owner + 1);
        return (end > owner + 1).then(|| past_kind(frame, end));
    }
    // "the Today programme".
    let end = name_end(frame, named);
    let whole = past_kind(frame, end);
    (named > first && end > named && whole > end).then_some(whole)
}

/// The item behind a show or a broadcaster, where item `k` is the preposition before it: "on CNN", "on NBC's [show]".
pub fn on_a_show(frame: &Frame<'_>, k: usize) -> Option<usize> {
    frame.get(k).filter(|p| matches!(p.lower.as_ref(), "on" | "in" | "during"))?;
    show(frame, k + 1).or_else(|| {
        let end = (k + 1..frame.items.len().min(k + 1 + OWNER)).find(|&i| !part(&frame.items[i]));
        let end = end.unwrap_or(frame.items.len().min(k + 1 + OWNER));
        let on = frame.items[k].is("on") && end > k + 1 && broadcaster(frame, k + 1, end);
        (on && !frame.get(end).is_some_and(Item::possessive_s)).then_some(end)
    })
}

/// Whether what stands behind item `k` is the broadcaster's: "'s", which behind a number is taken apart.
fn owns(frame: &Frame<'_>, k: usize) -> bool {
    let item = &frame.items[k];
    item.possessive_s() || item.is("s") && k > 0 && apostrophe(&frame.items[k - 1])
}

fn apostrophe(item: &Item<'_>) -> bool {
    matches!(item.text, "'" | "’")
}

/// Whether an item can be part of a broadcaster's name: "BBC", "Radio", "4".
fn part(item: &Item<'_>) -> bool {
    item.quote.is_none()
        && (item.capital() && !item.classes.weekday() || item.text.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the items name a broadcaster: a known one, with what follows its name ("BBC Radio 4"), or a station by its
/// initials with "Radio", "TV" or "News".
fn broadcaster(frame: &Frame<'_>, first: usize, end: usize) -> bool {
    let words: Vec<&str> = frame.items[first..end].iter().map(|n| n.text).collect();
    let known = |n: usize| outlets::known(&words[..n].join(" ")).is_some_and(|o| o.kind == "broadcaster");
    let airs = |w: &&&str| matches!(**w, "Radio" | "TV" | "Television" | "News");
    let initials = words
        .first()
        .is_some_and(|w| (2..=5).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_uppercase()));
    !words.is_empty()
        && ((1..=words.len()).any(known)
            || initials && (words.len() == 1 && words[0].len() >= 3 || words.iter().any(|w| airs(&w))))
}

/// Where the run of capitals ends that names a show: "State of the Union", "Meet the Press", "This Week".
fn name_end(frame: &Frame<'_>, first: usize) -> usize {
    let mut at = first;
    while at < frame.items.len().min(first + SHOW) {
        let item = &frame.items[at];
        let small = matches!(item.lower.as_ref(), "of" | "the" | "and" | "to" | "with" | "in" | "&" | "a");
        let next = |i: usize| frame.get(i).is_some_and(|n| n.capital());
        let joins = at > first
            && small
            && (next(at + 1) || frame.get(at + 1).is_some_and(|n| n.is("the")) && next(at + 2));
        // "This Week Sunday": the day is none of its name, unless it goes on: "Sunday Morning".
        let day = item.classes.weekday() && !next(at + 1) && past_kind(frame, at + 1) == at + 1;
        if !(item.capital() && !day || joins) {
            break;
        }
        at += 1;
    }
    at
}

/// Past the word that says what a name is: "programme".
fn past_kind(frame: &Frame<'_>, at: usize) -> usize {
    let kind = |n: &Item<'_>| {
        matches!(n.lower.as_ref(), "programme" | "program" | "show" | "podcast" | "newscast" | "newsletter")
    };
    at + usize::from(frame.get(at).is_some_and(kind))
}
