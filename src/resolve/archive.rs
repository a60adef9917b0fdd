//! Resolution across the archive: which entities of different articles are one row.
//!
//! # The rule
//!
//! Every entity of an article has a [`LinkKey`], a function of its kind and name alone.
//!
//! 1. **Same kind and key: same row.** There is one archive entity for each distinct `(kind, key)`.
//! 2. **A short name joins the one full name it can stand for.** An entity with `full = false` and a
//!    `surname` ("Putin") is shown as the archive entity of the same kind with `full = true` and that
//!    `surname`, if the archive has **exactly one** such. With none, or with two ("Bill Clinton",
//!    "Hillary Clinton"), it stays a row of its own.
//! 3. **Where several bear the surname, company tells.** The short name joins the one bearer of it whose
//!    articles share something that the short name's article names besides: a full name or an organization that
//!    not everybody is named with ([`super::namesakes::is_surname_company`]), family left out. With none, or with several,
//!    it stays apart.
//! 4. Everything else stays apart.
//!
//! # What a store has to do
//!
//! The answer must depend on the set of articles alone, never on the order of their import. So keep a
//! row for every `(kind, key)`, with `surname` and `full` beside it and an index on `(kind, surname)`
//! over the full ones, and make the joining of rule 2 a link from the short row to the full one that is
//! computed, not remembered. It has to be computed again, for one `(kind, surname)` at a time, whenever a
//! full entity of that surname appears in the archive or loses its last mention, and for a new short one:
//!
//! ```sql
//! UPDATE entities SET same_as = (
//!     SELECT CASE count(*) WHEN 1 THEN min(f.id) END FROM entities f
//!     WHERE f.kind = :kind AND f.surname = :surname AND f.is_full AND <f has a mention>)
//! WHERE kind = :kind AND surname = :surname AND NOT is_full;
//! ```
//!
//! A link never goes further than one step: only short rows link, and only to full ones.

use std::collections::BTreeSet;

use super::person_name::PersonName;
use super::reference;
use crate::finding::EntityKind;

/// What an entity of one article may be joined with in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkKey {
    /// What it is.
    pub kind: EntityKind,
    /// The name normalized; with the kind, it is the archive row's identity.
    pub key: String,
    /// For a person, the family name by which full and short names meet; `None` where no short name
    /// may join ("Pope Francis") and for all other kinds.
    pub surname: Option<String>,
    /// Whether the name stands for one thing by itself; a surname alone does not.
    pub full: bool,
}

/// The link key of a name. `name` is [`crate::finding::Entity::name`], or what a person corrected it to.
pub fn link_key(kind: EntityKind, name: &str) -> LinkKey {
    if kind != EntityKind::Person {
        return LinkKey { kind, key: reference::key(kind, name), surname: None, full: true };
    }
    let parsed = PersonName::parse(name);
    LinkKey { kind, key: parsed.key(), surname: parsed.surname().map(str::to_owned), full: parsed.is_full() }
}

/// Things shared that are told as the reason, at most.
const TOLD: usize = 3;

/// Which of several bearers of a surname it means in an article, and why, by the company that the article and
/// each bearer's articles keep.
pub fn meant(company: &BTreeSet<String>, bearers: &[BTreeSet<String>]) -> Option<(usize, String)> {
    let mut sharing = bearers.iter().enumerate().filter(|(_, theirs)| !theirs.is_disjoint(company));
    let (bearer, theirs) = sharing.next()?;
    if sharing.next().is_some() {
        return None;
    }
    let shared: Vec<&str> = theirs.intersection(company).take(TOLD).map(String::as_str).collect();
    Some((bearer, format!("of several of the surname the one in the same company: {}", shared.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn company_tells_whom_a_surname_means_or_nobody() {
        let set = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<BTreeSet<String>>();
        let bearers = [set(&["harbour union", "lena borg"]), set(&["lena borg", "tarn bank"])];
        let bearer = |company: &[&str]| meant(&set(company), &bearers).map(|(bearer, _)| bearer);
        assert_eq!(bearer(&["harbour union", "hugo lind"]), Some(0));
        assert_eq!(bearer(&["tarn bank"]), Some(1));
        assert_eq!(bearer(&["lena borg"]), None, "both know her");
        assert_eq!(bearer(&["harbour union", "tarn bank"]), None);
        assert_eq!(bearer(&["hugo lind"]), None);
        assert_eq!(bearer(&[]), None);
        let (_, why) = meant(&set(&["tarn bank"]), &bearers).expect("one");
        assert!(why.ends_with("the same company: tarn bank"), "{why}");
    }

    #[test]
    fn a_surname_meets_its_full_name() {
        let short = link_key(EntityKind::Person, "Assad");
        let full = link_key(EntityKind::Person, "Bashar al-Assad");
        assert!(!short.full && full.full);
        assert_eq!(short.surname, full.surname);
        assert_eq!(full.key, link_key(EntityKind::Person, "Bashar Assad").key);
    }

    #[test]
    fn a_pope_takes_no_surname() {
        let pope = link_key(EntityKind::Person, "Pope Francis");
        assert_eq!((pope.surname, pope.full), (None, true));
    }

    #[test]
    fn only_people_have_surnames() {
        assert_eq!(link_key(EntityKind::Organization, "The Ford Motor Company").surname, None);
    }
}
