//! Clusters of words: words that stand in like surroundings have one number.
//!
//! Made from word vectors (see `models/MODEL_CARD.md`).

use std::borrow::Cow;
use std::sync::LazyLock;

use super::table::Table;

/// The clusters of a word in four divisions of all words, each made by itself; 0 is no cluster.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cluster {
    /// One of about two thousand.
    pub fine: u16,
    /// One of about a thousand, by likeness in use alone (rare words with rare ones).
    pub kindred: u16,
    /// One of about 250.
    pub middle: u16,
    /// One of about sixty.
    pub coarse: u16,
}

/// Bytes of a word's clusters: two for the fine divisions, one for the others.
pub const BYTES: usize = 6;

impl Cluster {
    /// As a table has it; the numbers count from 0 there.
    fn read(bytes: [u8; BYTES]) -> Cluster {
        let [a, b, c, d, middle, coarse] = bytes;
        Cluster {
            fine: u16::from_le_bytes([a, b]).saturating_add(1),
            kindred: u16::from_le_bytes([c, d]).saturating_add(1),
            middle: u16::from(middle) + 1,
            coarse: u16::from(coarse) + 1,
        }
    }
}

static CLUSTERS: LazyLock<Table<BYTES>> = LazyLock::new(|| {
    Table::read(Cow::Borrowed(include_bytes!("../../models/clusters.bin")))
        .expect("the table compiled in is one that this program wrote")
});

/// The clusters of a word given by the hash of its lower case.
pub fn of(lower: u64) -> Cluster {
    CLUSTERS.get(lower).map_or(Cluster::default(), Cluster::read)
}
