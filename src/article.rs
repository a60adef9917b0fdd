//! An article: the journalist's text in a document, and what cleaning learnt about it.
//!
//! [`Article::text`] is what every span of every finding counts in. It is the kept blocks of the
//! document, verbatim, joined by blank lines; title and dateline stay in it, furniture does not.

use crate::span::Span;

/// What a block of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The headline; kept in the text.
    Title,
    /// Running text; kept.
    Body,
    /// A heading inside the text; kept.
    Heading,
    /// The writer's line; set aside, its content is [`Article::byline`].
    Byline,
    /// What the page adds around the article; set aside with its reason.
    Furniture,
}

impl Role {
    /// The name stored in `blocks.role`.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Body => "body",
            Role::Heading => "heading",
            Role::Byline => "byline",
            Role::Furniture => "furniture",
        }
    }
}

/// A stretch of the document, in document order: kept in the article's text or set aside.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Why: the name of the rule that decided (for kept blocks too).
    pub reason: &'static str,
    /// Where it stands in the decoded document.
    pub source: Span,
    /// Where it stands in the article's text; `None` when it was set aside.
    pub span: Option<Span>,
    /// Its text.
    pub text: String,
}

/// A value read from the document, with the words it was read from and the rule that did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidenced {
    /// The value: an outlet's name, a date in ISO 8601, a byline without "By".
    pub value: String,
    /// The words of the document that say so.
    pub evidence: String,
    /// The rule that read it, by name.
    pub rule: &'static str,
    /// Where the evidence stands in the article's text, if it is there.
    pub span: Option<Span>,
}

/// An article.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// The headline, where the document has one.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<Evidenced>,
    /// Where it was filed from (and by whom): "Hangzhou, China (CNN)".
    pub dateline: Option<Evidenced>,
    /// Who published it.
    pub outlet: Option<Evidenced>,
    /// When it was published, ISO 8601; never guessed.
    pub published: Option<Evidenced>,
    /// ISO 639-1 code of the text's language, where it can be told.
    pub language: Option<&'static str>,
    /// The text that all spans count in.
    pub text: String,
    /// Every block of the document, kept or set aside.
    pub blocks: Vec<Block>,
}

impl Article {
    /// What was read from the document's words, each with its field's name.
    pub fn evidenced(&self) -> impl Iterator<Item = (&'static str, &Evidenced)> {
        let fields = [
            ("byline", &self.byline),
            ("dateline", &self.dateline),
            ("outlet", &self.outlet),
            ("published", &self.published),
        ];
        fields.into_iter().filter_map(|(field, said)| Some((field, said.as_ref()?)))
    }
}
