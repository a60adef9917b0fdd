//! Sources: whose words a cue reports.
//!
//! Looks for the cue's subject: behind it when the order is inverted ("said Smith"), else before it,
//! past adverbs, relative clauses and appositions; a participle ("adding that ...") or a verb after
//! "and" shares the subject of the verb before it.

use super::cues::{Items, Report, is_be};
use super::frames::Frame;
use super::phrases;
use super::subjects::shared_subject;
use crate::annotate::Pos;
use crate::lexicon::reporting::CueVerb;
use crate::lexicon::words;

/// How far back a clause is looked through for its subject.
pub const REACH: usize = 60;

/// The source of the cue at item `i`, and the rule that found it, or why there is none.
pub fn source(
    frame: &Frame<'_>,
    i: usize,
    verb: &CueVerb,
    before: &[Report],
) -> (Option<Items>, &'static str) {
    let gap = skip_back(frame, i);
    // "Asked about it, Smith said": a participle without its auxiliary.
    let asked = i == 0 && frame.items[i].past() && verb.addressee;
    if (gap.passive || asked) && !frame.items[i].gerund() {
        return match by_phrase(frame, i) {
            Some(by) => (Some(by), "passive, by"),
            None => (None, "passive, no agent"),
        };
    }
    if !gap.moved
        && inverts(frame, i, verb)
        && let Some(right) = after_cue(frame, i)
    {
        return (Some(right), "inverted");
    }
    let shared = |rule| match shared_subject(frame, i, before) {
        Some(s) => (Some(s), rule),
        None => (None, "no subject"),
    };
    let Some(j) = gap.at else {
        return shared("subject after");
    };
    let item = &frame.items[j];
    if item.quote.is_some() {
        return shared("shared subject");
    }
    if item.classes.conjunction() || frame.items[i].gerund() && !gap.be {
        // "who was angry, saying": the participle's subject is the clause's.
        if let (true, Some(own)) = (frame.items[i].gerund(), subject_ending(frame, j))
            && !item.is(",")
            && !item.classes.conjunction()
            && !is_object(frame, &own)
        {
            return (Some(own), "subject before");
        }
        return shared("shared subject");
    }
    if item.classes.relative() {
        let mut end = j;
        while end > 0 && frame.items[end - 1].is(",") {
            end -= 1;
        }
        return match end.checked_sub(1).and_then(|e| subject_ending(frame, e)) {
            Some(s) => (Some(s), "relative clause"),
            None => shared("shared subject"),
        };
    }
    if item.is(",") || matches!(item.text, "—" | "–" | "--" | "-") {
        return match past_apposition(frame, j) {
            Some(s) => (Some(s), "past apposition"),
            None => shared("shared subject"),
        };
    }
    match subject_ending(frame, j) {
        Some(s) => (Some(antecedent(frame, s)), "subject before"),
        None => shared("shared subject"),
    }
}

/// Whether a verb governs the phrase: "issued a statement | saying".
fn is_object(frame: &Frame<'_>, items: &Items) -> bool {
    items.start.checked_sub(1).is_some_and(|b| {
        let before = &frame.items[b];
        // "sent out a statement saying".
        let verb = if before.is("out") && b > 0 { &frame.items[b - 1] } else { before };
        (verb.pos == Pos::Verb || verb.past()) && verb.quote.is_none()
    })
}

/// The phrase behind "according to" and its like.
pub fn after_preposition(frame: &Frame<'_>, first: usize) -> Option<Items> {
    let items = noun_phrase_from(frame, first)?;
    Some(items)
}

struct Gap {
    /// The item that the subject must end at.
    at: Option<usize>,
    moved: bool,
    passive: bool,
    be: bool,
}

/// Goes back from the cue over auxiliaries, adverbs, times and verbs that lead to it ("went on to").
fn skip_back(frame: &Frame<'_>, i: usize) -> Gap {
    let mut gap = Gap { at: None, moved: false, passive: false, be: false };
    let past = frame.items[i].past();
    let mut j = i;
    while j > 0 && i - j < REACH {
        let item = &frame.items[j - 1];
        if item.is("ago")
            && let Some(before) = before_ago(frame, j - 1)
        {
            j = before;
            gap.moved = true;
            continue;
        }
        let direct = i - j < 4;
        if is_be(item) && item.pos != Pos::Part {
            gap.be = true;
            gap.passive |= past && direct;
        }
        let leads = item.is("to")
            || item.classes.auxiliary()
            || item.classes.negation()
            || item.classes.adverb() && !(item.capital() && j == 1)
            || item.lower.ends_with("ly") && !item.capital() && item.noun.is_none()
            || item.pos == Pos::Adv && !item.capital()
            || raising(frame, j - 1);
        let weekday = item.classes.weekday() && j >= 2 && !frame.items[j - 2].is(",");
        let time = item.classes.time()
            && j >= 2
            && matches!(
                frame.items[j - 2].lower.as_ref(),
                "last" | "this" | "that" | "one" | "the" | "earlier"
            );
        if time {
            j -= 1;
        } else if !(leads || weekday) {
            break;
        }
        j -= 1;
        gap.moved = true;
    }
    gap.at = j.checked_sub(1);
    gap
}

