//! Complements: noun phrases with what belongs to them: "a spokesman for the ministry", "Roe (D-Ulm)", "by Roe".
//!
//! `phrases` finds the borders of the simple phrase; here it is widened, forwards from its first word or
//! backwards from its last, and judged whether it names somebody who can speak.

use super::cues::Items;
use super::frames::Frame;
use super::phrases;
use crate::annotate::Pos;
use crate::lexicon::words;

/// The phrase behind "according to" and its like.
pub fn after_preposition(frame: &Frame<'_>, first: usize) -> Option<Items> {
    // "according to her," but "according to her lawyer".
    let alone = frame.get(first + 1).is_none_or(|n| n.mark() || n.quote.is_some());
    if alone && frame.get(first).is_some_and(|n| n.classes.oblique()) {
        return Some(first..first + 1);
    }
    noun_phrase_from(frame, first)
}

/// The phrase that begins at `first`, with what belongs to it: "a spokesman for the ministry".
pub fn noun_phrase_from(frame: &Frame<'_>, first: usize) -> Option<Items> {
    let item = frame.get(first)?;
    let begins = phrases::nominal(item) && (!item.mark() || item.is("@"))
        || phrases::subject_pronoun(item)
        || phrases::head(item)
        || phrases::leads_noun(frame, first);
    if !begins {
        return None;
    }
    // "@port_sable": as far as no space stands.
    if item.is("@") {
        let apart = |k: &usize| {
            let item = &frame.items[*k];
            frame.items[k - 1].span.end < item.span.start || item.mark() && item.text != "_"
        };
        return Some(first..(first + 2..frame.items.len()).find(apart).unwrap_or(frame.items.len()));
    }
    let mut end = phrases::end(frame, first);
    if end <= first {
        return None;
    }
    for _ in 0..4 {
        // "a source close to Smith": past the adjective.
        let close = end > first && phrases::postpositive(frame, end);
        if close {
            end += 1;
        }
        let close = close || end > first && phrases::postpositive(frame, end - 1);
        let joins = frame.get(end).is_some_and(|p| {
            matches!(p.lower.as_ref(), "of" | "for" | "from" | "at" | "in" | "with" | "by" | "on" | "and")
                && frame.items[first..end]
                    .iter()
                    .any(|n| n.noun.is_some() || p.is("of") || p.is("and") && n.capital())
                || close
        });
        let next = frame.get(end + 1);
        let on_a_day = next.is_none_or(|n| n.classes.weekday() || n.classes.occasion());
        if !joins || on_a_day || !next.is_some_and(|n| phrases::nominal(n) && !n.mark()) {
            break;
        }
        let further = phrases::end(frame, end + 1);
        // "told supporters at a rally", where the rally is taken for a verb: no phrase ends with "a".
        if further > end + 1 && !phrases::closes(frame, further - 1) {
            break;
        }
        let occasion =
            frame.items[end + 1..further].iter().any(|n| n.classes.occasion() || n.classes.weekday());
        if further <= end + 1 || occasion && !frame.items[end].is("of") {
            break;
        }
        end = further;
    }
    Some(first..end)
}

/// The agent of a passive: "was described by Smith as ...".
pub fn by_phrase(frame: &Frame<'_>, i: usize) -> Option<Items> {
    let by = (i + 1..(i + 8).min(frame.items.len()))
        .take_while(|&k| frame.items[k].quote.is_none() && !frame.items[k].is(","))
        .find(|&k| frame.items[k].is("by"));
    if let Some(by) = by {
        // "decided by 5-to-4 votes".
        let counts = |by: &Items| {
            frame.items[by.start].text.starts_with(|c: char| c.is_ascii_digit())
                && phrases::joined(frame, by.start + 1)
        };
        return noun_phrase_from(frame, by + 1).filter(|by| !counts(by) && !frame.items[by.start].gerund());
    }
    let by = by_behind_words(frame, i)?;
    // "was called [a ruin] by 1990": nobody.
    noun_phrase_from(frame, by + 1).filter(|agent| can_speak(frame, agent))
}

/// The "by" behind the words in marks: "was described as [a ruin] by | Smith".
pub fn by_behind_words(frame: &Frame<'_>, i: usize) -> Option<usize> {
    let marked = (i + 1..(i + 8).min(frame.items.len()))
        .take_while(|&k| !matches!(frame.items[k].text, "," | ":" | ";"))
        .find(|&k| frame.items[k].quote.is_some())?;
    let by = (marked + 1..(marked + 5).min(frame.items.len()))
        .find(|&k| frame.items[k].quote.is_none() && !frame.items[k].classes.conjunction())?;
    frame.items[by].is("by").then_some(by)
}

