//! Events: what happened to those counted ("killed", "deaths", "fled"), in one word for all its forms.

use super::counted::Counted;
use super::numerals::skip_dash;
use super::phrases::is_noun;
use super::pieces::{Kind, Pieces};
use super::quantity::Quantity;
use super::{measured, subject};
use crate::annotate::Pos;
use crate::finding::{Figure, FigureKind};
use crate::lexicon::counting::{self, EventForm, EventOf, Numbering};
use crate::lexicon::{bounds, roles};

/// How far from a count the word for what happened may stand.
const REACH: usize = 6;
/// How far around "cases" a disease may be named.
const DISEASE_REACH: usize = 14;
/// How far before its figure a toll may stand.
const TOLL_REACH: usize = 24;

/// What happened to those counted, whose head is `head`: in the phrase that ends before piece `end`, right behind
/// it, or in the verb before; what they were already comes last ("12 refugees drowned").
pub(super) fn event(
    pieces: &Pieces,
    quantity: &Quantity,
    head: Option<&str>,
    end: usize,
) -> Option<&'static str> {
    let within = |form: fn(EventForm) -> bool| {
        (quantity.end..end)
            .find_map(|n| told(pieces, n, head, form).filter(|_| lost(pieces, quantity, n, end)))
    };
    within(|form| form != EventForm::Status)
        .or_else(|| behind(pieces, head, end))
        .or_else(|| before(pieces, quantity, head, end))
        .or_else(|| within(|form| form == EventForm::Status))
}

/// The event that the words at piece `n` name, if they have one of these forms.
fn told(
    pieces: &Pieces,
    n: usize,
    head: Option<&str>,
    form: impl Fn(EventForm) -> bool,
) -> Option<&'static str> {
    // "coal-fired plants" were not dismissed, nor did "death-row inmates" die.
    let joined = |at: usize| pieces.is_dash(at) && pieces.glued(at);
    if n > 0 && joined(n - 1) && !is_number(pieces, n - 2) || joined(n + 1) && pieces.glued(n + 2) {
        return None;
    }
    // "death row", "death threats"
    if pieces.lower(n + 1, |w| counting::is(w, Numbering::NoEvent)) {
        return None;
    }
    let words = pieces.lower(n, counting::events);
    words
        .iter()
        .filter(|word| form(word.form))
        .filter(|word| word.rest.iter().enumerate().all(|(k, rest)| pieces.is(n + 1 + k, rest)))
        .find(|word| match word.of {
            EventOf::Anything | EventOf::Loss => true,
            EventOf::People => head.is_some_and(is_people),
            EventOf::Disease => (n.saturating_sub(DISEASE_REACH)..n + DISEASE_REACH)
                .any(|at| pieces.lower(at, |w| counting::is(w, Numbering::Disease))),
        })
        .map(|word| word.event)
}

fn is_number(pieces: &Pieces, n: usize) -> bool {
    pieces.get(n).is_some_and(|p| matches!(p.kind, Kind::Number(_)) || p.number.is_some())
}

/// "9 dead", "five hurt", "12 missing": a word of what happened to people, where nobody says that they are people.
pub(super) fn is_suffering(pieces: &Pieces, at: usize) -> bool {
    // "12 arrests", "three wounds" are nouns.
    let word = pieces.lower(at, |w| {
        w.ends_with("ed") || matches!(w, "dead" | "hurt" | "missing" | "slain" | "homeless" | "dying")
    });
    word && told(pieces, at, Some("person"), |form| matches!(form, EventForm::Acts | EventForm::Verb))
        .is_some()
}

/// Whether a head names people.
pub(super) fn is_people(head: &str) -> bool {
    super::pieces::lowered(head, |w| counting::is(w, Numbering::People)) || roles::is_role(head)
}

/// Whether the "lives" at piece `n` are lost: "cost 12 lives", "12 lives were lost"; other words always hold.
fn lost(pieces: &Pieces, quantity: &Quantity, n: usize, end: usize) -> bool {
    const TAKE: &[&str] = &[
        "cost", "costs", "costing", "claim", "claims", "claimed", "claiming", "took", "take", "takes",
        "taken", "taking", "lost", "lose", "loses", "losing", "of",
    ];
    let of_loss = pieces.lower(n, |w| counting::events(w).iter().any(|word| word.of == EventOf::Loss));
    !of_loss || pieces.is_any_before(quantity.first, TAKE) || (end..end + 3).any(|at| pieces.is(at, "lost"))
}

