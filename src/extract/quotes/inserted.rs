//! Inserted reports: "The talks would resume, Smith said", "The talks, Smith said on Monday, would
//! resume", "The talks, according to Smith, would resume".
//!
//! What was said stands before such a report, and may go on behind it. What else can stand behind it
//! is the source's description ("said Smith, a lawyer") and the writer's own words ("dealing a blow to
//! the union"): neither was said.

use super::cues::{Items, Report};
use super::ends;
use super::frames::{Frame, Item};
use super::phrases;
use crate::annotate::Pos;

/// How many items a dateline has at most.
const DATELINE: usize = 16;
/// How many items a clause before its report has at most.
const CLAUSE: usize = 80;
/// How many items at its head are an adverbial rather than a clause.
const ADVERBIAL: usize = 8;
/// How often in a hundred a verb credits words that says what stands before it, whatever that looks like.
const SAYS: u8 = 80;
/// How many descriptions a source has at most: "Roe, 52, a lawyer, who lives in Ulm".
const DESCRIPTIONS: usize = 4;

/// What the report `r` says where it is inserted: the clause before it, and what goes on behind. `None`
/// where it is not.
pub fn content(frame: &Frame<'_>, reports: &[Report], r: usize, last: usize) -> Option<Vec<Items>> {
    let report = &reports[r];
    report.source.as_ref().or(report.hearer.as_ref()).filter(|_| report.rule != "shared subject")?;
    let before = before(frame, reports, r)?;
    let rest = if report.verb.is_none() || report.inverted() { report.extent().end } else { report.cue.end };
    let bound = bound(frame, report, rest, last)?;
    let words = &frame.items[before.clone()];
    let opener = words.first()?;
    // Before ", said Smith" only a clause stands, whatever its verb was taken for.
    let clause = report.verb.is_some() && report.inverted() && words.len() > 2;
    // "Roe expects rain, Vale said": a verb in -s is easily taken for a noun.
    let third = |w: &Item<'_>| w.pos == Pos::Noun && w.verb.is_some_and(|v| w.lower != v.lemma);
    // And "Lightning struck twice, Vale said": behind so many words a verb of saying leaves no doubt.
    let says = report.verb.is_some_and(|v| v.share >= SAYS && v.clause) && report.rule == "subject before";
    let opens = !(opener.classes.preposition() || opener.classes.subordinator() || opener.classes.weekday());
    let clause = clause
        || bound == last && report.verb.is_some() && words.iter().skip(1).any(third)
        || bound == last && says && opens && words.len() > 2 && !words.iter().any(|w| w.is(","));
    let complete =
        clause || words.iter().enumerate().any(|(i, w)| finite(w, i.checked_sub(1).map(|b| &words[b])));
    let behind = (bound + 1 < last).then(|| tail(frame, reports, r, complete, rest..bound, last)).flatten();
    // "On Monday, Smith said": an adverbial is no clause, nor is "When asked, Smith said".
    let adverbial = opener.classes.preposition() && words.len() < ADVERBIAL;
    // "Asked if she would go, Roe said no": what she was asked is none of her words.
    if opener.past() && opener.verb.is_some_and(|v| v.addressee) && report.verb.is_some() {
        return None;
    }
    let subordinate = opener.classes.subordinator() && !opener.is("that") && !words.iter().any(|w| w.is(","));
    // "When asked about it, Roe shrugged".
    let asked = subordinate && words.get(1).is_some_and(|w| w.past() && w.verb.is_some_and(|v| v.addressee));
    if behind.is_none() && (!complete || adverbial || asked) || subordinate && bound > rest {
        return None;
    }
    // "In Ulm, Hale, the mayor, said": the description of a subject, and the clause only where there is one.
    if report.rule == "past apposition" && (!complete || subordinate || adverbial) {
        return None;
    }
    // "On Monday, Smith said in Ulm, the ferry sank": the day is when he said it; without the "in Ulm", when it
    // sank.
    if report.verb.is_some() && adverbial && !complete && bound > rest {
        return None;
    }
    Some(std::iter::once(before).chain(behind).collect())
}

