//! `copydesk show`: the article with its findings marked in the text.

use crate::desk::Desk;

#[test]
fn marks_stand_in_brackets_off_a_terminal() {
    let desk = Desk::ferry();
    insta::assert_snapshot!(desk.stdout(&["show", "1", "--width", "90"]), @r"
        Ferry sinks off Port Sable
        article 1, revision 1, 44 words
          source: news/echo.txt
          outlet: Harbour Echo  (copyright line: by Harbour Echo)

        Ferry sinks off [L1 Port Sable]

        [F1 At least 12 people] died when the ferry Corona sank off Port Sable, Mayor [P1 Ada
        Vale] said. “[Q1 We lost neighbours tonight,]” Vale told reporters. The rescue took [F2 90
        minutes], said [P2 Boris Kern] of the [O1 Sable Coast Guard] in 2021.

        Named
          L1  Port Sable (place), once
          P1  Ada Vale (person), once
          P2  Boris Kern (person), once
          O1  Sable Coast Guard (organization), once

        Quoted
          Q1  Ada Vale (Vale), told [direct]: We lost neighbours tonight,

        Figures
          F1  At least 12 people: at least 12 person (death) [count]
          F2  90 minutes: exactly 90 minute [duration]

        Set aside
              share prompt: Share this story
        ");
}

#[test]
fn why_tells_rules_and_steps() {
    let desk = Desk::ferry();
    let text = desk.stdout(&["show", "1", "--why"]);
    assert!(text.contains("rule: quote then cue; speaker: Vale before the cue"), "{text}");
    assert!(text.contains("rule: <n> <noun>") && text.contains("year: 2021"), "{text}");
}

#[test]
fn colours_replace_brackets() {
    let desk = Desk::ferry();
    let text = desk.stdout(&["show", "1", "--color", "always"]);
    assert!(text.contains("\x1b[36mAda Vale\x1b[0m"), "{text:?}");
    assert!(text.contains("\x1b[1;33mAt least 12 people\x1b[0m\x1b[2m[F1]\x1b[0m"), "{text:?}");
    assert!(!text.contains("[P1 "), "{text:?}");
}

#[test]
fn harm_is_shown_harmless() {
    let desk = Desk::ferry();
    for args in [&["show", "3"][..], &["show", "3", "--color", "always"]] {
        let text = desk.stdout(args);
        assert!(text.contains("␛[2J␇<U+009B>31m<U+202E>"), "{text:?}");
        assert!(!text.contains("\x1b[2J") && !text.contains('\u{202e}'), "{text:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&desk.stdout(&["show", "3", "--json"])).unwrap();
    assert!(json["text"].as_str().unwrap().ends_with(crate::desk::HARM));
}

#[test]
fn an_article_is_found_by_number_source_and_title() {
    let desk = Desk::ferry();
    for wanted in ["2", "news/post.txt", "Port Sable mourns", "MOURNS"] {
        assert!(desk.stdout(&["show", wanted]).contains("article 2, revision 1"), "{wanted}");
    }
    let (complaint, code) = desk.complaint(&["show", "Port Sable"]);
    assert!(
        complaint.contains("fits several articles") && complaint.contains("\n1  Ferry sinks off"),
        "{complaint}"
    );
    assert_eq!(code, 2);
    let (complaint, code) = desk.complaint(&["show", "zeppelin"]);
    assert!(complaint.contains("no article is, or has in its title, 'zeppelin'"), "{complaint}");
    assert_eq!(code, 2);
}

#[test]
fn a_number_is_an_articles_or_a_files_name() {
    let folder = crate::archive::Folder::new();
    for (name, words) in
        [("in/153.txt", "sank"), ("in/2.txt", "burned"), ("in/7/a.txt", "left"), ("in/x-77.txt", "won")]
    {
        folder.write(
            name,
            format!("Ferry {words}\n\nThe ferry {words} on Monday, the mayor said in the harbour.\n"),
        );
    }
    folder.copydesk(["import", "in"]).assert().success();
    let shown = |wanted: &str| {
        let output = folder.copydesk(["show", wanted]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert!(shown("153").1.contains("Ferry sank"), "its file's name");
    assert!(shown("2").1.contains("article 2, "), "an article's number goes first");
    for other in ["77", "7", "15"] {
        assert_eq!(shown(other).0, Some(2), "{other} is no whole name of a file");
    }
}

#[test]
fn json_spans_give_back_their_text() {
    let desk = Desk::ferry();
    for id in ["1", "2", "3", "4"] {
        let json: serde_json::Value = serde_json::from_str(&desk.stdout(&["show", id, "--json"])).unwrap();
        let text: Vec<char> = json["text"].as_str().unwrap().chars().collect();
        for list in ["mentions", "figures", "refused"] {
            for found in json[list].as_array().unwrap() {
                let at = |key: &str| usize::try_from(found[key].as_u64().unwrap()).unwrap();
                let covered: String = text[at("start")..at("end")].iter().collect();
                assert_eq!(found["text"], covered);
            }
        }
    }
}
