//! Growth told by a verb: complaints that tripled, profits that more than halved, a budget cut in half.
//!
//! The verb is the multiple (3, 0.5), with its bound and direction. The same words are nouns and adjectives, and
//! verbs of other things: a pair of tennis players doubles, a driver doubles as a guide, a batter triples.

use super::numerals::{Form, Numeral};
use super::phrases::{Phrase, is_noun, is_time, phrase};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use crate::annotate::Pos;
use crate::finding::{Bound, ChangeRole, Direction};
use crate::lexicon::bounds;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::roles;

/// The rule that reads a verb of growth.
pub(super) const GROWTH: &str = "<tripled>";

/// How many pieces back the words of a cut or of a game may stand.
const REACH: usize = 12;

/// Reads the multiple that begins at piece `i`.
pub(super) fn read(pieces: &Pieces, i: usize) -> Option<Quantity> {
    let (first, end, value, direction) = match pieces.lower(i, bounds::growth) {
        Some((value, direction)) => (i, i + 1, value, direction),
        None => (i, in_half(pieces, i)?, 0.5, Direction::Down),
    };
    if end == i + 1 && !grows(pieces, i) {
        return None;
    }
    let numeral = Numeral::exact(first, end, value, Form::Multiple, GROWTH);
    let mut quantity = Quantity::of(pieces, numeral, None);
    quantity.direction = Some(direction);
    quantity.role = Some(ChangeRole::By);
    if value < 1.0 {
        quantity.bound(shrunk(quantity.bound));
    }
    Some(quantity)
}

/// What "more than halved" leaves is less than half; "nearly halved", about half.
fn shrunk(bound: Bound) -> Bound {
    match bound {
        Bound::MoreThan => Bound::LessThan,
        Bound::AtLeast => Bound::AtMost,
        Bound::LessThan => Bound::MoreThan,
        Bound::AtMost | Bound::UpTo => Bound::AtLeast,
        Bound::Nearly => Bound::About,
        Bound::Exactly | Bound::About => bound,
    }
}

/// "cut in half", "slashed its budget in half": the piece after it, where what is cut is an amount.
fn in_half(pieces: &Pieces, i: usize) -> Option<usize> {
    let end = i + 2;
    let half = pieces.is(i, "in") && pieces.is(i + 1, "half");
    let goes_on = pieces.is_any(end, &["a", "an", "of", "the", "-"]) || is_noun(pieces, end);
    if !half || goes_on {
        return None;
    }
    let near = i.saturating_sub(REACH)..i;
    let cut = near.clone().any(|n| pieces.lower(n, bounds::change) == Some(Direction::Down));
    let amount = near.clone().any(|n| pieces.lower(n, |w| counting::is(w, Numbering::Amount)));
    (cut && amount).then_some(end)
}

/// Whether the word of growth at piece `i` is a verb of it here.
fn grows(pieces: &Pieces, i: usize) -> bool {
    // "doubling it to 256": what grew is only a pronoun's, and the amounts are told besides.
    if pieces.is_any(i + 1, &["it", "them"]) {
        return false;
    }
    let hyphened = pieces.is_dash(i + 1) && pieces.glued(i + 1) || pieces.is_dash(i.wrapping_sub(1));
    if hyphened || goes_another_way(pieces, i) || in_a_ball_game(pieces, i) {
        return false;
    }
    let word = pieces.word(i).to_ascii_lowercase();
    match word.as_str() {
        _ if word.ends_with("ing") => growing(pieces, i),
        _ if word.ends_with("ed") => grown(pieces, i),
        _ if word.ends_with('s') => {
            let verb = pieces.get(i).is_some_and(|p| p.pos == Pos::Verb);
            let agrees = i > 0
                && is_noun(pieces, i - 1)
                && !pieces.capital(i - 1)
                && !pieces.word(i - 1).ends_with('s');
            let governs = verb && has_object(pieces, i) || (verb || agrees) && goes_on(pieces, i);
            told_of(pieces, i) && governs && !pieces.is(i + 1, "as")
        }
        _ => to_grow(pieces, i),
    }
}

/// "doubled down", "doubled over in pain", "doubled as a guide".
fn goes_another_way(pieces: &Pieces, i: usize) -> bool {
    const OTHER: &[&str] = &["down", "up", "back", "off", "bogey", "bogeyed", "home"];
    let past = pieces.is(i, "doubled") && !roles::is_role(pieces.word_before(i));
    match pieces.word(i + 1).to_ascii_lowercase().as_str() {
        "as" => !past || pieces.is_any(i + 2, &["a", "an"]),
        "over" => !(i + 2..i + 5).any(|n| is_span(pieces, n)),
        _ => pieces.is_any(i + 1, OTHER),
    }
}

