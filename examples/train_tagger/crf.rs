//! Learning: a linear-chain conditional random field, by stochastic gradient with AdaGrad steps.
//!
//! A token may allow several labels (a set does not label every type); the gradient then pulls towards
//! whatever of them the model finds likeliest. One thread and a fixed seed: the same data gives the
//! same bytes.

// Rows of several tables are walked side by side; an index says so more plainly than nested zips.
#![allow(clippy::needless_range_loop)]

use copydesk::annotate::linear::{NEVER, Parts};

/// Sequences ready to learn from.
#[derive(Default)]
pub struct Data {
    /// Features of all tokens, one after another.
    pub features: Vec<u32>,
    /// Where each token's features end.
    pub ends: Vec<usize>,
    /// Each token's class.
    pub classes: Vec<u8>,
    /// The labels each token may have, as bits.
    pub allowed: Vec<u32>,
    /// Ranges of tokens, and how much each counts.
    pub sequences: Vec<(usize, usize, f32)>,
    /// The hash of each feature.
    pub names: Vec<u64>,
}

/// How to learn.
pub struct Options {
    pub labels: usize,
    pub classes: usize,
    pub epochs: usize,
    pub rate: f32,
    /// Part of the features that a token is shown without.
    pub dropout: f32,
    /// Pull of all weights towards nought.
    pub decay: f32,
    /// Whether a label may follow another.
    pub follows: fn(usize, usize) -> bool,
}

/// A small generator of numbers, the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n.max(1)
    }

    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// The mean of models that were learnt in different orders from the same data: it is surer of itself
/// where they agree.
pub fn mean<const L: usize>(mut models: Vec<Parts<L>>) -> Option<Parts<L>> {
    let share = 1.0 / models.len() as f32;
    let mut mean = models.pop()?;
    for other in &models {
        let pairs = mean.rows.iter_mut().zip(&other.rows).map(|(a, b)| (&mut a.1, &b.1));
        let edges = mean.edges.iter_mut().flatten().zip(other.edges.iter().flatten());
        for (row, more) in pairs.chain(edges).chain([(&mut mean.start, &other.start)]) {
            for (w, more) in row.iter_mut().zip(more) {
                *w += more;
            }
        }
    }
    let rows = mean.rows.iter_mut().map(|(_, row)| row);
    for w in rows.chain(mean.edges.iter_mut().flatten()).chain([&mut mean.start]).flatten() {
        *w *= share;
    }
    Some(mean)
}

/// One step's chain: exponentials, forward and backward sums.
struct Chain<const L: usize> {
    forward: Vec<[f32; L]>,
    backward: Vec<[f32; L]>,
    scale: Vec<f32>,
}

pub struct Learner<'a, const L: usize> {
    data: &'a Data,
    options: &'a Options,
    weights: Vec<[f32; L]>,
    squares: Vec<[f32; L]>,
    edges: Vec<[[f32; L]; L]>,
    edge_squares: Vec<[[f32; L]; L]>,
    edge_exp: Vec<[[f32; L]; L]>,
    start: [f32; L],
    start_squares: [f32; L],
}

impl<'a, const L: usize> Learner<'a, L> {
    pub fn new(data: &'a Data, options: &'a Options) -> Self {
        let mut edges = vec![[[NEVER; L]; L]; options.classes];
        let mut start = [NEVER; L];
        for (y, s) in start.iter_mut().enumerate().take(options.labels) {
            if (options.follows)(0, y) {
                *s = 0.0;
            }
        }
        for edge in &mut edges {
            for (a, row) in edge.iter_mut().enumerate().take(options.labels) {
                for (b, w) in row.iter_mut().enumerate().take(options.labels) {
                    if (options.follows)(a, b) {
                        *w = 0.0;
                    }
                }
            }
        }
        let rows = data.names.len();
        Learner {
            data,
            options,
            weights: vec![[0.0; L]; rows],
            squares: vec![[1.0; L]; rows],
            edge_squares: vec![[[1.0; L]; L]; options.classes],
            edge_exp: edges.iter().map(|e| e.map(|row| row.map(f32::exp))).collect(),
            edges,
            start,
            start_squares: [1.0; L],
        }
    }

    /// Goes through the data `epochs` times, in an order that the seed decides.
    pub fn learn(mut self, seed: u64, mut report: impl FnMut(usize, f64)) -> Parts<L> {
        let mut random = Random(0x2545_f491_4f6c_dd1d ^ (seed << 32));
        let mut order: Vec<usize> = (0..self.data.sequences.len()).collect();
        for epoch in 0..self.options.epochs {
            for i in (1..order.len()).rev() {
                order.swap(i, random.below(i + 1));
            }
            // Steps shrink towards the end, which stands in for averaging.
            let rate = self.options.rate * (1.0 - 0.9 * epoch as f32 / self.options.epochs.max(1) as f32);
            let mut loss = 0.0;
            for &sequence in &order {
                loss += self.step(sequence, rate, &mut random);
            }
            report(epoch, loss);
        }
        let rows = self.data.names.iter().copied().zip(self.weights).collect();
        Parts { labels: self.options.labels, edges: self.edges, start: self.start, rows }
    }

