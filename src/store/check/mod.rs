//! Checking: every promise that can be verified on an archive, verified on it.
//!
//! A promise is a sentence and a way to find the rows that break it. Most are SQL ([`promises`]); what SQL
//! cannot tell, because the bytes have to be read again, is in [`derived`].

mod corrections;
mod derived;
mod promises;
mod texts;
mod waiting;

use rusqlite::Connection;

use super::{Archive, Error};
use corrections::OF_CORRECTIONS;
use promises::PROMISES;
use waiting::WAITING;

/// Broken rows named for each promise; all are counted.
const NAMED: usize = 5;

/// What was found about one promise.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verdict {
    /// A short name that stays the same.
    pub name: &'static str,
    /// The promise, as a sentence.
    pub promise: &'static str,
    /// Rows looked at.
    pub rows: i64,
    /// Rows that break it.
    pub broken: usize,
    /// Rows that wait for the next import; it completes them, and they break nothing.
    pub pending: i64,
    /// The first rows that break it.
    pub examples: Vec<String>,
}

impl Verdict {
    fn of(name: &'static str, promise: &'static str) -> Verdict {
        Verdict { name, promise, rows: 0, broken: 0, pending: 0, examples: Vec::new() }
    }

    /// Whether the promise is kept.
    pub fn holds(&self) -> bool {
        self.broken == 0
    }

    /// What seems broken is about to be done.
    fn put_off(&mut self) {
        self.pending += i64::try_from(std::mem::take(&mut self.broken)).unwrap_or(i64::MAX);
        self.examples.clear();
    }

    fn broken_by(&mut self, example: impl Into<String>) {
        self.broken += 1;
        if self.examples.len() < NAMED {
            self.examples.push(example.into());
        }
    }
}

/// The names of all promises, in the order in which they are checked.
pub fn promise_names() -> Vec<&'static str> {
    let derived = derived::NAMES.iter().copied();
    PROMISES
        .iter()
        .chain(OF_CORRECTIONS)
        .chain(WAITING.iter().map(|waiting| &waiting.promise))
        .map(|promise| promise.name)
        .chain([corrections::NAMESAKES, corrections::SURNAMES])
        .chain(derived)
        .collect()
}

impl Archive {
    /// Checks every promise; `progress` is told the name of each before it is looked at.
    ///
    /// Wants an archive opened to write: the full-text index is compared by a statement that SQLite counts
    /// as writing. Nothing is written.
    pub fn check(&self, progress: &mut dyn FnMut(&str)) -> Result<Vec<Verdict>, Error> {
        texts::add(self)?;
        let verdicts = PROMISES.iter().chain(OF_CORRECTIONS).map(|promise| {
            progress(promise.name);
            promise.verify(self.connection())
        });
        let mut verdicts =
            verdicts.collect::<rusqlite::Result<Vec<_>>>().map_err(|source| self.error(source))?;
        for waiting in WAITING {
            progress(waiting.promise.name);
            verdicts.push(waiting.verify(self.connection()).map_err(|source| self.error(source))?);
        }
        progress(corrections::NAMESAKES);
        verdicts.push(corrections::namesakes(self.connection()).map_err(|source| self.error(source))?);
        progress(corrections::SURNAMES);
        verdicts.push(corrections::surnames(self.connection()).map_err(|source| self.error(source))?);
        // Whom names mean hangs on all that articles say: it cannot be told while some wait to be corrected.
        let waits = |name: &str| verdicts.iter().any(|verdict| verdict.name == name && verdict.pending > 0);
        if waits(waiting::CORRECTIONS) {
            let names = [corrections::NAMESAKES, corrections::SURNAMES];
            verdicts.iter_mut().filter(|verdict| names.contains(&verdict.name)).for_each(Verdict::put_off);
        }
        verdicts.extend(derived::verify(self, progress)?);
        Ok(verdicts)
    }
}

/// A promise that SQL can verify.
pub(super) struct Promise {
    name: &'static str,
    promise: &'static str,
    /// Counts the rows it is about.
    rows: &'static str,
    /// Names the rows that break it.
    broken: &'static str,
}

impl Promise {
    fn verify(&self, connection: &Connection) -> rusqlite::Result<Verdict> {
        let rows = connection.query_row(self.rows, [], |row| row.get(0))?;
        let mut verdict = Verdict { rows, ..Verdict::of(self.name, self.promise) };
        let mut statement = connection.prepare(self.broken)?;
        let mut broken = statement.query([])?;
        while let Some(row) = broken.next()? {
            verdict.broken_by(row.get::<_, String>(0)?);
        }
        Ok(verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a check costs must grow no faster than the archive.
    #[test]
    fn no_promise_looks_through_a_whole_list_for_every_row() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open_or_create(&folder.path().join("a.db")).expect("made");
        texts::add(&archive).expect("added");
        let waiting = WAITING.iter().map(|waiting| &waiting.promise);
        for promise in PROMISES.iter().chain(OF_CORRECTIONS).chain(waiting) {
            let plan = format!("EXPLAIN QUERY PLAN {}", promise.broken);
            let mut plan = archive.connection().prepare(&plan).expect("a statement");
            let steps = plan.query_map([], |row| row.get::<_, String>(3)).expect("a plan");
            for step in steps {
                let step = step.expect("a step");
                let inner = step.starts_with("SCAN") && step.ends_with("LEFT-JOIN");
                assert!(!inner, "{}: {step}", promise.name);
            }
        }
    }
}
