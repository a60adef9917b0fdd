//! The subject of a figure: what rose 5 percent, what stood at 27,000, who paid $5.
//!
//! Read backwards from the figure, over verbs, objects and the phrases of prepositions. A pronoun there ends
//! the search: what it stands for is not known, and the noun before it would be another's.

use super::asides::{self, aside, before_dash, sets_apart};
use super::measured::ending_at;
use super::names;
use super::phrases::{Phrase, is_noun, is_time, is_weak};
use super::pieces::{Kind, Pieces};
use super::verbs::{doing, is_change_verb, is_money_verb, says, whom_it_costs};
use crate::annotate::Pos;
use crate::finding::Figure;
use crate::lexicon::counting::{self, Numbering};
use crate::span::Span;

/// How many pieces back the phrase may stand.
const REACH: usize = 40;

/// What a figure that begins at piece `first` is about: the object that is set to it, or the subject.
pub(super) fn of(pieces: &Pieces, first: usize, told: &[Figure]) -> Option<Phrase> {
    Walk::from(pieces, first, told, false).back()
}

/// The subject of the clause that a figure stands in, its objects passed over.
pub(super) fn of_clause(pieces: &Pieces, first: usize, told: &[Figure]) -> Option<Phrase> {
    Walk::from(pieces, first, told, true).back()
}

struct Walk<'a, 't> {
    pieces: &'a Pieces<'t>,
    told: &'a [Figure],
    /// Whether objects are passed over too.
    whole: bool,
    /// The figure's first piece.
    first: usize,
    /// The phrase nearest to the figure that a preposition or a verb governs.
    nearest: Option<Phrase>,
    /// Whether a verb was passed.
    verb: bool,
    /// Whether the last verb passed follows "to".
    infinitive: bool,
}

/// Where the walk goes from a piece.
enum Step {
    /// On, to the left of this piece.
    On(usize),
    /// It ends, with this.
    End(Option<Phrase>),
}

impl<'a, 't> Walk<'a, 't> {
    fn from(pieces: &'a Pieces<'t>, first: usize, told: &'a [Figure], whole: bool) -> Self {
        // In "it exceeds 5 percent" the bound is the verb.
        let verb = pieces.get(first).is_some_and(|p| p.pos == Pos::Verb);
        Walk { pieces, told, whole, first, nearest: None, verb, infinitive: false }
    }

    fn back(mut self) -> Option<Phrase> {
        if let Some(doer) = doing(self.pieces, self.first) {
            // "those making $5" are not named.
            return is_noun(self.pieces, doer).then(|| ending_at(self.pieces, doer));
        }
        let mut at = self.first - usize::from(is_said_of_the_number(self.pieces, self.first));
        while at > self.stop() {
            at -= 1;
            let piece = self.pieces.get(at)?;
            if in_a_figure(self.told, piece.span) && !self.ends_a_count(piece.span) {
                continue;
            }
            match if piece.kind == Kind::Word { self.word(at) } else { self.mark(at) } {
                Step::On(next) => at = next,
                Step::End(found) => return found,
            }
        }
        self.end()
    }

    fn stop(&self) -> usize {
        self.first.saturating_sub(REACH)
    }

    /// What there is where no subject was met.
    fn end(&self) -> Option<Phrase> {
        self.nearest.filter(|_| !self.whole || !self.verb)
    }

    fn mark(&self, at: usize) -> Step {
        let pieces = self.pieces;
        match pieces.get(at).map(|p| p.kind) {
            // "the S&P 500 is up 5 percent"
            Some(Kind::Number(_)) if self.verb && names::of_an_index(pieces, at) => {
                let named =
                    |&n: &usize| (pieces.capital(n) || pieces.is_mark(n, '&')) && !pieces.is(n, "the");
                let first = (0..at).rev().take_while(named).last();
                Step::End(Some(Phrase { first: first.unwrap_or(at), end: at + 1, head: at }))
            }
            Some(Kind::Mark(';' | ':' | '“')) => Step::End(self.end()),
            Some(Kind::Mark(',')) if let Some(open) = asides::closed_by(pieces, at, self.stop()) => {
                Step::On(open)
            }
            Some(Kind::Mark(',')) if let Some(open) = asides::cited(pieces, at, self.stop()) => {
                Step::On(open)
            }
            Some(Kind::Mark(',' | '(')) if self.nearest.is_some() => Step::End(self.end()),
            Some(Kind::Mark(')')) => {
                Step::On((self.stop()..at).rev().find(|&n| pieces.is_mark(n, '(')).unwrap_or(at))
            }
            Some(Kind::Mark(_)) if sets_apart(pieces, at) => {
                let opens = |&n: &usize| sets_apart(pieces, n) && pieces.is_word(n + 1);
                match (self.verb, (self.stop()..at).rev().find(opens)) {
                    (true, Some(open)) => Step::On(open),
                    (true, None) => Step::End(self.end()),
                    (false, _) => Step::End(self.nearest.or_else(|| before_dash(pieces, at))),
                }
            }
            _ => Step::On(at),
        }
    }

