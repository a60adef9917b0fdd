//! Noun phrases: where what is counted begins and ends, and which word is its head.

use super::pieces::{Kind, Pieces, lowered};
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::{units, words};

/// A noun phrase: pieces `first..end`, the head's index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub first: usize,
    pub end: usize,
    pub head: usize,
}

/// Whether a word names a time or a currency's coin, which figures are in and not about.
pub(super) fn is_time(pieces: &Pieces, at: usize) -> bool {
    // "the pound fell to $1.30"
    let coin =
        pieces.is(at, "pound") && (pieces.is_any_before(at, &["the"]) || at > 0 && pieces.capital(at - 1));
    if coin {
        return false;
    }
    pieces.lower(at, |w| {
        [Numbering::Month, Numbering::Weekday, Numbering::Today, Numbering::Season]
            .iter()
            .any(|&class| counting::is(w, class))
            || units::forms_from(w).any(|(words, unit)| words.len() == 1 && unit.kind != FigureKind::Money)
    })
}

/// Whether a noun only sums up ("a total of", "an average of"): a figure is in it, and not about it.
pub(super) fn is_weak(pieces: &Pieces, at: usize) -> bool {
    // "the waiting period", "his batting average" are something themselves.
    let named = at.checked_sub(1).is_some_and(|n| {
        let participle = pieces.get(n).is_some_and(|p| p.pos == Pos::Verb) && participle(pieces, n);
        (is_noun(pieces, n) || participle) && !pieces.lower(n, |w| counting::is(w, Numbering::Summing))
    });
    pieces.lower(at, |w| counting::is(w, Numbering::Summing)) && !named
}

/// The first piece of the noun phrase that ends at `at`.
pub(super) fn phrase_start(pieces: &Pieces, at: usize) -> usize {
    let mut first = at;
    while first > 0 && (at - first) < 6 {
        let before = first - 1;
        if pieces.is_dash(before) && pieces.glued(before) && pieces.glued(first) {
            // "mega-donors" is one word; in "a 22-year-old black man" the first is another figure's.
            match compound_start(pieces, first) {
                Some(start) => first = start,
                None => return (first + 1).min(at),
            }
            continue;
        }
        let ordinal =
            pieces.get(before).is_some_and(|p| p.number.is_some_and(|n| n.class == NumberClass::Ordinal));
        let nominal = ordinal
            || is_noun(pieces, before)
            || attributive(pieces, before)
            || pieces.is(before, "super")
            || pieces.get(before).is_some_and(|p| p.pos == Pos::Adj && p.kind == Kind::Word);
        if !nominal
            || pieces.get(before).is_some_and(|p| p.number.is_some_and(|n| n.class != NumberClass::Ordinal))
            || is_time(pieces, before)
            || pieces.capital(first) && is_noun(pieces, before) && lower_head(pieces, Some(before))
        {
            break;
        }
        first = before;
    }
    first
}

/// Where the word whose parts hyphens join begins, the last part at `at`; none where a number is one of them.
fn compound_start(pieces: &Pieces, mut at: usize) -> Option<usize> {
    while at > 1 && pieces.is_dash(at - 1) && pieces.glued(at - 1) && pieces.glued(at) {
        at -= 2;
        if !pieces.is_word(at) || pieces.get(at).is_some_and(|p| p.number.is_some()) {
            return None;
        }
    }
    Some(at)
}

/// "the best performing sector", "its rising costs": a participle between a determiner or adjective and its noun.
fn attributive(pieces: &Pieces, at: usize) -> bool {
    let verb = pieces.get(at).is_some_and(|p| p.pos == Pos::Verb) && participle(pieces, at);
    let led = at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|before| {
        before.kind == Kind::Word
            && (matches!(before.pos, Pos::Adj | Pos::Det)
                // "margin of sampling error"
                || pieces.is(at - 1, "of") && pieces.word(at).ends_with("ing")
                || pieces.is_any(at - 1, &["its", "their", "his", "her"]))
    });
    verb && led
}

pub(super) fn is_noun(pieces: &Pieces, at: usize) -> bool {
    pieces.get(at).is_some_and(|p| {
        p.kind == Kind::Word
            && (matches!(p.pos, Pos::Noun | Pos::Propn) || p.pos == Pos::Verb && is_owned(pieces, at))
    })
}

