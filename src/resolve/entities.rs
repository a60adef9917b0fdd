//! Entities: the mentions of one article that name the same thing, grouped.
//!
//! Distinct names ([`super::forms`]) are joined by one rule after another, the surest first; every join
//! keeps the rule's name as evidence. Then each group gets its name, kind and key.

use foldhash::HashMap;

use super::forms::{Form, forms};
use super::joins::Joins;
use super::person_name::PersonName;
use super::{naming, people, places, short_forms};
use crate::annotate::Annotation;
use crate::finding::{Entity, EntityKind, Mention};
use crate::lexicon::gazetteer;

/// Groups the mentions of one article into entities, in order of first mention.
///
/// No two entities of an article share kind and key.
pub fn entities(text: &str, annotation: &Annotation, mentions: &[Mention]) -> Vec<Entity> {
    let headline = annotation.paragraphs.first().map_or(0, |p| p.end);
    let forms = forms(text, mentions);
    let mut of = vec![0; mentions.len()];
    for (i, form) in forms.iter().enumerate() {
        for &m in &form.mentions {
            of[m] = i;
        }
    }
    let mut joins = Joins::new(forms.len());
    let mut targets = of.clone();
    join_known(&forms, &mut joins);
    short_forms::join_same_words(&forms, &mut joins);
    short_forms::join_bracketed(text, mentions, &forms, &of, &mut joins);
    short_forms::join_initials(&forms, &mut joins);
    people::join_full_names(&forms, &mut joins);
    people::join_nicknames(&forms, &mut joins);
    people::join_single_names(&forms, &mut joins);
    people::join_short_names(text, mentions, &forms, &mut joins, &mut targets);
    short_forms::join_parts(mentions, &forms, headline, &mut joins, &mut targets);
    short_forms::join_compass(&forms, &mut joins);
    people::join_mistaken(&forms, &mut joins);
    join_across_kinds(&forms, &mut joins, &mut targets);

    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: HashMap<usize, usize> = HashMap::default();
    for (m, &form) in targets.iter().enumerate() {
        let root = joins.root(form);
        let group = *group_of.entry(root).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(m);
    }
    let named = groups.into_iter().map(|group| {
        let root = targets[group[0]];
        naming::entity(text, mentions, &forms, &of, group, joins.evidence(root))
    });
    let mut entities = merge_same_keys(named.collect());
    places::locate(&mut entities);
    entities
}

/// Joins names that reference data knows as one thing.
fn join_known(forms: &[Form], joins: &mut Joins) {
    let mut first: HashMap<(&str, EntityKind), usize> = HashMap::default();
    for (i, form) in forms.iter().enumerate() {
        let Some(known) = form.known else { continue };
        let other = *first.entry((known.name.as_str(), known.kind)).or_insert(i);
        if other != i {
            joins.join(other, i, "known by both names");
        } else if form.surface != known.name {
            joins.note(i, "known by another name");
        }
    }
}

/// Joins the same words found as things of different kinds: within one article that is nearly always
/// one thing and a mistake. A person of a place's name and a club of a city's are the exceptions, where
/// a longer name in the article vouches for them.
fn join_across_kinds(forms: &[Form], joins: &mut Joins, targets: &mut [usize]) {
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::default();
    for (i, form) in forms.iter().enumerate() {
        by_name.entry(PersonName::parse(&form.surface).key()).or_default().push(i);
    }
    let mut same: Vec<Vec<usize>> = by_name.into_values().filter(|same| same.len() > 1).collect();
    same.sort_unstable();
    for same in same {
        for (&i, &other) in same.iter().zip(&same[1..]) {
            let (a, b) = (&forms[i], &forms[other]);
            if a.kind == b.kind {
                continue;
            }
            let place = [a, b].into_iter().find(|f| f.kind == EntityKind::Place).is_some_and(is_known_place);
            let mut vouched = |f: usize| joins.root(f) != f || is_elsewhere(&forms[f], f, targets);
            let vouched = vouched(i) || vouched(other);
            if !(place && vouched) {
                joins.join(i, other, "same words");
                follow(forms, i, other, targets);
            }
        }
    }
}

/// Whether a form's mentions were given to other forms one by one.
fn is_elsewhere(form: &Form, index: usize, targets: &[usize]) -> bool {
    form.mentions.iter().any(|&m| targets[m] != index)
}

/// Where one form's mentions were given to several people one by one, the other kind's go with the nearest.
fn follow(forms: &[Form], a: usize, b: usize, targets: &mut [usize]) {
    for (decided, undecided) in [(a, b), (b, a)] {
        if !is_elsewhere(&forms[decided], decided, targets)
            || is_elsewhere(&forms[undecided], undecided, targets)
        {
            continue;
        }
        let places: Vec<(usize, usize)> = forms[decided].mentions.iter().map(|&m| (m, targets[m])).collect();
        for &m in &forms[undecided].mentions {
            if let Some(target) = people::nearest(&places, m, |_| true) {
                targets[m] = target;
            }
        }
    }
}

fn is_known_place(form: &Form) -> bool {
    form.known.is_some() || !gazetteer::cities(&form.surface).is_empty()
}

/// Merges entities that ended with the same kind and key, into the earlier.
fn merge_same_keys(entities: Vec<Entity>) -> Vec<Entity> {
    let mut at: HashMap<(EntityKind, String), usize> = HashMap::default();
    let mut out: Vec<Entity> = Vec::new();
    for entity in entities {
        let next = out.len();
        let i = *at.entry((entity.kind, entity.key.clone())).or_insert(next);
        if i == next {
            out.push(entity);
            continue;
        }
        let first = &mut out[i];
        first.mentions.extend(entity.mentions);
        first.mentions.sort_unstable();
        for alias in entity.aliases {
            if !first.aliases.contains(&alias) {
                first.aliases.push(alias);
            }
        }
        for rule in entity.evidence.into_iter().chain(["same key"]) {
            if !first.evidence.contains(&rule) {
                first.evidence.push(rule);
            }
        }
    }
    out
}
