//! Where saved queries come from: the program itself, and folders of the user's own.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::config;
use crate::present::harmless::harmless;
use crate::query::Library;

/// The folders of the user's own queries.
#[derive(Debug, Clone, clap::Args)]
pub struct Folders {
    /// A folder of your own .sql files; repeat it for more.
    #[arg(long, global = true, value_name = "DIR", env = "COPYDESK_QUERIES", hide_env_values = true)]
    queries: Vec<PathBuf>,
}

impl Folders {
    /// The built-in queries and the user's own. Files that do not read are told of, and stop nothing; of what is
    /// `asked` for by its name, asking tells.
    pub fn library(&self, asked: &[String]) -> Result<Library> {
        let library = self.read()?;
        for file in library.unreadable().iter().filter(|file| !asked.contains(&file.name)) {
            eprintln!("copydesk: a query of yours is passed over: {}", harmless(&file.reason));
        }
        Ok(library)
    }

    /// The same, without a word.
    pub fn read(&self) -> Result<Library> {
        let mut library = Library::built_in()?;
        for folder in Self::configured().iter().chain(&self.queries) {
            library.add_folder(folder)?;
        }
        Ok(library)
    }

    /// The folder that new queries go to.
    pub fn own(&self) -> Result<&Path> {
        match self.queries.first().or_else(|| Self::configured().first()) {
            Some(folder) => Ok(folder),
            None => bail!(
                "name the folder of your queries: --queries DIR, COPYDESK_QUERIES=DIR, or queries in copydesk.toml"
            ),
        }
    }

    /// The folders that the configuration names.
    fn configured() -> &'static [PathBuf] {
        config::current().map(|config| config.queries.as_slice()).unwrap_or_default()
    }
}
