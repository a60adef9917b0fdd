//! Hashes of features: how a template and its values become one number.
//!
//! Not for hash maps of hostile keys, and not stable across versions of the models: a change here
//! means training again.

/// Joins two hashes (or a template's number and a hash) into one; the order matters.
#[inline]
pub fn join(a: u64, b: u64) -> u64 {
    let wide = u128::from(a ^ 0x9e37_79b9_7f4a_7c15) * u128::from(b ^ 0xd1b5_4a32_d192_ed03);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// A hash that grows a character at a time.
#[derive(Clone, Copy)]
pub struct Rolling(u64);

impl Rolling {
    /// The hash of nothing.
    pub const EMPTY: Rolling = Rolling(0xcbf2_9ce4_8422_2325);

    /// Adds a character.
    #[inline]
    pub fn push(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
        self.0 ^= self.0 >> 29;
    }

    /// The hash so far.
    #[inline]
    pub fn get(self) -> u64 {
        join(self.0, 0x5bd1_e995)
    }
}

/// The hash of a text, character by character.
pub fn of(text: &str) -> u64 {
    let mut hash = Rolling::EMPTY;
    for c in text.chars() {
        hash.push(c);
    }
    hash.get()
}
