//! `copydesk export`: tables and answers as files in a folder with a receipt, or as one workbook, whole or
//! not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde_json::json;

use super::ask::{MemoryArgs, Question, about, given};
use super::folders::Folders;
use super::format::{delimiter, tell};
use super::spared::spare;
use super::{ArchiveArgs, Outcome, interrupt};
use crate::present::about::cut_short;
use crate::present::csv::{Altered, Dialect, LONGEST_SHEET};
use crate::present::harmless::harmless;
use crate::present::package::{self, Package, Piece};
use crate::present::way::Way;
use crate::present::whole::WholeFile;
use crate::present::xlsx::{Book, SheetSink};
use crate::query::{Answered, Error, Given, Library, Limits, Parameter, Reader, nearest};

/// What is taken away when nothing is named.
const EVERYTHING: &[&str] = &["articles", "entities", "quotes", "figures", "mentions"];

/// Write tables and answers into a folder of files with a receipt, or into one workbook.
///
/// Each file is one flat table, or the answer of a saved query; CSV is RFC 4180 in UTF-8. Beside them stands
/// datapackage.json (Frictionless Data Package): what every column means, its type, the keys, rows, bytes and
/// SHA-256 of each file, the query and its parameters, what was cut. All files are of one moment of the
/// archive. The folder appears when it is complete, and replaces an earlier export only. In CSV, text that a
/// spreadsheet would run as a formula (it begins with = + - @, a tab or a line end, or the full-width forms)
/// or take for a number or date it is not (007, 3-2) gets a ' in front, unless --raw; the receipt counts such
/// cells. Numbers are left alone. `frictionless validate` finds packages valid, but those of Parquet, which it reads
/// through pandas: integers beside an empty cell come to it with a point (nan), and it takes them for no integers.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  copydesk export
  copydesk export figures quotes --to for-the-desk
  copydesk export --excel --to sheets
  copydesk export --format xlsx --to desk.xlsx
  copydesk export figures-about -p thing deaths --format xlsx --to deaths.xlsx
  copydesk export --sql 'SELECT outlet, count(*) AS n FROM quotes_full GROUP BY outlet' --to counted
  copydesk export articles --text --format parquet --to corpus
  copydesk export runs problems --to audit")]
pub struct Args {
    /// Tables, views or saved queries: articles, entities, quotes, figures, mentions unless others are named.
    what: Vec<String>,
    /// The answer of a statement of your own too.
    #[arg(long, value_name = "STATEMENT")]
    sql: Option<String>,
    /// Set a parameter of the queries; repeat it for more.
    #[arg(
        long = "param",
        short = 'p',
        value_names = ["NAME", "VALUE"],
        num_args = 2,
        allow_hyphen_values = true
    )]
    parameters: Vec<String>,
    /// The folder, or the workbook's file [default: export, or export.xlsx].
    #[arg(long, value_name = "PATH")]
    to: Option<PathBuf>,
    /// What the files are.
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    format: Format,
    /// Include the articles' text, which is longer than a spreadsheet's cell may be.
    #[arg(long)]
    text: bool,
    /// CSV for spreadsheets: a byte order mark, cells cut at 32,767 characters, and files at the 1,048,576
    /// lines a sheet takes; exit code 3 where anything was cut.
    #[arg(long, conflicts_with = "raw")]
    excel: bool,
    /// CSV with cells as they are, for programs: no ' in front of anything.
    #[arg(long)]
    raw: bool,
    /// The character between cells of CSV.
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// CSV with decimal commas, between semicolons unless --delimiter names another.
    #[arg(long)]
    decimal_comma: bool,
    /// So many rows of each at most; exit code 3 where there are more.
    #[arg(long, value_name = "ROWS")]
    limit: Option<u64>,
    /// Replace the folder whatever it holds.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    memory: MemoryArgs,
    #[command(flatten)]
    folders: Folders,
    #[command(flatten)]
    archive: ArchiveArgs,
}

/// What the files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// CSV, in a folder.
    Csv,
    /// Cells between tabs, in a folder.
    Tsv,
    /// JSON arrays of objects, in a folder.
    Json,
    /// JSON lines, in a folder.
    Nl,
    /// Parquet, in a folder.
    #[cfg(feature = "parquet")]
    Parquet,
    /// One workbook, a sheet each.
    Xlsx,
}

