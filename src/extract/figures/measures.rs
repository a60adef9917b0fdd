//! Measures: the unit of a number, by sign, abbreviation or name, and what it is taken per.

use super::compounds;
use super::money;
use super::numerals::{Form, Numeral, skip_dash};
use super::phrases::is_time;
use super::pieces::{Kind, Pieces, lowered};
use crate::annotate::Pos;
use crate::finding::FigureKind;
use crate::lexicon::bounds;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::NumberClass;
use crate::lexicon::units::{self, Unit};

/// The unit of a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measure {
    pub kind: FigureKind,
    /// Its name, singular: "dollar per month".
    pub name: String,
    pub code: Option<String>,
    /// Code, factor and offset of the base unit.
    pub base: Option<(&'static str, f64, f64)>,
    /// First piece of number and unit together.
    pub first: usize,
    /// Piece after the last of number and unit together.
    pub end: usize,
    pub rule: &'static str,
}

impl Measure {
    pub fn of(unit: &'static Unit, first: usize, end: usize, rule: &'static str) -> Self {
        Measure {
            kind: unit.kind,
            name: unit.name.to_string(),
            code: unit.code.map(str::to_string),
            base: unit.base.map(|code| (code, unit.factor, unit.offset)),
            first,
            end,
            rule,
        }
    }
}

/// Reads the unit of a number.
pub(super) fn read(pieces: &Pieces, numeral: &Numeral) -> Option<Measure> {
    if numeral.rule == compounds::FEET_AND_INCHES {
        return Some(Measure::of(units::named("foot")?, numeral.first, numeral.end, numeral.rule));
    }
    if numeral.rule == compounds::UNIT_AND_A_PART {
        let (unit, _) = named(pieces, numeral.first + 1)?;
        return Some(Measure::of(unit, numeral.first, numeral.end, numeral.rule));
    }
    let digit =
        if pieces.is_any(numeral.first, &["-", "−", "minus"]) { numeral.first + 1 } else { numeral.first };
    if let Some((first, unit)) = money::prefix(pieces, digit) {
        let signed = pieces.is_any_before(first, &["-", "−"]) && pieces.glued(first);
        let first = if signed { first - 1 } else { first.min(numeral.first) };
        // "US$5 million dollars": the word says the sign again.
        let end =
            suffix(pieces, numeral).filter(|m| m.kind == FigureKind::Money).map_or(numeral.end, |m| m.end);
        return Some(per(pieces, Measure::of(unit, first, end, "<currency> <amount>")));
    }
    if let Some(first) = money::unknown_code(pieces, digit) {
        let mut measure = Measure::of(units::named("dollar")?, first, numeral.end, "pay <code> <amount>");
        (measure.name, measure.base) = (pieces.word(first).to_string(), None);
        return Some(measure);
    }
    magnitude(pieces, numeral)
        .or_else(|| suffix(pieces, numeral))
        .map(|measure| per(pieces, measure))
        .or_else(|| money::bare_rate(pieces, numeral))
        .or_else(|| money::vague_sum(pieces, numeral))
}

/// "a magnitude 6.2 quake", "of magnitude 6.2", "a magnitude of 6.2", "6.2 on the Richter scale".
fn magnitude(pieces: &Pieces, numeral: &Numeral) -> Option<Measure> {
    let (first, end) = (numeral.first, numeral.end);
    let hyphened =
        first > 1 && pieces.is_dash(first - 1) && pieces.glued(first) && pieces.is(first - 2, "magnitude");
    let before = hyphened
        || pieces.is_any_before(first, &["magnitude"])
        || first > 1
            && pieces.is_any_before(first, &["of", "was", "at"])
            && pieces.is(first - 2, "magnitude");
    let behind = pieces.is(end, "on") && (end..end + 4).any(|n| pieces.is(n, "Richter"));
    let small =
        numeral.form == Form::Digits && numeral.value.is_some_and(|value| (0.0..12.0).contains(&value));
    let unit = units::named("magnitude").filter(|_| small && (before || behind))?;
    Some(Measure::of(unit, first, end, "magnitude <n>"))
}

/// The unit behind a number.
fn suffix(pieces: &Pieces, numeral: &Numeral) -> Option<Measure> {
    let at = numeral.end;
    let first = numeral.first;
    let found = if pieces.glued(at) || !pieces.is_word(at) { short(pieces, numeral, at) } else { None };
    if let Some((unit, end)) = found {
        return Some(Measure::of(unit, first, end, "<amount><unit>"));
    }
    if let Some(unit) = millions_of(pieces, at) {
        return Some(Measure::of(unit, first, at + 1, "<amount> M<code>"));
    }
    let mut start = skip_dash(pieces, at);
    // "millions of dollars", "a third of a mile"
    // "5 millions of euros"
    let many = numeral.end.checked_sub(1).and_then(|last| pieces.get(last)?.number);
    let many = many.is_some_and(|word| word.class == NumberClass::Plural);
    if (many || numeral.form == Form::Vague) && pieces.is(start, "of") {
        start += if pieces.is_any(start + 1, &["the", "its", "their"]) { 2 } else { 1 };
    } else if numeral.form == Form::Share
        && pieces.is(start, "of")
        && pieces.is_any(start + 1, &["a", "an", "one"])
    {
        start += 2;
    } else if pieces.is_any(
        start,
        &[
            "more",
            "further",
            "additional",
            "extra",
            "full",
            "straight",
            "consecutive",
            "working",
            "business",
            "calendar",
            "trading",
            "whole",
            "solid",
            "long",
            "short",
            "successive",
            "whopping",
        ],
    ) {
        start += 1;
    }
    let (unit, end) =
        named(pieces, start).or_else(|| short(pieces, numeral, start).filter(|_| start == at))?;
    if unit.name == "pound"
        && let Some(coin) = money::pounds(pieces, numeral, end)
    {
        return Some(Measure::of(coin, first, end, money::POUNDS_PAID));
    }
    believable(pieces, numeral, unit, start, end).then(|| Measure::of(unit, first, end, "<amount> <unit>"))
}

