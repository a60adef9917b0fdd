//! What two wordings have in common: runs of the same words, and content words wherever they stand.
//!
//! Linear in the longer wording, but for words that repeat: of those the first few places are tried.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::words::{Word, Wording, hash};
use crate::lexicon::wording::{is_negation, is_restriction};

/// Places in the fuller wording at which a run is tried.
const TRIED: usize = 8;
/// A single word belongs to a run that ends this close before it, on both sides.
const NEAR: usize = 5;

/// Words between two runs, on either side, that may be a denial: "did not", "have never".
const DENIAL: usize = 2;

/// How much of one wording another one has.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Common {
    /// The part of the shorter wording's weight that lies in common runs, 0 to 1.
    pub covered: f64,
    /// What the words in these runs tell, each counted once.
    pub held: u32,
    /// What the longest run tells.
    pub longest: u32,
    /// Words of the longest run.
    pub longest_words: usize,
    /// The part of the shorter one's content that the fuller one has anywhere, 0 to 1.
    pub shared: f64,
    /// What these words tell.
    pub shared_substance: u32,
    /// Whether one of the two denies what the other says, in the same words: "is safe", "is not safe".
    pub denied: bool,
}

/// Compares a wording with one that is at least as full.
pub(super) fn common(shorter: &Wording, fuller: &Wording) -> Common {
    let (shorter, fuller) =
        (compounds(&shorter.words, &fuller.words), compounds(&fuller.words, &shorter.words));
    let mut common = runs(&shorter, &fuller);
    let own: HashSet<u64> = fuller.iter().map(|word| word.stem).collect();
    let mut seen = HashSet::new();
    let (mut all, mut shared) = (0, 0);
    for word in shorter.iter().filter(|word| word.substance > 0 && !word.bracketed && seen.insert(word.stem))
    {
        all += word.substance;
        shared += if own.contains(&word.stem) { word.substance } else { 0 };
    }
    common.shared = f64::from(shared) / f64::from(all.max(1));
    common.shared_substance = shared;
    common
}

/// The words, with two joined where the other wording has them as one: "business like".
fn compounds<'w>(words: &'w [Word], other: &[Word]) -> Cow<'w, [Word]> {
    let whole: HashMap<u64, &Word> =
        other.iter().filter(|word| word.exact.len() > 5).map(|word| (word.hash, word)).collect();
    let joined = |two: &[Word]| whole.get(&hash(two[0].hash, &two[1].exact)).copied();
    if !words.windows(2).any(|two| joined(two).is_some()) {
        return Cow::Borrowed(words);
    }
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        match words.get(at..at + 2).and_then(joined) {
            Some(one) => {
                out.push(one.clone());
                at += 2;
            }
            None => {
                out.push(words[at].clone());
                at += 1;
            }
        }
    }
    Cow::Owned(out)
}

/// A run of the same words in both.
#[derive(Debug, Clone, Copy)]
struct Run {
    here: usize,
    there: usize,
    words: usize,
}

fn runs(shorter: &[Word], fuller: &[Word]) -> Common {
    let mut places: Vec<((u64, u64), usize)> =
        fuller.windows(2).enumerate().map(|(at, two)| ((two[0].stem, two[1].stem), at)).collect();
    places.sort_unstable();
    let mut found: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < shorter.len() {
        let run = longest(shorter, fuller, &places, at)
            .filter(|run| counts(&shorter[at..at + run.words]))
            .or_else(|| found.last().and_then(|last| behind(shorter, fuller, last, at)));
        at += run.map_or(1, |run| run.words);
        found.extend(run);
    }
    let before = before(shorter, fuller, &found);
    found.extend(before);
    let weight: u32 = shorter.iter().filter(|word| !word.bracketed).map(|word| word.weight).sum();
    let common = measure(shorter, &found, weight);
    Common { denied: is_denied(shorter, fuller, &mut found), ..common }
}

