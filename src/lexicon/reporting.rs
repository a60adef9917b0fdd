//! The words of reported speech: cues, nouns that can speak, and the closed classes around them.

use foldhash::HashMap;
use std::sync::LazyLock;

use crate::finding::{CueKind, SpeakerForm};

static CUES: &str = include_str!("../../seeds/reference/cues.csv");
static CUE_NOUNS: &str = include_str!("../../seeds/reference/cue_nouns.csv");
static UNSPOKEN: &str = include_str!("../../seeds/reference/unspoken.csv");
static SPEAKERS: &str = include_str!("../../seeds/reference/speakers.csv");
static GRAMMAR: &str = include_str!("../../seeds/reference/grammar.csv");

/// A verb that credits words to somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct CueVerb {
    /// Dictionary form.
    pub lemma: &'static str,
    /// What it does.
    pub kind: CueKind,
    /// It introduces words in marks: "added".
    pub quotes: bool,
    /// It takes a clause: "said (that) ...".
    pub clause: bool,
    /// The clause must open with "that": "found that ...", not "found the door open".
    pub strict: bool,
    /// It takes a question: "asked whether ...".
    pub question: bool,
    /// What it reports is its object: "criticized the plan".
    pub object: bool,
    /// It may name whom it was said to before what was said: "told reporters that ...".
    pub addressee: bool,
    /// It takes an infinitive: "vowed to ...".
    pub infinitive: bool,
    /// It gives a thing a name: "called it a ...", "described it as ...".
    pub naming: bool,
    /// What it reports follows a preposition: "talked about ...".
    pub preposition: bool,
    /// The prepositions that it governs so, with a space between: "about of".
    pub prepositions: &'static str,
    /// It says something of things alone: "welcomed the report", but not "welcomed the guests".
    pub thing: bool,
    /// It is a noun: "his claim that ...".
    pub noun: bool,
    /// Of a hundred times that a form of it stands in news, how often it credits words.
    pub share: u8,
}

/// A verb that is no listed cue, where its place alone makes it one.
pub static UNLISTED: CueVerb = CueVerb { quotes: true, share: 50, ..NOTHING };

/// "heard", of those who are told in session: a court, a jury, a committee.
pub static HEAR: CueVerb = CueVerb { lemma: "hear", clause: true, share: 50, ..NOTHING };

/// A word that governs nothing.
const NOTHING: CueVerb = CueVerb {
    lemma: "",
    kind: CueKind::Neutral,
    quotes: false,
    clause: false,
    strict: false,
    question: false,
    object: false,
    addressee: false,
    infinitive: false,
    naming: false,
    preposition: false,
    prepositions: "",
    thing: false,
    noun: false,
    share: 0,
};

fn rows(data: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    data.lines().skip(1).filter(|l| !l.is_empty()).map(|l| l.split(',').collect())
}

static VERBS: LazyLock<Vec<(CueVerb, Vec<&'static str>)>> = LazyLock::new(|| {
    let read = |row: Vec<&'static str>| {
        let [lemma, kind, frames, forms, share, ..] = row[..] else { return None };
        let kind = *CueKind::ALL.iter().find(|k| k.as_str() == kind)?;
        let has = |c: char| frames.contains(c);
        let verb = CueVerb {
            lemma,
            kind,
            quotes: has('q'),
            clause: has('c'),
            strict: has('s'),
            question: has('w'),
            object: has('o'),
            addressee: has('t'),
            infinitive: has('i'),
            naming: has('n'),
            preposition: has('p'),
            prepositions: row.get(7).copied().unwrap_or_default(),
            thing: has('e'),
            noun: false,
            share: share.parse().ok()?,
        };
        Some((verb, forms.split(' ').collect()))
    };
    rows(CUES).filter_map(read).collect()
});

static FORMS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let mut forms = HashMap::default();
    for (i, (_, list)) in VERBS.iter().enumerate() {
        for form in list {
            forms.entry(*form).or_insert(i);
        }
    }
    forms
});

static REPORTING_NOUNS: LazyLock<HashMap<&'static str, CueVerb>> = LazyLock::new(|| {
    let read = |row: Vec<&'static str>| {
        let [lemma, kind, forms] = row[..] else { return None };
        let kind = *CueKind::ALL.iter().find(|k| k.as_str() == kind)?;
        Some((CueVerb { lemma, kind, noun: true, share: 60, ..NOTHING }, forms))
    };
    rows(CUE_NOUNS)
        .filter_map(read)
        .flat_map(|(v, forms)| forms.split(' ').map(move |f| (f, v.clone())))
        .collect()
});

static SILENT: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(UNSPOKEN).filter_map(|row| Some((row[0], *row.get(1)?))).collect());

static NOUNS: LazyLock<HashMap<&'static str, SpeakerForm>> = LazyLock::new(|| {
    rows(SPEAKERS)
        .filter_map(|row| {
            let form = *SpeakerForm::ALL.iter().find(|f| f.as_str() == row[0])?;
            Some((*row.get(1)?, form))
        })
        .collect()
});

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// Closed classes of English words around reported speech, as flags of one word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Classes(u32);

        #[allow(non_upper_case_globals)]
        mod flag {
            #[repr(u32)]
            #[allow(non_camel_case_types)]
            pub enum Index { $($name,)+ }
            pub const NAMES: &[(&str, u32)] = &[$(($word, 1 << Index::$name as u32),)+];
        }

        impl Classes {
            $($(#[$doc])* pub fn $name(self) -> bool { self.0 & (1 << flag::Index::$name as u32) != 0 })+
        }
    };
}

