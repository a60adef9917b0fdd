//! Descriptions: what the text says somebody is ("Russian foreign minister Sergey Lavrov").
//!
//! Every rule begins at a person's name and looks for a noun phrase beside it whose head is a role's noun
//! (`seeds/reference/roles.csv`). Articles are left out of the span, nationalities and offices stay in.

use crate::annotate::{Annotation, Pos, Token};
use crate::finding::{Description, Entity, EntityKind, Mention};
use crate::lexicon::fold::fold;
use crate::lexicon::{names, roles, words};
use crate::span::Span;

/// Longest description, in tokens.
const LONGEST: usize = 16;

/// Finds the descriptions attached to the entities' mentions, in text order.
pub fn descriptions(
    text: &str,
    annotation: &Annotation,
    mentions: &[Mention],
    entities: &[Entity],
) -> Vec<Description> {
    let mut entity_of = vec![None; mentions.len()];
    for (i, entity) in entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person) {
        for &m in &entity.mentions {
            entity_of[m] = Some(i);
        }
    }
    let mut out = Vec::new();
    for (m, mention) in mentions.iter().enumerate() {
        let Some(entity) = entity_of[m] else { continue };
        let name = Name::new(text, annotation, mentions, m, mention);
        let before = name.title().map(|s| (s, "title before the name"));
        let before = before.or_else(|| name.apposition_before().map(|s| (s, "apposition before the name")));
        let after = name.apposition_after().map(|s| (s, "apposition after the name"));
        let after = after.or_else(|| name.copula().map(|s| (s, "said to be")));
        out.extend(before.into_iter().chain(after).map(|(span, rule)| Description { entity, span, rule }));
    }
    out
}

/// A person's name in its sentence.
struct Name<'a> {
    text: &'a str,
    tokens: &'a [Token],
    mentions: &'a [Mention],
    /// The mention's index.
    index: usize,
    /// The sentence's tokens.
    sentence: std::ops::Range<usize>,
    /// The name's tokens.
    name: std::ops::Range<usize>,
}

impl<'a> Name<'a> {
    fn new(
        text: &'a str,
        annotation: &'a Annotation,
        mentions: &'a [Mention],
        index: usize,
        mention: &Mention,
    ) -> Self {
        let name = annotation.tokens_in(mention.span);
        let sentence = annotation.sentence_at(mention.span.start).map_or(name.clone(), |s| s.tokens.clone());
        let name =
            name.start.max(sentence.start)..name.end.min(sentence.end).max(name.start.max(sentence.start));
        Name { text, tokens: &annotation.tokens, mentions, index, sentence, name }
    }

