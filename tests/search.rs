//! `copydesk search`: what a person types is words, never syntax.

use crate::desk::Desk;

#[test]
fn hits_read_well() {
    let desk = Desk::ferry();
    insta::assert_snapshot!(desk.stdout(&["search", "neighbours", "--width", "80"]), @r#"
        1  Ferry sinks off Port Sable  Harbour Echo, 2021-03-02
           Ada Vale: “We lost [neighbours] tonight,”

        2  Port Sable mourns  Northern Post, 2021-03-03
           Ada Vale: “We lost [neighbours] tonight.”

        3  =HYPERLINK("x") on the Corona  Coast Wire
           Ada Vale: “We have lost our [neighbours] tonight,”

        2  Port Sable mourns  Northern Post, 2021-03-03
           … Mayor Ada Vale said: “We lost [neighbours] tonight.” Boris Kern called the
           Corona “unfit for the sea”. The rescue took two hours.

        3  =HYPERLINK("x") on the Corona  Coast Wire
           =HYPERLINK("x") on the Corona⏎More than 10 people died off Port Sable, Ada
           Vale said. “We have lost our [neighbours] tonight,” she added …

        1  Ferry sinks off Port Sable  Harbour Echo, 2021-03-02
           … Corona sank off Port Sable, Mayor Ada Vale said. “We lost [neighbours]
           tonight,” Vale told reporters. The rescue took 90 minutes, said Boris Kern …
        "#);
}

#[test]
fn endings_case_accents_and_beginnings_do_not_matter() {
    let desk = Desk::ferry();
    for words in ["rescues", "RESCUE", "réscue", "resc*", "\"rescue took\""] {
        let csv = desk.stdout(&["search", words, "--articles", "--csv"]);
        assert_eq!(csv.lines().count(), 3, "{words}: {csv}");
    }
    assert_eq!(
        desk.stdout(&["search", "rescue", "zeppelin", "--csv"]).lines().count(),
        1,
        "all words must occur"
    );
}

#[test]
fn nothing_typed_is_an_error_of_syntax() {
    let desk = Desk::ferry();
    for words in [
        "ferry AND",
        "(ferry",
        "ferry)",
        "a:b",
        "-ferry",
        "^ferry",
        "fer\"ry",
        "NEAR(",
        "ferry'; --",
        "*ferry",
        "{a}",
    ] {
        let output = desk.run(&["search", "--csv", "--", words]);
        assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let (complaint, code) = desk.complaint(&["search", "!!"]);
    assert!(complaint.contains("'!!' holds no word to look for"), "{complaint}");
    assert_eq!(code, 2);
}

#[test]
fn expressions_are_for_those_who_ask() {
    let desk = Desk::ferry();
    let csv = desk.stdout(&["search", "--fts", "title : ferry NOT bus", "--articles", "--csv"]);
    assert_eq!(csv.lines().count(), 2, "{csv}");
    let (complaint, code) = desk.complaint(&["search", "--fts", "ferry AND"]);
    assert!(complaint.contains("the expression of --fts does not read"), "{complaint}");
    assert_eq!(code, 2);
}

#[test]
fn a_limit_is_told_of() {
    let desk = Desk::ferry();
    let (complaint, code) = desk.complaint(&["search", "people", "--csv", "--limit", "1"]);
    assert!(complaint.contains("not the whole answer"), "{complaint}");
    assert_eq!(code, 3);
}

#[test]
fn harm_is_shown_harmless() {
    let desk = Desk::ferry();
    let text = desk.stdout(&["search", "Boris Kern was there"]);
    assert!(text.contains("␛[2J") && !text.contains('\x1b'), "{text:?}");
    let painted = desk.stdout(&["search", "Boris Kern was there", "--color", "always"]);
    assert!(painted.contains("\x1b[1;33mBoris\x1b[0m") && !painted.contains("\x1b[2J"), "{painted:?}");
}