/// Where "(less than) two weeks ago" begins, whose last word is item `ago`.
fn before_ago(frame: &Frame<'_>, ago: usize) -> Option<usize> {
    let mut k =
        ago.checked_sub(1).filter(|&k| frame.items[k].classes.time() || frame.items[k].pos == Pos::Noun)?;
    while k > 0 && ago - k < 6 {
        let item = &frame.items[k - 1];
        let counts = item.pos == Pos::Num
            || matches!(
                item.lower.as_ref(),
                "a" | "an"
                    | "few"
                    | "several"
                    | "less"
                    | "more"
                    | "than"
                    | "about"
                    | "some"
                    | "just"
                    | "only"
            );
        if !counts {
            break;
        }
        k -= 1;
    }
    (k > 0).then_some(k)
}

/// A verb that leads to the cue: "went on to say", "tried to argue", "refused to say".
fn raising(frame: &Frame<'_>, at: usize) -> bool {
    let item = &frame.items[at];
    let to = |i: usize| frame.get(i).is_some_and(|n| n.is("to"));
    (to(at + 1) || frame.get(at + 1).is_some_and(|n| n.is("on")) && to(at + 2))
        && (matches!(item.pos, Pos::Verb)
            || item.pos == Pos::X
                && (item.lower.ends_with("ed")
                    || matches!(
                        item.lower.as_ref(),
                        "went" | "goes" | "began" | "sought" | "wants" | "going"
                    )))
}

/// Whether the source may stand behind the cue: ", said Smith".
fn inverts(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let item = &frame.items[i];
    if item.gerund() || !verb.quotes || verb.addressee && verb.lemma != "ask" {
        return false;
    }
    let Some(next) = frame.get(i + 1) else { return false };
    let begins = next.capital()
        || phrases::subject_pronoun(next)
        || next.classes.determiner() && !next.is("that")
        || next.noun.is_some()
        || next.classes.indefinite()
        // "says engineer Jane Roe".
        || next.pos == Pos::Noun && frame.get(i + 2).is_some_and(|n| n.capital() && n.pos == Pos::Propn);
    if !begins || next.classes.weekday() || next.is("it") {
        return false;
    }
    match i.checked_sub(1).map(|b| &frame.items[b]) {
        None => frame.items[i + 1..].iter().any(|n| n.quote.is_some() || n.is(":")),
        Some(b) if b.quote.is_some() => true,
        // ", said Smith." but not "Smith, the mayor, said the city would".
        Some(b) if b.is(",") || matches!(b.text, "—" | "–" | "--") => {
            let after = phrases::end(frame, i + 1);
            frame.get(after).is_none_or(|n| n.is(",") || n.is(".") || n.classes.preposition() && n.is("of"))
                && past_apposition(frame, i - 1).is_none_or(|s| s.start > 0)
        }
        _ => false,
    }
}

fn after_cue(frame: &Frame<'_>, i: usize) -> Option<Items> {
    noun_phrase_from(frame, i + 1)
}

