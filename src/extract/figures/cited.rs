//! Sources: who is cited for the figures of a sentence.
//!
//! "according to the UN", "the ministry said", "a survey of farmers found", "Gallup has her up 4 points": the stretch
//! that names the source, with what tells it from others of its kind. A pronoun names nobody, and is passed over.

use super::measured::ending_at;
use super::moments::is_calendar;
use super::phrases::{is_noun, phrase};
use super::pieces::{Kind, Pieces};
use super::scope::breaks;
use super::verbs::reports;
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind, SpeakerForm};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::reporting;
use crate::span::Span;

/// How many pieces may lie between a source and its verb.
const REACH: usize = 12;

/// How many pieces a sentence may have for its sources to be looked for.
const LONG: usize = 1000;

/// A source: what names it, and the pieces for whose figures it is cited.
struct Source {
    span: Span,
    from: usize,
    to: usize,
}

/// Says who is cited for each figure of a sentence, which begin at these pieces.
pub(super) fn mark(pieces: &Pieces, firsts: &[usize], figures: &mut [Figure]) {
    let told = (0..pieces.len()).find_map(|at| according(pieces, at));
    // What goes on for so long is no sentence, and each figure in it would look through all of it.
    let sources = if told.is_some() || pieces.len() > LONG { Vec::new() } else { sources(pieces) };
    let named = poll_named(pieces);
    for (figure, &first) in figures.iter_mut().zip(firsts) {
        let nearest = sources.iter().rev().find(|source| (source.from..source.to).contains(&first));
        let nearest = nearest.map(|source| source.span);
        let percent = figure.kind == FigureKind::Percentage;
        let asked = || percent.then(|| pollster(pieces, first)).flatten();
        let poll = || named.filter(|_| percent);
        figure.cited = told.or_else(asked).or(nearest).or_else(poll);
    }
}

/// "according to the UN", "citing the UN".
fn according(pieces: &Pieces, at: usize) -> Option<Span> {
    let start = if pieces.is(at, "according") && pieces.is(at + 1, "to") {
        at + 2
    } else if pieces.is(at, "citing") && pieces.is_any_before(at, &[",", "—", "–"]) {
        at + 1
    } else {
        return None;
    };
    let noun = start + usize::from(is_determiner(pieces, start));
    let found = phrase(pieces, noun)?;
    Some(pieces.span(start, with_maker(pieces, found.end)))
}

fn is_determiner(pieces: &Pieces, at: usize) -> bool {
    pieces.is_any(at, &["the", "a", "an", "its", "their", "his", "her", "one", "this", "another"])
}

/// "a report by the bank", "data from the ministry": where the name of who made it ends.
fn with_maker(pieces: &Pieces, end: usize) -> usize {
    if !pieces.is_any(end, &["by", "from", "of", "for", "at"]) {
        return end;
    }
    let start = end + 1 + usize::from(is_determiner(pieces, end + 1));
    // "data from May"
    let time = pieces.lower(start, is_calendar) || pieces.digits(start).is_some();
    phrase(pieces, start).filter(|_| !time).map_or(end, |found| found.end)
}

/// The sources of the verbs of a sentence, from left to right.
fn sources(pieces: &Pieces) -> Vec<Source> {
    let mut out: Vec<Source> = Vec::new();
    for verb in 0..pieces.len() {
        let reckons = reckons(pieces, verb);
        let shows = is_showing(pieces, verb) && !reckons;
        let tells = reports(pieces, verb) && tells_a_clause(pieces, verb) && !is_to_come(pieces, verb);
        if !(shows || tells || reckons) {
            continue;
        }
        if let Some(found) = inverted(pieces, verb).filter(|_| !shows) {
            out.push(Source { span: found, from: 0, to: verb });
            continue;
        }
        let Some((first, span)) = subject(pieces, verb, shows) else { continue };
        let comma = first.checked_sub(1).is_some_and(|at| closes(pieces, at));
        let ended = pieces.get(verb + 1).is_none_or(|p| matches!(p.kind, Kind::Mark(',' | '.' | ';')))
            || pieces.is_any(verb + 1, &["in", "on", "at", "during", "to"])
            || starts_moment(pieces, verb + 1);
        // "rents rose 5 percent, the bank said", "in May, the bank said, 900 burned"
        let from = if comma && ended { 0 } else { verb };
        out.push(Source { span, from, to: pieces.len() });
    }
    out
}

/// What closes the words that somebody is cited for, before he is named.
fn closes(pieces: &Pieces, at: usize) -> bool {
    pieces.is_any(at, &[",", "”", "\"", "’", "—", "–", "--"])
}

