//! Occasion: to whom and where something was said ("told reporters", "in a statement").

use super::cues::{Items, Report};
use super::frames::Frame;
use super::phrases;
use super::sources;
use crate::annotate::Pos;

/// How far from the cue the two may stand.
const REACH: usize = 20;

/// Where the words that belong to a report stand: from behind cue and source to `end`.
fn region(frame: &Frame<'_>, report: &Report, end: usize) -> Items {
    let begin = if report.inverted() { report.extent().end } else { report.cue.end };
    let limit = end.min(begin + REACH).min(frame.items.len());
    let stop = (begin..limit).find(|&k| {
        let item = &frame.items[k];
        item.quote.is_some()
            || item.is(";")
            || item.is(":")
            || item.is("that")
            || matches!(item.lower.as_ref(), "he" | "she" | "they" | "i" | "we")
            || k > begin && phrases::subject_pronoun(item)
    });
    begin..stop.unwrap_or(limit).max(begin)
}

/// To whom it was said. `end` is the item at which what was said begins, or the frame's end.
pub fn addressee(frame: &Frame<'_>, report: &Report, end: usize) -> Option<Items> {
    let region = region(frame, report, end);
    if let Some(hearer) = &report.hearer {
        let told = report.verb.is_some_and(|v| v.addressee) || report.rule.starts_with("heard");
        return Some(hearer.clone()).filter(|h| told && !frame.items[h.start].is("it"));
    }
    if report.rule.starts_with("passive") {
        return None;
    }
    if let Some(to) = opening_clause(frame, report).and_then(|mut c| c.find(|&k| frame.items[k].is("to"))) {
        return sources::noun_phrase_from(frame, to + 1);
    }
    let first = frame.get(region.start).filter(|_| !region.is_empty())?;
    if report.verb.is_some_and(|v| v.addressee) && !report.inverted() {
        // "told reporters the ferry": before an article the noun is easily tagged a verb.
        if first.classes.oblique() || first.classes.addressee() && first.pos == Pos::Verb {
            return Some(region.start..region.start + 1);
        }
        if first.classes.complementizer() && !first.classes.determiner() || first.classes.weekday() {
            return None;
        }
        let found = sources::noun_phrase_from(frame, region.start)?;
        // "warned a crisis would follow": a clause, nobody is warned.
        let clause = frame
            .get(found.end)
            .is_some_and(|n| n.pos == Pos::Aux || n.classes.auxiliary() || n.pos == Pos::Verb && !n.gerund());
        // "told the truth": what, not whom; but "told Harbour News".
        let last = &frame.items[found.end - 1];
        let tale = last.classes.tale() && !last.capital();
        return (!clause && !tale && found.end <= region.end.max(region.start + 1)).then_some(found);
    }
    if report.verb.is_some_and(|v| v.prepositions.split(' ').any(|p| p == "to")) {
        return None;
    }
    // No verb and no comma may stand between: those belong to others.
    let stops = |k: &usize| {
        frame.items[*k].mark() || frame.items[*k].pos == Pos::Verb || frame.items[*k].pos == Pos::Aux
    };
    let to = region.clone().take_while(|k| !stops(k)).find(|&k| frame.items[k].is("to"))?;
    let found = sources::noun_phrase_from(frame, to + 1)?;
    let people = frame.items[found.clone()]
        .iter()
        .any(|n| n.classes.addressee() || n.noun.is_some() || n.classes.oblique());
    (people && found.end <= region.end).then_some(found)
}

/// Where or in what it was said: behind the cue, or at the sentence's head.
pub fn occasion(frame: &Frame<'_>, report: &Report, end: usize) -> Option<Items> {
    let behind = region(frame, report, end);
    let head = 0..report.extent().start.min(REACH);
    behind
        .clone()
        .find_map(|k| at(frame, k, behind.end))
        .or_else(|| {
            let comma = head.clone().find(|&k| frame.items[k].is(","))?;
            at(frame, 0, comma)
        })
        .or_else(|| {
            let clause = opening_clause(frame, report)?;
            // "Writing in the Courier": whatever it is called, there it stands.
            let writes = matches!(frame.items[0].lower.as_ref(), "writing" | "posting" | "tweeting");
            let stands = |k: usize| {
                let opens = writes && matches!(frame.items[k].lower.as_ref(), "in" | "on" | "for");
                opens.then(|| k..phrases::end(frame, k + 1).clamp(k + 1, clause.end)).filter(|o| o.len() > 1)
            };
            clause.clone().find_map(|k| at(frame, k, clause.end).or_else(|| stands(k)))
        })
}

/// The clause that opens the sentence with how its subject came to speak: "Speaking to the Courier, Roe said".
fn opening_clause(frame: &Frame<'_>, report: &Report) -> Option<Items> {
    let verb = frame.items.first()?;
    let speaks = matches!(
        verb.lower.as_ref(),
        "speaking" | "talking" | "writing" | "posting" | "appearing" | "testifying" | "tweeting"
    );
    let begin = report.extent().start.min(REACH);
    let comma = (1..begin).find(|&k| frame.items[k].is(",") || frame.items[k].quote.is_some())?;
    (speaks && frame.items[comma].is(",") && comma + 1 == begin).then_some(1..comma)
}

/// The occasion that a preposition at item `k` opens.
fn at(frame: &Frame<'_>, k: usize, end: usize) -> Option<Items> {
    let opens = matches!(
        frame.items.get(k)?.lower.as_ref(),
        "in" | "at" | "on" | "during" | "via" | "through" | "from" | "after" | "before" | "outside"
    );
    // "by phone", "over the telephone"; but "by the court" is who did it.
    let means = frame.items[k].is("by") && frame.get(k + 1).is_some_and(|n| n.classes.occasion())
        || frame.items[k].is("over") && frame.get(k + 1).is_some_and(|n| n.is("the"));
    if !(opens || means) {
        return None;
    }
    let mut last = phrases::end(frame, k + 1);
    // "at a rally", where the rally is taken for a verb.
    if last > k + 1
        && last < end
        && frame.get(last).is_some_and(|n| n.classes.occasion() && !phrases::nominal(n))
    {
        last += 1;
    }
    // "in an article last week": when is not where.
    let when = |n: &str| matches!(n, "last" | "this" | "next" | "earlier" | "late" | "early");
    while last > k + 1 && when(&frame.items[last - 1].lower) {
        last -= 1;
    }
    let named = frame.items[k + 1..last.min(end).max(k + 1)].iter().any(|n| n.classes.occasion());
    // "in a post on Telegram".
    let medium = frame.get(last).is_some_and(|n| n.is("on"))
        && frame.get(last + 1).is_some_and(|n| n.capital() && n.classes.occasion());
    if (frame.get(last).is_some_and(|n| n.is("of")) || medium) && last + 1 < end {
        last = phrases::end(frame, last + 1).max(last);
    }
    (named && last <= end).then_some(k..last)
}
