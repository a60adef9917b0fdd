//! What can be corrected: the fields of each subject, what they take, and what is told of a wrong value.

use crate::correct::name::{EntityName, kind_of};
use crate::finding::{Bound, ChangeRole, Direction, FigureKind, QuoteKind};

/// What a correction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An article's own data.
    Article,
    /// A publisher.
    Outlet,
    /// A person, organization, place, group or event.
    Entity,
    /// Reported words.
    Quote,
    /// A quantity.
    Figure,
}

impl Subject {
    /// All of them, in order.
    pub const ALL: &'static [Subject] =
        &[Subject::Article, Subject::Outlet, Subject::Entity, Subject::Quote, Subject::Figure];

    /// The word of the archive and of CSV.
    pub fn as_str(self) -> &'static str {
        match self {
            Subject::Article => "article",
            Subject::Outlet => "outlet",
            Subject::Entity => "entity",
            Subject::Quote => "quote",
            Subject::Figure => "figure",
        }
    }

    /// The subject of that word.
    pub fn parse(word: &str) -> Result<Subject, Invalid> {
        let found = Subject::ALL.iter().copied().find(|s| s.as_str().eq_ignore_ascii_case(word.trim()));
        found.ok_or_else(|| Invalid::Subject { word: word.to_owned() })
    }
}

/// Where a correction of a field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In one article.
    Article,
    /// Over the archive.
    Archive,
    /// Either.
    Both,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// No value: the field is the deed.
    Nothing,
    /// Any words.
    Words,
    /// Words that stand in the article.
    WordsOfText,
    /// An entity's name.
    Entity,
    /// An entity's kind.
    EntityKind,
    /// A quote's kind.
    QuoteKind,
    /// A figure's kind.
    FigureKind,
    /// How a figure is bounded.
    Bound,
    /// up or down.
    Direction,
    /// by, from or to.
    Role,
    /// A number.
    Number,
    /// A day or moment in ISO 8601.
    Day,
    /// A language's code.
    Language,
    /// yes or no.
    Flag,
}

/// A field that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Whose it is.
    pub subject: Subject,
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether "nothing" can be right.
    pub clears: bool,
    /// Where it can hold.
    pub scope: Scope,
    /// What it means.
    pub meaning: &'static str,
}

const fn of_article(
    subject: Subject,
    name: &'static str,
    takes: Takes,
    clears: bool,
    meaning: &'static str,
) -> Field {
    Field { subject, name, takes, clears, scope: Scope::Article, meaning }
}

static FIELDS: &[Field] = &[
    of_article(Subject::Article, "title", Takes::Words, true, "the headline"),
    of_article(Subject::Article, "byline", Takes::Words, true, "who wrote it"),
    of_article(Subject::Article, "dateline", Takes::Words, true, "where it was filed from"),
    of_article(Subject::Article, "published", Takes::Day, true, "when it was published, ISO 8601"),
    of_article(Subject::Article, "outlet", Takes::Words, true, "who published it"),
    of_article(Subject::Article, "language", Takes::Language, true, "ISO 639-1 code"),
    Field {
        subject: Subject::Outlet,
        name: "name",
        takes: Takes::Words,
        clears: false,
        scope: Scope::Archive,
        meaning: "what it is called",
    },
    Field {
        subject: Subject::Outlet,
        name: "merge",
        takes: Takes::Words,
        clears: false,
        scope: Scope::Archive,
        meaning: "the outlet that it is",
    },
    Field {
        subject: Subject::Entity,
        name: "name",
        takes: Takes::Entity,
        clears: false,
        scope: Scope::Both,
        meaning: "what it is called",
    },
    Field {
        subject: Subject::Entity,
        name: "merge",
        takes: Takes::Entity,
        clears: false,
        scope: Scope::Both,
        meaning: "the entity that it is",
    },
    of_article(Subject::Entity, "split", Takes::Entity, false, "the other entity that it is in this article"),
    Field {
        subject: Subject::Entity,
        name: "kind",
        takes: Takes::EntityKind,
        clears: false,
        scope: Scope::Both,
        meaning: "person, organization, place, group or event",
    },
    Field {
        subject: Subject::Entity,
        name: "drop",
        takes: Takes::Nothing,
        clears: true,
        scope: Scope::Both,
        meaning: "it is none",
    },
    of_article(Subject::Quote, "speaker", Takes::Entity, true, "who said it; nothing for nobody"),
    of_article(
        Subject::Quote,
        "kind",
        Takes::QuoteKind,
        false,
        "direct, mixed, indirect, scare, title or nickname",
    ),
    of_article(Subject::Quote, "cue", Takes::WordsOfText, true, "the words that credit it"),
    of_article(
        Subject::Quote,
        "utterance",
        Takes::Words,
        true,
        "the words of a quote that is the same utterance; nothing for one of its own",
    ),
    of_article(Subject::Quote, "drop", Takes::Nothing, true, "it is no quote"),
    of_article(Subject::Figure, "value", Takes::Number, true, "the quantity as written"),
    of_article(Subject::Figure, "low", Takes::Number, true, "the least it allows"),
    of_article(Subject::Figure, "high", Takes::Number, true, "the most it allows"),
    of_article(Subject::Figure, "bound", Takes::Bound, false, "exactly, about, at_least ..."),
    of_article(Subject::Figure, "direction", Takes::Direction, true, "up or down, where it moved"),
    of_article(Subject::Figure, "role", Takes::Role, true, "in a change: by, from or to"),
    of_article(Subject::Figure, "unit", Takes::Words, true, "a unit's name or code: kilometre, EUR, %"),
    of_article(Subject::Figure, "kind", Takes::FigureKind, false, "count, money, percentage ..."),
    of_article(
        Subject::Figure,
        "counted",
        Takes::WordsOfText,
        true,
        "what is counted, in the article's words",
    ),
    of_article(Subject::Figure, "event", Takes::Words, true, "death, injury, displacement ..."),
    of_article(
        Subject::Figure,
        "hedged",
        Takes::Flag,
        false,
        "whether it is denied, or only possible: yes or no",
    ),
    of_article(Subject::Figure, "drop", Takes::Nothing, true, "it is no figure"),
];

