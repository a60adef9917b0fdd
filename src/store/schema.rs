//! Schema versions: which an archive has, and how it gets to the one this program needs.
//!
//! Check, migrations and their records are one IMMEDIATE transaction. Refinery's own driver makes a
//! transaction of each migration and another of its record; a stop between the two would leave an archive
//! that cannot be opened again, and two programs could both find the same migration missing.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use refinery_core::traits::sync::{Migrate, Query, Transaction};
use refinery_core::{Migration, Runner};
use rusqlite::{Connection, TransactionBehavior};

use super::Error;

mod embedded {
    #![allow(missing_docs)]
    refinery::embed_migrations!("migrations");
}

/// Marks a SQLite file as a copydesk archive: "CPDK" in SQLite's header.
pub const APPLICATION_ID: i32 = 0x4350_444B;

// One statement, so that all three are of one moment.
const SELECT_MARKS: &str = "
    SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema)
    FROM pragma_application_id a, pragma_user_version v";
const BACK_UP: &str = "VACUUM INTO ?1";

/// What bringing an archive up to date did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The schema it had; 0 for one that is new.
    pub from: i32,
    /// The schema it has.
    pub to: i32,
    /// Names of the migrations that were applied, in order.
    pub applied: Vec<String>,
    /// Where the archive as it was before is kept, when it held anything.
    pub backup: Option<PathBuf>,
}

/// The migrations compiled in, in order.
pub fn migrations() -> Vec<Migration> {
    let mut migrations = embedded::migrations::runner().get_migrations().clone();
    migrations.sort();
    migrations
}

/// The newest schema version this program knows.
pub fn known_version() -> i32 {
    newest(&migrations())
}

fn newest(migrations: &[Migration]) -> i32 {
    migrations.iter().map(Migration::version).max().unwrap_or(0)
}

/// The schema version of an open archive, 0 for a file that is still empty; refuses what is no archive
/// and what is newer than `known`.
pub(super) fn recognize(connection: &Connection, path: &Path, known: i32) -> Result<i32, Error> {
    let (application, version, objects): (i32, i32, i64) = connection
        .query_row(SELECT_MARKS, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(|source| Error::sql(path, source))?;
    if application != APPLICATION_ID && (objects, application, version) != (0, 0, 0) {
        let found = "a SQLite database of another program".to_owned();
        return Err(Error::NotAnArchive { path: path.to_path_buf(), found });
    }
    if version > known {
        return Err(Error::Newer { path: path.to_path_buf(), found: version, known });
    }
    Ok(version)
}

/// Applies what is missing, all or nothing; an archive that holds anything is backed up first.
pub(super) fn bring_up_to_date(
    connection: &mut Connection,
    path: &Path,
    migrations: &[Migration],
) -> Result<Migrated, Error> {
    let to = newest(migrations);
    let from = recognize(connection, path, to)?;
    if from == to {
        return Ok(Migrated { from, to, applied: Vec::new(), backup: None });
    }
    let backup = if from == 0 { None } else { Some(back_up(connection, path, from)?) };
    let sql_error = |source| Error::sql(path, source);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql_error)?;
    // Another program may have been first while this one waited for the lock.
    recognize(&transaction, path, to)?;
    let mut migrating = Migrating(transaction);
    let report = Runner::new(migrations)
        .set_grouped(true)
        .run(&mut migrating)
        .map_err(|source| Error::Migration { path: path.to_path_buf(), source: Box::new(source) })?;
    let transaction = migrating.0;
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(sql_error)?;
    transaction.pragma_update(None, "user_version", to).map_err(sql_error)?;
    transaction.commit().map_err(sql_error)?;
    let applied = report.applied_migrations().iter().map(ToString::to_string).collect();
    Ok(Migrated { from, to, applied, backup })
}

/// Copies the archive beside itself, under a name that is not taken.
fn back_up(connection: &Connection, path: &Path, version: i32) -> Result<PathBuf, Error> {
    let name = |n: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".schema-{version}"));
        if n > 1 {
            name.push(format!(".{n}"));
        }
        name.push(".backup");
        PathBuf::from(name)
    };
    let backup = (1..).map(name).find(|p| !p.exists()).expect("some number is free");
    connection.execute(BACK_UP, [backup.to_string_lossy()]).map_err(|source| Error::sql(&backup, source))?;
    Ok(backup)
}

