//! The promises that are verified by doing it again: hashes, cleaning, the schema, the full-text index.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::Verdict;
use crate::clean;
use crate::pipeline::EXTRACTOR_VERSION;
use crate::store::{Archive, Error, schema, sources};

/// The names of these promises, in order.
pub(super) const NAMES: &[&str] = &["documents", "texts", "schema", "articles_search", "quotes_search"];

const SELECT_DOCUMENTS: &str = "SELECT id, hash, size, bytes FROM documents";

const SELECT_ARTICLES: &str = "
    SELECT id, source, document_id, text FROM articles WHERE extractor_version = ?1";

const SELECT_SCHEMA: &str = "
    SELECT type, name, sql FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'refinery_%'
    ORDER BY type, name";

const SELECT_SQL: &str = "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2";

// FTS5's own comparison of the index with the rows it is of.
const COMPARE_ARTICLES: &str =
    "INSERT INTO articles_search (articles_search, rank) VALUES ('integrity-check', 1)";
const COMPARE_QUOTES: &str = "INSERT INTO quotes_search (quotes_search, rank) VALUES ('integrity-check', 1)";

const COUNT_ARTICLES: &str = "SELECT count(*) FROM articles";
const COUNT_QUOTES: &str = "SELECT count(*) FROM quotes";

pub(super) fn verify(archive: &Archive, progress: &mut dyn FnMut(&str)) -> Result<Vec<Verdict>, Error> {
    let connection = archive.connection();
    let sql_error = |source| archive.error(source);
    progress("documents");
    let documents = documents(connection).map_err(sql_error)?;
    progress("texts");
    let texts = texts(connection).map_err(sql_error)?;
    progress("schema");
    let schema = tables(archive)?;
    progress("articles_search");
    let articles = index(
        connection,
        Verdict::of("articles_search", "the full-text index of articles is in step with them"),
        COUNT_ARTICLES,
        COMPARE_ARTICLES,
    );
    progress("quotes_search");
    let quotes = index(
        connection,
        Verdict::of("quotes_search", "the full-text index of quotes is in step with them"),
        COUNT_QUOTES,
        COMPARE_QUOTES,
    );
    Ok(vec![documents, texts, schema, articles.map_err(sql_error)?, quotes.map_err(sql_error)?])
}

fn documents(connection: &Connection) -> rusqlite::Result<Verdict> {
    let mut verdict = Verdict::of("documents", "every kept document has the bytes that were found");
    let mut statement = connection.prepare(SELECT_DOCUMENTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        verdict.rows += 1;
        let bytes = row.get_ref(3)?.as_blob()?;
        let hash: String = row.get(1)?;
        let size: i64 = row.get(2)?;
        if blake3::hash(bytes).to_hex().as_str() != hash || i64::try_from(bytes.len()) != Ok(size) {
            verdict.broken_by(format!("documents {}", row.get::<_, i64>(0)?));
        }
    }
    Ok(verdict)
}

fn texts(connection: &Connection) -> rusqlite::Result<Verdict> {
    let mut verdict = Verdict::of("texts", "every text is what cleaning makes of its document");
    let mut statement = connection.prepare(SELECT_ARTICLES)?;
    let mut rows = statement.query([EXTRACTOR_VERSION])?;
    while let Some(row) = rows.next()? {
        verdict.rows += 1;
        let given = sources::given_to(connection, row.get(0)?)?;
        let document = sources::kept(connection, row.get(2)?, row.get(1)?, &given)?;
        let text: String = row.get(3)?;
        if clean::clean(&document).text != text {
            verdict.broken_by(format!("articles {}", row.get::<_, i64>(0)?));
        }
    }
    Ok(verdict)
}

/// People may add tables and views of their own; what the migrations made must be as they made it.
fn tables(archive: &Archive) -> Result<Verdict, Error> {
    let mut verdict = Verdict::of("schema", "tables, views and triggers are as the migrations made them");
    let sql_error = |source| archive.error(source);
    let mut fresh = Connection::open_in_memory().map_err(sql_error)?;
    schema::bring_up_to_date(&mut fresh, archive.path(), &schema::migrations())?;
    compare(&fresh, archive.connection(), &mut verdict).map_err(sql_error)?;
    Ok(verdict)
}

fn compare(fresh: &Connection, connection: &Connection, verdict: &mut Verdict) -> rusqlite::Result<()> {
    let mut statement = fresh.prepare(SELECT_SCHEMA)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        verdict.rows += 1;
        let (kind, name): (String, String) = (row.get(0)?, row.get(1)?);
        let expected: Option<String> = row.get(2)?;
        let found: Option<Option<String>> =
            connection.query_row(SELECT_SQL, [&kind, &name], |row| row.get(0)).optional()?;
        if found != Some(expected) {
            verdict.broken_by(format!("{kind} {name}"));
        }
    }
    Ok(())
}

fn index(
    connection: &Connection,
    mut verdict: Verdict,
    count: &str,
    compare: &str,
) -> rusqlite::Result<Verdict> {
    verdict.rows = connection.query_row(count, [], |row| row.get(0))?;
    let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?;
    match transaction.execute(compare, []) {
        Ok(_) => {}
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
            verdict.broken_by(verdict.name);
        }
        Err(error) => return Err(error),
    }
    transaction.rollback()?;
    Ok(verdict)
}
