//! Aligning two states of an article: a toll that rose is one change, not one figure lost and one found.
//!
//! What both say is paired off first, exactly; then what stands in the same words around it; then what
//! speaks of the same thing; what is left was removed or added. White space is no part of a fact. Deterministic, and linear but for quotes and
//! figures that were reworded, of which a bounded number is compared with each other.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use super::facts::{EntityFact, Facts, FigureFact, QuoteFact};
use super::likeness::{as_read, is_another_story, share, words};

/// Pairs of leftovers that are compared by their words at most: more than that was rewritten, not reworded.
const PAIRS: usize = 40_000;
/// The share of words from which a quote is the same one, reworded.
const REWORDED: f64 = 0.6;
/// The share of words around two figures from which their sentence is the same one.
const SAME_SENTENCE: f64 = 0.5;

/// One fact that differs.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[allow(missing_docs)] // The columns of `changes`, described in its migration.
pub struct Change {
    pub subject: &'static str,
    pub what: &'static str,
    pub about: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub before_value: Option<f64>,
    pub after_value: Option<f64>,
    pub before_id: Option<i64>,
    pub after_id: Option<i64>,
}

impl Change {
    /// A change of which nothing more is known.
    pub(super) fn new(subject: &'static str, what: &'static str) -> Change {
        Change {
            subject,
            what,
            about: None,
            before: None,
            after: None,
            before_value: None,
            after_value: None,
            before_id: None,
            after_id: None,
        }
    }
}

/// What differs between two states of an article, in the order in which people ask.
pub fn compare(before: &Facts, after: &Facts) -> Vec<Change> {
    let mut changes = Vec::new();
    let is_other = before.text != after.text && is_another_story(&before.text, &after.text);
    if is_other {
        // A list of all that went and all that came would hide the one thing to know.
        let titles = (before.fields[0].clone(), after.fields[0].clone());
        changes.push(Change { before: titles.0, after: titles.1, ..Change::new("story", "changed") });
    }
    for ((subject, before), after) in Facts::FIELDS.into_iter().zip(&before.fields).zip(&after.fields) {
        if read(before) != read(after) && !(is_other && subject == "headline") {
            let what = what(before.is_some(), after.is_some());
            changes.push(Change {
                before: before.clone(),
                after: after.clone(),
                ..Change::new(subject, what)
            });
        }
    }
    if is_other {
        return changes;
    }
    changes.extend(under_a_correction(before, after));
    figures(&before.figures, &after.figures, &mut changes);
    quotes(&before.quotes, &after.quotes, &mut changes);
    entities(&before.entities, &after.entities, &mut changes);
    if as_read(&before.text) != as_read(&after.text) {
        changes
            .push(Change { about: Some(lines(&before.text, &after.text)), ..Change::new("text", "changed") });
    }
    changes
}

fn read(words: &Option<String>) -> Option<String> {
    words.as_deref().map(as_read)
}

/// What the document says was rewritten, though a correction holds what the article has.
fn under_a_correction(before: &Facts, after: &Facts) -> Vec<Change> {
    let in_document = |subject, before: &Option<String>, after: &Option<String>| Change {
        about: Some("in the document, where a correction holds".to_owned()),
        before: before.clone(),
        after: after.clone(),
        ..Change::new(subject, what(before.is_some(), after.is_some()))
    };
    let is_seen = |field: usize| read(&before.fields[field]) != read(&after.fields[field]);
    let mut changes = Vec::new();
    if !is_seen(0) && read(&before.written) != read(&after.written) {
        changes.push(in_document("headline", &before.written, &after.written));
    }
    for said in before.words.iter().filter(|said| said.is_held) {
        let field = Facts::FIELDS.iter().position(|field| *field == said.field);
        let now = after.words.iter().find(|other| other.field == said.field).map(|other| other.words.clone());
        let words = Some(said.words.clone());
        if field.is_some_and(|field| !is_seen(field)) && read(&words) != read(&now) {
            changes.push(in_document(said.field, &words, &now));
        }
    }
    changes
}

fn what(before: bool, after: bool) -> &'static str {
    match (before, after) {
        (true, false) => "removed",
        (false, true) => "added",
        _ => "changed",
    }
}

