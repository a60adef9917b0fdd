//! Surnames that stand alone, where several people of the archive bear them: company tells whom they mean.

use proptest::prelude::*;
use rusqlite::Connection;

use crate::archive::Folder;
use crate::content::{assert_same, content};

const UNION: &str = "Strike\n\nPedro Malva of the Harbour Union spoke on Sunday.\n";
const BANK: &str = "Rates\n\nCarla Malva of the Tarn Savings Bank spoke on Sunday.\n";
const TALKS: &str = "Talks\n\nMr. Malva said on Monday that the Harbour Union would wait.\n";
const RAIN: &str = "Rain\n\nMr. Malva said on Monday that it would rain.\n";

#[track_caller]
fn import(folder: &Folder, names: &[&str]) {
    let paths = names.iter().map(|name| format!("in/{name}.txt"));
    folder.copydesk(std::iter::once("import".to_owned()).chain(paths)).assert().success();
}

/// Whom "Malva" means in an article, and why.
#[track_caller]
fn meant(folder: &Folder, name: &str) -> (String, Option<String>) {
    let sql = "SELECT e.name, s.why FROM article_entities n
               JOIN entities e ON e.id = n.entity_id JOIN articles a ON a.id = n.article_id
               LEFT JOIN senses s ON s.article_entity_id = n.id
               WHERE n.name = 'Malva' AND a.source = ?1";
    let connection = Connection::open(folder.archive()).expect("opens");
    connection
        .query_row(sql, [format!("in/{name}.txt")], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("one row")
}

#[test]
fn company_tells_whatever_the_order_and_only_while_one_keeps_it() {
    let mut first = None;
    for order in [
        ["union", "bank", "talks", "rain"],
        ["talks", "rain", "bank", "union"],
        ["bank", "talks", "union", "rain"],
    ] {
        let folder = Folder::new();
        for (name, text) in [("union", UNION), ("bank", BANK), ("talks", TALKS), ("rain", RAIN)] {
            folder.write(&format!("in/{name}.txt"), text);
        }
        for name in order {
            import(&folder, &[name]);
        }
        let why = "of several of the surname the one in the same company: harbour union";
        assert_eq!(meant(&folder, "talks"), ("Pedro Malva".to_owned(), Some(why.to_owned())), "{order:?}");
        assert_eq!(meant(&folder, "rain"), ("Malva".to_owned(), None), "{order:?}");
        let all = content(&folder.archive());
        assert_same(first.get_or_insert_with(|| all.clone()), &all, &format!("{order:?}"));
        let told =
            folder.copydesk(["entity", "show", "Pedro Malva"]).assert().success().get_output().stdout.clone();
        let told = String::from_utf8_lossy(&told);
        assert!(told.contains(why), "{told}");
        folder.copydesk(["check"]).assert().success();

        // Both keep that company: it tells nothing any more, until one leaves it.
        folder.write("in/bank.txt", BANK.replace("the Tarn", "the Harbour Union and the Tarn"));
        import(&folder, &["bank"]);
        assert_eq!(meant(&folder, "talks"), ("Malva".to_owned(), None), "{order:?}");
        folder.copydesk(["check"]).assert().success();
        folder.write("in/bank.txt", BANK);
        import(&folder, &["bank"]);
        assert_eq!(meant(&folder, "talks").0, "Pedro Malva", "{order:?}");

        // One bearer alone needs no company, and loses nobody.
        folder.write("in/bank.txt", "Rates\n\nThe bank said nothing.\n");
        import(&folder, &["bank"]);
        for name in ["talks", "rain"] {
            assert_eq!(meant(&folder, name), ("Pedro Malva".to_owned(), None), "{order:?}");
        }
        folder.copydesk(["check"]).assert().success();
    }
}

/// Nobody is told by company where a surname stands alone in more articles than an import may look at.
#[test]
fn company_tells_only_while_a_surname_stands_alone_in_few_articles() {
    let folder = Folder::new();
    for (name, text) in [("union", UNION), ("bank", BANK), ("talks", TALKS)] {
        folder.write(&format!("in/{name}.txt"), text);
    }
    let rain = |n: u32| format!("Rain {n}\n\nMr. Malva said on Monday that it would rain for {n} days.\n");
    let pedro = "Pedro Malva".to_owned();
    for (articles, whom) in
        [(199, &pedro), (200, &"Malva".to_owned()), (199, &pedro), (203, &"Malva".to_owned())]
    {
        for n in 0..204 {
            let text = if n < articles { rain(n) } else { format!("Rain {n}\n\nIt rained for {n} days.\n") };
            folder.write(&format!("in/{n}.txt"), text);
        }
        import(&folder, &["talks"]);
        folder.copydesk(["import", "in"]).assert().success();
        assert_eq!(meant(&folder, "talks").0, *whom, "{articles}");
        folder.copydesk(["check"]).assert().success();
    }
}

#[test]
fn company_tells_only_while_few_articles_name_a_bearer() {
    let folder = Folder::new();
    for n in 0..100 {
        folder.write(&format!("in/union{n}.txt"), UNION.replace("Strike", &format!("Strike {n}")));
        folder.write(&format!("in/bank{n}.txt"), BANK.replace("Rates", &format!("Rates {n}")));
    }
    folder.write("in/talks.txt", TALKS);
    folder.copydesk(["import", "in"]).assert().success();
    assert_eq!(meant(&folder, "talks").0, "Pedro Malva");
    // In nobody's company.
    for (text, whom) in
        [("Pedro Malva spoke", "Malva"), ("It rained", "Pedro Malva"), ("Pedro Malva sang", "Malva")]
    {
        folder.write("in/note.txt", format!("Note\n\n{text} on Sunday.\n"));
        import(&folder, &["note"]);
        assert_eq!(meant(&folder, "talks").0, whom, "{text}");
        folder.copydesk(["check"]).assert().success();
    }
}

/// What a person called somebody has a surname as well, which the articles' own words do not.
#[test]
fn surnames_meet_over_the_names_that_a_person_gave() {
    let head = "subject,source,anchor,occurrence,field,value,note,author,made_at,retired_at,state,reason\r\n";
    let entity = |source: &str, anchor: &str, field: &str, value: &str| {
        format!("entity,{source},{anchor},1,{field},{value},,me,2026-01-01T00:00:00.000Z,,,\r\n")
    };
    let renamed = entity("", "person:Jon Malvo", "name", "Jon Malva");
    for (carla, more, whom) in [
        (true, String::new(), "Jon Malva"),
        (true, entity("in/jon.txt", "Harbour Union", "drop", ""), "Malva"),
        (false, entity("", "person:Jon Malvo", "name", "Jon Malve"), "Malva"),
    ] {
        let folder = Folder::new();
        folder.write("in/jon.txt", UNION.replace("Pedro Malva", "Jon Malvo"));
        folder.write("in/talks.txt", TALKS);
        if carla {
            folder.write("in/bank.txt", BANK);
        }
        folder.copydesk(["import", "in"]).assert().success();
        folder.write("corrections.csv", [head, &renamed, &more].concat());
        let told = folder.copydesk(["corrections", "import", "corrections.csv"]).assert().success();
        folder.copydesk(["check"]).assert().success();
        assert_eq!(meant(&folder, "talks").0, whom, "{more} {:?}", told.get_output());
    }
}

/// Names that meet in every way: surnames of one, of several and of nobody, namesakes, one name written in two
/// ways, in company and without.
const MEETING: &[&str] = &[
    UNION,
    BANK,
    TALKS,
    RAIN,
    "Cup\n\nMidfielder Tom Hallam scored twice for Eastport on Saturday.\n",
    "Bill\n\nSenator Tom Hallam opposed the bill with Ruth Okonjo-Vale.\n",
    "Visit\n\nTom Hallam came to the harbour with Ruth Okonjo-Vale on Monday.\n",
    "Snow\n\nMr. Hallam said on Monday that it would snow.\n",
    "Match\n\nMr. Hallam said on Monday that Eastport would win.\n",
    "Note\n\nPedro Malva spoke on Sunday.\n",
    "Play\n\nHelena Bonham-Carter spoke on Sunday.\n",
    "Film\n\nHelena Bonham Carter of the Tarn Savings Bank spoke on Sunday.\n",
    "Stage\n\nMs. Carter said on Monday that the Tarn Savings Bank would pay.\n",
    "Lead\n\nUrsula von der Leyen of the Harbour Union spoke on Sunday.\n",
    "Loan\n\nAnna von der Leyen of the Tarn Savings Bank spoke on Sunday.\n",
    "Wind\n\nMs. Leyen said on Monday that it would blow.\n",
    "Wait\n\nMs. von der Leyen said on Monday that the Harbour Union would wait.\n",
    "Calm\n\nIt rained on Sunday.\n",
];

/// Which row every name of every article is linked to, how that row is called, and why.
fn links(folder: &Folder) -> Vec<String> {
    let sql = "SELECT concat_ws(' | ', a.title, n.kind, n.name, e.key, e.name, e.surname, e.is_full, n.linked_by, s.why)
               FROM article_entities n
               JOIN entities e ON e.id = n.entity_id JOIN articles a ON a.id = n.article_id
               LEFT JOIN senses s ON s.article_entity_id = n.id
               ORDER BY 1";
    let connection = Connection::open(folder.archive()).expect("opens");
    let mut statement = connection.prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("texts")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Who is who depends on the articles alone, not on what they were before.
    #[test]
    fn articles_that_change_link_as_articles_that_did_not(
        changes in prop::collection::vec((0..7_usize, 0..MEETING.len()), 12),
    ) {
        let (changed, fresh) = (Folder::new(), Folder::new());
        for (file, text) in &changes {
            changed.write(&format!("in/{file}.txt"), MEETING[*text]);
            fresh.write(&format!("in/{file}.txt"), MEETING[*text]);
            changed.copydesk(["import", "in"]).assert().success();
        }
        fresh.copydesk(["import", "in"]).assert().success();
        prop_assert_eq!(links(&changed), links(&fresh));
        changed.copydesk(["check"]).assert().success();
        fresh.copydesk(["check"]).assert().success();
    }
}