/// Whether a word names a stretch of time: "doubled over the course of the year".
fn is_span(pieces: &Pieces, at: usize) -> bool {
    is_time(pieces, at) || pieces.is_any(at, &["course", "period", "span", "term", "time"])
}

fn in_a_ball_game(pieces: &Pieces, i: usize) -> bool {
    (i.saturating_sub(REACH)..i + REACH).any(|n| pieces.lower(n, |w| counting::is(w, Numbering::Baseball)))
}

/// "Complaints doubled", "has tripled", "was halved"; not "a tripled crew", "add halved apples".
fn grown(pieces: &Pieces, i: usize) -> bool {
    let (before, helped) = past_adverbs(pieces, i);
    let Some(at) = before else { return false };
    if helped && has_object(pieces, i) {
        return true;
    }
    let subject = told_of(pieces, i);
    if helped {
        return subject || pieces.is_any(at, &["to", "not", "and", "or"]);
    }
    subject && (!is_somebody(pieces, at) || has_object(pieces, i))
}

/// "will double", "to triple its output", "prices double"; not "to double digits".
fn to_grow(pieces: &Pieces, i: usize) -> bool {
    const TURNS: &[&str] = &[
        "to", "will", "would", "could", "can", "may", "might", "should", "must", "'ll", "’ll", "shall",
        "did", "does", "do", "not", "n't", "n’t", "wo",
    ];
    let Some(at) = past_adverbs(pieces, i).0 else { return false };
    let verb = pieces.get(i).is_some_and(|p| p.pos == Pos::Verb);
    // "could at least double"; "was double the amount" is no verb.
    let turned = (at..i).any(|n| pieces.is_any(n, TURNS));
    let governs = has_object(pieces, i) || goes_on(pieces, i);
    let noun = is_noun(pieces, i + 1) && !is_time(pieces, i + 1) && !counting::is_plural(pieces.word(i + 1));
    let figures = pieces.is_any(
        i + 1,
        &["digit", "digits", "figure", "figures", "standards", "faults", "jump", "jumper", "jumpers"],
    );
    if figures {
        return false;
    }
    // "pledged to double spending", "rose to double doors"
    let led = pieces.is_any_before(at, &["sentenced", "due", "close", "next", "similar"]);
    let meant = !pieces.is(at, "to") || at > 0 && !led && pieces.lower(at - 1, bounds::change).is_none();
    turned && governs && (verb || !noun || meant)
        || verb && goes_on(pieces, i) && is_noun(pieces, at) && counting::is_plural(pieces.word(at))
}

/// "doubling its crew", "a doubling of prices", "are doubling".
fn growing(pieces: &Pieces, i: usize) -> bool {
    let named = pieces.is_any_before(i, &["a", "the", "this", "that"]);
    if named {
        return pieces.is_any(i + 1, &["of", "in"]);
    }
    let (_, helped) = past_adverbs(pieces, i);
    has_object(pieces, i) || helped && goes_on(pieces, i)
}

/// The piece before the adverbs, bounds and auxiliaries in front of a verb, and whether there were auxiliaries.
fn past_adverbs(pieces: &Pieces, i: usize) -> (Option<usize>, bool) {
    const BOUNDS: &[&str] = &[
        "more",
        "than",
        "nearly",
        "almost",
        "about",
        "roughly",
        "at",
        "least",
        "around",
        "over",
        "some",
        "under",
        "less",
        "virtually",
        "practically",
        "effectively",
        "all",
        "but",
    ];
    // "have nearly doubled": the tagger takes some of these for verbs.
    const HELPS: &[&str] =
        &["have", "has", "had", "having", "be", "been", "being", "is", "are", "was", "were"];
    let (mut at, mut helped) = (i, false);
    while let Some(before) = at.checked_sub(1).filter(|_| i - at < 8) {
        let piece = pieces.get(before);
        let (adverb, auxiliary) = piece.map_or((false, false), |p| {
            (p.pos == Pos::Adv, p.pos == Pos::Aux || pieces.is_any(before, HELPS))
        });
        if !(adverb || auxiliary || pieces.is_any(before, BOUNDS)) {
            return (Some(before), helped);
        }
        helped |= auxiliary;
        at = before;
    }
    (None, helped)
}

