//! Reference data in the archive: the tables that people join their questions with.
//!
//! The program's own rules ask the files compiled in (`lexicon`), never these rows: an archive may be open
//! to several versions of the program, and the last that wrote to it decides what stands here.

use std::sync::LazyLock;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params_from_iter};

/// A file of seeds/reference/ and the table it fills.
struct Reference {
    csv: &'static str,
    /// Columns of the file, in the order of the statement's parameters.
    columns: &'static [&'static str],
    delete: &'static str,
    insert: &'static str,
}

const REFERENCES: &[Reference] = &[
    Reference {
        csv: include_str!("../../seeds/reference/countries.csv"),
        columns: &["code", "name", "aliases", "demonyms", "capital", "latitude", "longitude"],
        delete: "DELETE FROM reference_countries",
        insert: "
            INSERT INTO reference_countries (code, name, aliases, demonyms, capital, latitude, longitude)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/cities.csv"),
        columns: &["name", "country", "capital", "latitude", "longitude", "population"],
        delete: "DELETE FROM reference_cities",
        insert: "
            INSERT INTO reference_cities (name, country, is_capital, latitude, longitude, population)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/organizations.csv"),
        columns: &["name", "kind", "aliases"],
        delete: "DELETE FROM reference_organizations",
        insert: "INSERT INTO reference_organizations (name, kind, aliases) VALUES (?1, ?2, ?3)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/outlets.csv"),
        columns: &["name", "kind", "aliases"],
        delete: "DELETE FROM reference_outlets",
        insert: "INSERT INTO reference_outlets (name, kind, aliases) VALUES (?1, ?2, ?3)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/currencies.csv"),
        columns: &["name", "code"],
        delete: "DELETE FROM reference_currencies",
        insert: "INSERT INTO reference_currencies (name, code) VALUES (?1, ?2)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/units.csv"),
        columns: &["name", "code", "kind", "base", "factor", "offset"],
        delete: "DELETE FROM reference_units",
        insert: "
            INSERT INTO reference_units (name, code, kind, base, factor, offset)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/events.csv"),
        columns: &["word", "event"],
        delete: "DELETE FROM reference_events",
        insert: "INSERT INTO reference_events (word, event) VALUES (?1, ?2)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/cues.csv"),
        columns: &["lemma", "kind", "forms"],
        delete: "DELETE FROM reference_cues",
        insert: "INSERT INTO reference_cues (lemma, kind, forms) VALUES (?1, ?2, ?3)",
    },
    Reference {
        csv: include_str!("../../seeds/reference/roles.csv"),
        columns: &["role", "class"],
        delete: "DELETE FROM reference_roles",
        insert: "INSERT INTO reference_roles (role, class) VALUES (?1, ?2)",
    },
];

const SELECT_VERSION: &str = "SELECT hash FROM reference_version";
const DELETE_VERSION: &str = "DELETE FROM reference_version";
const INSERT_VERSION: &str = "INSERT INTO reference_version (hash) VALUES (?1)";

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    for reference in REFERENCES {
        // The statement too: another choice of columns is other data.
        hasher.update(reference.insert.as_bytes()).update(reference.csv.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
});

/// Brings the reference tables up to this program's data; writes nothing where they are.
pub(super) fn refresh(connection: &mut Connection) -> rusqlite::Result<()> {
    if is_current(connection)? {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been first while this one waited.
    if !is_current(&transaction)? {
        for reference in REFERENCES {
            load(&transaction, reference)?;
        }
        transaction.execute(DELETE_VERSION, [])?;
        transaction.execute(INSERT_VERSION, [VERSION.as_str()])?;
    }
    transaction.commit()
}

/// Whether the reference tables hold this program's data.
pub(super) fn is_current(connection: &Connection) -> rusqlite::Result<bool> {
    let version: Option<String> = connection.query_row(SELECT_VERSION, [], |row| row.get(0)).optional()?;
    Ok(version.as_ref() == Some(&*VERSION))
}

fn load(connection: &Connection, reference: &Reference) -> rusqlite::Result<()> {
    connection.execute(reference.delete, [])?;
    let mut insert = connection.prepare(reference.insert)?;
    for row in rows(reference) {
        insert.execute(params_from_iter(row))?;
    }
    Ok(())
}

/// The file's rows, in the statement's order; an empty field is unknown.
fn rows(reference: &Reference) -> impl Iterator<Item = Vec<Option<String>>> {
    let mut reader = csv::Reader::from_reader(reference.csv.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let place = |column: &&str| header.iter().position(|name| name == *column);
    let places: Vec<Option<usize>> = reference.columns.iter().map(place).collect();
    reader.into_records().filter_map(Result::ok).map(move |record| {
        let field =
            |place: &Option<usize>| record.get((*place)?).filter(|f| !f.is_empty()).map(str::to_owned);
        places.iter().map(field).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Archive;

    #[test]
    fn every_row_of_every_file_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::open_or_create(&folder.path().join("a.db")).expect("made");
        for reference in REFERENCES {
            let mut reader = csv::Reader::from_reader(reference.csv.as_bytes());
            let header = reader.headers().expect("a header line").clone();
            for column in reference.columns {
                assert!(header.iter().any(|name| name == *column), "{} lost {column}", reference.delete);
            }
            let count = reference.delete.replace("DELETE", "SELECT count(*)");
            let stored: i64 = archive.connection().query_row(&count, [], |row| row.get(0)).expect("a number");
            let lines = i64::try_from(reader.records().count()).expect("few");
            assert!(lines > 50 && stored == lines, "{}: {stored} of {lines}", reference.delete);
        }
    }

    #[test]
    fn other_data_is_written_over_and_the_same_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let count = |archive: &Archive| -> (i64, i64) {
            archive
                .connection()
                .query_row("SELECT count(*), coalesce(max(rowid), 0) FROM reference_roles", [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .expect("numbers")
        };
        let archive = Archive::open_or_create(&path).expect("made");
        let first = count(&archive);
        archive
            .connection()
            .execute_batch("DELETE FROM reference_roles; UPDATE reference_version SET hash = 'older';")
            .expect("written");
        drop(archive);
        let archive = Archive::open_or_create(&path).expect("opens");
        assert_eq!(count(&archive), first);
        archive.connection().execute_batch("DELETE FROM reference_roles").expect("written");
        drop(archive);
        assert_eq!(count(&Archive::open_or_create(&path).expect("opens")).0, 0);
    }
}
