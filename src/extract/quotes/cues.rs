//! Reports: each cue of a frame with the words that name its source.
//!
//! Which quote or clause a report credits is not decided here.

use super::content::clause_at;
use super::frames::{Frame, Item};
use super::{complements, phrases, sources, unlisted, unnamed, unsaid};
use crate::annotate::Pos;
use crate::finding::SpeakerForm;
use crate::lexicon::counting;
use crate::lexicon::reporting::{self, CueVerb};

/// How often in a hundred a verb reports where only a clause behind it tells that it does.
const SELDOM: u8 = 25;

/// How far before its verb the opener of a clause about something stands at most.
const RELATIVE: usize = 5;

/// A range of a frame's items.
pub type Items = std::ops::Range<usize>;

/// A cue and its source.
#[derive(Debug, Clone)]
pub struct Report {
    /// The cue's items: the verb, or "according to".
    pub cue: Items,
    /// The verb; `None` for "according to".
    pub verb: Option<&'static CueVerb>,
    /// The words that name the source.
    pub source: Option<Items>,
    /// Who was told, where the cue has them for its subject and not who spoke: "jurors were told", "the court
    /// heard"; or the "it" of "it was claimed".
    pub hearer: Option<Items>,
    /// The rule that found the source, or why there is none.
    pub rule: &'static str,
}

impl Report {
    /// Whether the source stands after the cue.
    pub fn inverted(&self) -> bool {
        self.source.as_ref().is_some_and(|s| s.start >= self.cue.end)
    }

    /// The items from the first to the last of cue and source.
    pub fn extent(&self) -> Items {
        match self.source.as_ref().or(self.hearer.as_ref()) {
            Some(s) if s.start <= self.cue.end + 14 && self.cue.start <= s.end + 40 => {
                self.cue.start.min(s.start)..self.cue.end.max(s.end)
            }
            _ => self.cue.clone(),
        }
    }

    /// Whether its cue is a noun.
    pub fn noun(&self) -> bool {
        self.verb.is_some_and(|v| v.noun)
    }

    /// Whether it can introduce words in marks on its own.
    pub fn quotes(&self) -> bool {
        self.verb.is_none_or(|v| v.quotes)
    }
}

/// The reports of a frame, in order.
pub fn reports(frame: &Frame<'_>) -> Vec<Report> {
    let mut out: Vec<Report> = Vec::new();
    for (i, item) in frame.items.iter().enumerate() {
        if item.is("according") && frame.get(i + 1).is_some_and(|n| n.is("to")) {
            let source = complements::after_preposition(frame, i + 2);
            out.push(Report { cue: i..i + 2, verb: None, source, hearer: None, rule: "according to" });
            continue;
        }
        if in_the_words_of(frame, i)
            && let Some(source) = complements::after_preposition(frame, i + 4)
            && frame.get(source.end).is_some_and(|n| n.is(","))
        {
            out.push(Report {
                cue: i..i + 4,
                verb: None,
                source: Some(source),
                hearer: None,
                rule: "according to",
            });
            continue;
        }
        if let Some(source) = per(frame, i) {
            let rule = "according to";
            out.push(Report { cue: i..i + 1, verb: None, source: Some(source), hearer: None, rule });
            continue;
        }
        let Some(verb) = item.verb.filter(|v| is_verb(frame, i, v)) else {
            let report = unnamed::heard(frame, i)
                .or_else(|| super::nouns::report(frame, i))
                .or_else(|| if item.verb.is_none() { unlisted::unlisted(frame, i, &out) } else { None });
            out.extend(report);
            continue;
        };
        if unsaid::named_between_commas(frame, i, verb)
            || unsaid::asks_for_anonymity(frame, i)
            || super::relays::only_relays(frame, i)
            || unsaid::idle(frame, i)
        {
            continue;
        }
        let (source, rule) = sources::source(frame, i, verb, &out);
        let hearer = unnamed::hearer(frame, i, verb, rule);
        out.push(Report { cue: i..i + 1, verb: Some(verb), source, hearer, rule });
    }
    out
}