    fn word(&self, token: usize) -> &'a str {
        self.tokens[token].span.of(self.text)
    }

    /// The token's word, if it stands in the sentence.
    fn at(&self, token: usize) -> Option<&'a str> {
        self.sentence.contains(&token).then(|| self.word(token))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[to - 1].span)
    }

    /// "Russian foreign minister |Lavrov", "Secretary of State |Kerry".
    fn title(&self) -> Option<Span> {
        let end = self.name.start;
        let start = self.phrase_before(end)?;
        let only_address = end - start == 1 && names::is_honorific(&fold(self.word(start)));
        (!only_address).then(|| self.span(start, end))
    }

    /// "The Russian foreign minister, |Sergey Lavrov,".
    fn apposition_before(&self) -> Option<Span> {
        let comma = self.name.start.checked_sub(1)?;
        if self.at(comma) != Some(",") || !self.closes(self.name.end) {
            return None;
        }
        let start = self.phrase_before(comma)?;
        // The phrase must be somebody: "the minister", "his wife", "Hall's lawyer".
        let determined = start > self.sentence.start
            && (self.tokens[start - 1].pos == Pos::Det || self.tokens[start - 1].pos == Pos::Pron);
        let possessive = (start..comma).any(|t| matches!(self.word(t), "'s" | "’s" | "'" | "’"));
        (determined || possessive || start == self.sentence.start).then(|| self.span(start, comma))
    }

    /// Whether the name stands between commas or ends its clause here.
    fn closes(&self, token: usize) -> bool {
        self.at(token).is_none_or(|w| matches!(w, "," | "." | ";" | ":" | ")" | "-" | "--" | "–" | "—"))
    }

    /// Where the noun phrase that ends before token `end` begins, if a role's noun is its head.
    fn phrase_before(&self, end: usize) -> Option<usize> {
        let last = end.checked_sub(1).filter(|t| self.sentence.contains(t))?;
        let limit = self.sentence.start.max(end.saturating_sub(LONGEST));
        let mut head = last;
        if !roles::is_role(self.word(last)) {
            // "Secretary of State": what the office is of stands between.
            let of = (limit..last).rev().take(5).find(|&t| matches!(self.word(t), "of" | "for"))?;
            let complement = (of + 1..end).all(|t| {
                matches!(self.tokens[t].pos, Pos::Propn | Pos::Noun | Pos::Adj | Pos::Det | Pos::Cconj)
                    && !self.is_stop(t)
            });
            head = of.checked_sub(1).filter(|&t| t >= limit && complement && roles::is_role(self.word(t)))?;
        }
        let mut start = head;
        let mut settled = false;
        while start > limit {
            let t = start - 1;
            if self.is_stop(t) || (self.name.start <= t && t < self.name.end) {
                break;
            }
            let word = self.word(t);
            if let Some(mention) = self.mention_at(t) {
                // "former US president": the nationality or body begins the phrase, but for "former".
                if settled || mention.kind == EntityKind::Person {
                    break;
                }
                let first = self.tokens.partition_point(|x| x.span.start < mention.span.start);
                if first < limit {
                    break;
                }
                start = first;
                settled = true;
                continue;
            }
            let joins = match self.tokens[t].pos {
                Pos::Adj => true,
                Pos::Noun | Pos::Propn => !settled,
                Pos::Punct => word == "-" && !settled,
                Pos::Part => matches!(word, "'s" | "’s") && !settled,
                Pos::Cconj => !settled && word == "and" && t > limit && roles::is_role(self.word(t - 1)),
                Pos::Verb | Pos::Adv => words::is_role_modifier(word),
                // "editor-in-chief".
                Pos::Adp => t > limit && self.word(t - 1) == "-" && self.word(t + 1) == "-",
                _ => false,
            };
            if !joins {
                break;
            }
            start = t;
        }
        while start < head && matches!(self.word(start), "'s" | "’s" | "-" | "and") {
            start += 1;
        }
        Some(start)
    }

    /// Whether no noun phrase of a role goes over this token.
    fn is_stop(&self, token: usize) -> bool {
        words::is_calendar(self.word(token))
    }

    /// The mention of something else that token `t` lies in.
    fn mention_at(&self, t: usize) -> Option<&'a Mention> {
        let span = self.tokens[t].span;
        // Only the few mentions before the name can be in its title.
        let from = self.index.saturating_sub(4);
        self.mentions[from..self.index].iter().rev().find(|m| m.span.contains(span))
    }

    /// "|Yuri Ushakov, a presidential aide,".
    fn apposition_after(&self) -> Option<Span> {
        let mut at = self.name.end;
        if self.at(at) != Some(",") {
            return None;
        }
        at += 1;
        // An age stands between: "Tom Hall, 45, a farmer".
        if self.sentence.contains(&at) && self.tokens[at].pos == Pos::Num && self.at(at + 1) == Some(",") {
            at += 2;
        }
        self.phrase_after(at, true)
    }

    /// "|Lavrov is the foreign minister".
    fn copula(&self) -> Option<Span> {
        let at = self.name.end;
        let be = matches!(self.at(at)?, "is" | "was" | "became" | "remains");
        let article = matches!(self.at(at + 1)?, "a" | "an" | "the");
        if be && article { self.phrase_after(at + 1, false) } else { None }
    }

    /// Whether a phrase beside a name can end before this token: at a mark, "who", or a participle ("a
    /// priest linked to the case"), but not at a verb of which the phrase is the subject.
    fn stops(&self, token: usize) -> bool {
        self.at(token).is_none_or(|w| {
            let participle = w.ends_with("ed") && self.at(token + 1).is_some_and(words::is_function_word);
            names::is_relative(w) || !w.starts_with(char::is_alphanumeric) || participle
        })
    }

    /// The noun phrase that begins at `at`, without its article, if a role's noun is its head. `bounded`
    /// asks that it ends where a clause can go on: at a comma, a mark, "who" or the sentence's end.
    fn phrase_after(&self, at: usize, bounded: bool) -> Option<Span> {
        let limit = self.sentence.end.min(at + LONGEST);
        let mut start = at;
        while start < limit && matches!(self.tokens[start].pos, Pos::Det | Pos::Pron) {
            if names::is_relative(self.word(start)) {
                return None;
            }
            start += 1;
        }
        // The head: the last noun before a preposition, a mark or a verb.
        let mut head = None;
        let mut end = start;
        let mut inside_head = true;
        while end < limit {
            let word = self.word(end);
            let token = self.tokens[end];
            let goes_on = match token.pos {
                Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num => true,
                Pos::Part => matches!(word, "'s" | "’s"),
                Pos::Adp if head.is_some() => {
                    matches!(word, "of" | "for" | "at" | "in" | "with" | "to" | "on" | "from")
                }
                Pos::Cconj => word == "and" || word == "&",
                Pos::Det => !inside_head,
                Pos::Punct => {
                    word == "-"
                        || (word == "."
                            && end + 1 < limit
                            && self.word(end + 1).starts_with(char::is_lowercase))
                }
                Pos::Verb | Pos::Adv if inside_head => words::is_role_modifier(word),
                _ => false,
            };
            // The rest of a compound: "ship-building", "leader-in-exile".
            let hyphened = end > start && self.word(end - 1) == "-";
            if !goes_on && !hyphened {
                break;
            }
            if token.pos == Pos::Adp && !hyphened {
                inside_head = false;
            }
            if inside_head && roles::is_role(word) {
                head = Some(end);
            } else if inside_head && token.pos == Pos::Noun && head.is_some_and(|h| h + 1 == end) {
                // "minister's office", "party leader contest": the role was no head.
                head = None;
            }
            end += 1;
        }
        let head = head?;
        // "a spokesman in": a preposition without its noun, or a loose "and".
        while end > head + 1
            && matches!(self.tokens[end - 1].pos, Pos::Adp | Pos::Cconj | Pos::Det | Pos::Part)
        {
            end -= 1;
        }
        (!bounded || self.stops(end)).then(|| self.span(start, end))
    }
}
