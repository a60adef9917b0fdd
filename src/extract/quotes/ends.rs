//! Ends: where what a report says is over and the writer, or another source, goes on.

use super::content::clause_at;
use super::cues::Report;
use super::frames::{Frame, Item};
use super::inserted::finite;
use super::{complements, deeds, phrases, sources, unnamed};
use crate::annotate::Pos;
use crate::finding::CueKind;
use crate::lexicon::counting;

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
    let end = next_report(frame, reports, r, begin).unwrap_or_else(|| {
        let turn = (begin + 1..last.saturating_sub(1)).take(REACH).find(|&k| turns(frame, begin, k, last));
        turn.unwrap_or(last)
    });
    let end = fronted(frame, &reports[r], begin, end).unwrap_or(end);
    deeds::next(frame, &reports[r], begin, end).unwrap_or(end)
}

/// Where another report begins that is not part of the content: ", adding that", ", and Jones said", ", Jones said".
fn next_report(frame: &Frame<'_>, reports: &[Report], r: usize, begin: usize) -> Option<usize> {
    let first = reports.partition_point(|x| x.cue.start < begin);
    for (i, next) in reports.iter().enumerate().skip(first).take(12) {
        if i == r {
            continue;
        }
        // "the man who claimed Smith lied | said": the clause's owner goes on.
        let owner = reports[r].rule == "relative clause" && next.source == reports[r].source;
        let finite = !frame.items[next.cue.start - 1].is("to") && !frame.items[next.cue.start].gerund();
        if owner && finite && next.rule == "subject before" {
            return Some(next.cue.start);
        }
        let at = next.extent().start.max(begin);
        let same = next.source.is_some() && next.source == reports[r].source;
        let shared = same || next.rule.starts_with("shared");
        // "and | has now admitted": with the helpers before it.
        let at = if shared { verbs_from(frame, begin, next.cue.start) } else { at };
        let Some(k) = at.checked_sub(1).filter(|&k| k > begin) else { continue };
        let (item, earlier) = (&frame.items[k], &frame.items[k - 1]);
        if (item.is(",") || item.is("—")) && !opens_subordinate(frame, begin, k) {
            return Some(k);
        }
        // "said: [We are sorry,] adding that".
        if shared && item.quote.is_some() && item.text.trim_end_matches(['"', '”', '\'', '’']).ends_with(',')
        {
            return Some(k + 1);
        }
        let comma = k
            .checked_sub(1 + usize::from(earlier.is("even")))
            .filter(|&c| c > begin + 1 && frame.items[c].is(","));
        if let Some(comma) = comma.filter(|_| concedes(item) && !phrases::subject_pronoun(&frame.items[at])) {
            return Some(comma);
        }
        let joined = next.rule.starts_with("shared") && agree(frame, &reports[r], next, begin);
        let set_off = matches!(earlier.text, "," | "—" | "--");
        if item.classes.conjunction() && (set_off || joined) {
            return Some(if set_off { k - 1 } else { k });
        }
    }
    None
}

/// Whether the cue of `next` may share its subject with that of `report`, and not with a verb of what was said, which
/// begins at `begin`: "said it was late and warned", but "said she was tired and wanted to go", "urged him to stay
/// and warn".
fn agree(frame: &Frame<'_>, report: &Report, next: &Report, begin: usize) -> bool {
    let (one, other) = (&frame.items[report.cue.start], &frame.items[next.cue.start]);
    let helper = &frame.items[next.cue.start - 1];
    if helper.pos == Pos::Aux {
        // "said the two had met and had told": the helper is that of what was said.
        return !frame.items[begin..next.cue.start - 1].iter().any(|i| i.lower == helper.lower);
    }
    let base = |i: &Item<'_>| i.verb.is_some_and(|v| i.is(v.lemma));
    let said = &frame.items[begin..next.cue.start];
    let thinks = |r: &Report| r.verb.is_some_and(|v| v.kind == CueKind::Thinking);
    let clause = said.iter().enumerate().any(|(k, w)| finite(w, k.checked_sub(1).map(|b| &said[b])));
    // "calling him a liar and said": a participle hands over to its clause's verb; "noting gains and continued
    // losses" does not.
    let behind = frame.get(next.cue.end);
    let adjective = behind.is_some_and(|n| n.pos == Pos::Noun);
    let quoted = said.iter().any(|w| w.quote.is_some());
    let hands_over = one.gerund() && (other.gerund() || !clause && !adjective) || other.gerund() && quoted;
    let same = !one.gerund() && !other.gerund() && base(one) == base(other);
    // "was [a triumph] and wished him well": the words in marks close what was said.
    let closed = next.cue.start >= 2 && frame.items[next.cue.start - 2].quote.is_some();
    let goes_on = clause && thinks(next) && !thinks(report) && !closed;
    hands_over || same && !goes_on
}