/// The words before the report and its comma, back to where the clause or sentence begins. A stretch that
/// closes them, its comma inside the marks, is one of them: `The talks were [over,] Smith said`.
fn before(frame: &Frame<'_>, reports: &[Report], r: usize) -> Option<Items> {
    let begin = reports[r].extent().start;
    let mut comma = begin.checked_sub(1)?;
    // "The talks, as Smith admits, were over".
    if comma > 0 && frame.items[comma].is("as") && breaks(&frame.items[comma - 1]) {
        comma -= 1;
    }
    let marked = frame.items[comma].quote.is_some();
    let mut clause = clause_start(frame, comma);
    if marked {
        // `[We came,] she said, and it was [late,] he said`: from behind the report before.
        let closed = |x: &&Report| frame.get(x.extent().end).is_some_and(|n| n.is(","));
        let earlier = reports[..r].iter().rev().take(4).filter(closed).map(|x| x.extent().end + 1);
        clause = earlier.filter(|&k| k < comma).fold(clause, usize::max);
    } else if !breaks(&frame.items[comma]) {
        return None;
    }
    let end = if marked { comma + 1 } else { comma };
    (clause < comma).then_some(clause..end)
}

/// Where the clause that ends before item `end` begins: behind a semicolon or dateline.
pub fn clause_start(frame: &Frame<'_>, end: usize) -> usize {
    let semicolon = (end.saturating_sub(CLAUSE)..end).rev().find(|&k| frame.items[k].is(";"));
    semicolon.map_or_else(|| past_dateline(frame), |k| k + 1)
}

/// Where the report ends with the words that belong to it ("told reporters in Ulm on Monday"): at a comma
/// or the sentence's end. `None` where what it reports follows.
fn bound(frame: &Frame<'_>, report: &Report, rest: usize, last: usize) -> Option<usize> {
    let stops = |k: &usize| breaks(&frame.items[*k]) || report.verb.is_some() && !adverbial(frame, *k);
    let stop = (rest..last).find(stops).unwrap_or(last);
    (stop == last || breaks(&frame.items[stop])).then_some(stop)
}

/// A comma, or a dash that does the work of one.
fn breaks(item: &Item<'_>) -> bool {
    matches!(item.text, "," | "—" | "–" | "--")
}

/// What behind an inserted report is still said. `said` are the items between cue or source and the comma
/// before the tail.
fn tail(
    frame: &Frame<'_>,
    reports: &[Report],
    r: usize,
    complete: bool,
    said: Items,
    last: usize,
) -> Option<Items> {
    let report = &reports[r];
    let bare = said.is_empty();
    let described = report.inverted() || report.verb.is_none() || !bare;
    let mut from = said.end + 1;
    for _ in 0..DESCRIPTIONS {
        let Some(end) = description(frame, from, last, described) else { break };
        if end + 1 >= last {
            return None;
        }
        from = end + 1;
    }
    let subordinate = usize::from(frame.items[from].classes.subordinator());
    if ends::starts_report(frame, reports, from + subordinate)
        || complete && comments(frame, from, last, bare)
    {
        return None;
    }
    Some(from..ends::end(frame, reports, r, from, last))
}

/// Where a description of the source or of whom it told ends, whose first item is `from`: "a lawyer", "who
/// lives in Ulm", "52". Only a relative clause is one behind a bare "Smith said".
fn description(frame: &Frame<'_>, from: usize, last: usize, noun: bool) -> Option<usize> {
    let end = (from..last).find(|&k| breaks(&frame.items[k])).unwrap_or(last);
    let first = &frame.items[from];
    if first.classes.relative() && !first.is("that") {
        return Some(end);
    }
    let words = &frame.items[from..end];
    let own = words.iter().position(|w| w.classes.relative()).map_or(words, |k| &words[..k]);
    let verb = own
        .iter()
        .enumerate()
        .any(|(i, w)| phrases::subject_pronoun(w) || finite(w, i.checked_sub(1).map(|b| &own[b])));
    let opens = phrases::nominal(first) && !first.gerund() && (first.pos != Pos::Verb);
    (noun && opens && !verb).then_some(end)
}

