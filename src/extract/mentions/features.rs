//! The features of a token that tell names: what training learns weights for and tagging looks up.

use super::document::{Document, Line};
use crate::annotate::hashing::join;
use crate::annotate::near::{AFTER, BEFORE, PLACES, Part, SECOND_AFTER, SECOND_BEFORE};
use crate::annotate::words::{Class, Word};

/// Classes of tokens that the scores between labels differ for.
pub const CLASSES: usize = 3;

/// Other occurrences of a word that are asked.
pub const OTHERS: usize = 4;

/// The class of a token for the scores between labels.
pub fn class(document: &Document, token: usize) -> u8 {
    match document.words.at(token).class {
        Class::Lower => 0,
        Class::Mark | Class::Number => 1,
        _ => 2,
    }
}

/// The features of one token of a sentence.
pub fn features(document: &Document, sentence: usize, token: usize, mut emit: impl FnMut(u64)) {
    own_features(document.words.at(token), &mut emit);
    context_features(document, sentence, token, |_, feature| emit(feature));
}

/// Features of a word wherever it stands: looked up once for each distinct word of a text.
pub fn own_features(word: &Word, mut emit: impl FnMut(u64)) {
    emit(join(1, word.exact));
    emit(join(2, word.lower));
    emit(join(3, word.shape));
    for n in 0..4 {
        emit(join(5 + n as u64, word.prefixes[n]));
        emit(join(9 + n as u64, word.suffixes[n]));
    }
    let own = word.cluster;
    emit(join(60, u64::from(own.fine)));
    emit(join(61, u64::from(own.middle)));
    emit(join(62, u64::from(own.coarse)));
    emit(join(join(63, u64::from(own.middle)), word.short_shape));
    emit(join(91, u64::from(own.kindred)));
    emit(join(join(92, u64::from(own.kindred)), word.short_shape));
    emit(37);
}

