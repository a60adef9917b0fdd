//! Headlines whose words stand without marks: "Fares to rise, minister warns", "PM: I will not resign", "Fares to
//! rise - minister".
//!
//! Nothing but the shape says that somebody spoke. So the source must be a noun that speaks or a person, not
//! the subject that papers put before a colon ("Storm Ada: schools to close"), and what is said a clause.

use super::complements::{can_speak, subject_ending};
use super::cues::Items;
use super::ends;
use super::frames::{Frame, Item};
use super::headlines::{apart, label};
use super::inserted::finite;
use super::phrases;
use crate::annotate::Pos;
use crate::finding::SpeakerForm;
use crate::lexicon::{names, outlets, page_words, roles, words};
use crate::span::Span;

/// How many items name the source at most.
const SOURCE: usize = 8;
/// Words in marks that are a clause by themselves.
const MARKED: usize = 3;

/// What a headline reports, and of whom.
#[derive(Debug)]
pub struct Clause {
    /// What is reported.
    pub content: Items,
    /// Who is credited.
    pub source: Items,
    /// The verb that does so, where there is one.
    pub cue: Option<usize>,
    /// The rule.
    pub rule: &'static str,
}

/// Tells where the person's name begins that ends where a span does.
pub type Person<'a> = &'a dyn Fn(Span) -> Option<usize>;

/// The clause that the headline `frame` reports.
pub fn clause(frame: &Frame<'_>, person: Person<'_>) -> Option<Clause> {
    let last = ends::sentence_end(frame);
    if frame.items[last.saturating_sub(1)..].iter().any(|i| i.is("?")) {
        return None;
    }
    before_colon(frame, last, person)
        .or_else(|| behind_dash(frame, last))
        .or_else(|| behind_comma(frame, last))
        .filter(|found| says(frame, &found.content))
}

/// `PM: I will not resign`; past a label ("EXCLUSIVE - PM:") and without the line behind a semicolon.
fn before_colon(frame: &Frame<'_>, last: usize, person: Person<'_>) -> Option<Clause> {
    let colon = (1..last.min(SOURCE + 1)).find(|&k| frame.items[k].is(":"))?;
    let end = (colon..last).find(|&k| frame.items[k].is(";")).unwrap_or(last);
    let content = colon + 1..end;
    if content.is_empty() || frame.items[..colon].iter().any(|n| n.quote.is_some()) {
        return None;
    }
    let first = (1..colon).find(|&k| apart(frame, k)).map_or(0, |k| k + 1);
    // "Roe to the council: I will stay", "Roe on fares: they will rise".
    let told = (first + 1..colon).find(|&k| matches!(frame.items[k].lower.as_ref(), "to" | "on" | "at"));
    let source = first..told.unwrap_or(colon);
    let named = names(frame, &source, person) && !topic(frame, &content, source.len() > 1);
    let speaks = named || outlets::known(&joined(frame, &source)).is_some() || speaking_noun(frame, &source);
    let rule = "headline's source before a colon";
    (speaks && !labelled(frame, &source)).then_some(Clause { content, source, cue: None, rule })
}

/// `Fares to rise - minister`.
fn behind_dash(frame: &Frame<'_>, last: usize) -> Option<Clause> {
    let first = last.saturating_sub(SOURCE + 1).max(1);
    let dash = (first..last.saturating_sub(1)).rev().find(|&k| apart(frame, k))?;
    let source = dash + 1..last;
    let rule = "headline's source behind a dash";
    // "SOURCES:" is a page's label, "- sources" is not.
    let sources = matches!(frame.items[last - 1].lower.as_ref(), "source" | "sources");
    (speaking_noun(frame, &source) && (sources || !labelled(frame, &source))).then_some(Clause {
        content: 0..dash,
        source,
        cue: None,
        rule,
    })
}

/// `Fares to rise, minister warns`.
fn behind_comma(frame: &Frame<'_>, last: usize) -> Option<Clause> {
    let cue = last.checked_sub(1)?;
    // "court told": who hears it.
    let verb = frame.items[cue].verb.filter(|v| (v.clause || v.quotes) && !frame.items[cue].is("told"))?;
    let finite = frame.items[cue].lower != verb.lemma || verb.share >= 60;
    let source = subject_ending(frame, cue.checked_sub(1)?)?;
    let comma = source.start.checked_sub(1).filter(|&k| frame.items[k].is(","))?;
    let fits = finite && source.len() <= SOURCE && can_speak(frame, &source);
    let rule = "headline's source behind a comma";
    fits.then_some(Clause { content: 0..comma, source, cue: Some(cue), rule })
}

