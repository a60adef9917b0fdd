//! The ways out: hostile cells go out in every format and come back equal, and nothing in them runs.
//!
//! What needs no tool but Rust's always runs. The rest reads files back with tools that are not ours:
//! `COPYDESK_PEERS=FOLDER cargo test --test main ways::`, where FOLDER/python has openpyxl, pyarrow, duckdb
//! and markdown-it-py, FOLDER/frictionless is (with its json extra), and soffice is on the path. Without,
//! these tests say that they are skipped.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use copydesk::present::guard::unguard;
use serde_json::{Value, json};

use crate::desk::Desk;

/// Text that has broken one program or another.
const HOSTILE: &[&str] = &[
    "=1+1",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1",
    "-1",
    "\t=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''",
    "'",
    "\"",
    "\"\"",
    "a,b;c\td|e",
    "two\nlines",
    "\u{202e}right to left\u{200f}",
    "\u{feff}mark",
    "\x1b[2J\x07\x7f\u{9b}31m",
    "007",
    "1234567890123456789",
    "3-2",
    "1e5",
    "TRUE",
    "2016-09",
    "2015-11-16T07:45:01",
    "1,200",
    " before",
    "after ",
    "_x0041_",
    "<b>&amp;</b><script>alert(1)</script>",
    "]]>",
    "é 👍 李雷",
    "\\*a*\\ `b` [c](d) ~e~ $f$ _g_",
    "May 5",
    "May",
];

/// Text that sheets do not hold as it is: they know one kind of line end, and NUL ends text.
const BEYOND_SHEETS: &[&str] = &["\r=1", "carriage\rreturn", "Windows\r\nline", "a\0b"];

/// A statement whose rows are a number and a text each.
fn statement(texts: &[&str]) -> String {
    let rows: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
            format!("({n}, CAST(x'{hex}' AS TEXT))")
        })
        .collect();
    format!("SELECT column1 AS n, column2 AS t FROM (VALUES {})", rows.join(", "))
}

fn hostile() -> Vec<&'static str> {
    HOSTILE.iter().chain(BEYOND_SHEETS).copied().collect()
}

/// Writes the texts to a file, by its ending, and answers with its path.
fn written(desk: &Desk, texts: &[&str], name: &str, more: &[&str]) -> PathBuf {
    desk.folder.write("q.sql", statement(texts));
    let args = [&["sql", "-f", "q.sql", "-o", name], more].concat();
    assert_eq!(desk.run(&args).status.code(), Some(0));
    desk.folder.path(name)
}

fn csv_texts(path: &Path, delimiter: u8) -> Vec<String> {
    let bytes = fs::read(path).unwrap();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.records().map(|record| record.unwrap()[1].to_owned()).collect()
}

#[test]
fn csv_comes_back_equal() {
    let desk = Desk::ferry();
    let long = "x".repeat(40_000);
    let texts = [hostile(), vec![long.as_str()]].concat();
    assert_eq!(csv_texts(&written(&desk, &texts, "out.csv", &[]), b','), texts);
    assert_eq!(csv_texts(&written(&desk, &texts, "out.tsv", &[]), b'\t'), texts);
}

#[test]
fn csv_for_spreadsheets_is_undone_exactly() {
    let desk = Desk::ferry();
    let texts = hostile();
    for (name, more, delimiter) in
        [("out.csv", &["--excel"][..], b','), ("semi.csv", &["--excel", "--decimal-comma"], b';')]
    {
        let cells = csv_texts(&written(&desk, &texts, name, more), delimiter);
        for (cell, text) in cells.iter().zip(&texts) {
            assert_eq!(unguard(cell), *text);
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']),
                "{cell:?}"
            );
        }
    }
}

#[test]
fn json_comes_back_equal() {
    let desk = Desk::ferry();
    let long = "x".repeat(40_000);
    let texts = [hostile(), vec![long.as_str()]].concat();
    let want: Vec<Value> = texts.iter().enumerate().map(|(n, t)| json!({"n": n, "t": t})).collect();
    let array = fs::read(written(&desk, &texts, "out.json", &[])).unwrap();
    assert_eq!(serde_json::from_slice::<Vec<Value>>(&array).unwrap(), want);
    let lines = fs::read_to_string(written(&desk, &texts, "out.jsonl", &[])).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, want);
}

