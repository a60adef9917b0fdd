//! How much memory an answer may take.
//!
//! SQLite keeps the limit itself, and spills sorting and what it materializes to files long before. What it does
//! not see is what functions of our own gather, and how long a value may become in our hands: both follow from
//! the same number. Rows that wait to be written are few, or wait in files (`present`).

/// The memory of one process's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Megabytes (of 1,048,576 bytes); 0 is no limit.
    pub megabytes: u32,
}

impl Default for Memory {
    fn default() -> Self {
        Memory { megabytes: Memory::USUAL }
    }
}

impl Memory {
    /// Megabytes, unless others are asked for.
    pub const USUAL: u32 = 1024;
    /// The fewest with which SQLite does its work.
    pub const LEAST: u32 = 8;

    /// Bytes that SQLite may take in all; 0 is no limit.
    pub(super) fn heap(self) -> i64 {
        i64::from(self.megabytes) << 20
    }

    /// The longest value a statement may make or read, in bytes. Functions hold some copies of one, and a document
    /// of an archive is 16 MB at most.
    pub(super) fn longest_value(self) -> i32 {
        match self.megabytes {
            0 => i32::MAX,
            megabytes => i32::try_from((megabytes / 16).max(32) << 20).unwrap_or(i32::MAX),
        }
    }

    /// Numbers that a function may gather, of eight bytes each.
    pub(super) fn most_numbers(self) -> usize {
        match self.megabytes {
            0 => usize::MAX,
            megabytes => (megabytes as usize) << 14,
        }
    }
}
