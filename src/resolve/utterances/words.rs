//! The words of a quotation as they are compared: whatever case, marks, spelling and contractions they are
//! printed with. An editor's brackets are told from the speaker's own words, and cuts that are marked
//! ("...") are kept as such.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::lexicon::fold::fold;
use crate::lexicon::numbers::{self, NumberClass};
use crate::lexicon::wording;

/// Content words that are looked at; what comes behind them in a quotation of that length adds nothing.
const MOST_WORDS: usize = 4000;

/// A word.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Folded, in one spelling, as it is printed otherwise: "organized".
    pub exact: String,
    /// That, hashed.
    pub hash: u64,
    /// What it is compared by: "organiz", hashed.
    pub stem: u64,
    /// What it counts in a comparison.
    pub weight: u32,
    /// What it tells of who said it: 0 for "the", 1 for "country", 2 for "deplorables".
    pub substance: u32,
    /// Whether it stands in an editor's brackets.
    pub bracketed: bool,
    /// Where it is printed.
    pub start: usize,
    /// Where it ends; of "haven't", both words have the whole.
    pub end: usize,
    /// Whether words are said to be left out before it.
    pub after_cut: bool,
}

/// What a quotation says, word for word.
#[derive(Debug, Clone)]
pub struct Wording {
    pub(super) said: String,
    pub(super) words: Vec<Word>,
}

impl Wording {
    /// Reads the words of a quotation.
    pub fn read(said: &str) -> Wording {
        let mut reader = Reader {
            said,
            words: Vec::new(),
            bracketed: false,
            cut: false,
            headline: is_headline(said),
            opens: true,
        };
        reader.read();
        Wording { said: said.to_owned(), words: reader.words }
    }

    /// The words one by one, with a bracket before those that an editor put in.
    pub fn key(&self) -> String {
        let mut key = String::new();
        for word in &self.words {
            if word.after_cut {
                key.push_str("… ");
            }
            if word.bracketed {
                key.push('[');
            }
            key.push_str(&word.exact);
            key.push(' ');
        }
        key
    }

    /// What makes two quotations one wording for good: the words, and what each of them tells, which names
    /// and headlines make differ.
    pub fn identity(&self) -> String {
        let tells = |word: &Word| char::from_digit(word.substance, 10).unwrap_or('9');
        let mut identity = self.key();
        identity.extend(self.words.iter().map(tells));
        identity
    }

    /// Letters of the speaker's own words: the more, the fuller the wording.
    pub fn letters(&self) -> i64 {
        let letters: usize =
            self.words.iter().filter(|word| !word.bracketed).map(|word| word.exact.chars().count()).sum();
        i64::try_from(letters).unwrap_or(i64::MAX)
    }

    /// What the words tell of who said them, each counted once.
    pub fn substance(&self) -> u32 {
        let mut seen = HashSet::new();
        self.words.iter().filter(|word| seen.insert(word.stem)).map(|word| word.substance).sum()
    }

    /// What two wordings of one utterance have in common, in numbers that can be looked up: content words
    /// that stand beside each other, in either order, with at most one between them.
    pub fn traces(&self) -> Vec<i64> {
        let content: Vec<&Word> = self.words.iter().filter(|word| word.substance > 0).collect();
        let mut traces = Vec::new();
        for (i, first) in content.iter().enumerate() {
            for (apart, second) in content[i + 1..].iter().take(2).enumerate() {
                // Two common words with another between them are in too many texts.
                if first.stem != second.stem && (apart == 0 || first.substance + second.substance > 2) {
                    traces.push(pair(first.stem, second.stem));
                }
            }
        }
        traces.sort_unstable();
        traces.dedup();
        traces
    }
}

/// One number for two, whatever their order.
fn pair(a: u64, b: u64) -> i64 {
    let (low, high) = (a.min(b), a.max(b));
    i64::from_ne_bytes((low.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ high.rotate_left(29)).to_ne_bytes())
}

