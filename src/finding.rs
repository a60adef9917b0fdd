//! Findings: what the extractor reports about an article. Values and spans, never copies of text.
//!
//! The words of the enums' `as_str` are the words of the archive, of JSON and of the docs.

use crate::span::Span;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word used in the archive, in JSON and in the docs.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }
    };
}

words! {
    /// What kind of thing a name names.
    EntityKind {
        /// A person.
        Person = "person",
        /// A company, agency, party, paper, team, armed group, body of states.
        Organization = "organization",
        /// A country, city, region, river, building.
        Place = "place",
        /// Nationalities, religious and political groups: "Syrian", "Democrats".
        Group = "group",
        /// A named event: "Cold War".
        Event = "event",
    }
}

words! {
    /// What found a mention.
    FoundBy {
        /// The statistical tagger.
        Model = "model",
        /// A list of known names.
        Gazetteer = "gazetteer",
        /// Another mention of the same words in the document.
        Document = "document",
        /// A rule about the words around it (a title, a dateline credit).
        Rule = "rule",
    }
}

/// A span that names an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where the name stands, without title or article.
    pub span: Span,
    /// What it names.
    pub kind: EntityKind,
    /// What found it.
    pub found_by: FoundBy,
    /// How sure the finder is, 0 to 1.
    pub confidence: f32,
}

/// An entity of one article: every mention that names the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The fullest name: as the article has it, or reference data's where that knows the alias.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// The name normalized for joining across articles (see `resolve`).
    pub key: String,
    /// Surface forms it goes by, distinct, in order of first use.
    pub aliases: Vec<String>,
    /// Indices into the article's mentions, in text order.
    pub mentions: Vec<usize>,
    /// Why mentions were joined: rule names, distinct.
    pub evidence: Vec<&'static str>,
    /// Where it lies, where it is a place that reference data knows.
    pub place: Option<Place>,
}

/// What reference data knows of a place's name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// ISO 3166-1 alpha-2 code of the country it is or lies in; `None` when the name is ambiguous.
    pub country: Option<String>,
    /// Degrees north; `None` when the name is ambiguous.
    pub latitude: Option<f64>,
    /// Degrees east; `None` when the name is ambiguous.
    pub longitude: Option<f64>,
    /// Where it does not resolve, what it may be: "Paris, FR; Paris, US".
    pub candidates: Option<String>,
}

/// What the text says an entity is: "Russian foreign minister" before "Sergey Lavrov".
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    /// Whom it describes, an index into the article's entities.
    pub entity: usize,
    /// The describing words, without the name.
    pub span: Span,
    /// The rule that read it, by name.
    pub rule: &'static str,
}

/// An outlet or agency that the page credits, outside of the article's text: for a picture, for the rights.
#[derive(Debug, Clone, PartialEq)]
pub struct Credit {
    /// Who is credited, an index into the article's entities.
    pub entity: usize,
    /// The block that says so, an index into the article's blocks.
    pub block: usize,
    /// Where in the block's text the name begins, in characters.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The name as it stands there; the article's text does not have it.
    pub text: String,
    /// The rule that read it, by name.
    pub rule: &'static str,
}

words! {
    /// What a stretch in quotation marks, or a reported sentence, is.
    QuoteKind {
        /// A whole utterance in marks.
        Direct = "direct",
        /// A stretch in marks inside a reported sentence.
        Mixed = "mixed",
        /// Reported speech without marks.
        Indirect = "indirect",
        /// A thought, belief or wish reported of somebody: no speech.
        Thought = "thought",
        /// A turn in a dialogue or interview, given to its speaker by the layout, without marks.
        Turn = "turn",
        /// What somebody who is quoted says that another said: nothing that the article itself heard.
        Nested = "nested",
        /// Words in marks that nobody is credited with.
        Scare = "scare",
        /// The title of a work.
        Title = "title",
        /// A nickname: "Shorty" Guzman.
        Nickname = "nickname",
    }
}

words! {
    /// How the text names a speaker.
    SpeakerForm {
        /// By name.
        Name = "name",
        /// By pronoun.
        Pronoun = "pronoun",
        /// By description: "a senior US official".
        Description = "description",
        /// By a group: "officials".
        Group = "group",
        /// A document or statement speaks.
        Document = "document",
    }
}

