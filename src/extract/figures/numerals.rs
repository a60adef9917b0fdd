//! Numerals: numbers in digits, in words and mixed, with their scale ("4.5 million", "two-and-a-half").

use super::measures;
use super::money;
use super::pieces::Pieces;
use super::shares;
use crate::lexicon::counting::{self, Numbering};
use crate::lexicon::numbers::{NumberClass, NumberWord};

/// What a number is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits, with or without a scale.
    Digits,
    /// Words.
    Words,
    /// Words that name no number.
    Vague,
    /// A part of a whole.
    Share,
    /// A multiple.
    Multiple,
}

/// A number as it stands in the text.
#[derive(Debug, Clone)]
pub(super) struct Numeral {
    /// First piece.
    pub first: usize,
    /// Piece after the last.
    pub end: usize,
    /// The number named.
    pub value: Option<f64>,
    /// The least it allows.
    pub low: Option<f64>,
    /// The most it allows.
    pub high: Option<f64>,
    /// The scale it was written with: 1e6 for "4.5 million".
    pub scale: f64,
    /// What it is written in.
    pub form: Form,
    /// The rule that read it.
    pub rule: &'static str,
}

impl Numeral {
    /// A number that is exactly what it says.
    pub fn exact(first: usize, end: usize, value: f64, form: Form, rule: &'static str) -> Self {
        Numeral {
            first,
            end,
            value: Some(value),
            low: Some(value),
            high: Some(value),
            scale: 1.0,
            form,
            rule,
        }
    }
}

/// Reads the number that begins at piece `i`.
pub(super) fn read(pieces: &Pieces, i: usize) -> Option<Numeral> {
    if pieces.digits(i).is_some() { in_digits(pieces, i) } else { in_words(pieces, i) }
}

/// "4.5", "4.5 million", "2 1/2", "-1.3", "3k".
fn in_digits(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let digits = pieces.digits(i)?;
    let mut value = digits.value;
    let mut end = i + 1;
    if let Some((part, stop)) = fraction_after(pieces, end) {
        value += part;
        end = stop;
    }
    let mut numeral = Numeral::exact(i, end, value, Form::Digits, "<digits>");
    if let Some((scale, stop)) = scale_after(pieces, i, end) {
        numeral.scale = scale;
        numeral.end = stop;
        numeral.rule = "<digits> <scale>";
        if let Some((part, stop)) = fraction_after(pieces, stop) {
            value += part;
            numeral.end = stop;
        }
    }
    if let Some(sign) = minus_before(pieces, i) {
        numeral.first = sign;
        value = -value;
    }
    let value = rounded(value * numeral.scale);
    (numeral.value, numeral.low, numeral.high) = (Some(value), Some(value), Some(value));
    Some(numeral)
}

/// Takes the noise of binary fractions out of a product: 34.6 × 10⁶ is 34600000.
pub fn rounded(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < 1e-6 * value.abs().max(1e-300) && (value - whole).abs() < 1e-3 {
        whole
    } else {
        value
    }
}

/// " 1/2", "-and-a-half", " and three quarters" behind a number.
fn fraction_after(pieces: &Pieces, at: usize) -> Option<(f64, usize)> {
    if let (Some(over), true, Some(under)) =
        (pieces.digits(at), pieces.is_mark(at + 1, '/'), pieces.digits(at + 2))
    {
        let proper = over.value < under.value && under.value <= 32.0 && under.digits <= 2;
        let attached = pieces.glued(at + 1) && pieces.glued(at + 2);
        return (proper && attached && pieces.digits(at.wrapping_sub(1)).is_some_and(|d| !d.decimal))
            .then(|| (over.value / under.value, at + 3));
    }
    let mut j = skip_dash(pieces, at);
    if !pieces.is(j, "and") {
        return None;
    }
    j = skip_dash(pieces, j + 1);
    let count = if pieces.is_any(j, &["a", "one"]) {
        j = skip_dash(pieces, j + 1);
        1.0
    } else if let Some(n) = pieces.get(j)?.number.filter(|n| n.class == NumberClass::Small) {
        j = skip_dash(pieces, j + 1);
        n.value
    } else {
        1.0
    };
    let part = pieces.get(j)?.number?;
    let fraction = matches!(part.class, NumberClass::Half | NumberClass::Fraction);
    // "one and third" is not one and a third.
    let named = count != 1.0 || part.class == NumberClass::Half || pieces.is_any(j - 1, &["a", "one", "-"]);
    (fraction && named && count * part.value < 1.0).then_some((count * part.value, j + 1))
}

