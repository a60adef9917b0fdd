//! Subjects: who acts in a clause, where the cue itself has nobody beside it.
//!
//! For participles ("noting the cost"), second verbs ("and said"), colons and signatures.

use super::complements::{can_speak, noun_phrase_from, subject_ending};
use super::cues::{Items, Report};
use super::frames::{Frame, Item};
use super::inserted::past_dateline;
use super::phrases;
use super::sources::{REACH, before_verb};
use crate::annotate::Pos;
use crate::lexicon::reporting;

/// How often in a hundred a verb must credit words for its subject to speak whatever it is.
const SAYS: u8 = 80;

/// The rule for a source in marks.
pub const MARKED: &str = "subject in marks";

/// How many items before a cue may open a sentence with it: "Holding signs calling it a ruin, Smith sang".
const OPENING: usize = 6;
/// How many adverbials may open a sentence.
const ADVERBIALS: usize = 3;
/// How many items a clause beside a participle may have.
const CLAUSE: usize = 20;

/// The subject of the report before, or else of the clause.
pub fn shared_subject(frame: &Frame<'_>, i: usize, before: &[Report]) -> Option<Items> {
    // "When Hale asked her, Roe rose and said": the subordinate clause's subject is not the sentence's.
    let subordinate = |r: &Report| {
        let first = r.source.as_ref().and_then(|s| s.start.checked_sub(1));
        first.is_some_and(|k| frame.items[k].classes.subordinator() && !frame.items[k].is("that"))
    };
    if let Some(own) = clause_beside(frame, i) {
        return Some(own);
    }
    // Neither who is told of nor by whom somebody is told goes on with the clause's next verb.
    let beside = |rule: &str| matches!(rule, "relative clause" | "passive, by" | "participle, by");
    let report = before
        .iter()
        .rev()
        .take(4)
        .find(|r| r.source.is_some() && !beside(r.rule) && !r.noun() && !subordinate(r));
    if let Some(r) = report {
        return r.source.clone();
    }
    clause_subject(frame, i).or_else(|| doer(frame, i))
}

/// Who did what stands before "and" and a verb that nearly always reports: "The lender apologised and | said". Whoever
/// says something speaks, whatever he is called.
fn doer(frame: &Frame<'_>, i: usize) -> Option<Items> {
    let says = frame.items[i].verb.is_some_and(|v| v.share >= SAYS && v.clause);
    let and = i.checked_sub(1).filter(|&k| says && frame.items[k].is("and"))?;
    let verb = (and.saturating_sub(REACH).max(1)..and)
        .find(|&k| frame.items[k].pos == Pos::Verb && frame.items[k].past())?;
    let subject = subject_ending(frame, before_verb(frame, verb)?)?;
    let noun = &frame.items[subject.end - 1];
    (subject.start == 0 && noun.pos == Pos::Noun && !time_phrase(&frame.items[subject.clone()]))
        .then_some(subject)
}

/// The first phrase of the frame that can be a subject and can speak, before item `i`; else, for a
/// cue that opens the frame ("Noting the cost, Smith said"), after it. A phrase that a verb follows
/// comes before one that none does.
pub fn clause_subject(frame: &Frame<'_>, i: usize) -> Option<Items> {
    let first = i.saturating_sub(REACH).max(past_dateline(frame));
    // "Noting the cost, Smith said", "Holding signs calling it a ruin, Smith sang".
    let opens = i <= 1
        || i <= OPENING
            && frame.items[0].gerund()
            && frame.items[0].pos == Pos::Verb
            && !frame.items[..i].iter().any(|n| n.mark() || n.quote.is_some());
    let limit = frame.items.len().min(first + REACH);
    let begin = if opens {
        let border = |k: usize| frame.items[k].is(",") || frame.items[k].quote.is_some();
        (i..limit).find(|&k| border(k)).map_or(limit, |k| past_adverbials(frame, k + 1, limit))
    } else {
        adverbial_end(frame, first, i).unwrap_or(first)
    };
    let last = if opens { limit } else { i };
    let mut k = begin;
    let mut fallback = None;
    while k < last {
        let item = &frame.items[k];
        // "that a tired Smith could say": no demonstrative.
        let joins = item.is("that") && frame.get(k + 1).is_some_and(|n| n.classes.determiner());
        let starts = phrases::subject_pronoun(item)
            || phrases::nominal(item) && !item.mark() && !item.possessive_s() && !joins;
        if !starts {
            k += 1;
            continue;
        }
        let end = phrases::end(frame, k).clamp(k + 1, last.max(k + 1));
        let governed = k > 0 && {
            let b = &frame.items[k - 1];
            b.classes.preposition() || b.classes.complementizer() && !b.classes.relative()
        };
        if !governed && can_speak(frame, &(k..end)) && !time_phrase(&frame.items[k..end]) {
            if acts(frame, end) {
                return Some(k..end);
            }
            fallback = fallback.or(Some(k..end));
        }
        k = end;
    }
    fallback
}

