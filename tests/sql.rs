//! `copydesk sql`: asks anything, writes nothing, and stops in time.

use std::time::Duration;

use crate::desk::Desk;

/// Statements that would write, reach outside the archive or change a setting.
const WRITES: &[&str] = &[
    "INSERT INTO outlets (name, key) VALUES ('x', 'x')",
    "INSERT INTO outlets (name, key) VALUES ('x', 'x') RETURNING id",
    "INSERT OR REPLACE INTO outlets (id, name, key) VALUES (1, 'x', 'x')",
    "UPDATE outlets SET name = 'x'",
    "UPDATE outlets SET name = 'x' RETURNING name",
    "DELETE FROM quotes",
    "DELETE FROM quotes RETURNING *",
    "REPLACE INTO outlets (id, name, key) VALUES (1, 'x', 'x')",
    "WITH x AS (SELECT 1) INSERT INTO outlets (name, key) SELECT 'x', 'x' FROM x",
    "WITH x AS (SELECT id FROM quotes) DELETE FROM quotes WHERE id IN x RETURNING id",
    "WITH x AS (SELECT 1) UPDATE outlets SET name = 'x' RETURNING id",
    "CREATE TABLE t (x)",
    "CREATE TABLE t AS SELECT * FROM quotes",
    "CREATE TEMP TABLE t (x)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE TEMP VIEW v AS SELECT 1",
    "CREATE TEMP TRIGGER g AFTER INSERT ON main.outlets BEGIN SELECT 1; END",
    "CREATE TRIGGER g AFTER INSERT ON outlets BEGIN SELECT 1; END",
    "CREATE INDEX i ON quotes (said)",
    "CREATE VIEW v AS SELECT 1",
    "CREATE VIRTUAL TABLE v USING fts5 (x)",
    "CREATE VIRTUAL TABLE temp.v USING fts5vocab (main, articles_search, row)",
    "DROP TABLE quotes",
    "DROP VIEW quotes_full",
    "DROP INDEX quotes_article",
    "DROP TRIGGER articles_search_insert",
    "ALTER TABLE quotes ADD COLUMN x",
    "ALTER TABLE quotes RENAME TO words",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "ATTACH 'other.db' AS other",
    "ATTACH ':memory:' AS other",
    "ATTACH 'file:copydesk.db?mode=rwc' AS other",
    "DETACH main",
    "BEGIN",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "SAVEPOINT s",
    "PRAGMA writable_schema = ON",
    "PRAGMA query_only = OFF",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA journal_mode(TRUNCATE)",
    "PRAGMA user_version = 9",
    "PRAGMA application_id = 9",
    "PRAGMA trusted_schema = ON",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA optimize",
    "PRAGMA incremental_vacuum",
    "PRAGMA hard_heap_limit = 0",
    "PRAGMA temp_store_directory = '/'",
    "PRAGMA schema_version = 1",
    "PRAGMA foreign_keys = OFF",
    "SELECT * FROM pragma_journal_mode('delete')",
    "SELECT load_extension('evil')",
    "SELECT load_extension('evil', 'start')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT writefile('out.txt', 'x')",
    "SELECT readfile('/etc/hostname')",
    "SELECT edit('x')",
    "INSERT INTO articles_search (articles_search) VALUES ('rebuild')",
    "INSERT INTO articles_search (articles_search) VALUES ('delete-all')",
    "INSERT INTO articles_search (articles_search, rowid, title, text) VALUES ('delete', 1, 'x', 'x')",
    "INSERT INTO quotes_search (quotes_search, rank) VALUES ('automerge', 8)",
    "UPDATE articles_search_data SET block = NULL",
    "DELETE FROM sqlite_schema",
    "UPDATE sqlite_schema SET sql = 'x'",
    "SELECT 1; DELETE FROM quotes",
    "EXPLAIN DELETE FROM quotes",
    "INSERT INTO answers (query, parameters, answered_at) VALUES ('x', '{}', 'now')",
    "INSERT INTO quotes_full (speaker) VALUES ('x')",
    "INSERT INTO pragma_user_version VALUES (9)",
    "INSERT INTO json_each VALUES (1)",
    "CREATE TABLE main.sqlite_stat1 (tbl, idx, stat)",
    "CREATE VIRTUAL TABLE temp.c USING csv (filename = '/etc/passwd')",
    "CREATE VIRTUAL TABLE temp.r USING rtree (id, a, b)",
    "CREATE VIRTUAL TABLE d USING dbstat",
    "UPDATE articles SET text = 'x' FROM outlets WHERE outlets.id = articles.outlet_id",
    "INSERT INTO outlets (id, name, key) VALUES (1, 'x', 'x') ON CONFLICT DO UPDATE SET name = 'y'",
    "PRAGMA mmap_size = 1000000000000",
    "PRAGMA temp_store = 2",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA secure_delete = ON",
    "PRAGMA auto_vacuum = FULL",
    "PRAGMA case_sensitive_like = ON",
    "PRAGMA data_store_directory = '/'",
    "PRAGMA key = 'x'",
    "PRAGMA main.page_size = 512",
    "SELECT * FROM pragma_wal_checkpoint",
    "SELECT sqlite_rename_table('main', 1, 1, 1, 1, 1, 1)",
    "RELEASE s",
    "ROLLBACK",
    "END",
];

