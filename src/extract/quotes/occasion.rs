//! Occasion: to whom and where something was said ("told reporters", "in a statement").

use super::complements;
use super::cues::{Items, Report};
use super::frames::{Frame, Item};
use super::phrases;
use super::shows;
use crate::annotate::Pos;
use crate::lexicon::reporting;

/// How far from the cue the two may stand.
const REACH: usize = 20;

/// Where the words that belong to a report stand: from behind cue and source to `end`.
fn region(frame: &Frame<'_>, report: &Report, end: usize) -> Items {
    let begin = if report.inverted() { report.extent().end } else { report.cue.end };
    let limit = end.min(begin + REACH).min(frame.items.len());
    let stop = (begin..limit).find(|&k| {
        let item = &frame.items[k];
        // "on NBC's [show]" is no stretch of what was said.
        item.quote.is_some() && !(k > begin && frame.items[k - 1].possessive_s())
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
        let show = shows::show(frame, to + 1).map(|end| to + 1..end);
        return show.or_else(|| Some(people_alone(frame, complements::noun_phrase_from(frame, to + 1)?)));
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
        if let Some(end) = shows::show(frame, region.start).filter(|&end| end <= region.end) {
            return Some(region.start..end);
        }
        let found = people_alone(frame, complements::noun_phrase_from(frame, region.start)?);
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
    let found = people_alone(frame, complements::noun_phrase_from(frame, to + 1)?);
    let people = frame.items[found.clone()]
        .iter()
        .any(|n| n.classes.addressee() || n.noun.is_some() || n.classes.oblique());
    (people && found.end <= region.end).then_some(found)
}

/// People without where they are told: "reporters | in Geneva".
fn people_alone(frame: &Frame<'_>, found: Items) -> Items {
    let place = |k: &usize| {
        let people = &frame.items[*k - 1].classes;
        people.addressee()
            && !people.occasion()
            && matches!(
                frame.items[*k].lower.as_ref(),
                "in" | "at" | "on" | "outside" | "after" | "before" | "near"
            )
    };
    let end = (found.start + 1..found.end).find(place).unwrap_or(found.end);
    found.start..end
}

/// Where or in what it was said: behind the cue, or at the sentence's head.
pub fn occasion(frame: &Frame<'_>, report: &Report, end: usize) -> Option<Items> {
    let behind = region(frame, report, end);
    let head = 0..report.extent().start.min(REACH);
    behind
        .clone()
        .find_map(|k| at(frame, k, behind.end).or_else(|| speaking(frame, k, behind.end)))
        .or_else(|| {
            let comma = head.clone().find(|&k| frame.items[k].is(","))?;
            at(frame, 0, comma)
        })
        .or_else(|| {
            let clause = opening_clause(frame, report)?;
            clause.clone().find_map(|k| at(frame, k, clause.end)).or_else(|| speaking(frame, 0, clause.end))
        })
}

/// Where somebody spoke or wrote, whatever it is called, behind the verb at item `k` that says that he did: "Writing
/// | in the Courier", "speaking to reporters | in Ulm".
fn speaking(frame: &Frame<'_>, k: usize, end: usize) -> Option<Items> {
    let verb = frame.items[k].lower.as_ref();
    let writes = matches!(verb, "writing" | "posting" | "tweeting");
    if !(writes || matches!(verb, "speaking" | "talking" | "appearing" | "testifying")) {
        return None;
    }
    let fits = |p: usize| {
        let item = &frame.items[p];
        let next = frame.get(p + 1).filter(|n| !n.classes.weekday() && n.quote.is_none());
        let place = matches!(item.lower.as_ref(), "in" | "at" | "from" | "outside")
            && next.is_some_and(|n| n.capital());
        place || writes && matches!(item.lower.as_ref(), "in" | "on" | "for") && next.is_some()
    };
    let from = (k + 1..end).take_while(|&p| !frame.items[p].mark()).find(|&p| fits(p))?;
    let last = phrases::end(frame, from + 1).clamp(from + 1, end);
    (last > from + 1 && !frame.items[from + 1..last].iter().any(|n| n.classes.time())).then_some(from..last)
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
        "in" | "at"
            | "on"
            | "during"
            | "via"
            | "through"
            | "from"
            | "after"
            | "before"
            | "outside"
            | "following"
    );
    // "by phone", "over the telephone"; but "by the court" is who did it.
    let means = frame.items[k].is("by") && frame.get(k + 1).is_some_and(|n| n.classes.occasion())
        || frame.items[k].is("over") && frame.get(k + 1).is_some_and(|n| n.is("the"));
    if !(opens || means) {
        return None;
    }
    if let Some(last) = shows::on_a_show(frame, k).filter(|&last| last <= end) {
        return Some(k..last);
    }
    let mut last = phrases::end(frame, k + 1);
    // "at a rally", where the rally is taken for a verb.
    if last > k + 1
        && last < end
        && frame.get(last).is_some_and(|n| n.classes.occasion() && !phrases::nominal(n))
    {
        last += 1;
    }
    last = before_when(frame, k + 1, last);
    let words = &frame.items[k + 1..last.min(end).max(k + 1)];
    let joined = |n: &[Item<'_>]| n.iter().map(|n| n.lower.as_ref()).collect::<String>();
    let named = words.iter().any(|n| n.classes.occasion())
        || words.windows(3).any(|n| n[1].is("-") && reporting::classes(&joined(n)).occasion())
        || took_place(frame, k, last, end);
    let ended = extended(frame, last, end);
    (named && ended <= end).then_some(k..ended)
}

/// Whether the phrase behind "after" or "before" is an event at whose end people speak, or who hears them: "after the
/// match", "before a Senate committee".
fn took_place(frame: &Frame<'_>, k: usize, last: usize, end: usize) -> bool {
    let Some(noun) = last.checked_sub(1).filter(|&n| n > k).map(|n| &frame.items[n].classes) else {
        return false;
    };
    // "before the committee met": a clause.
    let next = frame.get(last).filter(|_| last < end);
    let clause = next
        .is_some_and(|n| matches!(n.pos, Pos::Verb | Pos::Aux) || n.classes.auxiliary() || n.classes.be());
    match frame.items[k].lower.as_ref() {
        "after" | "following" => noun.event() && !clause,
        "before" => (noun.event() || noun.hearing()) && !clause,
        _ => false,
    }
}

/// The end of a phrase without the words for a time that it runs into: "in an article | last week".
fn before_when(frame: &Frame<'_>, first: usize, end: usize) -> usize {
    let when = |n: &str| matches!(n, "last" | "this" | "next" | "earlier" | "late" | "early");
    let mut end = end;
    while end > first && when(&frame.items[end - 1].lower) {
        end -= 1;
    }
    end
}

/// How many parts may follow an occasion: "a speech | to the conference | in Ulm".
const PARTS: usize = 2;

/// Where an occasion ends with what belongs to it: with whom, for whom, of what, and the place's name.
fn extended(frame: &Frame<'_>, last: usize, end: usize) -> usize {
    let mut last = last;
    for _ in 0..PARTS {
        let (Some(prep), Some(next)) = (frame.get(last), frame.get(last + 1)) else { break };
        let place = next.capital() && !next.classes.weekday();
        let joins = match prep.lower.as_ref() {
            "of" => true,
            "with" | "for" | "to" | "over" | "against" => {
                next.classes.addressee() || phrases::nominal(next) && !next.mark() && next.pos != Pos::Verb
            }
            "in" | "at" => place,
            // "in a post on Telegram".
            "on" => place && next.classes.occasion(),
            _ => false,
        };
        let show = shows::show(frame, last + 1);
        // "to staff on Monday", where the staff are taken for a verb.
        let people = last + 1 + usize::from(next.classes.addressee());
        let phrase = || phrases::end(frame, last + 1).max(people);
        let further = before_when(frame, last + 1, show.unwrap_or_else(phrase));
        let words = &frame.items[last + 1..further.max(last + 1)];
        let timed = show.is_none() && words.iter().any(|n| n.classes.time() || n.classes.weekday());
        // "a call to ABC's [show]": what is his stands behind.
        let whole = !frame.get(further).is_some_and(Item::possessive_s);
        if !joins || words.is_empty() || further > end || timed || !whole {
            break;
        }
        last = further;
    }
    last
}
