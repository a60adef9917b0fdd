//! Boundaries: a mention cut where no name can go on, before anything else is made of it.

use super::forms::surface;
use crate::annotate::Annotation;
use crate::finding::{EntityKind, Mention};
use crate::lexicon::known::known;
use crate::lexicon::{names, roles, words};
use crate::span::Span;

/// Cuts every mention to the name in it. Some give two ("CNN) - US"), some none.
pub fn cut(text: &str, annotation: &Annotation, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len());
    for (i, m) in mentions.iter().enumerate() {
        let before_person = mentions
            .get(i + 1)
            .is_some_and(|next| next.kind == EntityKind::Person && next.span.start <= m.span.end + 2);
        for span in pieces(text, m.span) {
            let span = without_compound(text, without_preposition(text, span));
            let span = if m.kind == EntityKind::Person {
                span
            } else {
                without_event(text, annotation, m.kind, span)
            };
            let span = match m.kind {
                EntityKind::Organization if before_person => without_role(text, annotation, span),
                _ => Some(span),
            };
            let Some(span) = span.filter(|s| s.of(text).contains(char::is_alphanumeric)) else { continue };
            let mut mention = Mention { span, ..m.clone() };
            if span != m.span
                && let Some(known) = known(EntityKind::Organization, surface(span.of(text)))
            {
                mention.kind = known.kind;
            }
            out.push(mention);
        }
    }
    out
}

/// The stretches of a mention between brackets that do not close in it.
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let s = span.of(text);
    let balanced = s.matches('(').count() == s.matches(')').count();
    if balanced {
        return vec![span];
    }
    let mut out = Vec::new();
    let mut start = span.start;
    for (i, c) in s.char_indices().chain([(s.len(), ')')]) {
        if matches!(c, '(' | ')') {
            let piece = Span::new(start, span.start + i);
            let bare = piece.of(text).trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
            if bare.starts_with(char::is_uppercase) {
                let at = piece.start + (bare.as_ptr() as usize - piece.of(text).as_ptr() as usize);
                out.push(Span::new(at, at + bare.len()));
            }
            start = (span.start + i + c.len_utf8()).min(span.end);
        }
    }
    out
}

/// Without a capitalized preposition at its head: "At Harbour Summit" in a headline.
fn without_preposition(text: &str, span: Span) -> Span {
    match span.of(text).split_once(' ') {
        Some((
            first @ ("At" | "In" | "On" | "From" | "With" | "By" | "For" | "As" | "After" | "Of" | "To"),
            _,
        )) => Span::new(span.start + first.len() + 1, span.end),
        _ => span,
    }
}

/// Without the small-lettered rest of a compound: "US-backed".
fn without_compound(text: &str, span: Span) -> Span {
    match span.of(text).rsplit_once('-') {
        Some((name, rest))
            if name.len() > 1
                && !rest.is_empty()
                && rest.chars().all(char::is_lowercase)
                && !names::is_particle(name)
                && (words::is_compound_end(rest) || rest.ends_with("ed")) =>
        {
            Span::new(span.start, span.start + name.len())
        }
        _ => span,
    }
}

/// Without the occasion after a name that reference data knows: "G20 Summit", "US Talks".
fn without_event(text: &str, annotation: &Annotation, kind: EntityKind, span: Span) -> Span {
    let range = annotation.tokens_in(span);
    let [.., before, last] = &annotation.tokens[range.clone()] else { return span };
    let head = Span::new(span.start, before.span.end.max(span.start));
    if words::is_occasion(last.span.of(text)) && known(kind, surface(head.of(text))).is_some() {
        head
    } else {
        span
    }
}

/// Without the office of the person that follows: "US Security Adviser" keeps "US", or nothing.
fn without_role(text: &str, annotation: &Annotation, span: Span) -> Option<Span> {
    let tokens = &annotation.tokens[annotation.tokens_in(span)];
    let last = tokens.last()?;
    if !roles::is_role(last.span.of(text)) || tokens.len() < 2 {
        return Some(span);
    }
    (1..tokens.len()).rev().map(|n| tokens[0].span.cover(tokens[n - 1].span)).find(|head| {
        let name = surface(head.of(text));
        known(EntityKind::Place, name).or(known(EntityKind::Organization, name)).is_some()
    })
}
