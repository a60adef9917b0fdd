//! Hashed tables: a small value for each of many words or phrases, used as they lie in memory.
//!
//! A key is known by sixteen bits in its bucket: of 10,000 words that are not in a table about one is
//! taken for one that is. Who asks must be able to live with that.

use std::borrow::Cow;

use super::linear::ModelError;

const MAGIC: &[u8; 8] = b"cdtable1";
/// Keys that a bucket holds.
const WAYS: usize = 8;
/// Bytes of a mark.
const MARK: usize = 2;

/// A table that was read, of values of `V` bytes.
#[derive(Debug)]
pub struct Table<const V: usize> {
    bits: u32,
    entries: Cow<'static, [u8]>,
}

impl<const V: usize> Table<V> {
    const ENTRY: usize = MARK + V;
    const BUCKET: usize = WAYS * Self::ENTRY;

    /// Lays entries out in bytes, the first ones surest to find room.
    pub fn encode(entries: &[(u64, [u8; V])], bits: u32) -> Vec<u8> {
        let mut bytes = vec![0u8; Self::BUCKET << bits];
        for (key, value) in entries {
            let (bucket, mark) = place(*key, bits);
            let bucket = &mut bytes[bucket * Self::BUCKET..(bucket + 1) * Self::BUCKET];
            if let Some(free) = bucket.chunks_exact_mut(Self::ENTRY).find(|e| e[..MARK] == [0, 0]) {
                free[..MARK].copy_from_slice(&mark.to_le_bytes());
                free[MARK..].copy_from_slice(value);
            }
        }
        [MAGIC.as_slice(), &bits.to_le_bytes(), &bytes].concat()
    }

    /// Reads a table; it stays where it is.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(ModelError::Magic);
        }
        let bits = bytes.get(8..12).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        let bits = bits.filter(|b| (1..=24).contains(b)).ok_or(ModelError::Short)?;
        let end = 12 + (Self::BUCKET << bits);
        if bytes.len() < end {
            return Err(ModelError::Short);
        }
        let entries = match bytes {
            Cow::Borrowed(all) => Cow::Borrowed(&all[12..end]),
            Cow::Owned(all) => Cow::Owned(all[12..end].to_vec()),
        };
        Ok(Table { bits, entries })
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: u64) -> Option<[u8; V]> {
        let (bucket, mark) = place(key, self.bits);
        let wanted = mark.to_le_bytes();
        self.entries[bucket * Self::BUCKET..(bucket + 1) * Self::BUCKET]
            .chunks_exact(Self::ENTRY)
            .find(|e| e[..MARK] == wanted)
            .and_then(|e| e[MARK..].try_into().ok())
    }
}

#[inline]
fn place(key: u64, bits: u32) -> (usize, u16) {
    ((key >> (64 - bits)) as usize, ((key & 0xffff) as u16).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::hashing::of;

    #[test]
    fn what_was_put_in_is_found_and_little_else() {
        let entries: Vec<(u64, [u8; 2])> =
            (0..500u16).map(|n| (of(&format!("word {n}")), n.to_le_bytes())).collect();
        let table =
            Table::<2>::read(Cow::Owned(Table::<2>::encode(&entries, 8))).expect("a table just encoded");
        assert!(entries.iter().all(|&(key, n)| table.get(key) == Some(n)));
        let false_hits = (0..10_000).filter(|n| table.get(of(&format!("other {n}"))).is_some()).count();
        assert!(false_hits < 10, "{false_hits} words taken for others");
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(Table::<2>::read(Cow::Borrowed(b"junk")).is_err());
        assert!(Table::<2>::read(Cow::Borrowed(b"cdtable1\x08\0\0\0")).is_err());
    }
}
