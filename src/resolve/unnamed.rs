//! Persons whom the text describes and never names: "she" after "A spokeswoman apologised."
//!
//! Only who is new there, or somebody's: "the senator" mostly is somebody named before.

use super::phrases::Phrases;
use super::speakers::Spoke;
use crate::annotate::Sentence;
use crate::finding::SpeakerForm;
use crate::lexicon::gender;
use crate::lexicon::names::Sex;
use crate::lexicon::reporting;
use crate::span::Span;

/// How many sentences back one who spoke is remembered.
const SPOKE: usize = 3;
/// How many sentences back one who did not speak is looked for.
const SEEN: usize = 2;

/// The words that describe whom a pronoun at byte `at` stands for, if nobody nearer is named. `sure` asks of who
/// did not speak that the words tell his sex.
pub fn described(
    phrases: &Phrases<'_>,
    gender: Sex,
    at: usize,
    spoke: Option<&Spoke>,
    sure: bool,
) -> Option<Span> {
    let sentences = &phrases.annotation.sentences;
    let here = sentences.partition_point(|s| s.span.start <= at).checked_sub(1)?;
    let spoken = spoke.and_then(|s| {
        let sentence = sentences.partition_point(|x| x.span.start <= s.span.start).saturating_sub(1);
        let near = here.saturating_sub(sentence) <= SPOKE;
        (near && s.entity.is_none()).then(|| speaker(phrases.text, gender, s)).flatten()
    });
    let seen = sentences[here.saturating_sub(SEEN)..here].iter().rev().find_map(|sentence| {
        let (head, span) = opened(phrases, sentence)?;
        let sex = gender::of_noun(&head);
        let fits = if sure { sex == Some(gender) } else { sex.is_none_or(|g| g == gender) };
        fits.then_some(span)
    });
    spoken.into_iter().chain(seen).max_by_key(|span| span.end)
}

/// The person that a sentence opens with and does not name: the noun and the words.
fn opened(phrases: &Phrases<'_>, sentence: &Sentence) -> Option<(String, Span)> {
    let opening = phrases.opening(sentence)?;
    let head = phrases.annotation.tokens[opening.head].span.of(phrases.text).to_lowercase();
    let person = reporting::speaker_noun(&head) == Some(SpeakerForm::Description);
    (person && is_new(opening.span.of(phrases.text))).then_some((head, opening.span))
}

/// Whether one of the sentences before byte `at` is about somebody it does not name.
pub fn is_anybody_new(phrases: &Phrases<'_>, at: usize) -> bool {
    let sentences = &phrases.annotation.sentences;
    let here = sentences.partition_point(|s| s.span.start <= at).saturating_sub(1);
    sentences[here.saturating_sub(SPOKE)..here].iter().any(|s| opened(phrases, s).is_some())
}

/// The words for who spoke last, where they may be meant by a pronoun of this gender.
fn speaker(text: &str, gender: Sex, spoke: &Spoke) -> Option<Span> {
    // Who asks is answered by somebody else.
    let words = spoke.words.filter(|_| !spoke.asks)?;
    if spoke.form == SpeakerForm::Pronoun {
        let same = gender::of_pronoun(&spoke.span.of(text).to_lowercase()) == Some(gender);
        return same.then_some(words);
    }
    let head = head(words.of(text)).to_lowercase();
    let person = spoke.form == SpeakerForm::Description
        && is_new(words.of(text))
        && reporting::speaker_noun(&head) == Some(SpeakerForm::Description);
    (person && gender::of_noun(&head).is_none_or(|g| g == gender)).then_some(words)
}

/// Whether a description brings in somebody new, or says whose he is: "a resident", "his brother".
fn is_new(words: &str) -> bool {
    let lower = up_to_head(words).to_lowercase();
    let mut each = lower.split(' ');
    let first = each.next().unwrap_or_default();
    let plain = first == "the"
        && matches!((each.next(), each.next()), (Some("man" | "woman" | "boy" | "girl"), None));
    plain
        || matches!(first, "a" | "an" | "one" | "another" | "his" | "her" | "their" | "my" | "our")
        || ["'s ", "’s "].iter().any(|s| lower.contains(s))
}

/// A phrase up to the noun that it is about: "a spokeswoman" of "a spokeswoman for the trust".
fn up_to_head(words: &str) -> &str {
    const BEHIND: [&str; 12] = [
        " of ", " for ", " from ", " at ", " in ", " with ", " who ", " to ", " on ", " by ", " close ", ", ",
    ];
    let end = BEHIND.iter().filter_map(|w| words.find(w)).min().unwrap_or(words.len());
    &words[..end]
}

/// The noun that a phrase is about: "spokeswoman" of "a spokeswoman for the trust".
pub fn head(words: &str) -> &str {
    let words = up_to_head(words);
    words.rsplit(' ').next().unwrap_or(words)
}
