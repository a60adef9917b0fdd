//! Sentences about one event: a lead, quotes in every position, figures in every form, captions.

use super::random::Random;
use super::tables::{
    BACKGROUND, BODIES, DESCRIPTIONS, EVENTS, FAMILY_BACK, FAMILY_FRONT, GIVEN, PLACES, ROLES, SAID,
    UTTERANCES, pick,
};

/// What the tellings of one event share.
pub struct Event {
    kind: &'static str,
    place: (&'static str, &'static str),
    people: [(String, &'static str); 2],
    dead: u64,
    millions: u64,
    minutes: u64,
}

/// A person's name.
pub fn name(random: &mut Random) -> String {
    format!("{} {}{}", pick(GIVEN, random), pick(FAMILY_FRONT, random), pick(FAMILY_BACK, random))
}

fn family(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

impl Event {
    /// An event of chance.
    pub fn new(random: &mut Random) -> Self {
        Event {
            kind: pick(EVENTS, random),
            place: pick(PLACES, random),
            people: [(name(random), pick(ROLES, random)), (name(random), pick(ROLES, random))],
            dead: 3 + random.below(400),
            millions: 1 + random.below(900),
            minutes: 10 * (1 + random.below(12)),
        }
    }

    /// A headline.
    pub fn headline(&self, random: &mut Random) -> String {
        let (city, country) = self.place;
        match random.below(4) {
            0 => format!("{} visits {city} after {}", family(&self.people[0].0), self.kind),
            1 => format!("At least {} dead after {} in {city}", self.dead, self.kind),
            2 => format!("{country} counts the cost of {city} {}", self.kind),
            _ => format!(
                "‘Not over yet’: {city} waits as {} and {} talk",
                family(&self.people[0].0),
                family(&self.people[1].0)
            ),
        }
    }

    /// The first paragraph, with a dateline or without.
    pub fn lead(&self, outlet: &str, random: &mut Random) -> String {
        let (city, country) = self.place;
        let dateline = match random.below(3) {
            0 => format!("{}, {country} ({outlet}) — ", city.to_uppercase()),
            1 => format!("{city}, {country} ({outlet})- "),
            _ => String::new(),
        };
        let (person, role) = &self.people[0];
        format!(
            "{dateline}{role} {person} came to {city} on Monday after a {} that left {} {} people dead and drove {} from their homes.",
            self.kind,
            pick(&["at least", "more than", "about", "nearly"], random),
            self.toll(random),
            pick(
                &[
                    "thousands",
                    "hundreds",
                    "some 12,000",
                    "scores of families",
                    "nearly half a million people"
                ],
                random
            ),
        )
    }

    /// The toll as this telling has it.
    fn toll(&self, random: &mut Random) -> u64 {
        self.dead + if random.one_in(3) { random.below(1 + self.dead / 5) } else { 0 }
    }

    /// A paragraph of the text.
    pub fn paragraph(&self, turn: u64, random: &mut Random) -> String {
        match (turn + random.below(3)) % 7 {
            0 => self.quote_after(random),
            1 => self.figures(random),
            2 => self.quote_around(random),
            3 => self.indirect(random),
            4 => self.description(random),
            5 => self.money(random),
            _ => format!("{} {}", pick(BACKGROUND, random), pick(BACKGROUND, random)),
        }
    }

    fn someone(&self, random: &mut Random) -> &(String, &'static str) {
        &self.people[random.below(2) as usize]
    }

    fn quote_after(&self, random: &mut Random) -> String {
        let (person, _) = self.someone(random);
        format!(
            "“{},” {} {}. “{}.”",
            pick(UTTERANCES, random),
            family(person),
            pick(SAID, random),
            pick(UTTERANCES, random)
        )
    }

    fn quote_around(&self, random: &mut Random) -> String {
        let (person, role) = self.someone(random);
        format!(
            "{role} {person} said: \"{}.\" He spoke for {} minutes, and called the {} \"a wound that will not close\".",
            pick(UTTERANCES, random),
            self.minutes,
            self.kind
        )
    }

    fn indirect(&self, random: &mut Random) -> String {
        format!(
            "{} said that {} had met {} for {} and that more talks would follow in {} within {} days.",
            capitalized(pick(BODIES, random)),
            self.people[0].0,
            family(&self.people[1].0),
            pick(&["half an hour", "ninety minutes", "almost two hours", "about 35 minutes"], random),
            self.place.0,
            2 + random.below(9)
        )
    }

    fn description(&self, random: &mut Random) -> String {
        format!(
            "{}, who asked not to be named, said the figure could rise to {}. “{},” the official said.",
            capitalized(pick(DESCRIPTIONS, random)),
            self.dead * 2,
            pick(UTTERANCES, random)
        )
    }

    fn figures(&self, random: &mut Random) -> String {
        format!(
            "The {} lasted {} minutes and damaged {} houses, {}% of those in the old town; {} people were treated in hospital, two-thirds of them children.",
            self.kind,
            self.minutes,
            100 + random.below(9000),
            1 + random.below(90),
            self.toll(random) * 3
        )
    }

    fn money(&self, random: &mut Random) -> String {
        format!(
            "{} put the damage at ${} million, up from €{}.{} million in {}, and promised a five-year plan for {}.",
            capitalized(pick(BODIES, random)),
            self.millions,
            1 + random.below(90),
            random.below(10),
            2001 + random.below(12),
            self.place.1
        )
    }

    /// A picture's caption.
    pub fn caption(&self, random: &mut Random) -> String {
        format!(
            "{} (L) and {} (R) in {} on March {}, 2012. (AFP photo)",
            self.people[0].0,
            self.people[1].0,
            self.place.0,
            1 + random.below(28)
        )
    }
}

fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
