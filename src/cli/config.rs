//! The configuration that commands go by: `--config FILE`, or copydesk.toml in the current folder.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Result, anyhow};

use crate::config::{Config, Error};
use crate::query::nearest;

static CURRENT: OnceLock<Option<Config>> = OnceLock::new();

/// The option by which a configuration is named, for every verb.
#[derive(Debug, Clone, clap::Args)]
pub struct ConfigArgs {
    /// The configuration; without this, copydesk.toml in the current folder, if it is there.
    #[arg(global = true, long, value_name = "FILE", env = "COPYDESK_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
}

/// The configuration, once [`load`] has read it.
pub fn current() -> Option<&'static Config> {
    CURRENT.get().and_then(Option::as_ref)
}

/// Reads the configuration that the words of the command line name, before they are understood: it says
/// which archive is meant when they do not.
pub fn load(words: impl IntoIterator<Item = OsString>) -> Result<()> {
    let named = named(words).or_else(|| std::env::var_os("COPYDESK_CONFIG").filter(|name| !name.is_empty()));
    let read = match named {
        Some(path) => Config::read(Path::new(&path)).map(Some),
        None => Config::in_folder(Path::new("")),
    };
    let config = read.map_err(|error| anyhow!(with_hint(&error)))?;
    // Once a process; nobody reads it before.
    let _ = CURRENT.set(config);
    Ok(())
}

fn named(words: impl IntoIterator<Item = OsString>) -> Option<OsString> {
    let mut words = words.into_iter().take_while(|word| word != "--");
    while let Some(word) = words.next() {
        if word == "--config" {
            return words.next();
        }
        if let Some(path) = word.to_str().and_then(|word| word.strip_prefix("--config=")) {
            return Some(OsString::from(path));
        }
    }
    None
}

fn with_hint(error: &Error) -> String {
    let Some((key, known)) = error.unknown_key() else { return error.to_string() };
    let near = nearest(&key, known.iter().map(String::as_str));
    if near.is_empty() {
        error.to_string()
    } else {
        format!("{error}\nhint: did you mean {}?", near.join(" or "))
    }
}

/// The command line, with the configuration's archive in the place of the default one.
pub fn with_archive(command: clap::Command) -> clap::Command {
    let Some(archive) = current().and_then(|config| config.archive.clone()) else { return command };
    // For as long as the process runs, as clap wants it.
    let archive: &'static OsStr = Box::leak(archive.into_os_string().into_boxed_os_str());
    let verbs: Vec<String> = command
        .get_subcommands()
        .filter(|verb| verb.get_arguments().any(|argument| argument.get_id() == "archive"))
        .map(|verb| verb.get_name().to_owned())
        .collect();
    let mut command = command.mut_arg("archive", |argument| argument.default_value(archive));
    for verb in verbs {
        command = command
            .mut_subcommand(verb, |verb| verb.mut_arg("archive", |argument| argument.default_value(archive)));
    }
    command
}
