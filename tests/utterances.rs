//! Utterances over the archive: what is one, whatever the order; what changes, what stays, what people say.

use std::fs;
use std::path::Path;

use copydesk::store::Archive;

use crate::archive::Folder;
use crate::content::{assert_same, content};

/// An article of an outlet and day, with what somebody is quoted with.
fn quoting(outlet: &str, day: u32, speaker: &str, said: &str) -> String {
    format!(
        "The {outlet} of the day\n\nPublished: {day} March 2021\n\nPORT SABLE - The council met on Monday.\n\n\
         “{said},” {speaker} told reporters.\n\n© 2021 The {outlet}. All rights reserved.\n"
    )
}

const FULL: &str =
    "The turbines are rusting, the pumps have failed, and nobody in the ministry answers the telephone";
const HEAD: &str = "The turbines are rusting, the pumps have failed";
const TAIL: &str = "nobody in the ministry answers the telephone";
const MERGED: &str = "The turbines are rusting, and nobody in the ministry answers the telephone";

fn import(folder: &Folder) {
    folder.copydesk(["import", "in"]).assert().success();
}

fn rows(archive: &Path, sql: &str) -> Vec<String> {
    let archive = Archive::open_read_only(archive).expect("opens");
    let mut statement = archive.connection().prepare(sql).expect("good SQL");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("a text")).collect()
}

fn number(archive: &Path, sql: &str) -> i64 {
    let archive = Archive::open_read_only(archive).expect("opens");
    archive.connection().query_row(sql, [], |row| row.get(0)).expect("a number")
}

/// Every utterance that several articles have: its wordings with how they differ.
fn shared(archive: &Path) -> Vec<String> {
    rows(
        archive,
        "SELECT group_concat(difference || ': ' || said, ' / ' ORDER BY similarity IS NOT NULL, said)
         FROM (SELECT DISTINCT utterance_id, difference, similarity, rtrim(said, ',') AS said
               FROM variants_full WHERE articles > 1)
         GROUP BY utterance_id
         ORDER BY 1",
    )
}

const FOUR: [(&str, u32, &str); 4] =
    [("Echo", 2, HEAD), ("Post", 2, TAIL), ("Wire", 2, FULL), ("Ledger", 3, MERGED)];

#[test]
fn pieces_of_a_quote_meet_in_its_fullest_wording() {
    let folder = Folder::new();
    for (outlet, day, said) in FOUR {
        folder.write(&format!("in/{outlet}.txt"), quoting(outlet, day, "Mayor Ada Vale", said));
    }
    import(&folder);
    assert_eq!(
        shared(&folder.archive()),
        [format!("fullest: {FULL} / merged: {MERGED} / shortened: {HEAD} / shortened: {TAIL}")]
    );
    assert_eq!(
        rows(
            &folder.archive(),
            "SELECT speaker || ' ' || articles || ' ' || outlets || ' ' || wordings || ' ' || first_published || ' '
                 || last_published FROM utterances_full WHERE articles > 1"
        ),
        ["Ada Vale 4 4 4 2021-03-02 2021-03-03"]
    );
}

/// All orders of `n` things.
fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(n - 1);
    let insert = |order: &Vec<usize>| -> Vec<Vec<usize>> {
        (0..n)
            .map(|at| {
                let mut order = order.clone();
                order.insert(at, n - 1);
                order
            })
            .collect()
    };
    shorter.iter().flat_map(insert).collect()
}

/// Articles in which much may be one utterance, and much may not.
fn many() -> Vec<String> {
    let mut out = Vec::new();
    for (outlet, day, said) in FOUR {
        out.push(quoting(outlet, day, "Mayor Ada Vale", said));
    }
    for (outlet, day, speaker, said) in [
        ("Courier", 2, "Vale", HEAD),
        ("Gazette", 9, "Vale", "The turbines are rusting"),
        ("Herald", 2, "an official", FULL),
        ("Globe", 2, "Boris Kern", "We will win"),
        ("Star", 3, "Boris Kern", "We will win"),
        ("Sun", 5, "Boris Kern", "We will win"),
        ("Mail", 2, "Boris Vale", "No comment"),
        ("Times", 2, "Mayor Ada Vale", "No comment"),
    ] {
        out.push(quoting(outlet, day, speaker, said));
    }
    out
}

