//! Noun phrases beside a cue: how far the words that name somebody reach.
//!
//! Reads parts of speech where the annotation has them, shapes and closed classes where not. Only
//! finds the borders; whether the phrase can speak is `complements`'s to judge.

use super::frames::{Frame, Item};
use crate::annotate::Pos;
use crate::lexicon::counting;
use crate::lexicon::{reporting, roles};

/// How many items a phrase may have.
const LONGEST: usize = 40;

/// Whether an item can stand inside a noun phrase.
pub fn nominal(item: &Item<'_>) -> bool {
    if item.quote.is_some() {
        return false;
    }
    if item.mark() {
        return matches!(item.text, "-" | "&" | "/" | "'" | "’" | "$" | "%" | "#" | "@" | "‑" | "–");
    }
    if item.possessive_s() {
        return true;
    }
    let adverbial = matches!(item.pos, Pos::Adv | Pos::Sconj | Pos::Cconj | Pos::Adp | Pos::Intj | Pos::Part)
        || item.pos == Pos::Verb && item.gerund();
    if item.capital() && !adverbial && !item.classes.nominative() && !item.classes.preposition() {
        return !(item.classes.auxiliary() || item.classes.subordinator() || item.classes.relative());
    }
    if item.classes.determiner() || item.classes.possessive() {
        return true;
    }
    let closed = item.classes.auxiliary()
        || item.classes.nominative()
        || item.classes.preposition()
        || item.classes.conjunction()
        || item.classes.subordinator()
        || item.classes.relative()
        || item.classes.complementizer()
        || item.classes.oblique();
    match item.pos {
        Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Det => !closed,
        Pos::X => !closed && item.verb.is_none() && !item.lower.ends_with("ly"),
        // "the leading candidate", "the elected sheriff": a participle before its noun.
        Pos::Verb => {
            let participle = (item.gerund() || item.past()) && item.verb.is_none_or(|v| !v.quotes);
            // "Smith's opponent", taken for a verb.
            (participle || noun_alone(item)) && !closed
        }
        // "Smith's ally", taken for an adverb.
        Pos::Adv => item.noun.is_some() && item.lower.ends_with("ly") && !closed,
        _ => false,
    }
}

/// Whether the word is a noun that speaks and no verb that does, whatever the tagger takes it for.
fn noun_alone(item: &Item<'_>) -> bool {
    item.noun.is_some() && item.verb.is_none() && !item.gerund()
}

/// Whether an item can be a phrase's last word: its head.
pub fn head(item: &Item<'_>) -> bool {
    nominal(item)
        && !item.mark()
        && !item.possessive_s()
        && !item.classes.possessive()
        && (!item.classes.determiner() || item.classes.indefinite() || item.pos == Pos::Num)
        && (item.noun.is_some() || !matches!(item.pos, Pos::Adj | Pos::Verb | Pos::Det))
        || item.classes.indefinite() && item.quote.is_none()
}

/// Whether the item at `i` can be a phrase's last word, with what stands before it: the "19-year-old".
pub fn closes(frame: &Frame<'_>, i: usize) -> bool {
    head(&frame.items[i])
        || joined(frame, i) && !frame.items[i].mark() && frame.items[i].pos != Pos::Verb
        || i.checked_sub(4).is_some_and(|first| aged(frame, first) == Some(i + 1))
}

/// Where the age ends that begins with item `i`, in words that may stand for who is so old: "19-year-old".
pub fn aged(frame: &Frame<'_>, i: usize) -> Option<usize> {
    let [number, dash, unit, join, old] = frame.items.get(i..i + 5)? else { return None };
    let number = number.pos == Pos::Num || number.text.starts_with(|c: char| c.is_ascii_digit());
    let joined = matches!(dash.text, "-" | "‑") && matches!(join.text, "-" | "‑");
    let unit = matches!(unit.lower.as_ref(), "year" | "month" | "week");
    (number && joined && unit && (old.is("old") || old.is("olds"))).then_some(i + 5)
}

/// Where the phrase begins that ends with item `last` and says how many of those who were asked: "| more than six in
/// 10", "| one in five".
pub fn polled(frame: &Frame<'_>, last: usize) -> Option<usize> {
    let number = |i: &Item<'_>| i.pos == Pos::Num || i.text.bytes().all(|b| b.is_ascii_digit());
    let one = last.checked_sub(2)?;
    let of = frame.items[one + 1].is("in");
    if !(of && number(&frame.items[last]) && number(&frame.items[one])) {
        return None;
    }
    let bounds = [
        "more", "than", "about", "nearly", "almost", "around", "some", "roughly", "fewer", "less", "just",
        "only",
    ];
    let bound = |k: &usize| bounds.contains(&frame.items[*k].lower.as_ref());
    Some((one.saturating_sub(3)..one).rev().take_while(bound).last().unwrap_or(one))
}

/// Whether a phrase says how old somebody is.
pub fn aged_in(frame: &Frame<'_>, items: &std::ops::Range<usize>) -> bool {
    items.clone().take(4).any(|i| aged(frame, i).is_some_and(|end| end <= items.end))
}

