//! Small closed classes of English words.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: &str = include_str!("../../seeds/reference/words.csv");

fn class(name: &str) -> HashSet<&'static str> {
    WORDS
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter(|(class, _)| *class == name)
        .map(|(_, w)| w)
        .collect()
}

static FUNCTION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("function"));
static ABBREVIATION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("abbreviation"));
static OPENER: LazyLock<HashSet<&str>> = LazyLock::new(|| class("opener"));

/// Whether no sentence ends with this word ("the", "to", "of").
pub fn is_function_word(word: &str) -> bool {
    FUNCTION.contains(word.to_lowercase().as_str())
}

/// Whether a full stop after this word abbreviates it ("Mr", "Sen", "Jan").
pub fn is_abbreviation(word: &str) -> bool {
    ABBREVIATION.contains(word)
}

/// Whether this capitalized word begins a sentence rather than a name ("The", "He").
pub fn is_sentence_opener(word: &str) -> bool {
    OPENER.contains(word)
}
