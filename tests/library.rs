//! The library of saved queries: finding, describing, saving and checking them; values of parameters.

use crate::desk::Desk;

#[test]
fn wrong_names_and_values_are_answered_with_the_nearest() {
    let desk = Desk::ferry();
    for (args, want) in [
        (&["query", "disagreement"][..], "did you mean disagreements?\nsaved queries: articles-by-date, "),
        (&["query", "who-said-what", "-p", "speeker", "x"], "did you mean speaker?\nparameters: speaker, "),
        (&["query", "outlets", "-p", "x", "y"], "it takes no parameters"),
        (&["query", "most-quoted", "-p", "top", "ten"], "'top' takes a whole number such as 10, not 'ten'"),
        (&["query", "articles-by-date", "-p", "since", "soon"], "takes a date such as 2016, 2016-09"),
        (&["query", "most-quoted", "-p", "top", "1", "-p", ":top", "2"], "'top' is given twice"),
        (&["query", "quotes-of", "-p", "most", "0"], "'most' takes a whole number, 1 or more, not '0'"),
        (&["query", "quotes-of", "-p", "most", "-5"], "'most' takes a whole number, 1 or more, not '-5'"),
        (&["query", "quotes-of", "-p", "most=0"], "1 or more, not '0'"),
        (&["export", "quotes-of", "-p", "most", "0"], "1 or more, not '0'"),
        (&["query", "figures-about", "--thing", "deaths"], "are set with -p: -p thing deaths\n"),
        (&["query", "figures-about", "--thing=boats lost"], "-p thing 'boats lost'\n"),
        (&["query", "figures-about", "--thing"], "-p thing VALUE\n"),
        (&["query", "outlets", "-o", "out.foo"], "no format is called .foo\nname one (--csv, --json ...)"),
        (&["sql", "SELECT 1", "-o", "out.xslx"], "no format is called .xslx; did you mean .xlsx?"),
        (&["export", "figurs"], "the archive has no 'figurs'; did you mean figures?\n"),
        (&["export", "figures-abot"], "did you mean figures-about or figures?\n"),
    ] {
        let (complaint, code) = desk.complaint(args);
        assert!(complaint.contains(want), "{args:?}: {complaint}");
        assert_eq!(code, 2, "{args:?}: wrong usage");
    }
}

#[test]
fn what_can_be_meant_in_one_way_alone_is_taken() {
    let desk = Desk::ferry();
    let want = desk.stdout(&["query", "figures-about", "-p", "thing", "deaths", "--csv"]);
    assert!(want.lines().count() > 1);
    assert_eq!(desk.stdout(&["query", "figures-about", "-p", "thing=deaths", "--csv"]), want);
    assert_eq!(desk.stdout(&["query", "-p", "thing=deaths", "figures-about", "--csv"]), want);
    assert_eq!(desk.stdout(&["sql", "SELECT :a AS a", "-p", "a=b=c", "--tsv"]), "a\nb=c\n");
    // A format that is named goes before the file's ending, and no ending is none that is unknown.
    desk.stdout(&["query", "figures-about", "-p", "thing=deaths", "--csv", "-o", "out.foo"]);
    assert_eq!(std::fs::read_to_string(desk.folder.path("out.foo")).unwrap(), want);
    desk.stdout(&["query", "outlets", "-o", "out"]);
}

#[test]
fn ones_own_folder_stands_beside_and_before_the_built_in() {
    let desk = Desk::ferry();
    desk.folder.write("mine/long-words.sql", "-- title: Mine\nSELECT :n + 1 AS next");
    desk.folder.write("mine/places.sql", "SELECT 'no place' AS place");
    desk.folder.write("mine/notes.txt", "not a query");
    let next = desk.stdout(&["query", "long-words", "--queries", "mine", "-p", "n", "41", "--csv"]);
    assert_eq!(next, "next\r\n42\r\n");
    assert_eq!(desk.stdout(&["query", "places", "--queries", "mine", "--tsv"]), "place\nno place\n");
    assert!(desk.stdout(&["query", "--queries", "mine"]).contains("Mine (yours)"));
    let (complaint, code) = desk.complaint(&["query", "long-words", "--queries", "mine"]);
    assert!(complaint.contains("no value for :n: give each as -p NAME VALUE"), "{complaint}");
    assert_eq!(code, 2);
}

