//! Samples: annotated texts as sequences of features and the labels allowed for each token.
//!
//! The features are those that the taggers look up; nothing of them is written here.

use std::collections::{HashMap, HashSet};

use copydesk::annotate::hashing::join;
use copydesk::annotate::linear::Model;
use copydesk::annotate::words::Words;
use copydesk::annotate::{self, Annotation, Pos, pos};
use copydesk::extract::mentions::document::Document;
use copydesk::extract::mentions::{features, gazetteer, tagger};

use crate::crf::Data;
use crate::data::{Text, Tree};

/// Collects sequences; features seen fewer than `least` times are left out.
pub struct Collector {
    seen: Vec<u8>,
    least: u8,
    numbers: HashMap<u64, u32>,
    /// Features that stand for a set's own conventions; they are learnt, so that others need not
    /// answer for them, and left out of the model.
    pub own: HashSet<u64>,
    pub data: Data,
}

const SEEN_BITS: u32 = 27;

impl Collector {
    pub fn new(least: u8) -> Self {
        Collector {
            seen: vec![0; 1 << SEEN_BITS],
            least,
            numbers: HashMap::new(),
            own: HashSet::new(),
            data: Data::default(),
        }
    }

    /// Counts a feature, before any is added.
    pub fn count(&mut self, feature: u64) {
        let slot = &mut self.seen[(feature >> (64 - SEEN_BITS)) as usize];
        *slot = slot.saturating_add(1);
    }

    fn feature(&mut self, feature: u64) {
        if self.seen[(feature >> (64 - SEEN_BITS)) as usize] < self.least {
            return;
        }
        let next = self.numbers.len() as u32;
        let names = &mut self.data.names;
        let number = *self.numbers.entry(feature).or_insert_with(|| {
            names.push(feature);
            next
        });
        self.data.features.push(number);
    }

    /// A feature of the set's own.
    fn own_feature(&mut self, feature: u64) {
        self.own.insert(feature);
        let slot = (feature >> (64 - SEEN_BITS)) as usize;
        self.seen[slot] = self.least.max(self.seen[slot]);
        self.feature(feature);
    }

    fn token(&mut self, class: u8, allowed: u32) {
        self.data.ends.push(self.data.features.len());
        self.data.classes.push(class);
        self.data.allowed.push(allowed);
    }

    fn sequence(&mut self, start: usize, weight: f32) {
        let end = self.data.ends.len();
        if end > start {
            self.data.sequences.push((start, end, weight));
        }
    }
}

/// A text made ready once, features asked of it twice.
pub struct Sample {
    pub annotation: Annotation,
    pub words: Words,
    pub allowed: Vec<u32>,
    pub weight: f32,
    /// The set's group of conventions, if they are not those wanted.
    pub group: Option<u64>,
}

/// A treebank sentence with our tokens; tokens that lie across words may be anything.
pub fn of_tree(tree: &Tree) -> Sample {
    let annotation = annotate::split(&tree.text);
    let words = Words::new(&tree.text, &annotation.tokens);
    let allowed = annotation
        .tokens
        .iter()
        .map(|token| {
            let word =
                tree.words.iter().find(|(span, _)| span.contains(token.span) || token.span.contains(*span));
            let label = word.and_then(|(_, tag)| Pos::NAMES.iter().position(|(_, name)| name == tag));
            label.map_or((1 << Pos::NAMES.len()) - 1, |label| 1 << label)
        })
        .collect();
    Sample { annotation, words, allowed, weight: 1.0, group: None }
}