/// The fields of a subject, in order.
pub fn fields(subject: Subject) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.subject == subject)
}

/// A subject's field by its name.
pub fn field(subject: Subject, name: &str) -> Result<&'static Field, Invalid> {
    fields(subject).find(|field| field.name.eq_ignore_ascii_case(name.trim())).ok_or_else(|| Invalid::Field {
        subject: subject.as_str(),
        field: name.to_owned(),
        known: fields(subject).map(|f| f.name).collect::<Vec<_>>().join(", "),
    })
}

/// Why a correction cannot be made so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// There is no such subject.
    #[error("'{word}' cannot be corrected: the subject is article, outlet, entity, quote or figure")]
    Subject {
        /// What was given.
        word: String,
    },
    /// The subject has no such field.
    #[error("{subject} has no field '{field}' to correct: it has {known}")]
    Field {
        /// The subject.
        subject: &'static str,
        /// What was given.
        field: String,
        /// What there is.
        known: String,
    },
    /// The value is not of the field's kind.
    #[error("{field} takes {expected}, not '{value}'")]
    Value {
        /// The field.
        field: &'static str,
        /// What it takes.
        expected: String,
        /// What was given.
        value: String,
    },
    /// The field needs a value.
    #[error("{field} needs a value: {meaning}")]
    Missing {
        /// The field.
        field: &'static str,
        /// What it means.
        meaning: &'static str,
    },
    /// The field is a deed and takes none.
    #[error("{field} takes no value, and was given '{value}'")]
    Superfluous {
        /// The field.
        field: &'static str,
        /// What was given.
        value: String,
    },
    /// It can only hold in one article.
    #[error("{subject} {field} is of one article: name its source")]
    NeedsArticle {
        /// The subject.
        subject: &'static str,
        /// The field.
        field: &'static str,
    },
    /// It can only hold over the archive.
    #[error("{subject} {field} holds over the whole archive: leave the source empty")]
    NeedsArchive {
        /// The subject.
        subject: &'static str,
        /// The field.
        field: &'static str,
    },
    /// There are no words to find it by.
    #[error("no words to find it by: the anchor is empty")]
    NoAnchor,
}

impl Field {
    /// The value as it is kept, or what is wrong with it.
    pub fn value(&self, value: Option<&str>) -> Result<Option<String>, Invalid> {
        let value = value.map(str::trim).filter(|value| !value.is_empty());
        let Some(given) = value else {
            if self.clears {
                return Ok(None);
            }
            return Err(Invalid::Missing { field: self.name, meaning: self.meaning });
        };
        if self.takes == Takes::Nothing {
            return Err(Invalid::Superfluous { field: self.name, value: given.to_owned() });
        }
        let wrong = |expected: String| Invalid::Value { field: self.name, expected, value: given.to_owned() };
        match self.checked(given) {
            Ok(value) => Ok(Some(value)),
            Err(expected) => Err(wrong(expected)),
        }
    }

