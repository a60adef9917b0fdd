//! The user's own case: a timer imports what a configuration names, hour after hour, while people read; then
//! what changed is told, the archive checked, and a backup restored.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::archive::{Folder, program};
use crate::articles::article;
use crate::content::{assert_same, content};
use crate::datasette::Datasette;

const CONFIG: &str = "archive = \"archive/news.db\"\nqueries = [\"mine\"]\n\n[[sources]]\npath = \"echo\"\n\
    outlet = \"Harbour Echo\"\nexclude = [\"drafts/**\"]\n\n[[sources]]\npath = \"wire\"\ninclude = [\"*.story\"]\n\
    language = \"en\"\n\n[import]\nwait = 60\n";

fn lay(folder: &Folder) {
    folder.write("news/copydesk.toml", CONFIG);
    fs::create_dir(folder.path("news/archive")).expect("made");
    folder.write(
        "news/mine/titles.sql",
        "-- title: Titles\n-- description: Which?\nSELECT title FROM articles;\n",
    );
    for n in 0..12 {
        folder.write(&format!("news/echo/{n}.txt"), article(n));
    }
    folder.write("news/echo/drafts/secret.txt", article(90));
    folder.write("news/wire/1.story", article(41));
    folder.write("news/wire/notes.txt", article(91));
}

/// The program as a timer runs it: nothing of anybody's environment, no home, no terminal, standard input
/// closed, another folder.
fn timer(folder: &Folder, args: &[&str]) -> Command {
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", "exec \"$0\" \"$@\" <&-"]).arg(program());
        shell
    } else {
        Command::new(program())
    };
    command.env_clear().current_dir("/").args(args).arg("--config").arg(folder.path("news/copydesk.toml"));
    command
}

