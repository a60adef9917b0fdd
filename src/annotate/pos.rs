//! Parts of speech, by a linear model over words, their ends and their neighbours.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::hashing::join;
use super::linear::Model;
use super::near::{AFTER, Around, BEFORE, Part, SECOND_AFTER, SECOND_BEFORE, Sums};
use super::words::{Class, Word, Words};
use super::{Annotation, Pos};

/// Labels a row of the model has room for.
pub const LABELS: usize = 24;
/// Classes of tokens that the scores between labels differ for.
pub const CLASSES: usize = 3;

static MODEL: LazyLock<Model<LABELS>> = LazyLock::new(|| {
    Model::read(Cow::Borrowed(include_bytes!("../../models/pos.bin")))
        .expect("the model compiled in is one that this program wrote")
});

/// Tags every token of an annotation.
pub fn tag(annotation: &mut Annotation, words: &Words) {
    tag_with(&MODEL, annotation, words);
}

/// Tags every token of an annotation with a model of the caller's.
pub fn tag_with(model: &Model<LABELS>, annotation: &mut Annotation, words: &Words) {
    let mut sums = Sums::new(words, 0);
    let (mut terms, mut scores, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    for sentence in &annotation.sentences {
        for token in sentence.tokens.clone() {
            let own = sums.own(words.of_token[token]);
            if !sums.asked(own) {
                own_features(words.at(token), |feature| sums.want(own, feature));
            }
            let near = sums.near(&Around::new(words, &sentence.tokens, token));
            let known = near.map(|row| sums.asked(row));
            let here = sums.fresh();
            context_features(words, &sentence.tokens, token, |part, feature| match part {
                Part::Near(place) if known[place] => {}
                Part::Near(place) => sums.want(near[place], feature),
                _ => sums.want(here, feature),
            });
            let [a, b, c, d] = near;
            terms.push([own, here, a, b, c, d]);
        }
        sums.look_up(model);
        scores.extend(terms.drain(..).map(|rows| model.scores(&sums.total(rows))));
        sums.done();
        classes.extend(sentence.tokens.clone().map(|token| class(words, token)));
        for (token, label) in sentence.tokens.clone().zip(model.best(&scores, &classes)) {
            annotation.tokens[token].pos = Pos::NAMES.get(usize::from(label)).map_or(Pos::X, |&(pos, _)| pos);
        }
        scores.clear();
        classes.clear();
    }
}

/// The class of a token for the scores between labels.
pub fn class(words: &Words, token: usize) -> u8 {
    match words.at(token).class {
        Class::Lower => 0,
        Class::Mark | Class::Number => 1,
        _ => 2,
    }
}

/// The features of one token of a sentence.
pub fn features(words: &Words, sentence: &Range<usize>, token: usize, mut emit: impl FnMut(u64)) {
    own_features(words.at(token), &mut emit);
    context_features(words, sentence, token, |_, feature| emit(feature));
}

/// Features of a word wherever it stands: looked up once for each distinct word of a text.
#[inline]
fn own_features(word: &Word, mut emit: impl FnMut(u64)) {
    emit(join(1, word.exact));
    emit(join(2, word.lower));
    emit(join(3, word.shape));
    emit(join(4, word.short_shape));
    for n in 0..4 {
        emit(join(5 + n as u64, word.prefixes[n]));
        emit(join(9 + n as u64, word.suffixes[n]));
    }
    emit(join(30, u64::from(word.cluster.fine)));
    emit(join(31, u64::from(word.cluster.middle)));
    emit(join(36, u64::from(word.cluster.kindred)));
    emit(29);
}

/// Features of what stands around a token.
#[inline]
fn context_features(words: &Words, sentence: &Range<usize>, token: usize, mut emit: impl FnMut(Part, u64)) {
    let outside = |n: u64| join(n, 0xe0d);
    let at = |offset: isize| -> Option<&Word> {
        let i = token.checked_add_signed(offset)?;
        sentence.contains(&i).then(|| words.at(i))
    };
    let lower = |offset: isize| at(offset).map_or(outside(offset as u64), |w| w.lower);
    let word = words.at(token);
    let (before, after) = (lower(-1), lower(1));
    emit(Part::Near(BEFORE), join(13, before));
    emit(Part::Near(AFTER), join(14, after));
    emit(Part::Near(SECOND_BEFORE), join(15, lower(-2)));
    emit(Part::Near(SECOND_AFTER), join(16, lower(2)));
    emit(Part::Here, join(join(17, before), word.lower));
    emit(Part::Here, join(join(18, word.lower), after));
    emit(Part::Here, join(join(19, before), after));
    emit(Part::Here, join(join(20, before), word.suffixes[2]));
    emit(Part::Here, join(join(21, lower(-2)), before));
    emit(Part::Here, join(join(22, after), lower(2)));
    let first = u64::from(token == sentence.start);
    emit(Part::Here, join(join(23, word.short_shape), first));
    if let Some(w) = at(-1) {
        emit(Part::Near(BEFORE), join(24, w.suffixes[2]));
        emit(Part::Near(BEFORE), join(25, w.short_shape));
    }
    if let Some(w) = at(1) {
        emit(Part::Near(AFTER), join(26, w.suffixes[2]));
        emit(Part::Near(AFTER), join(27, w.short_shape));
        emit(Part::Here, join(join(28, w.suffixes[1]), word.suffixes[2]));
    }
    let cluster = |offset: isize| at(offset).map_or(0, |w| u64::from(w.cluster.middle));
    emit(Part::Near(BEFORE), join(32, cluster(-1)));
    emit(Part::Near(AFTER), join(33, cluster(1)));
    emit(Part::Here, join(join(34, cluster(-1)), cluster(0)));
    emit(Part::Here, join(join(35, cluster(0)), cluster(1)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_sentence_is_tagged() {
        let annotation = super::super::annotate("The old minister quickly opened 12 schools in Lima.");
        let tags: Vec<&str> = annotation
            .tokens
            .iter()
            .filter_map(|t| Pos::NAMES.iter().find(|(pos, _)| *pos == t.pos).map(|(_, name)| *name))
            .collect();
        assert_eq!(tags, ["DET", "ADJ", "NOUN", "ADV", "VERB", "NUM", "NOUN", "ADP", "PROPN", "PUNCT"]);
    }
}
