//! Money: currency signs and codes before an amount ("US$4.5m", "EUR 20", "HK $3 billion"), pounds that are paid,
//! rates of exchange, and "millions in cash".

use super::measures::{self, Measure};
use super::numerals::{Form, Numeral};
use super::pieces::{Kind, Pieces};
use crate::finding::FigureKind;
use crate::lexicon::bounds;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::units::{self, Unit};

/// How many pieces around an amount the words of paying or weighing may stand.
const REACH: usize = 12;

/// How far around a letter that is a currency in one country the country may be named, in bytes.
const COUNTRY_REACH: usize = 1000;

/// A currency's letter that is much else: sure only near the words of its country.
const UNSURE: &str = "N";
const UNSURE_NEAR: &[&str] = &["Nigeria", "naira", "Lagos", "Abuja"];

/// The currency before the number at piece `i`, and its first piece.
pub(super) fn prefix(pieces: &Pieces, i: usize) -> Option<(usize, &'static Unit)> {
    let at = i.checked_sub(1)?;
    match pieces.get(at)?.kind {
        Kind::Mark('-' | '−') if pieces.glued(i) && at > 0 => {
            prefix(pieces, at).filter(|_| pieces.glued(at))
        }
        Kind::Mark('.') => {
            let dotted = format!("{}.", pieces.word_before(at));
            units::currency_prefix(&dotted).filter(|_| pieces.glued(at) && at > 0).map(|unit| (at - 1, unit))
        }
        // "Y=100", where the yen's sign was lost.
        Kind::Mark('=') if at > 0 && pieces.glued(at) && pieces.glued(i) => {
            let lettered = format!("{}=", pieces.word_before(at));
            units::currency_prefix(&lettered).map(|unit| (at - 1, unit))
        }
        Kind::Mark(_) => sign(pieces, at),
        Kind::Word => letters(pieces, at, i),
        Kind::Number(_) => None,
    }
}

/// "$", "US$", "HK $".
fn sign(pieces: &Pieces, at: usize) -> Option<(usize, &'static Unit)> {
    let before = pieces.word_before(at);
    // "GH¢5": the sign alone stands behind its amounts.
    let Some(unit) = units::currency_prefix(pieces.word(at)) else {
        let lettered = pieces.glued(at) && pieces.is_word(at.wrapping_sub(1));
        let unit = units::currency_prefix(&format!("{before}{}", pieces.word(at))).filter(|_| lettered)?;
        return Some((at - 1, unit));
    };
    if !before.is_empty() && before.len() <= 4 && pieces.is_word(at - 1) {
        let country = units::currency_prefix(&format!("{before}{}", pieces.word(at)));
        // "A $5 fee" begins a sentence; only what is attached, or longer than a letter, names a country.
        if let Some(unit) = country.filter(|_| pieces.glued(at) || !before.eq_ignore_ascii_case("a")) {
            return Some((at - 1, unit));
        }
    }
    Some((at, unit))
}

/// "EUR 20", "RM79", "$US 5", "USD34.6".
fn letters(pieces: &Pieces, at: usize, i: usize) -> Option<(usize, &'static Unit)> {
    let word = pieces.word(at);
    if at > 0
        && pieces.glued(at)
        && pieces.is_mark(at - 1, '$')
        && let Some(unit) = units::currency_prefix(&format!("${word}"))
    {
        return Some((at - 1, unit));
    }
    let unit = units::currency_prefix(word)?;
    let attached = pieces.glued(i);
    if word == UNSURE {
        let near = country_named(pieces, at);
        return (attached && unsure_amount(pieces, i).is_some() && near).then_some((at, unit));
    }
    let many = pieces.digits(i).is_some_and(|d| d.digits > 1 || d.decimal || d.grouped)
        || pieces.get(i + 1).is_some_and(|p| p.number.is_some());
    let code = word.len() == 3;
    (code || many && (attached || word.len() == 2)).then_some((at, unit))
}

/// A code that the tables do not know, where the text says that it is paid: "pay ABC 2000".
pub(super) fn unknown_code(pieces: &Pieces, i: usize) -> Option<usize> {
    let at = i.checked_sub(1)?;
    let word = pieces.word(at);
    let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let paid = at > 0 && pieces.lower(at - 1, |w| counting::is(w, Numbering::Pay));
    (code && paid && pieces.digits(i).is_some_and(|d| !d.chain)).then_some(at)
}

