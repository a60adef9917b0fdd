//! A package of CSV files with its receipt: `datapackage.json` (Frictionless Data Package v2), which says
//! what each column means and what was done to it, so that a program or a stranger can check the files.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rusqlite::Row;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::csv::{Altered, CsvSink, Dialect};
use super::whole::beside;
use crate::query::{Answered, Column, Relation, Sink};

/// The name of the receipt.
pub const RECEIPT: &str = "datapackage.json";
/// How the receipt of an export says whose it is.
const MADE_BY: &str = "copydesk export";

/// A folder in the making, beside the place it will take. Dropped without [`Package::finish`], it is gone.
#[derive(Debug)]
pub struct Package {
    making: PathBuf,
    path: PathBuf,
    dialect: Dialect,
    resources: Vec<Value>,
    altered: Altered,
    finished: bool,
}

impl Package {
    /// Begins the package that is to stand at `path`.
    pub fn create(path: &Path, dialect: Dialect) -> io::Result<Package> {
        let making = beside(path)?;
        fs::create_dir(&making)?;
        let altered = Altered::default();
        Ok(Package {
            making,
            path: path.to_path_buf(),
            dialect,
            resources: Vec::new(),
            altered,
            finished: false,
        })
    }

    /// Adds a table: `answer` hands its rows to the sink.
    pub fn add<E: From<io::Error>>(
        &mut self,
        name: &str,
        relation: &Relation,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, E>,
    ) -> Result<Answered, E> {
        let file = format!("{name}.csv");
        let mut out = Hashed::new(BufWriter::new(File::create_new(self.making.join(&file))?));
        let mut sink = TypedSink { csv: CsvSink::new(&mut out, self.dialect), columns: Vec::new() };
        let answered = answer(&mut sink)?;
        let (altered, columns) = (sink.csv.altered(), sink.columns);
        let (bytes, hash) = out.finish()?;
        self.altered.guarded += altered.guarded;
        self.altered.cut += altered.cut;
        let fields: Vec<Value> = columns.iter().map(|seen| seen.field(relation)).collect();
        let has = |column: &str| columns.iter().any(|seen| seen.column.name == column);
        let mut schema = json!({"fields": fields, "missingValues": [""]});
        if has("id") {
            schema["primaryKey"] = json!(["id"]);
        }
        let keys: Vec<(&str, &str)> = [
            ("article_id", "articles"),
            ("entity_id", "entities"),
            ("speaker_entity_id", "entities"),
            ("quote_id", "quotes"),
        ]
        .into_iter()
        .filter(|(column, _)| has(column))
        .collect();
        schema["foreignKeys"] = json!(
            keys.iter()
                .map(|(column, to)| json!({"fields": [column], "reference": {"resource": to, "fields": ["id"]}}))
                .collect::<Vec<_>>()
        );
        self.resources.push(json!({
            "name": name.to_lowercase(),
            "path": file,
            "type": "table",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": bytes,
            "hash": format!("sha256:{hash}"),
            "dialect": {"delimiter": char::from(self.dialect.delimiter).to_string(), "lineTerminator": "\r\n"},
            "schema": schema,
            "rows": answered.rows,
            "cellsGuarded": altered.guarded,
            "cellsCut": altered.cut,
            "source": relation.name,
        }));
        Ok(answered)
    }

