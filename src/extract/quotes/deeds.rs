//! Deeds: what the speaker did next, in words that share their subject with the report: "denied the charge and |
//! left the hall".
//!
//! A verb behind "and" may as well go on with what was said ("said the firm had lied and paid no tax"). It is the
//! speaker's where what was said has no verb of its tense to share a subject with.

use super::cues::Report;
use super::frames::{Frame, Item};
use super::inserted::finite;
use crate::annotate::Pos;

/// How many items of the content are looked through.
const REACH: usize = 120;
/// How many adverbs stand before a verb at most.
const ADVERBS: usize = 3;

/// Where the words of the report that begin at `begin` end because its source does something else, where it does.
pub fn next(frame: &Frame<'_>, report: &Report, begin: usize, last: usize) -> Option<usize> {
    let cue = &frame.items[report.cue.start];
    let behind = begin >= report.cue.end && begin + 1 < last;
    if report.noun() || report.source.is_none() || !behind {
        return None;
    }
    if cue.gerund() {
        return next_participle(frame, begin, last);
    }
    let that = usize::from(frame.items[begin].is("that"));
    let opens = &frame.items[begin];
    let clause = opens.classes.complementizer() || opens.classes.subordinator();
    let mut said = Said { clause, there: frame.items[begin + that].is("there"), ..Said::default() };
    for k in begin..last.min(begin + REACH) {
        let item = &frame.items[k];
        if k > begin
            && (item.is("and") || item.is("but"))
            && let Some(v) = verb_behind(frame, k, last)
            && (said.cannot_share(frame, report, v) || judges(frame, report, v) && said.finite > 0)
        {
            let comma = frame.items[k - 1].is(",") || frame.items[k - 1].is("—");
            return Some(if comma { k - 1 } else { k }).filter(|&end| end > begin);
        }
        said.takes(item, k.checked_sub(1).map(|b| &frame.items[b]));
    }
    None
}

/// Where the words of a participle end because another one follows: "praising the crew and | waving".
fn next_participle(frame: &Frame<'_>, begin: usize, last: usize) -> Option<usize> {
    let participle = |n: &Item<'_>| n.gerund() && n.pos == Pos::Verb;
    let verbal = |n: &Item<'_>| n.pos == Pos::Verb || n.pos == Pos::Aux || n.quote.is_some();
    let stop = (begin..last.min(begin + REACH)).find(|&k| verbal(&frame.items[k]))?;
    let and = stop.checked_sub(1).filter(|&k| k > begin && frame.items[k].is("and"))?;
    let comma = frame.items[and - 1].is(",");
    participle(&frame.items[stop]).then_some(if comma { and - 1 } else { and }).filter(|&end| end > begin)
}

/// The verb right behind the conjunction at item `and`, past its adverbs.
fn verb_behind(frame: &Frame<'_>, and: usize, last: usize) -> Option<usize> {
    let adverb = |n: &Item<'_>| n.pos == Pos::Adv || n.classes.adverb() && n.pos != Pos::Verb;
    let v = (and + 1..last.min(and + 2 + ADVERBS)).find(|&k| !adverb(&frame.items[k]))?;
    let item = &frame.items[v];
    let be = matches!(item.lower.as_ref(), "be" | "been" | "being" | "having");
    (item.quote.is_none() && finite(item, None) && !be).then_some(v)
}

/// What verbs a content has had so far.
#[derive(Debug, Default)]
struct Said {
    /// It opens as a clause: "that", "whether".
    clause: bool,
    /// Its subject is "there".
    there: bool,
    /// It has an infinitive: "to leave".
    infinitive: bool,
    /// How many finite verbs and helpers it has.
    finite: usize,
    /// The first of them is one like "would", and none follows but what goes with it.
    modal: bool,
    /// It has a helper that takes participles: "would be sold".
    helped: bool,
}

impl Said {
    fn takes(&mut self, item: &Item<'_>, before: Option<&Item<'_>>) {
        self.helped |= matches!(item.lower.as_ref(), "be" | "been" | "being" | "have" | "get" | "having");
        self.infinitive |= item.pos == Pos::Verb && before.is_some_and(|b| b.is("to"));
        let goes_with =
            before.is_some_and(|b| b.classes.auxiliary() || b.classes.negation() || b.pos == Pos::Adv);
        if finite(item, before) && !(self.modal && goes_with) {
            self.finite += 1;
            self.modal = self.finite == 1 && item.modal();
        }
    }

    /// Whether the verb at item `v` shares its subject with nothing that was said: no verb of its form stands
    /// there, or one that has no subject to share.
    fn cannot_share(&self, frame: &Frame<'_>, report: &Report, v: usize) -> bool {
        let verb = &frame.items[v];
        let cue = &frame.items[report.cue.start];
        let lexical = verb.pos == Pos::Verb && cue.past();
        let deed = lexical && verb.past();
        // "praised his calm and measured tone": no verb but an adjective.
        let adjective =
            deed && frame.get(v + 1).is_some_and(|n| matches!(n.pos, Pos::Noun | Pos::Adj) && !n.capital());
        match self.finite {
            0 if self.clause => false,
            0 if verb.pos == Pos::Aux || present(verb) && present(cue) => true,
            // Behind "to leave" only a form in -ed is surely none of the infinitive's.
            0 => (if self.infinitive { deed } else { lexical }) && !adjective && !self.helped,
            1 if self.modal => deed && !adjective && !self.helped,
            _ => lexical && self.there,
        }
    }
}

/// A verb in -s: "says".
fn present(item: &Item<'_>) -> bool {
    item.pos == Pos::Verb && item.lower.ends_with('s') && !item.lower.ends_with("ss")
}

/// "The judge said ... and | jailed him": who decides does so behind what he says.
fn judges(frame: &Frame<'_>, report: &Report, v: usize) -> bool {
    let decides =
        report.source.as_ref().is_some_and(|s| frame.items[s.clone()].iter().any(|n| n.classes.hearing()));
    decides && frame.items[v].classes.verdict()
}
