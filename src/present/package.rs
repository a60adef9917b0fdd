//! A package of files with its receipt: `datapackage.json` (Frictionless Data Package v2), which says what
//! each column means, what was asked, and what was done to it, so that a program or a stranger can check the
//! files.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rusqlite::Row;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::about::{About, cut_short};
use super::csv::Altered;
use super::seen::{Kind, Seen};
use super::way::{Way, Writer, unique_names};
use super::whole::{beside, settle};
use crate::query::{Answered, Column, Relation, Sink};

/// The name of the receipt.
pub const RECEIPT: &str = "datapackage.json";
/// How the receipt of an export says whose it is.
const MADE_BY: &str = "copydesk export";

/// Columns that hold the id of a row of another table.
const KEYS: [(&str, &str); 10] = [
    ("article_id", "articles"),
    ("entity_id", "entities"),
    ("speaker_entity_id", "entities"),
    ("article_entity_id", "article_entities"),
    ("speaker_id", "article_entities"),
    ("quote_id", "quotes"),
    ("outlet_id", "outlets"),
    ("document_id", "documents"),
    ("run_id", "runs"),
    ("first_run_id", "runs"),
];

/// What becomes a file of the package.
#[derive(Debug)]
pub struct Piece {
    /// The file's name without its ending.
    pub name: String,
    /// Where its rows come from.
    pub about: About,
    /// The table or view whose rows they are, where it is one.
    pub relation: Option<Relation>,
}

/// A folder in the making, beside the place it will take. Dropped without [`Package::finish`], it is gone.
#[derive(Debug)]
pub struct Package {
    making: PathBuf,
    path: PathBuf,
    way: Way,
    resources: Vec<Value>,
    altered: Altered,
    finished: bool,
}

impl Package {
    /// Begins the package that is to stand at `path`.
    pub fn create(path: &Path, way: Way) -> io::Result<Package> {
        let making = beside(path)?;
        fs::create_dir(&making)?;
        let altered = Altered::default();
        Ok(Package { making, path: path.to_path_buf(), way, resources: Vec::new(), altered, finished: false })
    }

    /// Adds a file: `answer` hands its rows to the sink.
    pub fn add<E: From<io::Error>>(
        &mut self,
        piece: &Piece,
        answer: impl FnOnce(&mut dyn Sink) -> Result<Answered, E>,
    ) -> Result<Answered, E> {
        let file = format!("{}.{}", piece.name, self.way.ending());
        let mut out = Hashed::new(BufWriter::new(File::create_new(self.making.join(&file))?));
        let (answered, altered, columns) = {
            let mut sink = TypedSink { sink: self.way.sink(&mut out, &piece.about), columns: Vec::new() };
            let answered = answer(&mut sink)?;
            (answered, sink.sink.altered(), sink.columns)
        };
        let (bytes, hash) = out.finish()?;
        self.altered += altered;
        let mut resource = self.resource(piece, &columns, answered, altered);
        resource.insert("path".to_owned(), json!(file));
        resource.insert(self.way.bytes_key().to_owned(), json!(bytes));
        resource.insert("hash".to_owned(), json!(format!("sha256:{hash}")));
        self.resources.push(Value::Object(resource));
        Ok(answered)
    }

    fn resource(
        &self,
        piece: &Piece,
        columns: &[Seen],
        answered: Answered,
        altered: Altered,
    ) -> Map<String, Value> {
        let about = &piece.about;
        let mut resource = Map::new();
        let mut say = |name: &str, value: Value| {
            if !matches!(&value, Value::String(text) if text.is_empty()) {
                resource.insert(name.to_owned(), value);
            }
        };
        say("name", json!(piece.name.to_lowercase()));
        say("title", json!(about.title));
        say("description", json!(about.description));
        say("type", json!("table"));
        say("encoding", json!("utf-8"));
        match self.way {
            Way::Csv(dialect) => {
                say("format", json!(self.way.ending()));
                say(
                    "mediatype",
                    json!(if dialect.delimiter == b'\t' { "text/tab-separated-values" } else { "text/csv" }),
                );
                say(
                    "dialect",
                    json!({
                        "delimiter": char::from(dialect.delimiter).to_string(),
                        "lineTerminator": if dialect.crlf { "\r\n" } else { "\n" },
                        "quoteChar": "\"",
                        "doubleQuote": true,
                    }),
                );
            }
            way => {
                say("format", json!(way.ending()));
            }
        }
        say("schema", self.schema(piece, columns));
        say("rows", json!(answered.rows));
        say("isWhole", json!(answered.cut.is_none() && altered.cut == 0));
        say("cut", json!(answered.cut.map(cut_short).unwrap_or_default()));
        say("note", json!(about.note.as_deref().unwrap_or_default()));
        say("cellsGuarded", json!(altered.guarded));
        say("cellsCut", json!(altered.cut));
        say("source", json!(piece.relation.as_ref().map_or("", |relation| relation.name.as_str())));
        say("query", json!(about.sql.trim()));
        if !about.parameters.is_empty() {
            let parameters: Map<String, Value> =
                about.parameters.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
            say("parameters", Value::Object(parameters));
        }
        resource
    }

