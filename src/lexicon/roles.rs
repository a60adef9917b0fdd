//! Roles: the nouns that say what a person is ("minister", "spokesman", "coach").

use std::sync::LazyLock;

use foldhash::HashMap;

use super::fold::lower;

static TABLE: &str = include_str!("../../seeds/reference/roles.csv");

static ROLES: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| TABLE.lines().skip(1).filter_map(|line| line.split_once(',')).collect());

/// Whether the word, in any case, singular or plural, is a role's noun or its abbreviation.
pub fn is_role(word: &str) -> bool {
    let lower = lower(word);
    let bare = lower.trim_end_matches('.');
    ROLES.contains_key(bare)
        || bare.strip_suffix('s').is_some_and(|one| ROLES.contains_key(one))
        || bare.strip_prefix("ex-").is_some_and(|role| ROLES.contains_key(role))
        || bare.strip_suffix("men").is_some_and(|stem| ROLES.contains_key(format!("{stem}man").as_str()))
}

/// Whether the word stands as a title before a name: "President", "Gen.", "Judge".
pub fn is_title(word: &str) -> bool {
    let lower = lower(word);
    let class = ROLES.get(lower.trim_end_matches('.'));
    class.is_some_and(|class| matches!(*class, "office" | "military" | "church" | "staff" | "abbreviation"))
}

#[cfg(test)]
mod tests {
    use super::is_role;

    #[test]
    fn roles() {
        for word in ["president", "Minister", "Sen.", "spokesmen", "ex-president", "aides"] {
            assert!(is_role(word), "{word}");
        }
        for word in ["the", "Russian", "table", ""] {
            assert!(!is_role(word), "{word}");
        }
    }
}
