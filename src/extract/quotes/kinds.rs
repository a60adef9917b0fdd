//! Kinds: whether a stretch in marks is speech, part of a sentence, a title, a nickname, a scare word.

use super::frames::{Frame, Item};
use super::phrases;
use crate::annotate::Pos;
use crate::finding::{QuoteKind, SpeakerForm};
use crate::lexicon::words;

/// The rule that takes a stretch for a title by its capitals alone.
pub const CAPITALS_ALONE: &str = "capitalized as a title";
/// The rule for headings between paragraphs.
pub const HEADING: &str = "a heading of its own";

/// How far before a word that names somebody he may stand.
const BEARER: usize = 6;

/// A stretch's words as the rules see them.
pub struct Shape {
    /// How many words.
    pub words: usize,
    /// Whether the first word begins with a capital or a digit.
    pub capital: bool,
    /// Whether all but function words are capitalized, and more than one is.
    pub title_case: bool,
    /// Whether it ends as a sentence does.
    pub ends_sentence: bool,
    /// Whether it ends with a comma.
    pub ends_comma: bool,
}

/// The shape of a stretch's inner text. Looks at its ends and first words alone.
pub fn shape(inner: &str) -> Shape {
    let mut words = 0;
    let (mut capitals, mut lower) = (0, 0);
    for word in inner.split_whitespace().take(40) {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = core.chars().next() else { continue };
        words += 1;
        if first.is_uppercase() || first.is_numeric() {
            capitals += 1;
        } else if !words::is_function_word(core) && !matches!(core, "n" | "de" | "la") {
            lower += 1;
        }
    }
    let first = inner.chars().find(|c| c.is_alphanumeric());
    let end = inner.trim_end_matches(['\'', '’', '"', '”', ')', ']', ' ']);
    Shape {
        words,
        capital: first.is_some_and(|c| c.is_uppercase() || c.is_numeric()),
        title_case: lower == 0 && capitals > 1 && words <= 12,
        ends_sentence: end.ends_with(['.', '!', '?', '…']),
        ends_comma: end.ends_with([',', '—', '–', '-']),
    }
}

/// The kind of a stretch that no cue leads straight to, where its words and neighbours tell one that
/// is not speech, with the rule's name.
pub fn not_speech(frame: &Frame<'_>, at: usize, shape: &Shape) -> Option<(QuoteKind, &'static str)> {
    let before = at.checked_sub(1).map(|b| &frame.items[b]);
    let after = frame.get(at + 1);
    if stage_direction(frame.items[at].text) {
        return Some((QuoteKind::Scare, "stage direction"));
    }
    if between_names(frame, at, shape) {
        return Some((QuoteKind::Nickname, "between first and last name"));
    }
    let near = |class: fn(&super::frames::Item<'_>) -> bool, reach: usize| {
        frame.items[at.saturating_sub(reach)..at].iter().any(class)
    };
    if shape.words <= 6
        && let Some(naming) = (at.saturating_sub(3)..at).rev().find(|&k| frame.items[k].classes.nickname())
    {
        let kind = named(frame, naming, shape);
        // A thing's name in small letters is no more than what it is called.
        if shape.words <= 4 || kind == QuoteKind::Title {
            return Some((kind, "called so"));
        }
    }
    if shape.words <= 6 && near(|n| n.classes.so_called(), 1)
        || at > 1 && shape.words <= 6 && before.is_some_and(|b| b.is("called")) && frame.items[at - 2].is("-")
    {
        return Some((QuoteKind::Scare, "so-called"));
    }
    if shape.words <= 8 && at > 0 && (super::cues::names_only(frame, at - 1) || known_as(frame, at)) {
        return Some((named(frame, at - 1, shape), "named so"));
    }
    let heading = at == 0 && frame.items.iter().all(|i| i.quote.is_some() || i.mark());
    // Between paragraphs, a heading in single marks may end as a sentence does.
    let ends = shape.ends_sentence && !frame.items.first().is_some_and(|i| single(i.text));
    if heading && shape.title_case && !ends && frame.parent.is_none() {
        return Some((QuoteKind::Title, HEADING));
    }
    // "MSNBC's [Morning Talk]": a broadcaster's show.
    let broadcast = before.is_some_and(|b| b.possessive_s()) && at > 1 && initials(&frame.items[at - 2]);
    if broadcast && shape.capital && shape.words <= 6 {
        return Some((QuoteKind::Title, "a broadcaster's show"));
    }
    if at == 0 && shape.words <= 3 && frame.parent.is_none() && is_talked_about(frame) {
        return Some((QuoteKind::Scare, "a term talked about"));
    }
    // "Roe's [Tides]": one word with a capital is a name, and here a work of hers.
    let owner = at.checked_sub(2).map(|b| &frame.items[b]);
    let owned = before.is_some_and(|b| b.possessive_s() || matches!(b.text, "'" | "’"));
    if shape.words == 1 && shape.capital && owned && owner.is_some_and(Item::capital) && !shape.ends_sentence
    {
        return Some((QuoteKind::Title, "a work of somebody's"));
    }
    let work = near(|n| n.classes.work(), 3) || after.is_some_and(|a| a.classes.work());
    let colon = before.is_some_and(|b| b.is(":"));
    if shape.title_case && !colon && !(at == 0 && shape.ends_sentence)
        || shape.capital && work && shape.words <= 12 && !colon && !shape.ends_sentence
    {
        return Some((QuoteKind::Title, if work { "title of a work" } else { CAPITALS_ALONE }));
    }
    None
}

