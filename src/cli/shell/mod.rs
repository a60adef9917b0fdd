//! The shell: statements and dot commands, typed at a prompt or read from a file.
//!
//! The archive is as safe from what is typed here as from `copydesk sql STATEMENT`: both ask the same
//! guarded reader.

mod dot;
mod helper;
mod pager;
mod vocabulary;

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};

use self::helper::{Help, Names, Relation};
pub use self::pager::Pager;
use super::ask::Question;
use super::format::{Format, Manner};
use super::{Outcome, ask, interrupt, is_broken_pipe, message};
use crate::present::harmless::harmless;
use crate::query::script::{says_something, statements};
use crate::query::{Error, Given, Library, Limits, Reader};

/// Values of a parameter that are looked through for what Tab completes.
const OFFERED: usize = 2_000;

/// What comes after a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next one.
    Go,
    /// The end.
    Leave,
}

/// A shell and what is set in it.
pub struct Shell<'a> {
    reader: &'a Reader,
    library: Library,
    format: Format,
    mode: Option<String>,
    manner: Manner,
    output: Option<PathBuf>,
    once: bool,
    given: Vec<Given>,
    limits: Limits,
    timer: bool,
    pager: bool,
    depth: usize,
    outcome: Outcome,
}

impl<'a> Shell<'a> {
    /// A shell on an archive.
    pub fn new(
        reader: &'a Reader,
        library: Library,
        format: Format,
        given: Vec<Given>,
        limits: Limits,
    ) -> Self {
        Shell {
            reader,
            library,
            format,
            mode: None,
            manner: Manner::default(),
            output: None,
            once: false,
            given,
            limits,
            timer: false,
            pager: false,
            depth: 0,
            outcome: Outcome::Done,
        }
    }

    /// Runs statements and commands in order; the first that fails ends it.
    pub fn run(mut self, text: &str) -> Result<Outcome> {
        self.script(text)?;
        Ok(self.outcome)
    }

    fn script(&mut self, text: &str) -> Result<Flow> {
        let mut pending = String::new();
        for line in text.lines() {
            if !says_something(&pending) && line.starts_with('.') {
                pending.clear();
                if dot::run(self, line)? == Flow::Leave {
                    return Ok(Flow::Leave);
                }
                continue;
            }
            pending.push_str(line);
            pending.push('\n');
            self.run_complete(&mut pending)?;
        }
        // The last statement needs no semicolon.
        if says_something(&pending) {
            self.statement(&pending)?;
        }
        Ok(Flow::Go)
    }

    /// Runs the statements that have their end, and keeps the rest.
    fn run_complete(&mut self, pending: &mut String) -> Result<()> {
        let (found, rest) = statements(pending);
        let (found, rest): (Vec<String>, String) =
            (found.into_iter().map(str::to_owned).collect(), rest.to_owned());
        *pending = rest;
        found.iter().try_for_each(|sql| self.statement(sql))
    }

    /// Runs one statement with the parameters that it names.
    fn statement(&mut self, sql: &str) -> Result<()> {
        let named = self.reader.parameters_of(sql)?;
        let given: Vec<Given> =
            self.given.iter().filter(|given| named.contains(&given.name)).cloned().collect();
        self.answer(Question::own(sql), &given)
    }

    fn answer(&mut self, question: Question<'_>, given: &[Given]) -> Result<()> {
        let begun = Instant::now();
        let format = self.format()?;
        let answered = ask::answer(self.reader, question, given, self.limits, &format);
        if self.once {
            (self.output, self.once) = (None, false);
        }
        if answered?.0 == Outcome::Partly {
            self.outcome = Outcome::Partly;
        }
        if self.timer {
            eprintln!("{:.3} s", begun.elapsed().as_secs_f64());
        }
        Ok(())
    }

    /// How the next answer is written, and where.
    fn format(&self) -> Result<Format> {
        let format = match self.mode.as_deref() {
            None => self.unnamed(self.output.as_deref()),
            Some("list" | "line") => dot::format("table")?,
            Some(mode) => dot::format(mode)?,
        };
        let output = self.output.clone().or_else(|| format.file().map(Path::to_path_buf));
        Ok(format.into_file(output).in_manner(self.manner.clone()).paged(self.pager))
    }

    /// The format where no mode is set: what the ending of a file names, or what the command line says.
    fn unnamed(&self, output: Option<&Path>) -> Format {
        let by_ending = Format::default().into_file(output.map(Path::to_path_buf));
        let is_named =
            output.is_some_and(|file| file.extension().is_some()) && by_ending.check_ending().is_ok();
        if is_named { by_ending } else { self.format.clone() }
    }

    /// Asks at a prompt until it is left.
    pub fn prompt(mut self) -> Result<Outcome> {
        self.pager = io::stdout().is_terminal();
        self.format = self.format.paged(self.pager);
        interrupt::stay();
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .history_ignore_space(true)
            .max_history_size(10_000)?
            .auto_add_history(true)
            .build();
        let mut editor: Editor<Help<'a>, FileHistory> = Editor::with_config(config)?;
        editor.set_helper(Some(Help::new(self.names()?, self.format.style().paint)));
        let history = history_file();
        if let Some(file) = &history {
            // A history that is not there yet, or does not read, is none.
            let _ = editor.load_history(file);
        }
        eprintln!(
            "{}: read only. Statements end with ; and .help lists commands.",
            harmless(&self.reader.path().display().to_string())
        );
        loop {
            match editor.readline("copydesk> ") {
                Ok(line) => {
                    if let Some(file) = &history {
                        let _ = editor.append_history(file);
                    }
                    match self.script(&line) {
                        Ok(Flow::Go) => {}
                        Ok(Flow::Leave) => break,
                        // The pager was left before the end.
                        Err(error) if is_broken_pipe(&error) => {}
                        Err(error) => eprintln!("{}", harmless(&message(&error))),
                    }
                }
                Err(ReadlineError::Interrupted) => {}
                Err(ReadlineError::Eof) => break,
                Err(error) => bail!(error),
            }
        }
        Ok(Outcome::Done)
    }

    /// What can be completed.
    fn names(&self) -> Result<Names<'a>, Error> {
        let relations = self.reader.askable()?.into_iter().map(|name| {
            let columns = self.reader.columns(&name)?.into_iter().map(|column| column.name).collect();
            Ok(Relation { name, columns })
        });
        let reader = self.reader;
        Ok(Names {
            relations: relations.collect::<Result<_, Error>>()?,
            queries: self.library.queries().to_vec(),
            // A list that takes too long is none.
            values: Box::new(move |parameter| reader.values(parameter, OFFERED).unwrap_or_default()),
        })
    }
}

/// Where what was typed is kept: COPYDESK_HISTORY, nowhere where that is empty, or the user's state folder.
fn history_file() -> Option<PathBuf> {
    if let Some(named) = env::var_os("COPYDESK_HISTORY") {
        return Some(PathBuf::from(named)).filter(|path| !path.as_os_str().is_empty());
    }
    let state = env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = state.or_else(|| env::home_dir().map(|home| home.join(".local/state")))?.join("copydesk");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}