/// Whether what stands before the verb at `i` is its subject, and no article or verb that it is an adjective after.
fn told_of(pieces: &Pieces, i: usize) -> bool {
    let Some(at) = past_adverbs(pieces, i).0 else { return false };
    let Some(piece) = pieces.get(at) else { return false };
    if piece.kind != Kind::Word {
        return piece.kind == Kind::Mark(',')
            || matches!(piece.kind, Kind::Mark(')' | '%' | '—' | '–' | '”' | '"'));
    }
    let owner = pieces.word(at).ends_with(['\'', '’']) || pieces.lower(at, |w| w.ends_with("'s"));
    let pronoun =
        piece.pos == Pos::Pron && !pieces.is_any(at, &["his", "her", "its", "their", "our", "my", "your"]);
    !owner && (matches!(piece.pos, Pos::Noun | Pos::Propn | Pos::Num) || pronoun)
        || pieces.is_any(at, &["and", "which", "that", "it"])
}

/// Whether a subject is a person or a team, who double something, or another thing altogether.
fn is_somebody(pieces: &Pieces, at: usize) -> bool {
    const WHO: &[&str] = &["he", "she", "i", "you", "we", "they", "who"];
    let name = pieces.get(at).is_some_and(|p| p.pos == Pos::Propn) && pieces.capital(at) && at > 0;
    let thing = (at.saturating_sub(4)..at).any(|n| pieces.is_any(n, &["the", "of", "in", "at", "for", "to"]));
    pieces.is_any(at, WHO) || name && !thing || at == 0 && pieces.get(at).is_some_and(|p| p.pos == Pos::Propn)
}

/// Whether an object stands behind the verb: "its crew", "the money", "fines".
fn has_object(pieces: &Pieces, i: usize) -> bool {
    const OPENS: &[&str] =
        &["the", "its", "their", "his", "her", "our", "my", "your", "it", "them", "this", "that", "those"];
    // "double Britain's debt", "double NHS spending": a name that is doubled is part of what is.
    let thing =
        |n: usize| (is_noun(pieces, n) || is_gerund(pieces, n)) && !pieces.capital(n) && !is_time(pieces, n);
    let owned = pieces.capital(i + 1) && (i + 2..i + 5).take_while(|&n| is_noun(pieces, n - 1)).any(thing);
    let noun = is_noun(pieces, i + 1) && !is_time(pieces, i + 1) && (!pieces.capital(i + 1) || owned);
    pieces.is_any(i + 1, OPENS) || noun || is_gerund(pieces, i + 1)
}

/// "double spending": the tagger takes it for a verb.
fn is_gerund(pieces: &Pieces, at: usize) -> bool {
    pieces.word(at).len() > 5 && pieces.word(at).ends_with("ing")
}

/// Whether the clause goes on behind the verb as behind one without an object: "doubled in May", "triple by then".
fn goes_on(pieces: &Pieces, i: usize) -> bool {
    const ON: &[&str] = &[
        "in",
        "to",
        "from",
        "by",
        "since",
        "over",
        "during",
        "between",
        "within",
        "every",
        "each",
        "last",
        "this",
        "next",
        "again",
        "and",
        "but",
        "or",
        "when",
        "after",
        "while",
        "because",
        "if",
        "as",
        "at",
        "for",
        "on",
        "under",
        "with",
        "overnight",
        "until",
        "unless",
        "without",
        "before",
        "once",
        "despite",
        "against",
    ];
    pieces.get(i + 1).is_none_or(|p| matches!(p.kind, Kind::Mark(_)) || p.pos == Pos::Adv)
        || pieces.is_any(i + 1, ON)
}

/// What is multiplied, where it stands behind the verb: "doubled its crew", "a doubling of prices".
pub(super) fn object(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    const DETERMINERS: &[&str] =
        &["the", "its", "their", "his", "her", "our", "my", "your", "this", "that", "these", "those"];
    let verb = quantity.numeral.end.checked_sub(1)?;
    let noun = pieces.lower(verb, |w| w.ends_with("ing")) && pieces.is_any(verb + 1, &["of", "in"]);
    let mut at = verb + 1 + usize::from(noun);
    while pieces.is_any(at, DETERMINERS) {
        at += 1;
    }
    let gerund = is_gerund(pieces, at) && at == verb + 1;
    let found = phrase(pieces, at)
        .filter(|found| !is_time(pieces, found.head) && !is_time(pieces, found.first))
        .filter(|found| is_noun(pieces, found.head));
    // "double NHS spending"
    let found = found.map(|found| {
        let named = pieces.capital(found.head) && is_gerund(pieces, found.end);
        if named { Phrase { end: found.end + 1, head: found.end, ..found } } else { found }
    });
    found.or_else(|| gerund.then_some(Phrase { first: at, end: at + 1, head: at }))
}
