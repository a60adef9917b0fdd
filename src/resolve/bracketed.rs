//! What an article says in brackets: in "Harbour Workers Union (HWU)" they name what the words before
//! them name, in "public works (PW)" what is no name.

use foldhash::{HashMap, HashSet};

use super::forms::surface;
use super::short_forms::is_acronym;
use crate::annotate::{Annotation, Token};
use crate::finding::{EntityKind, FoundBy, Mention};
use crate::lexicon::known::is_country_code;
use crate::lexicon::words;

/// Words before a bracket that are looked at.
const WORDS: usize = 12;

/// How sure a mention is that stands in brackets as its name's initials.
const INTRODUCED: f32 = 0.9;

/// What an article's brackets say of short names.
#[derive(Debug, Default)]
pub struct Brackets<'t> {
    /// Mentions in brackets, in text order.
    pub found: Vec<Mention>,
    /// Acronyms of names, and what those are.
    introduced: HashMap<&'t str, EntityKind>,
    /// Acronyms of common nouns: "gross domestic product (GDP)".
    common: HashSet<&'t str>,
}

impl Brackets<'_> {
    /// Sets the kind that the text itself gives a short name, and says whether it is a name at all.
    pub fn settle(&self, text: &str, mention: &mut Mention) -> bool {
        let name = mention.span.of(text);
        if let Some(kind) = self.introduced.get(name) {
            mention.kind = *kind;
        }
        !self.common.contains(name) && !name.strip_suffix('s').is_some_and(|one| self.common.contains(one))
    }
}

/// Reads the brackets of an article that hold one word: an acronym behind what it shortens, a country's
/// code behind a person ("Rui Gomes (POR)").
pub fn brackets<'t>(text: &'t str, annotation: &Annotation, mentions: &[Mention]) -> Brackets<'t> {
    let tokens = &annotation.tokens;
    let mut out = Brackets::default();
    let mut before = 0;
    for (i, three) in tokens.windows(3).enumerate() {
        let [open, word, close] = three else { continue };
        if open.span.of(text) != "(" || close.span.of(text) != ")" {
            continue;
        }
        let short = word.span.of(text);
        while mentions.get(before + 1).is_some_and(|m| m.span.end <= open.span.start) {
            before += 1;
        }
        let name = mentions
            .get(before)
            .filter(|m| m.span.end <= open.span.start && text[m.span.end..open.span.start].trim().is_empty());
        let mention =
            |kind| Mention { span: word.span, kind, found_by: FoundBy::Rule, confidence: INTRODUCED };
        match name {
            Some(name) if name.kind == EntityKind::Person && is_country_code(short) => {
                out.found.push(mention(EntityKind::Place));
            }
            Some(name) => {
                let kind = name.kind;
                if kind == EntityKind::Organization
                    && is_acronym(short)
                    && shortens(short, surface(name.span.of(text)))
                {
                    out.found.push(mention(kind));
                    out.introduced.insert(short, kind);
                }
            }
            None if is_acronym(short) && is_of_common_words(text, &tokens[..i], short) => {
                out.common.insert(short);
            }
            None => {}
        }
    }
    out.common.retain(|short| !out.introduced.contains_key(short));
    out
}

/// Whether the words before an acronym are small ones that begin with its letters.
fn is_of_common_words(text: &str, before: &[Token], acronym: &str) -> bool {
    let letters: Vec<char> =
        acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let mut left = letters.as_slice();
    for token in before.iter().rev().take(WORDS) {
        let word = token.span.of(text);
        if matches!(word, "-" | "/") {
            continue;
        }
        let Some((last, rest)) = left.split_last() else { break };
        if word.starts_with(*last) && word.chars().all(char::is_lowercase) {
            left = rest;
        } else if !words::is_function_word(word) {
            return false;
        }
    }
    left.is_empty() && letters.len() > 1
}

/// Whether the letters of an acronym begin the words of a name, small words counted or not.
fn shortens(acronym: &str, name: &str) -> bool {
    let letters: String =
        acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = name.split([' ', '-', '/']).filter(|w| !w.is_empty()).collect();
    let first = |words: &[&str]| -> String {
        words.iter().filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect()
    };
    let content: Vec<&str> = words.iter().copied().filter(|w| !words::is_function_word(w)).collect();
    words.len() > 1 && [first(&words), first(&content)].contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::span::Span;

    /// What is left of the mentions in [brackets], each with its kind's letter after a bar.
    fn settled(marked: &str) -> Vec<(String, &'static str)> {
        let (mut text, mut mentions, mut start) = (String::new(), Vec::new(), 0);
        let mut chars = marked.chars();
        while let Some(c) = chars.next() {
            match c {
                '[' => start = text.len(),
                '|' => {
                    let kind = match chars.next() {
                        Some('p') => EntityKind::Person,
                        Some('l') => EntityKind::Place,
                        _ => EntityKind::Organization,
                    };
                    chars.next();
                    let span = Span::new(start, text.len());
                    mentions.push(Mention { span, kind, found_by: FoundBy::Model, confidence: 0.5 });
                }
                c => text.push(c),
            }
        }
        let brackets = brackets(&text, &annotate(&text), &mentions);
        mentions.extend(brackets.found.iter().cloned());
        mentions.retain_mut(|m| brackets.settle(&text, m));
        mentions.iter().map(|m| (m.span.of(&text).to_owned(), m.kind.as_str())).collect()
    }

    #[test]
    fn brackets_say_what_a_short_name_is() {
        for (text, want) in [
            (
                "The [Harbour Office on Land|o] (HOL) met. [HOL|l] rose.",
                vec![
                    ("Harbour Office on Land", "organization"),
                    ("HOL", "organization"),
                    ("HOL", "organization"),
                ],
            ),
            ("A public-private partnership (PPP) failed. [PPPs|o] and [PPP|o] do.", vec![]),
            ("Then [Rui Gomes|p] (POR) won.", vec![("Rui Gomes", "person"), ("POR", "place")]),
            (
                "The [Harbour Office|o] (Tarn) met. [Tarn|l] rose.",
                vec![("Harbour Office", "organization"), ("Tarn", "place")],
            ),
            ("In the spring ([HWU|o]) it rained.", vec![("HWU", "organization")]),
        ] {
            let want: Vec<(String, &str)> = want.into_iter().map(|(s, k)| (s.to_owned(), k)).collect();
            assert_eq!(settled(text), want, "{text}");
        }
    }

    #[test]
    fn initials_with_and_without_small_words() {
        for (acronym, name) in [
            ("HWU", "Harbour Workers Union"),
            ("MOF", "Ministry of Fisheries"),
            ("MF", "Ministry of Fisheries"),
            ("SEPC", "Social-Ecological Party of the Coast"),
        ] {
            assert!(shortens(acronym, name), "{acronym} {name}");
        }
        for (acronym, name) in [("USA", "Harbour Workers Union"), ("H", "Harbour"), ("ABC", "Ann Bell")] {
            assert!(!shortens(acronym, name), "{acronym} {name}");
        }
    }
}
