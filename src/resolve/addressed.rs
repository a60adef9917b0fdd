//! People who are addressed: what follows "Mrs", "Dr" or "Det Sgt" is a person, whatever the tagger took it for.

use std::ops::Range;

use crate::annotate::{Annotation, Token};
use crate::finding::{EntityKind, FoundBy, Mention};
use crate::lexicon::fold::fold;
use crate::lexicon::{names, roles};

/// How sure a mention is that only a word of address tells.
const ADDRESSED: f32 = 0.85;
/// Words of a name behind a word of address.
const LONGEST: usize = 4;

/// Persons behind words of address that were not found, or found as something else, in text order.
pub fn addressed(text: &str, annotation: &Annotation) -> Vec<Mention> {
    let mut out = Vec::new();
    for sentence in &annotation.sentences {
        let tokens = &annotation.tokens[sentence.tokens.clone()];
        let mut at = 0;
        while at < tokens.len() {
            let word = tokens[at].span.of(text);
            at += 1;
            // Nearly every word is told apart by its first letter.
            if !word.starts_with(['M', 'D', 'P', 'S', 'I', 'W', 'C']) {
                continue;
            }
            if let Some(name) = ranked(text, tokens, at - 1) {
                let span = tokens[name.start].span.cover(tokens[name.end - 1].span);
                let (kind, found_by) = (EntityKind::Person, FoundBy::Rule);
                out.push(Mention { span, kind, found_by, confidence: ADDRESSED });
                at = name.end;
                continue;
            }
            if !matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "Mr." | "Mrs." | "Ms." | "Dr." | "Prof.")
            {
                continue;
            }
            let start = at + usize::from(tokens.get(at).is_some_and(|t| t.span.of(text) == "."));
            let end = name_end(text, tokens, start);
            // "Mr. Speaker" and "Mr. President" are offices.
            let office = tokens.get(start).is_some_and(|t| roles::is_role(t.span.of(text)));
            if end > start && !office {
                let span = tokens[start].span.cover(tokens[end - 1].span);
                let (kind, found_by) = (EntityKind::Person, FoundBy::Rule);
                out.push(Mention { span, kind, found_by, confidence: ADDRESSED });
                at = end;
            }
        }
    }
    out
}

/// How many words a rank has at most, with their points: "Det. Ch. Insp."
const RANKS: usize = 8;

/// The whole name behind police ranks: "Det Sgt |Claire Hale|". What may be no rank ("PC World", "DC Comics") asks
/// for a given name behind it.
fn ranked(text: &str, tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let rank = |t: usize| {
        tokens.get(t).map(|t| t.span.of(text)).filter(|w| w.len() <= 6 && w.starts_with(char::is_uppercase))
    };
    let (mut start, mut sure) = (at, 0);
    while let Some(word) = rank(start).map(fold).filter(|w| start < at + RANKS && names::is_rank(w)) {
        sure += usize::from(names::is_sure_rank(&word));
        start += 1;
        start += usize::from(tokens.get(start).is_some_and(|t| t.span.of(text) == "."));
    }
    let end = name_end(text, tokens, start);
    let given = || names::is_given(&fold(tokens[start].span.of(text)));
    (start > at && end > start + 1 && (sure > 0 || given())).then_some(start..end)
}

/// Where the run of capitalized words that begins at `start` ends; hyphens may join them.
fn name_end(text: &str, tokens: &[Token], start: usize) -> usize {
    let is_name = |at: usize| {
        tokens.get(at).is_some_and(|t| {
            let word = t.span.of(text);
            word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)
        })
    };
    let spaced = |at: usize| at == start || text[tokens[at - 1].span.end..tokens[at].span.start] == *" ";
    let mut end = start;
    while end - start < LONGEST && is_name(end) && spaced(end) {
        end += 1;
        while tokens.get(end).is_some_and(|t| t.span.of(text) == "-") && is_name(end + 1) {
            end += 2;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;

    #[test]
    fn who_is_addressed_is_a_person() {
        for (text, want) in [
            ("Then Mrs Adaeze Obi-Nwosu left.", vec!["Adaeze Obi-Nwosu"]),
            ("Then Dr. Lwazi and Mr. Moyo left.", vec!["Lwazi", "Moyo"]),
            ("The Dr said no.", vec![]),
            ("Thank you, Mr. Speaker.", vec![]),
            ("May it please Mr. Chief Justice.", vec![]),
            ("Then Ms X left.", vec![]),
            ("Then Det Sgt Orla Finch, of Tarn, left.", vec!["Orla Finch"]),
            ("Then Det. Ch. Insp. Orla Finch left.", vec!["Orla Finch"]),
            ("Then DCI Orla Finch met PC Dan Marsh.", vec!["Orla Finch", "Dan Marsh"]),
            ("Then Supt Qwynn Finch left.", vec!["Qwynn Finch"]),
            ("The DC Tarn film and PC World fell.", vec![]),
            ("Then Sgt left Insp alone.", vec![]),
        ] {
            let found = addressed(text, &annotate(text));
            let names: Vec<&str> = found.iter().map(|m| m.span.of(text)).collect();
            assert_eq!(names, want);
        }
    }
}