/// The files in a zip archive, by its own list of them.
fn unzipped(bytes: &[u8]) -> HashMap<String, String> {
    let number = |at: usize, size: usize| {
        bytes[at..at + size].iter().rev().fold(0usize, |n, b| n << 8 | usize::from(*b))
    };
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06").expect("a zip archive");
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut files = HashMap::new();
    for _ in 0..count {
        let (packed, name) = (number(at + 20, 4), number(at + 28, 2));
        let from = number(at + 42, 4);
        let begin = from + 30 + number(from + 26, 2) + number(from + 28, 2);
        let mut text = String::new();
        let mut unpacked = flate2::read::DeflateDecoder::new(&bytes[begin..begin + packed]);
        if number(at + 10, 2) == 8 && unpacked.read_to_string(&mut text).is_ok() {
            files.insert(String::from_utf8_lossy(&bytes[at + 46..at + 46 + name]).into_owned(), text);
        }
        at += 46 + name + number(at + 30, 2) + number(at + 32, 2);
    }
    files
}

#[test]
fn a_workbook_holds_text_and_numbers_and_nothing_that_runs() {
    let desk = Desk::ferry();
    let sql = "SELECT '=1+1' AS formula, -5 AS n, 1.5 AS r, '2016-09-06' AS day, '007' AS zeros, \
        1234567890123456789 AS long, NULL AS gap, 'http://example.org/' AS link";
    desk.stdout(&["sql", sql, "-o", "out.xlsx"]);
    let files = unzipped(&fs::read(desk.folder.path("out.xlsx")).unwrap());
    let sheet = &files["xl/worksheets/sheet1.xml"];
    assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{sheet}");
    for cell in [
        r#"<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>"#,
        r#"<c r="B2"><v>-5</v></c>"#,
        r#"<c r="C2"><v>1.5</v></c>"#,
        r#"<v>42619</v>"#,
        r#"<c r="E2" t="inlineStr"><is><t>007</t></is></c>"#,
        r#"<c r="F2" t="inlineStr"><is><t>1234567890123456789</t></is></c>"#,
        r#"state="frozen""#,
        r#"<autoFilter ref="A1:H2""#,
    ] {
        assert!(sheet.contains(cell), "{cell} is not in {sheet}");
    }
    let about = &files["xl/sharedStrings.xml"];
    assert!(about.contains("copydesk.db") && about.contains("SELECT '=1+1' AS formula"), "{about}");
}

/// A cell keeps no time zone: what it shows has the Z, and its column's head says what that is.
#[test]
fn a_workbook_says_which_times_are_in_utc() {
    let desk = Desk::ferry();
    let sql = "SELECT '2016-09-06T07:45' AS told, '2016-09-06T07:45:00Z' AS made_at, '2016-09-06' AS day";
    desk.stdout(&["sql", sql, "-o", "out.xlsx"]);
    let files = unzipped(&fs::read(desk.folder.path("out.xlsx")).unwrap());
    let styles = &files["xl/styles.xml"];
    assert!(styles.contains("yyyy-mm-dd&quot;T&quot;hh:mm:ss&quot;Z&quot;"), "{styles}");
    let notes = &files["xl/comments1.xml"];
    assert!(notes.contains(r#"ref="B1""#) && notes.contains("Times that end in Z are in UTC"), "{notes}");
    assert_eq!(notes.matches("<comment ").count(), 1, "{notes}");
    assert!(files["xl/sharedStrings.xml"].contains("made_at: Times that end in Z are in UTC"));
}

#[test]
fn what_a_workbook_cannot_hold_is_cut_or_goes_on_and_is_told() {
    let desk = Desk::ferry();
    let output = desk.run(&["sql", "SELECT printf('%.*c', 40000, 'x') AS long", "-o", "out.xlsx"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("1 cells were cut at the 32,767 characters"));
    assert_eq!(output.status.code(), Some(3));
}

#[cfg(unix)]
#[test]
fn a_workbook_whose_rows_cannot_wait_is_told_of() {
    let desk = Desk::ferry();
    let many =
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 200000) SELECT n, 'x' FROM c";
    let ask = ["sql", many, "-o", "out.xlsx"];
    let nowhere = desk.command(&ask).env("TMPDIR", "/nowhere/at/all").output().unwrap();
    // Files may not grow beyond a megabyte: the disk is full, as far as the program can tell.
    let full = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 2000; exec \"$@\"", "sh"])
        .arg(crate::archive::program())
        .args(ask)
        .current_dir(desk.folder.path("."))
        .output()
        .unwrap();
    for output in [nowhere, full] {
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("the workbook could not be made: its rows "), "{told}");
        assert!(told.contains("TMPDIR") && !told.contains("panic"), "{told}");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(desk.files().keys().collect::<Vec<_>>(), ["copydesk.db"], "nothing is left of it");
    }
}

