//! `copydesk extract`: the pure part alone, as pipelines and scorers call it.

use serde_json::Value;

use crate::archive::Folder;

const STORY: &str = "Ferry sinks off Norhaven\n\nNORHAVEN (Harbour Wire) - At least 12 people died when a ferry sank \
                     on Monday, the coast guard said.\n\n“We found nobody alive,” Captain Ana Müller told reporters. 🚢\n";

fn lines(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

fn slice(text: &str, from: &Value) -> String {
    let at = |key: &str| from[key].as_u64().expect("an offset") as usize;
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn a_document_becomes_one_object_and_no_archive() {
    let folder = Folder::new();
    folder.write("ferry.txt", STORY);
    let run = folder.copydesk(["extract", "ferry.txt"]).assert().success();
    let found = lines(&run.get_output().stdout);
    let [article] = found.as_slice() else { panic!("{} objects for one document", found.len()) };
    let text = article["text"].as_str().expect("a text");

    assert_eq!(article["source"], "ferry.txt");
    assert_eq!(article["title"], "Ferry sinks off Norhaven");
    assert_eq!(article["outlet"], "Harbour Wire");
    let figure = &article["figures"][0];
    assert_eq!(
        (&figure["value"], &figure["bound"], slice(text, figure)),
        (&12.0.into(), &"at_least".into(), "At least 12 people".into())
    );
    let quotes = article["quotes"].as_array().expect("quotes");
    let quote = quotes.iter().find(|q| q["kind"] == "direct").expect("a direct quote");
    assert_eq!(quote["text"], "We found nobody alive,");
    assert_eq!(quote["speaker"]["name"], "Ana Müller");
    assert_eq!(slice(text, &quote["cue"]), "told");
    assert!(!folder.archive().exists(), "extract made an archive");
}

#[test]
fn plain_records_are_taken_as_they_stand_and_answered_in_order() {
    let folder = Folder::new();
    let records: String = (0..700)
        .map(|n| serde_json::json!({"id": format!("r{n}"), "text": format!("Share this\n\nIt cost ${n}.\r\n")}))
        .map(|record| format!("{record}\n"))
        .collect();
    let run = folder.copydesk(["extract", "--plain", "-"]).write_stdin(records).assert().success();
    let found = lines(&run.get_output().stdout);
    assert_eq!(found.len(), 700);
    for (n, article) in found.iter().enumerate() {
        assert_eq!(article["id"], format!("r{n}"));
        assert_eq!(article["text"], format!("Share this\n\nIt cost ${n}.\r\n"), "a plain text was changed");
        assert_eq!(article["figures"][0]["value"], n as f64);
    }
}

#[test]
fn what_cannot_be_read_is_told_of_and_the_rest_is_done() {
    let folder = Folder::new();
    folder.write("news/a.txt", STORY);
    folder.write("news/b.txt", b"Caf\xe9 society in the old encoding of the west".as_slice());
    let run = folder.copydesk(["extract", "news"]).assert().code(3);
    let output = run.get_output();
    assert_eq!(lines(&output.stdout).len(), 1);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("b.txt") && told.contains("UTF-8"), "not told of the refused file: {told}");
}