/// "In the words of Smith, ...".
fn in_the_words_of(frame: &Frame<'_>, i: usize) -> bool {
    ["in", "the", "words", "of"]
        .iter()
        .enumerate()
        .all(|(k, word)| frame.get(i + k).is_some_and(|n| n.is(word)))
}

/// Whom "per" gives for a source: "Per the police, ...", "..., per a court filing"; but "per person".
fn per(frame: &Frame<'_>, i: usize) -> Option<Items> {
    let apart = i.checked_sub(1).is_none_or(|b| matches!(frame.items[b].text, "," | "—" | "–"));
    if !(apart && frame.items[i].is("per")) {
        return None;
    }
    let source = complements::after_preposition(frame, i + 1)?;
    let ends = frame.get(source.end).is_none_or(|n| matches!(n.text, "," | "." | ";" | "—" | "–"));
    let first = &frame.items[source.start];
    let named = first.capital() || first.classes.determiner() || first.classes.possessive();
    (ends && named && complements::can_speak(frame, &source)).then_some(source)
}

/// How many items a name before "as" has at most.
const NAME: usize = 6;

/// Whether the naming verb at `i` is a participle that belongs to the noun before it: "a group called
/// Ulm First", "a play called [quote]". Nobody calls it so here.
pub fn names_only(frame: &Frame<'_>, i: usize) -> bool {
    let naming = frame.items[i].verb.is_some_and(|v| v.naming) && frame.items[i].past();
    let Some(last) = i.checked_sub(1).filter(|_| naming) else { return false };
    let common = frame.items[last].pos == Pos::Noun && !frame.items[last].capital();
    let first = &frame.items[super::phrases::start(frame, last)];
    let indefinite = matches!(first.lower.as_ref(), "a" | "an" | "another" | "one" | "some");
    let named =
        frame.get(i + 1).is_some_and(|n| n.quote.is_some() || n.capital() || n.is("the") || n.is("“"));
    // "an article hailed Roe as [quote]": the article does it; "a man described as tall" is described.
    let described = frame.get(i + 1).is_some_and(|n| n.is("as"));
    let active = frame.items[i + 1..].iter().take(NAME).any(|n| n.is("as"));
    common && indefinite && (described || named && !active)
}

/// Whether the participle at `i` says where what somebody said stands: "In a statement posted on his page, Smith
/// said". It reports nothing.
fn published(frame: &Frame<'_>, i: usize) -> bool {
    let Some(last) = i.checked_sub(1).filter(|&b| frame.items[b].classes.occasion()) else { return false };
    let governed =
        phrases::start(frame, last).checked_sub(1).is_some_and(|k| frame.items[k].classes.preposition());
    // "the statement posted on his page": no statement posts.
    let posted = frame.items[last].noun == Some(SpeakerForm::Document)
        && frame.items[i]
            .verb
            .is_some_and(|v| matches!(v.lemma, "post" | "publish" | "release" | "issue" | "tweet"));
    let where_to = frame.get(i + 1).is_some_and(|n| n.classes.preposition() || n.classes.weekday());
    (governed || posted) && where_to && frame.items[i].past()
}