/// Whether the item is an adjective behind its noun with what belongs to it: "sources | close to Smith".
pub fn postpositive(frame: &Frame<'_>, i: usize) -> bool {
    let (Some(item), Some(next), Some(noun)) = (frame.get(i), frame.get(i + 1), i.checked_sub(1)) else {
        return false;
    };
    let adjective = item.pos == Pos::Adj && !item.capital() && item.noun.is_none();
    let noun = &frame.items[noun];
    (next.is("to") || next.is("with") || next.is("of")) && adjective && noun.noun.is_some()
        || item.is("close") && next.is("to") && (noun.noun.is_some() || noun.pos == Pos::Noun)
}

/// Whether the item is no verb but stands before its noun: "lead author", "crown court".
pub fn leads_noun(frame: &Frame<'_>, i: usize) -> bool {
    frame.items[i].is("crown") && frame.get(i + 1).is_some_and(|n| n.is("court"))
        || frame.items[i].is("lead")
            && frame.get(i + 1).is_some_and(|n| n.noun.is_some() || n.pos == Pos::Noun)
}

/// Whether a hyphen joins item `i` to the one before: "mother|-of-two", "then-|governor".
pub fn joined(frame: &Frame<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|b| &frame.items[b]) else { return false };
    let Some(item) = frame.get(i) else { return false };
    let hyphen = |n: &Item<'_>| matches!(n.text, "-" | "‑");
    let whole = before.quote.is_none() && item.quote.is_none() && before.span.end == item.span.start;
    // A number's minus and a dash that only leans on a word join nothing.
    let between = match (hyphen(before), hyphen(item)) {
        (false, true) => frame.get(i + 1).is_some_and(|n| n.span.start == item.span.end && !n.mark()),
        (true, false) => {
            i >= 2 && frame.items[i - 2].span.end == before.span.start && !frame.items[i - 2].mark()
        }
        _ => false,
    };
    whole && between
}

/// Whether an item is a pronoun that can be a subject.
pub fn subject_pronoun(item: &Item<'_>) -> bool {
    item.quote.is_none() && matches!(item.lower.as_ref(), "he" | "she" | "they" | "i" | "we" | "it" | "you")
}

/// Where the phrase that ends with item `last` begins, in the words directly before it.
pub fn start(frame: &Frame<'_>, last: usize) -> usize {
    let mut at = last;
    let limit = last.saturating_sub(LONGEST);
    while at > limit {
        let before = &frame.items[at - 1];
        let here = &frame.items[at];
        if joined(frame, at) {
            at -= 1;
            continue;
        }
        // A determiner opens a phrase, unless a possessor stands before it.
        if (here.classes.determiner() || here.classes.possessive())
            && !here.capital()
            && !before.possessive_s()
            && !before.classes.determiner()
        {
            break;
        }
        // The point of "Sen." or "J.": a sentence's end does not stand inside a frame.
        let abbreviation = before.is(".") && at >= 2 && here.capital();
        // "In Ulm 12 people": the number opens a phrase of its own.
        let counts = here.pos == Pos::Num
            && here.text.starts_with(|c: char| c.is_ascii_digit())
            && before.capital()
            && !index(before.text)
            && frame.items.get(at + 1).is_some_and(|n| !n.capital() && n.pos == Pos::Noun);
        if counts
            || at == 1 && clock(before)
            || at == 3 && frame.items[1].is(":") && clock(&frame.items[0]) && clock(before)
            || spaced_dash(before, here)
            || begins_contact_clause(frame, at, last)
            || is_verb_between(frame, at)
            || !(nominal(before) || abbreviation || leads_noun(frame, at - 1))
            || clause_opener(before, here, at - 1)
        {
            break;
        }
        at -= 1;
    }
    while at < last && (frame.items[at].mark() && !matches!(frame.items[at].text, "@" | "#" | "$")) {
        at += 1;
    }
    // "holding signs": a verb at the phrase's edge governs it; "the leading man" has his article before.
    while at < last
        && frame.items[at].pos == Pos::Verb
        && (frame.items[at].gerund() || !frame.items[at].capital())
        && !joined(frame, at + 1)
    {
        at += 1;
    }
    // "said that Smith": not a demonstrative.
    if at < last
        && frame.items[at].is("that")
        && (frame.items[at + 1].capital()
            || frame.items[at + 1].classes.determiner()
            // "a move that critics say": of several it would be "those".
            || counting::is_plural(frame.items[last].text)
            || at > 0 && verbal(frame, at - 1))
    {
        at += 1;
    }
    at
}