/// A piece, and how it is asked for.
struct Order {
    piece: Piece,
    sql: String,
    parameters: Vec<Parameter>,
    given: Vec<Given>,
}

/// Runs the verb.
pub fn run(args: &Args) -> Result<Outcome> {
    let reader = Reader::snapshot_within(&args.archive.archive, args.memory.memory())?;
    interrupt::watch(&reader)?;
    // All names are known before anything is written.
    let orders = orders(&reader, args)?;
    let (to, altered, cut) = if args.format == Format::Xlsx {
        workbook(&reader, &orders, args)?
    } else {
        folder(&reader, &orders, args)?
    };
    tell(altered);
    writeln!(std::io::stdout(), "{}", to.display())?;
    let whole = !cut && altered.cut == 0;
    Ok(if whole { Outcome::Done } else { Outcome::Partly })
}

/// What was asked for, each once.
fn orders(reader: &Reader, args: &Args) -> Result<Vec<Order>> {
    let library = args.folders.library(&args.what)?;
    let mut wanted: Vec<&str> = args.what.iter().map(String::as_str).collect();
    if wanted.is_empty() && args.sql.is_none() {
        wanted = EVERYTHING.to_vec();
    }
    let given = given(&args.parameters);
    let mut orders: Vec<Order> = Vec::new();
    for name in wanted {
        let order = order(reader, &library, name, &given, args.text)?;
        if !orders.iter().any(|other| other.piece.name == order.piece.name) {
            orders.push(order);
        }
    }
    if let Some(sql) = &args.sql {
        // What the queries take is not the statement's, unless it has the same.
        let taken = |name: &str| orders.iter().any(|order| order.parameters.iter().any(|p| p.name == name));
        let own = |one: &&Given| !taken(one.bare_name()) || sql.contains(&format!(":{}", one.bare_name()));
        let given: Vec<Given> = given.iter().filter(own).cloned().collect();
        let question = Question { title: "answer", ..Question::own(sql) };
        let about = about(reader, question, &given)?;
        let piece = Piece { name: "answer".to_owned(), about, relation: None };
        orders.push(Order { piece, sql: sql.clone(), parameters: Vec::new(), given });
    }
    let known: Vec<&str> =
        orders.iter().flat_map(|order| order.parameters.iter().map(|p| p.name.as_str())).collect();
    if let Some(one) = given.iter().find(|one| args.sql.is_none() && !known.contains(&one.bare_name())) {
        let near = nearest(one.bare_name(), known.iter().copied());
        return Err(Error::UnknownParameter {
            name: one.bare_name().to_owned(),
            near: near.into_iter().map(str::to_owned).collect(),
            known: known.into_iter().map(str::to_owned).collect(),
        }
        .into());
    }
    Ok(orders)
}

/// A table, a view, or a saved query, by its name.
fn order(reader: &Reader, library: &Library, name: &str, given: &[Given], text: bool) -> Result<Order> {
    let query = library.find(name);
    if let Err(error @ Error::UnreadableQuery { .. }) = query {
        return Err(error.into());
    }
    if let Ok(query) = query {
        let own = |one: &&Given| query.parameters.iter().any(|p| p.name == one.bare_name());
        let given: Vec<Given> = given.iter().filter(own).cloned().collect();
        let about = about(reader, Question::saved(query), &given)?;
        let piece = Piece { name: query.name.clone(), about, relation: None };
        return Ok(Order { piece, sql: query.sql.clone(), parameters: query.parameters.clone(), given });
    }
    let relation = reader.relation(name).map_err(|error| or_a_query(error, library))?;
    let name = name.trim_end_matches("_full").to_owned();
    let sql = reader.everything(&relation, text);
    let question = Question { title: &name, ..Question::own(&sql) };
    let piece = Piece { about: about(reader, question, &[])?, name: name.clone(), relation: Some(relation) };
    Ok(Order { piece, sql, parameters: Vec::new(), given: Vec::new() })
}

/// Saved queries can be taken away too, and may have been meant.
fn or_a_query(error: Error, library: &Library) -> Error {
    let Error::UnknownRelation { name, mut known, .. } = error else { return error };
    known.extend(library.queries().iter().map(|query| query.name.clone()));
    let near = nearest(&name, known.iter().map(String::as_str)).into_iter().map(str::to_owned).collect();
    Error::UnknownRelation { name, near, known }
}

