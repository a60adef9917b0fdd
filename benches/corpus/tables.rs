//! The words that the corpus is made of. Outlets are invented, places are real, people are put together.

use super::random::Random;

/// One of the table.
pub fn pick<T: Copy>(table: &[T], random: &mut Random) -> T {
    table[random.below(table.len() as u64) as usize]
}

pub const GIVEN: &[&str] = &[
    "Anna", "Tom", "Jane", "Omar", "Lena", "Igor", "Marta", "Pavel", "Grace", "Hugo", "Nadia", "Peter",
    "Rosa", "Samir", "Elena", "Viktor", "Claire", "Daniel", "Fatima", "George", "Helen", "Ivan", "Julia",
    "Karl", "Laura", "Miguel", "Nora", "Oscar", "Paula", "Robert", "Sara", "Thomas", "Ursula", "Walter",
    "Yusuf", "Zoë", "Adam", "Beatrice", "Carlos", "Diana", "Emil", "Frances", "Hassan", "Irene", "Jorge",
    "Katya", "Liam", "Monica",
];

pub const FAMILY_FRONT: &[&str] = &[
    "Bel", "Har", "Kos", "Mar", "Nov", "Ander", "Pet", "Rich", "Sal", "Tor", "Val", "Wil", "Lind", "Gar",
    "Hof", "Mont", "Kar", "Dal", "Fer", "Strand", "Ost", "West", "Ash", "Black", "Cor", "Ham", "Mil", "Oak",
    "Red", "Thorn",
];

pub const FAMILY_BACK: &[&str] = &[
    "lam", "per", "tov", "ling", "ak", "sen", "ers", "ardson", "vani", "res", "enko", "mann", "berg", "cia",
    "ner", "ague", "imov", "ton", "rero", "holm", "lund", "field", "worth", "wood", "delli", "ilton", "ler",
    "ley", "grave",
];

pub const PLACES: &[(&str, &str)] = &[
    ("Leeds", "England"),
    ("Lyon", "France"),
    ("Izmir", "Turkey"),
    ("Kazan", "Russia"),
    ("Denver", "United States"),
    ("Porto", "Portugal"),
    ("Graz", "Austria"),
    ("Malmö", "Sweden"),
    ("Osaka", "Japan"),
    ("Lagos", "Nigeria"),
    ("Mombasa", "Kenya"),
    ("Aleppo", "Syria"),
    ("Basra", "Iraq"),
    ("Lima", "Peru"),
    ("Quito", "Ecuador"),
    ("Hangzhou", "China"),
    ("Busan", "South Korea"),
    ("Pune", "India"),
    ("Lahore", "Pakistan"),
    ("Perth", "Australia"),
    ("Halifax", "Canada"),
    ("Bergen", "Norway"),
    ("Tampere", "Finland"),
    ("Gdansk", "Poland"),
    ("Odessa", "Ukraine"),
    ("Tartu", "Estonia"),
    ("Split", "Croatia"),
    ("Bari", "Italy"),
    ("Sevilla", "Spain"),
    ("Ghent", "Belgium"),
];

pub const OUTLETS: &[&str] = &[
    "Meridian Wire",
    "The Daily Trumpet",
    "Ashdown Courier",
    "Gulf Lantern",
    "Tri-County Ledger",
    "Anatolian Star",
    "Revue Pamplemousse",
    "Harbour Post",
    "Northgate News",
    "The Weekly Anvil",
    "Lakeside Gazette",
    "Canal Herald",
    "Prairie Dispatch",
    "Old Town Observer",
    "Evening Signal",
    "Cape Tribune",
    "Hill Country Record",
    "Pier Ten News",
];

pub const BODIES: &[&str] = &[
    "the Interior Ministry",
    "the United Nations",
    "the European Commission",
    "the World Bank",
    "the Red Cross",
    "the city council",
    "the central bank",
    "the Foreign Office",
    "NATO",
    "the Supreme Court",
    "Amnesty International",
];

pub const ROLES: &[&str] = &[
    "Mayor",
    "President",
    "Foreign Minister",
    "Prime Minister",
    "Senator",
    "Governor",
    "Finance Minister",
    "Judge",
];

pub const DESCRIPTIONS: &[&str] = &[
    "a senior official",
    "a government spokesman",
    "a witness",
    "an aide to the minister",
    "a local doctor",
    "a police officer",
    "one diplomat",
    "a spokeswoman for the company",
];

pub const SAID: &[&str] =
    &["said", "told reporters", "added", "warned", "insisted", "wrote in a statement", "explained"];

pub const UTTERANCES: &[&str] = &[
    "We have not yet closed the gaps",
    "This is a tough negotiation",
    "Nobody should have to live like this",
    "We will rebuild every house",
    "There are still issues to resolve",
    "It was over in seconds",
    "The numbers speak for themselves",
    "We did what we could with what we had",
    "I have never seen anything like it",
    "The talks were candid, blunt and businesslike",
    "We cannot pay for this alone",
    "Our patience is not endless",
    "People are afraid to go home",
    "The court will have the last word",
    "We owe the families an answer",
];

pub const BACKGROUND: &[&str] = &[
    "The two sides have been at odds since the spring, when an earlier agreement fell apart.",
    "Similar promises were made three years ago, and little came of them.",
    "The opposition has called for an inquiry, which the government has refused.",
    "Roads into the city were closed for most of the day, and schools stayed shut.",
    "Neighbouring countries have offered help, though none has said how much.",
    "Analysts had expected the decision, but not its timing.",
    "The matter is likely to return to parliament before the end of the year.",
];

pub const EVENTS: &[&str] =
    &["flood", "earthquake", "explosion", "strike", "summit", "fire", "trial", "storm", "protest"];
