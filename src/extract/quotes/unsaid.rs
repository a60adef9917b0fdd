//! Unsaid: verbs of saying with which nothing is said: "would not say who", "needless to say", "asked not to be named",
//! and those that are denied: "did not mention".

use super::frames::{Frame, Item};
use crate::annotate::Pos;
use crate::finding::CueKind;
use crate::lexicon::reporting::CueVerb;

/// How many items name somebody behind "as" at most.
const NAME: usize = 6;

/// "The driver, identified as Ada Roe, was held": nobody says so here.
pub fn named_between_commas(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let comma = i.checked_sub(1).is_some_and(|b| frame.items[b].is(","));
    let name = frame.items[i + 1..].iter().take(NAME);
    let unmarked = name.clone().all(|n| n.quote.is_none());
    verb.naming && comma && unmarked && frame.items[i].past() && frame.get(i + 1).is_some_and(|n| n.is("as"))
}

/// "who asked not to be named", "declined to be identified": on what terms somebody spoke, nothing said.
pub fn asks_for_anonymity(frame: &Frame<'_>, i: usize) -> bool {
    let words = frame.items[i + 1..].iter().take(5).map(|n| n.lower.as_ref());
    let rest: Vec<&str> = words.filter(|w| !matches!(*w, "not" | "publicly" | "further")).collect();
    matches!(rest.as_slice(), ["to", "be", "named" | "identified" | "quoted", ..])
}

/// "needless to say": nobody does.
pub fn idle(frame: &Frame<'_>, i: usize) -> bool {
    let before = |words: &[&str]| {
        i >= words.len() && frame.items[i - words.len()..i].iter().zip(words).all(|(n, w)| n.is(w))
    };
    // ", say, five years".
    let example = frame.items[i].is("say")
        && i > 0
        && frame.items[i - 1].is(",")
        && frame.get(i + 1).is_some_and(|n| n.is(","));
    // "the two learned of a meeting": what they learned is no clause.
    let learns = frame.items[i].verb.is_some_and(|v| v.kind == CueKind::Thinking && !v.preposition)
        && frame.get(i + 1).is_some_and(|n| n.is("of"));
    let idiom = before(&["needless", "to"]) || before(&["suffice", "it", "to"]);
    example || idiom || leaves_open(frame, i) || learns
}

/// "would not say who", "have not disclosed how much": what was not said is no speech.
fn leaves_open(frame: &Frame<'_>, i: usize) -> bool {
    const OPEN: &[&str] = &["who", "whom", "what", "when", "where", "why", "how", "which", "whether", "if"];
    let open = frame.get(i + 1).is_some_and(|n| OPEN.iter().any(|word| n.is(word)));
    let says = frame.items[i]
        .verb
        .is_some_and(|verb| verb.kind != CueKind::Thinking && verb.kind != CueKind::Asking);
    open && says && negated(frame, i)
}

/// Whether the verb at item `i` is denied by what stands before it: "did not mention", "never spoke of", "has yet to
/// comment on", "without naming"; "neither Roe nor Vale mentioned".
pub fn negated(frame: &Frame<'_>, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).map(|b| &frame.items[b]);
    let to = before(1).is_some_and(|n| n.is("to"));
    let left = to && before(2).is_some_and(|n| matches!(n.lower.as_ref(), "yet" | "failed" | "fails"));
    let without = frame.items[i].gerund() && before(1).is_some_and(|n| n.is("without"));
    let neither = || frame.items[..i].iter().rev().take(6).any(|n| n.is("neither") || n.is("nobody"));
    negation(frame, i).is_some() || left || without || neither()
}

/// Where the helpers of the verb at item `i` begin, where one of them denies it: "| did not say".
pub fn negation(frame: &Frame<'_>, i: usize) -> Option<usize> {
    let not = |n: &Item<'_>| n.classes.negation() || n.text.ends_with("n't") || n.text.ends_with("n’t");
    let helps =
        |n: &Item<'_>| matches!(n.pos, Pos::Aux | Pos::Adv | Pos::Part) || n.classes.auxiliary() || not(n);
    let first = (0..i).rev().take(6).take_while(|&k| helps(&frame.items[k])).last()?;
    frame.items[first..i].iter().any(not).then_some(first)
}