/// Where the export goes, the cells that are not the data as it is, and whether rows are missing.
type Made = (PathBuf, Altered, bool);

fn workbook(reader: &Reader, orders: &[Order], args: &Args) -> Result<Made> {
    let to = args.to.clone().unwrap_or_else(|| PathBuf::from("export.xlsx"));
    if to.is_dir() {
        bail!("{} is a folder: name the workbook's file", to.display());
    }
    spare(&args.archive.archive, &to)?;
    let context = || to.display().to_string();
    let mut file = WholeFile::create(&to).with_context(context)?;
    let mut book = Book::default();
    let mut cut = false;
    for order in orders {
        let limits = Limits { rows: args.limit, tells_most: true, ..Limits::default() };
        let mut sink = SheetSink::new(&mut book, &order.piece.about);
        let answered = reader.answer(&order.sql, &order.parameters, &order.given, limits, &mut sink)?;
        cut |= told(&order.piece, answered);
    }
    let altered = book.altered();
    book.finish(&mut file).with_context(context)?;
    file.finish().with_context(context)?;
    Ok((to, altered, cut))
}

fn folder(reader: &Reader, orders: &[Order], args: &Args) -> Result<Made> {
    let to = args.to.clone().unwrap_or_else(|| PathBuf::from("export"));
    spare(&args.archive.archive, &to)?;
    may_stand_at(&to, args.force)?;
    let context = || to.display().to_string();
    let mut package = Package::create(&to, way(args)).with_context(context)?;
    let rows = args.limit.into_iter().chain(args.excel.then_some(LONGEST_SHEET - 1)).min();
    let mut cut = false;
    for order in orders {
        let limits = Limits { rows, tells_most: true, ..Limits::default() };
        let answered = package.add(&order.piece, |sink| {
            reader.answer(&order.sql, &order.parameters, &order.given, limits, sink)
        })?;
        cut |= told(&order.piece, answered);
    }
    let altered = package.finish(receipt(reader)?).with_context(context)?;
    Ok((to, altered, cut))
}

/// Refuses to write over what is no export.
fn may_stand_at(to: &Path, force: bool) -> Result<()> {
    if !to.exists() || force {
        return Ok(());
    }
    if to.is_dir() && package::is_earlier_export(to).with_context(|| to.display().to_string())? {
        return Ok(());
    }
    bail!("{} is there and is no earlier export: name another folder, or --force", to.display());
}

fn way(args: &Args) -> Way {
    let csv = |dialect: Dialect| {
        let dialect = dialect.separated(args.delimiter, args.decimal_comma);
        let dialect = Dialect { guard: !args.raw, ..dialect };
        Way::Csv(if args.excel { dialect.excel() } else { dialect })
    };
    match args.format {
        Format::Csv => csv(Dialect::CSV),
        Format::Tsv => csv(Dialect::TSV),
        Format::Json => Way::Json,
        Format::Nl => Way::Lines,
        #[cfg(feature = "parquet")]
        Format::Parquet => Way::Parquet,
        Format::Xlsx => Way::Xlsx,
    }
}

/// Tells of a piece that is done, and answers whether rows are missing.
fn told(piece: &Piece, answered: Answered) -> bool {
    let name = &piece.name;
    eprintln!("{name}: {} rows", answered.rows);
    if let Some(note) = &piece.about.note {
        eprintln!("copydesk: {name}: {}", harmless(note));
    }
    if let Some(cut) = answered.cut {
        eprintln!("copydesk: {name}: {}", cut_short(cut));
    }
    answered.cut.is_some()
}

/// What the receipt says of the whole.
fn receipt(reader: &Reader) -> Result<serde_json::Value> {
    let about = about(reader, Question::own(""), &[])?;
    Ok(json!({
        "title": "Articles, entities, quotes and figures out of a copydesk archive",
        "description": "Text that a spreadsheet would run or misread has a ' in front (cellsGuarded); \
            text longer than a spreadsheet's cell is cut where cellsCut counts it.",
        "created": about.asked_at,
        "version": env!("CARGO_PKG_VERSION"),
        "archive": about.archive,
        "lastRun": about.run,
    }))
}