/// The name alone, where a verb in -s that ends a short sentence was taken for its last word: "Roe | shrugs."
pub fn without_beat(frame: &Frame<'_>, items: Items) -> Items {
    let last = items.end - 1;
    let verb = &frame.items[last];
    let name = last > items.start && frame.items[items.start..last].iter().all(|n| n.capital() || n.is("."));
    let beat = !verb.capital() && verb.noun.is_none() && verb.lower.ends_with('s') && verb.pos == Pos::Noun;
    let next = frame.get(items.end);
    let ends = next.is_none_or(|n| n.mark() || n.classes.preposition() || n.pos == Pos::Adv);
    let joined = next.is_some_and(|n| n.is("and"))
        && frame.get(items.end + 1).is_some_and(|n| n.lower.ends_with('s') && !n.capital());
    let other = frame.items.iter().any(|n| n.pos == Pos::Aux || n.pos == Pos::Verb && !n.gerund());
    let (ends, other) = (ends || joined, other && !joined);
    if name && beat && ends && !other { items.start..last } else { items }
}

/// Whether a phrase counts somebody ("12 people", "more than 40 towns") rather than says who spoke.
pub fn counted(frame: &Frame<'_>, items: &Items) -> bool {
    let words = &frame.items[items.clone()];
    let number = |n: &Item<'_>| n.text.starts_with(|c: char| c.is_ascii_digit()) || n.pos == Pos::Num;
    words.iter().take(4).any(|n| number(n) && !n.is("one")) && !words.iter().any(|n| n.capital())
}

/// Whether a verb follows a subject that ends at `end`, or an apposition does.
fn acts(frame: &Frame<'_>, end: usize) -> bool {
    let next = (end..frame.items.len().min(end + 3)).find(|&k| {
        let n = &frame.items[k];
        !(n.classes.adverb() || n.pos == Pos::Adv)
    });
    next.is_some_and(|k| {
        let n = &frame.items[k];
        n.pos == Pos::Aux
            || n.pos == Pos::Verb && !n.gerund()
            || n.classes.auxiliary()
            || n.is(",")
            || n.is("(")
            || n.classes.relative()
    })
}

