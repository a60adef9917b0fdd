//! Forms: the distinct names that an article's mentions use, before it is asked which are one thing.
//!
//! A form is a folded name of one kind. "The Guardian" and "the Guardian" are one form, "Jordan" the
//! person and "Jordan" the place are two.

use foldhash::{HashMap, HashSet};

use super::person_name::PersonName;
use super::reference;
use crate::finding::{EntityKind, Mention};
use crate::lexicon::fold::fold;
use crate::lexicon::known::{Known, known};
use crate::lexicon::{names, roles};
use crate::span::Span;

/// A name as one kind of thing.
#[derive(Debug)]
pub struct Form {
    /// What its mentions were found as.
    pub kind: EntityKind,
    /// The name folded, without article; for what is no person, its key.
    pub folded: String,
    /// Its first surface form that is not all in capitals, where there is one.
    pub surface: String,
    /// Its mentions, in text order.
    pub mentions: Vec<usize>,
    /// Its parts, for persons.
    pub person: PersonName,
    /// What reference data knows by this name.
    pub known: Option<&'static Known>,
    /// How sure the finders were, all mentions together.
    pub weight: f32,
    /// How many of its mentions have a title before them ("Mr.", "President").
    pub titled: u32,
    /// "pope", "king", where one stands before a mention, with where the title begins.
    pub regnal: Option<Span>,
}

impl Form {
    /// Whether it is a person's given name and surname, or more.
    pub fn is_full_person(&self) -> bool {
        self.kind == EntityKind::Person && self.person.units.len() > 1
    }

    /// Whether it is a person's single name.
    pub fn is_short_person(&self) -> bool {
        self.kind == EntityKind::Person && self.person.units.len() == 1
    }

    /// The words of the folded name.
    pub fn words(&self) -> Vec<&str> {
        self.folded.split(' ').filter(|w| !w.is_empty()).collect()
    }
}

/// Collects the forms of an article's mentions, in order of first mention.
pub fn forms(text: &str, mentions: &[Mention]) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut index: HashMap<(EntityKind, String), usize> = HashMap::default();
    // Most names stand in an article more than once, and are taken apart once.
    let mut as_written: HashMap<(EntityKind, &str), usize> = HashMap::default();
    for (i, mention) in mentions.iter().enumerate() {
        let surface = surface(mention.span.of(text));
        let at = *as_written.entry((mention.kind, surface)).or_insert_with(|| {
            let key = (mention.kind, form_key(mention.kind, surface));
            *index.entry(key).or_insert_with_key(|(kind, folded)| {
                forms.push(Form {
                    kind: *kind,
                    folded: folded.clone(),
                    surface: surface.to_owned(),
                    mentions: Vec::new(),
                    person: if *kind == EntityKind::Person {
                        PersonName::parse(surface)
                    } else {
                        PersonName::default()
                    },
                    known: known(*kind, surface),
                    weight: 0.0,
                    titled: 0,
                    regnal: None,
                });
                forms.len() - 1
            })
        });
        let form = &mut forms[at];
        form.mentions.push(i);
        // "Tarn" rather than "City of Tarn", or the headline's "TARN".
        let shorter = mention.kind == EntityKind::Place && surface.len() < form.surface.len();
        if shorter || is_shouted(mention.kind, &form.surface) && surface.contains(char::is_lowercase) {
            form.surface = surface.to_owned();
        }
        form.weight += mention.confidence.max(0.05);
        let (title, span) = word_before(text, mention.span);
        let title = fold(title);
        form.titled +=
            u32::from(names::is_honorific(&title) || names::is_regnal(&title) || roles::is_title(&title));
        if names::is_regnal(&title) {
            form.regnal.get_or_insert(span.cover(mention.span));
        }
    }
    recognize(&mut forms);
    forms
}

/// Looks again at forms that reference data did not know as they were found: a single name taken for a
/// person's that is an organization's ("Nusra"), and an acronym that a headline writes like a word ("Us"
/// in an article about the US).
fn recognize(forms: &mut [Form]) {
    let known_here: HashMap<String, &'static Known> =
        forms.iter().filter_map(|f| Some((fold(&f.surface), f.known?))).collect();
    let borne: HashSet<String> =
        forms.iter().filter(|f| f.is_full_person()).flat_map(|f| f.person.units.iter().cloned()).collect();
    for form in forms.iter_mut().filter(|f| f.known.is_none()) {
        if form.is_short_person() {
            let organization = known(EntityKind::Organization, &form.surface);
            form.known = organization.filter(|k| {
                k.kind == EntityKind::Organization && form.titled == 0 && !borne.contains(&form.folded)
            });
        } else {
            form.known = known_here.get(&fold(&form.surface)).copied();
        }
    }
}

/// Whether a name is all in capitals as headlines write it. An organization's short name may be initials.
fn is_shouted(kind: EntityKind, surface: &str) -> bool {
    let shortest = if kind == EntityKind::Organization { 6 } else { 3 };
    surface.chars().count() >= shortest && !surface.contains(char::is_lowercase)
}

/// The text of a mention without article, possessive ending and marks around it.
pub fn surface(raw: &str) -> &str {
    let marks =
        |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | ',' | ';' | ':');
    let s = raw.trim_matches(marks);
    ["'s", "’s", "'S", "’S"].iter().find_map(|end| s.strip_suffix(end)).unwrap_or(s)
}

/// The identity of a form: names that differ only in the ways that [`fold`] and [`reference::key`]
/// look past are one.
fn form_key(kind: EntityKind, surface: &str) -> String {
    match kind {
        EntityKind::Person => {
            let parsed = PersonName::parse(surface);
            // The initials stay apart here, so that George W. and George H. W. are two forms.
            match parsed.initials.as_str() {
                "" => parsed.key(),
                initials => format!("{} {initials}.", parsed.key()),
            }
        }
        _ => reference::key(kind, surface),
    }
}

/// The word that ends right before a span, without its point, and where it stands.
pub fn word_before(text: &str, span: Span) -> (&str, Span) {
    let before = text.get(..span.start).unwrap_or("");
    let trimmed = before.trim_end_matches([' ', '\u{a0}']);
    let start = trimmed
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '’' | '\'')))
        .map_or(0, |i| i + trimmed[i..].chars().next().map_or(1, char::len_utf8));
    let word = &trimmed[start..];
    // A full stop ends a sentence, unless it ends an abbreviation of a title.
    if word.ends_with('.') && !(names::is_honorific(&fold(word)) || roles::is_role(word)) {
        return ("", Span::new(span.start, span.start));
    }
    (word.trim_end_matches('.'), Span::new(start, trimmed.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before() {
        for (text, want) in [
            ("by Mr. |Hall", "Mr"),
            ("President |Hall", "President"),
            ("It ended. |Hall", ""),
            ("|Hall", ""),
            ("(|Hall", ""),
        ] {
            let at = text.find('|').unwrap();
            let text = text.replace('|', "");
            assert_eq!(word_before(&text, Span::new(at, text.len())).0, want, "{text}");
        }
    }

    #[test]
    fn surfaces() {
        for (raw, want) in [("Obama’s", "Obama"), ("“G20”", "G20"), ("O'Brien", "O'Brien")] {
            assert_eq!(surface(raw), want);
        }
    }
}
