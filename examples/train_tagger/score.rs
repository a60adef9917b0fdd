//! Scores: parts of speech by token, names by exact span and type.

use copydesk::annotate::linear::Model;
use copydesk::annotate::{self, Pos, pos, words::Words};
use copydesk::extract::mentions::document::Document;
use copydesk::extract::mentions::{gazetteer, tagger};
use copydesk::finding::EntityKind;

use crate::data::{Text, Tree};
use crate::samples;

/// Share of tokens whose part of speech is right, of those that have one.
pub fn parts_of_speech(model: &Model<{ pos::LABELS }>, trees: &[Tree]) -> f64 {
    let (mut right, mut all) = (0u32, 0u32);
    for tree in trees {
        let mut sample = samples::of_tree(tree);
        pos::tag_with(model, &mut sample.annotation, &sample.words);
        for (token, allowed) in sample.annotation.tokens.iter().zip(&sample.allowed) {
            if allowed.count_ones() == 1 {
                all += 1;
                let label = Pos::NAMES.iter().position(|(p, _)| *p == token.pos).unwrap_or(0);
                right += allowed >> label & 1;
            }
        }
    }
    f64::from(right) / f64::from(all.max(1u32))
}

/// Right, wrong and missed, for each type.
pub type Tally = [[usize; 3]; 6];

/// F1 of tallies, in percent.
pub fn f1(tallies: &[[usize; 3]]) -> f64 {
    let [tp, fp, fneg] = tallies.iter().fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
    200.0 * tp as f64 / (2 * tp + fp + fneg).max(1) as f64
}

/// Compares the names found in texts with those marked there.
pub fn names(
    parts: &Model<{ pos::LABELS }>,
    model: &Model<{ tagger::LABELS }>,
    lists: &gazetteer::Lists,
    texts: &[Text],
    seconds: &mut f64,
) -> Tally {
    let mut tally = [[0; 3]; 6];
    for text in texts {
        let begun = cpu_seconds();
        let mut annotation = annotate::split(&text.text);
        let words = Words::new(&text.text, &annotation.tokens);
        pos::tag_with(parts, &mut annotation, &words);
        let document = Document::new(&text.text, &annotation, &words, lists);
        let mentions = tagger::tag_with(model, &document);
        *seconds += cpu_seconds() - begun;
        let mut found: Vec<_> = mentions
            .into_iter()
            .map(|m| (m.span, kind_number(m.kind)))
            .filter(|(_, kind)| !text.unmarked.contains(kind) && *kind < 4)
            .collect();
        let scored = |kind: usize| kind < 4 && !text.unmarked.contains(&kind);
        for name in text.names.iter().filter(|n| scored(n.kind)) {
            let hit = found.iter().position(|(span, kind)| {
                *kind == name.kind && (*span == name.span || Some(*span) == name.full)
            });
            match hit {
                Some(i) => {
                    found.swap_remove(i);
                    tally[name.kind][0] += 1;
                }
                None => tally[name.kind][2] += 1,
            }
        }
        for (span, kind) in found {
            if !text.names.iter().any(|n| !scored(n.kind) && n.span.overlaps(span)) {
                tally[kind][1] += 1;
            }
        }
    }
    tally
}

fn kind_number(kind: EntityKind) -> usize {
    tagger::KINDS.iter().position(|k| *k == Some(kind)).unwrap_or(5)
}

/// Processor time of this thread; 0 where the system does not tell.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
