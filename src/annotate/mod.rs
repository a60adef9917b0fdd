//! Annotation: paragraphs, sentences and tokens with their parts of speech.
//!
//! Works on the article's text as it stands and never changes it: everything here is spans.

pub mod clusters;
pub mod hashing;
pub mod linear;
pub mod near;
pub mod pos;
mod sentences;
pub mod table;
mod tokens;
pub mod words;

use crate::lines;
use crate::span::Span;

/// A token's part of speech, after Universal Dependencies (universaldependencies.org/u/pos).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Pos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Pos {
    /// Every part of speech with its name in Universal Dependencies; a tagger's labels are numbers in it.
    pub const NAMES: [(Pos, &'static str); 17] = [
        (Pos::Adj, "ADJ"),
        (Pos::Adp, "ADP"),
        (Pos::Adv, "ADV"),
        (Pos::Aux, "AUX"),
        (Pos::Cconj, "CCONJ"),
        (Pos::Det, "DET"),
        (Pos::Intj, "INTJ"),
        (Pos::Noun, "NOUN"),
        (Pos::Num, "NUM"),
        (Pos::Part, "PART"),
        (Pos::Pron, "PRON"),
        (Pos::Propn, "PROPN"),
        (Pos::Punct, "PUNCT"),
        (Pos::Sconj, "SCONJ"),
        (Pos::Sym, "SYM"),
        (Pos::Verb, "VERB"),
        (Pos::X, "X"),
    ];
}

/// A word, number, or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its part of speech.
    pub pos: Pos,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space around.
    pub span: Span,
    /// Its tokens, as a range of [`Annotation::tokens`].
    pub tokens: std::ops::Range<usize>,
    /// Its paragraph, an index into [`Annotation::paragraphs`].
    pub paragraph: usize,
}

/// What is known of a text's structure.
#[derive(Debug, Clone, Default)]
pub struct Annotation {
    /// Paragraphs in order.
    pub paragraphs: Vec<Span>,
    /// Sentences in order; none runs over a paragraph's end.
    pub sentences: Vec<Sentence>,
    /// Tokens in order; every sentence is a range of them.
    pub tokens: Vec<Token>,
    /// What the tokens' words tell by themselves.
    pub words: words::Words,
}

impl Annotation {
    /// The sentence that byte `offset` stands in, or the last one before it.
    pub fn sentence_at(&self, offset: usize) -> Option<&Sentence> {
        let after = self.sentences.partition_point(|s| s.span.start <= offset);
        self.sentences.get(after.checked_sub(1)?)
    }

    /// The first token that ends after byte `offset`, as an index.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.span.end <= offset)
    }

    /// The tokens that lie inside `span`, as a range of indices.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.end <= span.end);
        start..end.max(start)
    }
}

/// Annotates a text.
pub fn annotate(text: &str) -> Annotation {
    let mut annotation = split(text);
    let words = words::Words::new(text, &annotation.tokens);
    pos::tag(&mut annotation, &words);
    annotation.words = words;
    annotation
}

/// Splits a text; its tokens are not tagged yet, all are [`Pos::X`], and its words not looked at.
pub fn split(text: &str) -> Annotation {
    let mut annotation = Annotation { paragraphs: lines::paragraphs(text), ..Annotation::default() };
    for (paragraph, &span) in annotation.paragraphs.iter().enumerate() {
        for sentence in sentences::split(text, span) {
            let first = annotation.tokens.len();
            tokens::split(text, sentence, &mut annotation.tokens);
            let tokens = first..annotation.tokens.len();
            annotation.sentences.push(Sentence { span: sentence, tokens, paragraph });
        }
    }
    annotation
}