#[test]
fn nothing_can_be_written() {
    let desk = Desk::ferry();
    // Somebody is at work on the archive: what he wrote last stands in its log alone, and must stay there too.
    let writer = rusqlite::Connection::open(desk.archive()).unwrap();
    writer.execute("INSERT INTO outlets (name, key) VALUES ('Late Wire', 'late wire')", []).unwrap();
    let before = desk.files();
    assert_eq!(before.keys().collect::<Vec<_>>(), ["copydesk.db", "copydesk.db-wal"]);
    // The shell is asked all of it too: what it may not do, it may not do in a script.
    let script: String = WRITES.iter().map(|sql| format!("{sql};\n")).collect();
    for line in script.lines() {
        let output = desk.command(&["sql"]).write_stdin(format!("SELECT 1;\n{line}")).output().unwrap();
        assert!(!output.status.success(), "{line}");
        assert_eq!(desk.files(), before, "{line} changed the archive");
    }
    for sql in WRITES {
        let (complaint, code) = desk.complaint(&["sql", sql]);
        assert_eq!(code, 1, "{sql}: {complaint}");
        let told = [
            "refused: ",
            "no such function",
            "unknown database",
            "may not be modified",
            "cannot modify",
            "no such table",
            "no such module",
            "reserved for internal use",
            "no such savepoint",
            "no transaction is active",
        ];
        assert!(told.iter().any(|t| complaint.contains(t)), "{sql}: {complaint}");
        assert_eq!(desk.files(), before, "{sql} changed the archive");
    }
    assert!(WRITES.len() >= 40);
}

/// Statements that would take for ever, or all memory.
const ENDLESS: &[&str] = &[
    "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c",
    "WITH RECURSIVE c (n) AS (SELECT 1 UNION SELECT n + 1 FROM c) SELECT max(n) FROM c",
    "SELECT count(*) FROM mentions a, mentions b, mentions c, mentions d, mentions e, mentions f, mentions g, \
     mentions h, mentions i, mentions j, mentions k",
    "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT sum(length(randomblob(1000000))) FROM c",
];

#[test]
fn what_does_not_end_is_stopped() {
    let desk = Desk::ferry();
    let before = desk.bytes();
    for sql in ENDLESS {
        let (complaint, code) = desk.complaint(&["sql", sql, "--timeout", "1"]);
        assert!(complaint.contains("stopped after 1 s, the time limit"), "{sql}: {complaint}");
        assert_eq!(code, 1);
    }
    assert_eq!(desk.bytes(), before);
}