struct Reader<'t> {
    said: &'t str,
    words: Vec<Word>,
    bracketed: bool,
    cut: bool,
    headline: bool,
    /// A sentence begins here, with a capital whatever its word.
    opens: bool,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(c) = self.said[at..].chars().next() {
            let rest = &self.said[at..];
            if self.words.len() >= MOST_WORDS {
                break;
            }
            if c.is_alphanumeric() {
                let len = length(rest);
                self.push(&rest[..len], at, at + len);
                at += len;
                continue;
            }
            match c {
                '[' => self.bracketed = true,
                ']' => self.bracketed = false,
                '…' => self.cut = true,
                '.' if rest.starts_with("...") || rest.starts_with(". . .") => self.cut = true,
                '.' | '!' | '?' | ':' | '“' | '‘' | '"' => self.opens = true,
                _ => {}
            }
            at += c.len_utf8();
        }
    }

    fn push(&mut self, printed: &str, start: usize, end: usize) {
        // A name is in all that is said of its bearer. In a headline all words look like names.
        let is_name = !self.headline && !self.opens && printed.starts_with(char::is_uppercase);
        self.opens = false;
        let mut plain = printed.to_lowercase();
        if !plain.is_ascii() {
            plain = plain.replace(['’', '‘', 'ʼ'], "'");
        }
        for part in parts(&plain) {
            let exact = spelled(number(part));
            if exact.is_empty() {
                continue;
            }
            let stemmed = stem(&exact);
            let (weight, mut substance) = worth(&exact, &stemmed);
            if is_name {
                substance = substance.min(1);
            }
            let (bracketed, after_cut) = (self.bracketed, std::mem::take(&mut self.cut));
            let (hash, stem) = (hash(START, &exact), hash(START, &stemmed));
            self.words.push(Word { exact, hash, stem, weight, substance, bracketed, start, end, after_cut });
        }
    }
}

/// Whether nearly every long word has a capital.
fn is_headline(said: &str) -> bool {
    let long = |word: &&str| word.chars().count() > 4 && word.starts_with(char::is_alphabetic);
    let words = || said.split_whitespace().filter(long);
    let capitals = words().filter(|word| word.starts_with(char::is_uppercase)).count();
    capitals > 1 && capitals * 5 >= words().count() * 4
}

/// Bytes of the word at the head of a text: letters and digits, with apostrophes and the marks of numbers
/// between them.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = match c {
            '\'' | '’' | '‘' | 'ʼ' => next.is_some_and(char::is_alphabetic),
            ',' | '.' => before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit()),
            '\u{ad}' | '\u{300}'..='\u{36f}' => true,
            c => c.is_alphanumeric(),
        };
        if !inside {
            break;
        }
        before = c;
        end = at + c.len_utf8();
    }
    end
}

/// The words of a contraction. "'s" is none: it may be "is", or mark an owner.
fn parts(word: &str) -> Vec<&str> {
    const ENDS: &[(&str, &str)] =
        &[("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would"), ("'s", "")];
    let irregular = match word {
        "can't" | "cannot" => Some("can"),
        "won't" => Some("will"),
        "shan't" => Some("shall"),
        _ => None,
    };
    if let Some(verb) = irregular {
        return vec![verb, "not"];
    }
    match word {
        "gonna" => return vec!["going", "to"],
        "wanna" => return vec!["want", "to"],
        "gotta" => return vec!["got", "to"],
        _ => {}
    }
    if let Some(verb) = word.strip_suffix("n't") {
        return vec![verb, "not"];
    }
    for (end, full) in ENDS {
        if let Some(head) = word.strip_suffix(end) {
            return vec![head, full];
        }
    }
    vec![word]
}

/// A word folded; a number in digits, without commas: "ten" and "10" are printed for the same.
fn number(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.replace([',', '.', ' '], "");
    }
    match numbers::number_word(word) {
        Some(known)
            if matches!(known.class, NumberClass::Small | NumberClass::Teen | NumberClass::Ten)
                && known.value > 1.0 =>
        {
            format!("{}", known.value)
        }
        _ if word.bytes().all(|b| b.is_ascii_lowercase()) => word.to_owned(),
        _ => fold(word),
    }
}

