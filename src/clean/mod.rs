//! Cleaning: a document's journalist's text, apart from the page's furniture.
//!
//! A document is taken apart into paragraphs. Each is kept or set aside with the name of the rule that
//! decided; the kept ones, verbatim and joined by blank lines, are the article's text. (Line ends inside
//! a paragraph become LF; nothing else changes.) What is known of the article (title, byline, dateline,
//! outlet, date) is read from its lines and never guessed.
//!
//! Of a record, what its fields say goes before what lines of its text do. It reads text, not markup, and knows
//! no site in particular.

mod blocks;
mod byline;
mod captions;
mod dateline;
mod dates;
mod furniture;
#[cfg(test)]
mod golden;
mod language;
mod outlet;
#[cfg(test)]
mod properties;
mod published;
mod record;
mod title;

use blocks::Piece;
use dateline::Dateline;

use crate::article::{Article, Block, Evidenced, Role};
use crate::document::{Document, Media};
use crate::span::Span;

/// Cleans a document; one marked [`Media::Plain`] is taken as it stands.
pub fn clean(document: &Document) -> Article {
    let text = document.decoded();
    match document.media {
        Media::Plain => plain(text.into_owned()),
        Media::Text => web_text(&text, None),
        Media::Record(_) => record::clean(document, &text),
    }
}

/// A text that is all article.
fn plain(text: String) -> Article {
    let span = Span::new(0, text.len());
    let block =
        Block { role: Role::Body, reason: "plain", source: span, span: Some(span), text: text.clone() };
    Article { language: language::detect(&text), text, blocks: vec![block], ..Article::default() }
}

/// A text with the noise of the page it was on; `headline` is its first line, where that is known to be one.
fn web_text(document: &str, headline: Option<&str>) -> Article {
    let mut pieces = blocks::pieces(document);
    if let (Some(headline), Some(first)) = (headline, pieces.first_mut())
        && first.text.split_whitespace().eq(headline.split_whitespace())
    {
        first.verdict = Some((Role::Title, "record"));
    }
    furniture::by_words(&mut pieces);
    furniture::related_links(&mut pieces);
    let is_marked = pieces.iter().any(|piece| piece.verdict == Some((Role::Title, "record")));
    let found = if is_marked { None } else { mark_title(document, &mut pieces) };
    let title = headline.map(str::to_owned).or(found);
    let (byline, published) = mark_credits(&mut pieces);
    furniture::by_place(&mut pieces);
    furniture::repeated(&mut pieces);
    let (byline, published) = mark_before_text(&mut pieces, byline, published);
    furniture::trailing(&mut pieces);
    mark_kept(&mut pieces);

    let (text, blocks) = blocks::assemble(&pieces);
    let dateline = find_dateline(&blocks, &text);
    let clues = outlet::Clues { pieces: &pieces, dateline: dateline.as_ref(), byline: byline.as_ref() };
    let outlet = outlet::find(&clues);
    let published = published::strongest(published.into_iter().chain(dated(dateline.as_ref())).collect());
    let language = language::detect(&text);
    Article { title, byline, dateline: dateline.map(|(_, e)| e), outlet, published, language, text, blocks }
}

/// What the headline's block says: on one line, without the site's name at its end.
pub fn headline(block: &str) -> String {
    title::value(block)
}

/// Marks the headline; a label before it ("BREAKING:") becomes a piece of its own.
fn mark_title<'t>(document: &'t str, pieces: &mut Vec<Piece<'t>>) -> Option<String> {
    let at = title::mark(pieces)?;
    let source = pieces[at].source;
    if let Some(label) = title::label(pieces[at].text) {
        let mut shout =
            Piece::new(document, Span::new(source.start, source.start + label.end).trim(document));
        shout.set_aside("headline label");
        pieces[at] = Piece {
            verdict: pieces[at].verdict,
            ..Piece::new(document, Span::new(source.start + label.end, source.end))
        };
        pieces.insert(at, shout);
        return Some(title::value(pieces[at + 1].text));
    }
    Some(title::value(pieces[at].text))
}

/// Marks lines that tell who wrote the article and when it was published; gives what they say.
fn mark_credits(pieces: &mut [Piece]) -> (Option<Evidenced>, Vec<Evidenced>) {
    let (mut byline, mut published) = (None, Vec::new());
    // "Source: Anvil Wire | 2016-09-05 10:15"
    let sources = pieces.iter().filter(|p| p.verdict == Some((Role::Furniture, "source line")));
    published.extend(sources.filter_map(|p| published::beside(p, "source line date")));
    for piece in pieces.iter_mut().filter(|p| p.is_open()) {
        if let Some(found) = byline::read(piece) {
            published.extend(published::beside(piece, "byline date"));
            piece.verdict = Some((Role::Byline, found.rule));
            byline.get_or_insert(found);
        } else if let Some(found) = published::read(piece) {
            piece.set_aside("date line");
            published.extend(found);
        }
    }
    (byline, published)
}

/// Between headline and text: a name is a byline, a very short line the page's label, a longer one a deck.
fn mark_before_text(
    pieces: &mut [Piece],
    mut byline: Option<Evidenced>,
    mut published: Vec<Evidenced>,
) -> (Option<Evidenced>, Vec<Evidenced>) {
    let title = pieces.iter().position(|p| matches!(p.verdict, Some((Role::Title, _))));
    let (Some(title), Some((first, _))) = (title, furniture::running_text(pieces)) else {
        return (byline, published);
    };
    let mut by = false;
    for piece in pieces.iter_mut().take(first).skip(title + 1).filter(|p| p.is_open() && !p.ends_sentence) {
        if let Some(found) = byline::read_in_head(piece) {
            published.extend(published::beside(piece, "byline date"));
            piece.verdict = Some((Role::Byline, if by { "name after by" } else { found.rule }));
            byline.get_or_insert(found);
        } else if piece.words <= 2 && !piece.text.ends_with(['-', '–', '—']) {
            piece.set_aside("page label");
        } else {
            piece.verdict = Some((Role::Heading, "deck"));
        }
        by = piece.folded == ["by"];
    }
    (byline, published)
}

/// What is left is kept: short lines that are no sentences as headings, the rest as body.
fn mark_kept(pieces: &mut [Piece]) {
    const LONGEST_HEADING: usize = 12;
    for piece in pieces.iter_mut().filter(|p| p.is_open()) {
        let heading =
            !piece.ends_sentence && piece.words <= LONGEST_HEADING && !piece.text.ends_with([':', ',', ';']);
        piece.verdict = Some(if heading { (Role::Heading, "heading") } else { (Role::Body, "running text") });
    }
}

/// The dateline is at the beginning of one of the first paragraphs.
fn find_dateline(blocks: &[Block], text: &str) -> Option<(Dateline, Evidenced)> {
    const FIRST: usize = 3;
    blocks.iter().filter(|b| b.role == Role::Body).take(FIRST).find_map(|block| {
        let found = dateline::read(&block.text)?;
        let start = block.span?.start;
        let span = Span::new(start + found.span.start, start + found.span.end);
        let words = span.of(text).to_owned();
        Some((found, Evidenced { value: words.clone(), evidence: words, rule: "dateline", span: Some(span) }))
    })
}

fn dated(dateline: Option<&(Dateline, Evidenced)>) -> Option<Evidenced> {
    let (found, place) = dateline?;
    Some(Evidenced { value: found.date.clone()?, rule: "dateline", ..place.clone() })
}
