//! Figures: the quantities that a text reports, and the numbers that are none.
//!
//! A sentence is cut into pieces; from left to right each number is refused by its form or read
//! with its unit and bound; neighbours are joined into ranges and scores; what has no unit is put
//! to its context, which may refuse it too; what is left gets what it counts. A figure that leaves out its noun,
//! its event or its source may take it from one beside it (`elided`, `carried`, `events`, `again`), never its
//! value. The rules know English, not the article: no amount is checked against another.

mod again;
mod ages;
mod ambiguous;
mod asides;
mod bounded;
mod calendar;
mod carried;
mod changes;
mod cited;
mod compounds;
mod counted;
mod dates;
mod decades;
mod digits;
mod elided;
mod events;
mod growth;
mod labels;
mod leads;
mod measured;
mod measures;
mod moments;
mod money;
mod names;
mod nearby;
mod numerals;
mod phrases;
mod pieces;
mod polls;
mod quantity;
mod ranges;
mod ratios;
mod refused;
mod scope;
mod scores;
mod shares;
mod spelt;
mod spending;
mod standing;
mod subject;
mod sums;
mod tense;
mod vague;
mod verbs;
mod windows;

use crate::annotate::{Annotation, Sentence};
use crate::finding::{Bound, Figure, FigureKind, Mention, Moment, OtherReading, Refused};
pub use bounded::limits;
use calendar::Published;
use numerals::Form;
pub use numerals::rounded;
use pieces::Pieces;
use quantity::Quantity;
use scope::Calendar;

/// What the numbers of a text are, each kind in text order.
#[derive(Debug, Default)]
pub struct Numbers {
    /// The quantities.
    pub figures: Vec<Figure>,
    /// The numbers that are none.
    pub refused: Vec<Refused>,
    /// Dates and times.
    pub moments: Vec<Moment>,
    /// Other readings of the figures and of the numbers refused.
    pub readings: Vec<OtherReading>,
}

/// Reads the numbers of a text; its names tell numbers that belong to them, and places. The day of
/// publication, in ISO 8601 where it is known, is what "last week" is reckoned from.
pub fn figures(
    text: &str,
    annotation: &Annotation,
    mentions: &[Mention],
    published: Option<&str>,
) -> Numbers {
    let published = Published::of(published);
    let mut numbers = Numbers::default();
    for sentence in &annotation.sentences {
        if may_hold_a_number(sentence.span.of(text)) {
            let pieces = Pieces::cut(text, sentence, annotation, mentions);
            let (figures, refused) = (numbers.figures.len(), numbers.refused.len());
            read_sentence(&pieces, sentence, &published, &mut numbers);
            ambiguous::read(
                &pieces,
                &numbers.figures[figures..],
                &numbers.refused[refused..],
                &mut numbers.readings,
            );
        }
    }
    ambiguous::dollars(&numbers.figures, &mut numbers.readings);
    numbers.readings.sort_by_key(|reading| reading.span);
    numbers
}

/// Whether a sentence is worth cutting; every number has a digit or a letter, so nearly all are.
fn may_hold_a_number(sentence: &str) -> bool {
    sentence.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80)
}