fn time_phrase(items: &[Item<'_>]) -> bool {
    items.iter().all(|n| {
        n.classes.weekday() || n.classes.time() || n.classes.determiner() || n.pos == Pos::Num || n.mark()
    })
}

/// Where an adverbial at the frame's head ends: "On Monday, | Smith", "After he lost, | Smith".
fn adverbial_end(frame: &Frame<'_>, first: usize, i: usize) -> Option<usize> {
    let head = frame.get(first)?;
    let adverbial = head.classes.preposition()
        || head.classes.subordinator()
        || head.classes.weekday()
        || head.lower.ends_with("ing")
        || head.lower.ends_with("ed");
    if !adverbial {
        return None;
    }
    (first..i.min(first + 25)).find(|&k| frame.items[k].is(",")).map(|k| past_adverbials(frame, k + 1, i))
}

/// Past the adverbials that follow one whose comma stands before `from`: "in Ulm, | Sarland, after the vote, | Smith".
fn past_adverbials(frame: &Frame<'_>, from: usize, limit: usize) -> usize {
    let mut end = from;
    for _ in 0..ADVERBIALS {
        let comma = (end..limit.min(end + 25)).find(|&k| frame.items[k].is(","));
        let Some(next) = comma.filter(|&k| goes_on(frame, end, k)) else { break };
        end = next + 1;
    }
    end
}

/// Whether an adverbial goes on between two commas, from item `from` to the comma `end`: "in Ulm, | Sarland, |
/// Smith", "on Monday, | after the vote, | Smith".
fn goes_on(frame: &Frame<'_>, from: usize, end: usize) -> bool {
    let (Some(opener), Some(next)) = (frame.get(from), frame.get(end + 1)) else { return false };
    let before = from.checked_sub(2).map(|b| &frame.items[b]);
    let place = before.is_some_and(|b| b.capital() && !b.classes.weekday() && b.noun.is_none())
        && frame.items[from..end].iter().all(|n| n.capital() || n.is("."))
        && end - from <= 3
        && (next.capital() || phrases::subject_pronoun(next) || next.classes.preposition());
    let clause = opener.classes.preposition() || opener.classes.subordinator() && !opener.is("that");
    place || clause && end - from > 1
}

/// The subject of the clause with "when" or "where" that a participle ends: "in Ulm, where sailors stood, |
/// shouting". One without its comma may be anybody's: "Smith left as sailors stood, shouting".
fn clause_beside(frame: &Frame<'_>, i: usize) -> Option<Items> {
    let comma = i.checked_sub(1).filter(|&c| frame.items[c].is(",") && frame.items[i].gerund())?;
    let opener = (comma.saturating_sub(CLAUSE).max(1)..comma)
        .rev()
        .take_while(|&k| !frame.items[k].is(",") && frame.items[k].quote.is_none())
        .find(|&k| frame.items[k].is("when") || frame.items[k].is("where"))?;
    if !frame.items[opener - 1].is(",") {
        return None;
    }
    // "where about 50 sailors".
    let about = frame.get(opener + 1).is_some_and(|n| n.classes.preposition());
    let first = opener + 1 + usize::from(about && frame.get(opener + 2).is_some_and(|n| n.pos == Pos::Num));
    let found = first..phrases::end(frame, first);
    (!found.is_empty() && can_speak(frame, &found) && acts(frame, found.end)).then_some(found)
}

/// The phrase that stands right before a colon and alone in its clause: "From the report:", "- Roe:".
pub fn before_colon(frame: &Frame<'_>, colon: usize) -> Option<Items> {
    let found = subject_ending(frame, colon.checked_sub(1)?)?;
    let alone = match found.start.checked_sub(1).map(|b| &frame.items[b]) {
        None => true,
        Some(b) => b.is("from") || matches!(b.text, "-" | "—" | "–" | "--" | "," | "/"),
    };
    (alone && can_speak(frame, &found)).then_some(found)
}

/// "The man Roe fired | said": not Roe, but whom he fired. `verb` is the item before the cue.
pub fn contact_clause(frame: &Frame<'_>, verb: usize) -> Option<Items> {
    let item = &frame.items[verb];
    let inner =
        subject_ending(frame, verb.checked_sub(1).filter(|_| item.pos == Pos::Verb && !item.gerund())?)?;
    let name = inner.clone().find(|&k| k > inner.start && frame.items[k].capital())?;
    let of_a_noun = frame.items[inner.start].classes.determiner() && !frame.items[name - 1].capital();
    let names = frame.items[name..inner.end].iter().all(|n| n.capital() || n.is("."));
    (of_a_noun && names && phrases::head(&frame.items[name - 1])).then_some(inner.start..name)
}

/// A source that the article gives in marks: `a [senior source] said`.
pub fn marked_source(frame: &Frame<'_>, quote: usize) -> Option<Items> {
    let article = quote.checked_sub(1).filter(|&b| frame.items[b].classes.determiner())?;
    if frame.items[quote].quote.is_none() || frame.get(quote + 1).is_some_and(Item::gerund) {
        return None;
    }
    let marked = frame.items[quote].text.trim_matches(|c: char| !c.is_alphanumeric());
    let noun = marked.split_whitespace().last().and_then(|w| reporting::speaker_noun(&w.to_lowercase()));
    let short = marked.split_whitespace().count() <= 4 && marked.starts_with(char::is_lowercase);
    (short && noun.is_some()).then_some(article..quote + 1)
}

/// The name behind a dash that ends the frame: "[quote] - Jane Roe".
pub fn signed(frame: &Frame<'_>, dash: usize) -> Option<Items> {
    let is_dash = |i: &Item<'_>| matches!(i.text, "-" | "—" | "–" | "--" | "―" | "~");
    frame.get(dash).filter(|d| is_dash(d))?;
    let found = noun_phrase_from(frame, dash + 1)?;
    let named = frame.items[found.clone()].iter().any(|n| n.capital());
    let rest = &frame.items[found.end..];
    let apposition =
        rest.first().is_none_or(|r| r.mark()) && rest.len() <= 12 && !rest.iter().any(|r| r.pos == Pos::Verb);
    (named && apposition && found.len() <= 8).then_some(found)
}