/// "N200 billion", "N5,000": the piece after an amount behind a letter that may be a currency.
pub(super) fn unsure_amount(pieces: &Pieces, i: usize) -> Option<usize> {
    let lettered = i > 0 && pieces.word(i - 1) == UNSURE && pieces.glued(i);
    let digits = pieces.digits(i).filter(|_| lettered)?;
    let scale = pieces.get(i + 1).and_then(|p| p.number).map(|word| word.class);
    match scale {
        Some(NumberClass::Scale | NumberClass::Suffix) => Some(i + 2),
        Some(NumberClass::Letter) if pieces.glued(i + 1) => Some(i + 2),
        // "N145 a litre"
        _ => (digits.grouped || pieces.is_any(i + 1, &["a", "per"])).then_some(i + 1),
    }
}

/// Whether the country of an unsure letter is named near piece `at`.
fn country_named(pieces: &Pieces, at: usize) -> bool {
    let Some(here) = pieces.get(at).map(|p| p.span.start) else { return false };
    let text = pieces.text;
    let from =
        (here.saturating_sub(COUNTRY_REACH)..=here).find(|&n| text.is_char_boundary(n)).unwrap_or(here);
    let to = (here..=(here + COUNTRY_REACH).min(text.len())).rev().find(|&n| text.is_char_boundary(n));
    let near = &text[from..to.unwrap_or(here)];
    UNSURE_NEAR.iter().any(|word| near.contains(word))
}

/// The rule that reads pounds as money.
pub(super) const POUNDS_PAID: &str = "<amount> pounds paid";

/// The pound that is a coin, where the words around "pounds" tell of paying and none of weighing.
pub(super) fn pounds(pieces: &Pieces, numeral: &Numeral, end: usize) -> Option<&'static Unit> {
    const WEIGHING: &[&str] = &[
        "weigh",
        "weighs",
        "weighed",
        "weighing",
        "weight",
        "heavy",
        "heavier",
        "lighter",
        "diet",
        "thrust",
        "payload",
        "cargo",
        "lift",
        "lifted",
        "tons",
        "ounces",
        "kilograms",
        "kilos",
        "muscle",
    ];
    const TRADED: &[&str] = &[
        "sold",
        "sell",
        "sells",
        "selling",
        "bought",
        "buy",
        "buys",
        "auctioned",
        "hired",
        "went",
        "available",
        "yours",
    ];
    let money =
        |n: usize| pieces.lower(n, |w| counting::is(w, Numbering::Pay) || counting::is(w, Numbering::Money));
    let first = numeral.first;
    let around = first.saturating_sub(REACH)..end + REACH;
    let weighed = around.clone().any(|n| pieces.is_any(n, WEIGHING));
    // "two pounds of apples", "pounds of debt"
    let stuff = pieces.is(end, "of") && !(end..end + 3).any(money);
    let hyphened = pieces.is_dash(end) || pieces.is_dash(end.wrapping_sub(2));
    if weighed || stuff || hyphened || !pieces.is(end.wrapping_sub(1), "pounds") {
        return None;
    }
    let traded = pieces.is_any_before(first, &["for", "at"])
        && (first.saturating_sub(REACH)..first).any(|n| pieces.is_any(n, TRADED));
    let millions = numeral.value.is_some_and(|value| value >= 1e6);
    (traded || millions || around.clone().any(money)).then(|| units::named("pound sterling")).flatten()
}

/// "millions in cash", "thousands in unpaid bills": money, of a currency that is not named.
pub(super) fn vague_sum(pieces: &Pieces, numeral: &Numeral) -> Option<Measure> {
    let plural = numeral.end.checked_sub(1).and_then(|last| pieces.get(last)?.number);
    let plural = plural.is_some_and(|word| word.class == NumberClass::Plural);
    let at = numeral.end + 1;
    let told = |n: usize| {
        pieces.lower(n, |w| counting::is(w, Numbering::Money)) && !pieces.is_any(n, &["debt", "races"])
    };
    // "paid zero in federal income tax"
    let none = numeral.value == Some(0.0) && (at..at + 4).take_while(|&n| pieces.is_word(n)).any(told);
    let sum = none
        || told(at)
        || !pieces.is_any(at, &["the", "its", "their", "other"]) && told(at + 1) && pieces.is_word(at);
    ((plural || none) && pieces.is(numeral.end, "in") && sum).then(|| Measure {
        kind: FigureKind::Money,
        name: String::new(),
        code: None,
        base: None,
        first: numeral.first,
        end: numeral.end,
        rule: "millions in <cash>",
    })
}

