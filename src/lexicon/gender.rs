//! Titles, roles and pronouns that tell a person's sex. What given names tell is `names::sex`.

use foldhash::HashMap;
use std::sync::LazyLock;

use super::names::Sex;

static NOUNS: &str = include_str!("../../seeds/reference/gendered.csv");

static BY_NOUN: LazyLock<HashMap<&str, Sex>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (word, gender) = line.split_once(',')?;
        Some((word, if gender == "female" { Sex::Female } else { Sex::Male }))
    };
    NOUNS.lines().skip(1).filter_map(row).collect()
});

/// What a lower-case title or role tells: "mr", "spokeswoman".
pub fn of_noun(lower: &str) -> Option<Sex> {
    BY_NOUN.get(lower).copied()
}

/// What a lower-case pronoun or possessive tells.
pub fn of_pronoun(lower: &str) -> Option<Sex> {
    match lower {
        "he" | "him" | "his" | "himself" => Some(Sex::Male),
        "she" | "her" | "hers" | "herself" => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_once() {
        assert_eq!(BY_NOUN.len(), NOUNS.lines().skip(1).count());
        assert_eq!(of_noun("spokesman"), Some(Sex::Male));
        assert_eq!(of_noun("countess"), Some(Sex::Female));
    }
}