#[test]
fn the_order_of_imports_does_not_show() {
    let articles = many();
    let mut expected: Option<Vec<String>> = None;
    // The last one comes alone; the first of each order as well, the others at once.
    for (n, order) in orders(4).into_iter().chain([(0..12).rev().collect()]).enumerate() {
        let folder = Folder::new();
        let rest = (0..articles.len()).filter(|i| !order.contains(i)).collect::<Vec<_>>();
        let order: Vec<usize> = if n % 2 == 0 {
            order.into_iter().chain(rest).collect()
        } else {
            rest.into_iter().chain(order).collect()
        };
        for chunk in order.chunks(if n % 3 == 0 { 1 } else { 5 }) {
            for &article in chunk {
                folder.write(&format!("in/{article}.txt"), &articles[article]);
            }
            import(&folder);
        }
        let content = content(&folder.archive());
        match &expected {
            None => expected = Some(content),
            Some(expected) => assert_same(expected, &content, &format!("order {order:?}")),
        }
    }
}

#[test]
fn a_quote_that_changes_leaves_and_what_stays_keeps_its_id() {
    let folder = Folder::new();
    for (outlet, day, said) in FOUR {
        folder.write(&format!("in/{outlet}.txt"), quoting(outlet, day, "Mayor Ada Vale", said));
    }
    import(&folder);
    let archive = folder.archive();
    let id = number(&archive, "SELECT id FROM utterances WHERE articles > 1");
    let whole = content(&archive);
    // The fullest wording goes: the next one takes its place, and the utterance stays.
    folder.write("in/Wire.txt", quoting("Wire", 2, "Mayor Ada Vale", "I shall not resign over a kettle"));
    import(&folder);
    assert_eq!(number(&archive, "SELECT id FROM utterances WHERE articles = 2"), id);
    assert_eq!(shared(&archive), [format!("fullest: {MERGED} / shortened: {TAIL}")]);
    let alone = Folder::new();
    for name in ["Echo", "Ledger", "Post", "Wire"] {
        let text = fs::read(folder.path(&format!("in/{name}.txt"))).expect("there");
        alone.write(&format!("in/{name}.txt"), text);
    }
    import(&alone);
    let of = |archive: &Path| {
        let about = ["utterances", "wordings", "quote_wordings", "wording_traces"];
        let mut lines = content(archive);
        lines.retain(|line| about.iter().any(|table| line.starts_with(&format!("{table}\u{1f}"))));
        lines
    };
    assert_same(&of(&alone.archive()), &of(&archive), "changed, and imported so at once");
    // And back.
    folder.write("in/Wire.txt", quoting("Wire", 2, "Mayor Ada Vale", FULL));
    import(&folder);
    assert_eq!(number(&archive, "SELECT id FROM utterances WHERE articles = 4"), id);
    let of_utterances = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|line| line.starts_with("utterances\u{1f}")).collect()
    };
    assert_same(&of_utterances(whole), &of_utterances(content(&archive)), "changed and changed back");
}

#[test]
fn articles_read_again_keep_their_utterances() {
    let folder = Folder::new();
    for (n, article) in many().iter().enumerate() {
        folder.write(&format!("in/{n}.txt"), article);
    }
    import(&folder);
    let ids =
        "SELECT u.id || ' ' || w.said FROM utterances u JOIN wordings w ON w.id = u.wording_id ORDER BY u.id";
    let (before, utterances) = (content(&folder.archive()), rows(&folder.archive(), ids));
    let archive = Archive::open_existing(&folder.archive()).expect("opens");
    archive.connection().execute_batch("UPDATE articles SET extractor_version = 0").expect("written");
    drop(archive);
    import(&folder);
    assert_same(&before, &content(&folder.archive()), "articles read again");
    assert_eq!(rows(&folder.archive(), ids), utterances);
    // Other rules: all is made anew, under the same ids.
    let archive = Archive::open_existing(&folder.archive()).expect("opens");
    archive.connection().execute_batch("UPDATE utterance_rules SET version = 0").expect("written");
    drop(archive);
    import(&folder);
    assert_same(&before, &content(&folder.archive()), "utterances made by other rules");
    assert_eq!(rows(&folder.archive(), ids), utterances);
}

#[test]
fn a_name_that_becomes_known_moves_its_quotes() {
    let folder = Folder::new();
    folder.write("in/1.txt", quoting("Echo", 2, "Mr. Vale", "No comment"));
    folder.write("in/2.txt", quoting("Post", 2, "Mayor Ada Vale", "No comment"));
    import(&folder);
    assert_eq!(shared(&folder.archive()).len(), 1, "there is one Vale");
    folder.write("in/3.txt", quoting("Wire", 9, "Boris Vale", "The orchard is mine"));
    import(&folder);
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM utterance_queue"), 0);
}

