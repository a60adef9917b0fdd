//! Naming: kind, name, key and aliases of a group of mentions that are one thing.

use foldhash::HashMap;

use super::archive::link_key;
use super::forms::{Form, surface};
use super::person_name::without_titles;
use crate::finding::{Entity, EntityKind, Mention};

/// What a title before a name weighs against the tagger's word, in mentions.
const TITLE: f32 = 2.0;

/// The entity of a group of mentions.
pub fn entity(
    text: &str,
    mentions: &[Mention],
    forms: &[Form],
    of: &[usize],
    group: Vec<usize>,
    evidence: Vec<&'static str>,
) -> Entity {
    let mut members: Vec<usize> = group.iter().map(|&m| of[m]).collect();
    members.sort_unstable();
    members.dedup();
    let kind = kind(forms, &members);
    let name = name(text, forms, &members, kind);
    let mut aliases: Vec<String> = Vec::new();
    let mut seen: HashMap<&str, ()> = HashMap::default();
    for &m in &group {
        let alias = surface(mentions[m].span.of(text));
        if seen.insert(alias, ()).is_none() {
            aliases.push(alias.to_owned());
        }
    }
    let key = link_key(kind, &name).key;
    Entity { name, kind, key, aliases, mentions: group, evidence, place: None }
}

/// The kind that most of the mentions have, surer ones counting more. A person's full name and titles
/// before it outweigh a few wrong tags; what reference data knows is what it says.
fn kind(forms: &[Form], members: &[usize]) -> EntityKind {
    let mut votes = [0.0_f32; EntityKind::ALL.len()];
    for &i in members {
        let form = &forms[i];
        votes[form.kind as usize] += form.weight;
        votes[EntityKind::Person as usize] += TITLE * form.titled.min(3) as f32;
        if form.is_full_person() {
            votes[EntityKind::Person as usize] += TITLE;
        }
        if let Some(known) = form.known {
            votes[known.kind as usize] += form.weight + TITLE;
        }
    }
    let best = EntityKind::ALL.iter().copied().max_by(|a, b| {
        // Among equals the earlier kind.
        votes[*a as usize].total_cmp(&votes[*b as usize]).then(b.cmp(a))
    });
    best.unwrap_or(EntityKind::Person)
}

/// The name: reference data's, or the fullest that the article uses most.
fn name(text: &str, forms: &[Form], members: &[usize], kind: EntityKind) -> String {
    let known = members.iter().filter_map(|&i| forms[i].known).find(|k| k.kind == kind);
    if let Some(known) = known.filter(|_| kind != EntityKind::Person) {
        return known.name.clone();
    }
    let regnal = members.iter().find_map(|&i| forms[i].regnal);
    let full = members.iter().any(|&i| forms[i].is_full_person());
    if let (EntityKind::Person, false, Some(span)) = (kind, full, regnal) {
        return surface(span.of(text)).to_owned();
    }
    let best = members.iter().copied().max_by_key(|&i| {
        let form = &forms[i];
        let words = form.surface.split_whitespace().count().min(6);
        let fullness = match kind {
            EntityKind::Person => usize::from(form.person.units.len() > 1),
            EntityKind::Place => 0,
            _ => words,
        };
        let shouted = !form.surface.contains(char::is_lowercase) && form.surface.len() > 5;
        (form.kind == kind, fullness, !shouted, form.mentions.len(), words, std::cmp::Reverse(i))
    });
    let surface = best.map_or("", |i| forms[i].surface.as_str());
    if kind == EntityKind::Person { unshouted(without_titles(surface)) } else { surface.to_owned() }
}

/// A person's name from a headline all in capitals, in ordinary writing. Initials stay.
fn unshouted(name: &str) -> String {
    let shouted = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.contains(char::is_lowercase)
    };
    if !name.split_whitespace().any(shouted) || name.contains(char::is_lowercase) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unshouted;

    #[test]
    fn headlines_are_written_out() {
        for (name, want) in [
            ("MARTA B. O'LEARY", "Marta B. O'Leary"),
            ("Marta Leary", "Marta Leary"),
            ("LEARY", "Leary"),
            ("JK", "JK"),
            ("McKay", "McKay"),
        ] {
            assert_eq!(unshouted(name), want);
        }
    }
}
