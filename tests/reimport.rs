//! Importing again: nothing changes unless something changed, and what changed keeps its past.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use copydesk::store::Archive;

use crate::archive::Folder;
use crate::articles::article;
use crate::content::{assert_same, content};
use crate::import::{counts, report};

fn number(archive: &Path, sql: &str) -> i64 {
    let archive = Archive::open_read_only(archive).expect("opens");
    archive.connection().query_row(sql, [], |row| row.get(0)).expect("a number")
}

fn text(archive: &Path, sql: &str) -> String {
    let archive = Archive::open_read_only(archive).expect("opens");
    archive.connection().query_row(sql, [], |row| row.get(0)).expect("a text")
}

/// Sets a file's time back, so that it is old enough to be trusted.
fn age(path: &Path) {
    let file = fs::File::options().append(true).open(path).expect("there");
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).expect("set");
}

fn twenty(folder: &Folder) {
    for n in 0..20 {
        age(&folder.write(&format!("in/{n:02}.txt"), article(n)));
    }
}

const TOLL: &str = "Flood in Lima\n\nAt least 12 people died in Lima, Ruth Okonjo said.\n\nShe said “the river came at night”.\n";

#[test]
fn a_second_import_writes_nothing_but_its_run() {
    let folder = Folder::new();
    twenty(&folder);
    report(&folder, &["in"]);
    let before = content(&folder.archive());
    let pages = number(&folder.archive(), "SELECT page_count FROM pragma_page_count");
    let again = report(&folder, &["in"]);
    assert_eq!(counts(&again), BTreeMap::from([("found", 20), ("unchanged", 20)]));
    assert_same(&before, &content(&folder.archive()), "a second import of the same files");
    assert_eq!(number(&folder.archive(), "SELECT page_count FROM pragma_page_count"), pages);
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM runs"), 2);
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM sources WHERE run_id = 2"), 0);
    let told = folder.copydesk(["import", "in"]).assert().success().get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&told).contains("nothing changed"), "{told:?}");
}

#[test]
fn an_edit_in_the_second_of_the_import_is_seen() {
    let folder = Folder::new();
    let path = folder.write("in/a.txt", TOLL);
    let written = fs::metadata(&path).expect("there").modified().expect("a time");
    report(&folder, &["in"]);
    // Same size, same time: as an editor may leave it on a file system that counts in seconds.
    folder.write("in/a.txt", TOLL.replace("12", "15"));
    fs::File::options().append(true).open(&path).expect("there").set_modified(written).expect("set");
    assert_eq!(counts(&report(&folder, &["in"])), BTreeMap::from([("found", 1), ("changed", 1)]));
}

#[test]
fn a_file_that_was_only_touched_is_unchanged() {
    let folder = Folder::new();
    twenty(&folder);
    report(&folder, &["in"]);
    folder.write("in/03.txt", article(3));
    assert_eq!(counts(&report(&folder, &["in"])), BTreeMap::from([("found", 20), ("unchanged", 20)]));
}

#[test]
fn a_change_makes_a_revision_and_keeps_the_past() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    let archive = folder.archive();
    let id = number(&archive, "SELECT id FROM articles");
    let quote = number(&archive, "SELECT id FROM quotes WHERE said LIKE 'the river%'");
    let ruth = number(&archive, "SELECT id FROM entities WHERE name = 'Ruth Okonjo'");
    folder.write("in/a.txt", TOLL.replace("12 people", "15 people"));
    let changed = report(&folder, &["in"]);
    assert_eq!(counts(&changed), BTreeMap::from([("found", 1), ("changed", 1)]));
    assert_eq!(number(&archive, "SELECT id FROM articles WHERE revision = 2"), id);
    assert_eq!(number(&archive, "SELECT id FROM quotes WHERE said LIKE 'the river%'"), quote);
    assert_eq!(number(&archive, "SELECT id FROM entities WHERE name = 'Ruth Okonjo'"), ruth);
    assert_eq!(number(&archive, "SELECT count(*) FROM figures WHERE value = 15"), 1);
    assert_eq!(number(&archive, "SELECT count(*) FROM figures WHERE value = 12"), 0);
    assert!(text(&archive, "SELECT text FROM past_articles WHERE revision = 1").contains("12 people"));
    let past = "SELECT finding ->> 'value' FROM past_findings WHERE subject = 'figure'";
    assert_eq!(number(&archive, &format!("SELECT CAST(({past}) AS INTEGER)")), 12);
    assert_eq!(number(&archive, "SELECT count(*) FROM documents"), 2);
    // Back to what it was: a third revision, of bytes that the archive has.
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    assert_eq!(number(&archive, "SELECT revision FROM articles"), 3);
    assert_eq!(number(&archive, "SELECT count(*) FROM documents"), 2);
}