/// The subject that ends with item `last`: a phrase or pronoun, with what follows its head.
pub fn subject_ending(frame: &Frame<'_>, last: usize) -> Option<Items> {
    let mut last = last;
    // "Smith (R-Ohio) said".
    if frame.items[last].is(")") {
        let open = (last.saturating_sub(14)..last).rev().find(|&k| frame.items[k].is("("))?;
        last = open.checked_sub(1)?;
    }
    if frame.items[last].is(".") && last > 0 && frame.items[last - 1].capital() {
        last -= 1; // "Smith Jr. said"
    }
    let item = &frame.items[last];
    if phrases::subject_pronoun(item) || item.is("who") {
        return Some(last..last + 1);
    }
    if let Some(first) = phrases::polled(frame, last) {
        return Some(first..last + 1);
    }
    // "Unite called it": a name that is taken for a verb.
    if last == 0 && item.capital() && item.pos == Pos::Verb && !item.gerund() && !item.past() {
        return Some(0..1);
    }
    let number = item.text.chars().all(|c| c.is_ascii_digit() || c == ',');
    if !phrases::closes(frame, last) || item.classes.weekday() && !item.capital() || number {
        return None;
    }
    let mut first = phrases::start(frame, last);
    let mut end = last + 1;
    for _ in 0..4 {
        let Some(wider) = with_phrase_before(frame, first) else { break };
        // "Smith at a rally said": the head alone.
        let adverbial = frame.items[first..end]
            .iter()
            .any(|n| n.classes.occasion() || n.classes.weekday() || n.classes.time())
            && !frame.items[first - 1].is("of")
            && !frame.items[first..end].iter().any(|n| n.noun.is_some());
        if adverbial {
            end = first - 1;
        }
        first = wider;
    }
    Some(first..end)
}

/// The start of the phrase that a phrase beginning at `first` belongs to: "a spokesman for | the ministry".
fn with_phrase_before(frame: &Frame<'_>, first: usize) -> Option<usize> {
    let p = first.checked_sub(1)?;
    let adjective = phrases::postpositive(frame, p.checked_sub(1)?);
    let before = p.checked_sub(if adjective { 2 } else { 1 })?;
    let prep = &frame.items[p];
    let head = &frame.items[before];
    if prep.is("and") || prep.is("or") {
        let pair = head.capital() || head.noun.is_some();
        return (pair && phrases::head(head)).then(|| phrases::start(frame, before));
    }
    let joins = matches!(
        prep.lower.as_ref(),
        "of" | "for"
            | "from"
            | "at"
            | "in"
            | "with"
            | "to"
            | "on"
            | "by"
            | "against"
            | "behind"
            | "near"
            | "inside"
            | "outside"
            | "close"
            | "within"
    );
    // "heads of state from", where "state" is taken for a verb.
    let after_of = before > 0 && frame.items[before - 1].is("of") && !head.mark() && head.quote.is_none();
    if !joins || !(phrases::head(head) || after_of) || head.classes.weekday() || head.classes.time() {
        return None;
    }
    let start = phrases::start(frame, before);
    let speaks =
        frame.items[start..=before].iter().any(|n| n.noun.is_some() || n.capital() || n.classes.indefinite());
    // "heads of state from Africa".
    let of_somebody = || {
        start > 0
            && frame.items[start - 1].is("of")
            && with_phrase_before(frame, start)
                .is_some_and(|s| frame.items[s..start].iter().any(|n| n.noun.is_some()))
    };
    (speaks || prep.is("of") || of_somebody()).then_some(start)
}

/// Whether the phrase says where something in marks is: "sailors at a [rope day] in | Ulm".
pub fn behind_marks(frame: &Frame<'_>, items: &Items) -> bool {
    items.start >= 2
        && frame.items[items.start - 1].classes.preposition()
        && frame.items[items.start - 2].quote.is_some()
}

/// Whether a phrase names somebody or something that speaks.
pub fn can_speak(frame: &Frame<'_>, items: &Items) -> bool {
    phrases::aged_in(frame, items)
        || frame.items[items.clone()].iter().any(|n| {
            n.noun.is_some()
                || phrases::subject_pronoun(n)
                || n.classes.indefinite()
                || n.is("@")
                || n.capital() && !n.classes.weekday() && !words::is_sentence_opener(n.text)
        })
}