fn read_sentence(pieces: &Pieces, sentence: &Sentence, published: &Published, found: &mut Numbers) {
    let Numbers { figures, refused, moments, .. } = found;
    let refused_before = refused.len();
    let mut quantities = numbers(pieces, refused);
    ages::spread(pieces, &mut quantities);
    polls::read(pieces, &mut quantities);
    carried::results(pieces, &mut quantities);
    let quantities = ranges::join(pieces, quantities);
    let mut kept: Vec<Quantity> = Vec::with_capacity(quantities.len());
    let mut floor = 0;
    for mut quantity in quantities {
        quantity.first = quantity.first.max(floor);
        let unitless = quantity.measure.is_none() && quantity.kind.is_none();
        if unitless && let Some((first, end, reason)) = refused_here(pieces, &quantity) {
            refused.push(Refused { span: pieces.span(first, end), reason });
            continue;
        }
        floor = quantity.end;
        kept.push(quantity);
    }
    refused[refused_before..].sort_by_key(|r| r.span);
    let from_moment = moments.len();
    moments.extend(moments::read(pieces, sentence.span, &refused[refused_before..], published));
    let calendar = Calendar::of(pieces, &moments[from_moment..]);
    changes::mark(pieces, &mut kept);
    carried::bound_into_brackets(pieces, &mut kept);
    let from = figures.len();
    for n in 0..kept.len() {
        let mut figure = figure(pieces, sentence, &kept, n, &figures[from..], &calendar);
        if figure.unit_name.is_none()
            && let Some(like) = carried::from(pieces, &kept, n).and_then(|at| figures.get(from + at))
        {
            like_another(&mut figure, like);
            if figure.kind != FigureKind::Count {
                name_counted(&mut figure, measured::of_measure(pieces, &kept, n, &figures[from..]));
            }
        }
        if again::says_again(pieces, &kept, n)
            && n > 0
            && figure.kind != FigureKind::Count
            && let Some(like) = figures.get(from + n - 1).filter(|like| like.kind != FigureKind::Count)
        {
            figure.counted = like.counted;
            figure.counted_head.clone_from(&like.counted_head);
        }
        figures.push(figure);
    }
    windows::mark(pieces, &kept, &mut figures[from..]);
    if !kept.is_empty() {
        let firsts: Vec<usize> = kept.iter().map(|quantity| quantity.first).collect();
        cited::mark(pieces, &firsts, &mut figures[from..]);
    }
    for (n, quantity) in kept.iter().enumerate() {
        let (told, rest) = figures[from..].split_at_mut(n);
        let Some(figure) = rest.first_mut() else { continue };
        // "leads by 3 points among women": the lead is the candidate's.
        if let Some(whose) = leads::whose(pieces, quantity, figure, told) {
            figure.whose = whose;
        } else if figure.whose.is_none() {
            figure.whose = standing::whose(pieces, quantity, figure, told);
        }
    }
    polls::spread(&kept, &mut figures[from..]);
    take_from_the_next(pieces, &kept, &mut figures[from..]);
    events::spread(pieces, &kept, &mut figures[from..]);
}

/// Why a number without a unit is no figure where it stands.
fn refused_here(pieces: &Pieces, quantity: &Quantity) -> Option<refused::Refusal> {
    let numeral = &quantity.numeral;
    // "Ninety-four" at the head of a sentence has its capital from there.
    let spelt = numeral.form == Form::Words && numeral.first > 0 && !quantity.bounded;
    let spelt = spelt && pieces.capital(numeral.first);
    let within = (quantity.is_bare() || spelt)
        && pieces.within_a_name(numeral.first, numeral.end)
        && !names::gapped(pieces, numeral.first);
    if within || numeral.form == Form::Words && !quantity.bounded && names::begins(pieces, numeral) {
        return Some((numeral.first, numeral.end, "name"));
    }
    names::nth(pieces, numeral).or_else(|| names::in_context(pieces, numeral, quantity.bounded))
}

/// Gives numbers with a hanging hyphen the unit of the figure behind them.
fn take_from_the_next(pieces: &Pieces, kept: &[Quantity], figures: &mut [Figure]) {
    for n in (1..figures.len()).rev() {
        let (before, after) = figures.split_at_mut(n);
        if let (Some(figure), Some(next)) = (before.last_mut(), after.first())
            && carried::hangs(pieces, &kept[n - 1])
        {
            like_another(figure, next);
        }
    }
}

/// Gives a figure the unit and noun of another.
fn like_another(figure: &mut Figure, like: &Figure) {
    figure.kind = like.kind;
    figure.unit.clone_from(&like.unit);
    figure.unit_name.clone_from(&like.unit_name);
    figure.counted = like.counted;
    figure.counted_head.clone_from(&like.counted_head);
    figure.rule = "<n> as before";
}

