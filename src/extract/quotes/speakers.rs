//! How a source is named: by name, pronoun, description, group or document.

use crate::finding::{EntityKind, Mention, Speaker, SpeakerForm};
use crate::lexicon::{counting, names, reporting, roles};
use crate::span::Span;

/// A speaker from the words that name him, with the mention inside them where there is one.
pub fn speaker(text: &str, span: Span, mentions: &[Mention]) -> Speaker {
    // "the mayor's lawyer, Jon Reyes": the name behind the description says who.
    let named = match span.of(text).split_once(", ") {
        Some((before, name)) if name_behind(before, name) => Span::new(span.end - name.len(), span.end),
        _ => span,
    };
    let mut form = form(named.of(text));
    let mut mention = if form == SpeakerForm::Name { mention_in(text, named, mentions) } else { None };
    // "Bank of Ulm officials": not the bank.
    if let Some(noun) = mention.and_then(|m| noun_behind(text, named, mentions[m].span)) {
        (form, mention) = (noun, None);
    }
    // "Officials said", "Critics of Smith said": a capital for the sentence's sake.
    if mention.is_none() && form == SpeakerForm::Name {
        let words = head(text, named).of(text).trim_end_matches(',');
        let last = words.split_whitespace().last().unwrap_or_default();
        let several = head(text, named) != named && words == last && counting::is_plural(last);
        let noun = reporting::speaker_noun(&last.to_lowercase());
        form = noun.or(several.then_some(SpeakerForm::Group)).unwrap_or(form);
    }
    Speaker { span, form, mention, entity: None, steps: String::new() }
}

/// What a phrase is whose name only stands before its noun: "|Bank of Ulm| officials".
fn noun_behind(text: &str, phrase: Span, name: Span) -> Option<SpeakerForm> {
    let rest = text.get(name.end..phrase.end)?;
    let last = rest.split_whitespace().last()?;
    let plain = |w: &str| w.chars().all(char::is_lowercase) && !reporting::classes(w).preposition();
    reporting::speaker_noun(last).filter(|_| rest.starts_with(' ') && rest.split_whitespace().all(plain))
}

/// Whether the words after a comma are the name of whom those before describe.
fn name_behind(before: &str, name: &str) -> bool {
    let described = before.split_whitespace().any(|w| {
        !w.starts_with(char::is_uppercase) && reporting::speaker_noun(w) == Some(SpeakerForm::Description)
    });
    described && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
}

/// The words of a phrase before what belongs to its head: "Critics | of Smith", "Roe | and Hale".
fn head(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let end = [
        ", ",
        " and ",
        " of ",
        " for ",
        " from ",
        " at ",
        " in ",
        " (",
        " who ",
        " to ",
        " with ",
        " outside ",
        " close ",
        " inside ",
        " near ",
        " against ",
        " behind ",
        " within ",
        " on ",
        " by ",
    ]
    .iter()
    .filter_map(|w| words.find(w))
    .min();
    Span::new(span.start, end.map_or(span.end, |i| span.start + i))
}

/// The mention that a name in `span` stands for: the last person named before an apposition or "of",
/// else the last name there, else the person that a title with "of" leads to.
fn mention_in(text: &str, span: Span, mentions: &[Mention]) -> Option<usize> {
    let first = mentions.partition_point(|m| m.span.end <= span.start);
    let inside: Vec<usize> =
        (first..mentions.len()).take_while(|&i| mentions[i].span.start < span.end).take(16).collect();
    let head = head(text, span);
    // "Bank of Ulm governor Jon Reyes": the "of" is the bank's, and the governor speaks.
    if let [first, .., last] = inside[..]
        && mentions[first].span.end > head.end
        && mentions[last].kind == EntityKind::Person
        && mentions[last].span.end == span.end
        && holds_office(text, mentions[first].span.end, mentions[last].span.start)
    {
        return Some(last);
    }
    let in_head = || inside.iter().rev().copied().filter(|&i| mentions[i].span.start < head.end);
    in_head()
        .find(|&i| mentions[i].kind == EntityKind::Person)
        .or_else(|| in_head().next())
        .or_else(|| inside.iter().rev().copied().find(|&i| titled(text, head, &mentions[i])))
}

/// Whether nothing but an office in small letters stands between two names: "Bank of Ulm |governor| Jon Reyes".
fn holds_office(text: &str, from: usize, to: usize) -> bool {
    let between = text.get(from..to).unwrap_or_default().trim();
    let last = between.split_whitespace().last().unwrap_or_default();
    let plain = between.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'));
    plain && (reporting::speaker_noun(last) == Some(SpeakerForm::Description) || roles::is_role(last))
}

/// Whether a title with its "of" leads to the person: "Secretary of State |Jon Reyes|". Whom critics,
/// lawyers or friends are of, with or without a title of his own, is somebody else.
fn titled(text: &str, head: Span, mention: &Mention) -> bool {
    let title = head.of(text).split_whitespace().last().is_some_and(roles::is_title);
    let before = text.get(head.end..mention.span.start).unwrap_or_default();
    let last = before.split_whitespace().last().unwrap_or_default();
    let lower = last.to_lowercase();
    let classes = reporting::classes(&lower);
    title
        && mention.kind == EntityKind::Person
        && !last.is_empty()
        && !(classes.preposition() || classes.determiner() || classes.conjunction())
        && !(roles::is_title(last) || names::is_honorific(lower.trim_end_matches('.')))
        && !last.ends_with(['’', '\'', ','])
        && !(last.ends_with("'s") || last.ends_with("’s"))
}

/// What kind of words name the speaker.
fn form(words: &str) -> SpeakerForm {
    let lower = words.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or("");
    let classes = reporting::classes(&lower);
    if classes.indefinite() || first == "those" {
        return SpeakerForm::Group;
    }
    if classes.nominative() || classes.oblique() || classes.possessive() {
        return SpeakerForm::Pronoun;
    }
    if words.starts_with('@') {
        return SpeakerForm::Name;
    }
    // The head: the last word before a preposition, comma or relative.
    let mut head = "";
    for word in words.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let classes = reporting::classes(bare);
        if !head.is_empty() && (classes.preposition() || classes.relative()) {
            break;
        }
        if !bare.is_empty() {
            head = bare;
        }
        if word.ends_with(',') {
            break;
        }
    }
    if head.starts_with(char::is_uppercase) {
        let described = reporting::speaker_noun(&head.to_lowercase());
        let article = matches!(first, "a" | "an" | "one" | "another" | "some" | "several" | "many");
        return match described {
            Some(form) if article => form,
            _ => SpeakerForm::Name,
        };
    }
    reporting::speaker_noun(&head.to_lowercase()).unwrap_or(SpeakerForm::Description)
}