#[test]
fn a_new_share_button_is_no_change_of_the_article() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    let before = number(&folder.archive(), "SELECT document_id FROM articles");
    folder.write("in/a.txt", format!("{TOLL}\nShare on Facebook\n"));
    assert_eq!(counts(&report(&folder, &["in"])), BTreeMap::from([("found", 1), ("unchanged", 1)]));
    assert_eq!(number(&folder.archive(), "SELECT revision FROM articles"), 1);
    assert_ne!(number(&folder.archive(), "SELECT document_id FROM articles"), before);
    assert_eq!(counts(&report(&folder, &["in"])), BTreeMap::from([("found", 1), ("unchanged", 1)]));
}

#[test]
fn sources_of_the_same_bytes_part_when_one_changes_and_meet_again() {
    let folder = Folder::new();
    for name in ["a", "b", "c"] {
        folder.write(&format!("in/{name}.txt"), TOLL);
    }
    assert_eq!(
        counts(&report(&folder, &["in"])),
        BTreeMap::from([("found", 3), ("new", 1), ("duplicate", 2)])
    );
    let articles = "SELECT group_concat(source || ' ' || revision, ', ' ORDER BY source) FROM articles";
    assert_eq!(text(&folder.archive(), articles), "in/a.txt 1");
    folder.write("in/a.txt", TOLL.replace("12", "15"));
    assert_eq!(
        counts(&report(&folder, &["in"])),
        BTreeMap::from([("found", 3), ("changed", 1), ("unchanged", 2)])
    );
    assert_eq!(text(&folder.archive(), articles), "in/a.txt 2, in/b.txt 1");
    for name in ["b", "c"] {
        folder.write(&format!("in/{name}.txt"), TOLL.replace("12", "15"));
    }
    assert_eq!(
        counts(&report(&folder, &["in"])),
        BTreeMap::from([("found", 3), ("changed", 2), ("unchanged", 1)])
    );
    assert_eq!(text(&folder.archive(), articles), "in/a.txt 2");
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM past_articles"), 1);
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM sources"), 3);
}

