//! Small closed classes of English words.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::fold::lower;

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
static NUMBER_ABBREVIATION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("number_abbreviation"));
static TITLE_ABBREVIATION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("title_abbreviation"));
static COMPOUND_END: LazyLock<HashSet<&str>> = LazyLock::new(|| class("compound_end"));
static OCCASION: LazyLock<HashSet<&str>> = LazyLock::new(|| class("occasion"));
static SPORTS_VERB: LazyLock<HashSet<&str>> = LazyLock::new(|| class("sports_verb"));
static SPORTS_ROLE: LazyLock<HashSet<&str>> = LazyLock::new(|| class("sports_role"));
static SPORTS_NOUN: LazyLock<HashSet<&str>> = LazyLock::new(|| class("sports_noun"));
static PLACE_NOUN: LazyLock<HashSet<&str>> = LazyLock::new(|| class("place_noun"));
static LOCAL_SERVICE: LazyLock<HashSet<&str>> = LazyLock::new(|| class("local_service"));
static CALENDAR: LazyLock<HashSet<&str>> = LazyLock::new(|| class("calendar"));
static ROLE_MODIFIER: LazyLock<HashSet<&str>> = LazyLock::new(|| class("role_modifier"));
static OPENER: LazyLock<HashSet<&str>> = LazyLock::new(|| class("opener"));

/// Whether the word makes a describing compound of the name before its hyphen: "US-led".
pub fn is_compound_end(word: &str) -> bool {
    COMPOUND_END.contains(word)
}

/// Whether the word names what a body holds rather than the body: "Summit", "Talks".
pub fn is_occasion(word: &str) -> bool {
    OCCASION.contains(&*lower(word))
}

/// Whether the capitalized word is a noun for places rather than one's name, with "the" before it: "Region".
pub fn is_place_noun(word: &str) -> bool {
    PLACE_NOUN.contains(word)
}

/// Whether the word ends the name of what may serve two places together: "police", "council".
pub fn is_local_service(word: &str) -> bool {
    LOCAL_SERVICE.contains(word)
}

/// Whether the verb is what one side does to the other: "beat".
pub fn is_sports_verb(word: &str) -> bool {
    SPORTS_VERB.contains(word)
}

/// Whether the word is what somebody is for a team and for nothing else: "striker".
pub fn is_sports_role(word: &str) -> bool {
    SPORTS_ROLE.contains(word)
}

/// Whether the word is what sides have with each other: "win", "draw".
pub fn is_sports_noun(word: &str) -> bool {
    SPORTS_NOUN.contains(word)
}

/// Whether the word is a day or month: never part of somebody's title.
pub fn is_calendar(word: &str) -> bool {
    CALENDAR.contains(word)
}

/// Whether the word may stand in a title though it looks like a verb or adverb: "acting", "outgoing".
pub fn is_role_modifier(word: &str) -> bool {
    ROLE_MODIFIER.contains(&*lower(word))
}

/// Whether no sentence ends with this word ("the", "to", "of").
pub fn is_function_word(word: &str) -> bool {
    FUNCTION.contains(&*lower(word))
}

/// Whether a full stop after this word abbreviates it ("Mr", "Sen", "Jan").
pub fn is_abbreviation(word: &str) -> bool {
    ABBREVIATION.contains(word)
}

/// Whether a full stop after this word abbreviates it before a number ("No. 2") and ends a sentence
/// elsewhere.
pub fn is_number_abbreviation(word: &str) -> bool {
    NUMBER_ABBREVIATION.contains(word)
}

/// Whether a full stop after this word abbreviates a title or what else a name follows ("Mr", "St").
pub fn is_title_abbreviation(word: &str) -> bool {
    TITLE_ABBREVIATION.contains(word)
}

/// Whether this capitalized word begins a sentence rather than a name ("The", "He").
pub fn is_sentence_opener(word: &str) -> bool {
    OPENER.contains(word)
}
