//! Lists of names and clusters of words, laid out as the tables that the taggers ask.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use copydesk::annotate::clusters::BYTES;
use copydesk::annotate::table::Table;
use copydesk::annotate::{split, words};
use copydesk::extract::mentions::gazetteer::{self, GOES_ON, LISTS, LONGEST};

use crate::data::{self, Text};

/// Parts of the training texts; names a part has are not in the lists it is shown.
pub const FOLDS: usize = 8;

/// Texts that must have a name before it is listed.
const LEAST: u16 = 2;

/// Everything that may go into the lists.
pub struct Lists {
    /// Phrases of outside lists, with the bits of the lists.
    outside: HashMap<Vec<String>, u16>,
    /// For each phrase and list of names seen, the number of texts in each part.
    seen: HashMap<(Vec<String>, usize), [u16; FOLDS]>,
}

/// Texts that must have a word in lower case before it is called common.
const COMMON: u32 = 4;

/// Words in lower case, with the number of texts that have them.
fn lower_cased(texts: &[(Text, f32)]) -> HashMap<String, u32> {
    let mut counts = HashMap::new();
    for (text, _) in texts {
        let tokens = split(&text.text).tokens;
        let mut words: Vec<&str> = tokens
            .iter()
            .map(|t| t.span.of(&text.text))
            .filter(|w| w.chars().all(|c| c.is_lowercase()))
            .collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    counts
}

fn phrase(name: &str) -> Vec<String> {
    split(name).tokens.iter().map(|t| t.span.of(name).to_lowercase()).collect()
}

impl Lists {
    /// Reads outside lists (`list<TAB>name` a line) and the names of the training texts.
    pub fn new(path: Option<&Path>, texts: &[(Text, f32)]) -> Result<Lists> {
        let mut outside: HashMap<Vec<String>, u16> = HashMap::new();
        let content = path.map(data::read).transpose()?.unwrap_or_default();
        for line in content.lines() {
            let (list, name) = line.split_once('\t').with_context(|| format!("no tab in {line:?}"))?;
            let name = name.split('\t').next().unwrap_or(name);
            let list = LISTS.iter().position(|l| *l == list).with_context(|| format!("no list {list:?}"))?;
            *outside.entry(phrase(name)).or_default() |= 1 << list;
        }
        let list_of =
            ["seen_person", "seen_organization", "seen_place", "seen_other", "seen_other", "seen_other"]
                .map(|list| LISTS.iter().position(|l| *l == list));
        let mut seen: HashMap<(Vec<String>, usize), [u16; FOLDS]> = HashMap::new();
        for (n, (text, _)) in texts.iter().enumerate() {
            let mut names: Vec<(Vec<String>, usize)> = text
                .names
                .iter()
                .filter_map(|name| Some((phrase(name.span.of(&text.text)), list_of[name.kind]?)))
                .collect();
            names.sort();
            names.dedup();
            for name in names {
                seen.entry(name).or_default()[n % FOLDS] += 1;
            }
        }
        let common = LISTS.iter().position(|l| *l == "common");
        for (word, count) in lower_cased(texts) {
            if let Some(list) = common.filter(|_| count >= COMMON) {
                *outside.entry(vec![word]).or_default() |= 1 << list;
            }
        }
        Ok(Lists { outside, seen })
    }

    /// The table for the texts of one part, or for texts that were not learnt from.
    pub fn table(&self, part: Option<usize>, bits: u32) -> Vec<u8> {
        let mut phrases: HashMap<&[String], u16> = HashMap::new();
        for (phrase, lists) in &self.outside {
            *phrases.entry(phrase).or_default() |= lists;
        }
        for ((phrase, list), counts) in &self.seen {
            let all: u16 = counts.iter().sum();
            if all - part.map_or(0, |p| counts[p]) >= LEAST {
                *phrases.entry(phrase).or_default() |= 1 << list;
            }
        }
        let mut keys: HashMap<u64, u16> = HashMap::new();
        for (phrase, lists) in phrases.into_iter().filter(|(p, _)| !p.is_empty() && p.len() <= LONGEST) {
            let words: Vec<&str> = phrase.iter().map(String::as_str).collect();
            let beginnings = gazetteer::keys(&words);
            for (n, key) in beginnings.iter().enumerate() {
                let last = n + 1 == beginnings.len();
                *keys.entry(*key).or_default() |= if last { lists } else { GOES_ON };
            }
        }
        let mut entries: Vec<(u64, [u8; 2])> =
            keys.into_iter().map(|(key, lists)| (key, lists.to_le_bytes())).collect();
        entries.sort_unstable();
        Table::encode(&entries, bits)
    }
}

/// The table of clusters from lines of a word and its four clusters, with tabs between.
pub fn clusters(path: &Path) -> Result<Vec<u8>> {
    let mut entries = Vec::new();
    for line in data::read(path)?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [word, fine, kindred, middle, coarse] = fields[..] else {
            anyhow::bail!("not a word and four numbers: {line:?}")
        };
        let [a, b] = fine.parse::<u16>()?.to_le_bytes();
        let [c, d] = kindred.parse::<u16>()?.to_le_bytes();
        entries.push((words::lower_hash(word), [a, b, c, d, middle.parse()?, coarse.parse()?]));
    }
    Ok(Table::<{ BYTES }>::encode(&entries, 15))
}
