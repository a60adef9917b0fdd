//! What a tagger asks of a word by itself: its hash, its lower case, its shape, its ends.
//!
//! Computed once for each distinct word of a text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Token;
use super::clusters::{self, Cluster};
use super::hashing::{self, Rolling};

/// What kind of characters a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// "talks"
    Lower,
    /// "Obama"
    Capitalized,
    /// "NATO", "U.S."
    Capitals,
    /// "iPhone", "McCain"
    Mixed,
    /// Begins with a digit.
    Number,
    /// A mark.
    Mark,
}

/// A distinct word of a text.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Hash of the word as written (typographic quotation marks made plain, digits all alike).
    pub exact: u64,
    /// Hash of its lower case.
    pub lower: u64,
    /// Hash of its shape with runs counted up to four ("Xxxx", "d,ddd").
    pub shape: u64,
    /// Hash of its shape with runs counted once.
    pub short_shape: u64,
    /// Hashes of the first one to four letters, lower-cased.
    pub prefixes: [u64; 4],
    /// Hashes of the last one to four letters, lower-cased.
    pub suffixes: [u64; 4],
    /// What it is made of.
    pub class: Class,
    /// The words it is like.
    pub cluster: Cluster,
    /// Its length in characters, at most 255.
    pub length: u8,
}

impl Word {
    /// Whether it has a capital: what names are mostly made of.
    pub fn is_name_like(&self) -> bool {
        matches!(self.class, Class::Capitalized | Class::Capitals | Class::Mixed)
    }

    /// Looks at a word.
    pub fn new(text: &str) -> Word {
        let (mut exact, mut lower) = (Rolling::EMPTY, Rolling::EMPTY);
        let (mut shape, mut short) = (Rolling::EMPTY, Rolling::EMPTY);
        let (mut last, mut run) = (' ', 0);
        let mut prefixes = [0; 4];
        let mut tail = ['\0'; 4];
        let (mut upper, mut small, mut letters, mut count) = (0, 0, 0, 0usize);
        let first = text.chars().next().unwrap_or(' ');
        for c in text.chars().take(MAX_CHARS) {
            let c = plain(c);
            exact.push(c);
            let folded =
                if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
            lower.push(folded);
            if count < prefixes.len() {
                prefixes[count] = lower.get();
            }
            tail.rotate_left(1);
            tail[3] = folded;
            let kind = kind_of(c);
            upper += usize::from(kind == 'X');
            small += usize::from(kind == 'x');
            letters += usize::from(kind == 'X' || kind == 'x');
            run = if kind == last { run + 1 } else { 1 };
            if run == 1 {
                short.push(kind);
            }
            if run <= 4 {
                shape.push(kind);
            }
            last = kind;
            count += 1;
        }
        let mut suffixes = [0; 4];
        let mut end = Rolling::EMPTY;
        for (n, &c) in tail.iter().rev().take(count).enumerate() {
            end.push(c);
            suffixes[n] = end.get();
        }
        prefixes[count.min(4)..].fill(lower.get());
        let class = if first.is_numeric() {
            Class::Number
        } else if letters == 0 {
            Class::Mark
        } else if !first.is_uppercase() {
            if upper > 0 { Class::Mixed } else { Class::Lower }
        } else if upper == 1 {
            if small == 0 && letters == 1 && count > 1 { Class::Capitals } else { Class::Capitalized }
        } else if small == 0 {
            Class::Capitals
        } else {
            Class::Mixed
        };
        Word {
            exact: exact.get(),
            lower: lower.get(),
            shape: shape.get(),
            short_shape: short.get(),
            prefixes,
            suffixes,
            class,
            cluster: clusters::of(lower.get()),
            length: count.min(255) as u8,
        }
    }
}

/// Characters looked at: enough for any word, little enough for hostile ones.
const MAX_CHARS: usize = 64;

/// A character with what typography and numbers vary made one.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‑' => '-',
        c if c.is_numeric() => '0',
        c => c,
    }
}

fn kind_of(c: char) -> char {
    if c.is_uppercase() {
        'X'
    } else if c.is_alphabetic() {
        'x'
    } else if c.is_numeric() {
        'd'
    } else {
        c
    }
}

/// The words of a text: each token's number among the distinct words.
#[derive(Debug, Default, Clone)]
pub struct Words {
    /// The distinct words in order of first use.
    pub distinct: Vec<Word>,
    /// For each token, its word.
    pub of_token: Vec<u32>,
}

impl Words {
    /// Looks at every distinct word among the tokens of a text.
    pub fn new(text: &str, tokens: &[Token]) -> Words {
        let mut known: HashMap<&str, u32, BuildHasherDefault<WordHasher>> =
            HashMap::with_capacity_and_hasher(tokens.len() / 2, BuildHasherDefault::default());
        let mut words = Words { distinct: Vec::new(), of_token: Vec::with_capacity(tokens.len()) };
        for token in tokens {
            let surface = token.span.of(text);
            let number = *known.entry(surface).or_insert_with(|| {
                words.distinct.push(Word::new(surface));
                words.distinct.len() as u32 - 1
            });
            words.of_token.push(number);
        }
        words
    }

    /// The word of a token.
    #[inline]
    pub fn at(&self, token: usize) -> &Word {
        &self.distinct[self.of_token[token] as usize]
    }
}

/// The hash of a word by itself, as [`Word::lower`] has it.
pub fn lower_hash(word: &str) -> u64 {
    let mut hash = Rolling::EMPTY;
    for c in word.chars().take(MAX_CHARS) {
        hash.push(plain(c).to_lowercase().next().unwrap_or(c));
    }
    hash.get()
}

/// Eight bytes at a time; keyed by the text's length so that hostile words of one prefix spread.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = hashing::join(self.0 ^ u64::from_le_bytes(word), bytes.len() as u64);
        }
    }

    /// The mark that a text ends is told by its length already.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// For keys that are hashes already.
#[derive(Default)]
pub struct HashHasher(u64);

impl Hasher for HashHasher {
    fn write(&mut self, _: &[u8]) {
        debug_assert!(false, "keys are single numbers");
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