    fn checked(&self, given: &str) -> Result<String, String> {
        let one_of = |words: Vec<&'static str>| {
            let word = given.to_lowercase().replace([' ', '-'], "_");
            words.iter().find(|w| **w == word).map(|w| (*w).to_owned()).ok_or_else(|| words.join(", "))
        };
        match self.takes {
            Takes::Nothing | Takes::Words | Takes::WordsOfText => Ok(given.to_owned()),
            Takes::Entity => {
                let name = EntityName::parse(given);
                if name.name.chars().any(char::is_alphanumeric) {
                    Ok(name.to_string())
                } else {
                    Err("a name".to_owned())
                }
            }
            Takes::EntityKind => kind_of(given)
                .map(|kind| kind.as_str().to_owned())
                .ok_or_else(|| "person, organization, place, group or event".to_owned()),
            Takes::QuoteKind => one_of(QuoteKind::ALL.iter().map(|k| k.as_str()).collect()),
            Takes::FigureKind => one_of(FigureKind::ALL.iter().map(|k| k.as_str()).collect()),
            Takes::Bound => one_of(Bound::ALL.iter().map(|b| b.as_str()).collect()),
            Takes::Direction => one_of(Direction::ALL.iter().map(|d| d.as_str()).collect()),
            Takes::Role => one_of(ChangeRole::ALL.iter().map(|r| r.as_str()).collect()),
            Takes::Number => {
                let number = given.replace(',', "").parse::<f64>().ok().filter(|n| n.is_finite());
                number.map(|n| n.to_string()).ok_or_else(|| "a number, like 250000 or 1.5".to_owned())
            }
            Takes::Day => {
                if is_day(given) {
                    Ok(given.to_owned())
                } else {
                    Err("a day or moment like 2016-09-04 or 2016-09-04T10:30".to_owned())
                }
            }
            Takes::Language => {
                let code = given.to_lowercase();
                crate::lexicon::languages::interned(&code)
                    .map(str::to_owned)
                    .ok_or_else(|| "a code of ISO 639-1, like en or fr".to_owned())
            }
            Takes::Flag => parse_flag(given)
                .map(|flag| if flag { "yes" } else { "no" }.to_owned())
                .ok_or_else(|| "yes or no".to_owned()),
        }
    }

    /// Whether it can hold in one article (`true`) or over the archive.
    pub fn check_scope(&self, in_article: bool) -> Result<(), Invalid> {
        match (self.scope, in_article) {
            (Scope::Article, false) => {
                Err(Invalid::NeedsArticle { subject: self.subject.as_str(), field: self.name })
            }
            (Scope::Archive, true) => {
                Err(Invalid::NeedsArchive { subject: self.subject.as_str(), field: self.name })
            }
            _ => Ok(()),
        }
    }
}

/// What "yes" and "no" may look like, after a spreadsheet too.
pub fn parse_flag(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Whether it is a day, or a moment of one, in ISO 8601: what `articles.published` holds.
fn is_day(word: &str) -> bool {
    let (day, time) = match word.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (word, None),
    };
    let day_is = day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok();
    day_is
        && time.is_none_or(|time| {
            format!("{day}T{time}").parse::<jiff::Timestamp>().is_ok()
                || (time.len() >= 5 && time.parse::<jiff::civil::Time>().is_ok())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn value(subject: Subject, name: &str, given: &str) -> Result<Option<String>, Invalid> {
        field(subject, name).unwrap().value(Some(given))
    }

    #[test]
    fn values_are_kept_in_one_form() {
        use Subject::{Article, Entity, Figure, Quote};
        for (subject, name, given, kept) in [
            (Figure, "value", "250,000", "250000"),
            (Figure, "bound", "At least", "at_least"),
            (Figure, "hedged", "TRUE", "yes"),
            (Article, "published", "2016-09-04", "2016-09-04"),
            (Article, "published", "2016-09-04T10:30+08:00", "2016-09-04T10:30+08:00"),
            (Article, "language", "EN", "en"),
            (Entity, "merge", "Person: Ada  Kowal", "person:Ada Kowal"),
            (Quote, "kind", "Scare", "scare"),
        ] {
            assert_eq!(value(subject, name, given), Ok(Some(kept.to_owned())), "{name} {given}");
        }
    }

    #[test]
    fn wrong_values_are_told_with_what_is_right() {
        use Subject::{Article, Entity, Figure, Quote};
        for (subject, name, given, says) in [
            (Figure, "value", "many", "a number"),
            (Figure, "value", "1e999", "a number"),
            (Article, "published", "4 September", "2016-09-04"),
            (Article, "published", "2016-02-30", "a day"),
            (Article, "language", "klingon", "ISO 639-1"),
            (Entity, "kind", "ship", "organization"),
            (Entity, "name", "()", "a name"),
            (Quote, "drop", "yes", "takes no value"),
            (Quote, "kind", "", "needs a value"),
        ] {
            let told = value(subject, name, given).unwrap_err().to_string();
            assert!(told.contains(says), "{name} {given}: {told}");
        }
        assert!(field(Quote, "tone").unwrap_err().to_string().contains("speaker, kind"));
        assert!(Subject::parse("headline").is_err());
    }
}
