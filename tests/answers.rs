//! What saved queries answer: the rows of each, in the order and the words that people read.

use crate::archive::Folder;
use crate::desk::Desk;

#[test]
fn disagreements_tell_contradictions_from_lower_bounds() {
    let desk = Desk::ferry();
    insta::assert_snapshot!(desk.stdout(&["query", "disagreements"]), @r"
        no  verdict     thing          outlet         figure                low  high  unit  article_id  sentence
        ──  ──────────  ─────────────  ─────────────  ───────────────────  ────  ────  ────  ──────────  ───────────────────────
         1  contradict  duration       Harbour Echo   90 minutes           5400  5400  s              1  The rescue took 90
                                                                                                         minutes, said Boris
                                                                                                         Kern of the Sable Coast
                                                                                                         Guard in 2021.

         1  contradict  duration       Northern Post  two hours            7200  7200  s              2  The rescue took two
                                                                                                         hours.

         2  compatible  death, person  Coast Wire     More than 10 people    10                       3  More than 10 people
                                                                                                         died off Port Sable,
                                                                                                         Ada Vale said.

         2  compatible  death, person  Harbour Echo   At least 12 people     12                       1  At least 12 people died
                                                                                                         when the ferry Corona
                                                                                                         sank off Port Sable,
                                                                                                         Mayor Ada Vale said.

         2  compatible  death, person  Northern Post  Fifteen people         15    15                 2  Fifteen people were
                                                                                                         killed in the ferry
                                                                                                         disaster off Port
                                                                                                         Sable, the Sable Coast
                                                                                                         Guard said.
        ");
}

#[test]
fn who_said_what_reads_well() {
    let desk = Desk::ferry();
    insta::assert_snapshot!(desk.stdout(&["query", "who-said-what", "-p", "speaker", "vale"]), @r#"
        speaker   said                    cue    kind    outlet         published   title                   article_id  quote_id
        ────────  ──────────────────────  ─────  ──────  ─────────────  ──────────  ──────────────────────  ──────────  ────────
        Ada Vale  We lost neighbours      said   direct  Northern Post  2021-03-03  Port Sable mourns                2         2
                  tonight.

        Ada Vale  We lost neighbours      told   direct  Harbour Echo   2021-03-02  Ferry sinks off Port             1         1
                  tonight,                                                          Sable

        Ada Vale  We have lost our        added  direct  Coast Wire                 =HYPERLINK("x") on the           3         3
                  neighbours tonight,                                               Corona
        "#);
}

/// Words marked inside a reported sentence mean nothing without it, and an empty cue reads like a fault.
#[test]
fn who_said_what_tells_the_sentence_and_how_it_was_credited() {
    let folder = Folder::new();
    folder.write(
        "in/a.txt",
        "Ferry sinks\n\nMayor Ada Vale said the port was “on its knees” after the storm.\n\n\
         “We lost the boats,” Vale said. “We will build new ones.”\n",
    );
    folder.copydesk(["import", "in"]).assert().success();
    for query in ["who-said-what", "quotes-of"] {
        let out =
            folder.copydesk(["query", query, "-p", "speaker", "vale", "--csv"]).output().unwrap().stdout;
        let rows = String::from_utf8(out).unwrap();
        assert!(rows.contains("the port was “on its knees” after the storm"), "{query}: {rows}");
        let carried = rows.lines().find(|row| row.contains("new ones")).unwrap_or_default();
        assert!(carried.contains("(carried on)"), "{query}: {rows}");
    }
}

#[test]
fn shared_quotes_are_folded_and_variants_found() {
    let desk = Desk::ferry();
    let shared = desk.stdout(&["query", "shared-quotes", "--csv"]);
    assert_eq!(shared.lines().count(), 2, "{shared}");
    assert!(shared.contains("Ada Vale,Coast Wire | Harbour Echo | Northern Post,0"), "{shared}");
    let variants = desk.stdout(&["query", "quote-variants", "--nl"]);
    assert_eq!(variants.matches("We have lost our neighbours tonight").count(), 2, "{variants}");
    let cut = desk.stdout(&["query", "who-cut-what", "-p", "words", "neighbours", "--csv"]);
    assert_eq!(cut.matches("We [-have-] lost [-our-] neighbours tonight").count(), 2, "{cut}");
}

#[test]
fn the_samples_meet_over_offices_and_split_words() {
    let folder = Folder::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles");
    folder.copydesk(["import", samples]).assert().success();
    let told = |query: &[&str]| {
        let out = folder.copydesk(query).assert().success().get_output().stdout.clone();
        String::from_utf8(out).expect("UTF-8")
    };
    let variants = told(&["query", "quote-variants", "--csv"]);
    assert_eq!(variants.matches("business like").count(), 2, "the US president is Obama: {variants}");
    let disagreements = told(&["query", "disagreements", "--csv"]);
    assert!(disagreements.contains("some 35 minutes") && disagreements.contains("half an hour"));
    for none in ["two days,", "one night,", "Nine weeks,", "two sides,"] {
        assert!(!disagreements.contains(none), "{none} is no length and no count: {disagreements}");
    }
}

#[test]
fn figures_are_found_by_plural_and_by_what_befell() {
    let desk = Desk::ferry();
    for (thing, rows) in [
        ("deaths", 4),
        ("killed", 4),
        ("people", 0),
        ("person", 4),
        ("minutes", 2),
        ("min", 2),
        ("rescue", 2),
    ] {
        let csv = desk.stdout(&["query", "figures-about", "-p", "thing", thing, "--csv"]);
        assert_eq!(csv.lines().count() - 1, rows, "{thing}: {csv}");
    }
}

#[test]
fn text_is_no_pattern() {
    let desk = Desk::ferry();
    for name in ["%", "_", "*", "'", "a'--"] {
        let csv = desk.stdout(&["query", "quotes-of", "-p", "speaker", name, "--csv"]);
        assert_eq!(csv.lines().count(), 1, "{name} finds nobody: {csv}");
    }
}

#[test]
fn harm_is_shown_and_kept() {
    let desk = Desk::ferry();
    let sql = "SELECT text FROM articles WHERE id = 3";
    let table = desk.stdout(&["sql", sql]);
    assert!(table.contains("␛[2J␇<U+009B>31m<U+202E>"), "{table}");
    assert!(desk.stdout(&["sql", sql, "--csv"]).contains(crate::desk::HARM), "CSV keeps the data");
    let json: serde_json::Value = serde_json::from_str(&desk.stdout(&["sql", sql, "--json"])).unwrap();
    assert!(json[0]["text"].as_str().unwrap().contains(crate::desk::HARM), "JSON keeps the data");
}

#[test]
fn an_empty_answer_tells_of_names_that_nobody_bears() {
    let desk = Desk::ferry();
    for (args, want) in [
        (
            &["query", "who-said-what", "-p", "speaker", "vael"][..],
            "no speaker holds 'vael'; did you mean Vale?",
        ),
        (
            &["query", "articles-by-date", "-p", "outlet", "Harbor"],
            "no outlet holds 'Harbor'; did you mean Harbour",
        ),
        (&["query", "places", "-p", "country", "XX"], "no country holds 'XX'"),
    ] {
        let (told, code) = desk.complaint(args);
        assert!(told.contains(want), "{args:?}: {told}");
        assert_eq!(code, 0, "an empty answer is an answer");
    }
    let (told, _) =
        desk.complaint(&["query", "who-said-what", "-p", "speaker", "vale", "-p", "words", "xyz"]);
    assert!(!told.contains("no speaker"), "{told}");
}

/// What all articles name does not tell which of them are of one event.
#[test]
fn disagreements_are_of_articles_that_share_rare_names() {
    let desk = Desk::ferry();
    let cases = |more: &[&str]| {
        let output = desk.run(&[&["query", "disagreements", "--csv"], more].concat());
        assert_eq!(output.status.code(), Some(if more.contains(&"most") { 3 } else { 0 }), "{more:?}");
        let csv = String::from_utf8(output.stdout).unwrap();
        csv.lines().skip(1).filter_map(|line| line.split(',').next()?.parse().ok()).max().unwrap_or(0)
    };
    assert_eq!(cases(&[]), 2);
    assert_eq!(cases(&["-p", "rare", "1"]), 0, "every name stands in several articles");
    assert_eq!(cases(&["-p", "articles", "1"]), 2, "the newest article is compared with all others");
    assert_eq!(cases(&["-p", "articles", "0"]), 2, "0 is all");
    assert_eq!(cases(&["-p", "most", "1"]), 1);
    assert_eq!(cases(&["-p", "thing", "DEATHS"]), 1, "in whatever case, singular or plural");
}

/// What was not looked at is said with the answer, where there is such.
#[test]
fn disagreements_say_how_many_articles_were_compared() {
    let desk = Desk::ferry();
    let told = |more: &[&str]| desk.complaint(&[&["query", "disagreements"], more].concat()).0;
    let note = "only the newest 2 of 4 articles were compared with the others (-p articles 0 for every one)";
    assert!(told(&["-p", "articles", "2"]).contains(note), "{}", told(&["-p", "articles", "2"]));
    for whole in [&[][..], &["-p", "articles", "4"], &["-p", "articles", "0"]] {
        assert!(!told(whole).contains("only the newest"), "{whole:?}");
    }
    let of_deaths = told(&["-p", "articles", "1", "-p", "thing", "deaths"]);
    assert!(of_deaths.contains(" articles with such a figure were compared"), "{of_deaths}");
    desk.stdout(&["export", "disagreements", "-p", "articles", "2", "--to", "out"]);
    let receipt = std::fs::read_to_string(desk.folder.path("out/datapackage.json")).unwrap();
    let receipt: serde_json::Value = serde_json::from_str(&receipt).unwrap();
    assert_eq!(receipt["resources"][0]["note"], note);
    assert_eq!(receipt["resources"][0]["isWhole"], true);
}

/// A name that stands in a credit alone is named by no words of the text.
#[test]
fn mentions_are_of_names_in_the_text() {
    let folder = Folder::new();
    for n in 0..3 {
        let text =
            format!("Ferry {n} sinks\n\nAna Bell spoke in Leeds.\n\nA ferry on June 5, 2012. (AFP photo)\n");
        folder.write(&format!("in/{n}.txt"), &text);
    }
    folder.copydesk(["import", "in"]).assert().success();
    let out = folder.copydesk(["query", "mentions-of", "-p", "most", "2", "--csv"]).assert().code(3);
    let csv = String::from_utf8(out.get_output().stdout.clone()).unwrap();
    assert_eq!(csv.lines().count(), 3, "{csv}");
}

#[test]
fn who_said_what_takes_speaker_and_words_together() {
    let desk = Desk::ferry();
    let ask = |speaker, words| {
        desk.stdout(&["query", "who-said-what", "-p", "speaker", speaker, "-p", "words", words, "--csv"])
    };
    assert_eq!(ask("vale", "lost neighbours").lines().count(), 3);
    assert_eq!(ask("kern", "lost neighbours").lines().count(), 1);
}
