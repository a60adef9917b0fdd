//! Clusters of words: words that stand in like surroundings have one number.
//!
//! Made from word vectors by `examples/train_tagger`; three grains, each a union of the finer one's.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::linear::ModelError;
use super::table::Table;

/// Clusters of the finest grain.
pub const FINE: usize = 2048;

/// The clusters of a word, from fine to coarse; 0 is no cluster.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cluster {
    /// One of about two thousand.
    pub fine: u16,
    /// One of about 250.
    pub middle: u16,
    /// One of about fifty.
    pub coarse: u16,
}

/// A table of clusters.
#[derive(Debug)]
pub struct Clusters {
    table: Table,
    unions: Vec<[u16; 2]>,
}

static CLUSTERS: LazyLock<Clusters> = LazyLock::new(|| {
    Clusters::read(include_bytes!("../../models/clusters.bin"))
        .expect("the table compiled in is one that this program wrote")
});

impl Clusters {
    /// Lays clusters out in bytes: words by the hash of their lower case, and for each fine cluster its
    /// unions.
    pub fn encode(words: &[(u64, u16)], unions: &[[u16; 2]], bits: u32) -> Vec<u8> {
        let mut out = Vec::new();
        for number in (0..FINE).flat_map(|n| unions.get(n).copied().unwrap_or_default()) {
            out.extend(number.to_le_bytes());
        }
        out.extend(Table::encode(words, bits));
        out
    }

    fn read(bytes: &'static [u8]) -> Result<Clusters, ModelError> {
        let (head, rest) = bytes.split_at_checked(FINE * 4).ok_or(ModelError::Short)?;
        let unions = head
            .chunks_exact(4)
            .map(|c| [u16::from_le_bytes([c[0], c[1]]), u16::from_le_bytes([c[2], c[3]])])
            .collect();
        Ok(Clusters { table: Table::read(Cow::Borrowed(rest))?, unions })
    }
}

/// The clusters of a word given by the hash of its lower case.
pub fn of(lower: u64) -> Cluster {
    let known = CLUSTERS.table.get(lower).and_then(|n| Some((n, CLUSTERS.unions.get(usize::from(n))?)));
    known.map_or(Cluster::default(), |(n, &[middle, coarse])| Cluster {
        fine: n + 1,
        middle: middle + 1,
        coarse: coarse + 1,
    })
}