#[test]
fn bombs_are_refused_at_once() {
    let desk = Desk::ferry();
    for sql in [
        "SELECT length(zeroblob(2000000000))",
        "SELECT hex(zeroblob(900000000))",
        "SELECT printf('%.*c', 2000000000, 'x')",
        "SELECT replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000000)))",
        "SELECT 'a' LIKE replace(hex(zeroblob(100000)), '0', '%')",
        "SELECT length(randomblob(2000000000))",
        "WITH RECURSIVE c (t) AS (SELECT 'x' UNION ALL SELECT t || t FROM c) SELECT max(length(t)) FROM c",
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) \
         SELECT length(group_concat(hex(zeroblob(1000000)))) FROM c",
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) \
         SELECT json_group_array(hex(zeroblob(1000000))) FROM c",
    ] {
        let (complaint, code) = desk.complaint(&["sql", sql, "--timeout", "5"]);
        let told =
            ["a value longer than 64 MB", "too complex", "more than 1024 MB of memory", "the time limit"];
        assert!(told.iter().any(|t| complaint.contains(t)), "{sql}: {complaint}");
        assert_eq!(code, 1, "{sql}");
    }
    let deep = format!("SELECT {}1{}", "(".repeat(5_000), ")".repeat(5_000));
    let (complaint, _) = desk.complaint(&["sql", &deep]);
    assert!(complaint.contains("Recursion limit"), "{complaint:.300}");
    let long = format!("SELECT '{}'", "x".repeat(2_000_000));
    let output = desk.command(&["sql"]).write_stdin(long).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

/// What sorts and joins spills to files; what must be held at once is stopped, in words.
#[test]
fn memory_has_a_limit_that_is_told() {
    let desk = Desk::ferry();
    let numbers = |most: &str| {
        format!("WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {most}) SELECT ")
    };
    for (asked, memory, want) in [
        (
            "length(group_concat(hex(zeroblob(1000)))) FROM c WHERE n <= 10000",
            "16",
            "more than 16 MB of memory, the limit (--memory MB",
        ),
        ("length(group_concat(hex(zeroblob(1000)))) FROM c WHERE n <= 10000", "0", ""),
        (
            "length(group_concat(hex(zeroblob(100000)))) FROM c",
            "512",
            "a value longer than 32 MB, the limit for one",
        ),
        ("median(n) FROM c", "8", "131072 numbers at most within this memory; --memory MB allows more"),
        ("percentile(n, 10) FROM c", "8", "131072 numbers at most"),
        ("n FROM c ORDER BY n % 1000, hex(zeroblob(200)) LIMIT 1", "16", ""),
        ("count(DISTINCT hex(zeroblob(100)) || n) FROM c", "16", ""),
        ("similar(hex(zeroblob(1000000)), 'x' || n) FROM c", "64", "names and sentences are compared"),
    ] {
        let sql = numbers("200000") + asked;
        let (complaint, code) = desk.complaint(&["sql", &sql, "--memory", memory, "--timeout", "0", "--csv"]);
        assert!(complaint.contains(want), "{sql}: {complaint}");
        assert_eq!(code, i32::from(!want.is_empty()), "{sql}: {complaint}");
    }
    let (complaint, code) = desk.complaint(&["sql", "SELECT 1", "--memory", "1"]);
    assert!(complaint.contains("8 at least, or 0 for no limit"), "{complaint}");
    assert_eq!(code, 2);
    desk.stdout(&["export", "--memory", "16"]);
}

#[test]
fn a_stream_cut_by_the_clock_says_so() {
    let desk = Desk::ferry();
    let endless = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c";
    let output = desk.run(&["sql", endless, "--csv", "--timeout", "1"]);
    assert_eq!(output.status.code(), Some(3));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(complaint.contains("not the whole answer: cut after 1 s"), "{complaint}");
    assert!(output.stdout.ends_with(b"\r\n"), "whole lines only");

    let (complaint, code) = desk.complaint(&["sql", endless, "-o", "all.csv", "--timeout", "1"]);
    assert_eq!(code, 1, "{complaint}");
    assert!(!desk.folder.path("all.csv").exists(), "a file is whole or absent");
}