/// "will announce", "to say": nobody has said it.
fn is_to_come(pieces: &Pieces, verb: usize) -> bool {
    const AHEAD: &[&str] =
        &["will", "would", "could", "should", "may", "might", "can", "must", "to", "not", "n't", "n’t"];
    let adverb = verb.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|p| p.pos == Pos::Adv);
    pieces.is_any_before(verb - usize::from(adverb), AHEAD)
}

/// "on Monday", "last week" behind a verb that ends its clause.
fn starts_moment(pieces: &Pieces, at: usize) -> bool {
    let day = at + usize::from(pieces.is(at, "on"));
    pieces.lower(day, is_calendar) && pieces.get(day + 1).is_none_or(|p| matches!(p.kind, Kind::Mark(_)))
}

/// ", said the minister": who is named behind the verb.
fn inverted(pieces: &Pieces, verb: usize) -> Option<Span> {
    // "aides told the paper"
    let turns = pieces.lower(verb, |w| reporting::cue_verb(w).is_some_and(|verb| !verb.addressee));
    let quoted = turns && verb.checked_sub(1).is_some_and(|at| closes(pieces, at));
    let start = verb + 1;
    let noun = start + usize::from(is_determiner(pieces, start));
    let found = phrase(pieces, noun).filter(|found| quoted && is_noun(pieces, found.head))?;
    let plain = !pieces.lower(found.head, is_calendar) && pieces.digits(noun).is_none();
    // "Ann Hale, who watched, said the event was long" says what the event was.
    let acts = pieces.get(found.end).is_some_and(|p| {
        p.kind == Kind::Word && !matches!(p.pos, Pos::Adp | Pos::Cconj | Pos::Sconj | Pos::Adv)
    });
    (plain && !acts && (noun > start || pieces.capital(noun) || reporting_noun(pieces, found.head)))
        .then(|| pieces.span(start, found.end))
}

/// Whether what a verb of reporting tells is a clause: "claimed that it lost 5", and not "claimed a loss of 5", which is
/// told of somebody by another.
fn tells_a_clause(pieces: &Pieces, verb: usize) -> bool {
    const SAYS: &[&str] =
        &["said", "says", "say", "told", "tells", "wrote", "writes", "added", "adds", "noted"];
    // "taxpayers reporting gains"
    if pieces.lower(verb, |w| w.ends_with("ing")) {
        return false;
    }
    let next = pieces.get(verb + 1);
    let ended = next.is_none_or(|p| !matches!(p.kind, Kind::Word | Kind::Number(_)))
        || starts_moment(pieces, verb + 1);
    let open = |n: &usize| {
        pieces.get(*n).is_some_and(|p| !matches!(p.kind, Kind::Mark(',' | '.' | ';' | ':')))
            && !breaks(pieces, *n)
    };
    let finite = |n: usize| {
        pieces.get(n).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux) && p.kind == Kind::Word)
    };
    pieces.is_any(verb, SAYS)
        || ended
        || pieces.is(verb + 1, "that")
        || (verb + 1..verb + 10).take_while(open).any(finite)
}

/// "the institute puts it at 5", "the bank forecasts": whoever does that is a source, be it no text.
fn reckons(pieces: &Pieces, at: usize) -> bool {
    const RECKONS: &[&str] = &[
        "estimates",
        "estimated",
        "estimate",
        "projects",
        "projected",
        "forecast",
        "forecasts",
        "predicts",
        "predicted",
        "calculates",
        "calculated",
        "reckons",
        "reckoned",
    ];
    let put =
        pieces.is_any(at, &["puts", "put", "pegs", "pegged"]) && (at..at + 8).any(|n| pieces.is(n, "at"));
    (put || pieces.is_any(at, RECKONS)) && pieces.get(at).is_some_and(|p| p.pos == Pos::Verb)
}

/// Whether a verb has what it tells of as its object, so that only a text or a body of numbers is its source:
/// "the survey found", "Gallup had".
fn is_showing(pieces: &Pieces, at: usize) -> bool {
    const SHOWS: &[&str] = &[
        "found",
        "finds",
        "find",
        "showed",
        "shows",
        "show",
        "showing",
        "put",
        "puts",
        "gave",
        "gives",
        "has",
        "had",
        "have",
        "counted",
        "counts",
        "recorded",
        "places",
        "placed",
        "suggests",
        "suggested",
    ];
    pieces.is_any(at, SHOWS) && pieces.get(at).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux))
}

/// Whether what a noun names can tell: "spokesman", "report", "police".
fn reporting_noun(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| reporting::speaker_noun(w).is_some())
}

