//! Functions that look into texts.

use std::sync::Arc;

use regex::{Regex, RegexBuilder};
use rusqlite::{Connection, Result};

use super::FLAGS;
use super::names::{refuse, text};

/// Bytes that a compiled pattern may take: patterns are typed by people, not made to fill memory.
const PATTERN: usize = 1 << 20;

pub fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("excerpt", 3, FLAGS, |context| {
        let (Some(whole), Some(words)) = (text(context, 0), text(context, 1)) else { return Ok(None) };
        let width = usize::try_from(context.get::<i64>(2)?).unwrap_or(0);
        Ok(excerpt(&whole, &words, width))
    })?;
    // `text REGEXP pattern` calls regexp(pattern, text).
    connection.create_scalar_function("regexp", 2, FLAGS, |context| {
        let pattern = context.get_or_create_aux(0, |value| {
            let pattern = value.as_str()?;
            RegexBuilder::new(pattern)
                .size_limit(PATTERN)
                .build()
                .map_err(|error| Box::<dyn std::error::Error + Send + Sync>::from(error.to_string()))
        });
        let pattern: Arc<Regex> = pattern.map_err(|error| refuse(format!("regexp: {error}")))?;
        Ok(text(context, 1).map(|text| pattern.is_match(&text)))
    })
}

/// The first place of `words` in a text, whatever their case, with `width` characters around them, line ends
/// as spaces; NULL where they do not stand in it.
fn excerpt(whole: &str, words: &str, width: usize) -> Option<String> {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let wanted: Vec<char> = words.chars().map(lower).collect();
    let text: Vec<char> = whole.chars().collect();
    let folded: String = text.iter().copied().map(lower).collect();
    let byte = folded.find(&wanted.iter().collect::<String>())?;
    let at = folded[..byte].chars().count();
    let around = width.saturating_sub(wanted.len()) / 2;
    let (from, to) = (at.saturating_sub(around), at.saturating_add(wanted.len() + around).min(text.len()));
    let shown: String = text[from..to].iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if to < text.len() { "…" } else { "" };
    Some(format!("{before}{}{after}", shown.trim()))
}