/// The currency named at a piece, and the piece after it; "pounds" are a weight as well.
fn currency(pieces: &Pieces, at: usize) -> Option<(&'static Unit, usize)> {
    let coin = pieces.is_any(at, &["pound", "pounds"]).then(|| units::named("pound sterling")).flatten();
    coin.map(|unit| (unit, at + 1))
        .or_else(|| measures::named(pieces, at))
        .filter(|(unit, _)| unit.kind == FigureKind::Money)
}

/// "to the euro", "per dollar", "against the yen": the currency that an amount of another is told for.
fn exchanged(pieces: &Pieces, at: usize, first: usize) -> Option<(&'static Unit, usize)> {
    let article = pieces.is_any(at + 1, &["the", "one", "a", "each", "every"]);
    let stood = pieces.is_any_before(
        first,
        &["at", "to", "around", "about", "near", "from", "of", "past", "below", "above"],
    );
    let linked = pieces.is(at, "per")
        || pieces.is(at, "to") && article
        || pieces.is_any(at, &["against", "versus"]) && stood;
    linked.then(|| currency(pieces, at + 1 + usize::from(article))).flatten()
}

/// Makes an amount of money a rate of exchange where it is told for a unit of another currency.
pub(super) fn exchange(pieces: &Pieces, measure: &Measure) -> Option<Measure> {
    let other = |unit: &Unit| !unit.name.ends_with(&measure.name);
    let found = exchanged(pieces, measure.end, measure.first).filter(|(unit, _)| other(unit));
    let (unit, end) =
        found.or_else(|| Some((traded(pieces, measure).filter(|unit| other(unit))?, measure.end)))?;
    Some(rated(measure.clone(), unit, end))
}

fn rated(measure: Measure, unit: &Unit, end: usize) -> Measure {
    let per = unit.code.map_or_else(|| format!("{{{}}}", unit.name), str::to_string);
    Measure {
        kind: FigureKind::Rate,
        name: format!("{} per {}", measure.name, unit.name),
        code: measure.code.map(|code| format!("{code}/{per}")),
        base: None,
        end,
        ..measure
    }
}

/// "The euro fell to $1.12", "The pound bought 1.18 euros": the currency whose price an amount is.
fn traded(pieces: &Pieces, measure: &Measure) -> Option<&'static Unit> {
    const STOOD: &[&str] = &[
        "traded", "trades", "trading", "stood", "stands", "was", "is", "bought", "buys", "hit", "touched",
        "changed", "closed", "opened", "ended", "reached", "fetched", "hovered", "settled", "went",
    ];
    const LED: &[&str] = &[
        "at", "to", "around", "near", "above", "below", "under", "over", "bought", "buys", "hit", "touched",
        "reached", "worth", "fetched", "about",
    ];
    let first = measure.first;
    // "to a low of $1.28"
    let extreme =
        first > 1 && pieces.is(first - 1, "of") && pieces.is_any(first - 2, &["low", "high", "peak"]);
    if !pieces.is_any_before(first, LED) && !extreme {
        return None;
    }
    // "the yen is at 110 to 1 dollar": another amount stands between.
    let amount = |n: usize| {
        pieces.digits(n).is_some() && !pieces.is_any(n + 1, &["percent", "per", "%", "-", "cents", "points"])
    };
    let ends = |n: usize| pieces.is_any(n, &[",", ";", ":", ".", "and", "but", "while", "as"]) || amount(n);
    let mut clause = (first.saturating_sub(10)..first).rev().take_while(|&n| !ends(n));
    clause.find_map(|n| {
        let (unit, end) = currency(pieces, n)?;
        let moved = pieces.is_any(end, STOOD) || pieces.lower(end, bounds::change).is_some();
        let named = pieces.is_any_before(n, &["the"]) || pieces.is(n, "sterling");
        (moved && named).then_some(unit)
    })
}

/// "315 to the dollar", "101.5 per dollar": a bare number that is the rate of the currency told of before it.
pub(super) fn bare_rate(pieces: &Pieces, numeral: &Numeral) -> Option<Measure> {
    let bare = numeral.form == Form::Digits && numeral.scale == 1.0;
    let (unit, end) = exchanged(pieces, numeral.end, numeral.first).filter(|_| bare)?;
    let own = (numeral.first.saturating_sub(2 * REACH)..numeral.first)
        .rev()
        .find_map(|n| currency(pieces, n).filter(|(own, _)| own.name != unit.name));
    let (own, _) = own?;
    let measure = Measure {
        kind: FigureKind::Money,
        name: own.name.to_string(),
        code: own.code.map(str::to_string),
        base: None,
        first: numeral.first,
        end: numeral.end,
        rule: "<n> to the <currency>",
    };
    Some(rated(measure, unit, end))
}