/// Whether the words stand between a first and a last name: "Ada [Gull] Roe".
pub fn between_names(frame: &Frame<'_>, at: usize, shape: &Shape) -> bool {
    let before = at.checked_sub(1).map(|b| &frame.items[b]);
    shape.words <= 3
        && shape.capital
        && before.is_some_and(|b| b.capital() && !b.classes.nominative())
        && frame.get(at + 1).is_some_and(Item::capital)
}

/// What the words are that the word at item `naming` gives as a name: a person's nickname, a thing's title, or no more
/// than marked.
fn named(frame: &Frame<'_>, naming: usize, shape: &Shape) -> QuoteKind {
    let bearer = frame.items[naming.saturating_sub(BEARER)..naming].iter().rev().find(|n| {
        let noun = matches!(n.pos, Pos::Noun | Pos::Propn) && !n.classes.adverb() && n.quote.is_none();
        noun || n.capital() || phrases::subject_pronoun(n) || n.classes.oblique() || n.is("who")
    });
    let person = bearer.is_some_and(|n| {
        let pronoun = phrases::subject_pronoun(n) || n.classes.oblique() || n.is("who");
        let one = matches!(n.lower.as_ref(), "he" | "she" | "him" | "her" | "who" | "i" | "me" | "you");
        one || n.noun == Some(SpeakerForm::Description) || !pronoun && n.capital() && n.noun.is_none()
    });
    // "Nicknamed [the Eel], she": whom it opens for is a person as a rule.
    let person = person || bearer.is_none() && naming == 0 && frame.items[naming].classes.nickname();
    let outside = frame.items[naming..].iter().take(3).any(|n| n.is("the") || n.is("a"));
    match (person && !outside, shape.title_case) {
        (true, _) if shape.words <= 4 => QuoteKind::Nickname,
        (_, true) => QuoteKind::Title,
        _ if shape.words <= 4 && frame.items[naming].classes.nickname() => QuoteKind::Nickname,
        _ => QuoteKind::Scare,
    }
}

/// Whether the words are a name that somebody or something was given, by whomever: "was dubbed [Operation Hope]".
/// Who gave it said nothing else.
pub fn christened(frame: &Frame<'_>, at: usize, shape: &Shape) -> bool {
    let article = at.checked_sub(1).filter(|&k| frame.items[k].is("the"));
    let Some(naming) = article.unwrap_or(at).checked_sub(1) else { return false };
    let gives =
        matches!(frame.items[naming].lower.as_ref(), "dubbed" | "nicknamed" | "codenamed" | "christened");
    let passive = naming.checked_sub(1).is_some_and(|k| {
        let before = &frame.items[k];
        before.is(",")
            || before.classes.be()
            || before.classes.adverb() && k > 0 && frame.items[k - 1].classes.be()
    });
    let name = shape.title_case
        || frame.items[at].text.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
    gives && passive && name && shape.words <= 6
}