/// A text with names marked, with our tokens tagged.
pub fn of_text(text: &Text, tagger: &Model<{ pos::LABELS }>, weight: f32, group: Option<u64>) -> Sample {
    let mut annotation = annotate::split(&text.text);
    let words = Words::new(&text.text, &annotation.tokens);
    pos::tag_with(tagger, &mut annotation, &words);
    // What a set does not mark may be a name of such a type wherever nothing is marked.
    let free = text.unmarked.iter().fold(1u32, |bits, kind| bits | 3 << (2 * kind + 1));
    let mut allowed = vec![free; annotation.tokens.len()];
    for name in &text.names {
        let first = annotation.token_at(name.span.start);
        let end = annotation.tokens.partition_point(|t| t.span.start < name.span.end);
        for (token, bits) in allowed.iter_mut().enumerate().take(end).skip(first) {
            *bits = 1 << (2 * name.kind + 1 + usize::from(token > first));
        }
    }
    // A name that runs over the end of one of our sentences begins again there.
    for sentence in &annotation.sentences {
        if let Some(bits) = allowed.get_mut(sentence.tokens.start)
            && bits.count_ones() == 1
            && bits.trailing_zeros() > 0
            && bits.trailing_zeros().is_multiple_of(2)
        {
            *bits >>= 1;
        }
    }
    Sample { annotation, words, allowed, weight, group }
}

/// All features of all tokens of a tree.
pub fn pos_features(sample: &Sample, mut emit: impl FnMut(usize, u64)) {
    for sentence in &sample.annotation.sentences {
        for token in sentence.tokens.clone() {
            pos::features(&sample.words, &sentence.tokens, token, |f| emit(token, f));
        }
    }
}

/// Adds a tree's sentences.
pub fn add_tree(sample: &Sample, collector: &mut Collector) {
    for sentence in &sample.annotation.sentences {
        let start = collector.data.ends.len();
        for token in sentence.tokens.clone() {
            pos::features(&sample.words, &sentence.tokens, token, |f| collector.feature(f));
            collector.token(pos::class(&sample.words, token), sample.allowed[token]);
        }
        collector.sequence(start, sample.weight);
    }
}

/// Counts the features of a text.
pub fn count_text(text: &Text, sample: &Sample, lists: &gazetteer::Lists, collector: &mut Collector) {
    let document = Document::new(&text.text, &sample.annotation, &sample.words, lists);
    for (number, sentence) in sample.annotation.sentences.iter().enumerate() {
        for token in sentence.tokens.clone() {
            features::features(&document, number, token, |f| collector.count(f));
        }
    }
}

/// Adds a text's sentences.
pub fn add_text(text: &Text, sample: &Sample, lists: &gazetteer::Lists, collector: &mut Collector) {
    let document = Document::new(&text.text, &sample.annotation, &sample.words, lists);
    for (number, sentence) in sample.annotation.sentences.iter().enumerate() {
        let start = collector.data.ends.len();
        for token in sentence.tokens.clone() {
            features::features(&document, number, token, |f| collector.feature(f));
            if let Some(group) = sample.group {
                let word = document.words.at(token);
                let before = token.checked_sub(1).map_or(0, |t| document.words.at(t).lower);
                let patterns = [1, word.lower, word.short_shape, before, u64::from(word.cluster.middle)];
                for (n, value) in patterns.into_iter().enumerate() {
                    let feature = join(join(group, n as u64), value);
                    collector.own_feature(feature);
                }
            }
            let allowed = loosened(sample.allowed[token], &document, token);
            collector.token(features::class(&document, token), allowed);
        }
        collector.sequence(start, sample.weight);
    }
}

/// What sets disagree on is left open: a country may be a place where a set has it as an organization
/// or not at all, and a nationality a group where a set does not mark it.
fn loosened(allowed: u32, document: &Document, token: usize) -> u32 {
    let in_list = |name: &str| {
        let list = gazetteer::LISTS.iter().position(|l| *l == name);
        list.map_or(0, |list| document.places[token][list])
    };
    let mut bits = allowed;
    let (country, people) = (in_list("country"), in_list("demonym"));
    if country != 0 {
        bits |= (allowed & 0b11000) << 2;
    }
    if allowed & 1 == 1 && country == gazetteer::ALONE {
        bits |= 1 << 5;
    }
    if allowed & 1 == 1 && people == gazetteer::ALONE {
        bits |= 1 << 7;
    }
    bits
}

/// Whether a label of names may follow another: the inside of a name follows its own kind only.
pub fn follows(before: usize, label: usize) -> bool {
    label % 2 == 1 || label == 0 || before == label || before + 1 == label
}

/// Labels of names in use.
pub const NAME_LABELS: usize = tagger::USED;