fn correct(archive: &Path, source: &str, anchor: &str, value: Option<&str>) {
    let open = Archive::open_existing(archive).expect("opens");
    open.connection()
        .execute(
            "INSERT INTO corrections (made_at, author, subject, source, anchor, field, value)
             VALUES ('2021-03-05T00:00:00Z', 'desk', 'quote', ?1, ?2, 'utterance', ?3)",
            (source, anchor, value),
        )
        .expect("written");
}

#[test]
fn a_person_has_the_last_word() {
    let folder = Folder::new();
    for (outlet, day, said) in FOUR {
        folder.write(&format!("in/{outlet}.txt"), quoting(outlet, day, "Mayor Ada Vale", said));
    }
    folder.write("in/Far.txt", quoting("Far", 20, "Boris Kern", "Rust everywhere, and silence"));
    import(&folder);
    let archive = folder.archive();
    correct(&archive, "in/Echo.txt", HEAD, None);
    correct(&archive, "in/Far.txt", "“Rust everywhere, and silence,”", Some(TAIL));
    import(&folder);
    let expected = [format!(
        "fullest: {FULL} / reworded: Rust everywhere, and silence / merged: {MERGED} / shortened: {TAIL}"
    )];
    assert_eq!(shared(&archive), expected);
    assert_eq!(
        rows(&archive, "SELECT rule FROM variants_full WHERE said LIKE 'Rust%'"),
        ["correction"],
        "and says so"
    );
    // It holds when the articles are read again, and when the quote it was compared with goes.
    let open = Archive::open_existing(&archive).expect("opens");
    open.connection().execute_batch("UPDATE articles SET extractor_version = 0").expect("written");
    drop(open);
    import(&folder);
    assert_eq!(shared(&archive), expected);
    folder.write("in/Post.txt", quoting("Post", 2, "Mayor Ada Vale", "I shall not resign over a kettle"));
    import(&folder);
    assert_eq!(number(&archive, "SELECT count(*) FROM wordings WHERE rule = 'correction'"), 0);
    folder.write("in/Post.txt", quoting("Post", 2, "Mayor Ada Vale", TAIL));
    import(&folder);
    assert_eq!(shared(&archive), expected);
    // Taken back, it is as it was.
    let open = Archive::open_existing(&archive).expect("opens");
    open.connection()
        .execute_batch("UPDATE corrections SET retired_at = '2021-03-06T00:00:00Z'")
        .expect("written");
    drop(open);
    import(&folder);
    assert_eq!(
        shared(&archive),
        [format!("fullest: {FULL} / merged: {MERGED} / shortened: {HEAD} / shortened: {TAIL}")]
    );
}

/// Squares of thousands would hold the tests up.
#[test]
fn very_many_of_the_same_words_are_soon_done() {
    let folder = Folder::new();
    let mut text = String::from("Minutes of the council\n\nPublished: 2 March 2021\n\n");
    for n in 0..3000 {
        text.push_str(&format!("“No comment,” Ada Vale said.\n\n“{HEAD} {}”, an official said.\n\n", n % 7));
    }
    folder.write("in/long.txt", text);
    import(&folder);
    let most = "SELECT max(quotes) FROM utterances";
    assert!(number(&folder.archive(), most) > 2000, "{}", number(&folder.archive(), most));
    assert_eq!(number(&folder.archive(), "SELECT count(*) FROM utterance_queue"), 0);
}

#[test]
fn an_archive_of_before_gets_its_utterances_from_migrate() {
    let folder = Folder::new();
    for (outlet, day, said) in FOUR {
        folder.write(&format!("in/{outlet}.txt"), quoting(outlet, day, "Mayor Ada Vale", said));
    }
    import(&folder);
    let before = content(&folder.archive());
    let open = Archive::open_existing(&folder.archive()).expect("opens");
    open.connection()
        .execute_batch(
            "DELETE FROM utterances; DELETE FROM quote_wordings; DELETE FROM wording_traces; DELETE FROM wordings;
             DELETE FROM utterance_rules; INSERT INTO utterance_queue SELECT id FROM quotes;",
        )
        .expect("as a migration leaves it");
    drop(open);
    let told = folder.copydesk(["check"]).assert().success().get_output().stdout.clone();
    let told = String::from_utf8_lossy(&told);
    assert!(told.lines().any(|line| line.starts_with("pending every quote's utterance")), "{told}");
    folder.copydesk(["migrate"]).assert().success();
    folder.copydesk(["check"]).assert().success();
    assert_same(&before, &content(&folder.archive()), "settled by migrate");
}
