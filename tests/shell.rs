//! The shell of `copydesk sql`: scripts of statements and dot commands, and the prompt on a terminal.

use crate::desk::Desk;

/// What a script prints, having ended well.
fn script(desk: &Desk, text: &str) -> String {
    let output = desk.command(&["sql", "--tsv"]).write_stdin(text).output().unwrap();
    assert!(output.status.success(), "{text}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a script complains of.
fn complaint(desk: &Desk, text: &str) -> String {
    let output = desk.command(&["sql", "--tsv"]).write_stdin(text).output().unwrap();
    // 1, or 2 where it was asked wrongly.
    assert!(matches!(output.status.code(), Some(1 | 2)), "{text}: {:?}", output.status);
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn statements_of_a_script_run_in_order() {
    let desk = Desk::ferry();
    let told = script(&desk, "SELECT 1 AS a; SELECT ';' AS b -- no; end\n;\n\n/* ; */ SELECT\n  2 AS c");
    assert_eq!(told, "a\n1\nb\n;\nc\n2\n");
    // The last needs no semicolon, wherever they come from.
    for two in [
        "SELECT 1 AS a;\nSELECT 2 AS b;",
        "SELECT 1 AS a; SELECT 2 AS b",
        "SELECT 1 AS a;\nSELECT 2 AS b\n-- end",
    ] {
        desk.folder.write("two.sql", two);
        assert_eq!(desk.stdout(&["sql", "-f", "two.sql", "--tsv"]), "a\n1\nb\n2\n");
        assert_eq!(script(&desk, two), "a\n1\nb\n2\n");
        assert_eq!(desk.stdout(&["sql", two, "--tsv"]), "a\n1\nb\n2\n");
    }
    let output =
        desk.command(&["sql", "--tsv"]).write_stdin("SELECT 1 AS a; SELECT x; SELECT 2;").output().unwrap();
    assert_eq!(
        (output.stdout.as_slice(), output.status.code()),
        (&b"a\n1\n"[..], Some(1)),
        "the first that fails"
    );
    let (told, code) = desk.complaint(&["sql", "-f", "two.sql", "-o", "one.csv"]);
    assert!(told.contains("one statement at a time"), "a file holds one answer: {told}");
    assert_eq!(code, 1);
}

#[test]
fn commands_do_what_they_do_in_the_sqlite3_shell() {
    let desk = Desk::ferry();
    let tables = script(&desk, ".tables\n");
    assert!(tables.contains("quotes_full\n") && tables.contains("outlets\n"), "{tables}");
    assert_eq!(script(&desk, ".tables outl\n"), "outlets\nreference_outlets\n");
    assert_eq!(
        script(&desk, ".tables _search\n"),
        "articles_search\nquotes_search\n",
        "full text can be asked too"
    );
    assert!(script(&desk, ".schema outlets\n").starts_with("CREATE TABLE outlets ("));
    assert!(script(&desk, ".describe figures\n").contains("the figure as it stands in the article"));
    assert_eq!(
        script(&desk, ".mode csv\nSELECT 1 AS a;\n.mode json\nSELECT 1 AS a;"),
        "a\r\n1\r\n[\n{\"a\":1}\n]\n"
    );
    assert_eq!(script(&desk, ".mode tabs\nSELECT 1 AS a;"), "a\n1\n");
    let set = ".param set :n 'Ada Vale'\n.parameter set m 2\n.param list\nSELECT :n AS n, :m + 1 AS m;\nSELECT 1 AS x;";
    assert_eq!(script(&desk, set), ":n  Ada Vale\n:m  2\nn\tm\nAda Vale\t3\nx\n1\n");
    assert!(complaint(&desk, ".param set n 1\n.param clear\nSELECT :n;").contains("no value for :n"));
    let query = script(&desk, ".query who-said-what speaker kern most 1\n");
    assert_eq!(query.lines().count(), 2, "{query}");
    assert!(script(&desk, ".queries\n").contains("who-said-what "));
    assert_eq!(
        script(&desk, ".limit 2\n.timeout 5\nSELECT id FROM articles ORDER BY id LIMIT 2;"),
        "id\n1\n2\n"
    );
    assert_eq!(script(&desk, "SELECT 1 AS a;\n.quit\nSELECT 2 AS b;"), "a\n1\n");
    assert!(script(&desk, ".help\n").contains(".output FILE"));
    desk.folder.write("inner.sql", ".mode csv\nSELECT 2 AS b;");
    assert_eq!(script(&desk, ".read inner.sql\n"), "b\r\n2\r\n");
    desk.folder.write("loop.sql", ".read loop.sql\n");
    assert!(complaint(&desk, ".read loop.sql\n").contains("ten deep"));
    for (wrong, want) in [
        (".tabels\n", "no command is named .tabels; did you mean .tables?"),
        (".mode tabel\n", "no mode is named tabel: table, csv"),
        (".query who-said-wat\n", "did you mean who-said-what?"),
        (".schema nothing\n", "the archive has no nothing"),
        (".param set n\n", "expected: .param set NAME VALUE"),
        (".param set n 'x\n", "not closed"),
        (".output |rm\n", "not to programs"),
    ] {
        assert!(complaint(&desk, wrong).contains(want), "{wrong}: {}", complaint(&desk, wrong));
    }
}

#[test]
fn settings_of_the_sqlite3_shell_are_kept_where_they_say_something() {
    let desk = Desk::ferry();
    let rows = "SELECT 1 AS a, NULL AS b, 'x' AS c;";
    let run = |text: &str| {
        let output = desk.command(&["sql"]).write_stdin(text).output().unwrap();
        assert!(output.status.success(), "{text}: {}", String::from_utf8_lossy(&output.stderr));
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
    };
    for (set, want) in [
        (".mode list\n", "1||x\n"),
        (".mode list\n.headers on\n.separator ,\n.nullvalue NULL\n", "a,b,c\n1,NULL,x\n"),
        (".mode line\n.nullvalue -\n", "a = 1\nb = -\nc = x\n"),
        (".headers off\n.mode csv\n", "1,,x\r\n"),
        (".mode csv\n.separator ;\n", "a;b;c\r\n1;;x\r\n"),
        (".headers off\n.nullvalue NIL\n", "1  NIL  x\n"),
        (".mode list\n.mode table\n.headers off\n", "1     x\n"),
    ] {
        assert_eq!(run(&format!("{set}{rows}"))[0], want, "{set}");
    }
    for (set, want) in [
        (".mode json\n.headers off\n", "in mode json that changes nothing: its rows always name"),
        (".mode csv\n.nullvalue x\n", "in mode csv that changes nothing"),
        (".separator ,\n", "in mode table that changes nothing: .mode list"),
        (".width 10 20\n", "columns are as wide as what they hold"),
    ] {
        assert!(run(set)[1].contains(want), "{set}: {}", run(set)[1]);
    }
    for (wrong, want) in [
        (".headers maybe\n", "expected: .headers on or off"),
        (".mode csv\n.separator ab\n", "csv has one character between its cells"),
        (".output x.foo\n", "no format is called .foo"),
    ] {
        let output = desk.command(&["sql"]).write_stdin(wrong).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(want) && !output.status.success(), "{wrong}: {told}");
    }
    // What the command line says holds for files of any ending too.
    let output =
        desk.command(&["sql", "--tsv"]).write_stdin(".output x.foo\nSELECT 1 AS a;").output().unwrap();
    assert!(output.status.success());
    assert_eq!(std::fs::read_to_string(desk.folder.path("x.foo")).unwrap(), "a\n1\n");
    assert!(script(&desk, ".describe quotes_search\n").contains("the quote's words"));
}

/// Who mistypes a name in SQL is told the nearest one, wherever the SQL comes from.
#[test]
fn names_that_are_not_there_are_answered_with_the_nearest() {
    let desk = Desk::ferry();
    for (sql, want) in [
        ("SELECT speeker FROM quotes_full", "no such column: speeker; did you mean speaker?"),
        ("SELECT q.speeker FROM quotes_full q", "no such column: q.speeker; did you mean speaker?"),
        ("SELECT 1 FROM quots_full", "no such table: quots_full; did you mean quotes_full?"),
        ("SELECT medain(value) FROM figures", "no such function: medain; did you mean median?"),
        ("SELECT cout(*) FROM figures", "did you mean count"),
        ("SELECT \"titel\" FROM articles", "did you mean title?"),
        ("SELECT xyzzy FROM outlets", "no such column: xyzzy\n"),
    ] {
        for told in [desk.complaint(&["sql", sql]).0, complaint(&desk, &format!("SELECT 1;\n{sql};"))] {
            assert!(told.contains(want), "{sql}: {told}");
        }
        desk.folder.write("mine/x.sql", sql);
        let (told, code) = desk.complaint(&["query", "x", "--queries", "mine"]);
        assert!(told.contains(want) && code == 1, "{sql}: {told}");
    }
}

#[test]
fn answers_go_to_files_but_never_over_the_archive() {
    let desk = Desk::ferry();
    script(
        &desk,
        ".once first.csv\nSELECT 1 AS a;\nSELECT 2 AS b;\n.output second.json\nSELECT 3 AS c;\n.output\n",
    );
    assert_eq!(std::fs::read_to_string(desk.folder.path("first.csv")).unwrap(), "a\r\n1\r\n");
    assert_eq!(std::fs::read_to_string(desk.folder.path("second.json")).unwrap(), "[\n{\"c\":3}\n]\n");
    let before = desk.bytes();
    std::fs::write(desk.folder.path("copydesk.db-lock"), "").unwrap();
    let links = ["copydesk.db", "./copydesk.db", "copydesk.db-lock"];
    for file in links {
        let told = complaint(&desk, &format!(".output {file}\nSELECT 1;"));
        assert!(told.contains("it is not overwritten"), "{file}: {told}");
        assert_eq!(desk.bytes(), before);
    }
}

/// The prompt itself, on a terminal that the `script` program makes.
#[cfg(unix)]
mod on_a_terminal {
    use std::io::{Read, Write};
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use super::Desk;

    struct Terminal {
        child: Child,
        shown: std::sync::mpsc::Receiver<String>,
        all: String,
    }

    impl Terminal {
        /// `None`, told of, where there is no such program.
        fn open(desk: &Desk) -> Option<Terminal> {
            let program = crate::archive::program().display();
            let child = Command::new("script")
                // `exec`: a shell between would end by the Ctrl-C that is meant for the program, and give
                // its own exit code.
                .args(["-qec", &format!("exec {program} sql"), "/dev/null"])
                .env("SHELL", "/bin/sh")
                .current_dir(desk.folder.path("."))
                .env("COPYDESK_HISTORY", desk.folder.path("history"))
                .env("PAGER", "cat")
                .env("TERM", "xterm")
                .env_remove("COPYDESK_ARCHIVE")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn();
            let Ok(mut child) = child else {
                println!("skipped: no `script` on this machine to make a terminal");
                return None;
            };
            let mut out = child.stdout.take().unwrap();
            let (send, shown) = std::sync::mpsc::channel();
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(count @ 1..) = out.read(&mut buffer) {
                    if send.send(String::from_utf8_lossy(&buffer[..count]).into_owned()).is_err() {
                        return;
                    }
                }
            });
            let mut terminal = Terminal { child, shown, all: String::new() };
            // Without util-linux, `script` takes other options and ends at once.
            if !terminal.sees("copydesk> ") {
                println!("skipped: this `script` makes no terminal: {}", terminal.all);
                return None;
            }
            Some(terminal)
        }

        fn types(&mut self, keys: &str) {
            self.all.clear();
            self.types_on(keys);
        }

        /// Types, and keeps what came to the screen before.
        fn types_on(&mut self, keys: &str) {
            let input = self.child.stdin.as_mut().unwrap();
            input.write_all(keys.as_bytes()).unwrap();
            input.flush().unwrap();
        }

        /// Whether some text comes to the screen; colours apart.
        fn sees(&mut self, text: &str) -> bool {
            self.sees_within(text, Duration::from_secs(30))
        }

        fn sees_within(&mut self, text: &str, time: Duration) -> bool {
            self.shows_within(time, |all| all.contains(text))
        }

        /// Whether some text comes, and the prompt after it: what is typed before, the terminal drops when
        /// Ctrl-C comes.
        fn answers(&mut self, text: &str) -> bool {
            self.shows_within(Duration::from_secs(30), |all| {
                all.find(text).is_some_and(|at| all[at..].contains("copydesk> "))
            })
        }

        fn shows_within(&mut self, time: Duration, shows: impl Fn(&str) -> bool) -> bool {
            let until = Instant::now() + time;
            while Instant::now() < until {
                if shows(&self.all) {
                    return true;
                }
                match self.shown.recv_timeout(Duration::from_millis(200)) {
                    Ok(more) => self.all.push_str(&more),
                    Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
                    Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return shows(&self.all),
                }
            }
            false
        }
    }

    #[test]
    fn the_prompt_completes_goes_on_and_outlives_ctrl_c() {
        let desk = Desk::ferry();
        let Some(mut terminal) = Terminal::open(&desk) else { return };
        // Tab completes the table; a statement over two lines runs at its semicolon.
        terminal.types("select 'n=' || count(*) as answer from outl\t\n where id > 0;\r");
        assert!(terminal.answers("n=4"), "{}", terminal.all);
        // Ctrl-C stops the statement, and the shell asks on.
        let endless =
            "with recursive c (n) as (select 1 union all select n + 1 from c) select count(*) from c;\r";
        terminal.types("");
        // Typed before the statement runs, it only empties the line, or drops what was typed: again, then.
        let stopped = (0..60).any(|n| {
            if n % 10 == 0 {
                terminal.types_on(endless);
            }
            terminal.types_on("\x03");
            terminal.sees_within("interrupted", Duration::from_millis(500))
        });
        assert!(stopped, "{}", terminal.all);
        assert!(terminal.answers("interrupted"), "{}", terminal.all);
        terminal.types("select 40 + 2 as answer;\r");
        assert!(terminal.answers("42"), "{}", terminal.all);
        terminal.types("delete from quotes;\r");
        assert!(terminal.answers("refused"), "{}", terminal.all);
        // Tab knows a saved query's parameters, their values, and what a view goes by.
        terminal.types(".query who-said-what spea\t kern mo\t 1\r");
        assert!(terminal.answers("Kern"), "{}", terminal.all);
        terminal.types("select 'o=' || q.outl\t as answer from quotes_full q limit 1;\r");
        assert!(terminal.answers("o="), "{}", terminal.all);
        terminal.types(".quit\r");
        let ended = terminal.child.wait().unwrap();
        assert!(ended.success(), "{ended}: {}", terminal.all);
        let history = std::fs::read_to_string(desk.folder.path("history")).unwrap();
        assert!(history.contains("from outlets") && history.contains(".quit"), "{history}");
    }
}