#[test]
fn pages_and_markdown_are_text() {
    let desk = Desk::ferry();
    let page = fs::read_to_string(written(&desk, &hostile(), "out.html", &[])).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    let table = fs::read_to_string(written(&desk, &hostile(), "out.md", &[])).unwrap();
    assert_eq!(table.lines().count(), 2 + hostile().len(), "a row a line, whatever is in it");
    assert!(!table.contains(|c: char| c.is_control() && c != '\n'), "{table}");
}

#[test]
fn options_of_csv_do_not_go_with_other_formats() {
    let desk = Desk::ferry();
    for other in ["--xlsx", "--html", "--markdown", "--json"] {
        assert_eq!(desk.run(&["sql", "SELECT 1", other, "--excel"]).status.code(), Some(2), "{other}");
        assert_eq!(desk.run(&["sql", "SELECT 1", other, "--csv"]).status.code(), Some(2), "{other}");
    }
}

#[test]
fn an_article_is_no_sheet() {
    let desk = Desk::ferry();
    let (complaint, _) = desk.complaint(&["show", "1", "-o", "out.xlsx"]);
    assert!(complaint.contains("an article is no table"), "{complaint}");
}

/// A peer, where they are said to be.
fn peer(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("COPYDESK_PEERS") else {
        eprintln!("skipped: COPYDESK_PEERS names no folder with {name}");
        return None;
    };
    let path = Path::new(&folder).join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
    }
    path.exists().then_some(path)
}

/// The rows of a file, as another tool reads them, the head apart.
fn read_back(tool: &str, path: &Path) -> Option<Vec<Vec<Value>>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read_back.py");
    let output = Command::new(peer("python")?).arg(script).arg(tool).arg(path).output().unwrap();
    if output.status.code() == Some(77) {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    let rows: Vec<Vec<Value>> = serde_json::from_slice(&output.stdout).unwrap();
    Some(rows.into_iter().skip(1).collect())
}

/// The texts that another tool reads.
fn texts_back(tool: &str, path: &Path) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    Some(read_back(tool, path)?.iter().map(|row| text(&row[1])).collect())
}

#[test]
fn others_read_the_same_rows() {
    let desk = Desk::ferry();
    let long = "x".repeat(40_000);
    let texts = [hostile(), vec![long.as_str()]].concat();
    let mut ways = vec![("duckdb", "out.csv"), ("duckdb", "out.jsonl"), ("duckdb", "out.json")];
    if cfg!(feature = "parquet") {
        ways.extend([("pyarrow", "out.parquet"), ("duckdb", "out.parquet")]);
    }
    for (tool, name) in ways {
        let Some(back) = texts_back(tool, &written(&desk, &texts, name, &[])) else { continue };
        assert_eq!(back, texts, "{tool}, {name}");
    }
    let Some(back) = texts_back("html", &written(&desk, HOSTILE, "out.html", &[])) else { return };
    let visible =
        |text: &str| text.replace('\x1b', "␛").replace('\x07', "␇").replace(['\x7f', '\u{9b}'], "\u{fffd}");
    assert_eq!(back, HOSTILE.iter().map(|text| visible(text)).collect::<Vec<_>>());
}

