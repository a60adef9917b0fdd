//! Wrapping: lines broken at words by the columns they take on a terminal, East Asian and emoji included.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks one line of text into lines of at most `most` columns, at spaces where there are any. Lines past
/// the `lines`-th are cut, which the last one shows by `…`.
pub fn wrap(text: &str, most: usize, lines: usize) -> Vec<String> {
    let most = most.max(1);
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut word = word;
        let mut wide = word.width();
        if taken > 0 && taken + 1 + wide > most {
            out.push(std::mem::take(&mut line));
            taken = 0;
        }
        while wide > most {
            let at = fitting(word, most);
            out.push(word[..at].to_owned());
            word = &word[at..];
            wide = word.width();
            if out.len() > lines {
                break;
            }
        }
        if out.len() > lines {
            break;
        }
        if taken > 0 {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += wide;
    }
    if !line.is_empty() || out.is_empty() {
        out.push(line);
    }
    if out.len() > lines {
        out.truncate(lines);
        if let Some(last) = out.last_mut() {
            *last = cut(&format!("{last} …"), most);
        }
    }
    out
}

/// The text in at most `most` columns, its end replaced by `…` where it is longer.
pub fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let at = fitting(text.trim_end_matches(" …"), most.saturating_sub(1));
    format!("{}…", text[..at].trim_end())
}

/// Bytes of the longest start of `text` that takes at most `most` columns, and at least one character.
fn fitting(text: &str, most: usize) -> usize {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += c.width().unwrap_or(0);
        if taken > most && at > 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn breaks_at_words_then_inside_them() {
        assert_eq!(wrap("one two three", 7, 9), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4, 9), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("日本語の本", 4, 9), ["日本", "語の", "本"]);
        assert_eq!(wrap("", 4, 9), [""]);
    }

    #[test]
    fn cuts_after_the_last_line() {
        assert_eq!(wrap("one two three four", 5, 2), ["one", "two …"]);
        assert_eq!(wrap("one seven", 5, 1), ["one …"]);
        assert_eq!(wrap("abcdefghijklm", 4, 2), ["abcd", "efg…"]);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcd", 4), "abcd");
    }

    proptest! {
        #[test]
        fn every_line_fits_and_no_letter_is_lost(text in "[a-zé日 ]{0,60}", most in 2usize..20) {
            let lines = wrap(&text, most, usize::MAX - 1);
            prop_assert!(lines.iter().all(|line| width(line) <= most), "{lines:?}");
            let letters = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
