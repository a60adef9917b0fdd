//! Headlines: whose words they mark, in the shapes that papers give them.
//!
//! "Storm 'could close port' - forecasters", "Council 'misled' tenants, inquiry finds", "'It was hell': sailors tell
//! of voyage", "Mayor: ferry is 'a wreck'". The tagger knows few of their verbs, so shapes decide. A headline
//! ends without a full stop.

use super::complements::{can_speak, subject_ending};
use super::credited::Credited;
use super::cues::Items;
use super::frames::{Frame, Item};
use super::phrases;
use crate::annotate::Pos;
use crate::finding::Cue;
use crate::lexicon::{page_words, reporting};

/// How many items name the source of a headline at most.
const SOURCE: usize = 6;

/// The rule for words that open a headline, before a colon or dash.
pub const OPENS: &str = "headline that opens with words";
/// The rule for a source behind a dash.
pub const BEHIND_A_DASH: &str = "headline's source behind a dash";

/// Whose words a headline marks.
#[derive(Debug)]
pub struct Headline {
    /// Who is credited, where it says.
    pub source: Option<Items>,
    /// Who is told, where that is all it says: "court hears".
    pub hearer: Option<Items>,
    /// The verb that does so, where there is one.
    pub cue: Option<usize>,
    /// The rule.
    pub rule: &'static str,
}

impl Headline {
    /// Who is credited, in spans of the text.
    pub fn credited(&self, frame: &Frame<'_>) -> Credited {
        let span = |items: Items| frame.cover(items.start, items.end);
        let reason = self.source.is_none().then_some("words without a cue");
        Credited {
            source: self.source.clone().map(span),
            cue: self.cue.and_then(|k| cue(frame, k)),
            addressee: self.hearer.clone().map(span),
            rule: self.rule,
            reason,
            ..Credited::default()
        }
    }
}

/// Whom a headline credits without more ado.
pub fn credited(frame: &Frame<'_>, source: Items, cue: Option<usize>, rule: &'static str) -> Credited {
    Headline { source: Some(source), hearer: None, cue, rule }.credited(frame)
}

fn cue(frame: &Frame<'_>, k: usize) -> Option<Cue> {
    let item = &frame.items[k];
    let verb = item.verb.or_else(|| reporting::hearing_verb(&item.lower))?;
    Some(Cue { span: item.span, lemma: verb.lemma.to_string(), kind: verb.kind })
}

/// What the headline that the frame is says of the stretch at item `at`.
/// A full stop may end it where it is the `heading` of the article.
pub fn credit(frame: &Frame<'_>, at: usize, heading: bool) -> Option<Headline> {
    if frame.parent.is_some() || sentence(frame) && !heading {
        return None;
    }
    behind_dash(frame, at)
        .or_else(|| heard(frame, at))
        .or_else(|| behind_comma(frame, at))
        .or_else(|| before_colon(frame, at))
        .or_else(|| quote_first(frame, at))
}

/// Whether the frame may be a headline, because no sentence ends so: without a stop, in words of its own.
pub fn unended(frame: &Frame<'_>) -> bool {
    frame.parent.is_none() && !sentence(frame)
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
    speaks.then_some(Headline { source: Some(source), hearer: None, cue: None, rule: BEHIND_A_DASH })
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
    fits.then_some(Headline { source: Some(source), hearer: None, cue: Some(cue), rule })
}

/// `Council [failed] tenants, tribunal hears`: who was told, and by nobody named.
fn heard(frame: &Frame<'_>, at: usize) -> Option<Headline> {
    let cue = frame.items.len() - 1;
    let hears = &frame.items[cue];
    reporting::hearing_verb(&hears.lower).or(hears.verb.filter(|v| v.lemma == "tell" && hears.is("told")))?;
    let hearer = subject_ending(frame, cue.checked_sub(1)?)?;
    let comma = hearer.start.checked_sub(1).filter(|&k| frame.items[k].is(","))?;
    let fits = comma > at && hearer.len() <= SOURCE && can_speak(frame, &hearer);
    let rule = "headline's words that were heard";
    fits.then_some(Headline { source: None, hearer: Some(hearer), cue: Some(cue), rule })
}

/// `Mayor: ferry is [a wreck]`.
fn before_colon(frame: &Frame<'_>, at: usize) -> Option<Headline> {
    let colon = (1..at.min(SOURCE)).find(|&k| frame.items[k].is(":"))?;
    let source = 0..colon;
    let words = &frame.items[source.clone()];
    let named = words.iter().all(|n| phrases::nominal(n) && n.verb.is_none());
    let speaks = named && colon + 1 < at && can_speak(frame, &source) && !label(frame, &source);
    let rule = "headline's source before a colon";
    speaks.then_some(Headline { source: Some(source), hearer: None, cue: None, rule })
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
    Some(Headline { source: person.then_some(source), hearer: None, cue: None, rule: OPENS })
}

/// "MPs", "TDs".
fn plural_initials(item: &Item<'_>) -> bool {
    item.text.strip_suffix('s').is_some_and(|n| n.len() > 1 && n.bytes().all(|b| b.is_ascii_uppercase()))
}

/// A dash with a space before and behind it.
pub fn apart(frame: &Frame<'_>, k: usize) -> bool {
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