/// Whether words that deny are all that keeps two runs apart, on one side alone. Those at the head may have
/// been left outside the marks, and a cut that is marked is told as one.
fn is_denied(shorter: &[Word], fuller: &[Word], found: &mut [Run]) -> bool {
    found.sort_by_key(|run| run.here);
    found.windows(2).any(|two| {
        let (from, to) = (two[0].here + two[0].words, two[1].here);
        let (from_there, to_there) = (two[0].there + two[0].words, two[1].there);
        let (Some(own), Some(other)) = (shorter.get(from..to), fuller.get(from_there..to_there)) else {
            return false;
        };
        let is_cut = [&shorter[from..=to], &fuller[from_there..=to_there]]
            .iter()
            .any(|words| words.iter().any(|word| word.after_cut));
        own.len().max(other.len()) <= DENIAL
            && !is_cut
            && denials(own, shorter.get(to)) % 2 != denials(other, fuller.get(to_there)) % 2
    })
}

/// Words that deny, but for those that the next takes back: "not only".
fn denials(words: &[Word], next: Option<&Word>) -> usize {
    let followed = words.iter().skip(1).map(Some).chain([next]);
    let denies = |(word, next): &(&Word, Option<&Word>)| {
        is_negation(&word.exact) && !next.is_some_and(|next| is_restriction(&next.exact))
    };
    words.iter().zip(followed).filter(denies).count()
}

fn measure(shorter: &[Word], found: &[Run], weight: u32) -> Common {
    let mut covered = 0;
    let mut common = Common::default();
    let mut held = HashSet::new();
    for run in found {
        let words = &shorter[run.here..run.here + run.words];
        covered += words.iter().filter(|word| !word.bracketed).map(|word| word.weight).sum::<u32>();
        let tells: u32 = words.iter().map(|word| word.substance).sum();
        if (tells, run.words) > (common.longest, common.longest_words) {
            (common.longest, common.longest_words) = (tells, run.words);
        }
        common.held +=
            words.iter().filter(|word| held.insert(word.stem)).map(|word| word.substance).sum::<u32>();
    }
    common.covered = f64::from(covered) / f64::from(weight.max(1));
    common
}

/// Whether a run is more than words that meet anywhere.
fn counts(words: &[Word]) -> bool {
    let content = words.iter().filter(|word| word.substance > 0).count();
    content >= 2 || (content == 1 && words.len() >= 3)
}

fn longest(shorter: &[Word], fuller: &[Word], places: &[((u64, u64), usize)], here: usize) -> Option<Run> {
    let two = shorter.get(here..here + 2)?;
    let two = (two[0].stem, two[1].stem);
    let first = places.partition_point(|(words, _)| *words < two);
    let run = |&(_, there): &((u64, u64), usize)| {
        let same = shorter[here..].iter().zip(&fuller[there..]).take_while(|(a, b)| a.stem == b.stem).count();
        Run { here, there, words: same }
    };
    // Of equals the first.
    let tried = places[first..].iter().take_while(|(words, _)| *words == two).take(TRIED);
    tried.map(run).reduce(|best, run| if run.words > best.words { run } else { best })
}

/// A word that goes on where a run ended, over a word or two that are others.
fn behind(shorter: &[Word], fuller: &[Word], last: &Run, here: usize) -> Option<Run> {
    let (ended_here, ended_there) = (last.here + last.words, last.there + last.words);
    if here - ended_here > NEAR {
        return None;
    }
    let mut near = ended_there..fuller.len().min(ended_there + NEAR);
    let there = near.find(|&there| fuller[there].stem == shorter[here].stem)?;
    Some(Run { here, there, words: 1 })
}

/// Words that lead up to a run in the same way.
fn before(shorter: &[Word], fuller: &[Word], found: &[Run]) -> Vec<Run> {
    let mut words = Vec::new();
    let mut free = 0;
    for run in found {
        let mut there = run.there;
        for here in (free..run.here).rev().take(NEAR) {
            let mut near = (there.saturating_sub(NEAR)..there).rev();
            if let Some(place) = near.find(|&place| fuller[place].stem == shorter[here].stem) {
                words.push(Run { here, there: place, words: 1 });
                there = place;
            }
        }
        free = run.here + run.words;
    }
    words
}