#[track_caller]
fn succeeds(mut command: Command) -> Vec<u8> {
    let said = command.output().expect("runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    said.stdout
}

/// What an hour brings: changed, new and removed files, drafts, and those that come back.
fn change(folder: &Folder, hour: usize) {
    folder.write(&format!("news/echo/{hour}.txt"), article(hour + 100 * hour));
    folder.write(&format!("news/echo/new {hour}.txt"), article(5000 + hour));
    folder.write(&format!("news/echo/drafts/{hour}.txt"), article(7000 + hour));
    match hour {
        3 => fs::rename(folder.path("news/echo/9.txt"), folder.path("news/echo/nine.txt")).expect("there"),
        6 => fs::remove_file(folder.path("news/echo/0.txt")).expect("there"),
        7 => fs::remove_file(folder.path("news/wire/1.story")).expect("there"),
        8 => drop(folder.write("news/wire/2.story", article(42))),
        10 => drop(folder.write("news/wire/1.story", article(41))),
        _ => {}
    }
}

#[test]
fn twelve_imports_while_people_read_then_the_report_the_check_and_the_backup() {
    let folder = Folder::new();
    lay(&folder);
    succeeds(timer(&folder, &["import"]));
    let archive = folder.path("news/archive/news.db");
    let datasette = Datasette::start(&folder, &[&archive]);
    let done = AtomicBool::new(false);
    let read_until_done = |read: &dyn Fn()| {
        let mut answers = 0;
        while !done.load(Ordering::Relaxed) || answers == 0 {
            read();
            answers += 1;
        }
        answers
    };
    let sql = "SELECT count(*) AS n FROM quotes_full";
    let answers = std::thread::scope(|scope| {
        let shell =
            scope.spawn(|| read_until_done(&|| drop(succeeds(timer(&folder, &["sql", sql, "--csv"])))));
        let pages = datasette.as_ref().map(|datasette| {
            scope.spawn(|| {
                read_until_done(&|| {
                    let rows = datasette.get("/news/quotes_full.json?_shape=array&_size=5");
                    assert!(rows.as_array().is_some_and(|rows| !rows.is_empty()), "{rows}");
                })
            })
        });
        // A folder of which nothing is left is told of with exit code 3, and marks nothing.
        let codes: Vec<_> = (1..12)
            .map(|hour| {
                change(&folder, hour);
                timer(&folder, &["import"]).output().expect("runs").status.code()
            })
            .collect();
        done.store(true, Ordering::Relaxed);
        let expected: Vec<_> = (1..12).map(|hour| Some(if hour == 7 { 3 } else { 0 })).collect();
        assert_eq!(codes, expected);
        let pages = pages.map(|pages| pages.join().expect("datasette answered every time"));
        (shell.join().expect("no reader was refused"), pages)
    });
    println!("answered meanwhile: copydesk sql {}, datasette {:?} times", answers.0, answers.1);
    drop(datasette);
    reports(&folder);
    succeeds(timer(&folder, &["check"]));
    let backup = folder.path("backup.db");
    succeeds(timer(&folder, &["backup", backup.to_str().expect("UTF-8")]));
    let before = content(&archive);
    for name in ["news.db", "news.db-wal", "news.db-shm"] {
        let _ = fs::remove_file(folder.path("news/archive").join(name));
    }
    fs::copy(&backup, &archive).expect("restored");
    assert_same(&before, &content(&archive), "the restored archive");
    let again: Value =
        serde_json::from_slice(&succeeds(timer(&folder, &["import", "--json"]))).expect("JSON");
    assert_eq!((&again["new"], &again["changed"]), (&0.into(), &0.into()), "{again}");
    succeeds(timer(&folder, &["check"]));
}

fn reports(folder: &Folder) {
    let json = |args: &[&str]| -> Value {
        let said = timer(folder, args).output().expect("runs");
        serde_json::from_slice(&said.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&said.stderr)))
    };
    let status = json(&["status", "--json", "--max-age", "3600"]);
    assert_eq!(
        (&status["runs"], &status["vanished_sources"], &status["articles"]),
        (&12.into(), &1.into(), &26.into())
    );
    let changed = json(&["query", "what-changed", "-p", "since", "2000", "--json"]);
    let changed = changed.as_array().expect("rows");
    let has =
        |subject: &str, what: &str| changed.iter().any(|c| c["subject"] == subject && c["what"] == what);
    assert!(
        has("headline", "changed")
            && has("figure", "changed")
            && has("source", "vanished")
            && has("source", "returned"),
        "{changed:?}"
    );
    // What only the configuration says, with the configuration as its evidence.
    let outlets = json(&[
        "sql",
        "SELECT DISTINCT o.name, e.rule FROM articles a JOIN outlets o ON o.id = a.outlet_id JOIN evidence e ON e.article_id = a.id AND e.field = 'outlet' WHERE a.source LIKE 'echo/%'",
        "--json",
    ]);
    assert_eq!(outlets, serde_json::json!([{"name": "Harbour Echo", "rule": "configuration"}]));
    let titles = json(&["query", "titles", "--json"]);
    assert_eq!(titles.as_array().expect("rows").len(), 26, "the configuration's queries are not found");
}

#[test]
fn what_a_configuration_says_survives_an_import_that_does_not_say_it() {
    let folder = Folder::new();
    folder.write("copydesk.toml", "[[sources]]\npath = 'in'\noutlet = 'Harbour Echo'\n");
    folder.write("in/a.txt", article(0));
    folder.copydesk(["import"]).assert().success();
    let outlet = || {
        let said = folder.copydesk([
            "sql",
            "SELECT outlet, (SELECT count(*) FROM changes) FROM articles_full",
            "--csv",
        ]);
        let said = { said }.output().expect("runs").stdout;
        String::from_utf8(said).expect("UTF-8").lines().nth(1).unwrap_or("").trim().to_owned()
    };
    assert_eq!(outlet(), "Harbour Echo,0");
    folder.copydesk(["import", "in"]).assert().success();
    folder.copydesk(["reextract", "--all"]).assert().success();
    assert_eq!(outlet(), "Harbour Echo,0");
    folder.write("copydesk.toml", "[[sources]]\npath = 'in'\noutlet = 'Northern Post'\n");
    folder.copydesk(["import"]).assert().success();
    assert_eq!(outlet(), "Northern Post,1");
    folder.copydesk(["check"]).assert().success();
}