/// Lets refinery run inside a transaction that somebody else opens and commits.
struct Migrating<'c>(rusqlite::Transaction<'c>);

impl Transaction for Migrating<'_> {
    type Error = rusqlite::Error;

    fn execute<'a, T: Iterator<Item = &'a str>>(&mut self, queries: T) -> rusqlite::Result<usize> {
        let mut count = 0;
        for query in queries {
            self.0.execute_batch(query)?;
            count += 1;
        }
        Ok(count)
    }
}

impl Query<Vec<Migration>> for Migrating<'_> {
    fn query(&mut self, query: &str) -> rusqlite::Result<Vec<Migration>> {
        let mut statement = self.0.prepare(query)?;
        let rows = statement.query_map([], |row| {
            let checksum: String = row.get("checksum")?;
            // An unreadable checksum is one that matches nothing; when it was applied decides nothing.
            let checksum = checksum.parse().unwrap_or(0);
            Ok(Migration::applied(row.get("version")?, row.get("name")?, SystemTime::now().into(), checksum))
        })?;
        rows.collect()
    }
}

impl Migrate for Migrating<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn migration(name: &str, sql: &str) -> Migration {
        Migration::unapplied(name, sql).expect("a good name")
    }

    fn one() -> Migration {
        migration("V1__one", "CREATE TABLE one (x INTEGER) STRICT;")
    }

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        (folder, path)
    }

    fn count(connection: &Connection, sql: &str) -> i64 {
        connection.query_row(sql, [], |row| row.get(0)).expect("a number")
    }

    #[test]
    fn an_older_archive_is_backed_up_and_brought_up_to_date() {
        let (_folder, path) = folder();
        let mut connection = Connection::open(&path).expect("opens");
        bring_up_to_date(&mut connection, &path, &[one()]).expect("made");
        connection.execute_batch("INSERT INTO one VALUES (7)").expect("a row");
        let two =
            migration("V2__two", "CREATE TABLE two (y INTEGER) STRICT; INSERT INTO two SELECT x FROM one;");
        let migrated = bring_up_to_date(&mut connection, &path, &[one(), two]).expect("migrated");
        assert_eq!((migrated.from, migrated.to), (1, 2));
        assert_eq!(migrated.applied, ["V2__two"]);
        assert_eq!(count(&connection, "SELECT y FROM two"), 7);
        let backup = Connection::open(migrated.backup.expect("backed up")).expect("opens");
        assert_eq!(recognize(&backup, &path, 1).expect("an archive"), 1);
        assert_eq!(count(&backup, "SELECT x FROM one"), 7);
    }

    #[test]
    fn a_failing_migration_changes_nothing_and_can_be_tried_again() {
        let (_folder, path) = folder();
        let mut connection = Connection::open(&path).expect("opens");
        bring_up_to_date(&mut connection, &path, &[one()]).expect("made");
        let broken = migration("V3__broken", "CREATE TABLE three (z INTEGER) STRICT; SELECT nonsense;");
        let two = migration("V2__two", "CREATE TABLE two (y INTEGER) STRICT;");
        let error =
            bring_up_to_date(&mut connection, &path, &[one(), two.clone(), broken]).expect_err("fails");
        assert!(matches!(error, Error::Migration { .. }), "{error}");
        assert_eq!(recognize(&connection, &path, 1).expect("as before"), 1);
        assert_eq!(
            count(&connection, "SELECT count(*) FROM sqlite_schema WHERE name IN ('two', 'three')"),
            0
        );
        let three = migration("V3__three", "CREATE TABLE three (z INTEGER) STRICT;");
        assert_eq!(bring_up_to_date(&mut connection, &path, &[one(), two, three]).expect("migrated").to, 3);
    }

    #[test]
    fn an_edited_migration_is_refused() {
        let (_folder, path) = folder();
        let mut connection = Connection::open(&path).expect("opens");
        bring_up_to_date(&mut connection, &path, &[one()]).expect("made");
        let edited = migration("V1__one", "CREATE TABLE one (x TEXT) STRICT;");
        let two = migration("V2__two", "CREATE TABLE two (y INTEGER) STRICT;");
        let error = bring_up_to_date(&mut connection, &path, &[edited, two]).expect_err("differs");
        assert!(matches!(error, Error::Migration { .. }), "{error}");
    }
}