/// Whether the words are a person's name, with what he is: "Former AG Jon Hale"; not "Ada Roe Endorses Jon Hale".
fn names(frame: &Frame<'_>, source: &Items, person: Person<'_>) -> bool {
    if source.is_empty() {
        return false;
    }
    let Some(begin) = person(frame.cover(source.start, source.end)) else { return false };
    let before = frame.items[source.clone()].iter().rev().find(|n| n.span.end <= begin && !n.is("."));
    before.is_none_or(|n| {
        n.noun.is_some()
            || roles::is_role(n.text)
            || roles::is_title(n.text)
            || names::is_honorific(&n.lower)
            || words::is_role_modifier(n.text)
            || n.text.bytes().all(|b| b.is_ascii_uppercase())
    })
}

/// Whether the words name who speaks by a noun, with what he is: "bank boss", "former minister", "study". Behind
/// "missing" or "murdered" it is of whom the news is; in capitals a group is: "Premier League: Ulm win".
fn speaking_noun(frame: &Frame<'_>, source: &Items) -> bool {
    let Some((noun, before)) = frame.items[source.clone()].split_last() else { return false };
    let Some(form) = noun.noun else { return false };
    let leads = |n: &Item<'_>| {
        n.is("-")
            || n.possessive_s()
            || n.noun.is_some()
            || matches!(n.pos, Pos::Noun | Pos::Propn | Pos::Num | Pos::X)
            || words::is_role_modifier(n.text)
    };
    let plain = noun.verb.is_none() || counts_as_document(&noun.lower) || before.is_empty();
    let titled = noun.capital() && !before.is_empty() && form == SpeakerForm::Group;
    let role_only = before.iter().all(|n| leads(n) && phrases::nominal(n));
    plain && !titled && role_only
}

/// Whether the words are a page's label, which has not spoken; a report and a poll have.
fn labelled(frame: &Frame<'_>, source: &Items) -> bool {
    let words = joined(frame, source);
    !counts_as_document(&words) && (label(frame, source) || page_words::is_line_label(&words))
}

/// The words in lower case, a space between them.
fn joined(frame: &Frame<'_>, items: &Items) -> String {
    let words: Vec<&str> = frame.items[items.clone()].iter().map(|n| n.lower.as_ref()).collect();
    words.join(" ")
}

fn counts_as_document(words: &str) -> bool {
    page_words::is_document_label(words)
}

/// Whether a full name before a colon is what the news is about: "Jon Hale: Police search his home". Somebody else
/// acts, and nobody says "I".
fn topic(frame: &Frame<'_>, content: &Items, full: bool) -> bool {
    let words = &frame.items[content.clone()];
    let others = words.iter().take(2).any(|n| n.noun.is_some() && n.verb.is_none());
    full && others && !words.iter().any(first_person)
}

fn first_person(item: &Item<'_>) -> bool {
    matches!(item.lower.as_ref(), "i" | "we" | "my" | "our" | "me" | "us")
}

/// Whether the words are a clause: "rates may fall", "fares to rise", "sack him". A heading ("a history of the ferry",
/// "how to vote") is none.
fn says(frame: &Frame<'_>, content: &Items) -> bool {
    let words = &frame.items[content.clone()];
    let Some(opener) = words.first() else { return false };
    let asks = matches!(
        opener.lower.as_ref(),
        "what" | "how" | "why" | "who" | "when" | "where" | "which" | "whose"
    );
    let own = words.iter().skip(1).position(|w| w.classes.relative()).map_or(words, |k| &words[..=k]);
    let acts = |i: usize| {
        let before = i.checked_sub(1).map(|b| &own[b]);
        finite(&own[i], before) || before.is_some_and(|b| b.is("to")) && own[i].pos == Pos::Verb
    };
    let marked = |w: &Item<'_>| w.quote.is_some() && w.text.split_whitespace().count() >= MARKED;
    let first = opener.quote.is_none() && words.iter().any(|w| w.is("i"));
    !asks && words.len() > 1 && (first || (0..own.len()).any(acts) || words.iter().any(marked))
}
