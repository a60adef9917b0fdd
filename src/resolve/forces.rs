//! Bodies named after two: "Devon and Cornwall Police" after places, "Hale & Reed" after people.

use crate::finding::{EntityKind, FoundBy, Mention};
use crate::lexicon::fold::fold;
use crate::lexicon::known::known;
use crate::lexicon::words;

/// How sure it is that such a body is one.
const BY_BOTH: f32 = 0.9;
/// What joins the two places.
const JOINTS: [&str; 2] = [" and ", " & "];

/// Makes one mention of a place, "and", and a body that its second place begins; and of two family names with "&".
pub fn joined(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len());
    for m in mentions {
        let first = out.last_mut().filter(|p| serves_both(text, p, &m) || is_firm(text, p, &m));
        match first {
            Some(first) => {
                first.span = first.span.cover(m.span);
                (first.kind, first.found_by, first.confidence) =
                    (EntityKind::Organization, FoundBy::Rule, BY_BOTH);
            }
            None => out.push(m),
        }
    }
    out
}

fn serves_both(text: &str, place: &Mention, body: &Mention) -> bool {
    let between = text.get(place.span.end..body.span.start).unwrap_or_default();
    let (first, name) = (place.span.of(text), body.span.of(text));
    let local = first.contains(char::is_lowercase) && !first.contains(' ');
    let plain =
        name.contains(' ') && !name.contains(" of ") && known(EntityKind::Organization, name).is_none();
    // A country has bodies of its own, and "Kent and the Sussex Police" are two.
    let country = known(EntityKind::Place, first).is_some_and(|k| k.is_country);
    let service = name.rsplit(' ').next().is_some_and(|last| words::is_local_service(&fold(last)));
    JOINTS.contains(&between)
        && place.kind == EntityKind::Place
        && local
        && body.kind == EntityKind::Organization
        && plain
        && service
        && !country
}

/// Whether two lone names stand on both sides of a "&", which joins the names of firms.
fn is_firm(text: &str, first: &Mention, second: &Mention) -> bool {
    let lone = |m: &Mention| {
        matches!(m.kind, EntityKind::Person | EntityKind::Organization) && !m.span.of(text).contains(' ')
    };
    text.get(first.span.end..second.span.start) == Some(" & ")
        && lone(first)
        && lone(second)
        && EntityKind::Person == second.kind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn family_names_with_their_sign_are_a_firm() {
        for (text, want) in [
            ("Hale & Reed fell.", vec!["Hale & Reed"]),
            ("Hale and Reed fell.", vec!["Hale", "Reed"]),
            ("Ann Hale & Reed fell.", vec!["Ann Hale", "Reed"]),
        ] {
            let name = |words: &str| {
                let start = text.find(words).expect("it is there");
                let span = Span::new(start, start + words.len());
                Mention { span, kind: EntityKind::Person, found_by: FoundBy::Model, confidence: 0.9 }
            };
            let first = if text.starts_with("Ann") { "Ann Hale" } else { "Hale" };
            let found = joined(text, vec![name(first), name("Reed")]);
            let names: Vec<&str> = found.iter().map(|m| m.span.of(text)).collect();
            assert_eq!(names, want);
        }
    }

    #[test]
    fn a_body_of_two_places_is_one() {
        use EntityKind::{Organization, Place};
        for (text, kind, want) in [
            ("[Orrin and Tarn Police] shut it.", Place, vec!["Orrin and Tarn Police"]),
            ("[Orrin & Tarn Constabulary] shut it.", Place, vec!["Orrin & Tarn Constabulary"]),
            ("[Orrin and Tarn Fire Service] came.", Place, vec!["Orrin and Tarn Fire Service"]),
            ("[France and Tarn Police] agreed.", Place, vec!["France", "Tarn Police"]),
            ("[Orrin and Tarn United] drew.", Place, vec!["Orrin", "Tarn United"]),
            ("[Oxfam and Tarn Police] agreed.", Organization, vec!["Oxfam", "Tarn Police"]),
            ("[Orrin, the Tarn Police] said.", Place, vec!["Orrin", "Tarn Police"]),
        ] {
            let text = text.replace(['[', ']'], "");
            let name = |words: &str, kind| {
                let start = text.find(words).expect("it is there");
                let span = Span::new(start, start + words.len());
                Mention { span, kind, found_by: FoundBy::Model, confidence: 0.9 }
            };
            let first = text.split([' ', ',']).next().expect("a word");
            let second = ["Tarn Police", "Tarn Constabulary", "Tarn Fire Service", "Tarn United"];
            let second = second.into_iter().find(|s| text.contains(s)).expect("it is there");
            let found = joined(&text, vec![name(first, kind), name(second, Organization)]);
            let names: Vec<&str> = found.iter().map(|m| m.span.of(&text)).collect();
            assert_eq!(names, want);
        }
    }
}
