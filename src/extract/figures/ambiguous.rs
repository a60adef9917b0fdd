//! Ambiguity: what a number that is read one way may be as well, and why it was not read so.
//!
//! Real cases only: a plain dollar where the article names another, a ton, a mile at sea, "3-1" among words of
//! voting and of sport, "at 5.06", a year before a plural noun. The reading taken is the figure's own row.

use super::numerals::rounded;
use super::pieces::Pieces;
use crate::finding::{Figure, FigureKind, OtherReading, Refused};
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::units;

/// How far around a figure the words that open another reading may stand, in pieces.
const REACH: usize = 30;

/// Finds other readings of a sentence's figures and refused numbers.
pub(super) fn read(pieces: &Pieces, figures: &[Figure], refused: &[Refused], out: &mut Vec<OtherReading>) {
    for figure in figures {
        by_unit(pieces, figure, out);
        out.extend(contest(pieces, figure));
        out.extend(clock(pieces, figure));
        out.extend(paid_year(pieces, figure));
        out.extend(letter_m(pieces, figure));
        out.extend(coin_or_weight(pieces, figure));
        out.extend(point(pieces, figure));
    }
    out.extend(refused.iter().filter_map(|number| counted_year(pieces, number)));
    out.extend(refused.iter().filter_map(|number| unsure_currency(pieces, number)));
}

/// Plain dollars, in an article that names dollars of some country elsewhere.
pub(super) fn dollars(figures: &[Figure], out: &mut Vec<OtherReading>) {
    let mut named: Vec<(&str, &str)> = Vec::new();
    for figure in figures {
        if let (Some(code), Some(name)) = (&figure.unit, &figure.unit_name)
            && name.ends_with(" dollar")
            && !named.iter().any(|(known, _)| known == code)
        {
            named.push((code, name));
        }
    }
    for figure in figures.iter().filter(|f| f.unit.is_none() && f.unit_name.as_deref() == Some("dollar")) {
        out.extend(named.iter().map(|(code, name)| OtherReading {
            unit: Some((*code).to_string()),
            ..other(figure, "dollar", name, figure.value, "the article names this dollar elsewhere")
        }));
    }
}

/// The pieces around a figure.
fn around(pieces: &Pieces, figure: &Figure) -> std::ops::Range<usize> {
    let at = pieces.list.partition_point(|p| p.span.start < figure.span.start);
    at.saturating_sub(REACH)..(at + REACH).min(pieces.len())
}

fn other(
    figure: &Figure,
    read_as: &str,
    other: &str,
    value: Option<f64>,
    rule: &'static str,
) -> OtherReading {
    OtherReading {
        span: figure.span,
        read_as: read_as.to_string(),
        other: other.to_string(),
        value,
        unit: None,
        rule,
    }
}

/// "50 tons", "12 miles off the coast", "30 degrees": words that name several units.
fn by_unit(pieces: &Pieces, figure: &Figure, out: &mut Vec<OtherReading>) {
    let Some(name) = figure.unit_name.as_deref() else { return };
    // An abbreviation or sign ("lb", "£") is sure of its unit.
    let spelt = figure.span.of(pieces.text).to_lowercase();
    let word = name.split(' ').next().unwrap_or(name);
    for reading in units::other_readings(name).filter(|_| spelt.contains(word)) {
        let beside = reading.beside.is_empty()
            || around(pieces, figure).any(|at| pieces.lower(at, |w| reading.beside.contains(&w)));
        if beside {
            out.push(OtherReading {
                unit: Some(reading.code.to_string()),
                ..other(figure, name, reading.other, figure.value, reading.why)
            });
        }
    }
}

