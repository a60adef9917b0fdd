//! Furniture: what a page adds around the article, told by its words, its form and its place.
//!
//! A journalist's sentence must never go: rules of form look at lines that are no sentences, and
//! patterns that could begin one never take a block with somebody's words in marks.

use super::blocks::Piece;
use super::captions;
use crate::article::Role;
use crate::lexicon::furniture::{self, Place};
use crate::lexicon::page_words;

/// Sets aside what words or form tell, wherever it stands.
pub(super) fn by_words(pieces: &mut [Piece]) {
    for (i, piece) in pieces.iter_mut().enumerate() {
        let reason = furniture::reason(&piece.folded, Place::Middle, piece.quoted)
            .or_else(|| captions::reason(piece))
            .or_else(|| form(piece));
        // Nothing to relate to yet: "Watch: ..." on top is the headline.
        let about_an_article =
            |why: &str| matches!(why, "related link" | "source line" | "comment form" | "tags");
        if let Some(reason) = reason.filter(|why| i > 0 || !about_an_article(why)) {
            piece.set_aside(reason);
        }
    }
}

/// Sets aside what is furniture only before or only after the running text.
///
/// Both ways it goes on until a sentence stands that no pattern takes.
pub(super) fn by_place(pieces: &mut [Piece]) {
    edge(pieces.iter_mut(), Place::Head);
    edge(pieces.iter_mut().rev(), Place::Tail);
}

fn edge<'p, 't: 'p>(pieces: impl Iterator<Item = &'p mut Piece<'t>>, place: Place) {
    for piece in pieces.filter(|p| p.is_open()) {
        match furniture::reason(&piece.folded, place, piece.quoted) {
            Some(reason) => piece.set_aside(reason),
            None if piece.is_running() => break,
            None => {}
        }
    }
}

/// First and last piece of running text.
pub(super) fn running_text(pieces: &[Piece]) -> Option<(usize, usize)> {
    let first = pieces.iter().position(Piece::is_open_text)?;
    let last = pieces.iter().rposition(Piece::is_open_text)?;
    Some((first, last))
}

/// What the form of a line alone tells.
fn form(piece: &Piece) -> Option<&'static str> {
    let words = &piece.folded;
    if words.is_empty() {
        // Marks and symbols only, or more words than a line has.
        return (piece.words <= 10).then_some("no words");
    }
    if is_buttons(words) {
        return Some("social buttons");
    }
    let address = |w: &String| matches!(w.as_str(), "@" | "url");
    if words.len() <= 7 && !piece.is_running() && words.iter().any(address) {
        return Some("address");
    }
    if is_navigation(piece.text) {
        return Some("navigation");
    }
    None
}

/// Whether a line is buttons and their counts: every word is one of theirs.
fn is_buttons(words: &[String]) -> bool {
    let buttons = words.iter().filter(|w| page_words::is_button(w)).count();
    let counts = words.iter().any(|w| w == "#");
    let lone = words.len() == 1 && page_words::is_lone_button(&words[0]);
    words.len() <= 30
        && (buttons > 1 || (buttons == 1 && counts) || lone)
        && words.iter().all(|w| page_words::is_button(w) || page_words::is_filler(w) || w == "#" || w == ":")
}

/// Whether a line is a row of links: "Home | World | Politics".
fn is_navigation(text: &str) -> bool {
    if text.len() > 300 || text.contains(". ") || text.ends_with('.') {
        return false;
    }
    ['|', '»', '›', '•', '·', '>', '/'].iter().any(|&mark| {
        let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
        // A slash stands inside words too; a lone pair is more often a headline and its site.
        let enough = if mark == '/' { 5 } else { 3 };
        parts.len() >= enough
            && parts.iter().all(|part| part.split_whitespace().count() <= 3)
            && parts.iter().filter(|part| !part.is_empty()).count() >= 2
    })
}

/// Sets aside the links under a heading such as "Related Stories:".
///
/// They are lines up to the next sentence that ends with a full stop.
pub(super) fn related_links(pieces: &mut [Piece]) {
    let mut listing = false;
    for piece in pieces {
        match piece.verdict {
            Some((Role::Furniture, "related stories")) => listing = true,
            Some((Role::Furniture, _)) => {}
            Some(_) => listing = false,
            None if !listing => {}
            None if piece.words > 25 || (piece.ends_sentence && !ends_like_headline(piece.text)) => {
                listing = false
            }
            None => piece.set_aside("related link"),
        }
    }
}

/// Whether a line that ends as a sentence may yet be a headline.
fn ends_like_headline(text: &str) -> bool {
    text.ends_with(['?', '!', '…', '’', '\'', '”', '"']) || text.ends_with("...")
}

/// Sets aside the headline where it stands a second time. Other lines may be said twice.
pub(super) fn repeated(pieces: &mut [Piece]) {
    let title = pieces.iter().find(|p| matches!(p.verdict, Some((Role::Title, _)))).map(|p| p.folded.clone());
    let Some(title) = title.filter(|words| words.len() >= 3) else { return };
    for piece in pieces.iter_mut().filter(|p| p.is_open() && p.folded == title) {
        piece.set_aside("repeated headline");
    }
}

/// Most words of a line that is left over.
const SHORT_LINE: usize = 14;

/// More lines than this are a list that ends the text.
const MOST_LINES: usize = 6;

/// Sets aside short lines after the running text: a heading that nothing stands under is none.
pub(super) fn trailing(pieces: &mut [Piece]) {
    let Some(last) = pieces.iter().rposition(|p| p.is_open() && (p.is_running() || p.ends_sentence)) else {
        return;
    };
    let leads_on = pieces[last].text.ends_with(':');
    let left_over = |p: &Piece| p.is_open() && p.words <= SHORT_LINE && !is_list_item(p.text);
    let rest = &mut pieces[last + 1..];
    // What stands under furniture is the page's; what follows the text directly may be a list of its own.
    let direct = rest.iter().position(|p| !p.is_open()).unwrap_or(rest.len());
    let count = rest[..direct].iter().filter(|p| left_over(p)).count();
    let from = if count > MOST_LINES || leads_on { direct } else { 0 };
    for piece in rest[from..].iter_mut().filter(|p| left_over(p)) {
        piece.set_aside("trailing line");
    }
}

/// Whether a line is numbered or has a bullet or a dash: the end of a list, or who said the last words.
fn is_list_item(text: &str) -> bool {
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < text.len() && number.starts_with([')', '.']);
    numbered || text.starts_with(['•', '-', '–', '—', '*', '·', '▪', '●'])
}
