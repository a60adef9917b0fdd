//! The parts of people's names: particles, suffixes, titles, family names that stand first.
//!
//! All words are folded (see [`super::fold`]): lower case, without accents and points.

use foldhash::{HashMap, HashSet};
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
static ADDRESS: LazyLock<HashSet<&str>> = LazyLock::new(|| class("address"));
static REGNAL: LazyLock<HashSet<&str>> = LazyLock::new(|| class("regnal"));
static FAMILY_FIRST: LazyLock<HashSet<&str>> = LazyLock::new(|| class("family_first"));
static LEGAL_FORM: LazyLock<HashSet<&str>> = LazyLock::new(|| class("legal_form"));
static BODY: LazyLock<HashSet<&str>> = LazyLock::new(|| class("body"));
static KIN: LazyLock<HashSet<&str>> = LazyLock::new(|| class("kin"));
static COMPANY: LazyLock<HashSet<&str>> = LazyLock::new(|| class("company"));
static TITLE_MODIFIER: LazyLock<HashSet<&str>> = LazyLock::new(|| class("title_modifier"));
static RANK: LazyLock<HashSet<&str>> = LazyLock::new(|| class("rank"));
static FAMILY_TOO: LazyLock<HashSet<&str>> = LazyLock::new(|| class("family_too"));
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

/// Whether the word addresses the person that follows and is never of the name: "mr", "gen".
pub fn is_address(word: &str) -> bool {
    ADDRESS.contains(word)
}

/// Whether the word stands before a title: "vice", "former".
pub fn is_title_modifier(word: &str) -> bool {
    TITLE_MODIFIER.contains(word)
}

/// Whether the word makes a name of the given name that follows: "pope", "king", "prince".
pub fn is_regnal(word: &str) -> bool {
    REGNAL.contains(word)
}

/// Whether the word is a Chinese or Korean family name, which stands before the given name.
pub fn is_family_first(word: &str) -> bool {
    FAMILY_FIRST.contains(word)
}

/// Whether the word ends a company's name as its legal form: "inc", "gmbh".
pub fn is_legal_form(word: &str) -> bool {
    LEGAL_FORM.contains(word)
}

/// Whether a name that ends in this word is a body of its own beside what it is named after: the General
/// Assembly is not the United Nations.
pub fn is_body(word: &str) -> bool {
    BODY.contains(word)
}

/// Whether the word only says that what it follows is a company: "group", "holdings".
pub fn is_company(word: &str) -> bool {
    COMPANY.contains(word) || is_legal_form(word)
}

/// Whether the word begins a relative clause.
pub fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "whom" | "whose" | "which" | "that")
}

static NICKNAMES: &str = include_str!("../../seeds/reference/nicknames.csv");
static NICKNAME: LazyLock<HashSet<&str>> = LazyLock::new(|| NICKNAMES.lines().skip(1).collect());

/// Whether one of two given names is short for the other: "bill", "william".
pub fn is_nickname(a: &str, b: &str) -> bool {
    NICKNAME.contains(format!("{a},{b}").as_str()) || NICKNAME.contains(format!("{b},{a}").as_str())
}

static GIVEN_OF: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, Vec<&str>> = HashMap::default();
    for (nickname, given) in NICKNAMES.lines().skip(1).filter_map(|l| l.split_once(',')) {
        map.entry(nickname).or_default().push(given);
        map.entry(given).or_default().push(nickname);
    }
    map
});

/// The given names that a nickname is short for, and the nicknames of a given name.
pub fn given_of_nickname(name: &str) -> &'static [&'static str] {
    GIVEN_OF.get(name).map_or(&[], Vec::as_slice)
}

/// Whether a woman's given name is a common family name as well: "kelly", "kim".
pub fn is_family_too(word: &str) -> bool {
    FAMILY_TOO.contains(word)
}

/// Whether the word is a police rank, its abbreviation or a councillor's, which stands before a whole name: "det", "dci".
pub fn is_rank(word: &str) -> bool {
    RANK.contains(word)
}

/// Whether the word is a rank that is nothing else: "supt", but not "PC" or "DC".
pub fn is_sure_rank(word: &str) -> bool {
    RANK.contains(word) && word.len() > 2
}

/// Whether the word says how somebody is related: "father", "wife".
pub fn is_kin(word: &str) -> bool {
    KIN.contains(word)
}

static ALIAS_PHRASES: &str = include_str!("../../seeds/reference/alias_phrases.csv");
static ALIAS_PHRASE: LazyLock<HashSet<&str>> =
    LazyLock::new(|| ALIAS_PHRASES.lines().skip(1).map(|line| line.trim_matches('"')).collect());

/// Whether the words between two names say that the second is another name of the first: ", also known as ".
pub fn is_alias_phrase(between: &str) -> bool {
    ALIAS_PHRASE.contains(between)
}

/// What a given name tells of its bearer's sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Mostly borne by women.
    Female,
    /// Mostly borne by men.
    Male,
}

static GIVEN_NAMES: &str = include_str!("../../seeds/reference/given_names.csv");
static GIVEN: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| GIVEN_NAMES.lines().skip(1).filter_map(|l| l.split_once(',')).collect());

/// Whether the word is a known given name.
pub fn is_given(word: &str) -> bool {
    GIVEN.contains_key(word)
}

/// The sex that a given name tells; `None` for unknown names and those that both bear.
pub fn sex(given: &str) -> Option<Sex> {
    match *GIVEN.get(given)? {
        "f" => Some(Sex::Female),
        "m" => Some(Sex::Male),
        _ => None,
    }
}

/// Whether people of this name are told apart by their middle initials: "george", "hw", "bush".
pub fn initials_matter(given: &str, initials: &str, surname: &str) -> bool {
    !initials.is_empty() && NAMESAKE.contains(format!("{given},{initials},{surname}").as_str())
}
