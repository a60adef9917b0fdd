//! People's names taken apart: given names, initials, surname, suffix.
//!
//! Knows how names are built, not who bears them. A unit is a word as written between spaces, folded;
//! "Strauss-Kahn" and "Ki-moon" are one unit each.

use crate::lexicon::fold::fold;
use crate::lexicon::{names, roles};

/// A person's name in its parts, all folded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonName {
    /// The names in order as written, without titles, particles, suffixes and middle initials.
    pub units: Vec<String>,
    /// The middle initials run together: "f", "hw".
    pub initials: String,
    /// "jr", "iii".
    pub suffix: Option<String>,
    /// "pope", "king", where only a given name follows.
    pub regnal: Option<String>,
    /// Whether the family name stands first ("Xi Jinping").
    pub family_first: bool,
    /// The nickname given in marks or brackets: "shorty".
    pub nickname: Option<String>,
    /// Whether an Arabic article was left out ("al-Assad").
    pub article: bool,
}

impl PersonName {
    /// Takes a name apart.
    pub fn parse(name: &str) -> PersonName {
        let (mut words, nickname) = words(name);
        let mut parsed = PersonName { nickname, ..PersonName::default() };
        while words.len() > 1 && is_title(&words[0].folded) {
            words.remove(0);
        }
        while words.len() > 1 && names::is_suffix(&words[words.len() - 1].folded) {
            parsed.suffix = words.pop().map(|w| w.folded);
        }
        if words.len() == 2 && names::is_regnal(&words[0].folded) {
            parsed.regnal = Some(words.remove(0).folded);
        }
        let last = words.len().saturating_sub(1);
        let mut leading_initials = String::new();
        for (i, word) in words.iter().enumerate() {
            let particle = names::is_particle(&word.folded) && (i > 0 || word.folded != "al");
            parsed.article |= (particle && is_article(&word.folded)) || word.bare.is_some();
            if particle && i < last {
                continue;
            }
            if word.initial && i < last {
                let to = if parsed.units.is_empty() { &mut leading_initials } else { &mut parsed.initials };
                to.push_str(&word.folded);
                continue;
            }
            if parsed.units.is_empty() && !leading_initials.is_empty() {
                parsed.units.push(std::mem::take(&mut leading_initials));
            }
            parsed.units.push(word.core());
        }
        parsed.family_first = is_family_first(&parsed.units);
        parsed
    }

    /// The unit that names the family, where the name is more than one unit, or the only unit.
    pub fn surname(&self) -> Option<&str> {
        if self.is_reigning() {
            return None;
        }
        if self.family_first { self.units.first() } else { self.units.last() }.map(String::as_str)
    }

    /// Whether it names one person by itself: given name and surname, or a pope's or king's name.
    pub fn is_full(&self) -> bool {
        self.units.len() > 1 || self.is_reigning()
    }

    /// Whether it is a single name made full by "Pope" before it or a numeral after it.
    pub fn is_reigning(&self) -> bool {
        self.units.len() == 1 && (self.regnal.is_some() || self.suffix.as_deref().is_some_and(is_numeral))
    }

    /// The form that joins across articles: without titles, particles and the initials that tell nobody apart.
    pub fn key(&self) -> String {
        let mut parts: Vec<&str> = self.regnal.iter().map(String::as_str).collect();
        parts.extend(self.units.iter().map(String::as_str));
        if let [given, .., surname] = self.units.as_slice()
            && names::initials_matter(given, &self.initials, surname)
        {
            parts.insert(1, &self.initials);
        }
        // "Sr." is said of the father only after the son is known: the plain name is his as well.
        parts.extend(self.suffix.as_deref().filter(|s| generation(s)));
        parts.join(" ")
    }
}

