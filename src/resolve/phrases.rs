//! The phrase that a sentence opens with, read off parts of speech: whom or what the next one may take up.

use crate::annotate::{Annotation, Pos, Sentence};
use crate::span::Span;

/// Longest phrase, in tokens.
const LONGEST: usize = 9;
/// How far behind a sentence's beginning its first comma is looked for, in tokens.
const LED_IN: usize = 12;
/// How long what stands between commas behind a name may be, in tokens.
const ASIDE: usize = 18;

/// A common noun's phrase at the head of a sentence: "An audit report" of "An audit report warned of it".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The phrase, up to its head.
    pub span: Span,
    /// The head's token.
    pub head: usize,
}

/// The tokens of a text with their words.
#[derive(Debug, Clone, Copy)]
pub struct Phrases<'a> {
    /// The text.
    pub text: &'a str,
    /// What is known of its tokens.
    pub annotation: &'a Annotation,
}

impl<'a> Phrases<'a> {
    fn word(&self, token: usize) -> &'a str {
        self.annotation.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    fn pos(&self, token: usize) -> Option<Pos> {
        self.annotation.tokens.get(token).map(|t| t.pos)
    }

    /// Where clauses of a sentence may begin: at its head, and behind the comma of what only leads to it.
    fn beginnings(&self, sentence: &Sentence) -> [Option<usize>; 2] {
        let first = sentence.tokens.start;
        let skips = matches!(self.pos(first), Some(Pos::Cconj | Pos::Adv));
        let comma = (first..sentence.tokens.end.min(first + LED_IN)).find(|&t| self.word(t) == ",");
        [Some(first + usize::from(skips)), comma.filter(|_| self.leads_in(first)).map(|c| c + 1)]
    }

    /// Whether a sentence that begins with this token begins with what only leads to its clause: "After the
    /// vote, ...", "Speaking on Monday, ...".
    fn leads_in(&self, first: usize) -> bool {
        let word = self.word(first);
        matches!(self.pos(first), Some(Pos::Adp | Pos::Sconj | Pos::Adv))
            || self.pos(first) == Some(Pos::Verb) && (word.ends_with("ing") || word.ends_with("ed"))
    }

    /// The phrase of a common noun that is the sentence's subject.
    pub fn opening(&self, sentence: &Sentence) -> Option<Opening> {
        self.beginnings(sentence).into_iter().flatten().find_map(|first| {
            let limit = sentence.tokens.end.min(first + LONGEST);
            let determined = matches!(self.pos(first)?, Pos::Det | Pos::Pron | Pos::Num);
            let mut head = None;
            let mut at = first + 1;
            while determined && at < limit {
                match self.pos(at)? {
                    Pos::Noun => head = Some(at),
                    Pos::Propn => head = None,
                    Pos::Adj | Pos::Num => {}
                    Pos::Part if matches!(self.word(at), "'s" | "’s") => head = None,
                    Pos::Punct if self.word(at) == "-" => {}
                    _ => break,
                }
                at += 1;
            }
            let head = head.filter(|&h| h + 1 == at && self.goes_on(at))?;
            Some(Opening { span: Span::new(self.annotation.tokens[first].span.start, self.end(head)), head })
        })
    }

    fn end(&self, token: usize) -> usize {
        self.annotation.tokens[token].span.end
    }

    /// Whether a clause goes on at this token behind a subject whom no name follows.
    fn goes_on(&self, at: usize) -> bool {
        match self.pos(at) {
            Some(Pos::Verb | Pos::Aux | Pos::Adv | Pos::Adp) => true,
            Some(Pos::Punct) => self.word(at) == "," && self.pos(at + 1) != Some(Pos::Propn),
            Some(Pos::Pron | Pos::Sconj) => matches!(self.word(at), "who" | "that" | "which"),
            _ => false,
        }
    }

    /// Whether a name is the subject of its sentence's main clause: "On Monday, the |Harbour Trust| said".
    pub fn is_subject(&self, sentence: &Sentence, name: Span) -> bool {
        let range = self.annotation.tokens_in(name);
        let before = |t: usize| {
            let joins =
                matches!(self.pos(t), Some(Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::X));
            joins && self.word(t) != "that"
        };
        let mut start = range.start;
        while start > sentence.tokens.start && range.start - start < LONGEST && before(start - 1) {
            start -= 1;
        }
        let first = sentence.tokens.start;
        let begins = self.beginnings(sentence).contains(&Some(start))
            || start == first
            || start > first && self.is_dateline(first, start - 1);
        begins && self.has_verb(sentence, range.end)
    }

    /// Whether the sentence begins with a dateline that ends with this token: "NORHAVEN (Reuters) -".
    fn is_dateline(&self, first: usize, dash: usize) -> bool {
        let word = self.word(first);
        matches!(self.word(dash), "-" | "--" | "–" | "—")
            && word.chars().nth(1).is_some()
            && !word.contains(char::is_lowercase)
            && dash - first < LED_IN
    }

    /// Whether a form of "be" follows the words, as in "it is hard to say": that "it" is nobody.
    pub fn is_before_be(&self, span: Span) -> bool {
        let next = self.annotation.tokens.partition_point(|t| t.span.start < span.end);
        matches!(self.word(next), "is" | "was" | "'s" | "’s")
    }

    /// Whether a phrase begins with an article, a possessive or a number.
    pub fn is_determined(&self, phrase: Span) -> bool {
        let first = self.annotation.token_at(phrase.start);
        let own = self.annotation.tokens_in(phrase).any(|t| matches!(self.word(t), "'s" | "’s"));
        own || matches!(self.pos(first), Some(Pos::Det | Pos::Pron | Pos::Num))
    }

    /// Whether a verb follows a name, past brackets, what stands between commas, and adverbs.
    fn has_verb(&self, sentence: &Sentence, mut at: usize) -> bool {
        for (open, close) in [("(", ")"), (",", ",")] {
            if self.word(at) == open {
                let limit = sentence.tokens.end.min(at + ASIDE);
                let Some(end) = (at + 1..limit).find(|&t| self.word(t) == close) else { return false };
                at = end + 1;
            }
        }
        while self.pos(at) == Some(Pos::Adv) && at < sentence.tokens.end {
            at += 1;
        }
        at < sentence.tokens.end && matches!(self.pos(at), Some(Pos::Verb | Pos::Aux))
    }

    /// The noun of a document that the sentence names without being about it: "wrote a |letter| to them".
    pub fn names(&self, sentence: &Sentence, noun: impl Fn(&str) -> bool) -> bool {
        sentence.tokens.clone().skip(1).any(|t| {
            self.pos(t) == Some(Pos::Noun)
                && noun(self.word(t))
                && (t.saturating_sub(4)..t).any(|d| self.pos(d) == Some(Pos::Det))
        })
    }
}