/// "3-1" where a match and a vote are both told of; "1-3" may be a range.
fn contest(pieces: &Pieces, figure: &Figure) -> Option<OtherReading> {
    let class = |class| around(pieces, figure).any(|at| pieces.lower(at, |w| counting::is(w, class)));
    if !matches!(figure.kind, FigureKind::Score | FigureKind::Vote | FigureKind::Count) {
        return None;
    }
    let (score, vote) = (class(Numbering::Score), class(Numbering::Vote));
    let read_as = figure.kind.as_str();
    match figure.kind {
        FigureKind::Score if vote => {
            Some(other(figure, read_as, "vote", None, "the nearer word is one of sport"))
        }
        FigureKind::Vote if score => {
            Some(other(figure, read_as, "score", None, "the nearer word is one of voting"))
        }
        FigureKind::Score | FigureKind::Vote if rises(figure, pieces.text) => {
            Some(other(figure, read_as, "range", None, "words of a contest stand around it"))
        }
        FigureKind::Count if figure.rule == "<n>-<m>" && (score || vote) => {
            let kind = if score { "score" } else { "vote" };
            Some(other(figure, "range", kind, None, "what is counted stands behind it"))
        }
        _ => None,
    }
}

/// Whether the number printed first is the lesser.
fn rises(figure: &Figure, text: &str) -> bool {
    let first: String = figure.span.of(text).chars().take_while(char::is_ascii_digit).collect();
    first.parse::<f64>().is_ok_and(|first| figure.low == Some(first) && figure.low != figure.high)
}

/// "at 5.06": a time with a point, as some papers set it.
fn clock(pieces: &Pieces, figure: &Figure) -> Option<OtherReading> {
    let text = figure.span.of(pieces.text);
    let (hour, minute) = text.split_once('.')?;
    let time = hour.parse::<u32>().is_ok_and(|h| h < 24)
        && minute.len() == 2
        && minute.parse::<u32>().is_ok_and(|m| m < 60);
    let at = pieces.list.partition_point(|p| p.span.start < figure.span.start);
    let led = pieces.is_any_before(at, &["at", "until", "before", "after", "by"]);
    (figure.unit.is_none() && time && led)
        .then(|| other(figure, "number", "clock time", None, "nothing says that it is a time"))
}

/// "pay ABC 2000": an amount that could be a year.
fn paid_year(pieces: &Pieces, figure: &Figure) -> Option<OtherReading> {
    let text = figure.span.of(pieces.text);
    let year = text.len() > 4
        && text.is_char_boundary(text.len() - 4)
        && text[text.len() - 4..].bytes().all(|b| b.is_ascii_digit());
    let value = figure.value.filter(|v| (1900.0..2100.0).contains(v))?;
    let coded = text.chars().next().is_some_and(char::is_alphabetic);
    (figure.kind == FigureKind::Money && year && coded)
        .then(|| other(figure, "money", "year", Some(value), "the text says that it is paid"))
}

/// "5m": metres or millions, where the letter alone says which.
fn letter_m(pieces: &Pieces, figure: &Figure) -> Option<OtherReading> {
    let text = figure.span.of(pieces.text);
    let lettered = text.char_indices().any(|(at, c)| {
        c == 'm'
            && text[..at].ends_with(|c: char| c.is_ascii_digit())
            && !text[at + 1..].starts_with(char::is_alphanumeric)
    });
    let value = figure.value.filter(|_| lettered)?;
    match (figure.kind, figure.unit.as_deref()) {
        (FigureKind::Distance, Some("m")) => Some(other(
            figure,
            "metre",
            "million",
            Some(value * 1e6),
            "no plural noun and no currency stand by it",
        )),
        (FigureKind::Count, _) if value >= 1e6 => Some(OtherReading {
            unit: Some("m".to_string()),
            ..other(figure, "million", "metre", Some(value / 1e6), "what can be counted stands behind it")
        }),
        _ => None,
    }
}

/// "paid five pounds": a weight as well, where no word says which pound.
fn coin_or_weight(pieces: &Pieces, figure: &Figure) -> Option<OtherReading> {
    let text = figure.span.of(pieces.text).to_lowercase();
    let unsure = figure.unit.as_deref() == Some("GBP") && text.ends_with("pounds");
    let named = ["sterling", "british", "uk"].iter().any(|word| text.contains(word));
    let unit = units::named("pound").filter(|_| unsure && !named)?;
    Some(OtherReading {
        unit: unit.code.map(str::to_string),
        ..other(figure, "pound sterling", "pound", figure.value, "words of paying stand by it")
    })
}

