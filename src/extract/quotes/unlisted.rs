//! Unlisted: verbs that stand as a cue without being listed as one: `[quote] , Smith cracked`, `[quote ,] bristled
//! Smith`. Only their place tells.

use super::complements;
use super::cues::{Report, is_be};
use super::frames::Frame;
use crate::annotate::Pos;
use crate::lexicon::reporting;

/// How many items before the words in marks may hold no other verb of saying.
const REACH: usize = 60;

/// A verb that stands as a cue without being listed: `[quote] , Smith cracked`, `Smith cracked, [Quote]`.
pub fn unlisted(frame: &Frame<'_>, i: usize, before: &[Report]) -> Option<Report> {
    let item = &frame.items[i];
    if item.pos != Pos::Verb || item.gerund() || item.capital() || is_be(item) {
        return None;
    }
    if let Some(report) = unlisted_inverted(frame, i) {
        return Some(report);
    }
    let after = frame.get(i + 1);
    let ends = after
        .is_none_or(|n| n.mark() || n.classes.adverb() || n.classes.weekday() || n.lower.ends_with("ly"));
    // "Smith shot back, [Quote]".
    let back = usize::from(after.is_some_and(|n| n.is("back")));
    let introduces = frame.get(i + 1 + back).is_some_and(|n| n.is(","))
        && frame
            .get(i + 2 + back)
            .is_some_and(|q| q.quote.is_some() && q.text.chars().nth(1).is_some_and(char::is_uppercase));
    let subject = complements::subject_ending(frame, i.checked_sub(1)?)?;
    let closes = subject.start.checked_sub(1).is_some_and(|b| {
        let quote = &frame.items[b];
        ends && quote.quote.is_some() && !frame.items[..b].iter().rev().take(REACH).any(|w| w.verb.is_some())
    });
    let fits = introduces || closes;
    if !fits
        || !complements::can_speak(frame, &subject)
        || before.iter().rev().take(4).any(|r| r.source.as_ref() == Some(&subject))
    {
        return None;
    }
    Some(Report {
        cue: i..i + 1,
        verb: Some(&reporting::UNLISTED),
        source: Some(subject),
        hearer: None,
        rule: "unlisted verb",
    })
}

/// `[quote ,] bristled Smith`: right behind a whole stretch, with who spoke behind it.
fn unlisted_inverted(frame: &Frame<'_>, i: usize) -> Option<Report> {
    let comma = i.checked_sub(1).filter(|&b| frame.items[b].is(","));
    let marked = &frame.items[comma.unwrap_or(i).checked_sub(1)?];
    let whole =
        comma.is_some() || marked.text.trim_end_matches(['"', '”', '’', '\'']).ends_with([',', '!', '?']);
    let next = frame.get(i + 1)?;
    let somebody =
        next.capital() && !next.classes.weekday() || next.classes.determiner() || next.noun.is_some();
    // Behind words inside a sentence it is that sentence's verb: `The film, [Tides,] stars Smith`.
    let opens = comma.unwrap_or(i) == 1;
    if marked.quote.is_none() || !opens || !whole || !somebody {
        return None;
    }
    let source = complements::noun_phrase_from(frame, i + 1).filter(|s| complements::can_speak(frame, s))?;
    Some(Report {
        cue: i..i + 1,
        verb: Some(&reporting::UNLISTED),
        source: Some(source),
        hearer: None,
        rule: "unlisted verb",
    })
}