/// One file that does not read stops nothing else; who asks for it is told why.
#[test]
fn a_faulty_file_is_told_of_and_passed_over() {
    let desk = Desk::ferry();
    desk.folder.write("mine/good.sql", "-- title: Good\nSELECT 1 AS a");
    desk.folder.write("mine/bad.sql", "-- title: Bad\n-- param n (whole, default 1): n\nSELECT :n");
    desk.folder.write("mine/latin.sql", b"SELECT '\xe9'");
    desk.folder.write("mine/places.sql", "-- param n\nSELECT 1");
    let run = |args: &[&str]| desk.run(&[args, &["--queries", "mine"]].concat());
    let reason = "mine/bad.sql, line 2: 'whole' is no type";
    for args in [
        &["query", "good", "--tsv"][..],
        &["query"],
        &["query", "outlets"],
        &["export", "quotes", "good", "--to", "out"],
        &["datasette"],
    ] {
        let output = run(args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.contains(reason), "{args:?}: {told}");
        assert!(told.contains("mine/latin.sql: stream did not contain valid UTF-8"), "{told}");
    }
    for args in [&["query", "bad"][..], &["query", "bad", "--sql"], &["export", "bad", "--to", "bad"]] {
        let output = run(args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(told.matches(reason).count(), 1, "{args:?}: {told}");
        assert_eq!(output.status.code(), Some(1), "{args:?}");
    }
    assert!(!desk.folder.path("bad").exists());
    assert_eq!(run(&["query", "places"]).status.code(), Some(1), "the built-in one does not answer for it");
    let check = run(&["query", "check"]);
    let told = String::from_utf8_lossy(&check.stdout);
    assert!(
        told.contains("FAULTY  bad\n        mine/bad.sql, line 2") && told.contains("ok      good"),
        "{told}"
    );
    assert_eq!(check.status.code(), Some(1));
    assert_eq!(run(&["query", "check", "bad"]).status.code(), Some(1));
    assert_eq!(run(&["query", "check", "good"]).status.code(), Some(0), "what is asked for is well");
    // The configuration's folder, for export too.
    desk.folder.write("copydesk.toml", "queries = [\"mine\"]\n");
    desk.stdout(&["export", "good", "--to", "configured"]);
    assert_eq!(desk.complaint(&["export", "bad", "--to", "bad"]).1, 1);
}

#[test]
fn sql_and_about_tell_and_do_not_run() {
    let desk = Desk::ferry();
    let sql = desk.stdout(&["query", "places", "--sql", "--archive", "missing.db"]);
    assert_eq!(sql, std::fs::read_to_string("queries/places.sql").unwrap());
    let about = desk.stdout(&["query", "places", "--about", "--archive", "missing.db"]);
    assert!(about.contains("-p country TEXT  (default '')"), "{about}");
}

#[test]
fn a_statement_is_saved_with_its_head_and_answers() {
    let desk = Desk::ferry();
    let sql = "SELECT title FROM articles WHERE words > :least ORDER BY id";
    let least = "least (integer, default 20): words at least";
    let mut save = vec!["query", "save", "long-reads", sql, "--queries", "mine", "--parameter", least];
    save.extend([
        "--title",
        "Long reads",
        "--question",
        "Which articles are long?",
        "--scan",
        "every article",
    ]);
    assert_eq!(desk.stdout(&save), "mine/long-reads.sql\n");
    assert_eq!(
        std::fs::read_to_string(desk.folder.path("mine/long-reads.sql")).unwrap(),
        "-- title: Long reads\n-- question: Which articles are long?\n\
         -- param least (integer, default 20): words at least\n-- scan: every article\n\
         SELECT title FROM articles WHERE words > :least ORDER BY id\n"
    );
    let csv = desk.stdout(&["query", "long-reads", "--queries", "mine", "--csv"]);
    assert_eq!(csv.lines().count(), 4, "{csv}");
    desk.stdout(&["query", "check", "long-reads", "--queries", "mine"]);

    let (complaint, code) = desk.complaint(&save);
    assert!(complaint.contains("there already (--replace"), "{complaint}");
    assert_eq!(code, 1);
    save.push("--replace");
    desk.stdout(&save);
    for (args, want) in [
        (&["query", "save", "x", "SELECT nme", "--queries", "mine"][..], "no such column: nme"),
        (&["query", "save", "x", "SELECT :a", "--queries", "mine"], ":a is not described"),
        (&["query", "save", "x", "DELETE FROM quotes", "--queries", "mine"], "refused: it would"),
        (&["query", "save", "check", "SELECT 1", "--queries", "mine"], "choose another name"),
        (&["query", "save", "../x", "SELECT 1", "--queries", "mine"], "no name for a query"),
        (&["query", "save", "x", "SELECT 1"], "name the folder of your queries"),
    ] {
        let (complaint, code) = desk.complaint(args);
        assert!(complaint.contains(want), "{args:?}: {complaint}");
        assert_eq!(code, 1);
    }
    assert_eq!(std::fs::read_dir(desk.folder.path("mine")).unwrap().count(), 1, "what is wrong is not saved");
}

#[test]
fn a_check_tells_what_is_wrong_with_a_query() {
    let desk = Desk::ferry();
    for (name, sql, want) in [
        ("misspelt", "SELECT nme FROM outlets", "no such column: nme"),
        ("undescribed", "SELECT :a", ":a is not described"),
        (
            "unused",
            "-- param a (text, default ''): x\nSELECT 1",
            "describes a, which the statement does not use",
        ),
        ("meaningless", "-- param a (text, default ''):\nSELECT :a", "does not say what a means"),
        (
            "bad-values",
            "-- param a (text, default ''): x\n-- values a: SELECT x\nSELECT :a",
            "the values of a",
        ),
        ("no-column", "-- chart: bar x=name y=n\nSELECT name FROM outlets", "chart names the column n"),
        ("bad-note", "-- note: SELECT x\nSELECT 1", "the note: no such column: x"),
        ("odd-note", "-- note: SELECT :a\nSELECT 1", "the note asks for :a, which is not described"),
        ("no-key", "-- key: id\nSELECT name FROM outlets", "key names the column id"),
        ("whole", "SELECT q.said FROM quotes q WHERE q.said LIKE '%x%'", "it reads all of quotes"),
        ("hidden", "SELECT 1 FROM outlets o JOIN quotes_full q ON q.outlet = o.name", "it reads all of"),
        ("writes", "DELETE FROM quotes", "refused"),
    ] {
        desk.folder.write(&format!("mine/{name}.sql"), sql);
        let output = desk.run(&["query", "check", name, "--queries", "mine"]);
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.starts_with("FAULTY") && told.contains(want), "{name}: {told}");
        assert_eq!(output.status.code(), Some(1), "{name}");
    }
    for (name, sql) in [
        ("small", "SELECT name FROM outlets"),
        ("by-index", "SELECT said FROM quotes WHERE article_id = 1"),
        ("told", "-- scan: every quote\nSELECT said FROM quotes"),
    ] {
        desk.folder.write(&format!("mine/{name}.sql"), sql);
        let told = desk.stdout(&["query", "check", name, "--queries", "mine", "--time"]);
        assert!(told.starts_with("ok") && told.contains(" rows"), "{name}: {told}");
    }
}