    fn word(&mut self, at: usize) -> Step {
        let pieces = self.pieces;
        if self.verb && pieces.is_any(at, &["who", "which", "that"]) {
            // "a school right now that costs $5"
            let adverb = |n: &usize| pieces.get(*n).is_some_and(|p| p.pos == Pos::Adv);
            let adverbs = (at.saturating_sub(2)..at).rev().take_while(adverb).count();
            let comma = usize::from(adverbs == 0 && pieces.is_mark(at.wrapping_sub(1), ','));
            if let Some(head) = at.checked_sub(1 + comma + adverbs).filter(|&head| is_noun(pieces, head)) {
                return Step::End(Some(antecedent(pieces, head)));
            }
            // "those who lost their jobs were making": nobody is named.
            let before = at.checked_sub(1).and_then(|n| pieces.get(n));
            let counted = before.is_some_and(|p| in_a_figure(self.told, p.span));
            if pieces.is(at, "who") && !counted {
                return Step::End(None);
            }
        }
        // "those in the lowest fifth paid 5 percent": nobody is named, and the noun before is another's.
        let those = pieces.is(at, "those") && pieces.get(at + 1).is_some_and(|p| p.pos == Pos::Adp);
        if self.verb && those {
            return Step::End(None);
        }
        // "would leave it at 35 percent": what it is, another sentence says.
        if !self.verb
            && pieces.is_any(at, &["it", "them"])
            && at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|p| p.pos == Pos::Verb)
        {
            return Step::End(None);
        }
        // "She said that, for children of 5": beyond is another clause.
        if pieces.is(at, "that") && at > 0 && says(pieces, at - 1) {
            return Step::End(self.end());
        }
        if pieces.is_any(at, &["that's", "that’s", "it's", "it’s", "there's", "there’s"]) {
            return Step::End(None);
        }
        // "the voltage across it was 5 volts" is about the voltage.
        let subject = !at.checked_sub(1).and_then(|n| pieces.get(n)).is_some_and(|p| p.pos == Pos::Adp);
        if self.verb && subject && pieces.is_any(at, &["he", "she", "it", "they", "we", "i", "you"]) {
            return Step::End(None);
        }
        // "surges past $1 billion"
        if pieces.is(at, "past") && at + 1 == self.first {
            return Step::On(at);
        }
        // "tariffs, ranging from 5 to 25 percent"
        if pieces.is_any(at, &["ranging", "varying", "totaling", "totalling", "averaging"]) {
            let comma = usize::from(pieces.is_mark(at.wrapping_sub(1), ','));
            let named = at.checked_sub(1 + comma).filter(|&noun| is_noun(pieces, noun));
            return Step::End(named.map(|noun| ending_at(pieces, noun)));
        }
        // "6 feet tall and weighs 236 pounds", "between the ages of 17 and 20"
        if pieces.is_any(
            at,
            &["plus", "minus", "tall", "old", "high", "wide", "long", "deep", "thick", "age", "ages"],
        ) {
            return Step::On(at);
        }
        // "stole goods worth $5"
        if pieces.is(at, "worth") && at > 0 && at + 1 == self.first && is_noun(pieces, at - 1) {
            return Step::End(Some(ending_at(pieces, at - 1)));
        }
        if is_change_verb(pieces, at) || is_money_verb(pieces, at, self.first) {
            self.verb = true;
            return Step::On(at);
        }
        if let Some(cost) = whom_it_costs(pieces, at, self.first) {
            self.verb = true;
            return Step::On(cost);
        }
        if !is_noun(pieces, at) || is_time(pieces, at) || is_weak(pieces, at) {
            let verb = pieces.get(at).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
            self.infinitive = if verb { pieces.is_any_before(at, &["to"]) } else { self.infinitive };
            self.verb |= verb;
            return Step::On(at);
        }
        // "2018's", "S": letters cut off, or a section's name.
        if pieces.word(at).len() < 2 { Step::On(at) } else { self.noun(at) }
    }

    /// "the 12 mills cost $5": the noun that ends what another figure counts may be the subject.
    fn ends_a_count(&self, piece: Span) -> bool {
        let after = self.told.partition_point(|figure| figure.span.start <= piece.start);
        let figure = after.checked_sub(1).map(|n| &self.told[n]);
        let at = self.pieces.list.partition_point(|p| p.span.start < piece.end);
        let acts = self.pieces.get(at).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux))
            || is_change_verb(self.pieces, at)
            || is_money_verb(self.pieces, at, self.first);
        figure
            .filter(|_| self.verb && acts)
            .and_then(|figure| figure.counted)
            .is_some_and(|counted| counted.end == piece.end)
    }

    /// "the yield of the 10-year note": where the figures begin that a noun phrase has before it.
    fn before_figures(&self, mut first: usize) -> usize {
        let told =
            |n: usize| self.pieces.get(n).is_some_and(|p| in_a_figure(self.told, p.span)) && n < self.first;
        while self.verb
            && first > 0
            && (told(first - 1) || self.pieces.is_dash(first - 1) && first > 1 && told(first - 2))
        {
            first -= 1;
        }
        // "at the town's 12 mills"
        let owned = |n: usize| self.pieces.word(n).ends_with("'s") || self.pieces.word(n).ends_with("’s");
        match first.checked_sub(1).filter(|&n| told(first) && owned(n)) {
            Some(owner) => ending_at(self.pieces, owner).first,
            None => first,
        }
    }

    /// At the head of a noun phrase: whether it is the one looked for.
    fn noun(&mut self, head: usize) -> Step {
        let pieces = self.pieces;
        let found = ending_at(pieces, head);
        let outer = before_determiner(pieces, self.before_figures(found.first));
        if let Some(comma) = aside(pieces, outer, found.end) {
            return Step::On(comma);
        }
        // "the owner and his wife, Miriam, have paid $5": the same again, by name.
        let named = pieces.capital(found.first) && pieces.is_mark(found.end, ',') && outer == found.first;
        if named && outer > 1 && pieces.is_mark(outer - 1, ',') && is_noun(pieces, outer - 2) {
            return Step::On(outer - 1);
        }
        // "saw the balance fall to 5": the object of one verb is the subject of the next.
        let next = pieces.get(found.end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux))
            || is_change_verb(pieces, found.end);
        let whole = before_others(pieces, outer, next);
        // "called for the wage to be raised to $5"
        if self.infinitive && pieces.is_any_before(whole, &["for"]) {
            return Step::End(Some(found));
        }
        // "Secretary of State Ann Hale met": the name is whose the title is.
        let person = (found.first..=head).find(|&n| pieces.names_a_person(n));
        if let Some(first) = person.filter(|&n| n > found.first && pieces.is_any_before(found.first, &["of"]))
        {
            return Step::End(Some(Phrase { first, ..found }));
        }
        if governed(pieces, whole, found.end, self.verb) {
            // "with revenue up 5 percent": a clause of its own.
            let absolute = pieces.is_any(found.end, &["up", "down", "off", "at"]) && found.end + 1 == self.first
                    // "with fees doubled"
                    || self.verb && found.end == self.first;
            if absolute && pieces.is_any_before(whole, &["with"]) {
                return Step::End(Some(found));
            }
            // What a preposition governs is not the subject of a verb behind it.
            let of_unit = pieces.is_any_before(whole, &["of"])
                && whole > 1
                && (is_time(pieces, whole - 2) || is_weak(pieces, whole - 2));
            if !self.verb || of_unit {
                self.nearest = self.nearest.or(Some(found));
            }
            return Step::On(whole - 1);
        }
        // "that advanced economies will grow": no verb follows "that" at once.
        let acted = outer
            .checked_sub(1)
            .filter(|&n| pieces.get(n).is_some_and(|p| p.pos == Pos::Verb))
            .filter(|&n| !pieces.is_any_before(n, &["that"]));
        let Some(acted) = acted else { return Step::End(Some(found)) };
        let contest = pieces.lower(acted, |w| counting::is(w, Numbering::Contest));
        // "she led him by 49 percent to 47": the second is his.
        if contest && pieces.is_any_before(self.first, &["to"]) {
            return Step::End(Some(found));
        }
        let relative =
            (acted.saturating_sub(2)..acted).any(|before| pieces.is_any(before, &["who", "which"]));
        if contest && !next || relative && self.verb {
            self.verb = true;
            return Step::On(outer);
        }
        // "thinks a degree will cost $5": what is thought is a clause.
        let clause = says(pieces, acted) && self.verb && !self.infinitive;
        if next || clause || !(self.verb || self.whole) {
            return Step::End(Some(found));
        }
        if !self.whole {
            self.nearest = self.nearest.or(Some(found));
        }
        Step::On(outer)
    }
}