/// The scale behind digits: "million", "bn", an attached "k".
fn scale_after(pieces: &Pieces, first: usize, end: usize) -> Option<(f64, usize)> {
    let attached = pieces.glued(end);
    let mut j = end;
    if attached && pieces.is_dash(end) && pieces.glued(end + 1) {
        j = end + 1;
    }
    if measures::millions_of(pieces, j).is_some() {
        return Some((1e6, j));
    }
    let NumberWord { class, value, .. } = pieces.get(j)?.number?;
    let next = |n: usize| pieces.get(n).and_then(|p| p.number).map(|n| n.class);
    match class {
        NumberClass::Scale | NumberClass::Hundred | NumberClass::Group => {
            // "3 hundred thousand", "4 million billion": scales multiply.
            match pieces.get(j + 1).and_then(|p| p.number) {
                Some(more) if more.class == NumberClass::Scale && class != NumberClass::Group => {
                    Some((value * more.value, j + 2))
                }
                _ => Some((value, j + 1)),
            }
        }
        NumberClass::Suffix if next(j + 1) != Some(NumberClass::Scale) => Some((value, j + 1)),
        // "3 dozens", "5 millions of euros"
        NumberClass::Plural if j == end && !attached => Some((value, j + 1)),
        NumberClass::Letter
            if j == end
                && (attached || spaced_million(pieces, first, j))
                && letter_is_scale(pieces, first, j) =>
        {
            Some((value, j + 1))
        }
        _ => None,
    }
}

/// "£5 m": a letter that stands apart is a scale behind money alone.
fn spaced_million(pieces: &Pieces, first: usize, letter: usize) -> bool {
    matches!(pieces.word(letter), "m" | "M" | "b") && money::prefix(pieces, first).is_some()
}

/// Whether an attached letter is a scale ("$4.5m") and not a unit ("100m race").
fn letter_is_scale(pieces: &Pieces, first: usize, letter: usize) -> bool {
    let money = money::prefix(pieces, first).is_some();
    match pieces.word(letter) {
        "k" | "K" => true,
        "m" if !money => followed_by_many(pieces, letter + 1),
        "M" | "B" if !money => !pieces.is_dash(letter + 1),
        "b" if !money => followed_by_many(pieces, letter + 1),
        "m" | "M" | "b" | "B" | "t" | "T" => money,
        _ => false,
    }
}

/// Whether what stands here can be counted by the million: a word, and none that shows a length.
fn followed_by_many(pieces: &Pieces, at: usize) -> bool {
    pieces.is_word(at)
        && !pieces.glued(at)
        && !pieces.lower(at, |w| counting::is(w, Numbering::Measured))
        && pieces.lower(at, counting::is_event) | (at..at + 5).any(|n| names_many(pieces, n))
}

fn names_many(pieces: &Pieces, at: usize) -> bool {
    pieces.is_word(at)
        && counting::is_plural(pieces.word(at))
        && !pieces.is_any(at, &["is", "was", "has", "his"])
}

/// Where a minus sign that belongs to the number at `i` stands.
fn minus_before(pieces: &Pieces, i: usize) -> Option<usize> {
    let at = i.checked_sub(1)?;
    if pieces.is(at, "minus") {
        // "plus or minus 3 points": a margin to both sides.
        let both = pieces.is_any_before(at, &["or"]) && at > 1 && pieces.is(at - 2, "plus");
        return (!both).then_some(at);
    }
    if pieces.is_dash(at) && pieces.is_any_before(at, &["minus"]) {
        return Some(at - 1);
    }
    let sign = pieces.is_mark(at, '-') || pieces.is_mark(at, '−');
    let free =
        pieces.get(at).is_some_and(|p| p.spaced) || pieces.is_any_before(at, &["(", "/", "$", "€", "£"]);
    // "75 -300" is a range badly set; "50 -1.3%" a change.
    let chained = pieces.digits(at.wrapping_sub(1)).is_some() && !pieces.is_mark(i + 1, '%');
    (sign && pieces.glued(i) && free && !chained).then_some(at)
}

/// The index behind an attached hyphen at `at`, or `at`.
pub(super) fn skip_dash(pieces: &Pieces, at: usize) -> usize {
    if pieces.is_mark(at, '-') && pieces.glued(at) && pieces.glued(at + 1) { at + 1 } else { at }
}

/// "ninety", "a hundred and twenty-nine", "half a million", "two and a half dozen".
fn in_words(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let mut at = i;
    let mut sum = Sum::default();
    if pieces.is_any(i, &["a", "an"]) {
        let next = pieces.get(i + 1)?.number?.class;
        if !matches!(next, NumberClass::Hundred | NumberClass::Scale | NumberClass::Group) {
            return None;
        }
        sum.current = 1.0;
        at = i + 1;
    }
    let (mut end, mut words) = (at, 0);
    while let Some(word) = pieces.get(at).and_then(|p| p.number) {
        if !sum.add(word) {
            break;
        }
        words += 1;
        end = at + 1;
        at = skip_dash(pieces, end);
        if pieces.is(at, "and") && sum.takes_and() {
            let next = skip_dash(pieces, at + 1);
            let small = pieces.get(next).and_then(|p| p.number);
            if small
                .is_some_and(|n| matches!(n.class, NumberClass::Small | NumberClass::Teen | NumberClass::Ten))
                && joins(pieces, next)
            {
                at = next;
            }
        } else if pieces.is(at, "point") && pieces.get(at + 1).and_then(|p| p.number).is_some() {
            end = sum.decimals(pieces, at + 1);
            at = end;
        }
    }
    if words == 0 {
        return None;
    }
    if let Some((part, stop)) = fraction_after(pieces, end) {
        sum.part(part);
        end = stop;
        let next = skip_dash(pieces, end);
        if let Some(word) = pieces.get(next).and_then(|p| p.number)
            && sum.scale == 1.0
            && matches!(word.class, NumberClass::Scale | NumberClass::Group | NumberClass::Hundred)
        {
            sum.add(word);
            end = next + 1;
        }
    }
    let mut numeral = Numeral::exact(i, end, rounded(sum.total()), Form::Words, "<number words>");
    numeral.scale = sum.scale;
    if pieces.is_any_before(i, &["minus"]) {
        numeral.first = i - 1;
        let value = numeral.value.map(|v| -v);
        (numeral.value, numeral.low, numeral.high) = (value, value, value);
    }
    Some(numeral)
}

