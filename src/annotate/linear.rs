//! Linear sequence models: weights of hashed features for each label, and of each label after another.
//!
//! A model is one file of bytes that is used as it lies in memory: a table of buckets, each with eight
//! fingerprints and eight rows of weights. `L` is the number of labels a row has room for. How models
//! are learnt is not here (`examples/train_tagger`).

use std::borrow::Cow;

/// Features a bucket holds.
const WAYS: usize = 8;
/// The marks of a bucket's features, two bytes each.
type Marks = [u8; WAYS * 2];
/// Features that are looked up together.
const TOGETHER: usize = 256;
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
    /// The same factors by the label after, so that those of all labels before are weighed at once.
    edge_factors_by_after: Vec<[[f32; L]; L]>,
    scale: f32,
    bits: u32,
    marks: Cow<'static, [Marks]>,
    rows: Cow<'static, [[u8; L]]>,
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

/// Adds weights to sums, eight at a time.
#[inline]
fn add_row<const L: usize>(row: &[u8; L], sums: &mut [i16; L]) {
    let add = |sums: &mut [i16], row: &[u8]| {
        for (sum, &w) in sums.iter_mut().zip(row) {
            *sum = sum.saturating_add(i16::from(w as i8));
        }
    };
    let ((sums, last_sums), (row, last)) = (sums.as_chunks_mut::<8>(), row.as_chunks::<8>());
    sums.iter_mut().zip(row).for_each(|(sums, row)| add(sums, row));
    add(last_sums, last);
}

