//! Runs the corpora beside the rules: `NAME.corpus` holds the cases of `NAME.rs`.
//!
//! A line that begins with `=` says what to expect: kind, value (or `low..high`, `?` for open), then any
//! of a bound, `up`, `down` or `unmoved`, `vague`, `denied`, `possible`, and fields by name: `unit:CODE`,
//! `name:UNIT_NAME`, `head:HEAD`, `phrase:PHRASE`, `event:EVENT`, `role:ROLE`, `base:VALUE`, `place:`, `whose:`,
//! `period:`, `asof:`, `cited:`. Each line below it is a sentence that must give that, the figure's span in
//! [brackets]. Lines that begin with `!` must give no figure; a bracket in them must be refused, with the
//! reason behind a `|`. Over all corpora, at least as many sentences begin with `!` as do not.

use std::fs;
use std::path::Path;

use super::{Numbers, figures};
use crate::annotate::annotate;
use crate::finding::Figure;
use crate::span::Span;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/figures")
}

/// The corpora by name, with their text.
fn corpora() -> Vec<(String, String)> {
    let paths =
        fs::read_dir(folder()).expect("the rules' folder").map(|entry| entry.expect("an entry").path());
    let mut out: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "corpus"))
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a corpus is UTF-8"))
        })
        .collect();
    out.sort();
    out
}

/// The lines of a corpus that say something, numbered from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(n, line)| (n + 1, line));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with("# "))
}

/// How a figure reads in the terms of a corpus.
fn told(figure: &Figure, text: &str, want: &str) -> Vec<String> {
    let number = |v: Option<f64>| v.map_or("?".to_string(), |v| v.to_string());
    let amount = match figure.value {
        Some(value) => number(Some(value)),
        None => format!("{}..{}", number(figure.low), number(figure.high)),
    };
    let mut out = vec![figure.kind.as_str().to_string(), amount];
    let bound = figure.bound.as_str();
    if bound != "exactly" {
        out.push(bound.to_string());
    }
    if let Some(direction) = figure.direction.filter(|d| want.split(' ').any(|w| w == d.as_str())) {
        out.push(direction.as_str().to_string());
    }
    for (flag, holds) in [
        ("unmoved", figure.direction.is_none()),
        ("vague", figure.vague),
        ("denied", figure.denied),
        ("possible", figure.possible),
    ] {
        if holds && want.split(' ').any(|w| w == flag) {
            out.push(flag.to_string());
        }
    }
    let words = |span: Option<Span>| span.map(|span| span.of(text).to_string());
    for (key, value) in [
        ("unit", &figure.unit),
        ("name", &figure.unit_name),
        ("head", &figure.counted_head),
        ("event", &figure.event),
        ("phrase", &words(figure.counted)),
        ("role", &figure.role.map(|role| role.as_str().to_string())),
        ("base", &figure.base_value.map(|v| v.to_string())),
        ("place", &words(figure.place)),
        ("whose", &words(figure.whose)),
        ("period", &words(figure.period)),
        ("asof", &words(figure.as_of)),
        ("cited", &words(figure.cited)),
    ] {
        if want.split(' ').any(|w| w.starts_with(&format!("{key}:"))) {
            out.push(format!("{key}:{}", value.as_deref().unwrap_or("none").replace(' ', "_")));
        }
    }
    out
}

/// A sentence without its brackets, and the stretch that stood in them.
fn unbracketed(line: &str) -> (String, Option<String>) {
    match (line.find('['), line.find(']')) {
        (Some(open), Some(close)) => {
            let inner = line[open + 1..close].to_string();
            (format!("{}{}{}", &line[..open], inner, &line[close + 1..]), Some(inner))
        }
        _ => (line.to_string(), None),
    }
}

fn problem(line: &str, want: &str) -> Option<String> {
    let negative = line.strip_prefix('!').map(str::trim);
    let (sentence, reason) = match negative {
        Some(rest) => rest.split_once('|').map_or((rest, None), |(s, r)| (s.trim(), Some(r.trim()))),
        None => (line, None),
    };
    let (text, inner) = unbracketed(sentence);
    let Numbers { figures: found, refused, .. } = figures(&text, &annotate(&text), &[], None);
    let all: Vec<&str> = found.iter().map(|f| f.span.of(&text)).collect();
    if let Some(pair) = found.windows(2).find(|pair| pair[0].span.overlaps(pair[1].span)) {
        return Some(format!("two readings of one span: {:?}", pair[1].span.of(&text)));
    }
    if negative.is_some() {
        let why: Vec<_> = refused.iter().map(|r| (r.span.of(&text), r.reason)).collect();
        let expected = inner.as_deref().zip(reason);
        return match expected {
            _ if !found.is_empty() => Some(format!("no figure expected, found {all:?}")),
            Some(pair) if !why.contains(&pair) => Some(format!("refused {why:?}, not {pair:?}")),
            _ => None,
        };
    }
    let inner = inner?;
    let hits: Vec<&Figure> = found.iter().filter(|f| f.span.of(&text) == inner).collect();
    let [hit] = hits[..] else { return Some(format!("found {all:?}, not {inner:?}")) };
    let (mut got, mut wanted) =
        (told(hit, &text, want), want.split(' ').map(str::to_string).collect::<Vec<_>>());
    got.sort();
    wanted.sort();
    (got != wanted).then(|| format!("got {got:?}, not {want:?}"))
}