/// What is told right behind those counted: "129 people were killed", "12 men, who died".
fn behind(pieces: &Pieces, head: Option<&str>, end: usize) -> Option<&'static str> {
    let comma = usize::from(pieces.is_mark(end, ','));
    let start = if pieces.is(end + comma, "who") { end + comma + 1 } else { end };
    for n in start..start + REACH {
        let piece = pieces.get(n)?;
        let aside = matches!(piece.kind, Kind::Mark(_) | Kind::Number(_)) || piece.number.is_some();
        if aside || pieces.is_any(n, &["and", "but", "or", "who", "while", "to", "said"]) {
            return None;
        }
        let suffered = |form| match form {
            EventForm::Verb => true,
            EventForm::Acts => is_passive(pieces, start, n),
            EventForm::Noun | EventForm::Status => false,
        };
        if let Some(found) = told(pieces, n, head, suffered) {
            // "two recordings, one captured by a camera": the camera's.
            let filmed = pieces.is_any(n + 1, &["by", "on"])
                && (n + 2..n + 4)
                    .any(|at| pieces.is_any(at, &["camera", "cameras", "film", "video", "cctv"]));
            return (!filmed).then_some(found);
        }
    }
    None
}

/// Whether what acts at piece `n` is suffered by those before it: "were killed", "people killed in the blast"; in
/// "12 men killed a guard" they did it.
fn is_passive(pieces: &Pieces, start: usize, n: usize) -> bool {
    const BE: &[&str] = &["was", "were", "been", "being", "be", "is", "are", "get", "got", "left"];
    let participle = pieces.lower(n, |w| w.ends_with("ed") || matches!(w, "hurt" | "laid" | "rounded"));
    let object = pieces.get(n + 1).is_some_and(|next| {
        matches!(next.kind, Kind::Number(_))
            || next.number.is_some()
            || next.kind == Kind::Word
                && matches!(next.pos, Pos::Det | Pos::Noun | Pos::Propn | Pos::Pron | Pos::Adj)
                && !super::phrases::is_time(pieces, n + 1)
    });
    participle && ((start..n).any(|at| pieces.is_any(at, BE)) || !object)
}

/// What is told right before a figure: "killed 129 people", "the death of 12", "deaths rose to 12".
fn before(pieces: &Pieces, quantity: &Quantity, head: Option<&str>, end: usize) -> Option<&'static str> {
    let verb = quantity.first.checked_sub(1)?;
    let linked = pieces.is_any(verb, &["of", "to", "another", "the", "with", "and"]);
    // "Nine were killed and 12 knelt": what is told of the 12 is another clause's.
    if pieces.is(verb, "and") && acts(pieces, end) {
        return None;
    }
    let of = pieces.is(verb, "of");
    let verb = if linked { verb.checked_sub(1)? } else { verb };
    let acts = |form| {
        form == EventForm::Acts || of && matches!(form, EventForm::Noun) || form == EventForm::Verb && of
    };
    told(pieces, verb, head, acts).or_else(|| {
        let rose = pieces.lower(verb, |w| bounds::change(w).is_some());
        let noun =
            |n: usize| told(pieces, n, head, |form| form == EventForm::Noun || form == EventForm::Acts);
        (rose && verb > 0).then(|| noun(verb - 1).or_else(|| verb.checked_sub(2).and_then(noun))).flatten()
    })
}

/// "129 killed", "more than 120 died", "kills 8 in the market": people, though nobody says so.
pub(super) fn of_nobody(pieces: &Pieces, quantity: &Quantity, counted: &mut Counted) {
    // "two recordings, one captured by a camera": no person.
    if quantity.numeral.value == Some(1.0) && !pieces.is_any(quantity.end, &["was", "is", "has", "dead"]) {
        return;
    }
    let at = skip_dash(pieces, quantity.end);
    let at =
        if pieces.is_any(at, &["were", "was", "have", "are", "had", "people", "to"]) { at + 1 } else { at };
    let at = if pieces.is_any(at, &["been", "also", "others"]) { at + 1 } else { at };
    let people = Some("person");
    let suffered = told(pieces, at, people, |form| form != EventForm::Status);
    let event = suffered.or_else(|| {
        let ends = pieces.get(quantity.end).is_none_or(|p| {
            matches!(p.kind, Kind::Mark(_)) || matches!(p.pos, Pos::Adp | Pos::Cconj | Pos::Sconj | Pos::Adv)
        });
        let verb = quantity.first.checked_sub(1).filter(|_| ends)?;
        told(pieces, verb, None, |form| form == EventForm::Acts)
    });
    let Some(event) = event else { return };
    if matches!(
        event,
        "death"
            | "injury"
            | "displacement"
            | "disappearance"
            | "arrest"
            | "rescue"
            | "abduction"
            | "release"
            | "charge"
            | "dismissal"
            | "hiring"
    ) {
        // "129 killed", "more than 120 died": what befell them says who is counted; "4 million have fled" does not.
        let noun = is_noun(pieces, at) && counting::is_plural(pieces.word(at));
        let said = suffered.is_some() && (noun || at == skip_dash(pieces, quantity.end));
        counted.span = said.then(|| pieces.span(at, at + 1));
        counted.head = Some("person".to_string());
        counted.unit = Some("people".to_string());
        counted.event = Some(event);
    }
}