/// Pairs off items of the same key in their order; what finds no partner stays.
fn pair<'a, T, K: Hash + Eq>(
    left: &mut Vec<&'a T>,
    right: &mut Vec<&'a T>,
    key: impl Fn(&T) -> Option<K>,
) -> Vec<(&'a T, &'a T)> {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, item) in right.iter().enumerate() {
        if let Some(key) = key(item) {
            waiting.entry(key).or_default().push_back(index);
        }
    }
    let mut taken = vec![false; right.len()];
    let mut pairs = Vec::new();
    left.retain(|item| {
        let partner = key(item).and_then(|key| waiting.get_mut(&key)?.pop_front());
        if let Some(index) = partner {
            taken[index] = true;
            pairs.push((*item, right[index]));
        }
        partner.is_none()
    });
    let mut index = 0;
    right.retain(|_| {
        index += 1;
        !taken[index - 1]
    });
    pairs
}

/// Pairs off the most alike first, down to a likeness; beyond a bounded number of pairs nothing is alike.
fn pair_alike<'a, T>(
    left: &mut Vec<&'a T>,
    right: &mut Vec<&'a T>,
    least: f64,
    likeness: impl Fn(&T, &T) -> f64,
) -> Vec<(&'a T, &'a T)> {
    if left.len() * right.len() > PAIRS {
        return Vec::new();
    }
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for (l, one) in left.iter().enumerate() {
        for (r, other) in right.iter().enumerate() {
            let likeness = likeness(one, other);
            if likeness >= least {
                alike.push((likeness, l, r));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut gone_left, mut gone_right) = (vec![false; left.len()], vec![false; right.len()]);
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    for (_, l, r) in alike {
        if !gone_left[l] && !gone_right[r] {
            (gone_left[l], gone_right[r]) = (true, true);
            chosen.push((l, r));
        }
    }
    chosen.sort_unstable();
    let pairs = chosen.into_iter().map(|(l, r)| (left[l], right[r])).collect();
    let keep = |items: &mut Vec<&'a T>, gone: &[bool]| {
        let mut index = 0;
        items.retain(|_| {
            index += 1;
            !gone[index - 1]
        });
    };
    keep(left, &gone_left);
    keep(right, &gone_right);
    pairs
}

fn figures(before: &[FigureFact], after: &[FigureFact], changes: &mut Vec<Change>) {
    let mut left: Vec<&FigureFact> = before.iter().collect();
    let mut right: Vec<&FigureFact> = after.iter().collect();
    pair(&mut left, &mut right, |figure| Some(exactly(figure)));
    let mut pairs = pair(&mut left, &mut right, |figure| Some((figure.kind.clone(), frame(figure))));
    pairs.extend(pair(&mut left, &mut right, thing));
    pairs.extend(pair_alike(&mut left, &mut right, SAME_SENTENCE, |one, other| {
        if one.kind == other.kind && one.unit == other.unit {
            share(&beside(one), &beside(other))
        } else {
            0.0
        }
    }));
    // Both ends of a pair point into one slice each: their order is that of the text.
    pairs.sort_by_key(|(one, _)| std::ptr::from_ref(*one));
    for (one, other) in pairs {
        changes.push(figure(Some(one), Some(other)));
    }
    changes.extend(left.into_iter().map(|gone| figure(Some(gone), None)));
    changes.extend(right.into_iter().map(|new| figure(None, Some(new))));
}

fn figure(before: Option<&FigureFact>, after: Option<&FigureFact>) -> Change {
    // Of what names two numbers, a score or a range, one alone would be half of it.
    let number = |figure: &FigureFact| figure.value.or(figure.low.xor(figure.high));
    Change {
        about: after.or(before).map(label),
        before: before.map(|figure| figure.text.clone()),
        after: after.map(|figure| figure.text.clone()),
        before_value: before.and_then(number),
        after_value: after.and_then(number),
        before_id: before.and_then(|figure| figure.id),
        after_id: after.and_then(|figure| figure.id),
        ..Change::new("figure", what(before.is_some(), after.is_some()))
    }
}

/// What a figure is of, in a word or two.
fn label(figure: &FigureFact) -> String {
    let head = figure.counted_head.as_ref().or(figure.unit_name.as_ref());
    let words: Vec<&str> = figure.event.iter().chain(head).map(String::as_str).collect();
    if words.is_empty() { figure.kind.clone() } else { words.join(", ") }
}

/// Everything that a figure says; not how it is written.
fn exactly(figure: &FigureFact) -> impl Hash + Eq + use<> {
    let bits = |number: Option<f64>| number.map(f64::to_bits);
    let head = read(&figure.counted_head);
    (
        (figure.kind.clone(), bits(figure.value), bits(figure.low), bits(figure.high), figure.bound.clone()),
        (figure.unit.clone(), head, figure.event.clone()),
    )
}

/// The sentence without its numbers.
fn frame(figure: &FigureFact) -> String {
    let masked = |text: &str| -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                c if c.is_numeric() && out.ends_with('#') => {}
                c if c.is_numeric() => out.push('#'),
                // Inside a number: 1,200 and 1.5 are one.
                '.' | ',' if out.ends_with('#') => {}
                c => out.extend(c.to_lowercase()),
            }
        }
        out
    };
    format!("{}\u{1f}{}", masked(&as_read(&figure.around.0)), masked(&as_read(&figure.around.1)))
}

