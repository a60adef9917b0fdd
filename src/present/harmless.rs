//! Text made harmless: what an article says may not act on the terminal that shows it.
//!
//! For people only: tables, `show`, `search` and messages. CSV and JSON keep data as it is.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with control characters, escapes and marks that reorder or hide text made visible. Line ends
/// and tabs stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    made_visible(text, |c| matches!(c, '\n' | '\t'))
}

/// The same on one line: tabs and single line ends become spaces, as where a paragraph was wrapped; the end
/// of a paragraph shows as `⏎`.
pub fn harmless_line(text: &str) -> Cow<'_, str> {
    made_visible(text, |_| false)
}

fn made_visible(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    let acts = |c: char| is_active(c) && !keep(c);
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            c if !acts(c) => out.push(c),
            // A Windows line end is a line end.
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' if characters.peek() == Some(&'\n') || out.ends_with('⏎') => {
                if !out.ends_with('⏎') {
                    out.push('⏎');
                }
            }
            '\n' => out.push(' '),
            '\t' => out.push(' '),
            // Control characters have pictures: ESC is ␛.
            '\0'..='\x1f' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            '\x7f' => out.push('␡'),
            c => {
                // Writing to a string does not fail.
                let _ = write!(out, "<U+{:04X}>", c as u32);
            }
        }
    }
    Cow::Owned(out)
}

/// Whether a character moves the cursor, starts an escape, or reorders or breaks the text around it.
fn is_active(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'
        // Marks, embeddings, overrides and isolates of the bidirectional algorithm; line separators.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // Shorthand and language tags: invisible carriers of text.
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_acts_becomes_visible() {
        for (text, want) in [
            ("plain café 👍", "plain café 👍"),
            ("\x1b[2Jgone", "␛[2Jgone"),
            ("a\u{9b}31mb", "a<U+009B>31mb"),
            ("bell\x07 del\x7f", "bell␇ del␡"),
            ("evil\u{202e}txt", "evil<U+202E>txt"),
            ("a\r\nb", "a\nb"),
            ("a\rb", "a␍b"),
        ] {
            assert_eq!(harmless(text), want);
        }
        assert_eq!(harmless_line("a\r\nb\tc\n\nd\n\n\ne"), "a b c⏎d⏎e");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(harmless("two\nlines"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_active_is_left(text in any::<String>()) {
            prop_assert!(!harmless_line(&text).chars().any(is_active));
            prop_assert!(!harmless(&text).chars().any(|c| is_active(c) && !matches!(c, '\n' | '\t')));
        }
    }
}
