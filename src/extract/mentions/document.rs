//! What the rest of a document says about a word: is it ever lower-cased, what stands around its
//! other occurrences, which run of capitals does it stand in, is this line a headline.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::gazetteer::{self, Lists, Places};
use crate::annotate::Annotation;
use crate::annotate::words::{Class, HashHasher, Words};

/// Occurrences of a word that are kept to be looked at.
const KEPT: usize = 6;

/// All that the features of a token may ask.
#[derive(Debug)]
pub struct Document<'a> {
    /// Its structure.
    pub annotation: &'a Annotation,
    /// Its words.
    pub words: &'a Words,
    /// For each distinct word, its group: words that are one but for case.
    group_of: Vec<u32>,
    groups: Vec<Group>,
    /// For each token, the run of capitals it stands in (start, end), if it does.
    runs: Vec<(u32, u32)>,
    /// For each sentence, what its capitals look like.
    lines: Vec<Line>,
    /// For each token, whether nothing stands between it and the one before.
    glued: Vec<bool>,
    /// For each token, where in listed names it stands.
    pub places: Vec<Places>,
    /// The same as one number for each token.
    patterns: Vec<u64>,
    /// For each token, whether a line of the text begins with it.
    pub after_break: Vec<bool>,
}

/// Words that are one but for case.
#[derive(Debug, Default, Clone)]
struct Group {
    lower: u16,
    capital: u16,
    capital_inside: u16,
    /// The first capitalized occurrences, as tokens.
    capitals: [u32; KEPT],
}

/// What the capitals of a sentence look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Running text.
    Text,
    /// Most Words Begin With Capitals.
    Title,
    /// ALL IN CAPITALS.
    Capitals,
}

/// How a word occurs in the document, apart from the place asked about.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere {
    /// In lower case.
    pub lower: bool,
    /// Capitalized where no sentence begins.
    pub capital_inside: bool,
    /// How often capitalized, at most three.
    pub count: u8,
}

impl<'a> Document<'a> {
    /// Looks at a whole document once.
    pub fn new(text: &str, annotation: &'a Annotation, words: &'a Words, lists: &Lists) -> Self {
        let after_break = breaks(text, annotation);
        let lines: Vec<Line> = annotation.sentences.iter().map(|s| line(words, s.tokens.clone())).collect();
        let mut numbers: HashMap<u64, u32, BuildHasherDefault<HashHasher>> =
            HashMap::with_capacity_and_hasher(words.distinct.len(), BuildHasherDefault::default());
        let mut groups: Vec<Group> = Vec::new();
        let group_of: Vec<u32> = words
            .distinct
            .iter()
            .map(|word| {
                *numbers.entry(word.lower).or_insert_with(|| {
                    groups.push(Group::default());
                    groups.len() as u32 - 1
                })
            })
            .collect();
        let places = gazetteer::find(lists, words, &after_break);
        let mut document = Document {
            annotation,
            words,
            group_of,
            groups,
            runs: vec![(0, 0); annotation.tokens.len()],
            lines,
            patterns: places.iter().map(gazetteer::pattern).collect(),
            places,
            after_break,
            glued: glued(annotation),
        };
        document.count();
        document.find_runs();
        document
    }

    fn count(&mut self) {
        for (sentence, &line) in self.annotation.sentences.iter().zip(&self.lines) {
            for token in sentence.tokens.clone() {
                let number = self.words.of_token[token] as usize;
                let word = &self.words.distinct[number];
                let group = &mut self.groups[self.group_of[number] as usize];
                if word.class == Class::Lower {
                    group.lower = group.lower.saturating_add(1);
                } else if word.is_name_like() && line != Line::Capitals {
                    if let Some(slot) = group.capitals.get_mut(usize::from(group.capital)) {
                        *slot = token as u32;
                    }
                    group.capital = group.capital.saturating_add(1);
                    if token > sentence.tokens.start && line == Line::Text {
                        group.capital_inside = group.capital_inside.saturating_add(1);
                    }
                }
            }
        }
    }

    fn find_runs(&mut self) {
        for sentence in &self.annotation.sentences {
            let mut token = sentence.tokens.start;
            while token < sentence.tokens.end {
                if !self.words.at(token).is_name_like() {
                    token += 1;
                    continue;
                }
                let start = token;
                while token < sentence.tokens.end
                    && self.words.at(token).is_name_like()
                    && (token == start || !self.after_break[token])
                {
                    token += 1;
                }
                self.runs[start..token].fill((start as u32, token as u32));
            }
        }
    }

    /// What the sentence looks like.
    pub fn line(&self, sentence: usize) -> Line {
        self.lines[sentence]
    }

    /// The run of capitals a token stands in.
    pub fn run(&self, token: usize) -> Option<(usize, usize)> {
        let (start, end) = self.runs[token];
        (end > start).then_some((start as usize, end as usize))
    }

    /// The number of the group of words that the token's word is of, one but for case.
    pub fn group(&self, token: usize) -> usize {
        self.group_of[self.words.of_token[token] as usize] as usize
    }

    /// How many such groups there are.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Where a token stands in listed names, as one number; 0 is nowhere.
    pub fn list_pattern(&self, token: usize) -> u64 {
        self.patterns[token]
    }

    /// Whether nothing stands between a token and the one before it.
    pub fn glued(&self, token: usize) -> bool {
        self.glued.get(token).copied().unwrap_or(false)
    }

    /// How the token's word occurs in the document.
    pub fn elsewhere(&self, token: usize) -> Elsewhere {
        let group = &self.groups[self.group_of[self.words.of_token[token] as usize] as usize];
        Elsewhere {
            lower: group.lower > 0,
            capital_inside: group.capital_inside > 0,
            count: group.capital.min(3) as u8,
        }
    }

    /// Other capitalized occurrences of the token's word, the first few.
    pub fn others(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let group = &self.groups[self.group_of[self.words.of_token[token] as usize] as usize];
        group.capitals[..usize::from(group.capital).min(KEPT)]
            .iter()
            .map(|&t| t as usize)
            .filter(move |&t| t != token)
    }
}

/// Whether each token is the first after a line break.
fn breaks(text: &str, annotation: &Annotation) -> Vec<bool> {
    let mut end = 0;
    annotation
        .tokens
        .iter()
        .map(|token| {
            let gap = text.get(end..token.span.start).unwrap_or("");
            end = token.span.end;
            !matches!(gap, "" | " ") && gap.contains(['\n', '\u{2028}', '\u{2029}'])
        })
        .collect()
}

/// Whether each token follows the one before it without a space.
fn glued(annotation: &Annotation) -> Vec<bool> {
    let mut end = usize::MAX;
    annotation
        .tokens
        .iter()
        .map(|token| std::mem::replace(&mut end, token.span.end) == token.span.start)
        .collect()
}

/// What the capitals of a sentence look like.
fn line(words: &Words, tokens: std::ops::Range<usize>) -> Line {
    let (mut lower, mut capital, mut capitals) = (0, 0, 0);
    for token in tokens {
        let word = words.at(token);
        match word.class {
            Class::Lower if word.length > 3 => lower += 1,
            Class::Capitalized | Class::Mixed if word.length > 1 => capital += 1,
            Class::Capitals => capitals += 1,
            _ => {}
        }
    }
    if capitals > 2 && capitals > 2 * (lower + capital) {
        Line::Capitals
    } else if capital + capitals > 2 && capital + capitals > 3 * lower {
        Line::Title
    } else {
        Line::Text
    }
}