/// "raised its dividend 8 percent": what stands alone behind "its" is a noun, whatever the tagger takes it for.
fn is_owned(pieces: &Pieces, at: usize) -> bool {
    let next = pieces.get(at + 1).filter(|p| p.kind == Kind::Word).map(|p| p.pos);
    pieces.is_any_before(at, &["its", "their", "our"])
        && !pieces.word(at).ends_with("ing")
        && !matches!(next, Some(Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb))
}

/// The noun phrase that begins at piece `at`.
pub(super) fn phrase(pieces: &Pieces, at: usize) -> Option<Phrase> {
    widest(pieces, at)
}

/// The noun phrase of what is counted: where several are, its head is a plural.
pub(super) fn plural_phrase(pieces: &Pieces, at: usize) -> Option<Phrase> {
    let widest = widest(pieces, at)?;
    let plural = |n: &usize| is_noun(pieces, *n) && counting::is_plural(pieces.word(*n));
    let head = (widest.first..=widest.head)
        .rev()
        .find(plural)
        .or_else(|| past_a_false_verb(pieces, widest))
        .unwrap_or(widest.head);
    Some(Phrase { first: widest.first, end: compound_end(pieces, head), head })
}

/// "410 tax haven subsidiaries", where the tagger takes a noun in the middle for a verb: the plural behind it.
fn past_a_false_verb(pieces: &Pieces, widest: Phrase) -> Option<usize> {
    let verb = widest.head + 1;
    let bare = pieces.get(verb).is_some_and(|p| p.kind == Kind::Word && p.pos == Pos::Verb)
        && !pieces.word(verb).ends_with('s')
        && !participle(pieces, verb)
        && !pieces.lower(verb, |w| counting::is(w, Numbering::PastVerb));
    let plural = is_noun(pieces, verb + 1) && counting::is_plural(pieces.word(verb + 1));
    (bare && plural && widest.end == verb && !pieces.capital(widest.head)).then_some(verb + 1)
}

/// Where a noun ends that a particle belongs to: "start-up", "run-off".
pub(super) fn compound_end(pieces: &Pieces, head: usize) -> usize {
    let particle = pieces.is_dash(head + 1)
        && pieces.glued(head + 1)
        && pieces.glued(head + 2)
        && pieces.is_any(head + 2, PARTICLES);
    if particle { head + 3 } else { head + 1 }
}

const PARTICLES: &[&str] = &["up", "off", "out", "in", "down", "over", "back", "by", "on", "away", "through"];

/// The head of a phrase in full: "start-up", "lay-offs", and not the half of it.
pub(super) fn head_span(pieces: &Pieces, head: usize) -> (usize, usize) {
    let joined = |n: usize| pieces.is_dash(n) && pieces.glued(n) && pieces.glued(n + 1);
    let particle = pieces.lower(head, |w| w.strip_suffix('s').is_some_and(|one| PARTICLES.contains(&one)));
    let first = if particle && head > 1 && joined(head - 1) { head - 2 } else { head };
    (first, compound_end(pieces, head))
}

