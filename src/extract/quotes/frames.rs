//! Frames: the text around the marks, sentence by sentence.
//!
//! In a frame a stretch in marks is one item among words, however many sentences it holds, so that
//! who-said-what can be read off the words between: `[quote] , she said , [quote] .` A frame ends
//! where the running text's sentence ends; a full stop inside the marks ends it too, unless the
//! words that follow credit the quote.

use std::borrow::Cow;

use super::marks::Stretch;
use crate::annotate::{Annotation, Pos};
use crate::finding::SpeakerForm;
use crate::lexicon::reporting::{self, Classes, CueVerb};
use crate::span::Span;

/// A word or mark of the running text, or a whole stretch.
#[derive(Debug, Clone)]
pub struct Item<'t> {
    /// Where it stands; a stretch with its marks.
    pub span: Span,
    /// As it stands.
    pub text: &'t str,
    /// In lower case; empty for a stretch.
    pub lower: Cow<'t, str>,
    /// Its part of speech.
    pub pos: Pos,
    /// The closed classes it belongs to.
    pub classes: Classes,
    /// The cue verb it could be a form of.
    pub verb: Option<&'static CueVerb>,
    /// What it is, when it is a noun that can speak.
    pub noun: Option<SpeakerForm>,
    /// The stretch it stands for.
    pub quote: Option<usize>,
}

impl Item<'_> {
    /// Whether it is this word or mark.
    pub fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    /// Whether it begins with a capital.
    pub fn capital(&self) -> bool {
        self.quote.is_none() && self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is a mark rather than a word.
    pub fn mark(&self) -> bool {
        self.quote.is_none() && !self.text.starts_with(char::is_alphanumeric) && !self.clitic()
    }

    /// "'s" and its like.
    pub fn clitic(&self) -> bool {
        let mut chars = self.text.chars();
        matches!(chars.next(), Some('\'' | '’')) && chars.next().is_some_and(char::is_alphabetic)
    }

    /// "'s", or the bare apostrophe after a plural's s, is told by the caller.
    pub fn possessive_s(&self) -> bool {
        self.clitic() && self.lower.ends_with('s') && self.lower.chars().count() == 2
    }

    /// "would": what shares its subject with it has none of its own tense.
    pub fn modal(&self) -> bool {
        const MODALS: &[&str] = &["would", "will", "could", "can", "might", "may", "must", "should"];
        MODALS.iter().any(|word| self.is(word))
    }

    /// "saying".
    pub fn gerund(&self) -> bool {
        self.lower.len() > 4 && self.lower.ends_with("ing")
    }

    /// "walked": looks like a past tense or participle.
    pub fn past(&self) -> bool {
        self.verb.is_some_and(|v| v.lemma != self.lower)
            && !self.gerund()
            && (!self.lower.ends_with('s') || self.lower.ends_with("ss"))
            || self.lower.ends_with("ed")
    }
}

/// A frame's items, and where they belong.
#[derive(Debug, Clone)]
pub struct Frame<'t> {
    /// Its paragraph.
    pub paragraph: usize,
    /// The stretch it stands inside; `None` in the running text.
    pub parent: Option<usize>,
    /// Its items, in order; never empty.
    pub items: Vec<Item<'t>>,
}

impl Frame<'_> {
    /// The span that items `from..to` cover.
    pub fn cover(&self, from: usize, to: usize) -> Span {
        let end = self.items[to - 1].span.end;
        Span::new(self.items[from].span.start.min(end), end)
    }

    /// The item at `i`, if there is one; `usize::MAX` is before the first.
    pub fn get(&self, i: usize) -> Option<&Item<'_>> {
        self.items.get(i)
    }
}

/// All frames of a text: those of the running text first, then those inside stretches that hold others.
pub fn frames<'t>(text: &'t str, annotation: &Annotation, stretches: &[Stretch]) -> Vec<Frame<'t>> {
    let mut out = Vec::new();
    let mut next = 0;
    let top: Vec<usize> = (0..stretches.len()).filter(|&i| stretches[i].parent.is_none()).collect();
    for (paragraph, &span) in annotation.paragraphs.iter().enumerate() {
        let first = next;
        while next < top.len() && stretches[top[next]].paragraph == paragraph {
            next += 1;
        }
        let region = Region { paragraph, parent: None, span };
        region.split(text, annotation, stretches, &top[first..next], &mut out);
    }
    let mut inside: Vec<(usize, usize)> =
        (0..stretches.len()).filter_map(|i| stretches[i].parent.map(|p| (p, i))).collect();
    inside.sort_unstable();
    for group in inside.chunk_by(|a, b| a.0 == b.0) {
        let parent = group[0].0;
        let children: Vec<usize> = group.iter().map(|&(_, i)| i).collect();
        let Stretch { paragraph, inner, .. } = stretches[parent];
        let region = Region { paragraph, parent: Some(parent), span: inner };
        region.split(text, annotation, stretches, &children, &mut out);
    }
    out
}

