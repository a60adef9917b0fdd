//! What a measured figure is about: revenue that rose 5 percent, a fine of $5, a five-year conflict.

use super::again::{compared, of_those, says_again, told_of};
use super::ages;
use super::carried;
use super::counted::{Counted, describe};
use super::decades;
use super::growth;
use super::labels;
use super::measures;
use super::numerals::skip_dash;
use super::phrases::{Phrase, compound_end, is_noun, is_time, is_weak, phrase, phrase_start};
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::ratios;
use super::spending::{self, About};
use super::standing;
use super::subject::{self, in_a_figure};
use super::sums;
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::{bounds, units};

/// Finds what the `n`th quantity of a sentence is about; `told` are the figures before it.
pub(super) fn of_measure(pieces: &Pieces, quantities: &[Quantity], n: usize, told: &[Figure]) -> Counted {
    let quantity = &quantities[n];
    let like = of_those(pieces, quantity, told)
        .or_else(|| told_of(pieces, quantity, told))
        .or_else(|| compared(pieces, quantity, told).filter(|_| behind(pieces, quantities, n).is_none()));
    let mut counted = if let Some((whose, named)) = aged(pieces, quantity) {
        let told = describe(pieces, whose, false);
        // A name has no singular.
        let head = if named { Some(pieces.word(whose.head).to_string()) } else { told.head };
        Counted { head, ..told }
    } else if let Some(rival) = standing::owner(pieces, quantity) {
        rival
    } else if let Some(like) = like {
        Counted { span: like.counted, head: like.counted_head.clone(), ..Counted::default() }
    } else if let Some(sum) = sums::whatever_for(pieces, quantity) {
        sums::named(sum)
    } else {
        match about(pieces, quantities, n, told) {
            Some(About::Thing(phrase)) => describe(pieces, phrase, false),
            Some(About::Sum(sum)) => sums::named(sum),
            None => Counted::default(),
        }
    };
    counted.end = quantity.end;
    counted
}

/// What a measure that takes it from no other figure is about.
fn about(pieces: &Pieces, quantities: &[Quantity], n: usize, told: &[Figure]) -> Option<About> {
    let quantity = &quantities[n];
    let thing = match quantity.kind() {
        FigureKind::Age if names_nobody(quantity) => None,
        FigureKind::Other if ratios::outnumbering(pieces, quantity).is_some() => {
            ratios::outnumbering(pieces, quantity)
        }
        FigureKind::Multiple if quantity.rule == growth::GROWTH => growth::object(pieces, quantity)
            .or_else(|| subject::of(pieces, quantity.first, told))
            .map(|found| moved(pieces, found)),
        FigureKind::Duration => lasting(pieces, quantities, n, told),
        FigureKind::Distance if leads_away(pieces, quantity) => None,
        FigureKind::Percentage if is_slice(pieces, quantity) => behind(pieces, quantities, n),
        FigureKind::Percentage if opens_with_among(pieces, quantity) => phrase(pieces, 1),
        FigureKind::Multiple if is_how_often(pieces, quantity) => None,
        FigureKind::Rate if is_rhythm(quantity) => None,
        FigureKind::Age if is_somebody(pieces, quantity) => None,
        _ => {
            let beside = bounded_noun(pieces, quantity)
                .or_else(|| priced(pieces, quantity, told))
                .or_else(|| behind(pieces, quantities, n))
                .or_else(|| stacked(pieces, quantities, n))
                .or_else(|| before_of(pieces, quantity))
                .or_else(|| labels::of_measure(pieces, quantity));
            return beside.map(About::Thing).or_else(|| spending::or_subject(pieces, quantity, told));
        }
    };
    thing.map(About::Thing)
}

/// "those over 65", "the under-18s": people whom no noun names.
fn names_nobody(quantity: &Quantity) -> bool {
    let rule = quantity.measure.as_ref().map(|m| m.rule);
    rule.is_some_and(|rule| rule == ages::PEOPLE_OF_AN_AGE || rule == decades::LIMIT)
}