/// "a hundred and twenty" is one number; "a hundred and two cars" too, but "one hundred and one of them
/// left" stays open, and the count wins.
fn joins(pieces: &Pieces, next: usize) -> bool {
    !(pieces.is(next, "one") && pieces.is_any(next + 1, &["of", "or", "that", "who", "which"]))
}

/// "half a million", "half a dozen", "a quarter of a million", "three-quarter million".
pub(super) fn part_of_scale(pieces: &Pieces, i: usize) -> Option<Numeral> {
    let (share, end) = match shares::share(pieces, i) {
        Some(share) => (share.value?, share.end),
        None => {
            let at = if pieces.is_any(i, &["a", "one"]) { i + 1 } else { i };
            let part = pieces.get(at)?.number?;
            let fits = part.class == NumberClass::Half || pieces.is(at, "quarter");
            fits.then_some((part.value, at + 1))?
        }
    };
    let mut j = skip_dash(pieces, end);
    if pieces.is(j, "of") {
        j += 1;
    }
    if pieces.is_any(j, &["a", "an"]) {
        j = skip_dash(pieces, j + 1);
    }
    let scale = pieces.get(j)?.number?;
    let fits = matches!(scale.class, NumberClass::Scale | NumberClass::Group | NumberClass::Hundred);
    let value = rounded(share * scale.value);
    fits.then(|| Numeral::exact(i, j + 1, value, Form::Words, "<part> of a <scale>"))
}

/// A number in words under way.
#[derive(Debug)]
struct Sum {
    /// What is finished: whole thousands, millions.
    done: f64,
    /// What stands below the next scale.
    current: f64,
    /// The last scale read.
    scale: f64,
    /// The least unit that may still follow in `current`: 1 after tens, 0 when nothing may.
    room: f64,
    decimal: bool,
}

impl Default for Sum {
    fn default() -> Self {
        Sum { done: 0.0, current: 0.0, scale: 1.0, room: f64::INFINITY, decimal: false }
    }
}

impl Sum {
    /// Takes a word in; false when the number ends before it.
    fn add(&mut self, word: NumberWord) -> bool {
        let value = word.value;
        match word.class {
            NumberClass::Small | NumberClass::Teen | NumberClass::Ten => {
                let fits = value < self.room && (value > 0.0 || self.current == 0.0 && self.done == 0.0);
                if !fits {
                    return false;
                }
                self.current += value;
                self.room = if word.class == NumberClass::Ten { 10.0 } else { 0.0 };
            }
            NumberClass::Hundred => {
                if self.current >= 100.0 || self.decimal {
                    return false;
                }
                self.current = self.current.max(1.0) * 100.0;
                self.room = 100.0;
            }
            NumberClass::Scale => {
                if self.current == 0.0 && self.done > 0.0 {
                    self.done *= value;
                } else if self.scale > 1.0 && value >= self.scale {
                    self.done = (self.done + self.current) * value;
                } else {
                    self.done += self.current.max(if self.current == 0.0 { 1.0 } else { 0.0 }) * value;
                }
                self.current = 0.0;
                self.scale = value;
                self.room = 1000.0;
            }
            NumberClass::Group => {
                self.done += self.current.max(1.0) * value;
                self.current = 0.0;
                self.scale = value;
                self.room = 0.0;
            }
            _ => return false,
        }
        true
    }

    fn takes_and(&self) -> bool {
        self.room >= 100.0
    }

    /// "two point four five": reads the digits from piece `at`, and gives the piece after them.
    fn decimals(&mut self, pieces: &Pieces, mut at: usize) -> usize {
        let mut place = 0.1;
        while let Some(word) = pieces.get(at).and_then(|p| p.number).filter(|n| n.class == NumberClass::Small)
        {
            self.current += word.value * place;
            place /= 10.0;
            at += 1;
        }
        self.decimal = true;
        self.room = 0.0;
        at
    }

    /// Adds "and a half": half of the last scale where one was read ("a million and a half").
    fn part(&mut self, part: f64) {
        if self.current == 0.0 && self.scale > 1.0 {
            self.done += part * self.scale;
        } else {
            self.current += part;
        }
        self.room = 0.0;
    }

    fn total(&self) -> f64 {
        self.done + self.current
    }
}
