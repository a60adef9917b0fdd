//! Names and pronouns with numbers in them: "Group of 20", "Section 3", "no one".

use super::numerals::{Form, Numeral, skip_dash};
use super::phrases::{is_noun, is_time};
use super::pieces::{Kind, Pieces};
use super::ratios;
use super::refused::Refusal;
use crate::annotate::Pos;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;

/// "Group of 20", "Group of Seven", "the Big Four": a body named by its size.
pub(super) fn group_of(pieces: &Pieces, i: usize) -> Option<usize> {
    if matches!(pieces.word(i), "Group" | "Gang") && pieces.is(i + 1, "of") {
        let capital = pieces.capital(i + 2) && pieces.get(i + 2)?.number.is_some();
        return (pieces.digits(i + 2).is_some() || capital).then_some(i + 3);
    }
    let big = matches!(pieces.word(i), "Big" | "Gang" | "Final" | "Elite" | "Sweet" | "Chicago" | "Fab");
    let bare = pieces.digits(i + 1).is_some_and(|d| d.digits <= 2) && !counts_after(pieces, i + 2);
    let named = pieces.capital(i + 1) && pieces.get(i + 1)?.number.is_some() || bare;
    (big && named && i > 0).then_some(i + 2)
}

/// "the Seven Years' War", "the Six-Day War", "the Thousand Islands": a number that begins a name.
pub(super) fn named_time(pieces: &Pieces, i: usize) -> Option<Refusal> {
    let at = skip_dash(pieces, i + 1);
    if !pieces.capital(i) || !pieces.capital(at) {
        return None;
    }
    // A scale without a number or an article before it counts nothing; where one stands, it is read with it.
    let scale =
        pieces.get(i)?.number.is_some_and(|n| matches!(n.class, NumberClass::Hundred | NumberClass::Scale));
    let end = if pieces.is_any(at + 1, &["'", "’"]) { at + 2 } else { at + 1 };
    if is_time(pieces, at) && matches!(pieces.word(end), "War" | "Wars") {
        return Some((i, end + 1, "name"));
    }
    let counts = pieces.get(at)?.number.is_some();
    // "Three Mile Island": a unit in the singular and a noun behind it, all with capitals.
    let single = is_time(pieces, at) && !counting::is_plural(pieces.word(at)) && at == i + 1;
    let several = pieces.get(i)?.number.is_some_and(|n| n.value > 1.0);
    if single && several && pieces.capital(at + 1) && pieces.get(at + 1)?.pos == Pos::Propn {
        return Some((i, at + 2, "name"));
    }
    (scale && i > 0 && !counts).then_some((i, at + 1, "name"))
}

/// "a 529 plan", "529 college savings accounts", "401 plans": accounts named by the section of the tax code that made
/// them, which counts none of them.
fn savings_plan(pieces: &Pieces, first: usize, value: f64) -> bool {
    const PLANS: &[&str] = &["plan", "plans", "account", "accounts"];
    const BETWEEN: &[&str] =
        &["college", "savings", "saving", "education", "investment", "retirement", "tuition"];
    let named = [529.0, 401.0, 403.0, 457.0].contains(&value);
    let noun = (first + 1..first + 4).find(|&at| !pieces.is_any(at, BETWEEN));
    named && noun.is_some_and(|at| pieces.is_any(at, PLANS))
}

/// Where a name with digits ends: "A330-200" has more behind its hyphen.
pub(super) fn identifier_end(pieces: &Pieces, i: usize) -> usize {
    if pieces.is_dash(i + 1) && pieces.glued(i + 1) && pieces.glued(i + 2) && pieces.digits(i + 2).is_some() {
        i + 3
    } else {
        i + 1
    }
}