/// A unit spelt out at piece `at`: "square kilometres", "US dollars", "per cent".
pub(super) fn named(pieces: &Pieces, at: usize) -> Option<(&'static Unit, usize)> {
    if !pieces.is_word(at) {
        return None;
    }
    lowered(pieces.word(at), |lower| {
        units::forms_from(lower).find_map(|(words, unit)| {
            let mut j = at;
            for (n, word) in words.iter().enumerate() {
                if n > 0 {
                    j = skip_dash(pieces, j + 1);
                }
                // "sq." and "lbs." keep their point, which is a piece of its own.
                let bare = word.strip_suffix('.').filter(|bare| !bare.contains('.')).unwrap_or(word);
                if !pieces.lower(j, |w| w == bare || w == *word) {
                    return None;
                }
                if bare.len() < word.len() && pieces.is_mark(j + 1, '.') && n + 1 < words.len() {
                    j += 1;
                }
            }
            Some((unit, j + 1))
        })
    })
}

/// "30 MUSD", as stock exchanges of the north write it: the currency, in millions.
pub(super) fn millions_of(pieces: &Pieces, at: usize) -> Option<&'static Unit> {
    let code = pieces.word(at).strip_prefix('M').filter(|code| code.len() == 3)?;
    units::abbreviation(code).map(|(unit, _)| unit).filter(|unit| unit.kind == FigureKind::Money)
}

/// An abbreviation or sign at piece `at`: "%", "km/h", "°C".
fn short(pieces: &Pieces, numeral: &Numeral, at: usize) -> Option<(&'static Unit, usize)> {
    if numeral.form == Form::Words && pieces.is_word(at) && pieces.word(at).len() < 3 {
        return None;
    }
    let attached = pieces.glued(at);
    let joined = |end: usize| {
        let span = pieces.span(at, end);
        let together = (at + 1..end).all(|i| pieces.glued(i));
        let (unit, only_attached) = units::abbreviation(span.of(pieces.text))?;
        let ratio = pieces.is_mark(end, '/') && pieces.glued(end) && pieces.glued(end + 1);
        (together && (attached || !only_attached || ratio)).then_some((unit, end))
    };
    // "10 $ 30 cents": the sign belongs to the number behind it.
    if !attached && !pieces.is_word(at) && pieces.digits(at + 1).is_some() {
        return None;
    }
    joined(at + 3).or_else(|| joined(at + 2)).or_else(|| joined(at + 1)).filter(|(_, end)| {
        // "5m-strong", "10 c." fine; "3D" or "5in-house" not: the unit ends the word.
        !matches!(pieces.get(*end).map(|p| p.kind), Some(Kind::Word)) || !pieces.glued(*end)
    })
}

/// Whether a word that is a unit is one here: "won" and "hands" are mostly not.
fn believable(pieces: &Pieces, numeral: &Numeral, unit: &Unit, start: usize, end: usize) -> bool {
    let large = numeral.scale > 1.0 || numeral.value.is_none_or(|v| v >= 1000.0);
    let word = pieces.word(start);
    match unit.name {
        "South Korean won" if end == start + 1 => large,
        "mark" | "crown" | "ether" | "bitcoin" if end == start + 1 => large || unit.name == "bitcoin",
        "Armenian dram" => large,
        "second" => {
            !word.eq_ignore_ascii_case("second")
                || numeral.value == Some(1.0)
                || numeral.form == Form::Share
                || pieces.is_dash(start.wrapping_sub(1))
                || pieces.glued(start)
        }
        "quarter" => !pieces.is_any(end, &["of"]) && numeral.form != Form::Share,
        "cup" => !pieces.capital(start) && pieces.is(end, "of"),
        "time" => pieces.glued(start) && word.len() == 1 || as_much(pieces, numeral, end),
        "stone" => {
            !pieces.capital(start) && !pieces.is_any(end, &["wall", "walls", "house", "bridge", "age"])
        }
        "bit" => word.eq_ignore_ascii_case("bits") || pieces.is_dash(start.wrapping_sub(1)),
        _ => {
            unit.kind != FigureKind::Money
                || !pieces.capital(start)
                || end > start + 1
                || word.chars().all(char::is_uppercase)
        }
    }
}

