//! Boundaries: a mention cut where no name can go on, before anything else is made of it.

use super::forms::surface;
use crate::annotate::Annotation;
use crate::finding::{EntityKind, Mention};
use crate::lexicon::fold::fold;
use crate::lexicon::known::known;
use crate::lexicon::{names, outlets, roles, words};
use crate::span::Span;

/// Cuts every mention to the name in it. Some give two ("CNN) - US"), some none.
pub fn cut(text: &str, annotation: &Annotation, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len());
    for (i, m) in mentions.iter().enumerate().filter(|(_, m)| !is_no_name(text, m)) {
        let before_person = mentions
            .get(i + 1)
            .is_some_and(|next| next.kind == EntityKind::Person && next.span.start <= m.span.end + 2);
        if before_person && m.kind == EntityKind::Organization && is_office(text, m.span) {
            continue;
        }
        for span in pieces(text, m.span) {
            let span = without_compound(text, without_preposition(text, span));
            let span = without_article(text, m.kind, span);
            let span = match m.kind {
                EntityKind::Person => span,
                kind => without_event(text, annotation, kind, span),
            };
            let span = match m.kind {
                EntityKind::Organization if before_person => without_role(text, annotation, span),
                _ => Some(span),
            };
            let Some(span) = span.filter(|s| s.of(text).contains(char::is_alphanumeric)) else { continue };
            let mut mention = Mention { span, ..m.clone() };
            if m.kind != EntityKind::Organization && is_outlet(span.of(text)) {
                mention.kind = EntityKind::Organization;
            }
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

/// Characters of an address that are looked at before a name in it.
const ADDRESS: usize = 200;

/// Whether what looks like a name is none: part of a web or mail address, acronyms
/// of many ("NGOs"), a common noun of places with a capital ("the Region"), a pronoun ("Follow Us"), whose
/// money it is ("US$40").
pub fn is_no_name(text: &str, m: &Mention) -> bool {
    let (name, rest) = (m.span.of(text), &text[m.span.end..]);
    let from = m.span.start.saturating_sub(ADDRESS);
    let from = (from..=m.span.start).find(|&i| text.is_char_boundary(i)).unwrap_or(m.span.start);
    let before = &text[from..m.span.start];
    let chunk = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let in_address =
        chunk.contains("://") || chunk.contains("www.") || chunk.ends_with('@') || rest.starts_with('@');
    let capitals = name.strip_suffix('s').filter(|_| m.kind != EntityKind::Person);
    let many =
        capitals.is_some_and(|s| (2..=5).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_uppercase()));
    let noun = matches!(m.kind, EntityKind::Place | EntityKind::Organization)
        && words::is_place_noun(name)
        && (before.ends_with("the ") || before.ends_with("The "));
    let pronoun = name == "Us";
    in_address || many || noun || pronoun || is_of_money(before, rest) || is_portfolio(m.kind, name, before)
}

/// Whether a name between these says whose money it is: "US$40", "paid US $40"; but not "paid the US $40".
fn is_of_money(before: &str, rest: &str) -> bool {
    let spaced = rest.strip_prefix(' ').filter(|_| !before.ends_with("the ") && !before.ends_with("The "));
    let amount = spaced.unwrap_or(rest).strip_prefix('$').map(str::trim_start);
    amount.is_some_and(|amount| amount.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a name of several words is an outlet's: "El País" is nobody.
fn is_outlet(name: &str) -> bool {
    name.contains(' ') && outlets::known(name).is_some()
}

/// Whether it is what a minister is in charge of: "Minister of Agriculture and Fisheries".
fn is_portfolio(kind: EntityKind, name: &str, before: &str) -> bool {
    let office = before.strip_suffix(" of ").or_else(|| before.strip_suffix(" for "));
    let role = office.and_then(|s| s.rsplit(char::is_whitespace).next()).unwrap_or("");
    kind == EntityKind::Organization
        && matches!(role, "Minister" | "minister" | "Ministers" | "ministers")
        && known(kind, surface(name)).is_none()
}

/// Cuts what addresses a person off the name: "Mrs", "Gen", "Vice President".
pub fn strip_address(text: &str, m: &mut Mention) {
    if m.kind == EntityKind::Person {
        m.span = without_address(text, m.span);
    }
}

/// Without the words of address at its head. One that a single name goes with is kept where it may be of the
/// name ("Sheikh Hasina").
fn without_address(text: &str, span: Span) -> Span {
    let mut left = span;
    while let Some((first, rest)) = left.of(text).split_once(' ') {
        let bare = fold(first);
        let kept = names::is_regnal(&bare) || names::is_honorific(&bare) && !rest.contains(' ');
        // "MS Dhawan" has initials.
        let initials = !first.contains(char::is_lowercase)
            && rest.contains(char::is_lowercase)
            && !matches!(first, "PM" | "CM" | "VP");
        let addresses = names::is_address(&bare) && !initials
            || !kept && (names::is_honorific(&bare) || roles::is_title(first));
        if !(addresses || ranks(&bare, rest)) || !rest.starts_with(char::is_uppercase) {
            break;
        }
        left = Span::new(left.start + first.len() + 1, left.end);
    }
    left
}

/// Whether a police rank stands before another one or before a whole name: "DCI |Ann Reed", but not "DC |Gupta".
fn ranks(bare: &str, rest: &str) -> bool {
    let mut words = rest.split(' ').map(fold);
    let next = words.next().unwrap_or_default();
    names::is_rank(bare) && words.next().is_some() && (names::is_rank(&next) || names::is_given(&next))
}

/// Whether an unknown single word after "Secretary of" is the office of the person that follows.
fn is_office(text: &str, span: Span) -> bool {
    let name = span.of(text);
    let before = text[..span.start].trim_end();
    let role = before.strip_suffix(" of").and_then(|s| s.rsplit(char::is_whitespace).next()).unwrap_or("");
    !name.contains(' ')
        && roles::is_title(role)
        && known(EntityKind::Place, name).or(known(EntityKind::Organization, name)).is_none()
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

/// Without the article that begins a sentence before it, where it is not of the name: "The Ministry of
/// Health", but "The Hague".
fn without_article(text: &str, kind: EntityKind, span: Span) -> Span {
    let Some(rest) = span.of(text).strip_prefix("The ") else { return span };
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    let is_of_none = match kind {
        EntityKind::Place => known(kind, rest).is_some_and(|k| !k.name.starts_with("The ")),
        EntityKind::Organization => {
            outlets::known(rest).is_none() && (rest.contains(" of ") || names::is_body(&fold(last)))
        }
        _ => false,
    };
    if is_of_none { Span::new(span.start + "The ".len(), span.end) } else { span }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::finding::FoundBy;

    /// The text without the brackets around one mention, and what is left of the mention.
    fn left(marked: &str, kind: EntityKind) -> Vec<String> {
        let (before, rest) = marked.split_once('[').expect("an opening bracket");
        let (name, after) = rest.split_once(']').expect("a closing bracket");
        let text = format!("{before}{name}{after}");
        let span = Span::new(before.len(), before.len() + name.len());
        let mut mentions = vec![Mention { span, kind, found_by: FoundBy::Model, confidence: 0.9 }];
        if let Some(at) = text.find("Ann Reed") {
            let span = Span::new(at, at + "Ann Reed".len());
            mentions.push(Mention {
                span,
                kind: EntityKind::Person,
                found_by: FoundBy::Model,
                confidence: 0.9,
            });
        }
        let cut = cut(&text, &annotate(&text), mentions);
        cut.iter().map(|m| m.span.of(&text).to_owned()).filter(|name| name != "Ann Reed").collect()
    }

    #[test]
    fn address_is_no_name() {
        for (name, want) in [
            ("Gen Prawat Sok", "Prawat Sok"),
            ("Vice President Mahama", "Mahama"),
            ("Mrs. Okoye", "Okoye"),
            ("PM Okoye", "Okoye"),
            ("MS Okoye", "MS Okoye"),
            ("Sheikh Karima", "Sheikh Karima"),
            ("Sheikh Omar Al-Nur", "Omar Al-Nur"),
            ("King Leo", "King Leo"),
            ("DCI Ann Reed", "Ann Reed"),
            ("Ch Insp Ann Reed", "Ann Reed"),
            ("DC Gupta", "DC Gupta"),
        ] {
            assert_eq!(without_address(name, Span::new(0, name.len())).of(name), want);
        }
    }

    #[test]
    fn names_are_cut_where_they_end() {
        use EntityKind::{Event, Organization, Person, Place};
        for (marked, kind, want) in [
            ("Tarn (by [CNN) - US] officials met.", Event, vec!["CNN", "US"]),
            ("The [US-backed] rebels.", Place, vec!["US"]),
            ("Leaders at the [G20 Summit] agreed.", Organization, vec!["G20"]),
            ("The [Harbour Summit] ended.", Organization, vec!["Harbour Summit"]),
            ("The [US National Security Adviser] Ann Reed left.", Organization, vec!["US"]),
            ("Secretary of [State] Ann Reed left.", Organization, vec![]),
            ("The head of [NATO] Ann Reed left.", Organization, vec!["NATO"]),
            ("Hall [At Harbour Bank] Meets Reed", Organization, vec!["Harbour Bank"]),
            ("It was [Jean-Claude] again.", Person, vec!["Jean-Claude"]),
            ("The [Bank (Tarn)] is closed.", Organization, vec!["Bank (Tarn)"]),
            ("See https://example.org/news/[Tarn]-wins for more.", Place, vec![]),
            ("Many [NGOs] left.", Organization, vec![]),
            ("[The Ministry of Fish] left.", Organization, vec!["Ministry of Fish"]),
            ("[The Netherlands] won.", Place, vec!["Netherlands"]),
            ("[The Hague] waits.", Place, vec!["The Hague"]),
            ("Please follow [Us] here.", Place, vec![]),
            ("The Minister of [Sports and Youth Affairs] left.", Organization, vec![]),
            ("The ministers of [NATO] left.", Organization, vec!["NATO"]),
            ("He leads the [Region] well.", Place, vec![]),
            ("It costs [US]$40 a year.", Place, vec![]),
            ("It costs [U.S.] $ 40 a year.", Place, vec![]),
            ("They gave the [US] $40 a year.", Place, vec!["US"]),
            ("In the [US] $-signs are common.", Place, vec!["US"]),
        ] {
            assert_eq!(left(marked, kind), want, "{marked}");
        }
    }
}
