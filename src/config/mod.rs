//! `copydesk.toml`: which archive, which sources, and what is known of them that their documents do not say.
//!
//! Everything relative in it is relative to its own folder, from wherever the program is run, so that a
//! document goes by one name for ever.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use crate::document::Given;
use crate::lexicon::languages;
use crate::read::{Patterns, Root, source_name};
use crate::record::Fields;

/// The name under which a configuration is found in the current folder.
pub const NAME: &str = "copydesk.toml";

/// A configuration, as it is meant.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file it was read from.
    pub file: PathBuf,
    /// The archive, where one is named.
    pub archive: Option<PathBuf>,
    /// Folders of saved queries.
    pub queries: Vec<PathBuf>,
    /// What to import, in order.
    pub sources: Vec<Root>,
    /// How to import.
    pub import: Import,
}

/// How to import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Import {
    /// Take folders without documents at their word.
    pub allow_empty: bool,
    /// Seconds to wait for another import to finish; without it, as long as it takes.
    pub wait: Option<u64>,
}

/// A configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be read.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no TOML, or says what no configuration says; the words name line and column.
    #[error("{}: {}", .path.display(), .source.to_string().trim_end())]
    Toml {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        source: Box<toml::de::Error>,
    },
    /// A value that means nothing.
    #[error("{}: {what}", .path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
}

impl Error {
    /// A key that no configuration has, and those that it could have there.
    pub fn unknown_key(&self) -> Option<(String, Vec<String>)> {
        let Error::Toml { source, .. } = self else { return None };
        let rest = source.message().strip_prefix("unknown field `")?;
        let (key, rest) = rest.split_once('`')?;
        let known = rest.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        Some((key.to_owned(), known))
    }
}

/// A configuration, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    archive: Option<PathBuf>,
    #[serde(default)]
    queries: Vec<PathBuf>,
    #[serde(default)]
    sources: Vec<WrittenSource>,
    #[serde(default)]
    import: Import,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSource {
    path: PathBuf,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    outlet: Option<String>,
    language: Option<String>,
    fields: Option<Fields>,
}

impl Config {
    /// Reads a configuration.
    pub fn read(path: &Path) -> Result<Config, Error> {
        let text =
            std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_path_buf(), source })?;
        Config::parse(path, &text)
    }

    /// The configuration in a folder, if there is one.
    pub fn in_folder(folder: &Path) -> Result<Option<Config>, Error> {
        let path = folder.join(NAME);
        if path.is_file() { Config::read(&path).map(Some) } else { Ok(None) }
    }

    fn parse(path: &Path, text: &str) -> Result<Config, Error> {
        let written: Written = toml::from_str(text)
            .map_err(|source| Error::Toml { path: path.to_path_buf(), source: Box::new(source) })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let sources = written.sources.into_iter().map(|source| meant(source, folder));
        let sources = sources
            .collect::<Result<Vec<Root>, String>>()
            .map_err(|what| Error::Value { path: path.to_path_buf(), what })?;
        Ok(Config {
            file: path.to_path_buf(),
            archive: written.archive.map(|archive| folder.join(archive)),
            queries: written.queries.into_iter().map(|queries| folder.join(queries)).collect(),
            sources,
            import: written.import,
        })
    }
}

fn meant(source: WrittenSource, folder: &Path) -> Result<Root, String> {
    let WrittenSource { path, include, exclude, outlet, language, fields } = source;
    if path.as_os_str().is_empty() {
        return Err("a source without a path".to_owned());
    }
    let language = match language {
        Some(code) => Some(languages::known(&code).ok_or_else(|| {
            format!("{}: language {code:?} is no ISO 639-1 code, such as \"en\"", path.display())
        })?),
        None => None,
    };
    if fields.as_ref().is_some_and(|fields| fields.text.is_empty()) {
        return Err(format!("{}: fields: text names no field", path.display()));
    }
    // A file that is named as one of records is one without a word about its fields.
    let whole = Root::new(folder.join(&path));
    let records = fields.is_some() || whole.records;
    let fields = fields.or_else(|| records.then(Fields::default));
    let given = Given { outlet, language: language.map(str::to_owned), fields };
    let patterns =
        Patterns::new(&include, &exclude).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Root {
        source: source_name(&path),
        path: whole.path,
        patterns: patterns.map(Arc::new),
        given: Some(given.to_json().into()),
        records,
        within: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> Error {
        Config::parse(Path::new("news/copydesk.toml"), text).expect_err("must be refused")
    }

    #[test]
    fn paths_are_relative_to_the_file_and_names_are_as_written() {
        let text = "archive = 'a.db'\nqueries = ['mine']\n[[sources]]\npath = 'in'\noutlet = 'The Echo'\n\
            exclude = ['drafts/**']\n[import]\nwait = 5\n";
        let config = Config::parse(Path::new("/srv/news/copydesk.toml"), text).expect("good");
        assert_eq!(config.archive.as_deref(), Some(Path::new("/srv/news/a.db")));
        assert_eq!(config.queries, [PathBuf::from("/srv/news/mine")]);
        let root = &config.sources[0];
        assert_eq!((root.source.as_str(), root.path.as_path()), ("in", Path::new("/srv/news/in")));
        assert_eq!(root.given.as_deref(), Some("{\"outlet\":\"The Echo\"}"));
        assert_eq!(config.import, Import { allow_empty: false, wait: Some(5) });
    }

    #[test]
    fn fields_say_that_files_hold_records() {
        let text = "[[sources]]\npath = 'crawl'\n[sources.fields]\ntext = 'body'\nurl = 'link'\nid = ''\n\
            [[sources]]\npath = 'wire.jsonl'\n[[sources]]\npath = 'in'\n";
        let config = Config::parse(Path::new("/srv/news/copydesk.toml"), text).expect("good");
        let fields = |n: usize| Given::from_json(config.sources[n].given.as_deref()).fields;
        let crawl = fields(0).expect("fields");
        assert_eq!((crawl.text.as_str(), crawl.url.as_str(), crawl.id.as_str()), ("body", "link", ""));
        assert_eq!((crawl.title.as_str(), fields(1)), ("title", Some(Fields::default())));
        assert_eq!(fields(2), None);
        assert_eq!(config.sources.iter().map(|root| root.records).collect::<Vec<_>>(), [true, true, false]);
        let unknown = error("[[sources]]\npath = 'in'\n[sources.fields]\ntxt = 'body'\n");
        assert_eq!(unknown.unknown_key().expect("an unknown key").0, "txt");
        assert!(
            error("[[sources]]\npath = 'in'\n[sources.fields]\ntext = ''\n").to_string().contains("no field")
        );
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let unknown = error("archive = 'a.db'\n[[sources]]\npath = 'in'\noutlt = 'x'\n");
        assert!(unknown.to_string().contains("line 4"), "{unknown}");
        let (key, known) = unknown.unknown_key().expect("an unknown key");
        assert_eq!(key, "outlt");
        assert!(known.contains(&"outlet".to_owned()), "{known:?}");
        assert!(error("[import]\nwait = 'long'\n").to_string().contains("line 2"));
        assert!(error("[[sources]]\npath = 'in'\nlanguage = 'english'\n").to_string().contains("ISO 639-1"));
        assert!(error("[[sources]]\npath = 'in'\ninclude = ['a{']\n").to_string().contains("a{"));
    }
}
