//! Clubs that go by their city's name alone: "Leeds beat Reading 2-1", "the Leeds striker".
//!
//! Only what stands right beside the city tells, and only of sport: elsewhere the city is the city. Countries
//! stay places, whose teams play for them.

use foldhash::HashSet;

use crate::annotate::{Annotation, Token};
use crate::finding::{EntityKind, FoundBy, Mention};
use crate::lexicon::known::known;
use crate::lexicon::words;

/// How sure it is that a city in such a place is its club.
const BY_SPORT: f32 = 0.9;

/// Makes organizations of the cities that stand where only a club can.
pub fn tell_clubs(text: &str, annotation: &Annotation, mentions: &mut [Mention]) {
    let clubs: Vec<usize> = (0..mentions.len())
        .filter(|&i| is_city(text, &mentions[i]) && is_club(text, annotation, mentions, i))
        .collect();
    for i in clubs {
        let m = &mut mentions[i];
        (m.kind, m.found_by, m.confidence) = (EntityKind::Organization, FoundBy::Rule, BY_SPORT);
    }
}

fn is_city(text: &str, m: &Mention) -> bool {
    let country = |k: &crate::lexicon::known::Known| k.is_country || k.country.is_none();
    m.kind == EntityKind::Place && !known(EntityKind::Place, m.span.of(text)).is_some_and(country)
}

/// Whether the words beside a city speak of its club.
fn is_club(text: &str, annotation: &Annotation, mentions: &[Mention], i: usize) -> bool {
    let range = annotation.tokens_in(mentions[i].span);
    let sentence = annotation.sentences.partition_point(|s| s.tokens.end <= range.start);
    let Some(sentence) = annotation.sentences.get(sentence) else { return false };
    let word = |at: Option<usize>| -> &str {
        at.filter(|at| sentence.tokens.contains(at)).map_or("", |at| annotation.tokens[at].span.of(text))
    };
    let (before, after) = (word(range.start.checked_sub(1)), word(Some(range.end)));
    let second = word(range.start.checked_sub(2));
    if words::is_sports_role(after) || words::is_sports_role(second) && matches!(before, "of" | "at" | "for")
    {
        return true;
    }
    // "Leeds beat Reading", "a win over Reading": what both sides and the words between say.
    let named = |at: Option<usize>| {
        at.and_then(|at| mentions.get(at)).is_some_and(|m| {
            matches!(m.kind, EntityKind::Organization | EntityKind::Place) && sentence.span.contains(m.span)
        })
    };
    let beats = words::is_sports_verb(after) && named(Some(i + 1));
    let beaten = words::is_sports_verb(before) && named(i.checked_sub(1));
    let against =
        words::is_sports_noun(second) && matches!(before, "over" | "against" | "with" | "at" | "to");
    let from = before == "from" && is_signed(text, &annotation.tokens[sentence.tokens.start..range.start]);
    let sport = || is_sport(text, &annotation.tokens[sentence.tokens.clone()]);
    from || (beats || beaten || against) && sport()
}

/// Whether a player was signed in the words before.
fn is_signed(text: &str, before: &[Token]) -> bool {
    let words: HashSet<&str> = before.iter().rev().take(10).map(|t| t.span.of(text)).collect();
    words.iter().any(|w| words::is_sports_role(w))
        && ["signed", "sign", "signing", "bought", "loan"].iter().any(|w| words.contains(w))
}

/// Whether a sentence speaks of sport: it has a result ("2-1") or one of sport's nouns.
fn is_sport(text: &str, tokens: &[Token]) -> bool {
    let is_score = |token: &Token| {
        let word = token.span.of(text);
        word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
    };
    let result = tokens.windows(3).any(|three| {
        is_score(&three[0]) && matches!(three[1].span.of(text), "-" | "–") && is_score(&three[2])
    });
    result
        || tokens
            .iter()
            .any(|t| words::is_sports_role(t.span.of(text)) || words::is_sports_noun(t.span.of(text)))
}
