//! Attribution: which report of its frame credits a stretch.
//!
//! In order: the cue right before it, the cue right after it, the last cue before it in the
//! sentence, the first one after it.

use super::cues::{Items, Report};
use super::frames::{Frame, Item};
use super::{phrases, relays};

/// The report that credits a stretch, and the rule that chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// An index into the frame's reports.
    pub report: usize,
    /// The rule.
    pub rule: &'static str,
    /// Whether nothing but marks, addressee and occasion stand between cue and stretch.
    pub adjacent: bool,
}

/// How often a form of the verb must credit words for a cue elsewhere in the sentence to count.
const SHARE: u8 = 25;

/// The report that credits the stretch at item `at`.
pub fn credit(frame: &Frame<'_>, reports: &[Report], at: usize) -> Option<Credit> {
    let after = reports.partition_point(|r| r.cue.start < at);
    let before = after.checked_sub(1).map(|i| judging(frame, reports, i, at));
    let behind = following(frame, reports, after, at);
    // "Roe defends her plan in a letter: [quote], she writes": a verb that introduces none leaves it to one that does.
    let introduces = |i: usize| reports[i].quotes() || reports[i].cue.end == at || behind.is_none();
    if let Some(i) = before.filter(|&i| introduces(i) && leads_to(frame, &reports[i], at)) {
        let report = if own_words(frame, &reports[i], at) { i } else { outermost(frame, reports, i) };
        return Some(Credit { report, rule: "cue before", adjacent: true });
    }
    if let Some(i) = before.filter(|_| mid_clause(frame, at)).map(|i| outermost(frame, reports, i))
        && leads_sentence(frame, &reports[i])
        && behind.is_some()
    {
        return Some(Credit { report: i, rule: "cue that leads the sentence", adjacent: false });
    }
    if let Some(i) = behind {
        return Some(Credit { report: i, rule: "cue after", adjacent: true });
    }
    let usable = |i: &usize| {
        let r = &reports[*i];
        r.source.is_some() && r.verb.is_none_or(|v| v.share >= SHARE)
    };
    let clause = clause_start(frame, at);
    let near = (0..after).rev().take(6).take_while(|&i| reports[i].cue.start >= clause).find(|i| usable(i));
    if let Some(i) = near {
        let report = outermost(frame, reports, i);
        return Some(Credit { report, rule: "cue before in the sentence", adjacent: false });
    }
    let credits = |i: &usize| usable(i) && !of_purpose(frame, &reports[*i]) && !reports[*i].noun();
    let next = (after..reports.len()).take(3).find(credits)?;
    Some(Credit { report: next, rule: "cue after in the sentence", adjacent: false })
}

/// The verb before the noun that the report `i` is, where the stretch at `at` is what its subject makes of what the
/// noun tells: in "Roe described Vale's claim as [quote]" the words are Roe's.
fn judging(frame: &Frame<'_>, reports: &[Report], i: usize, at: usize) -> usize {
    let noun = &reports[i];
    let Some(verb) = i.checked_sub(1).map(|v| &reports[v]).filter(|v| noun.noun() && !v.noun()) else {
        return i;
    };
    let names = verb.verb.is_some_and(|v| v.naming);
    let judges = match &frame.items[noun.cue.end..at.max(noun.cue.end)] {
        [] => names,
        [a] => a.is("as") || names && (a.is("a") || a.is("an")),
        [a, b] => a.is("as") && b.classes.determiner(),
        _ => false,
    };
    let object = verb.cue.end..noun.cue.start;
    let plain = object.start <= object.end && frame.items[object].iter().all(phrases::nominal);
    if judges && plain && verb.source.is_some() { i - 1 } else { i }
}

/// Whether the cue is an infinitive: in "a plan to counter the claims" nobody said the words before it.
fn of_purpose(frame: &Frame<'_>, report: &Report) -> bool {
    report.verb.is_some() && report.cue.start > 0 && frame.items[report.cue.start - 1].is("to")
}

/// Words that say when: "On Friday".
fn dates(item: &Item<'_>) -> bool {
    item.classes.weekday() || item.classes.time() || item.classes.preposition() || item.classes.determiner()
}

