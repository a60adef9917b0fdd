//! Lists of names: which of them a stretch of words is in.
//!
//! Being in a list decides nothing; it is a feature that the tagger weighs.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::annotate::hashing::join;
use crate::annotate::table::Table;
use crate::annotate::words::{self, Words};

/// The lists, by the names that training data calls them; each is a bit of a phrase's value.
pub const LISTS: [&str; 15] = [
    "given",
    "surname",
    "country",
    "city_large",
    "city_small",
    "region",
    "demonym",
    "common",
    "wn_person",
    "wn_place",
    "wn_group",
    "seen_person",
    "seen_organization",
    "seen_place",
    "seen_other",
];

/// The bit that says that longer phrases begin so.
pub const GOES_ON: u16 = 1 << 15;
/// Words of the longest phrase looked for.
pub const LONGEST: usize = 6;

/// The lists as a table: a phrase's value is the bits of the lists it is in.
pub type Lists = Table<2>;

static GAZETTEER: LazyLock<Lists> = LazyLock::new(|| {
    Table::read(Cow::Borrowed(include_bytes!("../../../models/gazetteer.bin")))
        .expect("the table compiled in is one that this program wrote")
});

/// The lists compiled in.
pub fn shipped() -> &'static Lists {
    &GAZETTEER
}

/// Where in a listed phrase a token stands, for each list; 0 is nowhere.
pub type Places = [u8; LISTS.len()];

/// A phrase by itself.
pub const ALONE: u8 = 1;
/// The first word of a phrase.
pub const FIRST: u8 = 2;
/// A word inside.
pub const INSIDE: u8 = 3;
/// The last word.
pub const LAST: u8 = 4;

/// Places as one number; 0 is nowhere.
pub fn pattern(places: &Places) -> u64 {
    if *places == [0; LISTS.len()] {
        return 0;
    }
    places.iter().fold(0, |bits, &place| bits << 3 | u64::from(place))
}

/// The key of a phrase's first word.
pub fn key(lower: u64) -> u64 {
    join(0x9a2, lower)
}

/// The key of a phrase that is longer by a word.
pub fn longer(key: u64, lower: u64) -> u64 {
    join(key, lower)
}

/// The keys of a phrase and of its beginnings, shortest first.
pub fn keys(phrase: &[&str]) -> Vec<u64> {
    let mut out: Vec<u64> = Vec::with_capacity(phrase.len());
    for word in phrase {
        let lower = words::lower_hash(word);
        out.push(out.last().map_or_else(|| key(lower), |&before| longer(before, lower)));
    }
    out
}

/// Finds the listed phrases of a text, the longest of each list at each place.
pub fn find(lists: &Lists, words: &Words, breaks: &[bool]) -> Vec<Places> {
    let count = words.of_token.len();
    let mut places = vec![[0u8; LISTS.len()]; count];
    for start in 0..count {
        if !words.at(start).is_name_like() {
            continue;
        }
        let mut phrase = key(words.at(start).lower);
        let mut longest = [0usize; LISTS.len()];
        for length_now in 1..=LONGEST.min(count - start) {
            let end = start + length_now;
            let Some(value) = lists.get(phrase).map(u16::from_le_bytes) else { break };
            for (list, length) in longest.iter_mut().enumerate() {
                if value >> list & 1 == 1 {
                    *length = length_now;
                }
            }
            if value & GOES_ON == 0 || end == count || breaks[end] {
                break;
            }
            phrase = longer(phrase, words.at(end).lower);
        }
        for (list, &length) in longest.iter().enumerate().filter(|&(_, &length)| length > 0) {
            // A longer phrase that began before stays.
            if places[start][list] != 0 && length == 1 {
                continue;
            }
            for (n, place) in places[start..start + length].iter_mut().enumerate() {
                place[list] = match (length, n) {
                    (1, _) => ALONE,
                    (_, 0) => FIRST,
                    (_, n) if n + 1 == length => LAST,
                    _ => INSIDE,
                };
            }
        }
    }
    places
}