/// What it is a figure of, where that is more than a bare number.
fn thing(figure: &FigureFact) -> Option<impl Hash + Eq + use<>> {
    (figure.counted_head.is_some() || figure.event.is_some()).then(|| {
        (figure.kind.clone(), figure.unit.clone(), figure.counted_head.clone(), figure.event.clone())
    })
}

fn beside(figure: &FigureFact) -> Vec<String> {
    let mut beside = words(&figure.around.0);
    beside.extend(words(&figure.around.1));
    beside
}

fn quotes(before: &[QuoteFact], after: &[QuoteFact], changes: &mut Vec<Change>) {
    let said = |quote: &QuoteFact| as_read(&quote.said).trim_end_matches([',', '.', ' ']).to_owned();
    let mut left: Vec<&QuoteFact> = before.iter().collect();
    let mut right: Vec<&QuoteFact> = after.iter().collect();
    pair(&mut left, &mut right, |quote| Some((said(quote), read(&quote.speaker))));
    for (one, other) in pair(&mut left, &mut right, |quote| Some(said(quote))) {
        changes.push(speaker(one, other));
    }
    let reworded = pair_alike(&mut left, &mut right, REWORDED, |one, other| {
        share(&words(&one.said), &words(&other.said))
    });
    for (one, other) in reworded {
        changes.push(quote(Some(one), Some(other)));
        if read(&one.speaker) != read(&other.speaker) {
            changes.push(speaker(one, other));
        }
    }
    changes.extend(left.into_iter().map(|gone| quote(Some(gone), None)));
    changes.extend(right.into_iter().map(|new| quote(None, Some(new))));
}

fn quote(before: Option<&QuoteFact>, after: Option<&QuoteFact>) -> Change {
    Change {
        about: after.or(before).and_then(|quote| quote.speaker.clone()),
        before: before.map(|quote| quote.said.clone()),
        after: after.map(|quote| quote.said.clone()),
        before_id: before.and_then(|quote| quote.id),
        after_id: after.and_then(|quote| quote.id),
        ..Change::new("quote", what(before.is_some(), after.is_some()))
    }
}

/// Somebody else is credited with the words.
fn speaker(before: &QuoteFact, after: &QuoteFact) -> Change {
    Change {
        about: Some(after.said.clone()),
        before: before.speaker.clone(),
        after: after.speaker.clone(),
        before_id: before.id,
        after_id: after.id,
        ..Change::new("speaker", what(before.speaker.is_some(), after.speaker.is_some()))
    }
}

fn entities(before: &[EntityFact], after: &[EntityFact], changes: &mut Vec<Change>) {
    let mut left: Vec<&EntityFact> = before.iter().collect();
    let mut right: Vec<&EntityFact> = after.iter().collect();
    pair(&mut left, &mut right, |entity| Some((entity.kind.clone(), as_read(&entity.key))));
    for (one, other) in pair(&mut left, &mut right, |entity| Some(as_read(&entity.key))) {
        changes.push(Change {
            about: Some(other.name.clone()),
            before: Some(one.kind.clone()),
            after: Some(other.kind.clone()),
            before_id: one.id,
            after_id: other.id,
            ..Change::new("entity", "changed")
        });
    }
    changes.extend(left.into_iter().map(|gone| Change {
        about: Some(gone.kind.clone()),
        before: Some(gone.name.clone()),
        before_id: gone.id,
        ..Change::new("entity", "removed")
    }));
    changes.extend(right.into_iter().map(|new| Change {
        about: Some(new.kind.clone()),
        after: Some(new.name.clone()),
        after_id: new.id,
        ..Change::new("entity", "added")
    }));
}