/// "an astonishing 73 percent", "a record $5 billion": the word before a figure says how great it is.
pub(super) fn is_said_of_the_number(pieces: &Pieces, first: usize) -> bool {
    let led = first > 1 && pieces.is_any(first - 2, &["a", "an"]);
    led && (pieces.word(first - 1).ends_with("ing") || pieces.is(first - 1, "record"))
}

/// "deductions and exemptions": where the first of several nouns begins, the last of which begins at `first`; where
/// it is a subject (`alike`), a name or a time before "and" belongs to the clause before.
fn before_others(pieces: &Pieces, first: usize, alike: bool) -> usize {
    let joined = |&noun: &usize| {
        let fits = !alike || pieces.capital(noun) == pieces.capital(first) && !is_time(pieces, noun);
        pieces.is_any(noun + 1, &["and", "or"]) && is_noun(pieces, noun) && fits
    };
    match first.checked_sub(2).filter(joined) {
        Some(noun) => before_determiner(pieces, ending_at(pieces, noun).first),
        None => first,
    }
}

/// What "which" behind a noun means: "the exports of the region, which rose" are the exports.
fn antecedent(pieces: &Pieces, mut head: usize) -> Phrase {
    loop {
        let found = ending_at(pieces, head);
        let outer = before_determiner(pieces, found.first);
        match outer.checked_sub(2).filter(|&at| pieces.is(at + 1, "of") && is_noun(pieces, at)) {
            Some(whole) => head = whole,
            None => return found,
        }
    }
}

