//! Reads the corpora beside the rules: `*.corpus`, invented sentences with what must be found in them.
//!
//! A case is a block of lines. `kind | speaker | cue | rule` says what a row must be, one line a row in
//! text order, `-` for none; a row may go on with `| to ADDRESSEE`, `| at OCCASION`, `| open`. Lines with
//! `>` are the text, a paragraph each, the rows' spans in ⟦ ⟧; a text without rows must yield nothing.

use crate::annotate::annotate;
use crate::extract::quotes::quotes;
use crate::finding::Quote;
use crate::span::Span;

fn show(text: &str, quote: &Quote) -> String {
    let or = |words: Option<&str>| words.unwrap_or("-").to_string();
    let mut row = vec![
        quote.kind.as_str().to_string(),
        or(quote.speaker.as_ref().map(|s| s.span.of(text))),
        or(quote.cue.as_ref().map(|c| c.lemma.as_str())),
        quote.rule.to_string(),
    ];
    row.extend(quote.addressee.map(|s| format!("to {}", s.of(text))));
    row.extend(quote.occasion.map(|s| format!("at {}", s.of(text))));
    row.extend((!quote.closed).then(|| "open".to_string()));
    row.join(" | ")
}

/// A text with its ⟦ ⟧ taken out, and the spans they held, in order of their start.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '⟦' => open.push(text.len()),
            '⟧' => spans.push(Span::new(open.pop().expect("⟧ closes a ⟦"), text.len())),
            c => text.push(c),
        }
    }
    spans.sort_unstable();
    (text, spans)
}

fn check(name: &str, corpus: &str) {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for block in corpus.split("\n\n") {
        let lines = || block.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        let want: Vec<&str> = lines().filter(|l| !l.starts_with('>')).collect();
        let marked: Vec<&str> = lines().filter_map(|l| l.strip_prefix("> ")).collect();
        if marked.is_empty() {
            continue;
        }
        cases += 1;
        let (text, spans) = unmark(&marked.join("\n\n"));
        let found = quotes(&text, &annotate(&text), &[]);
        let got: Vec<String> = found.iter().map(|q| show(&text, q)).collect();
        let mut got_spans: Vec<Span> = found.iter().flat_map(|q| q.spans.iter().copied()).collect();
        got_spans.sort_unstable();
        if got != want || got_spans != spans {
            let shown: Vec<&str> = got_spans.iter().map(|s| s.of(&text)).collect();
            wrong.push(format!("{text}\n  want {want:#?}\n  got  {got:#?}\n  spans {shown:#?}"));
        }
    }
    assert!(cases > 0, "{name} holds no case");
    assert!(wrong.is_empty(), "{} of {cases} cases of {name} fail:\n{}", wrong.len(), wrong.join("\n\n"));
}

macro_rules! corpora {
    ($($name:ident)+) => {
        $(#[test] fn $name() { check(stringify!($name), include_str!(concat!(stringify!($name), ".corpus"))); })+
    };
}

corpora! { attribution ends headlines indirect inserted kinds marks occasion relatives unnamed }
