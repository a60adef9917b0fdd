//! Phrases that pages put around articles, as patterns over words: `seeds/reference/furniture.csv`.
//!
//! A pattern is a row of words as [`words_of`] gives them. `*` stands for one to six words, `#` for a
//! number, `@` for an e-mail address, `url` for a web address. `...` at the end lets more follow, at the
//! beginning lets more stand before. `where` says in which part of the page it holds: `any`, `head`
//! (before the running text), `tail` (after it), `edge` (either); `words` how long a block it may take.

use foldhash::HashMap;
use std::sync::LazyLock;

static FURNITURE: &str = include_str!("../../seeds/reference/furniture.csv");

/// No pattern takes a block of more words.
pub const MOST_WORDS: usize = 80;

/// Most words that a `*` stands for.
const STAR: usize = 6;

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before the running text.
    Head,
    /// Among it.
    Middle,
    /// After it.
    Tail,
}

struct Pattern {
    reason: &'static str,
    place: &'static str,
    most_words: usize,
    /// More words may stand before.
    open_start: bool,
    /// More words may follow.
    open_end: bool,
    words: Vec<&'static str>,
}

struct Patterns {
    /// Those that begin with the block, by first word.
    anchored: HashMap<&'static str, Vec<Pattern>>,
    /// Those that may begin anywhere in it, by first word.
    floating: HashMap<&'static str, Vec<Pattern>>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut patterns = Patterns { anchored: HashMap::default(), floating: HashMap::default() };
    for pattern in FURNITURE.lines().skip(1).filter_map(parse) {
        let group = if pattern.open_start { &mut patterns.floating } else { &mut patterns.anchored };
        group.entry(pattern.words[0]).or_default().push(pattern);
    }
    patterns
});

fn parse(row: &'static str) -> Option<Pattern> {
    let mut fields = row.splitn(4, ',');
    let (reason, place, most, pattern) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let mut words: Vec<&str> = pattern.split(' ').collect();
    let open_start = words.first() == Some(&"...");
    let open_end = words.last() == Some(&"...");
    words.retain(|w| *w != "...");
    let most_words = most.parse().unwrap_or(MOST_WORDS);
    (!words.is_empty()).then_some(Pattern { reason, place, most_words, open_start, open_end, words })
}

impl Pattern {
    fn holds_at(&self, place: Place) -> bool {
        match self.place {
            "head" => place == Place::Head,
            "tail" => place == Place::Tail,
            "edge" => place != Place::Middle,
            _ => true,
        }
    }

    /// An open pattern without a colon could begin a sentence too.
    fn is_loose(&self) -> bool {
        self.open_start || (self.open_end && !self.words.contains(&":") && !self.words.contains(&"©"))
    }

    fn matches(&self, words: &[String]) -> bool {
        rest_matches(&self.words, words, self.open_end)
    }
}

fn rest_matches(pattern: &[&str], words: &[String], open_end: bool) -> bool {
    match pattern.split_first() {
        None => open_end || words.is_empty(),
        Some((&"*", rest)) => {
            (1..=STAR.min(words.len())).any(|taken| rest_matches(rest, &words[taken..], open_end))
        }
        Some((first, rest)) => words
            .split_first()
            .is_some_and(|(word, left)| word == first && rest_matches(rest, left, open_end)),
    }
}

/// Why a block of these words is furniture, if a pattern says so.
///
/// `quoted` blocks hold somebody's words in quotation marks; only a closed pattern takes them.
pub fn reason(words: &[String], place: Place, quoted: bool) -> Option<&'static str> {
    if words.is_empty() || words.len() > MOST_WORDS {
        return None;
    }
    // A heading may end with a colon.
    if let Some((last, shorter)) = words.split_last()
        && last == ":"
        && let Some(found) = reason(shorter, place, quoted)
    {
        return Some(found);
    }
    let fits = |pattern: &&Pattern| {
        words.len() <= pattern.most_words && pattern.holds_at(place) && !(quoted && pattern.is_loose())
    };
    let anchored = PATTERNS.anchored.get(words[0].as_str()).into_iter().flatten();
    if let Some(pattern) = anchored.filter(fits).find(|p| p.matches(words)) {
        return Some(pattern.reason);
    }
    (0..words.len()).find_map(|start| {
        let floating = PATTERNS.floating.get(words[start].as_str()).into_iter().flatten();
        floating.filter(fits).find(|p| p.matches(&words[start..])).map(|p| p.reason)
    })
}

