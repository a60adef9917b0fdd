//! Texts told again with other names: what surrounds a name must tell it, where the name itself is new.
//!
//! The training texts are full of the same American and European names. A copy of a text in which its
//! people are called as people are in Kano, Lahore or Tallinn, its cities are others, and its acronyms are
//! letters drawn by lot teaches what stays when the names change. A word that is exchanged is exchanged
//! the same way throughout its text, so that what a text says of one name elsewhere holds.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::Result;
use copydesk::span::Span;

use crate::crf::Random;
use crate::data::{self, Name, Text};

/// Positions in `data::TYPES`.
const PERSON: usize = 0;
const ORGANIZATION: usize = 1;
const PLACE: usize = 2;

/// What names are exchanged for.
#[derive(Default)]
pub struct Pool {
    /// Given names and surnames, by where they are borne.
    people: Vec<[Vec<String>; 2]>,
    cities: Vec<String>,
    is_city: HashSet<String>,
}

impl Pool {
    /// Reads the names out of the lists (`list<TAB>name<TAB>where` a line).
    pub fn new(lists: &Path) -> Result<Pool> {
        let mut pool = Pool::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for line in data::read(lists)?.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            match fields[..] {
                [list @ ("given" | "surname"), name, place] => {
                    let next = pool.people.len();
                    let at = *places.entry(place.to_owned()).or_insert(next);
                    if at == next {
                        pool.people.push(Default::default());
                    }
                    pool.people[at][usize::from(list == "surname")].push(name.to_owned());
                }
                ["city_large" | "city_small", name] => {
                    pool.cities.push(name.to_owned());
                    pool.is_city.insert(name.to_owned());
                }
                _ => {}
            }
        }
        pool.people.retain(|[given, surnames]| given.len() > 10 && surnames.len() > 10);
        Ok(pool)
    }

    /// A person's name word; half of them are made of two, so that being in a list is no proof.
    fn person(&self, place: usize, is_surname: bool, random: &mut Random) -> String {
        let names = &self.people[place][usize::from(is_surname)];
        let one = &names[random.below(names.len())];
        if random.below(2) == 0 {
            return one.clone();
        }
        let other = &names[random.below(names.len())];
        let head: String = one.chars().take(one.chars().count().div_ceil(2)).collect();
        let tail: String =
            other.chars().skip(other.chars().count() / 2).flat_map(char::to_lowercase).collect();
        head + &tail
    }
}

/// The text with its names exchanged.
pub fn renamed(text: &Text, pool: &Pool, random: &mut Random) -> Text {
    let mut words: HashMap<String, String> = HashMap::new();
    let mut place = 0;
    // Given names before surnames: a full name tells which is which, a surname alone does not.
    let mut people: Vec<&Name> = text.names.iter().filter(|n| n.kind == PERSON).collect();
    people.sort_by_key(|n| std::cmp::Reverse(n.span.of(&text.text).split(' ').count()));
    for name in people {
        if random.below(2) == 0 || place == 0 {
            place = random.below(pool.people.len());
        }
        let count = name.span.of(&text.text).split(' ').count();
        for (n, word) in name.span.of(&text.text).split(' ').enumerate() {
            if is_exchangeable(word) && !words.contains_key(word) {
                let new = pool.person(place, n + 1 == count, random);
                words.insert(word.to_owned(), new);
            }
        }
    }
    let mut wholes: HashMap<(usize, &str), String> = HashMap::new();
    for name in &text.names {
        let surface = name.span.of(&text.text);
        if wholes.contains_key(&(name.kind, surface)) {
            continue;
        }
        let new = match name.kind {
            PERSON => {
                let new: Vec<&str> =
                    surface.split(' ').map(|w| words.get(w).map_or(w, String::as_str)).collect();
                new.join(" ")
            }
            PLACE if pool.is_city.contains(surface) && random.below(2) == 0 => {
                pool.cities[random.below(pool.cities.len())].clone()
            }
            ORGANIZATION if is_acronym(surface) && random.below(2) == 0 => acronym(surface.len(), random),
            ORGANIZATION if is_exchangeable(surface) && random.below(3) == 0 => {
                let place = random.below(pool.people.len());
                pool.person(place, true, random)
            }
            _ => surface.to_owned(),
        };
        wholes.insert((name.kind, surface), new);
    }
    rebuilt(text, |name| wholes.get(&(name.kind, name.span.of(&text.text))).map_or("", String::as_str))
}

/// Whether a word is one that another name may stand for: capitalized, longer than an initial.
fn is_exchangeable(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && word.chars().count() > 2
        && chars.all(|c| c.is_lowercase() || c == '\'' || c == '’')
}

fn is_acronym(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn acronym(length: usize, random: &mut Random) -> String {
    const LETTERS: &[u8] = b"AAABBCCCDDEEEFFGGHIIIJKLLMMMNNNOOPPPQRRSSSTTTUUVWXYZ";
    (0..length).map(|_| char::from(LETTERS[random.below(LETTERS.len())])).collect()
}

/// The text with each name put in place of what stood there; names inside others go with the outer.
fn rebuilt<'a>(text: &Text, new: impl Fn(&Name) -> &'a str) -> Text {
    let mut out = Text {
        text: String::with_capacity(text.text.len()),
        names: Vec::new(),
        unmarked: text.unmarked.clone(),
    };
    let mut at = 0;
    for name in &text.names {
        if name.span.start < at {
            continue;
        }
        out.text.push_str(&text.text[at..name.span.start]);
        let start = out.text.len();
        out.text.push_str(new(name));
        out.names.push(Name { span: Span::new(start, out.text.len()), kind: name.kind, full: None });
        at = name.span.end;
    }
    out.text.push_str(&text.text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_exchanged_alike_throughout() {
        let pool =
            Pool { people: vec![[vec!["Adaeze".to_owned()], vec!["Okoro".to_owned()]]], ..Pool::default() };
        let words = "Ann Reed left. Reed is 40. The PTA met.";
        let name = |s: &str, from: usize, kind| {
            let start = from + words[from..].find(s).expect("it is there");
            Name { span: Span::new(start, start + s.len()), kind, full: None }
        };
        let text = Text {
            text: words.to_owned(),
            names: vec![name("Ann Reed", 0, PERSON), name("Reed", 9, PERSON), name("PTA", 0, ORGANIZATION)],
            unmarked: Vec::new(),
        };
        let new = renamed(&text, &pool, &mut Random(7));
        let names: Vec<&str> = new.names.iter().map(|n| n.span.of(&new.text)).collect();
        let surname = names[0].rsplit(' ').next().expect("two words");
        assert_eq!(names[1], surname);
        assert!(!new.text.contains("Reed"), "{}", new.text);
        assert_eq!(names[2].len(), 3);
    }
}