/// The highest bit of each of four sixteen-bit lanes that equals `mark`; lanes after the first that does may
/// be told wrong.
#[inline]
fn lanes_equal(lanes: u64, mark: u16) -> u64 {
    const ONES: u64 = 0x0001_0001_0001_0001;
    let unlike = lanes ^ (u64::from(mark) * ONES);
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
            Cow::Borrowed(all) => (
                Cow::Borrowed(all[marks_at..rows_at].as_chunks().0),
                Cow::Borrowed(all[rows_at..end].as_chunks().0),
            ),
            Cow::Owned(all) => (
                Cow::Owned(all[marks_at..rows_at].as_chunks().0.to_vec()),
                Cow::Owned(all[rows_at..end].as_chunks().0.to_vec()),
            ),
        };
        let edge_factors: Vec<[[f32; L]; L]> =
            edges.iter().map(|edge| edge.map(|row| row.map(f32::exp))).collect();
        let turned = |edge: &[[f32; L]; L]| {
            std::array::from_fn(|after| std::array::from_fn(|before| edge[before][after]))
        };
        Ok(Model {
            labels,
            start,
            start_factors: start.map(f32::exp),
            edge_factors_by_after: edge_factors.iter().map(turned).collect(),
            edges,
            edge_factors,
            scale,
            bits,
            marks,
            rows,
        })
    }

    /// Labels in use.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// Adds the weights of features, each to the row of `sums` that is given with it, in the table's own unit.
    ///
    /// The table is larger than what lies near the processor, so it is asked for many features at once:
    /// first for the marks of all, then for the rows of those found, and nothing waits for one of them.
    pub fn add(&self, wanted: &[(u64, u32)], sums: &mut [[i16; L]]) {
        let (marks, rows): (&[Marks], &[[u8; L]]) = (&self.marks, &self.rows);
        let mut found = [(0u32, 0u32); TOGETHER];
        for wanted in wanted.chunks(TOGETHER) {
            let mut count = 0;
            for &(feature, sum) in wanted {
                let (bucket, mark) = place(feature, self.bits);
                let lanes = u128::from_le_bytes(marks[bucket]);
                let (low, high) = (lanes_equal(lanes as u64, mark), lanes_equal((lanes >> 64) as u64, mark));
                let (equal, first) = if low != 0 { (low, 0) } else { (high, 4) };
                found[count] = ((bucket * WAYS) as u32 + first + equal.trailing_zeros() / 16, sum);
                // No branch: most features are in no model, and which are could not be guessed.
                count += usize::from(equal != 0);
            }
            let found = &found[..count];
            std::hint::black_box(found.iter().fold(0, |seen, &(row, _)| seen ^ rows[row as usize][0]));
            for &(row, sum) in found {
                add_row(&rows[row as usize], &mut sums[sum as usize]);
            }
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
        // For each token and label, the score of the best way there.
        let mut ways: Vec<[f32; L]> = Vec::with_capacity(scores.len());
        for (t, emission) in scores.iter().enumerate() {
            let mut way = match ways.last() {
                None => self.start,
                Some(before) => {
                    let edges = &self.edges[usize::from(classes[t])];
                    let mut best = [f32::MIN; L];
                    for (score, row) in before.iter().zip(edges).take(self.labels) {
                        for y in 0..L {
                            let way = score + row[y];
                            best[y] = if way > best[y] { way } else { best[y] };
                        }
                    }
                    best
                }
            };
            for y in 0..L {
                way[y] += emission[y];
            }
            ways.push(way);
        }
        let mut out = vec![0; scores.len()];
        let Some(last) = ways.last() else { return out };
        let mut best = (0..self.labels).max_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap_or(0);
        for t in (1..scores.len()).rev() {
            out[t] = best as u8;
            // Where the best way came from is asked of it alone.
            let (mut from, mut most) = (0, f32::MIN);
            for (before, row) in self.edges[usize::from(classes[t])].iter().enumerate().take(self.labels) {
                let way = ways[t - 1][before] + row[best];
                if way > most {
                    (from, most) = (before, way);
                }
            }
            best = from;
        }
        out[0] = best as u8;
        out
    }

    /// Exponentials of a token's scores, its highest score made nought first.
    pub fn factors(scores: &[f32; L]) -> [f32; L] {
        let top = scores.iter().fold(NEVER, |m, &x| m.max(x));
        // Below this an exponential is nought, and slow.
        scores.map(|x| if x - top < -104.0 { 0.0 } else { (x - top).exp() })
    }

    /// How probable each label is at each token, given the whole sequence; each token by the factors of its
    /// scores and by its class.
    pub fn marginals(&self, factors: &[[f32; L]], classes: &[u8]) -> Vec<[f32; L]> {
        let n = factors.len();
        let mut forward: Vec<[f32; L]> = Vec::with_capacity(n);
        for (t, factors) in factors.iter().enumerate() {
            let mut row = match forward.last() {
                None => self.start_factors,
                Some(before) => weighed(before, &self.edge_factors[usize::from(classes[t])], self.labels),
            };
            for y in 0..L {
                row[y] *= factors[y];
            }
            forward.push(normalized(row));
        }
        let mut after = [1.0f32; L];
        for t in (0..n).rev() {
            let mut product = [0.0f32; L];
            for y in 0..L {
                product[y] = forward[t][y] * after[y];
                after[y] *= factors[t][y];
            }
            forward[t] = normalized(product);
            if t > 0 {
                let mut before = weighed(&after, &self.edge_factors_by_after[usize::from(classes[t])], L);
                before[self.labels..].fill(0.0);
                after = normalized(before);
            }
        }
        forward
    }
}

/// The sum of the first `count` rows, each times its weight.
#[inline]
fn weighed<const L: usize>(weights: &[f32; L], rows: &[[f32; L]; L], count: usize) -> [f32; L] {
    let mut sums = [0.0f32; L];
    for (weight, row) in weights.iter().zip(rows).take(count) {
        for y in 0..L {
            sums[y] += weight * row[y];
        }
    }
    sums
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
        let join = crate::annotate::hashing::join;
        let mut sums = [[0; 4]; 2];
        model.add(&[(join(150, 7), 0), (join(999, 7), 1)], &mut sums);
        let scores = model.scores(&sums[0]);
        assert!((scores[0] - 150.0).abs() < 1.6, "{scores:?}");
        assert_eq!(sums[1], [0; 4]);
    }

    #[test]
    fn the_first_equal_lane_is_told() {
        let lanes = |a: [u16; 4]| a.iter().rev().fold(0, |lanes, &n| lanes << 16 | u64::from(n));
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
        let marginals = model.marginals(&scores.map(|row| Model::<4>::factors(&row)), &classes);
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
