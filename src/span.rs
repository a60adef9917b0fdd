//! Spans: where in a text something stands.
//!
//! Inside the program a [`Span`] counts UTF-8 bytes, because that is what slices a `str`. In the
//! archive and in JSON spans count Unicode characters, so that SQL's
//! `substr(text, start + 1, end - start)` gives the surface form back. [`CharMap`] is the one place
//! where the one becomes the other.

/// A half-open byte range `[start, end)` of a text, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
}

impl Span {
    /// A span; `start` must not be past `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start, end: end.max(start) }
    }

    /// The text it covers; empty when the span does not fit the text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least a byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(&self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends.
    pub fn trim(&self, text: &str) -> Span {
        let s = self.of(text);
        let start = self.start + (s.len() - s.trim_start().len());
        Span { start, end: start + s.trim().len() }
    }
}

/// The characters of a text, counted once: the character count at every 64th byte, so that a conversion
/// looks at 64 bytes at most. The text is handed in again with every question.
#[derive(Debug, Clone)]
pub struct CharCounts {
    marks: Vec<u32>,
    characters: u32,
}

const STEP: usize = 64;

impl CharCounts {
    /// Counts the characters of `text` once.
    pub fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut chars = 0u32;
        for (i, b) in text.bytes().enumerate() {
            if i.is_multiple_of(STEP) {
                marks.push(chars);
            }
            // Every byte but a continuation byte begins a character.
            chars += u32::from(b & 0xC0 != 0x80);
        }
        if text.len().is_multiple_of(STEP) {
            marks.push(chars);
        }
        CharCounts { marks, characters: chars }
    }

    /// Characters of the whole text.
    pub fn characters(&self) -> usize {
        self.characters as usize
    }

    /// Characters before byte `offset`, which must be a character boundary of the text.
    pub fn char_at(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let mark = offset / STEP;
        let rest = &text.as_bytes()[mark * STEP..offset];
        self.marks[mark] as usize + rest.iter().filter(|&&b| b & 0xC0 != 0x80).count()
    }

    /// The byte at which character `at` begins; the text's end for any further one.
    pub fn byte_at(&self, text: &str, at: usize) -> usize {
        // The last mark that has no more characters before it than asked for.
        let mark = self.marks.partition_point(|&chars| chars as usize <= at).saturating_sub(1);
        let begin = mark * STEP;
        let mut chars = self.marks.get(mark).map_or(0, |&chars| chars as usize);
        for (offset, b) in text.as_bytes()[begin..].iter().enumerate() {
            if b & 0xC0 != 0x80 {
                if chars == at {
                    return begin + offset;
                }
                chars += 1;
            }
        }
        text.len()
    }
}

/// Converts offsets in one text, from bytes to characters and back.
#[derive(Debug)]
pub struct CharMap<'t> {
    text: &'t str,
    counts: CharCounts,
}

impl<'t> CharMap<'t> {
    /// Counts the characters of `text` once.
    pub fn new(text: &'t str) -> Self {
        CharMap { text, counts: CharCounts::new(text) }
    }

    /// Characters before byte `offset`, which must be a character boundary of the text.
    pub fn char_at(&self, offset: usize) -> usize {
        self.counts.char_at(self.text, offset)
    }

    /// The byte at which character `at` begins; the text's end for any further one.
    pub fn byte_at(&self, at: usize) -> usize {
        self.counts.byte_at(self.text, at)
    }

    /// A span in characters, as the archive and JSON have it.
    pub fn chars(&self, span: Span) -> (usize, usize) {
        (self.char_at(span.start), self.char_at(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn char_map_agrees_with_counting(text in "\\PC*") {
            let map = CharMap::new(&text);
            for (chars, (bytes, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.char_at(bytes), chars);
                prop_assert_eq!(map.byte_at(chars), bytes);
            }
            prop_assert_eq!(map.char_at(text.len()), text.chars().count());
            prop_assert_eq!(map.byte_at(text.chars().count()), text.len());
            prop_assert_eq!(map.byte_at(usize::MAX), text.len());
        }
    }

    #[test]
    fn char_map_at_the_step_boundary() {
        for n in [63, 64, 65, 127, 128, 129] {
            let text = "é".repeat(n);
            assert_eq!(CharMap::new(&text).char_at(text.len()), n);
        }
    }

    #[test]
    fn trim_drops_white_space_only() {
        let text = " \u{a0}a b\n";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), "a b");
    }
}
