//! Pieces: a sentence cut for reading numbers.
//!
//! Finer than tokens: digits part from what is attached to them ("256GB" is a number and a word, "$4.5m"
//! three pieces), and a number with all its groups of thousands is one piece. Every piece is looked up
//! in the tables once; the rules ask what was found.

use super::digits::{self, Digits};
use crate::annotate::{Annotation, Pos, Sentence};
use crate::finding::{EntityKind, Mention};
use crate::lexicon::numbers::{NumberWord, number_word};
use crate::lexicon::units;
use crate::span::Span;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Digits.
    Number(Digits),
    /// Letters, perhaps with digits behind ("G20").
    Word,
    /// One mark.
    Mark(char),
}

/// A stretch of a sentence that the rules read as one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub span: Span,
    pub kind: Kind,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Part of speech of the token it lies in.
    pub pos: Pos,
    /// What it is worth as a number word.
    pub number: Option<NumberWord>,
}

/// A sentence in pieces.
pub(super) struct Pieces<'t> {
    pub text: &'t str,
    pub list: Vec<Piece>,
    /// The names in it.
    pub names: &'t [Mention],
}

impl<'t> Pieces<'t> {
    /// Cuts a sentence.
    pub fn cut(text: &'t str, sentence: &Sentence, annotation: &Annotation, mentions: &'t [Mention]) -> Self {
        let from = mentions.partition_point(|m| m.span.end <= sentence.span.start);
        let to = mentions.partition_point(|m| m.span.start < sentence.span.end).max(from);
        let names = &mentions[from..to];
        let mut pieces = Pieces { text, list: Vec::with_capacity(sentence.tokens.len() + 8), names };
        let mut at = sentence.span.start;
        let mut token = sentence.tokens.start;
        let mut spaced = true;
        while let Some(c) = text[at..sentence.span.end].chars().next() {
            if c.is_whitespace() {
                at += c.len_utf8();
                spaced = true;
                continue;
            }
            let paid = text[..at].ends_with(['€', '£', '$']);
            let (kind, len) = piece(&text[at..sentence.span.end], c, spaced, paid);
            let span = Span::new(at, at + len);
            while token + 1 < sentence.tokens.end && annotation.tokens[token].span.end <= at {
                token += 1;
            }
            let pos = annotation.tokens.get(token).map_or(Pos::X, |t| t.pos);
            let number = if kind == Kind::Word { lowered(span.of(text), number_word) } else { None };
            pieces.list.push(Piece { span, kind, spaced, pos, number });
            at += len;
            spaced = false;
        }
        pieces
    }

    /// The name of this kind that begins at piece `i`.
    pub fn named(&self, i: usize, kind: EntityKind) -> Option<Span> {
        let start = self.list.get(i)?.span.start;
        let at = self.names.partition_point(|m| m.span.start < start);
        self.names.get(at).filter(|m| m.span.start == start && m.kind == kind).map(|m| m.span)
    }

    /// Whether the pieces `first..end` are part of a longer name: the number of "5 Star Movement".
    pub fn within_a_name(&self, first: usize, end: usize) -> bool {
        let span = self.span(first, end);
        let after = self.names.partition_point(|m| m.span.start <= span.start);
        let named = after.checked_sub(1).map(|at| &self.names[at]);
        let named = named.filter(|m| m.span.contains(span) && m.span != span);
        named.is_some_and(|m| {
            let island = m.kind == EntityKind::Place && !matches!(self.list[first].kind, Kind::Number(_));
            matches!(m.kind, EntityKind::Organization | EntityKind::Event) || island
        })
    }