/// A name in capitals that has its number with it: "FTSE 100".
fn index(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The time, or a part of it, that opens an entry of a live page: "09.32", "10" and "42" of "10:42".
fn clock(item: &Item<'_>) -> bool {
    let time = item.text.trim_end_matches("am").trim_end_matches("pm");
    let digits = time.bytes().filter(u8::is_ascii_digit).count();
    let parts =
        time.split(['.', ':']).all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    parts && digits <= 4 && (digits == 2 || time.len() > digits)
}

/// Whether a dash stands apart from what follows it: no hyphen of a name.
fn spaced_dash(before: &Item<'_>, here: &Item<'_>) -> bool {
    matches!(before.text, "-" | "–" | "‑") && before.span.end < here.span.start
}

/// Whether the name at item `at` is the subject of a clause about the noun before it: "a charge | Smith denied".
fn begins_contact_clause(frame: &Frame<'_>, at: usize, last: usize) -> bool {
    let before = &frame.items[at - 1];
    // "a senior US official": no clause, a name among the words before a noun.
    let name = frame.items[at..=last].iter().all(|n| n.capital() || n.is("."));
    let noun = name
        && before.pos == Pos::Noun
        && !before.capital()
        && before.noun.is_none()
        && !roles::is_role(before.text);
    let article = at.checked_sub(2).is_some_and(|k| frame.items[k].is("a") || frame.items[k].is("an"));
    noun && (article || reporting::cue_noun(&before.lower).is_some())
}

/// Whether a verb that reports stands before the name at item `at` and has a subject: "Roe described | Smith's".
fn is_verb_between(frame: &Frame<'_>, at: usize) -> bool {
    let verb = &frame.items[at - 1];
    let named = at >= 2 && frame.items[at - 2].capital();
    named && verb.pos == Pos::Verb && verb.verb.is_some() && !verb.capital() && frame.items[at].capital()
}

/// Whether a clause with "that" may follow the item.
fn verbal(frame: &Frame<'_>, at: usize) -> bool {
    let item = &frame.items[at];
    item.verb.is_some() || item.pos == Pos::Verb || item.classes.oblique()
}

/// A capitalized word at the frame's head that is no part of a name: "Later Smith said".
fn clause_opener(before: &Item<'_>, here: &Item<'_>, at: usize) -> bool {
    at == 0
        && here.capital()
        && (before.classes.adverb()
            || before.classes.weekday()
            || before.pos == Pos::Adv
            || before.lower.ends_with("ly"))
}

/// Past a word in brackets between a rank and a name: "SP (City) | Roe".
fn bracketed(frame: &Frame<'_>, at: usize) -> Option<usize> {
    let [open, word, close, name] = frame.items.get(at..at + 4)? else { return None };
    let rank = at.checked_sub(1).map(|b| &frame.items[b]).is_some_and(|b| {
        let initials = b.text.len() <= 4 && b.text.bytes().all(|c| c.is_ascii_uppercase());
        initials || roles::is_title(b.text)
    });
    (rank && open.is("(") && word.capital() && close.is(")") && name.capital()).then_some(at + 3)
}

/// The end (exclusive) of the phrase that begins with item `first`.
pub fn end(frame: &Frame<'_>, first: usize) -> usize {
    let mut at = first;
    let limit = (first + LONGEST).min(frame.items.len());
    if first < limit && subject_pronoun(&frame.items[first]) {
        return first + 1;
    }
    let mut named = false;
    while at < limit {
        // "the 19-year-old said": no time, but who is so old.
        if let Some(past) = aged(frame, at) {
            (at, named) = (past, true);
            continue;
        }
        if let Some(past) = bracketed(frame, at).filter(|_| at > first) {
            at = past;
            continue;
        }
        // "the mother-of-two": one word, whatever its parts are.
        if at > first && joined(frame, at) {
            at += 1;
            continue;
        }
        let item = &frame.items[at];
        let abbreviation = item.is(".")
            && at > first
            && frame.items.get(at + 1).is_some_and(|n| n.capital())
            && frame.items[at - 1].capital();
        if !(nominal(item) || abbreviation || leads_noun(frame, at) && (at == first || item.is("crown"))) {
            break;
        }
        let verbal = !item.capital()
            && !item.is("crown")
            && (item.verb.is_some() && item.pos != Pos::Noun || item.pos == Pos::Verb && !noun_alone(item));
        // "said Smith Monday": the day is not his name; "said Smith last week" neither.
        // But "the Sunday Courier", "the Evening Post" are papers.
        let titled = item.capital()
            && at == first + 1
            && frame.items[first].is("the")
            && frame.items.get(at + 1).is_some_and(|n| n.capital() && !n.classes.weekday());
        // "a later briefing": the adverb belongs to the noun.
        let modifies = at > first && frame.items[at - 1].classes.determiner();
        let adverb = item.classes.adverb() && !modifies;
        let time = (item.classes.weekday() || item.classes.time() || adverb) && !titled;
        let opens_another = at > first
            && (item.classes.determiner() || item.classes.possessive())
            && !frame.items[at - 1].possessive_s()
            && !frame.items[at - 1].classes.determiner();
        if at > first && (verbal && named || time || opens_another) {
            break;
        }
        named |= item.capital() || item.noun.is_some() || item.pos == Pos::Noun;
        at += 1;
    }
    while at > first && (frame.items[at - 1].mark() || frame.items[at - 1].possessive_s()) {
        at -= 1;
    }
    at
}
