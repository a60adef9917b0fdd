//! `copydesk datasette`: what Datasette is told, and Datasette itself asked over HTTP where it is installed.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use copydesk::query::Library;
use serde_json::Value;

use crate::archive::Folder;
use crate::desk::Desk;

#[test]
fn every_query_and_every_column_is_told_of() {
    let desk = Desk::ferry();
    let metadata: Value = serde_json::from_str(&desk.stdout(&["datasette"])).unwrap();
    let database = &metadata["databases"]["copydesk"];
    for query in Library::built_in().unwrap().queries() {
        let told = &database["queries"][&query.name];
        assert_eq!(told["title"], query.title.as_str());
        assert_eq!(told["params"].as_array().unwrap().len(), query.parameters.len(), "{}", query.name);
        let sql = told["sql"].as_str().unwrap();
        assert!(!sql.starts_with("--") && query.sql.ends_with(sql), "{}: {sql}", query.name);
    }
    let reader = copydesk::query::Reader::open(&desk.archive()).unwrap();
    for (name, table) in database["tables"].as_object().unwrap() {
        let columns: Vec<String> = reader.columns(name).unwrap().into_iter().map(|c| c.name).collect();
        let named = |key: &str| match &table[key] {
            Value::Array(names) => names.iter().map(|n| n.as_str().unwrap().to_owned()).collect::<Vec<_>>(),
            Value::Object(names) => names.keys().cloned().collect(),
            _ => Vec::new(),
        };
        for key in ["columns", "facets", "sortable_columns", "units"] {
            for column in named(key) {
                assert!(columns.contains(&column), "{name}: {key} names {column}, which is not there");
            }
        }
        if name.ends_with("_full") {
            assert_eq!(named("columns").len(), columns.len(), "{name}: a column without a meaning");
        }
    }
}

/// Datasette on an archive, on this machine alone, ended with the test.
pub struct Datasette {
    child: Child,
    port: u16,
}

impl Drop for Datasette {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Datasette {
    /// `None`, told of, where it is not installed or does not start. `words` are its arguments.
    pub fn start<S: AsRef<std::ffi::OsStr>>(folder: &Folder, words: &[S]) -> Option<Datasette> {
        // A port that was free a moment ago.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("datasette")
            .args(words)
            .args(["-h", "127.0.0.1", "-p", &port.to_string()])
            .args(["--setting", "sql_time_limit_ms", "20000"])
            .current_dir(folder.path("."))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(child) = child else {
            println!("skipped: no datasette on this machine");
            return None;
        };
        let mut datasette = Datasette { child, port };
        let until = Instant::now() + Duration::from_secs(60);
        while Instant::now() < until && datasette.child.try_wait().unwrap().is_none() {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(datasette);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        println!("skipped: datasette does not start");
        None
    }

    /// The answer to a GET, as JSON.
    pub fn get(&self, path: &str) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        assert!(head.contains(" 200 "), "{path}: {head}\n{body:.500}");
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{path}: {error}\n{body:.500}"))
    }
}

#[test]
fn datasette_answers_every_saved_query_as_we_do() {
    let desk = Desk::ferry();
    desk.folder.write("metadata.json", desk.stdout(&["datasette"]));
    let words = ["copydesk.db", "-m", "metadata.json"];
    let Some(datasette) = Datasette::start(&desk.folder, &words) else { return };
    for query in Library::built_in().unwrap().queries() {
        let theirs = datasette.get(&format!("/copydesk/{}.json?_shape=array", query.name));
        let ours: Value = serde_json::from_str(&desk.stdout(&["query", &query.name, "--json"])).unwrap();
        let (theirs, ours) = (theirs.as_array().unwrap(), ours.as_array().unwrap());
        assert!(!ours.is_empty(), "{}", query.name);
        assert_eq!(theirs.len(), ours.len(), "{}", query.name);
        for (theirs, ours) in theirs.iter().zip(ours) {
            for (column, ours) in ours.as_object().unwrap() {
                let same = match (&theirs[column], ours) {
                    (Value::Number(theirs), Value::Number(ours)) => theirs.as_f64() == ours.as_f64(),
                    (theirs, ours) => theirs == ours,
                };
                assert!(same, "{}, {column}: {} there, {ours} here", query.name, theirs[column]);
            }
        }
    }
    let asked = datasette.get("/copydesk/who-said-what.json?_shape=array&speaker=kern&most=1");
    assert_eq!(asked.as_array().unwrap().len(), 1, "{asked}");
    let shown = datasette.get("/copydesk/quotes_full.json?_shape=array&_facet=kind");
    assert!(!shown.as_array().unwrap().is_empty());
}