/// "no one", "one another", "this one": a pronoun, not a count.
pub(super) fn one(pieces: &Pieces, i: usize) -> Option<Refusal> {
    // "one in ten", "one or two", "one to three", "between one and two".
    let number =
        |n: usize| pieces.get(n).is_some_and(|p| p.number.is_some() || matches!(p.kind, Kind::Number(_)));
    let joined = pieces.is_any(i + 1, &["or", "to"])
        || pieces.is(i + 1, "and") && pieces.is_any_before(i, &["between"]);
    let linked = joined && number(i + 2) || pieces.is_any(i + 1, &["or", "to"]) && pieces.is(i + 2, "more");
    // "one and a half million"
    let part = pieces.is(i + 1, "and")
        && (i + 2..i + 4).any(|n| pieces.get(n).and_then(|p| p.number).is_some_and(|w| w.value < 1.0));
    if linked || part || ratios::ends_with_one(pieces, i) || super::shares::share(pieces, i).is_some() {
        return None;
    }
    // "Air Force One", "Formula One"
    let force = i > 1 && pieces.is(i - 1, "Force") && pieces.is(i - 2, "Air");
    let label = i > 0 && pieces.capital(i - 1) && pieces.lower(i - 1, |w| counting::is(w, Numbering::Label));
    if pieces.capital(i) && (force || label) {
        return Some((i, i + 1, "name"));
    }
    // "three in Iowa and one in Utah"
    let listed = pieces.is_any_before(i, &["and", "or", ","])
        && pieces.is_any(i + 1, &["in", "from", "at"])
        && pieces.capital(i + 2);
    if listed && (0..i).any(number) {
        return None;
    }
    let of = pieces.is(i + 1, "of");
    let before = i > 0 && pieces.lower(i - 1, |w| counting::is(w, Numbering::BeforeOne));
    let hyphen = pieces.is_dash(i + 1)
        && pieces.glued(i + 1)
        && pieces.is_any(i + 2, &["on", "off", "to", "time", "sided", "size", "stop", "way"]);
    if hyphen {
        // "one-on-one"
        let again = pieces.is_dash(i + 3) && pieces.glued(i + 3) && pieces.is(i + 4, "one");
        return Some((i, if again { i + 5 } else { i + 3 }, "idiom"));
    }
    if some_day(pieces, i) {
        return Some((i, i + 2, "idiom"));
    }
    let any = pieces.is_any_before(i, &["no", "every", "any", "each"]);
    if before && (!of || any) {
        // "the one thing" counts; "the one who" does not.
        let counts = pieces.is_any_before(
            i,
            &["the", "this", "that", "some", "other", "first", "only", "last", "next", "another"],
        ) && pieces.get(i + 1).is_some_and(|p| p.kind == Kind::Word && noun_like(pieces, i + 1));
        return (!counts).then_some((i, i + 1, "pronoun"));
    }
    // "the last long one of the day"
    let described = i > 0 && pieces.get(i - 1).is_some_and(|p| p.pos == Pos::Adj && p.kind == Kind::Word);
    if described && !noun_like(pieces, i + 1) {
        return Some((i, i + 1, "pronoun"));
    }
    if of {
        // "one of four plans": the plans are counted once.
        let counted =
            pieces.get(i + 2).is_some_and(|p| p.number.is_some() || matches!(p.kind, Kind::Number(_)));
        return (counted || of_a_kind(pieces, i + 2)).then_some((i, i + 1, "pronoun"));
    }
    let after = pieces.lower(i + 1, |w| counting::is(w, Numbering::AfterOne));
    let bare = pieces.get(i + 1).is_none_or(|p| matches!(p.kind, Kind::Mark(_)))
        && !pieces.is_dash(i + 1)
        && !pieces.is_mark(i + 1, '%')
        && !pieces.is_mark(i + 1, '"');
    let verb = pieces
        .get(i + 1)
        .is_some_and(|p| matches!(p.pos, Pos::Aux | Pos::Pron | Pos::Det | Pos::Sconj | Pos::Part));
    // "postings that included one saying that it was over"
    let described = pieces.get(i + 1).is_some_and(|p| p.pos == Pos::Verb)
        && pieces.word(i + 1).ends_with("ing")
        && !noun_like(pieces, i + 2);
    (after || bare || verb || described).then_some((i, i + 1, "pronoun"))
}

/// "a year of hope and one of fear": what is told of has no number, so that "one" is another such year.
fn of_a_kind(pieces: &Pieces, at: usize) -> bool {
    let stuff = pieces.get(at).is_some_and(|p| p.kind == Kind::Word && p.pos == Pos::Noun)
        && !pieces.capital(at)
        && !counting::is_plural(pieces.word(at))
        && !pieces.lower(at, |w| counting::is(w, Numbering::People));
    let ends = pieces.get(at + 1).is_none_or(|p| matches!(p.kind, Kind::Mark(',' | '.' | ';' | '?' | '!')))
        || pieces.is_any(at + 1, &["and", "or", "but"]);
    stuff && ends
}