/// "1.500 euros", "1.200 people": a point that parts thousands, or decimals.
fn point(pieces: &Pieces, figure: &Figure) -> Option<OtherReading> {
    let kinds =
        matches!(figure.kind, FigureKind::Money | FigureKind::Count | FigureKind::Weight | FigureKind::Area);
    let at = pieces.list.partition_point(|p| p.span.start < figure.span.start);
    let at = (at..at + 4).find(|&at| pieces.digits(at).is_some())?;
    let digits = pieces.digits(at).filter(|digits| kinds && digits.points_three)?;
    let value = figure.value?;
    if value == digits.value {
        let grouped = (value * 1000.0).round();
        Some(other(
            figure,
            "decimals",
            "thousands",
            Some(grouped),
            "a point before three digits is a decimal point",
        ))
    } else if value == (digits.value * 1000.0).round() {
        Some(other(
            figure,
            "thousands",
            "decimals",
            Some(digits.value),
            "what is counted whole stands behind it",
        ))
    } else {
        None
    }
}

/// "N200 billion": naira, perhaps, or a name.
fn unsure_currency(pieces: &Pieces, number: &Refused) -> Option<OtherReading> {
    let at = pieces.list.partition_point(|p| p.span.start < number.span.start);
    let end = super::money::unsure_amount(pieces, at + 1)?;
    let scale =
        pieces.get(at + 2).filter(|_| end > at + 2).and_then(|p| p.number).map_or(1.0, |word| word.value);
    Some(OtherReading {
        span: number.span,
        read_as: number.reason.to_string(),
        other: "Nigerian naira".to_string(),
        value: Some(rounded(pieces.digits(at + 1)?.value * scale)),
        unit: Some("NGN".to_string()),
        rule: "nothing near it names Nigeria",
    })
}

/// "the 2008 elections": a year before a noun that could be counted.
fn counted_year(pieces: &Pieces, number: &Refused) -> Option<OtherReading> {
    let at = pieces.list.partition_point(|p| p.span.start < number.span.start);
    let single = pieces.get(at)?.span == number.span;
    let value = pieces.digits(at).filter(|_| single && number.reason == "year")?.value;
    let noun = pieces.is_word(at + 1) && counting::is_plural(pieces.word(at + 1)) && !pieces.capital(at + 1);
    noun.then(|| OtherReading {
        span: number.span,
        read_as: number.reason.to_string(),
        other: "count".to_string(),
        value: Some(value),
        unit: None,
        rule: "a word stands before it as before a year",
    })
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::extract::figures::figures;

    #[test]
    fn two_readings_are_told_and_one_is_taken() {
        for (text, want) in [
            ("The mill burned 50 tons of coal.", vec![("ton", "tonne"), ("ton", "short ton")]),
            ("The ship sank 12 miles off the coast.", vec![("mile", "nautical mile")]),
            ("The village lies 12 miles inland.", vec![]),
            ("Pay ABC 2000 by Friday.", vec![("money", "year")]),
            ("It costs A$40 there and $30 here.", vec![("dollar", "Australian dollar")]),
            ("It costs $30 here.", vec![]),
            ("The 2008 elections were close.", vec![("year", "count")]),
            ("The train left at 5.06 again.", vec![("number", "clock time")]),
            ("They sold 12 boats.", vec![]),
            ("The ticket cost five pounds.", vec![("pound sterling", "pound")]),
            ("The stone weighs five pounds.", vec![]),
            ("He paid 20 pounds sterling.", vec![]),
            ("It costs 1.500 euros.", vec![("decimals", "thousands")]),
            ("The mill employs 1.200 people.", vec![("thousands", "decimals")]),
            ("It costs 1.5 euros.", vec![]),
            ("The state owes N200 billion.", vec![("name", "Nigerian naira")]),
            ("Nigeria owes N200 billion.", vec![]),
            ("The N12 is shut.", vec![]),
        ] {
            let found = figures(text, &annotate(text), &[], None);
            let got: Vec<_> = found.readings.iter().map(|r| (r.read_as.as_str(), r.other.as_str())).collect();
            assert_eq!(got, want, "{text}");
        }
    }
}
