//! The pure part of the flow: one document in, its article and everything found in it out.
//!
//! No database, no clock, no network: the same bytes give the same answer on any thread or machine.
//! This is the only file that names more than one stage of it.

use crate::annotate;
use crate::article::{Article, Evidenced};
use crate::clean;
use crate::document::{Document, Given};
use crate::extract::{figures, mentions, quotes};
use crate::finding::Findings;
use crate::lexicon::languages;
use crate::resolve;

/// Version of everything between bytes and rows. Raise it with every change that can alter a row: a
/// re-import runs the extractors again over documents that an older version read.
pub const EXTRACTOR_VERSION: u32 = 8;

/// What one document says.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The cleaned article.
    pub article: Article,
    /// What was found in its text.
    pub findings: Findings,
}

/// Reads one document through: clean, annotate, extract, resolve.
pub fn read_through(document: &Document) -> Reading {
    let article = clean::clean(document);
    let mut findings = find(&article.text, article.published.as_ref().map(|p| p.value.as_str()));
    findings.credits = resolve::credits(&article.blocks, &mut findings.entities);
    Reading { article, findings }
}

/// Reads one document through, with what a configuration says of its source: that goes before what the
/// document says, and has the rule "configuration".
pub fn read_given(document: &Document, given: &Given) -> Reading {
    let mut reading = read_through(document);
    let article = &mut reading.article;
    if let Some(outlet) = &given.outlet {
        let evidence = format!("outlet = {outlet:?}");
        article.outlet =
            Some(Evidenced { value: outlet.clone(), evidence, rule: "configuration", span: None });
    }
    if let Some(language) = given.language.as_deref().and_then(languages::known) {
        article.language = Some(language);
    }
    reading
}

/// Finds everything in a text, published on a day in ISO 8601 where that is known.
pub fn find(text: &str, published: Option<&str>) -> Findings {
    let annotation = annotate::annotate(text);
    let (mentions, entities) = resolve::consistency(text, &annotation, mentions::mentions(text, &annotation));
    let mut quotes = quotes::quotes(text, &annotation, &mentions);
    let numbers = figures::figures(text, &annotation, &mentions, published);
    let descriptions = resolve::descriptions(text, &annotation, &mentions, &entities);
    resolve::speakers(text, &annotation, &mentions, &entities, &mut quotes, published);
    let figures::Numbers { figures, refused, moments, readings } = numbers;
    Findings {
        mentions,
        entities,
        descriptions,
        credits: Vec::new(),
        quotes,
        figures,
        refused,
        moments,
        readings,
    }
}