/// Whether the word stands where nothing but a cue does, whatever the tagger takes it for: `[quote,] spat Smith`,
/// `[quote,] she whispers`.
fn in_cue_place(frame: &Frame<'_>, i: usize) -> bool {
    let behind = |k: Option<usize>| {
        k.is_some_and(|k| {
            frame.items[k].quote.is_some()
                || frame.items[k].is(",") && k > 0 && frame.items[k - 1].quote.is_some()
        })
    };
    let item = &frame.items[i];
    let before = i.checked_sub(1);
    let pronoun = before.is_some_and(|b| matches!(frame.items[b].lower.as_ref(), "he" | "she" | "they"));
    // `[quote,] Smith notes.`
    let closing = frame.get(i + 1).is_none_or(|n| n.is(".") || n.is(","));
    let named = closing
        && item.pos == Pos::Noun
        && before
            .and_then(|b| complements::subject_ending(frame, b))
            .is_some_and(|s| behind(s.start.checked_sub(1)));
    let inverted = behind(before)
        && !item.gerund()
        && frame.get(i + 1).is_some_and(|n| n.capital() && !n.classes.weekday() || n.is("the"));
    // "Another wrote: [quote]".
    let announces = item.past()
        && before.is_some_and(|b| frame.items[b].classes.indefinite())
        && frame.get(i + 1).is_some_and(|n| n.is(":") || n.is(","))
        && frame.get(i + 2).is_some_and(|n| n.quote.is_some());
    let said = pronoun && behind(i.checked_sub(2)) && item.pos == Pos::Noun;
    !item.capital() && (inverted || announces || named || said)
}

/// Whether the word at `i` is a verb here, as far as its neighbours tell.
fn is_verb(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let item = &frame.items[i];
    if verb.quotes && in_cue_place(frame, i) {
        return true;
    }
    if item.capital() && i > 0 && frame.items[i - 1].quote.is_none() && !frame.items[i - 1].is(":") {
        return false;
    }
    let other = matches!(item.pos, Pos::Adj | Pos::Adv | Pos::Adp | Pos::Sconj | Pos::Det);
    if other && verb.share < 80 && !unnamed::impersonal(frame, i, verb) {
        return false;
    }
    // "showed up": another verb.
    // "said up to 40": no particle.
    let up_to = frame.get(i + 2).is_some_and(|n| n.is("to"));
    let particle = frame.get(i + 1).is_some_and(|n| n.is("up") && !up_to || n.is("off") || n.is("down"));
    // "accepted the prize": what seldom reports does so with a clause.
    let clause = verb.strict || item.pos == Pos::Noun;
    let seldom = clause && !verb.quotes && !verb.object && verb.share < SELDOM;
    if seldom
        && !frame.get(i + 1).is_some_and(|n| n.is("that"))
        && !clause_at(frame, i + 1, frame.items.len())
    {
        return false;
    }
    if names_only(frame, i) || published(frame, i) || particle && !verb.naming {
        return false;
    }
    let introduces = frame.get(i + 1).is_some_and(|n| n.quote.is_some()) || governs(frame, i, verb);
    // "the reality show [quote]" names a work.
    if item.pos == Pos::Noun
        && verb.lemma != "say"
        && (!introduces || item.classes.work())
        && !(plural_says(frame, i, verb) || name_says(frame, i, verb))
    {
        return false;
    }
    // "a hacker known as [quote]": so he is called, by nobody in particular.
    if item.is("known") && frame.get(i + 1).is_some_and(|n| n.is("as")) {
        return false;
    }
    let Some(before) = i.checked_sub(1).map(|b| &frame.items[b]) else { return true };
    let nounlike = !item.gerund() && !item.past();
    // "the mother of two said", "who found her told".
    let whom = before.is("her")
        && i.checked_sub(2).is_some_and(|k| frame.items[k].pos == Pos::Verb && !frame.items[k].gerund());
    let counted = (before.pos == Pos::Num || whom) && item.pos == Pos::Verb || phrases::joined(frame, i - 1);
    let polled = phrases::polled(frame, i - 1).is_some();
    let determined = before.classes.determiner() && !before.classes.indefinite() && !polled && !counted;
    if determined && !matches!(before.text, "that" | "this") {
        // "the said", "a claim", "his remarks"; but "all said", "both said".
        return false;
    }
    // "her television show", "the TV show": a work, unless the word before is plural: "polls show".
    let base = item.lower == verb.lemma;
    let singular =
        before.pos == Pos::Noun && !before.classes.indefinite() && !counting::is_plural(before.text);
    if base && item.classes.work() && singular {
        return false;
    }
    // "a war-time rule": no verb, but the last noun of a compound.
    let compound = singular && before.noun.is_none() && i >= 2 && frame.items[i - 2].is("-");
    if base && compound {
        return false;
    }
    if nounlike && (before.possessive_s() || before.classes.preposition() && !before.is("to")) {
        return false;
    }
    if before.is("-") || frame.get(i + 1).is_some_and(|n| n.is("-") && n.span.start == item.span.end) {
        return false;
    }
    !(nounlike && frame.get(i + 1).is_some_and(|n| n.is("of") && !verb.preposition))
}

