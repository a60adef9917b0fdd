//! What is known by several names: countries, regions, organizations, peoples.
//!
//! A name is asked with the kind it was found as, so that Jordan the person is never the country.

use foldhash::HashMap;
use std::sync::LazyLock;

use super::fold::fold;
use crate::finding::EntityKind;

static COUNTRIES: &str = include_str!("../../seeds/reference/countries.csv");
static PLACES: &str = include_str!("../../seeds/reference/places.csv");
static ORGANIZATIONS: &str = include_str!("../../seeds/reference/organizations.csv");

/// A thing that reference data knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Its canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// ISO 3166-1 alpha-2 code of the country it is, lies in, or is the people of.
    pub country: Option<String>,
    /// Degrees north and east, for countries: the middle of where their people live.
    pub coordinates: Option<(f64, f64)>,
    /// Whether it is a country.
    pub is_country: bool,
}

/// A name of a known thing.
struct Alias {
    known: usize,
    /// Set for short names in capitals ("US", "WHO", "IS"), which are the name in capitals only.
    shouted: Option<String>,
    /// Set for three-letter codes, which are the country where it was found as a place only.
    is_code: bool,
}

#[derive(Default)]
struct Table {
    known: Vec<Known>,
    aliases: HashMap<String, Vec<Alias>>,
    /// Every name as it stands in a text.
    in_text: Vec<(String, EntityKind)>,
}

impl Table {
    fn add(&mut self, known: Known, aliases: &str) {
        let index = self.known.len();
        let name = known.name.clone();
        let kind = known.kind;
        self.known.push(known);
        for alias in std::iter::once(name.as_str()).chain(aliases.split('|')) {
            let letters: String = alias.chars().filter(|c| c.is_alphanumeric()).collect();
            let shouted = letters.len() <= 5 && !letters.is_empty() && !letters.contains(char::is_lowercase);
            let list = self.aliases.entry(bare(alias)).or_default();
            if !alias.is_empty() && (kind != EntityKind::Group || alias.contains(' ')) {
                self.in_text.push((alias.strip_prefix("the ").unwrap_or(alias).to_owned(), kind));
            }
            if !alias.is_empty() && !list.iter().any(|a| a.known == index && a.shouted.is_none()) {
                list.push(Alias { known: index, shouted: shouted.then_some(letters), is_code: false });
            }
        }
    }

    /// Adds the codes of the country added last.
    fn add_codes(&mut self, codes: &str) {
        let known = self.known.len() - 1;
        for code in codes.split('|').filter(|c| !c.is_empty()) {
            let alias = Alias { known, shouted: Some(code.to_owned()), is_code: true };
            self.aliases.entry(bare(code)).or_default().push(alias);
        }
    }
}

/// A name folded, without its article.
fn bare(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.strip_prefix("the ").unwrap_or(&folded);
    // "U. S." is "US".
    if bare.split(' ').all(|word| word.chars().count() == 1) {
        bare.replace(' ', "")
    } else {
        bare.to_owned()
    }
}

/// The records of a table, without its header line.
pub(super) fn records(table: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(table.as_bytes()).into_records().map(|r| r.expect("reference data is valid CSV"))
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for r in records(COUNTRIES) {
        let country = Some(r[0].to_owned());
        let coordinates = r[5].parse().ok().zip(r[6].parse().ok());
        let place = Known {
            name: r[1].to_owned(),
            kind: EntityKind::Place,
            country: country.clone(),
            coordinates,
            is_country: true,
        };
        table.add(place, &r[2]);
        table.add_codes(&r[7]);
        if let Some((adjective, others)) =
            r[3].split_once('|').or(Some((&r[3], ""))).filter(|(a, _)| !a.is_empty())
        {
            let name = adjective.to_owned();
            let kind = EntityKind::Group;
            table.add(Known { name, kind, country, coordinates: None, is_country: false }, others);
        }
    }
    for r in records(PLACES) {
        let country = Some(r[1].to_owned()).filter(|c| !c.is_empty());
        let kind = EntityKind::Place;
        table
            .add(Known { name: r[0].to_owned(), kind, country, coordinates: None, is_country: false }, &r[2]);
    }
    for r in records(ORGANIZATIONS) {
        let kind = EntityKind::Organization;
        let known =
            Known { name: r[0].to_owned(), kind, country: None, coordinates: None, is_country: false };
        table.add(known, &r[2]);
    }
    table
});

/// What `surface` names, found as a mention of `kind`.
///
/// Organizations, places and groups are asked for their own kind first, then for the others: "the
/// Kremlin" found as a place is the Kremlin. A person is never looked up.
pub fn known(kind: EntityKind, surface: &str) -> Option<&'static Known> {
    if kind == EntityKind::Person {
        return None;
    }
    let found: Vec<&Known> = TABLE
        .aliases
        .get(&bare(surface))?
        .iter()
        .filter(|alias| alias.shouted.as_ref().is_none_or(|letters| is_shouted(surface, letters)))
        .filter(|alias| kind == EntityKind::Place || !alias.is_code)
        .map(|alias| &TABLE.known[alias.known])
        .collect();
    found.iter().find(|k| k.kind == kind).or_else(|| found.first().filter(|k| crosses(kind, k.kind))).copied()
}

/// Whether the word is a country's three-letter code, of ISO 3166 or of sports ("POR").
pub fn is_country_code(word: &str) -> bool {
    word.len() == 3
        && TABLE.aliases.get(&bare(word)).is_some_and(|list| {
            list.iter().any(|alias| alias.is_code && alias.shouted.as_deref() == Some(word))
        })
}

/// Every name of a known place or organization as it stands in a text, with its kind.
pub fn names() -> &'static [(String, EntityKind)] {
    &TABLE.in_text
}

/// Whether a name found as one kind may be looked up as another.
fn crosses(found: EntityKind, known: EntityKind) -> bool {
    use EntityKind::{Event, Group, Organization, Place};
    matches!(
        (found, known),
        (Place | Group | Event, Organization)
            | (Organization, Place | Group)
            | (Group, Place)
            | (Place, Group)
    )
}

/// Whether the surface has just these letters, in capitals ("U.S.", "US").
fn is_shouted(surface: &str, letters: &str) -> bool {
    surface.trim_start_matches("the ").chars().filter(|c| c.is_alphanumeric()).eq(letters.chars())
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityKind::{Group, Organization, Person, Place};

    #[test]
    fn canonical_names() {
        for (kind, surface, want) in [
            (Place, "U.S.", Some("United States")),
            (Place, "the US", Some("United States")),
            (Place, "us", None),
            (Organization, "Group of 20", Some("G20")),
            (Organization, "ISIL", Some("Islamic State")),
            (Organization, "Is", None),
            (Place, "the Kremlin", Some("Kremlin")),
            (Group, "Syrians", Some("Syrian")),
            (Person, "Jordan", None),
            (Place, "POR", Some("Portugal")),
            (Organization, "POR", None),
            (Place, "Jordan", Some("Jordan")),
            (Organization, "UN General Assembly", Some("United Nations General Assembly")),
            (Organization, "Nato", Some("North Atlantic Treaty Organization")),
        ] {
            assert_eq!(known(kind, surface).map(|k| k.name.as_str()), want, "{surface}");
        }
    }

    #[test]
    fn every_country_has_a_code_of_its_own() {
        let codes: Vec<String> = records(COUNTRIES).map(|r| r[0].to_owned()).collect();
        let distinct: std::collections::HashSet<&String> = codes.iter().collect();
        assert_eq!(codes.len(), distinct.len());
        assert!(codes.iter().all(|c| c.len() == 2));
    }
}