    fn step(&mut self, sequence: usize, rate: f32, random: &mut Random) -> f64 {
        let (begin, end, weight) = self.data.sequences[sequence];
        let keep = 1.0 - self.options.dropout;
        let mut shown: Vec<u32> = Vec::new();
        let mut shown_ends = Vec::with_capacity(end - begin);
        let mut emissions: Vec<[f32; L]> = Vec::with_capacity(end - begin);
        for token in begin..end {
            let mut sums = [0.0f32; L];
            let from = if token == 0 { 0 } else { self.data.ends[token - 1] };
            for &feature in &self.data.features[from..self.data.ends[token]] {
                if keep < 1.0 && random.unit() > keep {
                    continue;
                }
                shown.push(feature);
                for (sum, w) in sums.iter_mut().zip(&self.weights[feature as usize]) {
                    *sum += w / keep;
                }
            }
            shown_ends.push(shown.len());
            let top = sums[..self.options.labels].iter().fold(f32::MIN, |m, &x| m.max(x));
            let mut emission = sums.map(|x| (x - top).exp());
            emission[self.options.labels..].fill(0.0);
            emissions.push(emission);
        }
        let free = self.chain(begin, &emissions, |_| u32::MAX);
        let known = self.data.allowed[begin..end].iter().all(|bits| bits.count_ones() == 1);
        let bound = if known {
            self.path(begin, &emissions)
        } else {
            self.chain(begin, &emissions, |t| self.data.allowed[begin + t])
        };
        if bound.scale.iter().any(|&s| s <= 1e-30) || free.scale.iter().any(|&s| s <= 1e-30) {
            return 0.0;
        }
        let loss: f64 =
            free.scale.iter().zip(&bound.scale).map(|(f, b)| f64::from(f.ln()) - f64::from(b.ln())).sum();
        self.update_edges(begin, &emissions, &free, &bound, weight, rate);
        let mut from = 0;
        for (t, &to) in shown_ends.iter().enumerate() {
            let mut gradient = [0.0f32; L];
            let mut largest = 0.0f32;
            for y in 0..self.options.labels {
                gradient[y] = weight
                    * (bound.forward[t][y] * bound.backward[t][y] - free.forward[t][y] * free.backward[t][y]);
                largest = largest.max(gradient[y].abs());
            }
            if largest > 1e-3 {
                for &feature in &shown[from..to] {
                    let row = &mut self.weights[feature as usize];
                    let squares = &mut self.squares[feature as usize];
                    for y in 0..L {
                        squares[y] += gradient[y] * gradient[y];
                        row[y] += rate * (gradient[y] - self.options.decay * row[y]) / squares[y].sqrt();
                    }
                }
            }
            from = to;
        }
        loss
    }

    /// Forward and backward sums, each step brought to sum one over the states allowed.
    fn chain(&self, begin: usize, emissions: &[[f32; L]], allowed: impl Fn(usize) -> u32) -> Chain<L> {
        let n = emissions.len();
        let mut forward: Vec<[f32; L]> = Vec::with_capacity(n);
        let mut scale = Vec::with_capacity(n);
        for t in 0..n {
            let mut row = [0.0f32; L];
            if t == 0 {
                row = self.start.map(f32::exp);
            } else {
                let edge = &self.edge_exp[usize::from(self.data.classes[begin + t])];
                for (a, from) in edge.iter().enumerate().take(self.options.labels) {
                    let before = forward[t - 1][a];
                    if before > 0.0 {
                        for y in 0..L {
                            row[y] += before * from[y];
                        }
                    }
                }
            }
            let mask = allowed(t);
            let mut sum = 0.0;
            for y in 0..L {
                row[y] = if mask >> y & 1 == 1 { row[y] * emissions[t][y] } else { 0.0 };
                sum += row[y];
            }
            let sum = sum.max(1e-35);
            forward.push(row.map(|x| x / sum));
            scale.push(sum);
        }
        let mut backward = vec![[1.0f32; L]; n];
        for t in (1..n).rev() {
            let edge = &self.edge_exp[usize::from(self.data.classes[begin + t])];
            let mask = allowed(t);
            let mut next = [0.0f32; L];
            for y in 0..L {
                next[y] = if mask >> y & 1 == 1 { emissions[t][y] * backward[t][y] / scale[t] } else { 0.0 };
            }
            for a in 0..self.options.labels {
                backward[t - 1][a] = (0..L).map(|y| edge[a][y] * next[y]).sum();
            }
        }
        Chain { forward, backward, scale }
    }

