//! Blocks in the making: the paragraphs of a document, what is known of each, and what was decided.

use crate::article::{Block, Role};
use crate::lexicon::furniture::{MOST_WORDS, words_of};
use crate::lines;
use crate::span::Span;

/// A paragraph of the document on its way to becoming a [`Block`].
#[derive(Debug)]
pub(super) struct Piece<'t> {
    /// Where it stands in the decoded document.
    pub source: Span,
    /// Its text there.
    pub text: &'t str,
    /// How many words it has.
    pub words: usize,
    /// Its words as patterns see them; none when there are too many for any pattern.
    pub folded: Vec<String>,
    /// Whether it ends as a sentence does.
    pub ends_sentence: bool,
    /// Whether it has double quotation marks.
    pub quoted: bool,
    /// What was decided, and by which rule.
    pub verdict: Option<(Role, &'static str)>,
}

impl<'t> Piece<'t> {
    pub fn new(document: &'t str, source: Span) -> Self {
        let text = source.of(document);
        let words = text.split_whitespace().count();
        Piece {
            source,
            text,
            words,
            folded: if words <= 2 * MOST_WORDS { words_of(text) } else { Vec::new() },
            ends_sentence: ends_sentence(text),
            quoted: text.contains(['"', '“', '”', '„', '«', '»']) || text.contains("``"),
            verdict: None,
        }
    }

    /// Whether it reads as running text: a sentence of some length, or much text.
    pub fn is_running(&self) -> bool {
        (self.ends_sentence && self.words >= 8) || self.words >= 25
    }

    /// Whether nothing was decided yet.
    pub fn is_open(&self) -> bool {
        self.verdict.is_none()
    }

    /// Whether it is running text that nothing spoke against.
    pub fn is_open_text(&self) -> bool {
        self.is_open() && self.is_running()
    }

    /// Sets it aside, unless something was decided before.
    pub fn set_aside(&mut self, reason: &'static str) {
        self.verdict.get_or_insert((Role::Furniture, reason));
    }

    fn is_kept(&self) -> bool {
        matches!(self.verdict, Some((Role::Title | Role::Body | Role::Heading, _)))
    }
}

/// Marks that end sentences.
const ENDS: [char; 10] = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।'];

/// Arrows, symbols and emoji begin here; letters and marks of scripts that follow are told apart.
const FIRST_SYMBOL: char = '\u{2190}';

/// Whether a text ends with a mark that ends sentences, closing marks and emoji aside.
fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '*' | '\u{200d}')
            || (c >= FIRST_SYMBOL && !c.is_alphanumeric() && !ENDS.contains(&c))
    });
    end.ends_with(ENDS)
}

/// The paragraphs of a document.
pub(super) fn pieces(document: &str) -> Vec<Piece<'_>> {
    lines::paragraphs(document).into_iter().map(|span| Piece::new(document, span)).collect()
}

/// Kept pieces as the article's text, and every piece as a block.
pub(super) fn assemble(pieces: &[Piece]) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (role, reason) = piece.verdict.unwrap_or((Role::Body, "running text"));
        let own = with_line_feeds(piece.text);
        let span = piece.is_kept().then(|| {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(&own);
            Span::new(start, text.len())
        });
        blocks.push(Block { role, reason, source: piece.source, span, text: own });
    }
    (text, blocks)
}

/// A text with every line end a line feed.
fn with_line_feeds(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}
