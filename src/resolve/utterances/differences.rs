//! How a wording differs from the fullest: a word for it, and the two set against each other.

use super::words::{Word, Wording};

/// Cells of the table in which two wordings are set against each other; longer ones are not.
const MOST_CELLS: usize = 1 << 20;
/// Words of a stretch left out that are shown; of longer ones the ends.
const SHOWN: usize = 12;

/// How a wording differs from the fullest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Difference {
    /// It does not.
    Verbatim,
    /// Words are left out at its ends, or where it says so ("...").
    Shortened,
    /// Words are left out inside, and it does not say so.
    Merged,
    /// It has words in an editor's brackets, and no others of its own.
    Bracketed,
    /// It has words that the fullest wording has not.
    Reworded,
}

impl Difference {
    /// The word used in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Difference::Verbatim => "verbatim",
            Difference::Shortened => "shortened",
            Difference::Merged => "merged",
            Difference::Bracketed => "bracketed",
            Difference::Reworded => "reworded",
        }
    }
}

/// A wording set against the fullest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// How it differs.
    pub difference: Difference,
    /// The fullest wording with `[-what is left out-]` and `{+what stands there instead+}`.
    pub compared: String,
}

/// Sets a wording against the fullest one; `None` where both are too long for it.
pub fn differing(wording: &Wording, fullest: &Wording) -> Option<Differing> {
    if (wording.words.len() + 1) * (fullest.words.len() + 1) > MOST_CELLS {
        return None;
    }
    let pairs = align(&wording.words, &fullest.words);
    let steps = steps(&pairs, &wording.words, &fullest.words);
    Some(Differing {
        difference: difference(&steps, wording, fullest),
        compared: compared(&steps, wording, fullest),
    })
}

/// A stretch of the alignment, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// In both; the place in the fullest.
    Kept(usize, usize),
    /// In the fullest alone.
    Left(usize, usize),
    /// In the other alone.
    Added(usize, usize),
}

/// Pairs of the same words, in order in both. Of the ways to pair them, the one with the longest runs.
fn align(wording: &[Word], fullest: &[Word]) -> Vec<(usize, usize)> {
    let wide = fullest.len() + 1;
    // The best of all pairs up to here, and the best that ends with a pair here.
    let mut best = vec![0_u32; wide];
    let mut paired = vec![0_u32; wide];
    let mut from = vec![0_u8; (wording.len() + 1) * wide];
    for (i, word) in wording.iter().enumerate() {
        let (mut corner_best, mut corner_paired) = (best[0], paired[0]);
        for (j, other) in fullest.iter().enumerate() {
            let cell = (i + 1) * wide + j + 1;
            let (up, up_paired) = (best[j + 1], paired[j + 1]);
            paired[j + 1] = 0;
            if word.exact == other.exact {
                let (alone, running) =
                    (corner_best + 2, if corner_paired > 0 { corner_paired + 5 } else { 0 });
                paired[j + 1] = alone.max(running);
                from[cell] |= if running >= alone { 4 } else { 0 };
            }
            let skipped = up.max(best[j]);
            best[j + 1] = skipped.max(paired[j + 1]);
            from[cell] |= if paired[j + 1] > skipped { 1 } else { 0 } | if up > best[j] { 2 } else { 0 };
            (corner_best, corner_paired) = (up, up_paired);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j, mut running) = (wording.len(), fullest.len(), false);
    while i > 0 && j > 0 {
        let from = from[i * wide + j];
        if running || from & 1 != 0 {
            pairs.push((i - 1, j - 1));
            running = from & 4 != 0;
            (i, j) = (i - 1, j - 1);
        } else if from & 2 != 0 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}

fn steps(pairs: &[(usize, usize)], wording: &[Word], fullest: &[Word]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut i, mut j) = (0, 0);
    for &(to_i, to_j) in pairs.iter().chain([&(wording.len(), fullest.len())]) {
        if to_j > j {
            steps.push(Step::Left(j, to_j));
        }
        if to_i > i {
            steps.push(Step::Added(i, to_i));
        }
        if to_i < wording.len() {
            match steps.last_mut() {
                Some(Step::Kept(_, end)) if *end == to_j && to_i == i => *end = to_j + 1,
                _ => steps.push(Step::Kept(to_j, to_j + 1)),
            }
        }
        (i, j) = (to_i + 1, to_j + 1);
    }
    steps
}

fn difference(steps: &[Step], wording: &Wording, fullest: &Wording) -> Difference {
    let added = |step: &Step| matches!(step, Step::Added(..));
    let own = steps.iter().any(|step| match step {
        Step::Added(from, to) => wording.words[*from..*to].iter().any(|word| !word.bracketed),
        _ => false,
    });
    if own {
        return Difference::Reworded;
    }
    if steps.iter().any(added) || wording.words.iter().any(|word| word.bracketed) {
        return Difference::Bracketed;
    }
    let left = steps.iter().filter(|step| matches!(step, Step::Left(..))).count();
    if left == 0 {
        return Difference::Verbatim;
    }
    let is_left = |step: Option<&Step>| matches!(step, Some(Step::Left(..)));
    let (at_start, at_end) = (is_left(steps.first()), is_left(steps.last()) && steps.len() > 1);
    let at_ends = usize::from(at_start) + usize::from(at_end);
    let marked = wording.words.iter().skip(1).filter(|word| word.after_cut).count();
    if left <= at_ends + marked {
        return Difference::Shortened;
    }
    // "has lost" and "lost" differ, but nobody was cut short.
    let inside = &steps[usize::from(at_start)..steps.len() - usize::from(at_end)];
    let content = inside.iter().any(|step| match step {
        Step::Left(from, to) => fullest.words[*from..*to].iter().any(|word| word.substance > 0),
        _ => false,
    });
    if content { Difference::Merged } else { Difference::Reworded }
}

fn compared(steps: &[Step], wording: &Wording, fullest: &Wording) -> String {
    let mut out = String::new();
    for step in steps {
        if !out.is_empty() {
            out.push(' ');
        }
        match *step {
            Step::Kept(from, to) => out.push_str(&printed(fullest, from, to)),
            Step::Left(from, to) => {
                out.push_str("[-");
                if to - from > SHOWN {
                    out.push_str(&printed(fullest, from, from + SHOWN / 2));
                    out.push_str(&format!(" … ({} more) … ", to - from - SHOWN / 2 * 2));
                    out.push_str(&printed(fullest, to - SHOWN / 2, to));
                } else {
                    out.push_str(&printed(fullest, from, to));
                }
                out.push_str("-]");
            }
            Step::Added(from, to) => {
                out.push_str("{+");
                out.push_str(&printed(wording, from, to));
                out.push_str("+}");
            }
        }
    }
    out
}

/// Words as they are printed, with the marks between them.
fn printed(wording: &Wording, from: usize, to: usize) -> String {
    let words = &wording.words;
    let (Some(first), Some(last)) = (words.get(from), words.get(to.saturating_sub(1))) else {
        return String::new();
    };
    // Marks behind the last word belong to it.
    let rest = &wording.said[last.end..];
    let marks = rest.find(|c: char| c.is_whitespace() || c.is_alphanumeric() || matches!(c, '[' | '“' | '"'));
    let end = last.end + marks.unwrap_or(rest.len());
    let bracket = usize::from(first.bracketed && wording.said[..first.start].ends_with('['));
    wording.said[first.start - bracket..end].split_whitespace().collect::<Vec<_>>().join(" ")
}
