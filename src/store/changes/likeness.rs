//! How alike two texts are: by the words they share, whatever their order, and whatever white space is between.

use std::collections::{HashMap, HashSet};

/// Words that follow each other; three of them tell a text from another on the same topic.
const RUN: usize = 3;
/// Texts with fewer runs of words say too little to be called another story.
const FEWEST: usize = 12;
/// The share of runs below which two texts are not two versions of one story, in hundredths.
const SHARED: usize = 10;

/// Whether two texts are two stories rather than two versions of one.
pub fn is_another_story(before: &str, after: &str) -> bool {
    let (before, after) = (runs(before), runs(after));
    let fewest = before.len().min(after.len());
    fewest >= FEWEST && before.intersection(&after).count() * 100 < fewest * SHARED
}

fn runs(text: &str) -> HashSet<[String; RUN]> {
    let words = words(text);
    words.windows(RUN).map(|run| [run[0].clone(), run[1].clone(), run[2].clone()]).collect()
}

/// A text as it reads: every white space one plain one, none around it, and nothing that takes no room.
pub(super) fn as_read(text: &str) -> String {
    // Soft hyphen, zero-width space, word joiner, byte order mark: seen by nobody.
    let seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    let mut read = String::with_capacity(text.len());
    for c in text.chars().filter(seen) {
        if !c.is_whitespace() {
            read.push(c);
        } else if !read.is_empty() && !read.ends_with(' ') {
            read.push(' ');
        }
    }
    read.truncate(read.trim_end().len());
    read
}

/// The words of a text in lower case, without the marks around them.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_lowercase)
        .collect()
}

/// How many words two texts share, of those they have: 0 to 1.
pub(super) fn share(left: &[String], right: &[String]) -> f64 {
    let mut left_words: HashMap<&str, usize> = HashMap::new();
    for word in left {
        *left_words.entry(word).or_default() += 1;
    }
    let shared = right
        .iter()
        .filter(|word| match left_words.get_mut(word.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count();
    2.0 * shared as f64 / (left.len() + right.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOOD: &str = "At least 12 people died when the river rose over its banks in the old town of Lima on \
        Sunday night, the mayor said. Schools stay closed until Wednesday.";

    #[test]
    fn a_story_told_on_is_the_same_story() {
        let later = FLOOD.replace("12", "15").replace("Wednesday", "Friday");
        assert!(!is_another_story(FLOOD, &later));
        assert!(!is_another_story(
            FLOOD,
            &format!("{FLOOD} Aid has begun to arrive from the coast. {FLOOD}")
        ));
    }

    #[test]
    fn another_text_is_another_story_if_it_says_enough() {
        let other = "The central bank left its rate where it was, and shares of the two largest lenders fell by \
            a fifth before trade was stopped in the afternoon.";
        assert!(is_another_story(FLOOD, other));
        assert!(!is_another_story(FLOOD, "Rain fell in Lima."));
    }

    #[test]
    fn white_space_is_no_word() {
        assert_eq!(as_read("\u{feff} By  Ruth\u{a0}Okonjo\u{2009}\n"), "By Ruth Okonjo");
        assert_eq!(as_read("re\u{ad}cord"), "record");
        assert_ne!(as_read("1.5 million"), as_read("15 million"));
    }

    #[test]
    fn shares_count_words_as_often_as_both_have_them() {
        let share = |a, b| share(&words(a), &words(b));
        assert_eq!(share("we will stay", "We will stay."), 1.0);
        assert_eq!(share("no no no", "no"), 0.5);
        assert_eq!(share("one", "two"), 0.0);
    }
}
