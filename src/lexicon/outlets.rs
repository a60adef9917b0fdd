//! Known outlets and agencies: `seeds/reference/outlets.csv`.

use foldhash::HashMap;
use std::sync::LazyLock;

static OUTLETS: &str = include_str!("../../seeds/reference/outlets.csv");

/// A known outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlet {
    /// The name it goes by.
    pub name: &'static str,
    /// "agency", "photo agency", "broadcaster", "newspaper", "magazine", "site".
    pub kind: &'static str,
}

impl Outlet {
    /// Whether its reports are mostly published by others.
    pub fn is_agency(&self) -> bool {
        self.kind == "agency"
    }

    /// Whether it sells pictures and publishes nothing.
    pub fn is_photo_agency(&self) -> bool {
        self.kind == "photo agency"
    }
}

static BY_NAME: LazyLock<HashMap<String, Outlet>> = LazyLock::new(|| {
    let mut map = HashMap::default();
    for row in OUTLETS.lines().skip(1) {
        let mut fields = row.splitn(3, ',');
        let (Some(name), Some(kind), Some(aliases)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        for form in std::iter::once(name).chain(aliases.split(';')).filter(|f| !f.is_empty()) {
            map.entry(fold(form)).or_insert(Outlet { name, kind });
        }
    }
    map
});

/// The outlet that goes by this name, whatever its case, points and "The".
pub fn known(name: &str) -> Option<Outlet> {
    BY_NAME.get(&fold(name)).copied()
}

/// Longer names are nobody's.
const LONGEST: usize = 80;

fn fold(name: &str) -> String {
    let name = name.trim();
    if name.len() > LONGEST {
        return String::new();
    }
    let folded: String = name.to_lowercase().replace('’', "'").chars().filter(|c| *c != '.').collect();
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_known_by_any_of_their_names() {
        for (form, name) in [
            ("AP", "Associated Press"),
            ("The Associated Press", "Associated Press"),
            ("REUTERS", "Reuters"),
            ("CNN.com", "CNN"),
            ("Guardian", "The Guardian"),
        ] {
            assert_eq!(known(form).map(|o| o.name), Some(name), "{form}");
        }
        assert_eq!(known("Lakeside Grapevine"), None);
        assert_eq!(known(""), None);
    }

    #[test]
    fn no_name_is_two_outlets() {
        let mut owner: HashMap<String, &str> = HashMap::default();
        for row in OUTLETS.lines().skip(1) {
            let fields: Vec<&str> = row.splitn(3, ',').collect();
            assert_eq!(fields.len(), 3, "{row}");
            for form in std::iter::once(fields[0]).chain(fields[2].split(';')).filter(|f| !f.is_empty()) {
                let before = owner.insert(fold(form), fields[0]);
                assert!(before.is_none_or(|b| b == fields[0]), "{form} is {before:?} and {}", fields[0]);
            }
        }
    }
}
