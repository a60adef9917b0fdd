//! Words around numbers: what makes a number a name or a date, what happened to those counted, and
//! the singular of what is counted.

use foldhash::{HashMap, HashSet};
use std::sync::LazyLock;

static NUMBERING: &str = include_str!("../../seeds/reference/numbering.csv");
static EVENTS: &str = include_str!("../../seeds/reference/events.csv");
static IDIOMS: &str = include_str!("../../seeds/reference/idioms.csv");
static SINGULARS: &str = include_str!("../../seeds/reference/singulars.csv");

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).filter_map(|line| line.split_once(','))
}

/// A class of `numbering.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// "March", "Sept".
    Month,
    /// "Sunday".
    Weekday,
    /// Words that label what a number names: "section", "flight".
    Label,
    /// Indices and lists named with their size: "S&P 500".
    Index,
    /// The last word of a street's name.
    Street,
    /// "a.m.", "GMT".
    Clock,
    /// Words before a telephone number.
    Phone,
    /// Words that show an attached "m" to be metres.
    Measured,
    /// Words before a year.
    BeforeYear,
    /// Words of paying.
    Pay,
    /// Words of voting.
    Vote,
    /// Words of sport.
    Score,
    /// Words that make a figure only possible.
    Hedge,
    /// Words that deny.
    Negation,
    /// Words after a "one" that counts nothing: "one another".
    AfterOne,
    /// Words before a "one" that counts nothing: "no one".
    BeforeOne,
    /// What prices are given for: "a share".
    Priced,
    /// Verbs that say how long their subject goes on.
    Lasting,
    /// Nouns that only sum up: "a total of".
    Summing,
    /// Days named from the day of writing: "today".
    Today,
    /// Verbs of a contest, whose margin is the subject's: "led them by 5 points".
    Contest,
    /// Verbs whose "up" says nothing of rising: "make up".
    TakesUp,
    /// "summer", "quarter": a part of the year.
    Season,
    /// Books whose verses are cited: "John 3:16".
    Scripture,
    /// Irregular verbs in the past: "fell".
    PastVerb,
    /// Nouns of people, singular: "child".
    People,
    /// Words that tell of a disease.
    Disease,
    /// Relatives, singular: "daughter".
    Kin,
    /// Words that show that money is told of: "cash", "betting".
    Money,
    /// What is cut in half as a number is, and not with a knife: "budget".
    Amount,
    /// Words of baseball, where players double and triple.
    Baseball,
    /// Words that show a team of an age to be told of: "England under-21s coach".
    Team,
    /// Words of odds and ratios.
    Ratio,
    /// Verbs whose subject pays, gets or moves an amount, which is for something else: "spent".
    Payer,
    /// Verbs whose amount goes "on", "in" or "into" what it is for: "spent $5 last year on".
    SpendsOn,
    /// What is won in elections, singular: "seat".
    Stake,
    /// Verbs whose subject has what is counted behind: "won 12 seats".
    Holds,
    /// Words that tell of an election or a poll.
    Poll,
    /// Nouns that are a number of people by themselves: "attendance".
    HeadCount,
    /// Words that tell of people where nobody says whom: "employs 300", "in hospital".
    OfPeople,
    /// Verbs of what people alone do: "marched".
    PeopleDo,
    /// Verbs of what people do where there are hundreds of them: "joined", which three countries do, too.
    CrowdDoes,
    /// Whose number of children is told: "a mother of three".
    Parent,
    /// Whose number of grandchildren is told.
    Grandparent,
    /// Verbs of what somebody holds for true: "expects".
    Thinks,
    /// Words behind a word for an event that make it none: "row" of "death row".
    NoEvent,
    /// Words that an aside between commas opens with: "the" of "Acme, the parent company, rose".
    OpensAside,
    /// Who asks the voters: "Gallup".
    Pollster,
    /// Words beside those of polls and elections that tell of what voters think.
    Opinion,
    /// Words of games and markets, whose points are counted.
    Points,
    /// Words of who is ahead of whom, and by how much.
    Lead,
    /// What has a height or a length that changes: "river".
    Gauge,
}