    /// What the columns hold and mean, and the keys among them.
    fn schema(&self, piece: &Piece, columns: &[Seen]) -> Value {
        let plain: Vec<Column> = columns.iter().map(|seen| seen.column.clone()).collect();
        // CSV repeats a name where the answer does; objects and Parquet cannot.
        let names = match self.way {
            Way::Csv(_) => plain.iter().map(|column| column.name.clone()).collect(),
            _ => unique_names(&plain),
        };
        let fields: Vec<Value> =
            columns.iter().zip(&names).map(|(seen, name)| self.field(piece, seen, name)).collect();
        let mut schema = json!({"fields": fields, "missingValues": [""]});
        let Some(_) = &piece.relation else { return schema };
        let has = |column: &str| plain.iter().any(|c| c.name == column);
        if has("id") {
            schema["primaryKey"] = json!(["id"]);
        }
        let keys: Vec<Value> = KEYS
            .into_iter()
            .filter(|(column, to)| has(column) && !(piece.name == *to && *column == "id"))
            .map(|(column, to)| json!({"fields": [column], "reference": {"resource": to, "fields": ["id"]}}))
            .collect();
        schema["foreignKeys"] = json!(keys);
        schema
    }

    fn field(&self, piece: &Piece, seen: &Seen, name: &str) -> Value {
        let (is_guarded, decimal_comma) = match self.way {
            Way::Csv(dialect) => (dialect.guard, dialect.decimal_comma),
            _ => (false, false),
        };
        let kind = match seen.kind() {
            // Guarded digits are text.
            Kind::Integer | Kind::Number if is_guarded && seen.has_long_integer() => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Text | Kind::Bytes => "string",
        };
        let mut field = json!({"name": name, "type": kind});
        if kind == "number" && decimal_comma {
            field["decimalChar"] = json!(",");
        }
        let columns = piece.relation.iter().flat_map(|relation| &relation.columns);
        if let Some(meaning) = columns.filter(|c| c.name == seen.column.name).map(|c| &c.meaning).next() {
            field["description"] = json!(meaning);
        }
        field
    }

    /// Writes the receipt, with what `about` says of the whole, and puts the folder in its place, over an
    /// earlier export. Answers with the cells that are not the data as it is.
    pub fn finish(mut self, about: Value) -> io::Result<Altered> {
        // A key into a table that is not in the package, or not whole, would make it invalid.
        let whole = self.resources.iter().filter(|resource| resource["isWhole"] == json!(true));
        let names: Vec<Value> = whole.map(|resource| resource["name"].clone()).collect();
        for resource in &mut self.resources {
            if let Some(keys) = resource.pointer_mut("/schema/foreignKeys").and_then(Value::as_array_mut) {
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
        // The names in the folder are on the disk before the folder's own.
        settle(&self.making.join(RECEIPT))?;
        if self.path.exists() {
            // The old folder steps aside first: a folder cannot be renamed over another.
            let aside = self.making.with_extension("old");
            fs::rename(&self.path, &aside)?;
            if let Err(error) = fs::rename(&self.making, &self.path) {
                fs::rename(&aside, &self.path)?;
                return Err(error);
            }
            settle(&self.path)?;
            fs::remove_dir_all(&aside)?;
        } else {
            fs::rename(&self.making, &self.path)?;
            settle(&self.path)?;
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

/// Writes rows and notes what kinds of values each column holds.
struct TypedSink<'o> {
    sink: Box<dyn Writer + 'o>,
    columns: Vec<Seen>,
}

impl Sink for TypedSink<'_> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.columns = columns.iter().map(Seen::of).collect();
        self.sink.columns(columns)
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        for (n, seen) in self.columns.iter_mut().enumerate() {
            seen.note(row.get_ref(n).map_err(io::Error::other)?);
        }
        self.sink.row(row)
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        self.sink.end(answered)
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