/// A person's name as written, without the titles before it.
pub fn without_titles(name: &str) -> &str {
    let mut rest = name;
    while let Some((word, after)) = rest.split_once(char::is_whitespace) {
        if !is_title(&fold(word)) || after.trim().is_empty() {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Whether a word before a name is a title and no part of it. "Pope" and "King" make a name.
fn is_title(word: &str) -> bool {
    let title = names::is_honorific(word) || roles::is_title(word) || names::is_title_modifier(word);
    title && !names::is_regnal(word)
}

/// Whether a suffix tells a son from his father, rather than a degree or an honour.
fn generation(suffix: &str) -> bool {
    matches!(suffix, "jr" | "jnr" | "junior") || is_numeral(suffix)
}

/// Whether a suffix is a king's or grandson's Roman numeral.
fn is_numeral(suffix: &str) -> bool {
    suffix.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

/// A word of a name.
struct Word {
    folded: String,
    /// Whether it is a single letter, or letters with points ("H.W.").
    initial: bool,
    /// Where a particle is written onto the name ("al-Assad"), the name without it.
    bare: Option<String>,
}

impl Word {
    fn core(&self) -> String {
        self.bare.clone().unwrap_or_else(|| self.folded.clone())
    }
}

/// Whether a particle is the Arabic article.
fn is_article(particle: &str) -> bool {
    matches!(particle, "al" | "el" | "ul" | "ur")
}

/// The words of a name without possessive endings, and what it has in marks or brackets: a nickname.
fn words(name: &str) -> (Vec<Word>, Option<String>) {
    let mut out = Vec::new();
    let mut nickname = String::new();
    let mut aside: Option<char> = None;
    for raw in name.split_whitespace() {
        let closing = match raw.chars().next() {
            Some('"') => Some('"'),
            Some('“') => Some('”'),
            Some('‘' | '\'') => Some('\''),
            Some('(') => Some(')'),
            _ => None,
        };
        if aside.is_none() {
            aside = closing;
        }
        if let Some(mark) = aside {
            nickname.push_str(raw);
            nickname.push(' ');
            let ends = |c: char| c == mark || (mark == '\'' && c == '’');
            if raw.trim_end_matches([',', '.']).chars().skip(1).last().is_some_and(ends) {
                aside = None;
            }
            continue;
        }
        let raw = ["'s", "’s", "'S", "’S"].iter().find_map(|s| raw.strip_suffix(s)).unwrap_or(raw);
        let folded = fold(raw);
        if folded.is_empty() {
            continue;
        }
        let initial = folded.chars().count() == 1 || (raw.contains('.') && is_dotted_initials(raw));
        let bare = folded
            .split_once(' ')
            .filter(|(head, _)| names::is_particle(head) && raw.contains('-'))
            .map(|(_, rest)| rest.to_owned());
        out.push(Word { folded, initial, bare });
    }
    let nickname = fold(&nickname);
    (out, Some(nickname).filter(|n| !n.is_empty()))
}

/// "H.W.", "J.K.", but not "Jr.".
fn is_dotted_initials(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 1)
}

/// Whether the units are a Chinese or Korean name as written there: family name, then one or two
/// given syllables or pairs of them. The shape of what follows tells "Kim Jong-un" from "Kim Novak".
fn is_family_first(units: &[String]) -> bool {
    let [family, given @ ..] = units else { return false };
    matches!(given.len(), 1 | 2) && names::is_family_first(family) && given.iter().all(|g| are_syllables(g))
}

/// Whether a folded unit is one to three syllables of the kind that Chinese and Korean names are made of.
fn are_syllables(unit: &str) -> bool {
    const ONSETS: [&str; 28] = [
        "zh", "ch", "sh", "kw", "gw", "hw", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q",
        "x", "r", "z", "c", "s", "y", "w", "ts", "",
    ];
    const CODAS: [&str; 8] = ["ng", "n", "k", "m", "l", "p", "t", ""];
    /// Lengths that a syllable at the head of `s` can have.
    fn lengths(s: &str) -> Vec<usize> {
        let mut out = Vec::new();
        for onset in ONSETS.iter().filter(|o| s.starts_with(**o)) {
            let rest = &s[onset.len()..];
            let vowels =
                rest.bytes().take_while(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')).count();
            for v in (1..=vowels.min(3)).rev() {
                for coda in CODAS.iter().filter(|c| rest[v..].starts_with(**c)) {
                    out.push(onset.len() + v + coda.len());
                }
            }
        }
        out
    }
    fn parse(s: &str, left: usize) -> bool {
        s.is_empty() || (left > 0 && lengths(s).into_iter().any(|n| parse(&s[n..], left - 1)))
    }
    unit.is_ascii()
        && unit.len() <= 16
        && !unit.ends_with('y')
        && unit.split(' ').all(|part| !part.is_empty() && parse(part, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        for (name, key) in [
            ("John F. Kerry", "john kerry"),
            ("Bashar al-Assad", "bashar assad"),
            ("Bashar Assad", "bashar assad"),
            ("al-Assad", "assad"),
            ("Ursula von der Leyen", "ursula leyen"),
            ("Von der Leyen", "leyen"),
            ("Al Gore", "al gore"),
            ("Osama bin Laden", "osama laden"),
            ("Mr. Obama", "obama"),
            ("George W. Bush", "george w bush"),
            ("George H.W. Bush", "george hw bush"),
            ("George H. W. Bush", "george hw bush"),
            ("J.K. Rowling", "jk rowling"),
            ("J. K. Rowling", "jk rowling"),
            ("Martin Luther King Jr.", "martin luther king jr"),
            ("Joaquín \"Shorty\" Guzmán", "joaquin guzman"),
            ("Pope Francis", "pope francis"),
            ("Queen Elizabeth II", "queen elizabeth ii"),
            ("Elizabeth II", "elizabeth ii"),
            ("King", "king"),
            ("Dominique Strauss-Kahn", "dominique strauss kahn"),
            ("Ban Ki-moon", "ban ki moon"),
            ("BARACK OBAMA'S", "barack obama"),
            ("Al", "al"),
            ("", ""),
        ] {
            assert_eq!(PersonName::parse(name).key(), key, "{name}");
        }
    }

    #[test]
    fn surnames() {
        for (name, surname) in [
            ("Barack Obama", "obama"),
            ("Xi Jinping", "xi"),
            ("Kim Jong-un", "kim"),
            ("Park Geun-hye", "park"),
            ("Kim Novak", "novak"),
            ("Lee Harvey Oswald", "oswald"),
            ("Dominique Strauss-Kahn", "strauss kahn"),
            ("Robert Downey Jr.", "downey"),
            ("Vincent van Gogh", "gogh"),
        ] {
            assert_eq!(PersonName::parse(name).surname(), Some(surname), "{name}");
        }
        assert_eq!(PersonName::parse("Queen Elizabeth").surname(), None);
    }
}
