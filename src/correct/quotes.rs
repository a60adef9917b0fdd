//! Corrections of quotes: who spoke, what credits it, what it is, and what is none.

use super::anchor::{distance, find_words, nearest};
use super::apply::Work;
use super::entities::{add, named, nth};
use super::name::EntityName;
use super::{Correction, RULE, Row};
use crate::finding::{Cue, CueKind, EntityKind, Quote, QuoteKind, Speaker, SpeakerForm};
use crate::lexicon::reporting;
use crate::span::Span;

/// Corrects the quote that the anchor's words are.
pub(super) fn correct(work: &mut Work<'_>, correction: &Correction) -> Result<Row, String> {
    let quote = found(work, correction)?;
    match correction.field.as_str() {
        "speaker" => match correction.value.as_deref() {
            Some(name) => credit(work, quote, &EntityName::parse(name), correction),
            None => discredit(&mut work.findings.quotes[quote]),
        },
        "kind" => {
            let kind =
                QuoteKind::ALL.iter().copied().find(|k| Some(k.as_str()) == correction.value.as_deref());
            let quote = &mut work.findings.quotes[quote];
            quote.kind = kind.ok_or("no kind of that name")?;
            quote.rule = RULE;
            if matches!(quote.kind, QuoteKind::Scare | QuoteKind::Title | QuoteKind::Nickname) {
                discredit(quote);
                quote.cue = None;
            }
        }
        "cue" => cue(work, quote, correction.value.as_deref())?,
        // Which quotes are one utterance is decided over the archive; here it only has to find its quote.
        "utterance" => {}
        "drop" => work.gone.quotes[quote] = true,
        other => return Err(format!("quotes have no field '{other}' to correct")),
    }
    Ok(Row::Quote(quote))
}

/// The quote that covers most of the anchor's place, and little else.
fn found(work: &Work<'_>, correction: &Correction) -> Result<usize, String> {
    let Correction { anchor, occurrence, .. } = correction;
    let Some(place) = find_words(&work.article.text, anchor, *occurrence) else {
        return Err(format!("the quoted words do not stand in the article's text{}", nth(*occurrence)));
    };
    fitting(work.findings.quotes.iter().enumerate().map(|(n, quote)| (n, whole(quote))), place)
        .ok_or_else(|| "the words stand in the article, but are found to be no quote".to_owned())
}

/// Of some spans, the one most like a place: it shares at least half of the longer of both.
pub(super) fn fitting(spans: impl Iterator<Item = (usize, Span)>, place: Span) -> Option<usize> {
    let shared = |span: Span| span.end.min(place.end).saturating_sub(span.start.max(place.start));
    spans
        .filter(|(_, span)| 2 * shared(*span) >= span.len().max(place.len()) && shared(*span) > 0)
        .max_by_key(|(n, span)| (2 * shared(*span) as i64 - span.len() as i64, std::cmp::Reverse(*n)))
        .map(|(n, _)| n)
}

fn whole(quote: &Quote) -> Span {
    quote.spans.iter().copied().reduce(|a, b| a.cover(b)).unwrap_or(Span::new(0, 0))
}

/// Credits a quote to somebody, whether or not the article names him.
fn credit(work: &mut Work<'_>, quote: usize, name: &EntityName, correction: &Correction) {
    let mut kinds = vec![EntityKind::Person];
    kinds.extend(EntityKind::ALL);
    let known = kinds.iter().find_map(|&kind| named(work, name, kind));
    let entity = known.unwrap_or_else(|| add(work, name));
    let place = whole(&work.findings.quotes[quote]);
    let by_name = work.findings.entities[entity]
        .mentions
        .iter()
        .copied()
        .filter(|&mention| !work.gone.mentions[mention])
        .min_by_key(|&mention| distance(work.findings.mentions[mention].span, place));
    let span = by_name.map(|mention| work.findings.mentions[mention].span);
    let steps = format!("{RULE} → {} ({})", work.findings.entities[entity].name, correction.author);
    let quote = &mut work.findings.quotes[quote];
    quote.unattributed = None;
    match &mut quote.speaker {
        Some(speaker) => (speaker.entity, speaker.steps) = (Some(entity), steps),
        // An empty span stands for no words: the article does not say it.
        none => {
            *none = Some(Speaker {
                span: span.unwrap_or(Span::new(place.start, place.start)),
                form: SpeakerForm::Name,
                mention: by_name,
                entity: Some(entity),
                steps,
            });
        }
    }
}

fn discredit(quote: &mut Quote) {
    quote.speaker = None;
    quote.unattributed = Some(RULE);
}

/// Sets the words that credit a quote: the nearest place where they stand.
fn cue(work: &mut Work<'_>, quote: usize, words: Option<&str>) -> Result<(), String> {
    let place = whole(&work.findings.quotes[quote]);
    let cue = match words {
        None => None,
        Some(words) => {
            let span = nearest(&work.article.text, words, place)
                .ok_or_else(|| format!("'{words}' does not stand in the article's text"))?;
            let last = words.split_whitespace().last().unwrap_or(words).to_lowercase();
            let verb = words
                .split_whitespace()
                .find_map(|word| reporting::cue_verb(&word.to_lowercase()))
                .filter(|verb| !verb.lemma.is_empty());
            Some(Cue {
                span,
                lemma: verb.map_or(last, |verb| verb.lemma.to_owned()),
                kind: verb.map_or(CueKind::Neutral, |verb| verb.kind),
            })
        }
    };
    work.findings.quotes[quote].cue = cue;
    Ok(())
}
