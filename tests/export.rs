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

#[test]
fn answers_can_be_taken_away_with_their_question() {
    let desk = Desk::ferry();
    let sql = "SELECT outlet, count(*) AS n FROM quotes_full WHERE kind = :kind GROUP BY outlet";
    let args = ["export", "figures-about", "figures", "-p", "thing", "deaths", "--to", "answers"];
    desk.stdout(&[&args[..], &["--sql", sql, "-p", "kind", "direct"]].concat());
    let receipt = receipt(&desk.folder.path("answers"));
    let [about, figures, answer] = receipt["resources"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!(
        (&about["path"], &about["parameters"]["thing"]),
        (&"figures-about.csv".into(), &"deaths".into())
    );
    assert!(about["query"].as_str().unwrap().contains("-- param thing"), "the query stands in the receipt");
    assert_eq!(about["parameters"]["most"], 500, "numbers are numbers");
    assert_eq!(about["parameters"]["thing"], "deaths");
    assert_ne!(about["description"], "");
    assert!(about["schema"].get("primaryKey").is_none(), "an answer has no key that is known");
    assert_eq!(figures["schema"]["primaryKey"][0], "id");
    assert_eq!((&answer["query"], &answer["parameters"]["kind"]), (&sql.into(), &"direct".into()));
    let text = fs::read_to_string(desk.folder.path("answers/answer.csv")).unwrap();
    assert!(text.starts_with("outlet,n\r\n"), "{text}");

    let (complaint, code) = desk.complaint(&["export", "figures-about", "-p", "thong", "death"]);
    assert!(complaint.contains("thong") && complaint.contains("thing"), "{complaint}");
    assert_eq!(code, 2);
}

#[test]
fn what_a_limit_cut_is_told_in_words_in_the_receipt_and_by_the_exit_code() {
    let desk = Desk::ferry();
    let output = desk.run(&["export", "quotes", "entities", "--limit", "5"]);
    assert_eq!(output.status.code(), Some(3));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("quotes: this is not the whole answer: cut after 5 rows"), "{complaint}");
    let receipt = receipt(&desk.folder.path("export"));
    let [quotes, entities] = receipt["resources"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!((&quotes["isWhole"], &quotes["rows"]), (&false.into(), &5.into()));
    assert_eq!(quotes["cut"], "this is not the whole answer: cut after 5 rows");
    assert_eq!((&entities["isWhole"], entities.get("cut")), (&true.into(), None), "five is all there is");
}

#[test]
fn cells_are_the_data_itself_where_programs_want_it() {
    let desk = Desk::ferry();
    desk.stdout(&["export", "articles", "--raw"]);
    let text = fs::read_to_string(desk.folder.path("export/articles.csv")).unwrap();
    assert!(text.contains("\"=HYPERLINK(\"\"x\"\") on the Corona\""), "{text}");
}

#[test]
fn every_format_has_its_receipt() {
    let desk = Desk::ferry();
    let mut formats = vec![("tsv", "tsv"), ("json", "json"), ("nl", "jsonl")];
    if cfg!(feature = "parquet") {
        formats.push(("parquet", "parquet"));
    }
    for (format, ending) in formats {
        desk.stdout(&["export", "quotes", "--format", format, "--to", format]);
        let folder = desk.folder.path(format);
        let receipt = receipt(&folder);
        assert_eq!(receipt["resources"][0]["path"], format!("quotes.{ending}"));
        assert_eq!(receipt["resources"][0]["rows"], 6);
        let bytes = fs::read(folder.join(format!("quotes.{ending}"))).unwrap();
        // The reference tool counts no bytes of JSON and Parquet.
        let key = if ["json", "parquet"].contains(&format) { "fileBytes" } else { "bytes" };
        assert_eq!(receipt["resources"][0][key], bytes.len());
    }
    assert_eq!(desk.stdout(&["export", "--format", "xlsx", "--to", "desk.xlsx"]), "desk.xlsx\n");
    assert!(fs::read(desk.folder.path("desk.xlsx")).unwrap().starts_with(b"PK"));
    let (complaint, _) = desk.complaint(&["export", "--format", "xlsx", "--to", "tsv"]);
    assert!(complaint.contains("tsv is a folder: name the workbook's file"), "{complaint}");
}

#[test]
fn a_killed_export_is_absent_and_in_nobodys_way() {
    let desk = Desk::ferry();
    desk.stdout(&["export", "quotes", "--to", "out"]);
    let endless = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c";
    let mut running = std::process::Command::new(crate::archive::program())
        .current_dir(desk.folder.path("."))
        .args(["export", "--sql", endless, "--to", "out", "-a", "copydesk.db"])
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let parts = || {
        let names = fs::read_dir(desk.folder.path(".")).unwrap().map(|e| e.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".part")).count()
    };
    while parts() == 0 && running.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    assert_eq!(
        receipt(&desk.folder.path("out"))["resources"][0]["name"],
        "quotes",
        "the old one stands whole"
    );
    desk.stdout(&["export", "figures", "--to", "out"]);
    assert_eq!(receipt(&desk.folder.path("out"))["resources"][0]["name"], "figures");
}

