//! Whom "the Brazilian", "the 28-year-old" and "the striker" stand for: a person named before whose country, age
//! or role the text gives so, else the only one whom the sentences before name, where nothing speaks against it.

use foldhash::HashMap;

use super::phrases::Phrases;
use super::references::References;
use super::unnamed::{self, head};
use crate::annotate::Pos;
use crate::finding::{Entity, EntityKind, Mention};
use crate::lexicon::known::known;
use crate::lexicon::{counting, gender, reporting, roles, walks, words};
use crate::span::Span;

/// How many mentions of a person are looked at.
const LOOKED_AT: usize = 12;
/// How many tokens before a name may say where somebody is from or how old.
const BEFORE: usize = 5;
/// How many persons of one country or age are told apart.
const ALIKE: usize = 16;
/// How names for the people of a place end, where no list has them: "Queenslander", "Liverpudlian".
const PEOPLE: &[&str] = &["er", "an", "man", "woman", "ite", "ean"];

/// What the article says of its persons.
#[derive(Debug)]
pub struct Focus<'a> {
    phrases: Phrases<'a>,
    from: HashMap<String, Vec<usize>>,
    aged: HashMap<u32, Vec<usize>>,
    /// By person, whether country and age are told.
    told: Vec<[bool; 2]>,
}

/// What a description says of whom it means.
enum Said {
    From(Option<String>),
    Aged(u32),
    Does,
}

impl<'a> Focus<'a> {
    /// Reads countries and ages beside the names.
    pub fn new(phrases: Phrases<'a>, mentions: &[Mention], entities: &[Entity]) -> Focus<'a> {
        let mut focus = Focus {
            phrases,
            from: HashMap::default(),
            aged: HashMap::default(),
            told: vec![[false; 2]; entities.len()],
        };
        for (entity, e) in entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person) {
            for &m in e.mentions.iter().take(LOOKED_AT).filter(|&&m| m < mentions.len()) {
                if let Some(country) = focus.country(mentions, m) {
                    focus.told[entity][0] = true;
                    add(focus.from.entry(country).or_default(), entity);
                }
                if let Some(age) = focus.age(mentions[m].span) {
                    focus.told[entity][1] = true;
                    add(focus.aged.entry(age).or_default(), entity);
                }
            }
        }
        focus
    }

    /// The country beside a name: "the Spanish striker |Ortega", "Spain's |Ortega", "|Silva of Brazil".
    fn country(&self, mentions: &[Mention], m: usize) -> Option<String> {
        let text = self.phrases.text;
        let span = mentions[m].span;
        let of = |m: &Mention| match m.kind {
            EntityKind::Group | EntityKind::Place => known(m.kind, m.span.of(text))?.country.clone(),
            _ => None,
        };
        let before = m.checked_sub(1).map(|b| &mentions[b]).filter(|b| b.span.end < span.start);
        let led = before.filter(|b| {
            let between = self.phrases.annotation.tokens_in(Span::new(b.span.end, span.start));
            let owns = text[b.span.end..].starts_with("'s ") || text[b.span.end..].starts_with("’s ");
            between.len() <= BEFORE
                && (b.kind == EntityKind::Group || owns)
                && between.clone().skip(usize::from(owns)).all(|t| {
                    matches!(self.phrases.annotation.tokens[t].pos, Pos::Noun | Pos::Adj | Pos::Propn)
                })
        });
        let next = mentions.get(m + 1);
        let behind = next.filter(|n| {
            let between = text.get(span.end..n.span.start).unwrap_or_default();
            let place = matches!(between, " of " | ", of " | " from " | ", from " | " (");
            let people = matches!(between, ", a " | ", an " | ", the ");
            if n.kind == EntityKind::Place { place } else { people }
        });
        led.and_then(of).or_else(|| behind.and_then(of))
    }