/// "Peter Marlow, 15, found it", "women over 50", "Carrow 48": whose age or result it is, before it, and whether that
/// is a name.
fn aged(pieces: &Pieces, quantity: &Quantity) -> Option<(Phrase, bool)> {
    let rule = quantity.measure.as_ref()?.rule;
    // "Hale won 46 percent, Carrow 48"
    if rule == carried::RESULT {
        let at = (quantity.first.saturating_sub(2)..quantity.first).rev().find(|&at| pieces.capital(at));
        return at.map(|at| (ending_at(pieces, at), true));
    }
    let behind = match rule {
        ages::APPOSED_AGE => quantity.core.checked_sub(2),
        ages::PEOPLE_OF_AN_AGE => quantity.first.checked_sub(1),
        ages::AGED => (quantity.first.saturating_sub(8)..=quantity.core)
            .rev()
            .find(|&at| pieces.is(at, "aged"))
            .and_then(|at| at.checked_sub(1 + usize::from(pieces.is_any_before(at, &[","])))),
        // "a woman in her 40s", not "to paint in her 40s"
        decades::DECADE => (quantity.first.saturating_sub(6)..quantity.first)
            .rev()
            .find(|&at| pieces.is(at, "in"))
            .and_then(|at| at.checked_sub(1))
            .filter(|&at| !pieces.is_any_before(at, &["to"])),
        _ => None,
    };
    let named = |at: usize| rule == ages::APPOSED_AGE && pieces.capital(at);
    behind.filter(|&at| is_noun(pieces, at)).map(|at| (ending_at(pieces, at), named(at)))
}

/// "the top 1 percent", "the lower 95 percent": a part of those who are ranked, whom nobody names here.
fn is_slice(pieces: &Pieces, quantity: &Quantity) -> bool {
    const RANKED: &[&str] =
        &["top", "bottom", "lower", "upper", "richest", "poorest", "wealthiest", "highest", "lowest"];
    pieces.is_any_before(quantity.first, RANKED) && !pieces.is(quantity.end, "of")
}