    /// The chain of a sequence whose labels are all known: there is one way through.
    fn path(&self, begin: usize, emissions: &[[f32; L]]) -> Chain<L> {
        let n = emissions.len();
        let label = |t: usize| self.data.allowed[begin + t].trailing_zeros() as usize;
        let mut chain =
            Chain { forward: vec![[0.0; L]; n], backward: vec![[0.0; L]; n], scale: Vec::with_capacity(n) };
        for t in 0..n {
            let y = label(t);
            let edge = if t == 0 {
                self.start[y].exp()
            } else {
                self.edge_exp[usize::from(self.data.classes[begin + t])][label(t - 1)][y]
            };
            chain.scale.push((edge * emissions[t][y]).max(1e-35));
            chain.forward[t][y] = 1.0;
            chain.backward[t][y] = 1.0;
        }
        chain
    }

    fn update_edges(
        &mut self,
        begin: usize,
        emissions: &[[f32; L]],
        free: &Chain<L>,
        bound: &Chain<L>,
        weight: f32,
        rate: f32,
    ) {
        let labels = self.options.labels;
        for y in 0..labels {
            if self.start[y] > NEVER {
                let g = weight
                    * (bound.forward[0][y] * bound.backward[0][y] - free.forward[0][y] * free.backward[0][y]);
                self.start_squares[y] += g * g;
                self.start[y] += rate * g / self.start_squares[y].sqrt();
            }
        }
        let mut touched = vec![false; self.edges.len()];
        for t in 1..emissions.len() {
            let class = usize::from(self.data.classes[begin + t]);
            let mut pull = [[0.0f32; 2]; L];
            for y in 0..labels {
                pull[y] = [
                    emissions[t][y] * bound.backward[t][y] / bound.scale[t],
                    emissions[t][y] * free.backward[t][y] / free.scale[t],
                ];
                // What the bound chain does not allow at t has no forward mass there.
                if bound.forward[t][y] == 0.0 {
                    pull[y][0] = 0.0;
                }
            }
            for a in 0..labels {
                for y in 0..labels {
                    if self.edges[class][a][y] <= NEVER {
                        continue;
                    }
                    let e = self.edge_exp[class][a][y];
                    let g = weight
                        * e
                        * (bound.forward[t - 1][a] * pull[y][0] - free.forward[t - 1][a] * pull[y][1]);
                    if g.abs() > 1e-3 {
                        let square = &mut self.edge_squares[class][a][y];
                        *square += g * g;
                        self.edges[class][a][y] += rate * g / square.sqrt();
                        touched[class] = true;
                    }
                }
            }
        }
        for (class, _) in touched.iter().enumerate().filter(|(_, t)| **t) {
            self.edge_exp[class] = self.edges[class].map(|row| row.map(f32::exp));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk::annotate::linear::Model;
    use std::borrow::Cow;

    /// Feature 0 stands for label 0, feature 1 for label 1; a third says nothing.
    fn data() -> Data {
        let mut data = Data { names: vec![10 << 60, 5 << 60, 3 << 60], ..Data::default() };
        for n in 0..40usize {
            let label = n % 2;
            data.features.extend([label as u32, 2]);
            data.ends.push(data.features.len());
            data.classes.push(0);
            // Every fifth label is not known.
            data.allowed.push(if n % 5 == 0 { 3 } else { 1 << label });
            if n % 4 == 3 {
                data.sequences.push((n - 3, n + 1, 1.0));
            }
        }
        data
    }

    fn learn() -> (Vec<u8>, f64) {
        let options = Options {
            labels: 2,
            classes: 1,
            epochs: 30,
            rate: 0.3,
            dropout: 0.1,
            decay: 0.0,
            follows: |_, _| true,
        };
        let data = data();
        let mut last = f64::MAX;
        let parts = Learner::<4>::new(&data, &options).learn(0, |_, loss| last = loss);
        (parts.encode(3), last)
    }

    #[test]
    fn what_features_say_is_learnt_and_the_bytes_repeat() {
        let (bytes, loss) = learn();
        assert!(loss < 5.0, "loss {loss}");
        assert_eq!(bytes, learn().0);
        let model = Model::<4>::read(Cow::Owned(bytes)).expect("a model just encoded");
        let scores: Vec<[f32; 4]> = [5u64 << 60, 10 << 60]
            .map(|feature| {
                let mut sums = [[0; 4]];
                model.add(&[(feature, 0)], &mut sums);
                model.scores(&sums[0])
            })
            .to_vec();
        assert_eq!(model.best(&scores, &[0, 0]), [1, 0]);
    }
}
