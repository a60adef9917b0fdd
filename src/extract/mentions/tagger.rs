//! The statistical tagger: labels for tokens, and from them mentions with a confidence.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::document::Document;
use super::features;
use crate::annotate::linear::{Model, NEVER};
use crate::annotate::near::{Around, Part, Sums};
use crate::finding::{EntityKind, FoundBy, Mention};
use crate::span::Span;

/// Labels a row of the model has room for.
pub const LABELS: usize = 16;

/// Kinds of names, in the order of their labels: the first word of kind `k` has label `2k + 1`, the
/// others `2k + 2`; no name is 0. The last kind is any other name (works, products, languages), which
/// is learnt so that it is not taken for one of the others, and not reported.
pub const KINDS: [Option<EntityKind>; 6] = [
    Some(EntityKind::Person),
    Some(EntityKind::Organization),
    Some(EntityKind::Place),
    Some(EntityKind::Group),
    Some(EntityKind::Event),
    None,
];

/// Labels in use.
pub const USED: usize = 1 + 2 * KINDS.len();

static MODEL: LazyLock<Model<LABELS>> = LazyLock::new(|| {
    Model::read(Cow::Borrowed(include_bytes!("../../../models/names.bin")))
        .expect("the model compiled in is one that this program wrote")
});

/// The mentions the model sees, in text order.
pub fn tag(document: &Document) -> Vec<Mention> {
    tag_with(&MODEL, document)
}

/// The mentions that a model of the caller's sees, in text order.
///
/// The model goes over the document twice: the second time it knows how each word was taken at its
/// other occurrences.
pub fn tag_with(model: &Model<LABELS>, document: &Document) -> Vec<Mention> {
    let stretches = stretches(document);
    let mut scores = vec![NO_NAME; document.annotation.tokens.len()];
    // For each token, the factors of its scores; for each stretch, how probable each label is at first.
    let mut factors = vec![[0.0; LABELS]; scores.len()];
    let mut first = Vec::with_capacity(stretches.len());
    let mut classes = vec![0; scores.len()];
    let mut opinions = Opinions::new(document.groups());
    let mut asked = Asked::new(document);
    for Stretch { sentence, range } in &stretches {
        for token in range.clone() {
            classes[token] = features::class(document, token);
            if near_a_capital(document, *sentence, token) {
                asked.ask(document, *sentence, token);
            }
        }
        asked.answer(model, &mut scores);
        for token in range.clone() {
            factors[token] = Model::factors(&scores[token]);
        }
        let marginals = model.marginals(&factors[range.clone()], &classes[range.clone()]);
        for (token, row) in range.clone().zip(&marginals) {
            opinions.add(document, token, row);
        }
        first.push(marginals);
    }
    let mut mentions = Vec::new();
    for (Stretch { range, .. }, first) in stretches.iter().zip(first) {
        let mut weighed = false;
        for token in range.clone() {
            if opinions.weigh_in(document, token, &mut scores[token]) {
                factors[token] = Model::factors(&scores[token]);
                weighed = true;
            }
        }
        let classes = &classes[range.clone()];
        let labels = model.best(&scores[range.clone()], classes);
        if labels.iter().all(|&l| l == 0) {
            continue;
        }
        let marginals = if weighed { model.marginals(&factors[range.clone()], classes) } else { first };
        for (kind, name) in names(&labels) {
            let Some(kind) = KINDS[kind] else { continue };
            let sure = name.clone().map(|t| marginals[t][usize::from(labels[t])]);
            let confidence = sure.fold(1.0, f32::min);
            push(document, kind, confidence, range.start, name, &mut mentions);
        }
    }
    mentions
}

/// What is asked of the model: what more than one token of a document has is asked once.
struct Asked {
    sums: Sums<LABELS>,
    /// The run of capitals asked for last, and its row.
    run: (Option<(usize, usize)>, Option<u32>),
    /// The tokens asked for, each with where its rows end in `rows`; those make its sums.
    tokens: Vec<(usize, usize)>,
    rows: Vec<u32>,
}

impl Asked {
    fn new(document: &Document) -> Self {
        let sums = Sums::new(document.words, document.annotation.tokens.len());
        Asked { sums, run: (None, None), tokens: Vec::new(), rows: Vec::new() }
    }

    /// Asks for the weights of a token.
    fn ask(&mut self, document: &Document, sentence: usize, token: usize) {
        let (sums, rows) = (&mut self.sums, &mut self.rows);
        let own = sums.own(document.words.of_token[token]);
        if !sums.asked(own) {
            features::own_features(document.words.at(token), |feature| sums.want(own, feature));
        }
        let around = Around::new(document.words, &document.annotation.sentences[sentence].tokens, token);
        let near = sums.near(&around);
        let known = near.map(|row| sums.asked(row));
        let here = sums.fresh();
        rows.extend([own, here]);
        rows.extend(near);
        let mut of_run = None;
        if let Some(run) = document.run(token) {
            let known = self.run.0 == Some(run);
            if !known {
                self.run = (Some(run), Some(sums.fresh()));
                of_run = self.run.1;
            }
            rows.extend(self.run.1);
        }
        // Each occurrence's features come one after another; a known one's are not asked for again.
        let mut last = None;
        features::context_features(document, sentence, token, |part, feature| match part {
            Part::Here => sums.want(here, feature),
            Part::Near(place) if known[place] => {}
            Part::Near(place) => sums.want(near[place], feature),
            Part::Run => {
                if let Some(row) = of_run {
                    sums.want(row, feature);
                }
            }
            Part::Other(other) => {
                let row = sums.other(other);
                let (_, wanted) = match last {
                    Some((occurrence, wanted)) if occurrence == other => (other, wanted),
                    _ => {
                        rows.push(row);
                        *last.insert((other, !sums.asked(row)))
                    }
                };
                if wanted {
                    sums.want(row, feature);
                }
            }
        });
        self.tokens.push((token, self.rows.len()));
    }