/// Whether a noun names a text, a poll or who takes one: what shows and finds.
fn is_text(pieces: &Pieces, at: usize) -> bool {
    let poll = |w: &str| {
        counting::is(w, Numbering::Pollster)
            || matches!(
                w,
                "average" | "averages" | "estimate" | "research" | "statistics" | "census" | "audit"
            )
    };
    pieces.lower(at, |w| reporting::speaker_noun(w) == Some(SpeakerForm::Document) || poll(w))
}

/// The subject of a verb of reporting: its first piece, and the stretch that names it.
fn subject(pieces: &Pieces, verb: usize, shows: bool) -> Option<(usize, Span)> {
    let mut last = verb.checked_sub(1)?;
    // "has also said", "would cost, the bank has said"
    while pieces.get(last).is_some_and(|p| matches!(p.pos, Pos::Aux | Pos::Adv)) && !is_text(pieces, last) {
        last = last.checked_sub(1)?;
    }
    // "The bank on Monday said", "A survey released on Tuesday found"
    let verb_past = |at: usize| {
        pieces.is_any(at, &["released", "published", "conducted", "taken", "issued", "commissioned", "out"])
            && pieces.get(at).is_some_and(|p| p.kind == Kind::Word)
    };
    if let Some(past) = (last.saturating_sub(REACH)..=last).rev().find(|&at| verb_past(at)) {
        let noun = past.checked_sub(1).filter(|&at| is_noun(pieces, at))?;
        last = noun;
    } else if pieces.lower(last, is_calendar) {
        last = last.checked_sub(1)?;
        if pieces.is_any(last, &["on", "in", "last", "this"]) {
            last = last.checked_sub(1)?;
        }
    } else if pieces.is_mark(last, ',') {
        // "Ann Hale, the mayor, said"
        let comma = (last.saturating_sub(REACH)..last).rev().find(|&at| pieces.is_mark(at, ','))?;
        last = comma.checked_sub(1).filter(|&at| pieces.capital(at) || is_text(pieces, at))?;
    }
    let (first, head) = widest(pieces, last)?;
    let fits = if shows {
        is_text(pieces, head)
    } else {
        !pieces.lower(head, is_calendar)
            && (!reckons(pieces, verb) || pieces.capital(head) || is_text(pieces, head))
    };
    fits.then(|| (first, pieces.span(first, last + 1)))
}

/// The noun phrase that ends at a piece, with those that it is told by: "a spokesman for the ministry"; its first
/// piece and the head of the outermost.
fn widest(pieces: &Pieces, last: usize) -> Option<(usize, usize)> {
    const LINKS: &[&str] = &["of", "for", "by", "from", "in", "at", "with", "on"];
    let mut head = last;
    for _ in 0..4 {
        if !is_noun(pieces, head) && !reporting_noun(pieces, head) {
            return None;
        }
        let found = ending_at(pieces, head);
        let mut first = found.first - usize::from(found.first > 0 && is_determiner(pieces, found.first - 1));
        // "a 2014 study", "three officials"
        if first > 0
            && (pieces.digits(first - 1).is_some()
                || pieces.get(first - 1).is_some_and(|p| p.number.is_some()))
        {
            first -= 1 + usize::from(first > 1 && is_determiner(pieces, first - 2));
        }
        match first.checked_sub(2).filter(|&at| pieces.is_any(at + 1, LINKS) && is_noun(pieces, at)) {
            Some(outer) => head = outer,
            // "in Dunvale officials said": what a preposition leads is no subject.
            None if first > 0 && pieces.is_any(first - 1, LINKS) => return None,
            None => return Some((first, head)),
        }
    }
    None
}

/// "the other had 4 percent, Gallup 5", "Gallup has her up 5": who asked, right before a figure.
fn pollster(pieces: &Pieces, first: usize) -> Option<Span> {
    let asks =
        |at: &usize| pieces.capital(*at) && pieces.lower(*at, |w| counting::is(w, Numbering::Pollster));
    let at = (first.saturating_sub(4)..first).rev().find(asks)?;
    Some(pieces.span(ending_at(pieces, at).first, at + 1))
}

/// "up by four in the Dunvale Journal survey": the poll that a sentence names.
fn poll_named(pieces: &Pieces) -> Option<Span> {
    (0..pieces.len()).find_map(|at| {
        let opened = pieces.is_any(at, &["in", "by", "from", "per"]) && is_determiner(pieces, at + 1);
        let found = opened.then(|| phrase(pieces, at + 2)).flatten()?;
        let poll = pieces.is_any(found.head, &["poll", "polls", "survey", "surveys", "average", "averages"]);
        poll.then(|| pieces.span(at + 1, with_maker(pieces, found.end)))
    })
}