#[test]
fn values_are_told_held_and_offered() {
    let desk = Desk::ferry();
    desk.folder.write(
        "mine/kinds.sql",
        "-- param kind (text, required): of what\n-- values kind: person | place\n\
         -- param name (text, default ''): whose\n-- values name: SELECT name FROM entities ORDER BY name\n\
         SELECT name FROM entities WHERE kind = :kind AND instr(name, :name) ORDER BY name",
    );
    fn ask<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [&["query", "kinds", "--queries", "mine"], more].concat()
    }
    let about = desk.stdout(&ask(&["--describe"]));
    assert!(about.contains("one of: person, place"), "{about}");
    assert!(about.contains("such as: Ada Vale, Boris Kern, Port Sable"), "{about}");
    assert_eq!(desk.stdout(&ask(&["-p", "kind", "PLACE", "--tsv"])), "name\nPort Sable\nTarn\n");
    let (complaint, code) = desk.complaint(&ask(&["-p", "kind", "persn"]));
    assert!(
        complaint.contains("takes one of person, place, not 'persn'; did you mean person?"),
        "{complaint}"
    );
    assert_eq!(code, 2);
    let (complaint, code) = desk.complaint(&ask(&[]));
    assert!(complaint.contains("no value for :kind"), "{complaint}");
    assert_eq!(code, 2);
}

#[test]
fn rows_that_a_query_holds_back_are_told_of() {
    let desk = Desk::ferry();
    let head = "-- param most (integer, default 2): rows at most\n";
    desk.folder.write("mine/few.sql", format!("{head}SELECT name FROM entities ORDER BY id LIMIT :most"));
    let ask = ["query", "few", "--queries", "mine", "--csv"];
    let (told, code) = desk.complaint(&ask);
    assert!(
        told.contains("this is not the whole answer: there is more than 'most' lets through, 2"),
        "{told}"
    );
    assert_eq!(code, 3);
    let all = desk.stdout(&["sql", "SELECT count(*) FROM entities", "--tsv"]);
    let all: i64 = all.lines().nth(1).unwrap().parse().unwrap();
    for (most, whole) in [(all - 1, false), (all, true), (all + 1, true), (0, true)] {
        let (told, code) = desk.complaint(&[&ask[..], &["-p", "most", &most.to_string()]].concat());
        assert_eq!((told.is_empty(), code == 0), (whole, whole), "{most} of {all}: {told}");
    }
}