    /// Whether the piece at `i` is part of a person's name, which has no plural.
    pub fn names_a_person(&self, i: usize) -> bool {
        let Some(piece) = self.list.get(i) else { return false };
        let after = self.names.partition_point(|m| m.span.start <= piece.span.start);
        let named = after.checked_sub(1).map(|at| &self.names[at]);
        // "PACs", which a model may take for somebody.
        let spelt = self.word(i).chars().nth(1).is_some_and(char::is_lowercase);
        named.is_some_and(|m| m.kind == EntityKind::Person && m.span.contains(piece.span) && spelt)
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The piece at `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Piece> {
        self.list.get(i)
    }

    /// The text of the piece at `i`; empty past either end.
    pub fn word(&self, i: usize) -> &'t str {
        self.list.get(i).map_or("", |p| p.span.of(self.text))
    }

    /// The text of the piece before `i`.
    pub fn word_before(&self, i: usize) -> &'t str {
        i.checked_sub(1).map_or("", |i| self.word(i))
    }

    /// Whether the piece at `i` is this word, in any case.
    pub fn is(&self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    /// Whether the piece at `i` is one of these words, in any case.
    pub fn is_any(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        !word.is_empty() && words.iter().any(|w| word.eq_ignore_ascii_case(w))
    }

    /// Whether the piece before `i` is one of these words, in any case.
    pub fn is_any_before(&self, i: usize, words: &[&str]) -> bool {
        i.checked_sub(1).is_some_and(|i| self.is_any(i, words))
    }

    /// The word at `i` in lower case, put to a question.
    pub fn lower<T>(&self, i: usize, ask: impl Fn(&str) -> T) -> T {
        lowered(self.word(i), ask)
    }

    /// The number in digits at `i`.
    pub fn digits(&self, i: usize) -> Option<Digits> {
        match self.list.get(i)?.kind {
            Kind::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// Whether the piece at `i` is a word.
    pub fn is_word(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|p| p.kind == Kind::Word)
    }

    /// Whether the piece at `i` is this mark.
    pub fn is_mark(&self, i: usize, mark: char) -> bool {
        self.list.get(i).is_some_and(|p| p.kind == Kind::Mark(mark))
    }

    /// Whether the piece at `i` is a hyphen or a dash.
    pub fn is_dash(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|p| matches!(p.kind, Kind::Mark('-' | '–' | '‑' | '−' | '—')))
    }

    /// Whether the piece at `i` is attached to the one before.
    pub fn glued(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|p| !p.spaced)
    }

    /// Whether the word at `i` begins with a capital.
    pub fn capital(&self, i: usize) -> bool {
        self.is_word(i) && self.word(i).starts_with(char::is_uppercase)
    }

    /// What the pieces `first..end` cover.
    pub fn span(&self, first: usize, end: usize) -> Span {
        let start = self.list.get(first).map_or(0, |p| p.span.start);
        let stop = end.checked_sub(1).and_then(|i| self.list.get(i)).map_or(start, |p| p.span.end);
        Span::new(start, stop.max(start))
    }
}

/// Puts a word in lower case to a question, without a heap string for nearly all words there are.
pub(super) fn lowered<T>(word: &str, ask: impl Fn(&str) -> T) -> T {
    let mut short = [0; 32];
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        ask(word)
    } else if let (true, Some(short)) = (word.is_ascii(), short.get_mut(..word.len())) {
        short.copy_from_slice(word.as_bytes());
        short.make_ascii_lowercase();
        ask(std::str::from_utf8(short).unwrap_or(word))
    } else {
        ask(&word.to_lowercase().replace('’', "'"))
    }
}

/// The piece at the head of `s`, with its length; `paid` says that a sign of money stands right before it.
fn piece(s: &str, c: char, spaced: bool, paid: bool) -> (Kind, usize) {
    if c.is_ascii_digit()
        && let Some((digits, len)) = digits::read(s, paid)
    {
        return (Kind::Number(digits), len);
    }
    if c == '.'
        && spaced
        && let Some((digits, len)) = digits::read_bare_decimal(s)
    {
        return (Kind::Number(digits), len);
    }
    if let Some((value, len)) = digits::vulgar(s).filter(|_| c != ' ') {
        return (Kind::Number(Digits::decimal(value)), len);
    }
    if c.is_alphabetic() { (Kind::Word, word(s)) } else { (Kind::Mark(c), c.len_utf8()) }
}

/// Length of the word at the head of `s`: a currency's letters end where digits begin ("USD34.6").
fn word(s: &str) -> usize {
    let mut end = 0;
    let mut points = false;
    let mut chars = s.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        if c.is_ascii_digit() && end <= 4 && is_currency(&s[..end]) {
            break;
        }
        let apostrophe = matches!(c, '\'' | '’') && next.is_some_and(char::is_alphabetic);
        let point = c == '.' && end > 0 && is_initial(s, i, points);
        points |= point;
        if !(c.is_alphanumeric() || apostrophe || point || ('\u{300}'..='\u{36f}').contains(&c)) {
            break;
        }
        end = i + c.len_utf8();
    }
    end.max(s.chars().next().map_or(1, char::len_utf8))
}

/// Whether letters before digits are a currency: "RM79", the "US" of "$US5".
fn is_currency(letters: &str) -> bool {
    units::currency_prefix(letters).is_some()
        || matches!(letters.len(), 1 | 2) && units::currency_prefix(&format!("${letters}")).is_some()
}

/// Whether the point at `i` belongs to an abbreviation like "U.S." or "a.m.".
fn is_initial(s: &str, i: usize, points: bool) -> bool {
    let single = s[..i].chars().rev().take_while(|c| c.is_alphabetic()).count() == 1;
    let letter_after = s[i + 1..].chars().next().is_some_and(char::is_alphabetic);
    single && (letter_after || points)
}
