//! Ends: where what a report says is over and the writer, or another source, goes on.

use super::cues::Report;
use super::frames::{Frame, Item};
use super::inserted::finite;
use super::phrases;
use crate::annotate::Pos;

/// How many items of the content are looked through for the writer's own turn.
const REACH: usize = 120;
/// How far into its phrase a noun that sums up may stand: "a bold and unexpected move".
const NOUN: usize = 5;

/// The item after the sentence's last word.
pub fn sentence_end(frame: &Frame<'_>) -> usize {
    let mut last = frame.items.len();
    while last > 0 && frame.items[last - 1].mark() && !matches!(frame.items[last - 1].text, ")" | "%") {
        last -= 1;
    }
    last
}

/// Where the content that begins at `begin` ends.
pub fn end(frame: &Frame<'_>, reports: &[Report], r: usize, begin: usize, last: usize) -> usize {
    // Another report that is not part of the content: ", adding that", ", and Jones said", ", Jones said".
    let first = reports.partition_point(|x| x.cue.start < begin);
    for (i, next) in reports.iter().enumerate().skip(first).take(12) {
        if i == r {
            continue;
        }
        // "the man who claimed Smith lied | said": the clause's owner goes on.
        let owner = reports[r].rule == "relative clause" && next.source == reports[r].source;
        let finite = !frame.items[next.cue.start - 1].is("to") && !frame.items[next.cue.start].gerund();
        if owner && finite && next.rule == "subject before" {
            return next.cue.start;
        }
        let at = next.extent().start.max(begin);
        let at = if next.rule.starts_with("shared") || next.source == reports[r].source {
            next.cue.start
        } else {
            at
        };
        let Some(k) = at.checked_sub(1).filter(|&k| k > begin) else { continue };
        let (item, earlier) = (&frame.items[k], &frame.items[k - 1]);
        if (item.is(",") || item.is("—")) && !opens_subordinate(frame, begin, k) {
            return k;
        }
        let comma = k.checked_sub(1 + usize::from(earlier.is("even"))).filter(|&c| frame.items[c].is(","));
        if let Some(comma) = comma.filter(|_| concedes(item) && !phrases::subject_pronoun(&frame.items[at])) {
            return comma;
        }
        if item.classes.conjunction() && (earlier.is(",") || next.rule.starts_with("shared")) {
            return if earlier.is(",") { k - 1 } else { k };
        }
    }
    (begin + 1..last.saturating_sub(1)).take(REACH).find(|&k| turns(frame, begin, k, last)).unwrap_or(last)
}

/// Whether a report begins at `at`.
pub fn starts_report(frame: &Frame<'_>, reports: &[Report], at: usize) -> bool {
    let skip = usize::from(frame.get(at).is_some_and(|n| n.classes.conjunction()));
    let first = reports.partition_point(|x| x.cue.end <= at);
    reports[first..].iter().take(2).any(|x| x.extent().start == at + skip || x.cue.start == at + skip)
}

/// Whether the writer's own words follow item `k`: ", but", ", drawing boos", ", a charge he denies".
fn turns(frame: &Frame<'_>, begin: usize, k: usize, last: usize) -> bool {
    let (item, next) = (&frame.items[k], &frame.items[k + 1]);
    item.is(";")
        || item.is(",")
            && (next.is("but")
                || next.classes.consequence() && !closed(frame, k + 1, last)
                || sums_up(frame, k + 1, last)
                || acts_anew(frame, begin, k, last))
}

/// Whether a comma ends the words from `from` on before the sentence does, so that the clause before them
/// may go on behind.
fn closed(frame: &Frame<'_>, from: usize, last: usize) -> bool {
    frame.items[from..last].iter().take(REACH).any(|i| i.is(","))
}

/// "a charge he denies", "a move that angered sailors": a noun for the whole clause, and a comment on it.
fn sums_up(frame: &Frame<'_>, at: usize, last: usize) -> bool {
    let words = &frame.items[at..last.min(at + REACH)];
    let article = words.first().is_some_and(|w| w.is("a") || w.is("an"));
    let Some(noun) = words.iter().take(NOUN).position(|w| w.classes.summative()).filter(|_| article) else {
        return false;
    };
    let comment = &words[noun + 1..];
    let clause = comment.first().is_some_and(|w| {
        w.classes.relative() || phrases::subject_pronoun(w) || phrases::nominal(w) && !w.mark()
    });
    clause && comment.iter().any(|w| finite(w, None) || w.verb.is_some()) && !closed(frame, at, last)
}

/// ", and left": a past tense that shares no helper with what was said ("he would return") is the speaker's
/// next deed.
fn acts_anew(frame: &Frame<'_>, begin: usize, comma: usize, last: usize) -> bool {
    let modal =
        |w: &str| matches!(w, "would" | "will" | "could" | "can" | "might" | "may" | "must" | "should");
    let first = frame.items[begin..comma].iter().find(|w| finite(w, None));
    let and = frame.items[comma + 1].is("and");
    let deed = frame.get(comma + 2).filter(|_| comma + 2 < last);
    and && first.is_some_and(|w| modal(&w.lower))
        && deed.is_some_and(|d| d.pos == Pos::Verb && d.past() && !d.gerund())
}

/// "although", "while": what two sources say against each other.
fn concedes(item: &Item<'_>) -> bool {
    matches!(item.lower.as_ref(), "although" | "though" | "while" | "whereas")
}

/// Whether all before the comma at `comma` is the subordinate clause or adverbial that opens the content:
/// "that although sales fell in March, when shops closed, | it".
fn opens_subordinate(frame: &Frame<'_>, begin: usize, comma: usize) -> bool {
    let opener = begin + usize::from(frame.items[begin].is("that"));
    let subordinate = |k: usize| {
        frame.get(k).is_some_and(|w| {
            (w.classes.subordinator() || w.classes.preposition() || w.classes.relative()) && !w.is("that")
        })
    };
    opener > begin
        && subordinate(opener)
        && (opener..comma).filter(|&k| frame.items[k].is(",")).all(|k| subordinate(k + 1))
}
