//! "The Queenslander" names no person, however much the tagger takes it for one.

use super::focus::is_inhabitant;
use crate::finding::{EntityKind, FoundBy, Mention};
use crate::lexicon::names;

/// Makes groups of the persons whom an article before a lone word shows to be one of a place's people, where no
/// longer name has the word.
pub fn told_apart(text: &str, mentions: &mut [Mention]) {
    let is_one = |m: &Mention| {
        let word = m.span.of(text);
        let before = &text[..m.span.start];
        m.kind == EntityKind::Person
            && ["the ", "The ", " a ", " an "].iter().any(|article| before.ends_with(article))
            && word.chars().all(char::is_alphabetic)
            && is_inhabitant(word)
            && !names::is_given(&word.to_lowercase())
    };
    let ones: Vec<usize> = (0..mentions.len()).filter(|&i| is_one(&mentions[i])).collect();
    if ones.is_empty() {
        return;
    }
    let surnames: foldhash::HashSet<&str> = mentions
        .iter()
        .filter(|m| m.kind == EntityKind::Person)
        .filter_map(|m| m.span.of(text).rsplit_once(' ').map(|(_, last)| last))
        .collect();
    let ones: Vec<usize> =
        ones.into_iter().filter(|&i| !surnames.contains(mentions[i].span.of(text))).collect();
    for i in ones {
        (mentions[i].kind, mentions[i].found_by) = (EntityKind::Group, FoundBy::Rule);
    }
}
