//! `copydesk status`: for people, and as JSON for monitors.

use serde_json::Value;

use crate::archive::Folder;
use crate::articles::article;

#[test]
fn status_tells_what_is_there_and_how_the_last_import_went() {
    let folder = Folder::new();
    folder.copydesk(["status"]).assert().code(1);
    assert!(!folder.archive().exists(), "asking made an archive");
    for n in 0..3 {
        folder.write(&format!("in/{n}.txt"), article(n));
    }
    folder.write("in/bad.txt", b"\xFF\xFF\xFF");
    folder.copydesk(["import", "in"]).assert().code(3);
    let output = folder.copydesk(["status", "--json"]).assert().success().get_output().stdout.clone();
    let status: Value = serde_json::from_slice(&output).expect("JSON");
    assert_eq!(
        (&status["articles"], &status["documents"], &status["runs"]),
        (&3.into(), &3.into(), &1.into())
    );
    assert_eq!(status["last_run"]["refused"], 1);
    assert!(status["last_run"]["finished_at"].is_string());
    assert_eq!(status["problems"][0]["source"], "in/bad.txt");
    let told = folder.copydesk(["status"]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8(told).expect("UTF-8");
    for words in ["3 articles from 3 sources", "found 4 = 3 new", "bad.txt: not UTF-8"] {
        assert!(told.contains(words), "{words:?} is not in\n{told}");
    }
}
