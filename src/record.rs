//! A record: one article as a line of JSON, and which of its fields hold what.
//!
//! Says what stands in the fields, as text; what a byline or a date in them means is for cleaning to tell.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which field of a record holds what. A field goes by its name, or by a path of names with points between
/// ("author.name"); an empty name stands for no field at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// The record's own id, which tells it from others of its source where there is no address.
    pub id: String,
    /// Its address, which tells it from all others.
    pub url: String,
    /// The headline.
    pub title: String,
    /// The article's text; an array of strings is one of paragraphs. The one field that no record lacks.
    pub text: String,
    /// Who wrote it.
    pub byline: String,
    /// When it was published.
    pub published: String,
    /// Who published it.
    pub outlet: String,
    /// Its language, ISO 639-1 ("en", "en-GB").
    pub language: String,
}

impl Default for Fields {
    /// Fields that go by the name of what they hold.
    fn default() -> Fields {
        let own = str::to_owned;
        Fields {
            id: own("id"),
            url: own("url"),
            title: own("title"),
            text: own("text"),
            byline: own("byline"),
            published: own("published"),
            outlet: own("outlet"),
            language: own("language"),
        }
    }
}

impl Fields {
    /// The field that was to tell a record from others, where it is named otherwise than by its own name: if
    /// records have nothing in it, that is a mistake.
    pub fn named_in_vain(&self) -> Option<&str> {
        let own = Fields::default();
        [(&self.url, own.url), (&self.id, own.id)]
            .into_iter()
            .find(|(named, own)| !named.is_empty() && *named != own)
            .map(|(named, _)| named.as_str())
    }
}

/// A line that is no record.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It is no JSON; the words name the place in the line.
    #[error("not JSON: {}", in_column(.0))]
    Json(#[from] serde_json::Error),
    /// It is JSON, and no object.
    #[error("not a record: a JSON object is one, {{\"text\": \"...\"}}")]
    NotAnObject,
    /// Its text has a character that no text has.
    #[error("not text: a NUL character in its field {field:?}")]
    Nul {
        /// The field.
        field: String,
    },
    /// It has no text where text should be.
    #[error(
        "no text in its field {field:?}{}; say which field holds it: [sources.fields] text = \"...\" in copydesk.toml",
        list(.known)
    )]
    NoText {
        /// The field that was to hold it.
        field: String,
        /// The fields that the record has.
        known: Vec<String>,
    },
}

/// What a parser says, without the line: it was given one alone.
fn in_column(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
    format!("{what} at column {}", error.column())
}

fn list(known: &[String]) -> String {
    const TOLD: usize = 20;
    let more = if known.len() > TOLD { ", ..." } else { "" };
    let named: Vec<&str> = known.iter().take(TOLD).map(String::as_str).collect();
    if named.is_empty() { String::new() } else { format!(" (it has {}{more})", named.join(", ")) }
}

/// What a record says, field by field; an empty field is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// See [`Fields::id`].
    pub id: Option<String>,
    /// See [`Fields::url`].
    pub url: Option<String>,
    /// See [`Fields::title`].
    pub title: Option<String>,
    /// See [`Fields::text`].
    pub text: String,
    /// See [`Fields::byline`].
    pub byline: Option<String>,
    /// See [`Fields::published`].
    pub published: Option<String>,
    /// See [`Fields::outlet`].
    pub outlet: Option<String>,
    /// See [`Fields::language`].
    pub language: Option<String>,
}

impl Record {
    /// Reads a line.
    pub fn parse(line: &[u8], fields: &Fields) -> Result<Record, Fault> {
        let value: Value = serde_json::from_slice(line)?;
        let Value::Object(object) = &value else { return Err(Fault::NotAnObject) };
        let get = |field: &str, joint| at(&value, field).and_then(|found| words(found, joint));
        let Some(text) = get(&fields.text, "\n\n") else {
            return Err(Fault::NoText {
                field: fields.text.clone(),
                known: object.keys().cloned().collect(),
            });
        };
        if text.contains('\0') {
            return Err(Fault::Nul { field: fields.text.clone() });
        }
        // In what is beside the text, one is left out: it would end the value for every reader in SQL.
        let get = |field: &str, joint| get(field, joint).map(|found| in_one_line(&found.replace('\0', "")));
        Ok(Record {
            id: get(&fields.id, " "),
            url: get(&fields.url, " "),
            title: get(&fields.title, " "),
            text,
            byline: get(&fields.byline, ", "),
            published: get(&fields.published, " "),
            outlet: get(&fields.outlet, ", "),
            language: get(&fields.language, " "),
        })
    }

    /// The record as a page shows it: the headline, an empty line, the text; the text alone where it begins
    /// with the headline, or where there is none.
    pub fn page(&self) -> String {
        match &self.title {
            Some(title) if !begins_with(&self.text, title) => format!("{title}\n\n{}", self.text),
            _ => self.text.clone(),
        }
    }

    /// What tells the record from all others: its address, if it is a whole one, without the place in the page; or
    /// else its own id, among the records of `source`; or else the bytes of its `line`, so that one which changed is
    /// another.
    pub fn identity(&self, source: &str, line: &[u8]) -> String {
        match (self.url.as_deref().and_then(address), &self.id) {
            (Some(address), _) => address.to_owned(),
            (None, Some(id)) => format!("{source}#{id}"),
            (None, None) => format!("{source}#{}", &blake3::hash(line).to_hex()[..16]),
        }
    }
}