/// "Among likely voters, 46 percent would choose her": the group that a sentence opens with.
fn opens_with_among(pieces: &Pieces, quantity: &Quantity) -> bool {
    let verb = pieces.get(quantity.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    let phrase = phrase(pieces, 1).is_some_and(|found| found.end < quantity.first);
    verb && phrase && pieces.is_any(0, &["among", "of"])
}

/// "50 miles from the port", "100 metres underground": the length of a way, which is nobody's.
fn leads_away(pieces: &Pieces, quantity: &Quantity) -> bool {
    // "the neck is 25 inches from nut to saddle"
    let copula = pieces.is_any_before(quantity.first, &["is", "was", "are", "were", "of"]);
    !copula
        && pieces.is_any(
            quantity.end,
            &[
                "from",
                "away",
                "off",
                "north",
                "south",
                "east",
                "west",
                "northeast",
                "northwest",
                "southeast",
                "southwest",
                "inland",
                "offshore",
                "underground",
                "below",
                "above",
                "outside",
                "apart",
                "down",
                "up",
            ],
        )
}

/// "60 percent of its revenue", "a 25% tax", "$12,000 for a new roof", "$1 billion in gains".
fn behind(pieces: &Pieces, quantities: &[Quantity], n: usize) -> Option<Phrase> {
    let quantity = &quantities[n];
    let mut at = skip_dash(pieces, quantity.end);
    // "HK$217 (£22) for flights"
    if let Some(again) = quantities.get(n + 1)
        && says_again(pieces, quantities, n + 1)
        && pieces.is_mark(again.end, ')')
    {
        at = again.end + 1;
    }
    let kind = quantity.kind();
    let linked = pieces.is_any(at, &["of", "worth", "off"])
        // "to 27 percent for Hale", and not "a rate of 5 percent for men"
        || pieces.is(at, "for") && (kind != FigureKind::Percentage || pieces.capital(at + 1))
        || kind == FigureKind::Money
            && (pieces.is(at, "in") || pieces.is(at, "on") && spent(pieces, quantity))
        || kind == FigureKind::Multiple && pieces.is_any(at, &["the", "its", "their", "his", "her"]);
    // "twice as many guests"
    if kind == FigureKind::Multiple && pieces.is(at, "as") && pieces.is_any(at + 1, &["many", "much"]) {
        return noun_phrase(pieces, at + 2);
    }
    if linked {
        let determined = kind == FigureKind::Multiple && !pieces.is(at, "of");
        let start = if determined { at } else { at + 1 + usize::from(pieces.is(at + 1, "of")) };
        let start = past_determiners(pieces, start);
        // "$35,000 for an 8.5 kW system"
        let start = quantities.get(n + 1).filter(|next| next.first == start).map_or(start, |next| next.end);
        let found = noun_phrase(pieces, start).or_else(|| gerund(pieces, start))?;
        // "42 percent of those asking" are not named.
        if pieces.is_any_before(found.first, &["those"])
            && found.first == found.head
            && pieces.word(found.head).ends_with("ing")
        {
            return None;
        }
        let named = pieces.is(at, "in") && pieces.capital(found.head);
        // "a profit of $5 in the half year"
        let part = is_weak(pieces, found.head) || pieces.is_any(found.head, &["term", "weekend", "bank"]);
        let time = (part || is_time(pieces, found.head)) && !pieces.is(at, "of");
        return (!named && !time).then_some(found);
    }
    modified(pieces, quantity, at).map(|found| moved(pieces, found))
}

/// "58 percent of the giving": a verb that a determiner makes a noun.
fn gerund(pieces: &Pieces, at: usize) -> Option<Phrase> {
    let determined = pieces.is_any_before(at, &["the", "its", "their", "this"]);
    let verb = pieces.get(at).is_some_and(|p| p.pos == Pos::Verb) && pieces.word(at).ends_with("ing");
    let alone = !is_noun(pieces, at + 1);
    (determined && verb && alone).then_some(Phrase { first: at, end: at + 1, head: at })
}

/// "spent $5 on": what follows is what it went to.
fn spent(pieces: &Pieces, quantity: &Quantity) -> bool {
    pieces.is_any_before(
        quantity.first,
        &["spend", "spends", "spent", "spending", "invest", "invested", "invests"],
    )
}

/// A measure right before a noun describes it: "a 25% tax". A name there is another's.
fn modified(pieces: &Pieces, quantity: &Quantity, at: usize) -> Option<Phrase> {
    let bracketed = at > quantity.end + 1;
    let determined = pieces.is_any_before(quantity.first, &["a", "an"]);
    let found = noun_phrase(pieces, at).or_else(|| {
        // After "a 51 percent" a noun must follow, whatever the tagger takes it for.
        let word = pieces.get(at).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb));
        (determined && word).then_some(Phrase { first: at, end: at + 1, head: at })
    })?;
    // "the $20 million experts say it costs": they say, and are not measured.
    let says = pieces.is_any(found.end, &["say", "says", "said", "think", "believe"]) && !determined;
    let time = is_time(pieces, found.first) || is_time(pieces, found.head);
    // "lost $5 gambling"
    let doing = found.head == at && pieces.word(at).ends_with("ing") && !determined;
    // "costs $5 total"
    let past = pieces.lower(found.head, |w| counting::is(w, Numbering::PastVerb));
    // "the top 10 percent paid $5"
    let acts = found.first == found.head && past && !pieces.is_dash(quantity.end);
    let sums_up = found.first == found.head && is_weak(pieces, found.head) && !determined;
    let apart =
        bracketed || says || sums_up || acts && !determined || doing && quantity.kind() == FigureKind::Money;
    let fits = !apart
        && !pieces.is_any(
            found.head,
            &["apiece", "each", "altogether", "tall", "long", "wide", "high", "deep", "thick"],
        )
        && (pieces.is_dash(quantity.end)
            || quantity.kind() == FigureKind::Age && quantity.end > quantity.numeral.end
            || !pieces.capital(found.head) && !time);
    fits.then_some(found)
}

