//! Cities with their countries and coordinates.

use foldhash::HashMap;
use std::sync::LazyLock;

use super::fold::fold;
use super::known::records;

static CITIES: &str = include_str!("../../seeds/reference/cities.csv");

/// A city.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    /// Its English name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: String,
    /// Whether it is its country's capital.
    pub capital: bool,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How many people live there.
    pub population: u64,
}

static BY_NAME: LazyLock<HashMap<String, Vec<City>>> = LazyLock::new(|| {
    let mut map: HashMap<String, Vec<City>> = HashMap::default();
    for r in records(CITIES) {
        let number = |i: usize| r[i].parse().expect("a city has coordinates");
        let city = City {
            name: r[0].to_owned(),
            country: r[1].to_owned(),
            capital: &r[2] == "1",
            latitude: number(3),
            longitude: number(4),
            population: r[5].parse().expect("a city has a population"),
        };
        map.entry(fold(&city.name)).or_default().push(city);
    }
    map
});

/// The cities of this name, the largest first.
pub fn cities(name: &str) -> &'static [City] {
    BY_NAME.get(&fold(name)).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_comes_first() {
        let paris = cities("Paris");
        assert_eq!((paris[0].country.as_str(), paris[0].capital), ("FR", true));
        assert!(cities("birmingham").len() > 1);
        assert!(cities("Nowhere on Sea").is_empty());
    }

    #[test]
    fn coordinates_are_on_the_globe() {
        for city in BY_NAME.values().flatten() {
            assert!(city.latitude.abs() <= 90.0 && city.longitude.abs() <= 180.0, "{city:?}");
        }
    }
}
