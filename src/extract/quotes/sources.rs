//! Sources: whose words a cue reports.
//!
//! Looks for the cue's subject: behind it when the order is inverted ("said Smith"), else before it,
//! past adverbs, relative clauses and appositions; a participle ("adding that ...") or a verb after
//! "and" shares the subject of the verb before it.

use super::antecedents::{antecedent, owner_of_clause};
use super::appositions::{clause_opener, past_apposition};
use super::cues::{Items, Report, is_be};
use super::frames::{Frame, Item};
use super::subjects::{MARKED, contact_clause, marked_source, shared_subject};
use super::{headlines, phrases, relatives, relays, unnamed};
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
    if let Some(quoted) = relays::quoted(frame, i) {
        return (Some(quoted), relays::RULE);
    }
    let gap = skip_back(frame, i);
    // "Asked about it, Smith said": a participle without its auxiliary.
    let asked = unnamed::participle(frame, i, verb);
    let bare = !gap.passive && bare_passive(frame, i, verb);
    if (gap.passive || asked || bare || named_in_passing(frame, i, verb)) && !frame.items[i].gerund() {
        return match by_phrase(frame, i) {
            // "a ferry described by Roe as [a ruin]": what is told stands in marks, and nothing else does.
            Some(by) if bare => (Some(by), "participle, by"),
            // What is said stands before an agent behind the words.
            Some(by) if frame.items[i..by.start].iter().any(|n| n.quote.is_some()) => {
                (Some(by), "passive, agent behind the words")
            }
            Some(by) => (Some(by), "passive, by"),
            None => (None, unnamed::PASSIVE),
        };
    }
    if let Some(marked) = i.checked_sub(1).and_then(|b| marked_source(frame, b)) {
        return (Some(marked), MARKED);
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
        // "with one user writing": a subject of its own.
        if let Some(own) = subject_ending(frame, j).filter(|s| can_speak(frame, s))
            && frame.items[i].gerund()
            && own.start.checked_sub(1).is_some_and(|w| frame.items[w].is("with"))
        {
            return (Some(own), "subject before");
        }
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
        return match past_apposition(frame, j).or_else(|| clause_opener(frame, j)) {
            Some(s) => (Some(s), "past apposition"),
            None => shared("shared subject"),
        };
    }
    if let Some(owner) = owner_of_clause(frame, j) {
        return (Some(owner), "subject before");
    }
    match subject_ending(frame, j).filter(|s| !behind_marks(frame, s)) {
        Some(s) => match relatives::bare_subject(frame, &s, i) {
            Some(own) => (Some(own), "subject before"),
            None => (Some(antecedent(frame, s)), "subject before"),
        },
        None => match contact_clause(frame, j) {
            Some(s) => (Some(s), "subject before"),
            None => shared("shared subject"),
        },
    }
}

/// A participle that gives its noun a name between commas, as others do: "The player, dubbed [the eel] by fans, scored".
fn named_in_passing(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let comma = i.checked_sub(1).is_some_and(|b| frame.items[b].is(","));
    let small = |n: &&Item<'_>| n.is("as") || n.is("a") || n.is("an") || n.is("the");
    let marked = i + 1 + frame.items[i + 1..].iter().take(2).take_while(small).count();
    let agent = frame.get(marked).is_some_and(|n| n.quote.is_some()) && by_behind_words(frame, i).is_some();
    verb.naming && comma && agent && frame.items[i].past()
}

/// Whether a participle stands for a passive without its auxiliary: "a man accused of murder", "tenants told to
/// leave", "a plan criticized by Roe", and behind its clause "court told".
fn bare_passive(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let item = &frame.items[i];
    let Some(next) = frame.get(i + 1) else { return item.is("told") && i > 0 };
    let object =
        matches!(verb.lemma, "accuse" | "tell" | "urge" | "order" | "instruct" | "remind" | "inform");
    let direct = matches!(verb.lemma, "accuse" | "inform");
    // "Jury told of horror": headlines tell the present, and leave out that somebody was told.
    let told = matches!(verb.lemma, "tell" | "warn") && next.is("of") && headlines::unended(frame);
    item.past()
        && (told
            || object && next.is("to")
            || direct && (next.is("of") || next.quote.is_some())
            || next.is("by") && (verb.naming || direct))
}

/// Where the subject of the verb at item `i` must end.
pub fn before_verb(frame: &Frame<'_>, i: usize) -> Option<usize> {
    skip_back(frame, i).at
}

/// Whether the phrase says where something in marks is: "sailors at a [rope day] in | Ulm".
fn behind_marks(frame: &Frame<'_>, items: &Items) -> bool {
    items.start >= 2
        && frame.items[items.start - 1].classes.preposition()
        && frame.items[items.start - 2].quote.is_some()
}

/// Where the helpers and adverbs before the verb at item `i` begin.
pub fn verbs_from(frame: &Frame<'_>, i: usize) -> usize {
    skip_back(frame, i).at.map_or(0, |j| j + 1)
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
    // "according to her," but "according to her lawyer".
    let alone = frame.get(first + 1).is_none_or(|n| n.mark() || n.quote.is_some());
    if alone && frame.get(first).is_some_and(|n| n.classes.oblique()) {
        return Some(first..first + 1);
    }
    noun_phrase_from(frame, first)
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
    let mut past_to = false;
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
        // "who has in the past called it".
        if item.is("past") && j >= 3 && frame.items[j - 2].is("the") && frame.items[j - 3].is("in") {
            j -= 3;
            gap.moved = true;
            continue;
        }
        let direct = i - j < 4;
        if is_be(item) && item.pos != Pos::Part {
            gap.be = true;
            // "is reported to have told": the helper is another verb's.
            gap.passive |= past && direct && !past_to;
        }
        past_to |= item.is("to");
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
        || next.is("@")
        || phrases::leads_noun(frame, i + 1)
        || phrases::aged(frame, i + 1).is_some()
        || words::is_role_modifier(next.text)
        || matches!(next.pos, Pos::Adj | Pos::Noun)
            && frame.get(i + 2).is_some_and(|n| n.capital() || n.noun.is_some())
        || phrases::subject_pronoun(next)
        || next.classes.determiner() && !next.is("that")
        || next.noun.is_some()
        || next.classes.indefinite()
        // "said grieving mother Ann Roe".
        || described_name(frame, i + 1)
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

/// Whether a name with what its bearer is stands at `first`: "sad mum Ann Roe", "worried father Tom Roe".
fn described_name(frame: &Frame<'_>, first: usize) -> bool {
    let describes = |n: &&Item<'_>| {
        !n.capital()
            && (matches!(n.pos, Pos::Adj | Pos::Noun) || n.pos == Pos::Verb && (n.gerund() || n.past()))
    };
    let words = frame.items[first..].iter().take(3).take_while(describes).count();
    words > 0 && frame.get(first + words).is_some_and(|n| n.capital() && n.pos == Pos::Propn)
}

fn after_cue(frame: &Frame<'_>, i: usize) -> Option<Items> {
    noun_phrase_from(frame, i + 1)
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
fn by_phrase(frame: &Frame<'_>, i: usize) -> Option<Items> {
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
fn by_behind_words(frame: &Frame<'_>, i: usize) -> Option<usize> {
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
