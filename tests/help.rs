//! Help: every verb explains itself with examples that hold, and the manual is what the program says.
//!
//! `UPDATE_DOCS=1 cargo test --test main help::` writes docs/cli.md, docs/queries.md and docs/schema.md anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use clap::CommandFactory;
use copydesk::cli::Cli;
use copydesk::query::Library;

use crate::desk::Desk;

fn verbs() -> Vec<clap::Command> {
    let mut command = Cli::command();
    command.build();
    command.get_subcommands().filter(|verb| verb.get_name() != "help").cloned().collect()
}

/// The examples of a verb: lines of its help that begin with `copydesk`.
fn examples(verb: &clap::Command) -> Vec<String> {
    let help = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
    help.lines().map(str::trim).filter(|line| line.starts_with("copydesk ")).map(str::to_owned).collect()
}

/// The words of the first command in a line, as a shell splits them.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '|' | '>' | '<' | '#') => break,
            (None, ' ') => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn every_verb_has_examples_that_parse() {
    for verb in verbs() {
        let examples = examples(&verb);
        assert!(!examples.is_empty(), "{}: no examples in its help", verb.get_name());
        for example in examples {
            let words = words(&example);
            assert_eq!(words.get(1).map(String::as_str), Some(verb.get_name()), "{example}: of another verb");
            if let Err(error) = Cli::command().try_get_matches_from(&words) {
                panic!("{example}\n{error}");
            }
        }
    }
}

#[test]
fn every_option_is_explained() {
    for verb in verbs() {
        assert!(verb.get_about().is_some(), "{} has no description", verb.get_name());
        for argument in verb.get_arguments() {
            assert!(argument.get_help().is_some(), "{} {}: no help", verb.get_name(), argument.get_id());
        }
    }
}

#[test]
fn examples_of_queries_name_queries_and_parameters_that_exist() {
    let library = Library::built_in().unwrap();
    for verb in verbs().iter().filter(|verb| verb.get_name() == "query") {
        for example in examples(verb).iter().filter(|e| !e.contains("--queries")) {
            let words = words(example);
            let Some(name) = words.get(2).filter(|name| !["check", "save"].contains(&name.as_str())) else {
                continue;
            };
            let query = library.find(name).unwrap();
            for pair in words.windows(2).filter(|pair| pair[0] == "-p") {
                assert!(query.parameters.iter().any(|p| p.name == pair[1]), "{example}");
            }
        }
    }
}

#[test]
fn exit_codes_are_told() {
    let help = Cli::command().render_long_help().to_string();
    for code in ["0  ", "1  ", "2  ", "3  ", "4  ", "130"] {
        assert!(help.contains(code), "{help}");
    }
}

#[test]
fn completions_are_written_for_every_shell() {
    let desk = Desk::ferry();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.stdout(&["completions", shell]);
        assert!(script.contains("who-said-what") || script.contains("export"), "{shell}");
    }
}

/// Compares a page of the manual with what the program says, or writes it anew where that is asked for.
fn check_page(name: &str, want: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, want).unwrap();
        return;
    }
    let have = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        have == want,
        "docs/{name} is out of date: UPDATE_DOCS=1 cargo test --test main help:: writes it anew"
    );
}

#[test]
fn the_page_of_the_command_line_is_right() {
    let mut page = String::from(
        "# The command line\n\nWritten from the program's own help; `copydesk VERB --help` prints the same.\n",
    );
    let mut command = Cli::command().term_width(100);
    write!(page, "\n```text\n{}\n```\n", command.render_long_help().to_string().trim_end()).unwrap();
    for verb in verbs() {
        let mut verb = verb.term_width(100);
        let help = verb.render_long_help().to_string();
        write!(page, "\n## copydesk {}\n\n```text\n{}\n```\n", verb.get_name(), help.trim_end()).unwrap();
        for deed in verb.get_subcommands().filter(|deed| deed.get_name() != "help") {
            let help = deed.clone().term_width(100).render_long_help().to_string();
            let name = format!("{} {}", verb.get_name(), deed.get_name());
            write!(page, "\n### copydesk {name}\n\n```text\n{}\n```\n", help.trim_end()).unwrap();
        }
    }
    let page: String = page.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    check_page("cli.md", &page);
}