/// Whether a form in -s that is taken for a noun governs what follows it: "the treaty states that", "PM vows to".
fn governs(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let item = &frame.items[i];
    let Some(before) = i.checked_sub(1).map(|b| &frame.items[b]) else { return false };
    let third = item.lower.ends_with('s') && item.lower != verb.lemma;
    // "The letter, seen by the Courier, states that".
    let described = before.is(",")
        && super::appositions::past_apposition(frame, i - 1)
            .is_some_and(|s| s.start == 0 && complements::can_speak(frame, &s));
    let subject = before.capital() || before.noun.is_some() || described;
    let that = verb.clause
        && frame.get(i + 1).is_some_and(|n| n.is("that"))
        && reporting::cue_noun(&item.lower).is_none();
    let to = verb.infinitive && before.capital() && frame.get(i + 1).is_some_and(|n| n.is("to"));
    // "which the board insists is": no noun in -s has "is" for its verb.
    let is = verb.clause
        && verb.quotes
        && before.noun.is_some()
        && frame.items[i.saturating_sub(RELATIVE)..i].iter().any(|n| n.classes.relative())
        && frame.get(i + 1).is_some_and(|n| n.is("is") || n.is("was") || n.is("has"));
    third && subject && (that || to || is)
}

/// Whether several people before a word make it a verb, though it was taken for a noun: "lawyers insist",
/// "detectives suspect that"; but not "police report".
fn plural_says(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let base = frame.items[i].is(verb.lemma);
    let people = i.checked_sub(1).is_some_and(|b| {
        let before = &frame.items[b];
        let plural =
            before.lower.ends_with('s') || before.is("men") || before.is("women") || before.is("people");
        // "many say", but "many state workers".
        before.classes.indefinite() && !frame.get(i + 1).is_some_and(|n| n.pos == Pos::Noun)
            || before.noun.is_some() && plural && counting::is_plural(before.text)
    });
    let next = frame.get(i + 1);
    base && (verb.clause || verb.infinitive)
        && people
        && !next.is_some_and(|n| n.pos == Pos::Verb || n.pos == Pos::Aux || n.classes.preposition())
}

/// Whether a name before a word in -s makes it a verb, though it was taken for a noun: "Mrs Roe hopes to",
/// ", the Courier reports."
fn name_says(frame: &Frame<'_>, i: usize, verb: &CueVerb) -> bool {
    let Some(last) = i.checked_sub(1).filter(|&b| frame.items[b].capital()) else { return false };
    let after_comma = phrases::start(frame, last).checked_sub(1).is_some_and(|k| frame.items[k].is(","));
    let fits = match frame.get(i + 1) {
        Some(n) if n.is("that") => verb.clause,
        Some(n) if n.is("to") => verb.infinitive,
        Some(n) if !n.is(".") => false,
        _ => after_comma,
    };
    fits && frame.items[i].lower.strip_suffix('s') == Some(verb.lemma)
}

/// Whether an item is a form of "to be", so that a participle after it is passive.
pub fn is_be(item: &Item<'_>) -> bool {
    item.classes.be() && !(item.clitic() && item.lower.ends_with('s') && item.pos == Pos::Part)
}