/// How many lines of the text went and came.
fn lines(before: &str, after: &str) -> String {
    let mut counts: HashMap<String, i64> = HashMap::new();
    for (text, one) in [(before, -1), (after, 1)] {
        for line in text.lines().map(as_read).filter(|line| !line.is_empty()) {
            *counts.entry(line).or_default() += one;
        }
    }
    let removed: i64 = counts.values().filter(|count| **count < 0).sum();
    let added: i64 = counts.values().filter(|count| **count > 0).sum();
    format!("paragraphs: {} removed, {added} added", -removed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Media};
    use crate::pipeline::read_through;

    const STORY: &str = "Flood in Lima\n\nAt least 12 people died in Lima, Ruth Okonjo said. The damage is \
        $1.5 million, or 3% of the budget.\n\n“The river came at night and took the bridge,” Okonjo told \
        reporters.\n\nShe said that schools would stay closed.\n";

    fn facts(text: &str) -> Facts {
        let document = Document {
            source: "a.txt".into(),
            id: "a.txt".into(),
            media: Media::Text,
            bytes: text.as_bytes().to_vec(),
        };
        Facts::read(&read_through(&document))
    }

    /// What changes when words of the story do, one line each, but for the line on the text itself.
    fn told(replace: &[(&str, &str)]) -> Vec<String> {
        let mut later = STORY.to_owned();
        for (from, to) in replace {
            assert!(later.contains(from), "{from:?} is not in the story");
            later = later.replace(from, to);
        }
        let line = |change: &Change| {
            let word = |word: &Option<String>| word.clone().unwrap_or_default();
            format!("{} {}: {} -> {}", change.subject, change.what, word(&change.before), word(&change.after))
        };
        let changes = compare(&facts(STORY), &facts(&later));
        changes.iter().filter(|change| change.subject != "text").map(line).collect()
    }

    #[test]
    fn a_toll_that_rose_is_one_change() {
        assert_eq!(
            told(&[("12 people", "15 people")]),
            ["figure changed: At least 12 people -> At least 15 people"]
        );
    }

    #[test]
    fn a_moved_decimal_point_is_a_change() {
        assert_eq!(told(&[("$1.5 million", "$15 million")]), ["figure changed: $1.5 million -> $15 million"]);
    }

    #[test]
    fn two_figures_of_a_sentence_change_each_for_itself() {
        assert_eq!(
            told(&[("$1.5 million", "$15 million"), ("3%", "30%")]),
            ["figure changed: $1.5 million -> $15 million", "figure changed: 3% -> 30%"]
        );
    }

    #[test]
    fn a_figure_whose_sentence_was_rewritten_is_still_the_same_thing() {
        let to = "In Lima the dead number now 15 people";
        let told = told(&[("At least 12 people died in Lima", to)]);
        assert!(
            told.iter().any(|line| line.starts_with("figure changed: At least 12 people ->")),
            "{told:?}"
        );
    }

    #[test]
    fn headlines_quotes_and_speakers_are_told_apart() {
        assert_eq!(
            told(&[("Flood in Lima", "Deadly flood in Lima")]),
            ["headline changed: Flood in Lima -> Deadly flood in Lima"]
        );
        let reworded = told(&[("took the bridge", "took the old bridge")]);
        assert_eq!(
            reworded,
            [
                "quote changed: The river came at night and took the bridge, -> The river came at night and took \
              the old bridge,"
            ]
        );
        let removed =
            told(&[("“The river came at night and took the bridge,” Okonjo told reporters.\n\n", "")]);
        assert_eq!(removed, ["quote removed: The river came at night and took the bridge, -> "]);
    }

    #[test]
    fn nothing_changes_when_nothing_does_but_punctuation_before_the_mark() {
        assert_eq!(told(&[]), Vec::<String>::new());
        assert_eq!(compare(&facts(STORY), &facts(STORY)), []);
    }

    #[test]
    fn somebody_else_is_credited() {
        let quote = |speaker: &str| QuoteFact {
            id: None,
            said: "We will stay".into(),
            speaker: Some(speaker.into()),
        };
        let with = |speaker| Facts { quotes: vec![quote(speaker)], ..Facts::default() };
        let changes = compare(&with("Ruth Okonjo"), &with("Piet Calloway"));
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].subject, changes[0].what), ("speaker", "changed"));
        assert_eq!(changes[0].after.as_deref(), Some("Piet Calloway"));
    }

    #[test]
    fn another_story_at_the_same_place_is_told_as_such() {
        let other = "Bank holds its rate\n\nThe central bank left its rate where it was on Monday, and shares of \
            the two largest lenders fell by 5 percent before trade was stopped in the afternoon.\n";
        let changes = compare(&facts(STORY), &facts(other));
        assert_eq!((changes[0].subject, changes[0].what), ("story", "changed"));
        assert_eq!(changes[0].after.as_deref(), Some("Bank holds its rate"));
        assert!(changes.iter().all(|change| change.subject != "figure"), "{changes:?}");
    }
}
