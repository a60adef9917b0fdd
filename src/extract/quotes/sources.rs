//! Sources: whose words a cue reports.
//!
//! Looks for the cue's subject: behind it when the order is inverted ("said Smith"), else before it,
//! past adverbs, relative clauses and appositions; a participle ("adding that ...") or a verb after
//! "and" shares the subject of the verb before it.

use super::antecedents::{antecedent, owner_of_clause, with_owner};
use super::appositions::{clause_opener, past_apposition};
use super::complements::{
    behind_marks, by_behind_words, by_phrase, can_speak, noun_phrase_from, subject_ending,
};
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
            Some(s) => (Some(with_owner(frame, s)), "past apposition"),
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

/// Where the helpers and adverbs before the verb at item `i` begin.
pub fn verbs_from(frame: &Frame<'_>, i: usize) -> usize {
    skip_back(frame, i).at.map_or(0, |j| j + 1)
}

/// Whether a verb governs the phrase: "issued a statement | saying".
fn is_object(frame: &Frame<'_>, items: &Items) -> bool {
    items.start.checked_sub(1).is_some_and(|b| {
        let before = &frame.items[b];
        // "sent out a statement saying".
        // "wrote to the council urging".
        let small = before.is("out") || before.is("to");
        let verb = if small && b > 0 { &frame.items[b - 1] } else { before };
        (verb.pos == Pos::Verb || verb.past()) && verb.quote.is_none()
    })
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