    /// Writes the receipt, with what `about` says of the whole, and puts the folder in its place, over an
    /// earlier export. Answers with the cells that are not the data as it is.
    pub fn finish(mut self, about: Value) -> io::Result<Altered> {
        // A key into a table that is not in the package would make it invalid.
        let names: Vec<Value> = self.resources.iter().map(|r| r["name"].clone()).collect();
        for resource in &mut self.resources {
            if let Some(keys) = resource["schema"]["foreignKeys"].as_array_mut() {
                keys.retain(|key| names.contains(&key["reference"]["resource"]));
                if keys.is_empty()
                    && let Some(schema) = resource["schema"].as_object_mut()
                {
                    schema.remove("foreignKeys");
                }
            }
        }
        let mut receipt = json!({
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "copydesk-export",
            "madeBy": MADE_BY,
            "resources": self.resources,
        });
        if let (Some(receipt), Value::Object(about)) = (receipt.as_object_mut(), about) {
            receipt.extend(about);
        }
        let mut file = File::create_new(self.making.join(RECEIPT))?;
        writeln!(file, "{receipt:#}")?;
        file.sync_all()?;
        if self.path.exists() {
            // The old folder steps aside first: a folder cannot be renamed over another.
            let aside = self.making.with_extension("old");
            fs::rename(&self.path, &aside)?;
            if let Err(error) = fs::rename(&self.making, &self.path) {
                fs::rename(&aside, &self.path)?;
                return Err(error);
            }
            fs::remove_dir_all(&aside)?;
        } else {
            fs::rename(&self.making, &self.path)?;
        }
        self.finished = true;
        Ok(self.altered)
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        if !self.finished {
            // Failing to clear up what is unfinished harms nothing.
            let _ = fs::remove_dir_all(&self.making);
        }
    }
}

/// Whether a folder may be replaced: it is an earlier export with nothing else in it, or it is empty.
pub fn is_earlier_export(folder: &Path) -> io::Result<bool> {
    let names: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    if names.is_empty() {
        return Ok(true);
    }
    let Ok(receipt) = fs::read(folder.join(RECEIPT)) else { return Ok(false) };
    let Ok(receipt) = serde_json::from_slice::<Value>(&receipt) else { return Ok(false) };
    let resources = receipt["resources"].as_array().cloned().unwrap_or_default();
    let ours = |path: &PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
        name == RECEIPT || resources.iter().any(|r| r["path"] == name)
    };
    Ok(receipt["madeBy"] == MADE_BY && names.iter().all(ours))
}

/// A column, and what was seen in it.
#[derive(Debug)]
struct Seen {
    column: Column,
    integers: bool,
    reals: bool,
    texts: bool,
}

impl Seen {
    fn field(&self, relation: &Relation) -> Value {
        let kind = match (self.texts, self.reals, self.integers) {
            (true, _, _) => "string",
            (false, true, _) => "number",
            (false, false, true) if self.column.declared.as_deref() == Some("REAL") => "number",
            (false, false, true) => "integer",
            // Nothing was seen: what the schema declares, or text, which takes all.
            _ => match self.column.declared.as_deref() {
                Some("INTEGER") => "integer",
                Some("REAL") => "number",
                _ => "string",
            },
        };
        let meaning =
            relation.columns.iter().find(|c| c.name == self.column.name).map(|c| c.meaning.as_str());
        json!({"name": self.column.name, "type": kind, "description": meaning.unwrap_or("")})
    }
}

/// Writes CSV and notes what kinds of values each column holds.
struct TypedSink<W> {
    csv: CsvSink<W>,
    columns: Vec<Seen>,
}

impl<W: Write> Sink for TypedSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.columns = columns
            .iter()
            .map(|column| Seen { column: column.clone(), integers: false, reals: false, texts: false })
            .collect();
        self.csv.columns(columns)
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        for (n, seen) in self.columns.iter_mut().enumerate() {
            match row.get_ref(n).map_err(io::Error::other)? {
                ValueRef::Null => {}
                ValueRef::Integer(_) => seen.integers = true,
                ValueRef::Real(_) => seen.reals = true,
                ValueRef::Text(_) | ValueRef::Blob(_) => seen.texts = true,
            }
        }
        self.csv.row(row)
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        self.csv.end(answered)
    }
}

/// Counts and hashes what is written.
struct Hashed {
    out: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Hashed {
    fn new(out: BufWriter<File>) -> Hashed {
        Hashed { out, hash: Sha256::new(), bytes: 0 }
    }

    fn finish(self) -> io::Result<(u64, String)> {
        self.out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        let hash = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((self.bytes, hash))
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
