//! The parts of people's names: particles, suffixes, titles, family names that stand first.
//!
//! All words are folded (see `resolve::fold`): lower case, without accents and points.

use std::collections::HashSet;
use std::sync::LazyLock;

static PARTS: &str = include_str!("../../seeds/reference/name_parts.csv");
static NAMESAKES: &str = include_str!("../../seeds/reference/namesakes.csv");

fn class(name: &str) -> HashSet<&'static str> {
    PARTS
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter(|(class, _)| *class == name)
        .map(|(_, w)| w)
        .collect()
}

static PARTICLE: LazyLock<HashSet<&str>> = LazyLock::new(|| class("particle"));
static SUFFIX: LazyLock<HashSet<&str>> = LazyLock::new(|| class("suffix"));
static HONORIFIC: LazyLock<HashSet<&str>> = LazyLock::new(|| class("honorific"));
static REGNAL: LazyLock<HashSet<&str>> = LazyLock::new(|| class("regnal"));
static FAMILY_FIRST: LazyLock<HashSet<&str>> = LazyLock::new(|| class("family_first"));
static NAMESAKE: LazyLock<HashSet<&str>> = LazyLock::new(|| NAMESAKES.lines().skip(1).collect());

/// Whether the word joins the parts of a name without being one: "al", "van", "bin".
pub fn is_particle(word: &str) -> bool {
    PARTICLE.contains(word)
}

/// Whether the word follows a name: "jr", "iii".
pub fn is_suffix(word: &str) -> bool {
    SUFFIX.contains(word)
}

/// Whether the word addresses the person that follows: "mr", "dr", "sheikh".
pub fn is_honorific(word: &str) -> bool {
    HONORIFIC.contains(word)
}

/// Whether the word makes a name of the given name that follows: "pope", "king", "prince".
pub fn is_regnal(word: &str) -> bool {
    REGNAL.contains(word)
}

/// Whether the word is a Chinese or Korean family name, which stands before the given name.
pub fn is_family_first(word: &str) -> bool {
    FAMILY_FIRST.contains(word)
}

/// Whether people of this name are told apart by their middle initials: "george", "hw", "bush".
pub fn initials_matter(given: &str, initials: &str, surname: &str) -> bool {
    !initials.is_empty() && NAMESAKE.contains(format!("{given},{initials},{surname}").as_str())
}
