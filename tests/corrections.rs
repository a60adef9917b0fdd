//! A person's last word: corrections are applied at once, survive all that comes after, and can be taken back.

use std::fs;

use copydesk::store::Archive;
use rusqlite::Connection;

use crate::archive::Folder;
use crate::content::{assert_same, content};

const LIMA: &str = "Flood in Lima\n\nAt least 12 people died in Lima, Ruth Okonjo said.\n\n“The river came at night,” she said. Mercury Holdings paid 3,000 workers.\n";
const QUITO: &str = "Storm in Quito\n\nRuth Okonjo flew to Quito with Pedro Salas. “We are late,” Okonjo said.\n\nSome 12 people were hurt; 12 people fled.\n";
const CUSCO: &str = "Fog in Cusco\n\nR. Okonjo spoke in Cusco. “Fog is fog,” said Okonjo.\n";

fn desk() -> Folder {
    let folder = Folder::new();
    for (name, text) in [("lima", LIMA), ("quito", QUITO), ("cusco", CUSCO)] {
        folder.write(&format!("in/{name}.txt"), text);
    }
    run(&folder, &["import", "in"]);
    folder
}

#[track_caller]
fn run(folder: &Folder, args: &[&str]) -> String {
    let output = folder.copydesk(args).env("COPYDESK_AUTHOR", "ada").output().expect("runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[track_caller]
fn fails(folder: &Folder, args: &[&str], code: i32) -> String {
    let output = folder.copydesk(args).env("COPYDESK_AUTHOR", "ada").output().expect("runs");
    assert_eq!(output.status.code(), Some(code), "{args:?}");
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The first column of all rows, between bars.
#[track_caller]
fn ask(folder: &Folder, sql: &str) -> String {
    let archive = Archive::open_read_only(&folder.archive()).expect("opens");
    let mut statement = archive.connection().prepare(sql).expect("good SQL");
    let rows = statement
        .query_map([], |row| {
            Ok(match row.get_ref(0)? {
                rusqlite::types::ValueRef::Null => "NULL".to_owned(),
                rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                rusqlite::types::ValueRef::Real(n) => n.to_string(),
                other => other.as_str().unwrap_or("?").to_owned(),
            })
        })
        .expect("rows");
    rows.map(|row| row.expect("a cell")).collect::<Vec<_>>().join("|")
}

fn quote_id(folder: &Folder, said: &str) -> String {
    ask(folder, &format!("SELECT id FROM quotes WHERE said LIKE '%{said}%' AND kind = 'direct'"))
}

#[track_caller]
fn sound(folder: &Folder) {
    run(folder, &["check"]);
}

/// Everything that the tests below say of one archive, so that it can be said again after a re-import.
#[track_caller]
fn corrected(folder: &Folder) {
    assert_eq!(ask(folder, "SELECT speaker FROM quotes_full WHERE said LIKE 'Fog is fog%'"), "Pedro Salas");
    assert_eq!(ask(folder, "SELECT corrected FROM quotes_full WHERE said LIKE 'Fog is fog%'"), "speaker");
    assert_eq!(ask(folder, "SELECT count(*) FROM quotes WHERE said LIKE 'The river%'"), "0");
    assert_eq!(
        ask(
            folder,
            "SELECT value FROM figures_full WHERE source LIKE '%quito%' AND value > 10 ORDER BY start"
        ),
        "12|13"
    );
    assert_eq!(ask(folder, "SELECT bound FROM figures WHERE value = 13"), "at_least");
    assert_eq!(ask(folder, "SELECT published FROM articles WHERE source LIKE '%lima%'"), "2020-03-01");
    assert_eq!(ask(folder, "SELECT articles FROM entities_full WHERE name = 'Ruth Okonjo'"), "3");
    assert_eq!(ask(folder, "SELECT count(*) FROM entities WHERE name IN ('Quito', 'R. Okonjo')"), "0");
    assert_eq!(ask(folder, "SELECT DISTINCT state FROM corrections_full"), "applied");
    sound(folder);
}

fn correct(folder: &Folder) {
    run(folder, &["correct", "quote", &quote_id(folder, "Fog is fog"), "speaker=Pedro Salas"]);
    run(folder, &["correct", "quote", &quote_id(folder, "The river"), "drop"]);
    let second = ask(folder, "SELECT max(id) FROM figures_full WHERE source LIKE '%quito%'");
    run(
        folder,
        &["correct", "figure", &second, "value=13", "bound=at_least", "--note", "the ministry says so"],
    );
    run(folder, &["correct", "article", "in/lima.txt", "published=2020-03-01"]);
    run(folder, &["entity", "merge", "R. Okonjo", "Ruth Okonjo"]);
    run(folder, &["entity", "drop", "Quito"]);
}

#[test]
fn corrections_hold_at_once_and_after_reimports() {
    let folder = desk();
    let kept = ask(&folder, "SELECT id FROM quotes WHERE said LIKE 'We are late%'");
    correct(&folder);
    corrected(&folder);
    assert_eq!(ask(&folder, "SELECT id FROM quotes WHERE said LIKE 'We are late%'"), kept);
    assert!(run(&folder, &["import", "in"]).contains("nothing changed"));
    corrected(&folder);
    // The text around the words changes, and moves them.
    for (name, text) in [("lima", LIMA), ("quito", QUITO), ("cusco", CUSCO)] {
        folder.write(&format!("in/{name}.txt"), text.replace("\n\n", "\n\nIt rained all day.\n\n"));
    }
    run(&folder, &["import", "in"]);
    assert_eq!(ask(&folder, "SELECT DISTINCT revision FROM articles"), "2");
    corrected(&folder);
    // Newer extractors read everything again.
    Connection::open(folder.archive())
        .unwrap()
        .execute("UPDATE articles SET extractor_version = 0", [])
        .unwrap();
    run(&folder, &["import", "in"]);
    corrected(&folder);
}

#[test]
fn the_order_of_imports_and_corrections_does_not_show() {
    let folder = desk();
    correct(&folder);
    let csv = run(&folder, &["corrections", "export"]);
    folder.write("c.csv", csv);
    let first = content(&folder.archive());
    for order in [["cusco", "quito", "lima"], ["quito", "lima", "cusco"]] {
        fs::rename(folder.archive(), folder.path("old.db")).unwrap();
        run(&folder, &["import", &format!("in/{}.txt", order[0])]);
        // Not everything they are about is there yet.
        let told = fails(&folder, &["corrections", "import", "c.csv"], 3);
        assert!(told.contains("no article from this source"), "{told}");
        for name in &order[1..] {
            run(&folder, &["import", &format!("in/{name}.txt")]);
        }
        assert_same(&first, &content(&folder.archive()), &format!("{order:?}"));
        sound(&folder);
    }
}

#[test]
fn taken_back_all_is_as_the_extractors_say() {
    let folder = desk();
    let before = content(&folder.archive());
    correct(&folder);
    let ids = ask(&folder, "SELECT id FROM corrections");
    let ids: Vec<&str> = ids.split('|').collect();
    let told = run(&folder, &[&["corrections", "retire"], &ids[..]].concat());
    assert!(told.contains("is taken back"), "{told}");
    let after: Vec<String> =
        content(&folder.archive()).into_iter().filter(|line| !line.starts_with("corrections")).collect();
    assert_same(&before, &after, "corrected and taken back");
    assert_eq!(ask(&folder, "SELECT DISTINCT state FROM corrections_full"), "retired");
    fails(&folder, &["corrections", "retire", "999"], 2);
}

#[test]
fn what_fits_no_more_is_told_and_fits_again() {
    let folder = desk();
    correct(&folder);
    folder.write("in/cusco.txt", "Fog in Cusco\n\nNobody spoke in Cusco this time.\n");
    let told = run(&folder, &["import", "in"]);
    assert!(told.contains("2 corrections fit nothing"), "{told}");
    let listed = run(&folder, &["corrections", "list", "--state", "unfit"]);
    assert!(listed.contains("do not stand in the article's text"), "{listed}");
    let checked = folder.copydesk(["check"]).output().expect("runs");
    assert!(String::from_utf8_lossy(&checked.stderr).contains("2 corrections fit nothing"));
    assert!(checked.status.success(), "a correction that fits no more is no broken promise");
    folder.write("in/cusco.txt", CUSCO);
    let told = run(&folder, &["import", "in"]);
    assert!(!told.contains("fit nothing"), "{told}");
    corrected(&folder);
}

#[test]
fn corrections_hold_when_newer_extractors_read_kept_documents_and_what_they_do_not_find_is_told() {
    let folder = desk();
    correct(&folder);
    // The documents are all that is left, and older extractors found a figure that today's do not.
    fs::remove_dir_all(folder.path("in")).unwrap();
    Connection::open(folder.archive())
        .unwrap()
        .execute_batch(
            "UPDATE articles SET extractor_version = 0;
             UPDATE figures SET value = 99, bound = 'about' WHERE value = 13;
             UPDATE quotes SET speaker_id = NULL WHERE said LIKE 'Fog is fog%';
             INSERT INTO corrections (made_at, author, subject, source, anchor, occurrence, field, value)
             VALUES ('2020-01-01T00:00:00Z', 'ada', 'figure', 'in/cusco.txt', 'Fog', 1, 'value', '5');",
        )
        .unwrap();
    let told = run(&folder, &["reextract"]);
    assert!(told.starts_with("3 articles read again"), "{told}");
    assert!(told.contains("1 correction fits nothing"), "{told}");
    let unfit = ask(&folder, "SELECT anchor FROM corrections_full WHERE state = 'unfit'");
    assert_eq!(unfit, "Fog");
    run(&folder, &["corrections", "retire", &ask(&folder, "SELECT max(id) FROM corrections")]);
    assert_eq!(ask(&folder, "SELECT count(*) FROM corrections_full WHERE state = 'retired'"), "1");
    Connection::open(folder.archive())
        .unwrap()
        .execute("DELETE FROM corrections WHERE retired_at IS NOT NULL", [])
        .unwrap();
    corrected(&folder);
}

#[test]
fn of_two_that_contradict_each_other_the_later_holds() {
    let folder = desk();
    let quote = quote_id(&folder, "Fog is fog");
    run(&folder, &["correct", "quote", &quote, "speaker=Pedro Salas"]);
    run(&folder, &["correct", "quote", &quote, "speaker=Ruth Okonjo", "--author", "ben"]);
    assert_eq!(ask(&folder, "SELECT speaker FROM quotes_full WHERE said LIKE 'Fog is fog%'"), "Ruth Okonjo");
    assert_eq!(
        ask(&folder, "SELECT author || ' ' || state FROM corrections_full"),
        "ada overruled|ben applied"
    );
    let reason = ask(&folder, "SELECT reason FROM corrections_full WHERE author = 'ada'");
    assert!(reason.contains("overruled by correction 2 of ben"), "{reason}");
    run(&folder, &["corrections", "retire", "2"]);
    assert_eq!(ask(&folder, "SELECT speaker FROM quotes_full WHERE said LIKE 'Fog is fog%'"), "Pedro Salas");
    run(&folder, &["correct", "quote", &quote, "drop"]);
    assert_eq!(ask(&folder, "SELECT count(*) FROM quotes WHERE said LIKE 'Fog is fog%'"), "0");
    sound(&folder);
}

#[test]
fn entities_are_merged_split_renamed_and_retyped() {
    let folder = desk();
    let ruth = ask(&folder, "SELECT id FROM entities WHERE name = 'Ruth Okonjo'");
    run(&folder, &["entity", "split", "Ruth Okonjo", "--article", "in/quito.txt"]);
    assert_eq!(
        ask(&folder, "SELECT source FROM mentions_full WHERE entity = 'Ruth Okonjo (2)' LIMIT 1"),
        "in/quito.txt"
    );
    assert_eq!(
        ask(&folder, "SELECT id FROM entities WHERE name = 'Ruth Okonjo'"),
        ruth,
        "who stays keeps the id"
    );
    run(&folder, &["entity", "rename", "Ruth Okonjo (2)", "Ruth Okonjo (mayor)"]);
    assert!(run(&folder, &["entity", "show", "Ruth Okonjo (mayor)"]).contains("Storm in Quito"));
    let told = fails(&folder, &["entity", "show", "Ruth Okonjo"], 2);
    assert!(told.contains("names several") && told.contains("Ruth Okonjo (mayor) (person"), "{told}");
    run(&folder, &["entity", "kind", "Mercury Holdings", "event"]);
    assert_eq!(ask(&folder, "SELECT kind FROM entities WHERE name = 'Mercury Holdings'"), "event");
    assert_eq!(ask(&folder, "SELECT DISTINCT kind FROM mentions WHERE text = 'Mercury Holdings'"), "event");
    run(&folder, &["entity", "drop", "Lima", "--in", "in/lima.txt"]);
    assert_eq!(ask(&folder, "SELECT count(*) FROM mentions WHERE text = 'Lima'"), "0");
    sound(&folder);
}

#[test]
fn who_is_renamed_keeps_the_id() {
    let folder = desk();
    let id = |name: &str| ask(&folder, &format!("SELECT id FROM entities WHERE name = '{name}'"));
    let (ruth, mercury) = (id("Ruth Okonjo"), id("Mercury Holdings"));
    run(&folder, &["entity", "rename", "Ruth Okonjo", "Ann Vale"]);
    assert_eq!(id("Ann Vale"), ruth);
    assert_eq!(
        ask(&folder, "SELECT surname || ' ' || key FROM entities WHERE name = 'Ann Vale'"),
        "vale ann vale"
    );
    sound(&folder);
    run(&folder, &["entity", "kind", "Mercury Holdings", "event"]);
    assert_eq!(id("Mercury Holdings"), mercury);
    run(&folder, &["corrections", "retire", "1", "2"]);
    assert_eq!(ask(&folder, "SELECT articles FROM entities_full WHERE name = 'Ruth Okonjo'"), "2");
    sound(&folder);
    // Somebody of that name is there already: they become one, whose id is kept.
    let pedro = id("Pedro Salas");
    run(&folder, &["entity", "rename", "Ruth Okonjo", "Pedro Salas"]);
    assert_eq!((id("Pedro Salas"), id("Ruth Okonjo").as_str()), (pedro.clone(), ""));
    run(&folder, &["corrections", "retire", "3"]);
    assert_eq!(id("Pedro Salas"), pedro);
    sound(&folder);
}

#[test]
fn a_speaker_whom_the_article_does_not_name_is_credited() {
    let folder = desk();
    run(&folder, &["correct", "quote", &quote_id(&folder, "We are late"), "speaker=Ana Mota"]);
    assert_eq!(ask(&folder, "SELECT speaker FROM quotes_full WHERE said LIKE 'We are late%'"), "Ana Mota");
    run(&folder, &["correct", "quote", &quote_id(&folder, "We are late"), "speaker="]);
    assert_eq!(
        ask(&folder, "SELECT unattributed FROM quotes WHERE said LIKE 'We are late%'"),
        "a person's correction"
    );
    assert_eq!(ask(&folder, "SELECT count(*) FROM entities WHERE name = 'Ana Mota'"), "0");
    sound(&folder);
}

#[test]
fn corrections_go_to_a_sheet_and_back_unchanged() {
    let folder = desk();
    correct(&folder);
    let before = content(&folder.archive());
    let csv = run(&folder, &["corrections", "export"]);
    folder.write("c.csv", &csv);
    let told = run(&folder, &["corrections", "import", "c.csv"]);
    assert!(told.starts_with("6 rows: 0 new, 6 known") || told.contains(" 0 new,"), "{told}");
    assert_same(&before, &content(&folder.archive()), "imported again");
    // Edited: another speaker. Then one row taken back.
    folder.write("c.csv", csv.replace("Pedro Salas", "Ruth Okonjo"));
    assert!(run(&folder, &["corrections", "import", "c.csv"]).contains(" 1 new,"));
    assert_eq!(ask(&folder, "SELECT speaker FROM quotes_full WHERE said LIKE 'Fog is fog%'"), "Ruth Okonjo");
    assert!(run(&folder, &["corrections", "import", "c.csv"]).contains(" 0 new,"), "doubled");
}

#[test]
fn bad_rows_are_told_with_their_line_and_good_ones_kept() {
    let folder = desk();
    let rows = "subject,source,anchor,occurrence,field,value\n\
        entity,,Quito,,drop,\n\
        quote,in/lima.txt,nothing like it,1,drop,\n\
        headline,in/lima.txt,x,1,title,y\n\
        quote,,The river came at night,1,drop,\n\
        figure,in/lima.txt,12,zero,value,13\n\
        figure,in/lima.txt,12,1,value,=1+1\n\
        entity,,Nobody Known,1,drop,\n\
        entity,,person:Nobody Known,1,drop,\n\
        quote,in/lima.txt,,1,drop,\n\
        article,in/lima.txt,,1,colour,red\n";
    folder.write("c.csv", rows);
    let told = fails(&folder, &["corrections", "import", "c.csv"], 3);
    for line in ["line 4: ", "line 5: ", "line 6: ", "line 7: ", "line 8: ", "line 10: ", "line 11: "] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    for words in
        ["name its source", "a number", "person:Nobody Known", "anchor is empty", "title, byline", "3 new"]
    {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert_eq!(ask(&folder, "SELECT state FROM corrections_full ORDER BY id"), "applied|unfit|unfit");
    folder.write("c.csv", "a,b\n1,2\n");
    assert!(fails(&folder, &["corrections", "import", "c.csv"], 1).contains("no column 'subject'"));
    folder.write("c.csv", b"subject,anchor,field,value\n\xff\xfe");
    assert!(fails(&folder, &["corrections", "import", "c.csv"], 1).contains("UTF-8"));
}

#[test]
fn wrong_usage_says_what_is_right() {
    let folder = desk();
    let quote = quote_id(&folder, "Fog is fog");
    for (args, words) in [
        (vec!["correct", "quote", &quote, "tone=loud"], "speaker, kind"),
        (vec!["correct", "quote", &quote, "speaker"], "speaker=VALUE"),
        (vec!["correct", "article", "in/lima.txt", "published=Sunday"], "2016-09-04"),
        (vec!["entity", "kind", "Lima", "river"], "organization"),
        (vec!["entity", "merge", "Lima", "Lima"], "is one already"),
    ] {
        assert!(fails(&folder, &args, 2).contains(words), "{args:?}");
    }
    for args in [vec!["correct", "quote", "9999", "drop"], vec!["entity", "show", "Nobody Known"]] {
        assert!(fails(&folder, &args, 2).contains("has no"), "{args:?}");
    }
    let mistyped = fails(&folder, &["entity", "merge", "Lima", "Pedor Salas"], 2);
    assert!(mistyped.contains("did you mean Pedro Salas?"), "{mistyped}");
    assert_eq!(ask(&folder, "SELECT count(*) FROM corrections"), "0");
}

const PLAYER: &str = "Cup\n\nMidfielder Tom Hallam scored twice for Eastport on Saturday.\n";
const SENATOR: &str = "Bill\n\nSenator Tom Hallam opposed the bill with Ruth Okonjo-Vale.\n";
const SILENT: &str = "Visit\n\nTom Hallam came to the harbour with Ruth Okonjo-Vale on Monday.\n";

#[test]
fn namesakes_are_two_rows_whatever_the_order_until_a_person_says_otherwise() {
    let mut first = None;
    for order in
        [["player", "senator", "silent"], ["silent", "senator", "player"], ["senator", "player", "silent"]]
    {
        let folder = Folder::new();
        for (name, text) in [("player", PLAYER), ("senator", SENATOR), ("silent", SILENT)] {
            folder.write(&format!("in/{name}.txt"), text);
        }
        for name in order {
            run(&folder, &["import", &format!("in/{name}.txt")]);
        }
        let rows = "SELECT key || ' ' || articles FROM entities_full WHERE name = 'Tom Hallam' ORDER BY key";
        assert_eq!(ask(&folder, rows), "tom hallam 2|tom hallam (sport) 1", "{order:?}");
        let told = run(&folder, &["entity", "show", "Tom Hallam (sport)"]);
        assert!(told.contains("sport here, office there; no company in common"), "{told}");
        sound(&folder);
        let all = content(&folder.archive());
        assert_same(first.get_or_insert_with(|| all.clone()), &all, &format!("{order:?}"));
        let player = ask(&folder, "SELECT id FROM entities WHERE key = 'tom hallam (sport)'");
        run(&folder, &["entity", "rename", &player, "Tommy Hallam"]);
        assert_eq!(ask(&folder, rows), "tom hallam 2");
        run(&folder, &["corrections", "retire", "1"]);
        let senator = ask(&folder, "SELECT id FROM entities WHERE key = 'tom hallam'");
        run(&folder, &["entity", "merge", "Tom Hallam (sport)", &senator]);
        assert_eq!(ask(&folder, rows), "tom hallam 3");
        sound(&folder);
        run(&folder, &["corrections", "retire", "2"]);
        assert_eq!(ask(&folder, rows), "tom hallam 2|tom hallam (sport) 1");
        sound(&folder);
    }
}

/// Whatever it was edited to: a value that sorts before the old one overrules it as one behind does.
#[test]
fn an_edited_row_overrules_the_old_one_and_is_the_editors() {
    for value in ["9", "99"] {
        let folder = desk();
        let id = ask(&folder, "SELECT id FROM figures WHERE text LIKE '%3,000%'");
        run(&folder, &["correct", "figure", &id, "value=50"]);
        run(&folder, &["corrections", "export", "-o", "c.csv"]);
        let csv = fs::read_to_string(folder.path("c.csv")).expect("text");
        folder.write("c.csv", csv.replace(",50,", &format!(",{value},")));
        for told in [" 1 new,", " 0 new,"] {
            assert!(
                run(&folder, &["corrections", "import", "c.csv", "--author", "bob"]).contains(told),
                "{value}"
            );
            assert_eq!(ask(&folder, &format!("SELECT value FROM figures WHERE id = {id}")), value);
        }
        let authors = "SELECT author || ' ' || value FROM corrections ORDER BY id";
        assert_eq!(ask(&folder, authors), format!("ada 50|bob {value}"));
    }
}

#[test]
fn of_corrections_made_at_once_all_are_or_none_is() {
    let folder = desk();
    let id = ask(&folder, "SELECT id FROM figures WHERE text LIKE '%3,000%'");
    for wrong in ["bogus=3", "bound=wrongbound"] {
        fails(&folder, &["correct", "figure", &id, "value=50", wrong], 2);
        assert_eq!(ask(&folder, "SELECT count(*) FROM corrections"), "0", "{wrong}");
    }
}

const CRIES: &str = "Gate left open\n\nPedro Salas was at the gate. “Stop,” Salas cried as the lorry came near.\n\nAt the pier Ruth Okonjo saw the ferry leave. “Stop,” Okonjo shouted at its pilot.\n";

/// The same words once more, further up, are another's.
#[test]
fn a_correction_stays_with_its_words_when_a_revision_has_them_once_more() {
    let folder = Folder::new();
    folder.write("in/cries.txt", CRIES);
    run(&folder, &["import", "in"]);
    let id = ask(&folder, "SELECT max(id) FROM quotes WHERE said LIKE 'Stop%'");
    run(&folder, &["correct", "quote", &id, "speaker=Jonas Brandt", "utterance="]);
    let speakers =
        "SELECT group_concat(speaker, ', ' ORDER BY start) FROM quotes_full WHERE said LIKE 'Stop%'";
    assert_eq!(ask(&folder, speakers), "Pedro Salas, Jonas Brandt");
    let more = "Gate left open\n\nMary Lamb stood on the bridge. “Stop,” Lamb called to the rowers.\n\n";
    let rest = CRIES.split_once("\n\n").expect("a headline").1;
    folder.write("in/cries.txt", format!("{more}{rest}"));
    run(&folder, &["import", "in"]);
    assert_eq!(ask(&folder, speakers), "Mary Lamb, Pedro Salas, Jonas Brandt");
    // A comma that moves out of the marks takes nothing along, and the list makes it all again elsewhere.
    folder.write("in/cries.txt", format!("{more}{rest}").replace(",”", "”,"));
    run(&folder, &["import", "in"]);
    assert_eq!(ask(&folder, speakers), "Mary Lamb, Pedro Salas, Jonas Brandt");
    assert_eq!(ask(&folder, "SELECT group_concat(DISTINCT state) FROM corrections_full"), "applied");
    let csv = run(&folder, &["corrections", "export"]);
    run(&folder, &["import", "in", "--archive", "other.db"]);
    folder.write("c.csv", csv);
    run(&folder, &["corrections", "import", "c.csv", "--archive", "other.db"]);
    let other = Connection::open(folder.path("other.db")).expect("opens");
    let again: String = other.query_row(speakers, [], |row| row.get(0)).expect("a row");
    assert_eq!(again, "Mary Lamb, Pedro Salas, Jonas Brandt");
}