/// "The death toll rose to 281", "a death toll of 43", "with the toll at 12": deaths.
pub(super) fn toll(pieces: &Pieces, quantity: &Quantity, told: &[Figure]) -> Option<Counted> {
    let last = quantity.first.checked_sub(1)?;
    let mut clause = quantity.first.saturating_sub(TOLL_REACH)..quantity.first;
    clause.find(|&n| pieces.is(n, "toll"))?;
    let found = if pieces.is(last, "toll") {
        Some(measured::ending_at(pieces, last))
    } else {
        measured::before_of(pieces, quantity).or_else(|| subject::of(pieces, quantity.first, told))
    };
    let found = found.filter(|found| pieces.is(found.head, "toll"))?;
    let deadly = pieces.is_any_before(found.head, &["death", "the", "a", "its", "their", "this", "that"]);
    let first = found.head - usize::from(pieces.is_any_before(found.head, &["death"]));
    deadly.then(|| Counted {
        span: Some(pieces.span(first, found.head + 1)),
        head: Some("death".to_string()),
        unit: Some("death".to_string()),
        end: quantity.end,
        rate: false,
        event: Some("death"),
    })
}

/// Whether a verb behind a figure makes it the subject of a clause.
fn acts(pieces: &Pieces, end: usize) -> bool {
    let participle = pieces.lower(end, |w| w.ends_with("ing"));
    // The tagger takes the verb of a noun left out for one at times.
    let deed =
        pieces.lower(end, |w| counting::is(w, Numbering::PeopleDo) || counting::is(w, Numbering::PastVerb));
    let tagged =
        pieces.get(end).is_some_and(|p| p.kind == Kind::Word && matches!(p.pos, Pos::Verb | Pos::Aux));
    !participle && (tagged || deed)
}

/// What happened to those counted by the words `start..colon` of a label: "Migrants rescued".
pub(super) fn labelled(pieces: &Pieces, start: usize, colon: usize) -> Option<&'static str> {
    (start..colon).find_map(|n| told(pieces, n, Some("person"), |form| form != EventForm::Status))
}

/// Gives the counts of a row the event that is told once for all: "12 soldiers and 30 rebels were killed", "killed 12
/// soldiers and 30 rebels", "arrested 35, including 12 minors".
pub(super) fn spread(pieces: &Pieces, quantities: &[Quantity], figures: &mut [Figure]) {
    let end = |figure: &Figure| pieces.list.partition_point(|p| p.span.start < figure.span.end);
    let ends: Vec<usize> = figures.iter().map(end).collect();
    let counts = |figure: &Figure| figure.kind == FigureKind::Count;
    let gap = |n: usize| {
        let words = ends[n - 1]..quantities[n].first;
        let joined = !words.is_empty()
            && words.clone().all(|at| pieces.is_any(at, &[",", "and", "or", "including", "plus"]));
        joined.then(|| words.clone().any(|at| pieces.is(at, "including")))
    };
    for n in 1..figures.len() {
        let (Some(including), true, true) = (gap(n), counts(&figures[n - 1]), counts(&figures[n])) else {
            continue;
        };
        let head = figures[n - 1].counted_head.as_deref();
        // "arrested 12, thousands stayed": a clause of its own.
        if !including && acts(pieces, ends[n]) {
            continue;
        }
        if figures[n].event.is_none()
            && (including || before(pieces, &quantities[n - 1], head, ends[n - 1]).is_some())
        {
            figures[n].event = figures[n - 1].event.clone();
        }
    }
    for n in (1..figures.len()).rev() {
        if gap(n) == Some(false)
            && counts(&figures[n - 1])
            && counts(&figures[n])
            && figures[n - 1].event.is_none()
            && behind(pieces, figures[n].counted_head.as_deref(), ends[n]).is_some()
        {
            figures[n - 1].event = figures[n].event.clone();
        }
    }
}
