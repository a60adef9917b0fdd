//! Linear sequence models: weights of hashed features for each label, and of each label after another.
//!
//! A model is one file of bytes that is used as it lies in memory: a table of buckets, each with eight
//! fingerprints and eight rows of weights. `L` is the number of labels a row has room for. How models
//! are learnt is not here (`examples/train_tagger`).

use std::borrow::Cow;

/// Features a bucket holds.
const WAYS: usize = 8;
const MAGIC: &[u8; 8] = b"cdmodel1";
/// The score of what cannot be.
pub const NEVER: f32 = -1.0e9;

/// A model that was read.
#[derive(Debug)]
pub struct Model<const L: usize> {
    labels: usize,
    /// For each class of token, for each label before, the score of each label.
    edges: Vec<[[f32; L]; L]>,
    start: [f32; L],
    /// Exponentials of the edges and of the start.
    edge_factors: Vec<[[f32; L]; L]>,
    start_factors: [f32; L],
    scale: f32,
    bits: u32,
    marks: Cow<'static, [u8]>,
    rows: Cow<'static, [u8]>,
}

/// Why bytes are no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It begins otherwise.
    #[error("this is no model file: it does not begin with {:?}", String::from_utf8_lossy(MAGIC))]
    Magic,
    /// It is for another number of labels.
    #[error("the model has room for {found} labels, {wanted} are needed")]
    Labels {
        /// What the file has.
        found: usize,
        /// What the program needs.
        wanted: usize,
    },
    /// It stops early.
    #[error("the model file is cut off")]
    Short,
}

/// A model's parts before they are laid out in bytes.
#[derive(Debug)]
pub struct Parts<const L: usize> {
    /// Labels in use, at most `L`.
    pub labels: usize,
    /// For each class of token, for each label before, the score of each label.
    pub edges: Vec<[[f32; L]; L]>,
    /// The score of each label at the head of a sequence.
    pub start: [f32; L],
    /// Features and their weights.
    pub rows: Vec<(u64, [f32; L])>,
}

impl<const L: usize> Parts<L> {
    /// Lays the model out in bytes, with `2^bits` buckets. Rows that find no room are left out, the
    /// lightest first.
    pub fn encode(&self, bits: u32) -> Vec<u8> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        let weight = |i: usize| self.rows[i].1.iter().map(|w| w * w).sum::<f32>();
        order.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(self.rows[a].0.cmp(&self.rows[b].0)));
        let heaviest = self.rows.iter().flat_map(|(_, row)| row).fold(0.0f32, |m, w| m.max(w.abs()));
        let scale = (heaviest / 127.0).max(f32::MIN_POSITIVE);
        let slots = WAYS << bits;
        let mut marks = vec![0u8; slots * 2];
        let mut rows = vec![0u8; slots * L];
        for i in order {
            let (feature, weights) = &self.rows[i];
            let quantized = weights.map(|w| (w / scale).round() as i8);
            if quantized.iter().all(|&w| w == 0) {
                continue;
            }
            let (bucket, mark) = place(*feature, bits);
            let free = (bucket * WAYS..(bucket + 1) * WAYS).find(|s| marks[s * 2..s * 2 + 2] == [0, 0]);
            if let Some(slot) = free {
                marks[slot * 2..slot * 2 + 2].copy_from_slice(&mark.to_le_bytes());
                for (byte, w) in rows[slot * L..(slot + 1) * L].iter_mut().zip(quantized) {
                    *byte = w as u8;
                }
            }
        }
        let mut out = MAGIC.to_vec();
        for n in [L, self.labels, self.edges.len(), bits as usize] {
            out.extend((n as u32).to_le_bytes());
        }
        out.extend(scale.to_le_bytes());
        let edges = self.edges.iter().flatten().flatten();
        for w in self.start.iter().chain(edges) {
            out.extend(w.to_le_bytes());
        }
        out.extend(marks);
        out.extend(rows);
        out
    }
}

/// A feature's bucket, and the mark it is known by there.
#[inline]
fn place(feature: u64, bits: u32) -> (usize, u16) {
    ((feature >> (64 - bits)) as usize, ((feature & 0xffff) as u16).max(1))
}

/// The highest bit of each of four sixteen-bit lanes that equals `mark`; lanes after the first that does may
/// be told wrong.
#[inline]
fn lanes_equal(lanes: [u8; 8], mark: u16) -> u64 {
    const ONES: u64 = 0x0001_0001_0001_0001;
    let unlike = u64::from_le_bytes(lanes) ^ (u64::from(mark) * ONES);
    unlike.wrapping_sub(ONES) & !unlike & (ONES << 15)
}

