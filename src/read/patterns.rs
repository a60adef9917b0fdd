//! Patterns: which files of a folder are wanted, by their names in it.

use globset::{Glob, GlobSet, GlobSetBuilder};

/// Which files are wanted.
#[derive(Debug, Clone)]
pub struct Patterns {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl PartialEq for Patterns {
    /// No two are alike: nothing asks.
    fn eq(&self, other: &Patterns) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Patterns {}

impl Patterns {
    /// Patterns such as `drafts/**` and `*.html`, told apart from the folder down; `None` when there are none.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Option<Patterns>, globset::Error> {
        if include.is_empty() && exclude.is_empty() {
            return Ok(None);
        }
        let include = if include.is_empty() { None } else { Some(set(include)?) };
        Ok(Some(Patterns { include, exclude: set(exclude)? }))
    }

    /// Whether a file of this name in the folder is left out.
    pub fn excludes(&self, name: &str) -> bool {
        self.exclude.is_match(name)
    }

    /// Whether a file of this name is asked for; `None` when no pattern says what is.
    pub fn includes(&self, name: &str) -> Option<bool> {
        self.include.as_ref().map(|include| include.is_match(name))
    }
}

fn set(patterns: &[String]) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern)?);
    }
    set.build()
}