    /// The age beside a name: "|Jack Tanner, 28,", "|Tanner (28)", "28-year-old |Jack Tanner".
    fn age(&self, span: Span) -> Option<u32> {
        let text = self.phrases.text;
        let behind = text[span.end..].strip_prefix(", ").or_else(|| text[span.end..].strip_prefix(" ("));
        let number = behind.map(|rest| &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()]);
        let whole = |rest: &str, n: &str| rest[n.len()..].starts_with([',', ')', '.', ';']);
        if let (Some(rest), Some(n)) = (behind, number)
            && whole(rest, n)
            && let Some(age) = n.parse().ok().filter(|a| (1..=120).contains(a))
        {
            return Some(age);
        }
        let first = self.phrases.annotation.token_at(span.start);
        let start = self.phrases.annotation.tokens.get(first.saturating_sub(BEFORE + 4))?.span.start;
        let before = text.get(start..span.start)?;
        let (head, rest) = before.rsplit_once("-year-old")?;
        let plain = rest.split_whitespace().all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-'));
        head.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok().filter(|_| plain)
    }

    /// Whom the words at byte `at` mean, and how that is known.
    pub fn meant(
        &self,
        words: &str,
        at: usize,
        references: &References,
        speaking: Option<(usize, usize)>,
    ) -> Option<(usize, &'static str)> {
        let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("The "))?;
        let said = said(bare)?;
        let named = |e: &&usize| references.last(**e, at).is_some();
        let (alike, how, told): (Option<&Vec<usize>>, _, _) = match &said {
            Said::From(Some(country)) => (self.from.get(country), "the only one from there", Some(0)),
            Said::From(None) => (None, "", Some(0)),
            Said::Aged(age) => (self.aged.get(age), "the only one of that age", Some(1)),
            Said::Does => (None, "", None),
        };
        if let Some(alike) = alike {
            let mut before = alike.iter().filter(named);
            let first = before.next();
            if before.next().is_some() {
                return None;
            }
            if let Some(&entity) = first {
                return Some((entity, how));
            }
        }
        if unnamed::is_anybody_new(&self.phrases, at) {
            return None;
        }
        let entity = references.alone(self.phrases.annotation, at, speaking)?;
        let sex = gender::of_noun(&head(bare).to_lowercase());
        let against = told.is_some_and(|t| self.told[entity][t]) || !references.may_be(entity, sex);
        (!against).then_some((entity, "the only person named in the sentences before"))
    }
}

fn add(list: &mut Vec<usize>, entity: usize) {
    if list.len() < ALIKE && !list.contains(&entity) {
        list.push(entity);
    }
}

/// What a description without its article says: "Brazilian", "28-year-old winger", "striker".
fn said(bare: &str) -> Option<Said> {
    if let Some((age, rest)) = bare.split_once("-year-old") {
        let ends = rest.is_empty() || rest.starts_with(' ');
        return age.parse().ok().filter(|_| ends).map(Said::Aged);
    }
    let one = !bare.contains(' ');
    if one && bare.starts_with(char::is_uppercase) {
        return is_inhabitant(bare)
            .then(|| Said::From(known(EntityKind::Group, bare).and_then(|k| k.country.clone())));
    }
    let does = matches!(walks::walk(&head(bare).to_lowercase()), Some("sport" | "arts"));
    (does && one).then_some(Said::Does)
}

/// Whether a word with a capital names one of a place's people: "Brazilian", "Texan", "Queenslander"; but not
/// all of them ("the Chinese", "the Danes"), and no office ("the Premier").
pub fn is_inhabitant(word: &str) -> bool {
    let lower = word.to_lowercase();
    let all = ["s", "sh", "ch", "ese"].iter().any(|end| lower.ends_with(end));
    if all || counting::is_plural(&lower) || roles::is_role(word) || words::is_calendar(word) {
        return false;
    }
    match known(EntityKind::Group, word) {
        Some(known) => known.kind == EntityKind::Group && known.country.is_some(),
        None => {
            reporting::speaker_noun(&lower).is_none()
                && word.chars().nth(5).is_some()
                && PEOPLE.iter().any(|end| lower.ends_with(end))
        }
    }
}