/// Features of where a token stands: its neighbours, its run of capitals, the rest of the document.
pub fn context_features(document: &Document, sentence: usize, token: usize, mut emit: impl FnMut(Part, u64)) {
    let line = document.line(sentence);
    let tokens = document.annotation.sentences[sentence].tokens.clone();
    let words = document.words;
    let at = |offset: isize| -> Option<&Word> {
        let i = token.checked_add_signed(offset)?;
        tokens.contains(&i).then(|| words.at(i))
    };
    let outside = |offset: isize| join(offset as u64, 0xe0d);
    let lower = |offset: isize| at(offset).map_or(outside(offset), |w| w.lower);
    let shape = |offset: isize| at(offset).map_or(outside(offset), |w| w.short_shape);
    let word = words.at(token);
    let headline = match line {
        Line::Text => 0,
        Line::Title => 1,
        Line::Capitals => 2,
    };
    let first = u64::from(token == tokens.start);

    emit(Part::Here, join(join(4, word.short_shape), headline * 2 + first));
    for (place, offset) in PLACES.into_iter().enumerate() {
        let n = place as u64;
        emit(Part::Near(place), join(13 + n, lower(offset)));
        emit(Part::Near(place), join(17 + n, shape(offset)));
        if let Some(w) = at(offset) {
            emit(Part::Near(place), join(21 + n, w.suffixes[2]));
        }
    }
    emit(Part::Here, join(join(25, lower(-1)), word.lower));
    emit(Part::Here, join(join(26, word.lower), lower(1)));
    emit(Part::Here, join(join(27, lower(-2)), lower(-1)));
    emit(Part::Here, join(join(28, lower(1)), lower(2)));
    emit(Part::Here, join(join(29, lower(-1)), lower(1)));
    emit(Part::Here, join(join(30, lower(-1)), word.short_shape));
    emit(Part::Here, join(join(31, lower(1)), word.short_shape));
    emit(Part::Here, join(join(join(32, shape(-1)), word.short_shape), shape(1)));
    emit(Part::Here, join(join(join(33, shape(-2)), shape(-1)), word.short_shape));
    emit(Part::Here, join(join(join(34, word.short_shape), shape(1)), shape(2)));
    emit(Part::Here, join(join(35, word.suffixes[2]), lower(-1)));
    emit(Part::Here, join(join(36, word.suffixes[2]), lower(1)));
    // Parts of speech; and what the word is written together with ("Jae-in", "U.S.-backed").
    let tags = |offset: isize| -> u64 {
        token
            .checked_add_signed(offset)
            .filter(|i| tokens.contains(i))
            .map_or(99, |i| document.annotation.tokens[i].pos as u64)
    };
    emit(Part::Here, join(100, tags(0)));
    emit(Part::Here, join(101, tags(-1)));
    emit(Part::Here, join(102, tags(1)));
    emit(Part::Here, join(join(103, tags(-1)), tags(0)));
    emit(Part::Here, join(join(104, tags(0)), tags(1)));
    emit(Part::Here, join(join(105, tags(-2)), tags(-1)));
    emit(Part::Here, join(join(106, tags(1)), tags(2)));
    let glued = u64::from(document.glued(token)) * 2 + u64::from(document.glued(token + 1));
    emit(Part::Here, join(join(107, glued), word.short_shape));
    emit(Part::Here, join(join(join(108, glued), word.short_shape), shape(1)));
    emit(Part::Here, join(join(join(109, glued), word.short_shape), shape(-1)));
    if glued & 1 == 1 && at(1).is_some_and(|w| w.class == Class::Mark) {
        emit(Part::Here, join(join(110, word.short_shape), lower(2)));
        emit(Part::Here, join(join(111, word.short_shape), shape(2)));
    }
    if glued & 2 == 2 && at(-1).is_some_and(|w| w.class == Class::Mark) {
        emit(Part::Here, join(join(112, word.short_shape), lower(-2)));
        emit(Part::Here, join(join(113, word.short_shape), shape(-2)));
    }
    cluster_features(&at, word, &mut emit);
    let listed = if document.list_pattern(token) == 0 { &[] } else { &document.places[token][..] };
    for (list, &place) in listed.iter().enumerate().filter(|&(_, &place)| place > 0) {
        let name = join(list as u64, u64::from(place));
        emit(Part::Here, join(80, name));
        emit(Part::Here, join(join(81, name), lower(-1)));
        emit(Part::Here, join(join(82, name), word.short_shape));
        emit(Part::Here, join(join(83, name), lower(1)));
        if let Some(pattern) = (token + 1 < tokens.end).then(|| document.list_pattern(token + 1)) {
            emit(Part::Here, join(join(84, name), pattern));
        }
    }
    if token > tokens.start {
        emit(Part::Here, join(85, document.list_pattern(token - 1)));
    }
    if token + 1 < tokens.end {
        emit(Part::Here, join(86, document.list_pattern(token + 1)));
    }
    emit(Part::Here, join(87, document.list_pattern(token)));
    if word.is_name_like() {
        name_features(document, token, headline * 2 + first, &tokens, &mut emit);
    }
}