classes! {
    /// "has", "would", "'ll".
    auxiliary = "auxiliary",
    /// "is", "were".
    be = "be",
    /// "not", "never".
    negation = "negation",
    /// Adverbs that stand between subject and verb.
    adverb = "adverb",
    /// "of", "in".
    preposition = "preposition",
    /// "and", "but".
    conjunction = "conjunction",
    /// "because", "when".
    subordinator = "subordinator",
    /// "who", "which".
    relative = "relative",
    /// "the", "his", "several".
    determiner = "determiner",
    /// "his", "their".
    possessive = "possessive",
    /// Pronouns that are subjects: "he", "they".
    nominative = "nominative",
    /// Pronouns for somebody unnamed: "others", "many".
    indefinite = "indefinite",
    /// Pronouns that are objects: "him".
    oblique = "oblique",
    /// Days and months.
    weekday = "weekday",
    /// "morning", "week".
    time = "time",
    /// Words that open a reported clause: "that", "whether".
    complementizer = "complementizer",
    /// Words written with an apostrophe in front: "'em", "'til".
    apostrophe = "apostrophe",
    /// Works that carry titles: "book".
    work = "work",
    /// "so-called".
    so_called = "so-called",
    /// "nicknamed".
    nickname = "nickname",
    /// What is said to whom stands in: "interview", "statement".
    occasion = "occasion",
    /// Events behind which people speak: "after the match".
    event = "event",
    /// Who is told: "reporters".
    addressee = "addressee",
    /// What is told: "the truth", "a joke".
    tale = "tale",
    /// Nouns for a whole clause before them: "a charge he denies", "a move that angered many".
    summative = "summative",
    /// Verbs that hand over the words that their object names: "issued a warning that".
    giving = "giving",
    /// Participles for what a clause before them led to: "drawing boos".
    consequence = "consequence",
    /// Who is told in session and decides: "court", "jurors".
    hearing = "hearing",
    /// What somebody does while speaking: "nodded", "pauses".
    beat = "beat",
    /// What those who decide do: "jailed", "adjourned".
    verdict = "verdict",
}

static GRAMMAR_OF: LazyLock<HashMap<&'static str, Classes>> = LazyLock::new(|| {
    let mut map: HashMap<&'static str, Classes> = HashMap::default();
    for row in rows(GRAMMAR) {
        let [class, word] = row[..] else { continue };
        if let Some((_, bit)) = flag::NAMES.iter().find(|(name, _)| *name == class) {
            map.entry(word).or_default().0 |= bit;
        }
    }
    map
});

/// The cue verb that a lower-case word is a form of.
pub fn cue_verb(lower: &str) -> Option<&'static CueVerb> {
    FORMS.get(lower).map(|&i| &VERBS[i].0)
}

/// "hear", of which a lower-case word is a form that tells what was said to somebody.
pub fn hearing_verb(lower: &str) -> Option<&'static CueVerb> {
    matches!(lower, "hears" | "hear" | "heard").then_some(&HEAR)
}

/// Whether a verb of saying says nothing with this object, a lower-case noun: "claimed lives".
pub fn unspoken(lemma: &str, object: &str) -> bool {
    SILENT.get(lemma).is_some_and(|objects| objects.split(' ').any(|o| o == object))
}

/// The noun of saying that a lower-case word is a form of: "claim", "promises".
pub fn cue_noun(lower: &str) -> Option<&'static CueVerb> {
    REPORTING_NOUNS.get(lower)
}

/// What a lower-case noun that can speak is: a description, a group, or a document.
pub fn speaker_noun(lower: &str) -> Option<SpeakerForm> {
    NOUNS.get(lower).copied()
}

/// The closed classes that a lower-case word belongs to.
pub fn classes(lower: &str) -> Classes {
    GRAMMAR_OF.get(lower).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(VERBS.len(), CUES.lines().skip(1).filter(|l| !l.is_empty()).count());
        let unknown: Vec<_> =
            SILENT.keys().filter(|lemma| !VERBS.iter().any(|(v, _)| v.lemma == **lemma)).collect();
        assert!(unknown.is_empty(), "objects of verbs that are no cues: {unknown:?}");
        let forms = rows(CUE_NOUNS).map(|r| r[2].split(' ').count()).sum::<usize>();
        assert_eq!(REPORTING_NOUNS.len(), forms);
        assert_eq!(NOUNS.len(), SPEAKERS.lines().skip(1).filter(|l| !l.is_empty()).count());
        let known = |row: &Vec<&str>| flag::NAMES.iter().any(|(name, _)| *name == row[0]);
        let unknown: Vec<_> = rows(GRAMMAR).filter(|r| !known(r)).collect();
        assert!(unknown.is_empty(), "classes that no rule asks for: {unknown:?}");
    }

    #[test]
    fn forms_lead_to_their_lemma() {
        assert_eq!(cue_verb("told").map(|v| v.lemma), Some("tell"));
        assert_eq!(cue_verb("denies").map(|v| v.kind), Some(CueKind::Denying));
        assert_eq!(cue_verb("table"), None);
        assert!(classes("who").relative() && classes("who").nominative());
    }
}