/// Whether a piece lies in a figure that was told before.
pub(super) fn in_a_figure(told: &[Figure], piece: Span) -> bool {
    let after = told.partition_point(|figure| figure.span.start <= piece.start);
    after.checked_sub(1).is_some_and(|n| told[n].span.overlaps(piece))
}

pub(super) fn before_determiner(pieces: &Pieces, first: usize) -> usize {
    const DETERMINERS: &[&str] = &[
        "the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "no", "any",
        "both", "another",
    ];
    // "Mr. Hale"
    let titled = first.checked_sub(2).filter(|&at| {
        let title = pieces.is_any(at, &["mr", "mrs", "ms", "dr", "gov", "sen", "rep"]);
        title && pieces.is_mark(at + 1, '.') && pieces.glued(at + 1)
    });
    let first = titled.unwrap_or(first);
    if pieces.is_any_before(first, DETERMINERS) { first - 1 } else { first }
}

/// Whether a preposition stands before a phrase that ends at `end`, so that its head is further left.
pub(super) fn governed(pieces: &Pieces, first: usize, end: usize, verb: bool) -> bool {
    // "as the deficit hit its highest level": a clause of its own, with its subject.
    let clause = verb
        && pieces.is_any_before(first, &["as", "after", "before", "since", "until"])
        && pieces.get(end).is_some_and(|p| matches!(p.pos, Pos::Verb | Pos::Aux));
    first > 1 && !clause && led(pieces, first)
}

/// Whether a preposition stands before a piece.
pub(super) fn led(pieces: &Pieces, first: usize) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "of", "in", "from", "for", "on", "by", "at", "with", "against", "to", "as", "after", "during",
        "through", "over", "under", "between", "among", "into", "across", "within", "without", "near",
        "about", "before", "since", "until", "like", "per", "than", "around", "behind", "outside",
    ];
    pieces.is_any_before(first, PREPOSITIONS)
}
