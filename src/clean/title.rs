//! The headline: the line that stands before the text and is no sentence of it.

use super::blocks::Piece;
use super::{byline, dateline, outlet, published};
use crate::article::Role;
use crate::lexicon::{outlets, page_words};
use crate::span::Span;

/// Longest headline, in words.
const LONGEST: usize = 30;

/// Finds the headline among the pieces before the running text, and marks it. Gives its index.
///
/// A document that begins with the lead sentence has none. A line of one or two words before another
/// headline is the section's name; a line that is the headline with the site's name is the page's title.
pub(super) fn mark(pieces: &mut [Piece]) -> Option<usize> {
    let mut found = next_candidate(pieces, 0)?;
    while let Some(next) = next_candidate(pieces, found + 1) {
        if is_site_name(pieces, found) {
            pieces[found].set_aside("site name");
        } else if is_label(pieces, found) {
            pieces[found].set_aside("section name");
        } else {
            break;
        }
        found = next;
    }
    if let Some(next) =
        next_candidate(pieces, found + 1).filter(|&n| is_page_title(pieces[found].text, pieces[n].text))
    {
        pieces[found].set_aside("page title");
        found = next;
    }
    pieces[found].verdict = Some((Role::Title, "headline"));
    Some(found)
}

/// The first open piece from `from` on, if it can be a headline.
fn next_candidate(pieces: &[Piece], from: usize) -> Option<usize> {
    let rest = || pieces.iter().enumerate().skip(from);
    let (at, piece) = rest().find(|(_, p)| p.is_open() && !is_about_the_text(p))?;
    let follows_text = rest().skip(at + 1 - from).any(|(_, p)| p.is_open() && !p.folded.is_empty());
    (can_be_headline(piece) && (follows_text || from == 0)).then_some(at)
}

/// Whether a line tells who wrote the text or when, rather than what it says.
fn is_about_the_text(piece: &Piece) -> bool {
    byline::read(piece).is_some() || published::read(piece).is_some()
}

fn can_be_headline(piece: &Piece) -> bool {
    let text = piece.text;
    let lines = text.lines().count();
    piece.words <= LONGEST
        && lines <= 3
        && !text.trim_end_matches(['"', '”', '’', '\'', ' ']).ends_with(['.', ';', ','])
        && dateline::read(text).is_none()
}

/// Whether the piece is too short for a headline while the next line can be one.
fn is_label(pieces: &[Piece], at: usize) -> bool {
    pieces[at].words <= 2
        && pieces[at + 1..]
            .iter()
            .find(|p| p.is_open())
            .is_some_and(|next| next.words >= 4 && !next.text.ends_with('.'))
}

/// Whether the piece is the site's name: known, made of such words, or named again in the page's notices.
fn is_site_name(pieces: &[Piece], at: usize) -> bool {
    const LONGEST_NAME: usize = 4;
    let text = pieces[at].text;
    let mut words = text.split_whitespace();
    if pieces[at].words > LONGEST_NAME || !words.all(|w| w.starts_with(|c: char| !c.is_lowercase())) {
        return false;
    }
    let notice = |p: &Piece| {
        let set_aside =
            matches!(p.verdict, Some((Role::Furniture, "copyright" | "site notice" | "follow prompt")));
        (set_aside || p.folded.first().is_some_and(|w| w == "about")) && p.text.contains(text)
    };
    let word = |w: &str| page_words::is_outlet_word(&w.to_lowercase());
    outlets::known(text).is_some()
        || text.split_whitespace().next_back().is_some_and(word)
        || pieces.iter().any(notice)
}

/// Whether `line` is `headline` with a site's name after it.
fn is_page_title(line: &str, headline: &str) -> bool {
    line.strip_prefix(headline)
        .is_some_and(|rest| rest.trim_start().starts_with(['|', '-', '–', '—', ':', '·', '»']))
}

/// A label such as "BREAKING:" before a headline, with the white space after it.
pub(super) fn label(text: &str) -> Option<Span> {
    let colon = text.find(':').filter(|&at| at <= 24)?;
    let words = text[..colon].split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = text[colon + 1..].trim_start();
    // Only labels that shout are no part of the sentence: "Analysis: ..." stays.
    let shouts = words.chars().all(|c| !c.is_lowercase()) && rest.split_whitespace().nth(1).is_some();
    (shouts && page_words::is_label(&words.to_lowercase())).then(|| Span::new(0, text.len() - rest.len()))
}

/// The headline as a value: on one line, without the site's name at its end.
pub(super) fn value(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match outlet::site_suffix(&line) {
        Some((headline, _)) => headline.to_owned(),
        None => line,
    }
}