/// The widest phrase that begins at piece `at`, its head the last noun.
fn widest(pieces: &Pieces, at: usize) -> Option<Phrase> {
    let (mut head, mut last) = (None, None);
    let (mut first, mut end) = (at, at);
    while end < at + 9 {
        let Some(piece) = pieces.get(end) else { break };
        match piece.kind {
            Kind::Word => {}
            Kind::Mark('-' | '‑' | '&')
                if end > at && (pieces.is_word(end + 1) || pieces.digits(end + 1).is_some()) =>
            {
                end += 1;
                continue;
            }
            // "one of Mr. Hale's aides"
            Kind::Mark('.')
                if end > at
                    && pieces.glued(end)
                    && pieces.is_any(end - 1, &["mr", "mrs", "ms", "dr", "gov", "sen", "rep", "st"]) =>
            {
                end += 1;
                continue;
            }
            // "small, friendly deals"
            Kind::Mark(',')
                if head.is_none()
                    && last.is_some_and(|n: usize| n + 1 == end)
                    && noun_follows(pieces, end + 1) =>
            {
                end += 1;
                continue;
            }
            Kind::Mark('\'' | '’') if pieces.glued(end) && head.is_some() => {
                end += 1;
                continue;
            }
            // "COVID-19 tests"
            Kind::Number(_) if head.is_some() && pieces.is_dash(end - 1) && is_noun(pieces, end + 1) => {
                end += 1;
                continue;
            }
            _ => break,
        }
        let word = pieces.word(end);
        if possessive(word) && pieces.is_word(end + 1) {
            // "one of the country's most trusted papers": whose, and not what.
            (head, last) = (None, None);
            end += 1;
            first = end;
            continue;
        }
        // "seven of the town's 44 mills"
        if possessive(word) && pieces.digits(end + 1).is_some() && pieces.is_word(end + 2) {
            (head, last) = (None, None);
            end += 2;
            first = end;
            continue;
        }
        // "one of the town's ''most loved'' men": whose is no head.
        if possessive(word)
            && matches!(pieces.get(end + 1).map(|p| p.kind), Some(Kind::Mark('\'' | '’' | '"' | '“')))
        {
            (head, last) = (None, None);
            break;
        }
        let function = lowered(word, words::is_function_word) && piece.pos != Pos::Noun;
        match piece.pos {
            // "43 percent of farmers self-identify so"
            _ if lower_head(pieces, head) && pieces.is(end, "self") && pieces.is_dash(end + 1) => break,
            // "3 tonnes of cocaine worth $5"; "his net worth" is a noun.
            _ if head.is_some() && pieces.is(end, "worth") && !pieces.is_any(end - 1, &["net"]) => break,
            // "5 percent lower", "$5 worldwide", "$5 apiece": no noun, whatever the tagger takes them for.
            _ if head.is_none()
                && (pieces.is_any(end, NO_NOUNS) || pieces.is_any(end, WHERE))
                && !noun_follows(pieces, end + 1) =>
            {
                break;
            }
            Pos::Noun if !ends_phrase(pieces, end, head) => head = Some(end),
            // "one tweet Friday": the day is the figure's time.
            Pos::Propn if head.is_some_and(|h| !pieces.capital(h)) && ends_phrase(pieces, end, head) => break,
            Pos::Propn if !function && !lower_head(pieces, head) => head = Some(end),
            // Taken for nouns at times, and never one.
            _ if pieces.is_any(
                end,
                &["might", "may", "could", "would", "will", "can", "should", "must", "said", "says"],
            ) =>
            {
                break;
            }
            // "2.1 last year": the time of the figure, not what it counts; "one last hurdle" is.
            _ if head.is_none()
                && pieces.is_any(end, &["last", "next", "previous", "past", "this", "earlier", "later"])
                && !(is_noun(pieces, end + 1) && !is_time(pieces, end + 1) && !pieces.is(end, "this")) =>
            {
                break;
            }
            // "energy-efficient public buses": one adjective, with a noun in it.
            Pos::Adj if ends_a_compound(pieces, end) && noun_follows(pieces, end + 1) => {
                (head, last) = (None, Some(end));
            }
            Pos::Adj if head.is_none() || leads_on(pieces, end) => last = Some(end),
            // "one US official said", which the tagger took for an adjective.
            Pos::Adj
                if head.is_some_and(|h| pieces.capital(h))
                    && pieces.get(end + 1).is_some_and(|p| {
                        matches!(p.pos, Pos::Verb | Pos::Aux) || matches!(p.kind, Kind::Mark(_))
                    }) =>
            {
                head = Some(end);
            }
            Pos::X if !function => head = Some(end),
            Pos::Verb
                if participle(pieces, end)
                    && noun_follows(pieces, end + 1)
                    && (head.is_none() || pieces.is_dash(end - 1)) => {}
            Pos::Adv
                if head.is_none()
                    && (pieces.get(end + 1).is_some_and(|p| p.pos == Pos::Adj)
                        || noun_follows(pieces, end + 2)
                        // "two well-known hosts"
                        || pieces.is_dash(end + 1) && pieces.glued(end + 1) && noun_follows(pieces, end + 3)) =>
                {}
            Pos::Cconj
                if head.is_none()
                    && (pieces.get(end + 1).is_some_and(|p| p.pos == Pos::Adj)
                        || participle(pieces, end + 1))
                    && noun_follows(pieces, end + 2) => {}
            // "263 entering Tuesday's primary"
            Pos::Verb if head.is_none() && is_time(pieces, end + 1) => break,
            // "six weeks of paid leave"
            Pos::Verb if pieces.is(end, "leave") && (last.is_some() || head.is_some()) => head = Some(end),
            // "dozens of Kia and Hyundai cars"
            Pos::Cconj
                if head.is_some_and(|h| h + 1 == end && pieces.capital(h))
                    && pieces.capital(end + 1)
                    && is_noun(pieces, end + 2)
                    && !pieces.capital(end + 2)
                    && counting::is_plural(pieces.word(end + 2)) => {}
            // "coal- and gas-fired plants": the first hangs over to the noun of the second.
            Pos::Cconj if hangs_over(pieces, end) => (head, last) = (None, None),
            Pos::Num if head.is_none() && end > at => {}
            Pos::Part if word.starts_with(['\'', '’']) && head.is_some() => {}
            _ => break,
        }
        end += 1;
    }
    // Nouns that the tagger took for adjectives ("one official"): the last of the run.
    let head = head.or(last.filter(|&last| last + 1 == end && !pieces.is_any(end, &["than", "as", "to"])))?;
    Some(Phrase { first, end: compound_end(pieces, head), head })
}