impl<const L: usize> Model<L> {
    /// Reads a model; the table stays where it is.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(ModelError::Magic);
        }
        let word = |n: usize| -> Result<[u8; 4], ModelError> {
            let at = 8 + 4 * n;
            bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).ok_or(ModelError::Short)
        };
        let number = |n: usize| word(n).map(|b| u32::from_le_bytes(b) as usize);
        let (found, labels, classes, bits) = (number(0)?, number(1)?, number(2)?, number(3)? as u32);
        if found != L || labels > L || bits == 0 || bits > 24 {
            return Err(ModelError::Labels { found, wanted: L });
        }
        let float = |n: usize| word(n).map(f32::from_le_bytes);
        let scale = float(4)?;
        let mut start = [0.0; L];
        for (y, w) in start.iter_mut().enumerate() {
            *w = float(5 + y)?;
        }
        let mut edges = vec![[[0.0; L]; L]; classes];
        for (n, w) in edges.iter_mut().flatten().flatten().enumerate() {
            *w = float(5 + L + n)?;
        }
        let marks_at = 8 + 4 * (5 + L + classes * L * L);
        let rows_at = marks_at + (WAYS << bits) * 2;
        let end = rows_at + (WAYS << bits) * L;
        if bytes.len() < end {
            return Err(ModelError::Short);
        }
        let (marks, rows) = match bytes {
            Cow::Borrowed(all) => (Cow::Borrowed(&all[marks_at..rows_at]), Cow::Borrowed(&all[rows_at..end])),
            Cow::Owned(all) => {
                (Cow::Owned(all[marks_at..rows_at].to_vec()), Cow::Owned(all[rows_at..end].to_vec()))
            }
        };
        let edge_factors = edges.iter().map(|edge| edge.map(|row| row.map(f32::exp))).collect();
        let start_factors = start.map(f32::exp);
        Ok(Model { labels, edges, start, edge_factors, start_factors, scale, bits, marks, rows })
    }

    /// Labels in use.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// Adds a feature's weights to `sums`, in the table's own unit.
    #[inline]
    pub fn add(&self, feature: u64, sums: &mut [i16; L]) {
        let (bucket, mark) = place(feature, self.bits);
        let (halves, _) = self.marks[bucket * WAYS * 2..(bucket + 1) * WAYS * 2].as_chunks::<8>();
        let [low, high] = halves else { return };
        let ways = [lanes_equal(*low, mark), lanes_equal(*high, mark)];
        // All ways are compared before any is chosen: a branch for each would mostly be guessed wrong.
        let way = match ways {
            [0, 0] => return,
            [0, high] => 4 + high.trailing_zeros() / 16,
            [low, _] => low.trailing_zeros() / 16,
        };
        let at = (bucket * WAYS + way as usize) * L;
        for (sum, &w) in sums.iter_mut().zip(&self.rows[at..at + L]) {
            *sum = sum.saturating_add(i16::from(w as i8));
        }
    }

    /// Sums of weights as scores.
    #[inline]
    pub fn scores(&self, sums: &[i16; L]) -> [f32; L] {
        let mut scores = [NEVER; L];
        for (score, &sum) in scores.iter_mut().zip(sums).take(self.labels) {
            *score = f32::from(sum) * self.scale;
        }
        scores
    }

    /// The best labels for a sequence of tokens, each given by its scores and its class.
    pub fn best(&self, scores: &[[f32; L]], classes: &[u8]) -> Vec<u8> {
        let mut back = vec![[0u8; L]; scores.len()];
        let mut now = [NEVER; L];
        for (t, emission) in scores.iter().enumerate() {
            let mut next = [f32::MIN; L];
            // As wide as the scores, so that all labels are compared at once.
            let mut from = [0u32; L];
            if t == 0 {
                next = self.start;
            } else {
                let edges = &self.edges[usize::from(classes[t])];
                for (before, row) in edges.iter().enumerate().take(self.labels) {
                    for y in 0..L {
                        let score = now[before] + row[y];
                        // All ones where it is better: bits are chosen, not ways through the code.
                        let better = u32::from(score > next[y]).wrapping_neg();
                        next[y] = f32::from_bits(score.to_bits() & better | next[y].to_bits() & !better);
                        from[y] = before as u32 & better | from[y] & !better;
                    }
                }
                back[t] = from.map(|before| before as u8);
            }
            for y in 0..L {
                now[y] = next[y] + emission[y];
            }
        }
        let mut best = (0..self.labels).max_by(|&a, &b| now[a].total_cmp(&now[b])).unwrap_or(0) as u8;
        let mut out = vec![0; scores.len()];
        for t in (0..scores.len()).rev() {
            out[t] = best;
            best = back[t][usize::from(best)];
        }
        out
    }

    /// How probable each label is at each token, given the whole sequence.
    pub fn marginals(&self, scores: &[[f32; L]], classes: &[u8]) -> Vec<[f32; L]> {
        let n = scores.len();
        let emissions: Vec<[f32; L]> = scores.iter().map(exp_row).collect();
        let edges = &self.edge_factors;
        let mut forward = vec![[0.0f32; L]; n];
        for t in 0..n {
            let mut row = [0.0f32; L];
            if t == 0 {
                row = self.start_factors;
            } else {
                for (before, edge) in edges[usize::from(classes[t])].iter().enumerate().take(self.labels) {
                    for y in 0..L {
                        row[y] += forward[t - 1][before] * edge[y];
                    }
                }
            }
            for y in 0..L {
                row[y] *= emissions[t][y];
            }
            forward[t] = normalized(row);
        }
        let mut after = [1.0f32; L];
        for t in (0..n).rev() {
            let mut product = [0.0f32; L];
            for y in 0..L {
                product[y] = forward[t][y] * after[y];
                after[y] *= emissions[t][y];
            }
            forward[t] = normalized(product);
            if t > 0 {
                let edge = &edges[usize::from(classes[t])];
                let mut before = [0.0f32; L];
                for (y0, row) in edge.iter().enumerate().take(self.labels) {
                    before[y0] = (0..L).map(|y| row[y] * after[y]).sum();
                }
                after = normalized(before);
            }
        }
        forward
    }
}