/// "he could one day return", "One day, it will end": a day that nobody knows; "it took one day" lasts.
fn some_day(pieces: &Pieces, i: usize) -> bool {
    const LASTS: &[&str] =
        &["of", "after", "before", "later", "earlier", "ago", "to", "per", "and", "or", "from", "for"];
    let Some(next) = pieces.get(i + 2).filter(|_| pieces.is(i + 1, "day") && !pieces.is_any(i + 2, LASTS))
    else {
        return false;
    };
    let Some(before) = i.checked_sub(1).and_then(|at| pieces.get(at)) else {
        return matches!(next.kind, Kind::Mark(',')) || matches!(next.pos, Pos::Pron | Pos::Det | Pos::Propn);
    };
    let verb_follows = next.kind == Kind::Word && matches!(next.pos, Pos::Verb | Pos::Aux);
    match before.pos {
        Pos::Aux | Pos::Pron | Pos::Part | Pos::Sconj => verb_follows,
        Pos::Noun | Pos::Propn => verb_follows || !pieces.is_word(i + 2),
        _ => false,
    }
}

fn noun_like(pieces: &Pieces, i: usize) -> bool {
    pieces.get(i).is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::Adj | Pos::Propn | Pos::Num))
}

/// "a baker's dozen": thirteen, and mostly none.
pub(super) fn bakers_dozen(pieces: &Pieces, i: usize) -> bool {
    pieces.is(i, "dozen") && pieces.is_any_before(i, &["baker's", "baker’s", "bakers"])
}

/// Refuses a number without unit by the name or label that it belongs to.
pub(super) fn in_context(pieces: &Pieces, numeral: &Numeral, bounded: bool) -> Option<Refusal> {
    let (first, end) = (numeral.first, numeral.end);
    let refuse = |reason| Some((first, end, reason));
    if let Some(end) = compound_name(pieces, numeral) {
        return Some((first, end, "name"));
    }
    let digits = end.checked_sub(1).and_then(|at| pieces.digits(at)).filter(|_| numeral.scale == 1.0);
    let Some(digits) = digits.filter(|_| numeral.form == Form::Digits) else {
        return spelt(pieces, numeral).map(|reason| (first, end, reason)).or_else(|| rank(pieces, numeral));
    };
    if digits.decimal && !labelled(pieces, first) {
        return None;
    }
    // Twelve digits and more without a comma count nothing.
    if digits.padded || digits.digits >= 12 && !digits.grouped {
        return refuse("identifier");
    }
    if emergency(pieces, first) {
        return refuse("phone number");
    }
    if savings_plan(pieces, first, digits.value) {
        return refuse("name");
    }
    if labelled(pieces, first) {
        return refuse("name");
    }
    if !digits.grouped
        && !bounded
        && (name_before(pieces, first) && !counts_after(pieces, end) && !gapped(pieces, first)
            || titled(pieces, end))
    {
        return refuse("name");
    }
    rank(pieces, numeral)
}

/// "a 911 caller", "dialled 999".
fn emergency(pieces: &Pieces, first: usize) -> bool {
    const BEHIND: &[&str] = &[
        "call",
        "calls",
        "caller",
        "callers",
        "dispatcher",
        "dispatchers",
        "operator",
        "operators",
        "emergency",
    ];
    const BEFORE: &[&str] =
        &["call", "called", "calling", "dial", "dialed", "dialled", "dialing", "phoned", "rang"];
    let number = pieces.digits(first).is_some_and(|d| [911.0, 999.0, 112.0].contains(&d.value) && !d.grouped);
    number && (pieces.is_any(first + 1, BEHIND) || pieces.is_any_before(first, BEFORE))
}

/// "the top 10", "the bottom three": a place in a table, unless things are counted behind.
fn rank(pieces: &Pieces, numeral: &Numeral) -> Option<Refusal> {
    let ranked = pieces.is_any_before(numeral.first, &["top", "bottom"]) && numeral.scale == 1.0;
    // "reached the last 16 of the cup"; "the last 16 of the boats" are counted.
    let behind = if pieces.is(numeral.end, "of") {
        !(numeral.end + 1..numeral.end + 4).any(|n| counting::is_plural(pieces.word(n)))
    } else {
        pieces.get(numeral.end).is_none_or(|p| {
            p.kind != Kind::Word || matches!(p.pos, Pos::Adp | Pos::Sconj | Pos::Cconj | Pos::Aux)
        })
    };
    let round = numeral.value.is_some_and(|value| [8.0, 16.0, 32.0, 64.0].contains(&value))
        && numeral.first > 1
        && pieces.is(numeral.first - 1, "last")
        && pieces.is(numeral.first - 2, "the")
        && behind;
    let ranked = ranked || round;
    let bare = !counts_after(pieces, numeral.end) && !pieces.is_dash(numeral.end);
    (ranked && bare).then_some((numeral.first, numeral.end, "rank"))
}