/// Whether the stretch continues a clause: "the men were [not armed]".
fn mid_clause(frame: &Frame<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| !frame.items[b].mark() && frame.items[b].quote.is_none())
}

/// Whether the report is the sentence's main clause: "Smith said ..., said the Courier".
fn leads_sentence(frame: &Frame<'_>, report: &Report) -> bool {
    let clause = report.verb.is_some_and(|v| v.clause || v.addressee);
    clause
        && report.source.as_ref().is_some_and(|s| {
            s.start == 0
                || s.start <= 6
                    && (frame.items[s.start - 1].is(",") || frame.items[..s.start].iter().all(dates))
                || s.start == 1 && frame.items[0].classes.subordinator()
        })
}

/// Whether the stretch is a sentence that the report before it introduces: in "Smith said Jones told her:
/// [Quote]" the words are Jones's, whoever tells of them.
fn own_words(frame: &Frame<'_>, report: &Report, at: usize) -> bool {
    let introduced = at == report.cue.end || matches!(frame.items[at - 1].text, ":" | ",");
    let sentence = frame.items[at].text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let speaks = report.verb.is_some_and(|v| v.quotes && !v.naming && !v.noun);
    // "adding", "a headline that read": whose those are hangs on the clause around them.
    let own = matches!(report.rule, "subject before" | "past apposition")
        && !frame.items[report.cue.start].gerund();
    introduced && sentence && speaks && own && report.source.is_some()
}

/// The report whose content the report `inner` stands in, where there is one: in "Smith said Jones had
/// called it [quote]" the article has it from Smith.
fn outermost(frame: &Frame<'_>, reports: &[Report], inner: usize) -> usize {
    let first = inner.saturating_sub(8);
    let clause = clause_start(frame, reports[inner].cue.start);
    let mut current = first;
    for i in first + 1..=inner {
        let (outer, next) = (&reports[current], &reports[i]);
        let takes = outer.verb.is_none_or(|v| (v.clause || v.addressee || v.question) && v.share >= SHARE);
        let begins = next.extent().start;
        let inside = takes
            && outer.source.is_some()
            && outer.rule != "relative clause"
            && outer.cue.start >= clause
            && (goes_on(frame, next)
                || begins >= outer.cue.end
                    && next.source.as_ref().is_none_or(|s| s.start >= outer.cue.end)
                    && !coordinated(frame, begins));
        if !inside {
            current = i;
        }
    }
    current
}

/// Whether the report goes on with what was said of its subject: "said it was late and would respond [soon]".
fn goes_on(frame: &Frame<'_>, report: &Report) -> bool {
    let helper = report.cue.start.checked_sub(1).map(|b| &frame.items[b]);
    report.rule == "shared subject" && helper.is_some_and(Item::modal)
}

/// Whether the later of two reports stands in a clause beside the earlier one, not in what that reports:
/// "Smith said it was late, while Jones insisted it was [quote]".
pub fn beside(frame: &Frame<'_>, outer: &Report, later: &Report) -> bool {
    let begins = later.extent().start;
    let apart = begins > outer.extent().end + 1 && outer.verb.is_some() && coordinated(frame, begins);
    // "that, while 40 percent say", "because Jones testified": parts of what is reported.
    apart
        && !matches!(frame.items[begins - 1].lower.as_ref(), "because" | "if" | "that" | "since" | "whether")
        && !(begins > 2 && frame.items[begins - 2].is(",") && frame.items[begins - 3].is("that"))
}

/// Whether a new main clause begins at `at`: ", and Jones said".
fn coordinated(frame: &Frame<'_>, at: usize) -> bool {
    let Some(k) = at.checked_sub(1) else { return true };
    let item = &frame.items[k];
    let comma = |i: usize| frame.items[i].is(",") || frame.items[i].quote.is_some() || frame.items[i].is("—");
    // ", with one voter saying".
    comma(k)
        || item.is("with") && k > 0 && comma(k - 1)
        // ", which the union called".
        || item.classes.relative() && !item.is("that") && k > 0 && comma(k - 1)
        || (item.classes.conjunction() || item.classes.subordinator() && !item.is("that"))
            && k > 0
            && comma(k - 1)
}

