//! Walks of life: which roles tell a person from a namesake (`seeds/reference/walks.csv`).

use foldhash::HashMap;
use std::sync::LazyLock;

static TABLE: &str = include_str!("../../seeds/reference/walks.csv");

static WALKS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| TABLE.lines().skip(1).filter_map(|line| line.split_once(',')).collect());

/// The walk of life of a role's lower-case noun, where it is of one: "striker" is of sport.
pub fn walk(word: &str) -> Option<&'static str> {
    WALKS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::roles;

    #[test]
    fn every_walk_is_of_a_role() {
        assert_eq!(WALKS.len(), TABLE.lines().skip(1).count(), "a role is there twice");
        for role in WALKS.keys() {
            assert!(roles::is_role(role), "{role} is no role: no description has it");
        }
    }
}