const CLASSES: [(Numbering, &str); 52] = [
    (Numbering::Month, "month"),
    (Numbering::Weekday, "weekday"),
    (Numbering::Label, "label"),
    (Numbering::Index, "index"),
    (Numbering::Street, "street"),
    (Numbering::Clock, "clock"),
    (Numbering::Phone, "phone"),
    (Numbering::Measured, "measured"),
    (Numbering::BeforeYear, "year before"),
    (Numbering::Pay, "pay"),
    (Numbering::Vote, "vote"),
    (Numbering::Score, "score"),
    (Numbering::Hedge, "hedge"),
    (Numbering::Negation, "negation"),
    (Numbering::AfterOne, "one idiom"),
    (Numbering::BeforeOne, "one before"),
    (Numbering::Priced, "priced"),
    (Numbering::Lasting, "lasting"),
    (Numbering::Summing, "summing"),
    (Numbering::Today, "today"),
    (Numbering::Contest, "contest"),
    (Numbering::TakesUp, "takes up"),
    (Numbering::Season, "season"),
    (Numbering::Scripture, "scripture"),
    (Numbering::PastVerb, "past verb"),
    (Numbering::People, "people"),
    (Numbering::Disease, "disease"),
    (Numbering::Kin, "kin"),
    (Numbering::Money, "money"),
    (Numbering::Amount, "amount"),
    (Numbering::Baseball, "baseball"),
    (Numbering::Team, "team"),
    (Numbering::Ratio, "ratio"),
    (Numbering::Payer, "payer"),
    (Numbering::SpendsOn, "spends on"),
    (Numbering::Stake, "stake"),
    (Numbering::Holds, "holds"),
    (Numbering::Poll, "poll"),
    (Numbering::HeadCount, "head count"),
    (Numbering::OfPeople, "of people"),
    (Numbering::PeopleDo, "people do"),
    (Numbering::CrowdDoes, "crowd does"),
    (Numbering::Parent, "parent"),
    (Numbering::Grandparent, "grandparent"),
    (Numbering::Thinks, "thinks"),
    (Numbering::NoEvent, "no event"),
    (Numbering::OpensAside, "opens aside"),
    (Numbering::Pollster, "pollster"),
    (Numbering::Opinion, "opinion"),
    (Numbering::Points, "points"),
    (Numbering::Lead, "lead"),
    (Numbering::Gauge, "gauge"),
];

static CLASS: LazyLock<HashMap<&str, HashSet<Numbering>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, HashSet<Numbering>> = HashMap::default();
    for (class, word) in pairs(NUMBERING) {
        if let Some((numbering, _)) = CLASSES.iter().find(|(_, name)| *name == class) {
            map.entry(word).or_default().insert(*numbering);
        }
    }
    map
});

/// Whether a lower-case word belongs to a class.
pub fn is(lower: &str, class: Numbering) -> bool {
    CLASS.get(lower).is_some_and(|classes| classes.contains(&class))
}

/// How a word tells what happened to those counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventForm {
    /// A verb whose object those counted are, in any of its forms: "kills", "injured".
    Acts,
    /// A verb or adjective whose subject they are: "died", "missing".
    Verb,
    /// A noun that is counted itself: "deaths".
    Noun,
    /// A noun of people by what happened to them before: "refugees", who may drown.
    Status,
}

/// Where alone a word names its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventOf {
    /// Everywhere.
    Anything,
    /// Of people: shots are fired, too.
    People,
    /// Near a word that tells of a disease: a court has cases, too.
    Disease,
    /// Where they are lost: "cost 12 lives".
    Loss,
}

/// A word that names an event, perhaps with others behind it.
#[derive(Debug)]
pub struct EventWord {
    /// The words behind it that belong to it: "off" of "laid off".
    pub rest: Vec<&'static str>,
    /// The event.
    pub event: &'static str,
    /// How it tells it.
    pub form: EventForm,
    /// Where alone it does.
    pub of: EventOf,
}

static EVENT: LazyLock<HashMap<&str, Vec<EventWord>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, Vec<EventWord>> = HashMap::default();
    for line in EVENTS.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [words, event, form, of] = cells[..] else { continue };
        let form = match form {
            "acts" => EventForm::Acts,
            "verb" => EventForm::Verb,
            "noun" => EventForm::Noun,
            "status" => EventForm::Status,
            _ => continue,
        };
        let of = match of {
            "" => EventOf::Anything,
            "people" => EventOf::People,
            "disease" => EventOf::Disease,
            "loss" => EventOf::Loss,
            _ => continue,
        };
        let mut words = words.split(' ');
        let Some(first) = words.next() else { continue };
        map.entry(first).or_default().push(EventWord { rest: words.collect(), event, form, of });
    }
    map
});

/// The events that a lower-case word begins the name of: "killed" and "deaths" both give "death".
pub fn events(lower: &str) -> &'static [EventWord] {
    EVENT.get(lower).map_or(&[], Vec::as_slice)
}

