//! Names held together by their particles: "Sabah Al-Khaled Al-Hamad", "Yusuf bin Omar", "al-Rashid".
//!
//! The tagger sees words one by one, and a particle is mostly written small or with a hyphen; here a
//! person's name is carried on over it.

use crate::annotate::{Annotation, Token};
use crate::finding::{EntityKind, Mention};

/// Particles that a name goes on over, and begins with, when a capitalized word follows.
const ARTICLES: [&str; 8] = ["al", "el", "ul", "as", "ad", "ar", "an", "ash"];
/// Words between a person and whose son or daughter he or she is.
const CHILD_OF: [&str; 7] = ["bin", "ibn", "bint", "ben", "binti", "ould", "abu"];

/// Persons' names made whole over their particles; in text order, not overlapping.
pub fn joined(text: &str, annotation: &Annotation, mentions: Vec<Mention>) -> Vec<Mention> {
    let tokens = &annotation.tokens;
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mut m in mentions {
        let previous = out.last().map_or(0, |p| p.span.end);
        // What a longer name has swallowed is gone.
        if m.span.start < previous {
            continue;
        }
        if m.kind == EntityKind::Person {
            let range = annotation.tokens_in(m.span);
            let limit = annotation
                .sentences
                .get(annotation.sentences.partition_point(|s| s.tokens.end <= range.start))
                .map_or(tokens.len(), |s| s.tokens.end);
            let start = begun(text, tokens, range.start);
            if tokens[start].span.start >= previous {
                m.span = m.span.cover(tokens[start].span);
            }
            let end = gone_on(text, tokens, range.end.max(start + 1), limit);
            m.span = m.span.cover(tokens[end - 1].span);
        }
        out.push(m);
    }
    out
}

/// The token that a name begins with: the article written together with it ("al-Rashid").
fn begun(text: &str, tokens: &[Token], start: usize) -> usize {
    let Some([article, hyphen]) = start.checked_sub(2).map(|s| &tokens[s..start]) else { return start };
    let together = article.span.end == hyphen.span.start && hyphen.span.end == tokens[start].span.start;
    if together && hyphen.span.of(text) == "-" && is_one_of(&ARTICLES, article.span.of(text)) {
        start - 2
    } else {
        start
    }
}

/// Where a name that ended before token `end` ends when what follows is carried on over particles.
fn gone_on(text: &str, tokens: &[Token], mut end: usize, limit: usize) -> usize {
    loop {
        let word = |n: usize| if end + n < limit { tokens[end + n].span.of(text) } else { "" };
        let is_name = |n: usize| word(n).starts_with(char::is_uppercase);
        let spaced = |n: usize| text[tokens[end + n - 1].span.end..tokens[end + n].span.start] == *" ";
        let article = |n: usize| is_one_of(&ARTICLES, word(n)) && word(n + 1) == "-" && is_name(n + 2);
        let next = if article(0) && spaced(0) {
            3
        } else if is_one_of(&CHILD_OF, word(0)) && spaced(0) && article(1) && spaced(1) {
            4
        } else if is_one_of(&CHILD_OF, word(0)) && spaced(0) && is_name(1) && spaced(1) {
            2
        } else {
            return end;
        };
        end += next;
    }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::finding::FoundBy;
    use crate::span::Span;

    #[test]
    fn names_go_on_over_particles() {
        for (text, found, want) in [
            ("Then al-Rashid spoke.", "Rashid", "al-Rashid"),
            ("Then Omar Al-Amin Al-Fahd Al-Nur spoke.", "Omar", "Omar Al-Amin Al-Fahd Al-Nur"),
            ("Then Yusuf bin Omar spoke.", "Yusuf", "Yusuf bin Omar"),
            ("Then Yusuf bin al-Nur spoke.", "Yusuf", "Yusuf bin al-Nur"),
            ("Then Yusuf met al-Nur.", "Yusuf", "Yusuf"),
            ("Then Yusuf put the bin out.", "Yusuf", "Yusuf"),
            ("Then Yusuf, bin Omar and", "Yusuf", "Yusuf"),
        ] {
            let start = text.find(found).expect("it is there");
            let span = Span::new(start, start + found.len());
            let mention =
                Mention { span, kind: EntityKind::Person, found_by: FoundBy::Model, confidence: 0.9 };
            let whole = joined(text, &annotate(text), vec![mention]);
            assert_eq!(whole[0].span.of(text), want);
        }
    }
}