/// Whether the report leads straight to the stretch: `said: [quote]`, `told reporters in Ulm [quote]`.
fn leads_to(frame: &Frame<'_>, report: &Report, at: usize) -> bool {
    // "described as [quote] by Smith": the agent stands behind the words.
    let ahead = report.source.as_ref().is_some_and(|s| s.start < at);
    let from = if report.inverted() && ahead { report.extent().end } else { report.cue.end };
    let names = report.verb.is_some_and(|v| v.naming);
    let silent =
        report.rule == "no subject" || report.rule == "passive, no agent" && (report.quotes() || names);
    if report.source.is_none() && !silent || from > at {
        return false;
    }
    let between = &frame.items[from..at];
    if between.is_empty() {
        return true;
    }
    let colon = between.last().is_some_and(|b| b.is(":") || b.is(","));
    // "The polls say so - Roe: [quote]": the colon is another's.
    if between.last().is_some_and(|b| b.is(":"))
        && super::subjects::before_colon(frame, at - 1)
            .is_some_and(|s| s.start > from && dash(frame, s.start - 1))
    {
        return false;
    }
    if report.noun() {
        let small = |b: &Item<'_>| {
            b.mark()
                || b.classes.be()
                || matches!(b.lower.as_ref(), "that" | "of" | "for" | "as" | "a" | "an" | "the")
        };
        return between.len() <= 3 && between.iter().all(|b| b.quote.is_none() && small(b));
    }
    let plain = |limit: usize| {
        between.len() <= limit
            && between.iter().all(|b| {
                b.quote.is_none()
                    && (b.verb.is_none() || b.gerund())
                    && !b.is(";")
                    && !b.classes.auxiliary()
                    && (!b.classes.nominative() || b.is("it") || b.is("you"))
            })
    };
    let that = between.len() == 1 && (between[0].is("that") || between[0].is("as"));
    that || colon && plain(if between.last().is_some_and(|b| b.is(":")) { 25 } else { 12 })
        || report.verb.is_some_and(|v| v.naming) && plain(8) && !between.iter().any(Item::gerund)
}

fn dash(frame: &Frame<'_>, at: usize) -> bool {
    matches!(frame.items[at].text, "-" | "—" | "–" | "--")
}

/// The report right after the stretch: `[quote] , Smith said`, `[quote] said Smith`.
fn following(frame: &Frame<'_>, reports: &[Report], first: usize, at: usize) -> Option<usize> {
    let report = reports.get(first).filter(|r| r.rule != "participle, by")?;
    report.source.as_ref()?;
    let mut next = at + 1;
    while frame.get(next).is_some_and(|n| matches!(n.text, "," | "—" | "–" | "--" | "-")) {
        next += 1;
    }
    let Items { start, .. } = report.extent();
    // "also said", "then Smith said": an adverb may stand before; "was how Smith put it".
    let between = &frame.items[next.min(start)..start];
    let adverbs = between.iter().all(|n| n.classes.adverb() || n.lower.ends_with("ly"));
    let manner = matches!(between, [be, how] if be.classes.be() && how.is("how"));
    // "the Courier quoted him as saying".
    let relayed =
        report.rule == relays::RULE && between.len() <= 8 && between.iter().all(|n| n.quote.is_none());
    let joined = frame.get(at + 1).is_some_and(|n| n.classes.conjunction());
    let near = start <= next + 2 && (adverbs || manner) || relayed;
    (start >= next && near && !joined && report.quotes()).then_some(first)
}

/// Whether a stretch stands in a list with the stretch at item `before`: `[bold] and [new]`.
pub fn listed(frame: &Frame<'_>, before: usize, at: usize) -> bool {
    let between = &frame.items[before + 1..at];
    !between.is_empty()
        && between.len() <= 4
        && between.iter().all(|b| b.is(",") || b.classes.conjunction() || b.classes.determiner())
}

/// Where the clause of item `at` begins, as far as a semicolon tells.
fn clause_start(frame: &Frame<'_>, at: usize) -> usize {
    (at.saturating_sub(80)..at).rev().find(|&k| frame.items[k].is(";")).map_or(0, |k| k + 1)
}