/// Whether a lower-case word alone names an event, whomever it befalls.
pub fn is_event(lower: &str) -> bool {
    events(lower).iter().any(|word| word.rest.is_empty() && word.of != EventOf::People)
}

/// An event by its name, as the table has it.
pub fn event_named(name: &str) -> Option<&'static str> {
    EVENT.values().flatten().map(|word| word.event).find(|event| *event == name)
}

/// A number in a saying that counts nothing, with the words around it: "cloud nine".
#[derive(Debug)]
pub struct Idiom {
    /// Words before the number, the last one nearest.
    pub before: Vec<&'static str>,
    /// Words after it.
    pub after: Vec<&'static str>,
}

static IDIOM: LazyLock<HashMap<&str, Vec<Idiom>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, Vec<Idiom>> = HashMap::default();
    for (before, rest) in pairs(IDIOMS) {
        if let Some((number, after)) = rest.split_once(',') {
            let words = |text: &'static str| text.split_whitespace().collect();
            map.entry(number).or_default().push(Idiom { before: words(before), after: words(after) });
        }
    }
    map
});

/// The idioms that have this number in them, as it is written, in lower case.
pub fn idioms(number: &str) -> &'static [Idiom] {
    IDIOM.get(number).map_or(&[], Vec::as_slice)
}

static SINGULAR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| pairs(SINGULARS).collect());

/// The singular of a noun; a noun that is singular already stays as it is.
pub fn singular(noun: &str) -> String {
    let lower = noun.to_lowercase();
    if let Some(&one) = SINGULAR.get(lower.as_str()) {
        return keep_case(noun, &lower, one);
    }
    if is_initials(noun) {
        return noun.trim_end_matches('s').to_string();
    }
    let cut = |n: usize| noun.get(..noun.len() - n).unwrap_or(noun);
    if lower.len() > 4 && lower.ends_with("ies") {
        return format!("{}y", cut(3));
    }
    if ["ches", "shes", "xes", "sses", "zes"].iter().any(|end| lower.ends_with(end)) {
        return cut(2).to_string();
    }
    let plural =
        lower.len() > 3 && lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    if plural { cut(1).to_string() } else { noun.to_string() }
}

/// "Women" gives "Woman": a capital the plural has, the singular keeps.
fn keep_case(noun: &str, lower: &str, one: &str) -> String {
    let mut rest = one.chars();
    match rest.next() {
        Some(first) if noun.chars().next() != lower.chars().next() => {
            first.to_uppercase().chain(rest).collect()
        }
        _ => one.to_string(),
    }
}

/// Nouns that are counted as they stand.
const SAME: &[&str] = &[
    "people",
    "police",
    "aircraft",
    "spacecraft",
    "series",
    "species",
    "personnel",
    "staff",
    "cattle",
    "sheep",
    "fish",
    "crew",
];

/// Whether a noun has the form of a plural.
pub fn is_plural(noun: &str) -> bool {
    let lower = noun.to_lowercase();
    singular(noun) != noun && singular(&lower) != lower || is_initials(noun) || SAME.contains(&lower.as_str())
}

/// "TDs", "MPs": initials with the plural's s.
fn is_initials(noun: &str) -> bool {
    noun.strip_suffix('s').is_some_and(|rest| rest.len() > 1 && rest.bytes().all(|b| b.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let read: usize = CLASS.values().map(HashSet::len).sum();
        assert_eq!(
            read,
            pairs(NUMBERING).count(),
            "a row of numbering.csv has an unknown class or is double"
        );
        let events: usize = EVENT.values().map(Vec::len).sum();
        assert_eq!(events, pairs(EVENTS).count(), "a row of events.csv has an unknown form");
        let idioms = || IDIOM.values().flatten();
        assert_eq!(idioms().count(), pairs(IDIOMS).count(), "a row of idioms.csv lacks a column");
        assert!(idioms().all(|i| !(i.before.is_empty() && i.after.is_empty())), "an idiom is a bare number");
        assert_eq!(SINGULAR.len(), pairs(SINGULARS).count(), "singulars.csv repeats a word");
    }

    #[test]
    fn singulars() {
        for (many, one) in [
            ("people", "person"),
            ("Women", "Woman"),
            ("countries", "country"),
            ("crashes", "crash"),
            ("bosses", "boss"),
            ("gas", "gas"),
            ("airstrikes", "airstrike"),
            ("crisis", "crisis"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