#[test]
fn copies_that_only_furniture_parts_are_told_of_and_meet_again() {
    let folder = Folder::new();
    folder.write("in/a.txt", TOLL);
    folder.write("in/b.txt", TOLL);
    report(&folder, &["in"]);
    let shared = format!("{TOLL}\nShare on Facebook\n");
    for copy in ["in/b.txt", "in/a.txt"] {
        // Other bytes are another article, as they are to a first import: so something changed.
        folder.write(copy, &shared);
        let foretold = report(&folder, &["--dry-run", "in"]);
        let parted = report(&folder, &["in"]);
        assert_eq!(counts(&parted), BTreeMap::from([("found", 2), ("changed", 1), ("unchanged", 1)]));
        assert_eq!(counts(&foretold), counts(&parted));
        assert_eq!(
            number(&folder.archive(), "SELECT count(*) FROM articles"),
            1 + i64::from(copy == "in/b.txt")
        );
    }
    // It never said anything else, and kept its row.
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM past_articles"), 0);
    assert_eq!(number(&folder.archive(), "SELECT revision FROM articles WHERE source = 'in/a.txt'"), 1);
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM changes"), 0);
    folder.write("in/a.txt", TOLL);
    folder.write("in/b.txt", TOLL);
    assert_eq!(counts(&report(&folder, &["in"]))["changed"], 2);
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM articles WHERE revision = 1"), 1);
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn a_file_that_comes_back_is_read_where_its_copy_went_on_without_it() {
    let folder = Folder::new();
    age(&folder.write("in/a.txt", TOLL));
    age(&folder.write("in/b.txt", TOLL));
    report(&folder, &["in"]);
    fs::rename(folder.path("in/b.txt"), folder.path("away.txt")).expect("moved");
    report(&folder, &["in"]);
    age(&folder.write("in/a.txt", TOLL.replace("12", "15")));
    report(&folder, &["in"]);
    // With the size and the time it had.
    fs::rename(folder.path("away.txt"), folder.path("in/b.txt")).expect("moved");
    report(&folder, &["in"]);
    let toll =
        "SELECT text FROM articles WHERE id = (SELECT article_id FROM sources WHERE source = 'in/b.txt')";
    assert!(text(&folder.archive(), toll).contains("At least 12 people"));
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn an_article_that_becomes_another_leaves_its_past_there() {
    let folder = Folder::new();
    folder.write("in/a.txt", article(1));
    folder.write("in/b.txt", article(2));
    report(&folder, &["in"]);
    folder.write("in/a.txt", article(2));
    assert_eq!(
        counts(&report(&folder, &["in"])),
        BTreeMap::from([("found", 2), ("changed", 1), ("unchanged", 1)])
    );
    let archive = folder.archive();
    assert_eq!(text(&archive, "SELECT group_concat(source) FROM articles"), "in/a.txt");
    assert_eq!(text(&archive, "SELECT text FROM past_articles").lines().next(), article(1).lines().next());
    assert_eq!(number(&archive, "SELECT revision FROM articles"), 2);
    assert!(number(&archive, "SELECT count(*) FROM past_findings WHERE subject = 'figure'") > 0);
}

#[test]
fn changes_in_another_order_leave_the_same_content() {
    let contents = [["x", "y"], ["y", "x"]].map(|order| {
        let folder = Folder::new();
        for n in 0..30 {
            folder.write(&format!("{}/{n}.txt", ["x", "y"][n % 2]), article(n / 3));
        }
        report(&folder, &["x", "y"]);
        for n in (0..30).step_by(4) {
            folder.write(&format!("{}/{n}.txt", ["x", "y"][n % 2]), article(n / 3 + 100));
        }
        report(&folder, &order);
        content(&folder.archive())
    });
    assert_same(&contents[0], &contents[1], "the same changes, found in another order");
}

#[test]
fn a_failed_reading_never_takes_an_article_away() {
    let folder = Folder::new();
    let path = folder.write("in/a.txt", TOLL);
    report(&folder, &["in"]);
    let before = content(&folder.archive());
    folder.write("in/a.txt", b"\xFF\xFE\x00");
    assert_eq!(counts(&report(&folder, &["in"])), BTreeMap::from([("found", 1), ("refused", 1)]));
    // The folder without its last document may be a disk that is not there.
    fs::remove_file(path).expect("there");
    assert_eq!(counts(&report(&folder, &["in"])), BTreeMap::from([("found", 1), ("failed", 1)]));
    assert_same(&before, &content(&folder.archive()), "an article whose file is gone");
}

#[test]
fn an_older_extractors_articles_are_read_again_in_place() {
    let folder = Folder::new();
    twenty(&folder);
    report(&folder, &["in"]);
    let before = content(&folder.archive());
    let ids = "SELECT group_concat(id || said) FROM (SELECT id, said FROM quotes ORDER BY id)";
    let quotes = text(&folder.archive(), ids);
    let archive = Archive::open_existing(&folder.archive()).expect("opens");
    archive
        .connection()
        .execute_batch(
            "UPDATE articles SET extractor_version = 0; UPDATE figures SET value = 7 WHERE id < 9;",
        )
        .expect("written");
    drop(archive);
    let again = report(&folder, &["in"]);
    assert_eq!(again["reextracted"], 20);
    assert_eq!(counts(&again), BTreeMap::from([("found", 20), ("unchanged", 20)]));
    let changes = "SELECT count(*) FROM changes WHERE subject = 'figure' AND before_value = 7";
    assert!(number(&folder.archive(), changes) > 0, "what the newer extractors read otherwise is not told");
    let after: Vec<String> =
        content(&folder.archive()).into_iter().filter(|line| !line.starts_with("changes\u{1f}")).collect();
    assert_same(&before, &after, "articles read again");
    assert_eq!(text(&folder.archive(), ids), quotes);
    assert_eq!(number(&folder.archive(), "SELECT max(revision) FROM articles"), 1);
}

#[test]
fn a_surname_joins_its_one_bearer_and_leaves_when_there_are_two() {
    let folder = Folder::new();
    let names = |folder: &Folder| {
        text(
            &folder.archive(),
            "SELECT group_concat(name, ', ') FROM (SELECT name FROM entities WHERE kind = 'person' ORDER BY name)",
        )
    };
    folder.write("in/1.txt", "Mr. Okonjo spoke in Lima on Sunday. “We will stay,” Mr. Okonjo said.\n");
    report(&folder, &["in"]);
    assert_eq!(names(&folder), "Okonjo");
    folder.write("in/2.txt", "Ruth Okonjo spoke in Lima on Sunday. “We will stay,” Ruth Okonjo said.\n");
    report(&folder, &["in"]);
    assert_eq!(names(&folder), "Ruth Okonjo");
    let ruth = number(&folder.archive(), "SELECT id FROM entities WHERE name = 'Ruth Okonjo'");
    folder.write("in/3.txt", "Daniel Okonjo spoke in Lima on Monday. “We will go,” Daniel Okonjo said.\n");
    report(&folder, &["in"]);
    assert_eq!(names(&folder), "Daniel Okonjo, Okonjo, Ruth Okonjo");
    folder.write("in/3.txt", "Rain fell in Lima on Monday.\n");
    report(&folder, &["in"]);
    assert_eq!(names(&folder), "Ruth Okonjo");
    assert_eq!(number(&folder.archive(), "SELECT id FROM entities WHERE name = 'Ruth Okonjo'"), ruth);
}

#[test]
fn a_row_goes_by_the_fullest_name_that_some_article_still_has() {
    let folder = Folder::new();
    let article =
        |name: &str, day: u32| format!("{name} spoke in Lima on {day} May. “We will stay,” {name} said.\n");
    let name = |folder: &Folder| text(&folder.archive(), "SELECT name FROM entities WHERE kind = 'person'");
    folder.write("in/1.txt", article("Mehmet Dagli", 1));
    folder.write("in/2.txt", article("Mehmet Dağlı", 2));
    folder.write("in/3.txt", article("Mehmet Dağlı", 3));
    report(&folder, &["in"]);
    assert_eq!(name(&folder), "Mehmet Dağlı");
    folder.write("in/3.txt", article("Mehmet Dagli", 3));
    report(&folder, &["in"]);
    assert_eq!(name(&folder), "Mehmet Dağlı", "one article still has it");
    folder.write("in/2.txt", article("Mehmet Dagli", 2));
    report(&folder, &["in"]);
    assert_eq!(name(&folder), "Mehmet Dagli");
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn an_edited_copy_leaves_the_original_its_row() {
    let folder = Folder::new();
    folder.write("in/m.txt", TOLL);
    report(&folder, &["in"]);
    let archive = folder.archive();
    let id = number(&archive, "SELECT id FROM articles");
    // One copy that sorts before the original, one that sorts after it.
    folder.write("in/a.txt", TOLL);
    folder.write("in/z.txt", TOLL);
    assert_eq!(
        counts(&report(&folder, &["in"])),
        BTreeMap::from([("found", 3), ("unchanged", 1), ("duplicate", 2)])
    );
    for copy in ["in/z.txt", "in/a.txt"] {
        folder.write(
            copy,
            TOLL.replace("12 people", if copy == "in/a.txt" { "14 people" } else { "15 people" }),
        );
        let changed = report(&folder, &["in"]);
        assert_eq!(counts(&changed)["changed"], 1, "after editing {copy}");
        let original = "SELECT article_id FROM sources WHERE source LIKE '%m.txt'";
        assert_eq!(number(&archive, original), id, "after editing {copy}");
    }
    assert_eq!(number(&archive, "SELECT count(*) FROM articles"), 3);
    assert_eq!(number(&archive, "SELECT count(*) FROM articles WHERE revision = 2"), 2);
    assert_eq!(number(&archive, &format!("SELECT revision FROM articles WHERE id = {id}")), 1);
}

#[test]
fn what_parts_is_named_after_the_first_of_its_sources_gone_or_not() {
    let folder = Folder::new();
    let ferry = "Ferry\n\nAt least 12 people died near Lima, Daniel Vale said on Monday.\n";
    folder.write("in/1.txt", ferry);
    report(&folder, &["in"]);
    fs::rename(folder.path("in/1.txt"), folder.path("in/0.txt")).expect("renamed");
    report(&folder, &["in"]);
    folder.write("in/2.txt", ferry);
    report(&folder, &["in"]);
    // The first changes: the copy that is there and the file that is gone go on together.
    folder.write("in/0.txt", TOLL);
    report(&folder, &["in"]);
    let names = "SELECT group_concat(source, ', ' ORDER BY source) FROM articles";
    assert_eq!(text(&folder.archive(), names), "in/0.txt, in/1.txt");
    folder.copydesk(["check"]).assert().success();
}

/// Whatever becomes of files, no article is marked wrongly and none is doubled; a dry run foretells it, and what is
/// there in the end is as a first import would have it.
mod files {
    use proptest::prelude::*;

    use super::{age, report, text};
    use crate::archive::Folder;

    const STORIES: &[&str] = &[
        "Tax\n\nThe tax rose to 1.5 percent, Ruth Okonjo said on Sunday.\n",
        "Tax\n\nThe tax rose to 1.5 percent, Ruth Okonjo said on Sunday.\n\nShare on Facebook\n",
        "Tax\n\nThe tax rose to 2.5 percent, Ruth Okonjo said on Sunday.\n",
        "Ferry\n\nAt least 12 people died near Lima, Daniel Vale said on Monday.\n",
        "Ferry\n\nAt least 15 people died near Lima, Daniel Vale said on Monday.\n",
    ];
    /// The last lies beside the folder that is imported.
    const FILES: [&str; 4] = ["in/0.txt", "in/1.txt", "in/2.txt", "away.txt"];

    #[derive(Debug, Clone)]
    enum Deed {
        Write(usize, usize),
        Move(usize, usize),
        Copy(usize, usize),
        Delete(usize),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let file = || 0..FILES.len();
        prop_oneof![
            3 => (file(), 0..STORIES.len()).prop_map(|(file, story)| Deed::Write(file, story)),
            2 => (file(), file()).prop_map(|(from, to)| Deed::Move(from, to)),
            2 => (file(), file()).prop_map(|(from, to)| Deed::Copy(from, to)),
            1 => file().prop_map(Deed::Delete),
        ]
    }

    fn act(folder: &Folder, deed: &Deed) {
        let path = |file: &usize| folder.path(FILES[*file]);
        // A file that is not there can be neither moved, copied nor deleted.
        let _ = match deed {
            Deed::Write(file, story) => {
                age(&folder.write(FILES[*file], STORIES[*story]));
                Ok(())
            }
            Deed::Move(from, to) => std::fs::rename(path(from), path(to)),
            Deed::Copy(from, to) if from != to => std::fs::copy(path(from), path(to)).map(drop),
            Deed::Copy(..) => Ok(()),
            Deed::Delete(file) => std::fs::remove_file(path(file)),
        };
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn may_be_written_moved_copied_and_deleted(
            imports in prop::collection::vec(prop::collection::vec(deed(), 1..4), 6)
        ) {
            let folder = Folder::new();
            folder.write("in/other.txt", "Rain\n\nIt rained in Lima on Sunday.\n");
            for deeds in &imports {
                deeds.iter().for_each(|deed| act(&folder, deed));
                let foretold = report(&folder, &["--dry-run", "in"]);
                let done = report(&folder, &["in"]);
                for count in ["found", "new", "changed", "unchanged", "duplicate", "vanished", "returned"] {
                    prop_assert_eq!(&foretold[count], &done[count], "{} of {} and {}", count, foretold, done);
                }
            }
            folder.copydesk(["check"]).assert().success();
            folder.copydesk(["import", "--archive", "fresh.db", "in"]).assert().success();
            let holds = "
                SELECT group_concat(s.source || ' with ' || f.first || ': ' || a.text, '; ' ORDER BY s.source)
                FROM sources s
                JOIN articles a ON a.id = s.article_id
                JOIN (SELECT article_id, min(source) AS first FROM sources WHERE vanished_run_id IS NULL
                      GROUP BY article_id) f USING (article_id)
                WHERE s.vanished_run_id IS NULL";
            prop_assert_eq!(text(&folder.archive(), holds), text(&folder.path("fresh.db"), holds));
        }
    }

    /// How many sequences are tried.
    fn cases() -> u32 {
        std::env::var("COPYDESK_FILES").ok().and_then(|n| n.parse().ok()).unwrap_or(10)
    }
}