/// Features of a word that may be of a name: its run of capitals, and the rest of the document.
fn name_features(
    document: &Document,
    token: usize,
    place: u64,
    sentence: &std::ops::Range<usize>,
    emit: &mut impl FnMut(Part, u64),
) {
    let words = document.words;
    let word = words.at(token);
    let lower = |token: Option<usize>| match token {
        Some(t) if sentence.contains(&t) => words.at(t).lower,
        _ => 0xe0d,
    };
    if let Some((start, end)) = document.run(token) {
        let length = (end - start).min(5) as u64;
        let position = (token - start).min(3) as u64;
        emit(Part::Here, join(join(40, length), position));
        emit(Part::Run, join(41, words.at(start).lower));
        emit(Part::Run, join(42, words.at(end - 1).lower));
        emit(Part::Run, join(43, lower(start.checked_sub(1))));
        emit(Part::Run, join(44, lower(Some(end))));
        emit(Part::Run, join(join(45, lower(start.checked_sub(1))), words.at(end - 1).lower));
        emit(Part::Run, join(join(46, words.at(start).lower), words.at(end - 1).lower));
        emit(Part::Run, join(47, words.at(end - 1).suffixes[2]));
        emit(Part::Run, join(75, u64::from(words.at(end - 1).cluster.middle)));
        emit(Part::Run, join(76, u64::from(words.at(start).cluster.middle)));
        emit(Part::Run, join(95, u64::from(words.at(end - 1).cluster.kindred)));
        emit(
            Part::Run,
            join(join(96, u64::from(words.at(end - 1).cluster.kindred)), lower(start.checked_sub(1))),
        );
        let outer = |token: Option<usize>| match token {
            Some(t) if sentence.contains(&t) => u64::from(words.at(t).cluster.middle),
            _ => 0xe0d,
        };
        emit(Part::Run, join(77, outer(start.checked_sub(1))));
        emit(Part::Run, join(78, outer(Some(end))));
        let inner = (token + 1..end).chain(start..token);
        for t in inner.take(4) {
            emit(Part::Here, join(48 + u64::from(t > token), words.at(t).lower));
        }
    }
    let elsewhere = document.elsewhere(token);
    let known = u64::from(elsewhere.lower) * 2 + u64::from(elsewhere.capital_inside);
    emit(Part::Here, join(join(50, known), place));
    emit(Part::Here, join(join(51, known), word.lower));
    emit(Part::Here, join(join(52, known), u64::from(elsewhere.count) * 16 + place));
    for other in document.others(token).take(OTHERS) {
        let around = |t: Option<usize>| {
            t.map_or(0xe0d, |t| words.of_token.get(t).map_or(0xe0d, |_| words.at(t).lower))
        };
        emit(Part::Other(other), join(53, around(other.checked_sub(1))));
        emit(Part::Other(other), join(54, around(Some(other + 1))));
        if let Some((start, end)) = document.run(other) {
            emit(
                Part::Other(other),
                join(join(55, (end - start).min(4) as u64), (other - start).min(3) as u64),
            );
            emit(Part::Other(other), join(56, words.at(start).lower));
            emit(Part::Other(other), join(57, words.at(end - 1).lower));
            emit(Part::Other(other), join(58, around(start.checked_sub(1))));
            emit(Part::Other(other), join(59, around(Some(end))));
            let like =
                |t: Option<usize>| t.and_then(|t| words.of_token.get(t).map(|_| words.at(t).cluster.middle));
            emit(Part::Other(other), join(79, u64::from(like(start.checked_sub(1)).unwrap_or(0))));
            emit(Part::Other(other), join(90, u64::from(like(Some(end)).unwrap_or(0))));
        }
    }
}

/// Features of the words that the token and its neighbours are like.
fn cluster_features<'w>(
    at: &impl Fn(isize) -> Option<&'w Word>,
    word: &Word,
    emit: &mut impl FnMut(Part, u64),
) {
    let own = word.cluster;
    let near = |offset: isize| at(offset).map_or(Default::default(), |w| w.cluster);
    let (before, after) = (near(-1), near(1));
    emit(Part::Near(BEFORE), join(64, u64::from(before.fine)));
    emit(Part::Near(AFTER), join(65, u64::from(after.fine)));
    emit(Part::Near(BEFORE), join(66, u64::from(before.middle)));
    emit(Part::Near(BEFORE), join(93, u64::from(before.kindred)));
    emit(Part::Near(AFTER), join(94, u64::from(after.kindred)));
    emit(Part::Near(AFTER), join(67, u64::from(after.middle)));
    emit(Part::Near(SECOND_BEFORE), join(68, u64::from(near(-2).middle)));
    emit(Part::Near(SECOND_AFTER), join(69, u64::from(near(2).middle)));
    emit(Part::Here, join(join(70, u64::from(before.middle)), u64::from(own.middle)));
    emit(Part::Here, join(join(71, u64::from(own.middle)), u64::from(after.middle)));
    emit(Part::Here, join(join(72, u64::from(before.middle)), word.short_shape));
    emit(Part::Here, join(join(73, u64::from(after.middle)), word.short_shape));
    emit(
        Part::Here,
        join(join(join(74, u64::from(before.coarse)), u64::from(own.coarse)), u64::from(after.coarse)),
    );
}
