//! Numbers in words: "ninety", "a hundred and twenty-nine", "one million, six hundred thousand", "half a million".

use super::numerals::{Form, Numeral, fraction_after, minus_before, rounded, skip_dash};
use super::pieces::Pieces;
use super::shares;
use crate::lexicon::numbers::{NumberClass, NumberWord};

/// "ninety", "a hundred and twenty-nine", "half a million", "two and a half dozen".
pub(super) fn read(pieces: &Pieces, i: usize) -> Option<Numeral> {
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
    let mut last = None;
    while let Some(word) = pieces.get(at).and_then(|p| p.number) {
        if !sum.add(word) {
            break;
        }
        words += 1;
        last = Some(word.class);
        end = at + 1;
        at = skip_dash(pieces, end);
        if word.class == NumberClass::Scale
            && pieces.is_mark(at, ',')
            && pieces.glued(at)
            && !is_whole(pieces, i)
            && is_rest_of(pieces, at + 1, word.value)
        {
            at += 1;
        } else if pieces.is(at, "and") && sum.takes_and() {
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
    // "two to three hundred": a closing "hundred" may be meant for the number before, too.
    let hundreds = sum.scale == 1.0 && last == Some(NumberClass::Hundred);
    numeral.scale = if hundreds { 100.0 } else { sum.scale };
    if let Some(sign) = minus_before(pieces, i).filter(|&at| pieces.is(at, "minus")) {
        numeral.first = sign;
        let value = numeral.value.map(|v| -v);
        (numeral.value, numeral.low, numeral.high) = (value, value, value);
    }
    Some(numeral)
}

/// Whether the number that begins at piece `i` is a whole whose part follows: "Of the two thousand, three hundred
/// left", "out of five thousand, six hundred".
fn is_whole(pieces: &Pieces, i: usize) -> bool {
    let of = pieces.is_any_before(i, &["of"]) && (i == 1 || pieces.is_any(i - 2, &["out"]));
    of || pieces.is_any_before(i, &["the", "these", "those", "among"])
}

/// "one million, six hundred thousand": whether the number words from a piece on are what is left below a scale.
fn is_rest_of(pieces: &Pieces, from: usize, scale: f64) -> bool {
    let mut named = false;
    let mut at = from;
    while at < from + 12 {
        match pieces.get(at).and_then(|p| p.number) {
            Some(word) if word.class == NumberClass::Scale && word.value >= scale => return false,
            Some(word) if matches!(word.class, NumberClass::Scale | NumberClass::Hundred) => named = true,
            Some(word) if matches!(word.class, NumberClass::Small | NumberClass::Teen | NumberClass::Ten) => {
            }
            _ if at > from && (pieces.is(at, "and") || pieces.is_dash(at)) => {}
            _ => break,
        }
        at += 1;
    }
    // "ten thousand, three hundred of them soldiers"
    let part =
        pieces.is(at, "of") && pieces.is_any(at + 1, &["them", "whom", "which", "these", "those", "the"]);
    named && !part
}

/// "a hundred and twenty" is one number; "a hundred and two cars" too. In "one hundred and one of them left" it may be
/// either; read as two, nothing is added up that the text keeps apart.
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