#[test]
fn the_page_of_the_queries_is_right() {
    let mut page = String::from(
        "# Saved queries\n\n`copydesk query NAME -p PARAMETER VALUE` runs one; each is a file in `queries/` that \
         also runs in the sqlite3 shell.\n",
    );
    for query in Library::built_in().unwrap().queries() {
        write!(page, "\n## {}\n\n**{}.** {}\n", query.name, query.title, query.description).unwrap();
        if !query.parameters.is_empty() {
            page.push_str("\n| parameter | type | default | meaning |\n| --- | --- | --- | --- |\n");
        }
        for p in &query.parameters {
            let mut meaning = p.meaning.clone();
            match &p.values {
                copydesk::query::Values::Listed(listed) => {
                    write!(meaning, ": {}", listed.join(", ")).unwrap();
                }
                copydesk::query::Values::From(least) => write!(meaning, "; {least} or more").unwrap(),
                _ => {}
            }
            writeln!(page, "| `{}` | {} | `{}` | {meaning} |", p.name, p.kind.as_str(), p.default_text())
                .unwrap();
        }
        if let Some(scan) = &query.scan {
            writeln!(page, "\nReads {scan}.").unwrap();
        }
    }
    page.push_str(
        "\n## Functions\n\nSaved queries of your own, `copydesk sql` and its shell have these beside SQLite's own. \
         The queries above do without them, so that they run in any SQLite.\n\n| function | what it gives |\n\
         | --- | --- |\n",
    );
    for (signature, gives) in copydesk::query::functions::ALL {
        writeln!(page, "| `{signature}` | {gives} |").unwrap();
    }
    check_page("queries.md", &page);
}

#[test]
fn the_page_of_the_schema_is_right() {
    let desk = Desk::ferry();
    let reader = copydesk::query::Reader::open(&desk.archive()).unwrap();
    let mut page = String::from(
        "# The schema\n\nWritten from the comments in `migrations/`. The views that end in `_full` are for people: \
         they can be selected from without a join. Spans count characters of the article's text: \
         `substr(text, start + 1, end - start)` is the row's own text.\n",
    );
    let mut names = reader.relations().unwrap();
    names.sort_by_key(|name| (!name.ends_with("_full"), name.clone()));
    for name in names {
        write!(page, "\n## {name}\n\n| column | meaning |\n| --- | --- |\n").unwrap();
        for column in reader.columns(&name).unwrap() {
            assert!(
                !column.meaning.is_empty(),
                "{name}.{}: nothing says what it means: give it a comment in its migration",
                column.name
            );
            writeln!(page, "| `{}` | {} |", column.name, column.meaning.replace('|', "\\|")).unwrap();
        }
    }
    page.push_str(
        "\n# Full text\n\nThese are search indexes. Each row is the row of the same number in the table that the name \
         begins with (`rowid` is its `id`), and is found by any form of a word (say, says, said), whatever the case and \
         the accents. MATCH takes words (all must be there), `\"a phrase\"`, `begin*`, `AND`, `OR`, `NOT`, `NEAR(a b)`, \
         and `said: word` for one column. `snippet()` shows the place. `copydesk search` asks them without SQL.\n\n\
         ```sql\nSELECT a.title, snippet(articles_search, 1, '[', ']', '…', 12) AS place\nFROM articles_search JOIN \
         articles a ON a.id = articles_search.rowid\nWHERE articles_search MATCH 'ferry NOT harbour' ORDER BY \
         rank;\n```\n",
    );
    for name in reader.full_text().unwrap() {
        write!(page, "\n## {name}\n\n| column | meaning |\n| --- | --- |\n").unwrap();
        for column in reader.columns(&name).unwrap() {
            assert!(!column.meaning.is_empty(), "{name}.{}", column.name);
            writeln!(page, "| `{}` | {} |", column.name, column.meaning.replace('|', "\\|")).unwrap();
        }
    }
    // What the page says of them is so.
    let statement = page.split("```sql\n").nth(1).and_then(|rest| rest.split(";\n```").next()).unwrap();
    assert!(reader.connection().prepare(statement).unwrap().exists([]).unwrap(), "{statement}");
    check_page("schema.md", &page);
}
