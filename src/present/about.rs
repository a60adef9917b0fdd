//! What an answer tells of itself where it goes: which archive, which question, of when.

use crate::query::{Answered, Chart, Cut};

/// Where an answer comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// What it shows, in a few words.
    pub title: String,
    /// The question it answers; may be empty.
    pub description: String,
    /// The archive's file name.
    pub archive: String,
    /// The archive's last import.
    pub run: Option<String>,
    /// The statement that was run; empty where it says nothing to anybody.
    pub sql: String,
    /// What every parameter was, by name.
    pub parameters: Vec<(String, serde_json::Value)>,
    /// What the answer must not be read without.
    pub note: Option<String>,
    /// The picture that its query names.
    pub chart: Option<Chart>,
    /// When it was asked, ISO 8601, UTC.
    pub asked_at: String,
}

impl About {
    /// All of it, by name, with what is known at the answer's end.
    pub fn lines(&self, answered: &Answered) -> Vec<(&'static str, String)> {
        let mut lines = vec![("title", self.title.clone()), ("question", self.description.clone())];
        lines.push(("archive", self.archive.clone()));
        lines.push(("last import", self.run.clone().unwrap_or_default()));
        lines.push(("asked at", self.asked_at.clone()));
        lines.push(("asked by", format!("copydesk {}", env!("CARGO_PKG_VERSION"))));
        lines.extend(self.parameters.iter().map(|(name, value)| ("parameter", set(name, value))));
        lines.push(("rows", answered.rows.to_string()));
        lines.push(("note", self.note.clone().unwrap_or_default()));
        lines.push(("not whole", answered.cut.map(cut_short).unwrap_or_default()));
        lines.push(("query", self.sql.trim().to_owned()));
        lines.retain(|(_, value)| !value.is_empty());
        lines
    }
}

/// A parameter and its value, for people.
fn set(name: &str, value: &serde_json::Value) -> String {
    match value.as_str() {
        Some("") => format!("{name} = ''"),
        Some(text) => format!("{name} = {text}"),
        None if value.is_null() => format!("{name} = none"),
        None => format!("{name} = {value}"),
    }
}

/// What cut an answer short, in words.
pub fn cut_short(cut: Cut) -> String {
    match cut {
        Cut::Rows(rows) => format!("this is not the whole answer: cut after {rows} rows"),
        Cut::Seconds(seconds) => format!("this is not the whole answer: cut after {seconds} s"),
        Cut::Most(most) => {
            format!("this is not the whole answer: there is more than 'most' lets through, {most}")
        }
    }
}
