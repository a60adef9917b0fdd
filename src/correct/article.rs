//! Corrections of an article's own data, and of the outlet that published it.

use super::{Correction, RULE, Row, State};
use crate::article::{Article, Evidenced};
use crate::finding::EntityKind;
use crate::lexicon::languages;
use crate::resolve::link_key;

/// Corrects one field of an article.
pub(super) fn correct(article: &mut Article, correction: &Correction) -> Result<(), String> {
    let value = correction.value.as_deref();
    match correction.field.as_str() {
        "title" => article.title = correction.value.clone(),
        "byline" => hold(&mut article.byline, value),
        "dateline" => hold(&mut article.dateline, value),
        "published" => hold(&mut article.published, value),
        "outlet" => hold(&mut article.outlet, value),
        "language" => article.language = correction.value.as_deref().and_then(languages::interned),
        other => return Err(format!("articles have no field '{other}' to correct")),
    }
    Ok(())
}

/// Renames an article's outlet, where it is the one the correction is about.
pub(super) fn correct_outlet(article: &mut Article, correction: &Correction) -> Option<(Row, State)> {
    let name = &article.outlet.as_ref()?.value;
    if outlet_key(name) != outlet_key(&correction.anchor) {
        return None;
    }
    let value = correction.value.as_deref()?;
    let outlet = article.outlet.as_mut()?;
    value.clone_into(&mut outlet.value);
    outlet.rule = RULE;
    Some((Row::Article, State::Applied))
}

/// What joins outlets.
fn outlet_key(name: &str) -> String {
    link_key(EntityKind::Organization, name).key
}

/// Gives a field another value, or none. What the document says of it stays its evidence: when that changes under
/// the correction, people are told.
fn hold(field: &mut Option<Evidenced>, value: Option<&str>) {
    let read = field.take();
    *field = value.map(|value| {
        let (evidence, span) =
            read.map_or_else(|| (value.to_owned(), None), |read| (read.evidence, read.span));
        Evidenced { value: value.to_owned(), evidence, rule: RULE, span }
    });
}