/// "11 Pro Max", "7 Plus": a name goes on behind the number, and none of it is a plural.
fn titled(pieces: &Pieces, end: usize) -> bool {
    let proper = |n: usize| pieces.capital(n) && pieces.get(n).is_some_and(|p| p.pos == Pos::Propn);
    let run = (end..end + 4).take_while(|&n| proper(n)).count();
    let goes_on =
        pieces.get(end + run).is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::Adj) && p.kind == Kind::Word);
    run > 0 && !goes_on && !(end..end + run).any(|n| counting::is_plural(pieces.word(n)))
}

/// Number words that are a label or a name: "phase two", "the Dunvale Five".
fn spelt(pieces: &Pieces, numeral: &Numeral) -> Option<&'static str> {
    if numeral.form != Form::Words {
        return None;
    }
    let label = numeral.first > 0
        && pieces.lower(numeral.first - 1, |w| counting::is(w, Numbering::Label))
        && !pieces.word_before(numeral.first).ends_with('s')
        && !counts_after(pieces, numeral.end);
    // "the Dunvale Five": those who were in something together, by how many they are.
    let first = numeral.first;
    let capitals = first > 1 && pieces.capital(first) && pieces.capital(first - 1);
    let named = capitals && pieces.is_any_before(first - 1, &["the"]) && numeral.end == first + 1;
    // "Ocean's Eleven"
    let owner = capitals && pieces.word_before(first).ends_with(['\'', '’', 's']) && {
        let word = pieces.word_before(first);
        (word.ends_with("'s") || word.ends_with("’s"))
            && !pieces.capital(numeral.end)
            && !is_noun(pieces, numeral.end)
    };
    (label || named || owner && !counts_after(pieces, numeral.end)).then_some("name")
}

/// "Trump has 845 delegates and Cruz 559": the verb and the noun are those before, and it is no Cruz 559.
pub(super) fn gapped(pieces: &Pieces, first: usize) -> bool {
    let Some(name) = (0..first).rev().take_while(|&n| pieces.capital(n)).last() else { return false };
    let name = name - usize::from(pieces.is_any_before(name, &["the"]));
    let joined = pieces.is_any_before(name, &["and", "while", "but", ",", ";"]);
    let number = |n: usize| pieces.digits(n).is_some() || pieces.get(n).is_some_and(|p| p.number.is_some());
    let end = (first..first + 4).find(|&n| !number(n)).unwrap_or(first + 1);
    let ends = pieces.get(end).is_none_or(|p| {
        matches!(p.kind, Kind::Mark('.' | ',' | ';')) || p.pos == Pos::Cconj && p.kind == Kind::Word
    });
    let counts = |n: usize| {
        let noun = |at: usize| is_noun(pieces, at) && counting::is_plural(pieces.word(at));
        number(n) && (noun(n + 1) || noun(n + 2) || pieces.is_any(n + 1, &["percent", "%", "per"]))
    };
    joined && ends && (0..name).any(counts)
}

/// "has two mills and will set up a third": the next of those counted, and no part of one.
pub(super) fn nth(pieces: &Pieces, numeral: &Numeral) -> Option<Refusal> {
    let (first, end) = (numeral.first, numeral.end);
    let nth = numeral.form == Form::Share && end == first + 2 && pieces.is(first, "a");
    let before = match pieces.word(first + 1) {
        "third" => ["two", "second"],
        "fourth" => ["three", "third"],
        "fifth" => ["four", "fourth"],
        _ => return None,
    };
    let verb = first.checked_sub(1).and_then(|at| pieces.get(at)).is_some_and(|p| {
        p.kind == Kind::Word && (p.pos == Pos::Verb || pieces.is_any(first - 1, &["up", "and"]))
    });
    let ends = pieces
        .get(end)
        .is_none_or(|p| !is_noun(pieces, end) && !pieces.is(end, "of") || p.kind != Kind::Word);
    let told = (0..first).any(|n| pieces.is_any(n, &before));
    (nth && verb && ends && told).then_some((first, end, "ordinal"))
}

/// "a Six Sigma black belt", "Seven Sisters is a district": a number that begins a name.
pub(super) fn begins(pieces: &Pieces, numeral: &Numeral) -> bool {
    let (first, end) = (numeral.first, numeral.end);
    let proper = pieces.capital(first) && pieces.capital(end) && end == first + 1;
    if !proper || is_time(pieces, end) || pieces.get(end).is_some_and(|p| p.number.is_some()) {
        return false;
    }
    if first == 0 {
        // One thing, though its name is a plural.
        let last = (end..end + 4).take_while(|&n| pieces.capital(n)).last().unwrap_or(end);
        return pieces.is_any(last + 1, &["is", "was", "has", "holds"]);
    }
    let within = pieces.get(first - 1).is_some_and(|p| p.kind == Kind::Word) && !pieces.capital(first - 1);
    // In a headline every word has its capital.
    let small = |n: &usize| {
        pieces.is_word(*n) && pieces.word(*n).len() > 3 && pieces.word(*n).starts_with(char::is_lowercase)
    };
    within && (0..first).chain(end..pieces.len()).filter(small).count() > 1
}