/// What is taken out never takes the place of what it came from.
#[test]
fn the_archive_is_spared() {
    let desk = Desk::ferry();
    let before = std::fs::read(desk.archive()).unwrap();
    desk.folder.write("holds/nothing.txt", "");
    std::fs::copy(desk.archive(), desk.folder.path("holds/a.db")).unwrap();
    for (args, want) in [
        (&["export", "--format", "xlsx", "--to", "copydesk.db", "--force"][..], "is the archive itself"),
        (&["corrections", "export", "-o", "./copydesk.db"], "is the archive itself"),
        (&["export", "articles", "-a", "holds/a.db", "--to", "holds", "--force"], "holds the archive"),
        (&["export", "articles", "-a", "holds/a.db", "--to", ".", "--force"], "holds the archive"),
    ] {
        let (told, code) = desk.complaint(args);
        assert!(told.contains(want), "{args:?}: {told}");
        assert_eq!(code, 1, "{args:?}");
    }
    assert!(std::fs::read(desk.archive()).unwrap() == before);
    assert!(std::fs::read(desk.folder.path("holds/a.db")).unwrap() == before);
}

/// A key into a table that was cut would not be found there.
#[test]
fn a_cut_table_is_no_place_for_keys_to_lead_to() {
    let desk = Desk::ferry();
    desk.command(&["export", "--limit", "2", "--to", "out"]).assert().code(3);
    let receipt = std::fs::read_to_string(desk.folder.path("out/datapackage.json")).unwrap();
    let receipt: serde_json::Value = serde_json::from_str(&receipt).unwrap();
    for resource in receipt["resources"].as_array().unwrap() {
        for key in resource["schema"]["foreignKeys"].as_array().into_iter().flatten() {
            let to = &key["reference"]["resource"];
            let led = receipt["resources"].as_array().unwrap().iter().find(|r| r["name"] == *to).unwrap();
            assert_eq!(led["isWhole"], true, "{resource}");
        }
    }
}

/// Every figure is shown with its sentence; one that never ends would be written once for each of its figures.
#[test]
fn a_sentence_without_an_end_does_not_multiply() {
    let desk = Desk { folder: crate::archive::Folder::new() };
    let text: String = (0..5_000).map(|n| format!("{} boats were lost and ", 20 + n)).collect();
    desk.folder
        .write("news/endless.txt", format!("The Fleet\n\nOf all that is known {text}nobody knows more.\n"));
    desk.stdout(&["import", "news"]);
    desk.stdout(&["export", "figures", "quotes", "dates", "--to", "out"]);
    let receipt = receipt(&desk.folder.path("out"));
    let resources = receipt["resources"].as_array().unwrap();
    assert!(resources[0]["rows"].as_u64().unwrap() >= 5_000, "{}", resources[0]["rows"]);
    for resource in resources {
        let bytes = resource["bytes"].as_u64().unwrap() as usize;
        assert!(bytes <= 100 * text.len(), "{}: {bytes} bytes of {}", resource["name"], text.len());
    }
    assert!(desk.run(&["check"]).status.success());
}
