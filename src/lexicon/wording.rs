//! How much a word tells of who said it: nothing ("the"), a little ("country"), or much ("deplorables"); and
//! which words deny what is said.

use foldhash::HashSet;
use std::sync::LazyLock;

static WORDING: &str = include_str!("../../seeds/reference/wording.csv");

/// The words of a class, in the file's order.
fn class(name: &str) -> impl Iterator<Item = &'static str> {
    WORDING
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter(move |(class, _)| *class == name)
        .map(|(_, w)| w)
}

static FUNCTION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("function").collect());

/// Whether the word stands in every text: articles, pronouns, auxiliaries.
pub fn is_function(word: &str) -> bool {
    FUNCTION.contains(word)
}

static NEGATION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("negation").collect());
static RESTRICTION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("restriction").collect());

/// Whether the word denies what it stands with: "not", "never", "nobody".
pub fn is_negation(word: &str) -> bool {
    NEGATION.contains(word)
}

/// Whether the word behind a negation makes it none: "nothing but", "not only".
pub fn is_restriction(word: &str) -> bool {
    RESTRICTION.contains(word)
}

/// Words that many articles have, whatever they tell of.
pub fn common() -> impl Iterator<Item = &'static str> {
    class("common")
}

#[cfg(test)]
mod tests {
    use super::{common, is_function, is_negation, is_restriction};

    #[test]
    fn words_have_their_class() {
        assert!(is_function("the") && is_function("would") && !is_function("country"));
        assert!(common().any(|word| word == "country"));
        assert!(is_negation("never") && !is_negation("ever") && is_restriction("but"));
        assert!(common().all(|word| !is_function(word)), "no word is of two classes");
    }
}