/// An address that tells a page from all others: "/news/1" and "n/a" do not.
fn address(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let is_whole =
        scheme.chars().all(|c| c.is_ascii_alphanumeric()) && rest.contains('.') && !rest.contains(' ');
    // Behind "#!" and "#/" stands a page, not a place in one.
    let end = url.find('#').filter(|at| !url[at + 1..].starts_with(['!', '/'])).unwrap_or(url.len());
    (is_whole && !scheme.is_empty()).then(|| &url[..end])
}

/// The value of a field: of the whole name first, for names that have points in them.
fn at<'v>(value: &'v Value, field: &str) -> Option<&'v Value> {
    if field.is_empty() {
        return None;
    }
    value.get(field).or_else(|| {
        let (first, rest) = field.split_once('.')?;
        at(value.get(first)?, rest)
    })
}

/// A value as text; several with `joint` between them. Nothing and what only looks like something is none.
fn words(value: &Value, joint: &str) -> Option<String> {
    let found = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            let found: Vec<String> = values.iter().filter_map(|value| words(value, joint)).collect();
            found.join(joint)
        }
        // People and publishers are often objects with a name.
        Value::Object(_) => words(value.get("name")?, joint)?,
        Value::Null | Value::Bool(_) => return None,
    };
    (!found.is_empty()).then_some(found)
}

fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the first line of a text that says anything is the headline, white space apart.
fn begins_with(text: &str, title: &str) -> bool {
    text.lines()
        .find(|line| !line.trim().is_empty())
        .is_some_and(|line| line.split_whitespace().eq(title.split(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str, fields: &Fields) -> Record {
        Record::parse(line.as_bytes(), fields).expect("a record")
    }

    #[test]
    fn fields_are_found_by_name_and_by_path() {
        let fields = Fields {
            text: "body".to_owned(),
            byline: "authors".to_owned(),
            outlet: "site.name".to_owned(),
            ..Fields::default()
        };
        let line = r#"{"id": 7, "title": " Two\nlines ", "body": ["One.", "", "Two."], "url": null,
            "authors": [{"name": "Ann Lee"}, "Bo Roe"], "site": {"name": "The Echo"}, "language": ""}"#;
        let record = parse(line, &fields);
        assert_eq!(record.text, "One.\n\nTwo.");
        assert_eq!(record.page(), "Two lines\n\nOne.\n\nTwo.");
        assert_eq!((record.id.as_deref(), record.url), (Some("7"), None));
        assert_eq!(record.byline.as_deref(), Some("Ann Lee, Bo Roe"));
        assert_eq!((record.outlet.as_deref(), record.language), (Some("The Echo"), None));
        assert_eq!(
            parse(r#"{"a.b": "x", "a": {"b": "y"}}"#, &Fields { text: "a.b".into(), ..Fields::default() })
                .text,
            "x"
        );
    }

    #[test]
    fn a_headline_that_the_text_begins_with_is_not_doubled() {
        let record = parse(r#"{"title": "A b", "text": "\n A  b \n\nText."}"#, &Fields::default());
        assert_eq!(record.page(), "A  b \n\nText.");
        assert_eq!(
            parse(r#"{"title": "A b", "text": "A b c."}"#, &Fields::default()).page(),
            "A b\n\nA b c."
        );
    }

    #[test]
    fn the_address_tells_a_record_from_others_or_else_its_id_or_else_its_bytes() {
        let identity = |line: &str| parse(line, &Fields::default()).identity("crawl", line.as_bytes());
        assert_eq!(
            identity(r#"{"text": "x", "url": "https://e.org/a?b=1#c", "id": 1}"#),
            "https://e.org/a?b=1"
        );
        assert_eq!(identity(r#"{"text": "x", "url": "https://e.org/#!/a"}"#), "https://e.org/#!/a");
        for url in ["#top", "/news/1", "n/a", "in/a.txt", "://x.y", "https://no where"] {
            let line = format!(r#"{{"text": "x", "url": "{url}", "id": "n-1"}}"#);
            assert_eq!(identity(&line), "crawl#n-1");
        }
        let unnamed = identity(r#"{"text": "x"}"#);
        assert_eq!(unnamed.len(), "crawl#".len() + 16);
        assert_ne!(unnamed, identity(r#"{"text": "y"}"#));
    }

    #[test]
    fn what_is_no_record_is_told_with_what_to_do() {
        let fault =
            |line: &str| Record::parse(line.as_bytes(), &Fields::default()).expect_err("none").to_string();
        assert!(fault("{\"text\": \"a").contains("column"), "{}", fault("{\"text\": \"a"));
        assert!(fault(r#"{"text": "a\u0000b"}"#).contains("NUL"));
        assert!(fault("[1]").contains("a JSON object"), "{}", fault("[1]"));
        let lacks = fault(r#"{"body": "Text.", "text": " "}"#);
        assert!(lacks.contains("it has body, text") && lacks.contains("[sources.fields] text"), "{lacks}");
    }
}