/// What a transcript says of the hall, in brackets and capitals: "(APPLAUSE)", "[CROSSTALK.]".
pub fn stage_direction(marked: &str) -> bool {
    let inner = marked.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '[' | ']'));
    let Some(words) = inner.strip_prefix(['(', '[']).map(|w| w.trim_end_matches(['.', ' '])) else {
        return false;
    };
    let words = words.strip_suffix([')', ']']).unwrap_or(words).trim_end_matches('.');
    let capitals = |c: char| c.is_uppercase() || matches!(c, ' ' | '-');
    words.chars().any(char::is_alphabetic) && words.chars().all(capitals)
}

/// Whether words stand in single marks, not in the doubled ones of wires.
fn single(marked: &str) -> bool {
    let mut chars = marked.chars();
    chars.next().is_some_and(|first| matches!(first, '\'' | '‘') && chars.next() != Some(first))
}

/// "a man known as [Gull]", "known as the [harbour rule]".
fn known_as(frame: &Frame<'_>, at: usize) -> bool {
    let ends = |words: &[&str]| {
        at >= words.len() && frame.items[at - words.len()..at].iter().zip(words).all(|(i, w)| i.is(w))
    };
    ends(&["known", "as"]) || ends(&["known", "as", "the"]) || ends(&["known", "as", "a"])
}

/// Whether the words in marks that open a sentence are what it is about: "[Top hand] is the term for".
fn is_talked_about(frame: &Frame<'_>) -> bool {
    let said = frame.items.iter().any(|i| i.verb.is_some_and(|v| v.quotes));
    !said
        && frame
            .get(1)
            .is_some_and(|n| n.classes.be() || matches!(n.lower.as_ref(), "means" | "refers" | "stands"))
}

/// "MSNBC", "ABC": nothing but capitals.
fn initials(item: &Item<'_>) -> bool {
    item.text.len() >= 3 && item.text.chars().all(char::is_uppercase)
}

/// Whether a stretch right before a cue is a name in the sentence rather than what is said:
/// `on [Morning Talk], Smith said`.
pub fn names_an_occasion(frame: &Frame<'_>, at: usize, shape: &Shape) -> bool {
    let before = at.checked_sub(1).map(|b| &frame.items[b]);
    shape.title_case
        && before.is_some_and(|b| {
            b.possessive_s()
                || b.classes.preposition()
                || b.classes.work()
                || b.pos == crate::annotate::Pos::Noun
                || b.capital()
                || b.classes.determiner()
                || b.classes.possessive()
        })
}

/// Whether a stretch behind a comma names the work before it, whatever cue stands beside it:
/// `in his book, [A Life Afloat], Roe said`, `she wrote in her memoir, [Two Boats]`.
pub fn names_a_work(frame: &Frame<'_>, at: usize, shape: &Shape) -> bool {
    shape.title_case && at > 1 && frame.items[at - 1].is(",") && frame.items[at - 2].classes.work()
}

/// Whether a stretch in capitals stands where a show does: "on [Morning Talk]", "Monday's [Night Watch]".
pub fn on_a_show(frame: &Frame<'_>, at: usize) -> bool {
    at.checked_sub(1)
        .map(|b| &frame.items[b])
        .is_some_and(|b| b.possessive_s() || b.is("on") || b.is("during"))
        || is_told(frame, at)
}

/// Whether the stretch is whom somebody told: "told [Morning Talk] that".
pub fn is_told(frame: &Frame<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| frame.items[b].verb.is_some_and(|v| v.addressee && v.lemma == "tell"))
}

/// Direct or mixed, for a stretch that a report credits.
pub fn speech(frame: &Frame<'_>, at: usize, shape: &Shape, adjacent: bool) -> QuoteKind {
    let before = at.checked_sub(1).map(|b| &frame.items[b]);
    let opens = before.is_none_or(|b| {
        matches!(b.text, "," | ":" | "—" | "–" | "--" | ".")
            || b.quote.is_some()
            || adjacent && b.verb.is_some_and(|v| v.quotes && !v.naming)
    });
    let comma = frame.get(at + 1).is_some_and(|n| n.is(","));
    let whole = shape.ends_sentence || shape.ends_comma || comma && shape.words > 1 || shape.words > 6;
    let alone = at == 0 && (whole || frame.items.len() <= 2);
    let introduced = before.is_some_and(|b| matches!(b.text, "," | ":"));
    if alone && (shape.capital || adjacent)
        || at > 0 && opens && (shape.capital || introduced && shape.words >= 4 && adjacent)
    {
        return QuoteKind::Direct;
    }
    QuoteKind::Mixed
}