/// The number at `at` of an index: "S&P 500", "FTSE 100".
pub(super) fn of_an_index(pieces: &Pieces, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let index = pieces.lower(before, |w| counting::is(w, Numbering::Index)) && pieces.capital(before);
    index || pieces.is(before, "P") && pieces.is_any_before(before, &["&", "S"])
}

/// "COVID-19", "V-12", "under-21", "pre-2015".
fn compound_name(pieces: &Pieces, numeral: &Numeral) -> Option<usize> {
    let first = numeral.first;
    let dash =
        first.checked_sub(1).filter(|&at| pieces.is_dash(at) && pieces.glued(at) && pieces.glued(first))?;
    let word = dash.checked_sub(1).filter(|&at| pieces.is_word(at))?;
    let text = pieces.word(word);
    let capital = text.chars().any(char::is_uppercase);
    (capital
        || pieces.is_any(
            word,
            &["under", "over", "sub", "pre", "post", "mid", "top", "last", "non", "ex", "omega"],
        ))
    .then_some(numeral.end)
}

/// Whether a word names what is numbered rather than counted: "Section", "May".
pub(super) fn is_label(pieces: &Pieces, n: usize) -> bool {
    const LABELS: [Numbering; 3] = [Numbering::Label, Numbering::Index, Numbering::Month];
    pieces.lower(n, |w| LABELS.iter().any(|&class| counting::is(w, class)))
}

/// Whether a label stands before: "Section 3", "flight 370", "No. 5".
fn labelled(pieces: &Pieces, first: usize) -> bool {
    let Some(at) = first.checked_sub(1) else { return false };
    if pieces.is_mark(at, '.') {
        return pieces.is_any_before(at, &["no", "nos", "art", "sec", "fig", "vol", "ch", "pp", "p"]);
    }
    let label = pieces.lower(at, |w| counting::is(w, Numbering::Label));
    let brand = pieces.is_word(at) && pieces.word(at).chars().skip(1).any(char::is_uppercase);
    // "S&P 500", also where the "&" was lost.
    let index = of_an_index(pieces, first) || pieces.is(at, "sp");
    // "Rooms 12 to 15": only a range tells the plural label from what is counted.
    let plural = label_of_range(pieces, at, first);
    // "the company 5 years ago", "in class 20 pupils": a label has no noun counted behind it.
    index || plural || label && (pieces.capital(at) || brand || !counts_after(pieces, first + 1))
}

/// Whether the plural of a label stands before a range in digits, behind which nothing is counted.
fn label_of_range(pieces: &Pieces, at: usize, first: usize) -> bool {
    let plural = |n: usize| {
        pieces.lower(n, |w| w.strip_suffix('s').is_some_and(|one| counting::is(one, Numbering::Label)))
    };
    // The second of "junctions 12 and 13".
    if first > 2 && pieces.is(at, "and") && pieces.digits(first - 2).is_some() && plural(first - 3) {
        return !counts_after(pieces, first + 1);
    }
    let label = plural(at);
    let range = (pieces.is_dash(first + 1) || pieces.is_any(first + 1, &["to", "and"]))
        && pieces.digits(first + 2).is_some();
    label && range && !counts_after(pieces, first + 3)
}

/// Whether a capitalized name stands right before: "Boeing 777", "Apple Watch 5", "Big 12".
fn name_before(pieces: &Pieces, first: usize) -> bool {
    let Some(at) = first.checked_sub(1) else { return false };
    let proper = pieces.get(at).is_some_and(|p| p.pos == Pos::Propn);
    pieces.capital(at) && proper && (at > 0 || pieces.word(at).len() > 3)
}

/// Whether something stands behind that can be counted.
fn counts_after(pieces: &Pieces, end: usize) -> bool {
    (end..end + 4).take_while(|&n| pieces.is_word(n)).any(|n| {
        let plural = counting::is_plural(pieces.word(n)) && !pieces.capital(n);
        plural && pieces.get(n).is_some_and(|p| matches!(p.pos, Pos::Noun | Pos::X | Pos::Adj))
            || pieces.lower(n, counting::is_event)
    })
}