/// Where what is said begins behind "According to Roe,": past her age ("41,"), what she is ("a pilot,") or does
/// ("who lives in Ulm,"); "the ferry," is what is spoken of.
pub fn past_description(frame: &Frame<'_>, from: usize, last: usize) -> usize {
    let Some(first) = frame.get(from).filter(|_| from < last) else { return from };
    let aged = first.pos == Pos::Num || first.text.bytes().all(|b| b.is_ascii_digit());
    let told = aged || first.is("a") || first.is("an") || first.is("who") || first.is("whose");
    let end = description(frame, from, last, true).filter(|_| told);
    let goes_on = |k: usize| frame.get(k + 1).is_some_and(|n| !n.classes.relative() && !n.mark());
    end.filter(|&k| k + 1 < last && frame.items[k].is(",") && goes_on(k)).map_or(from, |k| k + 1)
}

/// Whether a verb goes on with a clause that an inserted report interrupts: ", would resume", ", was late".
pub fn goes_on(item: &Item<'_>) -> bool {
    item.pos == Pos::Aux || item.classes.auxiliary() || item.classes.be()
}

/// Words that only ever go on with what was said.
fn joins(item: &Item<'_>) -> bool {
    item.classes.conjunction() || matches!(item.lower.as_ref(), "to" | "because" | "if" | "unless" | "until")
}

/// Whether the words behind a whole clause and its report are the writer's: "dealing a blow to the union",
/// "although guns were still heard", and behind a day ("said on Monday") any circumstance.
fn comments(frame: &Frame<'_>, from: usize, last: usize, bare: bool) -> bool {
    let first = &frame.items[from];
    let next = frame.get(from + 1).filter(|_| from + 1 < last);
    let concedes = |i: &Item<'_>| matches!(i.lower.as_ref(), "although" | "though" | "while" | "whereas");
    let participle = first.past() && next.is_some_and(|n| n.classes.preposition());
    let passive = participle || next.is_some_and(|n| n.is("by"));
    first.gerund() && !first.classes.preposition() && first.pos == Pos::Verb
        || passive && !goes_on(first) && first.pos != Pos::Noun
        || concedes(first)
        || first.is("even") && next.is_some_and(concedes)
        || !bare && !goes_on(first) && !joins(first) && first.pos != Pos::Verb
}

/// Whether a word is a finite verb, as far as it and the word before tell.
pub fn finite(word: &Item<'_>, before: Option<&Item<'_>>) -> bool {
    let owns = word.possessive_s() && word.pos != Pos::Aux;
    let helper = word.pos == Pos::Aux || (word.classes.auxiliary() || word.classes.be()) && !owns;
    let infinitive = before.is_some_and(|b| b.is("to"));
    helper && !infinitive || word.pos == Pos::Verb && !word.gerund() && !infinitive
}

/// The item behind a dateline: "ULM, May 3 (Star) - | The talks", "(Star) — | The talks", "ULM — | The talks".
pub fn past_dateline(frame: &Frame<'_>) -> usize {
    let dash = |k: &usize| matches!(frame.items[*k].text, "-" | "—" | "–" | "--");
    let Some(k) = (1..frame.items.len().min(DATELINE)).filter(dash).find(|&k| {
        // A hyphen inside a name has no space beside it.
        frame.items[k - 1].span.end < frame.items[k].span.start
            && frame.get(k + 1).is_some_and(|n| frame.items[k].span.end < n.span.start)
    }) else {
        return 0;
    };
    let agency = frame.items[k - 1].is(")");
    let place = frame.items[0].text.chars().filter(|c| c.is_uppercase()).count() > 1
        && !frame.items[0].text.contains(char::is_lowercase);
    let opens = frame.items[0].capital() || frame.items[0].is("(");
    if opens && (agency || place) { k + 1 } else { 0 }
}

/// Whether the item can belong to an adverbial behind a cue: "on Monday", "in a statement", "of the plan".
pub fn adverbial(frame: &Frame<'_>, k: usize) -> bool {
    let item = &frame.items[k];
    item.quote.is_none()
        && !matches!(item.pos, Pos::Aux | Pos::Sconj)
        && !item.classes.auxiliary()
        && !item.classes.relative()
        && (!matches!(item.pos, Pos::Verb) || item.gerund() || item.capital())
        && !phrases::subject_pronoun(item)
}
