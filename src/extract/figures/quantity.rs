//! Quantities: numbers with their unit and bound, on the way to becoming figures.

use super::ages;
use super::bounded;
use super::measures::{self, Measure};
use super::numerals::{Form, Numeral};
use super::pieces::Pieces;
use crate::finding::{Bound, ChangeRole, Direction, FigureKind};

/// A number with its unit and bound.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    pub numeral: Numeral,
    pub measure: Option<Measure>,
    pub bound: Bound,
    pub bounded: bool,
    /// First piece, bound words included.
    pub first: usize,
    /// First piece of sign, number and unit.
    pub core: usize,
    /// Piece after the last.
    pub end: usize,
    /// A kind that the reading of two numbers together gave ("3-1").
    pub kind: Option<FigureKind>,
    pub direction: Option<Direction>,
    pub role: Option<ChangeRole>,
    pub rule: &'static str,
}

impl Quantity {
    /// Reads unit and bound of a number.
    pub fn read(pieces: &Pieces, numeral: Numeral) -> Self {
        let mut measure = measures::read(pieces, &numeral);
        match &mut measure {
            Some(measure) => ages::years_old(pieces, measure),
            None => measure = ages::bare_age(pieces, &numeral),
        }
        Self::of(pieces, numeral, measure)
    }

    /// Reads the bound of a number whose unit is known.
    pub fn of(pieces: &Pieces, numeral: Numeral, measure: Option<Measure>) -> Self {
        let mut core = numeral.first;
        let mut end = numeral.end;
        if let Some(measure) = &measure {
            core = core.min(measure.first);
            end = end.max(measure.end);
        }
        let rule = numeral.rule;
        let mut quantity = Quantity {
            measure,
            bound: Bound::Exactly,
            bounded: false,
            first: core,
            core,
            end,
            kind: None,
            direction: None,
            role: None,
            rule,
            numeral,
        };
        quantity.read_bound(pieces);
        quantity
    }

    fn read_bound(&mut self, pieces: &Pieces) {
        let mut found = None;
        let lasts = self.measure.as_ref().is_some_and(|m| m.kind == FigureKind::Duration);
        let before = bounded::before(pieces, self.core);
        if let Some((first, bound)) =
            before.filter(|&(first, _)| !(lasts && bounded::throughout(pieces, first, self.core)))
        {
            self.first = first;
            found = Some(bound);
        } else if let Some((end, bound)) = bounded::after(pieces, self.end) {
            self.end = end;
            found = Some(bound);
            if self.measure.is_none() {
                // "20-plus years", "25+ km": the unit stands behind the bound.
                self.numeral.end = end;
                self.measure = measures::read(pieces, &self.numeral);
                self.end = self.measure.as_ref().map_or(end, |m| m.end.max(end));
            }
        }
        if let Some(bound) = found {
            // "won't cost more than $5", "not expected to exceed 5"
            let bound = match bound {
                Bound::MoreThan if bounded::turned(pieces, self.first) => Bound::AtMost,
                Bound::LessThan if bounded::turned(pieces, self.first) => Bound::AtLeast,
                other => other,
            };
            self.bounded = true;
            self.bound(bound);
        }
    }

    /// Sets the bound and what it lets the value be.
    pub fn bound(&mut self, bound: Bound) {
        self.bound = bound;
        if let Some(value) = self.numeral.value {
            (self.numeral.low, self.numeral.high) = bounded::limits(bound, value);
        }
    }

    /// Whether it is digits and nothing else: no unit, no scale, no bound.
    pub fn is_bare(&self) -> bool {
        self.measure.is_none()
            && !self.bounded
            && self.numeral.form == Form::Digits
            && self.numeral.scale == 1.0
    }

    /// Whether it names no number.
    pub fn vague(&self) -> bool {
        self.numeral.form == Form::Vague
    }

    /// What it measures.
    pub fn kind(&self) -> FigureKind {
        match (&self.measure, self.numeral.form) {
            _ if self.kind.is_some() => self.kind.unwrap_or(FigureKind::Other),
            (Some(measure), _) => measure.kind,
            (None, Form::Share) => FigureKind::Share,
            (None, Form::Multiple) => FigureKind::Multiple,
            (None, _) => FigureKind::Count,
        }
    }
}