/// The phrase that begins at `first`, with what belongs to it: "a spokesman for the ministry".
pub fn noun_phrase_from(frame: &Frame<'_>, first: usize) -> Option<Items> {
    let item = frame.get(first)?;
    let begins =
        phrases::nominal(item) && !item.mark() || phrases::subject_pronoun(item) || phrases::head(item);
    if !begins {
        return None;
    }
    let mut end = phrases::end(frame, first);
    if end <= first {
        return None;
    }
    for _ in 0..4 {
        let joins = frame.get(end).is_some_and(|p| {
            matches!(p.lower.as_ref(), "of" | "for" | "from" | "at" | "in" | "with" | "by" | "on" | "and")
                && frame.items[first..end]
                    .iter()
                    .any(|n| n.noun.is_some() || p.is("of") || p.is("and") && n.capital())
        });
        let next = frame.get(end + 1);
        let on_a_day = next.is_none_or(|n| n.classes.weekday() || n.classes.occasion());
        if !joins || on_a_day || !next.is_some_and(|n| phrases::nominal(n) && !n.mark()) {
            break;
        }
        let further = phrases::end(frame, end + 1);
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
fn by_phrase(frame: &Frame<'_>, i: usize) -> Option<Items> {
    let by = (i + 1..(i + 8).min(frame.items.len()))
        .take_while(|&k| frame.items[k].quote.is_none() && !frame.items[k].is(","))
        .find(|&k| frame.items[k].is("by"))?;
    noun_phrase_from(frame, by + 1)
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
    let number = item.text.chars().all(|c| c.is_ascii_digit() || c == ',');
    if !phrases::head(item) || item.classes.weekday() && !item.capital() || number {
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
    let before = p.checked_sub(1)?;
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
    if !joins || !phrases::head(head) || head.classes.weekday() || head.classes.time() {
        return None;
    }
    let start = phrases::start(frame, before);
    let speaks =
        frame.items[start..=before].iter().any(|n| n.noun.is_some() || n.capital() || n.classes.indefinite());
    (speaks || prep.is("of")).then_some(start)
}

/// "the man who shot Smith said": not Smith but the man.
fn antecedent(frame: &Frame<'_>, found: Items) -> Items {
    // "a letter obtained by the Courier warns": not the Courier but the letter.
    if let Some(noun) = found.start.checked_sub(3)
        && frame.items[found.start - 1].is("by")
        && frame.items[found.start - 2].past()
        && let Some(owner) = subject_ending(frame, noun)
    {
        return owner;
    }
    // "officials briefed on the plan said", "a source speaking to the Courier said": not the plan, but who
    // was briefed.
    if let Some(noun) = found.start.checked_sub(3)
        && frame.items[found.start - 1].classes.preposition()
        && (frame.items[found.start - 2].past() || frame.items[found.start - 2].gerund())
        && frame.items[noun].noun.is_some()
        && !frame.items[noun].capital()
        && let Some(owner) = subject_ending(frame, noun)
    {
        return owner;
    }
    let Some(mut k) = found.start.checked_sub(1) else { return found };
    // Back over one verb and its helpers to the relative pronoun.
    let mut steps = 0;
    while k > 0 && steps < 8 {
        let item = &frame.items[k];
        if item.is("who") || item.is("that") && steps > 0 && frame.items[k - 1].noun.is_some() {
            return match subject_ending(frame, k - 1) {
                Some(s) if !frame.items[k - 1].is(",") => s,
                _ => found,
            };
        }
        if item.mark()
            || item.quote.is_some()
            || item.verb.is_some_and(|v| v.clause)
            || item.classes.conjunction()
        {
            return found;
        }
        k -= 1;
        steps += 1;
    }
    found
}

/// The phrase before an apposition or relative clause that ends with the comma at `comma`:
/// "Hugh Hill, a doctor who treated him, said".
fn past_apposition(frame: &Frame<'_>, comma: usize) -> Option<Items> {
    let lowest = comma.saturating_sub(REACH);
    let opens = |i: usize| frame.items[i].is(",") || matches!(frame.items[i].text, "—" | "–" | "--");
    let begin = (lowest..comma)
        .rev()
        .find(|&k| frame.items[k].quote.is_some() || frame.items[k].is(";") || frame.items[k].is(":"));
    let begin = begin.map_or(lowest, |b| b + 1);
    for k in begin..comma {
        if k == 0 || !opens(k) {
            continue;
        }
        let Some(found) = subject_ending(frame, k - 1) else { continue };
        let before = found.start.checked_sub(1).map(|b| &frame.items[b]);
        let governed = before.is_some_and(|b| {
            b.classes.preposition() && !b.is("as") || b.pos == Pos::Verb && !b.gerund() || b.is("-")
        });
        // "The ferry line, which was founded here, says": so told of, a thing that says something speaks.
        let told_of = found.start == 0
            && frame.items[0].classes.determiner()
            && frame.get(k + 1).is_some_and(|n| n.is("which") || n.is("whose"));
        if !governed && (told_of || can_speak(frame, &found)) {
            return Some(with_name_behind(frame, found, comma));
        }
    }
    None
}

/// A description with the name that follows it as an apposition: "the mayor's lawyer, Jon Reyes,".
fn with_name_behind(frame: &Frame<'_>, found: Items, comma: usize) -> Items {
    let described = frame.items[found.clone()].iter().any(|n| n.noun.is_some() && !n.capital())
        && frame.items[found.end..comma].first().is_some_and(|c| c.is(","));
    let name = found.end + 1..comma;
    let all_named = (2..=5).contains(&name.len())
        && frame.items[name.clone()].iter().all(|n| n.capital() || n.is(".") || n.is("-"));
    if described && all_named { found.start..comma } else { found }
}

/// Whether a phrase names somebody or something that speaks.
pub fn can_speak(frame: &Frame<'_>, items: &Items) -> bool {
    frame.items[items.clone()].iter().any(|n| {
        n.noun.is_some()
            || phrases::subject_pronoun(n)
            || n.classes.indefinite()
            || n.capital() && !n.classes.weekday() && !words::is_sentence_opener(n.text)
    })
}
