//! Whether two wordings are one utterance: the rules, each with its name, and the bars they set.
//!
//! What has to be shared depends on who is credited: less where both name the same speaker, more where one
//! of them names nobody, and a long run of words, word for word, where they name different ones.

use super::runs::{Common, common};
use super::words::Wording;

/// Who is credited with a quotation, as the archive knows him.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Voice {
    /// What the speaker is: "person", "organization" ...
    pub kind: String,
    /// The name normalized; with the kind, it is the entity.
    pub key: String,
    /// Of persons: the folded family name.
    pub surname: Option<String>,
    /// Whether the name stands for one person by itself.
    pub is_full: bool,
}

/// What two credits say of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voices {
    /// Both name the same speaker, one of them perhaps by his surname.
    Same,
    /// They may be the same: one names nobody, or the body he speaks for.
    Open,
    /// They name two speakers.
    Different,
}

/// Compares who is credited.
pub fn voices(one: Option<&Voice>, other: Option<&Voice>) -> Voices {
    let (Some(one), Some(other)) = (one, other) else { return Voices::Open };
    if (&one.kind, &one.key) == (&other.kind, &other.key) {
        return Voices::Same;
    }
    match (one.kind == "person", other.kind == "person") {
        (true, true) => {
            let (shorter, longer) = if one.key.len() < other.key.len() { (one, other) } else { (other, one) };
            let is_part = shorter.key.split(' ').all(|name| longer.key.split(' ').any(|other| other == name));
            if is_part && one.surname.is_some() && one.surname == other.surname {
                Voices::Same
            } else {
                Voices::Different
            }
        }
        (false, false) if one.kind == other.kind => Voices::Different,
        _ => Voices::Open,
    }
}

/// How far a wording can be told from others by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distinct {
    /// Whoever quotes these words of this speaker quotes this utterance.
    Always,
    /// The speaker may have said them on any day: only the day tells.
    OnTheDay,
    /// Anybody may have said them.
    Never,
}

/// What the words of a speaker must tell to be told by them.
const SAME_TELLS: u32 = 4;
/// Or in a row, half a point for each word: whoever says them says them in this order.
const SAME_ROW_TELLS: usize = 6;
/// And those of somebody who is not named.
const OPEN_TELLS: u32 = 8;
/// Or in a row, half a point for each word.
const OPEN_ROW_TELLS: usize = 10;

/// How far a wording can be told from others.
pub fn distinct(wording: &Wording, voice: Option<&Voice>) -> Distinct {
    let own = wording.substance();
    let in_a_row = tells(own, wording.words.len());
    match voice {
        Some(_) if own >= SAME_TELLS || own > 0 && in_a_row >= SAME_ROW_TELLS => Distinct::Always,
        Some(_) if own > 0 => Distinct::OnTheDay,
        None if own >= OPEN_TELLS || in_a_row >= OPEN_ROW_TELLS => Distinct::Always,
        _ => Distinct::Never,
    }
}

/// Why two wordings are one utterance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// The rule, by name.
    pub rule: &'static str,
    /// How much of the shorter wording the fuller one has, 0 to 1.
    pub similarity: f64,
    /// What decides between several fuller wordings: the similarity, less where the credits are not the same.
    pub rank: f64,
    /// They are one only if they were published within so many days.
    pub within: Option<i64>,
}

/// What a pair has to share.
struct Bars {
    /// A shorter wording that stands in the fuller one: the part, and what it tells; either will do.
    contained: [(f64, u32); 2],
    /// One in which words were changed.
    reworded: (f64, u32),
    /// Two that share a stretch, each with words of its own around it: what it tells, its words.
    overlapping: (u32, usize),
}

const SAME: Bars = Bars { contained: [(0.9, 4), (0.8, 7)], reworded: (0.75, 10), overlapping: (8, 8) };
const OPEN: Bars = Bars { contained: [(0.9, 8), (0.85, 10)], reworded: (0.75, 12), overlapping: (12, 10) };

/// A wording in which many words were changed, days apart at most.
const SOON_REWORDED: (f64, u32) = (0.6, 7);
/// Words in another order: days apart at most, unless they tell much.
const SOON_RETRANSLATED: (f64, u32) = (0.75, 7);
const RETRANSLATED: (f64, u32) = (0.75, 12);
const SOON: i64 = 7;
/// What is shared that much, or tells that much, is so whenever it is published.
const SURE_COVERED: f64 = 0.9;
const SURE_TELLS: u32 = 14;

/// What a run of words must tell, half a point for each of them, that two speakers do not say by chance.
const DIFFERENT_TELLS: usize = 14;
const DIFFERENT_COVERED: f64 = 0.8;
/// One who quotes another within his own words says more than twice as much; nor does a translation.
const ALIKE: usize = 2;

/// A wording is a fragment of one that tells more than twice as much.
const FRAGMENT: u32 = 2;
/// A fragment that tells less than this meets longer words of these days only.
const FRAGMENT_TELLS: u32 = 7;
const FRAGMENT_DAYS: i64 = 7;
/// And one that tells less than a wording must.
const SMALL_COVERED: f64 = 0.95;
const SMALL_TELLS: u32 = 3;
const SMALL_DAYS: i64 = 1;
/// Common words of one speaker are the same on these days.
const SAME_WORDS_DAYS: i64 = 2;

