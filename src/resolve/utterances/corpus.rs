//! The corpus of this room (`utterances.corpus`): pairs that are one utterance, and pairs that are not.

use std::collections::BTreeSet;

use super::{Distinct, Voice, Voices, Wording, differing, distinct, same_utterance, voices, within_days};

fn voice(name: &str) -> Voice {
    Voice {
        kind: "person".to_owned(),
        key: name.to_owned(),
        surname: name.split(' ').next_back().map(str::to_owned),
        is_full: name.contains(' '),
    }
}

/// What a head wants: a rule and a difference, or nothing.
struct Case<'t> {
    want: Option<(String, &'t str)>,
    credits: [Option<Voice>; 2],
    days: [String; 2],
}

fn case(head: &str) -> Case<'_> {
    let (sign, rest) = head.split_at(1);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let at = words.iter().position(|w| matches!(*w, "same" | "open" | "different"));
    // "same words" is a rule's name.
    let at = match at {
        Some(0) if sign == "+" => 3,
        Some(at) => at,
        None => panic!("{head}: who is credited?"),
    };
    let want = (sign == "+").then(|| (words[..at - 1].join(" "), words[at - 1]));
    let second = match words[at] {
        "same" => Some(voice("ada vale")),
        "open" => None,
        _ => Some(voice("boris kern")),
    };
    let days = match words.get(at + 1).copied() {
        Some("undated") => [String::new(), String::new()],
        Some(apart) if apart.ends_with('d') && apart[..1].parse::<u8>().is_ok() => {
            let apart: i32 = apart.trim_end_matches('d').parse().expect("a number of days");
            let day = jiff::civil::date(2021, 3, 2);
            let later = day.checked_add(jiff::Span::new().days(apart)).expect("a day");
            [day.to_string(), later.to_string()]
        }
        _ => ["2021-03-02".to_owned(), "2021-03-02".to_owned()],
    };
    Case { want, credits: [Some(voice("ada vale")), second], days }
}

fn found(case: &Case<'_>, pair: [&str; 2]) -> Option<(String, &'static str)> {
    let mut both: Vec<(Wording, Option<&Voice>)> =
        pair.iter().zip(&case.credits).map(|(said, voice)| (Wording::read(said), voice.as_ref())).collect();
    both.sort_by_key(|(wording, _)| std::cmp::Reverse(wording.letters()));
    let [(fullest, one), (wording, other)] = &both[..] else { panic!("two quotations") };
    if distinct(fullest, *one) == Distinct::Never || distinct(wording, *other) == Distinct::Never {
        return None;
    }
    let joined = same_utterance(wording, fullest, voices(*one, *other))?;
    if joined.within.is_some_and(|most| !within_days(&case.days[0], &case.days[1], most)) {
        return None;
    }
    let differing = differing(wording, fullest).expect("short");
    Some((joined.rule.to_owned(), differing.difference.as_str()))
}

#[test]
fn pairs_of_the_corpus() {
    let corpus = include_str!("utterances.corpus");
    let (mut wrong, mut cases, mut rules) = (Vec::new(), 0, BTreeSet::new());
    for block in corpus.split("\n\n") {
        let lines: Vec<&str> = block.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        let [head, one, other] = lines[..] else { continue };
        let case = case(head);
        let got = found(&case, [one, other]);
        cases += 1;
        rules.extend(got.as_ref().map(|(rule, _)| rule.clone()));
        let want = case.want.map(|(rule, difference)| (rule, difference.to_owned()));
        if got.as_ref().map(|(rule, difference)| (rule.clone(), (*difference).to_owned())) != want {
            let fuller = [Wording::read(one), Wording::read(other)];
            wrong.push(format!(
                "{head}\n  {one}\n  {other}\n  got {got:?}, {} and {}",
                fuller[0].substance(),
                fuller[1].substance()
            ));
        }
    }
    assert!(cases >= 60, "only {cases} cases read");
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong.join("\n"));
    for rule in [
        "contained",
        "reworded",
        "overlapping",
        "retranslated",
        "same words",
        "fragment",
        "credited differently",
    ] {
        assert!(rules.contains(rule), "no case for {rule}");
    }
}

#[test]
fn a_surname_may_be_his_who_is_named_in_full() {
    let body = Voice { kind: "organization".into(), key: "coast guard".into(), surname: None, is_full: true };
    for (one, other, want) in [
        ("vale", "ada vale", Voices::Same),
        ("ada vale", "ada maria vale", Voices::Same),
        ("ada vale", "boris vale", Voices::Different),
        ("ada vale", "boris kern", Voices::Different),
    ] {
        assert_eq!(voices(Some(&voice(one)), Some(&voice(other))), want, "{one}, {other}");
    }
    assert_eq!(voices(Some(&voice("ada vale")), Some(&body)), Voices::Open);
    assert_eq!(voices(Some(&voice("ada vale")), None), Voices::Open);
}

#[test]
fn days_are_near_on_either_side() {
    assert!(within_days("2021-03-01 2021-06-01", "2021-02-27", 2));
    assert!(within_days("2021-06-01", "2021-03-01 2021-06-03", 2));
    assert!(!within_days("2021-03-01 2021-06-01", "2021-04-15", 2));
    assert!(!within_days("", "2021-04-15", 9));
}

#[test]
fn what_differs_is_shown_as_it_is_printed() {
    let shown = |wording: &str, fullest: &str| {
        differing(&Wording::read(wording), &Wording::read(fullest)).expect("short").compared
    };
    assert_eq!(
        shown("The pumps failed at night.", "“The old pumps failed,” at night, in March."),
        "The [-old-] pumps failed,” at night, [-in March.-]"
    );
    assert_eq!(
        shown("[Vale] saw 3 boats", "She saw two boats, she said"),
        "[-She-] {+[Vale]+} saw [-two-] {+3+} boats, [-she said-]"
    );
    let long = "one after another and row upon row the lanterns of the whole harbour went out that night";
    assert_eq!(
        shown("went out", long),
        "[-one after another and row upon … (1 more) … the lanterns of the whole harbour-] went out [-that night-]"
    );
}

#[test]
fn likeness_costs_little_whatever_the_text() {
    let same = "no comment ".repeat(40_000);
    let other = format!("{same} at all");
    let (one, other) = (Wording::read(&same), Wording::read(&other));
    assert!(same_utterance(&one, &other, Voices::Same).is_some());
    assert!(differing(&one, &other).is_none(), "too long to set against each other");
    assert!(one.traces().len() < 4);
    let marks = Wording::read(&"[…'’.,".repeat(100_000));
    assert_eq!((marks.letters(), marks.substance()), (0, 0));
}
