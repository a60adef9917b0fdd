//! Relatives: who speaks where the words beside the cue only tell of him: "the man who shot Smith said", "officials
//! briefed on the plan said", "a letter obtained by the Courier warns".

use super::complements::{can_speak, subject_ending};
use super::cues::Items;
use super::frames::Frame;
use super::phrases;
use crate::annotate::Pos;

/// How many items a clause with "who" between a subject and its verb may have.
const RELATIVE: usize = 16;

/// Who is told of with what stands behind him: "a letter obtained by the Courier warns".
pub fn antecedent(frame: &Frame<'_>, found: Items) -> Items {
    // "a letter obtained by the Courier warns": not the Courier but the letter.
    if let Some(verb) = found.start.checked_sub(2)
        && frame.items[found.start - 1].is("by")
        // "officers shot at by Smith".
        && let verb = if frame.items[verb].classes.preposition() { verb.saturating_sub(1) } else { verb }
        && verb > 0
        && (frame.items[verb].past() || frame.items[verb].pos == Pos::Verb && verb + 2 < found.start)
        && let Some(owner) = subject_ending(frame, verb - 1)
    {
        return owner;
    }
    // "doctors treating the boy said": not the boy, but who treats him.
    if let Some(owner) = who_does(frame, &found) {
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
    found
}

/// Who does to the words what the participle before them says: "| doctors | treating the boy".
fn who_does(frame: &Frame<'_>, found: &Items) -> Option<Items> {
    let verb = found.start.checked_sub(1).filter(|&v| v > 0 && frame.items[v].gerund())?;
    let plain = frame.items[verb].verb.is_none_or(|v| !v.quotes) && frame.items[verb].pos == Pos::Verb;
    subject_ending(frame, verb - 1).filter(|o| plain && can_speak(frame, o))
}

/// The words with who does what to them: "| the officer leading the inquiry, Ada Roe |, said".
pub fn with_owner(frame: &Frame<'_>, found: Items) -> Items {
    who_does(frame, &found).map_or(found.clone(), |owner| owner.start..found.end)
}

/// Whose clause with "who" or "that" ends with item `last`: "the man who shot Smith | said", "those who had seen
/// it | said". Not Smith, but the man.
pub fn owner_of_clause(frame: &Frame<'_>, last: usize) -> Option<Items> {
    // "voters who hope she | said": the clause beside the cue has its own.
    if matches!(frame.items[last].lower.as_ref(), "he" | "she" | "they" | "i" | "we") {
        return None;
    }
    let found = subject_ending(frame, last);
    let lowest = last.saturating_sub(RELATIVE).max(1);
    for k in (lowest..=last).rev() {
        let item = &frame.items[k];
        let inner = matches!(item.text, "$" | "%" | "'" | "’" | ".") || phrases::joined(frame, k);
        if item.quote.is_some() || item.mark() && !inner || item.classes.conjunction() {
            return None;
        }
        // "those who think Smith said": a clause of its own.
        let clause = item.verb.is_some_and(|v| v.clause) && found.as_ref().is_some_and(|f| f.start == k + 1);
        if clause || item.classes.complementizer() && !item.classes.relative() {
            return None;
        }
        let head = &frame.items[k - 1];
        // "activists who demanded that voters | said".
        if item.is("that") && head.noun.is_none() {
            return None;
        }
        let relative = item.is("who") || item.is("that") && head.noun.is_some();
        if !relative || k == last || head.mark() {
            continue;
        }
        let verb = (k + 1..=last).find(|&v| {
            let n = &frame.items[v];
            !(n.classes.adverb() || n.classes.negation() || n.pos == Pos::Adv)
        })?;
        let verb = &frame.items[verb];
        let acts = verb.classes.auxiliary()
            || verb.classes.be()
            || verb.past()
            || matches!(verb.pos, Pos::Verb | Pos::Aux);
        if !acts {
            return None;
        }
        return if head.is("those") { Some(k - 1..k) } else { subject_ending(frame, k - 1) };
    }
    None
}