/// A rule, how much is shared, and within how many days.
type Ruling = (&'static str, f64, Option<i64>);

/// Whether a wording is the utterance of which another, at least as full, is the fullest wording.
pub fn same_utterance(wording: &Wording, fullest: &Wording, voices: Voices) -> Option<Joined> {
    // Most pairs end here, and at once.
    if voices == Voices::Different
        && (!is_alike(wording, fullest) || tells(wording.substance(), wording.words.len()) < DIFFERENT_TELLS)
    {
        return None;
    }
    let common = common(wording, fullest);
    if common.denied {
        return None;
    }
    let ((rule, similarity, within), less) = match voices {
        Voices::Same if wording.substance() < SAME_TELLS => (small(&common, wording, fullest)?, 0.0),
        Voices::Same => (named(&common, wording, fullest)?, 0.0),
        Voices::Open => (open(&common)?, 0.1),
        Voices::Different => (different(&common)?, 0.3),
    };
    let similarity = (similarity * 1000.0).round() / 1000.0;
    Some(Joined { rule, similarity, rank: similarity - less, within })
}

fn reaches(common: &Common, (part, tells): (f64, u32)) -> bool {
    common.covered >= part && common.held >= tells
}

fn ordinary(bars: &Bars, common: &Common) -> Option<Ruling> {
    let (tells, words) = bars.overlapping;
    if bars.contained.iter().any(|bar| reaches(common, *bar)) {
        Some(("contained", common.covered, None))
    } else if reaches(common, bars.reworded) {
        Some(("reworded", common.covered, None))
    } else if common.longest >= tells && common.longest_words >= words {
        Some(("overlapping", common.covered, None))
    } else {
        None
    }
}

/// What somebody said who is not named everywhere.
fn open(common: &Common) -> Option<Ruling> {
    let in_a_row = common.covered >= OPEN.contained[0].0
        && tells(common.longest, common.longest_words) >= OPEN_ROW_TELLS;
    if in_a_row { Some(("contained", common.covered, None)) } else { ordinary(&OPEN, common) }
}

/// What one named speaker said.
fn named(common: &Common, wording: &Wording, fullest: &Wording) -> Option<Ruling> {
    let own = wording.substance();
    if let Some((rule, similarity, within)) = ordinary(&SAME, common) {
        let is_fragment = rule == "contained" && own < FRAGMENT_TELLS && fullest.substance() > FRAGMENT * own;
        if is_fragment {
            return Some(("fragment", similarity, Some(FRAGMENT_DAYS)));
        }
        // A speaker may say nearly the same again, weeks later.
        let is_sure = common.covered >= SURE_COVERED || common.held >= SURE_TELLS;
        return Some((rule, similarity, if is_sure { within } else { Some(SOON) }));
    }
    if reaches(common, SOON_REWORDED) {
        return Some(("reworded", common.covered, Some(SOON)));
    }
    let shares = |(part, tells): (f64, u32)| common.shared >= part && common.shared_substance >= tells;
    if is_alike(wording, fullest) && shares(SOON_RETRANSLATED) {
        let within = if shares(RETRANSLATED) { None } else { Some(SOON) };
        return Some(("retranslated", common.shared * 0.9, within));
    }
    None
}

/// Words that tell little, each by itself: in a row, the same again, or whole in longer ones.
fn small(common: &Common, wording: &Wording, fullest: &Wording) -> Option<Ruling> {
    if common.covered >= SURE_COVERED && tells(common.longest, common.longest_words) >= SAME_ROW_TELLS {
        let is_fragment = !is_alike(wording, fullest);
        let rule = if is_fragment { "fragment" } else { "contained" };
        return Some((rule, common.covered, is_fragment.then_some(FRAGMENT_DAYS)));
    }
    if wording.key() == fullest.key() {
        return Some(("same words", 1.0, Some(SAME_WORDS_DAYS)));
    }
    (common.covered >= SMALL_COVERED && common.held >= SMALL_TELLS).then_some((
        "fragment",
        common.covered,
        Some(SMALL_DAYS),
    ))
}

/// One of the two is credited wrongly: the same words in a row, and little else.
fn different(common: &Common) -> Option<Ruling> {
    (common.covered >= DIFFERENT_COVERED && tells(common.longest, common.longest_words) >= DIFFERENT_TELLS)
        .then_some(("credited differently", common.covered, None))
}

/// What words tell in a row, where their order tells as well.
fn tells(substance: u32, words: usize) -> usize {
    usize::try_from(substance).unwrap_or(usize::MAX).saturating_add(words / 2)
}

fn is_alike(wording: &Wording, fullest: &Wording) -> bool {
    fullest.words.len() <= ALIKE * wording.words.len()
}

/// Whether two wordings were published within some days: on days in ISO 8601 with spaces between.
pub fn within_days(one: &str, other: &str, most: i64) -> bool {
    let days = |text: &str| -> Vec<jiff::civil::Date> {
        text.split(' ').filter_map(|day| day.parse().ok()).collect()
    };
    let (one, other) = (days(one), days(other));
    // Both are in order: the neighbours decide.
    one.iter().any(|day| {
        let at = other.partition_point(|other| other < day);
        let near = other[at.saturating_sub(1)..].iter().take(2);
        near.into_iter()
            .any(|other| day.until(*other).is_ok_and(|apart| i64::from(apart.get_days()).abs() <= most))
    })
}