words! {
    /// What a cue does.
    CueKind {
        /// "said".
        Neutral = "neutral",
        /// "claimed".
        Claiming = "claiming",
        /// "denied".
        Denying = "denying",
        /// "asked".
        Asking = "asking",
        /// "ordered", "urged".
        Ordering = "ordering",
        /// "thinks", "hopes": not speech.
        Thinking = "thinking",
    }
}

/// Who is credited with a quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// The words that name the speaker where the quote is credited.
    pub span: Span,
    /// How they name him.
    pub form: SpeakerForm,
    /// The mention inside the span (or that a pronoun was traced to), an index into the mentions.
    pub mention: Option<usize>,
    /// The entity, an index into the article's entities; filled by `resolve`.
    pub entity: Option<usize>,
    /// How the entity was reached from the span ("pronoun he → mention Obama"), or why it was not.
    pub steps: String,
}

/// The words that credit a quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// Where they stand.
    pub span: Span,
    /// Dictionary form: "say".
    pub lemma: String,
    /// What they do.
    pub kind: CueKind,
}

/// Words reported as somebody's.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What it is.
    pub kind: QuoteKind,
    /// The stretches between the marks, without them; for indirect speech, the reported words.
    pub spans: Vec<Span>,
    /// The whole of what is reported, marked or not.
    pub content: Vec<Span>,
    /// Who is credited.
    pub speaker: Option<Speaker>,
    /// The words that credit.
    pub cue: Option<Cue>,
    /// To whom it was said ("reporters"), where the text tells.
    pub addressee: Option<Span>,
    /// Where or in what it was said ("at a news conference", "in a statement").
    pub occasion: Option<Span>,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// The rule that decided kind and speaker, by name.
    pub rule: &'static str,
    /// Why nobody is credited, when nobody is.
    pub unattributed: Option<&'static str>,
}

words! {
    /// What a figure measures.
    FigureKind {
        /// People or things counted.
        Count = "count",
        /// An amount of money.
        Money = "money",
        /// A percentage.
        Percentage = "percentage",
        /// A part of a whole: "two-thirds", "one in ten".
        Share = "share",
        /// A length of time.
        Duration = "duration",
        /// A length.
        Distance = "distance",
        /// An area.
        Area = "area",
        /// A volume.
        Volume = "volume",
        /// A weight.
        Weight = "weight",
        /// A temperature.
        Temperature = "temperature",
        /// A speed.
        Speed = "speed",
        /// An age.
        Age = "age",
        /// Something per something else.
        Rate = "rate",
        /// A multiple: "twice", "threefold".
        Multiple = "multiple",
        /// A score: "3-1".
        Score = "score",
        /// A vote: "52-48".
        Vote = "vote",
        /// Any other.
        Other = "other",
    }
}

#[allow(clippy::derivable_impls)] // The macro above writes the derives.
impl Default for MomentKind {
    fn default() -> Self {
        MomentKind::Day
    }
}

words! {
    /// How a figure's value is bounded.
    Bound {
        /// As printed.
        Exactly = "exactly",
        /// About, around, some.
        About = "about",
        /// Nearly, almost.
        Nearly = "nearly",
        /// At least.
        AtLeast = "at_least",
        /// More than, over.
        MoreThan = "more_than",
        /// At most.
        AtMost = "at_most",
        /// Up to.
        UpTo = "up_to",
        /// Less than, under.
        LessThan = "less_than",
    }
}

words! {
    /// Which way a figure moved.
    Direction {
        /// It rose.
        Up = "up",
        /// It fell.
        Down = "down",
    }
}

words! {
    /// What a figure is to the change it stands in: "fell by 12 from 100 to 88".
    ChangeRole {
        /// The size of the change.
        By = "by",
        /// Where it began.
        From = "from",
        /// Where it ended.
        To = "to",
    }
}

words! {
    /// What a moment is.
    MomentKind {
        /// A day.
        Day = "day",
        /// A week.
        Week = "week",
        /// A month.
        Month = "month",
        /// A year.
        Year = "year",
        /// Ten years.
        Decade = "decade",
        /// From one day or year to another.
        Interval = "interval",
        /// A time of day.
        Time = "time",
    }
}