/// "five times the rate", "rose three times": how many times as much; "met five times" counts meetings.
fn as_much(pieces: &Pieces, numeral: &Numeral, end: usize) -> bool {
    const WHAT: &[&str] = &[
        "the", "as", "its", "their", "his", "her", "our", "my", "your", "what", "those", "more", "less",
        "better", "worse", "earnings", "sales", "revenue", "profit", "income",
    ];
    let compared = pieces.get(end).is_some_and(|p| {
        matches!(p.pos, Pos::Adj | Pos::Adv) && pieces.word(end).ends_with("er") || pieces.is(end + 1, "than")
    });
    let grew = pieces.is_any_before(numeral.first, &["by"])
        || numeral.first > 0 && pieces.lower(numeral.first - 1, |w| bounds::change(w).is_some());
    let owned =
        pieces.get(end).is_some_and(|p| p.pos == Pos::Propn) && pieces.word(end).ends_with(['s', '’', '\'']);
    // "five times that amount", "five times that winter"
    let that = pieces.is(end, "that") && !is_time(pieces, end + 1);
    let part = numeral.value.is_some_and(|value| value.fract() != 0.0);
    pieces.is_any(end, WHAT)
        || that
        || compared
        || grew
        || part
        || owned && pieces.word(end).contains(['’', '\''])
}

/// What the unit is taken per: "a barrel", "per hour", "/h".
fn per(pieces: &Pieces, measure: Measure) -> Measure {
    let at = measure.end;
    if measure.kind == FigureKind::Money
        && let Some(rate) = money::exchange(pieces, &measure)
    {
        return rate;
    }
    // "$6 billion a year earlier" is no rate.
    if pieces.is_any(at + 2, &["ago", "earlier", "before", "later", "after"])
        && pieces.is_any(at, &["a", "an"])
    {
        return measure;
    }
    let hyphened = pieces.is_mark(at, '-') && pieces.is_any(at + 1, &["a", "per"]) && pieces.glued(at + 1);
    let at = if hyphened { at + 1 } else { at };
    let slash = pieces.is_mark(at, '/') && pieces.glued(at) && pieces.glued(at + 1);
    let (name, code, end) = if slash || pieces.is_any(at, &["per", "a", "an", "each", "every"]) {
        let start = if pieces.is_any(at + 1, &["every"]) { at + 2 } else { skip_dash(pieces, at + 1) };
        let article = pieces.is_any(at, &["a", "an", "each", "every"]);
        if measure.kind == FigureKind::Percentage && (article || pieces.is_any(start, &["cent"])) {
            return measure;
        }
        match named(pieces, start) {
            Some((unit, end)) if unit.kind != FigureKind::Money => {
                (unit.name.to_string(), unit.code.map(str::to_string), end)
            }
            _ if article && !is_priced(pieces, start) || !pieces.is_word(start) => return measure,
            _ => {
                if let Some((unit, _)) = slash.then(|| units::abbreviation(pieces.word(start))).flatten() {
                    (unit.name.to_string(), unit.code.map(str::to_string), start + 1)
                } else {
                    (counting::singular(pieces.word(start)).to_lowercase(), None, start + 1)
                }
            }
        }
    } else if measure.kind == FigureKind::Money
        || measure.kind == FigureKind::Volume
        || measure.kind == FigureKind::Weight
    {
        match pieces.word(at) {
            "daily" => ("day".to_string(), Some("d".to_string()), at + 1),
            "annually" | "yearly" => ("year".to_string(), Some("a".to_string()), at + 1),
            "weekly" => ("week".to_string(), Some("wk".to_string()), at + 1),
            "monthly" => ("month".to_string(), Some("mo".to_string()), at + 1),
            _ => return measure,
        }
    } else {
        return measure;
    };
    let speed = measure.kind == FigureKind::Distance && matches!(name.as_str(), "hour" | "second");
    let code =
        measure.code.as_ref().map(|unit| format!("{unit}/{}", code.unwrap_or_else(|| format!("{{{name}}}"))));
    let name = format!("{} per {name}", measure.name);
    let known = units::named(&name);
    Measure {
        kind: if speed { FigureKind::Speed } else { FigureKind::Rate },
        base: known.and_then(|unit| unit.base.map(|code| (code, unit.factor, unit.offset))),
        name,
        code,
        end,
        ..measure
    }
}

/// "per day", "a year" behind something counted: the time's name and the piece after it.
pub(super) fn per_time(pieces: &Pieces, at: usize) -> Option<(&'static str, usize)> {
    if !pieces.is_any(at, &["per", "a", "an", "each", "every"])
        || pieces.is_any(at + 2, &["ago", "earlier", "before", "later", "after"])
    {
        return None;
    }
    named(pieces, at + 1)
        .filter(|(unit, _)| unit.kind == FigureKind::Duration)
        .map(|(unit, end)| (unit.name, end))
}

/// Whether what stands here is a thing that prices are given for: "a share", "a head".
fn is_priced(pieces: &Pieces, at: usize) -> bool {
    pieces.lower(at, |w| counting::is(w, Numbering::Priced))
}