/// The words of a block as patterns see them: lower case, marks at their ends off, numbers as `#`,
/// addresses as `@` and `url`; a colon at a word's end is a word of its own.
pub fn words_of(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for raw in text.split_whitespace() {
        if let Some(rest) = raw.strip_prefix('©') {
            out.push("©".to_owned());
            push_word(&mut out, rest);
        } else if raw.eq_ignore_ascii_case("(c)") {
            out.push("©".to_owned());
        } else {
            push_word(&mut out, raw);
        }
    }
    out
}

fn push_word(out: &mut Vec<String>, raw: &str) {
    let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
    if !word.is_empty() {
        if is_number(word) {
            out.push("#".to_owned());
        } else if is_email(word) {
            out.push("@".to_owned());
        } else if is_url(word) {
            out.push("url".to_owned());
        } else {
            out.push(word.to_lowercase().replace('’', "'"));
        }
    } else if raw == "&" {
        out.push("&".to_owned());
    }
    if raw.ends_with(':') {
        out.push(":".to_owned());
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '-' | '–' | '/' | 'k' | 'K' | 'm' | 'M')
        })
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Whether a word is a web address: a scheme, `www.`, or lower-case labels joined by dots.
fn is_url(word: &str) -> bool {
    let rest = ["https://", "http://", "www."].iter().find_map(|p| word.strip_prefix(p));
    if rest.is_some() {
        return true;
    }
    let host = word.split('/').next().unwrap_or("");
    let mut labels = host.split('.').rev();
    let top = labels.next().unwrap_or("");
    host.contains('.')
        && (2..=7).contains(&top.len())
        && top.chars().all(|c| c.is_ascii_lowercase())
        && labels.all(|l| {
            l.len() >= 2 && l.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str, place: Place) -> Option<&'static str> {
        reason(&words_of(text), place, text.contains(['"', '“']))
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words_of("READ MORE: The ‘Gap’ (12.3K) | don’t"),
            ["read", "more", ":", "the", "gap", "#", "don't"]
        );
        assert_eq!(
            words_of("©2015 X. desk@x.example www.x.example/a bugle.example U.S."),
            ["©", "#", "x", "@", "url", "url", "u.s"]
        );
    }

    #[test]
    fn patterns_hold_where_they_may_and_no_further() {
        assert_eq!(why("Share This Story!", Place::Middle), Some("share prompt"));
        assert_eq!(why("Share this story with your aunt in Leeds and everybody else", Place::Middle), None);
        assert_eq!(why("About Lakeside Grapevine", Place::Tail), Some("author note"));
        assert_eq!(why("About Lakeside Grapevine", Place::Middle), None);
        assert_eq!(why("Follow the Bugle on Twitter and Facebook", Place::Tail), Some("follow prompt"));
        assert_eq!(why("Follow the money, the reporter told the class.", Place::Tail), None);
    }

    #[test]
    fn quoted_words_are_nobodys_furniture() {
        assert_eq!(why("We use cookies to remember you.", Place::Middle), Some("cookie notice"));
        assert_eq!(why("“We use cookies to remember you,” the baker said.", Place::Middle), None);
        assert_eq!(why("READ MORE: Mayor calls rival “a clown”", Place::Middle), Some("related link"));
    }

    #[test]
    fn every_row_of_the_table_is_read_and_none_twice() {
        let rows: Vec<_> = FURNITURE.lines().skip(1).collect();
        let mut seen = foldhash::HashSet::default();
        for row in &rows {
            let pattern = parse(row).unwrap_or_else(|| panic!("unreadable row: {row}"));
            assert!(matches!(pattern.place, "any" | "head" | "tail" | "edge"), "unknown place: {row}");
            let key = row.splitn(4, ',').nth(3);
            assert!(seen.insert(key), "twice: {row}");
            for word in pattern.words {
                let plain = matches!(word, "*" | "#" | "@" | "url" | ":" | "©" | "&");
                assert!(plain || words_of(word) == [word], "a word that no text has: {word:?} in {row}");
            }
        }
    }
}