    /// Gives the scores of the tokens asked for.
    fn answer(&mut self, model: &Model<LABELS>, scores: &mut [[f32; LABELS]]) {
        self.sums.look_up(model);
        let mut start = 0;
        for (token, end) in self.tokens.drain(..) {
            scores[token] = model.scores(&self.sums.total(self.rows[start..end].iter().copied()));
            start = end;
        }
        self.rows.clear();
        self.sums.done();
        self.run = (None, None);
    }
}

/// The scores of a token that is no name and need not be asked about.
const NO_NAME: [f32; LABELS] = {
    let mut scores = [NEVER; LABELS];
    scores[0] = 0.0;
    scores
};

/// Tokens around a word with a capital that are looked at: one more than a name reaches.
const REACH: usize = 2;

/// Whether a token has a word with a capital so near that it may be of a name: beside it
/// ("University of the Arts"), or joined to it by a mark ("Jae-in").
fn near_a_capital(document: &Document, sentence: usize, token: usize) -> bool {
    let tokens = &document.annotation.sentences[sentence].tokens;
    let joined = document.glued(token) && document.glued(token.saturating_sub(1));
    let from = token.saturating_sub(if joined { 2 } else { 1 }).max(tokens.start);
    (from..(token + 2).min(tokens.end)).any(|t| document.words.at(t).is_name_like())
}

/// A stretch of a sentence that may have names, with a token at each side that is none where the
/// sentence goes on. Most of a text lies outside of them and costs nothing.
struct Stretch {
    sentence: usize,
    range: Range<usize>,
}

fn stretches(document: &Document) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for (number, sentence) in document.annotation.sentences.iter().enumerate() {
        for token in sentence.tokens.clone().filter(|&t| document.words.at(t).is_name_like()) {
            let start = token.saturating_sub(REACH).max(sentence.tokens.start);
            let end = (token + REACH + 1).min(sentence.tokens.end);
            match out.last_mut() {
                Some(last) if last.sentence == number && last.range.end >= start => last.range.end = end,
                _ => out.push(Stretch { sentence: number, range: start..end }),
            }
        }
    }
    out
}

/// What is left for a kind that no other occurrence of a word was taken for.
const DOUBT: f32 = 0.05;

/// How the words of a document were taken: for each group of words and each token, how probable no name
/// and each kind of name were.
struct Opinions {
    sums: Vec<[f32; KINDS.len() + 1]>,
    counts: Vec<u16>,
    own: Vec<(usize, [f32; KINDS.len() + 1])>,
}

impl Opinions {
    fn new(groups: usize) -> Self {
        Opinions { sums: vec![[0.0; KINDS.len() + 1]; groups], counts: vec![0; groups], own: Vec::new() }
    }

    fn add(&mut self, document: &Document, token: usize, marginals: &[f32; LABELS]) {
        if !document.words.at(token).is_name_like() {
            return;
        }
        let group = document.group(token);
        let mut kinds = [marginals[0]; KINDS.len() + 1];
        for kind in 0..KINDS.len() {
            kinds[kind + 1] = marginals[2 * kind + 1] + marginals[2 * kind + 2];
        }
        for (sum, p) in self.sums[group].iter_mut().zip(kinds) {
            *sum += p;
        }
        self.counts[group] = self.counts[group].saturating_add(1);
        self.own.push((token, kinds));
    }

    /// Adds to a token's scores what its word was taken for elsewhere, and tells whether it did.
    fn weigh_in(&self, document: &Document, token: usize, scores: &mut [f32; LABELS]) -> bool {
        let Ok(at) = self.own.binary_search_by_key(&token, |(t, _)| *t) else { return false };
        let group = document.group(token);
        if self.counts[group] < 2 {
            return false;
        }
        let others = f32::from(self.counts[group] - 1);
        let own = &self.own[at].1;
        let pull = others / (others + 1.0);
        for kind in 0..=KINDS.len() {
            let share = ((self.sums[group][kind] - own[kind]) / others).max(0.0);
            let bonus = pull * (share + DOUBT).ln();
            if kind == 0 {
                scores[0] += bonus;
            } else {
                scores[2 * kind - 1] += bonus;
                scores[2 * kind] += bonus;
            }
        }
        true
    }
}

/// Appends a mention, cut where a line ends: a name never runs over a line break.
fn push(
    document: &Document,
    kind: EntityKind,
    confidence: f32,
    base: usize,
    range: Range<usize>,
    out: &mut Vec<Mention>,
) {
    let tokens = &document.annotation.tokens;
    let mut start = base + range.start;
    let end = base + range.end;
    for token in start + 1..=end {
        if token == end || document.after_break[token] {
            let span = Span::new(tokens[start].span.start, tokens[token - 1].span.end);
            out.push(Mention { span, kind, found_by: FoundBy::Model, confidence });
            start = token;
        }
    }
}

/// The names in a sequence of labels: kind and range of tokens.
pub fn names(labels: &[u8]) -> Vec<(usize, Range<usize>)> {
    let mut out: Vec<(usize, Range<usize>)> = Vec::new();
    for (t, &label) in labels.iter().enumerate().filter(|&(_, &label)| label > 0) {
        let kind = usize::from((label - 1) / 2);
        match out.last_mut() {
            Some((last, range)) if label % 2 == 0 && *last == kind && range.end == t => range.end = t + 1,
            _ => out.push((kind, t..t + 1)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_labels() {
        assert_eq!(names(&[0, 1, 2, 1, 4, 0]), [(0, 1..3), (0, 3..4), (1, 4..5)]);
        assert_eq!(names(&[]), []);
    }
}
