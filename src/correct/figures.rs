//! Corrections of figures: how much, of what, and what is none.

use super::anchor::{find_words, nearest};
use super::apply::Work;
use super::entities::nth;
use super::quotes::fitting;
use super::{Correction, RULE, Row, parse_flag};
use crate::extract::figures::{limits, rounded};
use crate::finding::{Bound, ChangeRole, Direction, Figure, FigureKind};
use crate::lexicon::{counting, units};

/// Corrects the figure that the anchor's words are.
pub(super) fn correct(work: &mut Work<'_>, correction: &Correction) -> Result<Row, String> {
    let Correction { anchor, occurrence, .. } = correction;
    let text = &work.article.text;
    let place = find_words(text, anchor, *occurrence)
        .ok_or_else(|| format!("'{anchor}' does not stand in the article's text{}", nth(*occurrence)))?;
    let spans = work.findings.figures.iter().enumerate().map(|(n, figure)| (n, figure.span));
    let index = fitting(spans, place).ok_or_else(|| format!("no figure is found at '{anchor}'"))?;
    let value = correction.value.as_deref();
    let figure = &mut work.findings.figures[index];
    match correction.field.as_str() {
        "drop" => work.gone.figures[index] = true,
        "value" => {
            figure.value = number(value)?;
            figure.vague = figure.vague && figure.value.is_none();
            bounded(figure);
        }
        "low" => figure.low = number(value)?,
        "high" => figure.high = number(value)?,
        "bound" => {
            figure.bound = one_of(Bound::ALL, Bound::as_str, value).ok_or("no bound of that name")?;
            bounded(figure);
        }
        "direction" => figure.direction = one_of(Direction::ALL, Direction::as_str, value),
        "role" => figure.role = one_of(ChangeRole::ALL, ChangeRole::as_str, value),
        "kind" => {
            figure.kind = one_of(FigureKind::ALL, FigureKind::as_str, value).ok_or("no kind of that name")?
        }
        "unit" => unit(figure, value),
        "event" => figure.event = value.map(str::to_owned),
        "hedged" => {
            let hedged = value.and_then(parse_flag).ok_or("neither yes nor no")?;
            // Which of both is not said: what was read as denied stays so.
            (figure.denied, figure.possible) = (hedged && figure.denied, hedged && !figure.denied);
        }
        "counted" => {
            figure.counted = match value {
                None => None,
                Some(words) => Some(
                    nearest(text, words, figure.span)
                        .ok_or_else(|| format!("'{words}' does not stand in the article's text"))?,
                ),
            };
            let head = value.and_then(|words| words.split_whitespace().last());
            figure.counted_head = head.map(|head| counting::singular(&head.to_lowercase()));
        }
        other => return Err(format!("figures have no field '{other}' to correct")),
    }
    let figure = &mut work.findings.figures[index];
    if let (Some(low), Some(high)) = (figure.low, figure.high)
        && low > high
    {
        (figure.low, figure.high) = (Some(high), Some(low));
    }
    if matches!(correction.field.as_str(), "value" | "low" | "unit") {
        base(figure);
    }
    figure.rule = RULE;
    Ok(Row::Figure(index))
}

fn number(value: Option<&str>) -> Result<Option<f64>, String> {
    match value.map(str::parse) {
        None => Ok(None),
        Some(Ok(number)) => Ok(Some(number)),
        Some(Err(_)) => Err("the value is no number".to_owned()),
    }
}

fn one_of<T: Copy>(all: &[T], word: fn(T) -> &'static str, value: Option<&str>) -> Option<T> {
    all.iter().copied().find(|item| Some(word(*item)) == value)
}

/// Lets the value allow what its bound says.
fn bounded(figure: &mut Figure) {
    if let Some(value) = figure.value {
        (figure.low, figure.high) = limits(figure.bound, value);
    }
}

/// Sets the unit: one that is known by name or code, or the words as they are.
fn unit(figure: &mut Figure, value: Option<&str>) {
    let known = value.and_then(|words| units::named(words).or_else(|| units::coded(words)));
    match known {
        Some(unit) => {
            figure.unit = unit.code.map(str::to_owned);
            figure.unit_name = Some(unit.name.to_owned());
            figure.kind = unit.kind;
        }
        None => {
            figure.unit = None;
            figure.unit_name = value.map(str::to_owned);
        }
    }
}

/// The value in its base unit.
fn base(figure: &mut Figure) {
    let unit = figure.unit.as_deref().and_then(units::coded);
    let base = unit.and_then(|unit| {
        let value = figure.value.or(figure.low)?;
        Some((rounded(value * unit.factor + unit.offset), unit.base?))
    });
    figure.base_value = base.map(|(value, _)| value);
    figure.base_unit = base.map(|(_, code)| code.to_owned());
}
