//! The corpora of this room (`names.corpus`, `entities.corpus`, `descriptions.corpus`, `speakers.corpus`,
//! `offices.corpus`): cases beside the rules.

use super::entities::entities;
use super::{consistency, descriptions, speakers};
use crate::annotate::annotate;
use crate::extract::mentions::mentions;
use crate::extract::quotes::quotes;
use crate::finding::{Entity, EntityKind, FoundBy, Mention};
use crate::span::Span;

/// The kind of a letter: place is "l", the others their first.
fn kind(letter: char) -> EntityKind {
    let of = |k: &&EntityKind| shown_kind(**k).starts_with(letter);
    *EntityKind::ALL.iter().find(of).expect("one of the letters at the corpus's head")
}

fn shown_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Place => "l",
        kind => &kind.as_str()[..1],
    }
}

/// The text without its brackets, and the mentions they held.
fn marked(line: &str) -> (String, Vec<Mention>) {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut rest = line;
    while let Some((before, inside)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, after) = inside.split_once(']').expect("a bracket is closed");
        let (name, letter) = inside.split_once('|').unwrap_or((inside, "p"));
        let span = Span::new(text.len(), text.len() + name.len());
        text.push_str(name);
        let kind = kind(letter.chars().next().expect("a kind's letter"));
        mentions.push(Mention { span, kind, found_by: FoundBy::Model, confidence: 0.9 });
        rest = after;
    }
    text.push_str(rest);
    (text, mentions)
}

fn shown(text: &str, mentions: &[Mention], entity: &Entity) -> String {
    let letter = shown_kind(entity.kind);
    let forms: Vec<&str> = entity.mentions.iter().map(|&m| mentions[m].span.of(text)).collect();
    format!("{}, {letter}: {}", entity.name, forms.join("; "))
}

#[test]
fn entities_of_the_corpus() {
    let corpus = include_str!("entities.corpus");
    let mut wrong = Vec::new();
    let mut cases = 0;
    for block in corpus.split("\n\n") {
        let lines: Vec<&str> = block.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        let [line, want @ ..] = &lines[..] else { continue };
        let (text, mentions) = marked(&line.replace("\\n", "\n"));
        let found = entities(&text, &annotate(&text), &mentions);
        let got: Vec<String> = found.iter().map(|e| format!("> {}", shown(&text, &mentions, e))).collect();
        cases += 1;
        if got != want {
            wrong.push(format!("{line}\n  want {want:#?}\n  got  {got:#?}"));
        }
    }
    assert!(cases > 30, "only {cases} cases read");
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn descriptions_of_the_corpus() {
    let corpus = include_str!("descriptions.corpus");
    let mut wrong = Vec::new();
    for line in corpus.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let want = line.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(inside, _)| inside);
        let bare = line.trim_start_matches("! ").replace(['{', '}'], "");
        let (text, mentions) = marked(&bare);
        let annotation = annotate(&text);
        let found = entities(&text, &annotation, &mentions);
        let got = descriptions(&text, &annotation, &mentions, &found);
        let got: Vec<&str> = got.iter().map(|d| d.span.of(&text)).collect();
        if got != want.into_iter().collect::<Vec<_>>() {
            wrong.push(format!("{line}\n  got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The name of the last quote's speaker ("!" for nobody) and the steps to it, in a text whose [names] are marked.
fn speaker_of(line: &str, published: Option<&str>) -> (String, String) {
    let (text, mentions) = marked(line);
    let annotation = annotate(&text);
    let mut found = quotes(&text, &annotation, &mentions);
    let entities = entities(&text, &annotation, &mentions);
    speakers(&text, &annotation, &mentions, &entities, &mut found, published);
    let Some(speaker) = found.pop().and_then(|q| q.speaker) else {
        return ("no quote".into(), String::new());
    };
    (speaker.entity.map_or("!".to_owned(), |e| entities[e].name.clone()), speaker.steps)
}

#[test]
fn speakers_of_the_corpus() {
    let corpus = include_str!("speakers.corpus");
    let mut wrong = Vec::new();
    for line in corpus.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (want, text) = line.split_once(" | ").expect("a line is NAME | TEXT");
        let (name, steps) = speaker_of(text, None);
        let right = match want.strip_prefix("! ") {
            Some(words) => name == "!" && steps.contains(words),
            None => name == want && !steps.is_empty(),
        };
        if !right {
            wrong.push(format!("{line}\n  got {name}: {steps}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn offices_lead_to_their_holders() {
    let mut wrong = Vec::new();
    let corpus = include_str!("offices.corpus");
    for line in corpus.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (want, rest) = line.split_once(" | ").expect("a line is NAME | DAY | TEXT");
        let (day, text) = rest.split_once(" | ").expect("a line is NAME | DAY | TEXT");
        let (name, steps) = speaker_of(text, Some(day).filter(|d| *d != "-"));
        if name != want {
            wrong.push(format!("{line}\n  got {name}: {steps}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text without its braces, which hold what may be found or not, and where those stood.
fn optional(line: &str) -> (String, Vec<String>) {
    let held = line.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    (line.replace(['{', '}'], ""), held.map(|(inside, _)| inside.to_owned()).collect())
}

/// Names through the whole of finding them: the tagger and what repairs it. What is known to be wrong is marked
/// so, and fails here once it is right.
#[test]
fn names_of_the_corpus() {
    let corpus = include_str!("names.corpus");
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in corpus.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (line, known_wrong) = match line.strip_prefix("? ") {
            Some(line) => (line, true),
            None => (line, false),
        };
        let (line, free) = optional(&line.replace("\\n", "\n"));
        let (text, want) = marked(&line);
        let annotation = annotate(&text);
        let (mut found, _) = consistency(&text, &annotation, mentions(&text, &annotation));
        found.retain(|m| !free.iter().any(|name| name == m.span.of(&text)));
        let name = |m: &Mention| format!("{}|{}", m.span.of(&text), shown_kind(m.kind));
        let (got, want): (Vec<String>, Vec<String>) =
            (found.iter().map(name).collect(), want.iter().map(name).collect());
        cases += 1;
        if known_wrong && got == want {
            wrong.push(format!("{line}\n  is right now: take its question mark away"));
        } else if !known_wrong && got != want {
            wrong.push(format!("{line}\n  want {want:?}\n  got  {got:?}"));
        }
    }
    assert!(cases > 50, "only {cases} cases read");
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong.join("\n"));
}