/// Reads every number of a sentence from left to right.
fn numbers(pieces: &Pieces, refused: &mut Vec<Refused>) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    let (mut i, mut floor) = (0, 0);
    while i < pieces.len() {
        let whole =
            decades::read(pieces, i).or_else(|| growth::read(pieces, i)).or_else(|| ratios::colon(pieces, i));
        if let Some(mut quantity) = whole {
            quantity.first = quantity.first.max(floor);
            i = quantity.end.max(i + 1);
            floor = i;
            out.push(quantity);
            continue;
        }
        if let Some((first, end, reason)) = refused::pattern(pieces, i) {
            refused.push(Refused { span: pieces.span(first, end), reason });
            i = end.max(i + 1);
            floor = i;
            continue;
        }
        let numeral = compounds::height(pieces, i)
            .or_else(|| compounds::unit_and_a_part(pieces, i))
            .or_else(|| compounds::part_of_one(pieces, i))
            .or_else(|| vague::read(pieces, i))
            .or_else(|| shares::multiple(pieces, i))
            .or_else(|| spelt::part_of_scale(pieces, i))
            .or_else(|| shares::share(pieces, i))
            .or_else(|| numerals::read(pieces, i));
        let Some(numeral) = numeral else {
            i += 1;
            continue;
        };
        let mut quantity = Quantity::read(pieces, numeral);
        let about = quantity.measure.is_none()
            && quantity.bound == Bound::About
            && dates::is_year_about(pieces, quantity.first, quantity.numeral.first);
        // "below 2005 levels": the bound is one of the levels.
        let levels = quantity.measure.is_none() && pieces.is_any(quantity.numeral.end, &["level", "levels"]);
        if about || (quantity.is_bare() || levels) && dates::is_year_here(pieces, quantity.numeral.first) {
            refused.push(Refused { span: pieces.span(i, i + 1), reason: "year" });
            i += 1;
            floor = i;
            continue;
        }
        quantity.first = quantity.first.max(floor);
        quantity.core = quantity.core.max(floor);
        i = quantity.end.max(i + 1);
        floor = i;
        out.push(quantity);
    }
    out
}

fn name_counted(figure: &mut Figure, counted: counted::Counted) {
    figure.counted = counted.span;
    figure.counted_head = counted.head;
}

/// The ends of what a figure allows, the lesser first: "fell from 12 to 8" and "3-1" name the greater first,
/// and the archive holds `low <= high` of every row. The order printed is in the figure's text.
fn in_order(low: Option<f64>, high: Option<f64>) -> (Option<f64>, Option<f64>) {
    match (low, high) {
        (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
        ends => ends,
    }
}

/// The `n`th quantity of a sentence as a figure.
fn figure(
    pieces: &Pieces,
    sentence: &Sentence,
    kept: &[Quantity],
    n: usize,
    told: &[Figure],
    calendar: &Calendar,
) -> Figure {
    let quantity = &kept[n];
    let next = kept.get(n + 1).map_or(usize::MAX, |q| q.first);
    let count = counted::needs_noun(quantity) && quantity.kind.is_none();
    let contest = quantity.kind.is_some();
    let counted = if contest {
        counted::Counted { end: quantity.end, ..Default::default() }
    } else if quantity.rule == compounds::PER_NUMBER {
        compounds::counted_per(pieces, quantity, told)
    } else if count {
        counted::of_count(pieces, quantity, told)
    } else {
        measured::of_measure(pieces, kept, n, told)
    };
    let mut end = quantity.end;
    if count && counted.end <= next {
        end = end.max(counted.end);
    }
    let numeral = &quantity.numeral;
    let (low, high) = in_order(numeral.low, numeral.high);
    let measure = quantity.measure.as_ref();
    let base = measure.and_then(|m| m.base).and_then(|(code, factor, offset)| {
        let value = numeral.value.or(numeral.low)?;
        Some((numerals::rounded(value * factor + offset), code))
    });
    let scope = scope::of(pieces, quantity.first, quantity.end.max(counted.end), next, calendar);
    let (denied, possible) = changes::hedged(pieces, quantity, counted.end.max(quantity.end));
    Figure {
        span: pieces.span(quantity.first, end),
        kind: if counted.rate { FigureKind::Rate } else { quantity.kind() },
        value: numeral.value,
        low,
        high,
        bound: quantity.bound,
        direction: quantity.direction,
        role: quantity.role,
        unit: measure.and_then(|m| m.code.clone()),
        unit_name: measure
            .map(|m| m.name.clone())
            // "millions in cash": of no currency that is named.
            .filter(|name| !name.is_empty())
            .or(counted.unit)
            .or_else(|| (numeral.form == Form::Multiple).then(|| "time".to_string())),
        base_value: base.map(|(value, _)| value),
        base_unit: base.map(|(_, code)| code.to_string()),
        counted: counted.span,
        counted_head: counted.head,
        event: counted.event.map(str::to_string),
        holds_for: scope::holds_for(pieces, quantity.end.max(counted.end), next),
        place: scope.place,
        whose: scope.whose,
        period: scope.period,
        as_of: scope.as_of,
        as_of_date: scope.as_of_date,
        cited: None,
        vague: quantity.vague(),
        denied,
        possible,
        sentence: sentence.span,
        rule: measure
            .map_or(quantity.rule, |m| if quantity.rule.contains("digits") { m.rule } else { quantity.rule }),
    }
}

#[cfg(test)]
mod corpora;
#[cfg(test)]
mod hostile;