/// A word in one of its two spellings.
fn spelled(mut word: String) -> String {
    const ENDS: &[(&str, &str, usize)] = &[
        ("isation", "ization", 8),
        ("ise", "ize", 6),
        ("ised", "ized", 7),
        ("ises", "izes", 7),
        ("ising", "izing", 7),
        ("our", "or", 5),
        ("ours", "ors", 7),
        ("tre", "ter", 5),
        ("tres", "ters", 6),
    ];
    let letters = word.len();
    let found = ENDS.iter().find(|(end, _, least)| letters >= *least && word.ends_with(end));
    if let Some((end, instead, _)) = found {
        word.truncate(letters - end.len());
        word.push_str(instead);
    }
    word
}

static COMMON: LazyLock<HashSet<String>> =
    LazyLock::new(|| wording::common().map(|word| stem(&spelled(word.to_owned()))).collect());

/// What a word counts in a comparison, and what it tells.
fn worth(word: &str, stemmed: &str) -> (u32, u32) {
    let small = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() < 2;
    if wording::is_function(word) {
        (1, 0)
    } else if small || word.chars().count() < 2 || COMMON.contains(stemmed) {
        (4, 1)
    } else {
        (8, 2)
    }
}

/// The word without its ending.
fn stem(word: &str) -> String {
    const ENDS: &[(&str, &str, usize)] = &[
        ("ies", "y", 2),
        ("ied", "y", 2),
        ("ing", "", 3),
        ("ed", "", 3),
        ("ly", "", 4),
        ("es", "", 3),
        ("s", "", 3),
    ];
    let mut word = word.to_owned();
    if word.len() < 4 || !word.is_ascii() {
        return word;
    }
    let fits =
        |(end, _, least): &&(&str, &str, usize)| word.len() >= end.len() + least && word.ends_with(end);
    if let Some((end, instead, _)) = ENDS.iter().find(fits).filter(|_| !word.ends_with("ss")) {
        word.truncate(word.len() - end.len());
        word.push_str(instead);
    }
    // "stopped" and "stop", "travelled" and "traveled".
    if let [.., a, b] = word.as_bytes()
        && a == b
        && !b"aeious".contains(b)
    {
        word.pop();
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    word
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, the same on every machine, as what is kept in an archive must be; `before` is the hash of what
/// stands before the word, or [`START`].
pub(super) fn hash(before: u64, word: &str) -> u64 {
    word.bytes().fold(before, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{Wording, spelled, stem};

    #[test]
    fn the_same_words_have_one_key() {
        for (one, other) in [
            ("We’re not there yet,", "we are not there yet"),
            ("You can't stop us!", "You cannot stop us"),
            ("ten of them", "10 of them"),
            ("The harbour's theatres are organised", "The harbor theaters are organized"),
            ("250,000 people", "250000 people"),
            ("It’s —  frankly – over", "It's frankly over."),
            ("Paris’s best", "Paris’ best"),
        ] {
            assert_eq!(Wording::read(one).key(), Wording::read(other).key());
        }
        for (one, other) in [("[He] will go", "He will go"), ("We ... will go", "We will go")] {
            assert_ne!(Wording::read(one).key(), Wording::read(other).key());
        }
    }

    #[test]
    fn spellings_and_endings_have_one_stem() {
        for words in [
            &["organise", "organize", "organised", "organizing"][..],
            &["labour", "labor"],
            &["travelled", "traveled", "travelling", "travel"],
            &["stop", "stopped", "stopping", "stops"],
            &["policy", "policies"],
            &["hope", "hopes", "hoping", "hoped"],
        ] {
            let stems: Vec<String> = words.iter().map(|word| stem(&spelled((*word).to_owned()))).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{words:?}: {stems:?}");
        }
    }

    #[test]
    fn brackets_do_not_make_a_wording_fuller() {
        assert!(
            Wording::read("the [very long explanation] deal").letters()
                < Wording::read("the whole deal").letters()
        );
    }
}
