//! `copydesk export`: a folder of CSV with a receipt that tells the truth, whole or not at all.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::desk::Desk;

fn receipt(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap()
}

#[test]
fn the_receipt_tells_the_truth() {
    let desk = Desk::ferry();
    assert_eq!(desk.stdout(&["export"]), "export\n");
    let folder = desk.folder.path("export");
    let receipt = receipt(&folder);
    let resources = receipt["resources"].as_array().unwrap();
    let names: Vec<&str> = resources.iter().map(|r| r["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["articles", "entities", "quotes", "figures", "mentions"]);
    for resource in resources {
        let bytes = fs::read(folder.join(resource["path"].as_str().unwrap())).unwrap();
        assert_eq!(resource["bytes"], bytes.len());
        let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hash}"));
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(header, fields.iter().map(|f| f["name"].as_str().unwrap()).collect::<Vec<_>>());
        for field in fields {
            assert_ne!(field["description"], "", "{}: {} has no meaning", resource["name"], field["name"]);
        }
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(resource["rows"], records.len());
        for record in &records {
            for (cell, field) in record.iter().zip(fields).filter(|(cell, _)| !cell.is_empty()) {
                let fits = match field["type"].as_str().unwrap() {
                    "integer" => cell.parse::<i64>().is_ok(),
                    "number" => cell.parse::<f64>().is_ok(),
                    _ => true,
                };
                assert!(fits, "{}: {cell:?} is no {}", field["name"], field["type"]);
            }
        }
    }
    assert_eq!(resources[2]["schema"]["primaryKey"][0], "id");
    assert_eq!(resources[2]["schema"]["foreignKeys"][0]["reference"]["resource"], "articles");
}

#[test]
fn text_that_would_run_is_defused_and_counted() {
    let desk = Desk::ferry();
    desk.stdout(&["export", "articles"]);
    let text = fs::read_to_string(desk.folder.path("export/articles.csv")).unwrap();
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\") on the Corona\""), "{text}");
    assert!(!text.contains("We lost neighbours"), "the text is left out unless asked for");
    let receipt = receipt(&desk.folder.path("export"));
    assert_eq!(receipt["resources"][0]["cellsGuarded"], 1);
    assert!(
        receipt["resources"][0]["schema"].get("foreignKeys").is_none(),
        "no key leads out of the package"
    );

    desk.stdout(&["export", "articles", "--text", "--excel"]);
    let text = fs::read_to_string(desk.folder.path("export/articles.csv")).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("We lost neighbours"));
}

#[test]
fn only_an_earlier_export_is_replaced() {
    let desk = Desk::ferry();
    desk.folder.write("mine/notes.txt", "keep me");
    let (complaint, code) = desk.complaint(&["export", "--to", "mine"]);
    assert!(complaint.contains("is no earlier export: name another folder, or --force"), "{complaint}");
    assert_eq!(code, 1);
    assert_eq!(fs::read_to_string(desk.folder.path("mine/notes.txt")).unwrap(), "keep me");

    desk.stdout(&["export", "--to", "out"]);
    desk.stdout(&["export", "quotes", "--to", "out"]);
    assert!(!desk.folder.path("out/articles.csv").exists(), "an earlier export is replaced whole");
    desk.folder.write("out/notes.txt", "mine");
    assert_eq!(desk.complaint(&["export", "--to", "out"]).1, 1, "something else lies in it now");
    desk.stdout(&["export", "--to", "out", "--force"]);
    assert!(!desk.folder.path("out/notes.txt").exists());
}

#[test]
fn a_wrong_name_leaves_nothing_behind() {
    let desk = Desk::ferry();
    let (complaint, code) = desk.complaint(&["export", "articles", "qoutes"]);
    assert!(complaint.contains("the archive has no 'qoutes'; did you mean quotes"), "{complaint}");
    assert_eq!(code, 2);
    let left = fs::read_dir(desk.folder.path(".")).unwrap().map(|e| e.unwrap().file_name());
    assert!(left.into_iter().all(|name| name.to_string_lossy().starts_with("copydesk.db")));
}

#[test]
fn every_table_can_be_taken_away() {
    let desk = Desk::ferry();
    desk.stdout(&["export", "runs", "problems", "refused", "blocks", "--to", "audit"]);
    let problems = fs::read_to_string(desk.folder.path("audit/problems.csv")).unwrap();
    assert!(problems.contains("news/broken.txt,failed,byte 7,not UTF-8"), "{problems}");
}