#[test]
fn one_endless_step_ends_with_the_program() {
    let desk = Desk::ferry();
    let sql = "SELECT instr(zeroblob(60000000), zeroblob(30000000) || x'01')";
    let (complaint, code) = desk.complaint(&["sql", sql, "--timeout", "1"]);
    assert!(complaint.contains("past the time limit: the statement could not be stopped"), "{complaint}");
    assert_eq!(code, 1);
}

#[test]
fn time_in_a_pager_does_not_count() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let desk = Desk::ferry();
    let sql =
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 200000) SELECT n FROM c";
    let mut child = Command::new(crate::archive::program())
        .args(["sql", sql, "--tsv", "--timeout", "2"])
        .current_dir(desk.folder.path("."))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // A pipe holds far less than the answer: the program waits for its reader, past limit and grace.
    std::thread::sleep(Duration::from_secs(6));
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(text.lines().count(), 200_001);
}

#[test]
fn a_limit_cuts_and_says_so() {
    let desk = Desk::ferry();
    let output = desk.run(&["sql", "SELECT id FROM articles ORDER BY id", "--csv", "--limit", "2"]);
    assert_eq!((output.stdout.as_slice(), output.status.code()), (&b"id\r\n1\r\n2\r\n"[..], Some(3)));
    let all = desk.run(&["sql", "SELECT id FROM articles ORDER BY id", "--csv", "--limit", "4"]);
    assert_eq!(all.status.code(), Some(0), "a limit that cuts nothing is none");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_statement() {
    use std::process::{Command, Stdio};
    let desk = Desk::ferry();
    let child = Command::new(crate::archive::program())
        .args(["sql", ENDLESS[0], "--timeout", "60"])
        .current_dir(desk.folder.path("."))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Until the statement runs there is nothing to stop; a second is ample.
    std::thread::sleep(Duration::from_secs(1));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn errors_point_at_the_place() {
    let desk = Desk::ferry();
    let (complaint, code) = desk.complaint(&["sql", "SELECT id,\n  nme FROM outlets"]);
    insta::assert_snapshot!(complaint, @r"
        copydesk: no such column: nme; did you mean name? (line 2)
            nme FROM outlets
            ^
        ");
    assert_eq!(code, 1);
}

#[test]
fn statements_come_from_anywhere() {
    let desk = Desk::ferry();
    let want = "n\n4\n";
    let sql = "SELECT count(*) AS n FROM articles; -- all of them\n";
    assert_eq!(desk.stdout(&["sql", sql, "--tsv"]), want);
    for args in [&["sql", "-", "--tsv"][..], &["sql", "--tsv"]] {
        let output = desk.command(args).write_stdin(sql).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), want);
    }
    desk.folder.write("question.sql", sql);
    assert_eq!(desk.stdout(&["sql", "-f", "question.sql", "--tsv"]), want);
    for empty in ["", "  ", "/* nothing */", ";"] {
        let (complaint, code) = desk.complaint(&["sql", empty]);
        assert!(complaint.contains("no statement to run"), "{empty:?}: {complaint}");
        assert_eq!(code, 2);
    }
}

#[test]
fn parameters_are_bound_by_their_looks() {
    let desk = Desk::ferry();
    let sql = "SELECT typeof(:a) AS a, typeof(:b) AS b, typeof(:c) AS c, :a + 1 AS next";
    let got = desk.stdout(&["sql", sql, "-p", "a", "-5", "-p", "b", "007", "-p", ":c", "2.5", "--tsv"]);
    assert_eq!(got, "a\tb\tc\tnext\ninteger\ttext\treal\t-4\n");
    let (complaint, _) = desk.complaint(&["sql", sql, "-p", "a", "1"]);
    assert!(complaint.contains("no value for :b, :c"), "{complaint}");
    let (complaint, _) = desk.complaint(&["sql", "SELECT ?", "-p", "a", "1"]);
    assert!(complaint.contains("parameters need names"), "{complaint}");
}

#[test]
fn functions_for_news() {
    let desk = Desk::ferry();
    let sql = "SELECT fold('ŁÓDŹ') AS f, median(value) AS m FROM figures WHERE kind = 'count'";
    assert_eq!(desk.stdout(&["sql", sql, "--csv"]), "f,m\r\nlodz,11.5\r\n");
    for (sql, want) in [
        ("fold('François HOLLANDE')", "francois hollande"),
        ("fold(NULL) IS NULL", "1"),
        ("normalize_name('President Barack H. Obama')", "barack obama"),
        ("normalize_name('Hollande') = normalize_name('President HOLLANDE')", "1"),
        (
            "normalize_name('The Harbour Echo', 'organization') = normalize_name('Harbour Echo', 'organization')",
            "1",
        ),
        ("normalize_name('City of Tarn', 'place')", "tarn"),
        ("similar('Angela Merkel', 'MERKEL, Angela') > 0.8", "1"),
        ("similar('Angela Merkel', 'Boris Kern') < 0.3", "1"),
        ("similar('x', NULL) IS NULL", "1"),
        ("excerpt('The ferry Corona\nsank off Port Sable.', 'corona', 12)", "…ry Corona sa…"),
        ("excerpt('The ferry', 'bus', 12) IS NULL", "1"),
        (
            "(SELECT group_concat(name) FROM outlets WHERE name REGEXP '^[HC].*(Echo|Wire)$')",
            "\"Harbour Echo,Coast Wire\"",
        ),
        ("'FERRY' REGEXP '(?i)^ferry$'", "1"),
    ] {
        let got = desk.stdout(&["sql", &format!("SELECT {sql} AS x"), "--csv"]);
        assert_eq!(got, format!("x\r\n{want}\r\n"), "{sql}");
    }
    for (values, percentile, want) in [
        ("(3), (1), (2)", "50", "2"),
        ("(4), (1), (2), (3)", "50", "2.5"),
        ("(4), (1), (2), (3)", "0", "1"),
        ("(4), (1), (2), (3)", "100", "4"),
        ("(10), (20), (30), (40), (50)", "90", "46"),
        ("(NULL), (7), ('text')", "25", "7"),
    ] {
        let sql = format!("WITH t (x) AS (VALUES {values}) SELECT percentile(x, {percentile}) AS p FROM t");
        assert_eq!(desk.stdout(&["sql", &sql, "--csv"]), format!("p\r\n{want}\r\n"), "{sql}");
    }
    for (sql, want) in [
        ("SELECT percentile(1, 101)", "a number from 0 to 100"),
        ("SELECT normalize_name('x', 'thing')", "'thing' is no kind"),
        ("SELECT 'x' REGEXP '('", "regexp: "),
        ("SELECT 'x' REGEXP '(((((x{99}){99}){99}){99}){99})'", "regexp: "),
    ] {
        let (complaint, code) = desk.complaint(&["sql", sql]);
        assert!(complaint.contains(want), "{sql}: {complaint}");
        assert_eq!(code, 1);
    }
}

#[test]
fn telling_pragmas_tell() {
    let desk = Desk::ferry();
    for sql in [
        "PRAGMA table_info(quotes)",
        "PRAGMA user_version",
        "SELECT name FROM pragma_table_list",
        "SELECT * FROM articles_search('ferry')",
        "EXPLAIN QUERY PLAN SELECT * FROM quotes_full",
        "PRAGMA integrity_check",
    ] {
        assert!(desk.stdout(&["sql", sql, "--csv"]).lines().count() > 1, "{sql}");
    }
}

#[test]
fn every_format_gives_the_same_rows() {
    let desk = Desk::ferry();
    let sql = "SELECT 1 AS a, 'x, \"y\"' AS b, 2.0 AS c, NULL AS d, 7 AS a";
    for (flag, want) in [
        ("--csv", "a,b,c,d,a\r\n1,\"x, \"\"y\"\"\",2,,7\r\n"),
        ("--tsv", "a\tb\tc\td\ta\n1\t\"x, \"\"y\"\"\"\t2\t\t7\n"),
        ("--json", "[\n{\"a\":1,\"b\":\"x, \\\"y\\\"\",\"c\":2.0,\"d\":null,\"a_2\":7}\n]\n"),
        ("--nl", "{\"a\":1,\"b\":\"x, \\\"y\\\"\",\"c\":2.0,\"d\":null,\"a_2\":7}\n"),
        ("--table", "a  b       c  d  a\n─  ──────  ─  ─  ─\n1  x, \"y\"  2     7\n"),
        ("--delimiter=;", "a;b;c;d;a\r\n1;\"x, \"\"y\"\"\";2;;7\r\n"),
    ] {
        assert_eq!(desk.stdout(&["sql", sql, flag]), want, "{flag}");
    }
    assert_eq!(desk.stdout(&["sql", "SELECT 1 AS a WHERE 0", "--json"]), "[]\n");
}

#[test]
fn files_are_written_whole_in_the_format_of_their_ending() {
    let desk = Desk::ferry();
    desk.stdout(&["sql", "SELECT 1 AS a", "-o", "out.jsonl"]);
    assert_eq!(std::fs::read_to_string(desk.folder.path("out.jsonl")).unwrap(), "{\"a\":1}\n");
    let before = desk.bytes();
    let (complaint, code) = desk.complaint(&["sql", "SELECT 1 AS a", "-o", "copydesk.db"]);
    assert!(complaint.contains("is the archive itself"), "{complaint}");
    assert_eq!((code, desk.bytes()), (1, before));
    let (_, code) = desk.complaint(&["sql", "SELECT nothing", "-o", "out.jsonl"]);
    assert_eq!(code, 1);
    assert_eq!(std::fs::read_to_string(desk.folder.path("out.jsonl")).unwrap(), "{\"a\":1}\n");
}

#[test]
fn excel_gets_what_it_opens_right_and_is_told_of() {
    let desk = Desk::ferry();
    let sql = "SELECT title, -5 AS n FROM articles WHERE id = 3";
    let output = desk.run(&["sql", sql, "--excel"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text, "\u{feff}title,n\r\n\"'=HYPERLINK(\"\"x\"\") on the Corona\",-5\r\n");
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("a ' was put before 1 cells"), "{complaint}");
}

#[test]
fn what_a_sheet_cannot_hold_is_told_in_words_and_by_the_exit_code() {
    let desk = Desk::ferry();
    let count =
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1048576) SELECT n FROM c";
    let output = desk.run(&["sql", count, "--excel"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!((text.lines().count(), text.lines().last()), (1_048_576, Some("1048575")));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("cut after 1048575 rows, the most a sheet takes"), "{complaint}");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(desk.run(&["sql", count, "--csv"]).status.code(), Some(0), "other CSV has no such limit");

    let output = desk.run(&["sql", "SELECT printf('%.*c', 40000, 'x') AS long", "--excel"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("1 cells were cut at the 32,767 characters"));
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn decimal_commas_are_for_spreadsheets_that_expect_them() {
    let desk = Desk::ferry();
    let sql = "SELECT 1.5 AS a, 'x' AS b";
    assert_eq!(desk.stdout(&["sql", sql, "--decimal-comma"]), "a;b\r\n1,5;x\r\n");
    assert_eq!(
        desk.stdout(&["sql", sql, "--decimal-comma", "--excel", "--delimiter", "tab"]),
        "\u{feff}a\tb\r\n1,5\tx\r\n"
    );
}

#[test]
fn what_is_no_archive_is_told() {
    let desk = Desk::ferry();
    let (complaint, code) = desk.complaint(&["sql", "SELECT 1", "--archive", "missing.db"]);
    assert!(complaint.contains("no such archive"), "{complaint}");
    assert_eq!(code, 1);
    assert!(!desk.folder.path("missing.db").exists());
}