/// A date, a time or a stretch of the calendar that the article names.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The words that name it.
    pub span: Span,
    /// What it is.
    pub kind: MomentKind,
    /// ISO 8601 as far as it is known; an unknown part is X, after ISO 8601-2: "XXXX-09-05".
    pub value: Option<String>,
    /// The first day it may be.
    pub earliest: Option<String>,
    /// The last day it may be.
    pub latest: Option<String>,
    /// Why value or days are not wholly known.
    pub unresolved: Option<&'static str>,
    /// The sentence it stands in.
    pub sentence: Span,
    /// The rule that read it, by name.
    pub rule: &'static str,
}

/// Another reading of a number that can be read in two ways.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherReading {
    /// The figure, or the number refused.
    pub span: Span,
    /// What it was read as: a kind of figure, a unit, or the reason it was refused.
    pub read_as: String,
    /// What else it may be.
    pub other: String,
    /// The value it would have.
    pub value: Option<f64>,
    /// The unit it would have, or its code.
    pub unit: Option<String>,
    /// Why the other was not taken.
    pub rule: &'static str,
}

/// A quantity that the article reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The figure with its unit and bound words: "more than 250,000 people" covers "250,000" at least.
    pub span: Span,
    /// What it measures.
    pub kind: FigureKind,
    /// The quantity as written, in the unit as written; `None` for ranges and where no number is named.
    pub value: Option<f64>,
    /// The least it allows; `None` when open.
    pub low: Option<f64>,
    /// The most it allows; `None` when open.
    pub high: Option<f64>,
    /// How the value is bounded.
    pub bound: Bound,
    /// Which way it moved.
    pub direction: Option<Direction>,
    /// What it is to that change; for "from 4.8 to 4.7", one figure, the direction tells the ends apart.
    pub role: Option<ChangeRole>,
    /// A code where there is one: "USD", "min", "%".
    pub unit: Option<String>,
    /// The word: "dollar", "minute", "percent"; for counts the noun counted.
    pub unit_name: Option<String>,
    /// The value (or the low end) in the base unit: 5400 for ninety minutes.
    pub base_value: Option<f64>,
    /// The base unit's code: "s", "m", "g", "m2".
    pub base_unit: Option<String>,
    /// The noun phrase counted.
    pub counted: Option<Span>,
    /// Its head, singular.
    pub counted_head: Option<String>,
    /// What happened to those counted, normalized: "death", "injury", "displacement".
    pub event: Option<String>,
    /// The place, group or time it holds for: "in Aleppo", "since 2011".
    pub holds_for: Option<Span>,
    /// The place of that: "Aleppo".
    pub place: Option<Span>,
    /// The group of that: "children" in "among children".
    pub whose: Option<Span>,
    /// The time of that: "since 2011", "so far", "last week".
    pub period: Option<Span>,
    /// The day that it was counted up to: "Monday" in "as of Monday".
    pub as_of: Option<Span>,
    /// That day in ISO 8601, where it is known.
    pub as_of_date: Option<String>,
    /// Who is cited for it: "the UN" in "according to the UN".
    pub cited: Option<Span>,
    /// Whether no number is named ("millions", "scores").
    pub vague: bool,
    /// Whether it is denied ("not 40").
    pub denied: bool,
    /// Whether it is only possible ("could reach 500").
    pub possible: bool,
    /// The sentence it stands in.
    pub sentence: Span,
    /// The rule that read it, by name.
    pub rule: &'static str,
}

/// A number that is no figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// Where it stands.
    pub span: Span,
    /// Why it is none: "year", "date", "name", "phone number".
    pub reason: &'static str,
}

/// Everything found in one article.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Names, in text order, not overlapping.
    pub mentions: Vec<Mention>,
    /// What they name.
    pub entities: Vec<Entity>,
    /// What the text says they are, in text order.
    pub descriptions: Vec<Description>,
    /// Whom the page around the article credits, in the order of its blocks.
    pub credits: Vec<Credit>,
    /// Quotes in text order.
    pub quotes: Vec<Quote>,
    /// Figures in text order.
    pub figures: Vec<Figure>,
    /// Numbers refused, in text order.
    pub refused: Vec<Refused>,
    /// Dates and times in text order.
    pub moments: Vec<Moment>,
    /// Other readings of figures and of numbers refused, in text order.
    pub readings: Vec<OtherReading>,
}