/// Where the verb at item `cue` begins with its helpers; behind "would" it goes on with what was said.
fn verbs_from(frame: &Frame<'_>, begin: usize, cue: usize) -> usize {
    let first = sources::verbs_from(frame, cue).max(begin);
    if frame.items[first..cue].iter().any(Item::modal) { cue } else { first }
}

/// Where what is said ends in a clause that opens the sentence: "When Roe said the ferry was late, | the board".
fn fronted(frame: &Frame<'_>, report: &Report, begin: usize, last: usize) -> Option<usize> {
    let first = report.extent().start.min(report.cue.start);
    let head = first.checked_sub(1).map(|k| &frame.items[k]);
    let opens = match head {
        // "Asked whether it was late, | Roe said".
        None => unnamed::unnamed(report) && report.hearer.is_none(),
        Some(h) => {
            let alone = first == 1
                || first == 2 && (frame.items[0].classes.conjunction() || frame.items[0].is("even"));
            h.classes.subordinator() && !h.is("that") && alone
        }
    };
    let limit = last.min(begin + REACH);
    let clause = (begin + 1..limit)
        .filter(|&k| opens && frame.items[k].is(","))
        .find(|&k| clause_at(frame, k + 1, last) || main_clause(frame, k + 1, last));
    clause.or_else(|| awaited(frame, report, begin, limit))
}

/// Where a participle set off from the sentence's subject ends before its verb: "Roe, asked if it was late, | left".
fn awaited(frame: &Frame<'_>, report: &Report, begin: usize, last: usize) -> Option<usize> {
    let cue = report.cue.start;
    let passive = report.rule.starts_with("passive") && report.hearer.is_none();
    let participle = frame.items[cue].gerund() || passive;
    let comma = (cue.saturating_sub(2)..cue).find(|&k| frame.items[k].is(",")).filter(|_| participle)?;
    if frame.items[comma.saturating_sub(REACH)..comma].iter().any(|w| finite(w, None) || w.quote.is_some()) {
        return None;
    }
    (begin + 1..last).filter(|&k| frame.items[k].is(",")).find(|&k| {
        let next = frame.get(k + 1).filter(|_| k + 1 < last);
        next.is_some_and(|n| finite(n, None))
    })
}

/// Whether somebody acts from item `k` on: "the board sold".
fn main_clause(frame: &Frame<'_>, k: usize, last: usize) -> bool {
    let Some(subject) = complements::noun_phrase_from(frame, k).filter(|s| s.end < last) else {
        return false;
    };
    let verb = &frame.items[subject.end];
    let first = &frame.items[k];
    let opens = first.capital()
        || first.classes.determiner()
        || first.classes.possessive()
        || subject.len() == 1 && counting::is_plural(first.text);
    opens && finite(verb, None) && frame.get(subject.end + 1).is_some_and(|n| !n.is("by") && !n.is(","))
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
    let first = frame.items[begin..comma].iter().find(|w| finite(w, None));
    let and = frame.items[comma + 1].is("and");
    let deed = frame.get(comma + 2).filter(|_| comma + 2 < last);
    and && first.is_some_and(Item::modal)
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