/// Exponentials of a row, its highest score made nought first.
fn exp_row<const L: usize>(row: &[f32; L]) -> [f32; L] {
    let top = row.iter().fold(NEVER, |m, &x| m.max(x));
    row.map(|x| (x - top).exp())
}

fn normalized<const L: usize>(row: [f32; L]) -> [f32; L] {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 { row.map(|x| x / sum) } else { [1.0 / L as f32; L] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts<4> {
        let rows =
            (1..200u64).map(|n| (crate::annotate::hashing::join(n, 7), [n as f32, -1.0, 0.0, 0.0])).collect();
        let mut edges = vec![[[0.0; 4]; 4]];
        edges[0][0][1] = 0.5;
        Parts { labels: 2, edges, start: [0.0; 4], rows }
    }

    #[test]
    fn what_was_laid_out_is_found_again() {
        let model = Model::<4>::read(Cow::Owned(parts().encode(7))).expect("a model just encoded");
        let mut sums = [0; 4];
        model.add(crate::annotate::hashing::join(150, 7), &mut sums);
        let scores = model.scores(&sums);
        assert!((scores[0] - 150.0).abs() < 1.6, "{scores:?}");
        let mut none = [0; 4];
        model.add(crate::annotate::hashing::join(999, 7), &mut none);
        assert_eq!(none, [0; 4]);
    }

    #[test]
    fn the_first_equal_lane_is_told() {
        let lanes = |a: [u16; 4]| -> [u8; 8] {
            let bytes: Vec<u8> = a.iter().flat_map(|n| n.to_le_bytes()).collect();
            bytes.try_into().expect("eight bytes")
        };
        for (n, marks) in [[7, 1, 2, 3], [1, 7, 7, 3], [1, 2, 7, 8], [0, 0, 6, 7]].into_iter().enumerate() {
            assert_eq!(lanes_equal(lanes(marks), 7).trailing_zeros() / 16, n as u32);
        }
        assert_eq!(lanes_equal(lanes([6, 8, 0, 0xffff]), 7), 0);
    }

    #[test]
    fn best_and_marginals_agree_on_a_clear_case() {
        let model = Model::<4>::read(Cow::Owned(parts().encode(7))).expect("a model just encoded");
        let scores = [[2.0, 0.0, NEVER, NEVER], [0.0, 3.0, NEVER, NEVER], [5.0, 0.0, NEVER, NEVER]];
        let classes = [0, 0, 0];
        assert_eq!(model.best(&scores, &classes), [0, 1, 0]);
        let marginals = model.marginals(&scores, &classes);
        for (row, best) in marginals.iter().zip([0, 1, 0]) {
            assert!(row[best] > 0.8, "{marginals:?}");
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(matches!(Model::<4>::read(Cow::Borrowed(b"junk")), Err(ModelError::Magic)));
        let mut bytes = parts().encode(7);
        bytes.truncate(100);
        assert!(matches!(Model::<4>::read(Cow::Owned(bytes)), Err(ModelError::Short)));
        assert!(matches!(Model::<8>::read(Cow::Owned(parts().encode(7))), Err(ModelError::Labels { .. })));
    }
}
