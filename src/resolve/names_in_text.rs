//! Finding known names in a text again: a dictionary of token sequences, matched longest first.

use foldhash::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::annotate::Token;
use crate::finding::EntityKind;
use crate::lexicon::known;

/// Names that begin with one word are looked at up to this many: enough for any real article.
const SAME_START: usize = 48;

/// Token sequences, each with a value.
#[derive(Debug)]
pub struct Dictionary<'n, V> {
    by_first: HashMap<&'n str, Vec<(Vec<&'n str>, V)>>,
    /// For each first byte, the lengths of the words that names begin with: most tokens end here.
    lengths: [u64; 256],
}

impl<'n, V: Copy> Dictionary<'n, V> {
    /// An empty dictionary.
    pub fn new() -> Self {
        Dictionary { by_first: HashMap::default(), lengths: [0; 256] }
    }

    /// Adds a name, given as its tokens; the first value given to a name stays.
    pub fn add(&mut self, name: Vec<&'n str>, value: V) {
        let Some(&first) = name.first() else { return };
        self.lengths[usize::from(first.bytes().next().unwrap_or(0))] |= 1 << first.len().min(63);
        let list = self.by_first.entry(first).or_default();
        if list.len() < SAME_START && !list.iter().any(|(n, _)| *n == name) {
            list.push((name, value));
            list.sort_by_key(|(n, _)| std::cmp::Reverse(n.len()));
        }
    }

    /// The longest name that begins with token `at` and ends before `limit`: its tokens and value.
    pub fn longest(
        &self,
        text: &str,
        tokens: &[Token],
        at: usize,
        limit: usize,
    ) -> Option<(Range<usize>, V)> {
        let word = tokens[at].span.of(text);
        if self.lengths[usize::from(word.bytes().next()?)] & (1 << word.len().min(63)) == 0 {
            return None;
        }
        let list = self.by_first.get(word)?;
        list.iter().find_map(|(name, value)| {
            let end = at + name.len();
            let fits = end <= limit
                && name.iter().zip(&tokens[at..end]).all(|(word, token)| *word == token.span.of(text));
            fits.then_some((at..end, *value))
        })
    }
}

/// The names of reference data that are names wherever they stand: those of several words, acronyms of
/// three letters or more, and a few shorter ones.
pub static REFERENCE: LazyLock<Dictionary<'static, EntityKind>> = LazyLock::new(|| {
    const SHORT: [&str; 8] = ["US", "UK", "EU", "UN", "G20", "G7", "G8", "G77"];
    let mut dictionary = Dictionary::new();
    for (name, kind) in known::names() {
        let words = split(name);
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let acronym = letters >= 3 && !name.contains(char::is_lowercase);
        if words.len() > 1 || acronym || SHORT.contains(&name.as_str()) {
            dictionary.add(words, *kind);
        }
    }
    dictionary
});

/// A name's words, split as sentences are: hyphens, commas and possessive endings are tokens.
fn split(name: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for word in name.split(' ') {
        let mut rest = word;
        while let Some(at) = rest.find(['-', ',']) {
            out.extend([&rest[..at], &rest[at..=at]].into_iter().filter(|s| !s.is_empty()));
            rest = &rest[at + 1..];
        }
        match rest.strip_suffix("'s") {
            Some(owner) => out.extend([owner, "'s"]),
            None if rest.is_empty() => {}
            None => out.push(rest),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;

    #[test]
    fn the_longest_name_is_found() {
        let text = "The United Nations General Assembly met.";
        let annotation = annotate(text);
        let mut dictionary = Dictionary::new();
        dictionary.add(vec!["United", "Nations"], 1);
        dictionary.add(vec!["United", "Nations", "General", "Assembly"], 2);
        let limit = annotation.tokens.len();
        assert_eq!(dictionary.longest(text, &annotation.tokens, 1, limit), Some((1..5, 2)));
        assert_eq!(dictionary.longest(text, &annotation.tokens, 1, 4), Some((1..3, 1)));
        assert_eq!(dictionary.longest(text, &annotation.tokens, 0, limit), None);
    }
}