#[test]
fn others_read_markdown_as_it_was_meant() {
    let desk = Desk::ferry();
    // Markdown has no spaces at a cell's ends, and shows what acts as signs.
    let quiet = |text: &&str| text.trim() == *text && !text.contains(|c: char| c.is_control() && c != '\n');
    let texts: Vec<&str> =
        HOSTILE.iter().copied().filter(quiet).filter(|t| !t.contains(['\u{202e}', '\u{feff}'])).collect();
    let Some(back) = texts_back("markdown", &written(&desk, &texts, "out.md", &[])) else { return };
    assert_eq!(back, texts);
}

/// What LibreOffice makes of a file, as a workbook.
fn through_libreoffice(desk: &Desk, path: &Path) -> Option<PathBuf> {
    peer("python")?;
    let profile = format!("-env:UserInstallation=file://{}", desk.folder.path("profile").display());
    let mut command = Command::new("soffice");
    command.arg(profile).arg("--headless");
    if path.extension().is_some_and(|ending| ending == "csv") {
        // As its dialogue proposes: comma, double quote, UTF-8 where there is a mark; all else as it stands.
        command.arg("--infilter=Text - txt - csv (StarCalc):44,34,76,1");
    }
    let out = desk.folder.path("libreoffice");
    match command.args(["--convert-to", "xlsx", "--outdir"]).arg(&out).arg(path).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => {
            eprintln!("skipped: soffice: {error}");
            return None;
        }
    }
    Some(out.join(path.with_extension("xlsx").file_name().unwrap()))
}

#[test]
fn libreoffice_opens_csv_and_runs_nothing() {
    let desk = Desk::ferry();
    // LibreOffice writes it into a workbook as if it were an escape.
    let texts: Vec<&str> = HOSTILE.iter().copied().filter(|text| *text != "_x0041_").collect();
    let path = written(&desk, &texts, "out.csv", &["--excel"]);
    let Some(sheet) = through_libreoffice(&desk, &path) else { return };
    let Some(back) = texts_back("openpyxl", &sheet) else { return };
    let back: Vec<&str> = back.iter().map(|cell| unguard(cell)).collect();
    assert_eq!(back, texts);
}

#[test]
fn libreoffice_and_openpyxl_open_workbooks_and_run_nothing() {
    let desk = Desk::ferry();
    let long = "x".repeat(32_767);
    let texts = [HOSTILE, &[long.as_str()]].concat();
    let path = written(&desk, &texts, "out.xlsx", &[]);
    let Some(back) = texts_back("openpyxl", &path) else { return };
    assert_eq!(back, texts);
    // What looks like an escape, LibreOffice writes into its own workbooks as if it were one.
    let texts: Vec<&str> = texts.into_iter().filter(|text| *text != "_x0041_").collect();
    let path = written(&desk, &texts, "again.xlsx", &[]);
    let Some(sheet) = through_libreoffice(&desk, &path) else { return };
    let Some(back) = texts_back("openpyxl", &sheet) else { return };
    assert_eq!(back, texts);
}

#[test]
fn the_reference_tool_finds_every_package_valid() {
    let Some(frictionless) = peer("frictionless") else { return };
    let desk = Desk::ferry();
    // It counts no bytes of a JSON array, and so finds none. Parquet it reads through pandas, which makes a
    // number with a point of every integer beside a NULL: DuckDB and pyarrow read that back, above.
    let uncounted = &["--skip-errors", "byte-count"][..];
    for (name, more, skipped) in [
        ("plain", &[][..], &[][..]),
        ("excel", &["--excel", "--decimal-comma"], &[]),
        ("tabs", &["--format", "tsv", "--text"], &[]),
        ("raw", &["articles", "most-quoted", "runs", "problems", "--raw", "--limit", "1"], &[]),
        ("lines", &["--format", "nl"], &[]),
        ("array", &["--format", "json"], uncounted),
    ] {
        desk.run(&[&["export", "--to", name][..], more].concat());
        let receipt = desk.folder.path(name).join("datapackage.json");
        let output =
            Command::new(&frictionless).arg("validate").arg(&receipt).args(skipped).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
    }
}