const NO_NOUNS: &[&str] = &["lower", "higher", "apiece", "each", "altogether", "cheaper", "remaining"];
const WHERE: &[&str] = &[
    "home",
    "overseas",
    "abroad",
    "nationwide",
    "worldwide",
    "offshore",
    "onshore",
    "online",
    "ashore",
    "downtown",
    "upstate",
];

/// Whether the adjective at a piece is the end of a word that hyphens join.
fn ends_a_compound(pieces: &Pieces, at: usize) -> bool {
    at > 1 && pieces.is_dash(at - 1) && pieces.glued(at - 1) && pieces.glued(at)
}

/// Whether the "and" at a piece stands between two halves of compounds: "coal- and gas-fired".
fn hangs_over(pieces: &Pieces, and: usize) -> bool {
    let hangs = and > 1 && pieces.is_dash(and - 1) && pieces.glued(and - 1) && !pieces.glued(and);
    hangs && pieces.is_word(and + 1) && pieces.is_dash(and + 2) && pieces.glued(and + 2)
}

/// Nouns that begin something new after a complete phrase: "5 people Monday".
fn ends_phrase(pieces: &Pieces, at: usize, head: Option<usize>) -> bool {
    // "the largest nursing home chains"
    let compound = pieces.get(at + 1).is_some_and(|p| p.kind == Kind::Word && p.pos == Pos::Noun);
    let apart = is_time(pieces, at) || pieces.is_any(at, WHERE) && !compound;
    head.is_some() && apart && !pieces.is_dash(at - 1)
}

fn possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}

/// Whether the head so far is a plural common noun, which no name continues.
fn lower_head(pieces: &Pieces, head: Option<usize>) -> bool {
    head.is_some_and(|h| {
        // "plain-clothes NYPD officers"
        let compound = h > 0 && pieces.is_dash(h - 1) && pieces.glued(h);
        !pieces.capital(h) && counting::is_plural(pieces.word(h)) && !compound
    })
}

fn leads_on(pieces: &Pieces, at: usize) -> bool {
    is_noun(pieces, at + 1)
}

fn participle(pieces: &Pieces, at: usize) -> bool {
    let word = pieces.word(at);
    word.ends_with("ing") || word.ends_with("ed") || word.ends_with("en") || word.ends_with("wn")
}

/// Whether a noun follows, adjectives and "and" between them apart.
fn noun_follows(pieces: &Pieces, at: usize) -> bool {
    let leads = |n: &usize| {
        let adjective =
            pieces.get(*n).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Adj | Pos::Cconj));
        !adjective
    };
    (at..at + 5).find(leads).is_some_and(|n| is_noun(pieces, n))
}
