//! Relatives: what is said of somebody or something in a clause about it: "a plan which critics say will fail",
//! "the man police say is responsible".
//!
//! What is said is of what the clause is about, and ends where the clause does: the sentence's own verb is the
//! writer's.

use std::iter::once;

use super::complements::subject_ending;
use super::content::clause_at;
use super::cues::{Items, Report};
use super::ends;
use super::frames::{Frame, Item};
use super::inserted::{finite, goes_on};
use super::{phrases, sources};
use crate::annotate::Pos;
use crate::lexicon::{counting, roles};

/// How many items a clause about something has at most.
const CLAUSE: usize = 60;

/// What the report `r` says where it stands in a clause about something; `None` where it does not.
pub fn content(frame: &Frame<'_>, reports: &[Report], r: usize, last: usize) -> Option<Vec<Items>> {
    let report = &reports[r];
    report.verb.filter(|v| v.clause && !v.naming)?;
    let begin = report.cue.end;
    let next = frame.get(begin).filter(|_| begin < last)?;
    let gap = finite(next, None) && !next.is("that") && next.quote.is_none();
    let about = about(frame, report, gap)?;
    // "a charge which Roe denied, left": nothing else is said. "What he said is": the sentence's own verb.
    if next.mark() || about.start == 0 && frame.items[0].is("what") {
        return Some(Vec::new());
    }
    if !gap && !clause_at(frame, begin, last) {
        return None;
    }
    let end = end(frame, report, begin, ends::end(frame, reports, r, begin, last));
    // "the town where he says": where it is, and nothing said of it.
    let opener = (!frame.items[about.start].is("where")).then_some(about);
    Some(opener.into_iter().chain(once(begin..end)).collect())
}

/// The words that stand for what the report says something of: "which", or "the man" where no word opens the
/// clause. `gap` is whether a verb without its subject follows the cue.
fn about(frame: &Frame<'_>, report: &Report, gap: bool) -> Option<Items> {
    let opener = opener(frame, report)?;
    let item = &frame.items[opener];
    match item.lower.as_ref() {
        "which" | "whom" | "who" | "where" => {
            // "in which Roe said": of the clause, and no word of it.
            let of = opener > 0 && frame.items[opener - 1].classes.preposition();
            (!of).then_some(opener..opener + 1)
        }
        "that" | "what" => gap.then_some(opener..opener + 1),
        _ => {
            let found = subject_ending(frame, opener).filter(|_| gap)?;
            let last = &frame.items[found.end - 1];
            let noun = matches!(last.pos, Pos::Noun | Pos::Propn | Pos::Pron);
            (noun && !phrases::subject_pronoun(last)).then_some(found)
        }
    }
}

/// The item before the source of a report, where that stands before its cue.
fn opener(frame: &Frame<'_>, report: &Report) -> Option<usize> {
    let source = report.source.as_ref().filter(|s| s.end <= report.cue.start)?;
    source.start.checked_sub(1).filter(|&k| report.rule == "subject before" && frame.items[k].quote.is_none())
}

/// Where the words of the report that begin at `begin` end, `last` at the latest, where it stands in a clause about
/// something: "which Roe called a wreck, | sank".
pub fn end(frame: &Frame<'_>, report: &Report, begin: usize, last: usize) -> usize {
    if report.rule == "relative clause" {
        // "The board, which says it knew nothing, | has sold".
        let which = sources::before_verb(frame, report.cue.start).filter(|_| begin < last);
        return which.and_then(|which| own_end(frame, which, begin, last)).unwrap_or(last);
    }
    let gap = frame.get(begin).is_some_and(|n| finite(n, None)) || report.verb.is_some_and(|v| v.naming);
    let about = about(frame, report, gap).filter(|_| begin < last);
    let antecedent = about.map(|a| if relative(frame, &a) { a.start } else { a.end });
    antecedent.and_then(|antecedent| own_end(frame, antecedent, begin, last)).unwrap_or(last)
}

/// Whether the words are a relative pronoun rather than a noun.
fn relative(frame: &Frame<'_>, about: &Items) -> bool {
    let first = &frame.items[about.start];
    about.len() == 1 && (first.classes.relative() || first.is("where") || first.is("what"))
}

/// Where the clause that was said, which begins at `begin`, ends before the sentence's own verb. What it is about
/// ends before item `antecedent`.
fn own_end(frame: &Frame<'_>, antecedent: usize, begin: usize, last: usize) -> Option<usize> {
    let limit = last.min(begin + CLAUSE);
    let set_off = antecedent > 0 && frame.items[antecedent - 1].is(",");
    if set_off {
        let verb = |k: usize| (k + 1..limit.min(k + 4)).find(|&v| frame.items[v].pos != Pos::Adv);
        // "that Roe, who was ill, had left": not before the clause has had its own verb.
        let that = frame.items[begin].is("that");
        let own = (begin..limit).find(|&k| finite(&frame.items[k], None)).filter(|_| that).unwrap_or(begin);
        return (own + 1..limit)
            .filter(|&k| frame.items[k].is(","))
            .find(|&k| verb(k).is_some_and(|v| finite(&frame.items[v], None)));
    }
    // Where the sentence has had its verb there is none to come.
    let head = antecedent.saturating_sub(CLAUSE);
    if frame.items[head..antecedent].iter().any(|n| finite(n, None)) {
        return None;
    }
    // Its own verbs stand together; the next helper without a subject of its own is the sentence's.
    let mut group = true;
    for k in begin..limit {
        let item = &frame.items[k];
        // "that he believes the board is": a clause inside has the next verb.
        let inner = item.is("that") || item.verb.is_some_and(|v| v.clause && v.quotes);
        if k > begin && inner {
            return None;
        }
        let helper = goes_on(item) && !item.possessive_s();
        group &= k == begin || helper || item.pos == Pos::Adv || item.classes.negation();
        let subject = frame.items[k - 1].classes.relative()
            || phrases::subject_pronoun(&frame.items[k - 1])
            || frame.items[k - 1].classes.conjunction()
            || frame.items[k - 1].is("to");
        // "was late | arrived": no verb of a clause stands behind its adjective.
        let verb = item.pos == Pos::Verb && !item.gerund() && frame.items[k - 1].pos == Pos::Adj;
        if !group && (helper || verb) && !subject {
            return Some(k);
        }
    }
    None
}

/// The bare plural that says something of the noun before it, where both were taken for one phrase: "the man |
/// police | say is". `found` is the phrase before the cue.
pub fn bare_subject(frame: &Frame<'_>, found: &Items, cue: usize) -> Option<Items> {
    let says = frame.items[cue].verb.is_some_and(|v| v.clause);
    let next = frame.get(cue + 1).filter(|n| says && goes_on(n) && !n.mark())?;
    let last = found.end - 1;
    let word = |k: usize| -> &Item<'_> { &frame.items[k] };
    let named = word(last).capital();
    let mut first = last;
    while first > found.start
        && if named { word(first - 1).capital() } else { word(first - 1).pos == Pos::Adj }
    {
        first -= 1;
    }
    let several =
        word(last).noun.is_some() && (counting::is_plural(word(last).text) || word(last).is("police"));
    let somebody = named || several || word(last).classes.indefinite();
    let head = first.checked_sub(1).filter(|&k| k > found.start).map(word)?;
    let thing = head.pos == Pos::Noun && !head.capital();
    // "the analyst Roe said was": he is one.
    let described = named && (head.noun.is_some() || roles::is_role(head.text));
    let determined = word(found.start).classes.determiner() || word(found.start).classes.possessive();
    (somebody && !described && thing && determined && next.quote.is_none()).then_some(first..found.end)
}
