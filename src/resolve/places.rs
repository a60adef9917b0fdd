//! Places: country code and coordinates of the article's places, where they resolve.
//!
//! A city's name that several cities bear resolves to the one whose country the article names, or to
//! one that dwarfs the others; else it stays open, with the candidates.

use foldhash::HashSet;

use super::forms::surface;
use crate::finding::{Entity, EntityKind, Place};
use crate::lexicon::gazetteer::{self, City};
use crate::lexicon::known::known;

/// How many times larger a city must be than the next of its name to be meant without a word on where.
const DWARFS: u64 = 8;

/// Candidates kept for a name that does not resolve.
const CANDIDATES: usize = 6;

/// Fills [`Entity::place`] of the places that reference data knows.
pub fn locate(entities: &mut [Entity]) {
    let countries: HashSet<&str> = entities
        .iter()
        .filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::Group))
        .filter_map(|e| known(e.kind, &e.name)?.country.as_deref())
        .collect();
    for entity in entities.iter_mut().filter(|e| e.kind == EntityKind::Place) {
        entity.place = place(entity, &countries);
    }
}

/// What reference data knows of a place.
fn place(entity: &Entity, countries: &HashSet<&str>) -> Option<Place> {
    let known = known(EntityKind::Place, &entity.name).filter(|k| k.kind == EntityKind::Place);
    if let Some(known) = known
        && (known.is_country || known.country.is_none())
    {
        let (latitude, longitude) = known.coordinates.unzip();
        return Some(Place { country: known.country.clone(), latitude, longitude, candidates: None });
    }
    let mut cities: Vec<&City> = std::iter::once(entity.name.as_str())
        .chain(entity.aliases.iter().map(|a| surface(a)))
        .flat_map(gazetteer::cities)
        .collect();
    cities.sort_by_key(|c| std::cmp::Reverse(c.population));
    cities.dedup();
    let country = known.and_then(|k| k.country.as_deref());
    if let Some(country) = country {
        cities.retain(|c| c.country == country);
        let city = cities.first();
        return Some(Place {
            country: Some(country.to_owned()),
            latitude: city.map(|c| c.latitude),
            longitude: city.map(|c| c.longitude),
            candidates: None,
        });
    }
    let first = cities.first()?;
    match meant(&cities, countries) {
        Some(city) => Some(Place {
            country: Some(city.country.clone()),
            latitude: Some(city.latitude),
            longitude: Some(city.longitude),
            candidates: None,
        }),
        None => {
            let country = cities.iter().all(|c| c.country == first.country).then(|| first.country.clone());
            let list: Vec<String> = cities
                .iter()
                .take(CANDIDATES)
                .map(|c| format!("{}, {} ({})", c.name, c.country, c.population))
                .collect();
            Some(Place { country, candidates: Some(list.join("; ")), ..Place::default() })
        }
    }
}

/// The city that is meant, of several of one name sorted by size.
fn meant<'c>(cities: &[&'c City], countries: &HashSet<&str>) -> Option<&'c City> {
    let named: Vec<&&City> = cities.iter().filter(|c| countries.contains(c.country.as_str())).collect();
    let pool: Vec<&&City> = if named.is_empty() { cities.iter().collect() } else { named };
    match pool[..] {
        [] => None,
        [only] => Some(only),
        [first, second, ..] => {
            (first.population >= second.population.saturating_mul(DWARFS) || first.capital).then_some(*first)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(names: &[(&str, EntityKind)]) -> Vec<Option<Place>> {
        let mut entities: Vec<Entity> = names
            .iter()
            .map(|&(name, kind)| Entity {
                name: name.to_owned(),
                kind,
                key: name.to_lowercase(),
                aliases: vec![name.to_owned()],
                mentions: Vec::new(),
                evidence: Vec::new(),
                place: None,
            })
            .collect();
        locate(&mut entities);
        entities.into_iter().map(|e| e.place).collect()
    }

    fn country(names: &[(&str, EntityKind)]) -> Option<String> {
        places(names)[0].as_ref().and_then(|p| p.country.clone())
    }

    const PLACE: EntityKind = EntityKind::Place;

    #[test]
    fn countries_and_their_cities() {
        for (name, code) in
            [("United States", "US"), ("Hangzhou", "CN"), ("Paris", "FR"), ("Texas", "US"), ("Crimea", "UA")]
        {
            assert_eq!(country(&[(name, PLACE)]).as_deref(), Some(code), "{name}");
        }
        assert_eq!(country(&[("Middle East", PLACE)]), None);
        assert_eq!(places(&[("Nowhere on Sea", PLACE)]), [None]);
        assert_eq!(places(&[("Paris", EntityKind::Person)]), [None]);
    }

    #[test]
    fn a_name_of_many_cities_waits_for_its_country() {
        let alone = places(&[("Valencia", PLACE)]).remove(0).expect("it is known");
        assert_eq!((alone.country, alone.latitude), (None, None));
        assert!(alone.candidates.expect("it has candidates").contains("VE"));
        let spain =
            places(&[("Valencia", PLACE), ("Spanish", EntityKind::Group)]).remove(0).expect("it is known");
        assert_eq!((spain.country.as_deref(), spain.candidates), (Some("ES"), None));
        assert!(spain.latitude.is_some());
    }
}
