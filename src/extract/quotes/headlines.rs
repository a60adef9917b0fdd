//! Headlines: whose words they mark, in the shapes that papers give them.
//!
//! "Storm 'could close port' - forecasters", "Council 'misled' tenants, inquiry finds", "'It was hell': sailors tell
//! of voyage", "Mayor: ferry is 'a wreck'". The tagger knows few of their verbs, so shapes decide. A headline
//! ends without a full stop.

use super::cues::Items;
use super::frames::{Frame, Item};
use super::phrases;
use super::sources::{can_speak, subject_ending};
use crate::annotate::Pos;
use crate::lexicon::page_words;

/// How many items name the source of a headline at most.
const SOURCE: usize = 6;

/// The rule for words that open a headline, before a colon or dash.
pub const OPENS: &str = "headline that opens with words";

/// Whose words a headline marks.
#[derive(Debug)]
pub struct Headline {
    /// Who is credited, where it says.
    pub source: Option<Items>,
    /// The verb that does so, where there is one.
    pub cue: Option<usize>,
    /// The rule.
    pub rule: &'static str,
}

/// What the headline that the frame is says of the stretch at item `at`.
pub fn credit(frame: &Frame<'_>, at: usize) -> Option<Headline> {
    if frame.parent.is_some() || sentence(frame) {
        return None;
    }
    behind_dash(frame, at)
        .or_else(|| behind_comma(frame, at))
        .or_else(|| before_colon(frame, at))
        .or_else(|| quote_first(frame, at))
}

/// Whether the frame ends as a sentence of the running text does.
fn sentence(frame: &Frame<'_>) -> bool {
    frame.items.last().is_none_or(|last| {
        let end = last.text.trim_end_matches(['"', '”', '\'', '’', ')']);
        end.ends_with(['.', '!', '?', ':', ','])
    })
}

/// `Storm [could close port] - forecasters`.
fn behind_dash(frame: &Frame<'_>, at: usize) -> Option<Headline> {
    let end = frame.items.len();
    let dash = (at + 1..end).rev().take(SOURCE + 1).find(|&k| apart(frame, k))?;
    let source = dash + 1..end;
    let words = &frame.items[source.clone()];
    // "[She saved me] - teen thanks neighbour": behind words that stand first, the rest of the headline.
    let short = at > 0 || words.len() <= 3;
    let named = short && !words.is_empty() && words.iter().all(|n| phrases::nominal(n) && n.pos != Pos::Verb);
    let speaks = named && can_speak(frame, &source) && !label(frame, &source);
    speaks.then_some(Headline { source: Some(source), cue: None, rule: "headline's source behind a dash" })
}

/// `Council [misled] tenants, inquiry finds`.
fn behind_comma(frame: &Frame<'_>, at: usize) -> Option<Headline> {
    let cue = frame.items.len() - 1;
    let verb = frame.items[cue].verb.filter(|v| v.clause || v.quotes)?;
    let finite = frame.items[cue].lower != verb.lemma || verb.share >= 60;
    let source = subject_ending(frame, cue.checked_sub(1)?)?;
    let comma = source.start.checked_sub(1).filter(|&k| frame.items[k].is(","))?;
    let fits = finite && comma > at && source.len() <= SOURCE && can_speak(frame, &source);
    let rule = "headline's source behind a comma";
    fits.then_some(Headline { source: Some(source), cue: Some(cue), rule })
}

/// `Mayor: ferry is [a wreck]`.
fn before_colon(frame: &Frame<'_>, at: usize) -> Option<Headline> {
    let colon = (1..at.min(SOURCE)).find(|&k| frame.items[k].is(":"))?;
    let source = 0..colon;
    let words = &frame.items[source.clone()];
    let named = words.iter().all(|n| phrases::nominal(n) && n.verb.is_none());
    let speaks = named && colon + 1 < at && can_speak(frame, &source) && !label(frame, &source);
    speaks.then_some(Headline { source: Some(source), cue: None, rule: "headline's source before a colon" })
}

/// `[It was hell]: sailors tell of voyage`; whose the words are it may leave open.
fn quote_first(frame: &Frame<'_>, at: usize) -> Option<Headline> {
    let mark = frame.get(at + 1).filter(|n| at == 0 && (n.is(":") || apart(frame, 1)))?;
    let words = frame.items[at].text.split_whitespace().count();
    let end = (2..frame.items.len())
        .find(|&k| {
            let n = &frame.items[k];
            !phrases::nominal(n) || k > 2 && (n.verb.is_some() || n.pos == Pos::Verb)
        })
        .unwrap_or(frame.items.len());
    let acts = frame.get(end).is_some_and(|n| n.verb.is_some() || n.pos == Pos::Verb || n.pos == Pos::Aux);
    let source = 2..end.max(2);
    let owned = frame.items[source.clone()].iter().any(Item::possessive_s);
    let person = acts
        && !owned
        && !source.is_empty()
        && frame.items[source.clone()].iter().any(|n| n.noun.is_some() || plural_initials(n));
    if !(person || mark.is(":") && words > 2) {
        return None;
    }
    Some(Headline { source: person.then_some(source), cue: None, rule: OPENS })
}

/// "MPs", "TDs".
fn plural_initials(item: &Item<'_>) -> bool {
    item.text.strip_suffix('s').is_some_and(|n| n.len() > 1 && n.bytes().all(|b| b.is_ascii_uppercase()))
}

/// A dash with a space before and behind it.
fn apart(frame: &Frame<'_>, k: usize) -> bool {
    matches!(frame.items[k].text, "-" | "–" | "—" | "--")
        && k > 0
        && frame.items[k - 1].span.end < frame.items[k].span.start
        && frame.get(k + 1).is_some_and(|n| frame.items[k].span.end < n.span.start)
}

/// Whether the words are a page's label, not somebody: "EXCLUSIVE".
pub fn label(frame: &Frame<'_>, items: &Items) -> bool {
    let words: Vec<&str> = frame.items[items.clone()].iter().map(|n| n.lower.as_ref()).collect();
    page_words::is_label(&words.join(" "))
}