#[test]
fn every_case_of_every_corpus_holds() {
    let (mut failures, mut cases) = (Vec::new(), 0);
    // Moments have a form of their own, below.
    for (name, text) in corpora().into_iter().filter(|(name, _)| name != "moments.corpus") {
        let (mut want, mut positive, mut before) = (String::new(), 0, cases);
        for (n, line) in lines(&text) {
            if let Some(expected) = line.strip_prefix("= ") {
                want = expected.to_string();
                continue;
            }
            positive += usize::from(!line.starts_with('!'));
            assert!(line.starts_with('!') || line.contains('['), "{name}:{n}: no bracket in {line:?}");
            cases += 1;
            if let Some(problem) = problem(line, &want) {
                failures.push(format!("{name}:{n}: {line}\n    {problem}"));
            }
        }
        before = cases - before;
        assert!(before > 0 && positive > 0 || name == "refused.corpus", "{name} holds no cases");
    }
    assert!(failures.is_empty(), "{} of {cases} cases fail:\n{}", failures.len(), failures.join("\n"));
}

/// The moments of a line of `moments.corpus`: what each covers, and what it says.
fn moments(line: &str, published: &str) -> (Vec<(String, String)>, Option<String>) {
    let published = if line.starts_with('?') { None } else { Some(published) };
    let (text, inner) = unbracketed(line.trim_start_matches(['?', '!', ' ']));
    let told = figures(&text, &annotate(&text), &[], published).moments.into_iter().map(|m| {
        let value = m.value.as_deref().unwrap_or("?");
        let why = m.unresolved.map(|why| format!(" {why}")).unwrap_or_default();
        (m.span.of(&text).to_string(), format!("{value} {}{why}", m.kind.as_str()))
    });
    (told.collect(), inner)
}

#[test]
fn every_moment_is_read_as_it_should() {
    let text = fs::read_to_string(folder().join("moments.corpus")).expect("the corpus of moments");
    let (mut want, mut failures, mut published) = (String::new(), Vec::new(), "2016-09-07");
    for (_, line) in lines(&text) {
        if let Some(day) = line.strip_prefix("@ ") {
            published = day;
            continue;
        }
        if let Some(expected) = line.strip_prefix("= ") {
            want = expected.to_string();
            continue;
        }
        let (found, inner) = moments(line, published);
        let expected: Vec<_> = inner.into_iter().map(|inner| (inner, want.clone())).collect();
        if found != expected {
            failures.push(format!("{line}\n    {found:?}, not {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A rule that finds too much passes every case of what it must find: only the others hold it back.
#[test]
fn as_many_sentences_must_give_nothing_as_must_give_something() {
    let (mut something, mut nothing, mut by_corpus) = (0, 0, Vec::new());
    for (name, text) in corpora() {
        let cases = lines(&text).filter(|(_, line)| !line.starts_with("= ") && !line.starts_with("@ "));
        let (empty, full): (Vec<_>, Vec<_>) = cases.partition(|(_, line)| line.starts_with('!'));
        (something, nothing) = (something + full.len(), nothing + empty.len());
        by_corpus.push(format!("{name}: {} and {}", full.len(), empty.len()));
    }
    assert!(
        nothing >= something,
        "{something} sentences must give something and {nothing} nothing:\n{}",
        by_corpus.join("\n")
    );
}

#[test]
fn every_rule_file_has_a_corpus() {
    // Reading text and carrying quantities are no rules; digits are tested by property beside the code, tense by
    // the moments that it dates, and what is nearby among the moments.
    let apart = [
        "mod",
        "corpora",
        "hostile",
        "pieces",
        "digits",
        "quantity",
        "calendar",
        "ambiguous",
        "tense",
        "nearby",
    ];
    for entry in fs::read_dir(folder()).expect("the rules' folder") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "rs") && !apart.contains(&stem.as_str()) {
            assert!(path.with_extension("corpus").exists(), "{stem}.rs has no {stem}.corpus");
        }
    }
}