#[test]
fn a_mistaken_configuration_is_told_with_its_line_and_the_nearest_key() {
    let folder = Folder::new();
    folder.write("copydesk.toml", "[[sources]]\npath = 'in'\noutlt = 'x'\n");
    let said = folder.copydesk(["import"]).assert().code(2).get_output().stderr.clone();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.contains("line 3") && said.contains("did you mean outlet?"), "{said}");
    folder.write("copydesk.toml", "archive = 'a.db'\n");
    let said = folder.copydesk(["import"]).assert().code(1).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&said).contains("names no [[sources]]"), "{said:?}");
}

#[test]
fn schedules_name_program_and_configuration_by_their_whole_paths() {
    let folder = Folder::new();
    folder.write("50% <news> & \"more\"/copydesk.toml", "[[sources]]\npath = 'in'\n");
    let config = folder.path("50% <news> & \"more\"/copydesk.toml").canonicalize().expect("there");
    let run = |args: &[&str]| {
        let said =
            folder.copydesk(args).arg("--config").arg(&config).assert().success().get_output().stdout.clone();
        String::from_utf8(said).expect("UTF-8")
    };
    let cron = run(&["schedule", "--cron", "--every", "15m"]);
    assert!(cron.contains("*/15 * * * * '/") && cron.contains(r"50\% <news>"), "{cron}");
    folder.copydesk(["schedule", "--cron", "--watch"]).arg("--config").arg(&config).assert().code(2);
    // Made as it is needed: a user's first unit has no folder yet.
    let units = folder.path("units/user");
    let to = units.to_str().expect("UTF-8");
    for kind in ["--systemd", "--launchd"] {
        run(&["schedule", kind, "--to", to]);
        run(&["schedule", kind, "--watch", "--to", to]);
    }
    for (verb, key, value) in [("import", "StartInterval", "3600"), ("watch", "KeepAlive", "True")] {
        let plist = units.join(format!("copydesk.{verb}.plist"));
        let archive = folder.archive();
        let [program, config, archive] = [program(), &config, &archive].map(|p| p.to_str().expect("UTF-8"));
        let words = [program, verb, "--config", config, "--archive", archive];
        read_plist(&plist, key, value, &words);
    }
    let units =
        ["copydesk-import.service", "copydesk-import.timer", "copydesk-watch.service"].map(|u| units.join(u));
    for service in [&units[0], &units[2]] {
        let service = fs::read_to_string(service).expect("written");
        assert!(service.contains("loginctl enable-linger"), "{service}");
    }
    let service = fs::read_to_string(&units[0]).expect("written");
    assert!(service.contains("50%% <news> & \\\"more\\\"/copydesk.toml\" --archive \""), "{service}");
    let verified = Command::new("systemd-analyze").arg("verify").args(&units).output();
    match verified {
        Ok(verified) => {
            let said = String::from_utf8_lossy(&verified.stderr);
            // It tells of units of the machine too, and of keys that it does not know with exit code 0.
            let of_ours = said.lines().filter(|line| line.contains("copydesk")).collect::<Vec<_>>();
            assert!(verified.status.success() && of_ours.is_empty(), "{said}");
        }
        Err(_) => println!("skipped in part: systemd-analyze is not there"),
    }
}

/// Reads a launchd job as Python's plistlib does, where it is there.
fn read_plist(plist: &Path, key: &str, value: &str, words: &[&str]) {
    const READ: &str = "import plistlib, sys\njob = plistlib.load(open(sys.argv[1], 'rb'))\n\
        print(job[sys.argv[2]], *job['ProgramArguments'], sep='\\n')";
    match Command::new("python3").args(["-c", READ]).arg(plist).arg(key).output() {
        Ok(read) => {
            let said = String::from_utf8_lossy(&read.stdout);
            let said: Vec<&str> = said.lines().collect();
            assert_eq!((said.first(), said.get(1..)), (Some(&value), Some(words)), "{}", plist.display());
        }
        Err(_) => println!("skipped in part: python3 is not there"),
    }
}