/// A stretch of text that frames are cut from.
struct Region {
    paragraph: usize,
    parent: Option<usize>,
    span: Span,
}

impl Region {
    fn split<'t>(
        &self,
        text: &'t str,
        annotation: &Annotation,
        stretches: &[Stretch],
        inside: &[usize],
        out: &mut Vec<Frame<'t>>,
    ) {
        let (items, ends) = self.items(text, annotation, stretches, inside);
        let mut frame: Vec<Item<'t>> = Vec::new();
        for i in 0..items.len() {
            frame.push(items[i].clone());
            let ended = match items[i].quote {
                Some(q) => quote_ends_frame(text, &stretches[q], &items[i + 1..]),
                None => ends[i],
            };
            if ended || i + 1 == items.len() {
                let items = std::mem::take(&mut frame);
                out.push(Frame { paragraph: self.paragraph, parent: self.parent, items });
            }
        }
    }

    /// The items, and for each whether a sentence of the running text ends with it.
    fn items<'t>(
        &self,
        text: &'t str,
        annotation: &Annotation,
        stretches: &[Stretch],
        inside: &[usize],
    ) -> (Vec<Item<'t>>, Vec<bool>) {
        let tokens = annotation.tokens_in(self.span);
        let mut items = Vec::with_capacity(tokens.len());
        let mut ends = Vec::with_capacity(tokens.len());
        let mut waiting = inside.iter().copied().peekable();
        let mut covered = self.span.start;
        let mut sentence = annotation.sentences.partition_point(|s| s.tokens.end <= tokens.start);
        for t in tokens {
            while annotation.sentences.get(sentence).is_some_and(|s| s.tokens.end <= t) {
                sentence += 1;
            }
            let token = annotation.tokens[t];
            while let Some(&q) = waiting.peek() {
                if stretches[q].outer.start > token.span.start {
                    break;
                }
                waiting.next();
                covered = covered.max(stretches[q].outer.end);
                items.push(quote_item(text, q, &stretches[q]));
                ends.push(false);
            }
            if token.span.start < covered {
                continue;
            }
            items.push(word_item(text, token.span, token.pos));
            let last = annotation.sentences.get(sentence).is_some_and(|s| s.tokens.end == t + 1);
            ends.push(last && !token.span.of(text).starts_with([',', ':', ';']));
        }
        for q in waiting {
            items.push(quote_item(text, q, &stretches[q]));
            ends.push(false);
        }
        (items, ends)
    }
}

fn quote_item<'t>(text: &'t str, quote: usize, stretch: &Stretch) -> Item<'t> {
    let marked = stretch.outer.of(text);
    Item {
        span: stretch.outer,
        // Marks that a page left as entities are longer than the rules take them for.
        text: if marked.starts_with('&') { stretch.inner.of(text) } else { marked },
        lower: Cow::Borrowed(""),
        pos: Pos::X,
        classes: Classes::default(),
        verb: None,
        noun: None,
        quote: Some(quote),
    }
}

fn word_item(text: &str, span: Span, pos: Pos) -> Item<'_> {
    let word = span.of(text);
    let lower: Cow<'_, str> =
        if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { word.into() };
    let letters = word.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’');
    let classes = if letters { reporting::classes(&lower) } else { Classes::default() };
    let verb = if letters { reporting::cue_verb(&lower) } else { None };
    let noun = if letters { reporting::speaker_noun(&lower) } else { None };
    Item { span, text: word, lower, pos, classes, verb, noun, quote: None }
}

/// Whether the sentence ends with a stretch, seen what follows it.
fn quote_ends_frame(text: &str, stretch: &Stretch, rest: &[Item<'_>]) -> bool {
    if !stretch.closed {
        return true;
    }
    let inner = stretch.inner.of(text).trim_end_matches(['\'', '’', '”', '"', ')', ']']);
    let terminal = inner.ends_with(['.', '!', '?', '…', '—', '–', '-']);
    let Some(next) = rest.first() else { return true };
    if !terminal {
        return false;
    }
    if next.quote.is_some() {
        return true;
    }
    if !next.capital() && !next.text.starts_with(['(', '[']) {
        return false;
    }
    // "Really?" Smith asked. / "We --" Smith began.
    inner.ends_with('.') && !inner.ends_with("...") || !credits(rest)
}

/// Whether the words that follow are somebody and a cue: "Smith asked", "the mayor of Ulm said".
fn credits(rest: &[Item<'_>]) -> bool {
    for item in rest.iter().take(9) {
        if item.quote.is_some() || item.mark() && !item.is("-") && !item.is(".") {
            return false;
        }
        if item.verb.is_some_and(|v| v.quotes) && !item.capital() {
            return true;
        }
    }
    false
}