/// "The entrance fee is $5 for guests": the fee, and not those who pay it.
fn priced(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Option<Phrase> {
    let told_for = pieces.is(quantity.end, "for")
        && pieces.is_any_before(quantity.first, &["is", "was", "are", "were", "be"]);
    told_for.then(|| subject::of(pieces, quantity.first, told)).flatten()
}

/// "voted twice": how often something was done; "twice the size", "is three times as large" compare.
fn is_how_often(pieces: &Pieces, quantity: &Quantity) -> bool {
    const COMPARES: &[&str] =
        &["as", "the", "its", "their", "his", "her", "that", "those", "what", "more", "of"];
    let end = quantity.end;
    let noun = is_noun(pieces, end) || pieces.get(end).is_some_and(|p| p.pos == Pos::Adj);
    let led = pieces.is_any_before(quantity.first, &["a", "an", "by"]);
    // "twice as much in May"
    if pieces.is(end, "as") && pieces.is_any(end + 1, &["many", "much"]) {
        return noun_phrase(pieces, end + 2).is_none();
    }
    !noun && !led && quantity.direction.is_none() && !pieces.is_any(end, COMPARES)
}

/// "seven days a week", "60 hours a week": a rhythm, and of nothing.
fn is_rhythm(quantity: &Quantity) -> bool {
    let first = |m: &measures::Measure| m.name.split(' ').next().map(str::to_string);
    quantity.measure.as_ref().and_then(first).is_some_and(|first| {
        units::forms_from(&first).any(|(words, unit)| words.len() == 1 && unit.kind == FigureKind::Duration)
    })
}

/// "the 43-year-old asked", "a 43-year-old from Utah": the age is somebody's who is not named by a noun behind.
fn is_somebody(pieces: &Pieces, quantity: &Quantity) -> bool {
    let joined = (quantity.core..quantity.end).any(|n| pieces.is_dash(n));
    let end = skip_dash(pieces, quantity.end);
    let noun = noun_phrase(pieces, end).filter(|found| !pieces.is_any(found.end, &["that", "about"]));
    joined && noun.is_none()
}

/// "a 5 percent increase in exports", "doubling the number of beds": the exports and beds, where the noun itself only
/// says that they moved or are counted.
fn moved(pieces: &Pieces, found: Phrase) -> Phrase {
    let counted = pieces.is_any(found.head, &["number", "numbers"]) && pieces.is(found.end, "of");
    let change = counted || pieces.lower(found.head, bounds::change).is_some();
    if !change || !pieces.is_any(found.end, &["in", "of", "on"]) {
        return found;
    }
    noun_phrase(pieces, past_determiners(pieces, found.end + 1))
        .filter(|inner| !is_time(pieces, inner.head) && !pieces.capital(inner.head))
        .unwrap_or(found)
}

/// "income above $50,000 for couples": the noun whose amount is bounded, and not those it is for.
fn bounded_noun(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let noun =
        quantity.first.checked_sub(1).filter(|_| pieces.is(quantity.end, "for") && quantity.bounded)?;
    let over = pieces.is_any(quantity.first, &["above", "below", "over", "under", "exceeding"]);
    (over && is_noun(pieces, noun) && !is_time(pieces, noun) && !is_weak(pieces, noun))
        .then(|| ending_at(pieces, noun))
}

/// What lasts: "a five-year conflict", "two weeks of talks", "the strike lasted a day", "closed for a day".
fn lasting(pieces: &Pieces, quantities: &[Quantity], n: usize, told: &[Figure]) -> Option<Phrase> {
    let quantity = &quantities[n];
    let at = skip_dash(pieces, quantity.end);
    if let Some(next) = quantities.get(n + 1).filter(|next| next.first == quantity.end)
        && let Some(found) = behind(pieces, quantities, n + 1)
        && next.measure.is_some()
    {
        return Some(found);
    }
    if pieces.is(at, "of") && pieces.is_word(at + 1) && !pieces.is_any_before(quantity.first, &["within"]) {
        return noun_phrase(pieces, past_determiners(pieces, at + 1))
            .filter(|found| !is_time(pieces, found.head));
    }
    let hyphened = (quantity.core..at).any(|n| pieces.is_dash(n));
    let owned = pieces.word_before(at).ends_with(['\'', '’']);
    let single = !pieces.word_before(quantity.end).ends_with('s') && quantity.numeral.value != Some(1.0);
    if hyphened || owned || single || pieces.is_any(at, &["'", "’"]) {
        let at = if pieces.is_any(at, &["'", "’", "long"]) { at + 1 } else { at };
        if let Some(found) = noun_phrase(pieces, at).filter(|found| !is_time(pieces, found.first)) {
            return Some(found);
        }
    }
    // "six minutes later", "48 hours ago", "the past 20 years", "every ten years": a point in time or a rhythm.
    let apart = pieces
        .is_any(at, &["later", "ago", "earlier", "before", "after", "into", "from", "hence", "to"])
        || (quantity.first.saturating_sub(2)..quantity.core + 1).any(|n| {
            // "would last four years" is the verb.
            let verb = pieces.is(n, "last")
                && pieces.is_any_before(n, &["would", "will", "could", "may", "might", "to", "can"]);
            !verb
                && pieces.is_any(
                    n,
                    &[
                        "within", "every", "past", "last", "next", "in", "after", "than", "first", "coming",
                        "recent", "previous", "before", "another", "each", "until", "these", "those",
                    ],
                )
        });
    if apart {
        return None;
    }
    if let Some(found) = before_of(pieces, quantity) {
        return Some(found);
    }
    let verb = (quantity.first.saturating_sub(2)..quantity.first)
        .rev()
        .find(|&n| pieces.lower(n, |w| counting::is(w, Numbering::Lasting)));
    // "will add $84 billion over 10 years": the years of the sum, which is no subject.
    let spread = quantity.first > 1 && in_a_figure(told, pieces.span(quantity.first - 2, quantity.first - 1));
    let linked = verb.is_some()
        || pieces.is_any_before(quantity.first, &["for"])
        || pieces.is_any_before(quantity.first, &["over"]) && !spread;
    linked.then(|| subject::of_clause(pieces, quantity.first, told)).flatten()
}

/// "a 640 hp 5.2-litre engine": several measures of one thing.
fn stacked(pieces: &Pieces, quantities: &[Quantity], n: usize) -> Option<Phrase> {
    quantities.get(n + 1).filter(|next| next.first == quantities[n].end)?;
    behind(pieces, quantities, n + 1)
}

/// The noun phrase at a piece, with a noun for its head.
pub(super) fn noun_phrase(pieces: &Pieces, at: usize) -> Option<Phrase> {
    phrase(pieces, at)
        .filter(|found| pieces.get(found.head).is_some_and(|p| p.pos != Pos::Adj))
        .filter(|found| pieces.word(found.head).chars().count() > 1)
}

pub(super) fn past_determiners(pieces: &Pieces, mut at: usize) -> usize {
    const DETERMINERS: &[&str] = &[
        "the", "a", "an", "its", "their", "his", "her", "our", "all", "this", "that", "these", "those", "my",
        "your", "each", "some", "both",
    ];
    while pieces.is_any(at, DETERMINERS) {
        at += 1;
    }
    at
}

/// "a fine of $5", "winds of at least 74 mph"; "a total of $5" says nothing of what.
pub(super) fn before_of(pieces: &Pieces, quantity: &Quantity) -> Option<Phrase> {
    let at = quantity.first.checked_sub(2).filter(|&at| pieces.is(at + 1, "of"))?;
    let told = is_noun(pieces, at) && !is_time(pieces, at) && !is_weak(pieces, at);
    told.then(|| ending_at(pieces, at))
}

/// The noun phrase with this head, as far as it reaches to the left.
pub(super) fn ending_at(pieces: &Pieces, head: usize) -> Phrase {
    Phrase { first: phrase_start(pieces, head), end: compound_end(pieces, head), head }
}
